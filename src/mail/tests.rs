//! What is true of every mail, in both languages.

use super::{Action, Choice, Letter, Mail, Message, Notice, NoticeKind, samples};
use crate::{clock::Timestamp, language::Language};

const BOTH: [Language; 2] = [Language::ZhTw, Language::En];

fn now() -> Timestamp {
    "2026-02-07T16:30:59Z".parse().unwrap()
}

fn every_mail(name: &str, language: Language) -> Vec<(String, Message)> {
    let home = "https://example.org".parse().unwrap();
    let rendered = |(kind, mail): (String, Mail)| (kind, mail.render().unwrap());
    samples(name, language, now(), &home).into_iter().map(rendered).collect()
}

fn verification(name: &str, language: Language) -> Message {
    Mail::VerifyEmail {
        name: name.into(),
        language,
        verify_url: "https://example.org/verify?token=a&b=c".parse().unwrap(),
        reject_url: "https://example.org/app/reject?token=d".parse().unwrap(),
        expires_at: now(),
    }
    .render()
    .unwrap()
}

fn has_chinese(text: &str) -> bool {
    text.contains(
        |character| matches!(character, '\u{3400}'..='\u{9fff}' | '\u{3000}'..='\u{303f}'),
    )
}

#[test]
fn there_is_a_sample_of_every_notice() {
    let error = serde_json::from_str::<NoticeKind>(r#"{"what":""}"#).unwrap_err().to_string();
    let kinds: Vec<&str> =
        error.split('`').skip(1).step_by(2).filter(|it| !it.is_empty()).collect();
    let shown = every_mail("Ann", Language::En);
    assert!(kinds.len() > 20, "{error}");
    for kind in kinds {
        assert!(shown.iter().any(|(it, _)| it == kind), "src/mail/samples.rs shows no {kind}");
    }
}

#[test]
fn every_mail_has_its_own_words_in_the_language_of_its_reader() {
    let (chinese, english) = (every_mail("安", Language::ZhTw), every_mail("Ann", Language::En));
    for ((kind, zh), (_, en)) in chinese.iter().zip(&english) {
        assert!(zh.text.contains("安，您好：") && en.text.contains("Hello Ann,"), "{kind}");
        assert!(has_chinese(&zh.subject), "{kind}: {}", zh.subject);
        for part in [&en.subject, &en.text, &en.html] {
            assert!(!has_chinese(&part.replace("找幫手", "")), "{kind}: {part}");
        }
        for (message, language) in [(zh, "zh-TW"), (en, "en")] {
            assert!(message.html.contains(&format!("<html lang=\"{language}\"")), "{kind}");
            assert!(!message.subject.contains("找幫手"), "the sender says it: {kind}");
            let subjects = message.text.lines().chain(message.html.lines());
            assert!(subjects.filter(|line| line.contains(&message.subject)).count() >= 3, "{kind}");
        }
    }
}

#[test]
fn the_parts_of_every_mail_say_the_same() {
    for (kind, message) in every_mail("Ann", Language::En) {
        let html = message.html.replace("&#38;", "&").replace("&#39;", "'");
        for line in message.text.lines().filter(|line| !line.is_empty() && *line != "----") {
            let line = line.trim_end_matches(':');
            let (label, value) = line.split_once(": ").unwrap_or((line, ""));
            assert!(html.contains(label) && html.contains(value), "{kind}: {line}\n{html}");
        }
    }
}

#[test]
fn every_placeholder_is_filled_and_the_name_of_a_key_left_alone() {
    for (kind, message) in BOTH.into_iter().flat_map(|language| every_mail("{at}", language)) {
        let text = message.text.replace("「{at}」", "").replace("\u{201c}{at}\u{201d}", "");
        let text = text.replace("Hello {at},", "").replace("{at}，您好：", "");
        assert!(!text.contains(['{', '}']), "{kind}: {text}");
    }
}

#[test]
fn each_language_tells_times_in_its_own_time() {
    let notice = |language| {
        let address = Some("192.0.2.7".into());
        let notice = Notice { occasion: NoticeKind::PasswordChanged, at: now(), address };
        let account_url = "https://example.org/app/account".parse().unwrap();
        Mail::Notice { name: "Ann".into(), language, notice, account_url }.render().unwrap()
    };
    let (zh, en) = ("2026-02-08 00:30（台灣時間）", "2026-02-07 16:30 UTC");
    for (language, own) in [(Language::ZhTw, zh), (Language::En, en)] {
        for message in [verification("安", language), notice(language)] {
            for part in [message.text, message.html] {
                assert_eq!(part.matches("2026-02-0").count(), 1, "{part}");
                assert!(part.contains(own), "{part}");
            }
        }
    }
    assert!(notice(Language::ZhTw).text.contains("IP 位址：192.0.2.7"));
    assert!(notice(Language::En).text.contains("IP address: 192.0.2.7"));
}

#[test]
fn each_link_is_offered_once_in_each_part_and_stands_on_a_line_of_its_own() {
    for language in BOTH {
        let Message { text, html, .. } = verification("Ann", language);
        for (link, escaped) in [
            ("verify?token=a&b=c", "verify?token=a&#38;b=c"),
            ("app/reject?token=d", "app/reject?token=d"),
        ] {
            let (link, href) = (
                format!("https://example.org/{link}"),
                format!("href=\"https://example.org/{escaped}\""),
            );
            assert_eq!(text.lines().filter(|line| *line == link).count(), 1, "{text}");
            assert_eq!(
                (text.matches(&link).count(), html.matches(&href).count()),
                (1, 1),
                "{html}"
            );
        }
        let spelled_out = ">https://example.org/verify?token=a&#38;b=c<";
        assert_eq!(html.matches(spelled_out).count(), 1, "{html}");
    }
}

#[test]
fn a_mail_that_can_be_turned_off_says_why_it_came_and_how_to_end_it() {
    let url = |path: &str| format!("https://example.org/{path}").parse().unwrap();
    let letter = |language| Letter {
        language,
        name: "Ann".into(),
        heading: "Heading".into(),
        paragraphs: vec!["One.".into(), "Two.".into()],
        facts: vec![("Job", "ניקיון".into()), ("Pay", "NT$1,200".into())],
        action: Action { label: "Open", url: url("app/jobs/1") },
        remarks: Vec::new(),
        second: None,
        reason: "Because.",
        choice: Some(Choice { preferences: url("app/account"), unsubscribe: url("stop?token=a") }),
    };
    for language in BOTH {
        let Message { text, html, unsubscribe, .. } = letter(language).message().unwrap();
        assert_eq!(unsubscribe, Some(url("stop?token=a")));
        for (path, links) in [("app/jobs/1", 1), ("app/account", 1), ("stop?token=a", 1)] {
            let link = format!("https://example.org/{path}");
            assert_eq!(text.lines().filter(|line| *line == link).count(), links, "{text}");
            assert_eq!(html.matches(&format!("href=\"{link}\"")).count(), links, "{html}");
        }
        let footer = text.split("\n----\n").nth(1).unwrap();
        assert!(footer.starts_with("找幫手 find-helper\nBecause.\n"), "{text}");
        assert!(html.contains("<td dir=\"auto\"") && html.contains(">ניקיון</td>"), "{html}");
        assert!(!text.contains("\n\n\n"), "no gaps: {text}");
    }
}

#[test]
fn mails_about_an_account_cannot_be_turned_off() {
    for (kind, message) in BOTH.into_iter().flat_map(|language| every_mail("Ann", language)) {
        assert!(message.unsubscribe.is_none(), "{kind}");
    }
}

#[test]
fn no_mail_loads_anything() {
    for (kind, Message { html, .. }) in every_mail("Ann", Language::ZhTw) {
        for loader in ["<img", "<script", "<link", "src=", "url(", "@import"] {
            assert!(!html.contains(loader), "{kind}: {loader}");
        }
    }
}

#[test]
fn the_colours_of_mails_are_those_of_the_portal() {
    let tokens = include_str!("../../web/src/ui/tokens.css");
    let brand = include_str!("../../web/src/icon.svg");
    let template = include_str!("../../templates/mail.html");
    let colours = template.split('#').skip(1).filter_map(|rest| rest.get(..6));
    let colours: Vec<&str> =
        colours.filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit())).collect();
    assert!(colours.len() > 10);
    for colour in colours {
        assert!(tokens.contains(colour) || brand.contains(colour), "#{colour}");
    }
}

#[test]
fn a_name_is_text_and_nothing_else() {
    let html = verification(r#"<a href="/x">'{{7*7}}'&amp;"#, Language::En).html;
    let shown = "&#60;a href=&#34;/x&#34;&#62;&#39;{{7*7}}&#39;&#38;amp;";
    assert!(html.contains(&format!("Hello {shown},")), "{html}");
}

#[test]
fn a_name_stays_on_its_line() {
    let text = verification("Ann\r\n\r\nBob\u{2028}\u{202e}\0Eve\t", Language::En).text;
    assert!(text.contains("\nHello Ann Bob Eve,\n"), "{text}");
}

#[test]
fn a_name_that_advertises_a_link_is_not_repeated() {
    for name in ["Win! https://evil.example", "see evil.example", "WWW.evil", "", " \r\n"] {
        for (language, greeting) in [(Language::En, "\nHello,\n"), (Language::ZhTw, "\n您好：\n")]
        {
            let Message { text, html, .. } = verification(name, language);
            assert!(text.contains(greeting), "{name}: {text}");
            assert!(!html.contains("evil"), "{name}: {html}");
        }
    }
}
