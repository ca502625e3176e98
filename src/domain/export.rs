//! The export of all data about a person, for that person.

use sea_orm::{ActiveEnum, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use serde_json::{Map, Value, json};

use crate::{
    clock::{Precision, Timestamp, rfc3339},
    domain::{
        Services,
        account::user::{self, User},
        admin::audit,
        change::Change,
        jobs::{
            application::Application,
            event::{JobEvent, about, with_reasons_of},
            job::Job,
            notice::Notice,
            review::{Review, ReviewReport},
        },
        keys,
        origin::Origin,
        session::Session,
        spelled,
        viewer::Member,
    },
    entity::{
        api_key as key_entity, application as application_entity, audit_event, job as job_entity,
        job_event, notice as notice_entity, notice_preference, review, review_report,
        session as session_entity,
    },
    error::{Error, Result},
    id::GlobalId,
};

/// The newest entries of each list, at most this many …
pub const MOST: u64 = 500;

/// Everything about the member as one object; recorded in the audit log. `truncated` names the
/// lists that were cut.
pub async fn export(services: &Services, member: &Member, origin: &Origin) -> Result<Value> {
    let id = member.user_id;
    let change = Change::begin(services, member, origin).await?;
    change.record(audit::Kind::DataExported, Some(id), None).await?;
    change.commit().await?;
    let user = user::find(services, id).await?.ok_or(Error::Unauthenticated)?;
    // … and as much in total as fits into an answer beside its other parts.
    let free = services.config.limits.limit_response_bytes / 10 * 9;
    let (whole, truncated) = (Map::new(), Vec::new());
    let mut parts = Parts { services, id, whole, truncated, free };
    parts.whole.insert("exportedAt".into(), time(services.clock.now()));
    parts.whole.insert("account".into(), account(&user));
    parts
        .add::<session_entity::Entity>("sessions", session_entity::Column::UserId, session)
        .await?;
    parts.add::<key_entity::Entity>("apiKeys", key_entity::Column::UserId, key).await?;
    parts.add::<job_entity::Entity>("jobs", job_entity::Column::OwnerId, posted).await?;
    let applicant = application_entity::Column::ApplicantId;
    parts.add::<application_entity::Entity>("applications", applicant, applied).await?;
    let told = notice_entity::Column::UserId;
    parts.add::<notice_entity::Entity>("notices", told, noticed).await?;
    let preferred = notice_preference::Column::UserId;
    parts.add::<notice_preference::Entity>("noticePreferences", preferred, preference).await?;
    parts.add_those::<job_event::Entity>("reasons", with_reasons_of(id), reason).await?;
    parts.add::<review::Entity>("reviews", review::Column::AuthorId, reviewed).await?;
    let of_reporter = review_report::Column::ReporterId;
    parts.add::<review_report::Entity>("reviewReports", of_reporter, reported).await?;
    let replies = Condition::all()
        .add(review::Column::ReviewedId.eq(id))
        .add(review::Column::RepliedAt.is_not_null());
    parts.add_those::<review::Entity>("reviewReplies", replies, replied).await?;
    let audited = move |event: &_| audited(event, id);
    parts.add::<audit_event::Entity>("auditEvents", audit_event::Column::UserId, audited).await?;
    parts.whole.insert("truncated".into(), parts.truncated.into());
    Ok(Value::Object(parts.whole))
}

struct Parts<'a> {
    services: &'a Services,
    /// Of the person.
    id: i64,
    whole: Map<String, Value>,
    truncated: Vec<&'static str>,
    /// Bytes left in the answer.
    free: usize,
}

impl Parts<'_> {
    /// Adds the newest of the person's rows in a table.
    async fn add<E: EntityTrait>(
        &mut self,
        name: &'static str,
        owner: E::Column,
        shown: impl Fn(&E::Model) -> Value,
    ) -> Result<()> {
        let own = Condition::all().add(owner.eq(self.id));
        self.add_those::<E>(name, own, shown).await
    }

    /// Adds the newest of these rows.
    async fn add_those<E: EntityTrait>(
        &mut self,
        name: &'static str,
        which: Condition,
        shown: impl Fn(&E::Model) -> Value,
    ) -> Result<()> {
        let select = E::find().filter(which).order_by_id_desc();
        let rows = select.limit(MOST + 1).all(self.services.db.read()).await?;
        let mut list = Vec::new();
        for item in rows.iter().take(usize::try_from(MOST).unwrap_or(usize::MAX)).map(shown) {
            let Some(free) = self.free.checked_sub(item.to_string().len() + 1) else { break };
            self.free = free;
            list.push(item);
        }
        if list.len() < rows.len() {
            self.truncated.push(name);
        }
        self.whole.insert(name.into(), list.into());
        Ok(())
    }
}

fn account(user: &User) -> Value {
    json!({
        "id": GlobalId::User(user.id).to_string(),
        "name": user.name,
        "email": user.email,
        "phone": user.phone,
        "language": user.language.tag(),
        "role": user.role.to_value(),
        "verifiedAt": user.verified_at.map(|at| time(at.0)),
        "suspendedAt": user.suspended_at.map(|at| time(at.0)),
        "suspendedReason": user.suspended_reason,
        "secondFactorSince": user.totp_confirmed_at.map(|at| time(at.0)),
        "createdAt": time(user.created_at.0),
        "updatedAt": time(user.updated_at.0),
    })
}

