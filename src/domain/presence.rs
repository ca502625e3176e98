//! Live connections, and whether they may stay: sessions end, keys are revoked, people suspended.

use std::{
    collections::{HashMap, HashSet},
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use tokio::{sync::watch, time::sleep};

use crate::{
    clock::Timestamp,
    cluster::Topic,
    domain::{
        Services, background, keys, to_millis,
        viewer::{Credential, Machine, Member, Viewer},
    },
    entity::{session, user},
    error::{Error, Result},
};

/// Name of the task that checks live connections.
pub const TASK: &str = "presences";
/// Ids per statement: within every database's limit of variables.
const IDS: usize = 500;

/// All credentials with a live connection to this process.
#[derive(Default)]
pub struct LiveConnections(Mutex<HashMap<Credential, Known>>);

struct Known {
    user_id: i64,
    /// Whether the credential has ended; one receiver per connection.
    over: watch::Sender<bool>,
}

/// A caller who stays connected.
#[derive(Debug, Clone)]
pub enum Principal {
    Anonymous,
    /// Until the access token expires.
    Member {
        member: Member,
        until: Timestamp,
    },
    Machine(Machine),
}

/// A live connection of a caller.
pub struct LiveConnection {
    visit: Principal,
    /// None for anonymous callers, who have no credential that could end.
    over: Option<watch::Receiver<bool>>,
}

impl LiveConnections {
    /// Registers a connection with a valid credential, or an anonymous one.
    pub fn connect(&self, visit: Principal) -> LiveConnection {
        let over = Credential::of(&visit).map(|(credential, user_id)| {
            let new = || Known { user_id, over: watch::Sender::new(false) };
            self.known().entry(credential).or_insert_with(new).over.subscribe()
        });
        LiveConnection { visit, over }
    }

    /// Checks the selected credentials, and ends the connections of those that ended.
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

/// The ids without duplicates.
fn ids(credentials: &[Credential], id: fn(&Credential) -> Option<i64>) -> Vec<i64> {
    let ids: HashSet<i64> = credentials.iter().filter_map(id).collect();
    ids.into_iter().collect()
}

impl Credential {
    /// The credential, and its owner.
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
    /// The viewer with current rights, or why the connection has lost them.
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

    /// Waits until the credential ends; returns the reason.
    pub async fn ended(&self, services: &Services) -> Error {
        tokio::select! {
            error = self.revoked() => error,
            error = self.expired(services) => error,
        }
    }

    async fn revoked(&self) -> Error {
        let Some(over) = &self.over else { return pending().await };
        // The sender is only dropped after it has sent true.
        over.clone().wait_for(|over| *over).await.map(drop).ok();
        if matches!(self.visit, Principal::Machine(_)) {
            Error::InvalidApiKey
        } else {
            Error::Unauthenticated
        }
    }

    /// Checks the clock periodically: it may be set, and the machine may have slept.
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

/// Checks live connections: at wake-ups, and periodically in case one is lost.
pub async fn watch(services: Arc<Services>) {
    let round = services.config.realtime.session_check_ms;
    let wants = |topic| matches!(topic, Topic::SessionRevoked(_) | Topic::AccessRevoked(_));
    let services = &*services;
    background::repeat(services, (TASK, round), wants, |topics| async move {
        let is_meant = |credential: &Credential, user_id| {
            topics.iter().any(|topic| match topic {
                Topic::SessionRevoked(session) => *credential == Credential::Session(*session),
                Topic::AccessRevoked(user) => user_id == *user,
                _ => true,
            })
        };
        services.presences.check(services, is_meant).await
    })
    .await;
}

/// Those sessions that are open and belong to accounts in good standing.
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
