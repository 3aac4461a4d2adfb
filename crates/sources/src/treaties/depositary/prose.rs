//! The Collection's texts without their marks: numbers of notes, tags of type, tabs.

/// A text without marks, and the numbers of the notes that it bears.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Marked {
    /// The text, with one space where there was any.
    pub(super) text: String,
    /// The numbers of its notes.
    pub(super) notes: Vec<String>,
}

/// Takes the marks out of a text such as `Norway<superscript>7,8</superscript>`.
pub(super) fn marked(raw: &str) -> Marked {
    const OPEN: &str = "<superscript>";
    const CLOSE: &str = "</superscript>";
    let (mut text, mut notes) = (String::new(), Vec::new());
    let mut rest = raw;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((inner, after)) = rest.strip_prefix(OPEN).and_then(|rest| rest.split_once(CLOSE)) {
            let numbers = inner.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
            notes.extend(numbers.map(str::to_string));
            rest = after;
        } else if let Some(end) = tag_end(rest) {
            // A new line or paragraph parts words, the tag of italics does not.
            let tag = rest[..end].to_ascii_lowercase();
            let parts = ["<br", "<p", "</p"].iter().any(|known| tag.starts_with(known));
            text.push_str(if parts { " " } else { "" });
            rest = &rest[end..];
        } else {
            text.push('<');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Marked { text, notes }
}

/// Where the tag ends with which a text begins; none where it begins with none.
fn tag_end(text: &str) -> Option<usize> {
    let first = text[1..].chars().next()?;
    let end = text.find('>')?;
    let is_tag = (first.is_ascii_alphabetic() || first == '/') && !text[1..end].contains('<');
    is_tag.then_some(end + 1)
}

/// What stands in square brackets; none where a text does not stand in them as a whole.
pub(super) fn bracketed(text: &str) -> Option<&str> {
    text.strip_prefix('[')?.strip_suffix(']').map(str::trim)
}

/// A text cut to some letters, with a sign that it goes on.
pub(super) fn shortened(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}