fn session(session: &Session) -> Value {
    json!({
        "address": session.address,
        "userAgent": session.user_agent,
        "createdAt": time(session.created_at.0),
        "lastUsedAt": time(session.last_used_at.0),
        "expiresAt": time(session.expires_at.0),
        "revokedAt": session.revoked_at.map(|at| time(at.0)),
    })
}

fn key(key: &keys::ApiKey) -> Value {
    json!({
        "id": GlobalId::ApiKey(key.id).to_string(),
        "key": key.public_id,
        "name": key.name,
        "scopes": key.scopes,
        "networks": key.networks,
        "createdAt": time(key.created_at.0),
        "expiresAt": time(key.expires_at.0),
        "revokedAt": key.revoked_at.map(|at| time(at.0)),
        "lastUsedAt": key.last_used_at.map(|at| time(at.0)),
    })
}

fn posted(job: &Job) -> Value {
    json!({
        "id": GlobalId::Job(job.id).to_string(),
        "title": job.title,
        "description": job.description,
        "jobType": job.job_type,
        "city": job.city,
        "district": job.district,
        "address": job.address,
        "estimatedAmount": job.estimated_amount,
        "agreedAmount": job.agreed_amount,
        "status": spelled(job.status),
        "assignee": job.assignee_id.map(|id| GlobalId::User(id).to_string()),
        "scheduledAt": job.scheduled_at.map(|at| time(at.0)),
        "expiresAt": job.expires_at.map(|at| time(at.0)),
        "reportedAt": job.reported_at.map(|at| time(at.0)),
        "completedAt": job.completed_at.map(|at| time(at.0)),
        "disputedAt": job.disputed_at.map(|at| time(at.0)),
        "createdAt": time(job.created_at.0),
        "updatedAt": time(job.updated_at.0),
    })
}

fn applied(application: &Application) -> Value {
    json!({
        "id": GlobalId::Application(application.id).to_string(),
        "job": GlobalId::Job(application.job_id).to_string(),
        "message": application.message,
        "offeredAmount": application.offered_amount,
        "status": spelled(application.status),
        "createdAt": time(application.created_at.0),
        "updatedAt": time(application.updated_at.0),
    })
}

fn noticed(notice: &Notice) -> Value {
    json!({
        "id": GlobalId::Notice(notice.id).to_string(),
        "kind": spelled(notice.kind),
        "job": GlobalId::Job(notice.job_id).to_string(),
        "application": notice.application_id.map(|id| GlobalId::Application(id).to_string()),
        "createdAt": time(notice.created_at.0),
        "readAt": notice.read_at.map(|at| time(at.0)),
    })
}

fn preference(preference: &notice_preference::Model) -> Value {
    json!({ "kind": spelled(preference.kind), "delivery": spelled(preference.delivery) })
}

/// What the person wrote when they stepped back from a job or disputed it.
fn reason(event: &JobEvent) -> Value {
    json!({
        "job": GlobalId::Job(event.job_id).to_string(),
        "kind": spelled(event.kind),
        "reason": about(event)["reason"],
        "createdAt": time(event.created_at.0),
    })
}

fn reviewed(review: &Review) -> Value {
    json!({
        "id": GlobalId::Review(review.id).to_string(),
        "job": GlobalId::Job(review.job_id).to_string(),
        "reviewed": GlobalId::User(review.reviewed_id).to_string(),
        "rating": review.rating,
        "text": review.text,
        "createdAt": time(review.created_at.0),
        "visibleAt": time(review.visible_at.0),
        "hiddenAt": review.hidden_at.map(|at| time(at.0)),
        "hiddenReason": review.hidden_reason,
    })
}

/// What the person replied to somebody else's review.
fn replied(review: &Review) -> Value {
    json!({
        "review": GlobalId::Review(review.id).to_string(),
        "reply": review.reply,
        "repliedAt": review.replied_at.map(|at| time(at.0)),
    })
}

fn reported(report: &ReviewReport) -> Value {
    json!({
        "id": GlobalId::ReviewReport(report.id).to_string(),
        "review": GlobalId::Review(report.review_id).to_string(),
        "reason": report.reason,
        "status": spelled(report.status),
        "createdAt": time(report.created_at.0),
        "settledAt": report.settled_at.map(|at| time(at.0)),
    })
}

fn audited(event: &audit::AuditEvent, user_id: i64) -> Value {
    let shows_origin = audit::shows_origin(event, user_id);
    let detail =
        event.detail.as_deref().and_then(|detail| serde_json::from_str::<Value>(detail).ok());
    json!({
        "at": time(event.at.0),
        "kind": event.kind.to_value(),
        "address": event.address.as_ref().filter(|_| shows_origin),
        "userAgent": event.user_agent.as_ref().filter(|_| shows_origin),
        "detail": detail,
    })
}

fn time(at: Timestamp) -> Value {
    rfc3339(at, Precision::Millis).into()
}
