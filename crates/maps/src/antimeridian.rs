//! Rings cut at ±180°, so that no edge jumps across the map.

use crate::clip::{self, Point, doubled_area};

/// As near to a pole as makes no difference.
const POLE: f64 = 90.0 - 1e-6;

/// As near to ±180° as makes no difference, in degrees: files cut rings some metres beside it.
const BESIDE: f64 = 1e-3;

/// The pieces of a closed ring between -180° and 180°, counter-clockwise if it is an outer one, else clockwise. A ring
/// around a pole is closed along the pole.
pub(crate) fn cut(ring: &[Point], is_outer: bool) -> Vec<Vec<Point>> {
    let mut ring = unrolled(ring);
    close_at_the_pole(&mut ring);
    if (doubled_area(&ring) > 0.0) != is_outer {
        ring.reverse();
    }
    let lons = || ring.iter().map(|point| point[0]);
    let turn = |lon: f64| ((lon + 180.0) / 360.0).floor();
    let (west, east) = (lons().fold(f64::MAX, f64::min), lons().fold(f64::MIN, f64::max));
    if west >= -180.0 && east <= 180.0 {
        return vec![on_the_end(ring)];
    }
    let (first, last) = (turn(west) as i32, turn(east) as i32);
    let pieces = (first..=last).map(|turn| {
        let middle = f64::from(turn) * 360.0;
        let kept = clip::ring(&ring, [middle - 180.0, -90.0, middle + 180.0, 90.0]);
        on_the_end(kept.into_iter().map(|[lon, lat]| [lon - middle, lat]).collect())
    });
    pieces.filter(|piece: &Vec<Point>| doubled_area(piece) != 0.0).collect()
}

/// The ring with what is all but on ±180° on it.
fn on_the_end(mut ring: Vec<Point>) -> Vec<Point> {
    for [lon, _] in &mut ring {
        if lon.abs() > 180.0 - BESIDE {
            *lon = 180.0_f64.copysign(*lon);
        }
    }
    ring
}

/// The ring with longitudes that go on where they jumped from 180° to -180°. An edge along a pole does not jump.
fn unrolled(ring: &[Point]) -> Vec<Point> {
    let mut offset = 0.0;
    let mut unrolled: Vec<Point> = Vec::with_capacity(ring.len());
    for (at, [lon, lat]) in ring.iter().copied().enumerate() {
        if at > 0 {
            let [lon_before, lat_before] = ring[at - 1];
            let is_along_a_pole = lat.abs() >= POLE && lat_before.abs() >= POLE;
            if (lon - lon_before).abs() > 180.0 && !is_along_a_pole {
                offset -= 360.0 * ((lon - lon_before) / 360.0).round();
            }
        }
        unrolled.push([lon + offset, lat]);
    }
    unrolled
}

/// Leads a ring that ends a turn away from where it began along the pole on its side, back to the start.
fn close_at_the_pole(ring: &mut Vec<Point>) {
    let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied()) else {
        return;
    };
    if (last[0] - first[0]).abs() < 180.0 {
        return;
    }
    let mean = ring.iter().map(|point| point[1]).sum::<f64>();
    let pole = 90.0_f64.copysign(mean);
    ring.extend([[last[0], pole], [first[0], pole], first]);
}
