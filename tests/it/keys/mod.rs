//! API keys and their use.

mod life;
pub(crate) mod making;
mod networks;
mod rotation;
mod usage;
mod warnings;
