//! The global MPI by its recipe, from OPHI's workbooks as imported, against what the workbooks themselves say.
#![cfg_attr(not(shared_data), allow(dead_code))]
// Tests may stop at the first surprise.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::Path;

use lysoen_indices::alkire_foster::logit_interval;
use lysoen_indices::catalog::Recipes;
use lysoen_indices::data::{Data, Unit};
use lysoen_indices::index::{Index, Outcome};
use lysoen_sources::finding::Findings;
use lysoen_sources::input::Input;

use crate::run;

const NATIONAL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/indices/ophi_national_results_mpi.xlsx"
);
const SUBNATIONAL: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../../shared/data/indices/ophi_subnational_results_mpi.xlsx"
);

/// The nodes whose contributions the workbooks give, in their order.
const CONTRIBUTIONS: [&str; 13] = [
    "health",
    "education",
    "living-standards",
    "nutrition",
    "child-mortality",
    "years-of-schooling",
    "school-attendance",
    "cooking-fuel",
    "sanitation",
    "drinking-water",
    "electricity",
    "housing",
    "assets",
];

/// One figure of an observatory.
struct Figure {
    place: String,
    indicator: String,
    breakdown: String,
    value: f64,
    interval: Option<(f64, f64)>,
    population: f64,
}

fn imported(file: &str) -> Vec<Figure> {
    let folder = tempfile::tempdir().unwrap();
    let does = |args: &[&str]| {
        let ran = run(folder.path(), args);
        assert!(ran.outcome.is_ok(), "{args:?}: {:?}", ran.outcome);
        ran.wrote.bytes()
    };
    does(&["init", "--empty", "--quiet"]);
    does(&["import", file, "--quiet"]);
    let sql = "SELECT place, indicator, breakdown, value, low, high, population FROM observations ORDER BY place";
    let bytes = does(&["query", sql, "--own-use", "--format", "csv", "--quiet"]);
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let figure = |row: csv::StringRecord| Figure {
        place: row[0].to_string(),
        indicator: row[1].to_string(),
        breakdown: row[2].to_string(),
        value: row[3].parse().unwrap(),
        interval: row[4].parse().ok().zip(row[5].parse().ok()),
        population: row[6].parse().unwrap_or(f64::NAN),
    };
    reader.records().map(|row| figure(row.unwrap())).collect()
}

/// The recipe's index of every place of a workbook.
struct Poverty {
    figures: Vec<Figure>,
    data: Data,
    index: Index,
    outcome: Outcome,
}

impl Poverty {
    fn of(file: &str) -> Poverty {
        let figures = imported(file);
        let mut places: Vec<String> = figures.iter().map(|f| f.place.clone()).collect();
        places.dedup();
        let unit = |code: &String| Unit {
            code: code.clone(),
            ..Unit::default()
        };
        let recipe = Recipes::builtin().get("mpi").unwrap();
        let inputs = recipe.inputs();
        let keys = inputs.iter().map(|i| i.key.clone()).collect();
        let mut data = Data::new(places.iter().map(unit).collect(), vec![None], keys);
        for figure in &figures {
            let at = places.binary_search(&figure.place).unwrap();
            let named = |i: &lysoen_indices::check::Input| {
                i.node.indicator.as_deref() == Some(figure.indicator.as_str()) && i.node.breakdown == figure.breakdown
            };
            if let Some(input) = inputs.iter().position(named) {
                data.set(0, input, at, figure.value);
            }
        }
        let index = Index::new(recipe, &data).unwrap();
        let outcome = index.build(&data, 0).unwrap();
        Poverty {
            figures,
            data,
            index,
            outcome,
        }
    }

    fn at(&self, place: &str) -> usize {
        let found = self.data.units().iter().position(|u| u.code == place);
        found.unwrap_or_else(|| panic!("no {place}"))
    }

    fn mpi(&self, place: &str) -> f64 {
        self.outcome.index().values[self.at(place)]
    }

    /// The published index, as imported.
    fn published(&self) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(|f| f.indicator == "mpi")
    }
}

/// The rows of a sheet of a workbook by place, as the import names places.
fn sheet(file: &str, beginning: &str, region: Option<usize>) -> BTreeMap<String, Vec<String>> {
    let inputs = Input::open(Path::new(file)).unwrap();
    let mut records = inputs[0].records(Some(beginning)).unwrap();
    let mut findings = Findings::new(file);
    let mut record = csv::StringRecord::new();
    let mut rows = BTreeMap::new();
    while records.next(&mut record, &mut findings).unwrap().is_some() {
        let code = record.get(1).unwrap_or_default().trim();
        if code.len() == 3 {
            let named = |name: &str| format!("{code}/{}", name.split_whitespace().collect::<Vec<_>>().join(" "));
            let place = region.map_or(code.to_string(), |at| named(&record[at]));
            rows.insert(place, record.iter().map(str::to_string).collect());
        }
    }
    rows
}

fn number(row: &[String], at: usize) -> f64 {
    row.get(at)
        .and_then(|cell| cell.trim().parse().ok())
        .unwrap_or(f64::NAN)
}

