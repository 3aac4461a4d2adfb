//! Builds an index: a recipe made ready for a table of inputs, and run.
//!
//! The steps are the recipe's own, in its order; each says what it did ([`Note`]), also where it had nothing to do. The same
//! [`Index::evaluate`] serves the index itself and every replicate of its uncertainty, so that they cannot differ.

use std::collections::BTreeMap;

use lysoen_lexicon::mistake::Mistake;
use lysoen_lexicon::period::Period;

use crate::aggregate::aggregate;
use crate::classes::class;
use crate::data::{Data, Unit};
use crate::impute::{across, along};
use crate::normalise::normalise;
use crate::rank::{First, Ties, rank};
use crate::recipe::{Aggregate, Direction, Impute, InputError, MoreIs, Normalise, Recipe, Transform, Treat, Weights};
use crate::step::StepError;
use crate::transform::transform;
use crate::treat::treat;
use crate::weights;

mod contributions;

/// A recipe made ready for a table of inputs.
#[derive(Clone, Debug)]
pub struct Index {
    recipe: Recipe,
    /// Parts before what they are part of; the index is the last.
    nodes: Vec<Step>,
    /// The places of each profile and the index as it is for them.
    profiles: Vec<(Vec<usize>, Index)>,
    /// The units by code.
    units: Vec<String>,
}

/// A node with everything that it needs at hand.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) origin: Origin,
    per: Option<usize>,
    transform: Vec<Transform>,
    impute: Impute,
    treat: Treat,
    direction: Direction,
    normalise: Normalise,
    /// The unit to which distances are taken.
    reference: Option<usize>,
    aggregate: Aggregate,
    weights: Weights,
    /// The weights that the parts give.
    given: Vec<f64>,
    needs: f64,
    then: Vec<Transform>,
    round: Option<u8>,
    pub(crate) error: Option<InputError>,
    /// Which steps are the recipe's default, and so may be varied.
    pub(crate) default: Default_,
    /// Whether more of it is more (1) or less (−1) of the index; 0 where it is both or neither.
    sense: i8,
    /// Whether it is part of nothing, and others are divided by it.
    only_divides: bool,
}

/// Where a node's values come from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Origin {
    /// A column of the table.
    Input(usize),
    /// A constant.
    Constant(f64),
    /// Other nodes.
    Parts(Vec<usize>),
}

/// Which steps of a node are the recipe's default.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Default_ {
    pub(crate) impute: bool,
    pub(crate) treat: bool,
    pub(crate) normalise: bool,
    pub(crate) aggregate: bool,
}

/// Other choices of method than the recipe's: they replace its defaults. What a node says for itself stays.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// Imputation.
    pub impute: Option<&'a Impute>,
    /// Treatment of outliers.
    pub treat: Option<&'a Treat>,
    /// Normalisation.
    pub normalise: Option<&'a Normalise>,
    /// Aggregation.
    pub aggregate: Option<&'a Aggregate>,
    /// A factor for the weight of each node, in the order of [`Index::nodes`].
    pub weights: Option<&'a [f64]>,
    /// Other values of inputs than the sheet's, a column a node in the same order: NaN where the sheet's holds, and empty where
    /// it does for every unit.
    pub inputs: Option<&'a [&'a [f64]]>,
}

impl Choice<'_> {
    /// Reads the values of an input, one a unit.
    fn read(&self, sheet: &Sheet, at: usize, column: &mut Vec<f64>) {
        column.clear();
        match self.inputs.map_or(&[][..], |inputs| inputs[at]) {
            [] => column.extend_from_slice(&sheet.columns[at]),
            other => {
                let both = sheet.columns[at].iter().zip(other);
                column.extend(both.map(|(value, other)| if other.is_nan() { *value } else { *other }));
            }
        }
    }
}

/// The inputs of one period, as columns of one value a unit in the order of [`Index::nodes`]; empty for other nodes.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The columns.
    pub columns: Vec<Vec<f64>>,
    /// Which values were filled from other years: (node, unit).
    filled: Vec<(usize, usize)>,
    /// The groups of units by the name of the grouping.
    groups: BTreeMap<String, Vec<usize>>,
}

/// The columns of a run; kept between runs so that nothing is allocated anew.
#[derive(Clone, Debug, Default)]
pub struct Scratch {
    /// The units that passed the screen, by number.
    pub kept: Vec<usize>,
    /// For each node one value a kept unit.
    pub columns: Vec<Vec<f64>>,
    prepared: Vec<Vec<f64>>,
    weights: Vec<f64>,
    column: Vec<f64>,
}

