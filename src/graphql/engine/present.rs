//! How errors appear in GraphQL: our code, message and fields; internal details are hidden.

use async_graphql::{ErrorExtensionValues, Name, Pos, ServerError, Value, indexmap::IndexMap};

use crate::{
    error::{DocumentProblem, Error, ErrorCode, FieldErrors},
    language::Language,
    log::record,
};

/// An error as every API presents it.
#[derive(Debug, Clone)]
pub struct Problem {
    pub code: ErrorCode,
    pub message: String,
    pub error: Error,
}

impl Problem {
    /// Presents an error in a language; logs the cause of an internal error, once.
    pub fn new(error: Error, language: Language) -> Self {
        let code = error.code();
        record::note_error(code.name());
        if matches!(code, ErrorCode::InternalError | ErrorCode::ServiceUnavailable) {
            tracing::error!(error_code = code.name(), cause = cause(&error), "request failed");
        }
        Self { code, message: error.message(language), error }
    }

    fn extensions(&self, language: Language) -> ErrorExtensionValues {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", self.code.name());
        if let Some(fields) = self.error.fields() {
            extensions.set("fields", field_list(fields, language));
        }
        if let Some(after) = self.error.retry_after() {
            extensions.set("retryAfter", crate::error::whole_seconds(after));
        }
        extensions
    }
}

/// Replaces the engine's wording of an error: ours by meaning, the engine's by code, others masked.
pub fn present(error: &mut ServerError, language: Language) -> Problem {
    let meaning = match (error.source::<Error>(), &error.source) {
        (Some(ours), _) => ours.clone(),
        (None, None) => Error::DocumentInvalid(vec![problem(error)]),
        (None, Some(_)) => Error::internal(error.message.clone()),
    };
    let problem = Problem::new(meaning, language);
    if problem.error.problems().is_empty() {
        error.message.clone_from(&problem.message);
    }
    error.extensions = Some(problem.extensions(language));
    problem
}

fn problem(error: &ServerError) -> DocumentProblem {
    let Pos { line, column } = error.locations.first().copied().unwrap_or_default();
    DocumentProblem { message: error.message.clone(), line, column }
}

/// The errors of a request that was refused before it ran.
pub fn refused(error: Error, language: Language) -> (Vec<ServerError>, Problem) {
    let problem = Problem::new(error, language);
    let extensions = problem.extensions(language);
    let mut errors: Vec<ServerError> = problem
        .error
        .problems()
        .iter()
        .map(|DocumentProblem { message, line, column }| {
            ServerError::new(message, Some(Pos { line: *line, column: *column }))
        })
        .collect();
    if errors.is_empty() {
        errors.push(ServerError::new(&problem.message, None));
    }
    for error in &mut errors {
        error.extensions = Some(extensions.clone());
    }
    (errors, problem)
}

fn field_list(fields: &FieldErrors, language: Language) -> Value {
    let entry = |path: &str, message: String| {
        let mut object = IndexMap::new();
        object.insert(Name::new("path"), Value::from(path));
        object.insert(Name::new("message"), Value::from(message));
        Value::Object(object)
    };
    Value::List(fields.iter().map(|field| entry(&field.path, field.message(language))).collect())
}

/// The chain of causes, for the log.
fn cause(error: &Error) -> String {
    let mut causes = Vec::new();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes.join(": ")
}
