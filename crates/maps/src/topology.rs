//! Borders as arcs, each once, and places as the arcs around them.

use std::collections::BTreeMap;

use geo::{Contains, Coord, LineString, Polygon};

use crate::chain::{Edge, Sides};
use crate::clip::{Point, doubled_area};
use crate::grid::Vertex;
use crate::simplify;

/// What a line on a map is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// Between a place and none.
    Coast,
    /// Between areas of one country.
    Internal,
    /// Between countries.
    International,
    /// Not final, by the worldview.
    Undetermined,
    /// An end of the flat map, along ±180° or a pole: never drawn.
    Seam,
}

impl Kind {
    /// The kind's name in TopoJSON and tiles: `coast`, `internal`, `international`, `undetermined`, `seam`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Kind::Coast => "coast",
            Kind::Internal => "internal",
            Kind::International => "international",
            Kind::Undetermined => "undetermined",
            Kind::Seam => "seam",
        }
    }
}

/// A border, or a stretch of one, between two junctions or all around.
#[derive(Clone, Debug)]
pub(crate) struct Arc {
    pub(crate) line: Vec<Vertex>,
    /// How much each vertex matters, in square kilometres; see [`simplify::weights`].
    pub(crate) weights: Vec<f64>,
    pub(crate) sides: Sides,
    /// The polygon that is all there is beside this coast, and with which it comes and goes.
    pub(crate) alone: Option<usize>,
}

/// An arc in a ring, as it runs or backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) arc: usize,
    pub(crate) is_backwards: bool,
}

/// A polygon of a place.
#[derive(Clone, Debug)]
pub(crate) struct Area {
    pub(crate) place: usize,
    /// The outer ring, counter-clockwise, then the holes, clockwise.
    pub(crate) rings: Vec<Vec<Turn>>,
    /// The full detail, in degrees.
    pub(crate) polygon: Polygon<f64>,
    /// What the outer ring encloses, on a plane.
    pub(crate) km2: f64,
    /// Whether it has no neighbour, and so may go.
    pub(crate) is_alone: bool,
    /// Whether it is the largest of its place, which is always drawn.
    pub(crate) is_largest: bool,
}

/// Arcs, and the polygons made of them in the order of places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Topology {
    pub(crate) arcs: Vec<Arc>,
    pub(crate) areas: Vec<Area>,
}

/// Whether a point lies in a polygon.
pub(crate) fn contains(polygon: &Polygon<f64>, [x, y]: Point) -> bool {
    polygon.contains(&Coord { x, y })
}

impl Topology {
    /// The topology of edges that come in order.
    pub(crate) fn new(edges: &[Edge], places: usize) -> Topology {
        let mut topology = Topology {
            arcs: arcs(edges),
            areas: Vec::new(),
        };
        for (place, turns) in topology.turns(places).into_iter().enumerate() {
            let rings = topology.rings(&turns);
            topology.add_areas(place, rings);
        }
        topology.know_those_alone();
        topology.know_the_largest();
        topology.keep_a_tenth();
        topology
    }

    /// Gives places other numbers, or none to those without an area: what lies beside them lies beside nothing.
    pub(crate) fn renumber(&mut self, becomes: &[Option<usize>]) {
        for area in &mut self.areas {
            area.place = becomes[area.place].unwrap_or_default();
        }
        for sides in self.arcs.iter_mut().map(|arc| &mut arc.sides) {
            let before = *sides;
            sides.left = sides.left.and_then(|place| becomes[place]);
            sides.right = sides.right.and_then(|place| becomes[place]);
            sides.kind = match (sides.left, sides.right) {
                // Beside nothing at all: not to be drawn.
                (None, None) => Kind::Seam,
                _ if before.left.is_some() == sides.left.is_some()
                    && before.right.is_some() == sides.right.is_some() =>
                {
                    sides.kind
                }
                _ => Kind::Coast,
            };
        }
    }

    /// The arcs around each place, run so that it lies on the left.
    fn turns(&self, places: usize) -> Vec<Vec<Turn>> {
        let mut turns = vec![Vec::new(); places];
        for (arc, Arc { sides, .. }) in self.arcs.iter().enumerate() {
            if sides.left == sides.right {
                continue;
            }
            for (place, is_backwards) in [(sides.left, false), (sides.right, true)] {
                if let Some(place) = place {
                    turns[place].push(Turn { arc, is_backwards });
                }
            }
        }
        turns
    }

    /// The vertices of an arc as a ring runs along it.
    pub(crate) fn run(&self, turn: Turn) -> impl DoubleEndedIterator<Item = (Vertex, f64)> {
        let arc = &self.arcs[turn.arc];
        let last = arc.line.len().saturating_sub(1);
        (0..arc.line.len()).map(move |at| {
            let at = if turn.is_backwards { last - at } else { at };
            (arc.line[at], arc.weights[at])
        })
    }

