//! Policies as data: what was decided for which place and when, and the classes of them that are asked at once. The outcome
//! and the window of each are fixed in these files before any effect is looked at.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A file of policies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoliciesFile {
    /// The policies.
    pub policy: Vec<Policy>,
}

/// The file of what is fixed for each kind of policy, `kinds.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KindsFile {
    /// The kinds.
    pub kind: Vec<Kind>,
}

/// Something that was decided for a place on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its short id, such as `unmil-2003`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it is.
    pub kind: PolicyKind,
    /// The country where it works, by ISO 3166 code, or a joint place such as `ISR+PSE`.
    pub place: String,
    /// Other places under the same policy; they are no donors.
    #[serde(default)]
    pub also: Vec<String>,
    /// The day from which it holds: of a resolution its adoption, of an agreement its signature or the day it names.
    #[schemars(with = "String")]
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// The day on which it ended, where it did and the day is known.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// Whether it was adopted because harm was high; without it, as its kind is.
    #[serde(default)]
    pub because_of_harm: Option<bool>,
    /// The id of the conflict that it has in common with other policies: together they are one cluster.
    #[serde(default)]
    pub conflict: Option<String>,
    /// Other states that are party to the same conflict; they are never donors.
    #[serde(default)]
    pub parties: Vec<String>,
    /// The instrument of the agenda that entered into force, by id; of a treaty only.
    #[serde(default)]
    pub instrument: Option<String>,
    /// The measure by which it is judged; without it, its kind's.
    #[serde(default)]
    pub outcome: Option<String>,
    /// Why no series tells of what it was to protect; the question then ends in "cannot be told".
    #[serde(default)]
    pub no_series: Option<String>,
    /// The document that decided it, and where it stands.
    pub source: String,
    /// The day on which somebody compared the entry with the source; none where it is from general knowledge.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    #[schema(value_type = Option<String>, format = Date)]
    pub checked: Option<Date>,
    /// What a reader must know.
    #[serde(default)]
    pub note: Option<String>,
}

/// The kinds of policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PolicyKind {
    /// A treaty entered into force for a state.
    TreatyInForce,
    /// Soldiers, police or observers were sent under a mandate to keep or to enforce a peace.
    PeaceOperation,
    /// Parties agreed, or declared, to stop fighting.
    Ceasefire,
    /// Parties agreed on what they had fought about.
    PeaceAgreement,
    /// States were forbidden to deliver arms.
    ArmsEmbargo,
    /// Aid to a place rose by a decision.
    AidSurge,
}

/// What is fixed for a kind of policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// The kind.
    pub id: PolicyKind,
    /// The measure by which a policy of this kind is judged where it names none itself.
    #[serde(default)]
    pub primary: Option<String>,
    /// Why there is no such measure.
    #[serde(default)]
    pub no_series: Option<String>,
    /// The years before that are compared, at most.
    pub before: u32,
    /// The years after the year of the policy that are compared, at most.
    pub after: u32,
    /// The largest effect that counts as none, as a share of the counterfactual; none where none is stated.
    #[serde(default)]
    pub margin: Option<f64>,
    /// Kinds and instruments that count as a similar policy: places under them are no donors.
    #[serde(default)]
    pub similar: Vec<CasesOf>,
    /// Why this measure and this window.
    pub rationale: String,
}

/// Many policies of which one question is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its short id, such as `ceasefires`; also the name of its file.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What is asked, in one plain sentence.
    pub question: String,
    /// Which policies are its cases.
    pub cases: CasesOf,
    /// By what they are judged: one primary measure, and others that are told beside it.
    #[serde(default)]
    pub outcomes: Vec<ClassOutcome>,
    /// Why no series tells of what they were to protect, where `outcomes` is empty; the question then ends in "cannot be
    /// told".
    #[serde(default)]
    pub no_series: Option<String>,
    /// The years before that are compared, at most.
    pub before: u32,
    /// The years after the year of the policy that are compared, at most.
    pub after: u32,
    /// The largest effect that counts as none, as a share of the counterfactual; none where none is stated.
    #[serde(default)]
    pub margin: Option<f64>,
    /// Whether such policies are adopted because harm is high.
    pub because_of_harm: bool,
    /// Kinds and instruments that count as a similar policy: places under them are no donors.
    #[serde(default)]
    pub similar: Vec<CasesOf>,
    /// Why these measures and this window.
    pub rationale: String,
    /// What a reader of the answer must know, in sentences.
    #[serde(default)]
    pub caveats: Vec<String>,
}

