//! Forecasts of what is to come, from all that is known; where the data end long ago, what would have been forecast then.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use lysoen_forecasts::backtest::{Window, trial};
use lysoen_forecasts::catalog::{POOL, model, names};
use lysoen_forecasts::judged::{INTERVALS, Metric, THRESHOLDS};
use lysoen_forecasts::picture::{self, Ahead, Words};
use lysoen_forecasts::summary::{Summary, return_period};
use lysoen_forecasts::why::{Driver, why};
use lysoen_forecasts::{DRAWS, Fitted, Target, exists_at_origin};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_sources::finding::Finding;
use serde::{Deserialize, Serialize};

use super::elsewhere::{Elsewhere, check_name};
use super::series::{About, Histories, SeriesOf, Units};
use super::stored::{StoredScores, stored};
use crate::error::AnswerError;
use crate::index::nearest;
use crate::sheet::{Cell, Column, Kind, Sheet};

/// Months by which data may lag behind today before a forecast is a replay.
const FRESH: i32 = 3;
/// Totals over so many months are told.
const TOTALS: [u32; 3] = [3, 6, 12];
/// Calendar years before the origin on which the forecast's record is measured.
const RECORD: i16 = 3;
/// The most units of which a record is measured at once.
const MEASURED: usize = 500;
/// Units whose rows are made together.
const CHUNK: usize = 64;
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

/// What is forecast, by which models, from what; and how good such forecasts have been.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelCard {
    /// What it is.
    pub title: String,
    /// What is counted.
    pub counted: String,
    /// What the units are.
    pub level: String,
    /// The last month that was known.
    pub origin: Month,
    /// The forecast is what would have been forecast then, for the data end more than three months before the day.
    pub replay: bool,
    /// Months ahead.
    pub months: u32,
    /// Units forecast.
    pub units: usize,
    /// The models and what each does.
    pub models: BTreeMap<String, String>,
    /// Models that gave no forecast, and why.
    pub abstained: BTreeMap<String, String>,
    /// The seed.
    pub seed: u64,
    /// The program's version.
    pub version: String,
    /// Sources with licences and vintages.
    pub sources: Vec<CardSource>,
    /// How the same forecast did on the last years before the origin, or why that is not known.
    pub record: Record,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// A source on a model card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSource {
    /// Its card.
    pub id: String,
    /// Publisher and title.
    pub title: String,
    /// Its licence.
    pub licence: String,
    /// The newest vintage used.
    pub as_of: Option<Date>,
}

/// How forecasts did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Record {
    /// Means by window.
    Measured(Vec<WindowRecord>),
    /// Why there are none.
    Unknown(String),
}

