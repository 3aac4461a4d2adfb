//! What triggers and harm checks read: deaths by month, their forecast, incidents, and the figures of the latest period.

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::AsArray;
use arrow::datatypes::{DataType, Int64Type};
use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_facts::{ViewAt, literal};
use lysoen_ladder::trigger::{Need, Over, Reading, trend};
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_lexicon::period::Period;
use lysoen_measures::panels::{last_complete_month, last_day};
use lysoen_measures::{Coverage, Figure};

use super::chances::{Total, begun, chances};
use super::monthly::{Asked, Series, series};
use super::quantities::{INCIDENTS, is_share, violence};
use crate::assess::{AssessRequest, Assessment, assess};
use crate::error::AnswerError;
use crate::forecast::live::is_replay;
use crate::observatory::Observatory;
use crate::sheet::SourceNote;

/// The months over which a trend is taken.
const TREND: usize = 12;
/// The sources of incidents, by precedence; events of different sources are never added.
const EVENTS: [&str; 2] = ["ucdp-ged", "acled"];

/// Everything that some expressions read, for every country.
#[derive(Debug, Default)]
pub struct Readings {
    /// Deaths by month, by the quantity's name; why not, where they cannot be had.
    pub series: BTreeMap<String, Result<Series, String>>,
    /// The forecast chances: by need and months back, by country.
    chances: BTreeMap<(Need, u16), BTreeMap<String, f64>>,
    incidents: Option<Result<Incidents, String>>,
    /// The figures of the latest period, or why there are none.
    pub figures: Option<Result<Assessment, String>>,
    /// The day for which it is told.
    pub as_of: Date,
    /// The data end more than three months before: what would have been said then.
    pub replay: bool,
}

#[derive(Debug)]
struct Incidents {
    source: SourceNote,
    /// The last day of which events are told whole.
    until: Date,
    counts: BTreeMap<u32, BTreeMap<String, i64>>,
    covered: BTreeSet<String>,
}

impl Readings {
    /// Reads what is needed, at the origin and so many months back. `progress` is told what is being done.
    pub fn of(
        observatory: &Observatory,
        at: &ViewAt,
        asked: Asked,
        needs: &BTreeSet<Need>,
        back: u16,
        progress: &dyn Fn(&str),
    ) -> Result<Readings, AnswerError> {
        let mut readings = Readings {
            as_of: asked.day.unwrap_or(observatory.today),
            ..Readings::default()
        };
        let monthly: BTreeSet<&str> = needs
            .iter()
            .map(Need::quantity)
            .filter(|name| violence(name).is_some())
            .collect();
        for name in monthly {
            let Some(violence) = violence(name) else { continue };
            progress(&format!("Reading {name} by month"));
            let read = match series(observatory, at, violence, asked) {
                Ok(series) => Ok(series),
                // A day of which no vintage is as old is no gap in the data: the question is refused.
                Err(refused @ (AnswerError::NoVintage { .. } | AnswerError::BeforeAll { .. })) => return Err(refused),
                Err(other) => Err(other.to_string()),
            };
            readings.series.insert(name.to_string(), read);
        }
        if let Some(origin) = readings.origin() {
            readings.replay = is_replay(origin, observatory.today);
            // A replay is told for the day on which the data end.
            if readings.replay && asked.day.is_none() {
                readings.as_of = last_day(origin);
            }
        }
        for back in 0..=back {
            readings.forecast(needs, back, progress)?;
        }
        let of_incidents: BTreeSet<u32> = needs.iter().filter_map(days_of_incidents).collect();
        if !of_incidents.is_empty() {
            progress("Counting incidents");
            readings.incidents = Some(incidents(observatory, at, asked, &of_incidents).map_err(|why| why.to_string()));
        }
        let others = needs
            .iter()
            .any(|need| violence(need.quantity()).is_none() && need.quantity() != INCIDENTS);
        if others {
            progress("Reading the figures of the latest period");
            let request = AssessRequest {
                at: ViewAt {
                    as_of: asked.day,
                    reconstruct: asked.reconstruct,
                    ..at.clone()
                },
                // Nothing of a year after the one for which it is told.
                period: readings
                    .replay
                    .then(|| Period::year(readings.as_of.year()).ok())
                    .flatten(),
                ..AssessRequest::default()
            };
            readings.figures = Some(assess(observatory, &request).map_err(|why| why.to_string()));
        }
        Ok(readings)
    }

