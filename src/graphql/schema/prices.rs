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
/// The jobs of a list by one dimension: up to as many entries, or first all in a place.
const FACET: u64 = 4_000;
/// A transaction.
const WRITE: u64 = 100;

/// Prices of every root field, list and total; a test fails if one is missing.
pub(in crate::graphql) const PRICES: &[Price] = &[
    Price::of("Query.apiKey", LOOK),
    Price::of("Query.apiKeys", LIST),
    Price::of("Query.auditEvents", LIST).and_given(&[
        // Only found by scanning in the order of the list.
        Given::of(&["filter.actor", "filter.kind"], 2_000),
        Given::of(&["filter.user"], LIST),
    ]),
    // With all districts, whose list costs nothing more.
    Price::of("Query.cities", 300),
    Price::of("Query.job", LOOK),
    Price::of("Query.jobs", LIST).and_given(&[
        // The index of the order contains them, and is scanned further the rarer they are.
        Given::of(
            &[
                "filter.minAmount",
                "filter.maxAmount",
                "filter.createdFrom",
                "filter.createdBefore",
                "filter.scheduledFrom",
                "filter.scheduledBefore",
            ],
            2_000,
        ),
        // Has an index of its own in the order of time; other orders look through it, or past those with any.
        Given::of(&["filter.withoutApplications"], 2_000),
        // Looks through the texts of a thousand jobs, then reads those that the index finds; all of these
        // where they are counted. The beginning of very many words, such as `1`, takes twice as long.
        Given { of_list: 8_000, ..Given::of(&["filter.search"], 1_500) },
        // Looks for a thousand jobs instead of a page, among the first twenty thousand or in the index: together
        // with the above about 70 ms on PostgreSQL, 40 on SQLite; folds and ranks their titles in up to 7.
        Given::of(&["orderBy=RELEVANCE"], 6_000),
        // Each type has a place of its own in the index, for each city that is meant and for each reason
        // why a person may see a job: up to 144.
        Given::of(&["filter.jobTypes", "filter.districts"], 2_000),
        // The few jobs of a district are sorted by amount; its name may be that of four.
        Given::of(&["filter.district"], 500),
    ]),
    Price::of("Query.jobTypes", LOOK),
    Price::of("Query.node", LOOK),
    Price::of("Query.nodes", 0).and_item(LOOK),
    Price::of("Query.pastJob", LOOK),
    Price::of("Query.rateLimit", 0),
    // The jobs of one city or type in each status, of which a thousand rows are read.
    Price::of("Query.similarPay", 1_500),
    Price::of("Query.reviewReports", LIST),
    Price::of("Query.user", LOOK),
    Price::of("Query.users", LIST).and_given(&[
        Given::of(&["filter.search"], 5_000),
        Given::of(&["filter.role", "filter.isVerified", "filter.isSuspended"], 1_000),
    ]),
    Price::of("Query.viewer", LOOK),
    Price::of("Query.__schema", 300),
    Price::of("Query.__type", LOOK),
    Price::of("Mutation.exportData", 10_000),
    Price::of("Mutation.*", WRITE),
    Price::of("Subscription.*", LIST),
    Price::of("ApiKey.networks", 0),
    // A statement, and a hundred rows with all that they show.
    Price::of("ApiKey.recentRequests", 200),
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
    Price::of("Job.reviews", NESTED),
    Price::of_list("JobConnection.totalCount", 2 * TOTAL),
    Price::of("JobEvent.changedFields", 0),
    Price::of_list("JobFacets.city", FACET),
    Price::of_list("JobFacets.jobType", FACET),
    Price::of("JobHighlights.description", 0),
    Price::of("JobHighlights.title", 0),
    Price::of("JobNews.application", LOOK),
    Price::of("NoticeConnection.unreadCount", LOOK),
    Price::of("NoticeNews.unreadCount", LOOK),
    Price::of("MarkNoticesReadPayload.unreadCount", LOOK),
    Price::of("NoticePreferencesPayload.preferences", 0),
    Price::of("RecoveryCodesPayload.recoveryCodes", 0),
    Price::of("ReviewConnection.totalCount", LIST),
    Price::of("ReviewReportConnection.totalCount", TOTAL),
    Price::of("SessionConnection.totalCount", LIST),
    Price::of("User.applications", NESTED),
    Price::of("User.auditEvents", LIST),
    Price::of("User.completedJobs", LOOK),
    Price::of("User.jobs", NESTED),
    Price::of("User.noticePreferences", LOOK),
    Price::of("User.notices", LIST),
    // Adds up the entries of an index, 0.3 µs for each review of the person.
    Price::of("User.rating", LOOK),
    Price::of("User.recoveryCodesLeft", LOOK),
    Price::of("User.reviews", NESTED),
    Price::of("User.sessions", LIST),
    Price::of("UserConnection.totalCount", TOTAL),
];

/// The prices as the documentation shows them, and as checked in at docs/prices.json.
pub fn price_list() -> Result<String> {
    let mut rows = BTreeMap::new();
    for Price { field, each, item, given, .. } in PRICES {
        rows.insert((*field).to_owned(), *each);
        rows.insert(format!("{field} (ids)"), *item);
        for Given { arguments, cost, of_list } in *given {
            for argument in *arguments {
                rows.insert(format!("{field} ({argument})"), *cost);
                rows.insert(format!("{field} ({argument}, counted)"), *of_list);
            }
        }
    }
    rows.retain(|_, points| *points > 0);
    Ok(serde_json::to_string_pretty(&rows).map_err(Error::internal)? + "\n")
}

#[cfg(test)]
mod tests;
