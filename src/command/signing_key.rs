//! Commands for the signing keys.

use crate::{
    cli::SigningKey,
    domain::{Services, signing_key},
    error::Result,
};

pub(super) async fn run(services: &Services, command: SigningKey) -> Result<()> {
    match command {
        SigningKey::Rotate { at_once } => {
            let key = signing_key::rotate(services, at_once).await?;
            let signs_from = key.created_at.0 + signing_key::SETTLING;
            super::print(&format!("{}  signs from {}\n", key.kid, signs_from.to_rfc3339()))
        }
        SigningKey::List => {
            let keys = signing_key::list(services).await?;
            let lines = keys.iter().map(|key| {
                let end = key.retires_at.map(|at| format!("retires {}", at.0.to_rfc3339()));
                format!("{}  {}\n", key.kid, end.unwrap_or_else(|| "signs".into()))
            });
            let none = || format!("{}  signs\n", services.access_tokens.first_kid());
            super::print(&lines.reduce(|all, line| all + &line).unwrap_or_else(none))
        }
    }
}
