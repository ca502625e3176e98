//! Changing the profile.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
};
use serde_json::json;

use crate::{
    domain::{
        Services,
        account::user::{NAME, User},
        change::Change,
        origin::Origin,
        parse::{fields::Fields, line, phone},
        to_millis,
        viewer::Member,
    },
    entity::{audit_event::Kind, user},
    error::Result,
    language::Language,
};

/// Changes as sent: None keeps a value; `Some(None)` removes the phone number.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    pub name: Option<String>,
    pub phone: Option<Option<String>>,
    pub language: Option<Language>,
}

/// Changes a person's name, phone number or language.
pub async fn update_profile(
    services: &Services,
    member: &Member,
    origin: &Origin,
    changes: ProfileChange,
) -> Result<User> {
    let (columns, names) = changes.parse()?;
    let (change, user) = Change::of_account(services, member, origin).await?;
    let updated_at = Set(to_millis(change.now()));
    let model = user::ActiveModel { id: Unchanged(user.id), updated_at, ..columns };
    let user = model.update(&change).await?;
    let detail = Some(json!({ "fields": names }));
    change.record(Kind::ProfileUpdated, Some(user.id), detail).await?;
    change.commit().await?;
    Ok(user)
}

impl ProfileChange {
    /// The columns that change, and the names of the fields that were sent.
    fn parse(self) -> Result<(user::ActiveModel, Vec<&'static str>)> {
        let mut fields = Fields::default();
        let columns = user::ActiveModel {
            name: fields.column("name", self.name, |name| line(&name, NAME)),
            phone: fields.column("phone", self.phone, |sent| phone(sent.as_deref())),
            language: fields.column("language", self.language, Ok),
            ..Default::default()
        };
        Ok((columns, fields.names()?))
    }
}