/// The largest distance from the published index, and how many there are.
fn index_against(poverty: &Poverty) -> (f64, usize) {
    let far = poverty.published().map(|f| (poverty.mpi(&f.place) - f.value).abs());
    let far: Vec<f64> = far.collect();
    assert!(far.iter().all(|f| !f.is_nan()));
    (far.iter().copied().fold(0.0, f64::max), far.len())
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn the_mpi_of_112_countries_and_1359_regions_follows_from_their_censored_headcounts() {
    for (file, places) in [(NATIONAL, 112), (SUBNATIONAL, 1_359)] {
        let poverty = Poverty::of(file);
        let (far, count) = index_against(&poverty);
        assert_eq!(count, places);
        assert!(far < 1e-12, "{far}");
        // H × A, beside it, is the same wherever somebody is poor.
        let beside = &poverty.outcome.node("headcount-by-intensity").unwrap().values;
        let index = &poverty.outcome.index().values;
        let differ = |(a, b): &(&f64, &f64)| (*a - *b).abs() > 1e-12 || (a.is_nan() && **b != 0.0);
        assert_eq!(beside.iter().zip(index).filter(differ).count(), 0);
    }
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn contributions_of_dimensions_and_indicators_are_those_of_the_workbooks() {
    // The published ones are percentages in single precision.
    for (file, name, region, first, places) in
        [(NATIONAL, "1.3", None, 7, 112), (SUBNATIONAL, "5.3", Some(6), 9, 1_343)]
    {
        let poverty = Poverty::of(file);
        let mut told = 0;
        for (place, row) in sheet(file, name, region) {
            let unit = poverty.at(&place);
            let shares = poverty.index.contributions(&poverty.outcome, unit);
            if poverty.mpi(&place) == 0.0 {
                assert!(shares.iter().all(Option::is_none) && number(&row, first).is_nan());
                continue;
            }
            for (at, node) in CONTRIBUTIONS.iter().enumerate() {
                let number_of = poverty.outcome.nodes.iter().position(|n| n.id == *node).unwrap();
                let share = shares[number_of].unwrap() * 100.0;
                let published = number(&row, first + at);
                // An indicator that the survey lacks is published as nothing, and gives nothing.
                let published = if published.is_nan() { 0.0 } else { published };
                assert!(
                    (share - published).abs() < 1e-5,
                    "{place}, {node}: {share}, not {published}"
                );
            }
            told += 1;
        }
        assert_eq!(told, places);
    }
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn regions_weighted_by_their_people_are_the_nations() {
    let (regions, nations) = (Poverty::of(SUBNATIONAL), Poverty::of(NATIONAL));
    let shares = sheet(SUBNATIONAL, "5.2", Some(6));
    let mut sums: BTreeMap<&str, [f64; 4]> = BTreeMap::new();
    for region in regions.published() {
        let (country, _) = region.place.split_once('/').unwrap();
        let (index, share) = (regions.mpi(&region.place), number(&shares[&region.place], 22));
        let sum = sums.entry(country).or_default();
        let more = [share * index, share, region.population * index, region.population];
        sum.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }
    assert_eq!(sums.len(), 102);
    for (country, [by_share, whole, by_people, people]) in sums {
        let nation = nations.mpi(country);
        assert!((by_share / whole - nation).abs() < 1e-12, "{country}: {by_share}");
        // The workbook rounds the number of people, which is imported, to single precision.
        assert!((by_people / people - nation).abs() < 1e-8, "{country}: {by_people}");
    }
}

#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[test]
fn published_intervals_are_symmetrical_on_the_logit_scale_with_student_s_quantile_of_the_survey() {
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let mut quantiles: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    let mut largest = [0.0f64; 2];
    for (file, name, region, first, places) in
        [(NATIONAL, "1.5", None, 6, 112), (SUBNATIONAL, "5.4", Some(6), 8, 1_343)]
    {
        let imported: BTreeMap<(String, String), Option<(f64, f64)>> = imported(file)
            .into_iter()
            .filter(|f| f.breakdown.is_empty())
            .map(|f| ((f.place, f.indicator), f.interval))
            .collect();
        let mut told = 0;
        for (place, row) in sheet(file, name, region) {
            for (k, (indicator, scale)) in [("mpi", 1.0), ("mpi_headcount", 100.0)].into_iter().enumerate() {
                let [p, se, low, high] = [0, 1, 2, 3].map(|at| number(&row, first + 4 * k + at) / scale);
                let known = imported[&(place.clone(), indicator.to_string())];
                if p == 0.0 {
                    assert!(low.is_nan() && known.is_none(), "{place}");
                    continue;
                }
                assert_eq!(known, Some((low * scale, high * scale)), "{place}, {indicator}");
                // Both ends lie as many standard errors of the logit away.
                let unit = se / (p * (1.0 - p));
                let country = place.split('/').next().unwrap().to_string();
                let range = quantiles.entry(country).or_insert((f64::INFINITY, f64::NEG_INFINITY));
                for quantile in [(logit(p) - logit(low)) / unit, (logit(high) - logit(p)) / unit] {
                    *range = (range.0.min(quantile), range.1.max(quantile));
                }
                let normal = logit_interval(p, se).unwrap();
                largest[k] = largest[k].max((normal.0 - low).abs()).max((normal.1 - high).abs());
                told += k;
            }
        }
        assert_eq!(told, places);
    }
    // One quantile a survey, the nation's and its regions', between 1.96 of the normal and that of 60 degrees of freedom.
    for (country, (low, high)) in &quantiles {
        assert!(high - low < 1e-11, "{country}: {low} to {high}");
        assert!((1.96..2.0).contains(low), "{country}: {low}");
    }
    // With the normal quantile throughout, an end would be off by at most this.
    assert!((largest[0] - 0.001_43).abs() < 1e-5, "{largest:?}");
    assert!((largest[1] - 0.003_41).abs() < 1e-5, "{largest:?}");
}
