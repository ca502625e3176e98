//! A GraphQL gateway for a gig-job marketplace (找幫手), with two documented REST APIs on the same resolvers.

pub mod auth;
pub mod clock;
pub mod cluster;
pub mod config;
pub mod entity;
pub mod error;
pub mod http;
pub mod id;
pub mod language;
pub mod mail;
pub mod random;
