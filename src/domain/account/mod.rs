//! People's accounts, and what owners do with them.

pub mod deletion;
pub mod email_change;
pub mod password;
pub mod profile;
pub mod recovery;
pub mod registration;
pub mod second_factor;
pub mod user;
pub mod verification;
