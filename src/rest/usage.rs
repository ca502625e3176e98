//! Where the variables of a document are used, to tell of a field by its parameter's name.

use std::collections::HashMap;

use apollo_compiler::{ExecutableDocument, ast::Value, executable::Selection};

/// Paths of arguments and input fields as errors name them, with the variable given there.
pub(super) fn names(document: &ExecutableDocument) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for operation in document.operations.iter() {
        for selection in &operation.selection_set.selections {
            let Selection::Field(field) = selection else { continue };
            for argument in &field.arguments {
                collect(argument.name.as_str(), &argument.value, &mut names);
            }
        }
    }
    names
}

/// Errors name fields within `input`, so that part of the path is left out.
fn collect(path: &str, value: &Value, names: &mut HashMap<String, String>) {
    match value {
        Value::Variable(variable) => {
            names.insert(path.to_owned(), variable.to_string());
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                let path =
                    if path == "input" { name.to_string() } else { format!("{path}.{name}") };
                collect(&path, value, names);
            }
        }
        _ => {}
    }
}
