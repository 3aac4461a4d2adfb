//! The map: a topology for each administrative level, and what is known of each place.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Area as _, Centroid, GeodesicArea, InteriorPoint, Intersects, MultiPolygon, Rect};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use crate::chain::Outlined;
use crate::clip::Point;
use crate::grid::Vertex;
use crate::outlines::{Outline, by_level};
use crate::shape::{Finding, Shape};
use crate::topology::{Area, Topology, contains};
use crate::worldview::{Line, Worldview};

/// A place of fewer square kilometres is hard to see and to hit: on a map of the world in the Equal Earth projection that is
/// 1440 pixels wide, a pixel is 24 km wide and this a square of 4 by 4.
const SMALL_KM2: f64 = 9_200.0;

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its code.
    pub place: String,
    /// Its name.
    pub name: String,
    /// Its administrative level.
    pub level: u8,
    /// The country it is in; none for a country.
    pub country: Option<String>,
    /// A point within its largest polygon: longitude and latitude in degrees.
    pub point: [f64; 2],
    /// West, south, east and north in degrees. A place across ±180° reaches from one end of the map to the other.
    pub bbox: [f64; 4],
    /// Its area on the ellipsoid of WGS 84, square kilometres.
    pub area_km2: f64,
    /// Whether it is too small to be seen well on a map of the world.
    pub is_small: bool,
}

/// Places, drawn: each administrative level is a topology of its own, in which every border is one line.
#[derive(Clone, Debug, Default)]
pub struct Map {
    levels: BTreeMap<u8, Level>,
}

/// What lies in a box, by number.
pub(crate) type Boxes = RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>;

/// One administrative level.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    /// In the order of their codes.
    pub(crate) places: Vec<Place>,
    pub(crate) topology: Topology,
    /// Polygons by where they lie, in degrees.
    pub(crate) areas: Boxes,
    /// Arcs by where they lie, in degrees.
    pub(crate) arcs: Boxes,
}

impl Map {
    /// Draws places by a worldview. What could not be used is told, in order, and the rest is drawn. Shapes with the same
    /// code are one place; the first of them names it.
    pub fn new(shapes: Vec<Shape>, worldview: &Worldview) -> (Map, Vec<Finding>) {
        let mut findings = Vec::new();
        let outlines = by_level(shapes, worldview, &mut findings);
        let levels = outlines
            .into_iter()
            .map(|(level, outlines)| (level, Level::new(&outlines, &worldview.lines, &mut findings)));
        let map = Map {
            levels: levels.collect(),
        };
        findings.sort();
        findings.dedup();
        (map, findings)
    }

    /// The administrative levels that have places.
    pub fn levels(&self) -> impl Iterator<Item = u8> {
        self.levels.keys().copied()
    }

    /// The places of a level in the order of their codes; none where there is no such level.
    pub fn places(&self, level: u8) -> &[Place] {
        self.levels.get(&level).map_or(&[], |level| &level.places)
    }

    /// The country at a position in degrees; none at sea, and where no place has the land.
    pub fn place_at(&self, lon: f64, lat: f64) -> Option<&str> {
        let level = self.levels.get(&0)?;
        let near = level
            .areas
            .locate_in_envelope_intersecting(&AABB::from_point([lon, lat]));
        let found = near.map(|found| &level.topology.areas[found.data]);
        let around = found.filter(|area| contains(&area.polygon, [lon, lat]));
        around.map(|area| level.places[area.place].place.as_str()).min()
    }

    /// The polygons of a place in full detail; none where the level has no such place. Outer rings run counter-clockwise and
    /// holes clockwise, and no ring crosses ±180°: so RFC 7946 wants it.
    pub fn geometry(&self, level: u8, place: &str) -> Option<MultiPolygon<f64>> {
        let level = self.levels.get(&level)?;
        let at = level.places.binary_search_by(|known| known.place.as_str().cmp(place));
        let at = at.ok()?;
        // A ring that is no more than a line is no polygon.
        let areas = level.topology.areas.iter();
        let of_place = areas.filter(|area| area.place == at && area.km2 > 0.0);
        Some(of_place.map(|area| area.polygon.clone()).collect())
    }

    /// The places of a level that reach into a box of degrees, in the order of their codes. West may be greater than east,
    /// across ±180°.
    pub fn in_box(&self, level: u8, [west, south, east, north]: [f64; 4]) -> Vec<&Place> {
        let Some(level) = self.levels.get(&level) else {
            return Vec::new();
        };
        let boxes = match west <= east {
            true => vec![[west, east]],
            false => vec![[west, 180.0], [-180.0, east]],
        };
        let mut found = BTreeSet::new();
        for [west, east] in boxes {
            let rect = Rect::new([west, south], [east, north]);
            let envelope = AABB::from_corners([west, south], [east, north]);
            let near = level.areas.locate_in_envelope_intersecting(&envelope);
            let near = near.map(|found| &level.topology.areas[found.data]);
            found.extend(
                near.filter(|area| area.polygon.intersects(&rect))
                    .map(|area| area.place),
            );
        }
        found.into_iter().map(|at| &level.places[at]).collect()
    }

    pub(crate) fn level(&self, level: u8) -> Option<&Level> {
        self.levels.get(&level)
    }
}

