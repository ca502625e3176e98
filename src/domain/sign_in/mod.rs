//! Proving to be somebody: the first time, and once more.

pub(super) mod attempt;
pub mod login;
mod open;
pub mod reauthenticate;
pub(in crate::domain) mod second_factor;
pub mod sign_out;

pub use self::attempt::{KNOWN_FOR, reset_attempts};
