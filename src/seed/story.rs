//! Generates the history of a seeded job, step by step, by the rules of its status.

use chrono::TimeDelta;
use rand::{RngExt, rngs::StdRng};

use super::{
    history::{About, Applied, Happened, History},
    vocabulary::{Vocabulary, expand, percent, pick, weighted},
};
use crate::{
    clock::Timestamp,
    domain::jobs::{
        application,
        event::Kind,
        job::{Status, Transition},
    },
};

/// How a job begins and which status it should reach.
#[derive(Debug)]
pub(super) struct Plot<'a> {
    pub owner: usize,
    /// The owner and all others are people below this number.
    pub people: usize,
    pub trade: &'a str,
    pub amount: i64,
    pub created_at: Timestamp,
    /// No event happens later.
    pub end: Timestamp,
    /// Not reached if nobody can be chosen.
    pub ending: Status,
}

/// Weights of the number of applicants.
const APPLICANTS: [(usize, u32); 9] =
    [(0, 22), (1, 20), (2, 18), (3, 14), (4, 10), (5, 7), (6, 4), (7, 3), (8, 2)];

/// Generates the history of a job to its end.
pub(super) fn tell(rng: &mut StdRng, words: &Vocabulary, plot: &Plot) -> History {
    let mut story = Story { rng, words, plot, now: plot.created_at, history: beginning(plot) };
    story.happens(Kind::Created, Some(plot.owner), About::Job);
    let only_draft =
        plot.ending == Status::Draft || plot.ending == Status::Cancelled && story.percent(10);
    if only_draft {
        story.edit();
    } else {
        story.publish();
        story.edit();
        let &(count, _) = weighted(story.rng, &APPLICANTS, |&(_, weight)| weight);
        story.receive(count.min(plot.people - 1));
    }
    story.finish();
    story.history
}

fn beginning(plot: &Plot) -> History {
    History {
        status: Status::Draft,
        version: 1,
        updated_at: plot.created_at,
        assignee: None,
        applications: Vec::new(),
        events: Vec::new(),
    }
}

struct Story<'a> {
    rng: &'a mut StdRng,
    words: &'a Vocabulary,
    plot: &'a Plot<'a>,
    now: Timestamp,
    history: History,
}

