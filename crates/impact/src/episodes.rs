//! Policies adopted because harm was high: other places at the same point of their own episodes, and sham dates there.

use serde::Serialize;
use utoipa::ToSchema;

/// What sham policies showed that are dated at other places' own points of the same kind.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Shams {
    /// How many episodes of other places, as donors and sham dates.
    pub episodes: usize,
    /// The median "effect" of the sham policies, as a share of their counterfactual: the fall that comes without a policy.
    pub median: f64,
    /// The share of the sham policies with an "effect" at least as far from their median as the unit's.
    pub p: f64,
    /// The effect of each, as a share of its counterfactual, in order of place and date.
    pub effects: Vec<(String, f64)>,
}
