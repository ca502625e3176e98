//! Finds obvious errors before parsing: to parse and report thousands takes milliseconds.

use std::{iter::Peekable, mem::take};

use apollo_compiler::{
    Name, Schema,
    ast::FieldDefinition,
    schema::{ExtendedType, FieldLookupError},
    validation::Valid,
};

use super::{
    GateLimits,
    guard::Admissible,
    place::Places,
    token::{Kind, Token, Tokens},
};
use crate::error::{Error, Result};

/// A text with more tokens is refused at its first error.
const LARGE: usize = 500;

/// Refuses a text as soon as it has as many unknown fields, arguments and type conditions as are
/// reported at most, and a large text at the first one.
///
/// Problems are worded as by the validator. This only follows the types from brace to brace; a text
/// with fewer problems is left to the parser and the validator.
pub(super) fn check(
    Admissible { text, tokens: count }: &Admissible,
    schema: &Valid<Schema>,
    places: &Places,
    limits: &GateLimits,
) -> Result<()> {
    let tokens = Tokens::new(text).peekable();
    let mut walk = Walk {
        text,
        schema,
        tokens,
        sets: Vec::new(),
        next: Next::default(),
        problems: Vec::new(),
    };
    let enough = |problems: usize| problems >= limits.problems;
    while !enough(walk.problems.len()) && walk.step().is_some() {}
    if walk.problems.is_empty() || !enough(walk.problems.len()) && *count <= LARGE {
        return Ok(());
    }
    let told = walk.problems.iter().take(limits.problems);
    let problems = told.map(|(at, message)| places.problem_at(message, *at)).collect();
    Err(Error::DocumentInvalid(problems))
}

struct Walk<'a> {
    text: &'a str,
    schema: &'a Valid<Schema>,
    tokens: Peekable<Tokens<'a>>,
    /// The types of the open selection sets, innermost last; None where unknown.
    sets: Vec<Option<&'a str>>,
    next: Next<'a>,
    /// Each with its offset.
    problems: Vec<(usize, String)>,
}

/// What the next brace opens.
#[derive(Default)]
struct Next<'a> {
    /// The type of the preceding field, type condition or kind of operation.
    ty: Option<&'a str>,
    /// Offset of the alias before the field.
    alias: Option<usize>,
    /// The field that the arguments and the brace belong to.
    field: Option<Field<'a>>,
}

#[derive(Clone, Copy)]
struct Field<'a> {
    parent: &'a str,
    definition: &'a FieldDefinition,
    /// Offset, including its alias.
    start: usize,
}

impl<'a> Walk<'a> {
    /// None at the end, and where the parser is going to fail.
    fn step(&mut self) -> Option<()> {
        let token = self.tokens.next()?;
        match self.word(&token) {
            "(" => self.arguments(self.next.field),
            "{" => {
                let Next { ty, field, .. } = take(&mut self.next);
                self.open(field);
                let is_shorthand = ty.is_none() && self.sets.is_empty();
                self.sets.push(if is_shorthand { self.root("query") } else { ty });
            }
            "}" => {
                self.close_field();
                self.sets.pop()?;
            }
            "@" => self.directive()?,
            "..." => self.fragment()?,
            word if !is_name(word) => return None,
            word if self.sets.is_empty() => self.definition(word)?,
            word => self.field(word, token.range.start),
        }
        Some(())
    }

