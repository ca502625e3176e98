//! Pages that say why there is nothing else to see.

use askama::Template;
use http::StatusCode;

use super::{address::Address, answer::Answer, shell::Shell, visit::Visit};
use crate::{
    error::{Error, ErrorCode, Noun},
    graphql::{Outcome, Problem, RateLimitStatus},
};

#[derive(Template)]
#[template(path = "pages/message.html")]
struct Message<'a> {
    shell: Shell<'a>,
    heading: String,
    text: String,
}

/// A page that does not exist, or a job that visitors may not see: nobody learns which.
pub(super) fn missing(visit: &Visit<'_>, standing: Option<RateLimitStatus>) -> Answer {
    let heading = visit.language.pick(&("找不到這個網頁", "Page not found"));
    let text = visit.language.pick(&(
        "網址可能打錯，或頁面已移除。工作找到人或結束之後，也不會再公開。",
        "The address may be mistyped, or the page was removed. Jobs are not public any more once somebody was found or they ended.",
    ));
    let problem = Problem::new(Error::NotFound(Noun::Route), visit.language);
    said(visit, (heading, text), problem, standing)
}

/// What to say of a document that failed.
pub(super) fn failed(visit: &Visit<'_>, problem: Problem, standing: RateLimitStatus) -> Answer {
    let heading = match problem.code {
        ErrorCode::NotFound => return missing(visit, Some(standing)),
        ErrorCode::RateLimitExceeded => {
            ("操作太頻繁，請稍等一下", "Too many requests, please wait a moment")
        }
        code if code.status().is_server_error() => ("暫時無法顯示", "Not available right now"),
        _ => ("無法這樣搜尋", "This search does not work"),
    };
    let text = problem.message.clone();
    said(visit, (visit.language.pick(&heading), &text), problem, Some(standing))
}

/// An address that nothing is at; it is charged like every request that never became an operation.
pub async fn unknown(visit: &Visit<'_>) -> Answer {
    let error = Error::NotFound(Noun::Route);
    let Outcome { problems, standing, .. } =
        visit.engine.refuse(&visit.caller, error, visit.language).await;
    match problems.into_iter().next() {
        Some(problem) => failed(visit, problem, standing),
        None => missing(visit, Some(standing)),
    }
}

fn said(
    visit: &Visit<'_>,
    (heading, text): (&str, &str),
    problem: Problem,
    standing: Option<RateLimitStatus>,
) -> Answer {
    let title = format!("{heading}｜找幫手");
    let shell = Shell::new(visit, Address::of("/"), title, text.to_owned()).unlisted();
    let page = Message { shell, heading: heading.to_owned(), text: text.to_owned() };
    let status: StatusCode = problem.code.status();
    Answer { status, standing, problem: Some(problem), ..Answer::free(&page, visit.language) }
}
