//! With predictors.
use super::Fit;
use crate::design::Design;
use crate::unfit::Unfit;
pub(super) fn fit(design: &Design) -> Result<Fit, Unfit> {
    Err(Unfit::Form(design.unit.clone()))
}
/// .
pub fn default_predictors() {}
/// .
pub fn mean_of() {}