    fn word(&self, token: &Token) -> &'a str {
        self.text.get(token.range.clone()).unwrap_or_default()
    }

    fn directive(&mut self) -> Option<()> {
        self.name()?;
        if self.tokens.next_if(|token| token.kind == Kind::Parenthesis).is_some() {
            self.arguments(None);
        }
        Some(())
    }

    /// Skips to the closing parenthesis; reports arguments that the field does not have.
    fn arguments(&mut self, field: Option<Field<'_>>) {
        let mut open = 1;
        while open > 0
            && let Some(token) = self.tokens.next()
        {
            match token.kind {
                Kind::Open | Kind::Parenthesis => open += 1,
                Kind::Close => open -= 1,
                Kind::Other if open == 1 && self.is_before_colon() => self.argument(&token, field),
                _ => {}
            }
        }
    }

    fn is_before_colon(&mut self) -> bool {
        self.tokens.peek().is_some_and(|token| token.kind == Kind::Colon)
    }

    fn argument(&mut self, token: &Token, field: Option<Field<'_>>) {
        let name = self.word(token);
        if let Some(Field { parent, definition, .. }) = field
            && definition.argument_by_name(name).is_none()
        {
            let coordinate = format!("{parent}.{}", definition.name);
            self.tell(
                token.range.start,
                format!("the argument `{name}` is not supported by `{coordinate}`"),
            );
        }
    }

    fn name(&mut self) -> Option<&'a str> {
        let text = self.text;
        let word = |token: &Token| text.get(token.range.clone()).unwrap_or_default();
        self.tokens.next_if(|token| is_name(word(token))).map(|token| word(&token))
    }

    fn definition(&mut self, word: &str) -> Option<()> {
        self.next.ty = match word {
            "fragment" => {
                self.name()?;
                self.name().filter(|on| *on == "on")?;
                Some(self.name()?)
            }
            "query" | "mutation" | "subscription" => {
                self.name();
                self.root(word)
            }
            _ => return None,
        };
        Some(())
    }

    fn root(&self, kind: &str) -> Option<&'a str> {
        let definition = &self.schema.schema_definition;
        let root = match kind {
            "query" => &definition.query,
            "mutation" => &definition.mutation,
            _ => &definition.subscription,
        };
        root.as_ref().map(|name| name.as_str())
    }

    fn fragment(&mut self) -> Option<()> {
        self.close_field();
        self.next.ty = match self.name() {
            Some("on") => Some(self.type_condition()?),
            Some(_) => None,
            None => self.sets.last().copied().flatten(),
        };
        Some(())
    }

    fn type_condition(&mut self) -> Option<&'a str> {
        let start = self.tokens.peek()?.range.start;
        let ty = self.name()?;
        if !self.schema.types.contains_key(ty) {
            let what = format!("type condition `{ty}` of inline fragment");
            self.tell(start, format!("{what} is not a type defined in the schema"));
        }
        Some(ty)
    }

    fn field(&mut self, name: &str, start: usize) {
        if self.next.alias.is_none() {
            self.close_field();
        }
        if self.tokens.next_if(|token| token.kind == Kind::Colon).is_some() {
            self.next.alias = Some(start);
            return;
        }
        let first = take(&mut self.next).alias.unwrap_or(start);
        let Some(parent) = self.sets.last().copied().flatten() else { return };
        match self.schema.type_field(parent, name) {
            Ok(definition) => {
                let field = Field { parent, definition, start: first };
                let ty = self.leaf(field).is_none().then(|| definition.ty.inner_named_type());
                self.next = Next { ty: ty.map(Name::as_str), alias: None, field: Some(field) };
            }
            Err(FieldLookupError::NoSuchField(ty, definition)) if !definition.is_leaf() => {
                self.tell(start, format!("type `{ty}` does not have a field `{name}`"));
            }
            Err(_) => {}
        }
    }

    /// The type of a field without subfields.
    fn leaf(&self, field: Field<'a>) -> Option<&'a ExtendedType> {
        let ty = self.schema.types.get(field.definition.ty.inner_named_type());
        ty.filter(|ty| ty.is_leaf())
    }

    /// Reports a field that must not have a selection set.
    fn open(&mut self, field: Option<Field<'a>>) {
        if let Some(field) = field
            && let Some(leaf) = self.leaf(field)
        {
            let kind = if leaf.is_enum() { "enum" } else { "scalar" };
            let what = format!("field selection of {kind} type `{}`", leaf.name());
            self.tell(field.start, format!("{what} must not have subselections"));
        }
    }

    /// Reports a field that lacks its selection set.
    fn close_field(&mut self) {
        if let Some(field) = take(&mut self.next).field
            && self.leaf(field).is_none()
        {
            let message = "interface, union and object types must have a subselection set";
            self.tell(field.start, message.to_owned());
        }
    }

    fn tell(&mut self, at: usize, message: String) {
        self.problems.push((at, message));
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
}
