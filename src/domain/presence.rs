//! Who stays connected, and whether they still may: sessions end, keys are revoked, people suspended.

use std::{
    collections::{HashMap, HashSet},
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
        Services, keys, to_millis,
        viewer::{Credential, Machine, Member, Viewer},
    },
    entity::{session, user},
    error::{Error, Result},
};

/// Name of the task that watches who stays.
pub const TASK: &str = "presences";
/// Ids in one statement: below the variables that any database takes.
const IDS: usize = 500;

/// Everybody who is connected to this process with a credential.
#[derive(Default)]
pub struct LiveConnections(Mutex<HashMap<Credential, Known>>);

struct Known {
    user_id: i64,
    /// Whether the credential is known to have ended; one receiver for each connection.
    over: watch::Sender<bool>,
}

/// Somebody who comes to stay.
#[derive(Debug, Clone)]
pub enum Principal {
    Anonymous,
    /// Until the access token ends.
    Member {
        member: Member,
        until: Timestamp,
    },
    Machine(Machine),
}

/// Somebody who is connected.
pub struct LiveConnection {
    visit: Principal,
    /// Unset for visitors, who have nothing that could end.
    over: Option<watch::Receiver<bool>>,
}

impl LiveConnections {
    /// Somebody connects, with a good credential or none.
    pub fn connect(&self, visit: Principal) -> LiveConnection {
        let over = Credential::of(&visit).map(|(credential, user_id)| {
            let new = || Known { user_id, over: watch::Sender::new(false) };
            self.known().entry(credential).or_insert_with(new).over.subscribe()
        });
        LiveConnection { visit, over }
    }

    /// Looks at the credentials that are meant, and ends the presences of those that ended.
    async fn check(
        &self,
        services: &Services,
        meant: impl Fn(&Credential, i64) -> bool,
    ) -> Result<()> {
        self.known().retain(|_, known| known.over.receiver_count() > 0);
        let looked_at: Vec<Credential> = self
            .known()
            .iter()
            .filter(|(credential, known)| meant(credential, known.user_id))
            .map(|(credential, _)| credential.clone())
            .collect();
        let (mut sessions, mut keys) = (HashSet::new(), HashMap::new());
        for ids in ids(&looked_at, Credential::session_id).chunks(IDS) {
            let members = members(services, ids).await?;
            sessions.extend(members.iter().map(|member| member.session_id));
        }
        for ids in ids(&looked_at, Credential::key_id).chunks(IDS) {
            let active = keys::active(services, ids).await?;
            keys.extend(active.into_iter().map(|key| (key.id, key)));
        }
        let now = services.clock.now();
        let is_alive = |credential: &Credential| match credential {
            Credential::Session(id) => sessions.contains(id),
            Credential::Key(id, connected) => {
                keys.get(id).is_some_and(|key| keys::is_good(connected, key, now))
            }
        };
        for ended in looked_at.iter().filter(|credential| !is_alive(credential)) {
            if let Some(known) = self.known().remove(ended) {
                known.over.send_replace(true);
            }
        }
        Ok(())
    }

    fn known(&self) -> MutexGuard<'_, HashMap<Credential, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Each id once.
fn ids(credentials: &[Credential], id: fn(&Credential) -> Option<i64>) -> Vec<i64> {
    let ids: HashSet<i64> = credentials.iter().filter_map(id).collect();
    ids.into_iter().collect()
}

impl Credential {
    /// The credential, and whose it is.
    fn of(visit: &Principal) -> Option<(Self, i64)> {
        match visit {
            Principal::Anonymous => None,
            Principal::Member { member, .. } => {
                Some((Self::Session(member.session_id), member.user_id))
            }
            Principal::Machine(machine) => {
                Some((Self::Key(machine.key_id, machine.connected.clone()), machine.user_id))
            }
        }
    }
}

impl LiveConnection {
    /// The viewer with the rights of this moment, or why they have none any more.
    pub async fn viewer(&self, services: &Services) -> Result<Viewer> {
        let now = services.clock.now();
        match &self.visit {
            Principal::Anonymous => Ok(Viewer::Anonymous),
            Principal::Member { until, .. } if now >= *until => Err(Error::TokenExpired),
            Principal::Member { member, .. } => {
                let found = members(services, &[member.session_id]).await?.pop();
                found.map(Viewer::Member).ok_or(Error::Unauthenticated)
            }
            Principal::Machine(Machine { key_id, connected, .. }) => {
                let found = keys::active(services, &[*key_id]).await?.pop();
                let good = found.filter(|key| keys::is_good(connected, key, now));
                let machine = good.map(|key| keys::machine(&key, connected.clone()));
                machine.map(Viewer::Machine).ok_or(Error::InvalidApiKey)
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
        if matches!(self.visit, Principal::Machine(_)) {
            Error::InvalidApiKey
        } else {
            Error::Unauthenticated
        }
    }

    /// Looks at the clock now and then: it may be set, and the machine may have slept.
    async fn expired(&self, services: &Services) -> Error {
        let Principal::Member { until, .. } = &self.visit else { return pending().await };
        while let Ok(left) = (*until - services.clock.now()).to_std()
            && !left.is_zero()
        {
            sleep(left.min(services.config.realtime.session_check_ms)).await;
        }
        Error::TokenExpired
    }
}

/// Keeps the presences up to date: at wake-ups, and now and then without one.
pub async fn watch(services: Arc<Services>) {
    let mut wake_ups = services.cluster.subscribe();
    let mut ticks = interval(services.config.realtime.session_check_ms);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let presences = &services.presences;
    loop {
        services.heartbeats.beat(TASK, services.config.realtime.session_check_ms);
        let wake_up = tokio::select! {
            wake_up = wake_ups.recv() => wake_up,
            _ = ticks.tick() => Ok(Topic::Missed),
        };
        let checked = match wake_up {
            Ok(Topic::SessionRevoked(session)) => {
                let meant = |it: &Credential, _| *it == Credential::Session(session);
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
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "could not check live connections"
            );
        }
    }
}

/// Those of the sessions that are alive, of accounts in good standing.
async fn members(services: &Services, sessions: &[i64]) -> Result<Vec<Member>> {
    let rows = session::Entity::find()
        .find_also_related(user::Entity)
        .filter(session::Column::Id.is_in(sessions.iter().copied()))
        .filter(session::Column::RevokedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(to_millis(services.clock.now())))
        .filter(user::Column::SuspendedAt.is_null())
        .filter(user::Column::DeletedAt.is_null())
        .all(services.db.read())
        .await?;
    let member = |(session, user): (session::Model, Option<user::Model>)| {
        user.map(|user| Member { user_id: user.id, session_id: session.id, role: user.role })
    };
    Ok(rows.into_iter().filter_map(member).collect())
}
