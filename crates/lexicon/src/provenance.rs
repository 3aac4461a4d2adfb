//! Provenance: where a figure comes from.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The way back from a figure to its source.
///
/// Ordered by source, then vintage, then the rest.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Provenance {
    /// The id of the source card, such as `ucdp-ged`.
    pub source: String,
    /// The vintage: the day on which the source said so.
    pub as_of: Date,
    /// The licence, as the source writes it; `None` where it is not known.
    pub licence: Option<String>,
    /// The release, such as `25.1`.
    pub release: Option<String>,
    /// What else a reader must know, such as "reconstructed".
    pub note: Option<String>,
}

impl Provenance {
    /// The provenance of a source at a vintage.
    pub fn new(source: impl Into<String>, as_of: Date) -> Self {
        Self {
            source: source.into(),
            as_of,
            licence: None,
            release: None,
            note: None,
        }
    }
}

impl fmt::Display for Provenance {
    /// One line for a citation: `ucdp-ged 25.1, as of 2025-06-01 (CC BY 4.0); note`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        if let Some(release) = &self.release {
            write!(f, " {release}")?;
        }
        write!(f, ", as of {}", self.as_of)?;
        match &self.licence {
            Some(licence) => write!(f, " ({licence})")?,
            None => f.write_str(" (licence not known)")?,
        }
        if let Some(note) = &self.note {
            write!(f, "; {note}")?;
        }
        Ok(())
    }
}
