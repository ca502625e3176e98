//! The addresses of pages: below the path of the gateway, and one for each language.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{config::Config, language::Language};

/// What stands for itself in a path (RFC 3986 §2.3).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The parameter that names the language of a page.
pub(super) const LANGUAGE: &str = "lang";

/// A page, without the language that it is read in.
#[derive(Debug, Clone, Default)]
pub(super) struct Address {
    pub path: String,
    pub query: Vec<(&'static str, String)>,
}

impl Address {
    pub fn of(path: &str) -> Self {
        Self { path: path.to_owned(), query: Vec::new() }
    }

    /// The list of jobs below these names.
    pub fn jobs(names: &[&str]) -> Self {
        let names = names.iter().map(|name| format!("/{}", utf8_percent_encode(name, ESCAPED)));
        Self::of(&format!("/jobs{}", names.collect::<String>()))
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }
}

/// Makes links of addresses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Links<'a> {
    config: &'a Config,
    /// The language that the address of this page names; links keep it.
    pin: Option<Language>,
}

impl<'a> Links<'a> {
    pub fn new(config: &'a Config, pin: Option<Language>) -> Self {
        Self { config, pin }
    }

    /// From one page to another.
    pub fn to(&self, address: &Address) -> String {
        self.written(address, self.pin)
    }

    /// From a page to itself in a language, whatever the browser prefers.
    pub fn pinned(&self, address: &Address, language: Language) -> String {
        self.written(address, Some(language))
    }

    /// A path of the portal or of the documentation, which know languages by themselves.
    pub fn plain(&self, path: &str) -> String {
        format!("{}{path}", self.config.prefix())
    }

    /// The portal's form for a job, which begins with what a page is about.
    pub fn form(&self, job_type: Option<&str>, city: Option<&str>) -> String {
        let mut form = Address::of("/app/jobs/new");
        let about = [("type", job_type), ("city", city)];
        form.query.extend(about.iter().filter_map(|(name, it)| Some((*name, (*it)?.to_owned()))));
        self.written(&form, None)
    }

    /// The whole address of a page in a language: the one without a parameter is Chinese to whoever
    /// names no language, as search engines do.
    pub fn canonical(&self, address: &Address, language: Language) -> String {
        let pin = Some(language).filter(|&language| language != Language::ZhTw);
        self.whole(&self.written(address, pin))
    }

    /// The whole address of a path that is below the prefix already.
    pub fn whole(&self, path: &str) -> String {
        format!("{}{path}", self.config.public_url.origin().ascii_serialization())
    }

    /// The parameter that forms send along, if the address names a language.
    pub fn pin(&self) -> Option<&'static str> {
        self.pin.map(Language::tag)
    }

    fn written(&self, Address { path, query }: &Address, pin: Option<Language>) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        pairs.extend_pairs(query);
        if let Some(language) = pin {
            pairs.append_pair(LANGUAGE, language.tag());
        }
        let query = pairs.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{path}{mark}{query}", self.config.prefix())
    }
}
