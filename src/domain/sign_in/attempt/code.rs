//! Wrong codes of the second factor after the right password: either the owner's, or the password
//! has leaked. The owner is notified, and after too many the password must be replaced.

use std::net::IpAddr;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};

use crate::{
    cluster::Bucket,
    domain::{
        Services,
        account::user::{self, User},
        change::Change,
        change::unchanged,
        sign_in::attempt::{LoginAttempt, bearable},
    },
    entity::audit_event::Kind,
    entity::user as user_entity,
    error::{Error, Result},
    mail::NoticeKind,
};

/// The number of codes allowed within a number of minutes, in addition to the limits of all
/// attempts; waiting times grow up to a day.
const LOCKOUT_STEPS: [(u32, u64); 3] = [(5, 5), (10, 60), (20, DAY)];
const DAY: u64 = 24 * 60;
/// Wrong codes of strangers after which the password is no longer accepted from strangers.
const MOST: i64 = 20;
/// Wrong codes after which the owner is notified, at most once a day.
const TOLD_AFTER: u32 = 5;

/// What a code follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// The right password.
    Password,
    /// Only a session: such codes must not count against those who know the password.
    Session,
}

impl LoginAttempt<'_> {
    /// Checks a code after the right password.
    pub async fn at_second_factor(&mut self, user: &User, code: &str) -> Result<()> {
        let tried = self.bear(user, After::Password).await;
        self.knows_password = true;
        match self.at_code(user, code).await {
            Ok(()) => self.forget_wrong_codes(user).await,
            Err(Error::InvalidCredentials) if !self.is_throttled => {
                self.count_wrong_code(user, tried).await?;
                Err(Error::InvalidCredentials)
            }
            Err(error) => Err(error),
        }
    }

    /// Checks only a code, of somebody who is signed in.
    pub async fn at_lone_code(&mut self, user: &User, code: &str) -> Result<()> {
        self.bear(user, After::Session).await;
        self.at_code(user, code).await
    }

    /// Whether the password must be replaced before a sign-in from this place.
    pub fn is_barred(&self, user: &User) -> bool {
        self.place.is_none() && user.wrong_codes >= MOST
    }

    /// Counts a code before it is compared; returns the number within a day.
    async fn bear(&mut self, user: &User, after: After) -> u32 {
        let services = self.services;
        let buckets = buckets(services, &user.email_canonical, self.place, after);
        let charge = services.cluster.charge(&buckets, services.clock.now()).await;
        self.is_throttled |= !charge.allowed;
        self.buckets.extend(buckets);
        charge.applied.last().map_or(0, |day| day.limit.saturating_sub(day.remaining))
    }

    async fn count_wrong_code(&self, user: &User, tried: u32) -> Result<()> {
        let services = self.services;
        let tells = tried >= TOLD_AFTER && self.is_first_today(user).await;
        let change = Change::of_the_gateway(services, self.origin).await?;
        let locked = user::lock(&change, user.id).await?.ok_or(Error::InvalidCredentials)?;
        let mut user = unchanged(locked, user)?;
        let mut is_over = false;
        if self.place.is_none() {
            let mut model = user.into_active_model();
            let wrong = model.wrong_codes.take().unwrap_or_default() + 1;
            model.wrong_codes = Set(wrong);
            user = model.update(&change).await?;
            is_over = wrong == MOST;
        }
        if is_over {
            change.record(Kind::PasswordExposed, Some(user.id), None).await?;
            change.notify(&user, NoticeKind::PasswordExposed).await?;
        } else if tells {
            change.notify(&user, NoticeKind::CodesGuessed).await?;
        }
        change.commit().await
    }

    async fn is_first_today(&self, user: &User) -> bool {
        let told =
            bearable(self.services, "told-of-codes", &user.email_canonical, None, &[(1, DAY)]);
        self.services.cluster.charge(&told, self.services.clock.now()).await.allowed
    }

    /// A stranger with the right password and code is the owner.
    async fn forget_wrong_codes(&self, user: &User) -> Result<()> {
        if self.place.is_some() || user.wrong_codes == 0 {
            return Ok(());
        }
        let wrong = user_entity::Column::WrongCodes;
        user_entity::Entity::update_many()
            .col_expr(wrong, 0_i64.into())
            .filter(user_entity::Column::Id.eq(user.id))
            .filter(wrong.lt(MOST))
            .exec(self.services.db.write())
            .await?;
        Ok(())
    }
}

pub(super) fn buckets(
    services: &Services,
    email: &str,
    place: Option<IpAddr>,
    after: After,
) -> Vec<Bucket> {
    match after {
        After::Password => bearable(services, "code", email, place, &LOCKOUT_STEPS),
        After::Session => bearable(services, "lone-code", email, None, &LOCKOUT_STEPS),
    }
}
