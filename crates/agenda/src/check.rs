//! Reads the files of the agenda's catalog, and says what is wrong with them: where it stands, in a sentence, and what to do.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::de::DeTable;

use crate::element::{Element, ElementsFile};
use crate::instrument::{Due, Instrument, InstrumentKind};

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Mistake {
    /// Where it stands in the text, in bytes, where that is known.
    pub span: Option<Range<usize>>,
    /// What was found and what was expected.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

/// The known name that is nearest to one that is not known; none where none is near.
pub(crate) fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let far = |name: &str| strsim::damerau_levenshtein(&unknown.to_lowercase(), &name.to_lowercase());
    let limit = 2.max(unknown.chars().count() / 3);
    let near = known
        .map(|name| (far(name), name))
        .filter(|(far, _)| *far <= limit)
        .min();
    near.map(|(_, name)| format!("did you mean `{name}`?"))
}

/// Reads a file; a key that is not known is told with the nearest one that is.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Vec<Mistake>> {
    toml::from_str(text).map_err(|e| {
        let mut names = e.message().split('`').skip(1).step_by(2);
        let unknown = e.message().starts_with("unknown").then(|| names.next()).flatten();
        vec![Mistake {
            span: e.span(),
            message: e.message().to_string(),
            advice: unknown.and_then(|unknown| nearest(unknown, names)),
        }]
    })
}

/// The mistakes found so far, and where keys stand in the text.
struct Checks<'t> {
    text: Option<DeTable<'t>>,
    found: Vec<Mistake>,
}

