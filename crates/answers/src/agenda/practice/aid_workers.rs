//! Attacks on aid workers: how many, whom they harmed, who attacked, and where.
//!
//! Victims among aid workers may also be among the deaths of UCDP, and are never added to those. Killed, wounded, kidnapped
//! and detained are told apart and never added to each other.

mod actors;

use std::collections::BTreeMap;

use arrow::array::{Array, AsArray};
use arrow::datatypes::Int64Type;
use jiff::civil::Date;
use lysoen_facts::{View, literal};
use serde::{Deserialize, Serialize};

pub use actors::{ACTORS, Actor, Attacker, actor};

use super::Told;
use crate::error::AnswerError;
use crate::standing::Columns;

/// The source's card.
pub const AWSD: &str = "awsd";

/// The unit of victims.
pub const UNIT: &str = "people";

/// Why the counts have no interval.
pub const NO_INTERVAL: &str = "counted incident by incident from reports; the source gives no interval";

/// Incidents and their victims. A victim of one kind is in no other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Number of incidents.
    pub incidents: i64,
    /// Aid workers killed.
    pub killed: i64,
    /// Seriously wounded.
    pub wounded: i64,
    /// Kidnapped for more than a day.
    pub kidnapped: i64,
    /// Detained.
    pub detained: i64,
    /// Incidents of which one of the four counts is missing, so that the sums are a minimum.
    pub not_told: i64,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.incidents += other.incidents;
        self.killed += other.killed;
        self.wounded += other.wounded;
        self.kidnapped += other.kidnapped;
        self.detained += other.detained;
        self.not_told += other.not_told;
    }
}

/// Attacks in a year in a country by one type of attacker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attacks {
    /// The source's card.
    pub source: String,
    /// The vintage.
    pub as_of: Date,
    /// The year.
    pub year: i16,
    /// The country in whose territory it was, whoever held it; none where the source has no country.
    pub country: Option<String>,
    /// Who attacked.
    pub attacker: Attacker,
    /// Who attacked, in the source's words.
    pub actor_type: String,
    /// All of them, with those that are not yet verified.
    pub all: Tally,
    /// Those that are not yet verified.
    pub pending: Tally,
    /// The unit of victims.
    pub unit: String,
    /// Why there is no interval.
    pub interval: String,
}

/// Attacks in a year anywhere, by who attacked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttackYear {
    /// The source's card.
    pub source: String,
    /// The vintage.
    pub as_of: Date,
    /// The year.
    pub year: i16,
    /// Whether the year had ended when the source was read: if not, it will grow.
    pub ended: bool,
    /// All attacks, with those that are not yet verified.
    pub all: Tally,
    /// Those that are not yet verified.
    pub pending: Tally,
    /// Incidents of which the source does not say whether they are verified.
    pub verification_not_said: i64,
    /// By who attacked: state, non-state, unknown.
    pub by: Vec<Share>,
    /// The unit of victims.
    pub unit: String,
    /// Why there is no interval.
    pub interval: String,
}

/// What one kind of attacker did in a year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Who attacked.
    pub attacker: Attacker,
    /// Incidents and victims.
    pub all: Tally,
    /// Those that are not yet verified.
    pub pending: Tally,
    /// The share among all who were killed in the year.
    pub of_killed: Told,
}

/// Attacks on aid workers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AidWorkers {
    /// By year, country and type of attacker.
    pub attacks: Vec<Attacks>,
    /// By year.
    pub years: Vec<AttackYear>,
    /// Types of attackers that the mapping does not know, with their incidents. They count as unknown.
    pub not_mapped: BTreeMap<String, i64>,
}

/// An incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The vintage.
    pub as_of: Date,
    /// The year.
    pub year: i16,
    /// The country.
    pub country: Option<String>,
    /// Who attacked, in the source's words.
    pub actor_type: String,
    /// How far it is verified: `Yes`, `Archived` or `Pending`; none where the source does not say.
    pub verified: Option<String>,
    /// The incident, and its victims.
    pub tally: Tally,
}

/// Attacks on aid workers, out of a view.
///
/// # Errors
/// If the lake cannot be read.
pub fn aid_workers(view: &View) -> Result<AidWorkers, AnswerError> {
    let scopes = view
        .releases()
        .iter()
        .map(|seen| &seen.release)
        .filter(|r| r.source == AWSD);
    let told_to = scopes.filter_map(|release| release.scope.to).max();
    Ok(of_incidents(&incidents(view)?, told_to))
}

