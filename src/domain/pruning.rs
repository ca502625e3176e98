//! What has long ended is forgotten: rows that nothing asks for any more.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::{
    domain::{Services, login, stored},
    entity::{mail_token, outbox, refresh_token, session},
    error::Result,
};

/// Links and mails are kept for so long after their end, for whoever looks into what became of them.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Deletes sessions that no sign-in is compared with any more, and old links and mails; the number of
/// rows.
pub async fn prune(services: &Services) -> Result<u64> {
    let now = services.clock.now();
    let sessions_before = stored(now - login::KNOWN_FOR);
    let ended = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::ExpiresAt.lt(sessions_before))
        .into_query();
    let tokens = refresh_token::Entity::delete_many()
        .filter(refresh_token::Column::SessionId.in_subquery(ended));
    let sessions =
        session::Entity::delete_many().filter(session::Column::ExpiresAt.lt(sessions_before));
    let mails = outbox::Entity::delete_many().filter(outbox::Column::DoneAt.lt(stored(now - KEPT)));
    let links = mail_token::Entity::delete_many()
        .filter(mail_token::Column::ExpiresAt.lt(stored(now - KEPT)));
    let tx = services.db.begin().await?;
    let mut rows = tokens.exec(&tx).await?.rows_affected;
    rows += sessions.exec(&tx).await?.rows_affected;
    rows += mails.exec(&tx).await?.rows_affected;
    rows += links.exec(&tx).await?.rows_affected;
    tx.commit().await?;
    Ok(rows)
}
