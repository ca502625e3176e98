//! Changing the profile.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use crate::{
    domain::{
        Services,
        account::user::{NAME, User},
        change::Change,
        origin::Origin,
        parse::{line, phone},
        to_millis,
        viewer::Member,
    },
    entity::audit_event::Kind,
    error::{FieldErrors, Result},
};

/// Changes as sent: None keeps a value; `Some(None)` removes the phone number.
#[derive(Debug, Clone, Default)]
pub struct ProfileChange {
    pub name: Option<String>,
    pub phone: Option<Option<String>>,
}

/// Changes a person's name or phone number.
pub async fn update_profile(
    services: &Services,
    member: &Member,
    origin: &Origin,
    changes: ProfileChange,
) -> Result<User> {
    let changes = changes.parse()?;
    let (change, user) = Change::of_account(services, member, origin).await?;
    let mut model = user.into_active_model();
    let mut fields = Vec::new();
    if let Some(name) = changes.name {
        model.name = Set(name);
        fields.push("name");
    }
    if let Some(phone) = changes.phone {
        model.phone = Set(phone);
        fields.push("phone");
    }
    model.updated_at = Set(to_millis(change.now()));
    let user = model.update(&change).await?;
    let detail = Some(json!({ "fields": fields }));
    change.record(Kind::ProfileUpdated, Some(user.id), detail).await?;
    change.commit().await?;
    Ok(user)
}

impl ProfileChange {
    fn parse(self) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = self.name.and_then(|name| errors.check("name", line(&name, NAME)));
        let phone = match self.phone.as_ref().map(|phone| phone.as_deref().map(str::trim)) {
            None => None,
            Some(None | Some("")) => Some(None),
            Some(Some(text)) => Some(errors.check("phone", phone(text))),
        };
        if errors.is_empty() { Ok(Self { name, phone }) } else { Err(errors.into()) }
    }
}