fn incidents(view: &View) -> Result<Vec<Incident>, AnswerError> {
    let sql = format!(
        "SELECT as_of, start, country, code_status, source_fields, deaths_best, wounded, kidnapped, detained FROM events \
         WHERE source = {} ORDER BY start, event_id",
        literal(AWSD)
    );
    let mut all = Vec::new();
    for batch in view.query(&sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let (Some(as_of), Some(start)) = (batch.date(0, row), batch.date(1, row)) else {
                continue;
            };
            let some = |column| Some(batch.text(column, row)).filter(|text| !text.is_empty());
            all.push(Incident {
                as_of,
                year: start.year(),
                country: some(2),
                actor_type: actor_type(&batch.text(4, row)),
                verified: some(3),
                tally: tally([5, 6, 7, 8].map(|column| count(&batch, column, row))),
            });
        }
    }
    Ok(all)
}

fn count(batch: &Columns, column: usize, row: usize) -> Option<i64> {
    let column = &batch.0[column];
    (!column.is_null(row)).then(|| column.as_primitive::<Int64Type>().value(row))
}

fn tally(victims: [Option<i64>; 4]) -> Tally {
    let [killed, wounded, kidnapped, detained] = victims.map(Option::unwrap_or_default);
    Tally {
        incidents: 1,
        killed,
        wounded,
        kidnapped,
        detained,
        not_told: i64::from(victims.contains(&None)),
    }
}

/// The type of attacker among the source's remaining columns; empty where there is none.
fn actor_type(fields: &str) -> String {
    let fields: serde_json::Value = serde_json::from_str(fields).unwrap_or_default();
    fields
        .get("actor_type")
        .and_then(|text| text.as_str())
        .unwrap_or_default()
        .to_string()
}

/// Counts incidents. A year that ends after `told_to`, the last day of which the source tells, has not ended.
pub fn of_incidents(incidents: &[Incident], told_to: Option<Date>) -> AidWorkers {
    let mut found = AidWorkers::default();
    let mut rows: BTreeMap<(i16, Option<&str>, &str), Attacks> = BTreeMap::new();
    let mut years: BTreeMap<i16, AttackYear> = BTreeMap::new();
    for incident in incidents {
        let known = actor(&incident.actor_type);
        if known.is_none() {
            *found.not_mapped.entry(incident.actor_type.clone()).or_default() += 1;
        }
        let attacker = known.map_or(Attacker::Unknown, |actor| actor.attacker);
        let words = known.map_or(incident.actor_type.as_str(), |actor| actor.actor_type);
        let row = rows
            .entry((incident.year, incident.country.as_deref(), words))
            .or_insert_with(|| attacks(incident, attacker, words));
        let year = years.entry(incident.year).or_insert_with(|| year(incident, told_to));
        for (all, pending) in [(&mut row.all, &mut row.pending), (&mut year.all, &mut year.pending)] {
            count_in(incident, all, pending);
        }
        if let Some(share) = year.by.iter_mut().find(|share| share.attacker == attacker) {
            count_in(incident, &mut share.all, &mut share.pending);
        }
        year.verification_not_said += i64::from(incident.verified.is_none());
    }
    years.values_mut().for_each(share);
    found.attacks = rows.into_values().collect();
    found.years = years.into_values().collect();
    found
}

fn count_in(incident: &Incident, all: &mut Tally, pending: &mut Tally) {
    all.add(incident.tally);
    if incident.verified.as_deref() == Some("Pending") {
        pending.add(incident.tally);
    }
}

fn attacks(incident: &Incident, attacker: Attacker, words: &str) -> Attacks {
    Attacks {
        source: AWSD.to_string(),
        as_of: incident.as_of,
        year: incident.year,
        country: incident.country.clone(),
        attacker,
        actor_type: words.to_string(),
        all: Tally::default(),
        pending: Tally::default(),
        unit: UNIT.to_string(),
        interval: NO_INTERVAL.to_string(),
    }
}

fn year(incident: &Incident, told_to: Option<Date>) -> AttackYear {
    let nothing = |attacker| Share {
        attacker,
        all: Tally::default(),
        pending: Tally::default(),
        of_killed: Told::missing("%", "nobody was killed in the year"),
    };
    AttackYear {
        source: AWSD.to_string(),
        as_of: incident.as_of,
        year: incident.year,
        ended: told_to.is_some_and(|to| to >= jiff::civil::date(incident.year, 12, 31)),
        all: Tally::default(),
        pending: Tally::default(),
        verification_not_said: 0,
        by: Attacker::ALL.map(nothing).to_vec(),
        unit: UNIT.to_string(),
        interval: NO_INTERVAL.to_string(),
    }
}

fn share(year: &mut AttackYear) {
    let killed = year.all.killed;
    for share in &mut year.by {
        if killed > 0 {
            let value = share.all.killed as f64 / killed as f64 * 100.0;
            share.of_killed = Told::alone(value, "% of aid workers killed", NO_INTERVAL);
        }
    }
}
