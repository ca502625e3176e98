//! The migrations make the tables that the entities describe, on both databases.

use std::{fs, path::Path};

use find_helper::{domain::store::database::Database, entity};
use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::support::{
    database::{connect, empty},
    folder,
};

/// Each column as one line: table, name, type and what else holds for it.
const SQLITE_COLUMNS: &str = r#"
    SELECT t.name || '.' || c.name || ' ' || lower(c.type)
        || CASE c."notnull" WHEN 1 THEN ' not null' ELSE '' END
        || CASE c.pk WHEN 0 THEN '' ELSE ' key ' || c.pk END
        || CASE WHEN EXISTS (
            SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) p
            WHERE i."unique" = 1 AND i.partial = 0 AND i.origin <> 'pk' AND p.name = c.name
                AND (SELECT count(*) FROM pragma_index_info(i.name)) = 1
        ) THEN ' unique' ELSE '' END AS line
    FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT IN ('seaql_migrations', 'sqlite_sequence')
        AND t.name NOT LIKE 'job_words%'
    ORDER BY line"#;

const POSTGRES_COLUMNS: &str = r"
    SELECT t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
        || CASE WHEN a.attidentity <> '' OR a.atthasdef THEN ' generated' ELSE '' END
        || coalesce((
            SELECT ' key ' || array_position(i.indkey::int2[], a.attnum) FROM pg_index i
            WHERE i.indrelid = t.oid AND i.indisprimary AND a.attnum = ANY (i.indkey)
        ), '')
        || CASE WHEN EXISTS (
            SELECT 1 FROM pg_index i
            WHERE i.indrelid = t.oid AND i.indisunique AND NOT i.indisprimary
                AND i.indpred IS NULL AND i.indnatts = 1 AND i.indkey[0] = a.attnum
        ) THEN ' unique' ELSE '' END AS line
    FROM pg_class t
    JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.relkind = 'r' AND t.relname NOT IN ('seaql_migrations', 'job_words')
    ORDER BY line";

async fn columns(db: &Database) -> String {
    let sql = match db.backend() {
        DbBackend::Sqlite => SQLITE_COLUMNS,
        _ => POSTGRES_COLUMNS,
    };
    let statement = Statement::from_string(db.backend(), sql);
    let rows = db.write().query_all_raw(statement).await.unwrap();
    let lines: Vec<String> = rows.iter().map(|row| row.try_get("", "line").unwrap()).collect();
    lines.join("\n")
}

macro_rules! entities {
    ($($name:ident)+) => {
        const ENTITIES: &[&str] = &[$(stringify!($name)),+];

        /// The tables as SeaORM makes them from the entities.
        async fn create_from_entities(db: &Database) {
            let connection = db.unlimited().await.unwrap();
            let builder = connection.get_schema_builder();
            let builder = builder$(.register(entity::$name::Entity))+;
            builder.apply(&connection).await.unwrap();
        }
    };
}

entities! {
    api_key api_key_request api_key_usage application audit_event daily_count follower job job_event job_text job_type mail_token
    notice notice_preference outbox pending_event recovery_code refresh_token review review_report session signing_key
    user
}

/// The modules that a file declares.
fn modules(source: &str) -> Vec<&str> {
    let lines = source.lines().map(|line| line.trim_start_matches("pub "));
    lines.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect()
}

#[test]
fn no_entity_and_no_migration_is_left_out() {
    let entities = modules(include_str!("../../src/entity/mod.rs"));
    let missing: Vec<_> = entities.iter().filter(|it| !ENTITIES.contains(it)).collect();
    assert!(missing.is_empty(), "{missing:?}: add it to the entities of tests/it/migrations.rs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/src");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let files = files.map(|file| file.to_str().unwrap().trim_end_matches(".rs").to_owned());
    let mut files: Vec<_> = files.filter(|file| file != "lib").collect();
    files.sort();
    assert_eq!(
        files,
        migrations::known(),
        "migrations/src/lib.rs lists every file, in their order"
    );
}

#[tokio::test]
async fn migrated_tables_are_those_of_the_entities() {
    let folder = folder();
    let migrated = connect(&empty(folder.path(), "migrated.db").await).await;
    let described = connect(&empty(folder.path(), "described.db").await).await;
    migrated.migrate().await.unwrap();
    create_from_entities(&described).await;
    let (migrated, described) = (columns(&migrated).await, columns(&described).await);
    assert!(migrated.contains("users.email_canonical") && migrated.contains("unique"));
    for (migrated, described) in migrated.lines().zip(described.lines()) {
        assert_eq!(migrated, described);
    }
    assert_eq!(migrated, described);
}

#[tokio::test]
async fn migrations_lead_down_to_nothing_and_up_again() {
    let folder = folder();
    let db = connect(&empty(folder.path(), "empty.db").await).await;
    assert!(!db.is_migrated().await.unwrap());
    db.migrate().await.unwrap();
    assert!(db.is_migrated().await.unwrap());
    let before = columns(&db).await;
    Migrator::down(&db.unlimited().await.unwrap(), None).await.unwrap();
    assert_eq!(columns(&db).await, "");
    db.migrate().await.unwrap();
    assert_eq!(columns(&db).await, before);
}

#[tokio::test]
async fn replicas_that_start_together_migrate_once() {
    let folder = folder();
    let url = empty(folder.path(), "empty.db").await;
    let start = || async {
        let db = connect(&url).await;
        db.migrate().await.map(|()| db)
    };
    let (one, two, three) = tokio::join!(start(), start(), start());
    for replica in [one, two, three] {
        assert!(replica.unwrap().is_migrated().await.unwrap());
    }
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    let folder = folder();
    let db = connect(&empty(folder.path(), "empty.db").await).await;
    db.migrate().await.unwrap();
    let before = columns(&db).await;
    db.migrate().await.unwrap();
    assert_eq!(columns(&db).await, before);
}

/// To turn a new file to WAL takes a lock that SQLite does not wait for.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_opens_a_new_database_together_opens_it() {
    let folder = folder();
    for round in 0..100 {
        let url = format!("sqlite://{}", folder.path().join(format!("{round}.db")).display());
        let openings: Vec<_> = (0..8)
            .map(|_| {
                let url = url.clone();
                tokio::spawn(async move { connect(&url).await })
            })
            .collect();
        for opening in openings {
            opening.await.unwrap();
        }
    }
}
