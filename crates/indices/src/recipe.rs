//! Recipes: the declarative definition of a composite index, read from TOML.
//!
//! A recipe is a graph of nodes without cycles. A node takes its values from an input (an indicator or a measure of the
//! observatory, or a column of a file), from a constant, or from other nodes (its `parts`), and every node goes through the
//! same steps in the same order:
//!
//! input → `per` → `transform` → `impute` → (screen of units) → `treat` → `direction` and `normalise`, or
//! parts → `aggregate`; and then for both `then` → `round`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The definition of one index.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Short name, also the name of its file: lower-case letters, digits and hyphens.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// What it measures, in a sentence or two.
    pub description: String,
    /// Unit and range in words, such as `index 0–1`.
    pub unit: String,
    /// Whether more of it is better or worse for people; the best unit has rank 1.
    pub more_is: MoreIs,
    /// Whose method it is and where it is written.
    #[serde(default)]
    pub references: Vec<String>,
    /// What a reader must know before using it.
    #[serde(default)]
    pub caveats: Vec<String>,
    /// Steps of every node that does not name its own.
    #[serde(default)]
    pub defaults: Defaults,
    /// Which units are left out for want of data.
    #[serde(default)]
    pub screen: Option<Screen>,
    /// Persons or households instead of places: how they become places.
    #[serde(default)]
    pub microdata: Option<Microdata>,
    /// The nodes. One of them, the index, is part of no other.
    #[serde(rename = "node")]
    pub nodes: Vec<Node>,
    /// Other thresholds, weights or indicators for some places.
    #[serde(default, rename = "profile")]
    pub profiles: Vec<Profile>,
    /// Classes of the index, from the lowest value up.
    #[serde(default, rename = "class")]
    pub classes: Vec<Class>,
    /// What is varied to see how far the result depends on it.
    #[serde(default)]
    pub uncertainty: Uncertainty,
}

/// Whether more of an index is better or worse for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MoreIs {
    /// The unit with the largest value has rank 1.
    Better,
    /// The unit with the smallest value has rank 1.
    Worse,
    /// The unit with the largest value has rank 1, for it is worst: the convention of risk indices such as INFORM.
    WorseAndFirst,
}

/// Steps of every node that does not name its own.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Defaults {
    /// Imputation of inputs.
    #[serde(default)]
    pub impute: Impute,
    /// Treatment of outliers of inputs.
    #[serde(default)]
    pub treat: Treat,
    /// Normalisation of inputs.
    #[serde(default)]
    pub normalise: Normalise,
    /// Aggregation of parts.
    #[serde(default)]
    pub aggregate: Aggregate,
    /// Weights of parts.
    #[serde(default)]
    pub weights: Weights,
    /// The smallest share of a node's parts that must have a value, 0–1. With 0 one part is enough.
    #[serde(default)]
    pub needs: f64,
    /// How old an input of facts may be, in years before the period.
    #[serde(default)]
    pub within: u16,
}

/// A unit with fewer inputs than this is left out of the index (after imputation).
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// The smallest share of inputs that must have a value, 0–1.
    pub at_least: f64,
    /// Whether values that are exactly zero count as missing.
    #[serde(default)]
    pub zero_is_missing: bool,
}

