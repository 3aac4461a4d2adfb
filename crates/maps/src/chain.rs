//! Edges and what lies on both sides of them.
//!
//! Rings of a place are added up as chains: an edge that runs both ways in rings of one place is within it and falls away.
//! So parts become one place, cut-outs leave it, and there-and-back lines of a clipped ring vanish, all by the same sum.

use std::collections::{BTreeMap, BTreeSet};

use crate::grid::{self, STEPS, Vertex};
use crate::outlines::Outline;
use crate::shape::Finding;
use crate::topology::Kind;
use crate::worldview::{Keep, Line, LineKind, is_within};

/// An edge from its lower vertex to its higher one, with the places on both sides as it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) low: Vertex,
    pub(crate) high: Vertex,
    pub(crate) sides: Sides,
}

/// What lies on the left and on the right of a line, and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) left: Option<usize>,
    pub(crate) right: Option<usize>,
    pub(crate) kind: Kind,
}

impl Sides {
    /// The same line run backwards.
    pub(crate) fn backwards(self) -> Sides {
        Sides {
            left: self.right,
            right: self.left,
            kind: self.kind,
        }
    }
}

/// Outlines of one level, and the place of each.
pub(crate) struct Outlined<'a> {
    pub(crate) outlines: &'a [Outline],
    /// The place of each outline.
    pub(crate) place_of: &'a [usize],
    /// The code of each place.
    pub(crate) places: &'a [String],
    /// The country of each place: itself if it is one.
    pub(crate) countries: &'a [String],
    pub(crate) lines: &'a [Line],
}

/// How often an outline runs along an edge, from the lower vertex to the higher one (1) or back (-1).
type Run = (Vertex, Vertex, usize, i32);

impl Outlined<'_> {
    /// The edges of all places, in order of their vertices.
    pub(crate) fn edges(&self, findings: &mut Vec<Finding>) -> Vec<Edge> {
        let runs = self.runs();
        let mut edges = Vec::new();
        let mut overlaps = BTreeSet::new();
        for runs in runs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            self.add_edges(runs, &mut edges, &mut overlaps);
        }
        let overlap = |(first, second): (usize, usize)| {
            let what = match first == second {
                true => "polygons of its own that overlap".to_string(),
                false => format!("overlaps {} along a border of both", self.places[second]),
            };
            Finding::new(&self.places[first], what)
        };
        findings.extend(overlaps.into_iter().map(overlap));
        edges
    }

    fn runs(&self) -> Vec<Run> {
        let mut rings = Vec::new();
        let mut owners = Vec::new();
        for (at, outline) in self.outlines.iter().enumerate() {
            for ring in outline.polygons.iter().flatten() {
                rings.push(ring.iter().map(|point| Vertex::of(*point)).collect::<Vec<Vertex>>());
                owners.push(at);
            }
        }
        grid::node(&mut rings);
        let mut runs = Vec::new();
        for (ring, owner) in rings.iter().zip(owners) {
            let edges = ring.windows(2).map(|edge| match edge[0] < edge[1] {
                true => (edge[0], edge[1], owner, 1),
                false => (edge[1], edge[0], owner, -1),
            });
            runs.extend(edges.filter(|edge| edge.0 != edge.1));
        }
        runs.sort_unstable();
        runs
    }

    /// Adds what remains of the runs along one edge: mostly one edge, none where they cancel out, and several where places
    /// overlap, so that every ring stays closed.
    fn add_edges(&self, runs: &[Run], edges: &mut Vec<Edge>, overlaps: &mut BTreeSet<(usize, usize)>) {
        let (low, high, ..) = runs[0];
        let mut of_outline: BTreeMap<usize, i32> = BTreeMap::new();
        let mut of_place: BTreeMap<usize, i32> = BTreeMap::new();
        for (_, _, outline, sense) in runs {
            *of_outline.entry(*outline).or_default() += sense;
            *of_place.entry(self.place_of[*outline]).or_default() += sense;
        }
        let side = |sense: i32| {
            let times = |(place, net): (&usize, &i32)| vec![*place; usize::try_from(net * sense).unwrap_or(0)];
            of_place.iter().flat_map(times).collect::<Vec<usize>>()
        };
        let (left, right) = (side(1), side(-1));
        for at in 0..left.len().max(right.len()) {
            let (left, right) = (left.get(at).copied(), right.get(at).copied());
            let kind = self.kind(low, high, left, right);
            let sides = Sides { left, right, kind };
            edges.push(Edge { low, high, sides });
        }
        for side in [&left, &right] {
            overlaps.extend(side.windows(2).map(|two| (two[0], two[1])));
        }
        // Within a place, a line between two outlines of it that a worldview keeps.
        let is_kept = |(outline, net): (&usize, &i32)| *net != 0 && self.outlines[*outline].line == Keep::Undetermined;
        if left.is_empty() && right.is_empty() && of_outline.iter().any(is_kept) {
            let place = of_place.keys().next().copied();
            let sides = Sides {
                left: place,
                right: place,
                kind: Kind::Undetermined,
            };
            edges.push(Edge { low, high, sides });
        }
    }

    fn kind(&self, low: Vertex, high: Vertex, left: Option<usize>, right: Option<usize>) -> Kind {
        if is_seam(low, high) {
            return Kind::Seam;
        }
        let by_default = match (left, right) {
            (Some(a), Some(b)) if self.countries[a] == self.countries[b] => Kind::Internal,
            (Some(_), Some(_)) => Kind::International,
            _ => Kind::Coast,
        };
        let middle: [f64; 2] = std::array::from_fn(|axis| (low.degrees()[axis] + high.degrees()[axis]) / 2.0);
        let mut lines = self.lines.iter().rev();
        let said = lines.find(|line| {
            line.within.is_none_or(|bounds| is_within(bounds, middle)) && self.is_between(line, left, right)
        });
        match said.map(|line| line.kind) {
            Some(LineKind::Undetermined) => Kind::Undetermined,
            Some(LineKind::International) => Kind::International,
            None => by_default,
        }
    }

    fn is_between(&self, line: &Line, left: Option<usize>, right: Option<usize>) -> bool {
        let Some([one, other]) = &line.between else { return true };
        let (Some(left), Some(right)) = (left, right) else {
            return false;
        };
        let is = |place: usize, code: &str| self.places[place] == code || self.countries[place] == code;
        (is(left, one) && is(right, other)) || (is(left, other) && is(right, one))
    }
}

/// Whether an edge is there only because the map is flat: along ±180°, or along the south pole.
fn is_seam(low: Vertex, high: Vertex) -> bool {
    let at_the_end = |vertex: Vertex| f64::from(vertex.x).abs() >= 180.0 * STEPS - 2.0;
    let at_the_pole = |vertex: Vertex| f64::from(vertex.y).abs() >= 89.99 * STEPS;
    (at_the_end(low) && at_the_end(high) && low.x.signum() == high.x.signum())
        || (at_the_pole(low) && at_the_pole(high))
}
