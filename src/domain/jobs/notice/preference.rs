//! How people want notices mailed.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Iterable, QueryFilter,
    sea_query::OnConflict,
};

use super::{Delivery, Kind};
use crate::{
    domain::{Services, change::Change, origin::Origin, viewer::Member},
    entity::notice_preference::{ActiveModel, Column, Entity},
    error::Result,
};

/// How notices of one kind are mailed to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preference {
    pub kind: Kind,
    pub delivery: Delivery,
}

/// The preferences of one person, as far as they differ from the usual.
#[derive(Debug, Default)]
pub(super) struct Wishes(HashMap<Kind, Delivery>);

impl Wishes {
    pub fn of(&self, kind: Kind) -> Delivery {
        self.0.get(&kind).copied().unwrap_or_else(|| usual(kind))
    }

    fn all(&self) -> Vec<Preference> {
        Kind::iter().map(|kind| Preference { kind, delivery: self.of(kind) }).collect()
    }
}

/// What needs no answer today can wait for the next morning.
fn usual(kind: Kind) -> Delivery {
    match kind {
        Kind::ApplicationReceived
        | Kind::ApplicationAccepted
        | Kind::ApplicationRejected
        | Kind::JobChanged
        | Kind::JobCancelled
        | Kind::JobReleased
        | Kind::JobExpiresTomorrow
        | Kind::JobExpired
        | Kind::ScheduledTomorrow
        | Kind::ReportedDone
        | Kind::Completed
        | Kind::Disputed
        | Kind::Decided
        | Kind::StartProposed
        | Kind::CancelProposed => Delivery::AtOnce,
        Kind::ApplicationWithdrawn
        | Kind::WorkStarted
        | Kind::ReviewToWrite
        | Kind::ReviewToRead => Delivery::Daily,
    }
}

/// The preferences of each of these people.
pub(super) async fn wishes(
    db: &impl ConnectionTrait,
    people: &[i64],
) -> Result<HashMap<i64, Wishes>> {
    let rows = Entity::find().filter(Column::UserId.is_in(people.iter().copied())).all(db).await?;
    let mut wishes: HashMap<i64, Wishes> =
        people.iter().map(|&id| (id, Wishes::default())).collect();
    for row in rows {
        wishes.entry(row.user_id).or_default().0.insert(row.kind, row.delivery);
    }
    Ok(wishes)
}

/// The member's preference for each kind.
pub async fn preferences(services: &Services, member: &Member) -> Result<Vec<Preference>> {
    let mut wishes = wishes(services.db.read(), &[member.user_id]).await?;
    Ok(wishes.remove(&member.user_id).unwrap_or_default().all())
}

/// Changes the member's preferences for these kinds; returns all.
pub async fn set_preferences(
    services: &Services,
    member: &Member,
    origin: &Origin,
    changed: &[Preference],
) -> Result<Vec<Preference>> {
    let change = Change::begin(services, member, origin).await?;
    store(&change, member.user_id, changed).await?;
    change.commit().await?;
    preferences(services, member).await
}

/// Stores preferences; of several for one kind, the last counts.
pub(super) async fn store(change: &Change<'_>, user_id: i64, changed: &[Preference]) -> Result<()> {
    let last: HashMap<Kind, Delivery> = changed.iter().map(|it| (it.kind, it.delivery)).collect();
    if last.is_empty() {
        return Ok(());
    }
    let rows = Kind::iter().filter_map(|kind| {
        let delivery = *last.get(&kind)?;
        Some(ActiveModel { user_id: Set(user_id), kind: Set(kind), delivery: Set(delivery) })
    });
    Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([Column::UserId, Column::Kind])
                .update_column(Column::Delivery)
                .to_owned(),
        )
        .exec_without_returning(change)
        .await?;
    Ok(())
}
