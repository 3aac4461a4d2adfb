//! What may be varied of an index, and its value under one setting of everything that is: the ground on which
//! [`crate::uncertainty`] and [`crate::sensitivity`] stand.
//!
//! Draw *r* of anything is number *r* of a stream of its own ([`Key`]): of a choice of method (`method normalise`), of a weight
//! (`weight` and the node), of an input's error in one place and period (`input` and its key). Methods and weights are
//! keyed without place and period, so that draw *r* means the same in every year.

use std::fmt;

use rayon::prelude::*;
use serde::Serialize;

use crate::data::Data;
use crate::index::{BuildError, Choice, Index, Origin, Scratch, Sheet};
use crate::input_error::{InputErrors, Laws, Told};
use crate::random::Key;
use crate::recipe::{Dependence, Impute};

/// Something that is varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// The imputation of inputs.
    Impute,
    /// The treatment of outliers.
    Treat,
    /// The normalisation of inputs.
    Normalise,
    /// The aggregation of parts.
    Aggregate,
    /// All weights together.
    Weights,
    /// The errors of all inputs together.
    Inputs,
}

impl Factor {
    const METHODS: [Factor; 4] = [Factor::Impute, Factor::Treat, Factor::Normalise, Factor::Aggregate];

    /// Its key in `[uncertainty]`.
    pub fn key(self) -> &'static str {
        match self {
            Factor::Impute => "impute",
            Factor::Treat => "treat",
            Factor::Normalise => "normalise",
            Factor::Aggregate => "aggregate",
            Factor::Weights => "weights",
            Factor::Inputs => "inputs",
        }
    }
}

/// One drawn setting of all that is varied but the inputs, whose draws follow from their keys ([`input_draws`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting {
    /// The method of imputation, treatment, normalisation and aggregation, by number in [`Methods`]; 0 is the recipe's own.
    pub methods: [usize; 4],
    /// The factor of each node's weight, in the order of [`Index::nodes`]; empty where weights are not varied.
    pub weights: Vec<f64>,
}

impl Setting {
    /// Takes a factor from another setting; the inputs are no part of it.
    pub(crate) fn take(&mut self, factor: Factor, other: &Setting) {
        if let Some(method) = Factor::METHODS.iter().position(|f| *f == factor) {
            self.methods[method] = other.methods[method];
        } else if factor == Factor::Weights {
            self.weights.clone_from(&other.weights);
        }
    }
}

/// The methods among which settings choose, as a recipe spells them; the recipe's own default first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Methods(pub [Vec<String>; 4]);

impl Methods {
    /// The methods of a setting, of those that are varied: `normalise = "z-score", aggregate = "geometric"`.
    pub fn spelled(&self, setting: &Setting) -> String {
        let chosen = Factor::METHODS.iter().zip(&self.0).zip(setting.methods);
        let varied = chosen.filter(|((_, methods), _)| methods.len() > 1);
        let spelled = varied.map(|((factor, methods), number)| format!("{} = {}", factor.key(), methods[number]));
        spelled.collect::<Vec<_>>().join(", ")
    }
}

/// Why uncertainty or sensitivity could not be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum VaryError {
    /// There is nothing to vary.
    #[error(
        "nothing is varied: `[uncertainty]` names no other method and no weights that have an effect, and no input has an \
         error; name some, or give inputs an `error`"
    )]
    Nothing,
    /// A setting of the computation that makes no sense.
    #[error("{what} is {found}; it must be {needed}")]
    Option {
        /// The setting.
        what: &'static str,
        /// What was found.
        found: String,
        /// What it must be.
        needed: &'static str,
    },
    /// The index cannot be built as the recipe has it, or an input's error does not suit its values.
    #[error(transparent)]
    Build(BuildError),
    /// The index cannot be built under a setting.
    #[error("draw {number}{}{setting} cannot be built: {source}; take one of them out of `[uncertainty]`, or mend the input",
        if setting.is_empty() { "" } else { " with " })]
    Draw {
        /// The number of the draw, from 0.
        number: u64,
        /// The methods of the setting, as the recipe spells them.
        setting: String,
        /// What stopped it.
        source: BuildError,
    },
    /// The unit whose value was asked for has none under a setting.
    #[error("{unit} has no value in draw {number}; ask for a unit that has one under every setting")]
    NoValue {
        /// The unit by its code.
        unit: String,
        /// The number of the draw, from 0.
        number: u64,
    },
}

