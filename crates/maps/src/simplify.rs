//! How much each vertex of a line matters, by Visvalingam and Whyatt (1993).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::grid::Vertex;

/// Kilometres in a degree of a great circle (mean radius 6371.0088 km).
pub(crate) const KM: f64 = 111.195_08;

/// The effective area of each vertex in square kilometres: that of the triangle that goes when the vertex does, and never
/// less than that of a vertex that went before it. Both ends are never to go: infinite. A line at a tolerance is the
/// vertices that weigh as much or more.
pub(crate) fn weights(line: &[Vertex]) -> Vec<f64> {
    let last = line.len().saturating_sub(1);
    let mut weights = vec![f64::INFINITY; line.len()];
    let mut before: Vec<usize> = (0..line.len()).map(|at| at.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (0..line.len()).map(|at| (at + 1).min(last)).collect();
    let area = |a: usize, b: usize, c: usize| triangle_km2(line[a], line[b], line[c]);
    // Areas are not negative, and so their bits are in their order.
    let mut heap: BinaryHeap<Reverse<(u64, usize)>> = BinaryHeap::new();
    let mut current: Vec<f64> = (0..line.len()).map(|at| area(before[at], at, after[at])).collect();
    heap.extend((1..last).map(|at| Reverse((current[at].to_bits(), at))));
    let mut gone_before = 0.0_f64;
    while let Some(Reverse((bits, at))) = heap.pop() {
        let is_stale = bits != current[at].to_bits() || weights[at].is_finite();
        if is_stale {
            continue;
        }
        gone_before = gone_before.max(current[at]);
        weights[at] = gone_before;
        let (left, right) = (before[at], after[at]);
        after[left] = right;
        before[right] = left;
        for neighbour in [left, right] {
            if neighbour != 0 && neighbour != last {
                current[neighbour] = area(before[neighbour], neighbour, after[neighbour]);
                heap.push(Reverse((current[neighbour].to_bits(), neighbour)));
            }
        }
    }
    weights
}

/// On a plane that is true to scale at the middle vertex.
fn triangle_km2(a: Vertex, b: Vertex, c: Vertex) -> f64 {
    let ([ax, ay], [bx, by], [cx, cy]) = (a.degrees(), b.degrees(), c.degrees());
    let cross = (ax - bx) * (cy - by) - (cx - bx) * (ay - by);
    cross.abs() / 2.0 * km2_at(by)
}

/// Square kilometres in a square degree at a latitude.
pub(crate) fn km2_at(lat: f64) -> f64 {
    KM * KM * lat.to_radians().cos().max(0.0)
}
