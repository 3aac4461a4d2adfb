//! How the counterfactual is made.

mod did;
mod difp;
pub(crate) mod householder;
mod its;
mod predictors;
mod ridge;
mod sdid;
mod synthetic;

pub use did::{EventTime, event_study};
pub use predictors::{default_predictors, mean_of};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::design::Design;
use crate::unfit::Unfit;

/// A way to make the counterfactual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[schema(as = ImpactMethod)]
pub enum Method {
    /// Interrupted time series: the unit's own trend, with a step and a change of slope; errors robust to autocorrelation.
    #[serde(rename = "its")]
    Its,
    /// Difference-in-differences, two-way: the unit's change against the donors' mean change.
    #[serde(rename = "did")]
    Did,
    /// Synthetic control, outcome-only: convex weights on donors by the outcome before alone, exact.
    #[serde(rename = "sc")]
    Synthetic,
    /// Synthetic control with predictors: bilevel, no dependable optimum.
    #[serde(rename = "sc-predictors")]
    Predictors,
    /// Ridge-augmented synthetic control: the same with a bias correction where the fit is poor.
    #[serde(rename = "ridge-sc")]
    Ridge,
    /// De-meaned synthetic control: an intercept, and uniform time weights.
    #[serde(rename = "difp")]
    Difp,
    /// Synthetic difference-in-differences: unit and time weights together.
    #[serde(rename = "sdid")]
    Sdid,
}

/// How much a donor counts.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Weight {
    /// The donor, or a period where it is a time weight.
    pub unit: String,
    /// Its weight; all sum to 1. Of a ridge-augmented control it may be negative.
    pub weight: f64,
}

/// A coefficient of a regression.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Coefficient {
    /// What it is: `intercept`, `trend`, `step`, `slope change`.
    pub name: String,
    /// In the outcome's unit (a period).
    pub value: f64,
    /// Its robust standard error; none where it cannot be had.
    pub error: Option<f64>,
}

/// A counterfactual and what it was made of.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Fit {
    /// How it was made.
    pub method: Method,
    /// The outcome as it would have been, period by period of the design, before and after.
    pub counterfactual: Vec<f64>,
    /// The mean of observed less counterfactual over the periods after.
    pub effect: f64,
    /// Its standard error where the method has one of its own; `notes` say of what kind. None where only placebos tell.
    pub effect_error: Option<f64>,
    /// The root of the mean squared gap in the periods before.
    pub pre_rmspe: f64,
    /// The donors' weights in their order; empty where the method has none.
    pub weights: Vec<Weight>,
    /// The weights of the periods before; empty where the method has none.
    pub time_weights: Vec<Weight>,
    /// What is added to the weighted donors.
    pub intercept: f64,
    /// Coefficients, where the method is a regression.
    pub coefficients: Vec<Coefficient>,
    /// What a reader must know of this fit, in sentences: weights that are not unique, a corner, a lag length.
    pub notes: Vec<String>,
}

impl Method {
    /// Every method.
    pub const ALL: [Method; 7] = [
        Method::Its,
        Method::Did,
        Method::Synthetic,
        Method::Predictors,
        Method::Ridge,
        Method::Difp,
        Method::Sdid,
    ];

