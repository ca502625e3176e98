//! Warning owners before a key expires.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

use super::ApiKey;
use crate::{
    domain::{Services, account::user::User, change::Change, origin::Origin, to_millis},
    entity::{api_key, user},
    error::Result,
    mail::NoticeKind,
};

/// Days before expiry at which the owner is warned, the last warning first.
const DAYS: [i64; 3] = [1, 7, 14];

/// The warning to skip for a lifetime of this many days, which the owner has just chosen.
pub(super) fn known(life_days: i64) -> Option<i64> {
    DAYS.into_iter().find(|days| life_days <= *days)
}

/// Queues a mail for each key that has reached a warning since the last one; returns their number.
/// After a pause only the latest warning is sent.
pub async fn warn(services: &Services) -> Result<usize> {
    let mut promised = 0;
    let mut from = TimeDelta::zero();
    for days in DAYS {
        let to = TimeDelta::days(days);
        for (key, owner) in ending(services, from, to, days).await? {
            promised += usize::from(warn_of(services, &key, &owner, days).await?);
        }
        from = to;
    }
    Ok(promised)
}

/// Active keys that expire within this time and whose owners were not warned, with their owners.
async fn ending(
    services: &Services,
    after: TimeDelta,
    until: TimeDelta,
    days: i64,
) -> Result<Vec<(ApiKey, User)>> {
    let now = services.clock.now();
    let select = api_key::Entity::find()
        .find_also_related(user::Entity)
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.gt(to_millis(now + after)))
        .filter(api_key::Column::ExpiresAt.lte(to_millis(now + until)))
        .filter(untold(days))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::DeletedAt.is_null());
    let rows = select.all(services.db.read()).await?;
    Ok(rows.into_iter().filter_map(|(key, owner)| Some((key, owner?))).collect())
}

/// Skips owners who were already warned with fewer days left.
fn untold(days: i64) -> Condition {
    let told = api_key::Column::WarnedDays;
    Condition::any().add(told.is_null()).add(told.gt(days))
}

/// Queues the mail, unless another replica was faster or the key has changed.
async fn warn_of(services: &Services, key: &ApiKey, owner: &User, days: i64) -> Result<bool> {
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let noted = api_key::Entity::update_many()
        .col_expr(api_key::Column::WarnedDays, Expr::val(days))
        .filter(api_key::Column::Id.eq(key.id))
        .filter(api_key::Column::RevokedAt.is_null())
        .filter(api_key::Column::ExpiresAt.eq(key.expires_at))
        .filter(untold(days))
        .exec(&change)
        .await?;
    if noted.rows_affected == 0 {
        return Ok(false);
    }
    let occasion = NoticeKind::ApiKeyExpires { key: key.name.clone(), at: key.expires_at.0 };
    change.notify(owner, occasion).await?;
    change.commit().await?;
    Ok(true)
}
