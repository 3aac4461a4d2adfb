//! Forecasts of what is to come, from all that is known; where the data end long ago, what would have been forecast then.

mod card;
mod sheet;

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use lysoen_forecasts::catalog::{POOL, model, names};
use lysoen_forecasts::picture::{self, Ahead, Words};
use lysoen_forecasts::summary::Summary;
use lysoen_forecasts::why::{Driver, why};
use lysoen_forecasts::{DRAWS, Fitted, Target, exists_at_origin};
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_sources::draws::DrawsFile;
use lysoen_sources::finding::Finding;
use rayon::prelude::*;

use super::codes::Codes;
use super::elsewhere::check_name;
use super::known_models;
use super::series::{About, Histories, SeriesOf};
use crate::error::AnswerError;

pub use card::{ModelCard, Record, WindowRecord, told_source};

/// Months by which data may lag behind today before a forecast is a replay.
const FRESH: i32 = 3;
/// Totals over so many months are told.
const TOTALS: [u32; 3] = [3, 6, 12];
/// Months of history in a picture.
const SHOWN: i32 = 60;

/// What is asked of a forecast.
#[derive(Debug)]
pub struct LiveRequest<'o> {
    /// The series.
    pub series: SeriesOf<'o>,
    /// Months ahead, 1 to 120.
    pub months: u32,
    /// The models that are told; the pool where none.
    pub models: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// Forecasts made elsewhere that are told beside: a name and a file of draws.
    pub beside: Vec<(String, PathBuf)>,
    /// Today.
    pub today: Date,
    /// What was measured before: taken over where it is of the same series, origin and program.
    pub before: Option<ModelCard>,
}

/// A forecast.
pub struct LiveAnswer {
    /// What is forecast, and how well that has been done.
    pub card: ModelCard,
    /// What is told of the series.
    pub about: About,
    panel: Panel,
    targets: Vec<Target>,
    fitted: Vec<(String, Box<dyn Fitted>)>,
    units: Vec<usize>,
}

impl std::fmt::Debug for LiveAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LiveAnswer")
            .field("card", &self.card)
            .finish_non_exhaustive()
    }
}

/// A unit's forecast for a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Told {
    /// What is forecast.
    pub target: Target,
    /// In a few numbers.
    pub summary: Summary,
}

/// Forecasts. `progress` is told what is being done.
pub fn live(request: &LiveRequest<'_>, progress: &dyn Fn(&str)) -> Result<LiveAnswer, AnswerError> {
    let wanted = chosen(&request.models)?;
    progress("Reading the series");
    let histories = Histories::of(&request.series)?;
    let panel = histories.now();
    let origin = panel.last();
    let units: Vec<usize> = (0..panel.units().len())
        .filter(|unit| exists_at_origin(&panel, *unit))
        .collect();
    let totals = TOTALS.iter().filter(|last| **last <= request.months);
    let targets: Vec<Target> = (1..=request.months)
        .map(Target::month)
        .chain(totals.map(|last| Target { first: 1, last: *last }))
        .collect();
    let (mut fitted, mut abstained) = (Vec::new(), BTreeMap::new());
    let mut last_reason = None;
    for name in &wanted {
        progress(&format!("Fitting {name}"));
        let Some(model) = model(name) else { continue };
        match model.fit(&panel, &targets, request.seed) {
            Ok(fit) => fitted.push((name.clone(), fit)),
            Err(reason) => {
                abstained.insert(name.clone(), reason.to_string());
                last_reason = Some(reason);
            }
        }
    }
    if let (true, Some(reason)) = (fitted.is_empty(), last_reason) {
        let list: Vec<Finding> = histories
            .about
            .findings
            .iter()
            .flat_map(|f| f.list().iter().cloned())
            .collect();
        return Err(match list.is_empty() {
            true => reason.into(),
            false => AnswerError::Unmatched {
                why: reason.to_string(),
                list,
            },
        });
    }
    let replay = is_replay(origin, request.today);
    let about = histories.about.clone();
    let replayed = if replay {
        format!(": replay as of {origin}")
    } else {
        String::new()
    };
    let mut card = ModelCard {
        title: format!("Forecast of {}, by {}{replayed}", about.counted, about.level),
        counted: about.counted.clone(),
        level: about.level.clone(),
        spans: match &request.series {
            SeriesOf::Facts(facts) => facts.long.name().to_string(),
            SeriesOf::File(_) => String::new(),
        },
        origin,
        replay,
        months: request.months,
        units: units.len(),
        models: fitted
            .iter()
            .filter_map(|(name, _)| Some((name.clone(), model(name)?.about().to_string())))
            .collect(),
        abstained,
        seed: request.seed,
        version: env!("CARGO_PKG_VERSION").to_string(),
        sources: about.sources.clone(),
        record: Record::Unknown(String::new()),
        notes: card::notes(&about, &panel, origin, replay),
    };
    card.record = match &request.before {
        Some(before) if before.is_of_the_same(&card) => before.record.clone(),
        _ => match card::kept(&request.series, &about) {
            Some(record) => record,
            None => card::record(&histories, &panel, request.seed, progress)?,
        },
    };
    let mut answer = LiveAnswer {
        card,
        about,
        panel,
        targets,
        fitted,
        units,
    };
    for (name, file) in &request.beside {
        progress(&format!("Reading {name}"));
        answer.add(name, file, &request.series)?;
    }
    Ok(answer)
}

