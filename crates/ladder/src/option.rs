//! The options as data: `catalog/ladder/options/*.toml`.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::statement::Kind;

/// A rung of the ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Done with consent and at low cost; may be authorised beforehand by a standing protocol.
    Soft,
    /// Between soft and hard: monitors, advisers, inquiry, targeted measures.
    Medium,
    /// Collective authority, human decision, legal review; never armed by a formula.
    Hard,
}

impl Tier {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Soft => "soft",
            Self::Medium => "medium",
            Self::Hard => "hard",
        }
    }
}

/// A phase of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Before a crisis.
    PreCrisis,
    /// In a crisis.
    Crisis,
    /// After a conflict.
    Recovery,
}

impl Phase {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::PreCrisis => "pre-crisis",
            Self::Crisis => "crisis",
            Self::Recovery => "recovery",
        }
    }

    /// In words.
    pub fn told(self) -> &'static str {
        match self {
            Self::PreCrisis => "the time before a crisis",
            Self::Crisis => "a crisis",
            Self::Recovery => "the time after a conflict",
        }
    }
}

/// What a file of options holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionsFile {
    /// The options.
    #[serde(default)]
    pub option: Vec<LadderOption>,
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LadderOption {
    /// Its id, such as `M02`.
    pub id: String,
    /// Raised by one with every change of what it means.
    pub version: u32,
    /// Its rung.
    pub tier: Tier,
    /// The phases for which it is meant.
    pub phase: Vec<Phase>,
    /// What it is, in a few words.
    pub title: String,
    /// What is done, in one to three sentences.
    pub description: String,
    /// Who can do it.
    pub actors: Vec<String>,
    /// Whose consent it needs: `host`, `parties`, `community`, `receiving-state` …; each stands in `requires` too.
    #[serde(default)]
    pub consent_needed_from: Vec<String>,
    /// Words by which statements may name it beside its id, such as `monitors`.
    #[serde(default)]
    pub topics: Vec<String>,
    /// What must be recorded before it is open; all of them.
    #[serde(default)]
    pub requires: Vec<Requirement>,
    /// Agreed site by site: it is open for the sites that have opted in, and not assessed for others.
    #[serde(default)]
    pub site_by_site: bool,
    /// On what law or standard it rests.
    pub legal_basis: Vec<Reference>,
    /// How good the evidence must be.
    pub evidence_floor: Evidence,
    /// What typically calls for it.
    pub trigger: Calls,
    /// From the decision to the effect.
    pub lead_time: LeadTime,
    /// What it costs.
    pub cost: Cost,
    /// Where the money comes from.
    pub finance_source: String,
    /// What must be there in practice; told, and not checked by the program.
    #[serde(default)]
    pub prerequisites: Vec<String>,
    /// What is asked so that it does no harm; at least one.
    pub do_no_harm_checks: Vec<HarmCheck>,
    /// With whom what is known of it may be shared.
    pub sharing: Sharing,
    /// Whether it can be undone.
    pub reversibility: Reversibility,
    /// Days after which a proposal of it is to be looked at again.
    pub review_after_days: u16,
    /// How one knows that it can end.
    pub exit_test: String,
    /// By which figure its effect would be seen: a measure's id, or words where no measure tells it.
    pub expected_effect_indicator: String,
    /// Where it was done before.
    #[serde(default)]
    pub precedents: Vec<Precedent>,
    /// What differs by region.
    #[serde(default)]
    pub regional: Vec<Regional>,
}

/// Something that must be recorded. One of the alternatives is enough.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// The alternatives; at least one.
    pub any: Vec<Condition>,
}

/// A condition that statements meet, fail, or leave unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The kind of statement.
    pub kind: Kind,
    /// The subjects that count beside the option's id and topics; for a violation, the kinds of violation.
    #[serde(default)]
    pub subject: Vec<String>,
    /// By whom: `host` for a host State's consent, `security-council` for its mandate; anybody where none.
    #[serde(default)]
    pub by: Vec<String>,
    /// What it is in words, so that "no …" and "… refused" are sentences: `host consent`, `mandate`, `task force`.
    pub called: String,
}

/// A law, standard or document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// As it is cited, such as `APMBC Art. 6(3)`.
    pub text: String,
    /// Who has read the text of it and found that it says so; absent where nobody has, and then it stands in no brief.
    #[serde(default)]
    pub checked: Option<Checked>,
}

/// Who has checked something, when and against what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    /// Who.
    pub by: String,
    /// When.
    #[schemars(with = "String")]
    pub on: Date,
    /// The text that was read, by address or title.
    pub against: String,
}

/// How good evidence must be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The standard that it meets.
    pub standard: Standard,
    /// Sources independent of each other.
    pub independent_sources: u16,
    /// Whether a second organisation must have reviewed it.
    pub reviewed: bool,
}

