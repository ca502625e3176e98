//! What the gateway does, seen from outside.
#![cfg(test)]

mod support;

mod accounts;
mod architecture;
mod database;
mod documents;
mod errors;
mod fuzz;
mod graphql;
mod ground;
mod http;
mod limits;
mod mail;
mod migrations;
mod openapi;
mod operation;
mod outbox;
mod realtime;
mod rest;
mod schema;
mod security;
