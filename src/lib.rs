//! A GraphQL gateway for a gig-job marketplace (找幫手), with two documented REST APIs on the same resolvers.

pub mod app;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod cluster;
pub mod command;
pub mod config;
pub mod domain;
pub mod entity;
pub mod error;
mod fair_queue;
pub mod files;
pub mod graphql;
pub mod heartbeat;
pub mod http;
pub mod id;
pub mod language;
pub mod log;
pub mod mail;
pub mod metrics;
pub mod network;
pub mod pages;
pub mod random;
pub mod rest;
pub mod seed;