/// An index, its data, and all that is varied of it.
pub(crate) struct Variation<'a> {
    index: &'a Index,
    units: usize,
    seed: u64,
    /// What is varied, in the order of [`Factor`].
    pub(crate) factors: Vec<Factor>,
    pub(crate) methods: Methods,
    pub(crate) errors: Vec<InputErrors>,
    /// What a reader must know: of steps that were to be varied and that nothing takes.
    pub(crate) notes: Vec<String>,
    /// The recipe's index, and then that of each of its profiles.
    members: Vec<Member<'a>>,
    /// Nodes that have a sibling, whose weights count.
    siblings: Vec<bool>,
}

/// An index as it is for some units.
struct Member<'a> {
    index: &'a Index,
    /// Whether the values of a unit come from it.
    is_for: Vec<bool>,
    /// Its numbers of the nodes of the recipe's own index.
    nodes: Vec<usize>,
    sheets: Vec<Sheet>,
    /// The sheet for each imputation.
    sheet_of: Vec<usize>,
    inputs: Vec<VariedInput>,
}

struct VariedInput {
    node: usize,
    laws: Laws,
    keys: Keys,
}

/// The streams of an input's errors.
enum Keys {
    Each(Vec<Key>),
    Shared(Key),
}

/// Inputs as drawn once: a column for each varied input of each member, NaN where a value is not drawn.
pub(crate) type Drawn = Vec<Vec<f64>>;

