//! Who may use whom: the source is held against the table of modules.

mod circles;
mod rows;
mod wings;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A module of the crate's root, what it may use of ours and which libraries it must not name.
struct Rule {
    module: &'static str,
    /// Modules, or single items of one or of a library that it must not name else; `*` is everything.
    may_use: &'static [&'static str],
    must_not_name: &'static [&'static str],
}

const fn rule(
    module: &'static str,
    may_use: &'static [&'static str],
    must_not_name: &'static [&'static str],
) -> Rule {
    Rule { module, may_use, must_not_name }
}

const DOORS: &[&str] = &["axum", "async_graphql"];
const DOORS_AND_ROWS: &[&str] = &["axum", "async_graphql", "sea_orm"];

const RULES: &[Rule] = &[
    // An enum has one list of values: what is stored is what the schema shows.
    rule("entity", &["async_graphql::Enum", "language"], DOORS),
    rule("clock", &[], DOORS_AND_ROWS),
    rule("id", &[], DOORS_AND_ROWS),
    rule(
        "language",
        &["async_graphql::Enum", "sea_orm::DeriveActiveEnum", "sea_orm::EnumIter"],
        DOORS_AND_ROWS,
    ),
    rule("random", &[], DOORS_AND_ROWS),
    rule("config", &[], DOORS_AND_ROWS),
    rule("files", &[], DOORS_AND_ROWS),
    rule("fair_queue", &[], DOORS_AND_ROWS),
    rule("heartbeat", &[], DOORS_AND_ROWS),
    rule("metrics", &[], DOORS_AND_ROWS),
    rule("log", &["config", "metrics"], DOORS_AND_ROWS),
    rule("error", &["language"], DOORS),
    rule("network", &["error"], DOORS_AND_ROWS),
    rule(
        "auth",
        &["clock", "config", "error", "fair_queue", "files", "id", "network", "random"],
        DOORS_AND_ROWS,
    ),
    rule("cluster", &["clock", "config", "error", "id", "random"], DOORS_AND_ROWS),
    rule(
        "mail",
        &["clock", "config", "error", "files", "id", "language", "random"],
        DOORS_AND_ROWS,
    ),
    rule(
        "domain",
        &[
            "async_graphql::Enum",
            "async_graphql::resolver_utils::EnumType",
            "auth",
            "clock",
            "cluster",
            "config",
            "entity",
            "error",
            "fair_queue",
            "files",
            "heartbeat",
            "id",
            "language",
            "mail",
            "metrics",
            "network",
            "random",
        ],
        DOORS,
    ),
    rule(
        "graphql",
        &["clock", "config", "domain", "error", "id", "language", "log::record", "network"],
        &["axum", "sea_orm"],
    ),
    rule(
        "pages",
        // The table of cities knows no rows.
        &["clock", "config", "domain::jobs::place", "error", "graphql", "language"],
        &["axum", "sea_orm"],
    ),
    rule("rest", &["config", "error", "graphql", "id", "language"], &["axum", "sea_orm"]),
    rule(
        "http",
        &[
            "app",
            "auth",
            "clock",
            "cluster",
            "config",
            "domain::Services",
            "domain::health",
            "domain::keys",
            "domain::limits",
            "domain::origin",
            "domain::presence",
            "domain::session",
            "domain::store::asker",
            "domain::store::database::Database",
            "domain::viewer",
            "error",
            "fair_queue::Usage",
            "graphql",
            "id",
            "language",
            "log",
            "metrics",
            "network",
            "pages",
            "rest",
        ],
        &["sea_orm"],
    ),
    rule("cli", &["config"], DOORS_AND_ROWS),
    rule("seed", &["clock", "cluster", "domain", "entity", "error"], DOORS),
    rule("command", &["*"], DOORS_AND_ROWS),
    rule("app", &["*"], &["axum", "async_graphql", "sea_orm"]),
    rule("main", &["*"], DOORS_AND_ROWS),
    rule("lib", &["*"], DOORS_AND_ROWS),
];

