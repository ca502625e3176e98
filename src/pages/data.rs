//! What the documents of the pages answer.

use serde::Deserialize;

use crate::clock::Timestamp;

/// A kind of work.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct JobType {
    pub slug: String,
    pub label_zh: String,
    pub label_en: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    pub name: String,
    pub name_en: String,
}

impl Named {
    pub fn names(&self) -> (&str, &str) {
        (&self.name, &self.name_en)
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct Rating {
    pub average: f64,
    pub count: u32,
}

/// Who posted a job.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Owner {
    pub name: String,
    pub rating: Option<Rating>,
    /// Selected for the page of a job only.
    pub completed_jobs: Option<u32>,
    pub created_at: Option<Timestamp>,
}

/// A job as `row.graphql` selects it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row {
    pub database_id: i64,
    pub title: String,
    pub job_type: String,
    pub city: String,
    pub district: Option<Named>,
    pub estimated_amount: i64,
    pub application_count: u32,
    pub scheduled_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub owner: Owner,
}

/// What the page of a job shows beside its row.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Job {
    #[serde(flatten)]
    pub row: Row,
    pub id: String,
    pub description: String,
    pub expires_at: Option<Timestamp>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PageInfo {
    pub has_next_page: bool,
    #[serde(default)]
    pub has_previous_page: bool,
    pub start_cursor: Option<String>,
    pub end_cursor: Option<String>,
}

/// One page of a list, of which some parts are selected.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Listing<T> {
    pub total_count: Option<u32>,
    #[serde(default = "Vec::new")]
    pub nodes: Vec<T>,
    pub page_info: Option<PageInfo>,
}

impl<T> Listing<T> {
    /// Where the next page begins.
    pub fn next(&self) -> Option<String> {
        let info = self.page_info.as_ref().filter(|info| info.has_next_page)?;
        info.end_cursor.clone()
    }
}

/// The answer of `types.graphql`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Types {
    pub job_types: Vec<JobType>,
}
