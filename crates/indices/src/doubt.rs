//! Benefit of the doubt: each unit is scored with the weights that are best for it.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus};
use rayon::prelude::*;

use crate::step::StepError;

const STEP: &str = "the benefit of the doubt";
/// How far the solver may go beyond a limit.
const TOLERANCE: f64 = 1e-10;

/// The score 0–1 of each unit that has `enough` parts (Cherchye, Moesen, Rogge & Van Puyenbroeck 2007, Soc. Indic. Res.
/// 82: 111–145): the largest Σ w x over weights w ≥ 0 with which no unit would get more than 1. With `at_least` each part
/// that the unit has must give that share of its score (their proportion constraints). A missing part counts as zero.
///
/// One linear programme a unit, each on its own, so the result does not depend on the number of threads.
pub(crate) fn benefit_of_the_doubt(
    at_least: f64,
    columns: &[&[f64]],
    enough: &[bool],
    out: &mut [f64],
) -> Result<(), StepError> {
    if !(0.0..=1.0 / columns.len() as f64).contains(&at_least) {
        let needs = "between 0 and 1 divided by the number of parts";
        return Err(StepError::Setting {
            step: STEP,
            setting: "the smallest share of a part",
            value: at_least,
            needs,
        });
    }
    if let Some(unit) = (0..out.len()).find(|&unit| columns.iter().any(|column| column[unit] < 0.0)) {
        let value = columns.iter().map(|column| column[unit]).fold(f64::INFINITY, f64::min);
        let (needs, advice) = ("values of zero or more", "normalise by min–max or goalposts");
        return Err(StepError::Domain {
            step: STEP,
            unit,
            value,
            needs,
            advice,
        });
    }

    // The score does not change with the scale of a part; a largest value of 1 suits the solver.
    let largest: Vec<f64> = columns
        .iter()
        .map(|column| column.iter().copied().fold(0.0, f64::max))
        .collect();
    let scaled = |column: &[f64], unit: usize, largest: f64| match column[unit] {
        value if value > 0.0 => value / largest,
        _ => 0.0,
    };
    let units: Vec<Vec<f64>> = (0..out.len())
        .map(|unit| {
            columns
                .iter()
                .zip(&largest)
                .map(|(column, &largest)| scaled(column, unit, largest))
                .collect()
        })
        .collect();
    let peers = undominated(&units, enough);

    // Collected in order, so that of several errors it is the first unit's that is told.
    let scores: Vec<Result<f64, StepError>> = (0..out.len())
        .into_par_iter()
        .map(|unit| {
            if !enough[unit] {
                return Ok(f64::NAN);
            }
            let has: Vec<bool> = columns.iter().map(|column| !column[unit].is_nan()).collect();
            best_score(at_least, &units[unit], &has, &peers).map_err(|status| StepError::Unsolved {
                step: STEP,
                unit: Some(unit),
                status,
            })
        })
        .collect();
    for (value, score) in out.iter_mut().zip(scores) {
        *value = score?;
    }
    Ok(())
}

/// The units that no other equals or exceeds in every part: the limits of the others follow from theirs.
fn undominated<'a>(units: &'a [Vec<f64>], enough: &[bool]) -> Vec<&'a [f64]> {
    let total = |unit: &[f64]| unit.iter().sum::<f64>();
    let mut order: Vec<&[f64]> = units
        .iter()
        .zip(enough)
        .filter(|(_, enough)| **enough)
        .map(|(unit, _)| &unit[..])
        .collect();
    // Who exceeds another has the larger sum, so it comes first.
    order.sort_by(|a, b| total(b).total_cmp(&total(a)));
    let mut peers: Vec<&[f64]> = Vec::new();
    for unit in order {
        if !peers.iter().any(|peer| peer.iter().zip(unit).all(|(a, b)| a >= b)) {
            peers.push(unit);
        }
    }
    peers
}