/// What a run tells besides its values: what each step made of each unit.
#[derive(Clone, Debug, Default)]
struct Log {
    stages: Vec<Stage>,
    notes: Vec<Note>,
    weights: Vec<(usize, Vec<f64>)>,
}

/// What one step made of each unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// The step: raw, denominated, imputed, treated, normalised or aggregated.
    pub step: &'static str,
    /// The node, by its number in [`Outcome::nodes`].
    pub node: usize,
    /// One value a unit of the table; NaN where missing or left out.
    pub values: Vec<f64>,
}

/// What a reader must know about a value, or about a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The node, by its number in [`Outcome::nodes`]; none for the whole index.
    pub node: Option<usize>,
    /// The unit, by its number in the table; none for all.
    pub unit: Option<usize>,
    /// The sentence.
    pub text: String,
}

/// Values of one node.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeOutcome {
    /// Its id.
    pub id: String,
    /// Its title.
    pub name: String,
    /// One value a unit of the table; NaN where there is none.
    pub values: Vec<f64>,
    /// Ranks from 1; none where there is no value, or where the node's sense for the index is not plain.
    pub ranks: Vec<Option<u32>>,
    /// Its parts, by number, with the weights used, summing to 1; empty for an input.
    pub parts: Vec<(usize, f64)>,
}

/// An index in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The period; none for a file without times.
    pub period: Option<Period>,
    /// The nodes, parts before what they are part of; the index is the last.
    pub nodes: Vec<NodeOutcome>,
    /// The class of each unit, where the recipe has classes.
    pub classes: Vec<Option<String>>,
    /// What each step made of each unit.
    pub stages: Vec<Stage>,
    /// What a reader must know.
    pub notes: Vec<Note>,
}

impl Outcome {
    /// The index itself.
    pub fn index(&self) -> &NodeOutcome {
        self.nodes.last().expect("a recipe has an index")
    }

    /// A node by its id.
    pub fn node(&self, id: &str) -> Option<&NodeOutcome> {
        self.nodes.iter().find(|n| n.id == id)
    }

    /// Takes the values, stages and notes of some units from the index of their profile. It has the same nodes, but in an
    /// order of its own where its parts differ, and its steps may be other ones.
    fn take_units(&mut self, units: &[usize], own: Outcome) {
        let number = |at: usize| self.nodes.iter().position(|n| n.id == own.nodes[at].id);
        let numbers: Vec<usize> = (0..own.nodes.len()).filter_map(number).collect();
        for (other, at) in own.nodes.iter().zip(&numbers) {
            units.iter().for_each(|u| self.nodes[*at].values[*u] = other.values[*u]);
        }
        for stage in &mut self.stages {
            units.iter().for_each(|u| stage.values[*u] = f64::NAN);
        }
        for other in own.stages {
            let node = numbers[other.node];
            let same = self.stages.iter_mut().find(|s| (s.step, s.node) == (other.step, node));
            if let Some(stage) = same {
                units.iter().for_each(|u| stage.values[*u] = other.values[*u]);
            } else {
                let mut values = vec![f64::NAN; other.values.len()];
                units.iter().for_each(|u| values[*u] = other.values[*u]);
                self.stages.push(Stage {
                    step: other.step,
                    node,
                    values,
                });
            }
        }
        let here = |n: &Note| n.unit.is_some_and(|u| units.contains(&u));
        self.notes.retain(|n| !here(n));
        let told = own.notes.into_iter().filter(here);
        self.notes.extend(told.map(|n| Note {
            node: n.node.map(|at| numbers[at]),
            ..n
        }));
    }
}

/// Why an index could not be built: the node, its part and the unit, what was found and what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("`{node}`{}{}: {source}", told(", part", part), told(", unit", unit))]
pub struct BuildError {
    /// The node by its id.
    pub node: String,
    /// The part by its id.
    pub part: Option<String>,
    /// The unit by its code.
    pub unit: Option<String>,
    /// What was found and what to do.
    pub source: Box<StepError>,
}

fn told(what: &str, name: &Option<String>) -> String {
    name.as_ref().map(|name| format!("{what} `{name}`")).unwrap_or_default()
}

