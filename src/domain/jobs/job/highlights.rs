//! Where the words of a search stand in a job.

use super::{Job, filter::question};
use crate::{
    domain::jobs::search::{Piece, excerpt, pieces},
    error::{Error, Result},
};

/// The characters of the description that are shown.
const EXCERPT: usize = 160;

/// The texts of a job in pieces.
#[derive(Debug)]
pub struct Highlights {
    /// The whole title.
    pub title: Vec<Piece>,
    /// What is around the first words that are found, or the beginning if none is.
    pub description: Vec<Piece>,
}

/// The texts of a job, with what a search finds in them; `search` is what lists take as `filter.search`.
pub fn highlights(job: &Job, search: &str) -> Result<Highlights> {
    let question = question(search).map_err(|problem| Error::field("search", problem))?;
    let question = question.as_ref();
    Ok(Highlights {
        title: pieces(question, &job.title),
        description: excerpt(question, &job.description, EXCERPT),
    })
}
