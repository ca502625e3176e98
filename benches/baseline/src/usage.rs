//! How often each key is used for what: counted in memory, added to the table every second.

use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::Utc;

use crate::{App, database::write};

const EVERY: Duration = Duration::from_secs(1);
const DAY: i64 = 86_400;

const ADD: &str = "INSERT INTO api_key_usage (api_key_id, day, route, requests, refused) \
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (api_key_id, day, route) DO UPDATE SET \
     requests = api_key_usage.requests + excluded.requests, \
     refused = api_key_usage.refused + excluded.refused";

/// Counts that are not in the table yet: key, day and route; requests and those refused.
#[derive(Default)]
pub struct Uses(Mutex<Unsaved>);

type Unsaved = HashMap<(i64, i64, &'static str), (i64, i64)>;

impl Uses {
    pub fn note(&self, key_id: i64, route: &'static str, refused: bool) {
        let day = Utc::now().timestamp() / DAY;
        let mut unsaved = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (requests, refusals) = unsaved.entry((key_id, day, route)).or_default();
        *requests += 1;
        *refusals += i64::from(refused);
    }

    fn take(&self) -> Unsaved {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What is done every second.
pub async fn tick(app: Arc<App>) {
    let mut interval = tokio::time::interval(EVERY);
    loop {
        interval.tick().await;
        app.limits.forget();
        if let Err(error) = save(&app).await {
            eprintln!("{error}");
        }
    }
}

async fn save(app: &App) -> sqlx::Result<()> {
    let unsaved = app.uses.take();
    if unsaved.is_empty() {
        return Ok(());
    }
    write!(&app.db, |tx| {
        for ((key, day, route), (requests, refused)) in unsaved {
            let add = sqlx::query(ADD).bind(key).bind(day).bind(route).bind(requests).bind(refused);
            add.execute(&mut *tx).await?;
        }
    });
    Ok(())
}
