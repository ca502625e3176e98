//! The database is slow, shared, silent, behind a pooler, or of another release.

mod limit;
mod moving;
mod plans;
mod pooler;
mod releases;
mod share;
mod silence;
mod upgrade;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::support::TestApp;

#[tokio::test]
async fn sqlite_plans_a_statement_once_and_not_for_each_value() {
    let (app, _) = TestApp::new().await;
    if app.services.db.backend() == DbBackend::Sqlite {
        let options =
            "SELECT count(*) FROM pragma_compile_options WHERE compile_options = 'ENABLE_QPSG'";
        let statement = Statement::from_string(DbBackend::Sqlite, options);
        let row = app.services.db.read().query_one_raw(statement).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 1, "see .cargo/config.toml");
    }
}
