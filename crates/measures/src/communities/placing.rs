//! Which area an event lies in, as far as its source knows.
//!
//! | UCDP's `where_prec` | admin 1 | admin 2 | admin 3 | grid |
//! |---|---|---|---|---|
//! | 1 the place itself | point | point | point ¹ | point |
//! | 2 within 25 km | point ² | point ² | point ² | point ² |
//! | 3 second-order area | name | name | – | – |
//! | 4 first-order area | name | – | – | – |
//! | 5 a line or a vague region | name, if given | name, if given | – | – |
//! | 6 the country, 7 international | – | – | – | – |
//!
//! ¹ Not in an area of less than 25 km²: the point stands for a town, and such areas are parts of one.
//! ² Where the source names the area in which the point lies, or at least half of the 25 km around it lie there.
//!
//! A point in several areas that overlap goes to the one that the source names, else to the first of them in doubt; a point
//! in another area than the one that the source names stays there in doubt. An area without a boundary among others that
//! have one gets the events that the source puts in it by name. A point outside every area goes to the nearest one within
//! five kilometres, for borders are drawn simply, unless an area has no boundary and the point may lie there; else the
//! source's names decide. A name that stands for no area, or for several, is decided by the point that the source gives for
//! the named area; without one the event stays unplaced, with the candidates. Nothing is placed more finely than its source
//! knows, and every event is either placed or unplaced for one reason.

use std::collections::HashMap;
use std::fmt;

use lysoen_lexicon::place::PlaceId;
use lysoen_lexicon::priogrid::PrioGrid;
use rayon::prelude::*;

use super::areas::{Area, Areas, disc};
use super::level::Level;
use super::names::{Found, find, same};

/// A point stands for all places within so many kilometres where a source knows no better (`where_prec` 2).
const NEARBY_KM: f64 = 25.0;
/// Points by which the share of a disc that lies in an area is found: to within two or three hundredths.
const DISC_POINTS: usize = 256;
/// How far outside every area a point may lie to be taken for one just inside, in kilometres.
const BORDER_KM: f64 = 5.0;
/// How far around a point outside every area the nearest one is looked for, to say where it would be, in kilometres.
const SEARCHED_KM: f64 = 1000.0;
/// Third-order areas of less than this are parts of a town, in square kilometres.
const PART_OF_A_TOWN_KM2: f64 = 25.0;

/// Where a source says that an event happened.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spot {
    /// Degrees north and east, where the source gives a point.
    pub point: Option<(f64, f64)>,
    /// UCDP's `where_prec`, 1 to 7.
    pub precision: Option<i16>,
    /// The first-order area by name.
    pub adm1: Option<String>,
    /// The second-order area by name.
    pub adm2: Option<String>,
    /// The place to which the point belongs.
    pub named: Option<String>,
}

/// An event's area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// The number of the area.
    pub area: usize,
    /// How it was found.
    pub by: By,
    /// What is doubtful about it.
    pub doubt: Option<Doubt>,
}

/// How an area was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// By the point.
    Point,
    /// By its name, but for accents and words of kind.
    Name,
    /// By a name spelled a little otherwise.
    SimilarName,
}

impl By {
    /// In a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            By::Point => "by the point",
            By::Name => "by name",
            By::SimilarName => "by a similar name",
        }
    }
}

/// Why a placed event may lie in another area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Known to within 25 km, and part of that lies in other areas.
    Nearby,
    /// The point lies just outside every area of the country.
    JustOutside,
    /// The source names an area that is not among these; the point that stands for it decided.
    PointForName,
    /// The source's name is that of one area and its point lies in another.
    PointElsewhere,
    /// The point lies in no area of the country; the name decided.
    PointNowhere,
    /// The point lies in several areas that overlap, and the source names none of them.
    Overlap,
    /// A line or a vague region, within the area by the source's word.
    Vague,
}

impl Doubt {
    /// In a few words.
    pub fn as_str(self) -> &'static str {
        match self {
            Doubt::Nearby => "within 25 km of another area",
            Doubt::JustOutside => "just outside the border",
            Doubt::PointForName => "named area not in the list, placed by the point that stands for it",
            Doubt::PointElsewhere => "the source's point lies in another area than the one it names",
            Doubt::PointNowhere => "the source's point lies in no area, placed by the name",
            Doubt::Overlap => "the point lies in several areas that overlap",
            Doubt::Vague => "a road, a line or a vague region",
        }
    }
}

