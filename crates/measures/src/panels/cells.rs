//! PRIO-GRID cells × months, from events.
//!
//! The units are the cells in which an event is placed and the eight around each: the ring in which harm may spread next.
//! No list of the cells that have land is needed for that; a cell far from every event is in no panel, and its deaths are
//! zero as far as the source knows. An event is placed no more finely than in [`communities`](crate::communities): those
//! known to more than a cell are left out by reason.

use std::collections::{BTreeMap, BTreeSet};

use lysoen_facts::View;
use lysoen_lexicon::place::PlaceId;
use lysoen_lexicon::priogrid::PrioGrid;

use super::complete::Complete;
use super::countries::{EVENTS, gap_note, layers, span};
use super::events::{Toll, Where, days_of, load};
use super::{Filling, Monthly, PanelError, Provenance, Question, reason};
use crate::communities::placing;

/// Deaths in cells by month, with the eight cells around each as its neighbours, as far as they are in the panel.
///
/// The panel has the target alone: a world of cells is large. A month is zero in a cell where a release is complete for the
/// countries of the events in the cell; around them, for those of the cells next to it.
pub fn of_cells(view: &View, question: &Question) -> Result<Monthly, PanelError> {
    let none = || PanelError::no_series(question);
    let source = question.source.as_deref().unwrap_or(EVENTS);
    let target = layers(source, question).ok_or_else(none)?[0];
    let complete = Complete::of(view, source, days_of(view, source)?);
    let span = span(&complete, question).ok_or_else(none)?;
    let asked: Option<Vec<String>> = question
        .places
        .as_ref()
        .map(|p| p.iter().map(ToString::to_string).collect());
    let tolls = load(view, source, asked.as_deref(), question, Where::Cell)?;
    let placed: Vec<Result<PrioGrid, &'static str>> = cells(&tolls);
    let countries = told_by(&tolls, &placed);
    let cells: Vec<PrioGrid> = countries.keys().copied().collect();
    let units = cells.iter().map(|cell| PlaceId::cell(*cell).to_string()).collect();
    let is_complete = |unit: usize, month| {
        let told_by = &countries[&cells[unit]];
        let is_told = |country: &&str| complete.tells(Some(country), month);
        complete.tells(None, month) || (!told_by.is_empty() && told_by.iter().all(is_told))
    };
    let mut filling = Filling::new(units, span, vec![target], is_complete);
    for (toll, placed) in tolls.iter().zip(placed) {
        let unit = placed.and_then(|cell| cells.binary_search(&cell).map_err(|_| reason::NOT_COMPLETE));
        filling.add(toll, unit, question.long);
    }
    let around = |cell: &PrioGrid| {
        let numbers = cell
            .neighbours()
            .into_iter()
            .filter_map(|n| cells.binary_search(&n).ok());
        numbers.filter_map(|at| u32::try_from(at).ok()).collect()
    };
    filling.panel.set_neighbours(cells.iter().map(around).collect());
    let mut provenance = Provenance::of(view, source, None, target);
    provenance
        .notes
        .push("The cells are those with an event and the eight around each.".to_string());
    provenance.notes.extend(gap_note(&complete, question));
    Ok(filling.finish(provenance, question.long))
}

/// The cell of each place, or why it has none. The source's own number is taken where the place is known to a cell.
fn cells(tolls: &[Toll]) -> Vec<Result<PrioGrid, &'static str>> {
    let given = |toll: &Toll| PrioGrid::new(u32::try_from(toll.priogrid?).ok()?).ok();
    let cell = |toll: &Toll| match (placing::cell(&toll.spot), given(toll)) {
        (Ok(_), Some(given)) => Ok(given),
        (Err(placing::Unplaced::NoPoint), Some(given)) if toll.spot.precision == Some(1) => Ok(given),
        (Ok((cell, _)), None) => Ok(cell),
        (Err(why), _) => Err(why.reason()),
    };
    tolls.iter().map(cell).collect()
}

/// The cells of the panel, each with the countries whose events say for which months it is told.
fn told_by<'t>(tolls: &'t [Toll], placed: &[Result<PrioGrid, &'static str>]) -> BTreeMap<PrioGrid, BTreeSet<&'t str>> {
    let mut countries: BTreeMap<PrioGrid, BTreeSet<&str>> = BTreeMap::new();
    for (toll, cell) in tolls.iter().zip(placed) {
        if let Ok(cell) = cell {
            countries.entry(*cell).or_default().extend(toll.country.as_deref());
        }
    }
    let mut around: BTreeMap<PrioGrid, BTreeSet<&str>> = BTreeMap::new();
    for (cell, own) in &countries {
        for beside in cell.neighbours().into_iter().filter(|n| !countries.contains_key(n)) {
            around.entry(beside).or_default().extend(own);
        }
    }
    countries.extend(around);
    countries
}
