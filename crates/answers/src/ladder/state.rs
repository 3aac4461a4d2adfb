//! Which warnings and observed breaches stand, by country, on a day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_facts::ViewAt;
use lysoen_ladder::Statement;
use lysoen_ladder::rules::Window;
use lysoen_ladder::trigger::{Need, Over, Reading, Trigger, Truth};
use lysoen_lexicon::panel::Month;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::panels::last_day;

use super::catalog::LadderCatalog;
use super::monthly::{Asked, Series};
use super::quantities::vocabulary;
use super::readings::Readings;
use super::statements::statements;
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::sheet::SourceNote;

/// The window against which lead times are held where nothing stands, in days.
const WINDOW: i64 = 90;

/// What is told of every country on a day.
#[derive(Debug)]
pub struct LadderState {
    /// The day for which it is told.
    pub as_of: Date,
    /// The last month of deaths that was known.
    pub origin: Option<Month>,
    /// The data end more than three months before: what would have been said then, and no alert.
    pub replay: bool,
    /// Whether a later vintage was cut to what could be known on the day.
    pub reconstructed: bool,
    /// What a reader must know first, where it is a replay or reconstructed.
    pub label: Option<String>,
    /// Options, triggers, frameworks and roles.
    pub catalog: LadderCatalog,
    /// What was read.
    pub readings: Readings,
    /// What is recorded of places.
    pub statements: Vec<Statement>,
    /// What stands, the strongest first.
    pub standing: Vec<Warned>,
    /// Where a trigger could not be evaluated.
    pub not_assessed: Vec<NotAssessed>,
    /// Names of countries.
    pub names: BTreeMap<PlaceId, String>,
}

/// A trigger that stands at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Warned {
    /// The country.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// The trigger's id.
    pub trigger: String,
    /// The trigger's title.
    pub title: String,
    /// Whether it reads a forecast: a warning; else an observed breach.
    pub forecast: bool,
    /// Why it stands, in sentences.
    pub reasons: Vec<String>,
    /// The forecast chance that it reads.
    pub chance: Option<f64>,
    /// The days for which it stands.
    pub window: Window,
}

/// A trigger that could not be evaluated, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAssessed {
    /// The trigger's id.
    pub trigger: String,
    /// Why.
    pub why: String,
    /// The countries.
    pub places: Vec<PlaceId>,
}

impl LadderState {
    /// What stands in a view on the day that is asked for.
    pub fn of(
        observatory: &Observatory,
        at: &ViewAt,
        asked: Asked,
        progress: &dyn Fn(&str),
    ) -> Result<LadderState, AnswerError> {
        let words = vocabulary(observatory.measures());
        let catalog = LadderCatalog::of(observatory, &words)?;
        let mut needs: BTreeSet<Need> = catalog.needs();
        needs.extend(told_always());
        let back = catalog
            .triggers
            .iter()
            .map(|trigger| trigger.spec.confirmations.saturating_sub(1))
            .max()
            .unwrap_or(0);
        let readings = Readings::of(observatory, at, asked, &needs, back, progress)?;
        let origin = readings.origin();
        let (as_of, replay) = (readings.as_of, readings.replay);
        let view = observatory.view(&ViewAt {
            as_of: asked.day,
            reconstruct: asked.reconstruct,
            ..at.clone()
        })?;
        let reconstructed = readings.series.values().flatten().any(|series| series.reconstructed);
        let mut state = LadderState {
            label: label(&readings, as_of, replay, reconstructed, asked),
            as_of,
            origin,
            replay,
            reconstructed,
            statements: statements(&view)?,
            catalog,
            names: BTreeMap::new(),
            standing: Vec::new(),
            not_assessed: Vec::new(),
            readings,
        };
        state.evaluate(observatory);
        Ok(state)
    }