impl Index {
    /// Makes a recipe ready for a table. Tells every mistake of the recipe, and inputs and groups that the table lacks.
    pub fn new(recipe: &Recipe, data: &Data) -> Result<Index, Vec<Mistake>> {
        let mistakes = recipe.mistakes();
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let mut index = Index::plain(recipe, data, &|id| id.to_string())?;
        for (i, profile) in recipe.profiles.iter().enumerate() {
            let changed = recipe.with_profile(i).map_err(|m| vec![m])?;
            let own: Vec<String> = recipe.inputs().into_iter().map(|input| input.key).collect();
            let key = |id: &str| {
                Some(profile.key(id))
                    .filter(|k| own.contains(k))
                    .unwrap_or_else(|| id.to_string())
            };
            let lies = |u: &Unit| {
                [Some(&u.code), u.groups.get("country")]
                    .into_iter()
                    .flatten()
                    .any(|c| profile.places.contains(c))
            };
            let units = data
                .units()
                .iter()
                .enumerate()
                .filter(|(_, u)| lies(u))
                .map(|(at, _)| at)
                .collect();
            index.profiles.push((units, Index::plain(&changed, data, &key)?));
        }
        Ok(index)
    }

    fn plain(recipe: &Recipe, data: &Data, key: &dyn Fn(&str) -> String) -> Result<Index, Vec<Mistake>> {
        let order = order(recipe);
        let number = |id: &str| {
            order
                .iter()
                .position(|at| recipe.nodes[*at].id == id)
                .unwrap_or_default()
        };
        let mut missing = Vec::new();
        let lacks = |message: String, advice: &str| Mistake {
            span: None,
            message,
            advice: Some(advice.to_string()),
        };
        let mut nodes = Vec::new();
        for at in &order {
            let node = &recipe.nodes[*at];
            let defaults = &recipe.defaults;
            let origin = match (node.value, node.parts.is_empty()) {
                (Some(value), _) => Origin::Constant(value),
                (None, false) => Origin::Parts(node.parts.iter().map(|p| number(p)).collect()),
                (None, true) => {
                    let column = data.input(&key(&node.id));
                    if column.is_none() {
                        missing.push(lacks(
                            format!("there is no input for `{}`", node.id),
                            "add it to the data",
                        ));
                    }
                    Origin::Input(column.unwrap_or_default())
                }
            };
            // Only inputs are imputed, treated and normalised by default: a node with parts is already in their unit.
            let input = matches!(origin, Origin::Input(_));
            let normalise = node.normalise.clone();
            let normalise = normalise.unwrap_or(if input {
                defaults.normalise.clone()
            } else {
                Normalise::None
            });
            let reference = match &normalise {
                Normalise::DistanceToReference { unit, .. } => {
                    let at = data.units().iter().position(|u| u.code == *unit);
                    if at.is_none() {
                        let message = format!("`{}` has the unit of reference {unit}, which the data lack", node.id);
                        missing.push(lacks(message, "name a unit of the data by its code"));
                    }
                    at
                }
                _ => None,
            };
            let impute = node.impute.clone().unwrap_or_else(|| defaults.impute.clone());
            let choices = [&impute].into_iter().chain(&recipe.uncertainty.impute);
            for impute in choices.filter(|_| input) {
                if let Impute::GroupMean(grouping) | Impute::GroupMedian(grouping) = impute
                    && data.groups(grouping).is_none()
                {
                    let message = format!("`{}` is imputed by `{grouping}`, and no unit has such a group", node.id);
                    missing.push(lacks(message, "add it to the data as a column of groups"));
                }
            }
            nodes.push(Step {
                id: node.id.clone(),
                name: node.name().to_string(),
                per: node.per.as_deref().map(number),
                transform: node.transform.clone(),
                impute,
                treat: node.treat.clone().unwrap_or_else(|| defaults.treat.clone()),
                direction: node.direction,
                normalise,
                reference,
                aggregate: node.aggregate.clone().unwrap_or_else(|| defaults.aggregate.clone()),
                weights: node.weights.unwrap_or(defaults.weights),
                given: node
                    .parts
                    .iter()
                    .map(|p| recipe.node(p).and_then(|n| n.weight).unwrap_or(1.0))
                    .collect(),
                needs: node.needs.unwrap_or(defaults.needs),
                then: node.then.clone(),
                round: node.round,
                error: node.error,
                default: Default_ {
                    impute: input && node.impute.is_none(),
                    treat: input && node.treat.is_none(),
                    normalise: input && node.normalise.is_none(),
                    aggregate: node.aggregate.is_none(),
                },
                sense: 0,
                only_divides: false,
                origin,
            });
        }
        if !missing.is_empty() {
            return Err(missing);
        }
        senses(&mut nodes);
        Ok(Index {
            recipe: recipe.clone(),
            nodes,
            profiles: Vec::new(),
            units: data.units().iter().map(|u| u.code.clone()).collect(),
        })
    }

