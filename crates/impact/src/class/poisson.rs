//! Poisson pseudo-maximum-likelihood with an effect of each unit and period and people as the offset: right in the mean
//! whatever the counts' distribution (Gourieroux, Monfort & Trognon 1984, Econometrica 52:701; Santos Silva & Tenreyro
//! 2006, REStat 88:641).
//!
//! The units' effects have a closed form given the others and are concentrated out (Hausman, Hall & Griliches 1984,
//! Econometrica 52:909); the rest is found by Newton's method, which for this link is iteratively reweighted least
//! squares. Units and periods in which nobody was harmed are set aside: their effect is minus infinity, and they say
//! nothing of the others (Correia, Guimarães & Zylkin 2020, Stata Journal 20:95).

use crate::unfit::Unfit;

/// A unit in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The unit's number.
    pub unit: usize,
    /// The period's number.
    pub period: usize,
    /// People harmed, zero or more.
    pub count: f64,
    /// People who live there, above zero.
    pub exposure: f64,
    /// What else is regressed on, as many in every cell.
    pub covariates: Vec<f64>,
}

/// A fitted Poisson regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Poisson {
    /// By unit: the logarithm of its rate per person in the first period that is not set aside, where covariates are
    /// zero; none where nobody was harmed.
    pub units: Vec<Option<f64>>,
    /// By period: the logarithm of its rate against that period's; none where nobody was harmed.
    pub periods: Vec<Option<f64>>,
    /// By covariate: the logarithm of the ratio of rates.
    pub coefficients: Vec<f64>,
    /// Their standard errors, robust to clusters (G / (G − 1)); empty where there is one cluster.
    pub errors: Vec<f64>,
    /// What was set aside, in sentences.
    pub notes: Vec<String>,
}

impl Poisson {
    /// The people who would be harmed in a cell by the effects of its unit and period alone.
    pub fn expected(&self, unit: usize, period: usize, exposure: f64) -> f64 {
        let effect = |effects: &[Option<f64>], at: usize| effects.get(at).copied().flatten();
        match (effect(&self.units, unit), effect(&self.periods, period)) {
            (Some(unit), Some(period)) => exposure * (unit + period).exp(),
            _ => 0.0,
        }
    }
}

/// Fits cells of `units` × `periods`; `cluster` is the cluster of each unit. Cells may lack.
///
/// # Errors
/// Where a value is none, where nobody was harmed at all, or where effects cannot be told apart.
pub fn fit(cells: &[Cell], units: usize, periods: usize, cluster: &[usize]) -> Result<Poisson, Unfit> {
    let problem = Problem::new(cells, units, periods)?;
    let (theta, steps) = problem.solve()?;
    let known = |at: Option<usize>| match at {
        Some(0) => Some(0.0),
        Some(place) => Some(theta[place - 1]),
        None => None,
    };
    let coefficients = theta[problem.period_count - 1..].to_vec();
    Ok(Poisson {
        units: steps.units.clone(),
        periods: problem.place.iter().map(|place| known(*place)).collect(),
        errors: if coefficients.is_empty() {
            Vec::new()
        } else {
            problem.errors(&theta, cluster)
        },
        coefficients,
        notes: problem.notes(),
    })
}

/// The cells that say something, unit after unit.
struct Problem<'a> {
    by_unit: Vec<Vec<&'a Cell>>,
    /// The place of each period among those in which somebody was harmed.
    place: Vec<Option<usize>>,
    period_count: usize,
    covariates: usize,
    aside: (usize, usize),
}

/// The likelihood at a point, its gradient and its negative Hessian.
struct Point {
    likelihood: f64,
    gradient: Vec<f64>,
    hessian: Vec<Vec<f64>>,
    units: Vec<Option<f64>>,
}

