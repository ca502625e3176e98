//! The folded texts of a job.

use std::sync::OnceLock;

use super::Job;
use crate::domain::jobs::search::fold;

/// The title and description of a job, folded when they are first looked through: once, however many
/// listeners look for words.
#[derive(Debug, Default)]
pub struct Texts(OnceLock<[String; 2]>);

impl Texts {
    /// Those of this job, always the same one.
    pub(super) fn of(&self, job: &Job) -> &[String; 2] {
        self.0.get_or_init(|| [fold(&job.title), fold(&job.description)])
    }
}
