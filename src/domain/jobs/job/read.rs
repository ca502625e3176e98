//! What is read of jobs: the columns of lists are fewer and smaller than those of a whole row.

use sea_orm::{DbErr, EntityTrait, Iterable, JoinType, QuerySelect, Select};

use super::Job;
use crate::{
    domain::{
        account::user::Person,
        store::row::{Cells, Row, row},
    },
    entity::{job, user},
};

/// How much is read of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// What lists usually show; the other fields of the row are blank.
    Brief,
    Full,
}

/// What is read of each job, and of its owner, if anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Wanted {
    pub job: Detail,
    pub owner: Option<Detail>,
}

/// A job, and its owner if wanted.
pub type Found = (Job, Option<Person>);

row! {
    Job {
        id, owner_id, assignee_id, title, description, job_type, city, city_folded, district, address,
        estimated_amount, status, scheduled_at, expires_at, version, created_at, updated_at, indexed,
        application_count, agreed_amount, reported_at, completed_at, disputed_at, proposal, proposed_by,
    }
}

impl Wanted {
    /// All of a job, nothing of its owner.
    pub const JOB: Self = Self { job: Detail::Full, owner: None };

    /// What is wanted by either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { job: self.job.max(other.job), owner: self.owner.max(other.owner) }
    }

    /// Selects the wanted columns, and joins the owner.
    pub(super) fn of(self, select: Select<job::Entity>) -> Select<job::Entity> {
        let select = select.select_only().columns(self.job.columns());
        let Some(detail) = self.owner else { return select };
        let owner = job::Entity::belongs_to(user::Entity)
            .from(job::Column::OwnerId)
            .to(user::Column::Id)
            .into();
        let select = select.join(JoinType::InnerJoin, owner);
        match detail {
            Detail::Brief => select.columns(Person::BRIEF),
            Detail::Full => select.columns(Person::COLUMNS),
        }
    }

    /// Reads what `of` selects.
    pub(super) fn read(self, cells: &mut Cells<'_>) -> Result<Found, DbErr> {
        let job = self.job.read(cells)?;
        let owner = match self.owner {
            None => None,
            Some(Detail::Brief) => Some(Person::read_brief(cells)?),
            Some(Detail::Full) => Some(Person::read(cells)?),
        };
        Ok((job, owner))
    }
}

impl Detail {
    /// The columns that `read` reads, in this order.
    pub(super) fn columns(self) -> Vec<job::Column> {
        use job::Column as C;
        match self {
            Self::Brief => vec![
                C::Id,
                C::OwnerId,
                C::AssigneeId,
                C::Title,
                C::JobType,
                C::City,
                C::EstimatedAmount,
                C::Status,
                C::CreatedAt,
            ],
            Self::Full => C::iter().collect(),
        }
    }

    pub(super) fn read(self, cells: &mut Cells<'_>) -> Result<Job, DbErr> {
        match self {
            Self::Brief => brief(cells),
            Self::Full => Job::read(cells),
        }
    }
}

fn brief(cells: &mut Cells<'_>) -> Result<Job, DbErr> {
    let (id, owner_id, assignee_id) = (cells.next()?, cells.next()?, cells.next()?);
    let (title, job_type, city) = (cells.next()?, cells.next()?, cells.next()?);
    let (estimated_amount, status, created_at) = (cells.next()?, cells.next()?, cells.next()?);
    Ok(Job {
        id,
        owner_id,
        assignee_id,
        title,
        description: String::new(),
        job_type,
        city,
        city_folded: String::new(),
        district: String::new(),
        address: String::new(),
        estimated_amount,
        status,
        scheduled_at: None,
        expires_at: None,
        version: 0,
        created_at,
        updated_at: created_at,
        indexed: 0,
        application_count: 0,
        agreed_amount: None,
        reported_at: None,
        completed_at: None,
        disputed_at: None,
        proposal: None,
        proposed_by: None,
    })
}
