//! The mails with a link that does something, in both languages.

use askama::Template;
use url::Url;

use super::{
    layout::{self, Action, Html, Section},
    moment::{minute, taipei},
    notice::Notice,
};
use crate::{
    clock::Timestamp,
    error::{Error, Result},
    language::Language,
};

/// A mail and its parameters; not `Debug`, since the links are secrets.
#[derive(Clone, PartialEq, Eq)]
pub enum Mail {
    /// Asks a newly registered person to confirm the address or to reject the account.
    VerifyEmail {
        /// As typed at registration, perhaps by someone else.
        name: String,
        verify_url: Url,
        /// Removes the unverified account.
        reject_url: Url,
        /// When `verify_url` expires.
        expires_at: Timestamp,
    },
    /// Lets somebody who forgot the password choose a new one.
    ResetPassword { name: String, reset_url: Url, expires_at: Timestamp },
    /// Asks the owner of a new address to confirm it for an account.
    ConfirmEmail {
        /// As typed by the account's owner, whom the reader may not know.
        name: String,
        confirm_url: Url,
        expires_at: Timestamp,
    },
    /// Reports an event of the account.
    Notice { name: String, notice: Notice, account_url: Url },
}

/// A rendered mail, Traditional Chinese before English; not `Debug`, since the links are secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The link of the mail.
    pub link: Url,
}

/// The texts around a link in one language.
struct Words {
    language: Language,
    heading: &'static str,
    /// Ends with a colon, since the link follows.
    purpose: &'static str,
    label: &'static str,
    doubt: &'static str,
}

impl Mail {
    /// Renders the mail.
    pub fn render(&self) -> Result<Message> {
        match self {
            Self::VerifyEmail { name, verify_url, reject_url, expires_at } => {
                let mut sections = VERIFY.map(|words| words.around(verify_url, *expires_at));
                let labels = ["不是我註冊的，刪除這個帳號", "It was not me, delete this account"];
                for (section, label) in sections.iter_mut().zip(labels) {
                    section.undo = Some(Action { label, url: reject_url });
                }
                greeted(sections, name)
            }
            Self::ResetPassword { name, reset_url, expires_at } => {
                greeted(RESET.map(|words| words.around(reset_url, *expires_at)), name)
            }
            Self::ConfirmEmail { name, confirm_url, expires_at } => {
                greeted(CONFIRM.map(|words| words.around(confirm_url, *expires_at)), name)
            }
            Self::Notice { name, notice, account_url } => {
                greeted(notice.sections(account_url), name)
            }
        }
    }
}

impl Words {
    fn around(self, url: &Url, expires_at: Timestamp) -> Section<'_> {
        let validity = match self.language {
            Language::ZhTw => {
                format!("連結有效期限：{}（台灣時間）。", minute(taipei(expires_at)))
            }
            Language::En => format!("The link is valid until {} UTC.", minute(expires_at)),
        };
        Section {
            language: self.language,
            heading: self.heading,
            greeting: String::new(),
            purpose: self.purpose.into(),
            action: Action { label: self.label, url },
            validity,
            doubt: self.doubt,
            undo: None,
        }
    }
}