/// One node of the tree.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// Short name, unique in the recipe.
    pub id: String,
    /// Title for people; the id where there is none.
    #[serde(default)]
    pub title: Option<String>,

    /// An indicator of the observatory's observations, such as `life_expectancy`.
    #[serde(default)]
    pub indicator: Option<String>,
    /// The card from which the indicator is taken; where none is named, the rule of docs/methods/recipes.md chooses.
    #[serde(default)]
    pub source: Option<String>,
    /// The group of the indicator, such as `gender=f`; empty for the whole population.
    #[serde(default)]
    pub breakdown: String,
    /// A measure of `catalog/series.toml`, such as `killed`.
    #[serde(default)]
    pub measure: Option<String>,
    /// Whether the measure is taken per 100,000 people.
    #[serde(default)]
    pub per_100k: bool,
    /// The column in a file of the user's own; the node's id where none is named.
    #[serde(default)]
    pub column: Option<String>,
    /// How old the value may be, in years before the period.
    #[serde(default)]
    pub within: Option<u16>,
    /// A constant for every unit.
    #[serde(default)]
    pub value: Option<f64>,
    /// The nodes that it is made of. A node may be part of several others.
    #[serde(default)]
    pub parts: Vec<String>,

    /// The weight of the node in what it is part of; zero or more.
    #[serde(default)]
    pub weight: Option<f64>,
    /// Whether more of it means more of what it is part of.
    #[serde(default)]
    pub direction: Direction,
    /// The input by which it is divided, by its id.
    #[serde(default)]
    pub per: Option<String>,
    /// What is done to each value of an input, in order, before anything looks at other units.
    #[serde(default)]
    pub transform: Vec<Transform>,
    /// Imputation.
    #[serde(default)]
    pub impute: Option<Impute>,
    /// Treatment of outliers.
    #[serde(default)]
    pub treat: Option<Treat>,
    /// Normalisation; for a node with parts, after aggregation.
    #[serde(default)]
    pub normalise: Option<Normalise>,
    /// Aggregation of the parts.
    #[serde(default)]
    pub aggregate: Option<Aggregate>,
    /// Weights of the parts.
    #[serde(default)]
    pub weights: Option<Weights>,
    /// The smallest share of the parts that must have a value, 0–1.
    #[serde(default)]
    pub needs: Option<f64>,
    /// What is done to each value after normalisation or aggregation, in order.
    #[serde(default)]
    pub then: Vec<Transform>,
    /// Decimals to which the result is rounded, half away from zero; nodes above it read the rounded value.
    #[serde(default)]
    pub round: Option<u8>,
    /// The error of the input.
    #[serde(default)]
    pub error: Option<InputError>,
}

/// Whether more of a node means more of what it is part of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// It does.
    #[default]
    Up,
    /// It means less: values are multiplied by −1 before normalisation.
    Down,
}

/// What is done to each value by itself. A value outside the domain of a function is a mistake that is told.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Transform {
    /// Values below become the minimum, above the maximum.
    Clamp {
        /// The smallest value.
        #[serde(default)]
        min: Option<f64>,
        /// The largest value.
        #[serde(default)]
        max: Option<f64>,
    },
    /// x times a number.
    Times(f64),
    /// x plus a number.
    Plus(f64),
    /// 1/x.
    Reciprocal,
    /// 1 − x.
    Complement,
    /// x to a power.
    Power(f64),
    /// The square root.
    SquareRoot,
    /// The natural logarithm.
    Log,
    /// The natural logarithm of 1 + x.
    Log1p,
}

/// How a missing input is filled. Nothing is filled unless a recipe says so, and what was filled is told.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Impute {
    /// It stays missing.
    #[default]
    None,
    /// By the mean of the units.
    Mean,
    /// By the median of the units.
    Median,
    /// By the mean of the units of the same group; where a group has no value it stays missing.
    GroupMean(String),
    /// By the median of the units of the same group.
    GroupMedian(String),
    /// Between the unit's values of the years before and after, linearly.
    Interpolate {
        /// The longest gap that is bridged, in years.
        #[serde(default)]
        within: Option<u16>,
    },
    /// By the unit's value of the nearest year; of two equally near the earlier.
    Nearest {
        /// How far it may lie, in years.
        within: u16,
    },
}

/// How outliers are treated.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Treat {
    /// They stay.
    #[default]
    None,
    /// The handbook's rule: while |skewness| ≥ `skew` and kurtosis ≥ `kurtosis`, the most extreme value becomes the next.
    Winsorise {
        /// Points that may be changed.
        #[serde(default = "five")]
        at_most: usize,
        /// The limit of absolute skewness.
        #[serde(default = "two")]
        skew: f64,
        /// The limit of excess kurtosis.
        #[serde(default = "three_and_a_half")]
        kurtosis: f64,
        /// Whether, where that is not enough, the untreated values are put on the logarithmic scale
        /// ln(x − min + 0.01 (max − min)).
        #[serde(default = "yes")]
        else_log: bool,
    },
    /// The Box–Cox transformation, of values above zero.
    BoxCox {
        /// The exponent; where none is given the one of largest likelihood.
        #[serde(default)]
        lambda: Option<f64>,
    },
}

