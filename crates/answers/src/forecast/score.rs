//! Scores of forecasts that are given as draws: anyone's, in the layout of the VIEWS prediction challenge.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use lysoen_forecasts::DRAWS;
use lysoen_forecasts::judged::Metric;
use lysoen_forecasts::resample::Fourier;
use lysoen_forecasts::score as scores;
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_sources::draws::{DrawsFile, DrawsRead, UnitColumn, UnitMonth};
use lysoen_sources::finding::{Findings, Severity};

use super::file::{Columns, Series, SeriesFile};
use crate::error::AnswerError;
use crate::sheet::{Cell, Column, Kind, Sheet};

/// Units and months told one by one; the rest is counted.
const TOLD: usize = 5;

/// A mean that is told.
#[derive(Clone, Copy)]
enum Told {
    /// Of a score.
    Score(Metric),
    /// Of whether the central interval of a share held the outcome: its name, and what it says.
    Coverage(f64, &'static str, &'static str),
}

/// The scores of the challenge, which come first.
const OFFICIAL: usize = 3;

const TOLD_OF: [Told; 12] = [
    Told::Score(Metric::Crps),
    Told::Score(Metric::Ign),
    Told::Score(Metric::Mis),
    Told::Score(Metric::CrpsLog),
    Told::Score(Metric::CrpsCapped),
    Told::Score(Metric::MisCapped),
    Told::Score(Metric::Brier1),
    Told::Score(Metric::Brier25),
    Told::Score(Metric::Brier100),
    Told::Score(Metric::Brier1000),
    Told::Coverage(0.5, "coverage_50", "share of outcomes within the central 50 % interval"),
    Told::Coverage(0.9, "coverage_90", "share of outcomes within the central 90 % interval"),
];

impl Told {
    fn name(self) -> &'static str {
        match self {
            Told::Score(metric) => metric.name(),
            Told::Coverage(_, name, _) => name,
        }
    }

    fn about(self) -> &'static str {
        match self {
            Told::Score(metric) => metric.about(),
            Told::Coverage(_, _, about) => about,
        }
    }

    fn of(self, draws: &Sorted<'_>, outcome: f64) -> f64 {
        match self {
            Told::Score(Metric::Ign) => draws.ign(outcome),
            Told::Score(metric) => metric.of(draws.draws, outcome),
            Told::Coverage(share, ..) => f64::from(u8::from(scores::covers(draws.draws, outcome, share))),
        }
    }
}

/// The draws of an ensemble in rising order, ready to be scored.
pub(super) struct Sorted<'d> {
    pub(super) draws: &'d [f64],
    /// As many as the challenge's, where there are more or fewer.
    resampled: Option<Vec<f64>>,
}

