//! Questions and what they must find, as regular expressions of the same definition in Python found it.

use super::{
    super::{fold, highlights},
    databases::finds_by_index,
    question,
};

/// Id, title, description; `\n` stands for a line break.
const JOBS: &str = include_str!("jobs.tsv");
/// Question, ids.
const QUESTIONS: &str = include_str!("questions.tsv");

fn jobs() -> Vec<(&'static str, [String; 2])> {
    let job = |line: &'static str| {
        let fields: Vec<_> = line.split('\t').collect();
        (fields[0], [fields[1], fields[2]].map(|text| text.replace("\\n", "\n")))
    };
    JOBS.lines().map(job).collect()
}

/// Compares what each question must find with what it finds, given the question and the texts as posted.
fn compare(finds: impl Fn(&str, &[String; 2]) -> bool) {
    let jobs = jobs();
    assert!(QUESTIONS.lines().count() >= 100);
    for (text, ids) in QUESTIONS.lines().filter_map(|line| line.split_once('\t')) {
        let found = jobs.iter().filter(|(_, texts)| finds(text, texts)).map(|(id, _)| *id);
        assert_eq!(found.collect::<Vec<_>>().join(","), ids, "{text}");
    }
}

#[test]
fn every_question_of_the_table_finds_what_it_must_by_brute_force() {
    compare(|text, [title, description]| question(text).matches(&fold(title), &fold(description)));
}

#[test]
fn every_question_of_the_table_finds_the_same_by_the_index() {
    compare(|text, [title, description]| {
        finds_by_index(&question(text), &fold(title), &fold(description))
    });
}

#[test]
fn a_job_that_is_found_by_one_part_has_a_highlight_and_no_other_has() {
    for text in QUESTIONS.lines().filter_map(|line| line.split('\t').next()) {
        let question = question(text);
        if question.parts().count() == 1 {
            for (_, texts) in jobs() {
                let found = question.matches(&fold(&texts[0]), &fold(&texts[1]));
                let has_highlight =
                    texts.iter().any(|text| !highlights(&question, text).is_empty());
                assert_eq!(has_highlight, found, "{text}: {texts:?}");
            }
        }
    }
}
