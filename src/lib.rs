//! A GraphQL gateway for a gig-job marketplace (找幫手), with two documented REST APIs on the same resolvers.

pub mod clock;
pub mod config;
pub mod error;
pub mod graphql;
pub mod id;
pub mod language;
pub mod random;
