//! What a trigger would have done on past origins, from forecasts made of what could be known then.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_facts::ViewAt;
use lysoen_ladder::calibrate::{Event, Own, Record, Settings, Terms, Trial, TriggerRecord, record};
use lysoen_ladder::log::{Chain, RecordKind};
use lysoen_ladder::trigger::{Expression, Need, Reading, Trigger, Truth};
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_measures::panels::last_day;
use serde::{Deserialize, Serialize};

use super::catalog::LadderCatalog;
use super::chances::{Total, begun, chances};
use super::monthly::{Asked, facts, series};
use super::quantities::{violence, vocabulary};
use super::readings::{of_panel, total};
use crate::error::AnswerError;
use crate::forecast::series::{Histories, SeriesOf};
use crate::observatory::Observatory;
use crate::sheet::SourceNote;

/// Months of history before the first origin, where no year is named.
const HISTORY: i32 = 120;

/// What is asked.
#[derive(Clone, Debug)]
pub struct CalibrateRequest {
    /// The trigger, by its id.
    pub trigger: String,
    /// The view from which it is told.
    pub at: ViewAt,
    /// The year of the first origin.
    pub from: Option<i16>,
    /// The year of the last origin.
    pub to: Option<i16>,
    /// Months between origins.
    pub every: u32,
    /// Days from the end of a month until its data can be had; the source's publication lag where none.
    pub lag_days: Option<u32>,
    /// The most activations a year for which a threshold is suggested.
    pub budget: u32,
}

/// The record of a trigger with all that it rests on.
#[derive(Debug)]
pub struct Calibrated {
    /// What is kept.
    pub kept: KeptRecord,
    /// The forecasts and outcomes.
    pub trial: Trial,
    /// The terms.
    pub terms: Terms,
}

/// The record of a trigger as it is kept and shipped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptRecord {
    /// The trigger.
    pub trigger: String,
    /// Its version.
    pub version: u32,
    /// Its expression; another one has another record.
    pub when: String,
    /// The program that measured it, with its version.
    pub program: String,
    /// The day on which it was measured.
    pub measured_on: Date,
    /// The source, with licence and vintage.
    pub source: SourceNote,
    /// Whether the past was cut out of a later vintage.
    pub reconstructed: bool,
    /// The record.
    pub record: Record,
}

impl KeptRecord {
    /// The record as it is shown beside its trigger.
    pub fn told(&self) -> TriggerRecord {
        self.record.shown()
    }
}

