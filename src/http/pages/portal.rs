//! Web pages embedded in the binary: `web/dist` at the time of the build.

use askama::filters::{Html, escape};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::http::accept;

/// Embedded in debug builds too (`debug-embed`): tests see the same bytes as a release, and no
/// request reads a file of the machine.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
struct Dist;

/// The portal loads everything from this origin and calls only this origin. Nothing is inline
/// except the QR code of a second factor, which is a `data:` image.
const PORTAL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     connect-src 'self'; img-src 'self' data:; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Monaco writes `style` elements and attributes; nothing else may be inline.
const GRAPHIQL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
     connect-src 'self'; img-src 'self' data:; font-src 'self'; worker-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A worker is bound by the policy of its own script, not of the page: no network, no `eval`.
const ASSET_POLICY: &str = "default-src 'none'; script-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Where a page finds the path below which the gateway is reached.
const BASE: &str = "<meta name=\"base\" content=\"\"";

const NOT_BUILT: &str = r#"<!doctype html>
<html lang="zh-TW">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>找幫手</title>
<p>這個程式建置時沒有包含網頁。請安裝 Node.js，執行 <code>make web</code>，然後重新建置。</p>
<p lang="en">This program was built without its web pages. Install Node.js, run <code>make web</code> and build again.</p>
</html>
"#;

/// The built pages, adapted to this gateway's path; None for pages that were not built.
pub struct Pages {
    app: Option<Bytes>,
    docs: Option<Bytes>,
    graphiql: Option<Bytes>,
}

impl Pages {
    /// Pages for a gateway below this path, such as `/gw`.
    #[must_use]
    pub fn new(prefix: &str) -> Self {
        let page = |name| Dist::get(name).map(|file| placed(&file, prefix));
        Self { app: page("index.html"), docs: page("docs.html"), graphiql: page("graphiql.html") }
    }

    /// The portal, which routes by the address; or a 404 page that says how to build it.
    pub fn app(&self) -> Response {
        page(self.app.clone(), PORTAL_POLICY)
    }

    /// The documentation, which routes by the address; or a 404 page that says how to build it.
    pub fn docs(&self) -> Response {
        page(self.docs.clone(), PORTAL_POLICY)
    }

    /// GraphiQL, or a 404 page that says how to build it.
    pub fn graphiql(&self) -> Response {
        // The same address also answers GraphQL clients with JSON.
        ([(header::VARY, "Accept")], page(self.graphiql.clone(), GRAPHIQL_POLICY)).into_response()
    }
}

/// A built page with its path and the addresses of its assets filled in (`web/src/base.ts`).
fn placed(file: &EmbeddedFile, prefix: &str) -> Bytes {
    let Ok(prefix) = escape(prefix, Html);
    let html = String::from_utf8_lossy(&file.data);
    let html = html.replace("\"./assets/", &format!("\"{prefix}/app/assets/"));
    html.replace(BASE, &BASE.replace("\"\"", &format!("\"{prefix}\""))).into()
}

/// A file of `web/dist/assets`, in Brotli if the client accepts it; 304 if unchanged, else 404.
pub fn asset(path: &str, request: &HeaderMap) -> Response {
    asset_of(Dist::get, path, request)
}

