//! Marking notices read, and deciding how they are mailed.

use async_graphql::{Context, ID, InputObject, Object};

use crate::{
    domain::jobs::notice::{self, Delivery, Kind, Preference},
    error::{Error, FieldProblem, Result},
    graphql::{
        engine::context::ContextExt,
        schema::{
            jobs::notice::{NoticePreference, shown},
            payload::{DonePayload, payloads},
        },
    },
    id::GlobalId,
};

/// Most notices that are marked at once.
const MOST_IDS: i64 = 100;

/// Names the notices to mark read.
#[derive(InputObject)]
pub struct MarkNoticesReadInput {
    /// Global ids of notices, at most 100; those of others do nothing.
    ids: Vec<ID>,
}

/// Says up to where notices are marked read.
#[derive(InputObject)]
pub struct MarkAllNoticesReadInput {
    /// Global id of the newest notice that was shown, which is marked too; without it, all are.
    up_to: Option<ID>,
}

/// How notices of one kind are to be mailed.
#[derive(InputObject)]
pub struct NoticePreferenceInput {
    /// What they tell.
    kind: Kind,
    /// How they are to be mailed.
    delivery: Delivery,
}

/// Decides how notices are mailed; kinds that are not given stay as they are.
#[derive(InputObject)]
pub struct SetNoticePreferencesInput {
    /// The kinds to change; of several entries for one, the last counts.
    preferences: Vec<NoticePreferenceInput>,
}

/// Ends mails by the link in one of them.
#[derive(InputObject)]
pub struct UnsubscribeInput {
    /// The token of the link.
    token: String,
}

payloads! {
    /// What `setNoticePreferences` returns.
    NoticePreferencesPayload {
        /// How each kind is mailed now.
        preferences: Vec<NoticePreference>,
    }
}

/// What `markNoticesRead` and `markAllNoticesRead` return.
pub struct MarkNoticesReadPayload;

/// What `markNoticesRead` and `markAllNoticesRead` return.
#[Object]
impl MarkNoticesReadPayload {
    /// How many notices are still not marked read, counted up to 10,000.
    async fn unread_count(&self, ctx: &Context<'_>) -> Result<i64> {
        notice::count_unread(ctx.services(), ctx.viewer().member()?).await
    }
}

#[derive(Default)]
pub struct NoticeMutation;

#[Object]
impl NoticeMutation {
    /// Marks some of the caller's notices read.
    async fn mark_notices_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notices to mark.")] input: MarkNoticesReadInput,
    ) -> Result<MarkNoticesReadPayload> {
        let (member, ids) = (ctx.viewer().member()?, input.rows()?);
        notice::read(ctx.services(), member, &ctx.origin(), &ids).await?;
        Ok(MarkNoticesReadPayload)
    }

    /// Marks all of the caller's notices read, up to the newest that was shown.
    async fn mark_all_notices_read(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Up to where.")] input: MarkAllNoticesReadInput,
    ) -> Result<MarkNoticesReadPayload> {
        let member = ctx.viewer().member()?;
        let up_to = input.up_to.as_ref().map(|id| row(id, "upTo")).transpose()?;
        notice::read_up_to(ctx.services(), member, &ctx.origin(), up_to).await?;
        Ok(MarkNoticesReadPayload)
    }

    /// Decides how notices are mailed to the caller. Mails about the account and its security always come.
    async fn set_notice_preferences(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The kinds to change.")] input: SetNoticePreferencesInput,
    ) -> Result<NoticePreferencesPayload> {
        let (member, origin) = (ctx.viewer().member()?, ctx.origin());
        let changed = input.changed();
        let all = notice::set_preferences(ctx.services(), member, &origin, &changed).await?;
        Ok(NoticePreferencesPayload { preferences: shown(all) })
    }

    /// Ends mails of notices by the link in one of them: of the kind of that mail, or of every kind. It needs
    /// no credentials, and the link does nothing else.
    async fn unsubscribe(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The token of the link.")] input: UnsubscribeInput,
    ) -> Result<DonePayload> {
        notice::unsubscribe(ctx.services(), &ctx.stranger(), &input.token).await?;
        Ok(DonePayload { ok: true })
    }
}

impl MarkNoticesReadInput {
    fn rows(&self) -> Result<Vec<i64>> {
        if i64::try_from(self.ids.len()).map_err(Error::internal)? > MOST_IDS {
            let problem = FieldProblem::OutOfRange { min: 0, max: MOST_IDS };
            return Err(Error::field("ids", problem));
        }
        self.ids.iter().map(|id| row(id, "ids")).collect()
    }
}

impl SetNoticePreferencesInput {
    fn changed(&self) -> Vec<Preference> {
        let parsed =
            |it: &NoticePreferenceInput| Preference { kind: it.kind, delivery: it.delivery };
        self.preferences.iter().map(parsed).collect()
    }
}

/// The row's key of a notice's global id.
fn row(id: &ID, path: &str) -> Result<i64> {
    match id.parse() {
        Ok(GlobalId::Notice(id)) => Ok(id),
        _ => Err(Error::field(path, FieldProblem::InvalidId)),
    }
}
