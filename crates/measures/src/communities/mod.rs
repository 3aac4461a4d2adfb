//! A country seen from its communities: events placed in its areas, deaths and rates of each area with intervals, what
//! else is known of the areas, and what could not be placed.
//!
//! The way goes through the rooms of this module: the [`Areas`] of a level come from the `places` table, the events from
//! `events`; [`placing`] says where each event lies, or why that is not known; [`names`] brings spellings together;
//! the people of each area divide its deaths; [`rates`](crate::rates) gives intervals. Placed and unplaced events add up
//! to the country's own total, always.

mod areas;
mod events;
mod level;
pub mod names;
mod national;
mod observed;
mod people;
pub mod placing;
mod spread;

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::AsArray;
use arrow::datatypes::Date32Type;
use jiff::civil::{Date, date};
use lysoen_facts::tables::from_days;
use lysoen_facts::{LakeError, View, literal};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::place::{PlaceId, PlaceKind};

pub use areas::{Area, Areas, ListedBy};
pub use events::{Deaths, Event};
pub use level::{Level, NotASpan, Span};
pub use national::National;
pub use people::{List, People};
pub use spread::Spread;

use crate::catalog::Measures;
use crate::figure::{Coverage, Figure, Formula, Term};
use crate::rates::{Rate, Toll, compound_rate, empirical_bayes, spatial_empirical_bayes};
pub(crate) use observed::Atlas;
use observed::{NOT_TOLD, Observed};
use placing::{Placed, Placing, Spot, Unplaced, place_all};

/// The level of the intervals of rates.
pub const CONFIDENCE: f64 = 0.95;

/// An area takes no part in the spread and in smoothing where more than this share of the deaths known in the area around
/// it, or of the country's, are in none of its parts.
pub const UNPLACED_SHARE: f64 = 0.1;

/// What is asked: a country, a level, a span of time, and the source of events.
#[derive(Clone, Debug)]
pub struct Question {
    /// The country, or a joint place.
    pub country: PlaceId,
    /// The level.
    pub level: Level,
    /// The span of time; events count by their last day.
    pub span: Span,
    /// The card of the source of events, such as `ucdp-ged`.
    pub source: String,
}

/// Why a country cannot be seen from its communities.
#[derive(Debug, thiserror::Error)]
pub enum CommunitiesError {
    /// The lake could not be read.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// No source lists areas of the level.
    #[error("no {} of {country} are known", level.plural())]
    NoAreas {
        /// The country.
        country: PlaceId,
        /// The level.
        level: Level,
    },
    /// No release covers the country and the span, and no event is in the lake.
    #[error("no events of {source_card} in {country} are known for {span}")]
    NoEvents {
        /// The source's card.
        source_card: String,
        /// The country.
        country: PlaceId,
        /// The span.
        span: Span,
    },
}

/// Events and their deaths, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of events.
    pub events: u64,
    /// Their deaths.
    pub deaths: Deaths,
}

impl Tally {
    fn add(&mut self, event: &Event) {
        self.events += 1;
        self.deaths += event.deaths;
    }
}

/// A country seen from its communities.
#[derive(Debug)]
pub struct Communities {
    /// What was asked.
    pub question: Question,
    /// The areas, those with the most people killed first.
    pub areas: Vec<Community>,
    /// The events that are in no area, each with the reason, in the order of their last days.
    pub unplaced: Vec<(Event, Unplaced)>,
    /// All events of the country in the span.
    pub total: Tally,
    /// Those that are placed.
    pub placed: Tally,
    /// The placed ones by how their area was found.
    pub by: BTreeMap<&'static str, Tally>,
    /// Those of the placed ones that may lie in another area, by why.
    pub doubts: BTreeMap<&'static str, Tally>,
    /// The unplaced ones by reason.
    pub reasons: BTreeMap<&'static str, Tally>,
    /// Deaths of all events by the calendar year in which they ended.
    pub years: BTreeMap<i16, i64>,
    /// The country's deaths by the source's other series.
    pub national: Vec<National>,
    /// How unequal the areas are: in their rates where these are known, else in their deaths.
    pub spread: Option<Spread>,
    /// Whether the spread is that of rates.
    pub spread_of_rates: bool,
    /// Whether a release says that it is complete for the country and the span.
    pub covered: bool,
    /// Where the areas come from; none for the grid.
    pub listed: Option<ListedBy>,
    /// Other sources that list areas of the level.
    pub also_listed: Vec<ListedBy>,
    /// P-codes, with names, that only other sources list.
    pub beyond: Vec<(String, String)>,
    /// P-codes whose boundary could not be read.
    pub broken: Vec<String>,
    /// Areas without a boundary, by name and P-code, where others of the level have one: events are placed there by name.
    pub unbounded: Vec<String>,
    /// Where the population comes from; none where no list has any of the areas.
    pub people: Option<List>,
    /// Codes of that list which are those of no area, with their people.
    pub people_unmatched: Vec<(String, f64)>,
    /// Names under which other sources tell figures and which are those of no area: source and name.
    pub unmatched: Vec<(String, String)>,
    /// The other measures that some area has: id and title, in the order of the catalog.
    pub others: Vec<(String, String)>,
}

