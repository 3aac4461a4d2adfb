//! Threats: the kinds of harm and want from which people are to be safe.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::catalog::CatalogError;

const BUILTIN: &str = include_str!("../../../catalog/threats.toml");

/// The seven dimensions of human security of UNDP's Human Development Report 1994.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dimension {
    /// An assured basic income.
    Economic,
    /// Physical and economic access to food.
    Food,
    /// Protection from disease and access to care.
    Health,
    /// Safety from the degradation of nature and from disasters.
    Environmental,
    /// Safety from physical violence.
    Personal,
    /// Safety of the group: ethnic, religious, local.
    Community,
    /// Basic human rights honoured by the state.
    Political,
}

impl Dimension {
    /// All seven, in the report's order.
    pub const ALL: [Self; 7] = [
        Self::Economic,
        Self::Food,
        Self::Health,
        Self::Environmental,
        Self::Personal,
        Self::Community,
        Self::Political,
    ];
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Economic => "economic",
            Self::Food => "food",
            Self::Health => "health",
            Self::Environmental => "environmental",
            Self::Personal => "personal",
            Self::Community => "community",
            Self::Political => "political",
        })
    }
}

/// A kind of harm or want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threat {
    /// The id: small letters, digits and `-`.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The dimension it belongs to.
    pub dimension: Dimension,
    /// Does it bear on freedom from fear?
    pub fear: bool,
    /// Does it bear on freedom from want?
    pub want: bool,
    /// Is it military? `None` where it is so at some times only.
    pub military: Option<bool>,
    /// What it covers and what it does not.
    pub note: String,
}

/// The threats of a catalog.
#[derive(Clone, Debug)]
pub struct Threats {
    threats: Vec<Threat>,
    by_id: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    threat: Vec<Threat>,
}

impl Threats {
    /// The built-in taxonomy.
    pub fn builtin() -> &'static Threats {
        static BUILT: OnceLock<Threats> = OnceLock::new();
        BUILT.get_or_init(|| Self::parse(BUILTIN).expect("the built-in threats are checked by a test"))
    }

    /// A taxonomy from TOML with one `[[threat]]` per threat; each is for fear or want or both.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        let threats = toml::from_str::<Text>(text)?.threat;
        let mut by_id = BTreeMap::new();
        for (at, threat) in threats.iter().enumerate() {
            let (what, id) = ("the threat", threat.id.clone());
            if !threat.fear && !threat.want {
                let why = "set `fear` or `want` or both to true".to_owned();
                return Err(CatalogError::Value { what, id, why });
            }
            if by_id.insert(id.clone(), at).is_some() {
                return Err(CatalogError::Twice { what, id });
            }
        }
        Ok(Self { threats, by_id })
    }

    /// The threat of that id.
    pub fn get(&self, id: &str) -> Option<&Threat> {
        self.by_id.get(id).map(|at| &self.threats[*at])
    }

    /// Every threat, in the order of the catalog.
    pub fn all(&self) -> impl Iterator<Item = &Threat> {
        self.threats.iter()
    }

    /// The threats of a dimension, in the order of the catalog.
    pub fn of(&self, dimension: Dimension) -> impl Iterator<Item = &Threat> {
        self.threats.iter().filter(move |threat| threat.dimension == dimension)
    }
}
