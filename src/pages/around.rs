//! Links from a job to the lists around it.

use super::{
    address::Address,
    card::{self, pick, type_name},
    data::JobType,
    shell::Shell,
    wanted::{city_name, label_of},
};

/// A link to a list that the job is in.
pub(super) struct Around {
    pub label: String,
    pub href: String,
}

/// The narrowest list first.
pub(super) fn around(shell: &Shell<'_>, city: &str, slug: &str, types: &[JobType]) -> Vec<Around> {
    let language = shell.language;
    let link = |label: String, names: &[&str]| Around {
        label,
        href: shell.links.to(&Address::jobs(names)),
    };
    let work = type_name(types, slug, language);
    let shown = card::city_name(city, language);
    let mut around = Vec::new();
    if let Some(city) = city_name(city) {
        if let Some(label) = label_of(types, slug) {
            let both = pick(language, format!("{city}{work}工作"), format!("{work} in {shown}"));
            around.push(link(both, &[&city, label]));
        }
        let all = pick(language, format!("{city}的工作"), format!("Jobs in {shown}"));
        around.push(link(all, &[&city]));
    }
    around.push(link(pick(language, "所有工作".to_owned(), "All jobs".to_owned()), &[]));
    around
}
