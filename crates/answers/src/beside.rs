//! Safe state, unsafe people: people's security beside an index of their state, by ranks among the same places.
//!
//! Nothing is computed from both together. The indices contain conflict and displaced people, or measure something else
//! than safety (V-Dem the type of regime), so what is left of one given the other would mean nothing; only where a place
//! stands in each is set side by side.

use lysoen_lexicon::place::PlaceId;
use lysoen_measures::catalog::{Measure, Worst};
use lysoen_measures::{Coverage, Figure, Measures};
use serde::{Deserialize, Serialize};

use crate::assess::{Assessment, columns};
use crate::sheet::{Cell, Kind, Sheet};

/// Where a place stands by a measure of its people and by an index of its state, among the places that have both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The place.
    pub place: PlaceId,
    /// The measure of the people, told as a rate.
    pub measure: String,
    /// The index of the state.
    pub index: String,
    /// Its rank by the people's rate: 1 has the highest, equal places share the better one.
    pub rank: usize,
    /// Its rank by the index: 1 is the worst.
    pub index_rank: usize,
    /// The number of places in both ranks.
    pub of: usize,
}

impl Beside {
    /// By how many places it stands worse by its people than by the index; below zero, better.
    pub fn difference(&self) -> i64 {
        self.index_rank as i64 - self.rank as i64
    }

    /// The difference in plain words.
    pub fn said(&self) -> String {
        let places = |n: i64| format!("{n} {}", if n == 1 { "place" } else { "places" });
        match self.difference() {
            0 => "the same place in both".to_string(),
            n if n > 0 => format!("{} worse by its people than by the index", places(n)),
            n => format!("{} better by its people than by the index", places(-n)),
        }
    }
}

/// The measures of people that are set beside an index: those of the world table that have a rate.
fn of_people(measures: &Measures) -> impl Iterator<Item = &Measure> {
    measures.list.iter().filter(|m| m.headline && m.per.is_some())
}

fn of_states(measures: &Measures) -> impl Iterator<Item = (&Measure, Worst)> {
    measures.list.iter().filter_map(|m| Some((m, m.worst?)))
}

/// The ranks of every place, by each pair of a measure and an index.
pub(crate) fn beside(measures: &Measures, figures: &[Figure]) -> Vec<Beside> {
    let mut all = Vec::new();
    for measure in of_people(measures) {
        for (index, worst) in of_states(measures) {
            let told = |id: &str, ranked: fn(&Figure) -> Result<f64, &'static str>| {
                let of = figures.iter().filter(move |f| f.measure == id);
                of.filter_map(move |f| Some((&f.place, ranked(f).ok()?)))
                    .collect::<Vec<_>>()
            };
            let states = told(&index.id, state_rank);
            let both: Vec<(&PlaceId, f64, f64)> = told(&measure.id, people_rank)
                .into_iter()
                .filter_map(|(place, rate)| {
                    let (_, value) = states.iter().find(|(other, _)| *other == place)?;
                    Some((place, rate, if worst == Worst::Highest { *value } else { -value }))
                })
                .collect();
            all.extend(both.iter().map(|(place, rate, value)| Beside {
                place: (*place).clone(),
                measure: measure.id.clone(),
                index: index.id.clone(),
                rank: 1 + both.iter().filter(|(_, other, _)| other > rate).count(),
                index_rank: 1 + both.iter().filter(|(_, _, other)| other > value).count(),
                of: both.len(),
            }));
        }
    }
    all
}

/// The rate by which a place is ranked, or why it is not.
fn people_rank(figure: &Figure) -> Result<f64, &'static str> {
    match (figure.per_100k, figure.coverage) {
        _ if figure.place.as_str() == PlaceId::WORLD => Err("no rank: the world is no place among others"),
        (_, Coverage::NoneRecorded) => Err("no rank: none recorded"),
        (None, _) => Err("no rank: no rate"),
        (Some(rate), Coverage::Covered) => Ok(rate),
        (_, Coverage::Incomplete) => Err("no rank: a minimum, over what is known here"),
        _ => Err("no rank: of an earlier year"),
    }
}

