//! Walking through a list page by page, as clients do.

use serde_json::{Value, json};

use crate::{jobs::steps::each, support::Client};

/// A list as a client asks for it; `ARGS` are the arguments of its page, `PAGE` what is asked of it.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    pub(crate) client: &'a Client,
    pub(crate) document: &'a str,
}

const PAGE: &str = "{ edges { cursor node { KEY } } nodes { KEY }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }";

#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) keys: Vec<Value>,
    pub(crate) cursors: Vec<String>,
    pub(crate) has_next: bool,
    pub(crate) has_previous: bool,
}

impl List<'_> {
    pub(crate) async fn page(&self, args: &str) -> Page {
        let key = if self.document.contains("events") { "key: position" } else { "key: id" };
        let document = self.document.replace("PAGE", PAGE).replace("KEY", key);
        let data = self.client.data(&document.replace("ARGS", args), json!({})).await;
        let connection = connection(&data);
        let edges = connection["edges"].as_array().unwrap();
        let cursors: Vec<String> =
            edges.iter().map(|edge| edge["cursor"].as_str().unwrap().to_owned()).collect();
        let info = &connection["pageInfo"];
        assert_eq!(info["startCursor"].as_str(), cursors.first().map(String::as_str));
        assert_eq!(info["endCursor"].as_str(), cursors.last().map(String::as_str));
        let keys: Vec<Value> = edges.iter().map(|edge| edge["node"]["key"].clone()).collect();
        assert_eq!(each(&connection["nodes"], "key"), keys);
        Page {
            keys,
            cursors,
            has_next: info["hasNextPage"] == true,
            has_previous: info["hasPreviousPage"] == true,
        }
    }

    /// All pages from the start to the end, with `meanwhile` after each.
    pub(crate) async fn forward(&self, size: usize, meanwhile: impl AsyncFn()) -> Vec<Value> {
        let (mut keys, mut args) = (Vec::new(), format!("first: {size}"));
        loop {
            let page = self.page(&args).await;
            assert_eq!(page.has_previous, !keys.is_empty(), "{args}");
            assert!(page.keys.len() == size || !page.has_next, "full but for the last: {args}");
            keys.extend(page.keys);
            if !page.has_next {
                return keys;
            }
            meanwhile().await;
            args = format!("first: {size}, after: \"{}\"", page.cursors.last().unwrap());
        }
    }

    /// All pages from the end to the start, with `meanwhile` after each; in the order of the list.
    pub(crate) async fn backward(&self, size: usize, meanwhile: impl AsyncFn()) -> Vec<Value> {
        let (mut keys, mut args) = (Vec::new(), format!("last: {size}"));
        loop {
            let page = self.page(&args).await;
            assert_eq!(page.has_next, !keys.is_empty(), "{args}");
            assert!(
                page.keys.len() == size || !page.has_previous,
                "full but for the first: {args}"
            );
            keys.splice(..0, page.keys);
            if !page.has_previous {
                return keys;
            }
            meanwhile().await;
            args = format!("last: {size}, before: \"{}\"", page.cursors.first().unwrap());
        }
    }
}

/// The one connection in an answer, however deep.
fn connection(data: &Value) -> &Value {
    match data.as_object() {
        Some(members) if members.contains_key("edges") => data,
        Some(members) => connection(members.values().next().unwrap()),
        None => panic!("no connection in {data}"),
    }
}

/// For walks that nothing interrupts.
pub(crate) async fn nothing() {}