/// Why an event is in no area.
#[derive(Clone, Debug, PartialEq)]
pub enum Unplaced {
    /// Only the country is known.
    Country,
    /// In international waters or airspace.
    International,
    /// A line or a vague region that the source puts in no area of the level.
    Vague,
    /// Known to an area of a coarser level only.
    Coarser(Level),
    /// The point stands for a town, of which the areas are parts.
    Town {
        /// The part in which the point lies.
        part: String,
    },
    /// Known to within 25 km, of which less than half lie in the area of the point.
    Nearby {
        /// The area of the point.
        area: String,
        /// The share of the 25 km around that lies in it, from 0 to 1.
        share: f64,
    },
    /// The point lies outside every area of the country.
    Outside {
        /// The nearest area and how far it is in kilometres, where one is within a thousand.
        nearest: Option<(String, f64)>,
    },
    /// The source names no area of the level.
    NoName,
    /// The source's name is that of no area.
    NoSuchName(String),
    /// The source's name could be that of several areas.
    Ambiguous {
        /// The name.
        name: String,
        /// The areas, by name and P-code.
        candidates: Vec<String>,
    },
    /// There is no point.
    NoPoint,
    /// The source does not say how exactly the place is known.
    NoPrecision,
}

impl Unplaced {
    /// The reason in the words under which events are counted.
    pub fn reason(&self) -> &'static str {
        match self {
            Unplaced::Country => "only the country is known",
            Unplaced::International => "international waters or airspace",
            Unplaced::Vague => "a road, a line or a vague region",
            Unplaced::Coarser(Level::Admin1) => "known to the first-order area only",
            Unplaced::Coarser(_) => "known to the second-order area only",
            Unplaced::Town { .. } => "known to the town only",
            Unplaced::Nearby { .. } => "known to within 25 km, across areas",
            Unplaced::Outside { .. } => "the point is outside every area",
            Unplaced::NoName => "no area named",
            Unplaced::NoSuchName(_) => "the name is that of no area",
            Unplaced::Ambiguous { .. } => "the name could be several areas",
            Unplaced::NoPoint => "no point given",
            Unplaced::NoPrecision => "how exactly the place is known is not told",
        }
    }
}

impl fmt::Display for Unplaced {
    /// The reason with what is known beside it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason())?;
        match self {
            Unplaced::Town { part } => write!(f, ": the town's point lies in {part}"),
            Unplaced::Nearby { area, share } => {
                write!(
                    f,
                    ": the point lies in {area}, {:.0} % of the 25 km around it do",
                    share * 100.0
                )
            }
            Unplaced::Outside {
                nearest: Some((area, km)),
            } => write!(f, ": the nearest, {area}, is {km:.0} km away"),
            Unplaced::NoSuchName(name) => write!(f, ": {name}"),
            Unplaced::Ambiguous { name, candidates } => write!(f, ": {name} could be {}", candidates.join(" or ")),
            _ => Ok(()),
        }
    }
}

/// Places events in the areas of one level.
#[derive(Debug)]
pub struct Placing<'a> {
    areas: &'a Areas,
    /// The areas of the next coarser levels, the nearest first: they tell which of several of one name is meant.
    above: &'a [&'a Areas],
    /// The first-order area of each area, by number, where it is known.
    first_order: Vec<Option<usize>>,
}

