//! A change as sent, field by field: what may be stored of it, and what is wrong.

use sea_orm::{
    ActiveValue::{self, NotSet, Set},
    Value,
};

use super::Parsed;
use crate::error::{FieldErrors, Result};

/// The fields of a change that were sent.
#[derive(Debug, Default)]
pub(in crate::domain) struct Fields {
    names: Vec<&'static str>,
    errors: FieldErrors,
}

impl Fields {
    /// The column of a field, which is set if the field was sent; its problem is noted.
    pub fn column<Sent, T: Into<Value>>(
        &mut self,
        name: &'static str,
        sent: Option<Sent>,
        parse: impl FnOnce(Sent) -> Parsed<T>,
    ) -> ActiveValue<T> {
        let Some(sent) = sent else { return NotSet };
        self.names.push(name);
        self.errors.check(name, parse(sent)).map_or(NotSet, Set)
    }

    /// The names of the fields that were sent, or all their problems together.
    pub fn names(self) -> Result<Vec<&'static str>> {
        if self.errors.is_empty() { Ok(self.names) } else { Err(self.errors.into()) }
    }
}
