//! Mails reach a mail server or a folder, whole, harmless and known by their id.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use find_helper::{
    clock::Clock,
    language::Language,
    mail::{Address, Mail, Mailer, Outgoing, SendError},
};

use crate::support::{
    config::config,
    received::Received,
    smtp::{Fault, SmtpServer},
};

fn clock() -> Clock {
    Clock::manual("2026-02-07T08:00:00Z".parse().unwrap())
}

fn mailer(smtp_url: &str) -> Mailer {
    mailer_of(smtp_url, "找幫手 find-helper <no-reply@example.org>")
}

fn mailer_of(smtp_url: &str, sender: &str) -> Mailer {
    let flags = [format!("--smtp-url={smtp_url}"), format!("--mail-from={sender}")];
    Mailer::new(&config(&flags), clock()).unwrap()
}

fn verification(to: &str, name: &str) -> Outgoing {
    verification_in(Language::En, to, name)
}

fn verification_in(language: Language, to: &str, name: &str) -> Outgoing {
    let mail = Mail::VerifyEmail {
        name: name.into(),
        language,
        verify_url: "https://example.org/verify?token=t0k.en&x=1".parse().unwrap(),
        reject_url: "https://example.org/app/reject?token=n0.pe".parse().unwrap(),
        expires_at: "2026-02-08T08:00:00Z".parse().unwrap(),
    };
    Outgoing {
        to: to.parse().unwrap(),
        message_id: "0123abcd@example.org".parse().unwrap(),
        message: mail.render().unwrap(),
    }
}

/// Whether another attempt is advised, after a mail that met `fault`.
async fn is_transient_after(fault: Fault) -> bool {
    let server = SmtpServer::start().await;
    server.fail([fault]);
    let sent = mailer(&server.url()).send(&verification("ann@example.net", "Ann")).await;
    assert!(server.received().is_empty());
    matches!(sent.unwrap_err(), SendError::Transient(_))
}

#[tokio::test]
async fn a_mail_arrives_in_the_language_of_its_reader_as_text_and_as_html() {
    let words =
        [(Language::ZhTw, "請驗證您的電子郵件地址"), (Language::En, "Verify your e-mail address")];
    for (language, heading) in words {
        let server = SmtpServer::start().await;
        let outgoing = verification_in(language, "ann@example.net", "安");
        mailer(&server.url()).send(&outgoing).await.unwrap();
        let mail = &server.wait_for(1).await[0];
        assert_eq!(mail.recipients, ["ann@example.net"]);
        assert_eq!(mail.subject, heading);
        assert!(mail.text.starts_with(heading) && mail.html.contains(heading), "{}", mail.raw);
        assert_eq!(mail.link("verify").as_str(), "https://example.org/verify?token=t0k.en&x=1");
        assert_eq!(mail.link("reject").as_str(), "https://example.org/app/reject?token=n0.pe");
        assert_eq!(mail.headers("date"), ["Sat, 07 Feb 2026 08:00:00 +0000"]);
        assert_eq!(mail.headers("auto-submitted"), ["auto-generated"]);
        assert_eq!(mail.headers("content-language"), [language.tag()]);
        assert!(mail.headers("from")[0].ends_with("<no-reply@example.org>"));
        assert!(mail.raw.is_ascii() && mail.raw.lines().all(|line| line.len() <= 998));
    }
}

#[tokio::test]
async fn a_mail_that_can_be_turned_off_says_so_in_its_headers_and_no_other_does() {
    let server = SmtpServer::start().await;
    let mut outgoing = verification("ann@example.net", "Ann");
    mailer(&server.url()).send(&outgoing).await.unwrap();
    let url = format!("https://example.org/unsubscribe?token={}", "x".repeat(300));
    outgoing.message.unsubscribe = Some(url.parse().unwrap());
    mailer(&server.url()).send(&outgoing).await.unwrap();
    let [account, other] = &server.wait_for(2).await[..] else { panic!("two mails") };
    for name in ["list-unsubscribe", "list-unsubscribe-post"] {
        assert!(account.headers(name).is_empty(), "{}", account.raw);
    }
    assert_eq!(other.headers("list-unsubscribe"), [format!("<{url}>")]);
    assert_eq!(other.headers("list-unsubscribe-post"), ["List-Unsubscribe=One-Click"]);
    assert!(other.raw.lines().all(|line| line.len() <= 998), "{}", other.raw);
}

