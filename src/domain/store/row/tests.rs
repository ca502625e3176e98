//! Compares reading rows by position with SeaORM's reading by name.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr,
};

use super::all;
use crate::{
    domain::{
        account::user::Person,
        jobs::{application::Application, job::Job},
        testing::databases,
    },
    entity::{application, job, user},
    seed,
};

/// Values for time columns that are null in the test data.
const MOMENTS: [(user::Column, i64); 3] = [
    (user::Column::SuspendedAt, 1_000),
    (user::Column::DeletedAt, 2_000),
    (user::Column::TotpConfirmedAt, 3_000),
];

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
        let read = services.db.read();

        let jobs = job::Entity::find().order_by_asc(job::Column::Id);
        let by_place: Vec<Job> = all(read, &jobs.clone().into_query()).await.unwrap();
        assert_eq!(by_place, jobs.all(read).await.unwrap());

        let applications = application::Entity::find().order_by_asc(application::Column::Id);
        let by_place: Vec<Application> =
            all(read, &applications.clone().into_query()).await.unwrap();
        assert_eq!(by_place, applications.all(read).await.unwrap());

        let users = user::Entity::find().order_by_asc(user::Column::Id);
        let columns = users.clone().select_only().columns(Person::COLUMNS);
        let by_place: Vec<Person> = all(read, &columns.into_query()).await.unwrap();
        let by_name = users.all(read).await.unwrap().into_iter().map(Person::from);
        assert_eq!(by_place, by_name.collect::<Vec<_>>());
    }
}
