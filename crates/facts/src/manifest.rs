//! What is committed: numbered manifests, each the whole state of the lake, written only if absent.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::tables::Table;

/// The whole state of a lake after one commit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this form; a reader refuses a higher one.
    pub format: u32,
    /// 0 for an empty lake, one more with every commit.
    pub number: u64,
    /// Every release, oldest import first.
    pub releases: Vec<Release>,
}

/// The form that this program writes.
pub const FORMAT: u32 = 1;

/// One data set at one vintage, with the scope for which it is complete.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// Order of import, from 1.
    pub id: u64,
    /// The source's card.
    pub source: String,
    /// The data set within the source.
    pub dataset: String,
    /// When the source said so.
    pub vintage: Date,
    /// The publisher's own name of the vintage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vintage_label: Option<String>,
    /// How the vintage was found: file, inferred, given or imported.
    pub vintage_basis: String,
    /// What it is complete for.
    pub scope: Scope,
    /// Days from the end of a period to its publication, by the source's card.
    pub publication_lag_days: u32,
    /// The file that was read.
    pub input: Input,
    /// Reader, version and layout, such as `ucdp-ged@1/hdx`; with the input's SHA-256 the identity of the import.
    pub reader: String,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// Rows of the input.
    pub counts: Counts,
    /// Its files in the lake.
    pub files: Vec<TableFile>,
}

/// What a release is complete for: places × dates, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The places; none means every place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<Vec<String>>,
    /// First day; none means from the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day; none means to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Complete for nothing: amends by key.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
}

/// The file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Its name, without the folder.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Rows of the input; read = kept + rejected + skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Data rows read.
    pub read: u64,
    /// Rows that became at least one fact.
    pub kept: u64,
    /// Rows in which something was wrong.
    pub rejected: u64,
    /// Rows that rightly become no fact.
    pub skipped: u64,
    /// Findings about rows that were kept.
    pub warnings: u64,
}

/// One Parquet file of a release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableFile {
    /// The table.
    pub table: Table,
    /// Its path below the lake.
    pub path: String,
    /// Rows.
    pub rows: u64,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its canonical rows, in hexadecimal.
    pub sha256: String,
    /// Earliest and latest date of the column that decides about scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dates: Option<(Date, Date)>,
}

impl Release {
    /// `source/dataset`, the name under which releases supersede each other.
    pub fn series(&self) -> String {
        format!("{}/{}", self.source, self.dataset)
    }

    /// Whether this release was said after `other`, or said the same day and imported later.
    pub(crate) fn is_newer_than(&self, other: &Release) -> bool {
        (self.vintage, self.id) > (other.vintage, other.id)
    }

    /// Whether this release and `other` are releases of the same data set.
    pub(crate) fn same_series(&self, other: &Release) -> bool {
        self.source == other.source && self.dataset == other.dataset
    }
}

impl Scope {
    /// Whether every row of a file that spans `dates` lies within this scope.
    pub(crate) fn covers_all(&self, dates: Option<(Date, Date)>) -> bool {
        let early = self
            .from
            .is_none_or(|from| dates.is_some_and(|(first, _)| from <= first));
        let late = self.to.is_none_or(|to| dates.is_some_and(|(_, last)| last <= to));
        !self.partial && self.places.is_none() && early && late
    }

    /// Whether some place may lie in both scopes.
    pub(crate) fn shares_places_with(&self, other: &Scope) -> bool {
        match (&self.places, &other.places) {
            (Some(a), Some(b)) => a.iter().any(|place| b.contains(place)),
            _ => true,
        }
    }

    /// Whether no row of a file that spans `dates` lies within this scope.
    pub(crate) fn misses(&self, dates: Option<(Date, Date)>) -> bool {
        let Some((first, last)) = dates else { return false };
        self.from.is_some_and(|from| last < from) || self.to.is_some_and(|to| to < first)
    }
}
