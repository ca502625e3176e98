//! API keys and their use.

mod life;
pub(crate) mod making;
mod networks;
mod requests;
mod rotation;
mod usage;
mod warnings;
