//! Where words are found in a job.

use serde_json::{Value, json};

use crate::{
    jobs::steps::{fields, post},
    support::{Client, TestApp},
};

const PIECES: &str =
    "highlights(search: $search) { title { text isMatch } description { text isMatch } }";

/// The pieces of a text, matches in brackets.
fn shown(pieces: &Value) -> String {
    let show = |piece: &Value| {
        let text = piece["text"].as_str().unwrap();
        if piece["isMatch"] == true { format!("[{text}]") } else { text.to_owned() }
    };
    pieces.as_array().unwrap().iter().map(show).collect()
}

async fn title(client: &Client, job: &str, search: &str) -> String {
    let query = format!(
        "query($id: ID!, $search: String!) {{ node(id: $id) {{ ... on Job {{ {PIECES} }} }} }}"
    );
    let data = client.data(&query, json!({ "id": job, "search": search })).await;
    shown(&data["node"]["highlights"]["title"])
}

#[tokio::test]
async fn what_is_marked_is_what_a_search_finds_in_the_text_as_it_was_posted() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let posted = "🎹臺北 ＷｉＦｉ安裝，約50㎡ <b>搬家清潔</b>👨\u{200D}👩\u{200D}👧Café";
    let job = post(&ann, json!({ "title": posted })).await;
    for (search, part, marked) in [
        ("台北", "臺北", "[臺北]"),
        ("wifi", "ＷｉＦｉ", "[ＷｉＦｉ]"),
        ("WIF 安裝", "ＷｉＦｉ安裝", "[ＷｉＦ]ｉ[安裝]"),
        ("50m", "50㎡", "[50㎡]"),
        ("搬家 家清 潔", "搬家清潔", "[搬家清潔]"),
        ("cafe\u{301}", "Café", "[Café]"),
        ("b", "<b>搬家清潔</b>", "<[b]>搬家清潔</[b]>"),
        ("鯨鯊 ifi", "x", "x"),
        ("🎹", "x", "x"),
        ("", "x", "x"),
    ] {
        assert_eq!(title(&anon, &job, search).await, posted.replace(part, marked), "{search}");
    }
}

#[tokio::test]
async fn a_list_shows_of_each_job_why_it_was_found() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    let long = format!("{}\n請人搬家，{}搬家", "一".repeat(100), "二".repeat(200));
    post(&ann, json!({ "title": "請人幫忙", "description": long })).await;
    post(&ann, json!({ "title": "搬家", "description": "三".repeat(170) })).await;
    let query = format!(
        "query($search: String!) {{ jobs(filter: {{search: $search}}, orderBy: RELEVANCE) {{
            nodes {{ databaseId {PIECES} }} }} }}"
    );
    let data = anon.data(&query, json!({ "search": "搬家" })).await;
    let texts = |job: &Value| ["title", "description"].map(|name| shown(&job["highlights"][name]));
    let [second, first] = [0, 1].map(|n| texts(&data["jobs"]["nodes"][n]));
    let around = format!("…{}\n請人[搬家]，{}…", "一".repeat(37), "二".repeat(117));
    assert_eq!(first, ["請人幫忙".to_owned(), around]);
    assert_eq!(second, ["[搬家]".to_owned(), format!("{}…", "三".repeat(160))]);
}

#[tokio::test]
async fn words_are_refused_as_in_a_filter() {
    let (app, anon) = TestApp::new().await;
    let ann = app.member("ann").await;
    post(&ann, json!({})).await;
    let query = format!("query($search: String!) {{ jobs {{ nodes {{ {PIECES} }} }} }}");
    for search in ["1 2 3 4 5 6 7 8 9 10 11", &"家".repeat(101), "a\u{7}b"] {
        let reply = anon.gql(&query, json!({ "search": search })).await;
        assert_eq!(fields(&reply), ["search"], "{search}");
    }
}