impl<'a> Variation<'a> {
    /// What is varied of an index in a period.
    pub(crate) fn new(index: &'a Index, data: &'a Data, period: usize, seed: u64) -> Result<Variation<'a>, VaryError> {
        let all = (vec![true; data.units().len()], index);
        let profiles = index.profiles().iter().map(|(units, own)| {
            let mut is_for = vec![false; data.units().len()];
            units.iter().for_each(|u| is_for[*u] = true);
            (is_for, own)
        });
        let mut variation = Variation {
            index,
            units: data.units().len(),
            seed,
            factors: Vec::new(),
            methods: methods(index),
            errors: Vec::new(),
            notes: Vec::new(),
            members: Vec::new(),
            siblings: vec![false; index.nodes().len()],
        };
        for (is_for, own) in std::iter::once(all).chain(profiles) {
            variation.add(own, is_for, data, period).map_err(VaryError::Build)?;
        }
        variation.find_factors();
        if variation.factors.is_empty() {
            return Err(VaryError::Nothing);
        }
        Ok(variation)
    }

    fn add(&mut self, index: &'a Index, is_for: Vec<bool>, data: &Data, period: usize) -> Result<(), BuildError> {
        let numbers: Vec<&str> = index.nodes().collect();
        let nodes: Vec<usize> = self
            .index
            .nodes()
            .map(|id| {
                let same = numbers.iter().position(|n| *n == id);
                same.expect("a profile changes nodes and takes none away")
            })
            .collect();
        for step in index.steps() {
            if let Origin::Parts(parts) = &step.origin
                && parts.len() > 1
            {
                let has_sibling = |own: usize| parts.contains(&nodes[own]);
                (0..nodes.len())
                    .filter(|own| has_sibling(*own))
                    .for_each(|own| self.siblings[own] = true);
            }
        }
        let (sheets, sheet_of) = sheets(index, data, period)?;
        let inputs = if self.index.recipe().uncertainty.inputs {
            self.inputs(index, data, period)?
        } else {
            Vec::new()
        };
        self.members.push(Member {
            index,
            is_for,
            nodes,
            sheets,
            sheet_of,
            inputs,
        });
        Ok(())
    }

    /// The inputs of an index that have an error. One that several members share is drawn alike in all, and told once.
    fn inputs(&mut self, index: &Index, data: &Data, period: usize) -> Result<Vec<VariedInput>, BuildError> {
        let mut inputs = Vec::new();
        for (node, step) in index.steps().iter().enumerate() {
            let Origin::Input(input) = step.origin else { continue };
            let told = Told {
                input: &data.inputs()[input],
                values: data.column(period, input),
                spreads: data.spreads(period, input),
                whole: data.whole(input),
            };
            let (laws, errors) = Laws::new(step.error, told).map_err(|source| index.failed(node, source, &[]))?;
            if !self.errors.iter().any(|known| known.input == errors.input) {
                self.errors.push(errors);
            }
            if !laws.all_exact() {
                let keys = match self.index.recipe().uncertainty.dependence {
                    Dependence::Full => Keys::Shared(input_key(self.seed, data, period, input, None)),
                    Dependence::Independent => Keys::Each(
                        (0..self.units)
                            .map(|unit| input_key(self.seed, data, period, input, Some(unit)))
                            .collect(),
                    ),
                };
                inputs.push(VariedInput { node, laws, keys });
            }
        }
        Ok(inputs)
    }

    /// Finds what is varied and has an effect; what has none is told.
    fn find_factors(&mut self) {
        let recipe = self.index.recipe();
        let default = |factor: Factor| {
            let mut steps = self.members.iter().flat_map(|m| m.index.steps());
            steps.any(|step| match (factor, &step.origin) {
                (Factor::Aggregate, Origin::Parts(_)) => step.default.aggregate,
                (Factor::Impute, Origin::Input(_)) => step.default.impute,
                (Factor::Treat, Origin::Input(_)) => step.default.treat,
                (Factor::Normalise, Origin::Input(_)) => step.default.normalise,
                _ => false,
            })
        };
        for (factor, methods) in Factor::METHODS.into_iter().zip(&mut self.methods.0) {
            if methods.len() > 1 && default(factor) {
                self.factors.push(factor);
            } else if methods.len() > 1 {
                methods.truncate(1);
                self.notes.push(format!(
                    "`{}` is not varied: every node that takes this step names its own method",
                    factor.key()
                ));
            }
        }
        if recipe.uncertainty.weights > 0.0 {
            if self.siblings.contains(&true) {
                self.factors.push(Factor::Weights);
            } else {
                self.notes
                    .push("`weights` are not varied: no node has a sibling".to_string());
            }
        }
        if self.members.iter().any(|m| !m.inputs.is_empty()) {
            self.factors.push(Factor::Inputs);
        } else if recipe.uncertainty.inputs {
            self.notes
                .push("the errors of inputs are not drawn: none is known".to_string());
        }
    }

    /// The settings of some draws, from a number on.
    pub(crate) fn settings(&self, first: u64, count: usize) -> Vec<Setting> {
        let mut settings = vec![Setting::default(); count];
        let mut numbers = vec![0.0; count];
        for (which, methods) in self.methods.0.iter().enumerate().filter(|(_, m)| m.len() > 1) {
            let subject = format!("method {}", Factor::METHODS[which].key());
            Key::new(self.seed, &subject, "", "").uniforms(first, &mut numbers);
            for (setting, number) in settings.iter_mut().zip(&numbers) {
                setting.methods[which] = (number * methods.len() as f64) as usize;
            }
        }
        if self.factors.contains(&Factor::Weights) {
            let by = self.index.recipe().uncertainty.weights;
            for (id, varied) in self.index.nodes().zip(&self.siblings) {
                if *varied {
                    Key::new(self.seed, &format!("weight {id}"), "", "").uniforms(first, &mut numbers);
                }
                for (setting, number) in settings.iter_mut().zip(&numbers) {
                    let factor = if *varied { 1.0 + by * (2.0 * number - 1.0) } else { 1.0 };
                    setting.weights.push(factor);
                }
            }
        }
        settings
    }

    /// Bytes that the inputs of one draw take.
    pub(crate) fn bytes_of_drawn(&self) -> usize {
        self.members.iter().map(|m| m.inputs.len()).sum::<usize>() * self.units * size_of::<f64>()
    }

    /// Room for the inputs of some draws.
    pub(crate) fn room(&self, draws: usize) -> Vec<Drawn> {
        let columns: usize = self.members.iter().map(|m| m.inputs.len()).sum();
        vec![vec![vec![f64::NAN; self.units]; columns]; draws]
    }

    /// Draws the inputs, from a number on, as often as there is room.
    pub(crate) fn draw(&self, first: u64, room: &mut [Drawn]) {
        let inputs = self.members.iter().flat_map(|m| &m.inputs);
        let mut tasks: Vec<(&VariedInput, Vec<&mut [f64]>)> = inputs.map(|i| (i, Vec::new())).collect();
        for drawn in room {
            for (task, column) in tasks.iter_mut().zip(drawn) {
                task.1.push(column);
            }
        }
        tasks
            .par_iter_mut()
            .for_each(|(input, columns)| input.draw(first, columns));
    }

    /// Values of some nodes, one a unit, under a setting and with drawn inputs; NaN where there is none.
    pub(crate) fn values(
        &self,
        setting: &Setting,
        drawn: Option<&Drawn>,
        scratch: &mut Vec<Scratch>,
        nodes: &[usize],
        values: &mut [&mut [f64]],
    ) -> Result<(), BuildError> {
        scratch.resize_with(self.members.len(), Scratch::default);
        let mut columns = drawn.map(Vec::as_slice).unwrap_or_default();
        for (member, scratch) in self.members.iter().zip(scratch) {
            let (own, others) = columns.split_at(member.inputs.len().min(columns.len()));
            columns = others;
            member.run(setting, own, scratch)?;
            for (node, values) in nodes.iter().zip(values.iter_mut()) {
                member.write(*node, scratch, values);
            }
        }
        Ok(())
    }
}

