//! The areas of a country at one level, with their names and boundaries, from the `places` table.
//!
//! Several sources may list the same P-codes. Those of one level are taken from one source, so that two systems of areas
//! are never mixed: the one with the most boundaries, then the most areas, then the newest. Other sources lend their
//! spellings of a name where they have the same P-code, and what they list beyond is told.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::Int16Type;
use geo::{BoundingRect, Coord, MultiPolygon};
use geozero::ToGeo;
use geozero::wkb::Wkb;
use jiff::civil::Date;
use lysoen_facts::{LakeError, View};
use lysoen_lexicon::place::PlaceId;
use lysoen_lexicon::priogrid::PrioGrid;
use rstar::RTree;
use rstar::primitives::{GeomWithData, Rectangle};

use super::level::Level;
use super::names::Names;
use crate::figure::{Role, Term};
use crate::store::{Cited, Columns, list, number, text};

/// Kilometres to a degree of latitude, on a sphere of 6,371 km.
const KM_TO_A_DEGREE: f64 = 111.195;

/// An area.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its P-code, or its cell.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// The area or country in which it lies.
    pub parent: Option<String>,
    /// The country in which it lies.
    pub country: String,
    /// Its size in square kilometres, where the source says so or there is a boundary.
    pub area_km2: Option<f64>,
    /// Whether there is a boundary.
    pub bounded: bool,
    /// The row of the lake; a cell of the grid has none.
    pub term: Option<Term>,
    pub(crate) names: Names,
    boundary: Option<MultiPolygon<f64>>,
}

impl Area {
    /// A cell of the grid, as an area of a country.
    pub(crate) fn cell(cell: PrioGrid, country: &str) -> Area {
        let (place, (east, north)) = (PlaceId::cell(cell), cell.centre());
        let side =
            |degrees: f64, plus, minus| format!("{:.2}° {}", degrees.abs(), if degrees < 0.0 { minus } else { plus });
        let name = format!("{}, {}", side(north, "N", "S"), side(east, "E", "W"));
        Area {
            term: None,
            place,
            parent: Some(country.to_string()),
            country: country.to_string(),
            area_km2: None,
            bounded: false,
            names: Names::default(),
            boundary: None,
            name,
        }
    }
}

/// Where the areas of a level come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedBy {
    /// The source's card.
    pub source: String,
    /// The newest vintage among its rows.
    pub as_of: Date,
    /// How many areas of the level it lists.
    pub areas: usize,
    /// How many of them have a boundary.
    pub bounded: usize,
}

/// The areas of one level of a country, in the order of their P-codes.
#[derive(Debug)]
pub struct Areas {
    /// The level.
    pub level: Level,
    /// The areas.
    pub list: Vec<Area>,
    /// The source from which they are taken; none where no source lists any.
    pub taken_from: Option<ListedBy>,
    /// The other sources that list areas of the level.
    pub others: Vec<ListedBy>,
    /// P-codes that other sources list and this one does not, with their names.
    pub beyond: Vec<(String, String)>,
    /// Areas that were listed with a boundary that could not be read.
    pub broken: Vec<String>,
    index: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    /// What lies inside each area, in the order of the list.
    inside: Vec<Inside>,
    by_place: HashMap<String, usize>,
}

impl Areas {
    /// The areas of a level in some countries that exist on a day; with boundaries only where these are wanted.
    pub fn load(view: &View, countries: &[String], level: Level, on: Date, bounded: bool) -> Result<Areas, LakeError> {
        let Some(number) = level.number() else {
            return Ok(Areas::of(level, Vec::new()));
        };
        let geometry = if bounded { "geometry" } else { "NULL" };
        let sql = format!(
            "SELECT place, country, level, parent, name, other_name, area_km2, {geometry} AS geometry, source, dataset, \
             as_of, file, row FROM places WHERE kind = 'area' AND level = {number} AND country IN ({}) \
             AND (valid_from IS NULL OR valid_from <= DATE '{on}' OR valid_to IS NULL) \
             AND (valid_to IS NULL OR valid_to >= DATE '{on}') ORDER BY source, as_of, file, row",
            list(countries.iter())
        );
        let mut rows = Vec::new();
        for batch in view.query(&sql)? {
            rows.extend(listed(&batch?));
        }
        Ok(Areas::of(level, rows))
    }

