//! GraphQL over server-sent events, in distinct connections mode.

use std::{borrow::Cow, collections::VecDeque, convert::Infallible, net::IpAddr, sync::Arc};

use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{StreamExt, stream};
use tokio::time::{Instant, sleep_until};

use crate::{
    domain::{limits::RateLimitStatus, origin::Client, presence::LiveConnection},
    error::{Error, FieldError, FieldErrors, FieldProblem, Result},
    graphql::{Backlog, Caller, Delivery, Door, Operation, Outcome, Streamed, Subscription},
    http::{
        Gateway,
        credentials::authenticate,
        graphql::{
            answer::Answer,
            request::{GraphqlRequest, Incoming},
            response::{GRAPHQL_RESPONSE, respond},
        },
        reply,
        server::outgoing::{Recipient, Unsent, Written},
    },
    language::Language,
    log::record::Record,
    network::{Holding, Share},
};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Answers with an event stream; errors before a document is read are JSON with their own status.
pub(in crate::http) async fn handle(
    incoming: Incoming<'_>,
    client: Client,
    how: (Language, bool),
) -> Response {
    let gateway = incoming.gateway;
    let mut caller = Caller::unknown(client, Door::Graphql);
    let mut well_formed = true;
    match open(incoming, &mut caller, &mut well_formed, how).await {
        Ok(response) => response,
        Err(error) => {
            let outcome = gateway.engine.refuse(&caller, error, how.0).await;
            let form = (GRAPHQL_RESPONSE, well_formed);
            respond(gateway, caller.client.address, form, &outcome)
        }
    }
}

async fn open(
    incoming: Incoming<'_>,
    caller: &mut Caller,
    well_formed: &mut bool,
    (language, queries_only): (Language, bool),
) -> Result<Response> {
    let (gateway, headers) = (incoming.gateway, &incoming.parts.headers);
    let services = gateway.engine.services();
    let (viewer, presence) =
        authenticate::connect(services, Door::Graphql, headers, caller.client.address).await?;
    caller.viewer = viewer;
    let asked = incoming.read(caller).await;
    *well_formed = asked.is_ok();
    let GraphqlRequest { document, operation_name: name, variables, resume_token, share: _share } =
        asked?;
    let seat = gateway.sockets.take(caller.client.address, 1)?;
    let last_event_id = headers.get(LAST_EVENT_ID).map(|id| String::from_utf8_lossy(id.as_bytes()));
    let last_event_id = last_event_id.filter(|id| !id.is_empty());
    let returns = last_event_id.is_some();
    let resume = last_event_id.map(Cow::into_owned).or(resume_token);
    let operation = Operation { name, variables, caller: caller.clone(), language, queries_only };
    let presence = Arc::new(presence);
    Ok(match gateway.engine.stream(&document, operation, presence.clone(), resume).await {
        // Without an end event, an `EventSource` would repeat the same request for ever.
        Streamed::Single(outcome) if returns && is_lost(&outcome) => {
            StatusCode::NO_CONTENT.into_response()
        }
        Streamed::Single(outcome) => single(gateway, caller.client.address, &outcome),
        Streamed::Events(subscription) => {
            let (start, standing) = subscription.start();
            let deadline =
                Instant::now() + services.config.realtime.max_age(services.random.bytes());
            let to = gateway.recipient(caller.client.address);
            let unsent = to.unsent();
            let source = Source {
                gateway: gateway.clone(),
                // An id alone tells a client that has no event yet from where to resume.
                ready: VecDeque::from([Event::default().id(start)]),
                subscription: Some(subscription),
                presence,
                language,
                backlog: Backlog::new(&services.config),
                to,
                unread: None,
                deadline,
                standing,
                record: Record::current(),
                _seat: seat,
            };
            events(gateway, source.into_stream(), standing, unsent)
        }
    })
}

/// Whether the cursor to resume from cannot be used any more.
fn is_lost(outcome: &Outcome) -> bool {
    let is_lost = |field: &FieldError| {
        matches!(field.problem, FieldProblem::InvalidCursor | FieldProblem::CursorTooOld)
    };
    let fields = outcome.problems.iter().filter_map(|problem| problem.error.fields());
    !outcome.executed && fields.flat_map(FieldErrors::iter).any(is_lost)
}