    /// The recipe.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// The ids of the nodes, parts before what they are part of; the index is the last.
    pub fn nodes(&self) -> impl ExactSizeIterator<Item = &str> {
        self.nodes.iter().map(|n| n.id.as_str())
    }

    /// The number of the index among the nodes.
    pub fn root(&self) -> usize {
        self.nodes.len() - 1
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.nodes
    }

    /// Which value of a node has rank 1; none where the node's sense for the index is not plain.
    pub(crate) fn first(&self, at: usize) -> Option<First> {
        match (self.recipe.more_is, self.nodes[at].sense) {
            (_, 0) => None,
            (MoreIs::Worse, 1) | (MoreIs::Better | MoreIs::WorseAndFirst, -1) => Some(First::Smallest),
            _ => Some(First::Largest),
        }
    }

    /// The units of each profile, and the index as it is for them.
    pub(crate) fn profiles(&self) -> &[(Vec<usize>, Index)] {
        &self.profiles
    }

    /// Builds the index in one period.
    pub fn build(&self, data: &Data, period: usize) -> Result<Outcome, BuildError> {
        let mut outcome = self.build_plain(data, period)?;
        for (units, index) in &self.profiles {
            outcome.take_units(units, index.build_plain(data, period)?);
        }
        for (at, node) in outcome.nodes.iter_mut().enumerate() {
            node.ranks = match self.first(at) {
                None => vec![None; node.values.len()],
                Some(first) => ranks(&node.values, first),
            };
        }
        if !self.recipe.classes.is_empty() {
            let name = |v: &f64| class(&self.recipe.classes, *v).map(|c| c.name.clone());
            outcome.classes = outcome.index().values.iter().map(name).collect();
        }
        Ok(outcome)
    }

    fn build_plain(&self, data: &Data, period: usize) -> Result<Outcome, BuildError> {
        let sheet = self.sheet(data, period, None)?;
        let (mut scratch, mut log) = (Scratch::default(), Log::default());
        for (node, unit) in &sheet.filled {
            let text = "filled from other years".to_string();
            log.notes.push(Note {
                node: Some(*node),
                unit: Some(*unit),
                text,
            });
        }
        self.run(&sheet, &Choice::default(), &mut scratch, Some(&mut log))?;
        let spread = |column: &[f64]| spread_over(&scratch.kept, column, data.units().len());
        let node = |(at, step): (usize, &Step)| {
            let used = log
                .weights
                .iter()
                .find(|(node, _)| *node == at)
                .map(|(_, w)| w.as_slice());
            let parts = match &step.origin {
                Origin::Parts(parts) => parts
                    .iter()
                    .copied()
                    .zip(used.unwrap_or_default().iter().copied())
                    .collect(),
                _ => Vec::new(),
            };
            NodeOutcome {
                id: step.id.clone(),
                name: step.name.clone(),
                values: spread(&scratch.columns[at]),
                ranks: Vec::new(),
                parts,
            }
        };
        let nodes: Vec<NodeOutcome> = self.nodes.iter().enumerate().map(node).collect();
        self.tell_inputs(&nodes, &mut log);
        if nodes[self.root()].values.iter().filter(|v| !v.is_nan()).count() == 1 {
            log.note(
                None,
                None,
                "one unit only has a value, and so nothing to be ranked with",
            );
        }
        for (unit, value) in nodes[self.root()].values.iter().enumerate() {
            if value.is_nan() && scratch.kept.contains(&unit) {
                let text = "no value: too many parts are missing".to_string();
                log.notes.push(Note {
                    node: Some(self.root()),
                    unit: Some(unit),
                    text,
                });
            }
        }
        Ok(Outcome {
            period: data.periods()[period],
            classes: vec![None; data.units().len()],
            nodes,
            stages: log.stages,
            notes: log.notes,
        })
    }

