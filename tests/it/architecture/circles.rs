//! Files of one floor use each other in one direction only.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, unfold};

/// Floors whose files are held to it.
const FLOORS: &[&str] = &["auth", "cluster", "domain", "graphql", "http", "mail", "pages", "rest"];

/// Folders that are no module of their own but a wing, or a room, of several.
const WINGS: &[&str] = &[
    "domain/account",
    "domain/admin",
    "domain/jobs",
    "domain/mail",
    "domain/sign_in",
    "domain/store",
    "graphql/engine",
    "graphql/schema",
    "graphql/schema/account",
    "graphql/schema/admin",
    "graphql/schema/jobs",
    "graphql/schema/keys",
    "http/credentials",
    "http/graphql",
    "http/pages",
    "http/rest",
];

/// What the schema itself ties: a job has an owner, who has jobs.
const TIED: &[&str] = &[
    "graphql/schema/account/reputation",
    "graphql/schema/account/session",
    "graphql/schema/account/user",
    "graphql/schema/admin/audit",
    "graphql/schema/jobs/application",
    "graphql/schema/jobs/event",
    "graphql/schema/jobs/filter",
    "graphql/schema/jobs/job",
    "graphql/schema/jobs/notice",
    "graphql/schema/jobs/review",
];

/// Which module uses which, both as paths of folders below `src`.
type Uses = BTreeMap<String, BTreeSet<String>>;

/// A module and its own submodules count as one, unless they are a wing.
fn module_of(path: &[&str]) -> String {
    let mut length = path.len().min(2);
    while length < path.len() && WINGS.contains(&path[..length].join("/").as_str()) {
        length += 1;
    }
    path[..length].join("/")
}

/// The place of a file in the tree of modules.
fn place(source: &Source) -> Vec<String> {
    let path = source.path.with_extension("");
    let mut place: Vec<String> =
        path.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if place.last().is_some_and(|last| last == "mod") {
        place.pop();
    }
    place
}

/// Every path of our own that the code names, from the root of the crate.
fn named(code: &str, place: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for keyword in ["crate::", "super::", "self::"] {
        for (offset, _) in code.match_indices(keyword) {
            let before = &code[..offset];
            if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | ':')) {
                continue;
            }
            let mut rest = &code[offset..];
            let mut base = match keyword {
                "crate::" => Vec::new(),
                _ => place.to_vec(),
            };
            while let Some(deeper) = rest.strip_prefix("super::") {
                base.pop();
                rest = deeper;
            }
            for own in ["crate::", "self::"] {
                rest = rest.strip_prefix(own).unwrap_or(rest);
            }
            let mut paths = Vec::new();
            unfold(rest, "", &mut paths);
            for path in paths {
                let path = path.split("::").filter(|part| *part != "self").map(str::to_owned);
                found.push(base.iter().cloned().chain(path).collect());
            }
        }
    }
    found
}

/// Every use of one file of the floors by another, as the places of both.
pub(super) fn uses_of(sources: &[Source]) -> Vec<(Vec<String>, Vec<String>)> {
    let places: BTreeSet<Vec<String>> = sources.iter().map(place).collect();
    let mut uses = Vec::new();
    for source in sources {
        let from = place(source);
        if from.len() < 2 || !FLOORS.contains(&from[0].as_str()) {
            continue;
        }
        for mut to in named(&source.code(), &from) {
            while !to.is_empty() && !places.contains(&to) {
                to.pop();
            }
            if to.len() > 1 && to[0] == from[0] {
                uses.push((from.clone(), to));
            }
        }
    }
    uses
}

/// Which modules of the floors use which; `sources` are all files.
fn uses(sources: &[Source]) -> Uses {
    let mut uses = Uses::new();
    let module =
        |place: &[String]| module_of(&place.iter().map(String::as_str).collect::<Vec<_>>());
    for (from, to) in uses_of(sources) {
        let (from, to) = (module(&from), module(&to));
        if to != from && !WINGS.contains(&to.as_str()) {
            uses.entry(from).or_default().insert(to);
        }
    }
    uses
}

/// Whoever can be reached from a module, by whatever way.
fn reached<'a>(uses: &'a Uses, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = vec![from];
    while let Some(module) = next.pop() {
        for used in uses.get(module).into_iter().flatten() {
            if reached.insert(used.as_str()) {
                next.push(used);
            }
        }
    }
    reached
}

/// Modules that reach themselves, each with those that it uses on the way.
fn circles(uses: &Uses) -> Vec<String> {
    let is_round = |module: &str| reached(uses, module).contains(module);
    let round: BTreeSet<&str> =
        uses.keys().map(String::as_str).filter(|module| is_round(module)).collect();
    let line = |module: &&str| {
        let on_the_way: Vec<_> = uses[*module]
            .iter()
            .filter(|used| reached(uses, used).contains(module))
            .map(String::as_str)
            .collect();
        format!("{module} -> {}", on_the_way.join(", "))
    };
    round.iter().map(line).collect()
}

#[test]
fn no_file_uses_one_that_uses_it() {
    let mut uses = uses(&Source::all());
    for module in TIED {
        assert!(uses.contains_key(*module), "{module} need not be listed");
    }
    for (from, used) in &mut uses {
        used.retain(|to| !(TIED.contains(&from.as_str()) && TIED.contains(&to.as_str())));
    }
    let circles = circles(&uses);
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found_however_long_it_is() {
    let uses = |pairs: &[(&str, &str)]| {
        let mut uses = Uses::new();
        for (from, to) in pairs {
            uses.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        uses
    };
    assert!(circles(&uses(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    let round = circles(&uses(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]));
    assert_eq!(round, ["a -> b", "b -> c", "c -> a"]);
    let place = ["domain".to_owned(), "x".to_owned(), "y".to_owned()];
    let found = named("use super::z::B; self::w(); crate::error::E", &place);
    let found: Vec<_> = found.iter().map(|path| path.join("/")).collect();
    assert_eq!(found, ["error/E", "domain/x/z/B", "domain/x/y/w"]);
    assert_eq!(module_of(&["domain", "jobs", "job", "list"]), "domain/jobs/job");
    assert_eq!(module_of(&["domain", "session", "list"]), "domain/session");
}
