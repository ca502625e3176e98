//! Examples from the contract.

use serde_json::Value;

use crate::error::{Error, Result};

const SAMPLES: &str = include_str!("samples.json");

/// The example of an operation: `request` and `response`.
pub(super) fn of(operation: &str) -> Result<Value> {
    let mut samples: Value = serde_json::from_str(SAMPLES).map_err(Error::internal)?;
    Ok(samples[operation].take())
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use crate::rest::routes::routes;

    #[test]
    fn every_sample_belongs_to_an_operation() {
        let samples: Map<String, Value> = serde_json::from_str(super::SAMPLES).unwrap();
        for name in samples.keys() {
            let declares = |word: &str| word.split(['(', '{']).next() == Some(name);
            let has_one = |document: &str| document.split(' ').any(declares);
            assert!(routes().iter().any(|route| has_one(route.document)), "{name}");
        }
    }
}
