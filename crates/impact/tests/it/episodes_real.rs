//! Sham policies at real peaks.
use lysoen_impact::episodes::*;
use lysoen_impact::{Method, Panel};
use crate::episodes_data;

const WINDOW: Window = Window { before: 36, aside: 0, after: 12, months: 1 };

fn total(panel: &Panel, unit: usize, from: usize, to: usize) -> f64 {
    let (rates, people) = (panel.series(unit), panel.people(unit).unwrap());
    (from..to).map(|time| rates[time] * people[time] / 1e5).sum()
}

/// first periods after a country's own 12-month peak
pub fn peaks(panel: &Panel) -> Vec<Point> {
    let mut peaks: Vec<Point> = Vec::new();
    for unit in 0..panel.units.len() {
        let mut last = None;
        for time in 36..=panel.times.len() - 12 {
            let year = |end: usize| total(panel, unit, end - 12, end);
            let highest = (time - 24..time).map(year).fold(0.0, f64::max);
            if year(time) < 25.0 - 1e-6 || year(time) < highest - 1e-6 || last.is_some_and(|last| time - last < 24) { continue; }
            last = Some(time);
            peaks.push(Point { unit, time });
        }
    }
    peaks
}
fn median(v: &[f64]) -> f64 { let mut v = v.to_vec(); v.sort_by(f64::total_cmp); v[v.len() / 2] }

#[test]
fn explore() {
    let panel = episodes_data::deaths();
    let peaks = peaks(&panel);
    let raw: Vec<f64> = peaks.iter().map(|p| total(&panel, p.unit, p.time, p.time + 12) / total(&panel, p.unit, p.time - 12, p.time) - 1.0).collect();
    println!("{} {}", raw.len(), median(&raw));
    let all: Vec<usize> = (0..panel.units.len()).collect();
    for before in [24, 36, 48] {
    for scale in [Scale::Rate, Scale::Shape] { for method in [Method::Did, Method::Synthetic] {
        let rules = EpisodeRules::default();
        let start = std::time::Instant::now();
        let (mut e, mut b, mut bl, mut p, mut n, mut m) = (vec![], vec![], vec![], vec![], vec![], vec![]);
        let mut none = 0;
        for &point in &peaks {
            if point.time < before { continue }
            let q = Alignment { panel: &panel, point, window: Window { before, ..WINDOW }, eligible: &all, excluded: &|_, _| false, scale, rules: &rules };
            let Ok((design, _)) = aligned(q) else { continue };
            let Ok(s) = shams(&design, method) else { none += 1; continue };
            e.push(s.effect); p.push(s.p); n.push(s.episodes as f64); m.push(s.median);
            if let Some(x) = s.beyond { b.push(x); bl.push((1.0 + x).ln().abs()); }
        }
        let fpr = p.iter().filter(|p| **p <= 0.05).count() as f64 / p.len() as f64;
        println!("before {before} {scale:?} {method:?} cases {} none {none} episodes {} effect {:.3} shams' {:.3} beyond {:.3} ({}) mad {:.3} fpr {:.3} {:?}", e.len(), median(&n), median(&e), median(&m), median(&b), b.len(), median(&bl), fpr, start.elapsed());
    }}}
}
