//! What the gateway does, seen from outside.
#![cfg(test)]

mod support;

mod account;
mod admin;
mod architecture;
mod change;
mod database;
mod documents;
mod errors;
mod fuzz;
mod graphql;
mod ground;
mod http;
mod jobs;
mod keys;
mod limits;
mod mail;
mod migrations;
mod openapi;
mod operation;
mod outbox;
mod pages;
mod realtime;
mod rest;
mod schema;
mod security;
mod seed;
