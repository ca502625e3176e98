//! A grown installation moves from SQLite to PostgreSQL.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
};

use find_helper::{domain::signing_key, seed};
use sea_orm::{ConnectionTrait, FromQueryResult, JsonValue, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Client, TestApp, database::connect, folder, postgres, process::run};

/// Tables of a migrated database, but for those that no row can be read from.
const TABLES: &str = "SELECT relname::text AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND relname NOT IN ('seaql_migrations', 'job_words') ORDER BY name";
const ANYTHING: &str =
    "SELECT count(*) AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace";

const DOCUMENTS: [&str; 3] = [
    "{ jobs(first: 50) { totalCount nodes { id title description status address applicationCount
        estimatedAmount scheduledAt createdAt } } }",
    "{ jobs(first: 20, filter: { search: \"搬\" }) { totalCount nodes { id title } } }",
    "{ viewer { id name email phone createdAt sessions(first: 5) { totalCount } } }",
];

/// An SQLite file with seeded people and jobs, and at least a row in each table.
struct Grown {
    folder: TempDir,
    url: String,
    app: TestApp,
    ann: Client,
}

impl Grown {
    async fn new() -> Self {
        let folder = folder();
        let url = format!("sqlite://{}", folder.path().join("old.db").display());
        let db = connect(&url).await;
        db.migrate().await.unwrap();
        db.close().await.unwrap();
        let app = TestApp::at(&url, &[]).await;
        let people = seed::people(&app.services, 40, |_| {}).await.unwrap();
        seed::jobs(&app.services, &people, 1_200, |_| {}).await.unwrap();
        signing_key::rotate(&app.services, false).await.unwrap();
        let ann = app.member("ann").await;
        app.trusted_machine("machine").await;
        for table in tables().await {
            fill(&app, &table).await;
        }
        // The last id is not given again.
        app.execute("INSERT INTO recovery_codes (id, user_id, digest) VALUES (700000, 1, 'gone')")
            .await;
        app.execute("DELETE FROM recovery_codes WHERE id = 700000").await;
        Self { folder, url, app, ann }
    }

    /// Closes the file, as a gateway does that is stopped.
    async fn stop(&self) -> Vec<u8> {
        self.app.services.db.clone().close().await.unwrap();
        fs::read(self.file()).unwrap()
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("old.db")
    }

    fn moved_to(&self, to: &str) -> (bool, String) {
        let (from, to) = (format!("--from={}", self.url), format!("--to={to}"));
        run(self.folder.path(), &[], &["move", &from, &to])
    }
}

async fn server() -> String {
    postgres::database(&postgres::url().expect("tests/services.sh sets it"), "").await
}

/// The names of all tables, as PostgreSQL knows them.
async fn tables() -> Vec<String> {
    let db = connect(&server().await).await;
    db.migrate().await.unwrap();
    let rows = db.read().query_all_raw(Statement::from_string(db.backend(), TABLES)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "name").unwrap()).collect()
}

/// Makes a row with difficult texts if the table has none.
async fn fill(app: &TestApp, table: &str) {
    if app.count(&format!("SELECT count(*) FROM {table}")).await > 0 {
        return;
    }
    let db = app.services.db.read();
    let columns = format!("SELECT name, lower(type) AS kind FROM pragma_table_info('{table}')");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), columns)).await;
    let (names, values): (Vec<String>, Vec<&str>) = rows
        .unwrap()
        .iter()
        .map(|row| {
            let is_text = |kind: &str| kind.contains("char") || kind.contains("text");
            let kind: String = row.try_get("", "kind").unwrap();
            let name = row.try_get("", "name").unwrap();
            (name, if is_text(&kind) { "'\"字\\ '' 😀\n{}'" } else { "1" })
        })
        .unzip();
    let (names, values) = (names.join(", "), values.join(", "));
    app.execute(&format!("INSERT INTO {table} ({names}) VALUES ({values})")).await;
}

/// All rows of a table, each with the types of the database's columns.
async fn rows(url: &str, table: &str) -> Vec<String> {
    let db = connect(url).await;
    let all = Statement::from_string(db.backend(), format!("SELECT * FROM {table}"));
    let rows = JsonValue::find_by_statement(all).all(db.read()).await.unwrap();
    let mut lines: Vec<_> = rows.iter().map(|row| without_nulls(row).to_string()).collect();
    lines.sort();
    db.close().await.unwrap();
    lines
}

fn without_nulls(row: &Value) -> Value {
    let fields = row.as_object().unwrap().iter().filter(|(_, value)| !value.is_null());
    fields.map(|(name, value)| (name.clone(), value.clone())).collect()
}

async fn answers(client: &Client) -> Vec<Value> {
    let mut answers = Vec::new();
    for document in DOCUMENTS {
        answers.push(client.data(document, json!({})).await);
    }
    answers
}

async fn relations(url: &str) -> i64 {
    let db = connect(url).await;
    let row = db.read().query_one_raw(Statement::from_string(db.backend(), ANYTHING)).await;
    row.unwrap().unwrap().try_get("", "n").unwrap()
}

