//! What a page answers, without HTTP.

use askama::Template;
use http::StatusCode;

use crate::{
    error::Error,
    graphql::{Problem, RateLimitStatus},
    language::Language,
};

/// A rendered page.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub content: Content,
    /// None if nothing was charged.
    pub standing: Option<RateLimitStatus>,
    /// Why it is not the page that was asked for.
    pub problem: Option<Problem>,
}

/// The body of an answer.
#[derive(Debug)]
pub enum Content {
    Html(String),
    Xml(String),
    Text(String),
    /// Nothing but another address, below the path of the gateway.
    Moved(String),
}

impl Answer {
    /// A page that was charged.
    pub(super) fn page(
        template: &impl Template,
        standing: RateLimitStatus,
        language: Language,
    ) -> Self {
        Self { standing: Some(standing), ..Self::free(template, language) }
    }

    /// A page that was not charged.
    pub(super) fn free(template: &impl Template, language: Language) -> Self {
        match template.render() {
            Ok(html) => Self::of(Content::Html(html)),
            Err(error) => {
                let problem = Problem::new(Error::internal(error), language);
                let content = Content::Text(problem.message.clone());
                let status = problem.code.status();
                Self { status, problem: Some(problem), ..Self::of(content) }
            }
        }
    }

    /// The way to the right address of a page.
    pub(super) fn moved(to: String) -> Self {
        Self { status: StatusCode::MOVED_PERMANENTLY, ..Self::of(Content::Moved(to)) }
    }

    pub(super) fn of(content: Content) -> Self {
        Self { status: StatusCode::OK, content, standing: None, problem: None }
    }
}
