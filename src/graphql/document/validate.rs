//! Parsing and validation by the whole specification; every problem has its position.

use apollo_compiler::{
    ExecutableDocument, Schema, ast,
    diagnostic::ToCliReport,
    validation::{DiagnosticList, Valid},
};

use super::{
    GateLimits, guard,
    place::Places,
    prevalidate, rules, shape,
    token::{Kind, Token, Tokens},
};
use crate::error::{DocumentProblem, Error, Result};

/// Parses a text; all later steps rely on its size and validity.
pub(super) fn validate(
    source: &str,
    places: &Places,
    schema: &Valid<Schema>,
    limits: &GateLimits,
) -> Result<Valid<ExecutableDocument>> {
    let admissible = guard::admissible(source, limits)?;
    prevalidate::check(&admissible, schema, places, limits)?;
    let parsed = parse(&admissible.text, places)?;
    shape::check(&parsed, limits)?;
    let document = parsed.to_executable_validate(schema).map_err(|found| {
        Error::DocumentInvalid(problems(&found.errors, places, limits.problems))
    })?;
    let problems = rules::check(&document, schema, places, limits);
    if problems.is_empty() { Ok(document) } else { Err(Error::DocumentInvalid(problems)) }
}

/// Reports only the first problem: what follows a syntax error mostly results from it.
fn parse(text: &str, places: &Places) -> Result<ast::Document> {
    let parsed = ast::Document::parse(text, "document.graphql")
        .map_err(|found| Error::DocumentSyntax(problems(&found.errors, places, 1)))?;
    match first_dropped(text, &parsed) {
        None => Ok(parsed),
        Some(dropped) => {
            let message = format!("syntax error: unexpected {}", word(text, &dropped));
            Err(Error::DocumentSyntax(vec![places.problem_at(&message, dropped.range.start)]))
        }
    }
}

/// The first token that the parser skipped: it drops an argument without a value.
fn first_dropped(text: &str, parsed: &ast::Document) -> Option<Token> {
    let printed = parsed.serialize().no_indent().to_string();
    let mut kept = Tokens::new(&printed).peekable();
    for token in Tokens::new(text) {
        if token.kind == Kind::Open {
            kept.next_if(|it| word(&printed, it) == "query");
        }
        let is_shorthand =
            word(text, &token) == "query" && kept.peek().is_some_and(|it| it.kind == Kind::Open);
        let is_kept = kept.next_if(|it| {
            let is_string = it.kind == Kind::String && token.kind == Kind::String;
            is_string || word(&printed, it) == word(text, &token)
        });
        if is_kept.is_none() && !is_shorthand {
            return Some(token);
        }
    }
    None
}

fn word<'a>(text: &'a str, token: &Token) -> &'a str {
    text.get(token.range.clone()).unwrap_or_default()
}

fn problems(found: &DiagnosticList, places: &Places, limit: usize) -> Vec<DocumentProblem> {
    found
        .iter()
        .take(limit)
        .map(|diagnostic| {
            let message = diagnostic.error.to_string();
            places.problem(&message, diagnostic.error.location())
        })
        .collect()
}
