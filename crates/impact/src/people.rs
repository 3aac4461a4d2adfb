//! An effect in people, computed from rates.

use serde::Serialize;
use utoipa::ToSchema;

/// An effect on rates per 100,000, counted in people over all periods after.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct People {
    /// People harmed more than without the policy; negative where fewer.
    pub effect: f64,
    /// The lower end of its interval; none where there is no interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// How many were harmed.
    pub observed: f64,
    /// How many would have been.
    pub counterfactual: f64,
}
