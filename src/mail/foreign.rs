//! What people have written, as mails may repeat it.

/// The text on one line, or None if mail programs would turn part of it into a link: somebody who
/// registers a stranger's address, or applies for a job, must not choose what the mail advertises.
#[must_use]
pub fn foreign(text: &str) -> Option<String> {
    let visible: String = text
        .chars()
        .filter(|character| !is_direction_mark(*character))
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty() && !holds_link(&line)).then(|| isolated(line))
}

/// Invisible characters that reverse the text after them.
fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn holds_link(line: &str) -> bool {
    let characters: Vec<char> = line.chars().collect();
    let dotted = characters.windows(3).any(|around| {
        around[0].is_alphanumeric() && around[1] == '.' && around[2].is_alphanumeric()
    });
    dotted || line.contains("://")
}

/// Keeps right-to-left text from reordering what stands around it, also in the text part (UAX #9,
/// FSI and PDI).
fn isolated(line: String) -> String {
    let is_right_to_left = |character| matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    if line.contains(is_right_to_left) { format!("\u{2068}{line}\u{2069}") } else { line }
}

#[cfg(test)]
mod tests {
    use super::foreign;

    #[test]
    fn right_to_left_text_is_isolated_and_other_text_stays_as_it_is() {
        assert_eq!(foreign("دانيال").as_deref(), Some("\u{2068}دانيال\u{2069}"));
        assert_eq!(foreign("\u{2069}דן\u{2069}!").as_deref(), Some("\u{2068}דן!\u{2069}"));
        for text in ["Zoë", "小美 👩‍👩‍👧‍👦", "Ann (找幫手)"] {
            assert_eq!(foreign(text).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_advertises_a_link_is_not_repeated() {
        for text in ["Win! https://evil.example", "see evil.example", "WWW.evil", "", " \r\n"] {
            assert_eq!(foreign(text), None, "{text}");
        }
        assert_eq!(foreign("J. R. Smith Jr.").as_deref(), Some("J. R. Smith Jr."));
    }
}