    /// Its name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Method::Its => "its",
            Method::Did => "did",
            Method::Synthetic => "sc",
            Method::Predictors => "sc-predictors",
            Method::Ridge => "ridge-sc",
            Method::Difp => "difp",
            Method::Sdid => "sdid",
        }
    }

    /// Its name in words.
    pub fn title(self) -> &'static str {
        match self {
            Method::Its => "interrupted time series",
            Method::Did => "difference-in-differences",
            Method::Synthetic => "synthetic control",
            Method::Predictors => "synthetic control with predictors",
            Method::Ridge => "ridge-augmented synthetic control",
            Method::Difp => "de-meaned synthetic control",
            Method::Sdid => "synthetic difference-in-differences",
        }
    }

    /// Makes the counterfactual of a design's unit.
    ///
    /// # Errors
    /// Where there are too few periods or donors, where the unit's outcome is the same in every period before (no method
    /// could tell whether it would have followed anything), where predictors cannot be used, or where no optimum is found.
    pub fn fit(self, design: &Design) -> Result<Fit, Unfit> {
        let fit = match self {
            Method::Its => its::fit(design),
            Method::Did => did::fit(design),
            Method::Synthetic => synthetic::fit(design),
            Method::Predictors => predictors::fit(design),
            Method::Ridge => ridge::fit(design),
            Method::Difp => difp::fit(design),
            Method::Sdid => sdid::fit(design),
        }?;
        Ok(if design.after == 1.0 {
            fit
        } else {
            fit.times_after(design)
        })
    }
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl Fit {
    /// The same with what is foretold after multiplied as the design says.
    fn times_after(mut self, design: &Design) -> Fit {
        let after = &mut self.counterfactual[design.pre..];
        after.iter_mut().for_each(|value| *value *= design.after);
        self.effect = mean(&self.gaps(design)[design.pre..]);
        self.effect_error = None;
        self.notes.push(format!(
            "From the policy on the counterfactual is what was foretold, times {:.2}: what was left in the median at the same \
             point of other episodes, without any policy.",
            design.after
        ));
        self
    }

    /// Observed less counterfactual, period by period.
    pub fn gaps(&self, design: &Design) -> Vec<f64> {
        let pairs = design.observed.iter().zip(&self.counterfactual);
        pairs.map(|(observed, without)| observed - without).collect()
    }
}

/// A fit from its counterfactual: the effect and the fit before follow.
fn told(method: Method, design: &Design, counterfactual: Vec<f64>) -> Fit {
    let mut fit = Fit {
        method,
        counterfactual,
        effect: 0.0,
        effect_error: None,
        pre_rmspe: 0.0,
        weights: Vec::new(),
        time_weights: Vec::new(),
        intercept: 0.0,
        coefficients: Vec::new(),
        notes: Vec::new(),
    };
    let gaps = fit.gaps(design);
    fit.effect = mean(&gaps[design.pre..]);
    fit.pre_rmspe = mean_square(&gaps[..design.pre]).sqrt();
    fit
}

/// The donors' outcomes, weighted, period by period.
fn weighted(design: &Design, weights: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; design.times.len()];
    for (donor, &weight) in design.donors.iter().zip(weights).filter(|(_, weight)| **weight != 0.0) {
        let pairs = sums.iter_mut().zip(&donor.values);
        pairs.for_each(|(sum, value)| *sum += weight * value);
    }
    sums
}

/// Weights with the names of what they weigh.
fn named<'a>(names: impl Iterator<Item = &'a String>, weights: &[f64]) -> Vec<Weight> {
    let named = names.zip(weights).map(|(name, &weight)| Weight {
        unit: name.clone(),
        weight,
    });
    named.collect()
}

/// The names of the donors in their order.
fn donors(design: &Design) -> impl Iterator<Item = &String> {
    design.donors.iter().map(|donor| &donor.unit)
}

/// Refuses a design in which a unit has too few periods before, or the same value in all of them.
fn need_before(design: &Design, what: &'static str, needed: usize) -> Result<(), Unfit> {
    if design.pre < needed {
        return Err(Unfit::TooFewBefore {
            unit: design.unit.clone(),
            found: design.pre,
            needed,
            what,
        });
    }
    let before = &design.observed[..design.pre];
    if design.pre > 1 && before.iter().all(|value| *value == before[0]) {
        return Err(Unfit::Constant {
            unit: design.unit.clone(),
            value: before[0],
        });
    }
    Ok(())
}

/// Refuses a design with fewer donors than a method needs.
fn need_donors(design: &Design, what: &'static str, needed: usize) -> Result<(), Unfit> {
    match design.donors.len() {
        found if found < needed => Err(Unfit::TooFewDonors {
            unit: design.unit.clone(),
            found,
            needed,
            what,
        }),
        _ => Ok(()),
    }
}

/// The mean; NaN of nothing.
pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The mean of the squares; NaN of nothing.
pub(crate) fn mean_square(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64
}
