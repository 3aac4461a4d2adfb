//! What the rules are given: what states did to instruments, what a secretariat has listed, and how far each list reaches.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Where a fact stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Origin {
    /// The source's card.
    pub source: String,
    /// The vintage: up to when the source speaks.
    pub as_of: Date,
    /// Whether it was read off the depositary's or secretariat's own list.
    pub verified: bool,
    /// The source's file.
    pub file: String,
    /// The row in it.
    pub row: u64,
}

/// What is noted of a consent that the depositary's list has in brackets: it no longer counts it.
pub const IN_BRACKETS: &str = "in brackets in the depositary's list";

/// Something that a participant did to an instrument.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Action {
    /// The instrument as the source numbers it, such as `26-5`.
    pub instrument: String,
    /// ISO 3166-1 alpha-3 code; for an organisation its name.
    pub participant: String,
    /// What was done.
    pub act: Act,
    /// When; for a year alone its 1 January.
    pub date: Option<Date>,
    /// How exact the day is.
    pub precision: Precision,
    /// When it took effect, where the source says so.
    pub effective: Option<Date>,
    /// Reservations and the like, in the source's words.
    pub note: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// How exact a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// The day.
    Day,
    /// The year alone.
    Year,
    /// None is given.
    None,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All of them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word in files and tables.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// What a word means; none where it is not known.
            pub fn of(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.word() == word)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// What a participant does to an instrument, in the words of the table `treaty_actions`.
    Act {
        /// Signed: binds nobody by itself.
        Signature = "signature",
        /// A successor state keeps a signature.
        SuccessionToSignature = "succession to signature",
        /// Consent to be bound.
        Ratification = "ratification",
        /// Consent to be bound.
        Acceptance = "acceptance",
        /// Consent to be bound.
        Approval = "approval",
        /// Consent to be bound.
        Accession = "accession",
        /// A successor state stays bound.
        Succession = "succession",
        /// Signed so as to be bound.
        DefinitiveSignature = "definitive signature",
        /// Consent of an organisation.
        FormalConfirmation = "formal confirmation",
        /// Consent to a protocol of the conventional-weapons convention.
        ConsentToBeBound = "consent to be bound",
        /// Consent to be bound, of the Slavery Convention.
        Participation = "participation",
        /// Consent of which the source does not tell the kind.
        RatificationOrAccession = "ratification or accession",
        /// Applied before it is in force.
        ProvisionalApplication = "provisional application",
        /// Extended to a territory by the state that answers for it.
        TerritorialApplication = "territorial application",
        /// A declaration or reservation.
        Declaration = "declaration",
        /// Said publicly that it will leave; no notice.
        WithdrawalAnnounced = "withdrawal announced",
        /// Gave notice that it leaves.
        Withdrawal = "withdrawal",
        /// Took its notice back.
        WithdrawalRevoked = "withdrawal revoked",
        /// Declared that it does not apply it for a time.
        Suspension = "suspension",
        /// Ended its suspension.
        SuspensionEnded = "suspension ended",
    }
}

impl Act {
    /// Whether it is a consent to be bound (Vienna Convention on the Law of Treaties, articles 11 to 17).
    pub fn consents(self) -> bool {
        use Act::{
            Acceptance, Accession, Approval, ConsentToBeBound, DefinitiveSignature, FormalConfirmation, Participation,
            Ratification, RatificationOrAccession, Succession,
        };
        matches!(
            self,
            Ratification
                | Acceptance
                | Approval
                | Accession
                | Succession
                | DefinitiveSignature
                | FormalConfirmation
                | ConsentToBeBound
                | Participation
                | RatificationOrAccession
        )
    }
}

words! {
    /// What a secretariat's own list says, in the words of the table `commitments`.
    CommitmentKind {
        /// A report was received.
        Report = "report",
        /// A register of reports is complete from one day to another.
        Register = "register",
        /// A day was set for a party, such as by a committee's concluding observations.
        DueSet = "due-set",
        /// A deadline concerns a party.
        Applies = "applies",
        /// A duty or a deadline does not concern a party.
        NotApplicable = "not-applicable",
        /// A deadline was extended.
        Extension = "extension",
        /// A party has declared that it has done what a deadline asks.
        Completion = "completion",
        /// A party is engaged in an armed conflict.
        ArmedConflict = "armed-conflict",
        /// How a party stands is contested.
        Contested = "contested",
        /// A practical programme.
        Programme = "programme",
    }
}

/// A row of a secretariat's own list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Commitment {
    /// The list's own number of the row.
    pub id: String,
    /// What it says.
    pub kind: CommitmentKind,
    /// The element of the agenda, where it is about one and not about an instrument.
    pub element: Option<u8>,
    /// The instrument by its id in the catalog.
    pub instrument: Option<String>,
    /// The duty or deadline, by its id.
    pub duty: Option<String>,
    /// The party: ISO 3166-1 alpha-3 code, or an organisation's name; none for a register.
    pub participant: Option<String>,
    /// The day: of receipt, of the decision, from which the register is kept, or on which it begins to hold.
    pub date: Option<Date>,
    /// What a report covers: a calendar year, such as `2024`, or the due day that it answers, such as `2025-04-30`.
    pub covers: Option<String>,
    /// The day up to which: the extended deadline, the day that was set, the last day for which a register is complete, or the
    /// last on which it holds.
    pub until: Option<Date>,
    /// The document.
    pub document: Option<String>,
    /// What a reader must know.
    pub note: Option<String>,
    /// Where it stands.
    pub origin: Origin,
}

/// A list of an instrument's participants, and how far it reaches.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct List {
    /// The instrument as the source numbers it.
    pub instrument: String,
    /// The source's card.
    pub source: String,
    /// Its vintage: the day of its newest action, or that on which it was drawn up.
    pub as_of: Date,
    /// Whether who does not stand in it has done nothing; otherwise it only adds.
    pub complete: bool,
    /// Whether it is the depositary's own.
    pub verified: bool,
}
