//! The ladder of one country: what is known, what stands, and every option with its status and timing.

use jiff::civil::Date;
use lysoen_ladder::framework::{Framework, Standing};
use lysoen_ladder::log::Chain;
use lysoen_ladder::rules::{Rung, Situation, Window, phase, rungs};
use lysoen_ladder::trigger::{Need, Over, Reading, Trend, Truth};
use lysoen_ladder::{Answer, Kind, Phase, Statement};
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::Figure;

use super::chances::begun;
use super::state::{LadderState, Warned};
use crate::areas::grouped;
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy::source_note;
use crate::sheet::SourceNote;

/// The ladder of a country.
#[derive(Debug)]
pub struct PlaceLadder {
    /// The country.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// The phase that is recorded.
    pub phase: Option<Phase>,
    /// The phase in words, with who says so.
    pub phase_told: String,
    /// The window against which lead times are held.
    pub window: Window,
    /// What is known, in sentences.
    pub situation: Vec<Fact>,
    /// What is forecast, in sentences.
    pub forecast: Vec<Fact>,
    /// What stands.
    pub warnings: Vec<Warned>,
    /// The options, soft to hard.
    pub rungs: Vec<Rung>,
    /// Frameworks agreed beforehand for the country, and how they stand.
    pub frameworks: Vec<(Framework, Standing)>,
    /// The sources of all of it.
    pub sources: Vec<SourceNote>,
}

/// A sentence and the sources that it rests on, by their cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The sentence.
    pub said: String,
    /// The cards.
    pub sources: Vec<String>,
}

impl LadderState {
    /// The ladder of a country, with what the log says was done there.
    pub fn place(&self, observatory: &Observatory, place: &PlaceId, chain: &Chain) -> Result<PlaceLadder, AnswerError> {
        let Some(name) = self.names.get(place) else {
            return Err(AnswerError::Place(format!(
                "nothing is read of {} here, so it has no ladder; ladders are told for countries",
                observatory.name(place)
            )));
        };
        let warnings: Vec<Warned> = self
            .standing
            .iter()
            .filter(|warned| warned.place == *place)
            .cloned()
            .collect();
        let window = self.window_of(place);
        let done = super::log::done(chain, place, self.catalog.options.options(), self.as_of);
        let mut here: Vec<Statement> = self
            .statements
            .iter()
            .filter(|said| said.place == *place)
            .cloned()
            .collect();
        here.extend(
            self.catalog
                .frameworks
                .iter()
                .filter_map(|framework| framework.statement(place)),
        );
        let situation = Situation {
            place,
            today: self.as_of,
            statements: &here,
            warned: !warnings.is_empty(),
            window: &window,
            done: &done,
            reading: &|need| self.readings.read(place.as_str(), need, 0),
        };
        let rungs = rungs(self.catalog.at(place), &situation, &|option, at| {
            self.catalog.check(option, at)
        });
        let recorded = phase(&here, self.as_of);
        let phase_told = match &recorded {
            Some((phase, said)) => format!(
                "{} since {} (statement {} of {})",
                phase.told(),
                said.from,
                said.id,
                said.as_of
            ),
            None => "the phase is not recorded".to_string(),
        };
        let mut ladder = PlaceLadder {
            place: place.clone(),
            name: name.clone(),
            phase: recorded.map(|(phase, _)| phase),
            phase_told,
            window,
            situation: self
                .situation(place)
                .into_iter()
                .chain(present(&here, self.as_of))
                .collect(),
            forecast: self.forecast(place),
            frameworks: self.frameworks(place, chain),
            warnings,
            rungs,
            sources: Vec::new(),
        };
        ladder.sources = self.all_sources(observatory, &ladder, &here);
        Ok(ladder)
    }

    fn number(&self, place: &PlaceId, need: &Need) -> Option<f64> {
        match self.readings.read(place.as_str(), need, 0) {
            Reading::Number(number) => Some(number),
            _ => None,
        }
    }