/// How values of different units become comparable.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Normalise {
    /// They are taken as they are.
    #[default]
    None,
    /// The smallest value becomes `low`, the largest `high`.
    MinMax {
        /// The value of the smallest.
        #[serde(default)]
        low: f64,
        /// The value of the largest.
        #[serde(default = "one")]
        high: f64,
    },
    /// (x − low) / (high − low), by fixed goalposts.
    Goalposts {
        /// The value that becomes 0.
        low: f64,
        /// The value that becomes 1.
        high: f64,
        /// Whether logarithms are taken first.
        #[serde(default)]
        log: bool,
        /// Which values beyond a goalpost are set to it.
        #[serde(default)]
        cap: Cap,
        /// The result is multiplied by this.
        #[serde(default = "one")]
        scale: f64,
    },
    /// Mean 0 and standard deviation 1 (of n − 1), then scaled.
    ZScore {
        /// The mean.
        #[serde(default)]
        mean: f64,
        /// The standard deviation.
        #[serde(default = "one")]
        sd: f64,
    },
    /// (rank − 1) / (n − 1), ties with the smallest rank.
    PercentileRank,
    /// 1 for the smallest; ties share the mean rank.
    Rank,
    /// Rank less one, ties with the smallest.
    Borda,
    /// 1 − (max − x) / (max − min).
    DistanceToMaximum,
    /// 1 − (x_ref − x) / (x_ref − min).
    DistanceToReference {
        /// The unit of reference, by its code.
        unit: String,
        /// Whether values above the reference's are set to 1.
        #[serde(default)]
        cap: bool,
    },
    /// (x − min) / (target − min), or (max − x) / (max − target) where more is worse.
    DistanceToTarget {
        /// The target in the indicator's own unit.
        target: f64,
        /// Whether values past the target are set to 1.
        #[serde(default)]
        cap: bool,
    },
}

/// Which values beyond a goalpost are set to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cap {
    /// Those below the low and those above the high one.
    #[default]
    Both,
    /// Those above the high one.
    High,
    /// Those below the low one.
    Low,
    /// None.
    None,
}

/// How parts become one value. Missing parts are left out and the weights of the others grow, down to `needs`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Aggregate {
    /// The weighted mean.
    #[default]
    Arithmetic,
    /// The weighted geometric mean, of values above zero.
    Geometric,
    /// The weighted harmonic mean, of values above zero.
    Harmonic,
    /// The weighted generalised mean (Σ w xᵖ)^(1/p), of values above zero unless p is 1.
    Power(f64),
    /// INFORM's: the geometric mean of the distance to `high`, rescaled to 1–10 to stay above zero, and turned back.
    InvertedGeometric {
        /// The low end of the scale.
        #[serde(default)]
        low: f64,
        /// The high end of the scale.
        #[serde(default = "ten")]
        high: f64,
    },
    /// The largest.
    Maximum,
    /// The smallest.
    Minimum,
    /// The weighted sum; a missing part leaves none.
    Sum,
    /// The product; a missing part leaves none.
    Product,
    /// The first part divided by the second.
    Ratio,
    /// Copeland's rule: wins less defeats in comparisons of every pair of units by weighted majority.
    Copeland,
    /// Benefit of the doubt: each unit with the weights that are best for it (a linear programme).
    BenefitOfTheDoubt {
        /// The smallest share of its own score that each part must give, 0–1/n.
        #[serde(default)]
        at_least: f64,
    },
    /// Mazziotta–Pareto: M ∓ S²/M with the standard deviation of the population; minus where more is better.
    MazziottaPareto {
        /// Whether the penalty is added, as where more is worse.
        #[serde(default)]
        add: bool,
    },
    /// Sullivan's expectancy of life free from what is counted: Σ L (1 − π) over parts in pairs, person-years per newborn
    /// and prevalence 0–1. One pair of life expectancy and prevalence is the crude version.
    Sullivan,
    /// The union of prevalences 0–1 whose overlap is unknown: at least the largest.
    FrechetLower,
    /// The union of prevalences 0–1 whose overlap is unknown: at most their sum, or 1.
    FrechetUpper,
    /// The union of prevalences 0–1 as if they were independent: 1 − Π(1 − p).
    IndependentUnion,
}