    /// Forecasts what is needed from the panels as they end so many months before their origin.
    fn forecast(&mut self, needs: &BTreeSet<Need>, back: u16, progress: &dyn Fn(&str)) -> Result<(), AnswerError> {
        for (name, series) in &self.series {
            let Ok(series) = series else { continue };
            let wanted: Vec<(&Need, Total)> = needs
                .iter()
                .filter(|need| need.quantity() == name)
                .filter_map(|need| total(need).map(|total| (need, total)))
                .collect();
            if wanted.is_empty() {
                continue;
            }
            progress(&format!("Forecasting {name}"));
            let panel = series.panel.until(series.origin().plus(-i32::from(back)));
            let totals: Vec<Total> = wanted.iter().map(|(_, total)| *total).collect();
            let begun = begun(series.origin(), self.as_of);
            let all = chances(&panel, begun, &totals)?;
            for (at, (need, _)) in wanted.iter().enumerate() {
                let of_units = panel.units().iter().cloned().zip(all.iter().map(|chances| chances[at]));
                let known = of_units.filter(|(_, chance)| !chance.is_nan()).collect();
                self.chances.insert(((*need).clone(), back), known);
            }
        }
        Ok(())
    }

    /// What is read at a country, so many months before the origin.
    pub fn read(&self, place: &str, need: &Need, back: u16) -> Reading {
        let name = need.quantity();
        if name == INCIDENTS {
            return self.read_incidents(place, need);
        }
        if violence(name).is_none() {
            return match back {
                0 => self.read_figure(place, need),
                _ => Reading::Unknown("figures of earlier months are not kept".to_string()),
            };
        }
        let series = match self.series.get(name) {
            Some(Ok(series)) => series,
            Some(Err(why)) => return Reading::Unknown(why.clone()),
            None => return Reading::Unknown(format!("{name} was not read")),
        };
        let end = series.origin().plus(-i32::from(back));
        match need {
            Need::Chance { .. } => match self.chances.get(&(need.clone(), back)).and_then(|all| all.get(place)) {
                Some(chance) => Reading::Number(*chance),
                None if !series.panel.units().iter().any(|unit| unit == place) => {
                    Reading::Unknown(format!("{} tells nothing of the place", series.source.id))
                }
                None => Reading::Unknown(format!("the place is not forecast from {end}")),
            },
            _ => of_panel(&series.panel, place, end, need, &series.source.id),
        }
    }

    fn read_incidents(&self, place: &str, need: &Need) -> Reading {
        match (&self.incidents, days_of_incidents(need)) {
            (Some(Err(why)), _) => Reading::Unknown(why.clone()),
            (Some(Ok(incidents)), Some(days)) => match incidents.counts.get(&days) {
                Some(counts) if incidents.covered.contains(place) => {
                    Reading::Number(counts.get(place).copied().unwrap_or(0) as f64)
                }
                _ => Reading::Unknown(format!("{} tells nothing of the place", incidents.source.id)),
            },
            _ => Reading::Unknown("incidents are counted over days or months".to_string()),
        }
    }

