//! Security of accounts and keys: second factors, an audit log, signing keys, usage.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, string, string_null, string_uniq, text},
    sea_orm::DbBackend,
};

use crate::references;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in columns() {
            // SQLite adds one column per statement.
            let table = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(table).await?;
        }
        for table in [recovery_codes(), audit_events(), signing_keys(), api_key_usage()] {
            manager.create_table(table).await?;
        }
        for (table, columns) in INDEXES {
            let mut index = Index::create();
            index.name(format!("idx-{table}-{}", columns.join("-"))).table(*table);
            for column in *columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        for statement in append_only(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["api_key_usage", "signing_keys", "audit_events", "recovery_codes"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            let drop = "DROP FUNCTION audit_events_are_final";
            manager.get_connection().execute_unprepared(drop).await?;
        }
        for (table, columns) in INDEXES.iter().filter(|(table, _)| OLDER.contains(table)) {
            let name = format!("idx-{table}-{}", columns.join("-"));
            manager.drop_index(Index::drop().name(name).table(*table).to_owned()).await?;
        }
        for (table, column) in columns() {
            let name = column.get_column_name().clone();
            let table = Table::alter().table(table).drop_column(name).to_owned();
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}

/// Tables of earlier migrations.
const OLDER: [&str; 3] = ["users", "sessions", "mail_tokens"];

/// Tables, and the columns of indexes that lists and periodic work use.
const INDEXES: &[(&str, &[&str])] = &[
    ("recovery_codes", &["user_id"]),
    ("audit_events", &["user_id", "at", "id"]),
    ("audit_events", &["at", "id"]),
    ("users", &["erase_at"]),
    ("users", &["verified_at", "created_at"]),
    ("sessions", &["expires_at"]),
    ("mail_tokens", &["expires_at"]),
];

fn columns() -> Vec<(&'static str, ColumnDef)> {
    vec![
        ("users", string_null("totp_seed")),
        ("users", big_integer_null("totp_confirmed_at")),
        ("users", big_integer_null("totp_last_step")),
        ("users", big_integer_null("erase_at")),
        ("outbox", string_null("recipient")),
        ("outbox", string_null("detail")),
        ("api_keys", string_null("networks")),
        ("api_keys", big_integer_null("life_days")),
        ("api_keys", string_null("previous_secret_digest")),
        ("api_keys", big_integer_null("previous_secret_until")),
        ("api_keys", big_integer_null("warned_days")),
    ]
}

fn recovery_codes() -> TableCreateStatement {
    Table::create()
        .table("recovery_codes")
        .col(big_pk_auto("id"))
        .col(big_integer("user_id"))
        .col(string_uniq("digest"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut references("recovery_codes", "user_id", "users", "id"))
        .to_owned()
}

/// No foreign keys: events stay when the rows that they refer to are deleted.
fn audit_events() -> TableCreateStatement {
    Table::create()
        .table("audit_events")
        .col(big_pk_auto("id"))
        .col(big_integer("at"))
        .col(text("kind"))
        .col(big_integer_null("user_id"))
        .col(big_integer_null("actor_id"))
        .col(big_integer_null("api_key_id"))
        .col(big_integer_null("session_id"))
        .col(string_null("address"))
        .col(string_null("user_agent"))
        .col(string_null("detail"))
        .to_owned()
}

fn signing_keys() -> TableCreateStatement {
    Table::create()
        .table("signing_keys")
        .col(big_pk_auto("id"))
        .col(string_uniq("kid"))
        .col(big_integer("created_at"))
        .col(big_integer_null("retires_at"))
        .to_owned()
}

fn api_key_usage() -> TableCreateStatement {
    Table::create()
        .table("api_key_usage")
        .col(big_integer("api_key_id"))
        .col(big_integer("day"))
        .col(string("route"))
        .col(big_integer("requests"))
        .col(big_integer("refused"))
        .primary_key(Index::create().col("api_key_id").col("day").col("route"))
        .foreign_key(&mut references("api_key_usage", "api_key_id", "api_keys", "id"))
        .to_owned()
}

/// The audit log only accepts new rows, from any client.
fn append_only(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Postgres => &[
            "CREATE FUNCTION audit_events_are_final() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'audit events are final'; END $$",
            "CREATE TRIGGER audit_events_are_final BEFORE UPDATE OR DELETE OR TRUNCATE
                ON audit_events FOR EACH STATEMENT EXECUTE FUNCTION audit_events_are_final()",
        ],
        _ => &[
            "CREATE TRIGGER audit_events_are_not_changed BEFORE UPDATE ON audit_events
                BEGIN SELECT RAISE(ABORT, 'audit events are final'); END",
            "CREATE TRIGGER audit_events_are_not_deleted BEFORE DELETE ON audit_events
                BEGIN SELECT RAISE(ABORT, 'audit events are final'); END",
        ],
    }
}