/// The weights of a node's parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Weights {
    /// As the parts say; 1 where they do not.
    #[default]
    Given,
    /// All the same.
    Equal,
    /// The loadings of the first principal component.
    Pca,
    /// Such that each part correlates equally with the result, and none below zero.
    Optimised,
}

/// The error of an input, for the uncertainty of the index.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum InputError {
    /// It is taken as exact.
    None,
    /// The source's interval of this level, 0–1, taken as normal with half on each side of the value: for shares on the logit
    /// scale, for an input whose values are all above zero on the logarithmic one.
    Interval(f64),
    /// The source's low, best and high as a distribution: half of it on each side of best, even between low, best and high.
    LowBestHigh,
    /// A count of independent cases, in the unit of the input.
    Poisson,
    /// A share of a sample of this many: of 1, or of 100 where the unit says so or any value is above 1.
    Binomial(f64),
    /// Normal on the logarithmic scale with this standard deviation: 0.1 is about ± 10 % of the value.
    Relative(f64),
    /// Normal with this standard deviation in the input's unit.
    Absolute(f64),
}

/// A class of the index.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// The smallest value of the index in it; the first class may leave it out.
    #[serde(default)]
    pub from: Option<f64>,
}

/// Other definitions of some nodes for some places: the agenda's flexible framework.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The region's name.
    pub region: String,
    /// Its places by code; a country stands for the areas within it.
    pub places: Vec<String>,
    /// The nodes that differ, by id: whatever keys of a node are given replace the recipe's.
    #[serde(rename = "node")]
    #[schemars(with = "Vec<std::collections::BTreeMap<String, serde_json::Value>>")]
    pub nodes: Vec<toml::Table>,
}

/// Rows that are persons or households: each indicator is 1 where one is deprived and 0 where not. The rows become
/// places by the method of Alkire and Foster (2011).
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Microdata {
    /// The column that names the place.
    pub place: String,
    /// The column of the sampling weight; equal where none is named.
    #[serde(default)]
    pub weight: Option<String>,
    /// The weighted share of deprivations from which one is poor, above 0 and up to 1.
    pub cutoff: f64,
}

/// What is varied, each alternative being as likely as the recipe's own choice.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Uncertainty {
    /// Other normalisations, of inputs that have the default one.
    #[serde(default)]
    pub normalise: Vec<Normalise>,
    /// Other aggregations, of nodes that have the default one.
    #[serde(default)]
    pub aggregate: Vec<Aggregate>,
    /// Other treatments of outliers, of inputs that have the default one.
    #[serde(default)]
    pub treat: Vec<Treat>,
    /// Other imputations, of inputs that have the default one.
    #[serde(default)]
    pub impute: Vec<Impute>,
    /// Each weight is multiplied by a factor drawn evenly from 1 − this to 1 + this, 0–1.
    #[serde(default)]
    pub weights: f64,
    /// Whether the error of inputs is drawn.
    #[serde(default = "yes")]
    pub inputs: bool,
    /// How the errors of an input in different units go together.
    #[serde(default)]
    pub dependence: Dependence,
}

/// How the errors of an input in different units go together. Errors of different inputs are always independent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dependence {
    /// Each unit by itself: ranks are least certain, and sums over units most, falsely so where one source counts them all.
    #[default]
    Independent,
    /// All alike: where one unit is drawn at its upper tenth, all are.
    Full,
}

impl Default for Uncertainty {
    fn default() -> Self {
        Uncertainty {
            normalise: Vec::new(),
            aggregate: Vec::new(),
            treat: Vec::new(),
            impute: Vec::new(),
            weights: 0.0,
            inputs: true,
            dependence: Dependence::Independent,
        }
    }
}

fn yes() -> bool {
    true
}
fn one() -> f64 {
    1.0
}
fn two() -> f64 {
    2.0
}
fn three_and_a_half() -> f64 {
    3.5
}
fn five() -> usize {
    5
}
fn ten() -> f64 {
    10.0
}
