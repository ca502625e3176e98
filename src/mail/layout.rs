//! The common layout of all mails, as plain text and as HTML.

use askama::Template;
use url::Url;

use crate::language::Language;

/// One language's part of a mail, in reading order.
pub(super) struct Section<'a> {
    pub(super) language: Language,
    pub(super) heading: &'static str,
    pub(super) greeting: String,
    /// What the action does, or what happened.
    pub(super) purpose: String,
    pub(super) action: Action<'a>,
    /// When the action expires, or when and from where something was done; may be empty.
    pub(super) validity: String,
    /// What to do if it was not the reader.
    pub(super) doubt: &'static str,
    pub(super) undo: Option<Action<'a>>,
}

/// A link and its label.
pub(super) struct Action<'a> {
    pub(super) label: &'static str,
    pub(super) url: &'a Url,
}

/// The text part: each link on a line of its own.
pub(super) fn text(sections: &[Section]) -> String {
    sections.iter().map(text_section).collect::<Vec<_>>().join("\n----\n\n")
}

fn text_section(section: &Section) -> String {
    let Section { heading, greeting, purpose, action, validity, doubt, undo, .. } = section;
    let (link, undo) = (action.url.as_str(), undo.as_ref().map_or("", |undo| undo.url.as_str()));
    let paragraphs = [heading, greeting.as_str(), purpose, link, validity, doubt, undo];
    let paragraphs = paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// The HTML part; only the button has colours, so that it follows the reader's light or dark theme.
#[derive(Template)]
#[template(path = "mail.html")]
pub(super) struct Html<'a> {
    pub(super) title: &'a str,
    pub(super) sections: &'a [Section<'a>; 2],
}

impl Section<'_> {
    /// Introduces the full address, for readers whose button does not work.
    fn spelled_out(&self) -> &'static str {
        match self.language {
            Language::ZhTw => "如果按鈕沒有反應，請將這個網址複製到瀏覽器開啟：",
            Language::En => "If the button does nothing, copy this address into your browser:",
        }
    }
}
