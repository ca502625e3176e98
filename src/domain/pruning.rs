//! Deletes rows that are no longer needed.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::{
    clock::Timestamp,
    domain::{Services, change::Change, jobs::notice, origin::Origin, sign_in, to_millis},
    entity::{
        api_key, api_key_request, api_key_usage, daily_count, mail_token, outbox, refresh_token,
        session,
    },
    error::Result,
};

/// How long links and mails are kept after their end, for investigations.
const KEPT: TimeDelta = TimeDelta::days(30);

/// How long the usage and the requests of a key are shown, and a key after its end.
const KEYS_KEPT: TimeDelta = TimeDelta::days(90);

/// Deletes sessions that no sign-in is compared with any more, keys that ended long ago, usage and
/// counts that are no longer shown, and old links, mails and notices; returns the number of rows.
pub async fn prune(services: &Services) -> Result<u64> {
    let now = services.clock.now();
    let sessions_before = to_millis(now - sign_in::KNOWN_FOR);
    let ended = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::ExpiresAt.lt(sessions_before))
        .into_query();
    let tokens = refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::SessionId.in_subquery(ended));
    let sessions =
        session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(sessions_before));
    let mails =
        outbox::Entity::delete_many().filter(outbox::Column::DoneAt.lt(to_millis(now - KEPT)));
    let links = mail_token::Entity::delete_many()
        .filter(mail_token::Column::ExpiresAt.lt(to_millis(now - KEPT)));
    let day = |at: Timestamp| i64::from(at.date_naive().to_epoch_days());
    let uses = api_key_usage::Entity::delete_many()
        .filter(api_key_usage::Column::Day.lt(day(now - KEYS_KEPT)));
    let requests = api_key_request::Entity::delete_many()
        .filter(api_key_request::Column::At.lt(to_millis(now - KEYS_KEPT)));
    // A day after the last usage that is shown.
    let keys_before = to_millis(now - KEYS_KEPT - TimeDelta::days(1));
    let keys = api_key::Entity::delete_many().filter(
        Condition::any()
            .add(api_key::Column::RevokedAt.lt(keys_before))
            .add(api_key::Column::ExpiresAt.lt(keys_before)),
    );
    let counts = daily_count::Entity::delete_many()
        .filter(daily_count::Column::Day.lt(day(now - TimeDelta::days(1))));
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let mut rows = uses.exec(&change).await?.rows_affected;
    rows += requests.exec(&change).await?.rows_affected;
    rows += keys.exec(&change).await?.rows_affected;
    rows += counts.exec(&change).await?.rows_affected;
    rows += tokens.exec(&change).await?.rows_affected;
    rows += sessions.exec(&change).await?.rows_affected;
    rows += mails.exec(&change).await?.rows_affected;
    rows += links.exec(&change).await?.rows_affected;
    rows += notice::prune(&change).await?;
    change.commit().await?;
    Ok(rows)
}