/// The value by which a state is ranked, or why it is not.
fn state_rank(figure: &Figure) -> Result<f64, &'static str> {
    match (figure.value, figure.coverage) {
        (None, _) => Err("no rank: no value of the index"),
        (_, Coverage::Stale) => Err("no rank: the index is more than three years old"),
        (Some(value), _) => Ok(value),
    }
}

/// Where the index and the sources stand in a row of the sheet.
const INDEX: usize = 7;
const SOURCE: usize = 18;

impl Assessment {
    /// People's figures beside the indices of their states: a row to each place, measure and index that has a value.
    pub fn beside_sheet(&self) -> Sheet {
        let mut rows = Vec::new();
        for place in self.places.iter().filter(|p| p.as_str() != PlaceId::WORLD) {
            for measure in of_people(&self.measures) {
                for (index, _) in of_states(&self.measures) {
                    let figures = self.figure(place, &measure.id).zip(self.figure(place, &index.id));
                    rows.extend(figures.and_then(|(people, state)| self.beside_row(people, state)));
                }
            }
        }
        let named = |column: usize, id: &str| {
            rows.iter()
                .any(|row: &Vec<Cell>| matches!(&row[column], Cell::Text(t) if t.split(" + ").any(|part| part == id)))
        };
        let definitions = of_states(&self.measures)
            .filter(|(m, _)| named(INDEX, &m.id))
            .map(|(m, _)| format!("{}: {}", m.title, m.definition));
        let mut notes = self.notes();
        notes.push(
            "Ranks are among the places that have both; 1 is the highest rate and the worst index. The difference is the \
             rank by the index less that by the people's figure: above zero, the place stands worse by its people. \
             It is no measure of its own."
                .to_string(),
        );
        notes.extend(definitions);
        Sheet {
            title: format!("Safe state, unsafe people? {}", self.period),
            columns: columns(&[
                ("place", Kind::Text),
                ("place_name", Kind::Text),
                ("period", Kind::Text),
                ("measure", Kind::Text),
                ("value", Kind::Number),
                ("per_100k", Kind::Number),
                ("coverage", Kind::Text),
                ("index", Kind::Text),
                ("index_value", Kind::Number),
                ("index_low", Kind::Number),
                ("index_high", Kind::Number),
                ("index_interval_kind", Kind::Text),
                ("index_period", Kind::Text),
                ("rank", Kind::Count),
                ("index_rank", Kind::Count),
                ("of", Kind::Count),
                ("difference", Kind::Count),
                ("note", Kind::Text),
                ("source", Kind::Text),
            ]),
            sources: self.sources.iter().filter(|s| named(SOURCE, &s.id)).cloned().collect(),
            rows,
            notes,
        }
    }

    fn beside_row(&self, people: &Figure, state: &Figure) -> Option<Vec<Cell>> {
        if people.value.is_none() || state.value.is_none() {
            return None;
        }
        let ranks = self
            .beside
            .iter()
            .find(|b| b.place == people.place && b.measure == people.measure && b.index == state.measure);
        let note = match ranks {
            Some(ranks) => ranks.said(),
            None => [people_rank(people), state_rank(state)]
                .into_iter()
                .find_map(Result::err)
                .unwrap_or_default()
                .to_string(),
        };
        let mut sources: Vec<&str> = people.source.split(" + ").chain([state.source.as_str()]).collect();
        sources.sort_unstable();
        sources.dedup();
        let count = |n: Option<usize>| n.map_or(Cell::Missing, |n| (n as u64).into());
        Some(vec![
            people.place.to_string().into(),
            self.name(&people.place).into(),
            people.period.to_string().into(),
            people.measure.as_str().into(),
            people.value.map(f64::round).into(),
            people.per_100k.into(),
            people.coverage.as_str().into(),
            state.measure.as_str().into(),
            state.value.into(),
            state.low.into(),
            state.high.into(),
            state.interval_kind.as_str().into(),
            state.data_period.clone().into(),
            count(ranks.map(|r| r.rank)),
            count(ranks.map(|r| r.index_rank)),
            count(ranks.map(|r| r.of)),
            ranks.map_or(Cell::Missing, |r| r.difference().into()),
            note.into(),
            sources.join(" + ").into(),
        ])
    }
}
