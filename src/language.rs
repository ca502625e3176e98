//! The two languages of people who read what the gateway says.

/// A language that every message of the gateway exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Traditional Chinese as written in Taiwan.
    ZhTw,
    #[default]
    En,
}

impl Language {
    /// The best match for an `Accept-Language` header (RFC 9110 §12.5.4); English when nothing fits.
    #[must_use]
    pub fn negotiate(accept_language: Option<&str>) -> Self {
        let mut best = (0.0, Self::default());
        for range in accept_language.unwrap_or_default().split(',').take(32) {
            let mut parts = range.split(';').map(str::trim);
            let Some(language) = parts.next().and_then(Self::from_range) else { continue };
            let quality = parts
                .find_map(|parameter| parameter.strip_prefix("q="))
                .map_or(1.0, |quality| quality.parse::<f32>().unwrap_or(0.0));
            if quality > best.0 {
                best = (quality, language);
            }
        }
        best.1
    }

    /// The BCP 47 tag, for `lang` attributes and `Content-Language`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::ZhTw => "zh-TW",
            Self::En => "en",
        }
    }

    fn from_range(range: &str) -> Option<Self> {
        let primary = range.split('-').next()?;
        if primary.eq_ignore_ascii_case("zh") {
            Some(Self::ZhTw)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::En)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn the_highest_quality_wins_and_strangers_read_english() {
        let cases = [
            (None, Language::En),
            (Some("zh-TW,zh;q=0.9,en;q=0.8"), Language::ZhTw),
            (Some("en-GB;q=0.3, zh;q=0.4"), Language::ZhTw),
            (Some("fr, de;q=0.5"), Language::En),
            (Some("zh;q=nonsense"), Language::En),
        ];
        for (header, language) in cases {
            assert_eq!(Language::negotiate(header), language, "{header:?}");
        }
    }
}