#[tokio::test]
async fn lines_of_dots_survive_the_transfer() {
    let server = SmtpServer::start().await;
    let mut outgoing = verification("ann@example.net", "Ann");
    outgoing.message.text = "above\n.\n..\n.below\n".into();
    mailer(&server.url()).send(&outgoing).await.unwrap();
    assert_eq!(server.wait_for(1).await[0].text.trim_end(), "above\n.\n..\n.below");
}

#[tokio::test]
async fn a_refusal_for_now_advises_another_attempt_and_a_final_one_does_not() {
    for (code, transient) in [(451, true), (421, true), (550, false), (554, false)] {
        assert_eq!(is_transient_after(Fault::Recipient(code)).await, transient, "RCPT {code}");
        assert_eq!(is_transient_after(Fault::Content(code)).await, transient, "DATA {code}");
    }
}

#[tokio::test]
async fn a_lost_answer_advises_another_attempt() {
    assert!(is_transient_after(Fault::HangUp).await);
}

#[tokio::test]
async fn c13_a_server_that_falls_silent_is_given_up_and_advises_another_attempt() {
    let server = SmtpServer::start().await;
    server.fail([Fault::Silence]);
    let mailer = mailer(&server.url()).with_timeout(Duration::from_millis(200));
    let outgoing = verification("ann@example.net", "Ann");
    let sent = mailer.send(&outgoing).await;
    assert!(matches!(sent, Err(SendError::Transient(_))), "{sent:?}");
    mailer.send(&outgoing).await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_away_advises_another_attempt() {
    let url = SmtpServer::start().await.url();
    let sent = mailer(&url).send(&verification("ann@example.net", "Ann")).await;
    assert!(matches!(sent, Err(SendError::Transient(_))), "{sent:?}");
}

/// What becomes of a mail that meets `fault`: `final`, `again`, or `mend` if it takes the operator.
async fn fate(fault: Fault) -> &'static str {
    let server = SmtpServer::start().await;
    server.fail([fault]);
    let mailer = mailer(&server.url());
    let outgoing = verification("ann@example.net", "Ann");
    let fate = match mailer.send(&outgoing).await.unwrap_err() {
        SendError::Permanent(_) => "final",
        SendError::Transient(_) => "again",
        SendError::Unwelcome(_) => "mend",
    };
    assert!(server.received().is_empty());
    mailer.send(&outgoing).await.unwrap();
    fate
}

#[tokio::test]
async fn f11_only_an_answer_about_this_recipient_or_this_content_is_final() {
    for (fault, expected) in [
        (Fault::Greeting(421), "again"),
        (Fault::Greeting(554), "mend"),
        (Fault::Hello(421), "again"),
        (Fault::Hello(502), "mend"),
        (Fault::Hello(550), "mend"),
        (Fault::Sender(451), "again"),
        (Fault::Sender(530), "mend"),
        (Fault::Sender(550), "mend"),
        (Fault::Sender(553), "mend"),
        (Fault::Recipient(450), "again"),
        (Fault::Recipient(552), "again"),
        (Fault::Recipient(503), "mend"),
        (Fault::Recipient(530), "mend"),
        (Fault::Recipient(550), "final"),
        (Fault::Recipient(553), "final"),
        (Fault::Data(451), "again"),
        (Fault::Data(554), "mend"),
        (Fault::Content(452), "again"),
        (Fault::Content(552), "final"),
        (Fault::Content(554), "final"),
        (Fault::HangUp, "again"),
    ] {
        assert_eq!(fate(fault).await, expected, "{fault:?}");
    }
}

#[tokio::test]
async fn f11_tls_that_fails_does_not_condemn_the_mail() {
    let server = SmtpServer::start().await;
    let without_starttls = server.url() + "?tls=required";
    let not_tls = server.url().replace("smtp://", "smtps://");
    for url in [without_starttls, not_tls] {
        let sent = mailer(&url).send(&verification("ann@example.net", "Ann")).await;
        let waits = matches!(sent, Err(SendError::Unwelcome(_) | SendError::Transient(_)));
        assert!(waits, "{url}: {sent:?}");
    }
}