/// An area and what is known of it.
#[derive(Clone, Debug)]
pub struct Community {
    /// The area's P-code, or its cell.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// The areas in which it lies, the nearest first: code and name. For an area of the first order, and a cell, none.
    pub around: Vec<(String, String)>,
    /// The events placed in it.
    pub tally: Tally,
    /// Those of them that may lie in another area.
    pub doubtful: Tally,
    /// Deaths, all and by type of violence, and the other measures that some area has.
    pub figures: Vec<Figure>,
    /// The unplaced events that are known to lie in an area around it: any of them may lie in this one.
    pub unplaced_around: Tally,
    /// Why it takes no part in the spread and in smoothing; none where it does.
    pub apart: Option<String>,
    /// Its people.
    pub people: Option<f64>,
    /// Deaths per 100,000 person-years with a compound-Poisson interval.
    pub rate: Rate,
    /// The same drawn towards the rate of all areas (Marshall 1991).
    pub smoothed: Rate,
    /// The same drawn towards the rate of the neighbours; none where boundaries are lacking.
    pub smoothed_locally: Option<Rate>,
}

impl Community {
    /// A figure by the id of its measure.
    pub fn figure(&self, measure: &str) -> Option<&Figure> {
        self.figures.iter().find(|f| f.measure == measure)
    }
}