const MOST_LINES: usize = 300;

/// Files that may be longer, and why.
const LONG: &[(&str, &str)] = &[
    ("http/graphql/websocket/connection.rs", "one conversation, read top to bottom"),
    ("http/pages/portal.rs", "one conversation, read top to bottom"),
];

/// A file below `src`.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    /// All Rust files, tests left out.
    fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut folders = vec![root.clone()];
        let mut sources = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap();
                if path.is_dir() && name != "tests" {
                    folders.push(path);
                } else if path.extension().is_some_and(|it| it == "rs") && !is_test(name) {
                    let text = fs::read_to_string(&path).unwrap();
                    sources.push(Self { path: path.strip_prefix(&root).unwrap().into(), text });
                }
            }
        }
        sources.sort_by(|one, other| one.path.cmp(&other.path));
        sources
    }

    /// The module of the crate's root that the file belongs to.
    fn module(&self) -> &str {
        let first = self.path.components().next().unwrap().as_os_str().to_str().unwrap();
        first.trim_end_matches(".rs")
    }

    /// The code with comments and the unit tests at its end blanked, each line in its place.
    fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines =
            code.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn breach(&self, offset: usize, what: &str) -> String {
        let line = self.code()[..offset].matches('\n').count() + 1;
        format!("src/{}:{line} uses {what}", self.path.display())
    }
}

/// Files that only tests compile.
fn is_test(name: &str) -> bool {
    matches!(name, "tests.rs" | "testing.rs")
}

/// Every path that begins with `crate::`, without that beginning, and where it stands.
fn own_paths(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (offset, begin) in code.match_indices("crate::") {
        if !code[..offset].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
            let mut paths = Vec::new();
            unfold(&code[offset + begin.len()..], "", &mut paths);
            found.extend(paths.into_iter().map(|path| (offset, path)));
        }
    }
    found
}

/// The paths of a `use` tree at the start of the text, and what stands behind it.
fn unfold<'a>(text: &'a str, prefix: &str, paths: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start().trim_start_matches(',').trim_start();
            if let Some(behind) = rest.strip_prefix('}') {
                return behind;
            }
            rest = unfold(rest, prefix, paths);
        }
    }
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '*';
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    assert!(end > 0, "not a path: {:?}", text.chars().take(40).collect::<String>());
    let (name, rest) = text.split_at(end);
    let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}::{name}") };
    if let Some(deeper) = rest.strip_prefix("::").filter(|deeper| !deeper.starts_with('<')) {
        return unfold(deeper, &path, paths);
    }
    paths.push(path);
    rest.strip_prefix(" as ").map_or(rest, |alias| alias.trim_start_matches(is_name))
}

/// Every path that begins with a library, and where it stands.
fn naming(code: &str, library: &str) -> Vec<(usize, String)> {
    let begins = |offset: usize| {
        !code[..offset].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '"'))
    };
    let pattern = format!("{library}::");
    let offsets = code.match_indices(&pattern).map(|(offset, _)| offset).filter(|&it| begins(it));
    let paths = |offset| {
        let mut paths = Vec::new();
        unfold(&code[offset..], "", &mut paths);
        paths.into_iter().map(move |path| (offset, path))
    };
    offsets.flat_map(paths).collect()
}

fn allows(rule: &Rule, path: &str) -> bool {
    let belongs = |to: &str| path == to || path.starts_with(&format!("{to}::"));
    rule.may_use.iter().any(|&allowed| allowed == "*" || belongs(allowed)) || belongs(rule.module)
}

