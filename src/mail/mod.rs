//! What mails say and how they are sent; the outbox decides which are due.

mod folder;
mod layout;
mod message_id;
mod moment;
mod notice;
mod smtp;
mod template;
mod transport;

pub use lettre::Address;
pub use message_id::{InvalidMessageId, MessageId};
pub use notice::{Notice, NoticeKind};
pub use template::{Mail, Message};
pub use transport::{FOLDER, Mailer, Outgoing, SendError, Transport};
