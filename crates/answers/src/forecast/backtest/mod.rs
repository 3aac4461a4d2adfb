//! Forecasts of past windows, made as they would have been made then, and judged by what came.

mod beside;
mod figures;
mod notes;
mod sheet;
mod storing;

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use lysoen_forecasts::Model;
use lysoen_forecasts::backtest::{Trial, Window, blind, has_actuals, trial};
use lysoen_forecasts::catalog;
use lysoen_forecasts::judged::Judged;
use lysoen_forecasts::paired::Cell;
use lysoen_lexicon::panel::{Month, Panel};

use super::elsewhere::check_name;
use super::known_models;
use super::series::{About, Histories, SeriesOf};
use crate::error::AnswerError;

pub use figures::{Covered, Figure, Told};

/// The benchmark to which every model's scores are set in relation.
pub const YARDSTICK: &str = "country12";

/// What is asked.
#[derive(Clone, Debug)]
pub struct BacktestRequest<'o> {
    /// The series.
    pub series: SeriesOf<'o>,
    /// The windows, in the order in which they are told.
    pub windows: Vec<Window>,
    /// The models by name; all where none is named.
    pub models: Vec<String>,
    /// Forecasts made elsewhere: the name under which they are told, and the file of draws.
    pub beside: Vec<(String, PathBuf)>,
    /// Seed of all random numbers.
    pub seed: u64,
    /// On how many threads files of draws are read.
    pub threads: NonZeroUsize,
}

/// A backtest.
#[derive(Debug)]
pub struct BacktestAnswer {
    /// The windows.
    pub windows: Vec<Tried>,
    /// The models: benchmarks, the others, and those from elsewhere.
    pub models: Vec<Tested>,
    /// The units by the numbers that judged forecasts have.
    pub units: Vec<String>,
    /// Every score and what is computed of it, in the order of models, windows, metrics.
    pub figures: Vec<Figure>,
    /// How often the intervals of each model held what came.
    pub coverage: Vec<Covered>,
    /// The unit-months with the most deaths, which are left out where it is told.
    pub largest: Vec<Cell>,
    /// What is told of the series.
    pub about: About,
    /// The seed.
    pub seed: u64,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// A window that was forecast.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The window.
    pub window: Window,
    /// Was the history cut out of a later release?
    pub reconstructed: bool,
    /// Units that are compared.
    pub units: usize,
    /// Units × months that are compared.
    pub unit_months: usize,
}

/// A model in all windows.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Its name.
    pub name: String,
    /// What it does, in a sentence.
    pub about: String,
    /// Was it read from a file of draws?
    pub elsewhere: bool,
    /// What it forecast in each window, the same unit-months for every model; or why it forecast nothing.
    pub judged: Vec<Result<Vec<Judged>, String>>,
}

impl Tested {
    /// What it forecast in all windows; none where it lacks one.
    pub fn everywhere(&self) -> Option<Vec<&[Judged]>> {
        let window = |judged: &'_ Result<Vec<Judged>, String>| judged.is_ok();
        let all = self.judged.iter().all(window);
        all.then(|| self.judged.iter().flatten().map(Vec::as_slice).collect())
    }

    /// Is it a benchmark?
    pub fn is_benchmark(&self) -> bool {
        !self.elsewhere && catalog::BENCHMARKS.contains(&self.name.as_str())
    }
}

