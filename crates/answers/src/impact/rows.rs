//! What is told of a policy, as every surface gives it.

use jiff::civil::Date;
use lysoen_impact::people::People;
use lysoen_impact::{Examination, Method, Verdict};
use serde::Serialize;
use utoipa::ToSchema;

use crate::sheet::SourceNote;

/// A place by code and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[schema(as = ImpactPlace)]
pub struct PlaceName {
    /// ISO 3166-1 alpha-3 or a joint place; of an own table the unit as it stands there.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A policy of the catalog.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactPolicy)]
pub struct PolicyBrief {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// Its kind, in a word such as `arms-embargo`.
    pub kind: String,
    /// Its kind in words.
    pub kind_title: String,
    /// The place under it.
    pub place: PlaceName,
    /// The day on which it began.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// The day on which it ended.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Whether it was adopted because harm was high.
    pub because_of_harm: bool,
    /// The document.
    pub source: String,
    /// The day on which somebody read it; none where nobody has.
    #[schema(value_type = Option<String>, format = Date)]
    pub checked: Option<Date>,
    /// The measure of which it is asked, fixed beforehand; none where there is no series of what it is to protect from.
    pub outcome: Option<String>,
    /// The measure in words.
    pub outcome_title: Option<String>,
    /// The answer; none until it is computed.
    pub verdict: Option<Verdict>,
    /// The effect in people, where there is one.
    pub people: Option<People>,
}

/// The outcome that is asked of.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactOutcome)]
pub struct OutcomeTold {
    /// The measure, or the column of a table.
    pub id: String,
    /// In words.
    pub title: String,
    /// What it counts.
    pub definition: String,
    /// The unit of the series that are compared: `per 100,000 people a year`.
    pub unit: String,
    /// What is counted: `people`, `movements`.
    pub counted: String,
}

/// A measure that can be asked of.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactOutcomeBrief)]
pub struct OutcomeBrief {
    /// The measure.
    pub id: String,
    /// In words.
    pub title: String,
    /// What is counted.
    pub unit: String,
    /// Whether it is known by months.
    pub months: bool,
}

/// A place that was thought of as a donor.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactDonor)]
pub struct DonorRow {
    /// The place; of an episode with its first period after, `SDN@2003`.
    pub place: PlaceName,
    /// Whether it is compared with.
    pub used: bool,
    /// Its weight, where it has one.
    pub weight: Option<f64>,
    /// Why it is not compared with.
    pub why_not: Option<String>,
}

/// The answer to one question.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ImpactAnswer {
    /// What was asked, in short.
    pub title: String,
    /// What was asked, as a sentence.
    pub question: String,
    /// The policy, where it is one of the catalog.
    pub policy: Option<PolicyBrief>,
    /// The outcome.
    pub outcome: OutcomeTold,
    /// The place under the policy.
    pub place: PlaceName,
    /// When it began, as it was asked.
    pub from: String,
    /// `year`, `month`, or `period` of an own table.
    pub by: String,
    /// The first period after.
    pub first_after: Option<String>,
    /// The last period after.
    pub last_after: Option<String>,
    /// Periods in neither: the one in which the policy began, where it did not begin with it.
    pub set_aside: Vec<String>,
    /// How the counterfactual was made.
    pub method: Method,
    /// Whether the donors are episodes of other places at the same point of theirs.
    pub episodes: bool,
    /// Every place that was thought of as a donor, those used first.
    pub donors: Vec<DonorRow>,
    /// What was found; none where no comparison could be made.
    pub examination: Option<Examination>,
    /// The answer.
    pub verdict: Verdict,
    /// The sources.
    #[schema(value_type = Vec<Object>)]
    pub sources: Vec<SourceNote>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// A class of policies in short.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactClassBrief)]
pub struct ClassBrief {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What is asked, as a sentence.
    pub question: String,
    /// How many cases there are.
    pub cases: usize,
    /// How many of them could be answered on the primary outcome; none until it is computed.
    pub answered: Option<usize>,
    /// Whether such policies are adopted because harm is high.
    pub because_of_harm: bool,
    /// The answer on the primary outcome; none until it is computed.
    pub verdict: Option<Verdict>,
}

/// A whole class of policies, asked at once.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactClass)]
pub struct ClassTold {
    /// Its id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// What is asked, as a sentence.
    pub question: String,
    /// Why these outcomes and this window, fixed beforehand.
    pub rationale: String,
    /// Whether such policies are adopted because harm is high.
    pub because_of_harm: bool,
    /// Years before.
    pub before: u32,
    /// Years after.
    pub after: u32,
    /// d, as a share of the counterfactual.
    pub margin: Option<f64>,
    /// Every case, on the primary outcome.
    pub cases: Vec<CaseRow>,
    /// The outcomes, the primary first.
    pub outcomes: Vec<OutcomeOfClass>,
    /// What a reader must know.
    pub caveats: Vec<String>,
    /// The sources.
    #[schema(value_type = Vec<Object>)]
    pub sources: Vec<SourceNote>,
    /// What a reader must know of the data.
    pub notes: Vec<String>,
}

/// A case of a class.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactCase)]
pub struct CaseRow {
    /// The place.
    pub place: PlaceName,
    /// When the policy began there.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// The policy of the catalog; none where it is a state for which a treaty entered into force.
    pub policy: Option<String>,
    /// Whether it could be answered.
    pub answered: bool,
    /// Why not.
    pub why_not: Option<String>,
    /// Cases of one cluster are counted together: a country, or a shared conflict.
    pub cluster: String,
    /// The logarithm of the ratio of observed to counterfactual.
    pub effect: Option<f64>,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// The effect in people.
    pub people: Option<People>,
}

/// An outcome of a class.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OutcomeOfClass {
    /// The measure.
    pub measure: String,
    /// In words.
    pub title: String,
    /// Whether it is the one that was fixed as the primary.
    pub primary: bool,
    /// p by re-assigned dates of adoption.
    pub p: Option<f64>,
    /// The same after allowing for the number of outcomes.
    pub p_adjusted: Option<f64>,
    /// The cases pooled by random effects.
    pub pooled: Option<PooledRow>,
    /// The pooled effect without each cluster.
    pub left_out: Vec<LeftOutRow>,
    /// The effect by event time, of the same cases at each.
    pub events: Vec<EventRow>,
    /// The effect in people over all answered cases.
    pub people: Option<People>,
    /// The answer.
    pub verdict: Verdict,
}

/// Cases pooled by random effects, as logarithms of rate ratios.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactPooled)]
pub struct PooledRow {
    /// The mean effect.
    pub effect: f64,
    /// The lower end of its interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The standard deviation of true effects between clusters.
    pub tau: f64,
    /// The lower end of the interval for the effect of a new case.
    pub prediction_low: Option<f64>,
    /// The upper end.
    pub prediction_high: Option<f64>,
    /// How many cases.
    pub cases: usize,
    /// In how many clusters.
    pub clusters: usize,
}

/// The pooled effect without a cluster.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactLeftOut)]
pub struct LeftOutRow {
    /// The cluster.
    pub cluster: String,
    /// The effect without it.
    pub effect: f64,
}

/// The effect at a time from adoption.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = ImpactEvent)]
pub struct EventRow {
    /// Periods since adoption; negative before it.
    pub relative: i32,
    /// The change, in per cent of what would have been.
    pub effect: f64,
    /// The lower end of its interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// How many cases.
    pub cases: usize,
}
