//! People, jobs and links for every mutation to act on.

use std::{collections::HashMap, sync::Mutex};

use chrono::TimeDelta;
use find_helper::{auth::UnsubscribeToken, domain::viewer::Scope};
use serde_json::json;

use super::table::{Proof, Sender};
use crate::{
    account::{forgot, register, request_email, token},
    jobs::{
        reviews::{completed, reviewed},
        steps::{UNLIMITED, apply, assigned, dispute, done, draft, published, text},
    },
    support::{Client, PASSWORD, Phone, TestApp},
};

pub(super) struct World {
    pub(super) app: TestApp,
    pub(super) ann: Client,
    pub(super) program: Client,
    pub(super) admin: Client,
    cat: Client,
    dan: Client,
    /// The id of an account whose address is not confirmed.
    pub(super) new: i64,
    names: HashMap<&'static str, String>,
    /// Codes of Cat and of Dan, each of which is taken once.
    codes: Mutex<[Vec<String>; 2]>,
}

impl World {
    pub(super) async fn new() -> Self {
        let flags = [UNLIMITED, &["--limit-general-per-minute=100000"]].concat();
        let (app, _) = TestApp::with(&flags).await;
        let [ann, bob, cat, dan] = [
            app.member("ann").await,
            app.member("bob").await,
            app.member("cat").await,
            app.member("dan").await,
        ];
        let (admin, program) = (app.admin("root").await, app.key(&ann, Scope::ALL).await);
        let mut names = HashMap::from([("password", PASSWORD.to_owned())]);
        names.insert("bob", bob.user_id().to_string());
        names.insert("published", published(&ann).await);
        names.insert("received", apply(&bob, &names["published"]).await);
        names.insert("draft", draft(&ann).await);
        names.insert("assigned", assigned(&ann, &bob).await);
        names.insert("begun", assigned(&ann, &bob).await);
        done(&ann, "startJob", &names["begun"]).await;
        names.insert("working", assigned(&bob, &ann).await);
        done(&bob, "startJob", &names["working"]).await;
        names.insert("disputed", assigned(&ann, &bob).await);
        done(&ann, "startJob", &names["disputed"]).await;
        dispute(&bob, &names["disputed"]).await;
        names.insert("ended", published(&ann).await);
        done(&ann, "cancelJob", &names["ended"]).await;
        names.insert("open", published(&bob).await);
        names.insert("own", apply(&ann, &published(&bob).await).await);
        names.insert("finished", completed(&ann, &bob).await);
        let job = completed(&ann, &bob).await;
        reviewed(&ann, &job, 5, "").await;
        names.insert("review", reviewed(&bob, &job, 5, "").await);
        app.tell().await;
        let notices = ann.data("{ viewer { notices { nodes { id } } } }", json!({})).await;
        names.insert("notice", text(&notices["viewer"]["notices"]["nodes"][0]["id"]));
        let unsubscribe = UnsubscribeToken::new(&app.services.keys, ann.user_id(), "all");
        names.insert("unsubscribe", unsubscribe.reveal().to_owned());
        let other = app.signed_in("ann@example.com").await;
        names.insert("session", app.member_of(&other).await.session_id.to_string());
        names.insert("refresh", ann.refresh_token().to_owned());
        names.insert("key", app.count("SELECT id FROM api_keys").await.to_string());
        register(&app, "new@example.com", PASSWORD).await;
        forgot(&app, "ann@example.com").await;
        request_email(&ann, "second@example.com").await;
        names.insert("verify", token(&app, "new@example.com", "verify").await);
        names.insert("reject", token(&app, "new@example.com", "reject").await);
        names.insert("reset", token(&app, "ann@example.com", "reset").await);
        names.insert("change", token(&app, "second@example.com", "confirm-email").await);
        let new = app.count("SELECT id FROM users WHERE email = 'new@example.com'").await;
        // From now on another mail is due, and the key was used within the last minute.
        app.advance(TimeDelta::minutes(2));
        assert_eq!(program.get("/api/jobs").await.status, 200);
        let (_, of_cat) = Phone::enrolled(&app, &cat).await;
        let enrol = "mutation($p: String!) { enrollSecondFactor(input: {password: $p}) { uri } }";
        let begun = dan.data(enrol, json!({ "p": PASSWORD })).await;
        let phone = Phone::of(begun["enrollSecondFactor"]["uri"].as_str().unwrap());
        let of_dan = [30, 0, -30].map(|seconds| phone.code_at(&app, seconds));
        let codes = Mutex::new([of_cat, of_dan.into()]);
        Self { app, ann, program, admin, cat, dan, new, names, codes }
    }

    /// The people who send such mutations.
    pub(super) fn senders(&self, sender: Sender) -> Vec<Client> {
        match sender {
            Sender::Member => vec![self.ann.clone()],
            Sender::Actor => vec![self.ann.clone(), self.program.clone()],
            Sender::Cat => vec![self.cat.clone()],
            Sender::Dan => vec![self.dan.clone()],
            Sender::Administrator => vec![self.admin.clone()],
            Sender::Stranger(_) => vec![self.app.anon()],
        }
    }

    /// A mutation as a document, with a code that was not shown before where it takes one.
    pub(super) fn document(&self, (name, sender, input): (&str, Sender, &str)) -> String {
        let mut text = format!("mutation {{ {name}{input} }}");
        for (name, value) in &self.names {
            text = text.replace(&format!("<{name}>"), value);
        }
        if text.contains("<code>") {
            let codes = &mut self.codes.lock().unwrap()[usize::from(sender == Sender::Dan)];
            text = text.replace("<code>", &codes.pop().unwrap());
        }
        text
    }

    /// The account that a stranger's proof is about.
    pub(super) fn account(&self, proof: Proof) -> i64 {
        match proof {
            Proof::LinkToNew | Proof::Unconfirmed => self.new,
            _ => self.ann.user_id(),
        }
    }
}
