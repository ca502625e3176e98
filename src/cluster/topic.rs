//! Wake-ups: hints that the database has changed, without the data.

use std::{fmt, str::FromStr};

/// What happened; listeners then read the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Mails wait in the outbox.
    Outbox,
    /// Job events were written.
    Events,
    /// Notices were written.
    Notices,
    /// The set of signing keys changed.
    SigningKeys,
    /// The session with this key ended.
    SessionRevoked(i64),
    /// Sessions or keys of the user with this key may have ended.
    AccessRevoked(i64),
    /// Other wake-ups may have been lost: look at everything.
    Missed,
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outbox => f.write_str("outbox"),
            Self::Events => f.write_str("events"),
            Self::Notices => f.write_str("notices"),
            Self::SigningKeys => f.write_str("signing keys"),
            Self::SessionRevoked(session) => write!(f, "revoked {session}"),
            Self::AccessRevoked(user) => write!(f, "access {user}"),
            Self::Missed => f.write_str("missed"),
        }
    }
}

/// The text is not a topic of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownTopic;

impl FromStr for Topic {
    type Err = UnknownTopic;

    fn from_str(text: &str) -> Result<Self, UnknownTopic> {
        match text {
            "outbox" => Ok(Self::Outbox),
            "events" => Ok(Self::Events),
            "notices" => Ok(Self::Notices),
            "signing keys" => Ok(Self::SigningKeys),
            "missed" => Ok(Self::Missed),
            _ => match text.split_once(' ') {
                Some(("revoked", session)) => session.parse().map(Self::SessionRevoked),
                Some(("access", user)) => user.parse().map(Self::AccessRevoked),
                _ => return Err(UnknownTopic),
            }
            .map_err(|_| UnknownTopic),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Topic;

    #[test]
    fn a_topic_survives_the_way_to_another_replica() {
        let with_keys = [Topic::SessionRevoked(7), Topic::AccessRevoked(8)];
        let plain =
            [Topic::Outbox, Topic::Events, Topic::Notices, Topic::SigningKeys, Topic::Missed];
        for topic in plain.into_iter().chain(with_keys) {
            assert_eq!(topic.to_string().parse(), Ok(topic));
        }
    }

    #[test]
    fn a_text_of_another_version_is_no_topic() {
        for text in ["", "news", "revoked", "revoked x", "access", "access ", "Outbox"] {
            assert!(text.parse::<Topic>().is_err(), "{text}");
        }
    }
}
