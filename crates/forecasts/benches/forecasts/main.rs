//! How long forecasts take, and how much memory: 191 countries × 36 months, or with `--grid` 13,110 cells × 12 months.
//!
//! The countries are those of the VIEWS challenge, to December 2021. The grid is no data: cells in a block of Africa's size, a
//! quarter of which see a third of some country's deaths in some of its months. It has as many cells as the challenge's, each with
//! its neighbours.

use std::collections::HashMap;
use std::time::Instant;

use flate2::read::GzDecoder;
use lysoen_forecasts::catalog::{model, names};
use lysoen_forecasts::summary::Summary;
use lysoen_forecasts::{DRAWS, Target};
use lysoen_lexicon::panel::{Month, Panel};
use lysoen_lexicon::priogrid::PrioGrid;
use rayon::prelude::*;

const VIEWS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/views/cm_ged_sb_1990_2022.csv.gz"
);
/// Cells of the challenge's grid, and columns of the block in which they are laid out here.
const CELLS: u32 = 13_110;
const COLUMNS: u32 = 115;

fn main() {
    let Ok(file) = std::fs::File::open(VIEWS) else {
        say("../shared/data is not here: nothing to measure");
        return;
    };
    let countries = countries(file);
    let grid = std::env::args().any(|arg| arg == "--grid");
    let panel = if grid { grow(&countries) } else { countries };
    let months = if grid { 12 } else { 36 };
    let totals = [3, 6, 12].map(|last| Target { first: 1, last });
    let targets: Vec<Target> = (1..=months).map(Target::month).chain(totals).collect();
    say(&format!("{} units × {months} months and 3 totals", panel.units().len()));
    let all = Instant::now();
    for name in names() {
        let Some(model) = model(name) else { continue };
        let start = Instant::now();
        match model.fit(&panel, &targets, 1) {
            Err(abstention) => say(&format!("{name}: {abstention}")),
            Ok(fitted) => {
                let fit = start.elapsed();
                let expected = |unit: usize| {
                    let mut draws = Vec::with_capacity(DRAWS);
                    let means = (0..targets.len()).map(|target| {
                        draws.clear();
                        fitted.draws(unit, target, DRAWS, &mut draws);
                        Summary::of(&draws).mean
                    });
                    means.sum::<f64>()
                };
                let sums: Vec<f64> = (0..panel.units().len()).into_par_iter().map(expected).collect();
                let sum: f64 = sums.iter().sum();
                say(&format!(
                    "{name}: fitted in {fit:.2?}, all told in {:.2?} (sum of means {sum:.0})",
                    start.elapsed()
                ));
            }
        }
    }
    say(&format!("all models: {:.1?}", all.elapsed()));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    for line in status.lines().filter(|line| line.starts_with("VmHWM")) {
        say(line);
    }
}

fn countries(file: std::fs::File) -> Panel {
    let mut table = csv::Reader::from_reader(GzDecoder::new(file));
    type Row = (i32, String, u32, String, Option<f64>, Option<f64>);
    let rows: Vec<Row> = table.deserialize().filter_map(Result::ok).collect();
    let mut ids: Vec<u32> = rows.iter().map(|row| row.2).collect();
    ids.sort_unstable();
    ids.dedup();
    let (first, last) = (Month::of(1990, 1), Month::of(2021, 12));
    let names = ids.iter().map(u32::to_string).collect();
    let mut panel = Panel::new(names, first, last.since(first) as usize + 1, "ged_sb_v2023");
    for (month, _, unit, _, deaths, _) in rows {
        if let (Some(deaths), Ok(unit), true) = (deaths, ids.binary_search(&unit), Month(month) <= last) {
            panel.set(0, unit, Month(month), deaths);
        }
    }
    panel
}

fn grow(countries: &Panel) -> Panel {
    let cell = |n: u32| PrioGrid::from_row_col(100 + n / COLUMNS, 300 + n % COLUMNS);
    let cells: Vec<PrioGrid> = (0..CELLS).filter_map(|n| cell(n).ok()).collect();
    let numbers: HashMap<u32, u32> = (0..).zip(&cells).map(|(n, cell)| (cell.id(), n)).collect();
    let names = cells.iter().map(PrioGrid::to_string).collect();
    let mut grid = Panel::new(names, countries.first(), countries.months(), "grown");
    for unit in 0..cells.len() {
        let country = (unit / 69) % countries.units().len();
        let violent = unit * 7919 % 100 < 25;
        for step in 0..countries.months() {
            let month = countries.first().plus(step as i32);
            let drawn = (unit * 2_654_435_761 + step * 320_732_957) % 100 < 12;
            let deaths = countries.get(country, month).unwrap_or(0.0);
            grid.set(
                0,
                unit,
                month,
                if violent && drawn { (deaths / 3.0).ceil() } else { 0.0 },
            );
        }
    }
    let beside = |cell: &PrioGrid| {
        let beside = cell.neighbours();
        beside
            .iter()
            .filter_map(|cell| numbers.get(&cell.id()).copied())
            .collect()
    };
    grid.set_neighbours(cells.iter().map(beside).collect());
    grid
}

#[expect(clippy::print_stdout, reason = "a benchmark tells what it measured")]
fn say(text: &str) {
    println!("{text}");
}
