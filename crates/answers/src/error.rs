//! Why a question has no answer.

use lysoen_facts::LakeError;

/// Why a question could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The lake could not be read.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// The catalog has a mistake.
    #[error(transparent)]
    Catalog(#[from] lysoen_sources::catalog::CatalogError),
    /// The observatory's own measures have a mistake.
    #[error("{file} has a mistake: {why}")]
    Series {
        /// The file.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// Nothing is in the lake yet.
    #[error(
        "no deaths in organised violence have been imported, so there is no latest year; import UCDP's data, or name a year with --period"
    )]
    NoPeriod,
    /// Something is in the lake, but nothing that had been said by the day.
    #[error(
        "no vintage here of deaths in organised violence had been published by {day}; --reconstruct cuts the oldest one to what was known then, or name a year with --period"
    )]
    NothingSaid {
        /// The day.
        day: jiff::civil::Date,
    },
    /// The period has not begun.
    #[error("{period} has not begun: today is {today}")]
    NotYet {
        /// The period.
        period: String,
        /// Today.
        today: jiff::civil::Date,
    },
    /// A place that is asked for is not known.
    #[error("{0}")]
    Place(String),
    /// A measure that is asked for does not exist.
    #[error("there is no measure {measure}{}; `lysoen assess --format csv` lists them all", nearest.as_ref().map_or_else(String::new, |n| format!(", did you mean {n}?")))]
    Measure {
        /// What was asked for.
        measure: String,
        /// The nearest measure there is.
        nearest: Option<String>,
    },
    /// Nothing is known about the place in the period.
    #[error("nothing is known about {place} in {period}")]
    NoFigures {
        /// The place.
        place: String,
        /// The period.
        period: String,
    },
    /// No source lists areas of a level of a country.
    #[error("{0}")]
    NoAreas(String),
    /// No events of a country are known.
    #[error("no events of {source_card} in {place} are known{when}; {advice}")]
    NoEvents {
        /// The source's card.
        source_card: String,
        /// The country.
        place: String,
        /// When, where a span was named.
        when: String,
        /// What to do.
        advice: String,
    },
    /// A source that is asked for has no card.
    #[error("there is no source {0}; `lysoen sources` lists them all")]
    Source(String),
}