    /// The areas of rows of `places` of one level.
    fn of(level: Level, rows: Vec<Listed>) -> Areas {
        let mut sources: BTreeMap<String, ListedBy> = BTreeMap::new();
        for row in &rows {
            let source = sources.entry(row.term.source.clone()).or_insert_with(|| ListedBy {
                source: row.term.source.clone(),
                as_of: row.term.as_of,
                areas: 0,
                bounded: 0,
            });
            source.as_of = source.as_of.max(row.term.as_of);
            source.areas += 1;
            source.bounded += usize::from(row.boundary.is_some());
        }
        let best = sources.values().max_by_key(|s| (s.bounded, s.areas, s.as_of)).cloned();
        let others: Vec<ListedBy> = sources.into_values().filter(|s| Some(s) != best.as_ref()).collect();
        let (own, lent): (Vec<Listed>, Vec<Listed>) = rows
            .into_iter()
            .partition(|row| best.as_ref().is_some_and(|b| b.source == row.term.source));
        // The newest row of a P-code counts, and one with a boundary before one without.
        let mut by_code: BTreeMap<String, Listed> = BTreeMap::new();
        for row in own {
            let known = by_code.get(&row.place);
            if known.is_none_or(|known| row.boundary.is_some() || known.boundary.is_none()) {
                by_code.insert(row.place.clone(), row);
            }
        }
        let mut spellings: HashMap<String, Vec<String>> = HashMap::new();
        let mut beyond = BTreeSet::new();
        for row in lent {
            if !by_code.contains_key(&row.place) {
                beyond.insert((row.place.clone(), row.name.clone()));
            }
            spellings
                .entry(row.place)
                .or_default()
                .extend([row.name].into_iter().chain(row.other_name));
        }
        let broken = by_code.values().filter(|r| r.broken).map(|r| r.place.clone()).collect();
        let list = by_code
            .into_values()
            .filter_map(|row| row.into_area(&spellings))
            .collect();
        Areas {
            taken_from: best,
            others,
            beyond: beyond.into_iter().collect(),
            broken,
            ..Areas::indexed(level, list)
        }
    }

    /// Areas without a boundary, as the cells of a grid.
    pub(crate) fn unbounded(level: Level, list: Vec<Area>) -> Areas {
        Areas::indexed(level, list)
    }

    fn indexed(level: Level, list: Vec<Area>) -> Areas {
        let envelopes = list.iter().enumerate().filter_map(|(at, area)| {
            let around = area.boundary.as_ref()?.bounding_rect()?;
            let corner = |c: Coord<f64>| [c.x, c.y];
            let rectangle = Rectangle::from_corners(corner(around.min()), corner(around.max()));
            Some(GeomWithData::new(rectangle, at))
        });
        Areas {
            level,
            index: RTree::bulk_load(envelopes.collect()),
            inside: list
                .iter()
                .map(|area| area.boundary.as_ref().map(Inside::of).unwrap_or_default())
                .collect(),
            by_place: list
                .iter()
                .enumerate()
                .map(|(at, a)| (a.place.to_string(), at))
                .collect(),
            list,
            taken_from: None,
            others: Vec::new(),
            beyond: Vec::new(),
            broken: Vec::new(),
        }
    }

    /// Whether any area has a boundary.
    pub fn are_bounded(&self) -> bool {
        self.index.size() > 0
    }

    /// The number of an area by its P-code.
    pub fn position(&self, place: &str) -> Option<usize> {
        self.by_place.get(place).copied()
    }

    /// Areas without a boundary, by name and P-code, where others of the level have one.
    pub fn unbounded_among_bounded(&self) -> Vec<String> {
        let lacking = self.list.iter().filter(|area| self.are_bounded() && !area.bounded);
        lacking.map(|area| format!("{} ({})", area.name, area.place)).collect()
    }

    /// The area in which a point lies, degrees east and north; the first of several that overlap.
    pub fn at(&self, longitude: f64, latitude: f64) -> Option<usize> {
        self.all_at(longitude, latitude).first().copied()
    }

    /// The areas in which a point lies, degrees east and north: more than one where boundaries overlap.
    pub(crate) fn all_at(&self, longitude: f64, latitude: f64) -> Vec<usize> {
        let around = self.index.locate_all_at_point(&[longitude, latitude]).map(|a| a.data);
        let mut holding: Vec<usize> = around
            .filter(|at| self.inside[*at].holds(longitude, latitude))
            .collect();
        holding.sort_unstable();
        holding
    }

    /// Whether a point lies in an area of the list.
    pub(crate) fn holds(&self, area: usize, longitude: f64, latitude: f64) -> bool {
        self.inside[area].holds(longitude, latitude)
    }