/// Measures a trigger on past origins. `progress` is told how many of how many origins are done.
pub fn calibrate(
    observatory: &Observatory,
    chain: &Chain,
    request: &CalibrateRequest,
    progress: &dyn Fn(usize, usize),
) -> Result<Calibrated, AnswerError> {
    let catalog = LadderCatalog::of(observatory, &vocabulary(observatory.measures()))?;
    let trigger = catalog.trigger(&request.trigger)?;
    let not = |why: String| AnswerError::NotCalibrated {
        trigger: trigger.spec.id.clone(),
        why,
    };
    let event = trigger
        .spec
        .event
        .as_ref()
        .ok_or_else(|| not("it states no event beforehand that could be missed or foreseen".to_string()))?;
    let needs = trigger.expression.needs();
    let mut names: BTreeSet<&str> = needs.iter().map(Need::quantity).collect();
    names.insert(&event.measure);
    let mut histories: BTreeMap<&str, Histories<'_>> = BTreeMap::new();
    let mut lag = 0;
    for name in names {
        let violence =
            violence(name).ok_or_else(|| not(format!("it reads {name}, of which there is no history by month")))?;
        lag = lag.max(series(observatory, &request.at, violence, Asked::default())?.lag_days);
        let of = SeriesOf::Facts(facts(observatory, &request.at, violence));
        histories.insert(name, Histories::of(&of)?);
    }
    let terms = Terms {
        event: Event {
            at_least: event.at_least,
            within_months: event.within_months,
        },
        window_days: u32::from(trigger.spec.window_days),
        prepare_days: u32::from(trigger.spec.prepare_days),
        cool_down_months: u32::from(trigger.spec.cool_down_months),
        lag_days: request.lag_days.unwrap_or(lag),
        confirmations: u32::from(trigger.spec.confirmations),
    };
    let outcome = &histories[event.measure.as_str()];
    let actuals = outcome.actuals.clone();
    let origins = origins(&actuals, &terms, request);
    if origins.len() < 24 {
        return Err(not(format!(
            "only {} past origins have a history and an outcome; it needs 24",
            origins.len()
        )));
    }
    let units = actuals.units().to_vec();
    let mut scores = vec![f64::NAN; units.len() * origins.len()];
    let mut last12 = scores.clone();
    let mut reconstructed = false;
    for (at, origin) in origins.iter().enumerate() {
        progress(at, origins.len());
        let past = Past::of(&histories, &needs, *origin, &terms, &mut reconstructed)?;
        for (unit, name) in units.iter().enumerate() {
            let cell = unit * origins.len() + at;
            scores[cell] = past.score(&trigger.expression, name);
            last12[cell] = past.last12(&event.measure, name);
        }
    }
    progress(origins.len(), origins.len());
    let trial = Trial {
        countries: units.clone(),
        followed: followed(chain, trigger, &units, &origins, &terms),
        actuals,
        origins,
        scores,
        last12,
    };
    let settings = Settings {
        budget: f64::from(request.budget),
        ..Settings::default()
    };
    let chosen = trigger.spec.chosen.as_ref();
    let own = Own {
        // Without a forecast the score is 1 where the trigger is true.
        threshold: trigger.expression.threshold().unwrap_or(1.0),
        thresholds_tried: chosen.map_or(1, |chosen| chosen.thresholds_tried),
        in_sample: chosen.is_some_and(|chosen| trial.origins.first().is_some_and(|first| *first <= chosen.until)),
    };
    let source = outcome.about.sources.first().cloned();
    let vintage = source
        .as_ref()
        .and_then(|source| source.as_of)
        .map_or_else(String::new, |day| day.to_string());
    let vintage = match reconstructed {
        true => format!("reconstructed: vintage {vintage} cut at each origin"),
        false => format!("vintage {vintage} and those before it"),
    };
    let measured_on = format!("{}, {} places", outcome.about.counted, trial.actuals.units().len());
    let record =
        record(&trial, &terms, own, &settings, (&measured_on, &vintage)).map_err(|why| not(why.to_string()))?;
    Ok(Calibrated {
        kept: KeptRecord {
            trigger: trigger.spec.id.clone(),
            version: trigger.spec.version,
            when: trigger.spec.when.clone(),
            program: super::log::PROGRAM.to_string(),
            measured_on: observatory.today,
            source: source.ok_or_else(|| AnswerError::Kept("a series without a source".to_string()))?,
            reconstructed,
            record,
        },
        trial,
        terms,
    })
}

/// The origins: from the year that is asked for, or ten years after the series begins, as long as their window has an outcome.
fn origins(actuals: &Panel, terms: &Terms, request: &CalibrateRequest) -> Vec<Month> {
    let known = |unit: usize| actuals.series(unit).iter().position(|value| !value.is_nan());
    let begins = (0..actuals.units().len()).filter_map(known).min().unwrap_or(0);
    let begins = actuals.first().plus(begins as i32);
    let first = request
        .from
        .map_or(begins.plus(HISTORY), |year| Month::of(year, 1))
        .max(begins.plus(24));
    let days = i64::from(terms.lag_days + terms.window_days);
    let judged = |origin: &Month| last_day(*origin).saturating_add(days.days()) <= last_day(actuals.last());
    let every = usize::try_from(request.every.max(1)).unwrap_or(1);
    let all = (0..)
        .map(|step| first.plus(step))
        .take_while(|origin| *origin <= actuals.last())
        .step_by(every);
    let wanted = |origin: &Month| request.to.is_none_or(|year| origin.year() <= i32::from(year));
    all.filter(judged).filter(wanted).collect()
}

/// What could be read at an origin.
struct Past {
    origin: Month,
    panels: BTreeMap<String, Panel>,
    chances: Vec<(Need, BTreeMap<String, f64>)>,
}

