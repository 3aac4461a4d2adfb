//! What is recorded of a place: consents, mandates, who is present, in which phase it is, what is known of violations. Each is
//! dated, sourced, and may expire. What is not recorded is unknown, and never taken for given.

use jiff::civil::Date;
use lysoen_lexicon::place::PlaceId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Somebody whose consent an option needs has given or refused it; `by` says who: `host`, `parties`, `community` …
    Consent,
    /// A body has given a mandate, or is known to have given none.
    Mandate,
    /// A framework with finance agreed beforehand is in force, or is not.
    Framework,
    /// Who is present in the country: a mission, a task force, a national society.
    Presence,
    /// An agreement between parties: a ceasefire, an end of hostilities, a financing agreement with a clause.
    Agreement,
    /// The phase in which the place is; the answer is the phase.
    Phase,
    /// How good the evidence is: the number of independent sources, the standard that it meets, who has reviewed it.
    Evidence,
    /// A violation of a kind (the subject), verified or only reported.
    Violation,
    /// A check that an option does no harm, passed or failed.
    HarmCheck,
    /// Something else that blocks an option, with its reason in the note.
    Blocker,
    /// A site that has opted in to an option that is agreed site by site; the subject is the option's or its topic, `by` the
    /// site.
    OptIn,
}

/// What a statement says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It is given: a consent, a mandate, an opt-in.
    Given,
    /// It was refused.
    Refused,
    /// It was given and has been withdrawn.
    Withdrawn,
    /// A search of the record found that there is none.
    None,
    /// It is in force: a framework, an agreement; it is present: a mission.
    InForce,
    /// It has ended.
    Ended,
    /// A violation was verified.
    Verified,
    /// A violation was reported, and not verified.
    Reported,
    /// A check was passed.
    Passed,
    /// A check failed.
    Failed,
    /// Something blocks it.
    Blocked,
    /// What blocked it has gone.
    Lifted,
    /// The evidence is a pattern that nobody has verified, with an analyst's note.
    Pattern,
    /// The evidence gives reasonable grounds to suspect.
    Suspect,
    /// The evidence gives reasonable grounds to believe.
    Believe,
    /// The place is before a crisis.
    PreCrisis,
    /// The place is in a crisis.
    Crisis,
    /// The place is after a conflict.
    Recovery,
}

/// A row of the table `mandates`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The source's own number of it.
    pub id: String,
    /// The place for which it holds, and all that lies in it.
    pub place: PlaceId,
    /// What it is about.
    pub kind: Kind,
    /// Of which option (`M02`), topic (`monitors`), violation (`killing-and-maiming`); empty where it is of the place.
    pub subject: String,
    /// What it says.
    pub answer: Answer,
    /// Who has given, refused, decided, or is present.
    pub by: Option<String>,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it holds; none where it does not say.
    pub until: Option<Date>,
    /// How many sources independent of each other stand behind it.
    pub independent_sources: Option<u16>,
    /// The organisation that has reviewed it, other than the one that has made it.
    pub reviewed_by: Option<String>,
    /// The document, such as `S/RES/2149 (2014)`.
    pub document: Option<String>,
    /// Whether the document was read.
    pub verified: bool,
    /// What a reader must know, such as the reason of a blocker.
    pub note: Option<String>,
    /// The source's card.
    pub source: String,
    /// The vintage.
    pub as_of: Date,
}
