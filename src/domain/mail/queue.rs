//! Queues mails, in the transaction of the change that they report.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

pub use crate::entity::outbox::Kind;
use crate::{
    domain::{Services, origin::Origin, store::database::Transaction, to_millis},
    entity::{mail_token, outbox, user::Model as User},
    error::{Error, Result},
    mail::{MessageId, Notice, NoticeKind},
};

/// Rows per statement: within every database's limit of variables.
const AT_ONCE: usize = 200;

/// Queues a mail with a link, in the transaction of its change.
pub(in crate::domain) async fn enqueue(
    services: &Services,
    tx: &Transaction,
    kind: Kind,
    token: &mail_token::Model,
) -> Result<()> {
    let mut promise = new(services, kind, token.user_id);
    promise.mail_token_id = Set(Some(token.id));
    promise.insert(tx).await?;
    Ok(())
}

/// Queues a notice to the owner of an account, at their current address.
pub(in crate::domain) async fn notify(
    services: &Services,
    tx: &Transaction,
    origin: &Origin,
    user: &User,
    occasion: NoticeKind,
) -> Result<()> {
    let notice = Notice { occasion, at: services.clock.now(), address: origin.address() };
    told(services, user, &notice)?.insert(tx).await?;
    Ok(())
}

/// Queues notices to many people, each about an event of their own that has no origin.
pub(in crate::domain) async fn notify_all(
    services: &Services,
    tx: &Transaction,
    people: impl IntoIterator<Item = (User, NoticeKind)>,
) -> Result<()> {
    let at = services.clock.now();
    let promise = |(user, occasion): (User, NoticeKind)| {
        told(services, &user, &Notice { occasion, at, address: None })
    };
    let promises = people.into_iter().map(promise).collect::<Result<Vec<_>>>()?;
    for some in promises.chunks(AT_ONCE) {
        outbox::Entity::insert_many(some.iter().cloned()).exec_without_returning(tx).await?;
    }
    Ok(())
}

fn told(services: &Services, user: &User, notice: &Notice) -> Result<outbox::ActiveModel> {
    let mut promise = new(services, Kind::Notice, user.id);
    promise.recipient = Set(Some(user.email.clone()));
    promise.detail = Set(Some(serde_json::to_string(notice).map_err(Error::internal)?));
    Ok(promise)
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
