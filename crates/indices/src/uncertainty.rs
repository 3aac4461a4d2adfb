//! Monte Carlo: the index again and again, with other methods, other weights, and inputs within their error, and how far its
//! values and ranks then lie apart.
//!
//! Draw *r* is the same for a seed however many are made, on any number of threads and in blocks of any size, for every number
//! is found by what it is for ([`crate::random`]).

use rayon::prelude::*;

use crate::classes::class;
use crate::data::Data;
use crate::index::{Index, Scratch};
use crate::input_error::InputErrors;
use crate::rank::{First, Ties, rank};
use crate::vary::{Drawn, Factor, Methods, Setting, Variation, VaryError};

/// How to compute it.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// How often the index is built.
    pub draws: usize,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The level of the intervals, 0–1.
    pub level: f64,
    /// The ranks k for which the share of draws with this rank or a better one is told.
    pub ranks: Vec<u32>,
    /// Bytes for draws that are kept until they are summed up. The index is kept whatever it takes; of the other nodes as
    /// many as there is room for, from the index down.
    pub memory: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            draws: 1000,
            seed: 1,
            level: 0.9,
            ranks: vec![1, 5, 10, 20],
            memory: 512 << 20,
        }
    }
}

/// How far an index is from certain in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    /// The level of the intervals, 0–1.
    pub level: f64,
    /// What was varied.
    pub factors: Vec<Factor>,
    /// The methods among which draws chose.
    pub methods: Methods,
    /// What each draw chose. The draws of inputs follow from their keys: [`crate::vary::input_draws`].
    pub sampled: Vec<Setting>,
    /// The nodes that were kept, the index last.
    pub nodes: Vec<NodeUncertainty>,
    /// For each of [`Options::ranks`] the share of each unit's draws in which the index has this rank or a better one.
    pub rank_at_most: Vec<(u32, Vec<f64>)>,
    /// For each class of the recipe the share of each unit's draws in which it is in it.
    pub classes: Vec<(String, Vec<f64>)>,
    /// What is known of the error of each input.
    pub errors: Vec<InputErrors>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// How far a node is from certain.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeUncertainty {
    /// Its number in [`Index::nodes`].
    pub node: usize,
    /// Its id.
    pub id: String,
    /// One a unit of the table.
    pub units: Vec<UnitUncertainty>,
}

/// How far a node's value is from certain for one unit, over the draws in which it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitUncertainty {
    /// The share of draws in which there is a value, 0–1.
    pub has_value: f64,
    /// The value; none where no draw has one.
    pub value: Option<Range<f64>>,
    /// The rank; none also where the node's sense for the index is not plain.
    pub rank: Option<Range<u32>>,
}

/// The middle and the ends of an interval that leaves out as many draws below as above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<T> {
    /// The median.
    pub median: T,
    /// The low end.
    pub low: T,
    /// The high end.
    pub high: T,
}

/// Bytes for the inputs of the draws that are made together.
const BLOCK_BYTES: usize = 512 << 20;
/// A call to a stream makes this many numbers at least, so smaller blocks cost as much.
const NUMBERS_AT_ONCE: usize = 32;
/// More draws than this change no figure that is shown, and only fill the memory.
pub(crate) const MOST_DRAWS: usize = 1_000_000;
/// Units that are summed up together.
const UNITS_AT_ONCE: usize = 64;

impl Uncertainty {
    /// Builds the index as often as asked, each time with other methods, weights and inputs. `progress` is told how many draws
    /// are done.
    ///
    /// # Errors
    /// Where nothing is varied, where the index cannot be built as it is, and where it cannot be built in some draw: the first
    /// such draw is named with its methods, and none is ever left out.
    pub fn run(
        index: &Index,
        data: &Data,
        period: usize,
        options: &Options,
        progress: &(dyn Fn(usize) + Sync),
    ) -> Result<Uncertainty, VaryError> {
        options.check()?;
        let variation = Variation::new(index, data, period, options.seed)?;
        let sampled = variation.settings(0, options.draws);
        let units = data.units().len();
        let nodes = kept_nodes(index, units, options);
        let mut draws: Vec<Vec<f64>> = nodes.iter().map(|_| vec![f64::NAN; units * options.draws]).collect();
        {
            let block = draws_at_once(&variation).min(options.draws);
            let mut room = variation.room(block);
            let mut rest: Vec<&mut [f64]> = draws.iter_mut().map(Vec::as_mut_slice).collect();
            for first in (0..options.draws).step_by(block) {
                let settings = &sampled[first..options.draws.min(first + block)];
                let part = rest.iter_mut().map(|rest| {
                    let (part, others) = std::mem::take(rest).split_at_mut(settings.len() * units);
                    *rest = others;
                    part
                });
                let part = part.collect();
                let room = &mut room[..settings.len()];
                run_block(&variation, first, settings, room, &nodes, part, units)?;
                progress(first + settings.len());
            }
        }
        let mut uncertainty = Uncertainty {
            level: options.level,
            factors: variation.factors.clone(),
            methods: variation.methods.clone(),
            sampled,
            nodes: Vec::new(),
            rank_at_most: Vec::new(),
            classes: Vec::new(),
            errors: variation.errors.clone(),
            notes: variation.notes.clone(),
        };
        uncertainty.sum_up(index, units, &nodes, draws, options);
        Ok(uncertainty)
    }

