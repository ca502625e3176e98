//! The targets of cargo-fuzz on the stable toolchain: seeds, and mutations that are always the same.

#[path = "../../fuzz/src/targets.rs"]
mod targets;

use std::{fs, path::Path};

use find_helper::random::Random;

/// Pieces that mean something to one reader or another.
const WORDS: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b"(",
    b")",
    b"...",
    b"@skip(if:true)",
    b"$v",
    b":",
    b"!",
    b"\"",
    b"\"\"\"",
    b"\\u{10FFFF}",
    b"\\uD83D",
    b"\xEF\xBB\xBF",
    b"\xFF",
    b"\0",
    b"null",
    b"1e400",
    b"-0",
    b"9223372036854775808",
    b"on",
    b"fragment F on Query{...F}",
    b"__schema",
    b"first:",
    b"&",
    b"=",
    b"%",
    b"%00",
    b"+",
    b"_",
    b"-",
    b".",
    b"fhr_",
    b"fhs_",
    b"fhk_",
    b"job_",
    b"e30",
];

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let stored = files.iter().map(|file| fs::read(file).unwrap());
    stored.chain(targets::genuine().map(String::into_bytes)).collect()
}

struct Mutator {
    random: Random,
    seeds: Vec<Vec<u8>>,
}

impl Mutator {
    fn below(&self, end: usize) -> usize {
        usize::from(u16::from_be_bytes(self.random.bytes())) % end.max(1)
    }

    /// A seed after one to four changes.
    fn input(&self) -> Vec<u8> {
        let mut bytes = self.seeds[self.below(self.seeds.len())].clone();
        for _ in 0..=self.below(4) {
            let (at, other) = (self.below(bytes.len() + 1), self.below(bytes.len() + 1));
            let (from, to) = (at.min(other), at.max(other));
            match self.below(6) {
                0 => drop(bytes.drain(from..to)),
                1 => bytes.truncate(at),
                2 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                3 => drop(bytes.splice(at..at, bytes[from..to].to_vec())),
                4 => {
                    let seed = &self.seeds[self.below(self.seeds.len())];
                    bytes.truncate(at);
                    bytes.extend(&seed[self.below(seed.len())..]);
                }
                _ => {
                    let word = WORDS[self.below(WORDS.len())];
                    drop(bytes.splice(at..at, word.repeat(1 + self.below(3) * self.below(40))));
                }
            }
        }
        bytes
    }
}

/// Shows the input that made a target fail, so that it can become a seed.
struct Shown<'a>(&'a [u8]);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the input was b\"{}\"", self.0.escape_ascii());
        }
    }
}

fn run(name: &str, target: fn(&[u8]), mutations: usize) {
    let mutator = Mutator { random: Random::seeded(42), seeds: seeds(name) };
    let mutated = (0..mutations).map(|_| mutator.input());
    for input in mutator.seeds.iter().cloned().chain(mutated) {
        let _shown = Shown(&input);
        target(&input);
    }
}

#[test]
fn no_document_gets_past_the_gate_that_cannot_be_run() {
    run("document", targets::document, 2_000);
}

#[test]
fn no_cursor_opens_that_was_not_sealed() {
    run("cursor", targets::cursor, 5_000);
}

#[test]
fn no_token_is_taken_that_was_not_given_out() {
    run("token", targets::token, 5_000);
}

#[test]
fn no_request_breaks_the_way_from_parameters_to_variables() {
    run("rest", targets::rest, 2_000);
}
