//! The grid on which vertices lie, so that neighbours that mean the same vertex have the same one.

use std::collections::{BTreeMap, HashMap, HashSet};

use rstar::{AABB, RTree};

/// Steps of the grid in a degree: one is about a centimetre.
pub(crate) const STEPS: f64 = 1e7;

/// How far from an edge, in steps, a vertex still lies on it.
const ON: f64 = 1.5;

/// A position on the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Vertex {
    pub(crate) x: i32,
    pub(crate) y: i32,
}

impl Vertex {
    /// The nearest vertex.
    pub(crate) fn of([lon, lat]: [f64; 2]) -> Vertex {
        let step = |degrees: f64| (degrees * STEPS).round() as i32;
        Vertex {
            x: step(lon),
            y: step(lat),
        }
    }

    /// Longitude and latitude in degrees.
    pub(crate) fn degrees(self) -> [f64; 2] {
        [f64::from(self.x) / STEPS, f64::from(self.y) / STEPS]
    }

    fn as_floats(self) -> [f64; 2] {
        [f64::from(self.x), f64::from(self.y)]
    }
}

/// Makes rings meet: vertices a step apart become one (rounding parts them), and a vertex that lies on an edge of another
/// ring becomes a vertex of that edge.
pub(crate) fn node(rings: &mut [Vec<Vertex>]) {
    join(rings);
    let vertices: HashSet<Vertex> = rings.iter().flatten().copied().collect();
    let tree = RTree::bulk_load(vertices.into_iter().map(Vertex::as_floats).collect());
    let mut split: HashMap<(Vertex, Vertex), Vec<Vertex>> = HashMap::new();
    for ring in rings {
        let mut noded = Vec::with_capacity(ring.len());
        for edge in ring.windows(2) {
            noded.push(edge[0]);
            // Looked up in one direction, so that both neighbours get the same vertices.
            let (low, high) = (edge[0].min(edge[1]), edge[0].max(edge[1]));
            let between = split.entry((low, high)).or_insert_with(|| on_edge(&tree, low, high));
            match low == edge[0] {
                true => noded.extend(between.iter()),
                false => noded.extend(between.iter().rev()),
            }
        }
        noded.extend(ring.last());
        noded.dedup();
        *ring = noded;
    }
}

/// Makes one of vertices that are a step apart.
fn join(rings: &mut [Vec<Vertex>]) {
    let mut sorted: Vec<Vertex> = rings.iter().flatten().copied().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let mut kept: HashSet<Vertex> = HashSet::with_capacity(sorted.len());
    let mut moved: BTreeMap<Vertex, Vertex> = BTreeMap::new();
    for vertex in sorted {
        // Those that came before in the order of x, then y.
        let before = [(-1, -1), (-1, 0), (-1, 1), (0, -1)].map(|(x, y)| Vertex {
            x: vertex.x + x,
            y: vertex.y + y,
        });
        match before.into_iter().find(|other| kept.contains(other)) {
            Some(other) => drop(moved.insert(vertex, other)),
            None => drop(kept.insert(vertex)),
        }
    }
    if moved.is_empty() {
        return;
    }
    for vertex in rings.iter_mut().flatten() {
        *vertex = moved.get(vertex).copied().unwrap_or(*vertex);
    }
}

/// The vertices that lie on an edge, from its low end to its high one.
fn on_edge(tree: &RTree<[f64; 2]>, low: Vertex, high: Vertex) -> Vec<Vertex> {
    let ([x0, y0], [x1, y1]) = (low.as_floats(), high.as_floats());
    let (run, rise) = (x1 - x0, y1 - y0);
    let length = run.hypot(rise);
    if length == 0.0 {
        return Vec::new();
    }
    let near = AABB::from_corners([x0 - ON, y0.min(y1) - ON], [x1 + ON, y0.max(y1) + ON]);
    let mut found: Vec<(f64, Vertex)> = Vec::new();
    for [x, y] in tree.locate_in_envelope(&near) {
        let along = ((x - x0) * run + (y - y0) * rise) / length;
        let aside = ((x - x0) * rise - (y - y0) * run).abs() / length;
        let vertex = Vertex {
            x: *x as i32,
            y: *y as i32,
        };
        if aside < ON && along > 0.0 && along < length && vertex != low && vertex != high {
            found.push((along, vertex));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, vertex)| vertex).collect()
}
