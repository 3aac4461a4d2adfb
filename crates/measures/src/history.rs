//! A measure year by year at every country: the form in which a policy's effect is asked of it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use arrow::array::AsArray;
use arrow::datatypes::Date32Type;
use jiff::civil::Date;
use lysoen_facts::tables::from_days;
use lysoen_facts::{LakeError, View, literal};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;

use crate::catalog::{Measure, Measures, Per};
use crate::compute::Computer;
use crate::figure::{Coverage, Figure};
use crate::store::Store;

/// A measure of every country and joint place in every year in which any of its sources tells something.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// The years, without gaps.
    pub years: Vec<i16>,
    /// The places that were there in any of them.
    pub places: Vec<PlaceId>,
    values: BTreeMap<(PlaceId, i16), YearValue>,
}

/// A value that is of its year.
#[derive(Clone, Debug, PartialEq)]
pub struct YearValue {
    /// In the measure's unit.
    pub value: f64,
    /// The people of the place by whom it is divided: those of the measure, else those at mid-year. None where not known.
    pub people: Option<f64>,
    /// Whether the source covers the place and recorded nothing.
    pub none_recorded: bool,
    /// The card it comes from; several joined by ` + `.
    pub source: String,
    /// The newest vintage among its rows.
    pub as_of: Option<Date>,
}

impl History {
    /// The value of a place in a year; none where nothing is known of that very year.
    pub fn get(&self, place: &PlaceId, year: i16) -> Option<&YearValue> {
        self.values.get(&(place.clone(), year))
    }

    /// The values of a place in the order of years.
    pub fn of<'h>(&'h self, place: &'h PlaceId) -> impl Iterator<Item = (i16, &'h YearValue)> {
        let known = self.values.range((place.clone(), i16::MIN)..=(place.clone(), i16::MAX));
        known.map(|((_, year), value)| (*year, value))
    }
}

/// Reads a measure's history from a view, up to a last year. Values that were carried over from an earlier year, or lack a
/// part, are none; years whose series changed in kind are those of [`Measure::breaks`].
///
/// # Errors
/// Where the lake cannot be read.
pub fn history(
    view: &View,
    measures: &Measures,
    crosswalk: &Crosswalk,
    measure: &Measure,
    last: i16,
) -> Result<History, LakeError> {
    let wanted = made_of(measures, measure);
    let Some(span) = span(view, &wanted, last)? else {
        return Ok(History::default());
    };
    let years: Vec<i16> = span.collect();
    let cut = beside(measures, &wanted);
    let store = Store::load(view, &cut, &years)?;
    let mut history = History::default();
    let mut places = BTreeSet::new();
    for &year in &years {
        let Ok(period) = Period::year(year) else { continue };
        let computer = Computer::new(&store, &cut, crosswalk, period);
        for place in &computer.places {
            let figure = computer.figure(measure, place);
            if let Some(value) = year_value(&computer, figure) {
                history.values.insert((place.clone(), year), value);
                places.insert(place.clone());
            }
        }
    }
    let told = |year: &i16| history.values.keys().any(|(_, known)| known == year);
    let first = years.iter().position(told).unwrap_or(years.len());
    let end = years.iter().rposition(told).map_or(first, |at| at + 1);
    history.years = years[first..end].to_vec();
    history.places = places.into_iter().collect();
    Ok(history)
}

fn year_value(computer: &Computer<'_>, figure: Figure) -> Option<YearValue> {
    if !matches!(figure.coverage, Coverage::Covered | Coverage::NoneRecorded) {
        return None;
    }
    let midyear = || {
        let people = computer.population(&figure.place, Per::Midyear, figure.period.calendar_year())?;
        Some(people.value)
    };
    Some(YearValue {
        value: figure.value?,
        people: figure.population.or_else(midyear).filter(|people| *people > 0.0),
        none_recorded: figure.coverage == Coverage::NoneRecorded,
        source: figure.source,
        as_of: figure.as_of,
    })
}

/// Groups of measures that are read beside: by whom a count is divided, and what tells that there were people in a place.
const BESIDE: [&str; 2] = ["population", "killed"];

/// The measure with what it is made of.
fn made_of<'m>(measures: &'m Measures, measure: &'m Measure) -> Vec<&'m Measure> {
    let mut wanted = BTreeSet::from([measure.id.as_str()]);
    if measure.bound.is_some() || measure.years.is_some() {
        wanted.extend(measures.core.all().chain(measures.core.life.as_deref()));
        let bounds = measures.list.iter().filter(|m| m.bound.is_some());
        wanted.extend(bounds.map(|m| m.id.as_str()));
    }
    let mut found = 0;
    while found < wanted.len() {
        found = wanted.len();
        let known = measures.list.iter().filter(|m| wanted.contains(m.id.as_str()));
        let parts: Vec<&str> = known.flat_map(|m| &m.parts).map(String::as_str).collect();
        wanted.extend(parts);
    }
    measures
        .list
        .iter()
        .filter(|m| wanted.contains(m.id.as_str()))
        .collect()
}

/// These measures and those that are read beside. Flows tell which joint places host people, and are many rows: they are read
/// where the measures themselves are made of flows.
fn beside(measures: &Measures, wanted: &[&Measure]) -> Measures {
    let flows = |m: &Measure| m.from.iter().any(|from| from.flow.is_some());
    let of_flows = wanted.iter().any(|wanted| flows(wanted));
    let mut cut = measures.clone();
    cut.list.retain(|m| {
        let named = BESIDE.contains(&m.group.as_str()) || wanted.iter().any(|wanted| wanted.id == m.id);
        named || (of_flows && flows(m))
    });
    cut
}

/// The years from the first to the last in which a source of the measure, or of what it is made of, tells anything.
fn span(view: &View, wanted: &[&Measure], last: i16) -> Result<Option<RangeInclusive<i16>>, LakeError> {
    let mut days: Vec<Date> = Vec::new();
    for from in wanted.iter().flat_map(|m| &m.from) {
        let source = literal(&from.source);
        let (table, condition) = match (&from.indicator, &from.flow) {
            (Some(indicator), _) => ("observations", format!("indicator = {}", literal(indicator))),
            (None, Some(flow)) => ("flows", format!("indicator = {}", literal(flow))),
            (None, None) => ("events", "true".to_string()),
        };
        let sql = format!("SELECT min(\"end\"), max(\"end\") FROM {table} WHERE source = {source} AND {condition}");
        for batch in view.collect(&sql)? {
            for column in [0, 1] {
                let column = batch.column(column).as_primitive::<Date32Type>();
                days.extend(column.iter().flatten().map(from_days));
            }
        }
        // A release that is complete may begin before its first event, in years in which none was recorded.
        if from.events.is_some() {
            let releases = view.releases().iter().map(|seen| &seen.release);
            let complete = releases.filter(|release| release.source == from.source && !release.scope.partial);
            days.extend(
                complete
                    .flat_map(|release| [release.scope.from, release.scope.to])
                    .flatten(),
            );
        }
    }
    let (first, newest) = (days.iter().min(), days.iter().max());
    let span = first
        .zip(newest)
        .map(|(first, newest)| first.year()..=newest.year().min(last));
    Ok(span.filter(|span| !span.is_empty()))
}