impl Past {
    fn of(
        histories: &BTreeMap<&str, Histories<'_>>,
        needs: &[Need],
        origin: Month,
        terms: &Terms,
        reconstructed: &mut bool,
    ) -> Result<Past, AnswerError> {
        let mut panels = BTreeMap::new();
        for (name, histories) in histories {
            let known = histories.known(origin)?;
            *reconstructed |= known.reconstructed;
            panels.insert(name.to_string(), known.panel);
        }
        let available = last_day(origin).saturating_add(i64::from(terms.lag_days).days());
        let mut all = Vec::new();
        for need in needs {
            let Some(total) = total(need) else { continue };
            let panel = &panels[need.quantity()];
            let chances = chances(panel, begun(origin, available), &[total] as &[Total])?;
            let known = panel
                .units()
                .iter()
                .cloned()
                .zip(chances.iter().map(|chances| chances[0]));
            all.push((need.clone(), known.filter(|(_, chance)| !chance.is_nan()).collect()));
        }
        Ok(Past {
            origin,
            panels,
            chances: all,
        })
    }

    fn read(&self, unit: &str, need: &Need) -> Reading {
        if let Some((_, all)) = self.chances.iter().find(|(of, _)| of == need) {
            return match all.get(unit) {
                Some(chance) => Reading::Number(*chance),
                None => Reading::Unknown("it is not forecast".to_string()),
            };
        }
        match self.panels.get(need.quantity()) {
            Some(panel) => of_panel(panel, unit, self.origin, need, "the series"),
            None => Reading::Unknown("it was not read".to_string()),
        }
    }

    /// The highest threshold at which a trigger is true; 0 where at none, NaN where that is not known. Without a forecast it is
    /// 1 where it is true.
    fn score(&self, expression: &Expression, unit: &str) -> f64 {
        let holds = |expression: &Expression| expression.evaluate(&|need| self.read(unit, need)).truth;
        if expression.threshold().is_none() {
            return match holds(expression) {
                Truth::True => 1.0,
                Truth::False => 0.0,
                Truth::Unknown => f64::NAN,
            };
        }
        match holds(&expression.with_threshold(0.0)) {
            Truth::False => return 0.0,
            Truth::Unknown => return f64::NAN,
            Truth::True => {}
        }
        if holds(&expression.with_threshold(1.0)) == Truth::True {
            return 1.0;
        }
        let chance = expression
            .needs()
            .iter()
            .find_map(|need| match (need, self.read(unit, need)) {
                (Need::Chance { .. }, Reading::Number(chance)) => Some(chance),
                _ => None,
            });
        match chance {
            Some(chance) if holds(&expression.with_threshold(chance)) == Truth::True => chance,
            _ => 0.0,
        }
    }

    fn last12(&self, measure: &str, unit: &str) -> f64 {
        let need = Need::Value {
            quantity: measure.to_string(),
            over: lysoen_ladder::trigger::Over::Months(12),
        };
        match self.read(unit, &need) {
            Reading::Number(number) => number,
            _ => f64::NAN,
        }
    }
}

/// Places and origins whose warning, by the log, was followed by action.
fn followed(
    chain: &Chain,
    trigger: &Trigger,
    units: &[String],
    origins: &[Month],
    terms: &Terms,
) -> Vec<(usize, usize)> {
    let warned = |record: &&lysoen_ladder::log::Record| {
        record.kind == RecordKind::Warn
            && !record.replay
            && record.trigger.as_ref() == Some(&trigger.spec.id)
            && !chain.actions(record.number, Date::MAX).is_empty()
    };
    let available = |origin: &Month| last_day(*origin).saturating_add(i64::from(terms.lag_days).days());
    let of = |record: &lysoen_ladder::log::Record| {
        let unit = units.iter().position(|unit| *unit == record.place.to_string())?;
        let origin = origins.iter().rposition(|origin| available(origin) <= record.day())?;
        Some((unit, origin))
    };
    let mut all: Vec<(usize, usize)> = chain.records().iter().filter(warned).filter_map(of).collect();
    all.sort_unstable();
    all.dedup();
    all
}
