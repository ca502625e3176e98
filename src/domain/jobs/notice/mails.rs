//! Queues mails of notices: one for each, or one for many, and never more than so many an hour.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, LockType},
};

use crate::{
    clock::Timestamp,
    domain::{Services, change::Change, to_millis},
    entity::{
        notice::{Column, Entity},
        outbox,
    },
    error::Result,
};

/// People at once; the others follow in the next round.
const PEOPLE: u64 = 100;
/// The time in which mails are counted.
const HOUR: TimeDelta = TimeDelta::hours(1);

/// What is to be mailed to one person now.
#[derive(Debug, Default)]
struct Due {
    /// Each in a mail of its own.
    single: Vec<i64>,
    /// All in one mail: of a day, or what there was no room for.
    together: Vec<i64>,
}

/// What becomes of it.
#[derive(Debug, PartialEq, Eq)]
struct Plan {
    mails: Vec<Vec<i64>>,
    /// For one mail as soon as there is room.
    postponed: Vec<i64>,
}

/// Whether anything is to be mailed now.
pub(super) async fn are_due(services: &Services) -> Result<bool> {
    let due = Entity::find().select_only().column(Column::Id);
    let due = due.filter(Column::MailAt.lte(to_millis(services.clock.now())));
    Ok(due.into_tuple::<i64>().one(services.db.read()).await?.is_some())
}

/// Queues what is due. The change holds the row of the follower.
pub(super) async fn queue(change: &Change<'_>) -> Result<()> {
    let people = due(change).await?;
    let now = change.now();
    for (user_id, due) in people {
        let sent = sent(change, user_id).await?;
        let most = usize::try_from(change.services.config.limits.limit_notice_mails_per_hour);
        let plan = due.plan(most.unwrap_or(usize::MAX).saturating_sub(sent.len()));
        for mail in &plan.mails {
            change.enqueue_notices(user_id, mail).await?;
            set(change, mail, None).await?;
        }
        let room_at = sent.first().copied().unwrap_or(now) + HOUR;
        set(change, &plan.postponed, Some(room_at)).await?;
    }
    Ok(())
}

impl Due {
    fn plan(self, room: usize) -> Plan {
        let Self { single, together } = self;
        let mut mails: Vec<Vec<i64>> = Vec::new();
        let mut postponed = Vec::new();
        if !together.is_empty() {
            if room > 0 { mails.push(together) } else { postponed = together }
        }
        let left = room.saturating_sub(mails.len()).min(single.len());
        let (now, later) = single.split_at(left);
        mails.extend(now.iter().map(|id| vec![*id]));
        postponed.extend(later);
        Plan { mails, postponed }
    }
}

/// What is due, by person. Rows are locked in the order of their ids, as whoever marks them read does.
async fn due(change: &Change<'_>) -> Result<BTreeMap<i64, Due>> {
    let is_due = Column::MailAt.lte(to_millis(change.now()));
    let people: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(is_due.clone())
        .distinct()
        .limit(PEOPLE)
        .into_tuple()
        .all(change)
        .await?;
    let mut due: BTreeMap<i64, Due> = BTreeMap::new();
    let rows = Entity::find()
        .filter(is_due)
        .filter(Column::UserId.is_in(people))
        .order_by_asc(Column::Id)
        .lock(LockType::Update)
        .all(change)
        .await?;
    for row in rows {
        let of_person = due.entry(row.user_id).or_default();
        // Postponed, or of a day.
        let is_late = row.mail_at.is_some_and(|at| at != row.created_at);
        if is_late { &mut of_person.together } else { &mut of_person.single }.push(row.id);
    }
    Ok(due)
}

/// When mails of notices were queued for the person within the last hour, oldest first.
async fn sent(change: &Change<'_>, user_id: i64) -> Result<Vec<Timestamp>> {
    let times: Vec<sea_orm::prelude::ChronoUnixTimestampMillis> = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::CreatedAt)
        .filter(outbox::Column::UserId.eq(user_id))
        .filter(outbox::Column::CreatedAt.gt(to_millis(change.now() - HOUR)))
        .filter(outbox::Column::Kind.eq(outbox::Kind::JobNotices))
        .order_by_asc(outbox::Column::CreatedAt)
        .into_tuple()
        .all(change)
        .await?;
    Ok(times.into_iter().map(|at| at.0).collect())
}

async fn set(change: &Change<'_>, ids: &[i64], at: Option<Timestamp>) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::MailAt, Expr::val(at.map(to_millis)))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .exec(change)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Due, Plan};

    fn plan(single: &[i64], together: &[i64], room: usize) -> Plan {
        Due { single: single.into(), together: together.into() }.plan(room)
    }

    #[test]
    fn what_there_is_no_room_for_goes_into_one_mail_later() {
        let all = plan(&[1, 2], &[3, 4], 3);
        assert_eq!(all, Plan { mails: vec![vec![3, 4], vec![1], vec![2]], postponed: vec![] });
        let some = plan(&[1, 2, 5], &[3, 4], 2);
        assert_eq!(some, Plan { mails: vec![vec![3, 4], vec![1]], postponed: vec![2, 5] });
        let none = plan(&[1, 2], &[3, 4], 0);
        assert_eq!(none, Plan { mails: vec![], postponed: vec![3, 4, 1, 2] });
    }
}
