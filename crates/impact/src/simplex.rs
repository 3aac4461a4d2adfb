//! Least squares with weights that are zero or more and sum to 1.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, ZeroConeT};

/// The weights w ≥ 0, Σ w = 1, with the least |Σ wⱼ columnⱼ − target|²; the solver's word where it finds none.
///
/// The residuals are variables of their own (min |r|² under Σ wⱼ columnⱼ − r = target), so that the matrix stays as small as
/// there are periods, however many columns there are.
pub(crate) fn least_squares(columns: &[&[f64]], target: &[f64]) -> Result<Vec<f64>, String> {
    let (weights, rows) = (columns.len(), target.len());
    let scale = columns
        .iter()
        .flat_map(|column| column.iter())
        .chain(target)
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    let scale = if scale > 0.0 { scale } else { 1.0 };
    let variables = weights + rows;
    // Rows of the constraints: the residuals, the sum of the weights, then w ≥ 0.
    let (mut col_ptr, mut row_of, mut value_of) = (vec![0], Vec::new(), Vec::new());
    for (number, column) in columns.iter().enumerate() {
        for (row, value) in column.iter().enumerate().filter(|(_, value)| **value != 0.0) {
            row_of.push(row);
            value_of.push(value / scale);
        }
        row_of.extend([rows, rows + 1 + number]);
        value_of.extend([1.0, -1.0]);
        col_ptr.push(row_of.len());
    }
    for row in 0..rows {
        row_of.push(row);
        value_of.push(-1.0);
        col_ptr.push(row_of.len());
    }
    let constraints = CscMatrix::new(rows + 1 + weights, variables, col_ptr, row_of, value_of);
    let squares = CscMatrix::new(
        variables,
        variables,
        (0..=variables).map(|column| column.saturating_sub(weights)).collect(),
        (weights..variables).collect(),
        vec![2.0; rows],
    );
    let mut right: Vec<f64> = target.iter().map(|value| value / scale).collect();
    right.push(1.0);
    right.extend(std::iter::repeat_n(0.0, weights));
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
            let least: Vec<f64> = solver.solution.x[..weights]
                .iter()
                .map(|weight| weight.max(0.0))
                .collect();
            let sum: f64 = least.iter().sum();
            Ok(least.iter().map(|weight| weight / sum).collect())
        }
        status => Err(format!("{status:?}")),
    }
}
