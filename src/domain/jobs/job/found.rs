//! Lists of the jobs that a question finds.
//!
//! Most questions find many jobs, so the first jobs of the list are looked through. Where too few of them are
//! found to fill the page, the full-text index knows the others: along the time, those of one era after the
//! other.

use sea_orm::{
    Condition, DbBackend, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};

use super::{
    Found, JobFilter, JobOrder, Wanted, era, index,
    plan::{KEY, Plan, between},
    visible::{any, ways},
};
use crate::{
    domain::{
        Services,
        jobs::search::Question,
        store::{
            page::{PageArgs, Position},
            row, words,
        },
        viewer::Audience,
    },
    entity::job::{self, Column as C},
    error::Result,
};

/// Most jobs that are ranked by relevance; more than a page has.
pub(super) const RANKED: u64 = 1_000;

/// How many of the first jobs are looked through for a page.
const FEW: u64 = 100;
/// As many as take as long as the index where the order is not that of time and hits are rarer.
const MANY: u64 = 2_000;
/// More than are posted while jobs up to a given one are looked through.
const ANY: u64 = 100_000;

/// What is looked for.
pub(super) struct Search<'a> {
    pub services: &'a Services,
    pub audience: Audience,
    pub filter: &'a JobFilter,
    pub question: &'a Question,
    pub order: JobOrder,
    pub args: &'a PageArgs,
    pub wanted: Wanted,
}

