//! Realistic data.

use crate::{cli::Seed, domain::Services, error::Result};

pub async fn run(_services: &Services, _seed: Seed) -> Result<()> {
    Ok(())
}
