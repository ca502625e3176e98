//! Mails of notices, put together from what is known.

use sea_orm::{ActiveEnum, Iterable};
use url::Url;

use super::{
    Kind,
    words::{self, Names, words},
};
use crate::{
    language::Language,
    mail::{Action, Choice, Letter},
};

/// Most notices that a mail shows.
const SHOWN: usize = 30;

/// Who reads a mail, where it leads, and how it is ended.
pub(super) struct Envelope {
    pub name: String,
    pub language: Language,
    pub url: Url,
    pub choice: Choice,
}

/// The mail of one notice, with the labels and values of its job.
pub(super) fn single(
    to: Envelope,
    kind: Kind,
    names: &Names<'_>,
    facts: Vec<(&'static str, String)>,
) -> Letter {
    let (words, language) = (words(kind), to.language);
    let (heading, sentence) = (words.heading(language, names), words.sentence(language, names));
    let label = language.pick(&words::OPEN);
    Letter { facts, ..plain(to, heading, sentence, label) }
}

/// The mail of several notices, a line each.
pub(super) fn digest(to: Envelope, lines: Vec<(Kind, String)>) -> Letter {
    let language = to.language;
    let [heading, sentence, label] = words::MANY.map(|both| language.pick(&both));
    let heading = heading.replace("{n}", &lines.len().to_string());
    let more = lines.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| language.pick(&words::MORE).replace("{n}", &more.to_string()));
    let line = |(kind, text): (Kind, String)| (words(kind).label(language), text);
    Letter {
        facts: lines.into_iter().take(SHOWN).map(line).collect(),
        remarks: more.into_iter().collect(),
        ..plain(to, heading, sentence.to_owned(), label)
    }
}

fn plain(to: Envelope, heading: String, sentence: String, label: &'static str) -> Letter {
    let Envelope { name, language, url, choice } = to;
    Letter {
        language,
        name,
        heading,
        paragraphs: vec![sentence],
        facts: vec![],
        action: Action { label, url },
        remarks: vec![],
        second: None,
        reason: language.pick(&words::REASON),
        choice: Some(choice),
    }
}

/// A mail of each kind and one of several, with made-up data, under the name of the kind.
#[must_use]
pub fn samples(name: &str, language: Language, home: &Url) -> Vec<(String, Letter)> {
    let page = |path: &str| {
        let mut url = home.clone();
        url.set_path(path);
        url
    };
    let to = || Envelope {
        name: name.to_owned(),
        language,
        url: page("/app/jobs/job_1"),
        choice: Choice {
            preferences: page("/app/account/notices"),
            unsubscribe: page("/app/unsubscribe"),
        },
    };
    let names = Names { job: "居家清潔", who: Some(name) };
    let facts = [(&words::JOB, "居家清潔"), (&words::OTHER, name), (&words::AMOUNT, "NT$3,000")];
    let facts = facts.map(|(label, value)| (language.pick(label), value.to_owned()));
    let one = |kind: Kind| (kind.to_value(), single(to(), kind, &names, facts.to_vec()));
    let lines = Kind::iter().map(|kind| (kind, format!("居家清潔 · {name}"))).collect();
    Kind::iter().map(one).chain([("notices".into(), digest(to(), lines))]).collect()
}
