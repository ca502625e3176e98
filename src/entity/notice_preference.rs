use async_graphql::Enum;
use sea_orm::entity::prelude::*;

use super::notice::Kind;

/// How a person wants notices of one kind mailed, if other than usual.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_preferences")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: Kind,
    pub delivery: Delivery,
}

/// How notices are mailed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[graphql(name = "NoticeDelivery")]
pub enum Delivery {
    /// In a mail of its own, as soon as it is known.
    AtOnce,
    /// In one mail a day, at 08:00 in Taiwan, unless it was read before.
    Daily,
    /// Not by mail.
    Off,
}

impl ActiveModelBehavior for ActiveModel {}