impl<'t> Checks<'t> {
    fn new(text: &'t str) -> Checks<'t> {
        Checks {
            text: DeTable::parse(text).ok().map(toml::Spanned::into_inner),
            found: Vec::new(),
        }
    }

    /// Notes a mistake at a key, or at the `at`-th table of a key's list.
    fn add(&mut self, key: &str, at: Option<usize>, message: String, advice: &str) {
        let value = self.text.as_ref().and_then(|table| table.get(key));
        let span = value.map(|value| {
            let inner = at.and_then(|at| value.get_ref().as_array()?.get(at));
            inner.map_or_else(|| value.span(), toml::Spanned::span)
        });
        self.found.push(Mistake {
            span,
            message,
            advice: Some(advice.to_string()),
        });
    }

    fn outcome<T>(self, read: T) -> Result<T, Vec<Mistake>> {
        if self.found.is_empty() {
            Ok(read)
        } else {
            Err(self.found)
        }
    }
}

/// A short id: letters, digits and hyphens, with one dot-separated part or several.
fn plain(id: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    id.split('.').all(part)
}

impl Instrument {
    /// Reads the file of an instrument, called by its id; all mistakes are told together.
    pub fn parse(stem: &str, text: &str) -> Result<Instrument, Vec<Mistake>> {
        let instrument: Instrument = read(text)?;
        let mut checks = Checks::new(text);
        let id = &instrument.id;
        if !plain(id) || id.contains('.') {
            let message = format!("`{id}` is no id of an instrument: lower-case letters, digits and hyphens");
            checks.add("id", None, message, "give it a short name such as `rome-statute`");
        } else if id != stem {
            let message = format!("the file is called `{stem}.toml`, and its instrument `{id}`");
            checks.add("id", None, message, "call the file by the instrument's id");
        }
        if instrument.elements.is_empty() || instrument.elements.iter().any(|number| !(1..=10).contains(number)) {
            let message = format!("`{id}` serves no element of the agenda, or one that is not 1 to 10");
            checks.add("elements", None, message, "list the elements by number");
        }
        if instrument.kind != InstrumentKind::Political && instrument.entry.is_none() {
            let message = format!("`{id}` has no rule of entry into force, so that nobody could be bound by it");
            checks.add("kind", None, message, "add `[entry]` with the articles");
        }
        if let Some(day) = instrument.entered_into_force.filter(|day| *day < instrument.adopted) {
            let message = format!(
                "`{id}` is in force since {day}, before it was adopted on {}",
                instrument.adopted
            );
            checks.add("entered_into_force", None, message, "one of the two days is wrong");
        }
        if instrument.read.is_empty() {
            let message = format!("`{id}` does not say what was read of it");
            checks.add("id", None, message, "add `[[read]]` with the text and where it stands");
        }
        articles(&instrument, &mut checks);
        duties(&instrument, &mut checks);
        checks.outcome(instrument)
    }
}

/// That every rule cites its article.
fn articles(instrument: &Instrument, checks: &mut Checks<'_>) {
    const ADVICE: &str = "write the article, such as `7(2)`";
    let id = &instrument.id;
    if let Some(entry) = &instrument.entry
        && (entry.article.trim().is_empty() || entry.later_article.trim().is_empty())
    {
        checks.add(
            "entry",
            None,
            format!("`{id}`: the rule of entry into force cites no article"),
            ADVICE,
        );
    }
    if let Some(withdrawal) = &instrument.withdrawal
        && withdrawal.article.trim().is_empty()
    {
        checks.add(
            "withdrawal",
            None,
            format!("`{id}`: the rule of withdrawal cites no article"),
            ADVICE,
        );
    }
    for (at, duty) in instrument.duty.iter().enumerate() {
        if duty.article.trim().is_empty() {
            checks.add(
                "duty",
                Some(at),
                format!("the duty `{}` cites no article", duty.id),
                ADVICE,
            );
        }
    }
    for (at, deadline) in instrument.deadline.iter().enumerate() {
        if deadline.article.trim().is_empty() {
            checks.add(
                "deadline",
                Some(at),
                format!("the deadline `{}` cites no article", deadline.id),
                ADVICE,
            );
        }
    }
}

/// That ids of duties are the instrument's and stand once, and that duties that refer to each other within it are there.
fn duties(instrument: &Instrument, checks: &mut Checks<'_>) {
    let prefix = format!("{}.", instrument.id);
    let mut seen = BTreeSet::new();
    let of_duties = instrument
        .duty
        .iter()
        .enumerate()
        .map(|(at, duty)| ("duty", at, &duty.id));
    let of_deadlines = instrument
        .deadline
        .iter()
        .enumerate()
        .map(|(at, one)| ("deadline", at, &one.id));
    for (key, at, id) in of_duties.chain(of_deadlines) {
        if !plain(id) || !id.starts_with(&prefix) {
            let message = format!("`{id}` is no id of a {key}: it begins with `{prefix}`, then the article");
            checks.add(key, Some(at), message, "such as `apmbc.7.2`");
        }
        if !seen.insert(id.as_str()) {
            checks.add(
                key,
                Some(at),
                format!("`{id}` is given twice"),
                "give each an id of its own",
            );
        }
    }
    for (at, duty) in instrument.duty.iter().enumerate() {
        let after = match &duty.due {
            Due::Yearly { after, .. } => after.as_ref(),
            Due::Every { after, .. } | Due::With { after, .. } => Some(after),
            Due::Dates { on } if on.is_empty() => {
                let message = format!("the duty `{}` is due on given days, and none is given", duty.id);
                checks.add("duty", Some(at), message, "list them under `on`");
                None
            }
            _ => None,
        };
        if let Some(after) =
            after.filter(|after| **after == duty.id || !instrument.duty.iter().any(|d| d.id == **after))
        {
            let known = instrument
                .duty
                .iter()
                .map(|duty| duty.id.as_str())
                .filter(|id| *id != duty.id);
            let advice = nearest(after, known).unwrap_or_else(|| "name the duty that is due first".to_string());
            let message = format!(
                "the duty `{}` comes after `{after}`, which is no other duty here",
                duty.id
            );
            checks.add("duty", Some(at), message, &advice);
        }
    }
}

impl Element {
    /// Reads a file of elements; all mistakes are told together.
    pub fn parse_all(text: &str) -> Result<Vec<Element>, Vec<Mistake>> {
        let file: ElementsFile = read(text)?;
        let mut checks = Checks::new(text);
        let mut seen = BTreeSet::new();
        for (at, element) in file.element.iter().enumerate() {
            let number = element.number;
            if !(1..=10).contains(&number) {
                checks.add(
                    "element",
                    Some(at),
                    format!("there is no element {number}"),
                    "the agenda has 1 to 10",
                );
            }
            if !seen.insert(number) {
                checks.add(
                    "element",
                    Some(at),
                    format!("element {number} is given twice"),
                    "leave one out",
                );
            }
            if element.practice.is_empty() || element.norms.trim().is_empty() {
                let message = format!("element {number} lacks one of its two prongs, norms and practice");
                checks.add("element", Some(at), message, "say what is asked of both");
            }
        }
        checks.outcome(file.element)
    }
}
