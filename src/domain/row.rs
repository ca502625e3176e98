//! Rows read by the place of their columns: by name, each cell costs a look-up more than its value.

use sea_orm::{
    DbErr, FromQueryResult, QueryResult, TryGetable, prelude::ChronoUnixTimestampMillis,
};

use crate::clock::Timestamp;

/// What is read from cells in a fixed order, the order in which its columns are selected.
pub(super) trait Row: Sized {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr>;
}

/// The cells of one row, from left to right.
pub(super) struct Cells<'a> {
    row: &'a QueryResult,
    place: usize,
}

/// A row in the form that statements of `SeaORM` return.
pub(super) struct ByPlace<T>(pub T);

impl Cells<'_> {
    pub fn next<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        self.place += 1;
        self.row.try_get_by_index(self.place - 1)
    }

    /// A moment, if the cell has one.
    pub fn time(&mut self) -> Result<Option<Timestamp>, DbErr> {
        Ok(self.next::<Option<ChronoUnixTimestampMillis>>()?.map(|at| at.0))
    }
}

impl<T: Row> FromQueryResult for ByPlace<T> {
    fn from_query_result(row: &QueryResult, _: &str) -> Result<Self, DbErr> {
        T::read(&mut Cells { row, place: 0 }).map(Self)
    }
}

/// Two rows side by side, as a join returns them.
impl<A: Row, B: Row> Row for (A, B) {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        Ok((A::read(cells)?, B::read(cells)?))
    }
}
