//! For every mutation: it waits for rows that are held, its ground is taken away in them, and it is
//! refused as it would be if it came now.

use std::collections::BTreeSet;

use super::{
    asked, sent,
    table::{MUTATIONS, Proof, Sender},
    world::World,
};
use crate::{
    jobs::steps::outcome,
    support::{Client, Held, client::Proof as Shown, database::postgres_url},
};

/// A way to lose what a mutation stands on, and how to undo it.
struct Loss {
    what: &'static str,
    sql: String,
    undo: String,
}

/// Sets columns of rows, which are unset again.
fn set(what: &'static str, table: &str, columns: &str, undo: &str, rows: &str) -> Loss {
    let update = |columns: &str| format!("UPDATE {table} SET {columns} WHERE {rows}");
    Loss { what, sql: update(columns), undo: update(undo) }
}

fn suspended(rows: &str) -> Loss {
    set("the account is suspended", "users", "suspended_at = 1", "suspended_at = NULL", rows)
}

fn deleted(rows: &str) -> Loss {
    set("the account is deleted", "users", "deleted_at = 1", "deleted_at = NULL", rows)
}

fn password_changed(rows: &str) -> Loss {
    let (columns, undo) =
        ("password_hash = password_hash || 'x'", "password_hash = left(password_hash, -1)");
    set("the password changes", "users", columns, undo, rows)
}

async fn of_session(world: &World, client: &Client) -> Vec<Loss> {
    let member = world.app.member_of(client).await;
    let (user, session) =
        (format!("id = {}", member.user_id), format!("id = {}", member.session_id));
    vec![
        set("the session ends", "sessions", "revoked_at = 1", "revoked_at = NULL", &session),
        suspended(&user),
        deleted(&user),
    ]
}

fn of_key(world: &World) -> Vec<Loss> {
    let owner = world.ann.user_id();
    let key = format!("user_id = {owner}");
    let of_key = |what, columns: &str, undo: &str| set(what, "api_keys", columns, undo, &key);
    vec![
        of_key("the key is revoked", "revoked_at = 1", "revoked_at = NULL"),
        of_key(
            "the key expires",
            "expires_at = expires_at - 9e12",
            "expires_at = expires_at + 9e12",
        ),
        of_key("the scope goes", "scopes = 'jobs:read'", "scopes = 'jobs:read jobs:write'"),
        of_key(
            "the secret is replaced",
            "secret_digest = 'x' || secret_digest",
            "secret_digest = substr(secret_digest, 2)",
        ),
        of_key("the network is closed", "networks = '203.0.113.0/24'", "networks = NULL"),
        suspended(&format!("id = {owner}")),
    ]
}

fn of_proof(world: &World, proof: Proof) -> Vec<Loss> {
    let id = world.account(proof);
    let user = format!("id = {id}");
    // Links are looked at again once the account is locked.
    let link = Loss {
        what: "the link ends",
        sql: format!(
            "UPDATE users SET updated_at = updated_at WHERE {user};
            UPDATE mail_tokens SET expires_at = 1 WHERE user_id = {id}"
        ),
        undo: format!(
            "UPDATE mail_tokens SET expires_at = created_at + 86400000 WHERE user_id = {id}"
        ),
    };
    let password = password_changed(&user);
    let sessions = format!("user_id = {id}");
    match proof {
        Proof::Password => vec![password, suspended(&user), deleted(&user)],
        Proof::RefreshToken => vec![
            set("the session ends", "sessions", "revoked_at = 1", "revoked_at = NULL", &sessions),
            suspended(&user),
            deleted(&user),
        ],
        Proof::LinkToAnn | Proof::LinkToNew => vec![link],
        Proof::Unconfirmed => {
            vec![set("somebody confirms", "users", "verified_at = 1", "verified_at = NULL", &user)]
        }
        Proof::Account => vec![deleted(&user)],
    }
}

async fn losses(
    world: &World,
    (_, sender, input): (&str, Sender, &str),
    client: &Client,
) -> Vec<Loss> {
    match (sender, client.proof()) {
        (Sender::Stranger(proof), _) => of_proof(world, proof),
        (_, Shown::ApiKey { .. }) => of_key(world),
        (Sender::Administrator, _) => {
            let id = format!("id = {}", client.user_id());
            let mut losses = of_session(world, client).await;
            losses.push(set("the role goes", "users", "role = 'user'", "role = 'admin'", &id));
            losses
        }
        _ => {
            let mut losses = of_session(world, client).await;
            if input.contains("<password>") {
                losses.push(password_changed(&format!("id = {}", client.user_id())));
            }
            losses
        }
    }
}

