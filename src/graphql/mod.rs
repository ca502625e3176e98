//! The GraphQL door: everything between a request's text and the domain.

pub mod document;