    fn sum_up(&mut self, index: &Index, units: usize, nodes: &[usize], draws: Vec<Vec<f64>>, options: &Options) {
        if nodes.len() < index.nodes().len() {
            let bytes = units * options.draws * size_of::<f64>();
            self.notes.push(format!(
                "intervals of {} of {} nodes only: the draws of each take {} MB, and there is room for {} MB",
                nodes.len(),
                index.nodes().len(),
                bytes >> 20,
                options.memory >> 20
            ));
        }
        let ids: Vec<&str> = index.nodes().collect();
        for (&node, draws) in nodes.iter().zip(draws) {
            let ranks = index.first(node).map(|first| ranks(&draws, units, first));
            if node == index.root() {
                if let Some(ranks) = &ranks {
                    self.rank_at_most = options.ranks.iter().map(|k| (*k, at_most(*k, ranks, units))).collect();
                }
                self.classes = class_shares(index, &draws, units);
            }
            self.nodes.push(NodeUncertainty {
                node,
                id: ids[node].to_string(),
                units: summaries(&draws, ranks.as_deref(), units, options.level),
            });
        }
    }

    /// The index itself.
    pub fn index(&self) -> &NodeUncertainty {
        self.nodes.last().expect("the index is always kept")
    }
}

impl Options {
    fn check(&self) -> Result<(), VaryError> {
        if !(1..=MOST_DRAWS).contains(&self.draws) {
            return Err(VaryError::Option {
                what: "the number of draws",
                found: self.draws.to_string(),
                needed: "from 1 to 1,000,000; 1,000 are enough for intervals",
            });
        }
        check_level(self.level)
    }
}

pub(crate) fn check_level(level: f64) -> Result<(), VaryError> {
    if level > 0.0 && level < 1.0 {
        return Ok(());
    }
    Err(VaryError::Option {
        what: "the level of the intervals",
        found: level.to_string(),
        needed: "between 0 and 1, such as 0.9",
    })
}

/// The index and as many of the nodes nearest to it as there is room for, in their order.
fn kept_nodes(index: &Index, units: usize, options: &Options) -> Vec<usize> {
    let bytes = (units * options.draws * size_of::<f64>()).max(1);
    let room = (options.memory / bytes).clamp(1, index.nodes().len());
    (index.nodes().len() - room..index.nodes().len()).collect()
}

/// How many draws are made together: whole calls to the streams, within the room for their inputs.
pub(crate) fn draws_at_once(variation: &Variation<'_>) -> usize {
    let fit = BLOCK_BYTES / variation.bytes_of_drawn().max(1);
    if fit < NUMBERS_AT_ONCE {
        fit.max(1)
    } else {
        fit.min(8 * NUMBERS_AT_ONCE) / NUMBERS_AT_ONCE * NUMBERS_AT_ONCE
    }
}

/// Builds the index once for each setting, the first of them being draw `first`, and writes the values of each node one draw
/// after the other.
fn run_block(
    variation: &Variation<'_>,
    first: usize,
    settings: &[Setting],
    room: &mut [Drawn],
    nodes: &[usize],
    values: Vec<&mut [f64]>,
    units: usize,
) -> Result<(), VaryError> {
    variation.draw(first as u64, room);
    let mut rows: Vec<Vec<&mut [f64]>> = settings.iter().map(|_| Vec::with_capacity(nodes.len())).collect();
    for values in values {
        for (row, values) in rows.iter_mut().zip(values.chunks_mut(units.max(1))) {
            row.push(values);
        }
    }
    let done: Vec<Result<(), VaryError>> = rows
        .par_iter_mut()
        .zip(settings)
        .zip(&*room)
        .enumerate()
        .map_init(Vec::<Scratch>::new, |scratch, (at, ((row, setting), drawn))| {
            variation
                .values(setting, Some(drawn), scratch, nodes, row)
                .map_err(|source| variation.failed((first + at) as u64, setting, source))
        })
        .collect();
    done.into_iter().collect()
}

