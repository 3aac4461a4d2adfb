//! Indicators: what an observation counts or rates, in which unit, and on which day of the period.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::catalog::CatalogError;
use crate::threat::Threats;

const BUILTIN: &str = include_str!("../../../catalog/indicators.toml");

/// What kind of number an indicator is; it says what may be done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// People, deaths or events; places may be added.
    Count,
    /// Something per something, or an average over people; never added.
    Rate,
    /// A share of people or of money, as its unit says; never added.
    Share,
    /// A made-up scale; never added.
    Index,
    /// An amount of money, or a volume valued like one.
    Money,
}

/// Which day or days of the period an indicator speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timing {
    /// All of the period: what happened in it. Only these may be added over periods.
    Flow,
    /// A day of the period that the source does not fix.
    Stock,
    /// 1 July.
    MidYear,
    /// 31 December.
    YearEnd,
    /// The days of a survey or an analysis, carried to the period.
    Survey,
}

/// Is more of it better for people?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// More is worse.
    HigherIsWorse,
    /// More is better.
    HigherIsBetter,
    /// Neither.
    Neutral,
}

/// The definition of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// The id: small letters, digits and `_`.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// The unit as the field writes it, such as `people`, `deaths per 100,000 people` or `% of people`.
    pub unit: String,
    /// What kind of number it is.
    pub kind: Kind,
    /// Which day or days it speaks of.
    pub timing: Timing,
    /// Is more of it better?
    pub direction: Direction,
    /// The id of the threat that it speaks of.
    pub threat: Option<String>,
    /// What it counts and what it leaves out.
    pub definition: String,
    /// What one breakdown of it is called, such as `phase`, where it has any.
    pub breakdown: Option<String>,
    /// What a reader of the figure should know.
    pub note: Option<String>,
}

/// The indicators of a catalog.
#[derive(Clone, Debug)]
pub struct Indicators {
    indicators: Vec<Indicator>,
    by_id: BTreeMap<String, usize>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    indicator: Vec<Indicator>,
}

impl Indicators {
    /// The built-in indicators, whose threats are the built-in ones.
    pub fn builtin() -> &'static Indicators {
        static BUILT: OnceLock<Indicators> = OnceLock::new();
        BUILT.get_or_init(|| {
            Self::parse(BUILTIN, Threats::builtin()).expect("the built-in indicators are checked by a test")
        })
    }

    /// Indicators from TOML with one `[[indicator]]` each; `threat` must be in the taxonomy.
    pub fn parse(text: &str, threats: &Threats) -> Result<Self, CatalogError> {
        let indicators = toml::from_str::<Text>(text)?.indicator;
        let mut by_id = BTreeMap::new();
        for (at, indicator) in indicators.iter().enumerate() {
            let (what, id) = ("the indicator", indicator.id.clone());
            if let Some(threat) = &indicator.threat
                && threats.get(threat).is_none()
            {
                return Err(CatalogError::Dangling {
                    what,
                    id,
                    to: threat.clone(),
                });
            }
            if by_id.insert(id.clone(), at).is_some() {
                return Err(CatalogError::Twice { what, id });
            }
        }
        Ok(Self { indicators, by_id })
    }

    /// The indicator of that id.
    pub fn get(&self, id: &str) -> Option<&Indicator> {
        self.by_id.get(id).map(|at| &self.indicators[*at])
    }

    /// Every indicator, in the order of the catalog.
    pub fn all(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter()
    }
}