impl Search<'_> {
    /// The jobs of one page, in the order in which they are read, and one more if there is one.
    pub(super) async fn list(&self) -> Result<Vec<Found>> {
        match self.order {
            JobOrder::Newest | JobOrder::Oldest | JobOrder::Relevance => self.along_time().await,
            JobOrder::AmountHighest | JobOrder::AmountLowest | JobOrder::ScheduledSoonest => {
                self.along_others().await
            }
        }
    }

    /// Looks through the jobs up to one, and then era by era from that one on: so no job is left out between
    /// them, whatever is posted meanwhile.
    async fn along_time(&self) -> Result<Vec<Found>> {
        let few = if self.args.fetch_size() < RANKED { FEW } else { RANKED };
        let Some((first, last)) = self.ends(few).await? else {
            return self.look(ANY, self.args).await;
        };
        let mut upto = self.args.clone();
        *(if upto.backward { &mut upto.after } else { &mut upto.before }) = Some(last);
        let mut found = self.look(ANY, &upto).await?;
        let mut eras = era::beyond((first.key, last.key), self.is_descending()).peekable();
        if eras.peek().is_none() && !self.is_full(&found) {
            return self.rest(found.len(), few).await;
        }
        for eras in eras {
            if self.is_full(&found) {
                break;
            }
            found.extend(self.indexed(&eras).await?);
            self.arrange(&mut found);
        }
        if self.is_full(&found) { Ok(found) } else { self.indexed(&[]).await }
    }

    /// Looks through some jobs, to see how frequent hits are.
    async fn along_others(&self) -> Result<Vec<Found>> {
        let found = self.look(FEW, self.args).await?;
        if self.is_full(&found) { Ok(found) } else { self.rest(found.len(), FEW).await }
    }

    /// Looks through many jobs, if as many hits as were among the first jobs promise to fill the page, or else
    /// asks the index for all.
    async fn rest(&self, hits: usize, among: u64) -> Result<Vec<Found>> {
        if hits as u64 * MANY >= self.args.size * among {
            let found = self.look(MANY, self.args).await?;
            if self.is_full(&found) {
                return Ok(found);
            }
        }
        self.indexed(&[]).await
    }

    /// The positions of the first and the n-th of all jobs that the question is asked about, if there are as
    /// many.
    async fn ends(&self, n: u64) -> Result<Option<(Position, Position)>> {
        let jobs = self.first(n, self.args).select_only().expr_as(self.order.key(), KEY);
        let statement = jobs.column(C::Id).into_query();
        let places = row::select(self.services.db.read(), &statement, |cells| {
            Ok(Position { key: cells.next()?, id: cells.next()? })
        });
        let places = places.await?;
        let are_all = (places.len() as u64) < n;
        Ok(if are_all { None } else { places.first().copied().zip(places.last().copied()) })
    }

    /// The first hits among the first jobs of the list.
    async fn look(&self, size: u64, args: &PageArgs) -> Result<Vec<Found>> {
        self.read((self.first(size, args), self.order.key()), &self.question.pieces()).await
    }

    /// The first hits of these eras that the index knows, or of all time.
    async fn indexed(&self, eras: &[String]) -> Result<Vec<Found>> {
        let backend = self.services.db.backend();
        let jobs = indexed(backend, self.audience, self.filter, self.question, eras);
        let (key, direction) = (sum(self.order), self.direction());
        let jobs = between(jobs, self.order, self.args)
            .order_by(key.clone(), direction.clone())
            .order_by(C::Id, direction);
        self.read((jobs, key), &self.question.substrings()).await
    }

    /// The first jobs of the list, found or not.
    fn first(&self, size: u64, args: &PageArgs) -> Select<job::Entity> {
        let (backend, filter) = (self.services.db.backend(), self.filter);
        let first = PageArgs { size: size - 1, ..args.clone() };
        let plan = Plan::of(backend, self.audience, filter, self.order);
        plan.page(backend, filter, self.order, &first)
    }

    /// Reads the first jobs whose texts have all pieces, of jobs that are ordered by a key and their ids.
    async fn read(
        &self,
        jobs: (Select<job::Entity>, Expr),
        pieces: &[String],
    ) -> Result<Vec<Found>> {
        let (db, wanted) = (self.services.db.read(), self.wanted);
        let ids = self.first_with(jobs, pieces);
        let direction = self.direction();
        let jobs = job::Entity::find()
            .filter(Expr::col((job::Entity, C::Id)).in_subquery(ids))
            .order_by(sum(self.order), direction.clone())
            .order_by(C::Id, direction);
        row::select(db, &wanted.of(jobs).into_query(), |cells| wanted.read(cells)).await
    }

    /// Texts are only read until the page is full, since the jobs come in the order of the list.
    fn first_with(
        &self,
        (jobs, key): (Select<job::Entity>, Expr),
        pieces: &[String],
    ) -> SelectStatement {
        let backend = self.services.db.backend();
        let jobs = jobs.select_only().column(C::Id).expr_as(key, KEY).into_query();
        let direction = self.direction();
        let mut ids = Query::select();
        ids.column(C::Id)
            .from_subquery(jobs, "first")
            .and_where_option(words::contain(backend, Expr::col(("first", C::Id)), pieces))
            .order_by(KEY, direction.clone())
            .order_by(C::Id, direction)
            .limit(self.args.fetch_size());
        Query::select().column(C::Id).from_subquery(ids, "found").take()
    }

    /// Puts what several statements have found into the order of one.
    fn arrange(&self, found: &mut Vec<Found>) {
        found.sort_unstable_by_key(|(job, _)| self.order.position(job));
        if self.is_descending() {
            found.reverse();
        }
        found.dedup_by_key(|(job, _)| job.id);
        found.truncate(usize::try_from(self.args.fetch_size()).unwrap_or(usize::MAX));
    }

    fn is_full(&self, found: &[Found]) -> bool {
        found.len() as u64 >= self.args.fetch_size()
    }

    fn direction(&self) -> Order {
        self.args.direction(self.order.descending())
    }

    fn is_descending(&self) -> bool {
        self.direction() == Order::Desc
    }
}

/// All jobs that the audience may see and the question finds.
pub(super) fn all(
    backend: DbBackend,
    audience: Audience,
    filter: &JobFilter,
    question: &Question,
) -> Select<job::Entity> {
    let pieces = question.substrings();
    let jobs = indexed(backend, audience, filter, question, &[]);
    let contain = words::contain(backend, Expr::col((job::Entity, C::Id)), &pieces);
    jobs.filter(Condition::all().add_option(contain))
}

/// The jobs with all terms of the question, of these eras or of all time.
fn indexed(
    backend: DbBackend,
    audience: Audience,
    filter: &JobFilter,
    question: &Question,
    eras: &[String],
) -> Select<job::Entity> {
    let ids = index::matching(backend, question, filter, eras);
    let jobs = filter.select(any(&ways(audience, filter.status)));
    jobs.filter(Expr::col((job::Entity, C::Id)).in_subquery(ids))
}

/// The key of the order as a sum, so that no index along it looks as if it were the shortest way.
fn sum(order: JobOrder) -> Expr {
    order.key().add(Expr::Constant(0.into()))
}
