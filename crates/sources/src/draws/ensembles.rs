//! Gathers rows into ensembles.

use std::collections::{HashMap, HashSet};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::rows::{Run, Told};
use super::{DrawsFile, Ensemble, UnitMonth};
use crate::reader::ReadError;

/// Ensembles in which a number of a draw stands more than once.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    pub(super) ensembles: u64,
    /// The first row of the first of them, whose it is, and the number.
    pub(super) first: Option<(u64, UnitMonth, i32)>,
}

impl Repeated {
    fn absorb(&mut self, other: Repeated) {
        self.ensembles += other.ensembles;
        self.first = match (self.first, other.first) {
            (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
            (one, other) => one.or(other),
        };
    }
}

/// The rows of a unit and month as far as they have been read.
struct Gathering {
    of: UnitMonth,
    row: u64,
    numbers: Vec<i32>,
    draws: Vec<f64>,
}

impl Gathering {
    fn begin(row: u64, of: UnitMonth) -> Gathering {
        Gathering {
            of,
            row,
            numbers: Vec::new(),
            draws: Vec::new(),
        }
    }

    fn push(&mut self, run: &Run<'_>) {
        self.numbers.extend_from_slice(run.numbers);
        self.draws.extend_from_slice(run.outcomes);
    }

    fn append(&mut self, mut later: Gathering) {
        self.numbers.append(&mut later.numbers);
        self.draws.append(&mut later.draws);
    }

    /// Hands the draws on in the order of their numbers, unless a number stands there twice and so says nothing.
    fn give(&mut self, repeated: &mut Repeated, give: Give<'_>) {
        if !self.numbers.is_sorted_by(|a, b| a < b) {
            let mut pairs: Vec<(i32, f64)> = self.numbers.iter().copied().zip(self.draws.iter().copied()).collect();
            pairs.sort_by_key(|(number, _)| *number);
            match pairs.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                Some(pair) => repeated.absorb(Repeated {
                    ensembles: 1,
                    first: Some((self.row, self.of, pair[0].0)),
                }),
                None => self.draws.iter_mut().zip(&pairs).for_each(|(draw, (_, x))| *draw = *x),
            }
        }
        give(Ensemble {
            of: self.of,
            row: self.row,
            draws: &mut self.draws,
        });
    }
}