impl<'a> Problem<'a> {
    fn new(cells: &'a [Cell], units: usize, periods: usize) -> Result<Problem<'a>, Unfit> {
        let covariates = cells.first().map_or(0, |cell| cell.covariates.len());
        let (mut of_unit, mut of_period) = (vec![(0.0, 0_usize); units], vec![(0.0, 0_usize); periods]);
        for cell in cells {
            let sound = cell.count.is_finite()
                && cell.count >= 0.0
                && cell.exposure.is_finite()
                && cell.exposure > 0.0
                && cell.covariates.len() == covariates
                && cell.covariates.iter().all(|value| value.is_finite())
                && cell.unit < units
                && cell.period < periods;
            if !sound {
                return Err(Unfit::Form(format!(
                    "a Poisson regression counts people among people: {} of {} is no such number",
                    cell.count, cell.exposure
                )));
            }
            for total in [&mut of_unit[cell.unit], &mut of_period[cell.period]] {
                *total = (total.0 + cell.count, total.1 + 1);
            }
        }
        let empty = |totals: &[(f64, usize)]| totals.iter().filter(|(sum, cells)| *sum <= 0.0 && *cells > 0).count();
        let aside = (empty(&of_unit), empty(&of_period));
        let mut period_count = 0;
        let place = of_period.iter().map(|(total, _)| {
            (*total > 0.0).then(|| {
                period_count += 1;
                period_count - 1
            })
        });
        let place: Vec<Option<usize>> = place.collect();
        let mut by_unit = vec![Vec::new(); units];
        for cell in cells {
            if of_unit[cell.unit].0 > 0.0 && place[cell.period].is_some() {
                by_unit[cell.unit].push(cell);
            }
        }
        if period_count == 0 {
            return Err(Unfit::Form(
                "nobody was harmed in any place or period, so that a Poisson regression has nothing to learn from"
                    .to_string(),
            ));
        }
        for number in 0..covariates {
            let moved = |cell: &&&Cell| cell.covariates[number] != 0.0;
            let harmed: f64 = by_unit.iter().flatten().filter(moved).map(|cell| cell.count).sum();
            if harmed <= 0.0 {
                return Err(Unfit::Form(
                    "nobody was harmed under the policy, so that its ratio is zero and has no error".to_string(),
                ));
            }
        }
        Ok(Problem {
            by_unit,
            place,
            period_count,
            covariates,
            aside,
        })
    }

    fn size(&self) -> usize {
        self.period_count - 1 + self.covariates
    }

    /// What of the parameters moves a cell: the number of each and by how much.
    fn moves<'c>(&'c self, cell: &'c Cell) -> impl Iterator<Item = (usize, f64)> + 'c {
        let period = self.place[cell.period].and_then(|place| place.checked_sub(1));
        let first = self.period_count - 1;
        let covariates = cell.covariates.iter().enumerate();
        let covariates = covariates.map(move |(number, value)| (first + number, *value));
        period.map(|period| (period, 1.0)).into_iter().chain(covariates)
    }

    fn shares(&self, cells: &[&Cell], theta: &[f64]) -> (Vec<f64>, f64) {
        let weight = |cell: &&Cell| {
            let eta: f64 = self.moves(cell).map(|(at, by)| theta[at] * by).sum();
            cell.exposure * eta.exp()
        };
        let weights: Vec<f64> = cells.iter().map(weight).collect();
        let sum = weights.iter().sum();
        (weights, sum)
    }

    fn at(&self, theta: &[f64]) -> Point {
        let size = self.size();
        let mut point = Point {
            likelihood: 0.0,
            gradient: vec![0.0; size],
            hessian: vec![vec![0.0; size]; size],
            units: vec![None; self.by_unit.len()],
        };
        for (unit, cells) in self.by_unit.iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
            let total: f64 = cells.iter().map(|cell| cell.count).sum();
            let (weights, sum) = self.shares(cells, theta);
            point.units[unit] = Some((total / sum).ln());
            let mut middle = vec![0.0; size];
            for (cell, weight) in cells.iter().zip(&weights) {
                let expected = total * weight / sum;
                if cell.count > 0.0 {
                    point.likelihood += cell.count * (weight / sum).ln();
                }
                for (at, by) in self.moves(cell) {
                    point.gradient[at] += by * (cell.count - expected);
                    middle[at] += by * weight / sum;
                    for (other, other_by) in self.moves(cell) {
                        point.hessian[at][other] += by * other_by * expected;
                    }
                }
            }
            for (row, left) in point.hessian.iter_mut().zip(&middle) {
                for (value, right) in row.iter_mut().zip(&middle) {
                    *value -= total * left * right;
                }
            }
        }
        point
    }

