//! Who may use whom within a floor, down to the wings.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, circles::uses_of};

/// A wing, or a part of the machinery, of a floor, and the others that it uses.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain/store", &["parse", "viewer"]),
    ("domain/origin", &["viewer"]),
    ("domain/limits", &["viewer"]),
    ("domain/change", &["origin", "store", "viewer"]),
    ("domain/mail", &["account", "background", "change", "jobs", "origin"]),
    ("domain/session", &["account", "change", "limits", "origin", "store", "viewer"]),
    (
        "domain/keys",
        &["account", "change", "limits", "origin", "parse", "sign_in", "store", "viewer"],
    ),
    ("domain/ground", &["change", "keys", "session", "viewer"]),
    (
        "domain/sign_in",
        &["account", "change", "keys", "limits", "origin", "parse", "session", "viewer"],
    ),
    (
        "domain/jobs",
        &["account", "background", "change", "mail", "origin", "parse", "store", "viewer"],
    ),
    (
        "domain/account",
        &[
            "change", "erasure", "jobs", "keys", "mail", "origin", "parse", "session", "sign_in",
            "store", "viewer",
        ],
    ),
    (
        "domain/admin",
        &[
            "account", "change", "jobs", "mail", "origin", "parse", "session", "sign_in", "store",
            "viewer",
        ],
    ),
    ("domain/erasure", &["account", "change", "jobs", "keys", "mail", "origin", "store"]),
    (
        "domain/export",
        &["account", "admin", "change", "jobs", "keys", "origin", "session", "viewer"],
    ),
    ("domain/health", &["change", "jobs", "mail", "store"]),
    ("domain/presence", &["background", "keys", "viewer"]),
    ("domain/pruning", &["change", "jobs", "origin", "sign_in"]),
    ("domain/relocation", &["jobs", "store"]),
    ("domain/signing_key", &["background", "change", "origin"]),
    ("graphql/persisted", &["document"]),
    ("graphql/engine", &["document", "persisted", "schema"]),
    ("graphql/schema", &["document", "engine"]),
    (
        "graphql/schema/account",
        &["admin", "constraint", "jobs", "keys", "page", "payload", "scalars"],
    ),
    ("graphql/schema/admin", &["account", "constraint", "jobs", "page", "payload", "scalars"]),
    ("graphql/schema/jobs", &["account", "constraint", "page", "payload", "scalars"]),
    ("graphql/schema/keys", &["account", "constraint", "page", "payload", "scalars"]),
    ("graphql/schema/node", &["account", "admin", "jobs", "keys"]),
    ("graphql/schema/rate_limit", &["scalars"]),
    ("http/body", &["json"]),
    ("http/common", &["credentials", "key_use"]),
    ("http/credentials", &["accept"]),
    ("http/graphql", &["accept", "body", "credentials", "json", "key_use", "reply", "server"]),
    ("http/metrics", &["common", "health", "server"]),
    ("http/pages", &["accept", "reply"]),
    ("http/rest", &["accept", "body", "credentials", "graphql", "pages", "reply"]),
];

/// Folders whose parts the table knows.
const FLOORS: &[&str] = &["domain", "graphql", "graphql/schema", "http"];

/// What each part uses: of the code, or of the table.
type Uses = BTreeMap<String, BTreeSet<String>>;

fn of_the_code() -> Uses {
    let mut found = Uses::new();
    for (from, to) in uses_of(&Source::all()) {
        for floor in FLOORS {
            let part = |path: &[String]| {
                let depth = floor.split('/').count();
                let within = path.len() > depth && path[..depth].join("/") == *floor;
                within.then(|| path[depth].clone())
            };
            if let (Some(from), Some(to)) = (part(&from), part(&to))
                && from != to
            {
                found.entry(format!("{floor}/{from}")).or_default().insert(to);
            }
        }
    }
    found
}

#[test]
fn each_wing_uses_only_what_the_table_of_wings_allows() {
    let listed = MAY_USE.iter().map(|(from, to)| {
        ((*from).to_owned(), to.iter().map(|&to| to.to_owned()).collect::<BTreeSet<_>>())
    });
    let (listed, found) = (listed.collect::<Uses>(), of_the_code());
    for (part, used) in &found {
        let allowed = listed.get(part).cloned().unwrap_or_default();
        let more: Vec<_> = used.difference(&allowed).collect();
        assert!(more.is_empty(), "{part} uses {more:?}");
    }
    for (part, allowed) in &listed {
        let used = found.get(part).cloned().unwrap_or_default();
        let fewer: Vec<_> = allowed.difference(&used).collect();
        assert!(fewer.is_empty(), "{part} need not be allowed to use {fewer:?}");
    }
}