impl<'a> Placing<'a> {
    /// Placing in `areas`; `above` are the areas of the coarser levels, the next one first.
    pub fn new(areas: &'a Areas, above: &'a [&'a Areas]) -> Placing<'a> {
        let climb = |area: &Area| {
            let mut parent = area.parent.clone()?;
            for (steps, level) in above.iter().enumerate() {
                let at = level.position(&parent)?;
                if steps + 1 == above.len() {
                    return Some(at);
                }
                parent = level.list[at].parent.clone()?;
            }
            None
        };
        Placing {
            first_order: areas.list.iter().map(climb).collect(),
            areas,
            above,
        }
    }

    /// The area of an event, or why it has none.
    pub fn place(&self, spot: &Spot) -> Result<Placed, Unplaced> {
        match spot.precision {
            Some(1) => self.exact(spot),
            Some(2) => self.nearby(spot),
            Some(3) => self.by_name(spot, Level::Admin2),
            Some(4) => self.by_name(spot, Level::Admin1),
            Some(5) => self.vague(spot),
            Some(6) => Err(Unplaced::Country),
            Some(7) => Err(Unplaced::International),
            _ => Err(Unplaced::NoPrecision),
        }
    }

    /// A place that is known itself.
    fn exact(&self, spot: &Spot) -> Result<Placed, Unplaced> {
        let placed = self.at_point(spot)?;
        let area = &self.areas.list[placed.area];
        let within_a_town =
            self.areas.level == Level::Admin3 && area.area_km2.is_some_and(|km2| km2 < PART_OF_A_TOWN_KM2);
        let named = || spot.named.as_deref().is_some_and(|name| same(name, &area.name));
        if within_a_town && placed.by == By::Point && !named() {
            return Err(Unplaced::Town { part: described(area) });
        }
        Ok(placed)
    }

    /// A place that is known to within 25 km of the point.
    fn nearby(&self, spot: &Spot) -> Result<Placed, Unplaced> {
        let placed = self.at_point(spot)?;
        let (Some((latitude, longitude)), By::Point) = (spot.point, placed.by) else {
            return Ok(placed);
        };
        let (mut all, mut here) = (0_usize, 0_usize);
        for (east, north) in disc(longitude, latitude, NEARBY_KM, DISC_POINTS) {
            let is_here = self.areas.holds(placed.area, east, north);
            here += usize::from(is_here);
            all += usize::from(is_here || self.areas.at(east, north).is_some());
        }
        let share = here as f64 / all.max(1) as f64;
        if share < 0.5 && !self.names_it(spot, placed.area) {
            return Err(Unplaced::Nearby {
                area: described(&self.areas.list[placed.area]),
                share,
            });
        }
        let doubt = placed.doubt.or((here < all).then_some(Doubt::Nearby));
        Ok(Placed { doubt, ..placed })
    }

    /// Whether the source's name for the level is that of an area.
    fn names_it(&self, spot: &Spot, area: usize) -> bool {
        let name = self.name_for_level(spot);
        matches!(name.map(|name| self.named(name, spot)), Some(Found::One { at, .. }) if at == area)
    }

    /// The area of the point; the nearest one where it is just outside, and else the named one.
    fn at_point(&self, spot: &Spot) -> Result<Placed, Unplaced> {
        let by_point = |area, doubt| Placed {
            area,
            by: By::Point,
            doubt,
        };
        let Some((latitude, longitude)) = spot.point.filter(|_| self.areas.are_bounded()) else {
            return match self.name_for_level(spot) {
                Some(name) => self.one_of_name(name, spot),
                None if spot.point.is_none() => Err(Unplaced::NoPoint),
                None => Err(Unplaced::NoName),
            };
        };
        let named = self.name_for_level(spot).map(|name| self.named(name, spot));
        let by_name = |at, similar, doubt| Placed {
            area: at,
            by: if similar { By::SimilarName } else { By::Name },
            doubt,
        };
        let holding = self.areas.all_at(longitude, latitude);
        match (&holding[..], &named) {
            (_, Some(Found::One { at, .. })) if holding.contains(at) => return Ok(by_point(*at, None)),
            // What has no boundary can hold no point: the name puts the event there.
            (_, Some(Found::One { at, similar })) if !self.areas.list[*at].bounded => {
                let doubt = (!holding.is_empty()).then_some(Doubt::PointElsewhere);
                return Ok(by_name(*at, *similar, doubt));
            }
            ([], _) => {}
            ([area, ..], Some(Found::One { .. })) => return Ok(by_point(*area, Some(Doubt::PointElsewhere))),
            ([area], _) => {
                let doubt = self.in_another_province(spot, *area).then_some(Doubt::PointElsewhere);
                return Ok(by_point(*area, doubt));
            }
            ([first, ..], _) => {
                let is_named = |at: &&usize| {
                    let name = spot.named.as_deref();
                    name.is_some_and(|name| same(name, &self.areas.list[**at].name))
                };
                let named = holding.iter().find(is_named);
                let doubt = named.is_none().then_some(Doubt::Overlap);
                return Ok(by_point(*named.unwrap_or(first), doubt));
            }
        }
        if self.are_all_bounded()
            && let Some((area, _)) = self.areas.nearest(longitude, latitude, BORDER_KM)
        {
            return Ok(by_point(area, Some(Doubt::JustOutside)));
        }
        match named {
            Some(Found::One { at, similar }) => Ok(by_name(at, similar, Some(Doubt::PointNowhere))),
            _ => Err(Unplaced::Outside {
                nearest: self
                    .areas
                    .nearest(longitude, latitude, SEARCHED_KM)
                    .map(|(at, km)| (described(&self.areas.list[at]), km)),
            }),
        }
    }

    /// Whether every area has a boundary, so that a point outside all of them is outside the country.
    fn are_all_bounded(&self) -> bool {
        self.areas.list.iter().all(|area| area.bounded)
    }

    /// Whether the source names another first-order area than the one in which an area lies.
    fn in_another_province(&self, spot: &Spot, area: usize) -> bool {
        let (Some(first), Some(adm1), Some(own)) = (self.above.last(), &spot.adm1, self.first_order[area]) else {
            return false;
        };
        let named = find(adm1, first.list.iter().map(|a| &a.names).enumerate());
        matches!(named, Found::One { at, .. } if at != own)
    }

    /// A place that is known to the area of a level, by its name.
    fn by_name(&self, spot: &Spot, known: Level) -> Result<Placed, Unplaced> {
        if self.areas.level > known {
            return Err(Unplaced::Coarser(known));
        }
        let at_point = || {
            let (latitude, longitude) = spot.point?;
            self.areas.at(longitude, latitude)
        };
        let is_elsewhere = |named| {
            let holding = spot
                .point
                .map(|(latitude, longitude)| self.areas.all_at(longitude, latitude));
            holding.is_some_and(|holding| !holding.is_empty() && !holding.contains(&named))
        };
        let holding_one_of = |several: &[usize]| {
            let (latitude, longitude) = spot.point?;
            let holding = self.areas.all_at(longitude, latitude);
            holding.into_iter().find(|at| several.contains(at))
        };
        let for_name = |area| Placed {
            area,
            by: By::Point,
            doubt: Some(Doubt::PointForName),
        };
        match self.name_for_level(spot) {
            None => at_point().map(for_name).ok_or(Unplaced::NoName),
            Some(name) => match self.named(name, spot) {
                Found::One { at, similar } => Ok(Placed {
                    area: at,
                    by: if similar { By::SimilarName } else { By::Name },
                    doubt: is_elsewhere(at).then_some(Doubt::PointElsewhere),
                }),
                Found::Several(several) => match holding_one_of(&several) {
                    Some(area) => Ok(Placed {
                        area,
                        by: By::Name,
                        doubt: Some(Doubt::PointForName),
                    }),
                    None => Err(self.ambiguous(name, &several)),
                },
                Found::None => at_point()
                    .map(for_name)
                    .ok_or_else(|| Unplaced::NoSuchName(name.to_string())),
            },
        }
    }

    /// A line or a vague region: only the source's word puts it into an area, never the point that stands for it.
    fn vague(&self, spot: &Spot) -> Result<Placed, Unplaced> {
        let name = self.name_for_level(spot).ok_or(Unplaced::Vague)?;
        let placed = self.one_of_name(name, spot)?;
        Ok(Placed {
            doubt: Some(Doubt::Vague),
            ..placed
        })
    }

    /// What the source calls the area of the level.
    fn name_for_level<'s>(&self, spot: &'s Spot) -> Option<&'s str> {
        let name = match self.areas.level {
            Level::Admin1 => &spot.adm1,
            Level::Admin2 => &spot.adm2,
            Level::Admin3 | Level::Grid => &None,
        };
        name.as_deref().filter(|name| !name.trim().is_empty())
    }

