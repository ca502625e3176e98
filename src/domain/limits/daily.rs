//! Daily counts in the database, so that they survive a restart.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{cluster::DayCount, domain::Services, entity::daily_count, error::Result};

/// Saves the daily counts that changed.
pub async fn save_daily_counts(services: &Services) -> Result<()> {
    let mut saving = Saving { services, counts: services.cluster.day_counts() };
    if saving.counts.is_empty() {
        return Ok(());
    }
    let rows = saving.counts.iter().map(|DayCount { name, day, count }| daily_count::ActiveModel {
        bucket: Set(name.clone()),
        day: Set(i64::from(day.to_epoch_days())),
        count: Set(i64::from(*count)),
    });
    daily_count::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([daily_count::Column::Bucket, daily_count::Column::Day])
                .update_column(daily_count::Column::Count)
                .to_owned(),
        )
        .exec_without_returning(services.db.write())
        .await?;
    saving.counts.clear();
    Ok(())
}

/// Counts on their way to the database; if they do not arrive, because the statement fails or the gateway
/// stops, they are saved next time.
struct Saving<'a> {
    services: &'a Services,
    counts: Vec<DayCount>,
}

impl Drop for Saving<'_> {
    fn drop(&mut self) {
        let names = self.counts.drain(..).map(|count| count.name);
        self.services.cluster.keep_unsaved(names);
    }
}

/// Restores today's counts of the last process, and deletes those of other days.
pub async fn load_daily_counts(services: &Services) -> Result<()> {
    let day = services.clock.now().date_naive();
    let today = i64::from(day.to_epoch_days());
    daily_count::Entity::delete_many()
        .filter(daily_count::Column::Day.lt(today))
        .exec(services.db.write())
        .await?;
    let select = daily_count::Entity::find().filter(daily_count::Column::Day.eq(today));
    for row in select.all(services.db.read()).await? {
        let count = u32::try_from(row.count).unwrap_or(u32::MAX);
        services.cluster.restore_day(DayCount { name: row.bucket, day, count });
    }
    Ok(())
}