    /// The area whose boundary is nearest to a point, within so many kilometres, and how far it is.
    pub fn nearest(&self, longitude: f64, latitude: f64, within_km: f64) -> Option<(usize, f64)> {
        let narrow = km_to_a_degree_east(latitude).min(KM_TO_A_DEGREE);
        let mut nearest: Option<(usize, f64)> = None;
        for (envelope, degrees) in self.index.nearest_neighbor_iter_with_distance_2(&[longitude, latitude]) {
            let reach = nearest.map_or(within_km, |(_, km)| km);
            // A boundary is no nearer than its envelope, nor a degree shorter than the shorter of its two kinds here.
            if degrees.sqrt() * narrow > reach {
                break;
            }
            let at = envelope.data;
            let Some(boundary) = &self.list[at].boundary else {
                continue;
            };
            let km = km_to_boundary(boundary, longitude, latitude);
            if km < reach || (km == reach && nearest.is_none_or(|(first, _)| at < first)) {
                nearest = Some((at, km));
            }
        }
        nearest
    }

    /// The areas that touch each area: those that share a point of their boundaries, to about ten metres.
    pub fn neighbours(&self) -> Vec<Vec<usize>> {
        let mut at_point: HashMap<(i64, i64), BTreeSet<usize>> = HashMap::new();
        let grain = |degrees: f64| (degrees * 1e4).round() as i64;
        for (at, area) in self.list.iter().enumerate() {
            for line in area.boundary.iter().flat_map(rings) {
                for c in line {
                    at_point.entry((grain(c.x), grain(c.y))).or_default().insert(at);
                }
            }
        }
        let mut neighbours = vec![BTreeSet::new(); self.list.len()];
        for sharing in at_point.values().filter(|s| s.len() > 1) {
            for a in sharing {
                neighbours[*a].extend(sharing.iter().filter(|b| *b != a));
            }
        }
        neighbours.into_iter().map(|n| n.into_iter().collect()).collect()
    }
}

/// The lines of a boundary by bands of latitude, so that few of them have to be looked at for a point.
#[derive(Debug, Default)]
struct Inside {
    south: f64,
    /// Degrees of latitude of a band.
    band: f64,
    bands: Vec<Vec<[f64; 4]>>,
}

impl Inside {
    fn of(boundary: &MultiPolygon<f64>) -> Inside {
        const LINES_TO_A_BAND: usize = 8;
        let Some(around) = boundary.bounding_rect() else {
            return Inside::default();
        };
        let lines: Vec<[f64; 4]> = rings(boundary)
            .flat_map(|ring| {
                let points: Vec<&Coord<f64>> = ring.collect();
                let pairs = points
                    .windows(2)
                    .map(|pair| [pair[0].x, pair[0].y, pair[1].x, pair[1].y]);
                pairs.collect::<Vec<_>>()
            })
            .collect();
        let count = (lines.len() / LINES_TO_A_BAND).clamp(1, 4096);
        let mut inside = Inside {
            south: around.min().y,
            band: (around.height() / count as f64).max(f64::MIN_POSITIVE),
            bands: vec![Vec::new(); count],
        };
        for line in lines {
            let (low, high) = (inside.number(line[1].min(line[3])), inside.number(line[1].max(line[3])));
            inside.bands[low..=high].iter_mut().for_each(|band| band.push(line));
        }
        inside
    }

    /// The band of a latitude; the first or last one for any beyond.
    fn number(&self, latitude: f64) -> usize {
        // A negative number becomes 0 as it is cast.
        (((latitude - self.south) / self.band) as usize).min(self.bands.len() - 1)
    }

    /// Whether a line to the east of the point crosses the boundary an odd number of times. Of a point on the line between
    /// two areas this is true for one of them.
    fn holds(&self, longitude: f64, latitude: f64) -> bool {
        if self.bands.is_empty() {
            return false;
        }
        let lines = self.bands[self.number(latitude)].iter();
        let crossed = lines.filter(|[ax, ay, bx, by]| {
            (*ay > latitude) != (*by > latitude) && longitude < (bx - ax) * (latitude - ay) / (by - ay) + ax
        });
        crossed.count() % 2 == 1
    }
}

/// A row of `places`.
struct Listed {
    place: String,
    country: String,
    parent: Option<String>,
    name: String,
    other_name: Option<String>,
    area_km2: Option<f64>,
    boundary: Option<MultiPolygon<f64>>,
    broken: bool,
    term: Term,
}

impl Listed {
    fn into_area(self, spellings: &HashMap<String, Vec<String>>) -> Option<Area> {
        let lent = spellings.get(&self.place).into_iter().flatten().map(String::as_str);
        let own = [self.name.as_str()]
            .into_iter()
            .chain(self.other_name.iter().flat_map(|n| n.split(';')));
        let names = Names::of(own.chain(lent));
        let area_km2 = self.area_km2.or_else(|| self.boundary.as_ref().map(area_km2));
        Some(Area {
            place: self.place.parse().ok()?,
            name: self.name,
            parent: self.parent,
            country: self.country,
            area_km2,
            bounded: self.boundary.is_some(),
            term: Some(self.term),
            names,
            boundary: self.boundary,
        })
    }
}

