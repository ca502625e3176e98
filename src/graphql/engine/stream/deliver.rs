//! Runs a subscription: one execution for each event that its client may see.

use std::sync::Arc;

use tokio::time::sleep;

use super::{Delivery, Subscription};
use crate::{
    domain::{
        jobs::event,
        limits::{self, RateLimitStatus},
    },
    error::{Error, ErrorCode, Result},
    graphql::{
        AnswerPermit, Backlog, Caller, Outcome,
        engine::execute::{Prepared, prepared},
        engine::stream::source::Verdict,
        schema::jobs::subscription::{News, Phase},
    },
};

impl Subscription {
    /// The cursor where the subscription starts, and the rate limits at that time.
    #[must_use]
    pub fn start(&self) -> (String, RateLimitStatus) {
        (self.source.start(self.engine.services()), self.standing)
    }

    /// Waits for the next event that the client may see, and until there is room for its response;
    /// an error ends the subscription, and so does the end of its subject.
    pub async fn next(&mut self, backlog: &Backlog) -> Option<Result<Delivery>> {
        let pause = self.engine.services().config.realtime.event_poll_ms;
        loop {
            let asker = self.asked.caller.asker();
            match asker.scope(self.try_next(backlog)).await {
                // The database is unavailable: waiting for it loses no event.
                Err(error) if error.code() == ErrorCode::ServiceUnavailable => sleep(pause).await,
                other => return other.transpose(),
            }
        }
    }

    async fn try_next(&mut self, backlog: &Backlog) -> Result<Option<Delivery>> {
        let services = self.engine.services().clone();
        loop {
            let Some(item) = self.source.next(&services).await? else {
                Box::pin(self.pay()).await?;
                continue;
            };
            if Box::pin(self.source.leaves_out(&services, &item)).await? {
                self.source.pass();
                continue;
            }
            // Waits for room first: a slow client must not hold a permit of the database.
            let room = backlog.room().await?;
            let turn = services.events.turn().await?;
            // Boxed: a subscription spends most of its life waiting in the line above.
            let viewer = Box::pin(self.presence.viewer(&services)).await?;
            let verdict = Box::pin(self.source.judge(&services, &viewer, item)).await?;
            self.asked.caller.viewer = viewer;
            match verdict {
                Verdict::Tell(news) => match Box::pin(self.charge_event()).await {
                    Ok(request) => {
                        self.source.pass();
                        return Box::pin(self.show(request, news, room)).await.map(Some);
                    }
                    // The event stays in the log and is read again once the limit allows.
                    Err(Error::RateLimited { retry_after }) => {
                        drop((turn, room));
                        sleep(retry_after).await;
                    }
                    Err(error) => return Err(error),
                },
                Verdict::No => self.source.pass(),
                Verdict::Never => return Ok(None),
            }
        }
    }

    /// Charges what the feed has read; waits until the limit allows it.
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
        self.source.paid();
        Ok(())
    }

    /// The operation again, charged for one event.
    async fn charge_event(&self) -> Result<Prepared> {
        let operation = self.document.operation(self.asked.name.as_deref())?;
        let prepared = prepared(operation, self.asked.variables.clone())?;
        let Caller { viewer, client, .. } = &self.asked.caller;
        let cost = u32::try_from(prepared.cost).unwrap_or(u32::MAX);
        limits::spend(self.engine.services(), viewer, client.address, cost).await?;
        Ok(prepared)
    }

    async fn show(&self, prepared: Prepared, news: News, room: AnswerPermit) -> Result<Delivery> {
        let cursor = news.cursor(self.engine.services());
        let purpose = Arc::new(Phase::Deliver(news));
        let response = self.engine.once(prepared, &self.asked.caller, purpose).await;
        let response = response.unwrap_or_default();
        let outcome = Outcome::of(response, self.standing, self.asked.language);
        Ok(Delivery { outcome, cursor, room })
    }
}