    /// The inputs of a period, with what the recipe (or another imputation of panels) fills from other years.
    pub fn sheet(&self, data: &Data, period: usize, other: Option<&Impute>) -> Result<Sheet, BuildError> {
        let mut sheet = Sheet {
            columns: Vec::new(),
            filled: Vec::new(),
            groups: BTreeMap::new(),
        };
        for (at, step) in self.nodes.iter().enumerate() {
            let Origin::Input(input) = step.origin else {
                sheet.columns.push(Vec::new());
                continue;
            };
            let mut column = data.column(period, input).to_vec();
            if let Some(unit) = column.iter().position(|v| v.is_infinite()) {
                let source = StepError::Infinite {
                    step: "the input",
                    unit,
                };
                return Err(self.failed(at, source, &[]));
            }
            let impute = other.filter(|_| step.default.impute).unwrap_or(&step.impute);
            if matches!(impute, Impute::Interpolate { .. } | Impute::Nearest { .. }) {
                for (unit, value) in column.iter_mut().enumerate().filter(|(_, v)| v.is_nan()) {
                    if let Some(found) = from_other_years(impute, data, input, unit, period) {
                        *value = found;
                        sheet.filled.push((at, unit));
                    }
                }
            }
            sheet.columns.push(column);
        }
        let groupings = self
            .nodes
            .iter()
            .map(|n| &n.impute)
            .chain(&self.recipe.uncertainty.impute)
            .chain(other);
        for impute in groupings {
            if let Impute::GroupMean(grouping) | Impute::GroupMedian(grouping) = impute
                && let Some((groups, _)) = data.groups(grouping)
            {
                sheet.groups.insert(grouping.clone(), groups);
            }
        }
        Ok(sheet)
    }

    /// Runs every step on a sheet; the results lie in `scratch`, one column a node, one value a kept unit.
    pub fn evaluate(&self, sheet: &Sheet, choice: &Choice<'_>, scratch: &mut Scratch) -> Result<(), BuildError> {
        self.run(sheet, choice, scratch, None)
    }

    fn run(
        &self,
        sheet: &Sheet,
        choice: &Choice<'_>,
        scratch: &mut Scratch,
        mut log: Option<&mut Log>,
    ) -> Result<(), BuildError> {
        scratch.columns.resize_with(self.nodes.len(), Vec::new);
        scratch.prepared.resize_with(self.nodes.len(), Vec::new);
        for (at, step) in self.nodes.iter().enumerate() {
            if matches!(step.origin, Origin::Input(_)) {
                self.prepare(at, sheet, choice, scratch, &mut log)?;
            }
        }
        let units = sheet.columns.iter().map(Vec::len).max().unwrap_or_default();
        self.screen(units, scratch, &mut log);
        for (at, step) in self.nodes.iter().enumerate() {
            match &step.origin {
                Origin::Input(_) => self.make_comparable(at, choice, scratch, units, &mut log)?,
                Origin::Constant(value) => {
                    let kept = scratch.kept.len();
                    scratch.columns[at].clear();
                    scratch.columns[at].resize(kept, *value);
                }
                Origin::Parts(parts) => self.join(at, parts, choice, scratch, units, &mut log)?,
            }
        }
        Ok(())
    }

    /// Divides, transforms and imputes one input, over all units.
    fn prepare(
        &self,
        at: usize,
        sheet: &Sheet,
        choice: &Choice<'_>,
        scratch: &mut Scratch,
        log: &mut Option<&mut Log>,
    ) -> Result<(), BuildError> {
        let step = &self.nodes[at];
        let failed = |source| self.failed(at, source, &[]);
        let column = &mut scratch.prepared[at];
        choice.read(sheet, at, column);
        stage(log, "raw", at, column);
        if let Some(per) = step.per {
            let divisor = &mut scratch.column;
            choice.read(sheet, per, divisor);
            for (unit, (value, by)) in column.iter_mut().zip(divisor).enumerate() {
                if *by == 0.0 && !value.is_nan() {
                    let (step, needs) = ("a division (`per`)", "a divisor other than zero");
                    let advice = "mend it in the data, or mark it as missing";
                    return Err(failed(StepError::Domain {
                        step,
                        unit,
                        value: 0.0,
                        needs,
                        advice,
                    }));
                }
                *value /= *by;
            }
        }
        transform(&step.transform, column).map_err(failed)?;
        if step.per.is_some() || !step.transform.is_empty() {
            stage(log, "denominated", at, column);
        }
        let impute = choice.impute.filter(|_| step.default.impute).unwrap_or(&step.impute);
        let done = matches!(
            impute,
            Impute::None | Impute::Interpolate { .. } | Impute::Nearest { .. }
        );
        // The default is for what is compared; others are divided by the values as they were.
        if done || (step.only_divides && step.default.impute) {
            return Ok(());
        }
        let missing: Vec<usize> = match log {
            Some(_) => (0..column.len()).filter(|u| column[*u].is_nan()).collect(),
            None => Vec::new(),
        };
        let groups = match impute {
            Impute::GroupMean(g) | Impute::GroupMedian(g) => sheet.groups.get(g).map(Vec::as_slice),
            _ => None,
        };
        across(impute, groups.unwrap_or_default(), column).map_err(failed)?;
        stage(log, "imputed", at, column);
        if let Some(log) = log {
            if missing.is_empty() {
                log.note(Some(at), None, "nothing to impute: no value is missing");
            }
            for unit in missing {
                let text = if column[unit].is_nan() {
                    format!("still missing: {} has no value to take", imputed_by(impute))
                } else {
                    format!("imputed by {}", imputed_by(impute))
                };
                log.note(Some(at), Some(unit), text);
            }
        }
        Ok(())
    }

