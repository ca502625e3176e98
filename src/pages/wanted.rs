//! What a visitor looks for, as the address of a list says it.

use serde_json::{Map, Value, json};

use super::{address::Address, data::JobType, spoken};
use crate::{
    clock::{Precision, Timestamp, rfc3339},
    domain::jobs::place,
};

/// Jobs on one page.
const PAGE: u32 = 20;

/// The city and the kind of work that the path of a list names.
#[derive(Debug, Default)]
pub struct Place {
    pub city: Option<String>,
    pub job_type: Option<String>,
}

/// Filters, order and page of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    pub words: Option<String>,
    pub city: Option<String>,
    pub district: Option<String>,
    /// A slug.
    pub job_type: Option<String>,
    pub day: Option<Day>,
    pub min: Option<u32>,
    pub order: Order,
    pub page: At,
}

/// When the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Today,
    Tomorrow,
    Week,
    Weekend,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Order {
    #[default]
    Newest,
    Soonest,
    Pay,
}

/// Where in the list a page is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum At {
    #[default]
    Start,
    After(String),
    Before(String),
}

impl Day {
    pub const ALL: [Self; 4] = [Self::Today, Self::Tomorrow, Self::Week, Self::Weekend];

    pub fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Tomorrow => "tomorrow",
            Self::Week => "week",
            Self::Weekend => "weekend",
        }
    }

    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Today => ("今天", "Today"),
            Self::Tomorrow => ("明天", "Tomorrow"),
            Self::Week => ("本週", "This week"),
            Self::Weekend => ("週末", "Weekend"),
        }
    }

    /// From when until when: what has passed of it is left out.
    fn range(self, now: Timestamp) -> (Timestamp, Timestamp) {
        let left = spoken::days_of_week_left(now);
        let midnight = |days| spoken::midnight(now, days);
        match self {
            Self::Today => (now, midnight(1)),
            Self::Tomorrow => (midnight(1), midnight(2)),
            Self::Week => (now, midnight(left)),
            Self::Weekend => (now.max(midnight(left - 2)), midnight(left)),
        }
    }
}

impl Order {
    pub const ALL: [Self; 3] = [Self::Newest, Self::Soonest, Self::Pay];

    pub fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Soonest => "soonest",
            Self::Pay => "pay",
        }
    }

    pub fn label(self) -> (&'static str, &'static str) {
        match self {
            Self::Newest => ("最新刊登", "Newest"),
            Self::Soonest => ("最快開始", "Soonest"),
            Self::Pay => ("報酬最高", "Highest pay"),
        }
    }

    fn of_schema(self) -> &'static str {
        match self {
            Self::Newest => "NEWEST",
            Self::Soonest => "SCHEDULED_SOONEST",
            Self::Pay => "AMOUNT_HIGHEST",
        }
    }
}

impl Wanted {
    /// Parameters that mean nothing are left out.
    pub fn parse(query: &[(String, String)]) -> Self {
        let mut wanted = Self::default();
        for (name, value) in query {
            let value = value.trim();
            let text = || Some(value.to_owned()).filter(|text| !text.is_empty());
            match name.as_str() {
                "q" => wanted.words = text(),
                "city" => wanted.city = text().map(|text| city_name(&text).unwrap_or(text)),
                "district" => wanted.district = text(),
                "type" => wanted.job_type = text(),
                "when" => wanted.day = Day::ALL.into_iter().find(|day| day.name() == value),
                "min" => wanted.min = value.parse().ok().filter(|&min| min > 0),
                "sort" => {
                    let order = Order::ALL.into_iter().find(|order| order.name() == value);
                    wanted.order = order.unwrap_or_default();
                }
                "after" => wanted.page = text().map_or(At::Start, At::After),
                "before" => wanted.page = text().map_or(At::Start, At::Before),
                _ => {}
            }
        }
        wanted
    }

    /// The variables of `list.graphql`.
    pub fn variables(&self, now: Timestamp) -> Value {
        let mut filter = Map::from_iter([("status".to_owned(), json!("PUBLISHED"))]);
        let mut set = |name: &str, value: Value| {
            if !value.is_null() {
                filter.insert(name.to_owned(), value);
            }
        };
        set("search", json!(self.words));
        set("city", json!(self.city));
        set("district", json!(self.district));
        set("jobType", json!(self.job_type));
        set("minAmount", json!(self.min));
        if let Some((from, before)) = self.day.map(|day| day.range(now)) {
            set("scheduledFrom", json!(rfc3339(from, Precision::Millis)));
            set("scheduledBefore", json!(rfc3339(before, Precision::Millis)));
        }
        let order = self.order.of_schema();
        let mut all = json!({ "filter": filter, "orderBy": order });
        let (size, place) = match &self.page {
            At::Start => ("first", None),
            At::After(cursor) => ("first", Some(("after", cursor))),
            At::Before(cursor) => ("last", Some(("before", cursor))),
        };
        all[size] = json!(PAGE);
        if let Some((side, cursor)) = place {
            all[side] = json!(cursor);
        }
        all
    }

    /// The one address of this list: city and type are in the path if that can name them.
    pub fn address(&self, types: &[JobType]) -> Address {
        let city = self.city.as_deref().filter(|city| place::city(city).is_some());
        let label = self.job_type.as_ref().and_then(|slug| label_of(types, slug));
        let mut address = match (city, label) {
            (Some(city), Some(label)) => Address::jobs(&[city, label]),
            (Some(city), None) => Address::jobs(&[city]),
            (None, _) => Address::jobs(&[]),
        };
        let mut add = |name, value: Option<&str>| {
            if let Some(value) = value {
                address.query.push((name, value.to_owned()));
            }
        };
        add("q", self.words.as_deref());
        add("city", self.city.as_deref().filter(|_| city.is_none()));
        add("district", self.district.as_deref());
        let is_in_path = city.is_some() && label.is_some();
        add("type", self.job_type.as_deref().filter(|_| !is_in_path));
        add("when", self.day.map(Day::name));
        add("min", self.min.map(|min| min.to_string()).as_deref());
        add("sort", Some(self.order).filter(|&it| it != Order::Newest).map(Order::name));
        match &self.page {
            At::Start => {}
            At::After(cursor) => add("after", Some(cursor)),
            At::Before(cursor) => add("before", Some(cursor)),
        }
        address
    }

    /// Whether it is a list that search engines should know: by city and type alone, from its start.
    pub fn is_plain(&self) -> bool {
        let is_narrowed = self.words.is_some()
            || self.district.is_some()
            || self.day.is_some()
            || self.min.is_some()
            || (self.job_type.is_some() && self.city.is_none())
            || self.city.as_deref().is_some_and(|city| place::city(city).is_none());
        !is_narrowed && self.order == Order::Newest && self.page == At::Start
    }

    /// Whether filters are set that forms on small screens hide at first.
    pub fn has_more(&self) -> bool {
        let has_words = self.district.is_some() || self.job_type.is_some();
        has_words || self.day.is_some() || self.min.is_some()
    }

    /// The same list, from its start, after a change.
    pub fn but(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut changed = self.clone();
        changed.page = At::Start;
        change(&mut changed);
        changed
    }
}

/// The name of the city that a spelling means.
pub(super) fn city_name(text: &str) -> Option<String> {
    place::city(text).map(|city| city.name.to_owned())
}

/// What an address calls a kind of work.
pub(super) fn label_of<'a>(types: &'a [JobType], slug: &str) -> Option<&'a str> {
    let found = types.iter().find(|job_type| job_type.slug == slug);
    found.map(|job_type| job_type.label_zh.as_str())
}
