//! The measures of `catalog/series.toml`: which series each reads, by precedence.

use std::sync::OnceLock;

use serde::Deserialize;

/// All measures, and the core set of threats.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measures {
    /// The measures in the order in which they are shown.
    #[serde(rename = "measure")]
    pub list: Vec<Measure>,
    /// What places were part of others in the past.
    #[serde(default, rename = "territory")]
    pub territories: Vec<Territory>,
    /// The threats that "at least one threat" is counted over.
    pub core: Core,
}

/// A place that held other places of today until the end of a year.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Territory {
    /// The place.
    pub place: String,
    /// What was part of it.
    pub with: Vec<String>,
    /// The last year.
    pub until: i16,
}

/// The fixed set of threats over which people facing at least one are counted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    /// The population that all of them are shares of.
    pub population: String,
    /// Measures of fear.
    pub fear: Vec<String>,
    /// Measures of want.
    pub want: Vec<String>,
    /// The measure of life expectancy at birth, whose years are parted into those free from the threats and the others.
    #[serde(default)]
    pub life: Option<String>,
}

impl Core {
    /// Every threat of the core, fear first.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.fear.iter().chain(&self.want).map(String::as_str)
    }
}

/// A measure: a number about people at a place and period.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Short name.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// The heading under which it is shown.
    pub group: String,
    /// Unit in words.
    pub unit: String,
    /// What part of a period its values are for.
    pub at: At,
    /// The population by which it is divided.
    #[serde(default)]
    pub per: Option<Per>,
    /// Whether it stands in the world table.
    #[serde(default)]
    pub headline: bool,
    /// Whether the value is a minimum, the source's status of others being unknown.
    #[serde(default)]
    pub minimum: bool,
    /// Whether its source tells it only where it applies, so that its absence beside the source's other counts is no gap.
    #[serde(default)]
    pub sparse: bool,
    /// What it counts.
    pub definition: String,
    /// What a zero of its source means.
    #[serde(default)]
    pub none_recorded: Option<String>,
    /// The measure to which it is an alternative; it is never added to it.
    #[serde(default)]
    pub alternative: Option<String>,
    /// The measure of which it is shown as a share.
    #[serde(default)]
    pub share_of: Option<String>,
    /// Whether it is told by the year only.
    #[serde(default)]
    pub yearly: bool,
    /// Why it cannot be told of a joint place.
    #[serde(default)]
    pub not_joint: Option<String>,
    /// Whether the places' values add up to the world's. Years of life and values of an index do not, and the world has
    /// one only where the source gives it.
    #[serde(default = "yes")]
    pub adds: bool,
    /// Whether its events have the interval that chance alone would give to so many of them, where the source has none.
    #[serde(default)]
    pub chance: bool,
    /// Where it is an index of states, to be read beside people's figures: which end of it is the worse.
    #[serde(default)]
    pub worst: Option<Worst>,
    /// Years in which its series changed in kind: no change is told across them.
    #[serde(default)]
    pub breaks: Vec<i16>,
    /// Measures that are added.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Which of the core threats it is a bound over.
    #[serde(default)]
    pub bound: Option<Bound>,
    /// Which of the years of life at birth it is.
    #[serde(default)]
    pub years: Option<Years>,
    /// Series by precedence.
    #[serde(default)]
    pub from: Vec<From>,
}

fn yes() -> bool {
    true
}

/// The worse end of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Worst {
    /// High values are worse.
    Highest,
    /// Low values are worse.
    Lowest,
}

/// Which of the years of life at birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Years {
    /// Those free from the core threats.
    Secure,
    /// Those under at least one of them.
    Insecure,
}

/// Which of the core threats a bound is over, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// All of them.
    All,
    /// Those of fear.
    Fear,
    /// Those of want.
    Want,
    /// All of them, as if they were independent.
    Independent,
}

/// What part of a period a value is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// The whole of it.
    Period,
    /// Its last day.
    End,
    /// The newest value up to its end.
    Survey,
    /// The largest of the values that touch it.
    Peak,
}

/// The population by which a count is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// On 1 July.
    Midyear,
    /// On 31 December.
    Yearend,
}