impl Variation<'_> {
    /// A draw that could not be built.
    pub(crate) fn failed(&self, number: u64, setting: &Setting, source: BuildError) -> VaryError {
        VaryError::Draw {
            number,
            setting: self.methods.spelled(setting),
            source,
        }
    }
}

impl Member<'_> {
    fn run(&self, setting: &Setting, drawn: &[Vec<f64>], scratch: &mut Scratch) -> Result<(), BuildError> {
        let other = &self.index.recipe().uncertainty;
        let [impute, treat, normalise, aggregate] = setting.methods;
        let mut inputs: Vec<&[f64]> = vec![&[]; self.index.nodes().len()];
        for (input, column) in self.inputs.iter().zip(drawn) {
            inputs[input.node] = column;
        }
        let mut weights = vec![1.0; self.nodes.len()];
        for (own, factor) in self.nodes.iter().zip(&setting.weights) {
            weights[*own] = *factor;
        }
        let choice = Choice {
            impute: chosen(&other.impute, impute),
            treat: chosen(&other.treat, treat),
            normalise: chosen(&other.normalise, normalise),
            aggregate: chosen(&other.aggregate, aggregate),
            weights: Some(weights.as_slice()).filter(|_| !setting.weights.is_empty()),
            inputs: Some(&inputs),
        };
        let sheet = &self.sheets[self.sheet_of[impute]];
        self.index.evaluate(sheet, &choice, scratch)
    }

    /// Writes the values of a node of the recipe's own index for the units that this one is for.
    fn write(&self, node: usize, scratch: &Scratch, values: &mut [f64]) {
        for (value, is_for) in values.iter_mut().zip(&self.is_for) {
            *value = if *is_for { f64::NAN } else { *value };
        }
        for (unit, value) in scratch.kept.iter().zip(&scratch.columns[self.nodes[node]]) {
            if self.is_for[*unit] {
                values[*unit] = *value;
            }
        }
    }
}

