//! The picture of people's safety in one period: every measure at every place, how it changed, and what is missing.

use jiff::civil::Date;
use lysoen_facts::{LakeError, View, literal};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;
use serde::{Deserialize, Serialize};

use crate::catalog::{Measure, Measures};
use crate::compute::Computer;
use crate::figure::{Coverage, Figure};
use crate::store::Store;

/// Years over which change is told.
const CHANGE_OVER: i16 = 5;

/// The measures of one period.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The period.
    pub period: Period,
    /// The places, the world first, then by people killed and by name.
    pub places: Vec<PlaceId>,
    /// Figures by place in that order, and within a place by the order of the catalog.
    pub figures: Vec<Figure>,
    /// Changes over five years, in the same order.
    pub changes: Vec<Change>,
}

/// How a measure changed over five years.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The place.
    pub place: PlaceId,
    /// The measure.
    pub measure: String,
    /// The earlier period.
    pub from: Period,
    /// The later period.
    pub to: Period,
    /// Its value then.
    pub before: f64,
    /// Its value now.
    pub after: f64,
}

/// Draws the picture of a year or a part of one, for every place.
pub fn picture(view: &View, measures: &Measures, crosswalk: &Crosswalk, period: Period) -> Result<Picture, LakeError> {
    let year = period.calendar_year();
    let store = Store::load(view, measures, &[year - CHANGE_OVER, year])?;
    let now = Computer::new(&store, measures, crosswalk, period);
    let then = years_before(period, CHANGE_OVER).map(|p| Computer::new(&store, measures, crosswalk, p));
    let mut places = now.places.clone();
    let killed = measures.get("killed");
    let deaths = |place: &PlaceId| killed.and_then(|m| now.figure(m, place).value).unwrap_or(-1.0);
    let name = |place: &PlaceId| crosswalk.name(place).unwrap_or(place.as_str()).to_string();
    places.sort_by(|a, b| deaths(b).total_cmp(&deaths(a)).then_with(|| name(a).cmp(&name(b))));
    places.insert(0, PlaceId::world());
    let (mut figures, mut changes) = (Vec::new(), Vec::new());
    for place in &places {
        for measure in &measures.list {
            let figure = now.figure(measure, place);
            if let Some(then) = &then {
                let same_kind =
                    same_territory(measures, place, then.period, period) && !broken(measure, then.period, period);
                changes.extend(
                    same_kind
                        .then(|| change(&figure, &then.figure(measure, place)))
                        .flatten(),
                );
            }
            figures.push(figure);
        }
    }
    Ok(Picture {
        period,
        places,
        figures,
        changes,
    })
}

/// Whether a place was the same territory in both periods; the world always is.
fn same_territory(measures: &Measures, place: &PlaceId, a: Period, b: Period) -> bool {
    let held = |p: Period| measures.held(place.as_str(), p.calendar_year());
    held(a) == held(b)
}

/// Whether the measure's series changed in kind between two periods.
fn broken(measure: &Measure, before: Period, after: Period) -> bool {
    let between = |year: &i16| before.calendar_year() < *year && *year <= after.calendar_year();
    measure.breaks.iter().any(between)
}

/// A change is told where both values are of their own period, whole, and not zero on both sides.
fn change(after: &Figure, before: &Figure) -> Option<Change> {
    let told = |f: &Figure| {
        f.value
            .filter(|_| matches!(f.coverage, Coverage::Covered | Coverage::NoneRecorded))
    };
    let same_source = after.source == before.source || before.source.is_empty() || after.source.is_empty();
    let (before_value, after_value) = (told(before)?, told(after)?);
    (same_source && (before_value, after_value) != (0.0, 0.0)).then(|| Change {
        place: after.place.clone(),
        measure: after.measure.clone(),
        from: before.period,
        to: after.period,
        before: before_value,
        after: after_value,
    })
}

/// The period of the same length so many years before.
pub(crate) fn years_before(period: Period, years: i16) -> Option<Period> {
    match period {
        Period::Year(year) => Period::year(year - years).ok(),
        Period::Quarter { year, quarter } => Period::quarter(year - years, quarter).ok(),
        Period::Month { year, month } => Period::month(year - years, month).ok(),
    }
}

/// The latest year for which deaths in organised violence are complete; none where no such source is imported.
pub fn latest_year(view: &View, measures: &Measures) -> Result<Option<Period>, LakeError> {
    use arrow::array::AsArray;
    use arrow::datatypes::Date32Type;
    let Some(killed) = measures.get("killed") else {
        return Ok(None);
    };
    let mut latest = None;
    for from in &killed.from {
        if let Some(indicator) = &from.indicator {
            let sql = format!(
                "SELECT max(\"end\") FROM observations WHERE source = {} AND indicator = {}",
                literal(&from.source),
                literal(indicator)
            );
            let batches = view.collect(&sql)?;
            let newest = batches
                .iter()
                .flat_map(|b| b.column(0).as_primitive::<Date32Type>().iter().flatten())
                .max();
            latest = latest.max(newest.map(lysoen_facts::tables::from_days));
        } else {
            let releases = view.releases().iter().map(|s| &s.release);
            let complete = releases.filter(|r| r.source == from.source && !r.scope.partial && r.scope.places.is_none());
            // A month's release covers no year, whatever year it ends in.
            let whole_year = |to: Date, from: Option<Date>| {
                let year = last_whole_year(to)?;
                from.is_none_or(|first| first <= year.start()).then(|| year.end())
            };
            latest = latest.max(complete.filter_map(|r| whole_year(r.scope.to?, r.scope.from)).max());
        }
        if latest.is_some() {
            break;
        }
    }
    Ok(latest.and_then(last_whole_year))
}

/// The last year that had ended by a day.
fn last_whole_year(day: Date) -> Option<Period> {
    let year = Period::year(day.year()).ok()?;
    if year.end() <= day {
        Some(year)
    } else {
        Period::year(day.year() - 1).ok()
    }
}
