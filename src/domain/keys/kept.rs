//! The table of the last requests with keys: as many of each key as are kept, whatever its clients do.

use std::collections::{BTreeMap, VecDeque};

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement, WindowStatement},
};

use super::request::{KEPT, Request};
use crate::{
    domain::{
        Services,
        change::{Change, OWN},
        origin::Origin,
        to_millis,
    },
    entity::{
        api_key,
        api_key_request::{ActiveModel, Column, Entity},
        user,
    },
    error::Result,
};

/// Adds the requests with these keys, and deletes older ones that are not kept any more.
pub(super) async fn write(
    services: &Services,
    keys: &[i64],
    requests: &BTreeMap<i64, VecDeque<Request>>,
) -> Result<()> {
    let change = Change::of_the_gateway(services, &Origin::default()).await?;
    let keys = hold(&change, keys).await?;
    let of =
        |&key_id: &i64| requests.get(&key_id).into_iter().flatten().map(move |it| (key_id, it));
    let models: Vec<_> = keys.iter().flat_map(of).map(|(key_id, it)| model(key_id, it)).collect();
    if models.is_empty() {
        return Ok(());
    }
    Entity::insert_many(models).exec_without_returning(&change).await?;
    Entity::delete_many().filter(Column::Id.in_subquery(old(&keys))).exec(&change).await?;
    change.commit().await
}

/// Those of the keys whose accounts are not erased: an erasure waits until the change ends, and other
/// replicas that write requests with the same keys do so too.
async fn hold(change: &Change<'_>, keys: &[i64]) -> Result<Vec<i64>> {
    let ids = || {
        let select = api_key::Entity::find().select_only().column(api_key::Column::Id);
        select.filter(api_key::Column::Id.is_in(keys.iter().copied()))
    };
    let locked = ids().order_by_asc(api_key::Column::Id).lock(OWN);
    locked.into_tuple::<i64>().all(change).await?;
    // Not in the same statement, which would see the account as it was before the lock.
    let of_living = ids().inner_join(user::Entity).filter(user::Column::DeletedAt.is_null());
    Ok(of_living.into_tuple().all(change).await?)
}

/// The requests with these keys before the last ones.
fn old(keys: &[i64]) -> SelectStatement {
    let (ranked, place) = (Alias::new("ranked"), Alias::new("place"));
    let newest_first = WindowStatement::partition_by(Column::ApiKeyId)
        .order_by(Column::At, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .to_owned();
    let places = Query::select()
        .column(Column::Id)
        .expr_window_as(Func::cust("ROW_NUMBER"), newest_first, place.clone())
        .from(Entity)
        .and_where(Expr::col(Column::ApiKeyId).is_in(keys.iter().copied()))
        .to_owned();
    Query::select()
        .column(Column::Id)
        .from_subquery(places, ranked)
        .and_where(Expr::col(place).gt(KEPT as u64))
        .to_owned()
}

fn model(key_id: i64, request: &Request) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        api_key_id: Set(key_id),
        at: Set(to_millis(request.at)),
        request_id: Set(request.request_id.clone()),
        route: Set(request.route.clone()),
        operation: Set(request.operation.clone()),
        status: Set(request.status.map(i64::from)),
        code: Set(request.code.clone()),
        duration_ms: Set(request.duration_ms),
    }
}

/// Deletes the requests with the keys of an account, whose keys the change has locked.
pub(in crate::domain) async fn forget(change: &Change<'_>, user_id: i64) -> Result<()> {
    let keys = Query::select()
        .column(api_key::Column::Id)
        .from(api_key::Entity)
        .and_where(Expr::col(api_key::Column::UserId).eq(user_id))
        .to_owned();
    Entity::delete_many().filter(Column::ApiKeyId.in_subquery(keys)).exec(change).await?;
    Ok(())
}
