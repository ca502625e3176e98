//! What all pages have around their content.

use super::{
    address::{Address, Links},
    assets,
    visit::Visit,
};
use crate::language::Language;

/// The head, header and footer of a page.
pub(super) struct Shell<'a> {
    pub links: Links<'a>,
    pub language: Language,
    pub title: String,
    pub description: String,
    address: Address,
    /// Whether search engines may list the page: then it names its addresses.
    pub is_listed: bool,
    preview: String,
    /// Where a job like those of the page is posted.
    pub form: String,
    /// Data for search engines, safe to stand in a `script` element.
    pub posting: Option<String>,
}

impl<'a> Shell<'a> {
    pub fn new(visit: &Visit<'a>, address: Address, title: String, description: String) -> Self {
        Self {
            links: visit.links(),
            language: visit.language,
            title,
            description,
            address,
            is_listed: true,
            preview: assets::preview(None),
            form: visit.links().form(None, None),
            posting: None,
        }
    }

    /// A page about a type of work, about a city, or both.
    pub fn about(self, slug: Option<&str>, city: Option<&str>) -> Self {
        Self { preview: assets::preview(slug), form: self.links.form(slug, city), ..self }
    }

    pub fn unlisted(self) -> Self {
        Self { is_listed: false, ..self }
    }

    /// One of two texts.
    pub fn t<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.language.pick(&(zh, en))
    }

    /// One text of a pair.
    pub fn either(&self, (zh, en): (&'static str, &'static str)) -> &'static str {
        self.language.pick(&(zh, en))
    }

    pub fn to(&self, path: &str) -> String {
        self.links.to(&Address::of(path))
    }

    /// A path of the portal or of the documentation.
    pub fn app(&self, path: &str) -> String {
        self.links.plain(path)
    }

    pub fn file(&self, name: &str) -> String {
        self.links.plain(&assets::path(name))
    }

    pub fn preview(&self) -> String {
        self.links.whole(&self.links.plain(&self.preview))
    }

    pub fn canonical(&self) -> String {
        self.links.canonical(&self.address, self.language)
    }

    /// The address in each language, and for readers of none of them.
    pub fn alternates(&self) -> [(&'static str, String); 3] {
        let [zh, en] = [Language::ZhTw, Language::En]
            .map(|language| self.links.canonical(&self.address, language));
        [("zh-TW", zh.clone()), ("en", en), ("x-default", zh)]
    }

    /// The address of the page in the other language.
    pub fn other(&self) -> String {
        let other = match self.language {
            Language::ZhTw => Language::En,
            Language::En => Language::ZhTw,
        };
        self.links.pinned(&self.address, other)
    }
}
