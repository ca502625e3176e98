//! Loads of reviews, and of what people are known by.

use std::collections::HashMap;

use async_graphql::dataloader::Loader;

use super::{Loaders, by_args, paged};
use crate::{
    domain::{
        jobs::{
            job,
            review::{self, Rating, Review},
        },
        store::page::{Page, PageArgs},
    },
    error::{Error, Result},
};

/// A page of the reviews about a person, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ReviewsAbout {
    pub person_id: i64,
    pub args: PageArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ReviewCountAbout(pub i64);

/// The reviews of a job, at most two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ReviewsOfJob(pub i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ReviewById(pub i64);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct RatingOf(pub i64);

/// The number of jobs that a person has done for others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct JobsDoneBy(pub i64);

impl Loader<ReviewsAbout> for Loaders {
    type Value = Page<Review>;
    type Error = Error;

    async fn load(&self, keys: &[ReviewsAbout]) -> Result<HashMap<ReviewsAbout, Page<Review>>> {
        let audience = self.viewer.audience()?;
        let mut pages = HashMap::new();
        for (args, people) in by_args(keys, |key| (&key.args, key.person_id)) {
            let rows = review::of_people(&self.services, audience, &people, args).await?;
            for (person_id, page) in paged(rows, people, args, |review| review.reviewed_id) {
                pages.insert(ReviewsAbout { person_id, args: args.clone() }, page);
            }
        }
        Ok(pages)
    }
}

impl Loader<ReviewCountAbout> for Loaders {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[ReviewCountAbout]) -> Result<HashMap<ReviewCountAbout, i64>> {
        let people: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let audience = self.viewer.audience()?;
        let counts = review::count_of_people(&self.services, audience, &people).await?;
        Ok(counts.into_iter().map(|(person, count)| (ReviewCountAbout(person), count)).collect())
    }
}

impl Loader<ReviewsOfJob> for Loaders {
    type Value = Vec<Review>;
    type Error = Error;

    async fn load(&self, keys: &[ReviewsOfJob]) -> Result<HashMap<ReviewsOfJob, Vec<Review>>> {
        let jobs: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let mut of: HashMap<ReviewsOfJob, Vec<Review>> = HashMap::new();
        for review in review::of_jobs(&self.services, self.viewer.audience()?, &jobs).await? {
            of.entry(ReviewsOfJob(review.job_id)).or_default().push(review);
        }
        Ok(of)
    }
}

impl Loader<ReviewById> for Loaders {
    type Value = Review;
    type Error = Error;

    async fn load(&self, keys: &[ReviewById]) -> Result<HashMap<ReviewById, Review>> {
        let ids: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let reviews = review::by_ids(&self.services, self.viewer.audience()?, &ids).await?;
        Ok(reviews.into_iter().map(|review| (ReviewById(review.id), review)).collect())
    }
}

impl Loader<RatingOf> for Loaders {
    type Value = Rating;
    type Error = Error;

    async fn load(&self, keys: &[RatingOf]) -> Result<HashMap<RatingOf, Rating>> {
        let people: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let ratings = review::ratings(&self.services, &people).await?;
        Ok(ratings.into_iter().map(|(person, rating)| (RatingOf(person), rating)).collect())
    }
}

impl Loader<JobsDoneBy> for Loaders {
    type Value = i64;
    type Error = Error;

    async fn load(&self, keys: &[JobsDoneBy]) -> Result<HashMap<JobsDoneBy, i64>> {
        let people: Vec<i64> = keys.iter().map(|key| key.0).collect();
        let counts = job::count_done_by(&self.services, &people).await?;
        Ok(counts.into_iter().map(|(person, count)| (JobsDoneBy(person), count)).collect())
    }
}
