//! What is shipped beside the program names its settings; the database does not matter.

use std::{collections::BTreeSet, fs, path::Path};

use crate::support::{folder, process::run};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
}

/// The names of all settings, as the program prints them.
fn settings() -> BTreeSet<String> {
    let (is_valid, said) = run(folder().path(), &[], &["config", "check"]);
    assert!(is_valid, "{said}");
    let words = said.lines().filter_map(|line| line.split(' ').next());
    words.filter(|word| is_name(word)).map(ToOwned::to_owned).collect()
}

/// The variables that the lines of a file set, also in comments.
fn set_by(text: &str) -> BTreeSet<String> {
    let names = text.lines().filter_map(|line| {
        let line = line.trim_start_matches([' ', '#']);
        line.find(['=', ':']).map(|end| &line[..end])
    });
    names.filter(|name| is_name(name)).map(ToOwned::to_owned).collect()
}

#[test]
fn the_page_of_settings_lists_each_of_them_and_no_other() {
    let page = read("docs/settings.md");
    let columns = page.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let listed: Vec<_> = columns
        .flat_map(|names| names.split(", "))
        .map(|name| name.trim_matches('`').to_owned())
        .collect();
    assert_eq!(listed.iter().cloned().collect::<BTreeSet<_>>(), settings());
    assert_eq!(listed.len(), settings().len(), "none is listed twice");
}

#[test]
fn whatever_is_shipped_sets_only_what_the_gateway_reads() {
    let settings = settings();
    for path in ["deploy/debian/env", "deploy/compose.yaml", "deploy/kubernetes/settings.yaml"] {
        let mut names = set_by(&read(path));
        names.retain(|name| !name.starts_with("POSTGRES_"));
        assert!(names.len() > 2, "{path}: {names:?}");
        let unknown: Vec<_> = names.difference(&settings).collect();
        assert!(unknown.is_empty(), "{path} sets {unknown:?}");
    }
}
