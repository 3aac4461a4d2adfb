//! The same problem by an interior point (clarabel), for where rounding keeps the exact ways from an end.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, ZeroConeT};

use super::Points;

/// The weights w ≥ 0, Σ w = 1, with the least |Σ wⱼ pointⱼ|² + penalty·|w|²; the solver's word where it finds none.
///
/// The residuals are variables of their own (min |r|² under Σ wⱼ pointⱼ = r), so that the matrix stays as small as there are
/// periods, however many points there are.
pub(super) fn least_squares(points: &Points, penalty: f64) -> Result<Vec<f64>, String> {
    let (weights, rows) = (points.len(), points.dimension());
    let variables = weights + rows;
    // Rows of the constraints: the residuals, the sum of the weights, then w ≥ 0.
    let (mut starts, mut row_of, mut value_of) = (vec![0], Vec::new(), Vec::new());
    for point in 0..weights {
        let values = points.of(point).iter().enumerate();
        for (row, value) in values.filter(|(_, value)| **value != 0.0) {
            row_of.push(row);
            value_of.push(*value);
        }
        row_of.extend([rows, rows + 1 + point]);
        value_of.extend([1.0, -1.0]);
        starts.push(row_of.len());
    }
    for row in 0..rows {
        row_of.push(row);
        value_of.push(-1.0);
        starts.push(row_of.len());
    }
    let constraints = CscMatrix::new(rows + 1 + weights, variables, starts, row_of, value_of);
    let curves = std::iter::repeat_n(2.0 * penalty, weights).chain(std::iter::repeat_n(2.0, rows));
    let squares = CscMatrix::new(
        variables,
        variables,
        (0..=variables).collect(),
        (0..variables).collect(),
        curves.collect(),
    );
    let mut right = vec![0.0; rows + 1 + weights];
    right[rows] = 1.0;
    let cones = [ZeroConeT(rows + 1), NonnegativeConeT(weights)];
    let settings = DefaultSettings {
        verbose: false,
        tol_gap_abs: 1e-12,
        tol_gap_rel: 1e-12,
        tol_feas: 1e-12,
        ..DefaultSettings::default()
    };
    let mut solver = DefaultSolver::new(&squares, &vec![0.0; variables], &constraints, &right, &cones, settings)
        .map_err(|error| error.to_string())?;
    solver.solve();
    match solver.solution.status {
        SolverStatus::Solved | SolverStatus::AlmostSolved => {
            let least = solver.solution.x[..weights].iter().map(|weight| weight.max(0.0));
            let least: Vec<f64> = least.collect();
            let sum: f64 = least.iter().sum();
            Ok(least.iter().map(|weight| weight / sum).collect())
        }
        status => Err(format!("{status:?}")),
    }
}