    fn read_figure(&self, place: &str, need: &Need) -> Reading {
        let assessment = match &self.figures {
            Some(Ok(assessment)) => assessment,
            Some(Err(why)) => return Reading::Unknown(why.clone()),
            None => return Reading::Unknown("no figures were read".to_string()),
        };
        let name = need.quantity();
        let of = |figure: &&Figure| figure.place.as_str() == place && figure.measure == name;
        let Some(figure) = assessment.figures.iter().find(of) else {
            return Reading::Unknown(format!("there is no figure of {name}"));
        };
        let share = assessment
            .measures
            .get(name)
            .is_some_and(|measure| is_share(&measure.group));
        let value = if share {
            figure.per_100k.map(|rate| rate / 100_000.0)
        } else {
            figure.value
        };
        match (need, value) {
            (Need::Value { over: Over::Latest, .. }, Some(value)) if figure.coverage != Coverage::Stale => {
                Reading::Number(value)
            }
            (Need::Value { over: Over::Latest, .. }, Some(_)) => Reading::Unknown(format!(
                "the newest value is of {}",
                figure.data_period.as_deref().unwrap_or("long ago")
            )),
            (Need::Value { over: Over::Latest, .. }, None) => Reading::Unknown(match figure.note.as_str() {
                "" => figure.coverage.as_str().to_string(),
                note => note.to_string(),
            }),
            _ => Reading::Unknown(format!("{name} is told by year, not by month")),
        }
    }

    /// The cards of the sources that a reading rests on.
    pub fn sources_of(&self, place: &str, need: &Need) -> Vec<String> {
        let name = need.quantity();
        if let Some(series) = self.series.get(name) {
            return series.iter().map(|series| series.source.id.clone()).collect();
        }
        if name == INCIDENTS {
            let incidents = self.incidents.iter().flatten();
            return incidents.map(|incidents| incidents.source.id.clone()).collect();
        }
        let figures = self.figures.iter().flatten().flat_map(|assessment| &assessment.figures);
        let mut of_place = figures.filter(|figure| figure.place.as_str() == place && figure.measure == name);
        let figure = of_place.next();
        figure.map_or_else(Vec::new, |figure| {
            figure.source.split(" + ").map(str::to_string).collect()
        })
    }

    /// The sources that a place's readings rest on.
    pub fn sources(&self) -> Vec<SourceNote> {
        let mut all: Vec<SourceNote> = self
            .series
            .values()
            .flatten()
            .map(|series| series.source.clone())
            .collect();
        if let Some(Ok(incidents)) = &self.incidents {
            all.push(incidents.source.clone());
        }
        all.sort();
        all.dedup();
        all
    }

    /// The last month of deaths that was known: the earliest of the series that were read.
    pub fn origin(&self) -> Option<Month> {
        self.series.values().flatten().map(Series::origin).min()
    }

    /// The last day of which incidents are told whole.
    pub fn incidents_until(&self) -> Option<Date> {
        self.incidents.as_ref()?.as_ref().ok().map(|incidents| incidents.until)
    }

    /// The countries of which anything is read.
    pub fn places(&self) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = BTreeSet::new();
        for series in self.series.values().flatten() {
            all.extend(series.panel.units().iter().cloned());
        }
        if let Some(Ok(assessment)) = &self.figures {
            all.extend(assessment.places.iter().map(ToString::to_string));
        }
        all.remove(lysoen_lexicon::place::PlaceId::WORLD);
        all
    }
}

/// What is read of a panel up to a month: sums, trends and changes.
pub(super) fn of_panel(panel: &Panel, place: &str, end: Month, need: &Need, source: &str) -> Reading {
    let Some(unit) = panel.units().iter().position(|unit| unit == place) else {
        return Reading::Unknown(format!("{source} tells nothing of the place"));
    };
    let missing = || Reading::Unknown(format!("{source} does not tell every month up to {end}"));
    match need {
        Need::Chance { .. } => Reading::Unknown("it is not forecast".to_string()),
        Need::Value { over: Over::Latest, .. } => sum(panel, unit, end, 1).map_or_else(missing, Reading::Number),
        Need::Value {
            over: Over::Months(months),
            ..
        } => sum(panel, unit, end, *months as usize).map_or_else(missing, Reading::Number),
        Need::Value {
            over: Over::Days(_), ..
        } => Reading::Unknown("deaths are told by month; write `in last 1 month`".to_string()),
        Need::Trend { .. } => match months(panel, unit, end, TREND).and_then(|months| trend(&months)) {
            Some(trend) => Reading::Trend(trend),
            None => missing(),
        },
        Need::Change { months, .. } => {
            let now = sum(panel, unit, end, *months as usize);
            let before = sum(panel, unit, end.plus(-(*months as i32)), *months as usize);
            match (now, before) {
                (Some(now), Some(before)) if before > 0.0 => Reading::Number(now / before - 1.0),
                (Some(_), Some(_)) => Reading::Unknown("nobody was killed before, so there is no ratio".to_string()),
                _ => missing(),
            }
        }
    }
}

