//! Databases of the PostgreSQL server that tests/services.sh starts; unit tests of `src` use this file too.

use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database};
use tokio::sync::Mutex;

/// The address of the server, if there is one.
#[expect(clippy::disallowed_methods, reason = "how tests/services.sh tells of its servers")]
pub(crate) fn url() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok()
}

/// The URL of a new database on the server, made with these options.
pub(crate) async fn database(server: &str, options: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    /// Copies of one template would refuse each other.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    let name = format!("test_{}_{number}", std::process::id());
    let _turn = ONE_AT_A_TIME.lock().await;
    let db = Database::connect(server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name} {options}")).await.unwrap();
    db.close().await.unwrap();
    format!("{}/{name}", server.trim_end_matches("/postgres"))
}
