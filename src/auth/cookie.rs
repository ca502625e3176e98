//! The cookies of browser sessions (RFC 6265bis): neither scripts nor other sites can use them.

use std::{borrow::Cow, time::Duration};

use cookie::{Cookie, CookieBuilder, SameSite, time};
use url::Url;

use super::RefreshToken;

/// The session cookies of one gateway, scoped to its public address.
#[derive(Debug, Clone)]
pub struct SessionCookies {
    access: Place,
    refresh: Place,
}

/// A cookie without its value.
#[derive(Debug, Clone)]
struct Place {
    name: &'static str,
    path: String,
    same_site: SameSite,
    secure: bool,
}

/// The session cookies of a request; not `Debug`, since these are secrets.
#[derive(Clone, Default)]
pub struct PresentedCookies {
    pub access: Option<String>,
    pub refresh: Option<RefreshToken>,
}

impl SessionCookies {
    /// With the prefixes that browsers enforce (RFC 6265bis §4.1.3) where the address is `https`.
    ///
    /// Below a path, neighbours on the host must not receive these cookies, so no `__Host-`.
    #[must_use]
    pub fn new(public_url: &Url) -> Self {
        let secure = public_url.scheme() == "https";
        let below = public_url.path().trim_end_matches('/');
        let access = match (secure, below) {
            (true, "") => "__Host-fh_access",
            (true, _) => "__Secure-fh_access",
            (false, _) => "fh_access",
        };
        let refresh = if secure { "__Secure-fh_refresh" } else { "fh_refresh" };
        let root = if below.is_empty() { "/" } else { below }.to_owned();
        let graphql = format!("{below}/graphql");
        Self {
            access: Place { name: access, path: root, same_site: SameSite::Lax, secure },
            refresh: Place { name: refresh, path: graphql, same_site: SameSite::Strict, secure },
        }
    }

    /// The session cookies in the `Cookie` headers of a request, or None. HTTP/2 splits the header
    /// into lines. Cookies of other applications may contain any bytes and are ignored.
    pub fn read<'a>(&self, lines: impl Iterator<Item = &'a [u8]>) -> Option<PresentedCookies> {
        let pairs = lines.flat_map(|line| line.split(|&byte| byte == b';'));
        let pairs: Vec<_> = pairs.filter_map(pair).collect();
        let access = single(&pairs, self.access.name);
        let refresh = single(&pairs, self.refresh.name);
        (access.is_some() || refresh.is_some()).then(|| PresentedCookies {
            access: access.map(Cow::into_owned),
            refresh: refresh.and_then(|text| RefreshToken::parse(&text)),
        })
    }

    /// `Set-Cookie` values that keep a browser signed in, as long as each token is useful.
    #[must_use]
    pub fn set(
        &self,
        (access, access_lives): (&str, Duration),
        refresh: Option<(&RefreshToken, Duration)>,
    ) -> Vec<String> {
        let refresh = refresh.map(|(token, lives)| self.refresh.set(token.reveal(), lives));
        [self.access.set(access, access_lives)].into_iter().chain(refresh).collect()
    }

    /// `Set-Cookie` values that delete the cookies.
    #[must_use]
    pub fn clear(&self) -> Vec<String> {
        [&self.access, &self.refresh].map(Place::clear).into()
    }
}

impl Place {
    fn set(&self, value: &str, lives: Duration) -> String {
        let seconds = i64::try_from(lives.as_secs()).unwrap_or(i64::MAX);
        self.cookie(value).max_age(time::Duration::seconds(seconds)).to_string()
    }

    /// Uses both `Max-Age` and `Expires`: some clients support only one of them.
    fn clear(&self) -> String {
        let cookie = self.cookie("").max_age(time::Duration::ZERO);
        cookie.expires(time::OffsetDateTime::UNIX_EPOCH).to_string()
    }

    fn cookie<'a>(&'a self, value: &'a str) -> CookieBuilder<'a> {
        Cookie::build((self.name, value))
            .path(self.path.as_str())
            .same_site(self.same_site)
            .secure(self.secure)
            .http_only(true)
    }
}

fn pair(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = text.iter().position(|&byte| byte == b'=')?;
    Some((text[..at].trim_ascii(), text[at + 1..].trim_ascii()))
}

/// The value of a cookie; None if there are two, since a sibling site may have planted one.
fn single<'a>(pairs: &[(&'a [u8], &'a [u8])], name: &str) -> Option<Cow<'a, str>> {
    let mut values = pairs.iter().filter(|pair| pair.0 == name.as_bytes()).map(|pair| pair.1);
    let value = values.next()?;
    values.all(|other| other == value).then(|| String::from_utf8_lossy(value))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::SessionCookies;
    use crate::{auth::RefreshToken, random::Random};

    fn cookies(public_url: &str) -> SessionCookies {
        SessionCookies::new(&public_url.parse().unwrap())
    }

    #[test]
    fn f8_cookies_are_out_of_the_reach_of_scripts_and_other_sites() {
        let refresh = RefreshToken::generate(&Random::seeded(1));
        let day = Duration::from_hours(24);
        let set = cookies("https://gateway.example.org").set(("a.b.c", day), Some((&refresh, day)));
        assert_eq!(
            set[0],
            "__Host-fh_access=a.b.c; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=86400"
        );
        let refresh = refresh.reveal();
        assert_eq!(
            set[1],
            format!(
                "__Secure-fh_refresh={refresh}; HttpOnly; SameSite=Strict; Secure; Path=/graphql; Max-Age=86400"
            )
        );
    }

    #[test]
    fn on_plain_http_browsers_would_refuse_the_guarded_names() {
        let set = cookies("http://localhost:8080/x/").clear();
        let over = "Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";
        assert_eq!(set[0], format!("fh_access=; HttpOnly; SameSite=Lax; Path=/x; {over}"));
        let refresh = "fh_refresh=; HttpOnly; SameSite=Strict; Path=/x/graphql";
        assert_eq!(set[1], format!("{refresh}; {over}"));
    }

    fn access(lines: &[&[u8]]) -> Option<String> {
        let cookies = cookies("http://localhost:8080");
        cookies.read(lines.iter().copied()).and_then(|presented| presented.access)
    }

    #[test]
    fn a_cookie_with_two_values_speaks_for_nobody() {
        assert_eq!(access(&[b"x=1; fh_access=a; y=2"]).as_deref(), Some("a"));
        assert_eq!(access(&[b"fh_access=a; fh_access=b"]), None);
        assert_eq!(access(&[b"fh_access=a", b"fh_access=b"]), None);
        assert_eq!(access(&[b"fh_access=a; fh_access=a"]).as_deref(), Some("a"));
        assert_eq!(access(&[b"FH_ACCESS=a; fh_access2=b"]), None);
    }

    #[test]
    fn f04_other_cookies_may_hold_any_bytes_and_never_matter() {
        for others in ["city=台北市", "\u{fe0f}=", "=", "a", "", "fh_access", "x==;;=x;\t"] {
            for line in [format!("{others}; fh_access=a"), format!("fh_access=a;{others}")] {
                assert_eq!(access(&[line.as_bytes()]).as_deref(), Some("a"), "{line}");
            }
            assert_eq!(access(&[others.as_bytes(), b"fh_access=a"]).as_deref(), Some("a"));
            assert_eq!(access(&[others.as_bytes()]), None, "{others}");
        }
        assert_eq!(access(&[b"\xff\xfe=\x80; fh_access=a"]).as_deref(), Some("a"));
        assert!(access(&[b"fh_access=\xff"]).is_some(), "it is ours, and no good token");
    }
}
