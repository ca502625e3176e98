//! Keyset pagination: a page starts after the sort key of a row, never at an offset.

use sea_orm::{
    ColumnTrait, Condition, DbBackend, DbErr, EntityTrait, JoinType, Order, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, Value,
    sea_query::{Asterisk, Expr, ExprTrait, Func, Iden, LikeExpr, Query, SelectStatement},
};

pub use super::position::Position;
use crate::{
    auth::Keys,
    domain::{
        Services,
        parse::Range,
        store::{
            position,
            row::{self, Cells, Row},
        },
    },
    error::{Error, FieldErrors, FieldProblem, Result},
};

pub const DEFAULT_SIZE: i64 = 20;
pub const SIZE: Range = 1..=100;
/// Most rows that a total counts; the schema says that it means as many or more.
pub const MOST_COUNTED: i64 = 10_000;

/// The arguments of a Relay connection, as sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageInput {
    pub first: Option<i64>,
    pub after: Option<String>,
    pub last: Option<i64>,
    pub before: Option<String>,
}

/// The arguments of a Relay connection, parsed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PageArgs {
    pub size: u64,
    /// Whether to read from the end of the list, as `last` requires.
    pub backward: bool,
    pub after: Option<Position>,
    pub before: Option<Position>,
    /// The newest row of the list when its first page was read, if the cursors tell.
    pub pin: Option<Position>,
}

/// One page of rows in the order of the list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub has_next: bool,
    pub has_previous: bool,
    /// What the cursors of the page are to tell as the newest row of the list.
    pub pin: Option<Position>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), has_next: false, has_previous: false, pin: None }
    }
}

/// One page of a selection, newest first, by a time and the key of each row.
pub(in crate::domain) async fn newest<E: EntityTrait>(
    services: &Services,
    select: Select<E>,
    (time, key): (E::Column, E::Column),
    args: &PageArgs,
) -> Result<Page<E::Model>> {
    let rows = select
        .filter(Condition::all().add_option(args.between(
            &time.into_expr(),
            &key.into_expr(),
            true,
        )))
        .order_by(time, args.direction(true))
        .order_by(key, args.direction(true))
        .limit(args.fetch_size())
        .all(services.db.read())
        .await?;
    Ok(args.page(rows))
}

/// Whether a column contains a text, ignoring case.
pub(in crate::domain) fn contains(column: impl ColumnTrait, text: &str) -> Expr {
    like(column, pattern(text))
}

/// The pattern that `like` finds a text with.
pub(in crate::domain) fn pattern(text: &str) -> String {
    let text = text.to_lowercase();
    let text = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{text}%")
}

/// Whether a column matches a pattern, ignoring case.
pub(in crate::domain) fn like(column: impl ColumnTrait, pattern: String) -> Expr {
    Func::lower(column.into_expr()).like(LikeExpr::new(pattern).escape('\\'))
}

impl PageInput {
    /// Checks the arguments; `list` names the list and its order, to which cursors are bound.
    pub fn parse(&self, keys: &Keys, list: &str) -> Result<PageArgs> {
        let mut errors = FieldErrors::default();
        if self.first.is_some() && self.last.is_some() {
            errors.add("last", FieldProblem::Contradicts { other: "first" });
        }
        for (name, size) in [("first", self.first), ("last", self.last)] {
            if size.is_some_and(|size| !SIZE.contains(&size)) {
                errors.add(name, FieldProblem::OutOfRange { min: *SIZE.start(), max: *SIZE.end() });
            }
        }
        let mut cursor = |name: &str, text: &Option<String>| match text {
            None => None,
            Some(text) => errors
                .check(name, position::open(keys, list, text).ok_or(FieldProblem::InvalidCursor)),
        };
        let (after, before) = (cursor("after", &self.after), cursor("before", &self.before));
        let pin = [after, before].into_iter().flatten().find_map(|(_, pin)| pin);
        let at = |cursor: Option<(Position, Option<Position>)>| cursor.map(|(at, _)| at);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let size = self.first.or(self.last).unwrap_or(DEFAULT_SIZE);
        let backward = self.last.is_some() || (self.before.is_some() && self.first.is_none());
        Ok(PageArgs {
            size: u64::try_from(size).map_err(Error::internal)?,
            backward,
            after: at(after),
            before: at(before),
            pin,
        })
    }
}

impl PageArgs {
    /// One row more than the page, to know whether there is a next page.
    #[must_use]
    pub fn fetch_size(&self) -> u64 {
        self.size + 1
    }

    /// The condition that keeps rows between the cursors, for a list sorted by `(key, id)`.
    #[must_use]
    pub fn between(&self, key: &Expr, id: &Expr, descending: bool) -> Option<Expr> {
        let bound = |position: Option<Position>, later: bool| {
            let row = Expr::tuple([key.clone(), id.clone()]);
            let at = position.map(|p| Expr::tuple([Expr::val(p.key), Expr::val(p.id)]))?;
            Some(if later == descending { row.lt(at) } else { row.gt(at) })
        };
        match (bound(self.after, true), bound(self.before, false)) {
            (Some(after), Some(before)) => Some(after.and(before)),
            (after, before) => after.or(before),
        }
    }