#[tokio::test]
async fn every_row_moves_to_postgresql_and_a_gateway_there_answers_as_the_old_one_did() {
    let old = Grown::new().await;
    let before = answers(&old.ann).await;
    assert!(before[1]["jobs"]["totalCount"].as_i64().unwrap() > 0, "{}", before[1]);
    let file = old.stop().await;
    let to = server().await;
    let (done, said) = old.moved_to(&to);
    assert!(done, "{said}");
    assert!(
        said.contains("rows moved and compared") && said.contains("JWT_SECRET_FILE="),
        "{said}"
    );
    assert!(file == fs::read(old.file()).unwrap(), "the file is as it was");
    for table in tables().await {
        let (here, there) = (rows(&old.url, &table).await, rows(&to, &table).await);
        assert!(!here.is_empty(), "make a row of {table} in this test");
        assert_eq!(here, there, "{table}");
    }
    let new = TestApp::at(&to, &[]).await;
    // The session is one from before.
    assert_eq!(answers(&old.ann.towards(&new.router)).await, before);
    new.signed_in("ann@example.com").await;
    new.execute("INSERT INTO recovery_codes (user_id, digest) VALUES (1, 'new')").await;
    assert_eq!(new.count("SELECT max(id) FROM recovery_codes").await, 700_001);
}

#[tokio::test]
async fn a_move_that_is_killed_leaves_nothing_and_is_repeated() {
    let old = Grown::new().await;
    old.stop().await;
    let to = server().await;
    let mut killed = Command::new(env!("CARGO_BIN_EXE_find-helper"))
        .args(["move", &format!("--from={}", old.url), &format!("--to={to}")])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(killed.stderr.take().unwrap()).lines().map(Result::unwrap);
    // Some tables are full, and others are not.
    assert!(lines.any(|line| line.contains("table copied") && line.contains("job_types")));
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_eq!(relations(&to).await, 0);
    let (done, said) = old.moved_to(&to);
    assert!(done, "{said}");
    assert_eq!(rows(&old.url, "jobs").await, rows(&to, "jobs").await);
}

/// Changes the name of every person who comes.
const SPOIL: &str = "
    CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.name := 'x'; RETURN NEW; END $$;
    CREATE FUNCTION lurk() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
        IF to_regclass('users') IS NOT NULL THEN
            CREATE OR REPLACE TRIGGER spoil BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION spoil();
        END IF;
    END $$;
    CREATE EVENT TRIGGER lurk ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION lurk()";

#[tokio::test]
async fn a_row_that_is_stored_differently_is_found_and_nothing_is_moved() {
    let old = Grown::new().await;
    old.stop().await;
    let to = server().await;
    connect(&to).await.write().execute_unprepared(SPOIL).await.unwrap();
    let (done, said) = old.moved_to(&to);
    assert!(!done && said.contains("rows of the table users are not the same"), "{said}");
    assert_eq!(relations(&to).await, 0);
}

#[tokio::test]
async fn what_cannot_be_moved_is_refused_in_a_sentence() {
    let old = Grown::new().await;
    let (to, full) = (server().await, server().await);
    let refused = |from: &str, to: &str| {
        let (from, to) = (format!("--from={from}"), format!("--to={to}"));
        let (done, said) = run(old.folder.path(), &[], &["move", &from, &to]);
        assert!(!done && said.lines().count() == 1, "{said}");
        said
    };
    let served = refused(&old.url, &to);
    assert!(served.contains("stop the gateway first"), "{served}");
    old.stop().await;
    let db = connect(&full).await;
    db.write().execute_unprepared("CREATE TABLE cats (name text)").await.unwrap();
    let not_empty = refused(&old.url, &full);
    assert!(not_empty.contains("not empty: it has a table cats"), "{not_empty}");
    let missing = refused("sqlite://nowhere.db", &to);
    assert!(missing.contains("does not exist"), "{missing}");
    let swapped = refused(&to, &old.url);
    assert!(swapped.contains("--from must name an SQLite file"), "{swapped}");
    let from = old.folder.path().join("blank.db");
    fs::write(&from, "").unwrap();
    let strange = refused(&format!("sqlite://{}", from.display()), &to);
    assert!(strange.contains("not a database of this release"), "{strange}");
    assert_eq!(relations(&to).await, 0);
}

#[tokio::test]
async fn a_generated_secret_is_used_from_its_file_on_postgresql() {
    let folder = folder();
    let said = |arguments: &[&str]| run(folder.path(), &[], arguments);
    let (done, first) = said(&["signing-key", "list"]);
    assert!(done && folder.path().join("data/jwt-secret").exists(), "{first}");
    fs::rename(folder.path().join("data/jwt-secret"), folder.path().join("kept")).unwrap();
    let url = format!("--database-url={}", server().await);
    let (done, refused) = said(&[&url, "signing-key", "list"]);
    assert!(!done && refused.contains("JWT_SECRET_FILE"), "{refused}");
    let (done, second) = said(&[&url, "--jwt-secret-file=kept", "signing-key", "list"]);
    assert!(done && second.starts_with(&first), "the same key signs: {first} {second}");
    let (done, missing) = said(&[&url, "--jwt-secret-file=nowhere", "config", "check"]);
    assert!(!done && missing.contains("the secret in nowhere"), "{missing}");
}