/// Forecasts made elsewhere: draws by unit and target, in rising order. Where there are none, none are told.
struct Elsewheres(HashMap<(usize, usize), Vec<f64>>);

impl Fitted for Elsewheres {
    fn draws(&self, unit: usize, target: usize, n: usize, draws: &mut Vec<f64>) {
        let Some(all) = self.0.get(&(unit, target)) else { return };
        draws.extend((0..n).map(|i| all[(2 * i + 1) * all.len() / (2 * n)]));
    }
}

/// Whether data end so long before a day that what they tell is a replay.
pub(crate) fn is_replay(origin: Month, today: Date) -> bool {
    Month::of(today.year(), today.month().unsigned_abs()).since(origin) > FRESH + 1
}

/// The models asked for, each once.
fn chosen(models: &[String]) -> Result<Vec<String>, AnswerError> {
    known_models(models.iter().filter(|name| *name != "all"))?;
    let mut chosen: Vec<String> = Vec::new();
    for name in models {
        let more = match name.as_str() {
            "all" => names(),
            one => vec![one],
        };
        for name in more {
            if !chosen.iter().any(|known| known == name) {
                chosen.push(name.to_string());
            }
        }
    }
    if chosen.is_empty() {
        chosen.push(POOL.to_string());
    }
    Ok(chosen)
}

impl LiveAnswer {
    /// Adds forecasts made elsewhere, as far as they are of the same units and months.
    fn add(&mut self, name: &str, path: &Path, series: &SeriesOf<'_>) -> Result<(), AnswerError> {
        check_name(name)?;
        let file = DrawsFile::open(path)?;
        let codes = Codes::of(&file, self.panel.units(), series)?;
        let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let read = file.each(threads, |ensemble| {
            ensemble.draws.sort_by(f64::total_cmp);
            std::mem::take(ensemble.draws)
        })?;
        let (mut draws, mut others) = (HashMap::new(), 0);
        for (of, values) in read.made {
            let unit = codes
                .unit(of)
                .map(|unit| unit as usize)
                .filter(|unit| self.units.contains(unit));
            let step = u32::try_from(of.month.since(self.card.origin)).ok();
            let target = step.and_then(|step| self.targets.iter().position(|target| *target == Target::month(step)));
            match (unit, target) {
                (Some(unit), Some(target)) => {
                    draws.insert((unit, target), values);
                }
                _ => others += 1,
            }
        }
        if draws.is_empty() {
            return Err(AnswerError::Unmatched {
                why: format!("{} has no unit and month that is forecast here", file.name()),
                list: Vec::new(),
            });
        }
        self.about.findings.push(read.findings);
        self.card.notes.push(format!(
            "{name}: {} unit-months of {}; {others} others in the file are not forecast here.",
            draws.len(),
            file.name()
        ));
        self.card.models.insert(name.to_string(), "made elsewhere".to_string());
        self.fitted.push((name.to_string(), Box::new(Elsewheres(draws))));
        Ok(())
    }

