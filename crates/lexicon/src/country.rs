//! The crosswalk: which place a source means by its code or name, on the day of the fact.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::place::{NotAPlace, PlaceId};

pub use crate::crosswalk::Crosswalk;

/// A country, territory, former state or joint place, with the codes that sources write for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// The place id: ISO 3166-1 alpha-3, for former states ISO 3166-3's alpha-3, else the customary three letters;
    /// for a joint place the codes of its parts joined by `+`.
    pub iso3: String,
    /// The name to show, in English, without articles and formal parts.
    pub name: String,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// UN M49 number, which is also the ISO 3166-1 numeric code.
    pub m49: Option<u16>,
    /// Gleditsch & Ward numbers, as UCDP writes them. A number may stand at more than one state; dates decide.
    #[serde(default)]
    pub gw: Vec<u16>,
    /// UNHCR's own three letters (`AUS` is Austria).
    pub unhcr: Option<String>,
    /// VIEWS country ids.
    #[serde(default)]
    pub views: Vec<u16>,
    /// Correlates of War numbers.
    #[serde(default)]
    pub cow: Vec<u16>,
    /// V-Dem `country_text_id`, where it differs from `iso3`.
    #[serde(default)]
    pub vdem: Vec<String>,
    /// Other names that sources write; compared without case, accents and punctuation.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Other codes that sources write where alpha-3 codes stand (`KSV`, `ZAR`, `nld_curacao`).
    #[serde(default)]
    pub other_iso3: Vec<String>,
    /// Former or mistaken alpha-2 codes.
    #[serde(default)]
    pub other_iso2: Vec<String>,
    /// Former M49 numbers.
    #[serde(default)]
    pub other_m49: Vec<u16>,
    /// Further UNHCR codes.
    #[serde(default)]
    pub other_unhcr: Vec<String>,
    /// First day as a state of its own, where that is after 1945.
    pub from: Option<Date>,
    /// Last day, for former states.
    pub until: Option<Date>,
    /// Is it a member of the United Nations today?
    #[serde(default)]
    pub un_member: bool,
    /// UN M49 region: `Africa`, `Americas`, `Asia`, `Europe` or `Oceania`.
    pub region: Option<String>,
    /// UN M49 sub-region, such as `Western Africa`.
    pub subregion: Option<String>,
    /// The places that came after a former state.
    #[serde(default)]
    pub successors: Vec<String>,
    /// The places that a joint place holds together.
    #[serde(default)]
    pub parts: Vec<String>,
    /// What a reader of the data should know.
    pub note: Option<String>,
}

impl Country {
    /// Did it exist on that day? Places without dates always do.
    pub fn existed(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && self.until.is_none_or(|until| on <= until)
    }

    /// Its place id.
    pub fn place(&self) -> Result<PlaceId, NotAPlace> {
        self.iso3.parse()
    }
}

/// Whose code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CodeSystem {
    /// ISO 3166-1 alpha-3 and the codes that sources mix with it, in capital or small letters.
    Iso3,
    /// ISO 3166-1 alpha-2.
    Iso2,
    /// UN M49, with or without leading zeros.
    M49,
    /// Gleditsch & Ward, as UCDP uses them.
    #[serde(rename = "gw")]
    GleditschWard,
    /// UNHCR's own codes.
    Unhcr,
    /// VIEWS country ids.
    Views,
    /// Correlates of War.
    Cow,
    /// V-Dem `country_text_id`. `PSE` is the West Bank alone here, `VDR` the Republic of Vietnam.
    Vdem,
    /// A name.
    Name,
    /// An alpha-3 code, else a name.
    Any,
}

impl CodeSystem {
    /// The name in settings and catalog files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iso3 => "iso3",
            Self::Iso2 => "iso2",
            Self::M49 => "m49",
            Self::GleditschWard => "gw",
            Self::Unhcr => "unhcr",
            Self::Views => "views",
            Self::Cow => "cow",
            Self::Vdem => "vdem",
            Self::Name => "name",
            Self::Any => "any",
        }
    }
}

impl fmt::Display for CodeSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that names no code system.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a code system; use iso3, iso2, m49, gw, unhcr, views, cow, vdem, name or any")]
pub struct NoSuchSystem(pub String);

impl FromStr for CodeSystem {
    type Err = NoSuchSystem;

    fn from_str(text: &str) -> Result<Self, NoSuchSystem> {
        use CodeSystem::*;
        [Iso3, Iso2, M49, GleditschWard, Unhcr, Views, Cow, Vdem, Name, Any]
            .into_iter()
            .find(|system| system.as_str() == text)
            .ok_or_else(|| NoSuchSystem(text.to_owned()))
    }
}

/// What a code or name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolved {
    /// A place.
    Place(PlaceId),
    /// Known, and no country: a region, an income group, an organisation, an armed group, part of a country. Its name.
    Aggregate(String),
    /// The source says that it does not know, or that there is no one country (unknown, stateless, various).
    Unknown,
}

/// A code or name that stands for no one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Nothing in the crosswalk has it.
    NotFound {
        /// As the source wrote it.
        code: String,
        /// The nearest known code or name, as a suggestion only.
        nearest: Option<String>,
    },
    /// It may stand for several places and the date does not decide.
    Ambiguous {
        /// As the source wrote it.
        code: String,
        /// Place ids (or names of groups), sorted.
        candidates: Vec<String>,
    },
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound {
                code,
                nearest: Some(nearest),
            } => write!(
                f,
                "no place is known as `{code}`; if `{nearest}` is meant, correct the file or add an alias in `catalog/places/countries.toml`"
            ),
            Self::NotFound { code, nearest: None } => write!(
                f,
                "no place is known as `{code}`; correct the file or add an alias in `catalog/places/countries.toml`"
            ),
            Self::Ambiguous { code, candidates } => write!(
                f,
                "`{code}` may be {}; give the date of the fact or write one of these codes",
                candidates.join(" or ")
            ),
        }
    }
}

impl std::error::Error for Unresolved {}

/// A group of countries, an organisation or part of a country: known, and deliberately not a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aggregate {
    /// The name to show.
    pub name: String,
    /// What kind of thing it is.
    pub kind: AggregateKind,
    /// Codes where alpha-3 codes stand (World Bank, HDR, Gapminder).
    #[serde(default)]
    pub codes: Vec<String>,
    /// M49 numbers and the WPP's own numbers above 1000.
    #[serde(default)]
    pub m49: Vec<u16>,
    /// UNHCR codes.
    #[serde(default)]
    pub unhcr: Vec<String>,
    /// V-Dem `country_text_id`.
    #[serde(default)]
    pub vdem: Vec<String>,
    /// Other names.
    #[serde(default)]
    pub names: Vec<String>,
}

/// The kinds of [`Aggregate`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AggregateKind {
    /// A part of the world.
    Region,
    /// An income, lending or development group.
    Group,
    /// An international organisation or a union of states.
    Organisation,
    /// An armed group or other non-state body.
    NonState,
    /// Part of a country, not to be read as the whole.
    Partial,
    /// A state of the past without a place here.
    Historical,
}
