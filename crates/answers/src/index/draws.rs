//! How far an index is from certain, and on which choices it depends.

use lysoen_indices::input_error::InputErrors;
use lysoen_indices::sensitivity::{self, Estimate, How, Sensitivity, Target};
use lysoen_indices::uncertainty::{self, Uncertainty};
use lysoen_indices::vary::{Setting, VaryError, input_draws};

use lysoen_indices::index::Index;
use lysoen_lexicon::mistake::{BrokenFile, Mistake};

use super::IndexAnswer;
use super::rows::number;
use super::scale::own_scale;
use crate::assess::columns;
use crate::error::AnswerError;
use crate::sheet::{Cell, Kind, Sheet};

/// Draws where no number is given.
const DRAWS: usize = 1000;
/// Up to so many values (of nodes, units and periods) intervals are drawn without being asked for.
const MOST_VALUES: usize = 500_000;

/// Is told how many draws of how many are done.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// How sensitivity is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Estimated from random rows.
    Sobol,
    /// From every combination of methods.
    Exact,
}

impl IndexAnswer {
    /// Draws the index again and again, so that values and ranks get intervals. Without a number of draws it is done where it
    /// takes moments; what stands in the way is then told and stops nothing.
    pub fn draw(&mut self, draws: Option<usize>, seed: u64, progress: Progress<'_>) -> Result<(), AnswerError> {
        // Persons and households tell the error of their sample themselves.
        if draws.is_none() && !self.inputs.poverty.is_empty() {
            return Ok(());
        }
        let values = self.units().len() * self.outcomes[0].nodes.len() * self.periods.len();
        let count = match draws {
            None if values > MOST_VALUES => 0,
            draws => draws.unwrap_or(DRAWS),
        };
        if count == 0 {
            let said = "No intervals were drawn; --uncertainty 1000 draws them.";
            self.notes.push(said.to_string());
            return Ok(());
        }
        let options = uncertainty::Options {
            draws: count,
            seed,
            ..uncertainty::Options::default()
        };
        let own_scale = own_scale(&self.recipe);
        let passes = 1 + usize::from(own_scale.is_some());
        let all = count * self.periods.len() * passes;
        let run = |index: &Index, pass: usize| {
            let each = self.periods.iter().enumerate().map(|(done, period)| {
                let before = (pass * self.periods.len() + done) * count;
                Uncertainty::run(index, &self.inputs.data, *period, &options, &|draw| {
                    progress(before + draw, all)
                })
            });
            each.collect::<Result<Vec<_>, _>>()
        };
        match run(&self.index, 0) {
            Ok(drawn) if drawn.iter().all(changes_nothing) => {
                let factors = drawn.iter().flat_map(|d| &d.factors).map(|f| f.key());
                let factors: std::collections::BTreeSet<&str> = factors.collect();
                let factors = factors.into_iter().collect::<Vec<_>>().join(", ");
                self.notes.push(format!(
                    "No intervals: no draw of what is varied ({factors}) changes the index."
                ));
                return Ok(());
            }
            Ok(drawn) => self.uncertainty = drawn,
            Err(error) if draws.is_none() => {
                self.notes.push(format!("No intervals: {error}."));
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
        if let Some((recipe, _)) = &own_scale {
            // Its inputs are those of the recipe, which was made ready before.
            let reduced = Index::new(recipe, &self.inputs.data).map_err(|wrong| self.refused(wrong))?;
            self.on_scale = match run(&reduced, 1) {
                Ok(drawn) => drawn,
                Err(VaryError::Nothing) => Vec::new(),
                Err(error) if draws.is_none() => {
                    self.notes.push(format!("No intervals of values: {error}."));
                    Vec::new()
                }
                Err(error) => return Err(error.into()),
            };
        }
        self.tell_drawn(seed, own_scale.map(|(_, steps)| steps).unwrap_or_default());
        Ok(())
    }

    pub(super) fn refused(&self, mistakes: Vec<Mistake>) -> AnswerError {
        AnswerError::Mistaken(BrokenFile {
            file: self.recipe.id.clone(),
            text: String::new(),
            mistakes,
        })
    }

    fn tell_drawn(&mut self, seed: u64, off_scale: Vec<&str>) {
        let Some(first) = self.uncertainty.first() else { return };
        let factors = |drawn: &Uncertainty| drawn.factors.iter().map(|f| f.key()).collect::<Vec<_>>().join(", ");
        let mut said = vec![format!(
            "Intervals hold {:.0} % of {} draws of {} (seed {seed}); they say how far the result depends on these, and not \
             how wrong the sources may be beyond them.",
            first.level * 100.0,
            first.sampled.len(),
            factors(first)
        )];
        if !off_scale.is_empty() {
            let steps = off_scale.join(" and ");
            said.push(match self.on_scale.first() {
                Some(drawn) => format!(
                    "Some alternatives of {steps} give values on another scale: intervals of values and chances of classes are \
                     of draws of {} without these, those of ranks of all.",
                    factors(drawn)
                ),
                None => format!("The alternatives of {steps} give values on another scale, so that only ranks have intervals."),
            });
        }
        said.extend(self.uncertainty.iter().flat_map(|u| u.notes.iter().cloned()));
        for (outcome, drawn) in self.outcomes.iter().zip(&self.uncertainty) {
            let told = errors_told(&drawn.errors);
            match outcome.period.filter(|_| self.outcomes.len() > 1) {
                Some(period) if !told.is_empty() => said.push(format!("{period}: {}", told.join("; "))),
                _ => said.extend(told),
            }
        }
        for note in said {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }

    /// What was drawn on the recipe's own scale: for values and classes.
    pub(super) fn values_drawn(&self, outcome: usize) -> Option<&Uncertainty> {
        let all_on_scale = || {
            self.uncertainty
                .get(outcome)
                .filter(|_| own_scale(&self.recipe).is_none())
        };
        self.on_scale.get(outcome).or_else(all_on_scale)
    }

    /// The chance that a unit has one of the first ranks, or is in a class.
    pub fn chances(&self) -> Sheet {
        let mut rows = Vec::new();
        for (at, (outcome, drawn)) in self.outcomes.iter().zip(&self.uncertainty).enumerate() {
            let index = outcome.index().id.as_str();
            let of_values = self.values_drawn(at).into_iter();
            for unit in &self.shown {
                let ranks = drawn
                    .rank_at_most
                    .iter()
                    .map(|(k, shares)| (format!("rank {k} or better"), shares[*unit]));
                let classes = of_values
                    .clone()
                    .flat_map(|drawn| &drawn.classes)
                    .map(|(name, shares)| (format!("class {name}"), shares[*unit]));
                for (event, chance) in ranks.chain(classes) {
                    let mut row = self.about(outcome, *unit);
                    row.extend([index.into(), event.into(), number(chance)]);
                    rows.push(row);
                }
            }
        }
        Sheet {
            columns: columns(&[
                ("place", Kind::Text),
                ("place_name", Kind::Text),
                ("period", Kind::Text),
                ("node", Kind::Text),
                ("event", Kind::Text),
                ("chance", Kind::Number),
            ]),
            ..self.preface(", chances".to_string(), rows)
        }
    }

    /// The columns of [`IndexAnswer::each_sampled`], and what is to be said of the whole.
    pub fn sampled_head(&self) -> Sheet {
        Sheet {
            columns: columns(&[
                ("period", Kind::Text),
                ("draw", Kind::Count),
                ("parameter", Kind::Text),
                ("node", Kind::Text),
                ("place", Kind::Text),
                ("choice", Kind::Text),
                ("value", Kind::Number),
            ]),
            ..self.preface(", every sampled parameter".to_string(), Vec::new())
        }
    }

    /// Gives every parameter of every draw as a row, one after the other: the methods chosen, the factor of each weight, and
    /// each value of an input.
    pub fn each_sampled<E: From<AnswerError>>(
        &self,
        seed: u64,
        mut take: impl FnMut(&[Cell]) -> Result<(), E>,
    ) -> Result<(), E> {
        let nodes: Vec<&str> = self.index.nodes().collect();
        for (at, drawn) in self.uncertainty.iter().enumerate() {
            let period: Cell = self.outcomes[at].period.map(|p| p.to_string()).into();
            let mut give = |draw: usize, parameter: &str, node: Cell, place: Cell, choice: Cell, value: Cell| {
                take(&[
                    period.clone(),
                    (draw as u64).into(),
                    parameter.into(),
                    node,
                    place,
                    choice,
                    value,
                ])
            };
            use Cell::Missing;
            for (draw, setting) in drawn.sampled.iter().enumerate() {
                for (step, choice) in chosen(drawn, setting) {
                    give(draw, step, Missing, Missing, choice.into(), Missing)?;
                }
                for (node, factor) in nodes.iter().zip(&setting.weights) {
                    give(draw, "weight factor", (*node).into(), Missing, Missing, number(*factor))?;
                }
            }
            for errors in drawn.errors.iter().filter(|e| e.drawn > 0) {
                for (unit, about) in self.units().iter().enumerate() {
                    let draws = input_draws(
                        &self.index,
                        &self.inputs.data,
                        self.periods[at],
                        seed,
                        &errors.input,
                        unit,
                        drawn.sampled.len(),
                    );
                    let draws = draws.map_err(AnswerError::from)?;
                    for (draw, value) in draws.into_iter().flatten().enumerate() {
                        let (input, place) = (errors.input.as_str().into(), about.code.as_str().into());
                        give(draw, "input", input, place, Missing, number(value))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// On which choices the index depends: on average over the units, or where one unit is told, the value of that unit.
    pub fn sensitivity(
        &self,
        method: Method,
        rows: usize,
        seed: u64,
        progress: Progress<'_>,
    ) -> Result<Sheet, AnswerError> {
        let target = match self.shown[..] {
            [unit] => Target::Value(unit),
            _ => Target::RankChange,
        };
        // The values of one unit under all variations are on several scales, and their variance would be of these.
        let reduced = own_scale(&self.recipe).filter(|_| target != Target::RankChange);
        let reduced = reduced.map(|(recipe, _)| Index::new(&recipe, &self.inputs.data));
        let reduced = reduced.transpose().map_err(|wrong| self.refused(wrong))?;
        let index = reduced.as_ref().unwrap_or(&self.index);
        let options = sensitivity::Options {
            rows,
            seed,
            target,
            ..sensitivity::Options::default()
        };
        let mut found = Vec::new();
        for period in &self.periods {
            // A sampled design has N (d + 2) builds; six factors are the most there are.
            let told = |done: usize| progress(done, rows * 8);
            let data = &self.inputs.data;
            found.push(match method {
                Method::Sobol => Sensitivity::sampled(index, data, *period, &options, &told)?,
                Method::Exact => exactly(Sensitivity::run(index, data, *period, &options, &told)?)?,
            });
        }
        Ok(self.told_sensitivity(&found, target))
    }

    fn told_sensitivity(&self, found: &[Sensitivity], target: Target) -> Sheet {
        let mut rows = Vec::new();
        for (outcome, sensitivity) in self.outcomes.iter().zip(found) {
            let of = match target {
                Target::Value(unit) => format!("{} of {}", outcome.index().id, self.units()[unit].code),
                Target::RankChange => "mean absolute change of rank".to_string(),
            };
            for (factor, indices) in &sensitivity.factors {
                let mut row = vec![
                    outcome.period.map(|p| p.to_string()).into(),
                    outcome.index().id.as_str().into(),
                    of.as_str().into(),
                    factor.key().into(),
                ];
                for estimate in [indices.map(|i| i.first), indices.map(|i| i.total)] {
                    row.extend(cells(estimate));
                }
                rows.push(row);
            }
        }
        let mut sheet = self.preface(", sensitivity".to_string(), rows);
        if let (Target::Value(_), Some((_, steps))) = (target, own_scale(&self.recipe)) {
            sheet.notes.push(format!(
                "Alternatives of {} under which values are on another scale are left out.",
                steps.join(" and ")
            ));
        }
        for sensitivity in found {
            let how = match sensitivity.how {
                How::Exact { combinations } => format!("exact, from all {combinations} combinations of methods"),
                How::Sampled { rows, builds } => format!("estimated from {rows} rows ({builds} builds)"),
            };
            sheet.notes.push(format!(
                "First order: the share of the variance that would go if a factor alone were settled; total: the share that \
                 would be left if all others were. {how}; mean {}, variance {}.",
                sensitivity.mean, sensitivity.variance
            ));
            sheet.notes.extend(sensitivity.notes.iter().cloned());
        }
        Sheet {
            columns: columns(&[
                ("period", Kind::Text),
                ("node", Kind::Text),
                ("target", Kind::Text),
                ("factor", Kind::Text),
                ("first", Kind::Number),
                ("first_low", Kind::Number),
                ("first_high", Kind::Number),
                ("total", Kind::Number),
                ("total_low", Kind::Number),
                ("total_high", Kind::Number),
            ]),
            ..sheet
        }
    }
}

/// Whether the index is the same in every draw.
fn changes_nothing(drawn: &Uncertainty) -> bool {
    let units = drawn.index().units.iter();
    units.filter_map(|unit| unit.value).all(|value| value.low == value.high)
}

/// The methods that a setting chose, of those that are varied.
fn chosen(drawn: &Uncertainty, setting: &Setting) -> Vec<(&'static str, String)> {
    const STEPS: [&str; 4] = ["impute", "treat", "normalise", "aggregate"];
    let chosen = STEPS.into_iter().zip(&drawn.methods.0).zip(setting.methods);
    let varied = chosen.filter(|((_, methods), _)| methods.len() > 1);
    varied
        .map(|((step, methods), number)| (step, methods[number].clone()))
        .collect()
}

fn exactly(found: Sensitivity) -> Result<Sensitivity, AnswerError> {
    match found.how {
        How::Exact { .. } => Ok(found),
        How::Sampled { .. } => {
            let factors: Vec<&str> = found.factors.iter().map(|(factor, _)| factor.key()).collect();
            let why = format!("{} vary", factors.join(", "));
            Err(AnswerError::NotExact { why })
        }
    }
}

fn cells(estimate: Option<Estimate>) -> [Cell; 3] {
    let value = estimate.map(|e| e.value);
    let interval = estimate.and_then(|e| e.interval);
    [value.into(), interval.map(|i| i.0).into(), interval.map(|i| i.1).into()]
}

/// What is known of the errors of the inputs: how each is drawn, and in one sentence those that are taken as exact.
fn errors_told(errors: &[InputErrors]) -> Vec<String> {
    let exact_too = |errors: &InputErrors| {
        let counts = [
            (errors.unknown, "for no error is known"),
            (errors.contradicted, "for their range does not hold them"),
        ];
        let told = counts.into_iter().filter(|(count, _)| *count > 0);
        told.map(|(count, why)| format!(", {count} are taken as exact, {why}"))
            .collect::<String>()
    };
    let (drawn, exact): (Vec<&InputErrors>, Vec<&InputErrors>) = errors.iter().partition(|e| e.drawn > 0);
    let mut told: Vec<String> = drawn
        .iter()
        .map(|e| format!("{}: {} values are drawn, {}{}", e.input, e.drawn, e.how, exact_too(e)))
        .collect();
    // Where none is drawn, that is told of all of them together.
    if !drawn.is_empty() && !exact.is_empty() {
        let exact: Vec<&str> = exact.iter().map(|e| e.input.as_str()).collect();
        told.push(format!("taken as exact, for no error is known: {}", exact.join(", ")));
    }
    told
}
