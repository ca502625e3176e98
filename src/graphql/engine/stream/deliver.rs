//! The life of a subscription: an execution for each event that its client may know of.

use std::sync::Arc;

use async_graphql::Request;
use tokio::time::sleep;

use super::{Delivery, Subscription};
use crate::{
    domain::{
        jobs::event::{self, Visibility},
        limits::{self, RateLimitStatus},
    },
    error::{Error, ErrorCode, Result},
    graphql::{
        AnswerPermit, Backlog, Caller, Outcome,
        engine::execute::{Prepared, prepared},
        schema::jobs::subscription::{News, Phase},
    },
};

impl Subscription {
    /// The cursor where the subscription begins, and the state of the limits then.
    #[must_use]
    pub fn start(&self) -> (String, RateLimitStatus) {
        (event::cursor(self.engine.services(), self.feed.start()), self.standing)
    }

    /// Waits for the next event that the client may know of, and until there is room to tell it; an
    /// error ends the subscription, as does the end of what it is about.
    pub async fn next(&mut self, backlog: &Backlog) -> Option<Result<Delivery>> {
        let pause = self.engine.services().config.realtime.event_poll_ms;
        loop {
            let asker = self.asked.caller.asker();
            match asker.scope(self.try_next(backlog)).await {
                // The database is away: nothing is lost by waiting for it.
                Err(error) if error.code() == ErrorCode::ServiceUnavailable => sleep(pause).await,
                other => return other.transpose(),
            }
        }
    }

    async fn try_next(&mut self, backlog: &Backlog) -> Result<Option<Delivery>> {
        let services = self.engine.services().clone();
        loop {
            let Some(logged) = self.feed.next(&services).await? else {
                Box::pin(self.pay()).await?;
                continue;
            };
            if Box::pin(self.feed.leaves_out(&services, &logged)).await? {
                self.feed.pass();
                continue;
            }
            // First the room: who waits for a slow client must not keep a turn.
            let room = backlog.room().await?;
            let turn = services.events.turn().await?;
            // Boxed: a subscription spends its life waiting for the line above.
            let viewer = Box::pin(self.presence.viewer(&services)).await?;
            let told = Box::pin(self.feed.visibility_of(&services, &viewer, &logged)).await?;
            self.asked.caller.viewer = viewer;
            match told {
                Visibility::Yes(job) => match self.charge_event().await {
                    Ok(request) => {
                        self.feed.pass();
                        let news = News { logged, job: *job };
                        return Box::pin(self.show(request, news, room)).await.map(Some);
                    }
                    // The event is in the log, and looked at anew when there is room.
                    Err(Error::RateLimited { retry_after }) => {
                        drop((turn, room));
                        sleep(retry_after).await;
                    }
                    Err(error) => return Err(error),
                },
                Visibility::No => self.feed.pass(),
                Visibility::Never => return Ok(None),
            }
        }
    }

    /// Pays for what the feed has looked at; until there is enough to pay with, it looks no further.
    async fn pay(&mut self) -> Result<()> {
        let Caller { viewer, client, .. } = &self.asked.caller;
        let services = self.engine.services();
        loop {
            match limits::spend(services, viewer, client.address, event::CHANGE).await {
                Err(Error::RateLimited { retry_after }) => sleep(retry_after).await,
                Err(error) => return Err(error),
                Ok(()) => break,
            }
        }
        self.feed.paid();
        Ok(())
    }

    /// The operation once more, charged for one event.
    async fn charge_event(&self) -> Result<Request> {
        let operation = self.document.operation(self.asked.name.as_deref())?;
        let Prepared { request, cost, .. } = prepared(operation, self.asked.variables.clone())?;
        let Caller { viewer, client, .. } = &self.asked.caller;
        let cost = u32::try_from(cost).unwrap_or(u32::MAX);
        limits::spend(self.engine.services(), viewer, client.address, cost).await?;
        Ok(request)
    }

    async fn show(&self, request: Request, news: News, room: AnswerPermit) -> Result<Delivery> {
        let cursor = event::cursor(self.engine.services(), news.logged.event.position);
        let purpose = Arc::new(Phase::Deliver(news));
        let response = self.engine.once(request, &self.asked.caller, purpose).await;
        let response = response.unwrap_or_default();
        let outcome = Outcome::of(response, self.standing, self.asked.language);
        Ok(Delivery { outcome, cursor, room })
    }
}
