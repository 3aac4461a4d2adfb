//! The thresholds of gates and verdicts: data of `catalog/policies/rules.toml`, fixed before any effect is looked at.

use std::sync::OnceLock;

use lysoen_lexicon::mistake::{self, Mistake};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const BUILTIN: &str = include_str!("../../../catalog/policies/rules.toml");

/// What must hold before an effect is looked at, and what makes it a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The least number of donors: with fewer than 19 no placebo p can reach 0.05.
    pub donors: usize,
    /// The least number of periods before.
    pub periods_before: usize,
    /// The share of the periods before that is held out, the last of them.
    pub hold_out: f64,
    /// The share of the placebos that the band of what can be detected holds.
    pub band: f64,
    /// The widest that this band may be, as a share of the counterfactual.
    pub widest: f64,
    /// The largest p at which a difference is a finding.
    pub alpha: f64,
    /// The level of intervals.
    pub level: f64,
    /// The months before a policy that are dropped to see whether it was anticipated.
    pub anticipation_months: u32,
    /// A unit stands at a peak where its last value before lies, against the donors, at or above this share of its own
    /// values before; from there it would fall without any policy.
    pub peak: f64,
    /// A finding needs that the unit was not already moving the same way before: at or below this share of places whose
    /// gaps are as steep over the periods held out it was.
    pub drift: f64,
    /// The least number of episodes of other places that a policy adopted because harm was high is held against.
    pub episodes: usize,
    /// The least number of answerable cases, or of clusters of them, in a class.
    pub cases: usize,
}

impl Rules {
    /// The rules that are shipped.
    pub fn builtin() -> &'static Rules {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| {
            Rules::parse(BUILTIN).unwrap_or_else(|e| panic!("the shipped rules are checked by a test: {e:?}"))
        })
    }

    /// Rules from TOML.
    pub fn parse(text: &str) -> Result<Rules, Vec<Mistake>> {
        mistake::read(text)
    }
}