fn greeted(mut sections: [Section<'_>; 2], name: &str) -> Result<Message> {
    let name = greetable(name);
    for section in &mut sections {
        section.greeting = match (section.language, &name) {
            (Language::ZhTw, None) => "您好：".into(),
            (Language::ZhTw, Some(name)) => format!("{name}，您好："),
            (Language::En, None) => "Hello,".into(),
            (Language::En, Some(name)) => format!("Hello {name},"),
        };
    }
    let subject = sections.each_ref().map(|section| section.heading).join(" | ");
    let html = Html { title: &subject, sections: &sections };
    Ok(Message {
        text: layout::text(&sections),
        html: html.render().map_err(Error::internal)?,
        subject,
        link: sections[0].action.url.clone(),
    })
}

const VERIFY: [Words; 2] = [
    Words {
        language: Language::ZhTw,
        heading: "請驗證您的電子郵件地址",
        purpose: "有人使用這個電子郵件地址註冊了「找幫手」帳號。\
                  如果是您本人，請開啟以下連結，確認這個地址屬於您，之後即可登入：",
        label: "驗證電子郵件地址",
        doubt: "不是您註冊的嗎？請開啟以下連結，刪除這個尚未驗證的帳號：",
    },
    Words {
        language: Language::En,
        heading: "Verify your e-mail address",
        purpose: "Someone has registered a find-helper (找幫手) account with this e-mail address. \
                  If it was you, open this link to confirm that the address is yours; after that \
                  you can sign in:",
        label: "Verify e-mail address",
        doubt: "Was it not you? Open this link to delete the unverified account:",
    },
];

const RESET: [Words; 2] = [
    Words {
        language: Language::ZhTw,
        heading: "重設您的「找幫手」密碼",
        purpose: "有人要求重設您的「找幫手」帳號密碼。如果是您本人，請開啟以下連結，設定新的密碼：",
        label: "設定新密碼",
        doubt: "不是您本人嗎？您的密碼沒有變更，可以忽略這封郵件。請勿將連結轉交他人。",
    },
    Words {
        language: Language::En,
        heading: "Reset your find-helper password",
        purpose: "Someone asked to reset the password of your find-helper (找幫手) account. If it \
                  was you, open this link to choose a new one:",
        label: "Choose a new password",
        doubt: "Was it not you? Your password is unchanged and you can ignore this mail. Do not \
                pass the link on.",
    },
];

const CONFIRM: [Words; 2] = [
    Words {
        language: Language::ZhTw,
        heading: "請確認您的新電子郵件地址",
        purpose: "有人想將「找幫手」帳號的電子郵件地址改為這個地址。如果是您本人，請開啟以下連結確認：",
        label: "確認新的電子郵件地址",
        doubt: "不是您本人嗎？請忽略這封郵件，這個地址就不會綁定任何帳號。",
    },
    Words {
        language: Language::En,
        heading: "Confirm your new e-mail address",
        purpose: "Someone wants to use this address for their find-helper (找幫手) account. If it \
                  was you, open this link to confirm:",
        label: "Confirm the new address",
        doubt: "Was it not you? Ignore this mail, and the address stays out of it.",
    },
];

/// The name on one line, or None if mail programs would turn part of it into a link: somebody who
/// registers a stranger's address must not choose what the mail advertises.
fn greetable(name: &str) -> Option<String> {
    let visible: String = name
        .chars()
        .filter(|character| !is_direction_mark(*character))
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty() && !holds_link(&line)).then_some(line)
}

/// Invisible characters that reverse the text after them.
fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn holds_link(line: &str) -> bool {
    let characters: Vec<char> = line.chars().collect();
    let dotted = characters.windows(3).any(|around| {
        around[0].is_alphanumeric() && around[1] == '.' && around[2].is_alphanumeric()
    });
    dotted || line.contains("://")
}

#[cfg(test)]
mod tests {
    use super::{Mail, Message};

    fn message(name: &str) -> Message {
        Mail::VerifyEmail {
            name: name.into(),
            verify_url: "https://example.org/verify?token=a&b=c".parse().unwrap(),
            reject_url: "https://example.org/app/reject?token=d".parse().unwrap(),
            expires_at: "2026-02-07T16:30:59Z".parse().unwrap(),
        }
        .render()
        .unwrap()
    }

    #[test]
    fn each_language_tells_the_deadline_in_its_own_time() {
        let Message { text, html, .. } = message("安");
        for part in [text, html] {
            let (chinese, english) = (part.find("2026-02-08 00:30"), part.find("2026-02-07 16:30"));
            assert!(chinese.is_some() && chinese < english, "{part}");
            assert!(part.contains("（台灣時間）") && part.contains("16:30 UTC"), "{part}");
        }
    }

    #[test]
    fn both_languages_offer_both_links_in_both_parts() {
        let Message { text, html, .. } = message("Ann");
        assert_eq!(text.lines().filter(|line| line.ends_with("/verify?token=a&b=c")).count(), 2);
        assert_eq!(text.lines().filter(|line| line.ends_with("/app/reject?token=d")).count(), 2);
        assert_eq!(html.matches(r#"href="https://example.org/verify?token=a&#38;b=c""#).count(), 4);
        assert_eq!(html.matches(r#"href="https://example.org/app/reject?token=d""#).count(), 2);
    }

    #[test]
    fn a_name_is_text_and_nothing_else() {
        let html = message(r#"<a href="/x">'{{7*7}}'&amp;"#).html;
        let shown = "&#60;a href=&#34;/x&#34;&#62;&#39;{{7*7}}&#39;&#38;amp;";
        assert!(html.contains(&format!("Hello {shown},")), "{html}");
    }

    #[test]
    fn a_name_stays_on_its_line() {
        let text = message("Ann\r\n\r\nBob\u{2028}\u{202e}\0Eve\t").text;
        assert!(text.contains("\nHello Ann Bob Eve,\n"), "{text}");
    }

    #[test]
    fn a_name_that_advertises_a_link_is_not_repeated() {
        for name in ["Win! https://evil.example", "see evil.example", "WWW.evil", "", " \r\n"] {
            let text = message(name).text;
            assert!(text.contains("\nHello,\n") && text.contains("\n您好：\n"), "{name}: {text}");
        }
        assert!(message("J. R. Smith Jr.").text.contains("\nHello J. R. Smith Jr.,\n"));
    }
}
