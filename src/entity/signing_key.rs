use sea_orm::entity::prelude::*;

/// A key of the ring that signs access tokens; derived from its id, never stored itself.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_keys")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub kid: String,
    pub created_at: ChronoUnixTimestampMillis,
    /// Until when its tokens are accepted, once a newer key signs.
    pub retires_at: Option<ChronoUnixTimestampMillis>,
}

impl ActiveModelBehavior for ActiveModel {}
