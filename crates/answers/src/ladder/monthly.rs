//! Deaths by month as they were known on a day.

use jiff::civil::Date;
use lysoen_facts::ViewAt;
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_measures::panels::{LongSpans, Violence, known_from, last_day};

use crate::error::AnswerError;
use crate::forecast::series::{FactsSeries, Histories, SeriesOf, Units};
use crate::observatory::Observatory;
use crate::sheet::SourceNote;

/// The day for which something is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The day; now where none.
    pub day: Option<Date>,
    /// Where no vintage is as old, cut the oldest one at the day less the publication lag.
    pub reconstruct: bool,
}

/// Deaths by month up to the last month that was known.
#[derive(Clone, Debug)]
pub struct Series {
    /// Countries × months, which end with the last one known.
    pub panel: Panel,
    /// The source, with the vintage that was read.
    pub source: SourceNote,
    /// Days from the end of a month until its data can be had, by the source's card.
    pub lag_days: u32,
    /// Whether a later vintage was cut.
    pub reconstructed: bool,
}

impl Series {
    /// The last month known.
    pub fn origin(&self) -> Month {
        self.panel.last()
    }
}

/// The series of an observatory in a view.
pub fn facts<'o>(observatory: &'o Observatory, at: &ViewAt, violence: Violence) -> FactsSeries<'o> {
    FactsSeries {
        observatory,
        at: at.clone(),
        units: Units::Countries,
        violence: Some(violence),
        source: None,
        places: None,
        long: LongSpans::default(),
    }
}

/// Reads the deaths of a type as they were known on the day that is asked for.
pub fn series(observatory: &Observatory, at: &ViewAt, violence: Violence, asked: Asked) -> Result<Series, AnswerError> {
    let on = |as_of: Option<Date>| {
        Histories::of(&SeriesOf::Facts(facts(
            observatory,
            &ViewAt { as_of, ..at.clone() },
            violence,
        )))
    };
    let Some(day) = asked.day else {
        return told(observatory, at, &on(None)?, None);
    };
    // A vintage that was published by the day.
    if let Ok(histories) = on(Some(day)) {
        return told(observatory, at, &histories, None);
    }
    let now = on(None)?;
    let view = observatory.view(at)?;
    let source = source_of(&now)?;
    let had = |month: Month| known_from(&view, &source.id, month).is_some_and(|from| from <= day);
    let origin = (0..now.actuals.months() as i32)
        .map(|back| now.latest().plus(-back))
        .find(|month| had(*month));
    let vintage = now.about.vintages.first().copied();
    match (origin, asked.reconstruct) {
        (Some(origin), true) => told(observatory, at, &now, Some(origin)),
        (None, true) => Err(AnswerError::BeforeAll {
            day,
            source_card: source.id,
        }),
        (_, false) => Err(AnswerError::NoVintage {
            day,
            source_card: source.id,
            vintage,
        }),
    }
}

fn source_of(histories: &Histories<'_>) -> Result<SourceNote, AnswerError> {
    let source = histories.about.sources.first().cloned();
    source.ok_or_else(|| AnswerError::Kept("a series without a source".to_string()))
}

fn told(
    observatory: &Observatory,
    at: &ViewAt,
    histories: &Histories<'_>,
    cut: Option<Month>,
) -> Result<Series, AnswerError> {
    let source = source_of(histories)?;
    let panel = match cut {
        None => histories.now(),
        Some(origin) => histories.known(origin)?.panel,
    };
    let view = observatory.view(at)?;
    let lag = known_from(&view, &source.id, panel.last()).map(|day| (day - last_day(panel.last())).get_days());
    Ok(Series {
        lag_days: lag.and_then(|days| u32::try_from(days).ok()).unwrap_or(0),
        reconstructed: cut.is_some(),
        panel,
        source,
    })
}
