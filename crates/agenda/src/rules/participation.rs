//! How each participant stands in an instrument, day by day: signed, consented, bound, leaving, gone.
//!
//! Rows that cannot be so are put aside with a finding (`rows`). Of what several sources tell of one consent, one
//! stands (`consent`). The instrument's own entry into force and the article for who joins later give the day from
//! which it is in force for a participant (`entry`); how one leaves gives the day on which it no longer is
//! (`withdrawal`). A history is a sequence of memberships (`membership`), with what was signed, applied and said beside
//! them (`history`); each holds for a time, and the weightiest on a day is how the participant stands (`spans`).

mod consent;
mod entry;
mod history;
mod membership;
mod rows;
mod spans;
mod withdrawal;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::fact::{Action, Commitment, List, Origin};
use crate::instrument::{Instrument, InstrumentKind};
use crate::standing::{Basis, Change, Finding, History, StandingWord};

/// How the participants of an instrument have stood.
#[derive(Clone, Debug, PartialEq)]
pub struct Participations {
    /// When the instrument itself entered into force: as published, or by its rule from a complete list; none where it
    /// has not, or where no list tells.
    pub entry: Option<Date>,
    /// The histories of who has done something to it, by participant.
    pub histories: BTreeMap<String, History>,
    /// What was not understood, and not guessed; ordered by participant.
    pub findings: Vec<Finding>,
    floor: Floor,
}

/// What holds for a participant that has done nothing.
#[derive(Clone, Debug, PartialEq)]
struct Floor {
    instrument: String,
    /// The day from which it is asked of everybody, for what binds nobody.
    asked_from: Option<Date>,
    /// The newest complete list.
    list: Option<List>,
}

impl Floor {
    fn new(instrument: &Instrument, lists: &[&List]) -> Floor {
        let complete = lists.iter().filter(|list| list.complete);
        let newest = complete.max_by_key(|list| (list.as_of, list.verified, &list.source));
        Floor {
            instrument: instrument.id.clone(),
            asked_from: (instrument.kind == InstrumentKind::Political).then_some(instrument.adopted),
            list: newest.map(|list| (*list).clone()),
        }
    }

    /// The first changes of every history.
    fn changes(&self) -> Vec<Change> {
        let change = |from, word, basis| Change {
            from,
            word,
            since: from,
            since_basis: None,
            ahead: None,
            basis,
            notes: Vec::new(),
        };
        if let Some(adopted) = self.asked_from {
            let adoption = Basis {
                act: "adoption".to_string(),
                date: Some(adopted),
                article: None,
                origin: None,
            };
            return vec![
                change(None, StandingWord::NotBound, Vec::new()),
                change(Some(adopted), StandingWord::Asked, vec![adoption]),
            ];
        }
        match &self.list {
            Some(list) => vec![change(None, StandingWord::NotBound, vec![listed(list)])],
            None => vec![change(None, StandingWord::Unknown, Vec::new())],
        }
    }

    /// The source and vintage that reach furthest: the newest complete list, or newer rows of the participant.
    fn reach(&self, rows: &[&Action]) -> Option<(String, Date)> {
        let list = self.list.iter().map(|list| (list.as_of, true, &list.source));
        let rows = rows.iter().map(|row| (row.origin.as_of, false, &row.origin.source));
        let newest = list.chain(rows).max()?;
        Some((newest.2.clone(), newest.0))
    }
}

/// A list as that on which it rests that somebody has done nothing.
fn listed(list: &List) -> Basis {
    Basis {
        act: "complete list".to_string(),
        date: Some(list.as_of),
        article: None,
        origin: Some(Origin {
            source: list.source.clone(),
            as_of: list.as_of,
            verified: list.verified,
            file: String::new(),
            row: 0,
        }),
    }
}

/// How each participant has stood in an instrument.
///
/// `actions`, `commitments` and `lists` may be of all instruments; those of this one, by its id or any of its numbers,
/// are taken. `succeeded` gives the day on which a successor state began, where it is known. The order of the rows does
/// not matter.
pub fn participations(
    instrument: &Instrument,
    actions: &[Action],
    commitments: &[Commitment],
    lists: &[List],
    succeeded: &dyn Fn(&str) -> Option<Date>,
) -> Participations {
    let lists: Vec<&List> = lists
        .iter()
        .filter(|l| rows::belongs(instrument, &l.instrument))
        .collect();
    let floor = Floor::new(instrument, &lists);
    let mut findings = Findings::new(instrument);
    let mut histories = BTreeMap::new();
    let mut day = None;
    if instrument.kind != InstrumentKind::Political {
        let rows = rows::usable(instrument, actions, &mut findings);
        let entry = entry::of(instrument, &rows, &lists, &mut findings);
        day = entry.day;
        let commitments = rows::commitments(instrument, commitments);
        let terms = history::Terms {
            instrument,
            entry: &entry,
            floor: &floor,
            succeeded,
        };
        for (participant, rows) in &rows {
            let own = commitments.get(participant).map_or(&[][..], Vec::as_slice);
            let history = terms.history(participant, rows, own, &mut findings);
            histories.insert((*participant).to_string(), history);
        }
    }
    Participations {
        entry: day,
        histories,
        findings: findings.sorted(),
        floor,
    }
}

impl Participations {
    /// The instrument's id.
    pub fn instrument(&self) -> &str {
        &self.floor.instrument
    }

    /// The newest day up to which a complete list of the instrument speaks.
    pub fn known_to(&self) -> Option<Date> {
        self.floor.list.as_ref().map(|list| list.as_of)
    }

    /// How a participant has stood. One that no row mentions is not bound by the newest complete list, and unknown
    /// where there is none; of a decision of the United Nations everybody is asked.
    pub fn of(&self, participant: &str) -> History {
        let none = || {
            let list = self.floor.reach(&[]);
            History {
                instrument: self.floor.instrument.clone(),
                participant: participant.to_string(),
                changes: self.floor.changes(),
                known_to: list.as_ref().map(|(_, as_of)| *as_of),
                list,
                declarations: Vec::new(),
            }
        };
        self.histories.get(participant).cloned().unwrap_or_else(none)
    }
}

/// What was not understood, as it is found.
struct Findings {
    instrument: String,
    found: Vec<Finding>,
}

impl Findings {
    fn new(instrument: &Instrument) -> Findings {
        Findings {
            instrument: instrument.id.clone(),
            found: Vec::new(),
        }
    }

    fn add(&mut self, participant: &str, message: String, origin: Option<&Origin>) {
        self.found.push(Finding {
            instrument: self.instrument.clone(),
            participant: participant.to_string(),
            message,
            origin: origin.cloned(),
        });
    }

    fn sorted(mut self) -> Vec<Finding> {
        self.found
            .sort_by(|a, b| (&a.participant, &a.message, &a.origin).cmp(&(&b.participant, &b.message, &b.origin)));
        self.found.dedup();
        self.found
    }
}