/// The rank of each unit in each draw; 0 where it has no value.
fn ranks(draws: &[f64], units: usize, first: First) -> Vec<u32> {
    let mut ranks = vec![0; draws.len()];
    ranks
        .par_chunks_mut(units.max(1))
        .zip(draws.par_chunks(units.max(1)))
        .for_each_init(
            || (Vec::new(), Vec::new()),
            |(values, buffer), (ranks, draw)| {
                values.clear();
                values.extend_from_slice(draw);
                rank(values, first, Ties::Smallest, buffer);
                for (rank, value) in ranks.iter_mut().zip(values) {
                    *rank = *value as u32; // NaN becomes 0
                }
            },
        );
    ranks
}

/// The share of draws with a rank in which each unit has rank k or a better one; NaN for a unit without any.
fn at_most(k: u32, ranks: &[u32], units: usize) -> Vec<f64> {
    shares(units, ranks, |rank| (*rank > 0).then_some(*rank <= k))
}

fn class_shares(index: &Index, draws: &[f64], units: usize) -> Vec<(String, Vec<f64>)> {
    let classes = &index.recipe().classes;
    let share = |name: &str| {
        shares(units, draws, |value| {
            (!value.is_nan()).then(|| class(classes, *value).is_some_and(|c| c.name == name))
        })
    };
    classes.iter().map(|c| (c.name.clone(), share(&c.name))).collect()
}

/// For each unit the share of its draws for which something holds, of those for which it can be said.
fn shares<T>(units: usize, draws: &[T], holds: impl Fn(&T) -> Option<bool>) -> Vec<f64> {
    let (mut yes, mut all) = (vec![0u32; units], vec![0u32; units]);
    for draw in draws.chunks(units.max(1)) {
        for (unit, value) in draw.iter().enumerate() {
            if let Some(holds) = holds(value) {
                yes[unit] += u32::from(holds);
                all[unit] += 1;
            }
        }
    }
    yes.iter().zip(all).map(|(y, n)| f64::from(*y) / f64::from(n)).collect()
}

/// Sums up the draws of each unit.
fn summaries(draws: &[f64], ranks: Option<&[u32]>, units: usize, level: f64) -> Vec<UnitUncertainty> {
    let count = draws.len() / units.max(1);
    let ends = ((1.0 - level) / 2.0, (1.0 + level) / 2.0);
    let starts: Vec<usize> = (0..units).step_by(UNITS_AT_ONCE).collect();
    // Several units side by side, so that what is read from memory is used whole.
    let blocks = starts.par_iter().flat_map_iter(|&start| {
        let block = start..units.min(start + UNITS_AT_ONCE);
        let mut values: Vec<Vec<f64>> = block.clone().map(|_| Vec::with_capacity(count)).collect();
        let mut places: Vec<Vec<u32>> = block.clone().map(|_| Vec::with_capacity(count)).collect();
        for draw in 0..count {
            let row = draw * units + block.start..draw * units + block.end;
            for (values, value) in values.iter_mut().zip(&draws[row.clone()]) {
                values.extend(Some(*value).filter(|v| !v.is_nan()));
            }
            for (places, rank) in places.iter_mut().zip(ranks.map_or(&[][..], |r| &r[row])) {
                places.extend(Some(*rank).filter(|r| *r > 0));
            }
        }
        values.into_iter().zip(places).map(move |(mut values, mut ranks)| {
            values.sort_unstable_by(f64::total_cmp);
            ranks.sort_unstable();
            UnitUncertainty {
                has_value: values.len() as f64 / count as f64,
                value: range(&values, ends, quantile),
                rank: range(&ranks, ends, rank_quantile),
            }
        })
    });
    blocks.collect()
}

fn range<T>(sorted: &[T], ends: (f64, f64), quantile: impl Fn(&[T], f64) -> T) -> Option<Range<T>> {
    (!sorted.is_empty()).then(|| Range {
        median: quantile(sorted, 0.5),
        low: quantile(sorted, ends.0),
        high: quantile(sorted, ends.1),
    })
}

/// The quantile of sorted values, between two of them on a straight line (type 7 of Hyndman & Fan 1996, The American
/// Statistician 50: 361–365).
pub(crate) fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let below = at as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64)
}

/// The smallest rank that a share of the draws does not exceed (type 1), so that it is a rank.
fn rank_quantile(sorted: &[u32], p: f64) -> u32 {
    // A share that is a whole number of draws but for rounding is one.
    let at = (p * sorted.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    sorted[at.min(sorted.len()) - 1]
}
