//! What becomes of each field of a job: a new one is shown everywhere, or there is a reason.

use std::{collections::HashSet, fs, path::Path};

use apollo_compiler::ast::{Definition, Document, Selection};
use find_helper::{entity::job, graphql::sdl};
use sea_orm::{IdenStatic, Iterable};
use serde_json::Value;

/// Columns that have another name in the schema.
const RENAMED: &[(&str, &str)] =
    &[("assignee_id", "assignee"), ("owner_id", "owner"), ("proposed_by", "proposal")];

/// Columns that the schema does not show.
const HIDDEN: &[(&str, &str)] =
    &[("city_folded", "the city, as it is compared"), ("indexed", "bookkeeping of the gateway")];

/// Values that the documented answers of the jobs API have no place for.
const UNDOCUMENTED: [&str; 4] = ["applicationCount", "reportedAt", "completedAt", "disputedAt"];

/// The documents of the jobs API that answer with a whole job; what is posted is answered as the contract
/// says, with its first fields.
const WHOLE: [(&str, &str); 4] = [
    ("cancel_job", "CancelJob"),
    ("get_job", "GetJob"),
    ("list_jobs", "ListJobs"),
    ("update_job", "UpdateJob"),
];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The fields of a type of the schema, and the type of each.
fn fields_of(name: &str) -> Vec<(String, String)> {
    let document = Document::parse(sdl(), "schema.graphql").unwrap();
    let found = document.definitions.iter().find(|it| it.name().is_some_and(|it| it == name));
    let pair = |name: &dyn ToString, ty: &apollo_compiler::ast::Type| {
        (name.to_string(), ty.inner_named_type().to_string())
    };
    match found.unwrap() {
        Definition::ObjectTypeDefinition(it) => {
            it.fields.iter().map(|field| pair(&field.name, &field.ty)).collect()
        }
        Definition::InputObjectTypeDefinition(it) => {
            it.fields.iter().map(|field| pair(&field.name, &field.ty)).collect()
        }
        _ => panic!("{name} has no fields"),
    }
}

/// The fields of a job that are values, as the jobs API shows them; it knows jobs by their numbers.
fn values() -> impl Iterator<Item = String> {
    let sdl = sdl();
    let is_value = move |(_, ty): &(String, String)| !sdl.contains(&format!("type {ty} "));
    let fields = fields_of("Job").into_iter().filter(is_value).map(|(name, _)| name);
    fields.filter(|name| name != "id" && !UNDOCUMENTED.contains(&name.as_str()))
}

fn camel(column: &str) -> String {
    let mut words = column.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

/// All names of fields that are selected, at any depth.
fn selected(selections: &[Selection], names: &mut HashSet<String>) {
    for selection in selections {
        if let Selection::Field(field) = selection {
            names.insert(field.name.to_string());
            selected(&field.selection_set, names);
        }
    }
}

/// The variables and the selected fields of a document of the jobs API.
fn document(name: &str) -> (HashSet<String>, HashSet<String>) {
    let text = read(&format!("src/rest/operations/jobs/{name}.graphql"));
    let document = Document::parse(text, name).unwrap();
    let (mut variables, mut fields) = (HashSet::new(), HashSet::new());
    for definition in &document.definitions {
        let Definition::OperationDefinition(operation) = definition else { continue };
        variables.extend(operation.variables.iter().map(|it| it.name.to_string()));
        selected(&operation.selection_set, &mut fields);
    }
    (variables, fields)
}

#[test]
fn each_column_of_a_job_is_shown_by_the_schema_or_hidden_for_a_reason() {
    let fields: Vec<String> = fields_of("Job").into_iter().map(|(name, _)| name).collect();
    for column in job::Column::iter().map(|column| column.as_str()) {
        let renamed = RENAMED.iter().find(|(of, _)| *of == column);
        let name = renamed.map_or_else(|| camel(column), |(_, name)| (*name).to_owned());
        let is_hidden = HIDDEN.iter().any(|(hidden, _)| *hidden == column);
        assert_ne!(fields.contains(&name), is_hidden, "{column}");
    }
}

#[test]
fn each_whole_answer_of_the_jobs_api_shows_each_field_of_a_job() {
    for (name, _) in WHOLE {
        let (_, shown) = document(name);
        for field in values() {
            assert!(shown.contains(&field), "{name} does not show {field}");
        }
    }
}

#[test]
fn the_jobs_api_takes_each_field_that_the_schema_takes() {
    for (name, input) in [("create_job", "CreateJobInput"), ("update_job", "UpdateJobInput")] {
        let (taken, _) = document(name);
        for (field, _) in fields_of(input) {
            // What is posted there is published at once.
            assert!(taken.contains(&field) || field == "publish", "{name} does not take {field}");
        }
    }
}

#[test]
fn the_samples_and_the_contract_name_each_field_of_a_job() {
    let samples: Value = serde_json::from_str(&read("src/rest/openapi/samples.json")).unwrap();
    let contract = read("docs/rest-compat.md");
    for field in values().map(|it| if it == "databaseId" { "id".to_owned() } else { it }) {
        for (_, name) in WHOLE {
            let data = &samples[name]["response"]["data"];
            let sample = data.get(0).unwrap_or(data);
            assert!(sample.get(&field).is_some(), "the sample of {name} has no {field}");
        }
        assert!(contract.contains(&field), "docs/rest-compat.md does not name {field}");
    }
}
