//! Jobs that are posted, changed and closed at random.

use std::collections::HashMap;

use chrono::TimeDelta;
use find_helper::{domain::jobs::job::expire_due, random::Random};
use serde_json::{Map, Value, json};

use crate::{
    jobs::steps::{BECAUSE, act, act_on, apply, done, outcome, post, text, try_to_apply},
    support::{Client, Reply, TestApp},
};

const CITIES: [&str; 2] = ["台北市", "高雄市"];
const TYPES: [&str; 2] = ["cleaning", "moving"];
const TITLES: [&str; 2] = ["搬家", "打掃"];
const AMOUNTS: [i64; 2] = [100, 900];
/// Some of them say a district of one of the cities.
const ADDRESSES: [&str; 3] = ["信義區信義路五段7號", "左營區明誠路1號", "某處1號"];
/// Districts as a filter names them, each with its city.
const DISTRICTS: [(&str, &str); 2] = [("台北信義", "台北市"), ("高雄左營", "高雄市")];
const TIMES: [&str; 2] = ["2026-02-20T00:00:00Z", "2026-03-20T00:00:00Z"];
/// States that a last job can be brought to, by who can see it there.
const STATES: [&[&str]; 4] = [
    &["PUBLISHED"],
    &["PUBLISHED", "ASSIGNED", "CANCELLED"],
    &["PUBLISHED", "ASSIGNED", "CANCELLED", "DRAFT"],
    &["PUBLISHED", "ASSIGNED", "CANCELLED", "DRAFT"],
];
/// What happens is decided by a seed.
struct Dice(Random);

impl Dice {
    fn below(&self, bound: usize) -> usize {
        let [byte]: [u8; 1] = self.0.bytes();
        usize::from(byte) % bound
    }

    fn one<T: Copy>(&self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn maybe<T>(&self, value: T) -> Option<T> {
        (self.below(3) == 0).then_some(value)
    }

    /// Fields of a job, some or all.
    fn fields(&self, all: bool) -> Value {
        let mut fields = Map::new();
        for (name, value) in [
            ("title", json!(self.one(&TITLES))),
            ("city", json!(self.one(&CITIES))),
            ("jobType", json!(self.one(&TYPES))),
            ("estimatedAmount", json!(self.one(&AMOUNTS))),
            ("scheduledAt", json!(self.maybe(self.one(&TIMES)))),
            ("description", json!(self.one(&TITLES))),
            ("address", json!(self.one(&ADDRESSES))),
        ] {
            if all || self.below(4) == 0 {
                fields.insert(name.into(), value);
            }
        }
        fields.into()
    }

    fn filter(&self, viewer: usize, owner: &Client) -> Value {
        let status = self.maybe(self.one(STATES[viewer]));
        let has_applications = matches!(status, Some("ASSIGNED" | "CANCELLED"));
        let city = self.maybe(self.one(&["臺北", "kaohsiung"]));
        let parts = json!({
            "city": city,
            "district": self.maybe(self.one(&DISTRICTS).0).filter(|_| city.is_none()),
            "withoutApplications": self.maybe(true).filter(|_| !has_applications),
            "jobTypes": self.maybe([self.one(&TYPES)]),
            "search": self.maybe(self.one(&TITLES)),
            "minAmount": self.maybe(500),
            "scheduledBefore": self.maybe("2026-03-01T00:00:00Z"),
            "status": status,
            "owner": self.maybe(format!("user_{}", owner.user_id())),
        });
        let given = parts.as_object().unwrap().clone().into_iter();
        given.filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
    }
}

/// A job and whether it is Ben's.
type Posted = (String, bool);

/// Whoever changes jobs, and what there is to change.
pub(super) struct World {
    pub(super) app: TestApp,
    dice: Dice,
    ann: Client,
    /// Is suspended now and then.
    ben: Client,
    cat: Client,
    admin: Client,
    jobs: Vec<Posted>,
    /// Applications, each with its job.
    applications: Vec<(String, Posted)>,
    taken: Vec<Posted>,
    /// How often each thing happened.
    pub(super) done: HashMap<&'static str, usize>,
}

impl World {
    pub(super) async fn new(app: TestApp, seed: u64) -> Self {
        let (ann, ben) = (app.member("ann").await, app.member("ben").await);
        let (cat, admin) = (app.member("cat").await, app.admin("zoe").await);
        let (jobs, dice) = (vec![(post(&ann, json!({})).await, false)], Dice(Random::seeded(seed)));
        let (applications, taken, done) = (Vec::new(), Vec::new(), HashMap::new());
        Self { app, dice, ann, ben, cat, admin, jobs, applications, taken, done }
    }

    /// A visitor, an applicant, an owner and an administrator.
    pub(super) fn viewers(&self) -> [Client; 4] {
        [self.app.anon(), self.cat.clone(), self.ann.clone(), self.admin.clone()]
    }

    /// A filter for one of the viewers, which a job can be made to match.
    pub(super) fn filter(&self, viewer: usize) -> Value {
        self.dice.filter(viewer, &self.ann)
    }