    /// The arcs around a place linked to rings. Where rings touch, each stays simple: the sharpest left turn is taken.
    fn rings(&self, turns: &[Turn]) -> Vec<Vec<Turn>> {
        let mut starts: BTreeMap<Vertex, Vec<usize>> = BTreeMap::new();
        for (at, turn) in turns.iter().enumerate() {
            if let Some((start, _)) = self.run(*turn).next() {
                starts.entry(start).or_default().push(at);
            }
        }
        let mut is_used = vec![false; turns.len()];
        let mut rings = Vec::new();
        for first in 0..turns.len() {
            let mut ring = Vec::new();
            let mut next = Some(first);
            while let Some(at) = next.filter(|at| !is_used[*at]) {
                is_used[at] = true;
                ring.push(turns[at]);
                next = self.leftmost(turns[at], turns, &starts, |at| at == first || !is_used[at]);
            }
            if !ring.is_empty() {
                rings.push(ring);
            }
        }
        rings
    }

    /// The turn to take at the end of another, of those that may be taken: the first of the ring, and all that are in none.
    /// As many turns end at a vertex as start there, so that a ring always closes, even where polygons of a place overlap.
    fn leftmost(
        &self,
        from: Turn,
        turns: &[Turn],
        starts: &BTreeMap<Vertex, Vec<usize>>,
        may_be_taken: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let mut back = self.run(from).rev();
        let (end, before) = (back.next()?.0, back.next()?.0);
        let candidates = starts.get(&end)?;
        if let [one] = candidates[..] {
            return Some(one);
        }
        let angle = |to: Vertex| (f64::from(to.y) - f64::from(end.y)).atan2(f64::from(to.x) - f64::from(end.x));
        // Clockwise from the way that we came.
        let clockwise = |at: usize| {
            let after = self.run(turns[at]).nth(1).map_or(end, |(vertex, _)| vertex);
            let turned = (angle(before) - angle(after)).rem_euclid(std::f64::consts::TAU);
            if turned == 0.0 { std::f64::consts::TAU } else { turned }
        };
        let by_angle = |a: &usize, b: &usize| clockwise(*a).total_cmp(&clockwise(*b));
        let candidates = candidates.iter().copied().filter(|at| may_be_taken(*at));
        candidates.min_by(by_angle)
    }

    /// The closed ring of some arcs with the vertices that matter.
    pub(crate) fn ring(&self, turns: &[Turn], matters: impl Fn(Vertex, f64) -> bool) -> Vec<Vertex> {
        let mut ring = Vec::new();
        for turn in turns {
            let kept = self.run(*turn).filter(|(vertex, weight)| matters(*vertex, *weight));
            ring.extend(kept.map(|(vertex, _)| vertex));
        }
        ring.dedup();
        ring
    }

    /// Sorts the rings of a place into polygons: holes go to the smallest outer ring around them.
    fn add_areas(&mut self, place: usize, rings: Vec<Vec<Turn>>) {
        let first = self.areas.len();
        let mut holes = Vec::new();
        for turns in rings {
            let line: Vec<Point> = self
                .ring(&turns, |_, _| true)
                .into_iter()
                .map(Vertex::degrees)
                .collect();
            let doubled = doubled_area(&line);
            if doubled < 0.0 {
                holes.push((turns, line));
                continue;
            }
            self.areas.push(Area {
                place,
                rings: vec![turns],
                km2: plane_km2(&line).abs(),
                polygon: Polygon::new(LineString::from(line), Vec::new()),
                is_alone: false,
                is_largest: false,
            });
        }
        for (turns, line) in holes {
            // Within the edge: the hole may touch the outer ring with a vertex.
            let inside: Point = std::array::from_fn(|axis| (line[0][axis] + line[1][axis]) / 2.0);
            let around = self.areas[first..]
                .iter_mut()
                .filter(|area| contains(&area.polygon, inside));
            if let Some(area) = around.min_by(|a, b| a.km2.total_cmp(&b.km2)) {
                area.rings.push(turns);
                area.polygon.interiors_push(LineString::from(line));
            }
        }
    }

    fn know_those_alone(&mut self) {
        for at in 0..self.areas.len() {
            let turns = || self.areas[at].rings.iter().flatten();
            let is_coast = |turn: &Turn| matches!(self.arcs[turn.arc].sides.kind, Kind::Coast | Kind::Seam);
            if !turns().all(is_coast) {
                continue;
            }
            for arc in turns().map(|turn| turn.arc).collect::<Vec<_>>() {
                self.arcs[arc].alone = Some(at);
            }
            self.areas[at].is_alone = true;
        }
    }