/// A single response as a stream; an error that is not the document's fault is an HTTP error.
fn single(gateway: &Gateway, address: IpAddr, outcome: &Outcome) -> Response {
    let fault = outcome.problems.first().filter(|_| !outcome.executed);
    if fault.is_some_and(|problem| problem.code.status() != StatusCode::BAD_REQUEST) {
        return respond(gateway, address, (GRAPHQL_RESPONSE, true), outcome);
    }
    let (to, answer) = (gateway.recipient(address), Answer::of(outcome));
    let (text, holding) = match answer.json(&to) {
        Ok(Written { text, holding }) => (text, holding),
        Err(error) => (answer.instead(&error), None),
    };
    let events_now = stream::iter([next(text), complete()]).map(move |event| {
        let _until_all_is_taken = &holding;
        Ok(event)
    });
    let mut response = events(gateway, events_now, outcome.standing, to.unsent());
    reply::cookies(response.headers_mut(), outcome);
    response
}

fn events(
    gateway: &Gateway,
    stream: impl stream::Stream<Item = Result<Event, Infallible>> + Send + 'static,
    standing: RateLimitStatus,
    unsent: Unsent,
) -> Response {
    let pause = gateway.engine.services().config.realtime.socket_ping_ms;
    let mut response =
        Sse::new(stream).keep_alive(KeepAlive::new().interval(pause)).into_response();
    // Tells proxies not to buffer the response.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    reply::limits(response.headers_mut(), standing, None);
    response.extensions_mut().insert(unsent);
    response
}

fn next(text: String) -> Event {
    Event::default().event("next").data(text)
}

fn complete() -> Event {
    Event::default().event("complete").data("")
}

/// The events of a subscription, until it ends or the client loses access.
struct Source {
    gateway: Arc<Gateway>,
    ready: VecDeque<Event>,
    /// None at the end.
    subscription: Option<Box<Subscription>>,
    presence: Arc<LiveConnection>,
    language: Language,
    backlog: Backlog,
    to: Recipient,
    /// The bytes of the last event, held until the next one is requested.
    unread: Option<Holding>,
    deadline: Instant,
    standing: RateLimitStatus,
    record: Option<Record>,
    _seat: Share,
}

impl Source {
    fn into_stream(self) -> impl stream::Stream<Item = Result<Event, Infallible>> {
        stream::unfold(self, async |mut source| Some((Ok(source.event().await?), source)))
    }

    async fn event(&mut self) -> Option<Event> {
        if let Some(event) = self.ready.pop_front() {
            return Some(event);
        }
        self.unread = None;
        let services = self.gateway.engine.services();
        let told = tokio::select! {
            biased;
            error = self.presence.ended(services) => Some(Err(error)),
            // Without `complete`, so that the client reconnects and resumes.
            () = self.gateway.closing() => return None,
            () = sleep_until(self.deadline) => return None,
            told = self.subscription.as_mut()?.next(&self.backlog) => told,
        };
        let told = told.map(|told| told.and_then(|delivery| self.event_of(&delivery)));
        match told {
            Some(Ok(event)) => {
                self.record.iter().for_each(Record::count);
                return Some(event);
            }
            Some(Err(error)) => {
                self.record.iter().for_each(|record| record.fail(error.code().name()));
                let outcome = Outcome::refused(error, self.standing, self.language);
                let text = serde_json::to_string(&Answer::of(&outcome)).unwrap_or_default();
                self.ready.extend([next(text), complete()]);
            }
            None => self.ready.push_back(complete()),
        }
        self.subscription = None;
        self.ready.pop_front()
    }

    /// The event as JSON; one over the limit ends the stream and is sent again after a reconnect.
    fn event_of(&mut self, delivery: &Delivery) -> Result<Event> {
        let answer = Answer::of_event(delivery);
        let text = match answer.json(&self.to) {
            Ok(Written { text, holding }) => {
                self.unread = holding;
                text
            }
            Err(error @ Error::ResponseTooLarge) => answer.instead(&error),
            Err(error) => return Err(error),
        };
        Ok(next(text).id(&delivery.cursor))
    }
}
