//! The common layout of all mails, as plain text and as HTML.

use url::Url;

use crate::{html::escape, language::Language};

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
pub(super) fn html(title: &str, sections: &[Section]) -> String {
    let tag = sections.first().map_or(Language::default(), |first| first.language).tag();
    let title = escape(title);
    let body = sections.iter().map(html_section).collect::<Vec<_>>().join("<hr>\n");
    format!(
        r#"<!doctype html>
<html lang="{tag}" style="color-scheme:light dark">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body style="margin:0;padding:24px;font:16px/1.6 system-ui,sans-serif">
<main style="max-width:36em;margin:0 auto">
{body}</main>
</body>
</html>
"#
    )
}

fn html_section(section: &Section) -> String {
    let tag = section.language.tag();
    let heading = escape(section.heading);
    let greeting = escape(&section.greeting);
    let purpose = escape(&section.purpose);
    let button = link(&section.action, BUTTON);
    let spelled_out = spelled_out(section.language);
    let address = escape(section.action.url.as_str());
    let validity = match section.validity.as_str() {
        "" => String::new(),
        validity => format!("<p>{}</p>\n", escape(validity)),
    };
    let doubt = escape(section.doubt);
    let undo = section.undo.as_ref().map(|undo| format!("<br>{}", link(undo, "")));
    let undo = undo.unwrap_or_default();
    format!(
        r#"<section lang="{tag}">
<h1 style="font-size:20px">{heading}</h1>
<p>{greeting}</p>
<p>{purpose}</p>
<p>{button}</p>
<p style="overflow-wrap:anywhere">{spelled_out}<br><a href="{address}">{address}</a></p>
{validity}<p>{doubt}{undo}</p>
</section>
"#
    )
}

/// Introduces the full address, for readers whose button does not work.
fn spelled_out(language: Language) -> &'static str {
    match language {
        Language::ZhTw => "如果按鈕沒有反應，請將這個網址複製到瀏覽器開啟：",
        Language::En => "If the button does nothing, copy this address into your browser:",
    }
}

/// White on a blue with contrast to both light and dark backgrounds.
const BUTTON: &str = r#" style="display:inline-block;padding:12px 24px;border-radius:8px;background:#1d5fd1;color:#ffffff;text-decoration:none""#;

fn link(action: &Action, attributes: &str) -> String {
    let (url, label) = (escape(action.url.as_str()), escape(action.label));
    format!(r#"<a href="{url}"{attributes}>{label}</a>"#)
}
