//! An observatory: its lake, its catalog and the day on which it is asked.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use lysoen_facts::{Batches, Lake, View, ViewAt};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::Measures;
use lysoen_sources::catalog::Catalog;

use crate::error::AnswerError;
use crate::policy;

/// One organisation's facts and catalog.
#[derive(Debug)]
pub struct Observatory {
    /// Its facts.
    pub lake: Lake,
    /// Its sources: the built-in cards, and its own.
    pub catalog: Catalog,
    /// Today, as the caller says.
    pub today: Date,
    measures: Cow<'static, Measures>,
}

impl Observatory {
    /// Opens the observatory at a folder or an object store's address.
    pub fn open(location: &str, today: Date) -> Result<Observatory, AnswerError> {
        let lake = Lake::open(location)?;
        let folder = PathBuf::from(lake.location()).join("catalog");
        let catalog = Catalog::with_overrides(folder.is_dir().then_some(folder.as_path()))?;
        let measures = own_measures(&folder)?;
        Ok(Observatory {
            lake,
            catalog,
            today,
            measures,
        })
    }

    /// Its own `catalog` folder, where it has one.
    pub fn own_catalog(&self) -> Option<PathBuf> {
        Some(PathBuf::from(self.lake.location()).join("catalog")).filter(|folder| folder.is_dir())
    }

    /// The measures: the built-in ones, or those of the observatory's own `catalog/series.toml`.
    pub fn measures(&self) -> &Measures {
        &self.measures
    }

    /// The places' names and codes.
    pub fn crosswalk(&self) -> &'static Crosswalk {
        Crosswalk::builtin()
    }

    /// The facts as they are told to be seen.
    pub fn view(&self, at: &ViewAt) -> Result<View, AnswerError> {
        Ok(self.lake.view(at)?)
    }

    /// A place from a code or a name as a person types it.
    pub fn place(&self, typed: &str) -> Result<PlaceId, AnswerError> {
        let typed = typed.trim();
        if let Ok(place) = typed.to_uppercase().parse::<PlaceId>()
            && self.crosswalk().name(&place).is_some()
        {
            return Ok(place);
        }
        match self.crosswalk().resolve(CodeSystem::Any, typed, Some(self.today)) {
            Ok(Resolved::Place(place)) => Ok(place),
            Ok(Resolved::Aggregate(name)) => Err(AnswerError::Place(format!(
                "{name} is a group of countries; figures are told for countries, for ISR+PSE and for the world (WLD)"
            ))),
            Ok(Resolved::Unknown) => Err(AnswerError::Place(format!(
                "{typed} is no place but a code for the unknown"
            ))),
            Err(unresolved) => Err(AnswerError::Place(unresolved.to_string())),
        }
    }

    /// The name of a place.
    pub fn name(&self, place: &PlaceId) -> String {
        self.crosswalk().name(place).unwrap_or(place.as_str()).to_string()
    }

    /// The sources in the lake whose rows may not leave.
    pub fn kept_back(&self) -> Vec<String> {
        let sources = self.lake.sources().into_iter();
        sources
            .filter(|s| !policy::rows_may_leave(&self.catalog, s))
            .map(str::to_string)
            .collect()
    }

    /// Answers an SQL query over the tables of the lake, batch by batch.
    pub fn query(&self, at: &ViewAt, sql: &str) -> Result<Batches, AnswerError> {
        Ok(self.lake.view(at)?.query(sql)?)
    }
}

/// The measures of `series.toml` in an observatory's catalog folder, or the built-in ones where it has none.
pub fn own_measures(folder: &Path) -> Result<Cow<'static, Measures>, AnswerError> {
    let file = folder.join("series.toml");
    if !file.is_file() {
        return Ok(Cow::Borrowed(Measures::builtin()));
    }
    let wrong = |why: String| AnswerError::Series {
        file: file.display().to_string(),
        why,
    };
    let text = std::fs::read_to_string(&file).map_err(|e| wrong(e.to_string()))?;
    let measures = Measures::parse(&text).map_err(|e| wrong(e.to_string()))?;
    match measures.problems().first() {
        Some(problem) => Err(wrong(problem.clone())),
        None => Ok(Cow::Owned(measures)),
    }
}