#[tokio::test]
async fn f07_a_domain_of_any_script_is_sent_in_its_ascii_form() {
    for server in [SmtpServer::start().await, SmtpServer::with_utf8().await] {
        let mailer = mailer_of(&server.url(), "找幫手 <no-reply@台灣.tw>");
        mailer.send(&verification("ann@bücher.de", "安")).await.unwrap();
        let mail = &server.wait_for(1).await[0];
        assert_eq!(mail.sender, "no-reply@xn--kpry57d.tw");
        assert_eq!(mail.recipients, ["ann@xn--bcher-kva.de"]);
        assert_eq!(mail.headers("to"), ["ann@xn--bcher-kva.de"]);
        assert!(mail.headers("from")[0].ends_with("<no-reply@xn--kpry57d.tw>"), "{}", mail.raw);
        assert!(mail.raw.is_ascii());
    }
}

#[tokio::test]
async fn f07_a_name_beyond_ascii_needs_a_server_that_takes_it() {
    let (knows, lacks) = (SmtpServer::with_utf8().await, SmtpServer::start().await);
    let outgoing = verification("安@bücher.de", "安");
    mailer(&knows.url()).send(&outgoing).await.unwrap();
    assert_eq!(knows.wait_for(1).await[0].recipients, ["安@xn--bcher-kva.de"]);
    let sent = mailer(&lacks.url()).send(&outgoing).await;
    assert!(matches!(sent, Err(SendError::Permanent(_))), "{sent:?}");
    // The sender is a setting: it can be changed while the mail waits.
    let sent = mailer_of(&lacks.url(), "找@example.org").send(&verification("a@b.de", "A")).await;
    assert!(matches!(sent, Err(SendError::Unwelcome(_))), "{sent:?}");
}

#[tokio::test]
async fn refused_credentials_do_not_condemn_the_mail() {
    let server = SmtpServer::start().await;
    let url = server.url().replace("smtp://", "smtp://user:wrong@");
    let sent = mailer(&url).send(&verification("ann@example.net", "Ann")).await;
    assert!(matches!(&sent, Err(SendError::Unwelcome(error)) if error.to_string().contains("535")));
}

#[tokio::test]
async fn c14_every_attempt_carries_the_same_message_id() {
    let server = SmtpServer::start().await;
    let (mailer, outgoing) = (mailer(&server.url()), verification("ann@example.net", "Ann"));
    mailer.send(&outgoing).await.unwrap();
    mailer.send(&outgoing).await.unwrap();
    for mail in server.wait_for(2).await {
        assert_eq!(mail.headers("message-id"), ["<0123abcd@example.org>"]);
    }
}

#[tokio::test]
async fn c20_a_name_adds_neither_headers_nor_markup() {
    let server = SmtpServer::start().await;
    let name = "<a href='/x'>Ann</a>\r\nBcc: eve@localhost\r\n\r\n.\r\n{{7*7}}";
    mailer(&server.url()).send(&verification("ann@example.net", name)).await.unwrap();
    let mail = &server.wait_for(1).await[0];
    let greeting = "\nHello <a href='/x'>Ann</a> Bcc: eve@localhost . {{7*7}},\n";
    assert!(mail.text.contains(greeting), "{}", mail.text);
    assert!(!mail.html.contains("<a href='/x'>"), "{}", mail.html);
    assert_eq!(mail.recipients, ["ann@example.net"]);
    assert!(mail.headers("bcc").is_empty(), "{}", mail.raw);
}

#[test]
fn c2_an_address_cannot_carry_another_header() {
    for address in [
        "ann@example.net\r\nBcc: eve@example.com",
        "\"ann\r\nBcc: eve\"@example.net",
        "ann@example.net, eve@example.com",
        "ann@example.net>\r\nDATA",
    ] {
        assert!(address.parse::<Address>().is_err(), "{address:?}");
    }
}

#[tokio::test]
async fn without_a_mail_server_each_mail_becomes_a_private_file() {
    let data = tempfile::tempdir().unwrap();
    let flags = [format!("--data-dir={}", data.path().display())];
    let mailer = Mailer::new(&config(&flags), clock()).unwrap();
    mailer.send(&verification("ann@example.net", "安")).await.unwrap();
    let folder = data.path().join("outbox");
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    let mut files: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files, ["20260207T080000.000Z-0123abcd.eml", "20260207T080000.000Z-0123abcd.txt"]);
    let mail = Received::parse(Vec::new(), &fs::read(folder.join(&files[0])).unwrap());
    assert_eq!(mail.text, fs::read_to_string(folder.join(&files[1])).unwrap(), "for people");
    assert_eq!(mail.headers("to"), ["ann@example.net"]);
    assert_eq!(mail.link("verify").as_str(), "https://example.org/verify?token=t0k.en&x=1");
}