    /// Something happens, or is refused.
    pub(super) async fn step(&mut self) {
        let posted = self.jobs[self.dice.below(self.jobs.len())].clone();
        let (id, owner) = (posted.0.as_str(), self.owner(&posted));
        match self.dice.below(18) {
            0 | 1 => self.create().await,
            2..6 => {
                let mut input = self.dice.fields(false);
                input["id"] = id.into();
                let mutation = "mutation($input: UpdateJobInput!) {
                    updateJob(input: $input) { job { id } } }";
                let reply = owner.gql(mutation, json!({ "input": input })).await;
                self.count("update", &reply);
            }
            6 => self.act(&owner, "publishJob", id).await,
            7 => self.act(&owner, "cancelJob", id).await,
            8 | 9 => {
                let reply = try_to_apply(&self.cat, id).await;
                if self.count("apply", &reply) {
                    let id = text(&reply.json()["data"]["applyToJob"]["application"]["id"]);
                    self.applications.push((id, posted));
                }
            }
            10 | 11 => {
                let Some((application, posted)) = self.applications.pop() else { return };
                self.act(&self.owner(&posted), "acceptApplication", &application).await;
                self.taken.push(posted);
            }
            12 | 13 => {
                let Some(posted) = self.taken.last().cloned() else { return };
                let owner = self.owner(&posted);
                match self.dice.below(5) {
                    0 | 1 => self.act(&owner, "startJob", &posted.0).await,
                    2 => self.act(&owner, "completeJob", &posted.0).await,
                    3 => self.act_on(&owner, "releaseJob", &posted.0).await,
                    _ => self.act_on(&owner, "disputeJob", &posted.0).await,
                }
            }
            14 | 15 => {
                let Some((application, _)) = self.applications.pop() else { return };
                self.act(&self.cat.clone(), "withdrawApplication", &application).await;
            }
            16 => self.expire().await,
            _ => self.suspend_or_reinstate().await,
        }
    }

    fn owner(&self, posted: &Posted) -> Client {
        if posted.1 { self.ben.clone() } else { self.ann.clone() }
    }

    fn count(&mut self, name: &'static str, reply: &Reply) -> bool {
        let is_done = outcome(reply) == "ok";
        *self.done.entry(name).or_default() += usize::from(is_done);
        is_done
    }

    async fn act(&mut self, client: &Client, mutation: &'static str, id: &str) {
        let reply = act(client, mutation, id).await;
        self.count(mutation, &reply);
    }

    async fn act_on(&mut self, client: &Client, mutation: &'static str, job: &str) {
        let reply = act_on(client, mutation, job, BECAUSE).await;
        self.count(mutation, &reply);
    }

    async fn create(&mut self) {
        let is_bens = self.dice.below(2) == 0;
        let soon = (self.app.clock.now() + TimeDelta::minutes(20)).to_rfc3339();
        let mut input = self.dice.fields(true);
        input["publish"] = (self.dice.below(3) > 0).into();
        input["expiresAt"] = json!(self.dice.maybe(soon));
        let mutation =
            "mutation($input: CreateJobInput!) { createJob(input: $input) { job { id } } }";
        let owner = self.owner(&(String::new(), is_bens));
        let reply = owner.gql(mutation, json!({ "input": input })).await;
        if self.count("create", &reply) {
            self.jobs.push((text(&reply.json()["data"]["createJob"]["job"]["id"]), is_bens));
        }
    }

    async fn expire(&mut self) {
        self.app.advance(TimeDelta::minutes(10));
        *self.done.entry("expire").or_default() += expire_due(&self.app.services).await.unwrap();
    }

    async fn suspend_or_reinstate(&mut self) {
        let id = format!("user_{}", self.ben.user_id());
        let suspend =
            "mutation($id: ID!) { suspendUser(input: {id: $id, reason: \"x\"}) { user { id } } }";
        if self.ben.gql("{ viewer { id } }", json!({})).await.status.is_success() {
            let reply = self.admin.gql(suspend, json!({ "id": id })).await;
            self.count("suspend", &reply);
        } else {
            done(&self.admin, "reinstateUser", &id).await;
            self.ben = self.app.signed_in("ben@example.com").await;
        }
    }

    /// A job with this title comes into the list with this filter.
    pub(super) async fn last(&self, filter: &Value, title: &str) {
        let or = |name: &str, value: Value| {
            filter.get(name).cloned().filter(|value| !value.is_null()).unwrap_or(value)
        };
        let state = or("status", json!("PUBLISHED"));
        let district = DISTRICTS.iter().find(|(district, _)| filter["district"] == *district);
        let changes = json!({
            "title": title,
            "city": or("city", json!(district.map_or("台北市", |(_, city)| city))),
            "district": district.map(|(district, _)| district),
            "jobType": filter["jobTypes"].get(0).unwrap_or(&json!("cleaning")),
            "estimatedAmount": 900,
            "scheduledAt": TIMES[0],
            "publish": state != "DRAFT",
        });
        let job = post(&self.ann, changes).await;
        match state.as_str().unwrap() {
            "ASSIGNED" => done(&self.ann, "acceptApplication", &apply(&self.cat, &job).await).await,
            "CANCELLED" => {
                apply(&self.cat, &job).await;
                done(&self.ann, "cancelJob", &job).await;
            }
            _ => {}
        }
    }
}
