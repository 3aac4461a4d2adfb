//! Reads the files of the agenda's catalog, and says what is wrong with them: where it stands, in a sentence, and what to do.

use std::collections::BTreeSet;

use lysoen_lexicon::mistake::{Checks, Mistake, nearest, read};

use crate::element::{Element, ElementsFile};
use crate::instrument::{Due, Instrument, InstrumentKind};

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
            checks.add(&["id"], message, "give it a short name such as `rome-statute`");
        } else if id != stem {
            let message = format!("the file is called `{stem}.toml`, and its instrument `{id}`");
            checks.add(&["id"], message, "call the file by the instrument's id");
        }
        if instrument.elements.is_empty() || instrument.elements.iter().any(|number| !(1..=10).contains(number)) {
            let message = format!("`{id}` serves no element of the agenda, or one that is not 1 to 10");
            checks.add(&["elements"], message, "list the elements by number");
        }
        let binds = matches!(instrument.kind, InstrumentKind::Treaty | InstrumentKind::Protocol);
        if binds && instrument.entry.is_none() {
            let message = format!("`{id}` has no rule of entry into force, so that nobody could be bound by it");
            checks.add(&["kind"], message, "add `[entry]` with the articles");
        }
        if let Some(day) = instrument.entered_into_force.filter(|day| *day < instrument.adopted) {
            let message = format!(
                "`{id}` is in force since {day}, before it was adopted on {}",
                instrument.adopted
            );
            checks.add(&["entered_into_force"], message, "one of the two days is wrong");
        }
        if instrument.no_withdrawal && instrument.withdrawal.is_some() {
            let message = format!("`{id}` says how one leaves it, and that no article provides for that");
            checks.add(&["no_withdrawal"], message, "leave one of the two out");
        }
        if instrument.read.is_empty() {
            let message = format!("`{id}` does not say what was read of it");
            checks.add(&["id"], message, "add `[[read]]` with the text and where it stands");
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
            &["entry"],
            format!("`{id}`: the rule of entry into force cites no article"),
            ADVICE,
        );
    }
    if let Some(withdrawal) = &instrument.withdrawal
        && withdrawal.article.trim().is_empty()
    {
        checks.add(
            &["withdrawal"],
            format!("`{id}`: the rule of withdrawal cites no article"),
            ADVICE,
        );
    }
    for (at, duty) in instrument.duty.iter().enumerate() {
        if duty.article.trim().is_empty() {
            checks.add(
                &["duty", &at.to_string()],
                format!("the duty `{}` cites no article", duty.id),
                ADVICE,
            );
        }
    }
    for (at, deadline) in instrument.deadline.iter().enumerate() {
        if deadline.article.trim().is_empty() {
            checks.add(
                &["deadline", &at.to_string()],
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
            checks.add(&[key, &at.to_string()], message, "such as `apmbc.7.2`");
        }
        if !seen.insert(id.as_str()) {
            checks.add(
                &[key, &at.to_string()],
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
                checks.add(&["duty", &at.to_string()], message, "list them under `on`");
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
            checks.add(&["duty", &at.to_string()], message, &advice);
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
                    &["element", &at.to_string()],
                    format!("there is no element {number}"),
                    "the agenda has 1 to 10",
                );
            }
            if !seen.insert(number) {
                checks.add(
                    &["element", &at.to_string()],
                    format!("element {number} is given twice"),
                    "leave one out",
                );
            }
            if element.practice.is_empty() || element.norms.trim().is_empty() {
                let message = format!("element {number} lacks one of its two prongs, norms and practice");
                checks.add(&["element", &at.to_string()], message, "say what is asked of both");
            }
        }
        checks.outcome(file.element)
    }
}