/// Which policies are meant: `{ kind = "ceasefire" }` or `{ instrument = "rome-statute" }`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CasesOf {
    /// The catalog's policies of a kind.
    Kind(PolicyKind),
    /// The states for which an instrument of the agenda entered into force, from treaty actions.
    Instrument(String),
}

/// A measure by which a class is judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassOutcome {
    /// The measure, by its id in `catalog/series.toml`.
    pub measure: String,
    /// Whether the answer rests on it; of exactly one.
    #[serde(default)]
    pub primary: bool,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: [PolicyKind; 6] = [
        PolicyKind::TreatyInForce,
        PolicyKind::PeaceOperation,
        PolicyKind::Ceasefire,
        PolicyKind::PeaceAgreement,
        PolicyKind::ArmsEmbargo,
        PolicyKind::AidSurge,
    ];

    /// Its name in files.
    pub fn id(self) -> &'static str {
        match self {
            PolicyKind::TreatyInForce => "treaty-in-force",
            PolicyKind::PeaceOperation => "peace-operation",
            PolicyKind::Ceasefire => "ceasefire",
            PolicyKind::PeaceAgreement => "peace-agreement",
            PolicyKind::ArmsEmbargo => "arms-embargo",
            PolicyKind::AidSurge => "aid-surge",
        }
    }

    /// Its name in words.
    pub fn title(self) -> &'static str {
        match self {
            PolicyKind::TreatyInForce => "treaty in force",
            PolicyKind::PeaceOperation => "peace operation",
            PolicyKind::Ceasefire => "ceasefire",
            PolicyKind::PeaceAgreement => "peace agreement",
            PolicyKind::ArmsEmbargo => "arms embargo",
            PolicyKind::AidSurge => "aid surge",
        }
    }

    /// Whether such policies are adopted because harm is high. All are but treaties: a fall after them would have come
    /// in part without them.
    pub fn because_of_harm(self) -> bool {
        self != PolicyKind::TreatyInForce
    }
}

impl Policy {
    /// Whether it was adopted because harm was high: as it says itself, else as its kind is.
    pub fn because_of_harm(&self) -> bool {
        self.because_of_harm.unwrap_or_else(|| self.kind.because_of_harm())
    }

    /// Every place under it, the one where it works first.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.place).chain(&self.also).map(String::as_str)
    }

    /// Whether it held on a day.
    pub fn held(&self, on: Date) -> bool {
        self.date <= on && self.until.is_none_or(|until| on <= until)
    }

    /// What is one cluster with it: its conflict, else its place.
    pub fn cluster(&self) -> &str {
        self.conflict.as_deref().unwrap_or(&self.place)
    }

    /// Whether a place is under the policy or a party to its conflict, and so no donor. A joint place is where one of its
    /// parts is.
    pub fn touches(&self, place: &str) -> bool {
        let mut touched = self
            .places()
            .chain(self.parties.iter().map(String::as_str))
            .flat_map(|place| place.split('+'));
        touched.any(|touched| place.split('+').any(|part| part == touched))
    }
}

impl Kind {
    /// Whether policies of a kind, or an instrument, count as the same policy or a similar one: places under them are no
    /// donors.
    pub fn is_similar(&self, to: &CasesOf) -> bool {
        *to == CasesOf::Kind(self.id) || self.similar.contains(to)
    }
}

impl Class {
    /// The measure on which the answer rests; none where no series tells of it.
    pub fn primary(&self) -> Option<&str> {
        let primary = self.outcomes.iter().find(|outcome| outcome.primary);
        primary.map(|outcome| outcome.measure.as_str())
    }

    /// Whether policies of a kind, or an instrument, count as the same policy or a similar one: places under them are no
    /// donors.
    pub fn is_similar(&self, to: &CasesOf) -> bool {
        self.cases == *to || self.similar.contains(to)
    }
}

impl CasesOf {
    /// The kind's id, or the instrument's.
    pub fn id(&self) -> &str {
        match self {
            CasesOf::Kind(kind) => kind.id(),
            CasesOf::Instrument(instrument) => instrument,
        }
    }
}