    /// Which units have inputs enough.
    fn screen(&self, units: usize, scratch: &mut Scratch, log: &mut Option<&mut Log>) {
        scratch.kept.clear();
        let Some(screen) = &self.recipe.screen else {
            scratch.kept.extend(0..units);
            return;
        };
        let counted = |at: &usize| matches!(self.nodes[*at].origin, Origin::Input(_)) && !self.nodes[*at].only_divides;
        let inputs: Vec<usize> = (0..self.nodes.len()).filter(counted).collect();
        for unit in 0..units {
            let has = |at: &&usize| {
                let value = scratch.prepared[**at][unit];
                !value.is_nan() && (value != 0.0 || !screen.zero_is_missing)
            };
            let share = inputs.iter().filter(has).count() as f64 / inputs.len() as f64;
            if share >= screen.at_least - 1e-12 {
                scratch.kept.push(unit);
            } else if let Some(log) = log {
                let text = format!("left out: {:.0} % of the inputs have a value", share * 100.0);
                log.note(None, Some(unit), text);
            }
        }
        if let Some(log) = log
            && scratch.kept.len() == units
        {
            log.note(None, None, "the screen left no unit out");
        }
    }

    /// Treats and normalises one input, over the kept units.
    fn make_comparable(
        &self,
        at: usize,
        choice: &Choice<'_>,
        scratch: &mut Scratch,
        units: usize,
        log: &mut Option<&mut Log>,
    ) -> Result<(), BuildError> {
        let step = &self.nodes[at];
        let kept = std::mem::take(&mut scratch.kept);
        let column = &mut scratch.columns[at];
        if kept.len() == scratch.prepared[at].len() {
            // Prepared values are needed no more.
            std::mem::swap(column, &mut scratch.prepared[at]);
        } else {
            column.clear();
            column.extend(kept.iter().map(|u| scratch.prepared[at][*u]));
        }
        let result = (|| {
            // What others are only divided by is compared with nothing.
            if step.only_divides {
                return Ok(());
            }
            let method = choice.treat.filter(|_| step.default.treat).unwrap_or(&step.treat);
            let treated = treat(method, column)?;
            if let Some(log) = log
                && *method != Treat::None
            {
                log.stages.push(Stage {
                    step: "treated",
                    node: at,
                    values: spread_over(&kept, column, units),
                });
                log.note(Some(at), None, treated.to_string());
            }
            let method = choice
                .normalise
                .filter(|_| step.default.normalise)
                .unwrap_or(&step.normalise);
            let reference = step.reference.and_then(|r| kept.iter().position(|u| *u == r));
            normalise(method, step.direction, column, reference)?;
            finish(step, column)
        })();
        let result = result.map_err(|source| self.failed(at, source, &kept));
        if let Some(log) = log {
            log.stages.push(Stage {
                step: "normalised",
                node: at,
                values: spread_over(&kept, column, units),
            });
        }
        scratch.kept = kept;
        result
    }