/// One series of a measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct From {
    /// The source's card.
    pub source: String,
    /// An indicator of `observations`.
    #[serde(default)]
    pub indicator: Option<String>,
    /// Another indicator that is added.
    #[serde(default)]
    pub plus: Option<String>,
    /// An indicator that is subtracted.
    #[serde(default)]
    pub minus: Option<String>,
    /// Another indicator that is subtracted.
    #[serde(default)]
    pub minus_also: Option<String>,
    /// The group of the value; empty for the whole population.
    #[serde(default)]
    pub breakdown: String,
    /// The keys that the group must have, and no others, where any group with them will do (IOM's rounds are told by
    /// operation and assessment); of several on the newest day the largest is taken, and none is added.
    #[serde(default)]
    pub keys: Vec<String>,
    /// The status of the value; any where none is given.
    #[serde(default)]
    pub status: Option<String>,
    /// The group whose value is the population analysed.
    #[serde(default)]
    pub population_breakdown: Option<String>,
    /// The key of a breakdown over which rows are summed, such as the year's disasters.
    #[serde(default)]
    pub over: Option<String>,
    /// How a value becomes a count of people.
    #[serde(default)]
    pub convert: Convert,
    /// An indicator of `flows`.
    #[serde(default)]
    pub flow: Option<String>,
    /// Other indicators of `flows` that are added.
    #[serde(default)]
    pub flow_also: Vec<String>,
    /// The end of a flow at which people are counted: origin or destination.
    #[serde(default)]
    pub by: Option<String>,
    /// What a reader must know about a figure from this series.
    #[serde(default)]
    pub note: String,
    /// A column of `events` that is summed.
    #[serde(default)]
    pub events: Option<String>,
    /// Its low column.
    #[serde(default)]
    pub low: Option<String>,
    /// Its high column.
    #[serde(default)]
    pub high: Option<String>,
    /// The kind of violence of the events.
    #[serde(default)]
    pub violence: Option<String>,
}

/// How a value becomes a count of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Convert {
    /// It is one.
    #[default]
    Count,
    /// It is a share in per cent of the population.
    Share,
    /// 100 less it is a share in per cent of the population.
    Complement,
}

impl Measures {
    /// The measures of the built-in catalog.
    pub fn builtin() -> &'static Measures {
        static BUILTIN: OnceLock<Measures> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            Measures::parse(include_str!("../../../catalog/series.toml")).expect("a test reads the built-in catalog")
        })
    }

    /// Reads a catalog of measures.
    pub fn parse(text: &str) -> Result<Measures, toml::de::Error> {
        toml::from_str(text)
    }

    /// A measure by its id.
    pub fn get(&self, id: &str) -> Option<&Measure> {
        self.list.iter().find(|m| m.id == id)
    }

    /// What else a place held in a year, by the territories of the past.
    pub(crate) fn held(&self, place: &str, year: i16) -> &[String] {
        let territory = self.territories.iter().find(|t| t.place == place && year <= t.until);
        territory.map_or(&[], |t| &t.with)
    }

    /// What is wrong in the catalog, in sentences.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut refer = |from: &str, to: &str| {
            if self.get(to).is_none() {
                problems.push(format!(
                    "series.toml: {from} names the measure {to}, which does not exist"
                ));
            }
        };
        for measure in &self.list {
            measure
                .parts
                .iter()
                .chain(&measure.alternative)
                .chain(&measure.share_of)
                .for_each(|m| refer(&measure.id, m));
        }
        self.core
            .all()
            .chain([self.core.population.as_str()])
            .chain(self.core.life.as_deref())
            .for_each(|m| refer("core", m));
        for (i, measure) in self.list.iter().enumerate() {
            if self.list[..i].iter().any(|m| m.id == measure.id) {
                problems.push(format!("series.toml: the measure {} is given twice", measure.id));
            }
            let ways = [
                !measure.parts.is_empty(),
                !measure.from.is_empty(),
                measure.bound.is_some(),
                measure.years.is_some(),
            ];
            if ways.iter().filter(|w| **w).count() != 1 {
                problems.push(format!(
                    "series.toml: {} needs one of `from`, `parts`, `bound` and `years`",
                    measure.id
                ));
            }
            if measure.years.is_some() && self.core.life.is_none() {
                problems.push(format!(
                    "series.toml: {} tells years of life, but `life` in [core] names no measure of them",
                    measure.id
                ));
            }
            if !measure.adds && measure.per.is_some() {
                problems.push(format!(
                    "series.toml: {} does not add up over places (`adds = false`), so it cannot be divided by a population",
                    measure.id
                ));
            }
        }
        problems
    }
}
