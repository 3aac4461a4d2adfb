//! The heading of a column of dates in the depositary's lists, and the acts that it explains.

use jiff::civil::Date;

use crate::cell;

/// A column of dates, with the acts that its heading lists: `Ratification, Acceptance(A), Accession(a)`.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) name: String,
    /// The act of a date without letters, where the heading has one.
    plain: Option<String>,
    /// The acts by their letters. Case matters: `a` is accession, `A` acceptance, `AA` approval.
    by_letters: Vec<(String, String)>,
}

impl Column {
    pub(super) fn new(at: usize, heading: &str) -> Column {
        let mut column = Column {
            at,
            name: heading.to_string(),
            plain: None,
            by_letters: Vec::new(),
        };
        for act in heading.split(',').map(str::trim).filter(|act| !act.is_empty()) {
            // `Definitive signature(s)` is the letter s; so is `Accession(a)` the letter a.
            match act.strip_suffix(')').and_then(|act| act.rsplit_once('(')) {
                Some((label, letters)) => column.by_letters.push((letters.trim().to_string(), action_name(label))),
                None => column.plain = column.plain.or_else(|| Some(action_name(act))),
            }
        }
        column
    }

    /// The act and the day in a cell such as `11 Sep 2002 a`; else what was expected.
    pub(super) fn action(&self, text: &str) -> Result<(&str, Date), String> {
        let text = text.trim();
        let (day, letters) = match text.rsplit_once(char::is_whitespace) {
            Some((day, last)) if last.chars().all(char::is_alphabetic) => (day, last),
            _ => (text, ""),
        };
        let date = cell::date(day)
            .ok()
            .flatten()
            .ok_or("a day such as 11 Sep 2002, with the letters of the act")?;
        let action = match letters {
            "" => self.plain.as_deref(),
            _ => self
                .by_letters
                .iter()
                .find(|(known, _)| known == letters)
                .map(|(_, action)| action.as_str()),
        };
        match action {
            Some(action) => Ok((action, date)),
            None => Err(format!(
                "one of the letters that the column's heading explains ({})",
                self.letters()
            )),
        }
    }

    fn letters(&self) -> String {
        let letters = self
            .by_letters
            .iter()
            .map(|(letters, action)| format!("{letters} = {action}"));
        let plain = self.plain.iter().map(|action| format!("none = {action}"));
        letters.chain(plain).collect::<Vec<_>>().join(", ")
    }
}

/// An act by its short name: `Accession to the Convention as amended` is accession.
fn action_name(label: &str) -> String {
    let label = label.trim().to_lowercase();
    // "Definitive signature or participation in the Convention and the Protocol" is the Slavery Convention's heading.
    if label.starts_with("definitive signature") {
        return "definitive signature".into();
    }
    let cut = [" of the ", " to the ", " in the ", " under "]
        .iter()
        .filter_map(|words| label.find(words))
        .min();
    label[..cut.unwrap_or(label.len())].trim().to_string()
}