    /// What is known: deaths by month and their trend, displaced people, hunger. What is not known is not told here.
    fn situation(&self, place: &PlaceId) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(Ok(series)) = self.readings.series.get("killed") {
            let killed = |over| {
                self.number(
                    place,
                    &Need::Value {
                        quantity: "killed".to_string(),
                        over,
                    },
                )
            };
            let sources = vec![series.source.id.clone()];
            let end = series.origin();
            if let (Some(month), Some(year)) = (killed(Over::Latest), killed(Over::Months(12))) {
                let trend = match self.readings.read(
                    place.as_str(),
                    &Need::Trend {
                        quantity: "killed".to_string(),
                    },
                    0,
                ) {
                    Reading::Trend(Trend::Rising) => ", and the trend is rising",
                    Reading::Trend(Trend::Falling) => ", and the trend is falling",
                    Reading::Trend(Trend::Steady) => ", and the trend is steady",
                    _ => "",
                };
                facts.push(Fact {
                    said: format!(
                        "{} people are recorded killed in organised violence in {end}, and {} in the twelve months to then (best estimates; the source gives no interval by month){trend}.",
                        grouped(month.round() as i64),
                        grouped(year.round() as i64)
                    ),
                    sources,
                });
            }
        }
        if let Some(Ok(assessment)) = &self.readings.figures {
            let told = |measure: &str, words: &str| {
                let figure = assessment.figure(place, measure)?;
                let value = figure
                    .value
                    .filter(|_| figure.coverage != lysoen_measures::Coverage::Stale)?;
                Some(Fact {
                    said: format!(
                        "{} {words} ({}){}.",
                        grouped(value.round() as i64),
                        dated(figure),
                        interval(figure)
                    ),
                    sources: figure.source.split(" + ").map(str::to_string).collect(),
                })
            };
            facts.extend(told("displaced_in_country", "displaced people are in the country"));
            facts.extend(told("acute_food_insecurity", "people are in IPC/CH phase 3 or worse"));
        }
        facts
    }

    /// What is forecast of deaths.
    fn forecast(&self, place: &PlaceId) -> Vec<Fact> {
        let Some(Ok(series)) = self.readings.series.get("killed") else {
            return Vec::new();
        };
        let told = |at_least: f64, months: u32| {
            let chance = self.number(
                place,
                &Need::Chance {
                    quantity: "killed".to_string(),
                    at_least,
                    months,
                },
            )?;
            let first = series.origin().plus(begun(series.origin(), self.as_of) as i32 + 1);
            let last = first.plus(months as i32 - 1);
            Some(Fact {
                said: format!(
                    "The chance that {} or more people are killed in the {months} months {first} to {last} is {}.",
                    grouped(at_least.round() as i64),
                    percent(chance)
                ),
                sources: vec![series.source.id.clone()],
            })
        };
        [(25.0, 3), (100.0, 3), (1000.0, 12)]
            .into_iter()
            .filter_map(|(deaths, months)| told(deaths, months))
            .collect()
    }

    fn frameworks(&self, place: &PlaceId, chain: &Chain) -> Vec<(Framework, Standing)> {
        let here = self
            .catalog
            .frameworks
            .iter()
            .filter(|framework| framework.places.iter().any(|of| of == place.as_str()));
        let standing = |framework: &Framework| {
            let trigger = self
                .catalog
                .triggers
                .iter()
                .find(|trigger| trigger.spec.id == framework.trigger);
            let stands = trigger.and_then(|trigger| match self.verdict(trigger, place).0 {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown => None,
            });
            let confirmed = super::log::confirmed(chain, place, framework, self.as_of);
            framework.standing(self.as_of, stands, confirmed)
        };
        here.map(|framework| (framework.clone(), standing(framework))).collect()
    }

    fn all_sources(&self, observatory: &Observatory, ladder: &PlaceLadder, here: &[Statement]) -> Vec<SourceNote> {
        let mut all = self.sources();
        let facts = ladder.situation.iter().chain(&ladder.forecast);
        if let Some(Ok(assessment)) = &self.readings.figures {
            for id in facts.flat_map(|fact| &fact.sources) {
                all.extend(assessment.sources.iter().filter(|source| source.id == *id).cloned());
            }
        }
        let recorded = here.iter().filter(|said| said.source != "observatory");
        for source in recorded
            .clone()
            .map(|said| &said.source)
            .collect::<std::collections::BTreeSet<_>>()
        {
            let newest = recorded
                .clone()
                .filter(|said| said.source == *source)
                .map(|said| said.as_of)
                .max();
            all.push(source_note(&observatory.catalog, source, newest));
        }
        all.sort();
        all.dedup_by(|a, b| a.id == b.id);
        all
    }
}

/// Who is recorded as present.
fn present(here: &[Statement], today: Date) -> Option<Fact> {
    let holds = |said: &&Statement| {
        said.kind == Kind::Presence
            && said.answer == Answer::InForce
            && said.from <= today
            && said.until.is_none_or(|until| until >= today)
    };
    let told = |said: &Statement| {
        let by = said.by.as_ref().map(|by| format!(" of {by}")).unwrap_or_default();
        format!("{}{by} (since {})", said.subject.replace('-', " "), said.from)
    };
    let all: Vec<&Statement> = here.iter().filter(holds).collect();
    let mut sources: Vec<String> = all.iter().map(|said| said.source.clone()).collect();
    sources.sort();
    sources.dedup();
    (!all.is_empty()).then(|| Fact {
        said: format!(
            "Recorded as present: {}.",
            all.into_iter().map(told).collect::<Vec<_>>().join("; ")
        ),
        sources,
    })
}

fn dated(figure: &Figure) -> String {
    figure.data_period.clone().unwrap_or_else(|| figure.period.to_string())
}

fn interval(figure: &Figure) -> String {
    match (figure.low, figure.high) {
        (Some(low), Some(high)) if low < high => format!(
            ", between {} and {}",
            grouped(low.round() as i64),
            grouped(high.round() as i64)
        ),
        _ => String::new(),
    }
}

/// A chance in percent, with a digit more near the ends.
pub fn percent(chance: f64) -> String {
    let percent = chance * 100.0;
    if percent <= 0.0 || percent >= 100.0 {
        return format!("{:.0} %", percent.clamp(0.0, 100.0));
    }
    if percent < 0.1 {
        "below 0.1 %".to_string()
    } else if percent > 99.9 {
        "above 99.9 %".to_string()
    } else if !(1.0..=99.0).contains(&percent) {
        format!("{percent:.1} %")
    } else {
        format!("{percent:.0} %")
    }
}