fn listed(batch: &RecordBatch) -> Vec<Listed> {
    let c = Columns(batch);
    let (place, country, parent) = (c.texts("place"), c.texts("country"), c.texts("parent"));
    let (name, other_name, area_km2) = (c.texts("name"), c.texts("other_name"), c.numbers("area_km2"));
    let level = c.at("level").as_primitive::<Int16Type>();
    let geometry = c.at("geometry").as_binary_opt::<i32>();
    let cited = c.cited();
    let row = |i: usize| {
        let bytes = geometry.filter(|g| g.is_valid(i)).map(|g| g.value(i));
        let boundary = bytes.and_then(|bytes| polygons(bytes.to_vec()));
        Listed {
            place: place.value(i).to_string(),
            country: text(country, i).unwrap_or_default(),
            parent: text(parent, i),
            name: name.value(i).to_string(),
            other_name: text(other_name, i),
            area_km2: number(area_km2, i),
            broken: bytes.is_some() && boundary.is_none(),
            boundary,
            term: listed_term(cited(i), level.value(i), name.value(i), place.value(i)),
        }
    };
    (0..batch.num_rows()).map(row).collect()
}

/// The row of an area, which plays a part in every figure of it.
fn listed_term(cited: Cited, level: i16, name: &str, place: &str) -> Term {
    Term {
        table: "places",
        what: format!("{name}, level {level}"),
        place: place.to_string(),
        dates: (cited.as_of, cited.as_of),
        source: cited.source,
        dataset: cited.dataset,
        as_of: cited.as_of,
        file: cited.file,
        row: cited.row,
        value: 1.0,
        unit: "area".to_string(),
        role: Role::Beside,
    }
}

/// The polygons of a boundary in WKB; none where it is no polygon.
fn polygons(wkb: Vec<u8>) -> Option<MultiPolygon<f64>> {
    match Wkb(wkb).to_geo().ok()? {
        geo::Geometry::Polygon(polygon) => Some(MultiPolygon(vec![polygon])),
        geo::Geometry::MultiPolygon(polygons) => Some(polygons),
        _ => None,
    }
}

/// The rings of a boundary, outer and inner, as points.
fn rings(boundary: &MultiPolygon<f64>) -> impl Iterator<Item = impl Iterator<Item = &Coord<f64>>> {
    let lines = boundary
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    lines.map(|line| line.coords())
}

/// Kilometres to a degree of longitude at a latitude; never quite none, so that it can be divided by.
fn km_to_a_degree_east(latitude: f64) -> f64 {
    KM_TO_A_DEGREE * latitude.to_radians().cos().max(1e-6)
}

/// Kilometres from a point to the nearest line of a boundary, on the plane that touches the earth at the point: right to
/// a few metres for the few kilometres that are asked of it.
fn km_to_boundary(boundary: &MultiPolygon<f64>, longitude: f64, latitude: f64) -> f64 {
    let east = km_to_a_degree_east(latitude);
    let plane = |c: &Coord<f64>| ((c.x - longitude) * east, (c.y - latitude) * KM_TO_A_DEGREE);
    let mut least = f64::INFINITY;
    for ring in rings(boundary) {
        let mut before: Option<(f64, f64)> = None;
        for here in ring.map(plane) {
            least = least.min(before.map_or_else(|| here.0.hypot(here.1), |from| to_segment(from, here)));
            before = Some(here);
        }
    }
    least
}

/// The distance from the origin to the line between two points.
fn to_segment((ax, ay): (f64, f64), (bx, by): (f64, f64)) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (ax + along * dx).hypot(ay + along * dy)
}

/// Square kilometres within a boundary, on a sphere (Chamberlain and Duquette 2007).
fn area_km2(boundary: &MultiPolygon<f64>) -> f64 {
    use geo::ChamberlainDuquetteArea;
    boundary.chamberlain_duquette_unsigned_area() / 1e6
}

/// Points spread evenly over a disc round a point (Vogel's sunflower), degrees east and north.
pub(crate) fn disc(longitude: f64, latitude: f64, radius_km: f64, points: usize) -> impl Iterator<Item = (f64, f64)> {
    const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;
    let east = km_to_a_degree_east(latitude);
    (0..points).map(move |i| {
        let (angle, radius) = (
            i as f64 * GOLDEN_ANGLE,
            radius_km * ((i as f64 + 0.5) / points as f64).sqrt(),
        );
        (
            longitude + radius * angle.cos() / east,
            latitude + radius * angle.sin() / KM_TO_A_DEGREE,
        )
    })
}
