//! What every reader of a source has in common.

use jiff::civil::Date;
use lysoen_facts::tables::FactRow;
use lysoen_lexicon::country::Crosswalk;

use crate::card::{Card, Layout};
use crate::finding::Findings;
use crate::input::Input;

/// When the source said what a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vintage {
    /// The day on which (or by which) the release was public.
    pub date: Date,
    /// The publisher's own name of the release, such as 25.1.
    pub label: Option<String>,
    /// How the date was found.
    pub basis: VintageBasis,
}

/// How a vintage's date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VintageBasis {
    /// The file or its name says so.
    File,
    /// Concluded from the file's contents, such as the last year covered.
    Inferred,
    /// Given on the command line.
    Given,
    /// Nothing better was known: the day of the import.
    Imported,
}

/// What a file turned out to be complete for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Places for which the release is complete; none means every place.
    pub places: Option<Vec<String>>,
    /// First day for which it is complete; none means from the beginning.
    pub from: Option<Date>,
    /// Last day for which it is complete; none means to the end.
    pub to: Option<Date>,
    /// Whether the file only adds to or amends what is known, by key, and is complete for nothing.
    pub partial: bool,
}

/// Takes fact rows as a reader makes them.
pub trait Sink {
    /// Takes one row; an error is about the lake (a full disk, say), never about the row.
    fn push(&mut self, row: &FactRow<'_>) -> Result<(), ReadError>;
}

/// One file being read.
pub struct Job<'a> {
    /// The source's card.
    pub card: &'a Card,
    /// The layout that was recognised or asked for.
    pub layout: &'a Layout,
    /// The country crosswalk.
    pub crosswalk: &'a Crosswalk,
    /// Where facts go.
    pub sink: &'a mut dyn Sink,
    /// What could not be taken as it stood, and the counts of rows.
    pub findings: &'a mut Findings,
}

/// Turns files of one kind into facts.
pub trait Reader: Sync {
    /// The name by which a card's layout asks for this reader.
    fn name(&self) -> &'static str;

    /// Raised whenever the same file would give other facts, so that a mended reader can import it again.
    fn version(&self) -> u32;

    /// The data set within the card that the file is a release of. Files of one layout that stand beside each other (one
    /// a treaty, say) name their own, so that one does not replace another.
    fn dataset(&self, _input: &Input, layout: &Layout) -> Result<String, ReadError> {
        Ok(layout.dataset().to_string())
    }

    /// The vintage as the file tells it; none where it does not.
    fn vintage(&self, _input: &Input, _card: &Card, _layout: &Layout) -> Result<Option<Vintage>, ReadError> {
        Ok(None)
    }

    /// Reads the file to its end, and says what it is complete for.
    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError>;
}

/// Why a file could not be read at all. A bad row is a finding, not an error.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened or read.
    #[error("{file} could not be read: {source}")]
    Io {
        /// The file.
        file: String,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// No card knows this file.
    #[error("{file} was not recognised: {looks_like}. {advice}")]
    NotRecognised {
        /// The file.
        file: String,
        /// What it looks like.
        looks_like: String,
        /// What to do.
        advice: String,
    },
    /// The file is not what its layout says.
    #[error("{file}{}: found {found}, expected {expected}", row.map(|r| format!(", row {r}")).unwrap_or_default())]
    Malformed {
        /// The file.
        file: String,
        /// The row, where there is one.
        row: Option<u64>,
        /// What was found.
        found: String,
        /// What was expected, and what to do.
        expected: String,
    },
    /// The file changed while it was read.
    #[error("{file} changed while it was read; nothing was imported. Import it again when it is complete")]
    Changed {
        /// The file.
        file: String,
    },
    /// The mapping given with the file has a mistake.
    #[error(transparent)]
    Mapping(Box<crate::catalog::CatalogError>),
    /// The lake could not take the rows.
    #[error(transparent)]
    Lake(#[from] lysoen_facts::LakeError),
}
