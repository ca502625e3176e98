//! Why a search finds a job, in the schema.

use async_graphql::{Description, Object};

use crate::{
    domain::jobs::{job, search::Piece},
    graphql::{engine::written::ready, schema::page::Items},
};

/// Where words are found in the texts of a job.
#[derive(Description)]
pub struct JobHighlights {
    title: Vec<TextPiece>,
    description: Vec<TextPiece>,
}

/// A piece of a text, as it was posted.
#[derive(Description)]
pub struct TextPiece(Piece);

#[Object(use_type_description)]
impl JobHighlights {
    /// The title; joined, the pieces are all of it.
    async fn title(&self) -> Items<'_, TextPiece> {
        Items(self.title.iter().collect())
    }

    /// Up to 160 characters of the description, around the first words that are found, or from its beginning if
    /// none are; with a piece `…` where text is left out before or behind.
    async fn description(&self) -> Items<'_, TextPiece> {
        Items(self.description.iter().collect())
    }
}

#[Object(use_type_description)]
impl TextPiece {
    /// The text of the piece: plain text, which may have line breaks; not HTML.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// Whether the piece is what was searched for.
    async fn is_match(&self) -> bool {
        self.0.is_match
    }
}

ready! {
    TextPiece {
        "text": text,
        "isMatch": is_match,
    }
}

impl From<job::Highlights> for JobHighlights {
    fn from(job::Highlights { title, description }: job::Highlights) -> Self {
        let pieces = |pieces: Vec<Piece>| pieces.into_iter().map(TextPiece).collect();
        Self { title: pieces(title), description: pieces(description) }
    }
}