    fn evaluate(&mut self, observatory: &Observatory) {
        let places: Vec<PlaceId> = self
            .readings
            .places()
            .iter()
            .filter_map(|place| place.parse().ok())
            .collect();
        self.names = places
            .iter()
            .map(|place| (place.clone(), observatory.name(place)))
            .collect();
        let mut unknown: BTreeMap<(String, String), Vec<PlaceId>> = BTreeMap::new();
        for trigger in &self.catalog.triggers {
            let applies = |place: &&PlaceId| self.catalog.applies(trigger, place);
            let window = self.window(trigger);
            if window.to < self.as_of {
                // What would stand has ended, and newer data would be needed to say more.
                let why = format!(
                    "Its data could be had on {}, and its window ended on {}; newer data are needed.",
                    window.from, window.to
                );
                let key = (trigger.spec.id.clone(), why);
                unknown
                    .entry(key)
                    .or_default()
                    .extend(places.iter().filter(applies).cloned());
                continue;
            }
            for place in places.iter().filter(applies) {
                let (truth, reasons) = self.verdict(trigger, place);
                match truth {
                    Truth::False => {}
                    Truth::Unknown => {
                        let key = (trigger.spec.id.clone(), reasons.join(" "));
                        unknown.entry(key).or_default().push(place.clone());
                    }
                    Truth::True => self.standing.push(Warned {
                        name: self.names[place].clone(),
                        place: place.clone(),
                        trigger: trigger.spec.id.clone(),
                        title: trigger.spec.title.clone(),
                        forecast: trigger.expression.is_forecast(),
                        reasons,
                        chance: self.chance(trigger, place),
                        window: window.clone(),
                    }),
                }
            }
        }
        let rank = |warned: &Warned| {
            let chance = warned.chance.unwrap_or(0.0);
            (
                !warned.forecast,
                std::cmp::Reverse((chance * 1e6) as i64),
                warned.name.clone(),
                warned.trigger.clone(),
            )
        };
        self.standing.sort_by_key(rank);
        let told = unknown
            .into_iter()
            .map(|((trigger, why), places)| NotAssessed { trigger, why, places });
        self.not_assessed = told.collect();
        self.not_assessed.sort_by_key(|one| {
            (
                one.trigger.clone(),
                std::cmp::Reverse(one.places.len()),
                one.why.clone(),
            )
        });
    }

    /// Whether a trigger stands at a place, for as many readings in a row as it demands; with the reasons of the newest.
    pub fn verdict(&self, trigger: &Trigger, place: &PlaceId) -> (Truth, Vec<String>) {
        let mut told = (Truth::True, Vec::new());
        for back in 0..trigger.spec.confirmations.max(1) {
            let verdict = trigger
                .expression
                .evaluate(&|need| self.readings.read(place.as_str(), need, back));
            if back == 0 {
                told.1 = verdict.reasons.clone();
            }
            match verdict.truth {
                Truth::True => {}
                Truth::False => return (Truth::False, verdict.reasons),
                Truth::Unknown => told = (Truth::Unknown, verdict.reasons),
            }
        }
        told
    }

    /// The chance that a trigger reads at a place; none where it reads no forecast.
    fn chance(&self, trigger: &Trigger, place: &PlaceId) -> Option<f64> {
        let need = trigger
            .expression
            .needs()
            .into_iter()
            .find(|need| matches!(need, Need::Chance { .. }))?;
        match self.readings.read(place.as_str(), &need, 0) {
            Reading::Number(chance) => Some(chance),
            _ => None,
        }
    }

    /// The days for which a trigger's warning stands, from the day on which its data could be had.
    fn window(&self, trigger: &Trigger) -> Window {
        let from = match self.series_of(trigger) {
            Some(series) => had_from(series, self.as_of),
            None => self.as_of,
        };
        let to = from.saturating_add(i64::from(trigger.spec.window_days).days());
        Window {
            from,
            to,
            told: format!(
                "{}: {} days from {from}, the day from which its data could be had",
                trigger.spec.title, trigger.spec.window_days
            ),
        }
    }

