//! Proving an identity: at sign-in, and again later.

pub(super) mod attempt;
pub mod login;
mod open;
pub mod reauthenticate;
pub(in crate::domain) mod second_factor;
pub mod sign_out;

pub use self::attempt::{KNOWN_FOR, reset_attempts};