/// Looks at a country from its communities.
pub fn communities(
    view: &View,
    measures: &Measures,
    crosswalk: &Crosswalk,
    question: Question,
) -> Result<Communities, CommunitiesError> {
    let countries = countries(&question.country);
    let ever = events::load(view, &question.source, question.country.as_str())?;
    let in_span = |e: &Event| question.span.start() <= e.end && e.end <= question.span.end();
    let events: Vec<Event> = ever.iter().filter(|e| in_span(e)).cloned().collect();
    let covered = covers(view, &question);
    if events.is_empty() && !covered {
        return Err(CommunitiesError::NoEvents {
            source_card: question.source.clone(),
            country: question.country.clone(),
            span: question.span,
        });
    }
    let mut levels = Vec::new();
    for level in Level::ALL.into_iter().filter(|_| question.level != Level::Grid) {
        // Names of every level tell at which one a figure is; boundaries are needed of the one that is asked for.
        levels.push(Areas::load(
            view,
            &countries,
            level,
            question.span.end(),
            level == question.level,
        )?);
    }
    let spots: Vec<Spot> = events.iter().map(|e| e.spot.clone()).collect();
    let (placements, largest) = if question.level == Level::Grid {
        let (cells, placements) = in_cells(&question, &spots);
        levels.push(cells);
        (placements, largest(&ever, |e| placing::cell(&e.spot).is_ok()))
    } else {
        let spots_ever: Vec<Spot> = ever.iter().map(|e| e.spot.clone()).collect();
        let placed_ever = in_areas(question.level, &levels, &spots_ever);
        let mut placed = placed_ever.iter();
        let largest = largest(&ever, |_| placed.next().is_some_and(Result::is_ok));
        let in_span = ever.iter().zip(placed_ever).filter(|(e, _)| in_span(e));
        (in_span.map(|(_, placement)| placement).collect(), largest)
    };
    let levels: Vec<&Areas> = levels
        .iter()
        .filter(|l| !l.list.is_empty() || l.level == Level::Grid)
        .collect();
    let Some(areas) = levels.iter().copied().find(|l| l.level == question.level) else {
        return Err(CommunitiesError::NoAreas {
            country: question.country,
            level: question.level,
        });
    };
    let known: BTreeSet<String> = levels
        .iter()
        .flat_map(|l| &l.list)
        .map(|a| a.place.to_string())
        .collect();
    let people = People::load(view, &countries, areas, &known, question.span)?;
    let atlas = Atlas { areas, levels: &levels };
    let observed = Observed::load(view, measures, crosswalk, &countries, question.span.to, &atlas, &people)?;
    let killed = measures
        .get("killed")
        .filter(|m| m.from.iter().any(|f| f.events.is_some() && f.source == question.source));
    let national = match killed {
        Some(measure) => national::load(view, measure, question.country.as_str(), question.span)?,
        None => Vec::new(),
    };
    let counted = Counted::of(&events, &placements, areas.list.len(), largest);
    let around = Around::of(&events, &placements, areas, &levels);
    let others = observed::told(measures, &observed.of);
    let others: Vec<(String, String)> = others
        .iter()
        .map(|m| (m.id.clone(), m.title.trim().to_string()))
        .collect();
    let seen = Seen {
        question: &question,
        events: &events,
        areas,
        levels: &levels,
        people: &people,
        counted: &counted,
        around: &around,
        covered,
        none_recorded: killed
            .and_then(|m| m.none_recorded.as_deref())
            .unwrap_or("none recorded"),
    };
    let communities = seen.communities(observed.of, &others);
    let (spread, spread_of_rates) = spread_between(&communities);
    let unplaced = events
        .iter()
        .zip(placements)
        .filter_map(|(e, p)| Some((e.clone(), p.err()?)));
    Ok(Communities {
        unplaced: unplaced.collect(),
        areas: communities,
        total: counted.total,
        placed: counted.placed,
        by: counted.by,
        doubts: counted.doubts,
        reasons: counted.reasons,
        years: counted.years,
        national,
        spread,
        spread_of_rates,
        covered,
        listed: areas.taken_from.clone(),
        also_listed: areas.others.clone(),
        beyond: areas.beyond.clone(),
        broken: areas.broken.clone(),
        unbounded: areas.unbounded_among_bounded(),
        people: people.list,
        people_unmatched: people.unmatched,
        unmatched: observed.unmatched,
        others,
        question,
    })
}

/// The codes under which the areas of a place stand: its own, and those of its parts where it is joint.
pub(crate) fn countries(place: &PlaceId) -> Vec<String> {
    match place.kind() {
        PlaceKind::Joint => place.parts().iter().chain([place]).map(ToString::to_string).collect(),
        _ => vec![place.to_string()],
    }
}