/// A standard of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Standard {
    /// An unverified pattern with an analyst's note.
    Pattern,
    /// Reasonable grounds to suspect.
    Suspect,
    /// Reasonable grounds to believe.
    Believe,
}

impl Standard {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pattern => "pattern",
            Self::Suspect => "suspect",
            Self::Believe => "believe",
        }
    }
}

/// What typically calls for an option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// In words.
    pub described: String,
    /// An expression over readings, as in a trigger, where readings can tell it; never for a hard option.
    #[serde(default)]
    pub when: Option<String>,
    /// How many readings in a row, or sources, must confirm it.
    pub confirmations: u16,
    /// The days within which it counts.
    pub window_days: u16,
}

/// From the decision to the effect, in days. An estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeadTime {
    /// Preparing: least and most days.
    pub prepare: [u16; 2],
    /// From the beginning of the act to its effect: least and most days.
    pub act: [u16; 2],
    /// As it is told, such as `1-4 weeks`.
    pub told: String,
    /// Who estimated it.
    pub estimated_by: String,
    /// When.
    #[schemars(with = "String")]
    pub estimated_on: Date,
    /// What else must be known of it.
    #[serde(default)]
    pub note: Option<String>,
}

impl LeadTime {
    /// Least and most days from the decision to the effect.
    pub fn days(&self) -> (u32, u32) {
        let sum = |at: usize| u32::from(self.prepare[at]) + u32::from(self.act[at]);
        (sum(0), sum(1))
    }
}

/// What an option costs. An estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// The band.
    pub band: CostBand,
    /// Who estimated it.
    pub estimated_by: String,
    /// When.
    #[schemars(with = "String")]
    pub estimated_on: Date,
}

/// US dollars for one place and half a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CostBand {
    /// Staff time and little else.
    Staff,
    /// Less than 100,000.
    Under100k,
    /// 100,000 to a million.
    Under1m,
    /// One to ten million.
    Under10m,
    /// Ten to a hundred million.
    Under100m,
    /// More than that.
    Over100m,
}

impl CostBand {
    /// In words.
    pub fn told(self) -> &'static str {
        match self {
            Self::Staff => "staff time and little else",
            Self::Under100k => "less than 100,000 US dollars",
            Self::Under1m => "100,000 to 1 million US dollars",
            Self::Under10m => "1 to 10 million US dollars",
            Self::Under100m => "10 to 100 million US dollars",
            Self::Over100m => "more than 100 million US dollars",
        }
    }
}

/// A question that is asked so that an option does no harm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HarmCheck {
    /// The question.
    pub text: String,
    /// An expression over readings: where it is true the check has failed and the option is blocked.
    #[serde(default)]
    pub fails_when: Option<String>,
    /// Why that closes the option, in a sentence; with `fails_when`.
    #[serde(default)]
    pub because: Option<String>,
}

/// With whom what is known of an option's use may be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sharing {
    /// With anybody.
    Public,
    /// With the community that it concerns, and by its consent.
    Community,
    /// With partners.
    Partners,
    /// With those who need it to act.
    Restricted,
}

impl Sharing {
    /// In words.
    pub fn told(self) -> &'static str {
        match self {
            Self::Public => "with anybody",
            Self::Community => "with the community that it concerns, by its consent",
            Self::Partners => "with partners",
            Self::Restricted => "with those who need it to act",
        }
    }
}

/// Whether something can be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reversibility {
    /// At once.
    Reversible,
    /// Not wholly, or not at once.
    Partly,
    /// Not.
    Irreversible,
}

impl Reversibility {
    /// In words.
    pub fn told(self) -> &'static str {
        match self {
            Self::Reversible => "can be undone at once",
            Self::Partly => "cannot be undone wholly, or not at once",
            Self::Irreversible => "cannot be undone",
        }
    }
}

/// Where an option was used before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Precedent {
    /// What was done, where and when.
    pub text: String,
    /// Who has checked it; absent where nobody has, and then it stands in no brief.
    #[serde(default)]
    pub checked: Option<Checked>,
}

/// What differs in a region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Regional {
    /// A region of `catalog/ladder/regions.toml`; `elsewhere` for all places that no other entry names.
    pub region: String,
    /// Why it is not available there; absent where it is.
    #[serde(default)]
    pub not_available: Option<String>,
    /// Who can do it there.
    #[serde(default)]
    pub actors: Option<Vec<String>>,
    /// On what it rests there, beside what it rests on everywhere.
    #[serde(default)]
    pub legal_basis: Vec<Reference>,
    /// How long it takes there.
    #[serde(default)]
    pub lead_time: Option<LeadTime>,
}

/// What `catalog/ladder/regions.toml` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegionsFile {
    /// The regions.
    #[serde(default)]
    pub region: Vec<Region>,
}

/// A group of countries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Its id, such as `african-union`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its countries: ISO 3166-1 alpha-3 codes.
    pub members: Vec<String>,
    /// Who says so, and as of when.
    pub source: String,
}
