//! Which process follows the log now, and how far it is: a row for each follower.
//!
//! The lease is a plain UPDATE, so it also holds behind poolers that give each transaction another
//! connection. It only spares the others work: what makes writing safe is that the position is read and
//! moved under a lock of the row, in the transaction that writes.

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};

use crate::{
    domain::{Services, change::Change, to_millis},
    entity::follower::{Column, Entity, Model},
    error::{Error, Result},
};

/// The follower of the event log. Whoever writes notices holds its row, so that the ids of notices have
/// the order of their commits.
pub(super) const LOG: &str = "notices";

/// How long a process leads without renewing its lease.
const LEASE: TimeDelta = TimeDelta::seconds(30);

/// How far each follower is, read in one statement.
pub(super) struct Followers(Vec<Model>);

/// Takes or renews the lease for this process; returns whether it leads.
pub(super) async fn lead(services: &Services, holder: &str) -> Result<bool> {
    let now = services.clock.now();
    let row = Entity::find_by_id(LOG).one(services.db.read()).await?;
    let until = row.as_ref().and_then(|row| row.held_until).filter(|until| until.0 > now);
    let is_mine = row.is_some_and(|row| row.holder.as_deref() == Some(holder));
    match until {
        Some(_) if !is_mine => return Ok(false),
        Some(until) if until.0 > now + LEASE / 2 => return Ok(true),
        _ => {}
    }
    let is_free = Condition::any()
        .add(Column::Holder.eq(holder))
        .add(Column::HeldUntil.is_null())
        .add(Column::HeldUntil.lte(to_millis(now)));
    let taken = Entity::update_many()
        .col_expr(Column::Holder, Expr::val(holder))
        .col_expr(Column::HeldUntil, Expr::val(to_millis(now + LEASE)))
        .filter(Column::Name.eq(LOG))
        .filter(is_free)
        .exec(services.db.write())
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Ends the lease of this process, if it has it.
pub(super) async fn resign(services: &Services, holder: &str) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::HeldUntil, Expr::val(to_millis(services.clock.now())))
        .filter(Column::Name.eq(LOG))
        .filter(Column::Holder.eq(holder))
        .exec(services.db.write())
        .await?;
    Ok(())
}

/// How far the follower is; nobody else moves it until the change ends.
pub(super) async fn hold(change: &Change<'_>, name: &str) -> Result<i64> {
    let row = Entity::find_by_id(name).lock(LockType::Update).one(change).await?;
    Ok(row.ok_or_else(missing)?.position)
}

/// How far all followers are; only a hint unless the change holds the row of the log's follower.
pub(super) async fn all(db: &impl ConnectionTrait) -> Result<Followers> {
    Ok(Followers(Entity::find().all(db).await?))
}

/// Moves the follower to a position and a row there; the change holds the row of the log's follower.
pub(super) async fn advance(
    change: &Change<'_>,
    name: &str,
    (position, last_id): (i64, i64),
) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Position, Expr::val(position))
        .col_expr(Column::LastId, Expr::val(last_id))
        .filter(Column::Name.eq(name))
        .exec(change)
        .await?;
    Ok(())
}

impl Followers {
    /// How far the follower is: a position, and a row there.
    pub(super) fn place(&self, name: &str) -> Result<(i64, i64)> {
        let row = self.0.iter().find(|row| row.name == name).ok_or_else(missing)?;
        Ok((row.position, row.last_id))
    }
}

/// A follower that the migrations should have made.
fn missing() -> Error {
    Error::internal("a follower has no row: migrate the database")
}
