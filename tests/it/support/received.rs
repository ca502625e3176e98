//! A mail as its recipient's program reads it.

use mail_parser::{Message, MessageParser};
use url::Url;

/// A received mail, decoded.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    /// The envelope sender; empty for a mail from a file.
    pub(crate) sender: String,
    /// The envelope recipients; empty for a mail from a file.
    pub(crate) recipients: Vec<String>,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
    /// As sent, with its headers.
    pub(crate) raw: String,
}

impl Received {
    pub(crate) fn parse(recipients: Vec<String>, raw: &[u8]) -> Self {
        let mail = MessageParser::default().parse(raw).unwrap();
        Self {
            sender: String::new(),
            recipients,
            subject: mail.subject().unwrap().into(),
            text: part(&mail, 0, "plain"),
            html: part(&mail, 1, "html"),
            raw: String::from_utf8(raw.to_vec()).unwrap(),
        }
    }

    /// All values of a header, unparsed.
    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let head = self.raw.split("\r\n\r\n").next().unwrap();
        let lines = head.split("\r\n").filter_map(|line| line.split_once(": "));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).collect()
    }

    /// Whether a mail program offers to end such mails.
    pub(crate) fn has_unsubscribe(&self) -> bool {
        !self.headers("list-unsubscribe").is_empty()
    }

    /// The header that says where such mails end, folded or not.
    pub(crate) fn unsubscribe(&self) -> String {
        let (_, rest) = self.raw.split_once("List-Unsubscribe: ").unwrap();
        rest.split('>').next().unwrap().split_whitespace().collect::<String>() + ">"
    }

    /// The link in the text part whose path ends in `last`, such as `verify`.
    pub(crate) fn link(&self, last: &str) -> Url {
        let links = self.text.split_whitespace().filter_map(|word| word.parse::<Url>().ok());
        links
            .filter(Url::has_host)
            .find(|link| link.path_segments().unwrap().next_back() == Some(last))
            .unwrap_or_else(|| panic!("no link to {last} in:\n{}", self.text))
    }
}

/// The decoded alternative at `index`, which must be UTF-8 of this subtype.
fn part(mail: &Message, index: usize, subtype: &str) -> String {
    use mail_parser::MimeHeaders;
    assert!(mail.is_content_type("multipart", "alternative"));
    let part = &mail.parts[index + 1];
    assert!(part.is_content_type("text", subtype), "{part:?}");
    assert_eq!(part.content_type().unwrap().attribute("charset"), Some("utf-8"));
    part.text_contents().unwrap().replace("\r\n", "\n")
}
