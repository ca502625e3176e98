//! Mails: the links in them, what is promised, and its delivery.

pub mod deliver;
pub mod link;
pub mod queue;
