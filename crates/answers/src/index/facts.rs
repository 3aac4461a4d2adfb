//! Inputs of an index from the facts of the observatory.

use std::collections::BTreeMap;

use arrow::array::AsArray;
use arrow::datatypes::Date32Type;
use jiff::civil::Date;
use lysoen_facts::tables::from_days;
use lysoen_facts::{View, ViewAt, literal};
use lysoen_indices::recipe::Recipe;
use lysoen_lexicon::period::Period;
use lysoen_measures::inputs::{InputNote, Inputs as FromFacts, Places, inputs};
use lysoen_measures::latest_year;

use super::inputs::{Inputs, Origins};
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy;

/// So many years are tried where none is named.
const YEARS_TRIED: i16 = 6;

/// Takes the inputs of a recipe from the facts. Where no period is named, the newest years of its indicators are taken.
pub(super) fn read(
    observatory: &Observatory,
    at: &ViewAt,
    places: &Places,
    recipe: &Recipe,
    asked: Option<(Period, Period)>,
) -> Result<Inputs, AnswerError> {
    let view = observatory.view(at)?;
    let periods = match asked {
        Some((first, last)) => each(first, last),
        None => newest(observatory, &view, recipe)?,
    };
    if let Some(period) = periods.iter().find(|p| p.start() > observatory.today) {
        return Err(AnswerError::NotYet {
            period: period.to_string(),
            today: observatory.today,
        });
    }
    let found = inputs(
        &view,
        observatory.measures(),
        observatory.crosswalk(),
        recipe,
        &periods,
        places,
    )?;
    let mut vintages: BTreeMap<String, Date> = BTreeMap::new();
    for (source, as_of) in found.asked.iter().flat_map(|period| found.sources(*period)) {
        let newest = vintages.entry(source).or_insert(as_of);
        *newest = (*newest).max(as_of);
    }
    let note = |(source, as_of): (&String, &Date)| policy::source_note(&observatory.catalog, source, Some(*as_of));
    Ok(Inputs {
        data: found.data.clone(),
        asked: found.asked.clone(),
        notes: told(&found, &view, at, asked.is_some()),
        findings: Vec::new(),
        poverty: Vec::new(),
        sources: vintages.iter().map(note).collect(),
        origins: Origins::Facts(Box::new(found)),
    })
}

/// Every period from the first to the last, in steps of the first one's length.
fn each(first: Period, last: Period) -> Vec<Period> {
    let all = std::iter::successors(Some(first), |period| Some(period.next()).filter(|next| next > period));
    all.take_while(|period| period.end() <= last.end()).collect()
}

/// The newest years of which the facts tell any of the recipe's indicators, up to today.
fn newest(observatory: &Observatory, view: &View, recipe: &Recipe) -> Result<Vec<Period>, AnswerError> {
    let wanted = recipe.inputs();
    let conditions = wanted.iter().filter_map(|input| {
        let indicator = literal(input.node.indicator.as_ref()?);
        let source = input
            .node
            .source
            .as_ref()
            .map(|s| format!(" AND source = {}", literal(s)));
        Some(format!("(indicator = {indicator}{})", source.unwrap_or_default()))
    });
    let conditions: Vec<String> = conditions.collect();
    let today = observatory.today;
    let mut year: Option<i16> = None;
    if !conditions.is_empty() {
        let sql = format!(
            "SELECT max(\"end\") FROM observations WHERE ({}) AND \"end\" <= DATE '{today}'",
            conditions.join(" OR ")
        );
        let batches = view.collect(&sql)?;
        let days = batches
            .iter()
            .flat_map(|b| b.column(0).as_primitive::<Date32Type>().iter().flatten());
        year = days.max().map(|day| from_days(day).year());
    }
    if wanted.iter().any(|input| input.node.measure.is_some()) {
        let latest = latest_year(view, observatory.measures())?;
        year = year.max(latest.map(Period::calendar_year));
    }
    // Where there is nothing, one year is enough to say so.
    let tried = if year.is_some() { YEARS_TRIED } else { 1 };
    let last = year.unwrap_or(today.year() - 1);
    Ok((last - tried + 1..=last)
        .filter_map(|year| Period::year(year).ok())
        .collect())
}

/// What a reader must know of the whole: as of when, reconstructed, which source was chosen, what is not there. Of periods
/// that were only tried nothing is said here.
fn told(found: &FromFacts, view: &View, at: &ViewAt, all: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(day) = at.as_of {
        notes.push(format!("As it was known on {day}."));
    }
    if view.is_reconstructed() {
        notes.push(
            "Reconstructed: where no vintage was old enough, the oldest one was cut at the period's end plus the source's \
             publication lag."
                .to_string(),
        );
    }
    let said = |note: &&InputNote| all || note.period.is_none();
    let sentence = |note: &InputNote| match note.period {
        Some(period) => format!("{period}: {}", note.text),
        None => note.text.clone(),
    };
    notes.extend(found.notes.iter().filter(said).map(sentence));
    notes
}

impl Inputs {
    /// What is to be said of the inputs in one period that was chosen among several.
    pub(super) fn notes_of(&self, period: usize) -> Vec<String> {
        let (Origins::Facts(facts), Some(at)) = (&self.origins, self.data.periods()[period]) else {
            return Vec::new();
        };
        facts
            .notes
            .iter()
            .filter(|note| note.period == Some(at))
            .map(|note| note.text.clone())
            .collect()
    }
}