    /// Marks the largest polygon of each place, which never goes.
    fn know_the_largest(&mut self) {
        let mut largest: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, area) in self.areas.iter().enumerate() {
            let best = largest.entry(area.place).or_insert(at);
            if area.km2 > self.areas[*best].km2 {
                *best = at;
            }
        }
        for at in largest.into_values() {
            self.areas[at].is_largest = true;
        }
    }

    /// Makes vertices of the polygons that never go matter always, so that at least a tenth of what the outer ring encloses
    /// stays at any tolerance.
    fn keep_a_tenth(&mut self) {
        for at in 0..self.areas.len() {
            let area = &self.areas[at];
            if area.is_alone && !area.is_largest {
                continue;
            }
            let (outer, enough) = (area.rings[0].clone(), area.km2 / 10.0);
            let kept = |topology: &Topology| {
                let kept = topology.ring(&outer, |_, weight| weight.is_infinite());
                plane_km2(&kept.into_iter().map(Vertex::degrees).collect::<Vec<_>>())
            };
            while kept(self) < enough && self.keep_one_more(&outer) {}
        }
    }

    /// Makes the vertex of a ring that matters most, of those that may go, one that may not.
    fn keep_one_more(&mut self, ring: &[Turn]) -> bool {
        let mut best: Option<(f64, usize, usize)> = None;
        for arc in ring.iter().map(|turn| turn.arc) {
            for (at, weight) in self.arcs[arc].weights.iter().copied().enumerate() {
                if weight.is_finite() && best.is_none_or(|(most, ..)| weight > most) {
                    best = Some((weight, arc, at));
                }
            }
        }
        if let Some((_, arc, at)) = best {
            self.arcs[arc].weights[at] = f64::INFINITY;
        }
        best.is_some()
    }
}

/// What a ring encloses in square kilometres, positive if counter-clockwise, on a plane that is true at its middle.
fn plane_km2(ring: &[Point]) -> f64 {
    let lats = ring.iter().map(|point| point[1]);
    let middle = lats.sum::<f64>() / (ring.len().max(1)) as f64;
    doubled_area(ring) / 2.0 * simplify::km2_at(middle)
}

/// Edges linked to arcs: from junction to junction, then what runs all around.
fn arcs(edges: &[Edge]) -> Vec<Arc> {
    let mut ends: Vec<(Vertex, usize)> = Vec::with_capacity(2 * edges.len());
    for (at, edge) in edges.iter().enumerate() {
        ends.extend([(edge.low, at), (edge.high, at)]);
    }
    ends.sort_unstable();
    let graph = Graph { edges, ends };
    let mut is_used = vec![false; edges.len()];
    let mut arcs = Vec::new();
    let vertices = || graph.ends.chunk_by(|a, b| a.0 == b.0);
    let junctions = vertices().filter(|around| graph.is_junction(around));
    for (from, edge) in junctions.chain(vertices()).flatten() {
        if !is_used[*edge] {
            arcs.push(graph.walk(*from, *edge, &mut is_used));
        }
    }
    arcs
}

/// Edges by their ends.
struct Graph<'a> {
    edges: &'a [Edge],
    ends: Vec<(Vertex, usize)>,
}

impl Graph<'_> {
    fn around(&self, vertex: Vertex) -> &[(Vertex, usize)] {
        let from = self.ends.partition_point(|end| end.0 < vertex);
        let to = from + self.ends[from..].partition_point(|end| end.0 == vertex);
        &self.ends[from..to]
    }

    /// Whether lines meet at a vertex, or one becomes another.
    fn is_junction(&self, around: &[(Vertex, usize)]) -> bool {
        let [(vertex, one), (_, other)] = around else {
            return true;
        };
        self.sides(self.edges[*one], *vertex) != self.sides(self.edges[*other], *vertex).backwards()
    }

    /// The sides of an edge that is run away from a vertex.
    fn sides(&self, edge: Edge, from: Vertex) -> Sides {
        match edge.low == from {
            true => edge.sides,
            false => edge.sides.backwards(),
        }
    }

    fn walk(&self, from: Vertex, edge: usize, is_used: &mut [bool]) -> Arc {
        let mut line = vec![from];
        let (mut at, mut edge) = (from, edge);
        let sides = self.sides(self.edges[edge], from);
        loop {
            is_used[edge] = true;
            let Edge { low, high, .. } = self.edges[edge];
            at = if low == at { high } else { low };
            line.push(at);
            let around = self.around(at);
            if at == from || self.is_junction(around) {
                break;
            }
            edge = if around[0].1 == edge { around[1].1 } else { around[0].1 };
        }
        Arc {
            weights: simplify::weights(&line),
            line,
            sides,
            alone: None,
        }
    }
}
