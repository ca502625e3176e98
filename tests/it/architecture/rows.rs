//! What is read by its place in a row is compared with what stands under the names of the columns.

use super::Source;

/// Not whole rows of a table: a count, a sum with its count, and a few columns that are chosen beside the reading.
const PARTS: &[&str] = &["Count", "Presented", "Rated", "Secrets"];

#[test]
fn every_row_that_is_read_by_place_is_compared_with_seaorm_s_reading() {
    let tests = include_str!("../../../src/domain/store/row/tests.rs");
    for source in Source::all() {
        for implemented in source.code().split("impl Row for ").skip(1) {
            let name = implemented.split(' ').next().unwrap();
            let is_compared = PARTS.contains(&name) || tests.contains(&format!("Vec<{name}>"));
            assert!(is_compared, "compare {name} in src/domain/store/row/tests.rs");
        }
    }
}