/// Whether a release of events says that it is complete for the country and the span.
fn covers(view: &View, question: &Question) -> bool {
    let country = question.country.to_string();
    view.releases().iter().any(|seen| {
        let scope = &seen.release.scope;
        let to = match (scope.to, seen.reconstructed_to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        seen.release.source == question.source
            && !scope.partial
            && scope.places.as_ref().is_none_or(|places| places.contains(&country))
            && scope.from.is_none_or(|from| from <= question.span.start())
            && to.is_none_or(|to| question.span.end() <= to)
    })
}

/// The deaths of the deadliest event that is dated to a month or less and is placed, of all that is known of the country: a
/// longer one is a sum of many, and a quiet year says nothing of what one event could do.
fn largest(ever: &[Event], mut is_placed: impl FnMut(&Event) -> bool) -> u64 {
    const A_MONTH: i32 = 31;
    let placed = ever.iter().filter(|e| is_placed(e));
    let short = placed.filter(|e| e.end.since(e.start).is_ok_and(|long| long.get_days() < A_MONTH));
    short.map(|e| e.deaths.best.unsigned_abs()).max().unwrap_or(0)
}

/// What was found for each event.
pub(crate) type Placements = Vec<Result<Placed, Unplaced>>;

/// The area of each event at a level.
pub(crate) fn in_areas(level: Level, levels: &[Areas], spots: &[Spot]) -> Placements {
    let mut above: Vec<&Areas> = levels.iter().filter(|l| l.level < level).collect();
    above.reverse();
    let Some(areas) = levels.iter().find(|l| l.level == level) else {
        return Vec::new();
    };
    let placing = Placing::new(areas, &above);
    place_all(spots, |spot| placing.place(spot))
}

/// The cells in which something happened, and the cell of each event.
fn in_cells(question: &Question, spots: &[Spot]) -> (Areas, Placements) {
    let found: Vec<_> = spots.iter().map(placing::cell).collect();
    let cells: BTreeSet<_> = found.iter().flatten().map(|(cell, _)| *cell).collect();
    let list = cells.iter().map(|cell| Area::cell(*cell, question.country.as_str()));
    let areas = Areas::unbounded(Level::Grid, list.collect());
    let placements = found.into_iter().map(|found| {
        let (cell, doubt) = found?;
        let area = areas.position(PlaceId::cell(cell).as_str()).ok_or(Unplaced::NoPoint)?;
        Ok(Placed {
            area,
            by: placing::By::Point,
            doubt,
        })
    });
    let placements = placements.collect();
    (areas, placements)
}

/// Events counted by area, by how they were placed, and by why they were not.
#[derive(Debug, Default)]
struct Counted {
    total: Tally,
    placed: Tally,
    by: BTreeMap<&'static str, Tally>,
    doubts: BTreeMap<&'static str, Tally>,
    reasons: BTreeMap<&'static str, Tally>,
    years: BTreeMap<i16, i64>,
    of_area: Vec<OfArea>,
    /// The deadliest placed event of a month or less in all that is known of the country.
    largest: u64,
    violence: BTreeSet<String>,
}

/// The events of one area.
#[derive(Clone, Debug, Default)]
struct OfArea {
    tally: Tally,
    doubtful: Tally,
    /// The numbers of its events in the list of all.
    events: Vec<usize>,
}

impl Counted {
    fn of(events: &[Event], placements: &Placements, areas: usize, largest: u64) -> Counted {
        let mut counted = Counted {
            largest,
            of_area: vec![OfArea::default(); areas],
            ..Counted::default()
        };
        for (at, (event, placement)) in events.iter().zip(placements).enumerate() {
            counted.total.add(event);
            *counted.years.entry(event.end.year()).or_default() += event.deaths.best;
            counted.violence.insert(event.violence.clone());
            match placement {
                Err(why) => counted.reasons.entry(why.reason()).or_default().add(event),
                Ok(placed) => {
                    counted.placed.add(event);
                    counted.by.entry(placed.by.as_str()).or_default().add(event);
                    let area = &mut counted.of_area[placed.area];
                    area.tally.add(event);
                    area.events.push(at);
                    if let Some(doubt) = placed.doubt {
                        counted.doubts.entry(doubt.as_str()).or_default().add(event);
                        area.doubtful.add(event);
                    }
                }
            }
        }
        counted
    }
}

/// What is known of unplaced events: the area of a coarser level in which they lie.
#[derive(Debug, Default)]
struct Around {
    /// Events known to lie in an area of a coarser level and in no area of the level, by the coarser area's P-code.
    unplaced: BTreeMap<String, Tally>,
    /// Events known to lie in such an area, whether they are placed or not.
    known: BTreeMap<String, Tally>,
    /// Unplaced events of which not even that is known.
    nowhere: Tally,
}

impl Around {
    fn of(events: &[Event], placements: &Placements, areas: &Areas, levels: &[&Areas]) -> Around {
        let mut above: Vec<&Areas> = levels.iter().copied().filter(|l| l.level < areas.level).collect();
        above.reverse();
        let find = |place: &str| above.iter().find_map(|l| Some(&l.list[l.position(place)?]));
        let mut around = Around::default();
        for (event, placement) in events.iter().zip(placements) {
            let parent = match placement {
                Ok(placed) => areas.list[placed.area].parent.clone(),
                Err(why) => Around::parent(event, why, areas, &above),
            };
            let first = parent.as_deref().and_then(find);
            let chain = std::iter::successors(first, |area| find(area.parent.as_deref()?));
            for area in chain.take(Level::ALL.len()) {
                around.known.entry(area.place.to_string()).or_default().add(event);
            }
            match (placement, first) {
                (Ok(_), _) => {}
                (Err(_), Some(area)) => around.unplaced.entry(area.place.to_string()).or_default().add(event),
                (Err(_), None) => around.nowhere.add(event),
            }
        }
        around
    }

    /// The area of a coarser level in which an unplaced event lies: that of its point where this stands for the place, else
    /// the one that the source names, the nearest level first.
    fn parent(event: &Event, why: &Unplaced, areas: &Areas, above: &[&Areas]) -> Option<String> {
        if let (Unplaced::Town { .. } | Unplaced::Nearby { .. }, Some((latitude, longitude))) = (why, event.spot.point)
        {
            return areas.list[areas.at(longitude, latitude)?].parent.clone();
        }
        let by_name = |(steps, level): (usize, &&Areas)| {
            let spot = Spot {
                point: None,
                ..event.spot.clone()
            };
            let placed = Placing::new(level, &above[steps + 1..]).place(&spot).ok()?;
            Some(level.list[placed.area].place.to_string())
        };
        above.iter().enumerate().find_map(by_name)
    }
}

/// Everything that the figures of an area are made of.
struct Seen<'a> {
    question: &'a Question,
    events: &'a [Event],
    areas: &'a Areas,
    levels: &'a [&'a Areas],
    people: &'a People,
    counted: &'a Counted,
    around: &'a Around,
    covered: bool,
    none_recorded: &'a str,
}

