//! The public pages: what they show, and how they are served.

mod home;
mod job;
mod list;
mod serving;
mod sitemap;

use axum::{body::Body, http::Method};

use crate::support::{Client, Reply};

/// What Chromium sends when a page is opened.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// Opens a page in a browser that prefers these languages.
async fn open_in(client: &Client, path: &str, languages: &str) -> Reply {
    let request = client.request(Method::GET, path).header("accept", BROWSER);
    let request = request.header("accept-language", languages);
    client.send(request.body(Body::empty()).unwrap()).await
}

/// A page that is there, in Chinese.
async fn open(client: &Client, path: &str) -> String {
    let reply = open_in(client, path, "zh-TW,zh;q=0.9").await;
    assert_eq!(reply.status, 200, "{path}: {reply:?}");
    reply.text
}

/// The number behind a global id, which is in the address of a page.
fn number(id: &str) -> &str {
    id.strip_prefix("job_").unwrap()
}

/// What stands between two texts, the first time.
fn between<'a>(html: &'a str, before: &str, after: &str) -> &'a str {
    let rest = html.split_once(before).unwrap_or_else(|| panic!("no {before}: {html}")).1;
    rest.split_once(after).unwrap().0
}

/// The titles of the rows of a list, in order.
fn titles(html: &str) -> Vec<&str> {
    let rows = html.split("<span class=\"title\">").skip(1);
    rows.map(|rest| rest.split('<').next().unwrap()).collect()
}
