//! Mails: the links in them, and the delivery of what changes have promised.

pub mod deliver;
pub mod link;
pub(in crate::domain) mod waiting;
