//! Compares reading rows by position with SeaORM's reading by name.

use std::fmt::Debug;

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::Expr,
};

use super::{Row, all};
use crate::{
    domain::{Services, account::user::Person, testing::databases},
    entity::{api_key, application, job, job_type, review, session, user},
    seed,
};

/// Values for time columns that are null in the test data.
const MOMENTS: [(user::Column, i64); 3] = [
    (user::Column::SuspendedAt, 1_000),
    (user::Column::DeletedAt, 2_000),
    (user::Column::TotpConfirmedAt, 3_000),
];

/// A session, a key, an account, a job and an application, no two of whose columns are alike.
const ROWS: [&str; 6] = [
    "UPDATE users SET totp_seed = 'seed', suspended_reason = 'reason', totp_last_step = 9,
        wrong_codes = 10, verified_at = 11, erase_at = 12, updated_at = 13 WHERE id = 1",
    "UPDATE jobs SET agreed_amount = 21, reported_at = 22, completed_at = 23, disputed_at = 24,
        proposal = 'cancel', proposed_by = 25 WHERE id = 1",
    "UPDATE applications SET may_return = true WHERE id = 1",
    "UPDATE reviews SET reply = 'reply', replied_at = 31, hidden_at = 32, hidden_reason = 'reason'
        WHERE id = 1",
    "INSERT INTO sessions (user_id, refresh_mode, user_agent, address, created_at, last_used_at,
        expires_at, revoked_at) VALUES (1, 'static', 'agent', 'address', 2, 3, 4, 5)",
    "INSERT INTO api_keys (user_id, name, public_id, secret_digest, scopes, trusted_documents_only,
        networks, life_days, previous_secret_digest, previous_secret_until, warned_days, created_at,
        expires_at, revoked_at, last_used_at) VALUES (1, 'name', 'public', 'digest', 'scopes', true,
        'networks', 2, 'previous', 3, 4, 5, 6, 7, 8)",
];

async fn assert_same<E>(services: &Services)
where
    E: EntityTrait<Model: Row + Debug + PartialEq>,
{
    let (read, rows) = (services.db.read(), E::find().order_by_id_asc());
    let by_place: Vec<E::Model> = all(read, &rows.clone().into_query()).await.unwrap();
    assert!(!by_place.is_empty());
    assert_eq!(by_place, rows.all(read).await.unwrap());
}

#[tokio::test]
async fn what_is_read_by_place_is_what_stands_under_the_names_of_the_columns() {
    for fresh in databases().await {
        let services = &fresh.services;
        let people = seed::people(services, 5, |_| {}).await.unwrap();
        seed::jobs(services, &people, 100, |_| {}).await.unwrap();
        for (column, moment) in MOMENTS {
            let update = user::Entity::update_many().col_expr(column, Expr::val(moment));
            update.filter(user::Column::Id.gt(0)).exec(services.db.write()).await.unwrap();
        }
        for row in ROWS {
            services.db.write().execute_unprepared(row).await.unwrap();
        }
        assert_same::<user::Entity>(services).await;
        assert_same::<job_type::Entity>(services).await;
        assert_same::<job::Entity>(services).await;
        assert_same::<application::Entity>(services).await;
        assert_same::<review::Entity>(services).await;
        assert_same::<session::Entity>(services).await;
        assert_same::<api_key::Entity>(services).await;

        let (read, users) =
            (services.db.read(), user::Entity::find().order_by_asc(user::Column::Id));
        let columns = users.clone().select_only().columns(Person::COLUMNS);
        let by_place: Vec<Person> = all(read, &columns.into_query()).await.unwrap();
        let by_name = users.all(read).await.unwrap().into_iter().map(Person::from);
        assert_eq!(by_place, by_name.collect::<Vec<_>>());
    }
}
