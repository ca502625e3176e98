//! Prices of fields, in addition to one point per field: one table, by `Type.field`.
//!
//! A point is about 10 µs of CPU time. Prices are the longest time to resolve a field with 200,000
//! jobs on either database; items found by an index only cost their rows.

use std::collections::BTreeMap;

use crate::{
    error::{Error, Result},
    graphql::document::{Given, Price},
};

/// A single statement that finds its rows by an index.
const LOOK: u64 = 10;
/// A page of a list.
const LIST: u64 = 20;
/// A page that is loaded together with those of all parents.
const NESTED: u64 = 3;
/// A total: up to `page::MOST_COUNTED` entries of an index.
const TOTAL: u64 = 100;
/// A transaction.
const WRITE: u64 = 100;

/// Prices of every root field, list and total; a test fails if one is missing.
pub(in crate::graphql) const PRICES: &[Price] = &[
    Price::of("Query.apiKey", LOOK),
    Price::of("Query.apiKeys", LIST),
    Price::of("Query.auditEvents", LIST).and_given(&[
        // Only found by scanning in the order of the list.
        Given { arguments: &["filter.actor", "filter.kind"], cost: 2_000 },
        Given { arguments: &["filter.user"], cost: LIST },
    ]),
    // With all districts, whose list costs nothing more.
    Price::of("Query.cities", 300),
    Price::of("Query.job", LOOK),
    Price::of("Query.jobs", LIST).and_given(&[
        // The index of the order contains them, and is scanned further the rarer they are.
        Given {
            arguments: &[
                "filter.minAmount",
                "filter.maxAmount",
                "filter.createdFrom",
                "filter.createdBefore",
                "filter.scheduledFrom",
                "filter.scheduledBefore",
            ],
            cost: 2_000,
        },
        // Looks through the texts of a thousand jobs, then reads those that the index finds, or counts them.
        Given { arguments: &["filter.search"], cost: 1_500 },
        // Looks for a thousand jobs instead of a page, among the first twenty thousand or in the index: together
        // with the above about 70 ms on PostgreSQL, 40 on SQLite; folds and ranks their titles in up to 7.
        Given { arguments: &["orderBy=RELEVANCE"], cost: 6_000 },
        // Each type has a place of its own in the index, for each city that is meant and for each reason
        // why a person may see a job: up to 144.
        Given { arguments: &["filter.jobTypes"], cost: 2_000 },
    ]),
    Price::of("Query.jobTypes", LOOK),
    Price::of("Query.node", LOOK),
    Price::of("Query.nodes", 0).and_item(LOOK),
    Price::of("Query.rateLimit", 0),
    Price::of("Query.user", LOOK),
    Price::of("Query.users", LIST).and_given(&[
        Given { arguments: &["filter.search"], cost: 5_000 },
        Given {
            arguments: &["filter.role", "filter.isVerified", "filter.isSuspended"],
            cost: 1_000,
        },
    ]),
    Price::of("Query.viewer", LOOK),
    Price::of("Query.__schema", 300),
    Price::of("Query.__type", LOOK),
    Price::of("Mutation.exportData", 10_000),
    Price::of("Mutation.*", WRITE),
    Price::of("Subscription.*", LIST),
    Price::of("ApiKey.networks", 0),
    Price::of("ApiKey.scopes", 0),
    Price::of("ApiKey.usage", LIST),
    Price::of("ApiKeyConnection.totalCount", LOOK),
    Price::of("ApiKeyUsage.days", 30),
    Price::of("ApiKeyUsage.routes", 30),
    Price::of("ApplicationConnection.totalCount", LIST),
    Price::of("AuditEventConnection.totalCount", TOTAL),
    Price::of("City.districts", 0),
    Price::of("Job.applications", NESTED),
    Price::of("Job.events", LIST),
    // Folds 5,000 characters and looks for ten parts in them (0.8 ms); then up to 260 pieces.
    Price::of("Job.highlights", 100),
    Price::of("JobConnection.totalCount", TOTAL),
    Price::of("JobEvent.changedFields", 0),
    Price::of("JobHighlights.description", 0),
    Price::of("JobHighlights.title", 0),
    Price::of("JobNews.application", LOOK),
    Price::of("RecoveryCodesPayload.recoveryCodes", 0),
    Price::of("SessionConnection.totalCount", LIST),
    Price::of("User.applications", NESTED),
    Price::of("User.auditEvents", LIST),
    Price::of("User.jobs", NESTED),
    Price::of("User.recoveryCodesLeft", LOOK),
    Price::of("User.sessions", LIST),
    Price::of("UserConnection.totalCount", TOTAL),
];

/// The prices as the documentation shows them, and as checked in at docs/prices.json.
pub fn price_list() -> Result<String> {
    let mut rows = BTreeMap::new();
    for Price { field, each, item, given } in PRICES {
        rows.insert((*field).to_owned(), *each);
        rows.insert(format!("{field} (ids)"), *item);
        for Given { arguments, cost } in *given {
            rows.extend(arguments.iter().map(|argument| (format!("{field} ({argument})"), *cost)));
        }
    }
    rows.retain(|_, points| *points > 0);
    Ok(serde_json::to_string_pretty(&rows).map_err(Error::internal)? + "\n")
}

#[cfg(test)]
mod tests;
