//! One operation of the description: name, tags and parts.

use apollo_compiler::{
    ExecutableDocument, Node, Schema,
    executable::{self, SelectionSet},
    parser::SourceSpan,
};
use serde_json::{Map, Value, json};

use super::{Components, comment_before, object, reference, request, response, samples};
use crate::{
    error::{Error, ErrorCode, Result},
    rest::{
        envelope::Envelope,
        routes::Route,
        usage::{Usage, usages},
    },
};

/// A route and the operation of its document.
pub(super) struct Operation<'a> {
    pub(super) route: &'a Route,
    pub(super) definition: &'a Node<executable::Operation>,
    pub(super) usages: Vec<Usage<'a>>,
    /// From the contract; null if it has none.
    pub(super) sample: Value,
    name: &'a str,
}

impl<'a> Operation<'a> {
    /// Fails if the document has no name or the contract's samples cannot be read.
    pub(super) fn new(
        route: &'a Route,
        document: &'a ExecutableDocument,
        schema: &'a Schema,
    ) -> Result<Self> {
        let unnamed = || Error::internal(format!("{}: the operation has no name", route.path));
        let definition = document.operations.get(None).map_err(|_| unnamed())?;
        let name = definition.name.as_deref().ok_or_else(unnamed)?;
        let sample = samples::of(name)?;
        Ok(Self { route, definition, usages: usages(document, schema), sample, name })
    }

    /// The operation's name in camel case, with `auth` before it for the path under `/auth`.
    pub(super) fn id(&self, path: &str) -> String {
        match self.name.split_at_checked(1) {
            Some((first, rest)) if path == self.route.path => first.to_ascii_lowercase() + rest,
            _ => format!("auth{}", self.name),
        }
    }

    /// The operation object without its id; shared parts go to the components.
    pub(super) fn object(&self, components: &mut Components<'_>) -> Value {
        let (summary, description) = self.words();
        let parameters = request::parameters(self, &mut components.types);
        let body = request::body(self, &mut components.types).map(|body| {
            components.request_bodies.insert(self.name.to_owned(), body);
            reference("requestBodies", self.name)
        });
        object([
            ("summary", Some(summary.into())),
            ("description", description.map(Value::from)),
            ("tags", Some(json!([self.route.envelope.name()]))),
            ("security", Some(self.security())),
            ("parameters", (!parameters.is_empty()).then(|| parameters.into())),
            ("requestBody", body),
            ("responses", Some(self.responses(components))),
            ("x-graphql-document", Some(self.route.document.trim_end().into())),
        ])
    }

    /// The selection that becomes the route's data; None if the answer has no data.
    pub(super) fn data(&self) -> Option<&SelectionSet> {
        let (first, rest) = self.route.data.split_first()?;
        let root = picked(&self.definition.selection_set, first)?;
        rest.iter().try_fold(root, |selected, name| picked(selected, name))
    }

    /// The first sentence of the description, and the rest.
    fn words(&self) -> (String, Option<String>) {
        let document = self.route.document;
        let at = self.definition.location().as_ref().map(SourceSpan::offset);
        let comment = at.and_then(|at| comment_before(document, at));
        let field = self.definition.selection_set.fields().next();
        let schema = || Some(field?.definition.description.as_deref()?.to_owned());
        let text = comment.or_else(schema).unwrap_or_default();
        match text.split_once(". ") {
            Some((summary, rest)) => (summary.to_owned(), Some(rest.to_owned())),
            None => (text.trim_end_matches('.').to_owned(), None),
        }
    }

    fn security(&self) -> Value {
        match self.route.envelope {
            _ if self.route.ignores_credentials => json!([]),
            Envelope::Jobs => json!([{ "apiKey": [], "apiSecret": [] }]),
            Envelope::Auth => json!([{ "accessToken": [] }]),
        }
    }

    fn responses(&self, components: &mut Components<'_>) -> Value {
        let success = response::success(self, &mut components.types);
        components.responses.insert(self.name.to_owned(), success);
        let mut responses = Map::new();
        responses.insert(self.route.status.as_str().to_owned(), reference("responses", self.name));
        for status in self.route.codes().map(ErrorCode::status) {
            let (name, refusal) = response::refusal(self.route, status);
            responses.insert(status.as_str().to_owned(), reference("responses", &name));
            components.responses.insert(name, refusal);
        }
        responses.into()
    }
}

fn picked<'a>(selected: &'a SelectionSet, name: &str) -> Option<&'a SelectionSet> {
    let field = selected.fields().find(|field| field.response_key() == name)?;
    Some(&field.selection_set)
}

/// The security schemes.
pub(super) fn security_schemes() -> Value {
    json!({
        "apiKey": {
            "type": "apiKey",
            "in": "header",
            "name": "X-API-Key",
            "description": "The key; goes with its secret.",
        },
        "apiSecret": {
            "type": "apiKey",
            "in": "header",
            "name": "X-API-Secret",
            "description": "The secret, shown once when the key was made.",
        },
        "accessToken": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "The `token` that `/login` and `/refresh` answer.",
        },
    })
}
