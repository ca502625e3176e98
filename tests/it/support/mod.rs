//! What several tests need.

pub(crate) mod app;
pub(crate) mod client;
pub(crate) mod config;
pub(crate) mod database;
pub(crate) mod received;
pub(crate) mod smtp;

pub(crate) use app::{PASSWORD, TestApp};
pub(crate) use client::{Client, Reply};
