//! Who stays connected, and whether they still may: sessions end, keys are revoked, people suspended.

use std::{
    collections::HashMap,
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tokio::{
    sync::{broadcast::error::RecvError, watch},
    time::{MissedTickBehavior, interval, sleep},
};

use crate::{
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services, api_key, stored,
        viewer::{Machine, Member, Viewer},
    },
    entity::{api_key as key_entity, session, user},
    error::{Error, Result},
};

/// Ids in one statement: below the variables that any database takes.
const IDS: usize = 500;

/// Everybody who is connected to this process with a credential.
#[derive(Default)]
pub struct Presences(Mutex<HashMap<Credential, Known>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Credential {
    Session(i64),
    Key(i64),
}

struct Known {
    user_id: i64,
    /// Whether the credential is known to have ended; one receiver for each connection.
    over: watch::Sender<bool>,
}

/// Somebody who is connected.
pub struct Presence {
    viewer: Viewer,
    /// When the access token ends.
    until: Option<Timestamp>,
    /// Unset for visitors, who have nothing that could end.
    over: Option<watch::Receiver<bool>>,
}

impl Presences {
    /// Somebody connects with a credential that is good until then.
    pub fn arrive(&self, viewer: Viewer, until: Option<Timestamp>) -> Presence {
        let over = Credential::of(&viewer).map(|(credential, user_id)| {
            let new = || Known { user_id, over: watch::Sender::new(false) };
            self.known().entry(credential).or_insert_with(new).over.subscribe()
        });
        Presence { viewer, until, over }
    }

    /// Looks at the credentials that are meant, and ends the presences of those that ended.
    async fn check(
        &self,
        services: &Services,
        meant: impl Fn(Credential, i64) -> bool,
    ) -> Result<()> {
        let (mut sessions, mut keys) = (Vec::new(), Vec::new());
        self.known().retain(|_, known| known.over.receiver_count() > 0);
        for (&credential, known) in self.known().iter() {
            match credential {
                _ if !meant(credential, known.user_id) => {}
                Credential::Session(id) => sessions.push(id),
                Credential::Key(id) => keys.push(id),
            }
        }
        let mut alive: Vec<Credential> = Vec::new();
        for ids in sessions.chunks(IDS) {
            let members = members(services, ids).await?;
            alive.extend(members.iter().map(|member| Credential::Session(member.session_id)));
        }
        for ids in keys.chunks(IDS) {
            let machines = machines(services, ids).await?;
            alive.extend(machines.iter().map(|machine| Credential::Key(machine.key_id)));
        }
        let alive: std::collections::HashSet<_> = alive.into_iter().collect();
        let looked_at = sessions.into_iter().map(Credential::Session);
        for ended in looked_at.chain(keys.into_iter().map(Credential::Key)) {
            if !alive.contains(&ended)
                && let Some(known) = self.known().remove(&ended)
            {
                known.over.send_replace(true);
            }
        }
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Credential, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Credential {
    fn of(viewer: &Viewer) -> Option<(Self, i64)> {
        match viewer {
            Viewer::Anonymous => None,
            Viewer::Member(member) => Some((Self::Session(member.session_id), member.user_id)),
            Viewer::Machine(machine) => Some((Self::Key(machine.key_id), machine.user_id)),
        }
    }
}

impl Presence {
    /// The viewer with the rights of this moment, or why they have none any more.
    pub async fn viewer(&self, services: &Services) -> Result<Viewer> {
        if self.until.is_some_and(|until| services.clock.now() >= until) {
            return Err(Error::TokenExpired);
        }
        match &self.viewer {
            Viewer::Anonymous => Ok(Viewer::Anonymous),
            Viewer::Member(member) => {
                let found = members(services, &[member.session_id]).await?.pop();
                found.map(Viewer::Member).ok_or(Error::Unauthenticated)
            }
            Viewer::Machine(machine) => {
                let found = machines(services, &[machine.key_id]).await?.pop();
                found.map(Viewer::Machine).ok_or(Error::InvalidApiKey)
            }
        }
    }

    /// Waits until the credential is good no more; the error says why.
    pub async fn ended(&self, services: &Services) -> Error {
        tokio::select! {
            error = self.revoked() => error,
            error = self.expired(services) => error,
        }
    }

    async fn revoked(&self) -> Error {
        let Some(over) = &self.over else { return pending().await };
        // The sender goes only after it has said so.
        over.clone().wait_for(|over| *over).await.map(drop).ok();
        if matches!(self.viewer, Viewer::Machine(_)) {
            Error::InvalidApiKey
        } else {
            Error::Unauthenticated
        }
    }

    /// Looks at the clock now and then: it may be set, and the machine may have slept.
    async fn expired(&self, services: &Services) -> Error {
        let Some(until) = self.until else { return pending().await };
        while let Ok(left) = (until - services.clock.now()).to_std()
            && !left.is_zero()
        {
            sleep(left.min(services.config.realtime.session_check())).await;
        }
        Error::TokenExpired
    }
}

/// Keeps the presences up to date: at wake-ups, and now and then without one.
pub async fn watch(services: Arc<Services>) {
    let mut wake_ups = services.cluster.subscribe();
    let mut ticks = interval(services.config.realtime.session_check());
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let presences = &services.presences;
    loop {
        let wake_up = tokio::select! {
            wake_up = wake_ups.recv() => wake_up,
            _ = ticks.tick() => Ok(Topic::Missed),
        };
        let checked = match wake_up {
            Ok(Topic::SessionRevoked(session)) => {
                let meant = |credential, _| credential == Credential::Session(session);
                presences.check(&services, meant).await
            }
            Ok(Topic::AccessRevoked(user)) => presences.check(&services, |_, it| it == user).await,
            Ok(Topic::Missed) | Err(RecvError::Lagged(_)) => {
                presences.check(&services, |_, _| true).await
            }
            Ok(Topic::Events | Topic::Outbox | Topic::SigningKeys) => Ok(()),
            Err(RecvError::Closed) => return,
        };
        if let Err(error) = checked {
            tracing::error!(error = &error as &dyn std::error::Error, "presences were not checked");
        }
    }
}

/// Those of the sessions that are alive, of accounts in good standing.
async fn members(services: &Services, sessions: &[i64]) -> Result<Vec<Member>> {
    let rows = session::Entity::find()
        .find_also_related(user::Entity)
        .filter(session::Column::Id.is_in(sessions.iter().copied()))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(stored(services.clock.now())))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::DeletedAt.is_null())
        .all(services.db.read())
        .await?;
    let member = |(session, user): (session::Model, Option<user::Model>)| {
        user.map(|user| Member { user_id: user.id, session_id: session.id, role: user.role })
    };
    Ok(rows.into_iter().filter_map(member).collect())
}

/// Those of the keys that are active, of accounts in good standing.
async fn machines(services: &Services, keys: &[i64]) -> Result<Vec<Machine>> {
    let rows = key_entity::Entity::find()
        .find_also_related(user::Entity)
        .filter(key_entity::Column::Id.is_in(keys.iter().copied()))
        .filter(key_entity::Column::RevokedAt.is_null())
        .filter(key_entity::Column::ExpiresAt.gt(stored(services.clock.now())))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::DeletedAt.is_null())
        .all(services.db.read())
        .await?;
    let machine = |(key, _): (api_key::ApiKey, Option<user::Model>)| Machine {
        key_id: key.id,
        user_id: key.user_id,
        scopes: api_key::scopes(&key),
        trusted_documents_only: key.trusted_documents_only,
    };
    Ok(rows.into_iter().map(machine).collect())
}
