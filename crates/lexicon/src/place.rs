//! Places: the world, countries, administrative areas and grid cells, each with one id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::priogrid::PrioGrid;

/// The id of a place.
///
/// | kind | form | example |
/// |---|---|---|
/// | world | `WLD` | |
/// | country or territory | three capital letters, ISO 3166-1 alpha-3 where there is one | `UKR`, `XKX` |
/// | several countries that a source does not keep apart | their codes, sorted, joined by `+` | `ISR+PSE` |
/// | administrative area | its P-code; behind `pc:` where the P-code does not open with two letters or looks like a country | `CF11`, `pc:LSA`, `pc:3501000` |
/// | PRIO-GRID cell | `pg:` and its number | `pg:182652` |
/// | no known place | `UNK`, or `XSL` for people without a state | |
///
/// The order is that of the text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlaceId(String);

/// What a [`PlaceId`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// All of the world.
    World,
    /// Two or more countries that a source does not keep apart; never to be split or added to its parts.
    Joint,
    /// A country or territory.
    Country,
    /// An administrative area below a country.
    Area,
    /// A PRIO-GRID cell.
    Cell,
    /// Unknown, or no state.
    Unknown,
}

/// A text that is no place id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAPlace {
    /// Not three capital letters.
    #[error("`{0}` is not a country code; write the three capital letters of ISO 3166-1, such as `UKR`")]
    Country(String),
    /// Not a P-code.
    #[error(
        "`{0}` is not an area's P-code; write the two letters of the country and the area's number, such as `CF11`"
    )]
    Area(String),
    /// A joint place needs two or more countries.
    #[error("`{0}` is not a joint place; write two or more country codes joined by `+`, such as `ISR+PSE`")]
    Joint(String),
    /// Not a cell.
    #[error("`{0}` is not a grid cell; write `pg:` and a number from 1 to 259200, such as `pg:182652`")]
    Cell(String),
    /// None of the forms.
    #[error(
        "`{0}` is not a place; write a country as `UKR`, an area as `CF11`, a grid cell as `pg:182652` or the world as `WLD`"
    )]
    Form(String),
}

impl PlaceId {
    /// The id of the world.
    pub const WORLD: &'static str = "WLD";
    /// The id of an unknown place.
    pub const UNKNOWN: &'static str = "UNK";
    /// The id that stands for "no state": stateless people, who have no country of origin.
    pub const STATELESS: &'static str = "XSL";

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The world.
    pub fn world() -> Self {
        Self(Self::WORLD.to_owned())
    }

    /// A place that the source does not know.
    pub fn unknown() -> Self {
        Self(Self::UNKNOWN.to_owned())
    }

    /// No state: the "country" of stateless people.
    pub fn stateless() -> Self {
        Self(Self::STATELESS.to_owned())
    }

    /// A country by its three capital letters. That such a country exists is the crosswalk's to say.
    pub fn country(iso3: &str) -> Result<Self, NotAPlace> {
        let reserved = [Self::WORLD, Self::UNKNOWN, Self::STATELESS].contains(&iso3);
        if is_alpha3(iso3) && !reserved {
            Ok(Self(iso3.to_owned()))
        } else {
            Err(NotAPlace::Country(iso3.to_owned()))
        }
    }

    /// Several countries that a source does not keep apart, in any order; each once, at least two.
    pub fn joint(iso3: &[&str]) -> Result<Self, NotAPlace> {
        let mut parts = iso3.to_vec();
        parts.sort_unstable();
        parts.dedup();
        let text = parts.join("+");
        if parts.len() < 2 || !parts.iter().all(|part| Self::country(part).is_ok()) {
            return Err(NotAPlace::Joint(text));
        }
        Ok(Self(text))
    }

    /// An administrative area by its P-code.
    pub fn area(pcode: &str) -> Result<Self, NotAPlace> {
        if !is_pcode(pcode) {
            Err(NotAPlace::Area(pcode.to_owned()))
        } else if speaks_for_itself(pcode) {
            Ok(Self(pcode.to_owned()))
        } else {
            Ok(Self(format!("pc:{pcode}")))
        }
    }

    /// The P-code, where the place is an area.
    pub fn pcode(&self) -> Option<&str> {
        (self.kind() == PlaceKind::Area).then(|| self.0.strip_prefix("pc:").unwrap_or(&self.0))
    }

    /// A PRIO-GRID cell.
    pub fn cell(cell: PrioGrid) -> Self {
        Self(format!("pg:{cell}"))
    }

    /// What the id stands for.
    pub fn kind(&self) -> PlaceKind {
        match self.as_str() {
            Self::WORLD => PlaceKind::World,
            Self::UNKNOWN | Self::STATELESS => PlaceKind::Unknown,
            text if text.starts_with("pg:") => PlaceKind::Cell,
            text if text.contains('+') => PlaceKind::Joint,
            text if is_alpha3(text) => PlaceKind::Country,
            _ => PlaceKind::Area,
        }
    }

    /// The cell, where the place is one.
    pub fn as_cell(&self) -> Option<PrioGrid> {
        self.0.strip_prefix("pg:").and_then(|number| number.parse().ok())
    }

    /// The countries of a joint place in order of code; none for any other kind.
    pub fn parts(&self) -> Vec<PlaceId> {
        if self.kind() != PlaceKind::Joint {
            return Vec::new();
        }
        self.0.split('+').map(|part| Self(part.to_owned())).collect()
    }
}

fn is_alpha3(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// P-codes are capital letters, digits, `_`, `-` and `.`; placeholders such as `Unspecified` are none.
fn is_pcode(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b"_-.".contains(&b);
    (3..=32).contains(&text.len()) && text.bytes().all(allowed)
}

/// Most P-codes open with the country's two letters; Lesotho's `LSA` could be a country and Tajikistan's are bare numbers.
fn speaks_for_itself(pcode: &str) -> bool {
    pcode.bytes().take(2).all(|b| b.is_ascii_uppercase()) && !is_alpha3(pcode)
}

impl fmt::Display for PlaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for PlaceId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for PlaceId {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, NotAPlace> {
        match text {
            Self::WORLD | Self::UNKNOWN | Self::STATELESS => Ok(Self(text.to_owned())),
            _ if text.starts_with("pg:") => text[3..]
                .parse()
                .map(Self::cell)
                .map_err(|_| NotAPlace::Cell(text.to_owned())),
            _ if text.contains('+') => Self::joint(&text.split('+').collect::<Vec<_>>()),
            _ if text.starts_with("pc:") => Self::area(&text[3..]),
            _ if is_alpha3(text) => Self::country(text),
            _ if speaks_for_itself(text) && is_pcode(text) => Self::area(text),
            _ => Err(NotAPlace::Form(text.to_owned())),
        }
    }
}

impl TryFrom<String> for PlaceId {
    type Error = NotAPlace;

    fn try_from(text: String) -> Result<Self, NotAPlace> {
        text.parse()
    }
}

impl From<PlaceId> for String {
    fn from(place: PlaceId) -> String {
        place.0
    }
}
