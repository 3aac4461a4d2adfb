//! Rings and lines cut at a box.

/// A position: longitude and latitude, or x and y of a tile.
pub(crate) type Point = [f64; 2];

/// West, south, east and north; of a tile: left, top, right and bottom.
pub(crate) type Window = [f64; 4];

/// What of a closed ring (last point = first) lies in a window, by Sutherland and Hodgman (1974). Where several pieces
/// remain, they hang together by lines along the window's edge, there and back, that enclose nothing. Empty where nothing
/// remains.
pub(crate) fn ring(points: &[Point], [left, top, right, bottom]: Window) -> Vec<Point> {
    let mut kept = points.to_vec();
    for (axis, bound, side) in [(0, left, 1.0), (0, right, -1.0), (1, top, 1.0), (1, bottom, -1.0)] {
        kept = half(&kept, axis, bound, side);
    }
    kept
}

/// What of a closed ring lies on one side of a line across an axis.
fn half(ring: &[Point], axis: usize, bound: f64, side: f64) -> Vec<Point> {
    let is_inside = |point: &Point| (point[axis] - bound) * side >= 0.0;
    if ring.iter().all(is_inside) {
        return ring.to_vec();
    }
    let mut kept = Vec::with_capacity(ring.len());
    for edge in ring.windows(2) {
        let (from, to) = (edge[0], edge[1]);
        if is_inside(&from) {
            kept.push(from);
        }
        if is_inside(&from) != is_inside(&to) {
            kept.push(crossing(from, to, axis, bound));
        }
    }
    if let Some(first) = kept.first().copied() {
        kept.push(first);
    }
    kept
}

/// Where an edge crosses a line across an axis: exactly on the line, and the same for the edge run backwards.
fn crossing(from: Point, to: Point, axis: usize, bound: f64) -> Point {
    let (low, high) = if from[axis] <= to[axis] { (from, to) } else { (to, from) };
    let other = 1 - axis;
    let along = (bound - low[axis]) / (high[axis] - low[axis]);
    let mut point = [bound, bound];
    point[other] = low[other] + along * (high[other] - low[other]);
    point
}

/// The pieces of a line that lie in a window (Liang and Barsky 1984, segment by segment).
pub(crate) fn line(points: &[Point], window: Window) -> Vec<Vec<Point>> {
    let mut pieces: Vec<Vec<Point>> = Vec::new();
    let mut goes_on = false;
    for edge in points.windows(2) {
        let Some((enters, leaves)) = segment(edge[0], edge[1], window) else {
            goes_on = false;
            continue;
        };
        let at = |along: f64| std::array::from_fn(|axis| edge[0][axis] + along * (edge[1][axis] - edge[0][axis]));
        match pieces.last_mut().filter(|_| goes_on && enters == 0.0) {
            Some(piece) => piece.push(at(leaves)),
            None => pieces.push(vec![at(enters), at(leaves)]),
        }
        goes_on = leaves == 1.0;
    }
    pieces
}

/// From where to where a segment lies in a window, as shares of its length.
fn segment(from: Point, to: Point, [left, top, right, bottom]: Window) -> Option<(f64, f64)> {
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (axis, low, high) in [(0, left, right), (1, top, bottom)] {
        let run = to[axis] - from[axis];
        if run == 0.0 {
            if from[axis] < low || from[axis] > high {
                return None;
            }
            continue;
        }
        let (a, b) = ((low - from[axis]) / run, (high - from[axis]) / run);
        enters = enters.max(a.min(b));
        leaves = leaves.min(a.max(b));
    }
    (enters < leaves).then_some((enters, leaves))
}

/// Twice the area of a closed ring, positive where it runs counter-clockwise with y upwards.
pub(crate) fn doubled_area(ring: &[Point]) -> f64 {
    // From the first point, so that small rings far from the origin lose no digits.
    let Some([x0, y0]) = ring.first().copied() else {
        return 0.0;
    };
    let cross = |edge: &[Point]| (edge[0][0] - x0) * (edge[1][1] - y0) - (edge[1][0] - x0) * (edge[0][1] - y0);
    ring.windows(2).map(cross).sum()
}