    /// The values of `between`, in the order of their places.
    pub(in crate::domain) fn bounds(&self) -> impl Iterator<Item = Value> {
        let positions = [self.after, self.before].into_iter().flatten();
        positions.flat_map(|Position { key, id }| [key.into(), id.into()])
    }

    /// The same for all positions: statements for them differ in values only.
    pub(in crate::domain) fn kind(&self) -> Self {
        let kind = |position: Option<Position>| position.map(|_| Position { key: 0, id: 0 });
        Self { after: kind(self.after), before: kind(self.before), pin: kind(self.pin), ..*self }
    }

    /// The order in which rows are fetched, given that of the list.
    #[must_use]
    pub fn direction(&self, descending: bool) -> Order {
        if descending == self.backward { Order::Asc } else { Order::Desc }
    }

    /// Removes the extra row and puts the rows into the order of the list.
    #[must_use]
    pub fn page<T>(&self, mut rows: Vec<T>) -> Page<T> {
        let size = usize::try_from(self.size).unwrap_or(usize::MAX);
        let (more, pin) = (rows.len() > size, self.pin);
        rows.truncate(size);
        if self.backward {
            rows.reverse();
            Page { rows, has_next: self.before.is_some(), has_previous: more, pin }
        } else {
            Page { rows, has_next: more, has_previous: self.after.is_some(), pin }
        }
    }
}

/// The number of selected rows, counted up to [`MOST_COUNTED`].
pub(in crate::domain) async fn count<E: EntityTrait>(
    services: &Services,
    select: Select<E>,
) -> Result<i64> {
    let statement = Query::select().expr(counted(select.into_query())).take();
    let count: Option<Count> = row::one(services.db.read(), &statement).await?;
    Ok(count.map_or(0, |Count(count)| count))
}

/// The number of rows of each parent, counted up to [`MOST_COUNTED`], in one statement.
pub(in crate::domain) async fn count_of_each<C: ColumnTrait>(
    services: &Services,
    mut select: SelectStatement,
    (parent, parents): (C, &[i64]),
) -> Result<Vec<(i64, i64)>> {
    if parents.is_empty() {
        return Ok(Vec::new());
    }
    select.and_where(parent.into_expr().eq(Expr::col(PARENT)));
    let statement = Query::select()
        .column(PARENT)
        .expr(counted(select))
        .from_values(parents.iter().copied(), PARENT.0)
        .take();
    let counts: Vec<(Count, Count)> = row::all(services.db.read(), &statement).await?;
    Ok(counts.into_iter().map(|(Count(parent), Count(count))| (parent, count)).collect())
}

/// Counts the rows; reading stops at the limit.
fn counted(mut select: SelectStatement) -> Expr {
    let rows =
        select.clear_selects().expr(Expr::cust("1")).limit(MOST_COUNTED.unsigned_abs()).take();
    let count = Func::count(Expr::col(Asterisk));
    let count = Query::select().expr(count).from_subquery(rows, "counted").take();
    Expr::SubQuery(None, Box::new(count.into()))
}

/// A row with a single number.
struct Count(i64);

impl Row for Count {
    fn read(cells: &mut Cells<'_>) -> Result<Self, DbErr> {
        cells.next().map(Self)
    }
}

/// The list of ids as a table with one column, in a statement.
const PARENT: (&str, &str) = ("parents", "column1");

/// Selects the newest rows of each parent, by a time and the key of each row; at least one parent. It
/// reads no other rows: `PostgreSQL` looks them up by LATERAL, SQLite by a subquery for each parent.
pub(in crate::domain) fn newest_of_each<C: ColumnTrait + Iden>(
    backend: DbBackend,
    mut select: SelectStatement,
    (time, key): (C, C),
    (parent, parents): (C, &[i64]),
    args: &PageArgs,
    columns: &[C],
) -> SelectStatement {
    select
        .and_where_option(args.between(&time.into_expr(), &key.into_expr(), true))
        .and_where(parent.into_expr().eq(Expr::col(PARENT)))
        .limit(args.fetch_size());
    let mut statement = Query::select();
    for column in [time, key] {
        select.order_by(column, args.direction(true));
        statement.order_by(("page", column), args.direction(true));
    }
    statement
        .columns(columns.iter().map(|column| ("page", *column)))
        .from_values(parents.iter().copied(), PARENT.0);
    if backend == DbBackend::Postgres {
        statement.join_lateral(JoinType::InnerJoin, select, "page", Expr::cust("TRUE"));
    } else {
        let ids = select.clear_selects().column(key).take();
        let among = Expr::col(("page", key)).in_subquery(ids);
        statement.join_as(JoinType::InnerJoin, key.entity_name(), "page", among);
    }
    statement
}
