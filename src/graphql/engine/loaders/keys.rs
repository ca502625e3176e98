//! Loads of what keys were used for.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, by_args};
use crate::{
    domain::keys::{self, Request, Usage},
    error::{Error, Result},
};

/// The usage of a key over this many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct UsageOf {
    pub key_id: i64,
    pub days: i64,
}

/// The last requests with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct RecentOf(pub i64);

impl Loader<UsageOf> for Loaders {
    type Value = Usage;
    type Error = Error;

    async fn load(&self, keys: &[UsageOf]) -> Result<HashMap<UsageOf, Usage>> {
        let mut usages = HashMap::new();
        for (days, ids) in by_args(keys, |key| (key.days, key.key_id)) {
            let found = keys::usages(&self.services, &ids, days).await?;
            usages.extend(found.into_iter().map(|(key_id, it)| (UsageOf { key_id, days }, it)));
        }
        Ok(usages)
    }
}

impl Loader<RecentOf> for Loaders {
    type Value = Vec<Request>;
    type Error = Error;

    async fn load(&self, keys: &[RecentOf]) -> Result<HashMap<RecentOf, Vec<Request>>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let found = keys::recent(&self.services, &ids).await?;
        Ok(found.into_iter().map(|(id, requests)| (RecentOf(id), requests)).collect())
    }
}
