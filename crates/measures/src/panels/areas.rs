//! Areas of a country × months, from events placed as in [`communities`](crate::communities).

use lysoen_facts::View;
use lysoen_lexicon::place::PlaceId;

use super::complete::Complete;
use super::countries::{EVENTS, gap_note, layers, span};
use super::events::{Where, days_of, load};
use super::{Filling, Monthly, PanelError, Provenance, Question, last_day, reason};
use crate::communities::placing::Spot;
use crate::communities::{Areas, Level, countries, in_areas};

/// Deaths in the areas of a country by month, with the areas that touch each as its neighbours where boundaries are known.
/// The places of the question are not looked at; the cells of a country are those of [`of_cells`](super::of_cells).
///
/// Areas are those of today's list. What could not be placed is left out by reason, so that the areas add up to no more than
/// the country; an area without a boundary among others that have one is absent, for it has no zero.
pub fn of_areas(view: &View, question: &Question, country: &PlaceId, level: Level) -> Result<Monthly, PanelError> {
    let question = &Question {
        places: Some(vec![country.clone()]),
        ..question.clone()
    };
    if level == Level::Grid {
        return super::of_cells(view, question);
    }
    let none = || PanelError::no_series(question);
    let source = question.source.as_deref().unwrap_or(EVENTS);
    let layers = layers(source, question).ok_or_else(none)?;
    let target = layers[0];
    let complete = Complete::of(view, source, days_of(view, source)?);
    let span = span(&complete, question).ok_or_else(none)?;
    let tolls = load(view, source, Some(&[country.to_string()]), question, Where::Area)?;
    let mut levels = Vec::new();
    for own in Level::ALL.into_iter().filter(|own| *own != Level::Grid) {
        levels.push(Areas::load(
            view,
            &countries(country),
            own,
            last_day(span.1),
            own == level,
        )?);
    }
    let spots: Vec<Spot> = tolls.iter().map(|toll| toll.spot.clone()).collect();
    let placed = in_areas(level, &levels, &spots);
    let areas = levels
        .iter()
        .find(|areas| areas.level == level && !areas.list.is_empty());
    let areas = areas.ok_or_else(|| PanelError::NoAreas {
        country: country.clone(),
        level: level.plural(),
    })?;
    let has_zero = |unit: usize| areas.list[unit].bounded || !areas.are_bounded();
    let units = areas.list.iter().map(|area| area.place.to_string()).collect();
    let mut filling = Filling::new(units, span, layers, |unit, month| {
        has_zero(unit) && complete.tells(Some(country.as_str()), month)
    });
    for (toll, placed) in tolls.iter().zip(placed) {
        let unit = match placed {
            Ok(placed) if !has_zero(placed.area) => Err(reason::NO_BOUNDARY),
            Ok(placed) => Ok(placed.area),
            Err(why) => Err(why.reason()),
        };
        filling.add(toll, unit, question.long);
    }
    if areas.are_bounded() {
        let numbers = |list: Vec<usize>| list.into_iter().filter_map(|at| u32::try_from(at).ok()).collect();
        filling
            .panel
            .set_neighbours(areas.neighbours().into_iter().map(numbers).collect());
    }
    let mut provenance = Provenance::of(view, source, None, target);
    if let Some(listed) = &areas.taken_from {
        let list = format!(
            "The areas are the {} of {} of {}.",
            listed.areas, listed.source, listed.as_of
        );
        provenance.notes.push(list);
    }
    provenance.notes.extend(gap_note(&complete, question));
    Ok(filling.finish(provenance, question.long))
}
