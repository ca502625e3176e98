//! Pages that say why there is nothing else to see.

use askama::Template;

use super::{
    address::Address,
    answer::Answer,
    shell::Shell,
    visit::{Refusal, Visit},
};
use crate::error::ErrorCode;

#[derive(Template)]
#[template(path = "pages/message.html")]
struct Message<'a> {
    shell: Shell<'a>,
    heading: String,
    text: String,
}

/// An address that nothing is at.
pub async fn unknown(visit: &Visit<'_>) -> Answer {
    refused(visit, visit.unknown().await)
}

/// What to say instead of a page. Nobody learns whether a job never was or may not be seen.
pub(super) fn refused(visit: &Visit<'_>, Refusal(refusal): Refusal) -> Answer {
    let (problem, standing) = *refusal;
    let heading = match problem.code {
        ErrorCode::NotFound => MISSING.0,
        ErrorCode::RateLimitExceeded => {
            ("操作太頻繁，請稍等一下", "Too many requests, please wait a moment")
        }
        code if code.status().is_server_error() => ("暫時無法顯示", "Not available right now"),
        _ => ("無法這樣搜尋", "This search does not work"),
    };
    let text = match problem.code {
        ErrorCode::NotFound => visit.language.pick(&MISSING.1).to_owned(),
        _ => problem.message.clone(),
    };
    let heading = visit.language.pick(&heading).to_owned();
    let title = format!("{heading}｜找幫手");
    let shell = Shell::new(visit, Address::of("/"), title, text.clone()).unlisted();
    let answer = Answer::free(&Message { shell, heading, text }, visit.language);
    let (status, standing) = (problem.code.status(), Some(standing));
    Answer { status, standing, problem: Some(problem), ..answer }
}

const MISSING: ((&str, &str), (&str, &str)) = (
    ("找不到這個網頁", "Page not found"),
    (
        "網址可能打錯，或頁面已移除。工作找到人或結束之後，也不會再公開。",
        "The address may be mistyped, or the page was removed. Jobs are not public any more once \
         somebody was found or they ended.",
    ),
);