#[test]
fn each_module_uses_only_what_the_table_of_modules_allows() {
    let mut breaches = Vec::new();
    for source in Source::all() {
        let code = source.code();
        let rule = RULES.iter().find(|rule| rule.module == source.module());
        let rule = rule.unwrap_or_else(|| panic!("no rule for {}", source.module()));
        for (offset, path) in own_paths(&code) {
            if !allows(rule, &path) {
                breaches.push(source.breach(offset, &format!("crate::{path}")));
            }
        }
        for library in rule.must_not_name {
            for (offset, path) in naming(&code, library) {
                if !allows(rule, &path) {
                    breaches.push(source.breach(offset, &path));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn only_the_domain_and_the_seed_touch_rows() {
    for source in Source::all() {
        if !matches!(source.module(), "domain" | "seed" | "lib") {
            for (offset, path) in own_paths(&source.code()) {
                assert!(!path.starts_with("entity"), "{}", source.breach(offset, &path));
            }
        }
    }
}

/// Where a single statement writes outside of a `Change`: it notes what has happened anyway, or compares
/// itself what it relies on.
const SINGLE_STATEMENTS: &[(&str, &str)] = &[
    ("domain/account/registration.rs", "an account at the operator's command"),
    ("domain/change/sequencer.rs", "positions of what is committed"),
    ("domain/erasure/bytes.rs", "what files keep of what was erased"),
    ("domain/jobs/notice/lease.rs", "which process makes notices"),
    ("domain/keys/authenticate.rs", "when a key was used last"),
    ("domain/keys/usage.rs", "what keys were used for"),
    ("domain/limits/daily.rs", "what was asked for on a day"),
    ("domain/mail/deliver.rs", "what became of a mail"),
    ("domain/session/authenticate.rs", "when a session was used last"),
    ("domain/sign_in/attempt.rs", "a refused guess"),
    ("domain/sign_in/attempt/code.rs", "wrong codes that are forgotten"),
    ("domain/sign_in/login.rs", "a dearer hash in place of the one that was proven"),
    ("domain/sign_in/second_factor.rs", "a code that is used up"),
    ("seed/mod.rs", "statistics"),
];

#[test]
fn every_transaction_that_writes_begins_as_a_change() {
    for source in Source::all().iter().filter(|source| source.module() != "lib") {
        let (path, code) = (source.path.to_str().unwrap(), source.code());
        let lone: String = code.split_whitespace().collect();
        let may_begin = matches!(path, "domain/change/mod.rs" | "domain/store/database.rs");
        let migrates = path == "domain/store/database/schema.rs";
        for begin in ["db.begin(", ".begin().await"] {
            assert!(may_begin || migrates || !lone.contains(begin), "{path} begins a transaction");
        }
        for other in [".begin_with", ".transaction(", ".transaction::<", "write().begin"] {
            assert!(migrates || !lone.contains(other), "{path} uses {other}");
        }
        let may_write = SINGLE_STATEMENTS.iter().any(|(file, _)| *file == path);
        assert!(may_write || !lone.contains("db.write()"), "{path} writes outside of a change");
        assert!(!may_write || lone.contains("db.write()"), "{path} need not be listed");
    }
}

#[test]
fn no_file_is_longer_than_300_lines_without_a_reason() {
    for source in Source::all() {
        let (path, lines) = (source.path.to_str().unwrap(), source.text.lines().count());
        let may_be_long = LONG.iter().any(|(file, _)| *file == path);
        assert!(may_be_long || lines <= MOST_LINES, "src/{path} has {lines} lines");
        assert!(!may_be_long || lines > MOST_LINES, "src/{path} need not be listed");
    }
}

#[test]
fn the_reader_of_paths_sees_trees_aliases_and_calls() {
    let code = "use crate::{\n    error::{Error as E, Result},\n    id::GlobalId,\n};\nfn f() { crate::auth::seal::<u8>(1) }";
    let paths: Vec<String> = own_paths(code).into_iter().map(|(_, path)| path).collect();
    assert_eq!(paths, ["error::Error", "error::Result", "id::GlobalId", "auth::seal"]);
    let named = naming("use axum::{Router, body::Body}; other_axum::x; a::axum::y", "axum");
    assert_eq!(named, [(4, "axum::Router".to_owned()), (4, "axum::body::Body".to_owned())]);
}