impl<'d> Sorted<'d> {
    pub(super) fn of(draws: &'d mut [f64], resamplers: &Resamplers) -> Sorted<'d> {
        // Resampling goes by the order in which the draws stand.
        let resampled = (draws.len() != DRAWS).then(|| {
            let mut resampled = resamplers.to_1000(draws.len()).resample(draws);
            scores::sort(&mut resampled);
            resampled
        });
        scores::sort(draws);
        Sorted { draws, resampled }
    }

    /// Ignorance is comparable between ensembles of one size only: what has not 1,000 draws is brought to as many for it, and
    /// for it alone, as the challenge does.
    pub(super) fn ign(&self, outcome: f64) -> f64 {
        scores::ign(self.resampled.as_deref().unwrap_or(self.draws), outcome)
    }
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct ScoreRequest {
    /// The draws: `month_id`, `country_id` or `priogrid_gid`, `draw`, `outcome`.
    pub draws: PathBuf,
    /// What came: `month_id`, the same units, and a column of values.
    pub actuals: PathBuf,
    /// The column of values, where more than one can be it.
    pub column: Option<String>,
    /// Whether units and months that only one of the two has are left out, and not a mistake.
    pub common: bool,
    /// Whether more is computed than the challenge's three scores.
    pub all: bool,
    /// On how many threads.
    pub threads: NonZeroUsize,
}

/// The scores, means over units and months.
#[derive(Clone, Debug)]
pub struct ScoreAnswer {
    /// The name of each score, what it says, and its value.
    pub scores: Vec<(&'static str, &'static str, f64)>,
    /// Units scored.
    pub units: usize,
    /// Months scored, and the first and last of them.
    pub months: (usize, Month, Month),
    /// Units and months scored.
    pub unit_months: usize,
    /// Rows of draws that were read.
    pub rows: u64,
    /// The least and the greatest number of draws of a unit and month.
    pub draws: (usize, usize),
    /// What a reader must know.
    pub notes: Vec<String>,
    /// What is wrong in the files, by row and column.
    pub findings: Vec<Findings>,
    title: String,
}

/// What is known of one ensemble: where it begins, how many draws it has, and its scores where something came.
struct Scored {
    row: u64,
    draws: usize,
    scores: Option<[f64; TOLD_OF.len()]>,
}

/// Scores draws by what came.
pub fn score(request: &ScoreRequest) -> Result<ScoreAnswer, AnswerError> {
    let draws = DrawsFile::open(&request.draws)?;
    let actuals = Actuals::read(request, &draws)?;
    let resamplers = Resamplers::default();
    let wanted = if request.all {
        &TOLD_OF[..]
    } else {
        &TOLD_OF[..OFFICIAL]
    };
    let read = draws.each(request.threads, |ensemble| {
        let (of, row, count) = (ensemble.of, ensemble.row, ensemble.draws.len());
        let outcome = actuals.get(of);
        let scores = outcome.map(|outcome| {
            let draws = Sorted::of(ensemble.draws, &resamplers);
            let mut found = [0.0; TOLD_OF.len()];
            for (score, told) in found.iter_mut().zip(wanted) {
                *score = told.of(&draws, outcome);
            }
            found
        });
        Scored {
            row,
            draws: count,
            scores,
        }
    })?;
    answer(request, &draws, actuals, read, wanted)
}

/// One plan of resampling for each number of draws.
#[derive(Default)]
pub(super) struct Resamplers(Mutex<HashMap<usize, Arc<Fourier>>>);

impl Resamplers {
    pub(super) fn to_1000(&self, from: usize) -> Arc<Fourier> {
        let mut plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        plans
            .entry(from)
            .or_insert_with(|| Arc::new(Fourier::new(from, DRAWS)))
            .clone()
    }
}

/// What came.
struct Actuals {
    series: Series,
    /// The number of each unit in the panel.
    units: HashMap<i64, usize>,
}

impl Actuals {
    fn read(request: &ScoreRequest, draws: &DrawsFile) -> Result<Actuals, AnswerError> {
        let file = SeriesFile::open(&request.actuals)?;
        let unit = draws.unit().name();
        if file.header().index(unit).is_none() {
            let why = match UnitColumn::of(file.header()) {
                Some(other) => format!(
                    "its units are those of {}, and those of {} are of {unit}: they are not about the same units",
                    other.name(),
                    draws.name()
                ),
                None => format!("it has no column {unit}, by which {} has its units", draws.name()),
            };
            return Err(AnswerError::Unfit {
                file: file.name().to_string(),
                why,
            });
        }
        let columns = Columns {
            unit: Some(unit),
            value: request.column.as_deref(),
            value_option: "--column",
            ..Columns::default()
        };
        let series = file.read(&columns)?;
        let units = series.panel.units().iter().enumerate();
        let units = units.filter_map(|(at, unit)| Some((unit.parse().ok()?, at))).collect();
        Ok(Actuals { series, units })
    }

    fn panel(&self) -> &Panel {
        &self.series.panel
    }

    fn get(&self, of: UnitMonth) -> Option<f64> {
        self.panel().get(*self.units.get(&of.unit)?, of.month)
    }

    /// The units and months of a window of which something is known.
    fn within(&self, first: Month, last: Month) -> Vec<UnitMonth> {
        let mut known = Vec::new();
        for (unit, at) in &self.units {
            let months = (first.0..=last.0).map(Month);
            let there = months.filter(|month| self.panel().get(*at, *month).is_some());
            known.extend(there.map(|month| UnitMonth { unit: *unit, month }));
        }
        known.sort_unstable();
        known
    }
}

fn answer(
    request: &ScoreRequest,
    draws: &DrawsFile,
    actuals: Actuals,
    read: DrawsRead<Scored>,
    wanted: &[Told],
) -> Result<ScoreAnswer, AnswerError> {
    let matched = || read.made.iter().filter(|(_, scored)| scored.scores.is_some());
    let unit = draws.unit().name();
    let months = || read.made.iter().map(|(of, _)| of.month);
    let (Some(first), Some(last)) = (months().min(), months().max()) else {
        return Err(AnswerError::Unmatched {
            why: format!("{} has no draw", draws.name()),
            list: read.findings.list().to_vec(),
        });
    };
    let mut findings = vec![actuals.series.findings.clone(), read.findings.clone()];
    let left_out = left_out(draws, &actuals, &read, (first, last));
    let count = matched().count();
    if count == 0 || !left_out.is_empty() && !request.common {
        let advice = match count {
            0 => "; no unit-month is in both".to_string(),
            _ => format!("; --common scores the {} that both have", grouped(count)),
        };
        return Err(AnswerError::Unmatched {
            why: format!(
                "{} and {} are not about the same units and months: {}{advice}",
                draws.name(),
                actuals.series.source.id,
                left_out.join("; ")
            ),
            list: findings.iter().flat_map(|f| f.list().iter().cloned()).collect(),
        });
    }
    // In the order of units and months, so that the sum is the same however the file was read.
    let mut sums = [0.0; TOLD_OF.len()];
    for scores in matched().filter_map(|(_, scored)| scored.scores.as_ref()) {
        sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score);
    }
    let mean = |(told, sum): (&Told, f64)| (told.name(), told.about(), sum / count as f64);
    let units: HashSet<i64> = matched().map(|(of, _)| of.unit).collect();
    let scored_months: HashSet<Month> = matched().map(|(of, _)| of.month).collect();
    let sizes = sizes(draws, &read, &mut findings);
    let mut notes = vec![
        "Means over units and months; in all but coverage less is better.".to_string(),
        format!(
            "Scored by {} of {}.",
            actuals.panel().layers()[0].name,
            actuals.series.source.id
        ),
    ];
    let least = sizes.keys().next().copied().unwrap_or_default();
    let most = sizes.keys().next_back().copied().unwrap_or_default();
    if sizes.keys().any(|size| *size != DRAWS) {
        notes.push(format!(
            "IGN is of {} draws: where there are not as many ({}), they were resampled by their Fourier series in the order of \
             their numbers and cut off at 0, as the challenge's evaluation does; it depends on that order. CRPS and MIS are of \
             the draws as they are.",
            grouped(DRAWS),
            if least == most { grouped(least) } else { format!("{} to {}", grouped(least), grouped(most)) },
        ));
    }
    if !left_out.is_empty() {
        notes.push(format!("Left out, for --common is given: {}.", left_out.join("; ")));
    }
    let beyond = beyond(actuals.panel(), first, last);
    if beyond > 0 {
        notes.push(format!(
            "{} months of the actuals lie before or after the draws' and are not scored.",
            grouped(beyond)
        ));
    }
    if read.passes > 1 {
        notes.push(format!(
            "The draws of a {unit} and month do not stand together in the file, so that it was read {} times; sorted by month_id, \
             {unit} and draw once is enough.",
            read.passes
        ));
    }
    Ok(ScoreAnswer {
        scores: wanted.iter().zip(sums).map(mean).collect(),
        units: units.len(),
        months: (scored_months.len(), first, last),
        unit_months: count,
        rows: read.findings.rows_read,
        draws: (least, most),
        notes,
        findings,
        title: format!("Scores of {}", draws.name()),
    })
}

/// What the one has and the other lacks, within the months of the draws.
fn left_out(
    draws: &DrawsFile,
    actuals: &Actuals,
    read: &DrawsRead<Scored>,
    (first, last): (Month, Month),
) -> Vec<String> {
    let unit = draws.unit().name();
    let named = |of: &UnitMonth| format!("{unit} {} in {}", of.unit, of.month);
    let without_actual = read.made.iter().filter(|(_, scored)| scored.scores.is_none());
    let without_actual = without_actual.map(|(of, scored)| format!("{} (row {})", named(of), scored.row));
    let have: HashSet<UnitMonth> = read.made.iter().map(|(of, _)| *of).collect();
    let within = actuals.within(first, last);
    let without_draws = within.iter().filter(|of| !have.contains(of)).map(named);
    let told = |list: Vec<String>, what: &str| {
        let more = if list.len() > TOLD { ", …" } else { "" };
        (!list.is_empty()).then(|| {
            let shown = list[..list.len().min(TOLD)].join(", ");
            format!("{} {what}: {shown}{more}", grouped(list.len()))
        })
    };
    [
        told(without_actual.collect(), "unit-months of the draws have no actual"),
        told(without_draws.collect(), "unit-months with an actual have no draws"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// How many unit-months have so many draws; that they have not as many is found.
fn sizes(draws: &DrawsFile, read: &DrawsRead<Scored>, findings: &mut Vec<Findings>) -> BTreeMap<usize, usize> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    let matched = || read.made.iter().filter(|(_, scored)| scored.scores.is_some());
    matched().for_each(|(_, scored)| *sizes.entry(scored.draws).or_default() += 1);
    let usual = sizes
        .iter()
        .max_by_key(|(size, count)| (**count, **size))
        .map(|(size, _)| *size);
    let odd = matched().filter(|(_, scored)| Some(scored.draws) != usual);
    if let Some((of, scored)) = odd.min_by_key(|(_, scored)| scored.row) {
        let usual = usual.unwrap_or_default();
        let others = sizes
            .iter()
            .filter(|(size, _)| **size != usual)
            .map(|(_, count)| count)
            .sum::<usize>();
        let mut found = Findings::new(draws.name());
        found.add(
            Severity::Warning,
            Some(scored.row),
            Some("draw"),
            format!(
                "{} draws of {} {} in {}, where most have {} (so in {} unit-months of {})",
                grouped(scored.draws),
                draws.unit().name(),
                of.unit,
                of.month,
                grouped(usual),
                grouped(others),
                grouped(matched().count())
            ),
            "as many draws of every unit and month; each is scored by the draws that it has",
        );
        findings.push(found);
    }
    sizes
}

/// How many months of the actuals lie outside of the draws'.
fn beyond(panel: &Panel, first: Month, last: Month) -> usize {
    let known = |month: &Month| (0..panel.units().len()).any(|unit| panel.get(unit, *month).is_some());
    (panel.first().0..=panel.last().0)
        .map(Month)
        .filter(|month| (*month < first || last < *month) && known(month))
        .count()
}

/// A count with its digits in groups.
pub(super) fn grouped(count: usize) -> String {
    crate::areas::grouped(count as i64)
}

impl ScoreAnswer {
    /// For machines: a row to each score.
    pub fn sheet(&self) -> Sheet {
        let rows = self
            .scores
            .iter()
            .map(|(name, _, value)| vec![(*name).into(), (*value).into()]);
        Sheet {
            title: self.title.clone(),
            columns: vec![METRIC, VALUE],
            rows: rows.collect(),
            sources: Vec::new(),
            notes: self.notes.clone(),
        }
    }

    /// For a person: what each score says, and how much was scored.
    pub fn told(&self) -> Sheet {
        let row = |name: &str, value: Cell, about: &str| vec![name.into(), value, about.into()];
        let count = |count: usize| Cell::from(count as u64);
        let scores = self
            .scores
            .iter()
            .map(|(name, about, value)| row(name, (*value).into(), about));
        let (months, first, last) = self.months;
        let mut rows: Vec<Vec<Cell>> = scores.collect();
        rows.push(row("units", count(self.units), ""));
        rows.push(row("months", count(months), &format!("{first} to {last}")));
        rows.push(row("unit-months", count(self.unit_months), "scored"));
        rows.push(row("rows", self.rows.into(), "draws read"));
        let (least, most) = self.draws;
        let range = if least == most {
            String::new()
        } else {
            format!("to {}", grouped(most))
        };
        rows.push(row(
            "draws",
            count(least),
            format!("of a unit and month {range}").trim_end(),
        ));
        Sheet {
            columns: vec![METRIC, VALUE, ABOUT],
            rows,
            ..self.sheet()
        }
    }
}

const METRIC: Column = Column {
    name: "metric",
    kind: Kind::Text,
};
const VALUE: Column = Column {
    name: "value",
    kind: Kind::Number,
};
const ABOUT: Column = Column {
    name: "about",
    kind: Kind::Text,
};