impl Seen<'_> {
    /// The areas with their figures, those with the most people killed first.
    fn communities(&self, observed: Vec<Vec<Figure>>, others: &[(String, String)]) -> Vec<Community> {
        let person_years = |at: usize| self.people_of(at).map(|people| people * self.question.span.years());
        let deaths = |at: usize| self.counted.of_area[at].tally.deaths.best.unsigned_abs();
        let apart: Vec<Option<String>> = (0..self.areas.list.len()).map(|at| self.apart(at)).collect();
        let tolls: Vec<Toll> = (0..self.areas.list.len())
            .map(|at| Toll {
                deaths: deaths(at),
                person_years: person_years(at).filter(|_| apart[at].is_none()),
            })
            .collect();
        let smoothed = empirical_bayes(&tolls, CONFIDENCE);
        let local = self.areas.are_bounded().then(|| {
            // The neighbours are of these areas, so that no list is missing and none names another.
            spatial_empirical_bayes(&tolls, &self.areas.neighbours(), CONFIDENCE).unwrap_or_default()
        });
        let mut list: Vec<Community> = Vec::with_capacity(tolls.len());
        let drawn = |at: usize, rate: Rate| apart[at].clone().map_or(rate, Rate::absent);
        for (at, (smoothed, observed)) in smoothed.into_iter().zip(observed).enumerate() {
            let own = &self.counted.of_area[at];
            let of_events: Vec<u64> = own
                .events
                .iter()
                .map(|e| self.events[*e].deaths.best.unsigned_abs())
                .collect();
            let rate = match &apart[at] {
                // Nothing is placed here, and much may have happened: that is no rate of zero.
                Some(why) if of_events.is_empty() => Rate::absent(why.clone()),
                _ => compound_rate(&of_events, self.counted.largest, person_years(at), CONFIDENCE),
            };
            let area = &self.areas.list[at];
            list.push(Community {
                place: area.place.clone(),
                name: area.name.clone(),
                around: self.around(area),
                tally: own.tally,
                doubtful: own.doubtful,
                figures: self.figures(at, &rate, observed, others),
                unplaced_around: self.unplaced_around(at),
                apart: apart[at].clone(),
                people: self.people_of(at),
                smoothed_locally: local.as_ref().and_then(|rates| Some(drawn(at, rates.get(at)?.clone()))),
                rate,
                smoothed: drawn(at, smoothed),
            });
        }
        list.sort_by(|a, b| (b.tally.deaths.best, &a.place).cmp(&(a.tally.deaths.best, &b.place)));
        list
    }

    /// The unplaced events known to lie in the nearest area around an area, and in no finer one.
    fn unplaced_around(&self, at: usize) -> Tally {
        let parent = self.areas.list[at].parent.as_ref();
        parent
            .and_then(|parent| self.around.unplaced.get(parent))
            .copied()
            .unwrap_or_default()
    }

    /// Whether a share of some deaths is more than an area's figures bear.
    fn is_much(part: &Tally, of: &Tally) -> bool {
        part.deaths.best as f64 > UNPLACED_SHARE * of.deaths.best as f64
    }

    /// Whether more of the country's deaths are known to lie in no area of any level than figures of areas bear.
    fn much_is_nowhere(&self) -> bool {
        Seen::is_much(&self.around.nowhere, &self.counted.total)
    }

    /// Why an area takes no part in the spread and in smoothing.
    fn apart(&self, at: usize) -> Option<String> {
        let area = &self.areas.list[at];
        let nothing_here = self.counted.of_area[at].events.is_empty();
        if self.areas.are_bounded() && !area.bounded {
            return Some("no boundary is known: only events that name the area can be placed here".to_string());
        }
        if !self.covered && nothing_here {
            return Some(format!(
                "no release of {} is complete for here and then",
                self.question.source
            ));
        }
        let outer = self.around(area);
        let much = outer.iter().find_map(|(place, name)| {
            let (unplaced, known) = (self.around.unplaced.get(place)?, self.around.known.get(place)?);
            Seen::is_much(unplaced, known).then(|| {
                format!(
                    "{} of the {} deaths known in {name} are in none of its {}",
                    unplaced.deaths.best,
                    known.deaths.best,
                    self.question.level.plural()
                )
            })
        });
        much.or_else(|| {
            self.much_is_nowhere().then(|| {
                format!(
                    "{} of the country's {} deaths may lie in any of its areas",
                    self.around.nowhere.deaths.best, self.counted.total.deaths.best
                )
            })
        })
    }

    /// The areas in which an area lies, the nearest first.
    fn around(&self, area: &Area) -> Vec<(String, String)> {
        let find = |place: &String| self.levels.iter().find_map(|l| Some(&l.list[l.position(place)?]));
        let parent = |area: &&Area| find(area.parent.as_ref()?);
        let around = std::iter::successors(parent(&area), parent);
        around
            .take(Level::ALL.len())
            .map(|a| (a.place.to_string(), a.name.clone()))
            .collect()
    }

    fn people_of(&self, at: usize) -> Option<f64> {
        self.people
            .of
            .get(at)
            .and_then(Option::as_ref)
            .map(|(people, _)| *people)
    }

    /// Deaths of an area, all and by type, and what else is known of it; a measure that only others have is missing with
    /// its reason.
    fn figures(&self, at: usize, rate: &Rate, mut observed: Vec<Figure>, others: &[(String, String)]) -> Vec<Figure> {
        let mut figures = vec![self.killed(at, None, Some(rate))];
        figures.extend(self.types().iter().map(|kind| self.killed(at, Some(kind), None)));
        for (id, _) in others {
            let place = &self.areas.list[at].place;
            let known = observed
                .iter()
                .position(|f| f.measure == *id)
                .map(|i| observed.swap_remove(i));
            figures.push(known.unwrap_or_else(|| Figure {
                coverage: NOT_TOLD.0,
                note: NOT_TOLD.1.to_string(),
                ..self.empty(place, id)
            }));
        }
        figures
    }

    /// The types of violence: UCDP's three, whether they occur or not, else those that occur.
    fn types(&self) -> Vec<String> {
        match self.question.source.starts_with("ucdp") {
            true => ["state-based", "non-state", "one-sided"].map(str::to_string).to_vec(),
            false => self.counted.violence.iter().cloned().collect(),
        }
    }

    fn empty(&self, place: &PlaceId, measure: &str) -> Figure {
        Figure {
            place: place.clone(),
            period: self.question.span.to,
            data_period: None,
            measure: measure.to_string(),
            value: None,
            low: None,
            high: None,
            interval_kind: String::new(),
            unit: "people".to_string(),
            per_100k: None,
            population: None,
            coverage: Coverage::NotCovered,
            source: String::new(),
            as_of: None,
            note: String::new(),
            terms: Vec::new(),
            formula: Formula::Sum,
        }
    }

    /// Deaths of an area, all or of one type, with the rows behind them.
    fn killed(&self, at: usize, kind: Option<&str>, rate: Option<&Rate>) -> Figure {
        let area = &self.areas.list[at];
        let measure = kind.map_or_else(|| "killed".to_string(), |kind| format!("killed_{}", slug(kind)));
        let empty = self.empty(&area.place, &measure);
        let own = || {
            let of_area = self.counted.of_area[at].events.iter().map(|e| &self.events[*e]);
            of_area.filter(|e| kind.is_none_or(|kind| e.violence == kind))
        };
        if !self.covered && self.counted.of_area[at].events.is_empty() {
            let note = format!("no release of {} is complete for here and then", self.question.source);
            return Figure { note, ..empty };
        }
        let lacks_boundary = self.areas.are_bounded() && !area.bounded;
        if lacks_boundary && self.counted.of_area[at].events.is_empty() {
            let note = "no boundary is known: only events that name the area can be placed here, and none does";
            return Figure {
                note: note.to_string(),
                ..empty
            };
        }
        let mut deaths = Deaths::default();
        own().for_each(|e| deaths += e.deaths);
        let mut terms: Vec<Term> = own()
            .filter(|e| e.deaths.best != 0)
            .map(|e| e.term(self.question.country.as_str()))
            .collect();
        // An event without a death is recorded, if not counted.
        let none = own().next().is_none();
        if let (true, Some(event)) = (terms.is_empty(), own().next()) {
            terms.push(event.term(self.question.country.as_str()));
        }
        if rate.is_some() {
            terms.extend(
                self.people
                    .of
                    .get(at)
                    .and_then(Option::as_ref)
                    .into_iter()
                    .flat_map(|(_, terms)| terms.clone()),
            );
        }
        let mut sources = vec![self.question.source.as_str()];
        if let Some(listed) = &area.term {
            terms.push(listed.clone());
            sources.push(&listed.source);
        }
        let (of_events, dates) = (own().map(Event::as_of).max(), self.question.span);
        let is_minimum = self.is_minimum(at);
        // Nothing placed is no range from nothing to nothing where deaths are known to lie around.
        let range = deaths.range().filter(|_| !(none && is_minimum));
        Figure {
            data_period: Some(dates.to_string()),
            value: Some(deaths.best as f64),
            low: range.map(|r| r.0),
            high: range.map(|r| r.1),
            interval_kind: match (none, is_minimum) {
                (true, true) => "none: a minimum, for deaths known to lie around are in no area".to_string(),
                _ => deaths.interval_kind().to_string(),
            },
            per_100k: rate.and_then(|r| r.rate),
            population: rate.and_then(|_| self.people_of(at)),
            coverage: if lacks_boundary || is_minimum {
                Coverage::Incomplete
            } else if none {
                Coverage::NoneRecorded
            } else {
                Coverage::Covered
            },
            source: sources.join(" + "),
            as_of: of_events.or_else(|| self.events.iter().map(Event::as_of).max()),
            note: self.note(at, kind.is_none(), none),
            terms,
            ..empty
        }
    }

    /// Whether deaths are known that may lie in an area and are in none: its own are a minimum then.
    fn is_minimum(&self, at: usize) -> bool {
        let outer = self.around(&self.areas.list[at]);
        let around = outer
            .iter()
            .any(|(place, _)| self.around.unplaced.get(place).is_some_and(|t| t.deaths.best > 0));
        around || self.much_is_nowhere()
    }

    /// What a reader must know of an area's deaths.
    fn note(&self, at: usize, all: bool, none: bool) -> String {
        let (own, mut notes) = (&self.counted.of_area[at], Vec::new());
        let nowhere = self.around.nowhere.deaths.best;
        let outer = self.around(&self.areas.list[at]);
        let around = outer.iter().find_map(|(place, name)| {
            let deaths = self.around.unplaced.get(place)?.deaths.best;
            (deaths > 0).then(|| {
                format!(
                    "{deaths} deaths in {name} are in none of its {}",
                    self.question.level.plural()
                )
            })
        });
        let is_minimum = self.is_minimum(at);
        if none && !is_minimum {
            notes.push(self.none_recorded.to_string());
        }
        match around {
            Some(around) => notes.push(format!("a minimum: {around}")),
            None if is_minimum => notes.push(format!(
                "a minimum: {nowhere} deaths of the country may lie in any area"
            )),
            None if none && nowhere > 0 => notes.push(format!("{nowhere} deaths of the country are in no area")),
            None => {}
        }
        if all && own.doubtful.events > 0 {
            notes.push(format!(
                "{} of these deaths, in {}, may lie in another area",
                own.doubtful.deaths.best,
                counted_events(own.doubtful.events)
            ));
        }
        let before = own
            .events
            .iter()
            .map(|e| &self.events[*e])
            .filter(|e| e.start < self.question.span.start());
        let mut long = Tally::default();
        before.for_each(|e| long.add(e));
        if all && long.events > 0 {
            notes.push(format!(
                "{} of these deaths, in {}, are of before the period in part: what began earlier counts wholly where it ended",
                long.deaths.best,
                counted_events(long.events)
            ));
        }
        notes.join("; ")
    }
}