    /// The area of a name, or why there is none.
    fn one_of_name(&self, name: &str, spot: &Spot) -> Result<Placed, Unplaced> {
        match self.named(name, spot) {
            Found::One { at, similar } => Ok(Placed {
                area: at,
                by: if similar { By::SimilarName } else { By::Name },
                doubt: None,
            }),
            Found::Several(several) => Err(self.ambiguous(name, &several)),
            Found::None => Err(Unplaced::NoSuchName(name.to_string())),
        }
    }

    /// The areas of a name: first within the first-order area that the source names, then anywhere, there only where the
    /// names are the same.
    fn named(&self, name: &str, spot: &Spot) -> Found {
        let all = self.areas.list.iter().map(|area| &area.names).enumerate();
        let parent = match (self.areas.level, self.above.last(), &spot.adm1) {
            (Level::Admin2, Some(first), Some(adm1)) => find(adm1, first.list.iter().map(|a| &a.names).enumerate()),
            _ => return find(name, all),
        };
        if let Found::One { at: parent, .. } = parent {
            let found = find(
                name,
                all.clone().filter(|(at, _)| self.first_order[*at] == Some(parent)),
            );
            if found != Found::None {
                return found;
            }
        }
        match find(name, all) {
            Found::One { similar: true, .. } => Found::None,
            found => found,
        }
    }