/// All that a mutation could leave behind: rows of any table, but what is noted of refusals too, and
/// versions of jobs.
const TRACES: &str = "SELECT ((SELECT sum(version) FROM jobs) + (SELECT count(*) FROM audit_events
        WHERE kind NOT IN ('sign_in_failed', 'recovery_code_used', 'mail_resent',
            'password_reset_requested'))
    + (SELECT sum((xpath('//n/text()',
            query_to_xml('SELECT count(*) AS n FROM ' || tablename, false, true, '')))[1]::text::bigint)
        FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN
            ('audit_events', 'outbox', 'api_key_usage', 'daily_counts')))::bigint";

/// What comes of a mutation whose ground goes while it waits, and what of the same one a moment later.
async fn interrupted(
    world: &World,
    mutation: (&str, Sender, &str),
    client: &Client,
    loss: &Loss,
) -> Result<(), String> {
    let before = world.app.count(TRACES).await;
    let document = world.document(mutation);
    let held = Held::by(&world.app, &loss.sql).await;
    let waiting = sent(client, &document, 0);
    let waited = held.is_wanted_by(&world.app, &waiting).await;
    held.commit().await;
    let came = outcome(&waiting.await.unwrap());
    let left = world.app.count(TRACES).await - before;
    let now = asked(client, &document).await;
    world.app.execute(&loss.undo).await;
    let told = matches!(mutation.1, Sender::Stranger(Proof::Account))
        || mutation.0 == "resendVerification";
    let is_right = waited && came == now && left == 0 && (told || came != "ok");
    let (name, _, _) = mutation;
    let what = loss.what;
    if is_right {
        Ok(())
    } else {
        Err(format!("{name}, {what}: waited {waited}, {came}, then {now}, {left} rows"))
    }
}

#[tokio::test]
async fn s04_whatever_a_mutation_stands_on_goes_while_it_waits_and_it_is_refused() {
    // SQLite has one writer at a time: nothing can come between.
    if postgres_url().is_none() {
        return;
    }
    let world = World::new().await;
    let mut wrong = Vec::new();
    for &mutation in MUTATIONS {
        for client in world.senders(mutation.1) {
            for loss in losses(&world, mutation, &client).await {
                wrong.extend(interrupted(&world, mutation, &client, &loss).await.err());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn s04_no_mutation_is_left_out_of_the_table() {
    let schema = include_str!("../../../schema.graphql");
    let fields = schema.split("type Mutation {").nth(1).unwrap().split("\n}").next().unwrap();
    // Every other part stands between the marks of descriptions.
    let in_schema: BTreeSet<&str> = fields
        .split("\"\"\"")
        .step_by(2)
        .flat_map(str::lines)
        .filter_map(|line| line.strip_prefix("  ")?.split(['(', ':']).next())
        .filter(|name| !name.is_empty() && name.chars().all(char::is_alphanumeric))
        .collect();
    let here: BTreeSet<&str> = MUTATIONS.iter().map(|(name, ..)| *name).collect();
    assert!(in_schema.len() > 35, "{in_schema:?}");
    let missing: Vec<_> = in_schema.difference(&here).collect();
    assert!(missing.is_empty(), "{missing:?}: add a row to tests/it/ground/table.rs");
    assert_eq!(in_schema, here);
    let document = include_str!("../../../docs/security.md");
    let section = document.split("## What a mutation stands on").nth(1).unwrap();
    let rows =
        section.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| `"));
    let first = |row: &str| row.split('|').nth(1).unwrap().to_owned();
    let cells: String = rows.map(first).collect();
    let documented: BTreeSet<&str> = cells.split('`').skip(1).step_by(2).collect();
    let missing: Vec<_> = in_schema.difference(&documented).collect();
    assert!(
        missing.is_empty(),
        "{missing:?}: what do they stand on? docs/security.md has to say it"
    );
    assert_eq!(in_schema, documented);
}
