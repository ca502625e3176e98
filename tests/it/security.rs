//! docs/security.md names a test for each promise, and every test that proves one is named there.

use std::{collections::BTreeSet, fs, path::Path};

/// All names of functions in these texts.
fn functions(texts: &[String]) -> BTreeSet<&str> {
    let names = texts.iter().flat_map(|text| text.split("fn ").skip(1));
    names
        .map(|rest| rest.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap())
        .collect()
}

fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    for folder in ["src", "tests/it"] {
        sources(&root.join(folder), &mut texts);
    }
    texts
}

fn sources(folder: &Path, into: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(fs::read_to_string(&path).unwrap());
        }
    }
}

/// Whether a name begins with the id of a threat, such as `d1_`.
fn has_id(name: &str) -> bool {
    let id = name.split('_').next().unwrap_or_default();
    let number = id.strip_prefix(|letter: char| matches!(letter, 'a'..='k' | 's' | 'p'));
    number.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()))
}

#[test]
fn the_promises_and_the_tests_that_prove_them_name_each_other() {
    let texts = texts();
    let tests: BTreeSet<&str> = functions(&texts).into_iter().filter(|name| has_id(name)).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(root.join("docs/security.md")).unwrap();
    let named: BTreeSet<&str> =
        document.split('`').skip(1).step_by(2).filter(|name| has_id(name)).collect();
    assert!(tests.len() > 100, "{}", tests.len());
    let unnamed: Vec<_> = tests.difference(&named).collect();
    let missing: Vec<_> = named.difference(&tests).collect();
    assert!(unnamed.is_empty(), "not in docs/security.md: {unnamed:#?}");
    assert!(missing.is_empty(), "no such tests: {missing:#?}");
}

#[test]
fn each_line_of_how_requests_are_read_names_its_tests() {
    let document = include_str!("../../docs/http.md");
    let (texts, lines) = (
        texts(),
        document.lines().filter(|line| line.starts_with("| `") || line.starts_with("| JSON")),
    );
    let functions = functions(&texts);
    assert!(lines.clone().count() > 10);
    for line in lines {
        let tests = line.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "no test: {line}");
        let missing: Vec<_> = names.iter().filter(|name| !functions.contains(*name)).collect();
        assert!(missing.is_empty(), "no such tests: {missing:#?}");
    }
}