    fn ambiguous(&self, name: &str, several: &[usize]) -> Unplaced {
        Unplaced::Ambiguous {
            name: name.to_string(),
            candidates: several.iter().map(|at| described(&self.areas.list[*at])).collect(),
        }
    }
}

fn described(area: &Area) -> String {
    format!("{} ({})", area.name, area.place)
}

/// The PRIO-GRID cell of an event, or why it has none.
pub fn cell(spot: &Spot) -> Result<(PrioGrid, Option<Doubt>), Unplaced> {
    let exactly = match spot.precision {
        Some(1) => true,
        Some(2) => false,
        Some(3) => return Err(Unplaced::Coarser(Level::Admin2)),
        Some(4) => return Err(Unplaced::Coarser(Level::Admin1)),
        Some(5) => return Err(Unplaced::Vague),
        Some(6) => return Err(Unplaced::Country),
        Some(7) => return Err(Unplaced::International),
        _ => return Err(Unplaced::NoPrecision),
    };
    let (latitude, longitude) = spot.point.ok_or(Unplaced::NoPoint)?;
    let cell = PrioGrid::from_lon_lat(longitude, latitude).ok_or(Unplaced::NoPoint)?;
    if exactly {
        return Ok((cell, None));
    }
    let around = disc(longitude, latitude, NEARBY_KM, DISC_POINTS);
    let here = around
        .filter(|(x, y)| PrioGrid::from_lon_lat(*x, *y) == Some(cell))
        .count();
    let share = here as f64 / DISC_POINTS as f64;
    if share < 0.5 {
        return Err(Unplaced::Nearby {
            area: PlaceId::cell(cell).to_string(),
            share,
        });
    }
    Ok((cell, (here < DISC_POINTS).then_some(Doubt::Nearby)))
}

/// The areas of many events, in their order. The same place is named in many events and is looked for once.
pub fn place_all(
    spots: &[Spot],
    place: impl Fn(&Spot) -> Result<Placed, Unplaced> + Send + Sync,
) -> Vec<Result<Placed, Unplaced>> {
    let mut first_of: HashMap<Key<'_>, usize> = HashMap::new();
    let mut different: Vec<&Spot> = Vec::new();
    let which: Vec<usize> = spots
        .iter()
        .map(|spot| {
            *first_of.entry(key(spot)).or_insert_with(|| {
                different.push(spot);
                different.len() - 1
            })
        })
        .collect();
    let placed: Vec<Result<Placed, Unplaced>> = different.into_par_iter().map(place).collect();
    which.into_iter().map(|at| placed[at].clone()).collect()
}

/// A spot as something that can be looked up.
type Key<'s> = (Option<(u64, u64)>, Option<i16>, [Option<&'s str>; 3]);

fn key(spot: &Spot) -> Key<'_> {
    let point = spot
        .point
        .map(|(latitude, longitude)| (latitude.to_bits(), longitude.to_bits()));
    (
        point,
        spot.precision,
        [&spot.adm1, &spot.adm2, &spot.named].map(Option::as_deref),
    )
}
