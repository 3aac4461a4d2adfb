//! The outcome as a panel of rates: a measure by year, or deaths by month, per 100,000 people.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use lysoen_facts::View;
use lysoen_impact::Panel;
use lysoen_lexicon::panel::Month;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::catalog::{At, Measure};
use lysoen_measures::panels::{Question as Months, Violence, of_countries};
use lysoen_measures::{History, history};

use super::question::{Step, label};
use super::rows::OutcomeTold;
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy::source_note;
use crate::sheet::SourceNote;

/// A rate is told per so many people.
pub(super) const PER: f64 = 100_000.0;

/// An outcome of every place and period.
#[derive(Clone, Debug)]
pub(super) struct Outcome {
    /// What it is.
    pub(super) told: OutcomeTold,
    /// Rates per 100,000, with the people of each place.
    pub(super) panel: Panel,
    /// The number of the panel's first period: a year, or a month from January 1980.
    pub(super) first: i32,
    /// The length of its periods.
    pub(super) by: Step,
    /// The sources with the newest vintage of each.
    pub(super) sources: Vec<SourceNote>,
    /// Years in which the measure changed in kind.
    pub(super) breaks: Vec<i16>,
    /// Of each place the periods from which another source than before tells it.
    pub(super) changes: BTreeMap<String, Vec<(i32, String)>>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
}

/// Whether a measure counts people, so that a policy's effect on it is a number of people.
pub(super) fn counts_people(measure: &Measure) -> bool {
    matches!(measure.unit.as_str(), "people" | "movements")
        && measure.group != "population"
        && matches!(measure.at, At::Period | At::End | At::Survey)
}

/// Whether a measure is known by months.
pub(super) fn by_months(measure: &str) -> Option<Violence> {
    Violence::ALL.into_iter().find(|violence| violence.measure() == measure)
}

impl Outcome {
    /// Reads a measure of every country.
    pub(super) fn read(observatory: &Observatory, view: &View, id: &str, by: Step) -> Result<Outcome, AnswerError> {
        let measures = observatory.measures();
        let measure = measures
            .get(id)
            .filter(|measure| counts_people(measure))
            .ok_or_else(|| {
                let counting = measures.list.iter().filter(|m| counts_people(m)).map(|m| m.id.as_str());
                let advice = match measures.get(id) {
                    Some(other) => format!(
                        "{} is told in {}; an effect on people is asked of a measure that counts people",
                        other.title.trim(),
                        other.unit
                    ),
                    None => crate::index::nearest(id, counting.clone()).map_or_else(
                        || "lysoen impact lists them".to_string(),
                        |near| format!("did you mean {near}?"),
                    ),
                };
                AnswerError::Impact(format!("there is no outcome {id}: {advice}"))
            })?;
        let last = observatory.today.year();
        match by {
            Step::Year => {
                let years = history(view, measures, observatory.crosswalk(), measure, last)?;
                let mut outcome = Outcome::of_years(observatory, measure, &years)?;
                outcome.divided_by(observatory, view);
                Ok(outcome)
            }
            Step::Month => {
                let violence = by_months(id).ok_or_else(|| {
                    let told: Vec<&str> = Violence::ALL.iter().map(|violence| violence.measure()).collect();
                    AnswerError::Impact(format!(
                        "{id} is not known by months: {} are; ask by year",
                        told.join(", ")
                    ))
                })?;
                let mut outcome = Outcome::of_months(observatory, view, measure, violence)?;
                outcome.divided_by(observatory, view);
                Ok(outcome)
            }
        }
    }

    fn of_years(observatory: &Observatory, measure: &Measure, years: &History) -> Result<Outcome, AnswerError> {
        let (Some(&first), true) = (years.years.first(), !years.places.is_empty()) else {
            return Err(AnswerError::Impact(format!(
                "nothing is known of {} in this observatory; `lysoen sources` tells what is imported",
                measure.id
            )));
        };
        let units = years.places.iter().map(PlaceId::to_string).collect();
        let labels = years
            .years
            .iter()
            .map(|year| label(i32::from(*year), Step::Year))
            .collect();
        let mut panel = Panel::new(units, labels);
        let mut vintages: BTreeMap<String, Option<Date>> = BTreeMap::new();
        let mut changes: BTreeMap<String, Vec<(i32, String)>> = BTreeMap::new();
        for (unit, place) in years.places.iter().enumerate() {
            let mut before: Option<&str> = None;
            for (year, known) in years.of(place) {
                let time = usize::try_from(year - first).unwrap_or_default();
                if let Some(people) = known.people {
                    panel.set_people(unit, time, people);
                    panel.set(unit, time, known.value / people * PER);
                }
                for source in known.source.split(" + ").filter(|source| !source.is_empty()) {
                    let newest = vintages.entry(source.to_string()).or_default();
                    *newest = (*newest).max(known.as_of);
                }
                if before.is_some_and(|before| before != known.source && !known.none_recorded) {
                    let told = (i32::from(year), known.source.clone());
                    changes.entry(place.to_string()).or_default().push(told);
                }
                if !known.none_recorded {
                    before = Some(&known.source);
                }
            }
        }
        let note = |(source, as_of): (&String, &Option<Date>)| source_note(&observatory.catalog, source, *as_of);
        Ok(Outcome {
            told: told(measure, Step::Year),
            panel,
            first: i32::from(first),
            by: Step::Year,
            sources: vintages.iter().map(note).collect(),
            breaks: measure.breaks.clone(),
            changes,
            notes: none_recorded(measure),
        })
    }

