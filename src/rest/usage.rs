//! Where the variables of a document are used: gives their paths in errors and their constraints.

use apollo_compiler::{
    ExecutableDocument, Name, Schema,
    ast::{InputValueDefinition, Value},
};

/// A variable with the argument or input field that it is passed to.
#[derive(Debug, Clone)]
pub(super) struct Usage<'a> {
    pub variable: &'a Name,
    /// The place as errors name it, without the leading `input`.
    pub path: String,
    pub place: &'a InputValueDefinition,
}

/// Every use of a variable in the arguments of the root fields.
pub(super) fn usages<'a>(document: &'a ExecutableDocument, schema: &'a Schema) -> Vec<Usage<'a>> {
    let mut usages = Vec::new();
    for field in document.operations.iter().flat_map(|it| it.selection_set.fields()) {
        for argument in &field.arguments {
            if let Some(place) = field.definition.argument_by_name(&argument.name) {
                collect(argument.name.to_string(), place, &argument.value, schema, &mut usages);
            }
        }
    }
    usages
}

fn collect<'a>(
    path: String,
    place: &'a InputValueDefinition,
    value: &'a Value,
    schema: &'a Schema,
    usages: &mut Vec<Usage<'a>>,
) {
    match value {
        Value::Variable(variable) => usages.push(Usage { variable, path, place }),
        Value::Object(fields) => {
            let Some(input) = schema.get_input_object(place.ty.inner_named_type()) else { return };
            for (name, value) in fields {
                let Some(place) = input.fields.get(name) else { continue };
                let path =
                    if path == "input" { name.to_string() } else { format!("{path}.{name}") };
                collect(path, place, value, schema, usages);
            }
        }
        _ => {}
    }
}
