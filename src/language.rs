//! The two languages in which the gateway writes to people.

use async_graphql::Enum;
use sea_orm::{DeriveActiveEnum, EnumIter};

/// A language in which the gateway writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Language {
    /// Traditional Chinese as written in Taiwan.
    #[sea_orm(string_value = "zh-TW")]
    ZhTw,
    /// English.
    #[default]
    #[sea_orm(string_value = "en")]
    En,
}

impl Language {
    /// The best match for language ranges (RFC 4647 §2.1) with weights, if any matches.
    #[must_use]
    pub fn best<'a>(preferences: impl Iterator<Item = (&'a str, f32)>) -> Option<Self> {
        let mut best = (0.0, None);
        for (range, weight) in preferences {
            if let Some(language) = Self::from_range(range).filter(|_| weight > best.0) {
                best = (weight, Some(language));
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

    /// The text in this language, of a pair in Chinese and English.
    #[must_use]
    pub fn pick<'a>(self, (zh, en): &(&'a str, &'a str)) -> &'a str {
        match self {
            Self::ZhTw => zh,
            Self::En => en,
        }
    }

    fn from_range(range: &str) -> Option<Self> {
        let primary = range.split(['-', '_']).next()?;
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
    fn the_highest_weight_wins() {
        let cases: [(&[(&str, f32)], _); 6] = [
            (&[], None),
            (&[("zh-TW", 1.0), ("zh", 0.9), ("en", 0.8)], Some(Language::ZhTw)),
            (&[("en-GB", 0.3), ("zh", 0.4)], Some(Language::ZhTw)),
            (&[("fr", 1.0), ("en", 0.5)], Some(Language::En)),
            (&[("fr", 1.0), ("*", 0.5)], None),
            (&[("zh", 0.0)], None),
        ];
        for (preferences, language) in cases {
            let best = Language::best(preferences.iter().copied());
            assert_eq!(best, language, "{preferences:?}");
        }
    }
}
