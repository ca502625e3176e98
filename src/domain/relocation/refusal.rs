//! Why an installation is not moved, in a sentence for the operator.

use crate::error::Error;

/// Why nothing was moved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("--from must name an SQLite file and --to a PostgreSQL database")]
    Backends,
    #[error("the file that --from names does not exist")]
    NoFile,
    #[error("another process has the file that --from names open: stop the gateway first")]
    InUse,
    #[error(
        "the file that --from names is not a database of this release: run `find-helper migrate` with it first"
    )]
    Release,
    #[error("the database that --to names is not empty: it has a table {0}")]
    NotEmpty(String),
    #[error("foreign keys of these tables lead in a circle: {0}")]
    Circle(String),
    #[error("rows of the table {0} are not the same in both databases: nothing was moved")]
    Differs(String),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::internal(refusal)
    }
}
