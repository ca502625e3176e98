//! Usage of keys: counted in memory, and written periodically.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::NaiveDate;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Alias, Expr, OnConflict},
};

use super::request::Ending;
use crate::{
    clock::Timestamp,
    domain::Services,
    entity::api_key_usage::{ActiveModel, Column, Entity, Model},
    error::{Error, Result},
};

/// Rows per statement: within every database's limit of variables.
const ROWS: usize = 1_000;

/// A number of requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub requests: i64,
    /// How many of them a rate limit refused.
    pub refused: i64,
    /// How many failed for another fault of the client.
    pub client_errors: i64,
    pub server_errors: i64,
}

/// The usage of a key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Per UTC day, oldest first, including days without requests.
    pub days: Vec<(NaiveDate, Count)>,
    /// Per route or root field, most frequent first.
    pub routes: Vec<(String, Count)>,
}

/// Counts that are not written yet.
#[derive(Debug, Default)]
pub struct Uses {
    unsaved: Mutex<HashMap<KeyDay, HashMap<String, Count>>>,
    /// Held while counts are written: then they are neither in memory nor in the table.
    saving: tokio::sync::Mutex<()>,
}

/// A key and a day since 1970.
type KeyDay = (i64, i64);

impl Uses {
    /// Counts a request of a key.
    pub(super) fn note(&self, key_id: i64, at: Timestamp, route: &str, ending: Ending) {
        let mut unsaved = self.unsaved();
        let routes = unsaved.entry((key_id, day(at))).or_default();
        let count = Count::of(ending);
        match routes.get_mut(route) {
            Some(counted) => counted.add(count),
            None => drop(routes.insert(route.to_owned(), count)),
        }
    }

    /// Removes all counts, in an order that prevents deadlocks between replicas.
    fn take(&self) -> Vec<Model> {
        let unsaved = std::mem::take(&mut *self.unsaved());
        let mut rows: Vec<Model> = rows(&unsaved).collect();
        rows.sort_by(|one, other| {
            (one.api_key_id, one.day, &one.route).cmp(&(other.api_key_id, other.day, &other.route))
        });
        rows
    }

    fn give_back(&self, rows: &[Model]) {
        let mut unsaved = self.unsaved();
        for row in rows {
            let routes = unsaved.entry((row.api_key_id, row.day)).or_default();
            routes.entry(row.route.clone()).or_default().add(row.into());
        }
    }

    fn of(&self, key_ids: &[i64], since: i64) -> Vec<Model> {
        let rows: Vec<Model> = rows(&self.unsaved()).collect();
        let meant = |row: &Model| row.day >= since && key_ids.contains(&row.api_key_id);
        rows.into_iter().filter(meant).collect()
    }

    fn unsaved(&self) -> MutexGuard<'_, HashMap<KeyDay, HashMap<String, Count>>> {
        self.unsaved.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds the counts to the table; continues if the caller stops waiting.
pub async fn save_usage(services: &Arc<Services>) -> Result<()> {
    let services = services.clone();
    tokio::spawn(async move { save(&services).await }).await.map_err(Error::internal)?
}

async fn save(services: &Services) -> Result<()> {
    let _turn = services.uses.saving.lock().await;
    let rows = services.uses.take();
    for (done, chunk) in rows.chunks(ROWS).enumerate() {
        if let Err(error) = add(services, chunk).await {
            services.uses.give_back(&rows[done * ROWS..]);
            return Err(error);
        }
    }
    Ok(())
}

/// Adds to the counts of this and other replicas.
async fn add(services: &Services, rows: &[Model]) -> Result<()> {
    let sum = |column: Column| {
        let new = Expr::col((Alias::new("excluded"), column));
        (column, Expr::col((Entity, column)).add(new))
    };
    let models = rows.iter().map(|row| ActiveModel {
        api_key_id: Set(row.api_key_id),
        day: Set(row.day),
        route: Set(row.route.clone()),
        requests: Set(row.requests),
        refused: Set(row.refused),
        client_errors: Set(row.client_errors),
        server_errors: Set(row.server_errors),
    });
    Entity::insert_many(models)
        .on_conflict(
            OnConflict::columns([Column::ApiKeyId, Column::Day, Column::Route])
                .values([
                    sum(Column::Requests),
                    sum(Column::Refused),
                    sum(Column::ClientErrors),
                    sum(Column::ServerErrors),
                ])
                .to_owned(),
        )
        .exec_without_returning(services.db.write())
        .await?;
    Ok(())
}

/// The usage of each key over the last days, including today.
pub async fn usages(
    services: &Services,
    key_ids: &[i64],
    days: i64,
) -> Result<HashMap<i64, Usage>> {
    let today = day(services.clock.now());
    let since = today - days + 1;
    let _turn = services.uses.saving.lock().await;
    let mut rows = Entity::find()
        .filter(Column::ApiKeyId.is_in(key_ids.iter().copied()))
        .filter(Column::Day.gte(since))
        .all(services.db.read())
        .await?;
    rows.extend(services.uses.of(key_ids, since));
    let of = |key_id: i64| rows.iter().filter(move |row| row.api_key_id == key_id);
    Ok(key_ids.iter().map(|&id| (id, Usage::of(of(id), since..=today))).collect())
}

impl Usage {
    fn of<'a>(rows: impl Iterator<Item = &'a Model>, days: std::ops::RangeInclusive<i64>) -> Self {
        let mut by_day: BTreeMap<i64, Count> = days.map(|day| (day, Count::default())).collect();
        let mut by_route: BTreeMap<&str, Count> = BTreeMap::new();
        for row in rows {
            by_day.entry(row.day).or_default().add(row.into());
            by_route.entry(&row.route).or_default().add(row.into());
        }
        let days = by_day.into_iter().filter_map(|(day, count)| Some((date(day)?, count)));
        let mut routes: Vec<_> =
            by_route.into_iter().map(|(route, count)| (route.to_owned(), count)).collect();
        routes.sort_by_key(|(_, count)| -count.requests);
        Self { days: days.collect(), routes }
    }
}

impl Count {
    fn of(ending: Ending) -> Self {
        Self {
            requests: 1,
            refused: (ending == Ending::Refused).into(),
            client_errors: (ending == Ending::ClientError).into(),
            server_errors: (ending == Ending::ServerError).into(),
        }
    }

    /// How many did what they were sent for.
    #[must_use]
    pub fn answered(self) -> i64 {
        self.requests - self.refused - self.client_errors - self.server_errors
    }

    fn add(&mut self, other: Self) {
        self.requests += other.requests;
        self.refused += other.refused;
        self.client_errors += other.client_errors;
        self.server_errors += other.server_errors;
    }
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |mut sum, count| {
            sum.add(count);
            sum
        })
    }
}

impl From<&Model> for Count {
    fn from(row: &Model) -> Self {
        let &Model { requests, refused, client_errors, server_errors, .. } = row;
        Self { requests, refused, client_errors, server_errors }
    }
}

fn rows(unsaved: &HashMap<KeyDay, HashMap<String, Count>>) -> impl Iterator<Item = Model> {
    unsaved.iter().flat_map(|(&(api_key_id, day), routes)| {
        routes.iter().map(move |(route, count)| Model {
            api_key_id,
            day,
            route: route.clone(),
            requests: count.requests,
            refused: count.refused,
            client_errors: count.client_errors,
            server_errors: count.server_errors,
        })
    })
}

fn day(at: Timestamp) -> i64 {
    at.date_naive().to_epoch_days().into()
}

fn date(day: i64) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(day.try_into().ok()?)
}
