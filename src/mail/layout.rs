//! The layout of all mails, as plain text and as HTML.

use askama::Template;
use url::Url;

use super::foreign::foreign;
use crate::{
    error::{Error, Result},
    language::Language,
};

/// What a mail says in the one language of its reader, in reading order; every mail is one.
pub struct Letter {
    pub language: Language,
    /// The reader's; the greeting leaves it out if mail programs would make a link of it.
    pub name: String,
    /// Also the subject, without the product's name: that is the sender's.
    pub heading: String,
    /// Sentences of ours; what others wrote in them goes through [`foreign`] first. Inboxes show the
    /// first beside the subject.
    pub paragraphs: Vec<String>,
    /// Labels and values.
    pub facts: Vec<(&'static str, String)>,
    /// The button.
    pub action: Action,
    /// What else to know or to do, below the button.
    pub remarks: Vec<String>,
    /// What to do instead, as a link below the remarks.
    pub second: Option<Action>,
    /// Why one got this mail; the footer.
    pub reason: &'static str,
    /// None for mails that nobody may turn off: those about accounts and their security.
    pub choice: Option<Choice>,
}

/// A link and its label.
pub struct Action {
    pub label: &'static str,
    pub url: Url,
}

/// Where the reader decides about mails of this kind.
pub struct Choice {
    /// The portal's page of all kinds.
    pub preferences: Url,
    /// Ends this kind: by GET a page that asks first, by POST at once (RFC 8058).
    pub unsubscribe: Url,
}

/// A rendered mail; not `Debug`, since the links are secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub language: Language,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// Where a mail program may end mails of this kind at a click (RFC 8058).
    pub unsubscribe: Option<Url>,
}

/// A text in Chinese and in English.
pub type Both = (&'static str, &'static str);

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    letter: &'a Letter,
}

impl Letter {
    /// Renders both parts.
    pub fn message(self) -> Result<Message> {
        let letter = &self;
        let html = Html { letter }.render().map_err(Error::internal)?;
        let text = Text { letter }.render().map_err(Error::internal)?;
        let unsubscribe = self.choice.map(|choice| choice.unsubscribe);
        Ok(Message { language: self.language, subject: self.heading, text, html, unsubscribe })
    }

    fn greeting(&self) -> String {
        match (self.language, foreign(&self.name)) {
            (Language::ZhTw, None) => "您好：".into(),
            (Language::ZhTw, Some(name)) => format!("{name}，您好："),
            (Language::En, None) => "Hello,".into(),
            (Language::En, Some(name)) => format!("Hello {name},"),
        }
    }

    fn t(&self, both: &Both) -> &'static str {
        self.language.pick(both)
    }
}
