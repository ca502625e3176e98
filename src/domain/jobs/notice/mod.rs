//! Notices: what people are told of jobs, and how it is mailed. docs/notices.md explains it.

mod draft;
mod feed;
mod follow;
mod invite;
mod lease;
mod letter;
mod list;
mod mails;
mod make;
mod outgoing;
mod people;
mod preference;
mod tail;
mod unsubscribe;
mod watch;
mod window;
mod words;

pub(crate) use self::follow::skip;
pub use self::{
    draft::tell,
    feed::{Feed, last_id},
    follow::{Follower, TASK, follow, make_due},
    letter::samples,
    list::{LIST, count_unread, cursor, find, list, position, prune, read, read_up_to},
    preference::{Preference, preferences, set_preferences},
    tail::Tail,
    unsubscribe::{Unsubscribing, unsubscribe},
};
pub(in crate::domain) use self::{follow::oldest_untold, list::forget, outgoing::compose};
pub use crate::entity::{
    notice::{Kind, Model as Notice},
    notice_preference::Delivery,
};
