//! Fields that cannot be, noticed before the parser: to parse and tell thousands takes milliseconds.

use std::{iter::Peekable, mem::take};

use apollo_compiler::{Schema, schema::FieldLookupError, validation::Valid};

use super::{
    GateLimits,
    place::Places,
    token::{Kind, Token, Tokens},
};
use crate::error::{Error, Result};

/// Refuses a text as soon as it has as many unknown or unopened fields as are told at most.
///
/// Each is told as the validator does. Follows the types from brace to brace and judges nothing
/// else; a text with fewer is left to the parser and the validator.
pub(super) fn check(
    text: &str,
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
    while walk.problems.len() < limits.problems {
        if walk.step().is_none() {
            return Ok(());
        }
    }
    let told = walk.problems.iter().take(limits.problems);
    let problems = told.map(|(at, message)| places.problem_at(message, *at)).collect();
    Err(Error::DocumentInvalid(problems))
}

struct Walk<'a> {
    text: &'a str,
    schema: &'a Valid<Schema>,
    tokens: Peekable<Tokens<'a>>,
    /// The types of the open selection sets, innermost last; unset where nothing is known.
    sets: Vec<Option<&'a str>>,
    next: Next<'a>,
    /// Each with its offset.
    problems: Vec<(usize, String)>,
}

/// What the next brace opens.
#[derive(Default)]
struct Next<'a> {
    /// The type that a field, a type condition or the kind of an operation has announced.
    ty: Option<&'a str>,
    /// Where the field starts that needs the brace.
    needed_by: Option<usize>,
    /// Where the alias starts that the field is going to follow.
    alias: Option<usize>,
}

impl<'a> Walk<'a> {
    /// Nothing at the end, and where the parser is going to stumble.
    fn step(&mut self) -> Option<()> {
        let token = self.tokens.next()?;
        match self.word(&token) {
            "(" => self.skip_arguments(),
            "{" => {
                let ty = take(&mut self.next).ty;
                let is_shorthand = ty.is_none() && self.sets.is_empty();
                self.sets.push(if is_shorthand { self.root("query") } else { ty });
            }
            "}" => {
                self.close_field();
                self.sets.pop()?;
            }
            "@" => drop(self.name()?),
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

    fn skip_arguments(&mut self) {
        let mut open = 1;
        while open > 0
            && let Some(token) = self.tokens.next()
        {
            match token.kind {
                Kind::Open | Kind::Parenthesis => open += 1,
                Kind::Close => open -= 1,
                _ => {}
            }
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
            Some("on") => Some(self.name()?),
            Some(_) => None,
            None => self.sets.last().copied().flatten(),
        };
        Some(())
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
        let Some(ty) = self.sets.last().copied().flatten() else { return };
        match self.schema.type_field(ty, name) {
            Ok(field) => {
                let inner = field.ty.inner_named_type();
                if self.schema.types.get(inner).is_some_and(|it| !it.is_leaf()) {
                    self.next = Next { ty: Some(inner), needed_by: Some(first), alias: None };
                }
            }
            Err(FieldLookupError::NoSuchField(ty, definition)) if !definition.is_leaf() => {
                let message = format!("type `{ty}` does not have a field `{name}`");
                self.problems.push((start, message));
            }
            Err(_) => {}
        }
    }

    /// Tells of a field that something else follows than the brace it needs.
    fn close_field(&mut self) {
        if let Some(start) = take(&mut self.next).needed_by {
            let message = "interface, union and object types must have a subselection set";
            self.problems.push((start, message.to_owned()));
        }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
}
