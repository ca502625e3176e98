//! Queues mails, in the transaction of the change that they report.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use super::Change;
use crate::{
    cluster::Topic,
    domain::to_millis,
    entity::{
        mail_token,
        outbox::{self, Kind},
        user::Model as User,
    },
    error::{Error, Result},
    mail::{MessageId, Notice, NoticeKind},
};

/// Rows per statement: within every database's limit of variables.
const AT_ONCE: usize = 200;

impl Change<'_> {
    /// Queues a mail with a link.
    pub(in crate::domain) async fn enqueue(
        &self,
        kind: Kind,
        link: &mail_token::Model,
    ) -> Result<()> {
        let mut promise = self.promise(kind, link.user_id);
        promise.mail_token_id = Set(Some(link.id));
        promise.insert(self).await?;
        Ok(())
    }

    /// Queues a notice to the owner of an account, at their current address.
    pub(in crate::domain) async fn notify(&self, user: &User, occasion: NoticeKind) -> Result<()> {
        let notice = Notice { occasion, at: self.now(), address: self.origin.address() };
        self.told(user, &notice)?.insert(self).await?;
        Ok(())
    }

    /// Queues a mail of notices of jobs to a person, at the address that they have when it is sent.
    pub(in crate::domain) async fn enqueue_notices(
        &self,
        user_id: i64,
        notices: &[i64],
    ) -> Result<()> {
        let mut promise = self.promise(Kind::JobNotices, user_id);
        promise.detail = Set(Some(serde_json::to_string(notices).map_err(Error::internal)?));
        promise.insert(self).await?;
        Ok(())
    }

    /// Queues notices to many people, each about an event of their own that has no origin.
    pub(in crate::domain) async fn notify_all(
        &self,
        people: impl IntoIterator<Item = (User, NoticeKind)>,
    ) -> Result<()> {
        let at = self.now();
        let promise = |(user, occasion): (User, NoticeKind)| {
            self.told(&user, &Notice { occasion, at, address: None })
        };
        let promises = people.into_iter().map(promise).collect::<Result<Vec<_>>>()?;
        for some in promises.chunks(AT_ONCE) {
            outbox::Entity::insert_many(some.iter().cloned()).exec_without_returning(self).await?;
        }
        Ok(())
    }

    fn told(&self, user: &User, notice: &Notice) -> Result<outbox::ActiveModel> {
        let mut promise = self.promise(Kind::Notice, user.id);
        promise.recipient = Set(Some(user.email.clone()));
        promise.detail = Set(Some(serde_json::to_string(notice).map_err(Error::internal)?));
        Ok(promise)
    }

    /// A queued mail; wakes the task that sends it.
    fn promise(&self, kind: Kind, user_id: i64) -> outbox::ActiveModel {
        self.wake(Topic::Outbox);
        let (services, now) = (self.services, to_millis(self.now()));
        let message_id = MessageId::generate(&services.random, &services.config.public_url);
        outbox::ActiveModel {
            message_id: Set(message_id.to_string()),
            kind: Set(kind),
            user_id: Set(user_id),
            attempts: Set(0),
            next_attempt_at: Set(now),
            created_at: Set(now),
            ..Default::default()
        }
    }
}
