//! Every mail, for people who write or translate them and for the tests that look at them.

use serde_json::{Value, json};

use crate::{
    clock::Timestamp,
    config::Config,
    domain::jobs::notice,
    error::{Error, Result},
    language::Language,
    mail,
};

/// A list of objects with `kind`, `language`, `subject`, `html` and `text`.
pub(super) fn all(config: &Config, name: &str, now: Timestamp) -> Result<String> {
    let mut list = Vec::new();
    for language in [Language::ZhTw, Language::En] {
        for (kind, mail) in mail::samples(name, language, now, &config.public_url) {
            list.push(shown(&kind, &mail.render()?));
        }
        for (kind, letter) in notice::samples(name, language, &config.public_url) {
            list.push(shown(&kind, &letter.message()?));
        }
    }
    serde_json::to_string_pretty(&list).map_err(Error::internal)
}

fn shown(kind: &str, message: &mail::Message) -> Value {
    json!({
        "kind": kind,
        "language": message.language.tag(),
        "subject": message.subject,
        "html": message.html,
        "text": message.text,
    })
}
