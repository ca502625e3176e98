//! What the gateway does, seen from outside.
#![cfg(test)]

mod support;

mod architecture;
mod mail;
mod migrations;
mod rest;
mod schema;