/// What is done with an ensemble.
type Give<'a> = &'a (dyn Fn(Ensemble<'_>) + Sync);

/// What a part of the file came to. Its first and its last ensemble may go on in the parts beside it.
struct Part {
    first: Option<Gathering>,
    last: Option<Gathering>,
    told: Told,
    repeated: Repeated,
}

impl DrawsFile {
    /// Goes through the file once, its parts beside each other. None where the rows of some ensemble stand apart; what was
    /// given until then is void.
    pub(super) fn in_order(
        &self,
        threads: NonZeroUsize,
        give: Give<'_>,
    ) -> Result<Option<(Told, Repeated)>, ReadError> {
        let (next, apart) = (AtomicUsize::new(0), AtomicBool::new(false));
        let ended = Mutex::new(HashSet::new());
        let parts = Mutex::new(Vec::new());
        let ends = |of: UnitMonth| {
            let first = ended.lock().unwrap_or_else(PoisonError::into_inner).insert(of);
            apart.fetch_or(!first, Ordering::Relaxed);
            first
        };
        std::thread::scope(|scope| {
            for _ in 0..threads.get().min(self.parts()) {
                scope.spawn(|| {
                    while !apart.load(Ordering::Relaxed) {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= self.parts() {
                            break;
                        }
                        let part = self.part_in_order(number, &ends, give);
                        parts
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .push((number, part));
                    }
                });
            }
        });
        let mut parts = parts.into_inner().unwrap_or_else(PoisonError::into_inner);
        parts.sort_by_key(|(number, _)| *number);
        let (mut told, mut repeated) = (Told::new(self.name()), Repeated::default());
        let mut open: Option<Gathering> = None;
        for (_, part) in parts {
            let part = part?;
            told.absorb(part.told);
            repeated.absorb(part.repeated);
            for gathering in [part.first, part.last].into_iter().flatten() {
                match &mut open {
                    Some(open) if open.of == gathering.of => open.append(gathering),
                    _ => {
                        if let Some(mut whole) = open.replace(gathering).filter(|whole| ends(whole.of)) {
                            whole.give(&mut repeated, give);
                        }
                    }
                }
            }
        }
        if let Some(mut whole) = open.filter(|whole| ends(whole.of)) {
            whole.give(&mut repeated, give);
        }
        Ok((!apart.into_inner()).then_some((told, repeated)))
    }

    fn part_in_order(
        &self,
        number: usize,
        ends: &dyn Fn(UnitMonth) -> bool,
        give: Give<'_>,
    ) -> Result<Part, ReadError> {
        let mut part = Part {
            first: None,
            last: None,
            told: Told::new(self.name()),
            repeated: Repeated::default(),
        };
        let (first, repeated) = (&mut part.first, &mut part.repeated);
        let mut open: Option<Gathering> = None;
        let mut take = |run: Run<'_>| {
            match &mut open {
                Some(open) if open.of == run.of => open.push(&run),
                Some(open) if first.is_some() => {
                    if !ends(open.of) {
                        return ControlFlow::Break(());
                    }
                    open.give(repeated, give);
                    (open.of, open.row) = (run.of, run.row);
                    open.numbers.clear();
                    open.draws.clear();
                    open.push(&run);
                }
                _ => {
                    let mut begun = Gathering::begin(run.row, run.of);
                    begun.push(&run);
                    *first = open.replace(begun);
                }
            }
            ControlFlow::Continue(())
        };
        self.part(number, &mut part.told, &mut take)?;
        match part.first {
            None => part.first = open,
            Some(_) => part.last = open,
        }
        Ok(part)
    }

    /// Goes through the file as often as it takes to hold the ensembles of some units and months at a time, which their hash
    /// chooses.
    pub(super) fn in_any_order(&self, give: Give<'_>) -> Result<(Told, Repeated, u32), ReadError> {
        let (mut repeated, mut told) = (Repeated::default(), None);
        let mut passes = 0;
        let mut from: u64 = 0;
        let mut width = HASHES.div_ceil(self.rows().map_or(1, |rows| rows.div_ceil(self.held).max(1)));
        while from < HASHES {
            let mut to = HASHES.min(from + width);
            let mut held = 0;
            let mut open: HashMap<UnitMonth, Gathering> = HashMap::new();
            let mut told_now = Told::new(self.name());
            let mut take = |run: Run<'_>| {
                if (from..to).contains(&hash(run.of)) {
                    held += run.outcomes.len() as u64;
                    open.entry(run.of)
                        .or_insert_with(|| Gathering::begin(run.row, run.of))
                        .push(&run);
                }
                while held > self.held && to - from > 1 {
                    to = from + (to - from) / 2;
                    open.retain(|of, _| hash(*of) < to);
                    held = open.values().map(|gathering| gathering.draws.len() as u64).sum();
                }
                ControlFlow::Continue(())
            };
            for part in 0..self.parts() {
                self.part(part, &mut told_now, &mut take)?;
            }
            open.into_values().for_each(|mut whole| whole.give(&mut repeated, give));
            told.get_or_insert(told_now);
            passes += 1;
            (from, width) = (to, to - from);
        }
        Ok((told.unwrap_or_else(|| Told::new(self.name())), repeated, passes))
    }
}

const HASHES: u64 = 1 << 32;

/// A number below [`HASHES`], the same on every machine.
fn hash(of: UnitMonth) -> u64 {
    let both = (of.unit as u64).rotate_left(32) ^ of.month.0 as u64;
    // The multiplier of splitmix64: what differs in low digits differs in high ones after it.
    (both ^ (both >> 31)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32
}