impl VariedInput {
    /// Draws from a number on; one column a draw.
    fn draw(&self, first: u64, columns: &mut [&mut [f64]]) {
        let mut shared = vec![0.0; columns.len()];
        if let Keys::Shared(key) = &self.keys {
            key.uniforms(first, &mut shared);
        }
        let mut numbers = vec![0.0; columns.len()];
        for unit in (0..self.laws.each.len()).filter(|unit| !self.laws.is_exact(*unit)) {
            match &self.keys {
                Keys::Each(keys) => keys[unit].uniforms(first, &mut numbers),
                Keys::Shared(_) => numbers.copy_from_slice(&shared),
            }
            self.laws.draw(unit, &mut numbers);
            for (column, value) in columns.iter_mut().zip(&numbers) {
                column[unit] = *value;
            }
        }
    }
}

/// The draws of one value of an input, by the key of the input and the number of the unit: what every replicate took for it.
/// None where it is taken as exact.
pub fn input_draws(
    index: &Index,
    data: &Data,
    period: usize,
    seed: u64,
    input: &str,
    unit: usize,
    draws: usize,
) -> Result<Option<Vec<f64>>, VaryError> {
    let variation = Variation::new(index, data, period, seed)?;
    let mut inputs = variation
        .members
        .iter()
        .flat_map(|m| m.inputs.iter().map(move |i| (m.index, i)));
    let found = inputs.find(|(index, i)| match index.steps()[i.node].origin {
        Origin::Input(at) => data.inputs()[at] == input && !i.laws.is_exact(unit),
        _ => false,
    });
    Ok(found.map(|(_, found)| {
        let mut numbers = vec![0.0; draws];
        match &found.keys {
            Keys::Each(keys) => keys[unit].uniforms(0, &mut numbers),
            Keys::Shared(key) => key.uniforms(0, &mut numbers),
        }
        found.laws.draw(unit, &mut numbers);
        numbers
    }))
}

fn input_key(seed: u64, data: &Data, period: usize, input: usize, unit: Option<usize>) -> Key {
    let subject = format!("input {}", data.inputs()[input]);
    let place = unit.map_or("", |unit| &data.units()[unit].code);
    let period = data.periods()[period].map(|p| p.to_string()).unwrap_or_default();
    Key::new(seed, &subject, place, &period)
}

/// The sheet of each imputation that fills from other years, and that of the recipe's own and all others.
fn sheets(index: &Index, data: &Data, period: usize) -> Result<(Vec<Sheet>, Vec<usize>), BuildError> {
    let along_years = |impute: &Impute| matches!(impute, Impute::Interpolate { .. } | Impute::Nearest { .. });
    let recipe = index.recipe();
    let mut sheets = vec![index.sheet(data, period, None)?];
    let mut sheet_of = vec![0];
    for other in &recipe.uncertainty.impute {
        if along_years(other) || along_years(&recipe.defaults.impute) {
            sheets.push(index.sheet(data, period, Some(other))?);
            sheet_of.push(sheets.len() - 1);
        } else {
            sheet_of.push(0);
        }
    }
    Ok((sheets, sheet_of))
}

fn methods(index: &Index) -> Methods {
    fn spelled<T: Serialize>(own: &T, others: &[T]) -> Vec<String> {
        let all = std::iter::once(own).chain(others);
        all.map(|method| serde_json::to_string(method).unwrap_or_default())
            .collect()
    }
    let (own, other) = (&index.recipe().defaults, &index.recipe().uncertainty);
    Methods([
        spelled(&own.impute, &other.impute),
        spelled(&own.treat, &other.treat),
        spelled(&own.normalise, &other.normalise),
        spelled(&own.aggregate, &other.aggregate),
    ])
}

/// The method of a number; none for the recipe's own.
fn chosen<T>(others: &[T], number: usize) -> Option<&T> {
    others.get(number.checked_sub(1)?)
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Factor::Impute => "imputation",
            Factor::Treat => "treatment of outliers",
            Factor::Normalise => "normalisation",
            Factor::Aggregate => "aggregation",
            Factor::Weights => "weights",
            Factor::Inputs => "error of inputs",
        })
    }
}
