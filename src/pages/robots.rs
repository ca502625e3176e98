//! What crawlers should leave alone, and where they find all pages.

use super::{
    address::Address,
    answer::{Answer, Content},
    visit::Visit,
};
use crate::language::Language;

/// `/robots.txt`; below a path, the host's own file has to name the sitemap.
pub fn answer(visit: &Visit<'_>) -> Answer {
    let links = visit.links();
    let closed = ["/app/", "/api/", "/graphql", "/q/"].map(|path| links.plain(path));
    let sitemap = links.canonical(&Address::of("/sitemap.xml"), Language::ZhTw);
    let closed = closed.map(|path| format!("Disallow: {path}\n")).concat();
    Answer::of(Content::Text(format!("User-agent: *\n{closed}\nSitemap: {sitemap}\n")))
}
