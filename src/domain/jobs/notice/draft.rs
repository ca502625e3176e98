//! Writing notices, and when each is to be mailed.

use std::collections::HashMap;

use chrono::{Days, NaiveTime};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{
    Delivery, Kind,
    lease::{self, LOG},
    preference,
};
use crate::{
    clock::Timestamp,
    cluster::Topic,
    domain::{change::Change, to_millis},
    entity::{notice, user},
    error::Result,
};

/// Rows per statement: within every database's limit of variables.
const AT_ONCE: usize = 100;

/// A notice to one person that is not written yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub user_id: i64,
    pub kind: Kind,
    /// What it comes from.
    pub source: String,
    pub job_id: i64,
    pub application_id: Option<i64>,
    pub actor_id: Option<i64>,
}

/// Tells a person something of a job that no event tells, once. It holds up all notices until the change
/// ends, so it comes last in it.
pub async fn tell(change: &Change<'_>, user_id: i64, kind: Kind, job_id: i64) -> Result<()> {
    lease::hold(change, LOG).await?;
    let source = format!("job {job_id}");
    write(
        change,
        vec![Draft { user_id, kind, source, job_id, application_id: None, actor_id: None }],
    )
    .await
}

/// Writes notices to people whose accounts are in good standing; what they were told before is left out.
/// The change holds the row of the follower.
pub(super) async fn write(change: &Change<'_>, drafts: Vec<Draft>) -> Result<()> {
    if drafts.is_empty() {
        return Ok(());
    }
    let people: Vec<i64> = drafts.iter().map(|draft| draft.user_id).collect();
    let wanted = wishes(change, &people).await?;
    let now = change.now();
    let row = |draft: Draft| {
        let delivery = wanted.get(&draft.user_id)?.of(draft.kind);
        Some(notice::ActiveModel {
            user_id: Set(draft.user_id),
            kind: Set(draft.kind),
            source: Set(draft.source),
            job_id: Set(draft.job_id),
            application_id: Set(draft.application_id),
            actor_id: Set(draft.actor_id),
            created_at: Set(to_millis(now)),
            mail_at: Set(mail_at(delivery, now).map(to_millis)),
            ..Default::default()
        })
    };
    let rows: Vec<_> = drafts.into_iter().filter_map(row).collect();
    for some in rows.chunks(AT_ONCE) {
        notice::Entity::insert_many(some.iter().cloned())
            .on_conflict_do_nothing_on([
                notice::Column::UserId,
                notice::Column::Kind,
                notice::Column::Source,
            ])
            .exec_without_returning(change)
            .await?;
    }
    change.wake(Topic::Notices);
    Ok(())
}

/// The preferences of those who are told anything at all.
async fn wishes(change: &Change<'_>, people: &[i64]) -> Result<HashMap<i64, preference::Wishes>> {
    let standing: Vec<i64> = user::Entity::find()
        .select_only()
        .column(user::Column::Id)
        .filter(user::Column::Id.is_in(people.iter().copied()))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::EraseAt.is_null())
        .filter(user::Column::DeletedAt.is_null())
        .into_tuple()
        .all(change)
        .await?;
    preference::wishes(change, &standing).await
}

fn mail_at(delivery: Delivery, now: Timestamp) -> Option<Timestamp> {
    match delivery {
        Delivery::AtOnce => Some(now),
        Delivery::Daily => Some(next_digest(now)),
        Delivery::Off => None,
    }
}

/// 08:00 in Taiwan, which is midnight in UTC all year.
fn next_digest(now: Timestamp) -> Timestamp {
    let tomorrow = now.date_naive().checked_add_days(Days::new(1));
    tomorrow.map_or(now, |day| day.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use super::next_digest;

    #[test]
    fn digests_are_due_at_eight_in_taiwan() {
        for (now, due) in [
            ("2026-02-07T08:00:00Z", "2026-02-08T00:00:00Z"),
            ("2026-02-07T23:59:59Z", "2026-02-08T00:00:00Z"),
            ("2026-02-08T00:00:00Z", "2026-02-09T00:00:00Z"),
            ("2026-12-31T12:00:00Z", "2027-01-01T00:00:00Z"),
        ] {
            assert_eq!(
                next_digest(now.parse().unwrap()),
                due.parse::<crate::clock::Timestamp>().unwrap()
            );
        }
    }
}
