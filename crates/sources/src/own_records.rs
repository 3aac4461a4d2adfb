//! What the readers of an organisation's own records share: which columns a file has, and words that were meant.

use crate::card::Card;
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::ReadError;
use crate::records::Header;

/// The column that a file of rows that may not leave has.
const HANDLING: &str = "handling";

/// Whether the columns are there, and none that says that the rows may not leave where the card lets them. `instead` says
/// what to do with such a file.
pub(crate) fn check(
    input: &Input,
    header: &Header,
    card: &Card,
    columns: &[&str],
    instead: &str,
) -> Result<(), ReadError> {
    let malformed = |found: String, expected: String| ReadError::Malformed {
        file: input.name().to_string(),
        row: Some(1),
        found,
        expected,
    };
    let absent = |name: &&&str| header.index(name).is_none();
    let missing: Vec<&str> = columns.iter().filter(absent).copied().collect();
    if !missing.is_empty() {
        return Err(malformed(
            format!("no column {}", missing.join(", ")),
            format!("columns {}", columns.join(", ")),
        ));
    }
    let may_leave = card.redistribute || card.derived_may_leave();
    if header.index(HANDLING).is_some() && may_leave {
        return Err(malformed(
            format!("a column {HANDLING}, which says that the rows may not leave"),
            format!("a file without it, for rows of {} may leave; {instead}", card.id),
        ));
    }
    Ok(())
}

/// What is wrong in a row: in which column, and what was expected there.
#[derive(Debug)]
pub(crate) struct Wrong {
    pub(crate) column: &'static str,
    pub(crate) expected: String,
}

impl Wrong {
    pub(crate) fn new(column: &'static str, expected: impl Into<String>) -> Wrong {
        Wrong {
            column,
            expected: expected.into(),
        }
    }
}

/// A word as the lists have it: `In force` is `in-force`.
pub(crate) fn word(text: &str) -> String {
    text.to_lowercase().replace([' ', '_'], "-")
}

/// The words that are known, and the one that may have been meant.
pub(crate) fn one_of(said: &str, known: &[&str]) -> String {
    let far = |word: &&&str| strsim::damerau_levenshtein(word, said);
    // Of which no more than half of the letters are others.
    let near = known.iter().min_by_key(far).filter(|word| far(word) * 2 <= word.len());
    let near = near.map_or_else(String::new, |word| format!(" (did you mean {word}?)"));
    format!("one of {}{near}", known.join(", "))
}

/// Records a rejected row.
pub(crate) fn reject(findings: &mut Findings, row: u64, column: &str, found: &str, expected: impl Into<String>) {
    findings.rows_rejected += 1;
    let found = if found.is_empty() { "nothing" } else { found };
    findings.add(Severity::Rejected, Some(row), Some(column), found, expected);
}
