//! Shapes made ready for a topology: checked, cut at ±180°, and given to the places to which a worldview gives them.

use std::collections::BTreeMap;

use geo::{Coord, LineString, Polygon};

use crate::antimeridian;
use crate::clip::{self, Point};
use crate::shape::{Finding, Shape};
use crate::topology::contains;
use crate::worldview::{Carve, Keep, Merge, Transfer, Worldview, is_within};

/// What one place was given as. Several outlines may be of one place.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub(crate) place: String,
    pub(crate) name: String,
    pub(crate) level: u8,
    pub(crate) country: Option<String>,
    /// What becomes of lines between this outline and others of the same place.
    pub(crate) line: Keep,
    pub(crate) polygons: Vec<Rings>,
}

/// The closed rings of a polygon: outer ones counter-clockwise, holes clockwise.
pub(crate) type Rings = Vec<Vec<Point>>;

/// The outlines of each level, with the worldview applied.
pub(crate) fn by_level(
    shapes: Vec<Shape>,
    worldview: &Worldview,
    findings: &mut Vec<Finding>,
) -> BTreeMap<u8, Vec<Outline>> {
    let checked = shapes.into_iter().filter_map(|shape| checked(shape, findings));
    let mut outlines: Vec<Outline> = checked.collect();
    for transfer in &worldview.transfers {
        hand_over(&mut outlines, transfer);
    }
    for carve in &worldview.carves {
        cut_out(&mut outlines, carve);
    }
    for merge in &worldview.merges {
        draw_as_one(&mut outlines, merge);
    }
    let mut levels: BTreeMap<u8, Vec<Outline>> = BTreeMap::new();
    for outline in outlines {
        levels.entry(outline.level).or_default().push(outline);
    }
    levels
}

/// A shape as an outline; none where a position lies nowhere on Earth, or no ring encloses anything.
fn checked(shape: Shape, findings: &mut Vec<Finding>) -> Option<Outline> {
    let mut polygons = Vec::new();
    for polygon in shape.geometry {
        let (outer, holes) = polygon.into_inner();
        let mut rings = Vec::new();
        for (at, ring) in std::iter::once(outer).chain(holes).enumerate() {
            if let Some(Coord { x, y }) = ring.coords().find(|at| !is_on_earth(at)) {
                let what = format!("longitude {x}, latitude {y} lies nowhere on Earth; the place is left out");
                findings.push(Finding::new(shape.place, what));
                return None;
            }
            if ring.0.len() < 4 || !ring.is_closed() {
                findings.push(Finding::new(
                    &shape.place,
                    "a ring of fewer than 4 points; it is left out",
                ));
                // Holes mean nothing without the ring around them.
                if at == 0 {
                    break;
                }
                continue;
            }
            let ring: Vec<Point> = ring.coords().map(|at| [at.x, at.y]).collect();
            rings.extend(antimeridian::cut(&ring, at == 0));
        }
        if !rings.is_empty() {
            polygons.push(rings);
        }
    }
    if polygons.is_empty() {
        findings.push(Finding::new(shape.place, "no polygon; the place is left out"));
        return None;
    }
    Some(Outline {
        place: shape.place,
        name: shape.name,
        level: shape.level,
        country: shape.country,
        line: Keep::None,
        polygons,
    })
}

/// Longitudes may go on beyond 180°, for a turn.
fn is_on_earth(at: &Coord<f64>) -> bool {
    at.x.abs() <= 540.0 && at.y.abs() <= 90.0 + 1e-6
}

/// Moves polygons from one place to another, and areas that lie there to the other country.
fn hand_over(outlines: &mut [Outline], transfer: &Transfer) {
    let moves = |polygon: &Rings| is_at(polygon, transfer) || lies_within(polygon, transfer);
    let Some(to) = outlines.iter().position(|outline| outline.place == transfer.to) else {
        return;
    };
    let mut moved = Vec::new();
    for outline in outlines.iter_mut() {
        if outline.place == transfer.from {
            let (gone, left) = std::mem::take(&mut outline.polygons).into_iter().partition(moves);
            moved.extend::<Vec<Rings>>(gone);
            outline.polygons = left;
        } else if outline.country.as_deref() == Some(&transfer.from) && outline.polygons.iter().all(moves) {
            outline.country = Some(transfer.to.clone());
        }
    }
    outlines[to].polygons.extend(moved);
}

fn is_at(polygon: &Rings, transfer: &Transfer) -> bool {
    let rings = polygon
        .iter()
        .map(|ring| Polygon::new(LineString::from(ring.clone()), Vec::new()));
    // A point within a hole is within two rings.
    let around = |at: Point| rings.filter(|ring| contains(ring, at)).count() % 2 == 1;
    transfer.at.is_some_and(around)
}

fn lies_within(polygon: &Rings, transfer: &Transfer) -> bool {
    let lies = |bounds| polygon.iter().flatten().all(|at| is_within(bounds, *at));
    transfer.within.is_some_and(lies)
}

/// Gives what of one place lies in a box to another, which may be new. The one that loses it gets the same rings
/// backwards, which take it out.
fn cut_out(outlines: &mut Vec<Outline>, carve: &Carve) {
    let Some(of) = outlines.iter_mut().find(|outline| outline.place == carve.of) else {
        return;
    };
    let clipped = of.polygons.iter().map(|polygon| {
        let rings = polygon.iter().map(|ring| clip::ring(ring, carve.within));
        rings.filter(|ring| clip::doubled_area(ring) != 0.0).collect::<Rings>()
    });
    let inside: Vec<Rings> = clipped.filter(|polygon| !polygon.is_empty()).collect();
    if inside.is_empty() {
        return;
    }
    let backwards = |ring: &Vec<Point>| ring.iter().rev().copied().collect();
    let taken = inside
        .iter()
        .map(|polygon| polygon.iter().map(backwards).collect::<Rings>());
    of.polygons.extend(taken);
    let level = of.level;
    match outlines.iter_mut().find(|outline| outline.place == carve.place) {
        Some(place) => place.polygons.extend(inside),
        None => outlines.push(Outline {
            place: carve.place.clone(),
            name: carve.name.clone(),
            level,
            country: None,
            line: Keep::None,
            polygons: inside,
        }),
    }
}

/// Draws a place as a part of another, where there is the other.
fn draw_as_one(outlines: &mut [Outline], merge: &Merge) {
    let Some(into) = outlines.iter().find(|outline| outline.place == merge.into).cloned() else {
        return;
    };
    for outline in outlines.iter_mut().filter(|outline| outline.place == merge.from) {
        outline.place.clone_from(&into.place);
        outline.name.clone_from(&into.name);
        outline.level = into.level;
        outline.country.clone_from(&into.country);
        outline.line = merge.line;
    }
}
