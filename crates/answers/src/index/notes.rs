//! What a build of an index tells of its steps, gathered so that a person can read it.

use std::collections::BTreeMap;

use lysoen_indices::data::Unit;
use lysoen_indices::index::{Note, Outcome};

/// So many names stand in a sentence; the rest is counted.
const NAMED: usize = 8;

/// The notes of all outcomes; what is the same in several periods is said once.
pub(super) fn of_periods(outcomes: &[Outcome], units: &[Unit]) -> Vec<String> {
    let mut order: Vec<String> = Vec::new();
    let mut periods: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for outcome in outcomes {
        for sentence in gathered(outcome, units) {
            let said = periods.entry(sentence.clone()).or_insert_with(|| {
                order.push(sentence);
                Vec::new()
            });
            said.extend(outcome.period.map(|period| period.to_string()));
        }
    }
    let told = |sentence: String| match &periods[&sentence] {
        said if said.len() < outcomes.len() && !said.is_empty() => format!("{}: {sentence}", said.join(", ")),
        _ => sentence,
    };
    order.into_iter().map(told).collect()
}

/// The notes of an outcome, one sentence for each thing that happened.
fn gathered(outcome: &Outcome, units: &[Unit]) -> Vec<String> {
    let mut order: Vec<(Option<usize>, &str)> = Vec::new();
    let mut met: BTreeMap<(Option<usize>, &str), Vec<usize>> = BTreeMap::new();
    for note in &outcome.notes {
        let key = (note.node.filter(|_| note.unit.is_some()), note.text.as_str());
        let list = met.entry(key).or_insert_with(|| {
            order.push(key);
            Vec::new()
        });
        list.extend(note.unit.or(note.node));
    }
    let sentence = |(node, text): (Option<usize>, &str)| {
        let list = &met[&(node, text)];
        let about_units = outcome.notes.iter().any(|n| n.text == text && n.unit.is_some());
        let name = |at: &usize| match about_units {
            true => units[*at].code.as_str(),
            false => outcome.nodes[*at].id.as_str(),
        };
        let names: Vec<&str> = list.iter().map(name).collect();
        let subject = node.map(|at| format!("{}: ", outcome.nodes[at].id)).unwrap_or_default();
        match names.is_empty() {
            true => format!("{subject}{text}"),
            false => format!("{subject}{text} ({})", listed(&names)),
        }
    };
    order.into_iter().map(sentence).collect()
}

/// `AUT, BEL, CHE and 12 more`.
pub(super) fn listed(names: &[&str]) -> String {
    match names.len() {
        n if n > NAMED + 1 => format!("{} and {} more", names[..NAMED].join(", "), n - NAMED),
        _ => names.join(", "),
    }
}

/// What is told of each node at each unit; also of a unit as a whole.
pub(super) struct ByUnit<'o>(BTreeMap<(Option<usize>, usize), Vec<&'o str>>);

impl<'o> ByUnit<'o> {
    pub(super) fn of(outcome: &'o Outcome) -> ByUnit<'o> {
        let mut notes: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for Note { node, unit, text } in &outcome.notes {
            if let Some(unit) = unit {
                notes.entry((*node, *unit)).or_default().push(text);
            }
        }
        ByUnit(notes)
    }

    /// The notes on a node at a unit, and on the unit.
    pub(super) fn on(&self, node: usize, unit: usize) -> Vec<&'o str> {
        let on = |node| self.0.get(&(node, unit)).into_iter().flatten().copied();
        on(Some(node)).chain(on(None)).collect()
    }
}
