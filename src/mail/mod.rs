//! What mails say and how they are sent; the outbox decides which are due.

mod folder;
mod foreign;
mod layout;
mod links;
mod message_id;
mod moment;
mod notice;
mod samples;
mod smtp;
mod template;
#[cfg(test)]
mod tests;
mod transport;

pub use foreign::foreign;
pub use layout::{Action, Choice, Letter, Message};
pub use lettre::Address;
pub use message_id::{InvalidMessageId, MessageId};
pub use moment::moment;
pub use notice::{Notice, NoticeKind};
pub use samples::samples;
pub use template::Mail;
pub use transport::{FOLDER, Mailer, Outgoing, SendError, Transport};
