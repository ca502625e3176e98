//! Files of the pages: one stylesheet, one script, the drawings of the kinds of work, and pictures for previews.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

/// The drawings of the portal, one for each kind of work.
#[derive(RustEmbed)]
#[folder = "web/src/ui/drawings/"]
struct Drawings;

/// Made by web/previews.mjs.
#[derive(RustEmbed)]
#[folder = "templates/pages/previews/"]
struct Previews;

/// The name of the picture of pages that are about no kind of work, and of unknown kinds.
const GENERAL: &str = "general";
const STYLE: &str = concat!(
    include_str!("../../web/src/ui/tokens.css"),
    include_str!("../../templates/pages/pages.css")
);
/// Brings the theme and the language that were chosen in the portal; pages do without.
const CHOSEN: &str = include_str!("../../templates/pages/chosen.js");
const ICON: &str = include_str!("../../web/src/icon.svg");

/// A file that pages refer to.
#[derive(Debug, Clone)]
pub struct File {
    pub content: Cow<'static, [u8]>,
    pub content_type: &'static str,
    /// A hash of the content.
    pub version: String,
}

/// All files, by name.
static FILES: LazyLock<HashMap<String, File>> = LazyLock::new(|| {
    let mut files = HashMap::from([
        ("pages.css".to_owned(), File::new(STYLE.as_bytes().into(), "text/css; charset=utf-8")),
        (
            "chosen.js".to_owned(),
            File::new(CHOSEN.as_bytes().into(), "text/javascript; charset=utf-8"),
        ),
        ("icon.svg".to_owned(), File::new(ICON.as_bytes().into(), "image/svg+xml")),
    ]);
    for name in Previews::iter() {
        if let Some(file) = Previews::get(&name) {
            files.insert(name.into_owned(), File::new(file.data, "image/png"));
        }
    }
    files
});

/// The drawings as they stand in pages, by slug.
static DRAWN: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let drawn = Drawings::iter().filter_map(|name| {
        let svg = String::from_utf8(Drawings::get(&name)?.data.into_owned()).ok()?;
        let slug = name.strip_suffix(".svg")?.to_owned();
        Some((slug, svg.replacen("<svg", "<svg class=\"drawing\" aria-hidden=\"true\"", 1)))
    });
    drawn.collect()
});

impl File {
    fn new(content: Cow<'static, [u8]>, content_type: &'static str) -> Self {
        let hash = Sha256::digest(&content);
        let version = URL_SAFE_NO_PAD.encode(&hash[..9]);
        Self { content, content_type, version }
    }
}

/// The file with this name.
#[must_use]
pub fn file(name: &str) -> Option<&'static File> {
    FILES.get(name)
}

/// The path of a file, which changes with its content.
pub(super) fn path(name: &str) -> String {
    let version = file(name).map_or("", |file| file.version.as_str());
    format!("/pages/{name}?v={version}")
}

/// The path of the picture that previews of a page about this kind of work show.
pub(super) fn preview(slug: Option<&str>) -> String {
    let name = |slug: &str| format!("{slug}.png");
    let known = slug.map(name).filter(|name| FILES.contains_key(name));
    path(&known.unwrap_or_else(|| name(GENERAL)))
}

/// The drawing of a kind of work, as SVG of our own.
pub(super) fn drawing(slug: &str) -> &'static str {
    DRAWN.get(slug).or_else(|| DRAWN.get(GENERAL)).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stylesheet_uses_tokens_that_the_portal_has() {
        let tokens = include_str!("../../web/src/ui/tokens.css");
        let used = STYLE.split("var(").skip(1).map(|rest| rest.split(')').next().unwrap());
        for token in used {
            assert!(tokens.contains(&format!("{token}:")), "{token} is no token");
        }
        assert!(STYLE.len() < 20_000, "{}", STYLE.len());
    }

    #[test]
    fn each_drawing_has_a_picture_for_previews_and_needs_nothing_else() {
        assert_eq!(DRAWN.len(), 12);
        for (slug, svg) in &*DRAWN {
            assert!(file(&format!("{slug}.png")).is_some(), "run web/previews.mjs for {slug}");
            for foreign in ["style", "href", "<script", "<text"] {
                assert!(!svg.contains(foreign), "{slug} has {foreign}");
            }
        }
        assert_eq!(drawing("unknown"), drawing(GENERAL));
    }
}