impl Story<'_> {
    /// Most owners publish immediately, the others later.
    fn publish(&mut self) {
        if self.percent(85) {
            self.history.status = Status::Published;
            self.happens(Kind::Published, Some(self.plot.owner), About::Job);
        } else {
            self.hours_pass(48);
            self.step(Transition::Publish, Some(self.plot.owner));
        }
    }

    fn edit(&mut self) {
        if self.percent(12) {
            self.hours_pass(24);
            let field = *pick(self.rng, &["description", "estimatedAmount", "title"]);
            self.changed();
            self.happens(
                Kind::Updated,
                Some(self.plot.owner),
                About::Field(field, self.history.status),
            );
        }
    }

    /// This many people apply; some of them withdraw or are rejected.
    fn receive(&mut self, count: usize) {
        for _ in 0..count {
            self.hours_pass(30);
            let index = self.apply();
            if self.percent(5) {
                self.hours_pass(12);
                let applicant = self.history.applications[index].applicant;
                self.settle(index, application::Status::Withdrawn, Some(applicant));
            } else if self.percent(6) {
                self.hours_pass(12);
                self.settle(index, application::Status::Rejected, Some(self.plot.owner));
            }
        }
    }

    fn apply(&mut self) -> usize {
        let Plot { owner, people, trade, amount, .. } = *self.plot;
        let applicant = loop {
            let person = self.rng.random_range(0..people);
            let others = &self.history.applications;
            if person != owner && others.iter().all(|other| other.applicant != person) {
                break person;
            }
        };
        let template = pick(self.rng, &self.words.messages).replace("{trade}", trade);
        let offer = amount * self.rng.random_range(85..125) / 100 / 10 * 10;
        let application = Applied {
            applicant,
            message: expand(self.rng, &template),
            offered_amount: self.percent(35).then_some(offer),
            status: application::Status::Pending,
            may_return: false,
            created_at: self.now,
            updated_at: self.now,
        };
        let index = self.history.applications.len();
        self.history.applications.push(application);
        self.happens(Kind::ApplicationReceived, Some(applicant), About::Application(index));
        index
    }

    fn finish(&mut self) {
        let owner = Some(self.plot.owner);
        match self.plot.ending {
            Status::Draft => {}
            Status::Published => self.release(),
            Status::Expired => {
                self.now = self.plot.end;
                self.step(Transition::Expire, None);
                self.reject_pending(None);
            }
            Status::Cancelled => {
                if self.percent(20) {
                    self.assign();
                }
                self.hours_pass(96);
                self.step(Transition::Cancel, owner);
                self.reject_pending(owner);
            }
            ending => self.work(ending),
        }
    }

    /// Of few jobs that are on the board, the worker or the owner has stepped back before.
    fn release(&mut self) {
        if !self.percent(5) {
            return;
        }
        let Some(assignee) = self.assign() else { return };
        self.hours_pass(24);
        let is_worker = self.percent(60);
        let by = if is_worker { assignee } else { self.plot.owner };
        let is_accepted = |it: &Applied| it.status == application::Status::Accepted;
        let Some(index) = self.history.applications.iter().position(is_accepted) else { return };
        self.history.applications[index].may_return = is_worker;
        self.settle(index, application::Status::Released, Some(by));
        self.history.status = Transition::Release.to();
        self.history.assignee = None;
        self.changed();
    }

    /// An applicant is chosen and does the work, as far as the ending says.
    fn work(&mut self, ending: Status) {
        let Some(assignee) = self.assign() else { return };
        if ending == Status::Assigned {
            return;
        }
        self.hours_pass(120);
        let starter = if self.percent(50) { assignee } else { self.plot.owner };
        self.step(Transition::Start, Some(starter));
        if ending == Status::InProgress {
            return;
        }
        self.hours_pass(10);
        if ending == Status::ReportedDone {
            // Lately: a gateway takes longer silence for an answer.
            self.now = self.now.max(self.plot.end - TimeDelta::hours(20));
        }
        if ending == Status::ReportedDone || self.percent(60) {
            self.step(Transition::Report, Some(assignee));
            self.hours_pass(20);
        }
        match ending {
            Status::Completed => self.step(Transition::Complete, Some(self.plot.owner)),
            Status::Disputed => self.step(Transition::Dispute, Some(starter)),
            _ => {}
        }
    }

    fn assign(&mut self) -> Option<usize> {
        let pending = self.pending();
        let index = match pending[..] {
            _ if self.history.status != Status::Published => return None,
            [] if self.history.applications.len() + 1 >= self.plot.people => return None,
            [] => {
                self.hours_pass(30);
                self.apply()
            }
            _ => *pick(self.rng, &pending),
        };
        self.hours_pass(48);
        self.settle(index, application::Status::Accepted, Some(self.plot.owner));
        self.history.status = Transition::Assign.to();
        self.changed();
        self.reject_pending(Some(self.plot.owner));
        self.history.assignee = Some(self.history.applications[index].applicant);
        self.history.assignee
    }

    fn step(&mut self, transition: Transition, actor: Option<usize>) {
        debug_assert!(transition.from(self.history.status).is_ok(), "{transition:?}");
        self.history.status = transition.to();
        self.changed();
        self.happens(transition.kind(), actor, About::Job);
    }

    fn changed(&mut self) {
        self.history.version += 1;
        self.history.updated_at = self.now;
    }

    fn settle(&mut self, index: usize, status: application::Status, actor: Option<usize>) {
        let application = &mut self.history.applications[index];
        application.status = status;
        application.updated_at = self.now;
        let kind = match status {
            application::Status::Pending => Kind::ApplicationReceived,
            application::Status::Withdrawn => Kind::ApplicationWithdrawn,
            application::Status::Accepted => Kind::ApplicationAccepted,
            application::Status::Released => Kind::Released,
            application::Status::Rejected => Kind::ApplicationRejected,
        };
        self.happens(kind, actor, About::Application(index));
    }

    fn reject_pending(&mut self, actor: Option<usize>) {
        for index in self.pending() {
            self.history.applications[index].may_return = self.history.status == Status::Assigned;
            self.settle(index, application::Status::Rejected, actor);
        }
    }

    fn pending(&self) -> Vec<usize> {
        let applications = self.history.applications.iter().enumerate();
        applications
            .filter(|(_, application)| application.status == application::Status::Pending)
            .map(|(index, _)| index)
            .collect()
    }

    fn happens(&mut self, kind: Kind, actor: Option<usize>, about: About) {
        self.history.events.push(Happened { kind, actor, about, at: self.now });
    }

    /// Lets up to this many hours pass, but never reaches the end: later steps need time.
    fn hours_pass(&mut self, most: i64) {
        let left = (self.plot.end - self.now).num_milliseconds();
        let delay = self.rng.random_range(0..most * 3_600_000).min(left / 4);
        self.now += TimeDelta::milliseconds(delay);
    }

    fn percent(&mut self, cases: u32) -> bool {
        percent(self.rng, cases)
    }
}
