//! Runs loads in the task of their request, once no resolver can make progress. In tasks of their
//! own they would race with the resolvers that share them, and split one statement into several.

use std::{
    future::{poll_fn, ready},
    pin::pin,
    task::Poll,
    time::Duration,
};

use async_graphql::runtime::Timer;
use futures_util::{
    FutureExt, StreamExt,
    future::BoxFuture,
    stream::FuturesUnordered,
    task::{FutureObj, Spawn, SpawnError},
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Queues loads; also acts as the loaders' timer, which never waits.
#[derive(Clone)]
pub(in crate::graphql) struct Queue(UnboundedSender<FutureObj<'static, ()>>);

/// The loads that one request has queued.
pub struct Loads(UnboundedReceiver<FutureObj<'static, ()>>);

/// The queue for the loads of one request.
pub(in crate::graphql) fn batches() -> (Queue, Loads) {
    let (sender, receiver) = unbounded_channel();
    (Queue(sender), Loads(receiver))
}

impl Spawn for Queue {
    fn spawn_obj(&self, load: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.0.send(load).map_err(|_| SpawnError::shutdown())
    }
}

impl Timer for Queue {
    fn delay(&self, _: Duration) -> BoxFuture<'static, ()> {
        ready(()).boxed()
    }
}

impl Loads {
    /// Runs an execution and, whenever it is blocked, the queued loads.
    pub(in crate::graphql) async fn run<T>(mut self, execution: impl Future<Output = T>) -> T {
        let mut execution = pin!(execution);
        let mut running = FuturesUnordered::new();
        poll_fn(|cx| {
            loop {
                if let Poll::Ready(result) = execution.as_mut().poll(cx) {
                    return Poll::Ready(result);
                }
                while let Ok(load) = self.0.try_recv() {
                    running.push(load);
                }
                let mut loaded = false;
                while let Poll::Ready(Some(())) = running.poll_next_unpin(cx) {
                    loaded = true;
                }
                if !loaded {
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}
