//! Weights of parts that data give.
use crate::step::StepError;
/// Weights.
pub fn pca(parts: &[&[f64]]) -> Result<Vec<f64>, StepError> {
    Ok(vec![1.0; parts.len()])
}
/// Weights.
pub fn optimised(parts: &[&[f64]]) -> Result<Vec<f64>, StepError> {
    Ok(vec![1.0; parts.len()])
}
