//! What the gateway does, seen from outside.
#![cfg(test)]

mod support;

mod mail;
mod rest;
mod schema;