    /// Aggregates the parts of a node, over the kept units.
    fn join(
        &self,
        at: usize,
        parts: &[usize],
        choice: &Choice<'_>,
        scratch: &mut Scratch,
        units: usize,
        log: &mut Option<&mut Log>,
    ) -> Result<(), BuildError> {
        let step = &self.nodes[at];
        let mut column = std::mem::take(&mut scratch.column);
        column.clear();
        column.resize(scratch.kept.len(), f64::NAN);
        let columns: Vec<&[f64]> = parts.iter().map(|p| scratch.columns[*p].as_slice()).collect();
        let result = (|| {
            scratch.weights.clear();
            match step.weights {
                Weights::Given => scratch.weights.extend_from_slice(&step.given),
                Weights::Equal => scratch.weights.resize(parts.len(), 1.0),
                Weights::Pca => scratch.weights.extend(weights::pca(&columns)?),
                Weights::Optimised => {
                    let optimised = weights::optimised(&columns)?;
                    if let Some(log) = log {
                        let furthest = optimised.furthest;
                        log.note(Some(at), None, format!("weights for equal importance: the share of the correlations furthest from 1/n is {furthest:.3} off"));
                    }
                    scratch.weights.extend(optimised.weights);
                }
            }
            if let Some(factors) = choice.weights {
                scratch
                    .weights
                    .iter_mut()
                    .zip(parts)
                    .for_each(|(w, part)| *w *= factors[*part]);
            }
            let method = choice
                .aggregate
                .filter(|_| step.default.aggregate)
                .unwrap_or(&step.aggregate);
            aggregate(method, &scratch.weights, &columns, step.needs, &mut column)?;
            normalise(&step.normalise, step.direction, &mut column, None)?;
            finish(step, &mut column)
        })();
        result.map_err(|source| self.failed(at, source, &scratch.kept))?;
        if let Some(log) = log {
            let total: f64 = scratch.weights.iter().sum();
            self.tell_missing(at, parts, &column, scratch, log);
            log.weights
                .push((at, scratch.weights.iter().map(|w| w / total).collect()));
            log.stages.push(Stage {
                step: "aggregated",
                node: at,
                values: spread_over(&scratch.kept, &column, units),
            });
        }
        scratch.column = std::mem::replace(&mut scratch.columns[at], column);
        Ok(())
    }

    /// Which parts a unit's value was made without.
    fn tell_missing(&self, at: usize, parts: &[usize], column: &[f64], scratch: &Scratch, log: &mut Log) {
        for (i, unit) in scratch.kept.iter().enumerate().filter(|(i, _)| !column[*i].is_nan()) {
            let lacks = |(part, weight): &(&usize, &f64)| **weight > 0.0 && scratch.columns[**part][i].is_nan();
            let missing = parts.iter().zip(&scratch.weights).filter(lacks);
            let mut names: Vec<&str> = missing.map(|(part, _)| self.nodes[*part].id.as_str()).collect();
            names.dedup();
            if !names.is_empty() {
                log.note(Some(at), Some(*unit), format!("without {}", names.join(", ")));
            }
        }
    }

    /// How many of the inputs the index of each unit rests on, where some are missing.
    fn tell_inputs(&self, nodes: &[NodeOutcome], log: &mut Log) {
        let counted = |(step, _): &(&Step, &NodeOutcome)| matches!(step.origin, Origin::Input(_)) && !step.only_divides;
        let inputs: Vec<&NodeOutcome> = self
            .nodes
            .iter()
            .zip(nodes)
            .filter(counted)
            .map(|(_, node)| node)
            .collect();
        for (unit, _) in nodes[self.root()]
            .values
            .iter()
            .enumerate()
            .filter(|(_, v)| !v.is_nan())
        {
            let known = inputs.iter().filter(|node| !node.values[unit].is_nan()).count();
            if known < inputs.len() {
                let text = format!("rests on {known} of {} inputs", inputs.len());
                log.note(Some(self.root()), Some(unit), text);
            }
        }
    }

    /// A step's error at a node. The step numbers units among the kept ones; without any kept, among all.
    pub(crate) fn failed(&self, at: usize, source: StepError, kept: &[usize]) -> BuildError {
        let unit = source.unit().map(|unit| kept.get(unit).copied().unwrap_or(unit));
        let part = source.part().and_then(|part| match &self.nodes[at].origin {
            Origin::Parts(parts) => Some(self.nodes[*parts.get(part)?].id.clone()),
            _ => None,
        });
        BuildError {
            node: self.nodes[at].id.clone(),
            part,
            unit: unit.and_then(|unit| self.units.get(unit).cloned()),
            source: Box::new(source),
        }
    }
}

impl Log {
    fn note(&mut self, node: Option<usize>, unit: Option<usize>, text: impl Into<String>) {
        self.notes.push(Note {
            node,
            unit,
            text: text.into(),
        });
    }
}

/// The last steps of every node.
fn finish(step: &Step, column: &mut [f64]) -> Result<(), StepError> {
    transform(&step.then, column)?;
    if let Some(decimals) = step.round {
        column.iter_mut().for_each(|v| *v = round(*v, decimals));
    }
    Ok(())
}

/// Rounds half away from zero, as published tables are. What lies within 1e-9 of a half is one: 2.45 has no exact binary
/// form, and its published rounding is 2.5.
pub fn round(value: f64, decimals: u8) -> f64 {
    let scale = 10f64.powi(i32::from(decimals));
    let scaled = value * scale;
    (scaled + 1e-9f64.copysign(scaled)).round() / scale
}

