//! What the gateway does, seen from outside.
#![cfg(test)]

mod support;

mod graphql;
mod mail;
mod openapi;
mod rest;
