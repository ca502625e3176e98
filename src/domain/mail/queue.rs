//! Queues mails, in the transaction of the change that they report.

use sea_orm::{ActiveValue::Set, EntityTrait};

pub use crate::entity::outbox::Kind;
use crate::{
    domain::{Services, store::database::Transaction, to_millis},
    entity::{mail_token, outbox, user::Model as User},
    error::{Error, Result},
    mail::{MessageId, Notice},
};

/// Rows per statement: within every database's limit of variables.
const AT_ONCE: usize = 200;

/// A mail with a link.
pub(in crate::domain) fn with_link(
    services: &Services,
    kind: Kind,
    token: &mail_token::Model,
) -> outbox::ActiveModel {
    let mut promise = new(services, kind, token.user_id);
    promise.mail_token_id = Set(Some(token.id));
    promise
}

/// A mail about a change of an account, to its address as of now.
pub(in crate::domain) fn notice(
    services: &Services,
    user: &User,
    notice: &Notice,
) -> Result<outbox::ActiveModel> {
    let mut promise = new(services, Kind::Notice, user.id);
    promise.recipient = Set(Some(user.email.clone()));
    promise.detail = Set(Some(serde_json::to_string(notice).map_err(Error::internal)?));
    Ok(promise)
}

/// Stores mails in the transaction of the change that they report.
pub(in crate::domain) async fn insert(
    tx: &Transaction,
    promises: &[outbox::ActiveModel],
) -> Result<()> {
    for some in promises.chunks(AT_ONCE) {
        outbox::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn new(services: &Services, kind: Kind, user_id: i64) -> outbox::ActiveModel {
    let now = services.clock.now();
    let message_id = MessageId::generate(&services.random, &services.config.public_url);
    outbox::ActiveModel {
        message_id: Set(message_id.to_string()),
        kind: Set(kind),
        user_id: Set(user_id),
        attempts: Set(0),
        next_attempt_at: Set(to_millis(now)),
        created_at: Set(to_millis(now)),
        ..Default::default()
    }
}