    /// The units forecast, by their codes.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.units.iter().map(|unit| self.panel.units()[*unit].as_str())
    }

    /// The number of a unit by its code, among those forecast.
    pub fn unit(&self, code: &str) -> Option<usize> {
        self.units
            .iter()
            .copied()
            .find(|unit| self.panel.units()[*unit] == code)
    }

    /// Keeps units by their codes and leaves the others out of what is told.
    pub fn keep(&mut self, keep: impl Fn(&str) -> bool) {
        let panel = &self.panel;
        self.units.retain(|unit| keep(&panel.units()[*unit]));
    }

    /// The months, and the totals, by their number.
    pub fn targets(&self) -> &[Target] {
        &self.targets
    }

    /// The months that a target is about.
    pub fn months(&self, target: Target) -> (Month, Month) {
        let origin = self.card.origin;
        (origin.plus(target.first as i32), origin.plus(target.last as i32))
    }

    /// The first model's forecast of each target for each unit, in the panel's order of units.
    pub fn told(&self) -> Vec<(String, Vec<Told>)> {
        let of = |unit: &usize| (self.panel.units()[*unit].clone(), self.told_by(0, *unit));
        self.units.par_iter().map(of).collect()
    }

    /// A model's forecast of a unit, target by target; those that it does not forecast are left out.
    pub fn told_by(&self, model: usize, unit: usize) -> Vec<Told> {
        let told = |(number, target): (usize, &Target)| {
            let draws = self.draws(model, unit, number);
            (!draws.is_empty()).then(|| Told {
                target: *target,
                summary: Summary::of(&draws),
            })
        };
        self.targets.iter().enumerate().filter_map(told).collect()
    }

    /// The models that are told, by name, in their order.
    pub fn models(&self) -> impl Iterator<Item = &str> {
        self.fitted.iter().map(|(name, _)| name.as_str())
    }

    /// The drivers of a unit's forecast.
    pub fn why(&self, unit: usize) -> Vec<(Driver, String)> {
        why(&self.panel, unit, &Summary::of(&self.draws(0, unit, 0)))
    }

    /// Evenly spaced quantiles. A total holds every total and month within it, so none of its quantiles is below theirs.
    fn draws(&self, model: usize, unit: usize, target: usize) -> Vec<f64> {
        let of = |target: usize| {
            let mut draws = Vec::with_capacity(DRAWS);
            self.fitted[model].1.draws(unit, target, DRAWS, &mut draws);
            draws
        };
        let mut draws = of(target);
        let whole = self.targets[target];
        let within = |part: &Target| *part != whole && whole.first <= part.first && part.last <= whole.last;
        for (part, _) in self.targets.iter().enumerate().filter(|(_, part)| within(part)) {
            for (draw, least) in draws.iter_mut().zip(of(part)) {
                *draw = draw.max(least);
            }
        }
        draws
    }

    /// The first month that a picture shows, and the deaths of each from then up to the origin.
    pub fn history(&self, unit: usize) -> (Month, Vec<Option<f64>>) {
        let from = self.card.origin.plus(1 - SHOWN);
        let months = (0..SHOWN).map(|step| self.panel.get(unit, from.plus(step)));
        (from, months.collect())
    }

    /// A picture of a unit's history and forecast, as SVG.
    pub fn fan(&self, unit: usize, name: &str) -> String {
        let origin = self.card.origin;
        let (from, history) = self.history(unit);
        let history: Vec<(Month, Option<f64>)> = (0..).map(|step| from.plus(step)).zip(history).collect();
        let months = self
            .targets
            .iter()
            .enumerate()
            .filter(|(_, target)| target.length() == 1);
        let ahead: Vec<Ahead> = months
            .map(|(number, target)| Ahead::of(self.months(*target).0, &self.draws(0, unit, number), None))
            .collect();
        let sources: Vec<String> = self.card.sources.iter().map(told_source).collect();
        let replay = if self.card.replay {
            format!("Replay as of {origin}. ")
        } else {
            String::new()
        };
        picture::fan(
            &picture::Fan {
                unit: name,
                counted: &self.card.counted,
                history: &history,
                ahead: &ahead,
            },
            Words {
                title: &format!("{name}: {}", self.card.counted),
                caption: &format!("{replay}Model: {}. Data: {}.", self.fitted[0].0, sources.join("; ")),
            },
        )
    }
}