pub(super) fn total(need: &Need) -> Option<Total> {
    match need {
        Need::Chance { at_least, months, .. } => Some(Total {
            months: *months,
            at_least: *at_least,
        }),
        _ => None,
    }
}

/// The last months of a unit up to one; none where the panel does not tell them all.
fn months(panel: &Panel, unit: usize, end: Month, count: usize) -> Option<Vec<f64>> {
    (0..count)
        .rev()
        .map(|back| panel.get(unit, end.plus(-(back as i32))))
        .collect()
}

fn sum(panel: &Panel, unit: usize, end: Month, count: usize) -> Option<f64> {
    months(panel, unit, end, count).map(|months| months.iter().sum())
}

fn days_of_incidents(need: &Need) -> Option<u32> {
    match need {
        Need::Value { quantity, over } if quantity == INCIDENTS => match over {
            Over::Days(days) => Some(*days),
            Over::Months(months) => Some(*months * 30),
            Over::Latest => None,
        },
        _ => None,
    }
}

/// Counts events by country over the last days for which the source tells them.
fn incidents(
    observatory: &Observatory,
    at: &ViewAt,
    asked: Asked,
    spans: &BTreeSet<u32>,
) -> Result<Incidents, AnswerError> {
    let view = observatory.view(&ViewAt {
        as_of: asked.day,
        reconstruct: asked.reconstruct,
        ..at.clone()
    })?;
    let told = |card: &str| view.releases().iter().any(|seen| seen.release.source == card);
    let Some(card) = EVENTS.into_iter().find(|card| told(card)) else {
        return Err(AnswerError::Kept(format!(
            "no events of {} are imported",
            EVENTS.join(" or ")
        )));
    };
    let text = |sql: &str| -> Result<Vec<(String, i64)>, AnswerError> {
        let mut rows = Vec::new();
        for batch in view.query(sql)? {
            let batch = batch?;
            let names =
                arrow::compute::cast(batch.column(0), &DataType::Utf8).map_err(|e| AnswerError::Kept(e.to_string()))?;
            let counts = batch.column(1).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                rows.push((names.as_string::<i32>().value(row).to_string(), counts.value(row)));
            }
        }
        Ok(rows)
    };
    let from = format!("FROM events WHERE source = {} AND country IS NOT NULL", literal(card));
    // A country of which the source tells less far is not counted: its silence would be taken for peace.
    let told = text(&format!(
        "SELECT country, count(*) {from} GROUP BY country ORDER BY country"
    ))?;
    let reach = |place: &String| {
        Some((
            place.clone(),
            last_complete_month(&view, card, Some(&[place.parse().ok()?]))?,
        ))
    };
    let reach: BTreeMap<String, Month> = told.iter().filter_map(|(place, _)| reach(place)).collect();
    let Some(last) = reach.values().max().copied() else {
        return Err(AnswerError::Kept(format!("{card} is complete for no month by the day")));
    };
    let until = last_day(last);
    let mut counts = BTreeMap::new();
    for days in spans {
        let first = until.saturating_sub(i64::from(*days).days());
        let sql = format!(
            "SELECT country, count(*) {from} AND \"end\" > DATE '{first}' AND \"end\" <= DATE '{until}' GROUP BY country"
        );
        counts.insert(*days, text(&sql)?.into_iter().collect());
    }
    let newest = view
        .releases()
        .iter()
        .filter(|seen| seen.release.source == card)
        .map(|seen| seen.release.vintage)
        .max();
    Ok(Incidents {
        source: crate::policy::source_note(&observatory.catalog, card, newest),
        until,
        counts,
        covered: reach
            .into_iter()
            .filter(|(_, month)| *month == last)
            .map(|(place, _)| place)
            .collect(),
    })
}
