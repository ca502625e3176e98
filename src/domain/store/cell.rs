//! Cells of rows. What a column holds is known from its entity, which migrations are compared with; so the
//! type of a cell, which the drivers check each time, is not.

use chrono::DateTime;
use sea_orm::{
    ActiveEnum, DbErr, QueryResult, RuntimeErr,
    prelude::ChronoUnixTimestampMillis,
    sqlx::{Decode, Postgres, Row, Sqlite},
};

use crate::{
    entity::{application, job, session::RefreshMode, user::Role},
    language::Language,
};

/// A value that a cell of a row holds.
pub(in crate::domain) trait Cell: Sized {
    fn read(row: &QueryResult, place: usize) -> Result<Self, DbErr>;
}

/// What the drivers decode themselves.
macro_rules! plain {
    ($($type:ty)+) => {$(
        impl Cell for $type {
            fn read(row: &QueryResult, place: usize) -> Result<Self, DbErr> {
                decoded(row, place)
            }
        }
    )+};
}

plain! { bool i64 Option<i64> String Option<String> }

/// Enums that are stored by their names.
macro_rules! named {
    ($($type:ty)+) => {$(
        impl Cell for $type {
            fn read(row: &QueryResult, place: usize) -> Result<Self, DbErr> {
                Self::try_from_value(&decoded(row, place)?)
            }
        }
    )+};
}

named! { job::Status application::Status RefreshMode Role Language }

impl Cell for Option<job::Proposal> {
    fn read(row: &QueryResult, place: usize) -> Result<Self, DbErr> {
        let name: Option<String> = decoded(row, place)?;
        name.map(|name| job::Proposal::try_from_value(&name)).transpose()
    }
}

impl Cell for ChronoUnixTimestampMillis {
    fn read(row: &QueryResult, place: usize) -> Result<Self, DbErr> {
        moment(decoded(row, place)?)
    }
}

impl Cell for Option<ChronoUnixTimestampMillis> {
    fn read(row: &QueryResult, place: usize) -> Result<Self, DbErr> {
        decoded::<Option<i64>>(row, place)?.map(moment).transpose()
    }
}

fn moment(millis: i64) -> Result<ChronoUnixTimestampMillis, DbErr> {
    let moment = DateTime::from_timestamp_millis(millis).map(ChronoUnixTimestampMillis);
    moment.ok_or_else(|| DbErr::Type(format!("{millis} is not a moment")))
}

fn decoded<'r, T>(row: &'r QueryResult, place: usize) -> Result<T, DbErr>
where
    T: Decode<'r, Postgres> + Decode<'r, Sqlite>,
{
    let cell = match (row.try_as_pg_row(), row.try_as_sqlite_row()) {
        (Some(row), _) => row.try_get_unchecked(place),
        (_, Some(row)) => row.try_get_unchecked(place),
        _ => return Err(DbErr::Type("a row of neither database".to_owned())),
    };
    cell.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))
}