/// Forecasts windows of the past and judges them. `progress` is told how many of how many steps are done, and what is next.
pub fn backtest(
    request: &BacktestRequest<'_>,
    progress: &dyn Fn(usize, usize, &str),
) -> Result<BacktestAnswer, AnswerError> {
    let (models, added) = models(&request.models)?;
    check_names(&request.beside)?;
    let histories = Histories::of(&request.series)?;
    let actuals = &histories.actuals;
    for window in &request.windows {
        has_actuals(actuals, window)?;
    }
    let numbers: HashMap<&str, u32> = (0..).zip(actuals.units()).map(|(n, unit)| (unit.as_str(), n)).collect();
    let mut tested: Vec<Tested> = models.iter().map(|model| Tested::of(model.as_ref())).collect();
    let mut tried = Vec::new();
    let steps = models.len() * (request.windows.len() + 1) + request.beside.len() + 1;
    let mut done = 0;
    let mut step = |what: &str| {
        progress(done, steps, what);
        done += 1;
    };
    for window in &request.windows {
        let known = histories.known(window.origin)?;
        check_history(&histories, &known.panel, window)?;
        for (model, tested) in models.iter().zip(&mut tested) {
            // A model that looks up what it was not handed does so in every window.
            if tried.is_empty() {
                step(&format!("Trying whether {} is blind", model.name()));
                blind(model.as_ref(), &known.panel, window, request.seed)?;
            }
            step(&format!("Forecasting {} with {}", window.name, model.name()));
            let trial = trial(model.as_ref(), &known.panel, actuals, window, request.seed)?;
            tested.judged.push(numbered(trial, known.panel.units(), &numbers));
        }
        tried.push(Tried {
            window: window.clone(),
            reconstructed: known.reconstructed,
            units: 0,
            unit_months: 0,
        });
    }
    let mut notes = Vec::new();
    let mut findings = Vec::new();
    let reference = reference(&tested, request.windows.len());
    for (name, path) in &request.beside {
        step(&format!("Judging {name}"));
        let beside = beside::judge(name, path, request, &histories, &reference)?;
        notes.extend(beside.notes);
        findings.push(beside.findings);
        tested.push(beside.tested);
    }
    notes.extend(beside::keep_common(&mut tested, &reference, &request.windows)?);
    for (window, tried) in tried.iter_mut().enumerate() {
        let judged = tested.iter().find_map(|model| model.judged[window].as_ref().ok());
        tried.unit_months = judged.map_or(0, Vec::len);
        let mut units: Vec<u32> = judged.into_iter().flatten().map(|judged| judged.unit).collect();
        units.sort_unstable();
        units.dedup();
        tried.units = units.len();
    }
    step("Drawing the units anew");
    let largest = figures::largest_of(&tested);
    let mut answer = BacktestAnswer {
        windows: tried,
        figures: figures::figures(&tested, &largest, request.seed)?,
        coverage: figures::covered(&tested, request.seed),
        models: tested,
        units: actuals.units().to_vec(),
        largest,
        about: histories.about,
        seed: request.seed,
        notes: Vec::new(),
    };
    answer.about.findings.extend(findings);
    answer.notes = notes::notes(&answer, added, notes);
    storing::keep(&answer, request)?;
    Ok(answer)
}

/// The models by name, benchmarks first; and whether the yardstick was added, without which nothing can be told in relation.
fn models(names: &[String]) -> Result<(Vec<Box<dyn Model>>, bool), AnswerError> {
    known_models(names.iter())?;
    let asked = |name: &&str| names.is_empty() || names.iter().any(|asked| asked == name);
    let added = !asked(&YARDSTICK);
    let wanted = catalog::names()
        .into_iter()
        .filter(|name| asked(name) || *name == YARDSTICK);
    Ok((wanted.filter_map(catalog::model).collect(), added))
}

fn check_names(beside: &[(String, PathBuf)]) -> Result<(), AnswerError> {
    for (at, (name, _)) in beside.iter().enumerate() {
        check_name(name)?;
        if beside[..at].iter().any(|(other, _)| other == name) {
            return Err(AnswerError::BadName {
                name: name.clone(),
                why: "another file beside it has that name",
            });
        }
    }
    Ok(())
}

/// Refuses a window before which nothing is known.
fn check_history(histories: &Histories<'_>, known: &Panel, window: &Window) -> Result<(), AnswerError> {
    if first_known(known).is_some() {
        return Ok(());
    }
    Err(AnswerError::NoHistory {
        window: window.name.clone(),
        counted: histories.about.counted.clone(),
        origin: window.origin,
        begins: first_known(&histories.now()),
    })
}

/// The first month of which anything is known.
fn first_known(panel: &Panel) -> Option<Month> {
    let of = |unit: usize| panel.series(unit).iter().position(|value| !value.is_nan());
    let first = (0..panel.units().len()).filter_map(of).min()?;
    Some(panel.first().plus(first as i32))
}

impl Tested {
    fn of(model: &dyn Model) -> Tested {
        Tested {
            name: model.name().to_string(),
            about: model.about().to_string(),
            elsewhere: false,
            judged: Vec::new(),
        }
    }
}

/// What a model did in a window, the units by their numbers among the actuals: those of a history may be others in each.
fn numbered(trial: Trial, units: &[String], numbers: &HashMap<&str, u32>) -> Result<Vec<Judged>, String> {
    let mut judged = trial.judged.map_err(|abstention| abstention.to_string())?;
    for one in &mut judged {
        one.unit = numbers[units[one.unit as usize].as_str()];
    }
    Ok(judged)
}

/// Of each window the unit-months that are judged; none where every model abstains.
fn reference(tested: &[Tested], windows: usize) -> Vec<Vec<Judged>> {
    let of = |window: usize| {
        let judged = tested.iter().find_map(|model| model.judged[window].as_ref().ok());
        judged.cloned().unwrap_or_default()
    };
    (0..windows).map(of).collect()
}
