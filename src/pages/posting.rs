//! A job as search engines read it: schema.org's `JobPosting`.

use serde_json::{Value, json};

use super::data::Job;
use crate::clock::{Precision, Timestamp, rfc3339};

/// The JSON of a job, as it may stand in a `script` element. The street address is not known here.
pub(super) fn posting(job: &Job, kind: &str, address: &str) -> Option<String> {
    let row = &job.row;
    let moment = |at: Timestamp| rfc3339(at, Precision::Seconds);
    let mut posting = json!({
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": row.title,
        "description": if job.description.is_empty() { &row.title } else { &job.description },
        "url": address,
        "identifier": { "@type": "PropertyValue", "name": "find-helper", "value": job.id },
        "datePosted": moment(row.created_at),
        "employmentType": "TEMPORARY",
        "industry": kind,
        "directApply": true,
        "hiringOrganization": { "@type": "Person", "name": row.owner.name },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "TW",
                "addressRegion": row.city,
                "addressLocality": row.district.as_ref().map(|district| &district.name),
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "TWD",
            "value": { "@type": "QuantitativeValue", "value": row.estimated_amount },
        },
        "validThrough": job.expires_at.map(moment),
        "jobStartDate": row.scheduled_at.map(moment),
    });
    without_nulls(&mut posting);
    let json = serde_json::to_string(&posting).ok()?;
    // Nothing in a string can end the element, or begin a comment in it.
    Some(json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

fn without_nulls(value: &mut Value) {
    if let Value::Object(members) = value {
        members.retain(|_, member| !member.is_null());
        members.values_mut().for_each(without_nulls);
    }
}
