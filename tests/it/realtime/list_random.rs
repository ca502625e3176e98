//! Random jobs and changes: a list that is kept up to date is the list that is read.

use std::collections::{BTreeMap, HashMap};

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{OPEN, list_world::World};
use crate::{
    jobs::steps::text,
    support::{Client, Server, Socket, TestApp},
};

const LISTS: usize = 5;
const STEPS: usize = 90;

const FIELDS: &str = "id title city jobType estimatedAmount scheduledAt status version";

type Jobs = BTreeMap<String, Value>;

/// A list of one viewer, as its client holds it.
#[derive(Clone)]
struct List {
    viewer: Client,
    filter: Value,
    /// The title of a job that comes into it last.
    last: String,
    held: Jobs,
    /// How often a job was told to have left that it held.
    departures: usize,
}

impl List {
    async fn read(&self) -> Jobs {
        let query = format!(
            "query($filter: JobFilter) {{ jobs(filter: $filter, first: 100) {{ nodes {{ {FIELDS} }}
                pageInfo {{ hasNextPage }} }} }}"
        );
        let jobs = self.viewer.data(&query, json!({ "filter": self.filter })).await;
        assert_eq!(jobs["jobs"]["pageInfo"]["hasNextPage"], false);
        let nodes = jobs["jobs"]["nodes"].as_array().unwrap();
        nodes.iter().map(|job| (text(&job["id"]), job.clone())).collect()
    }

    /// Does what its client does; returns whether the last job came.
    fn apply(&mut self, update: &Value) -> bool {
        let (id, job) = (text(&update["jobId"]), update["job"].clone());
        if job.is_null() {
            self.departures += usize::from(self.held.remove(&id).is_some());
            return false;
        }
        let is_last = job["title"] == *self.last;
        self.held.insert(id, job);
        is_last
    }

    /// What it holds and what is read, without the last jobs of other lists.
    async fn compare(&self) {
        let others = |jobs: Jobs| -> Jobs {
            let is_usual = |job: &Value| !text(&job["title"]).contains('終');
            jobs.into_iter().filter(|(_, job)| is_usual(job)).collect()
        };
        assert_eq!(others(self.held.clone()), others(self.read().await), "{}", self.filter);
    }
}

/// Listens after the cursor until the last job has come into each list of one viewer.
async fn keep(server: &Server, lists: &mut [List], after: &str) {
    let (mut socket, _) = Socket::of(server.address, &lists[0].viewer).await;
    let query = format!(
        "subscription($filter: JobFilter) {{
            jobListUpdated(filter: $filter) {{ jobId job {{ {FIELDS} }} }} }}"
    );
    for (id, list) in lists.iter().enumerate() {
        let payload = json!({ "query": query, "variables": { "filter": list.filter },
            "extensions": { "resumeToken": after } });
        let id = id.to_string();
        socket.say(&json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }
    let mut done = vec![false; lists.len()];
    while done.contains(&false) {
        let message = socket.hear().await;
        let update = &message["payload"]["data"]["jobListUpdated"];
        assert!(update["jobId"].is_string(), "{message}");
        let id: usize = message["id"].as_str().unwrap().parse().unwrap();
        done[id] |= lists[id].apply(update);
    }
}

/// Returns how often each thing happened, and how often a job left a list.
async fn a_list_kept_is_the_list_read(seed: u64) -> HashMap<&'static str, usize> {
    let (app, anon) = TestApp::with(OPEN).await;
    let server = Server::start(&app).await;
    let mut world = World::new(app, seed).await;
    let mut groups = Vec::new();
    for (number, viewer) in world.viewers().into_iter().enumerate() {
        let lists = (0..LISTS).map(|list| {
            let filter = world.filter(number);
            let word = filter["search"].as_str().unwrap_or("無");
            let last = format!("{word} 終{number}{list}");
            List { viewer: viewer.clone(), filter, last, held: Jobs::new(), departures: 0 }
        });
        groups.push(lists.collect::<Vec<_>>());
    }
    let mut away = groups.clone();
    let start = Socket::of(server.address, &anon).await.1;
    for list in groups.iter_mut().flatten() {
        list.held = list.read().await;
    }
    let happening = async {
        for _ in 0..STEPS {
            world.step().await;
        }
        // Others are away from here on, with what they hold now.
        let left_at = Socket::of(server.address, &anon).await.1;
        for list in away.iter_mut().flatten() {
            list.held = list.read().await;
        }
        for _ in 0..STEPS {
            world.step().await;
        }
        for list in away.iter().flatten() {
            world.last(&list.filter, &list.last).await;
        }
        left_at
    };
    let keeping = join_all(groups.iter_mut().map(|lists| keep(&server, lists, &start)));
    let (left_at, _) = tokio::join!(happening, keeping);
    join_all(away.iter_mut().map(|lists| keep(&server, lists, &left_at))).await;
    for list in groups.iter().chain(&away).flatten() {
        list.compare().await;
    }
    let departures = groups.iter().chain(&away).flatten().map(|list| list.departures).sum();
    world.done.insert("departures", departures);
    world.done
}

#[tokio::test]
async fn a_list_that_is_kept_up_to_date_is_the_list_that_is_read() {
    let mut done = HashMap::<_, usize>::new();
    for seed in 1..=3 {
        for (name, times) in a_list_kept_is_the_list_read(seed).await {
            *done.entry(name).or_default() += times;
        }
    }
    assert!(done.values().all(|times| *times > 0) && done["departures"] > 50, "{done:?}");
}
