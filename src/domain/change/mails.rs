//! Promising mails, which are written with the change that they tell of.

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

/// Rows of one statement: below the variables that any database takes.
const AT_ONCE: usize = 200;

impl Change<'_> {
    /// Promises a mail with a link.
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

    /// Promises to tell the owner of an account what is done to it, at the address of this moment.
    pub(in crate::domain) async fn notify(&self, user: &User, occasion: NoticeKind) -> Result<()> {
        let notice = Notice { occasion, at: self.now(), address: self.origin.address() };
        self.told(user, &notice)?.insert(self).await?;
        Ok(())
    }

    /// Promises to tell many people, each of something of their own that nobody did from anywhere.
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

    /// A mail as it is promised, which wakes whoever sends it.
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
