//! An element of the agenda as data: its norms, its practical programmes, and by what its progress is seen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The file of the elements, `elements.toml`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ElementsFile {
    /// The elements.
    pub element: Vec<Element>,
}

/// One of the ten elements of the agenda of 1999.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Element {
    /// 1 to 10.
    pub number: u8,
    /// Its name.
    pub title: String,
    /// What the agenda asks for, in our words.
    pub asks: String,
    /// The first prong: what is to become a norm, in a sentence. Its instruments name the element.
    pub norms: String,
    /// The second prong: what is to be solved in practice.
    pub practice: Vec<Practice>,
    /// By what its progress is seen.
    pub indicator: Vec<Indicator>,
}

/// Something that is done in practice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// What it is.
    pub title: String,
    /// What is done, and by whom.
    pub told: String,
}

/// By what progress is seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its id within the element.
    pub id: String,
    /// What it is.
    pub title: String,
    /// From where it is taken.
    pub from: From,
    /// What a reader must know.
    #[serde(default)]
    pub note: Option<String>,
}

/// From where an indicator is taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum From {
    /// The world's figure of a measure of `catalog/series.toml`, year by year.
    Measure {
        /// The measure.
        measure: String,
    },
    /// An indicator of the observations in the lake.
    Observations {
        /// The indicator.
        indicator: String,
        /// How the places are told together.
        places: Together,
    },
    /// Attacks on aid workers, by who attacked.
    AidWorkers,
    /// Warnings that were answered, from the ladder's log.
    Log,
    /// Official development assistance against 0.7 per cent of gross national income.
    Aid,
    /// Humanitarian requirements against receipts.
    Funding,
    /// A source that is not in the lake; named so that it can be looked up.
    Elsewhere {
        /// Who publishes it.
        publisher: String,
        /// Where.
        #[serde(default)]
        url: Option<String>,
    },
}

/// How places are told together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Together {
    /// Their sum.
    Sum,
    /// Their median.
    Median,
    /// How many of them have a value.
    Count,
}
