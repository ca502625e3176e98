//! What a job is found by, in the gateway's own form: folded text, and tokens for the full-text index.

/// The text that searches look into, and the tokens of a title, a city and a type.
pub fn indexed(title: &str, city: &str, job_type: &str) -> (String, String) {
    let folded = title.trim().to_lowercase().replace('臺', "台");
    let mut text = String::with_capacity(folded.len() + 8);
    let mut terms = Vec::new();
    let characters: Vec<char> = folded.chars().collect();
    for run in characters.chunk_by(|a, b| kind(*a) == kind(*b)) {
        match kind(run[0]) {
            Kind::Cjk => {
                terms.extend(run.iter().map(|c| c.to_string()));
                terms.extend(run.windows(2).map(|pair| pair.iter().collect()));
            }
            Kind::Word => {
                text.push('\u{1F}');
                terms.push(run.iter().take(32).collect());
            }
            Kind::Other => {}
        }
        text.extend(run);
    }
    text.push('\n');
    terms.sort_unstable();
    terms.dedup();
    let mut tokens = String::with_capacity(16 * terms.len());
    push(&mut tokens, 'c', city);
    push(&mut tokens, 't', job_type);
    terms.iter().for_each(|term| push(&mut tokens, 'x', term));
    (text, tokens)
}

#[derive(PartialEq)]
enum Kind {
    Cjk,
    Word,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => Kind::Cjk,
        c if c.is_alphanumeric() => Kind::Word,
        _ => Kind::Other,
    }
}

/// A token is a letter and the UTF-8 of its term in hexadecimal digits.
fn push(tokens: &mut String, letter: char, term: &str) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    if !tokens.is_empty() {
        tokens.push(' ');
    }
    tokens.push(letter);
    for byte in term.bytes() {
        tokens.push(DIGITS[usize::from(byte >> 4)].into());
        tokens.push(DIGITS[usize::from(byte & 15)].into());
    }
}
