//! The axum edge.

pub mod portal;