    fn series_of(&self, trigger: &Trigger) -> Option<&Series> {
        let needs = trigger.expression.needs();
        let all = needs
            .iter()
            .filter_map(|need| self.readings.series.get(need.quantity())?.as_ref().ok());
        all.max_by_key(|series| series.lag_days)
    }

    /// The window of a place: of what stands there the one that ends first; else the next 90 days.
    pub fn window_of(&self, place: &PlaceId) -> Window {
        let here = self.standing.iter().filter(|warned| warned.place == *place);
        let first = here.min_by_key(|warned| warned.window.to);
        first.map_or_else(
            || Window {
                from: self.as_of,
                to: self.as_of.saturating_add(WINDOW.days()),
                told: format!("No trigger stands here; lead times are held against the next {WINDOW} days"),
            },
            |warned| warned.window.clone(),
        )
    }

    /// The cards of the sources of what a trigger that stands has read.
    pub fn sources_of(&self, warned: &Warned) -> Vec<String> {
        let trigger = self
            .catalog
            .triggers
            .iter()
            .find(|trigger| trigger.spec.id == warned.trigger);
        let needs = trigger.into_iter().flat_map(|trigger| trigger.expression.needs());
        let all: BTreeSet<String> = needs
            .flat_map(|need| self.readings.sources_of(warned.place.as_str(), &need))
            .collect();
        all.into_iter().collect()
    }

    /// The sources on which it rests.
    pub fn sources(&self) -> Vec<SourceNote> {
        self.readings.sources()
    }
}

/// The day from which a series' newest month could be had, no later than the day for which it is told.
pub(super) fn had_from(series: &Series, as_of: Date) -> Date {
    let end = last_day(series.origin());
    match series.source.as_of {
        Some(vintage) if !series.reconstructed && vintage <= as_of => vintage.max(end),
        _ => end.saturating_add(i64::from(series.lag_days).days()).min(as_of),
    }
}

/// What is read for every place, whether a trigger asks for it or not: what a brief tells.
fn told_always() -> Vec<Need> {
    let killed = || "killed".to_string();
    vec![
        Need::Value {
            quantity: killed(),
            over: Over::Latest,
        },
        Need::Value {
            quantity: killed(),
            over: Over::Months(12),
        },
        Need::Trend { quantity: killed() },
        Need::Chance {
            quantity: killed(),
            at_least: 25.0,
            months: 3,
        },
        Need::Chance {
            quantity: killed(),
            at_least: 100.0,
            months: 3,
        },
        Need::Chance {
            quantity: killed(),
            at_least: 1000.0,
            months: 12,
        },
        Need::Value {
            quantity: "displaced_in_country".to_string(),
            over: Over::Latest,
        },
        Need::Value {
            quantity: "acute_food_insecurity".to_string(),
            over: Over::Latest,
        },
    ]
}

fn label(readings: &Readings, as_of: Date, replay: bool, reconstructed: bool, asked: Asked) -> Option<String> {
    let series = readings.series.values().flatten().next();
    let cut = series.filter(|series| series.reconstructed).and_then(|series| {
        let vintage = series.source.as_of?;
        Some(format!(
            "Reconstructed: vintage {vintage} cut at {as_of} minus publication lag ({} days), so that the data end in {}.",
            series.lag_days,
            series.origin()
        ))
    });
    let advice = "It says what would have been said then, and is no alert.";
    match (cut, replay, asked.day) {
        (Some(cut), _, _) => Some(format!("{cut} {advice}")),
        (None, true, None) => Some(format!("Replay as of {as_of}, when the data end. {advice}")),
        (None, true, Some(_)) => Some(format!("As of {as_of}. {advice}")),
        (None, false, _) if reconstructed => Some(format!("Reconstructed. {advice}")),
        _ => None,
    }
}
