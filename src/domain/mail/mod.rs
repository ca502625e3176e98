//! Mails: links, the queue (outbox), and delivery.

pub mod deliver;
pub mod link;
pub mod queue;