/// So many events.
fn counted_events(n: u64) -> String {
    if n == 1 {
        "one event".to_string()
    } else {
        format!("{n} events")
    }
}

/// A type of violence as part of a measure's id: `one-sided` is `one_sided`.
fn slug(kind: &str) -> String {
    let letters = kind.chars().map(|c| {
        if c.is_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    });
    letters
        .collect::<String>()
        .split('_')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// The spread of the rates where there are any, else of the deaths.
fn spread_between(areas: &[Community]) -> (Option<Spread>, bool) {
    let deaths = |c: &Community| c.tally.deaths.best;
    let areas: Vec<&Community> = areas.iter().filter(|c| c.apart.is_none()).collect();
    let rates: Vec<(f64, i64)> = areas.iter().filter_map(|c| Some((c.rate.rate?, deaths(c)))).collect();
    if rates.is_empty() {
        let counts: Vec<(f64, i64)> = areas.iter().map(|c| (deaths(c) as f64, deaths(c))).collect();
        return (Spread::of(&counts), false);
    }
    (Spread::of(&rates), true)
}

/// The first and the last day of which whole releases of events tell in a country, or of which there are events beyond
/// them; none where no release is whole.
pub fn reach(view: &View, source: &str, country: &str) -> Result<Option<(Date, Date)>, LakeError> {
    let whole = view.releases().iter().filter(|seen| {
        let scope = &seen.release.scope;
        let here = |places: &Vec<String>| places.iter().any(|place| place == country);
        seen.release.source == source && !scope.partial && scope.places.as_ref().is_none_or(here)
    });
    let days = whole.filter_map(|seen| {
        let to = seen.reconstructed_to.into_iter().chain(seen.release.scope.to).min()?;
        Some((seen.release.scope.from?, to))
    });
    let Some(told) = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else {
        return Ok(None);
    };
    let sql = format!(
        "SELECT min(\"end\") AS oldest, max(\"end\") AS newest FROM events WHERE source = {} AND country = {}",
        literal(source),
        literal(country)
    );
    let mut reach = told;
    for batch in view.collect(&sql)? {
        let column = |at: usize| {
            batch
                .column(at)
                .as_primitive::<Date32Type>()
                .iter()
                .flatten()
                .map(from_days)
        };
        reach.0 = column(0).fold(reach.0, Date::min);
        reach.1 = column(1).fold(reach.1, Date::max);
    }
    Ok(Some(reach))
}

/// The last whole year that a release of events is complete for in a country, or the year of its newest event.
pub fn latest_year(view: &View, source: &str, country: &str) -> Result<Option<i16>, LakeError> {
    let scopes = view
        .releases()
        .iter()
        .filter(|s| s.release.source == source && !s.release.scope.partial);
    let here = scopes.filter(|s| {
        s.release
            .scope
            .places
            .as_ref()
            .is_none_or(|p| p.iter().any(|p| p == country))
    });
    let whole = here.filter_map(|s| {
        let to = s.reconstructed_to.into_iter().chain(s.release.scope.to).min()?;
        let from = s.release.scope.from;
        let year = if (to.month(), to.day()) == (12, 31) {
            to.year()
        } else {
            to.year() - 1
        };
        from.is_none_or(|from| from <= date(year, 1, 1)).then_some(year)
    });
    if let Some(year) = whole.max() {
        return Ok(Some(year));
    }
    let sql = format!(
        "SELECT max(\"end\") AS newest FROM events WHERE source = {} AND country = {}",
        literal(source),
        literal(country)
    );
    let batches = view.collect(&sql)?;
    let newest = batches
        .iter()
        .flat_map(|b| b.column(0).as_primitive::<Date32Type>().iter().flatten());
    Ok(newest.max().map(|day| from_days(day).year()))
}
