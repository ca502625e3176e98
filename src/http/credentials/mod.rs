//! Who sends a request, and from where: keys, tokens, cookies and addresses.

pub(super) mod authenticate;
pub(super) mod browser;
pub(super) mod client;