    fn solve(&self) -> Result<(Vec<f64>, Point), Unfit> {
        let mut theta = vec![0.0; self.size()];
        let mut point = self.at(&theta);
        for _ in 0..200 {
            let scale = 1.0 + point.likelihood.abs();
            let step = solve_positive(&point.hessian, &point.gradient).ok_or_else(apart)?;
            let gain: f64 = step.iter().zip(&point.gradient).map(|(step, slope)| step * slope).sum();
            if gain <= 1e-10 * scale {
                // So near, the last step squares what is left of the way.
                let last: Vec<f64> = theta.iter().zip(&step).map(|(at, step)| at + step).collect();
                let there = self.at(&last);
                return Ok((last, there));
            }
            let mut length = 1.0;
            loop {
                let next: Vec<f64> = theta.iter().zip(&step).map(|(at, step)| at + length * step).collect();
                let there = self.at(&next);
                // The likelihood is concave: a step that goes too far is halved until it climbs.
                if there.likelihood >= point.likelihood - 1e-12 * scale {
                    (theta, point) = (next, there);
                    break;
                }
                length /= 2.0;
                if length < 1e-10 {
                    return Ok((theta, point));
                }
            }
        }
        Err(Unfit::Form(
            "a Poisson regression found no optimum: an effect runs off without end".to_string(),
        ))
    }

    /// The sandwich: the scores summed over each cluster, about the unit's mean.
    fn errors(&self, theta: &[f64], cluster: &[usize]) -> Vec<f64> {
        let size = self.size();
        let point = self.at(theta);
        let clusters = 1 + cluster.iter().max().copied().unwrap_or(0);
        let mut scores = vec![None; clusters];
        for (unit, cells) in self.by_unit.iter().enumerate().filter(|(_, cells)| !cells.is_empty()) {
            let total: f64 = cells.iter().map(|cell| cell.count).sum();
            let (weights, sum) = self.shares(cells, theta);
            let score = scores[cluster[unit]].get_or_insert_with(|| vec![0.0; size]);
            for (cell, weight) in cells.iter().zip(&weights) {
                for (at, by) in self.moves(cell) {
                    score[at] += by * (cell.count - total * weight / sum);
                }
            }
        }
        let scores: Vec<Vec<f64>> = scores.into_iter().flatten().collect();
        if scores.len() < 2 {
            return Vec::new();
        }
        let few = scores.len() as f64 / (scores.len() as f64 - 1.0);
        let error = |covariate: usize| {
            let mut unit = vec![0.0; size];
            unit[self.period_count - 1 + covariate] = 1.0;
            let row = solve_positive(&point.hessian, &unit)?;
            let part = |score: &Vec<f64>| score.iter().zip(&row).map(|(s, r)| s * r).sum::<f64>().powi(2);
            Some((few * scores.iter().map(part).sum::<f64>()).sqrt())
        };
        (0..self.covariates).filter_map(error).collect()
    }

    fn notes(&self) -> Vec<String> {
        let told = |count: usize, what: &str| {
            (count > 0).then(|| format!("{count} {what} in which nobody was harmed say nothing and were set aside"))
        };
        [told(self.aside.0, "places"), told(self.aside.1, "periods")]
            .into_iter()
            .flatten()
            .collect()
    }
}

fn apart() -> Unfit {
    Unfit::Form("the effects of places, periods and policy cannot be told apart in these periods".to_string())
}

/// Solves a symmetric positive definite system (Cholesky); none where it is not.
fn solve_positive(matrix: &[Vec<f64>], right: &[f64]) -> Option<Vec<f64>> {
    let size = right.len();
    let mut lower = vec![vec![0.0; size]; size];
    for (row, values) in matrix.iter().enumerate() {
        for (column, value) in values.iter().enumerate().take(row + 1) {
            let sum: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
            let left: f64 = value - sum;
            if row == column {
                if !left.is_finite() || left <= 1e-12 * value.abs() {
                    return None;
                }
                lower[row][row] = left.sqrt();
            } else {
                lower[row][column] = left / lower[column][column];
            }
        }
    }
    let mut middle = vec![0.0; size];
    for (row, value) in right.iter().enumerate() {
        let sum: f64 = (0..row).map(|k| lower[row][k] * middle[k]).sum();
        middle[row] = (value - sum) / lower[row][row];
    }
    let mut solution = vec![0.0; size];
    for row in (0..size).rev() {
        let sum: f64 = (row + 1..size).map(|k| lower[k][row] * solution[k]).sum();
        solution[row] = (middle[row] - sum) / lower[row][row];
    }
    Some(solution)
}