impl Level {
    /// Of no places.
    pub(crate) fn empty() -> Level {
        Level {
            places: Vec::new(),
            topology: Topology::default(),
            areas: RTree::new(),
            arcs: RTree::new(),
        }
    }

    fn new(outlines: &[Outline], lines: &[Line], findings: &mut Vec<Finding>) -> Level {
        let mut first: BTreeMap<&str, &Outline> = BTreeMap::new();
        for outline in outlines {
            first.entry(&outline.place).or_insert(outline);
        }
        let places: Vec<String> = first.keys().map(ToString::to_string).collect();
        let country = |outline: &&Outline| outline.country.clone().unwrap_or_else(|| outline.place.clone());
        let place_of = |outline: &Outline| places.binary_search(&outline.place).unwrap_or_default();
        let edges = Outlined {
            outlines,
            place_of: &outlines.iter().map(place_of).collect::<Vec<usize>>(),
            countries: &first.values().map(country).collect::<Vec<String>>(),
            places: &places,
            lines,
        }
        .edges(findings);
        let mut topology = Topology::new(&edges, places.len());
        let places = first.into_values().enumerate();
        let known = places.map(|(at, outline)| place(outline, topology.areas.iter().filter(|area| area.place == at)));
        let places = with_areas(known.collect(), &mut topology, findings);
        Level {
            areas: boxes(
                topology
                    .areas
                    .iter()
                    .map(|area| area.polygon.exterior().0.iter().map(|at| [at.x, at.y])),
            ),
            arcs: boxes(
                topology
                    .arcs
                    .iter()
                    .map(|arc| arc.line.iter().map(|vertex| vertex.degrees())),
            ),
            places,
            topology,
        }
    }
}

/// Leaves out places of which no polygon is left, and says so.
fn with_areas(known: Vec<Result<Place, Finding>>, topology: &mut Topology, findings: &mut Vec<Finding>) -> Vec<Place> {
    let mut places = Vec::new();
    let mut becomes = Vec::new();
    for place in known {
        becomes.push(place.is_ok().then_some(places.len()));
        match place {
            Ok(place) => places.push(place),
            Err(finding) => findings.push(finding),
        }
    }
    topology.renumber(&becomes);
    places
}

fn place<'a>(outline: &Outline, areas: impl Iterator<Item = &'a Area> + Clone) -> Result<Place, Finding> {
    let point = areas.clone().find(|area| area.is_largest).map(middle);
    let Some(point) = point else {
        return Err(Finding::new(
            &outline.place,
            "nothing of it has an area; the place is left out",
        ));
    };
    let area_km2 = areas
        .clone()
        .map(|area| area.polygon.geodesic_area_unsigned())
        .sum::<f64>()
        / 1e6;
    let points = areas.flat_map(|area| area.polygon.exterior().coords().map(|at| [at.x, at.y]));
    Ok(Place {
        place: outline.place.clone(),
        name: outline.name.clone(),
        level: outline.level,
        country: outline.country.clone(),
        point,
        bbox: bounds(points),
        area_km2,
        is_small: area_km2 < SMALL_KM2,
    })
}

/// The centroid where it lies within, else the middle of a wide part; of a ring that is no more than a line, where it starts.
fn middle(area: &Area) -> Point {
    let centroid = area.polygon.centroid().filter(|_| area.polygon.unsigned_area() > 0.0);
    let inside = centroid.filter(|at| contains(&area.polygon, [at.x(), at.y()]));
    let point = inside.or_else(|| area.polygon.interior_point());
    let start = || area.polygon.exterior().0.first().map_or([0.0, 0.0], |at| [at.x, at.y]);
    point.map_or_else(start, |point| [point.x(), point.y()])
}

/// West, south, east and north of some points.
fn bounds(points: impl Iterator<Item = Point>) -> [f64; 4] {
    points.fold(
        [f64::MAX, f64::MAX, f64::MIN, f64::MIN],
        |[west, south, east, north], [x, y]| [west.min(x), south.min(y), east.max(x), north.max(y)],
    )
}

fn boxes(lines: impl Iterator<Item = impl Iterator<Item = Point>>) -> Boxes {
    let rectangle = |(at, line)| {
        let [west, south, east, north] = bounds(line);
        GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), at)
    };
    RTree::bulk_load(lines.enumerate().map(rectangle).collect())
}

/// Which vertices and polygons a drawing at a tolerance has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detail {
    /// In square kilometres; of a Mercator map, as they look at the equator.
    pub(crate) tolerance_km2: f64,
    pub(crate) is_mercator: bool,
}

impl Detail {
    pub(crate) fn matters(self, vertex: Vertex, weight_km2: f64) -> bool {
        self.enlarged(weight_km2, vertex.degrees()[1]) >= self.tolerance_km2
    }

    /// Whether a polygon is drawn: the largest of a place always, others if they are large enough or have neighbours.
    pub(crate) fn shows(self, area: &Area) -> bool {
        let lat = area.polygon.exterior().0.first().map_or(0.0, |at| at.y);
        area.is_largest || !area.is_alone || self.enlarged(area.km2, lat) >= self.tolerance_km2
    }

    /// Mercator's map enlarges areas by the square of the secant of the latitude.
    fn enlarged(self, km2: f64, lat: f64) -> f64 {
        match self.is_mercator {
            true => km2 / lat.to_radians().cos().max(0.01).powi(2),
            false => km2,
        }
    }
}