fn stage(log: &mut Option<&mut Log>, step: &'static str, node: usize, column: &[f64]) {
    if let Some(log) = log {
        log.stages.push(Stage {
            step,
            node,
            values: column.to_vec(),
        });
    }
}

/// Values of kept units as values of all units.
fn spread_over(kept: &[usize], column: &[f64], units: usize) -> Vec<f64> {
    let mut all = vec![f64::NAN; units];
    kept.iter().zip(column).for_each(|(unit, value)| all[*unit] = *value);
    all
}

/// The nodes of a recipe without cycles by number, parts before what they are part of, and the index last.
fn order(recipe: &Recipe) -> Vec<usize> {
    fn visit(recipe: &Recipe, at: usize, order: &mut Vec<usize>) {
        if order.contains(&at) {
            return;
        }
        let node = &recipe.nodes[at];
        for id in node.per.iter().chain(&node.parts) {
            if let Some(part) = recipe.nodes.iter().position(|n| n.id == *id) {
                visit(recipe, part, order);
            }
        }
        order.push(at);
    }
    let mut order = Vec::new();
    let index = recipe
        .index()
        .and_then(|index| recipe.nodes.iter().position(|n| n.id == index.id));
    index.into_iter().for_each(|root| visit(recipe, root, &mut order));
    order
}

/// Follows from the index down whether more of a node is more or less of it.
fn senses(nodes: &mut [Step]) {
    let mut found: Vec<Option<i8>> = vec![None; nodes.len()];
    if let Some(root) = found.last_mut() {
        *root = Some(1);
    }
    for at in (0..nodes.len()).rev() {
        let Origin::Parts(parts) = nodes[at].origin.clone() else {
            continue;
        };
        let own = found[at].unwrap_or_default() * turned(&nodes[at]);
        for (i, part) in parts.iter().enumerate() {
            let against = match nodes[at].aggregate {
                Aggregate::Ratio => i == 1,
                Aggregate::Sullivan => i % 2 == 1,
                _ => false,
            };
            let sense = if against { -own } else { own };
            found[*part] = Some(found[*part].map_or(sense, |before| if before == sense { sense } else { 0 }));
        }
    }
    for (node, sense) in nodes.iter_mut().zip(found) {
        node.sense = sense.unwrap_or_default();
        node.only_divides = sense.is_none();
    }
}

/// −1 where what a node does after aggregation turns its values round.
fn turned(step: &Step) -> i8 {
    let turns = |t: &&Transform| match t {
        Transform::Complement | Transform::Reciprocal => true,
        Transform::Times(by) => *by < 0.0,
        Transform::Power(p) => *p < 0.0,
        _ => false,
    };
    let turns = step.then.iter().filter(turns).count() + usize::from(step.direction == Direction::Down);
    if turns % 2 == 0 { 1 } else { -1 }
}

/// A missing value from the unit's values of other years.
fn from_other_years(impute: &Impute, data: &Data, input: usize, unit: usize, period: usize) -> Option<f64> {
    let year = |p: &Option<Period>| p.map(|p| i32::from(p.calendar_year()));
    let dated = data
        .periods()
        .iter()
        .enumerate()
        .filter_map(|(at, p)| Some((at, year(p)?)));
    let (at, years): (Vec<usize>, Vec<i32>) = dated.unzip();
    let mut series: Vec<f64> = at.iter().map(|p| data.column(*p, input)[unit]).collect();
    along(impute, &years, &mut series);
    let here = at.iter().position(|p| *p == period)?;
    Some(series[here]).filter(|v| !v.is_nan())
}

fn imputed_by(impute: &Impute) -> String {
    match impute {
        Impute::Mean => "the mean of the units".to_string(),
        Impute::Median => "the median of the units".to_string(),
        Impute::GroupMean(grouping) => format!("the mean of the unit's group in {grouping}"),
        Impute::GroupMedian(grouping) => format!("the median of the unit's group in {grouping}"),
        Impute::None | Impute::Interpolate { .. } | Impute::Nearest { .. } => String::new(),
    }
}

fn ranks(values: &[f64], first: First) -> Vec<Option<u32>> {
    let mut ranks = values.to_vec();
    rank(&mut ranks, first, Ties::Smallest, &mut Vec::new());
    ranks.iter().map(|r| (!r.is_nan()).then_some(*r as u32)).collect()
}
