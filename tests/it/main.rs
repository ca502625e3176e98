//! What the gateway does, seen from outside.
#![cfg(test)]

mod support;

mod architecture;
mod errors;
mod http;
mod limits;
mod mail;
mod migrations;
mod outbox;
mod rest;
mod schema;
