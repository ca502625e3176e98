//! Ending mails of notices by a link in them, without signing in (RFC 8058).

use sea_orm::{ActiveEnum, Iterable};
use url::Url;

use super::{
    Delivery, Kind,
    preference::{self, Preference},
};
use crate::{
    auth::UnsubscribeToken,
    domain::{Services, account::user, change::Change, mail::link, origin::Origin},
    error::Result,
};

/// Which mails a link ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsubscribing {
    Kind(Kind),
    /// Of notices of every kind.
    All,
}

/// How a link names the mails of every kind.
const ALL: &str = "all";

impl Unsubscribing {
    fn name(self) -> String {
        match self {
            Self::Kind(kind) => kind.to_value(),
            Self::All => ALL.into(),
        }
    }

    fn named(name: &str) -> Option<Self> {
        if name == ALL {
            return Some(Self::All);
        }
        Kind::try_from_value(&name.to_owned()).ok().map(Self::Kind)
    }

    fn kinds(self) -> Vec<Kind> {
        match self {
            Self::Kind(kind) => vec![kind],
            Self::All => Kind::iter().collect(),
        }
    }
}

/// The link that ends these mails to a person.
pub(super) fn link(services: &Services, user_id: i64, which: Unsubscribing) -> Url {
    let mut url = services.config.page("/app/unsubscribe");
    let token = UnsubscribeToken::new(&services.keys, user_id, &which.name());
    url.query_pairs_mut().append_pair("token", token.reveal());
    url
}

/// Ends the mails of a link; doing so again changes nothing. Nothing else can be done with the link, so it
/// does not expire.
pub async fn unsubscribe(services: &Services, origin: &Origin, token: &str) -> Result<()> {
    let token = UnsubscribeToken::parse(&services.keys, token).ok_or_else(link::invalid)?;
    let which = Unsubscribing::named(token.list()).ok_or_else(link::invalid)?;
    let change = Change::of_the_gateway(services, origin).await?;
    let user = user::lock(&change, token.user()).await?.ok_or_else(link::invalid)?;
    let off = |kind| Preference { kind, delivery: Delivery::Off };
    let off: Vec<_> = which.kinds().into_iter().map(off).collect();
    preference::store(&change, user.id, &off).await?;
    change.commit().await
}