fn page(html: Option<Bytes>, policy: &'static str) -> Response {
    let (status, html) = match html {
        Some(html) => (StatusCode::OK, Body::from(html)),
        None => (StatusCode::NOT_FOUND, Body::from(NOT_BUILT)),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (status, headers, html).into_response()
}

fn asset_of(files: fn(&str) -> Option<EmbeddedFile>, path: &str, request: &HeaderMap) -> Response {
    let name = format!("assets/{path}");
    let Some(plain) = files(&name) else {
        return (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")]).into_response();
    };
    let content_type = plain.metadata.mimetype().to_owned();
    let brotli = accept::takes_brotli(request).then(|| files(&format!("{name}.br"))).flatten();
    let encoding = brotli.is_some().then_some([(header::CONTENT_ENCODING, "br")]);
    let file = brotli.unwrap_or(plain);
    let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(file.metadata.sha256_hash()));

    let caching = [
        // Vite writes a hash of the content into every name.
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "Accept-Encoding"),
    ];
    if has(request, &etag) {
        return (StatusCode::NOT_MODIFIED, caching, [(header::ETAG, etag)]).into_response();
    }
    let content = [(header::CONTENT_TYPE, content_type), (header::ETAG, etag)];
    let security = [
        (header::CONTENT_SECURITY_POLICY, ASSET_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (caching, content, encoding, security, Body::from(file.data)).into_response()
}

/// Whether `If-None-Match` names this version (RFC 9110 §13.1.2).
pub(in crate::http) fn has(request: &HeaderMap, etag: &str) -> bool {
    accept::members(request, &header::IF_NONE_MATCH)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files as a build makes them: one HTML page, one asset in both encodings.
    #[derive(RustEmbed)]
    #[folder = "tests/fixtures/web-dist/"]
    struct Built;

    const SCRIPT: &str = "page-Ab12Cd34.js";

    fn built(name: &str, prefix: &str) -> Option<Bytes> {
        Built::get(name).map(|file| placed(&file, prefix))
    }

    fn requesting(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    fn header_of(response: &Response, name: header::HeaderName) -> Option<&str> {
        response.headers().get(name).map(|value| value.to_str().unwrap())
    }

    async fn text(response: Response) -> String {
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn every_answer_takes_scripts_from_this_origin_only_and_forbids_eval() {
        let answers = [
            Pages::new("").app(),
            Pages::new("").docs(),
            Pages::new("").graphiql(),
            page(built("index.html", ""), PORTAL_POLICY),
            page(built("graphiql.html", ""), GRAPHIQL_POLICY),
            page(None, PORTAL_POLICY),
            asset_of(Built::get, SCRIPT, &HeaderMap::new()),
        ];
        for response in answers {
            let policy = header_of(&response, header::CONTENT_SECURITY_POLICY).unwrap();
            let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
            for directive in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"] {
                assert!(directives.contains(&directive), "{directive} is missing in {policy}");
            }
            for source in ["eval", "http", "blob:", "*"] {
                assert!(!policy.contains(source), "{source} stands in {policy}");
            }
            assert_eq!(header_of(&response, header::X_CONTENT_TYPE_OPTIONS), Some("nosniff"));
        }
    }

    #[test]
    fn the_portal_and_the_documentation_take_nothing_inline_but_images() {
        let pages = Pages::new("/gw");
        for response in [pages.app(), pages.docs(), page(built("index.html", ""), PORTAL_POLICY)] {
            let policy = header_of(&response, header::CONTENT_SECURITY_POLICY).unwrap();
            for source in ["unsafe", "nonce", "sha256"] {
                assert!(!policy.contains(source), "{source} stands in {policy}");
            }
            let with_data = policy.split(';').filter(|directive| directive.contains("data:"));
            assert_eq!(with_data.collect::<Vec<_>>(), [" img-src 'self' data:"]);
        }
    }

    #[tokio::test]
    async fn the_portal_is_not_kept_so_that_it_names_the_assets_of_this_build() {
        let response = page(built("index.html", ""), PORTAL_POLICY);
        assert_eq!(header_of(&response, header::CACHE_CONTROL), Some("no-cache"));
        assert!(text(response).await.contains(SCRIPT));
    }

    #[test]
    fn f08_a_page_names_its_assets_and_its_place_below_the_prefix() {
        for (prefix, written) in [("", ""), ("/gw", "/gw"), ("/a&b'c", "/a&#38;b&#39;c")] {
            let html = built("index.html", prefix).unwrap();
            let html = str::from_utf8(&html).unwrap();
            assert!(html.contains(&format!("src=\"{written}/app/assets/{SCRIPT}\"")), "{html}");
            assert!(html.contains(&format!("<meta name=\"base\" content=\"{written}\"")), "{html}");
            assert!(!html.contains("./assets"), "{html}");
        }
    }

    #[test]
    fn f08_every_built_page_can_be_told_its_place() {
        for name in Dist::iter().filter(|name| name.ends_with(".html")) {
            let html = String::from_utf8(Dist::get(&name).unwrap().data.to_vec()).unwrap();
            assert!(html.contains(BASE) && html.contains("\"./assets/"), "{name}: {html}");
            assert!(!html.contains("=\"/"), "{name} has an address from the root: {html}");
        }
    }

    #[tokio::test]
    async fn without_built_pages_a_page_says_in_both_languages_how_to_build_them() {
        let response = page(None, PORTAL_POLICY);
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let html = text(response).await;
        assert!(html.contains("執行 <code>make web</code>"), "{html}");
        assert!(html.contains("run <code>make web</code>"), "{html}");
    }

    #[tokio::test]
    async fn with_built_pages_graphiql_is_the_built_page() {
        let response = page(built("graphiql.html", ""), GRAPHIQL_POLICY);
        assert_eq!(response.status(), StatusCode::OK);
        assert!(text(response).await.contains(SCRIPT));
    }

    #[test]
    fn an_unknown_asset_and_a_path_out_of_the_folder_are_404() {
        let paths = [
            "",
            "unknown.js",
            "../graphiql.html",
            "..\\graphiql.html",
            "%2e%2e/graphiql.html",
            "./page-Ab12Cd34.js",
            "../../../../Cargo.toml",
            "/etc/passwd",
        ];
        for path in paths {
            for files in [Built::get, Dist::get] {
                let response = asset_of(files, path, &HeaderMap::new());
                assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path:?}");
                assert_eq!(header_of(&response, header::CACHE_CONTROL), Some("no-store"));
            }
        }
    }

    #[test]
    fn browsers_keep_an_asset_for_a_year_without_asking() {
        let response = asset_of(Built::get, SCRIPT, &HeaderMap::new());
        let caching = header_of(&response, header::CACHE_CONTROL);
        assert_eq!(caching, Some("public, max-age=31536000, immutable"));
        assert_eq!(header_of(&response, header::CONTENT_TYPE), Some("text/javascript"));
    }

    #[test]
    fn every_built_asset_has_a_hash_in_its_name_and_a_known_type() {
        for name in Dist::iter().filter(|name| name.starts_with("assets/")) {
            let name = name.trim_end_matches(".br");
            let (stem, _) = name.rsplit_once('.').unwrap();
            let hash = stem.get(stem.len().saturating_sub(9)..).unwrap();
            assert!(hash.starts_with('-'), "{name} would be kept for a year without a hash");
            let file = Dist::get(name).unwrap();
            assert_ne!(file.metadata.mimetype(), "application/octet-stream", "{name}");
        }
    }

    #[test]
    fn an_asset_is_compressed_only_for_clients_that_take_brotli() {
        let cases = [
            ("gzip, deflate, br, zstd", true),
            ("BR;q=0.5", true),
            ("br;q=0", false),
            ("br; q=0.000, gzip", false),
            ("gzip", false),
            ("brotli", false),
            ("*", false),
        ];
        for (accepted, compressed) in cases {
            let request = requesting(header::ACCEPT_ENCODING, accepted);
            let response = asset_of(Built::get, SCRIPT, &request);
            let encoding = header_of(&response, header::CONTENT_ENCODING);
            assert_eq!(encoding, compressed.then_some("br"), "{accepted}");
            assert_eq!(header_of(&response, header::CONTENT_TYPE), Some("text/javascript"));
            assert_eq!(header_of(&response, header::VARY), Some("Accept-Encoding"));
        }
    }

    #[tokio::test]
    async fn a_client_that_has_the_asset_gets_304_and_no_body() {
        let first = asset_of(Built::get, SCRIPT, &HeaderMap::new());
        let etag = header_of(&first, header::ETAG).unwrap();
        for known in [etag.to_owned(), format!("\"old\", W/{etag}"), "*".to_owned()] {
            let request = requesting(header::IF_NONE_MATCH, &known);
            let again = asset_of(Built::get, SCRIPT, &request);
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{known}");
            assert_eq!(header_of(&again, header::ETAG), Some(etag));
            assert_eq!(text(again).await, "");
        }
        let mut compressed = requesting(header::IF_NONE_MATCH, etag);
        compressed.insert(header::ACCEPT_ENCODING, "br".parse().unwrap());
        assert_eq!(asset_of(Built::get, SCRIPT, &compressed).status(), StatusCode::OK);
    }
}
