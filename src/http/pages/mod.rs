//! Pages: the portal with its documentation, and those behind mailed links.

pub(super) mod mailed;
pub(super) mod page;
pub mod portal;
pub(in crate::http) mod public;