    fn of_months(
        observatory: &Observatory,
        view: &View,
        measure: &Measure,
        violence: Violence,
    ) -> Result<Outcome, AnswerError> {
        let asked = Months {
            target: Some(violence),
            ..Months::default()
        };
        let monthly = of_countries(view, observatory.crosswalk(), &asked)?;
        let months = &monthly.panel;
        let people = observatory
            .measures()
            .get("population_midyear")
            .map(|midyear| {
                history(
                    view,
                    observatory.measures(),
                    observatory.crosswalk(),
                    midyear,
                    observatory.today.year(),
                )
            })
            .transpose()?
            .unwrap_or_default();
        let times = (0..months.months() as i32).map(|time| label(months.first().0 + time, Step::Month));
        let mut panel = Panel::new(months.units().to_vec(), times.collect());
        for (unit, code) in months.units().iter().enumerate() {
            let Ok(place) = code.parse::<PlaceId>() else { continue };
            for (time, deaths) in months.series(unit).iter().enumerate() {
                let year = Month(months.first().0 + time as i32).year();
                let of_year = i16::try_from(year).ok().and_then(|year| people.get(&place, year));
                if let Some(people) = of_year.map(|known| known.value).filter(|people| *people > 0.0) {
                    panel.set_people(unit, time, people);
                    panel.set(unit, time, deaths / people * PER);
                }
            }
        }
        let about = &monthly.provenance;
        let sources = vec![source_note(
            &observatory.catalog,
            &about.source,
            about.vintages.last().copied(),
        )];
        let mut notes = none_recorded(measure);
        notes.extend(about.notes.iter().cloned());
        Ok(Outcome {
            told: told(measure, Step::Month),
            panel,
            first: months.first().0,
            by: Step::Month,
            sources,
            breaks: measure.breaks.clone(),
            changes: BTreeMap::new(),
            notes,
        })
    }

    /// Adds the sources of the populations by which counts are divided, as far as the view has them.
    fn divided_by(&mut self, observatory: &Observatory, view: &View) {
        let list = &observatory.measures().list;
        let cards = list.iter().filter(|m| m.group == "population").flat_map(|m| &m.from);
        let cards: BTreeSet<&str> = cards.map(|from| from.source.as_str()).collect();
        for card in cards {
            let releases = view.releases().iter().map(|seen| &seen.release);
            let newest = releases
                .filter(|release| release.source == card)
                .map(|release| release.vintage)
                .max();
            let known = self.sources.iter().any(|source| source.id == card);
            if let Some(vintage) = newest.filter(|_| !known) {
                self.sources
                    .push(source_note(&observatory.catalog, card, Some(vintage)));
            }
        }
    }

    /// The column of a period by its number.
    pub(super) fn column(&self, period: i32) -> Option<usize> {
        let column = usize::try_from(period - self.first).ok()?;
        (column < self.panel.times.len()).then_some(column)
    }

    /// The first and the last day of some columns.
    pub(super) fn days(&self, columns: &Range<usize>) -> (Date, Date) {
        let month = |column: usize, of_year: u8| {
            let period = self.first + column as i32;
            let month = match self.by {
                Step::Year => Month::of(i16::try_from(period).ok()?, of_year),
                Step::Month => Month(period),
            };
            month.period()
        };
        let first = month(columns.start, 1).map_or(Date::MIN, Period::start);
        let last = month(columns.end.saturating_sub(1), 12).map_or(Date::MAX, Period::end);
        (first, last)
    }

    /// The number of the last period.
    pub(super) fn last(&self) -> i32 {
        self.first + self.panel.times.len() as i32 - 1
    }

    /// What changed in how the outcome of a place is reported from a period to another, in sentences.
    pub(super) fn reporting(&self, place: &str, from: i32, to: i32) -> Vec<String> {
        let year_of = |period: i32| match self.by {
            Step::Year => period,
            Step::Month => Month(period).year(),
        };
        let within = |year: i32| year_of(from) < year && year <= year_of(to);
        let breaks = self.breaks.iter().filter(|year| within(i32::from(**year)));
        let mut told: Vec<String> = breaks
            .map(|year| format!("The series changed in kind in {year}, within the periods that are compared."))
            .collect();
        let changes = self.changes.get(place).into_iter().flatten();
        told.extend(
            changes
                .filter(|(period, _)| from < *period && *period <= to)
                .map(|(period, source)| {
                    format!(
                        "From {} on the outcome of {place} is told by another source ({source}).",
                        label(*period, self.by)
                    )
                }),
        );
        told
    }
}

fn told(measure: &Measure, by: Step) -> OutcomeTold {
    let each = match (measure.at, by) {
        (At::End, _) => " people".to_string(),
        _ => format!(" people a {by}"),
    };
    OutcomeTold {
        id: measure.id.clone(),
        title: title(measure),
        definition: measure.definition.clone(),
        unit: format!("per 100,000{each}"),
        counted: measure.unit.clone(),
    }
}

/// The measure's title by itself: in a table a part stands below its whole, as `… in state-based conflict`.
pub(super) fn title(measure: &Measure) -> String {
    let words = measure.title.trim();
    match (
        measure.group.as_str(),
        words.strip_prefix("… "),
        words.strip_prefix("By "),
    ) {
        ("killed", Some(part), _) => format!("Killed {part}"),
        ("who did it", Some(who), _) => format!("Civilians killed by {who}"),
        ("who did it", _, Some(who)) => format!("Civilians killed by {who}"),
        _ => words.to_string(),
    }
}

fn none_recorded(measure: &Measure) -> Vec<String> {
    let told = measure.none_recorded.iter();
    told.map(|meaning| format!("A zero is: {meaning}.")).collect()
}
