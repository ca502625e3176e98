//! The life of a job as a page, from the table of its steps.

use async_graphql::resolver_utils::EnumType;

use crate::domain::jobs::{
    job::{
        Status, Transition,
        status::{Guard, LIFE, Rule, Who},
    },
    told::{Role, told},
};

/// The page around the table and the diagram.
const PAGE: &str = include_str!("life.md");

/// The life of a job, as checked in at docs/jobs.md.
#[must_use]
pub fn life_page() -> String {
    PAGE.replace("{diagram}", &diagram()).replace("{table}", &table())
}

fn table() -> String {
    let row = |rule: &Rule| {
        let told: Vec<_> =
            told(rule.transition.kind()).iter().map(|role| role_name(*role)).collect();
        let cells = [
            step(rule.transition).to_owned(),
            listed(rule.from.iter().map(|status| format!("`{}`", name(*status)))),
            format!("`{}`", name(rule.transition.to())),
            listed(rule.by.iter().map(|who| who_name(*who).to_owned())),
            condition(rule).to_owned(),
            format!("`{}`", name(rule.transition.kind())),
            if told.is_empty() { "–".to_owned() } else { told.join(", ") },
        ];
        format!("| {} |\n", cells.join(" | "))
    };
    let head = "| step | from | to | who may | condition | event | told |\n|---|---|---|---|---|---|---|\n";
    let table: String = std::iter::once(head.to_owned()).chain(LIFE.iter().map(row)).collect();
    table.trim_end().to_owned()
}

/// A state diagram in Mermaid: one arrow for each status and step.
fn diagram() -> String {
    let mut lines = vec!["```mermaid".to_owned(), "stateDiagram-v2".into()];
    lines.push(format!("  [*] --> {}", name(Status::Draft)));
    for rule in LIFE {
        for from in rule.from {
            let (from, to) = (name(*from), name(rule.transition.to()));
            let arrow = format!("  {from} --> {to}: {}", label(rule.transition));
            if !lines.contains(&arrow) {
                lines.push(arrow);
            }
        }
    }
    let ends = [Status::Completed, Status::Cancelled, Status::Expired];
    lines.extend(ends.map(|status| format!("  {} --> [*]", name(status))));
    lines.push("```".into());
    lines.join("\n")
}

fn listed(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn name<E: EnumType>(value: E) -> &'static str {
    E::items().iter().find(|item| item.value == value).map_or("", |item| item.name)
}

/// The mutation of a step, or what it is called.
fn step(transition: Transition) -> &'static str {
    match transition {
        Transition::Publish => "`publishJob`",
        Transition::Pause => "pausing",
        Transition::Resume => "resuming",
        Transition::Assign => "`acceptApplication`",
        Transition::Release => "`releaseJob`",
        Transition::Start => "`startJob`",
        Transition::Report => "`reportDone`",
        Transition::Complete => "`completeJob`",
        Transition::Dispute => "`disputeJob`",
        Transition::Uphold => "`resolveDispute` (`COMPLETED`)",
        Transition::Annul => "`resolveDispute` (`CANCELLED`)",
        Transition::Cancel => "`cancelJob`",
        Transition::Expire => "expiring",
    }
}

/// The same without marks, for the diagram.
fn label(transition: Transition) -> String {
    let plain = step(transition).replace('`', "");
    plain.split(" (").next().unwrap_or_default().to_owned()
}

fn who_name(who: Who) -> &'static str {
    match who {
        Who::Owner => "owner",
        Who::Worker => "worker",
        Who::Administrator => "administrator",
        Who::Gateway => "the gateway",
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Worker => "worker",
        Role::Applicant => "the applicant",
        Role::Applicants => "applicants who wait",
        Role::Parties => "owner and worker",
        Role::Administrators => "administrators",
    }
}

fn condition(rule: &Rule) -> &'static str {
    match rule.guard {
        Guard::Nothing => "–",
        Guard::DayOrBoth => {
            "from the day of the work on; before it, both sides (an administrator at once)"
        }
        Guard::Both => "both sides (an administrator at once)",
        Guard::OnceInTime => "once a job; after its completion for 7 days",
        Guard::Unanswered => "72 hours after the report (`COMPLETE_AFTER_HOURS`)",
        Guard::OverTime => "`expiresAt` has come",
        Guard::OwnerStops => "the account of the owner is suspended or to be deleted",
        Guard::OwnerReturns => "the account of the owner is back",
        Guard::OwnerErased => "the account of the owner is erased",
    }
}
