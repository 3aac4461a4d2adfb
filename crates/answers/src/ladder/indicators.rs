//! Whether the events came of which warnings in the log tell, by the facts, and how many were answered before.

use std::collections::BTreeMap;

use jiff::civil::Date;
use lysoen_facts::ViewAt;
use lysoen_ladder::log::{Chain, EventSeen, Indicators, Record};
use lysoen_ladder::trigger::EventSpec;
use lysoen_lexicon::panel::Month;
use lysoen_measures::panels::last_day;

use super::catalog::LadderCatalog;
use super::monthly::{Asked, Series, series};
use super::quantities::{violence, vocabulary};
use crate::error::AnswerError;
use crate::observatory::Observatory;

/// The indicators of a log today. An event is dated to the first day of the month in which it came, which is the strict choice:
/// an answer within that month is not before it.
pub fn indicators(observatory: &Observatory, at: &ViewAt, chain: &Chain) -> Result<Indicators, AnswerError> {
    let catalog = LadderCatalog::of(observatory, &vocabulary(observatory.measures()))?;
    let mut read: BTreeMap<String, Option<Series>> = BTreeMap::new();
    for event in catalog
        .triggers
        .iter()
        .filter_map(|trigger| trigger.spec.event.as_ref())
    {
        if let Some(violence) = violence(&event.measure).filter(|_| !read.contains_key(&event.measure)) {
            let series = series(observatory, at, violence, Asked::default()).ok();
            read.insert(event.measure.clone(), series);
        }
    }
    let event = |record: &Record| -> Option<EventSeen> {
        let trigger = catalog
            .triggers
            .iter()
            .find(|trigger| Some(&trigger.spec.id) == record.trigger.as_ref())?;
        let event = trigger.spec.event.as_ref()?;
        let series = read.get(&event.measure)?.as_ref()?;
        seen(series, record, event, observatory.today)
    };
    Ok(chain.indicators(observatory.today, &|record| event(record).unwrap_or(EventSeen::Unknown)))
}

/// Whether the event of a warning came after it and within its window; none where the data do not tell.
fn seen(series: &Series, record: &Record, event: &EventSpec, today: Date) -> Option<EventSeen> {
    let unit = series
        .panel
        .units()
        .iter()
        .position(|unit| *unit == record.place.to_string())?;
    let (_, until) = record.window?;
    let month = |day: Date| Month::of(day.year(), day.month().unsigned_abs());
    let (first, last) = (month(record.day()).plus(1), month(until));
    let mut told = true;
    for month in (0..=last.since(first)).map(|step| first.plus(step)) {
        match series.panel.get(unit, month) {
            Some(deaths) if deaths >= event.at_least => {
                return month.period().map(|period| EventSeen::On(period.start()));
            }
            Some(_) => {}
            None => told = false,
        }
    }
    match (told, today > until && last_day(last) <= today) {
        (true, true) => Some(EventSeen::NotByEnd),
        (_, false) => Some(EventSeen::NotYet),
        (false, true) => Some(EventSeen::Unknown),
    }
}