fn best_score(at_least: f64, unit: &[f64], has: &[bool], peers: &[&[f64]]) -> Result<f64, String> {
    // A part of which the unit has nothing cannot help it, and if every part must give a share, there is nothing to share.
    if at_least > 0.0 && unit.iter().zip(has).any(|(&x, &has)| has && x == 0.0) {
        return Ok(0.0);
    }
    let helpful: Vec<usize> = (0..unit.len()).filter(|&part| unit[part] > 0.0).collect();
    if helpful.is_empty() {
        return Ok(0.0);
    }
    let own: Vec<f64> = helpful.iter().map(|&part| unit[part]).collect();
    let score = |weights: &[f64], values: &[f64]| -> f64 {
        weights
            .iter()
            .zip(&helpful)
            .map(|(weight, &part)| weight * values[part])
            .sum()
    };

    // Few peers bind. Begin with the best in each part, then add those that would get most too much, until none would.
    let best_in = |part: &usize| (0..peers.len()).max_by(|&a, &b| peers[a][*part].total_cmp(&peers[b][*part]));
    let mut binding: Vec<usize> = helpful.iter().filter_map(best_in).collect();
    loop {
        binding.sort_unstable();
        binding.dedup();
        let limits: Vec<&[f64]> = binding.iter().map(|&peer| peers[peer]).collect();
        let weights = best_weights(at_least, &own, &helpful, &limits)?;
        let scores: Vec<f64> = peers.iter().map(|peer| score(&weights, peer)).collect();
        let mut beyond: Vec<usize> = (0..peers.len())
            .filter(|&peer| scores[peer] > 1.0 + TOLERANCE && binding.binary_search(&peer).is_err())
            .collect();
        if beyond.is_empty() {
            // The solver keeps to the limits within its tolerance; scaled to the strictest, they hold exactly.
            let strictest = scores.iter().copied().fold(0.0, f64::max);
            return Ok((score(&weights, unit) / strictest).min(1.0));
        }
        beyond.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        binding.extend(beyond.into_iter().take(helpful.len()));
    }
}

/// Minimises −Σ w x under Σ w peer ≤ 1 for every peer, w ≥ 0, and at_least Σ w x − w x ≤ 0 for every part.
fn best_weights(at_least: f64, own: &[f64], helpful: &[usize], peers: &[&[f64]]) -> Result<Vec<f64>, String> {
    let count = own.len();
    let shares = if at_least > 0.0 { count } else { 0 };
    let rows = peers.len() + count + shares;
    let (mut starts, mut row_of, mut values) = (vec![0], Vec::new(), Vec::new());
    for (variable, &part) in helpful.iter().enumerate() {
        let limits = peers.iter().map(|peer| peer[part]).enumerate();
        let sign = [(peers.len() + variable, -1.0)];
        let share = |row: usize| at_least * own[variable] - if row == variable { own[variable] } else { 0.0 };
        let shares = (0..shares).map(|row| (peers.len() + count + row, share(row)));
        for (row, value) in limits.chain(sign).chain(shares).filter(|(_, value)| *value != 0.0) {
            row_of.push(row);
            values.push(value);
        }
        starts.push(row_of.len());
    }
    let limits = CscMatrix::new(rows, count, starts, row_of, values);
    let bounds: Vec<f64> = (0..rows).map(|row| if row < peers.len() { 1.0 } else { 0.0 }).collect();
    let objective: Vec<f64> = own.iter().map(|x| -x).collect();
    let settings = DefaultSettings {
        verbose: false,
        tol_gap_abs: 1e-11,
        tol_gap_rel: 1e-11,
        tol_feas: 1e-11,
        ..Default::default()
    };
    let none = CscMatrix::zeros((count, count));
    let mut solver = DefaultSolver::new(&none, &objective, &limits, &bounds, &[NonnegativeConeT(rows)], settings)
        .map_err(|error| error.to_string())?;
    solver.solve();
    match solver.solution.status {
        SolverStatus::Solved | SolverStatus::AlmostSolved => {
            Ok(solver.solution.x.iter().map(|weight| weight.max(0.0)).collect())
        }
        status => Err(status.to_string()),
    }
}
