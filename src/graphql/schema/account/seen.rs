//! What is shown of a person, by how they were reached and by whom.

use async_graphql::Description;

use crate::{
    domain::{
        account::user::Person,
        jobs::job::Detail,
        viewer::{Member, Viewer},
    },
    error::{Error, Result},
};

/// A person with an account.
#[derive(Description)]
pub struct User {
    pub(super) person: Person,
    /// How much of the person was read.
    pub(super) detail: Detail,
    seen: Seen,
}

/// How a person was reached, which decides what is shown.
enum Seen {
    /// Directly: the viewer's rights decide.
    Plainly,
    /// Through a job of this owner and this assignee, who may contact each other.
    InDeal([i64; 2]),
    /// As the person themselves, who has just proven their identity.
    InPerson,
}

impl User {
    pub(in crate::graphql) fn new(user: impl Into<Person>) -> Self {
        Self::plainly(user.into(), Detail::Full)
    }

    /// A person of whom this much was read.
    pub(in crate::graphql) fn plainly(person: Person, detail: Detail) -> Self {
        Self { person, detail, seen: Seen::Plainly }
    }

    pub(in crate::graphql) fn in_deal(person: Person, detail: Detail, deal: [i64; 2]) -> Self {
        Self { person, detail, seen: Seen::InDeal(deal) }
    }

    pub(in crate::graphql) fn in_person(user: impl Into<Person>) -> Self {
        Self { person: user.into(), detail: Detail::Full, seen: Seen::InPerson }
    }

    /// To the person and to administrators.
    pub(super) fn shows_all(&self, viewer: &Viewer) -> bool {
        let is_self = matches!(viewer, Viewer::Member(member) if member.user_id == self.person.id);
        is_self || viewer.is_admin() || matches!(self.seen, Seen::InPerson)
    }

    /// The viewer as a member, if it is the person themselves.
    pub(super) fn in_own_view<'a>(&self, viewer: &'a Viewer) -> Result<&'a Member> {
        let member = viewer.member()?;
        if member.user_id == self.person.id { Ok(member) } else { Err(Error::Forbidden) }
    }

    /// The person themselves or an administrator, but not somebody who has just registered in
    /// another person's place.
    pub(super) fn in_own_or_admin_view(&self, viewer: &Viewer) -> Result<()> {
        if viewer.is_admin() { Ok(()) } else { self.in_own_view(viewer).map(drop) }
    }

    /// Also to the partner of an assigned job.
    pub(super) fn shows_contact(&self, viewer: &Viewer) -> bool {
        let partner = match (&self.seen, viewer.user_id()) {
            (Seen::InDeal(deal), Some(id)) => {
                id != self.person.id && deal.contains(&id) && deal.contains(&self.person.id)
            }
            _ => false,
        };
        partner || self.shows_all(viewer)
    }
}
