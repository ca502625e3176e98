//! Jobs, their types, the applications for them and the log of events.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, string, text},
};

use crate::references;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Slug and labels of the initial job types.
const JOB_TYPES: &[(&str, &str, &str)] = &[
    ("general", "一般雜務", "General help"),
    ("cleaning", "居家清潔", "Cleaning"),
    ("moving", "搬家搬運", "Moving"),
    ("repair", "水電修繕", "Repairs"),
    ("delivery", "跑腿外送", "Delivery"),
    ("care", "照護陪伴", "Care"),
    ("tutoring", "家教教學", "Tutoring"),
    ("pet", "寵物照顧", "Pet care"),
    ("gardening", "園藝整理", "Gardening"),
    ("event", "活動支援", "Event staff"),
    ("photography", "攝影錄影", "Photography"),
    ("it", "電腦資訊", "Computer help"),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [job_types(), jobs(), applications(), job_events()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        manager.execute(seeded_job_types()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["job_events", "applications", "jobs", "job_types"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn job_types() -> TableCreateStatement {
    Table::create()
        .table("job_types")
        .col(string("slug").primary_key())
        .col(string("label_zh"))
        .col(string("label_en"))
        .col(big_integer("position"))
        .to_owned()
}

fn jobs() -> TableCreateStatement {
    Table::create()
        .table("jobs")
        .col(big_pk_auto("id"))
        .col(big_integer("owner_id"))
        .col(big_integer_null("assignee_id"))
        .col(string("title"))
        .col(text("description"))
        .col(string("job_type"))
        .col(string("city"))
        .col(string("city_folded"))
        .col(string("address"))
        .col(big_integer("estimated_amount"))
        .col(text("status"))
        .col(big_integer_null("scheduled_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer("version"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut references("jobs", "owner_id", "users", "id"))
        .foreign_key(&mut references("jobs", "assignee_id", "users", "id"))
        .foreign_key(&mut references("jobs", "job_type", "job_types", "slug"))
        .to_owned()
}

fn applications() -> TableCreateStatement {
    Table::create()
        .table("applications")
        .col(big_pk_auto("id"))
        .col(big_integer("job_id"))
        .col(big_integer("applicant_id"))
        .col(text("message"))
        .col(big_integer_null("offered_amount"))
        .col(text("status"))
        .col(big_integer("created_at"))
        .col(big_integer("updated_at"))
        .foreign_key(&mut references("applications", "job_id", "jobs", "id"))
        .foreign_key(&mut references("applications", "applicant_id", "users", "id"))
        .to_owned()
}

fn job_events() -> TableCreateStatement {
    Table::create()
        .table("job_events")
        .col(big_integer("position").primary_key())
        .col(big_integer("job_id"))
        .col(big_integer_null("actor_id"))
        .col(big_integer_null("api_key_id"))
        .col(text("kind"))
        .col(text("data"))
        .col(big_integer("created_at"))
        .foreign_key(&mut references("job_events", "job_id", "jobs", "id"))
        .to_owned()
}

/// Every list is read in the order of an index's last columns, with equality on the leading ones.
fn indexes() -> Vec<IndexCreateStatement> {
    let mut indexes: Vec<IndexCreateStatement> = [
        ("jobs", &["status", "created_at", "id"][..]),
        ("jobs", &["status", "city_folded", "created_at", "id"]),
        ("jobs", &["status", "job_type", "created_at", "id"]),
        ("jobs", &["owner_id", "created_at", "id"]),
        ("jobs", &["assignee_id", "created_at", "id"]),
        ("jobs", &["status", "estimated_amount", "id"]),
        ("jobs", &["status", "city_folded", "estimated_amount", "id"]),
        ("jobs", &["status", "job_type", "estimated_amount", "id"]),
        ("jobs", &["created_at", "id"]),
        ("jobs", &["status", "expires_at"]),
        ("applications", &["job_id", "created_at", "id"]),
        ("applications", &["applicant_id", "job_id"]),
        ("job_events", &["job_id", "position"]),
    ]
    .into_iter()
    .map(|(table, columns)| {
        let mut index = Index::create();
        index.name(format!("idx-{table}-{}", columns.join("-"))).table(table);
        for column in columns {
            index.col(*column);
        }
        index
    })
    .collect();
    // One application per person and job, except that a withdrawn one allows another.
    indexes.push(
        Index::create()
            .name("idx-applications-one-per-applicant")
            .table("applications")
            .col("job_id")
            .col("applicant_id")
            .unique()
            .and_where(Expr::col("status").ne("withdrawn"))
            .to_owned(),
    );
    indexes
}

fn seeded_job_types() -> InsertStatement {
    let mut insert = Query::insert()
        .into_table("job_types")
        .columns(["slug", "label_zh", "label_en", "position"])
        .to_owned();
    for (position, (slug, zh, en)) in (1_i64..).zip(JOB_TYPES) {
        insert.values_panic([(*slug).into(), (*zh).into(), (*en).into(), position.into()]);
    }
    insert
}