/// A calendar year, forecast with data to October of the year before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowRecord {
    /// The year.
    pub window: String,
    /// Mean scores of the pool by metric.
    pub pool: BTreeMap<String, f64>,
    /// Mean scores of the benchmark that is hardest to beat.
    pub country12: BTreeMap<String, f64>,
    /// Was a release cut to what could be known then?
    pub reconstructed: bool,
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
    let today = Month::of(request.today.year(), request.today.month().unsigned_abs());
    let replay = today.since(origin) > FRESH + 1;
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
        sources: about
            .sources
            .iter()
            .map(|source| CardSource {
                id: source.id.clone(),
                title: source.title.clone(),
                licence: source.licence.clone(),
                as_of: source.as_of,
            })
            .collect(),
        record: Record::Unknown(String::new()),
        notes: notes(&about, &panel, origin, replay),
    };
    card.record = match &request.before {
        Some(before) if before.is_of_the_same(&card) => before.record.clone(),
        _ => match kept(&request.series, &about) {
            Some(record) => record,
            None => record(&histories, &panel, request.seed, progress)?,
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
        answer.add(name, file)?;
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

/// The models asked for, each once.
pub(super) fn chosen(models: &[String]) -> Result<Vec<String>, AnswerError> {
    let mut chosen: Vec<String> = Vec::new();
    for name in models {
        if name != "all" && model(name).is_none() {
            return Err(AnswerError::NoSuchModel {
                model: name.clone(),
                nearest: nearest(name, names().into_iter()).map(str::to_string),
            });
        }
        let more = if name == "all" {
            names().iter().map(|name| name.to_string()).collect()
        } else {
            vec![name.clone()]
        };
        chosen.extend(more.into_iter().filter(|one| !chosen.contains(one)).collect::<Vec<_>>());
    }
    if chosen.is_empty() {
        chosen.push(POOL.to_string());
    }
    Ok(chosen)
}

impl ModelCard {
    fn is_of_the_same(&self, other: &ModelCard) -> bool {
        let of = |card: &ModelCard| {
            (
                card.counted.clone(),
                card.level.clone(),
                card.origin,
                card.units,
                card.seed,
                card.version.clone(),
                card.sources.clone(),
            )
        };
        of(self) == of(other) && matches!(self.record, Record::Measured(_))
    }
}

fn notes(about: &About, panel: &Panel, origin: Month, replay: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if replay {
        notes.push(format!(
            "The data end in {origin}: this is what would have been forecast then, and no warning of today."
        ));
    }
    notes.push(
        "Advice, not a decision. Single catastrophic months and the outbreak of wars after long peace are beyond it."
            .to_string(),
    );
    let gone = (0..panel.units().len())
        .filter(|unit| !exists_at_origin(panel, *unit))
        .count();
    if gone > 0 {
        notes.push(format!(
            "{gone} units do not exist, or are not known, in {origin} and are not forecast."
        ));
    }
    if about.reconstructed {
        notes.push("Reconstructed: a later release was cut to what could be known then.".to_string());
    }
    notes.extend(about.notes.iter().cloned());
    notes
}

/// What the last backtest of the same series found, where one is kept.
fn kept(series: &SeriesOf<'_>, about: &About) -> Option<Record> {
    let SeriesOf::Facts(facts) = series else { return None };
    let kept = stored(facts.observatory, &about.level)?;
    let areas_of = match &facts.units {
        Units::Areas(country, _) => Some(country.to_string()),
        Units::Countries | Units::Cells => None,
    };
    let same = kept.program == env!("CARGO_PKG_VERSION")
        && kept.counted == about.counted
        && kept.vintages == about.vintages
        && kept.areas_of == areas_of;
    let of = |name: &str| kept.models.iter().find(|model| model.name == name);
    let (pool, country12) = (of(POOL)?, of("country12")?);
    let told = |scores: &StoredScores| {
        let list = [
            (Metric::Crps, scores.crps),
            (Metric::Ign, scores.ign),
            (Metric::Mis, scores.mis),
            (Metric::CrpsLog, scores.crps_log),
        ];
        list.into_iter()
            .map(|(metric, mean)| (metric.name().to_string(), mean))
            .collect()
    };
    let scores = pool.windows.iter().zip(&country12.windows).zip(&kept.windows);
    let windows = scores.filter_map(|((pool, country12), window)| {
        Some(WindowRecord {
            window: window.name.clone(),
            pool: told(pool.as_ref()?),
            country12: told(country12.as_ref()?),
            reconstructed: window.reconstructed,
        })
    });
    let windows: Vec<WindowRecord> = windows.collect();
    (same && !windows.is_empty()).then_some(Record::Measured(windows))
}

/// How the pool did on the last calendar years before the origin.
fn record(histories: &Histories<'_>, panel: &Panel, seed: u64, progress: &dyn Fn(&str)) -> Result<Record, AnswerError> {
    if panel.units().len() > MEASURED {
        return Ok(Record::Unknown(format!(
            "not measured here, for there are more than {MEASURED} units; `lysoen forecast backtest` measures it"
        )));
    }
    let last = if panel.last().month() == 12 {
        panel.last().year()
    } else {
        panel.last().year() - 1
    };
    let Ok(last) = i16::try_from(last) else {
        return Ok(Record::Unknown("the series has no calendar years".to_string()));
    };
    let mut list = Vec::new();
    for year in last - RECORD + 1..=last {
        progress(&format!("Measuring the record on {year}"));
        let window = Window::year(year);
        if window.origin.since(panel.first()) < 60 {
            continue;
        }
        let known = histories.known(window.origin)?;
        let means = |name: &str| -> Result<Option<BTreeMap<String, f64>>, AnswerError> {
            let Some(model) = model(name) else { return Ok(None) };
            let trial = trial(&*model, &known.panel, &histories.actuals, &window, seed);
            let Ok(trial) = trial else { return Ok(None) };
            let told = |means: [f64; Metric::ALL.len()]| {
                Metric::ALL
                    .iter()
                    .zip(means)
                    .map(|(metric, mean)| (metric.name().to_string(), mean))
                    .collect()
            };
            Ok(trial.means().map(told))
        };
        if let (Some(pool), Some(country12)) = (means(POOL)?, means("country12")?) {
            list.push(WindowRecord {
                window: window.name,
                pool,
                country12,
                reconstructed: known.reconstructed,
            });
        }
    }
    Ok(if list.is_empty() {
        Record::Unknown("no calendar year before the origin has a history of five years and its outcomes".to_string())
    } else {
        Record::Measured(list)
    })
}

impl LiveAnswer {
    /// Adds forecasts made elsewhere, as far as they are of the same units and months.
    fn add(&mut self, name: &str, file: &Path) -> Result<(), AnswerError> {
        check_name(name)?;
        let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let read = Elsewhere::read(file, threads)?;
        let by_number: HashMap<i64, usize> = self
            .numbers()
            .into_iter()
            .filter_map(|(code, number)| Some((number, self.unit(code)?)))
            .collect();
        let (mut draws, mut others) = (HashMap::new(), 0);
        for (of, mut values) in read.draws {
            let step = of.month.since(self.card.origin);
            let target = self
                .targets
                .iter()
                .position(|target| i64::from(target.last) == i64::from(step));
            match (by_number.get(&of.unit), target) {
                (Some(unit), Some(target)) if self.targets[target].length() == 1 => {
                    values.sort_by(f64::total_cmp);
                    draws.insert((*unit, target), values);
                }
                _ => others += 1,
            }
        }
        if draws.is_empty() {
            return Err(AnswerError::Unmatched {
                why: format!("{} has no unit and month that is forecast here", file.display()),
                list: Vec::new(),
            });
        }
        self.about.findings.push(read.findings);
        self.card.notes.push(format!(
            "{name}: {} unit-months of {}; {others} others in the file are not forecast here.",
            draws.len(),
            file.display()
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
        self.units.iter().map(of).collect()
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

    fn draws(&self, model: usize, unit: usize, target: usize) -> Vec<f64> {
        let mut draws = Vec::with_capacity(DRAWS);
        self.fitted[model].1.draws(unit, target, DRAWS, &mut draws);
        draws
    }

    /// A picture of a unit's history and forecast, as SVG.
    pub fn fan(&self, unit: usize, name: &str) -> String {
        let origin = self.card.origin;
        let history: Vec<(Month, Option<f64>)> = (1 - SHOWN..=0)
            .map(|step| origin.plus(step))
            .map(|month| (month, self.panel.get(unit, month)))
            .collect();
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

    /// The sheet without its rows.
    pub fn head(&self) -> Sheet {
        let column = |(name, kind)| Column { name, kind };
        Sheet {
            title: self.card.title.clone(),
            columns: COLUMNS.into_iter().map(column).collect(),
            rows: Vec::new(),
            sources: self.about.sources.clone(),
            notes: self.card.notes.clone(),
        }
    }

    /// Gives the sheet's rows: units in the panel's order, each by model and target. `name` names a unit.
    pub fn each_row<E>(
        &self,
        name: impl Fn(&str) -> Option<String> + Sync,
        mut take: impl FnMut(&[Cell]) -> Result<(), E>,
    ) -> Result<(), E> {
        use rayon::prelude::*;
        for units in self.units.chunks(CHUNK) {
            let rows: Vec<Vec<Vec<Cell>>> = units.par_iter().map(|unit| self.rows(*unit, &name)).collect();
            for row in rows.iter().flatten() {
                take(row)?;
            }
        }
        Ok(())
    }

    fn rows(&self, unit: usize, name: &(impl Fn(&str) -> Option<String> + Sync)) -> Vec<Vec<Cell>> {
        let code = &self.panel.units()[unit];
        let because: Vec<String> = self
            .why(unit)
            .iter()
            .map(|(driver, said)| format!("{}: {said}", driver.name()))
            .collect();
        let because = because.join("; ");
        let source = self
            .card
            .sources
            .iter()
            .map(|source| source.id.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        let as_of = self.card.sources.iter().filter_map(|source| source.as_of).max();
        let replay = if self.card.replay {
            format!("replay as of {}", self.card.origin)
        } else {
            String::new()
        };
        let name = name(code);
        let mut rows = Vec::with_capacity(self.fitted.len() * self.targets.len());
        for (model, (model_name, _)) in self.fitted.iter().enumerate() {
            for Told { target, summary: told } in self.told_by(model, unit) {
                let (from, to) = self.months(target);
                let mut row: Vec<Cell> = vec![
                    code.as_str().into(),
                    name.clone().into(),
                    model_name.as_str().into(),
                    if target.length() == 1 { "month" } else { "total" }.into(),
                    from.to_string().into(),
                    to.to_string().into(),
                    told.mean.into(),
                    told.median.into(),
                ];
                row.extend(
                    told.intervals
                        .iter()
                        .flat_map(|(low, high)| [Cell::from(*low), Cell::from(*high)]),
                );
                row.extend(told.probabilities.iter().map(|p| Cell::from(*p)));
                row.push(return_period(told.probabilities[1]).into());
                row.extend([
                    Cell::from("deaths"),
                    "central intervals of the forecast distribution".into(),
                    self.card.origin.to_string().into(),
                    replay.as_str().into(),
                    source.as_str().into(),
                    as_of.into(),
                    because.as_str().into(),
                ]);
                rows.push(row);
            }
        }
        rows
    }

    /// The sheet of draws without its rows, in the layout of the VIEWS challenge; months only.
    pub fn draws_head(&self) -> Sheet {
        let unit = if self.card.level == "grid" {
            "priogrid_gid"
        } else {
            "country_id"
        };
        let columns = [
            ("month_id", Kind::Count),
            (unit, Kind::Count),
            ("draw", Kind::Count),
            ("outcome", Kind::Number),
        ];
        Sheet {
            columns: columns.into_iter().map(|(name, kind)| Column { name, kind }).collect(),
            ..self.head()
        }
    }

    /// Gives the draws of the first model: by unit and month, 1,000 each. Gives the units left out, which have no number in the
    /// challenge's layout.
    pub fn each_draw<E>(&self, mut take: impl FnMut(&[Cell]) -> Result<(), E>) -> Result<Vec<&str>, E> {
        let numbers = self.numbers();
        let mut left_out = Vec::new();
        for unit in &self.units {
            let code = self.panel.units()[*unit].as_str();
            let Some(id) = numbers.get(code) else {
                left_out.push(code);
                continue;
            };
            for (number, target) in self
                .targets
                .iter()
                .enumerate()
                .filter(|(_, target)| target.length() == 1)
            {
                let month = i64::from(self.months(*target).0.0);
                for (draw, outcome) in self.draws(0, *unit, number).into_iter().enumerate() {
                    take(&[month.into(), (*id).into(), (draw as i64).into(), outcome.into()])?;
                }
            }
        }
        Ok(left_out)
    }

    /// The number of each unit: a cell's, a country's VIEWS id, or what a table's codes are, if they are numbers.
    fn numbers(&self) -> HashMap<&str, i64> {
        let day = self.card.origin.period().map(|month| month.end());
        let views = (1..=VIEWS_IDS).filter_map(|id| {
            match Crosswalk::builtin().resolve(CodeSystem::Views, &id.to_string(), day) {
                Ok(Resolved::Place(place)) => Some((place.to_string(), id)),
                _ => None,
            }
        });
        let views: HashMap<String, i64> = views.collect();
        let number = |code: &str| {
            let cell = code.strip_prefix("pg:").unwrap_or(code);
            cell.parse().ok().or_else(|| views.get(code).copied())
        };
        self.units().filter_map(|code| Some((code, number(code)?))).collect()
    }
}

/// VIEWS ids of countries are below this.
const VIEWS_IDS: i64 = 400;

/// A source in a few words.
pub fn told_source(source: &CardSource) -> String {
    let as_of = source.as_of.map_or_else(String::new, |day| format!(", as of {day}"));
    format!("{}{as_of} ({})", source.title, source.licence)
}

const COLUMNS: [(&str, Kind); 26] = [
    ("place", Kind::Text),
    ("place_name", Kind::Text),
    ("model", Kind::Text),
    ("target", Kind::Text),
    ("from", Kind::Text),
    ("to", Kind::Text),
    ("mean", Kind::Number),
    ("median", Kind::Number),
    ("low_50", Kind::Number),
    ("high_50", Kind::Number),
    ("low_90", Kind::Number),
    ("high_90", Kind::Number),
    ("low_95", Kind::Number),
    ("high_95", Kind::Number),
    ("p_1", Kind::Number),
    ("p_25", Kind::Number),
    ("p_100", Kind::Number),
    ("p_1000", Kind::Number),
    ("return_period_25", Kind::Number),
    ("unit", Kind::Text),
    ("interval_kind", Kind::Text),
    ("origin", Kind::Text),
    ("replay", Kind::Text),
    ("source", Kind::Text),
    ("as_of", Kind::Date),
    ("why", Kind::Text),
];

/// The columns stand for the intervals and thresholds that are told.
const _: () = assert!(INTERVALS.len() == 3 && THRESHOLDS.len() == 4);
