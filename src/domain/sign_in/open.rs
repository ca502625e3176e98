//! Opening a session for a person who has proven their identity.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use crate::{
    domain::{
        Services,
        account::{
            deletion::cancel_deletion,
            user::{self, User},
        },
        change::Change,
        origin::Origin,
        session::{self, Grant, LONGEST, RefreshMode, RefreshToken},
        to_millis,
    },
    entity::audit_event::Kind,
    entity::session as session_entity,
    error::{Error, Result},
};

/// Opens a session, unless what was proven has changed since: a password that was replaced in the
/// meantime opens nothing.
pub(super) async fn open(
    services: &Services,
    origin: &Origin,
    proven: User,
    refresh_mode: RefreshMode,
) -> Result<Grant> {
    let now = services.clock.now();
    let refresh_token = RefreshToken::generate(&services.random);
    let client = origin.client.as_ref();
    let mut change = Change::of_the_gateway(services, origin).await?;
    let is_as_proven = |user: &User| {
        user.password_hash == proven.password_hash
            && user.totp_confirmed_at == proven.totp_confirmed_at
            && user.email_canonical == proven.email_canonical
            && user.erase_at == proven.erase_at
    };
    let user = user::lock(&change, proven.id).await?.filter(is_as_proven);
    let user = user.ok_or(Error::InvalidCredentials)?;
    if user.suspended_at.is_some() {
        return Err(Error::Forbidden);
    }
    change.origin = origin.as_user(user.id);
    let user = cancel_deletion(&change, user).await?;
    let session = session_entity::ActiveModel {
        user_id: Set(user.id),
        refresh_mode: Set(refresh_mode),
        user_agent: Set(client.and_then(|client| client.user_agent.clone())),
        address: Set(origin.address()),
        created_at: Set(to_millis(now)),
        last_used_at: Set(to_millis(now)),
        expires_at: Set(to_millis(now + LONGEST)),
        ..Default::default()
    }
    .insert(&change)
    .await?;
    session::insert_token(&change, session.id, &refresh_token).await?;
    change.origin.session_id = Some(session.id);
    change.record(Kind::SignedIn, Some(user.id), None).await?;
    change.commit().await?;
    session::grant(services, user, &session, Some(refresh_token))
}

#[cfg(test)]
mod tests {
    use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

    use super::{Origin, RefreshMode, open, to_millis};
    use crate::{
        domain::{
            account::{
                registration::{self, NewUser},
                user::{self, Role},
            },
            testing::databases,
        },
        error::Error,
    };

    #[tokio::test]
    async fn e13_a_sign_in_under_way_opens_nothing_once_what_it_proved_has_changed() {
        for fresh in databases().await {
            let services = &fresh.services;
            let new = NewUser {
                name: "Ann".into(),
                email: "ann@example.com".into(),
                password: "correct horse battery".into(),
                phone: None,
                language: None,
            };
            let mut proven =
                registration::create_confirmed(services, new, Role::User).await.unwrap();
            let try_open = async |proven: &user::User| {
                open(services, &Origin::default(), proven.clone(), RefreshMode::Static).await
            };
            for change in 0..5 {
                assert!(try_open(&proven).await.is_ok());
                proven = user::find(services, proven.id).await.unwrap().unwrap();
                let mut model = proven.clone().into_active_model();
                match change {
                    0 => model.password_hash = Set("another".into()),
                    1 => model.totp_confirmed_at = Set(Some(to_millis(services.clock.now()))),
                    2 => model.email_canonical = Set("another@example.com".into()),
                    // A sign-in after this keeps the account; one already under way must not.
                    3 => model.erase_at = Set(Some(to_millis(services.clock.now()))),
                    _ => model.suspended_at = Set(Some(to_millis(services.clock.now()))),
                }
                let changed = model.update(services.db.write()).await.unwrap();
                match try_open(&proven).await {
                    Err(Error::Forbidden) if change == 4 => {}
                    Err(Error::InvalidCredentials) if change < 4 => {}
                    other => panic!("{change}: {other:?}"),
                }
                proven = changed;
            }
        }
    }
}
