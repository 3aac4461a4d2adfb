//! California's Proposition 99: published and recomputed numbers of `shared/data/impact/PROVENANCE.md`.

use lysoen_impact::methods::{default_predictors, mean_of};
use lysoen_impact::{Design, Fit, Method, Panel};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/impact/");

/// Packs a head by state and year.
pub(crate) fn panel() -> Panel {
    type Row = (String, String, f64, u8);
    let file = std::fs::File::open(format!("{FOLDER}california_prop99_outcome.csv")).unwrap();
    let mut table = csv::ReaderBuilder::new().delimiter(b';').from_reader(file);
    let rows: Vec<Row> = table.deserialize().map(Result::unwrap).collect();
    let sorted = |of: &dyn Fn(&Row) -> String| {
        let mut all: Vec<String> = rows.iter().map(of).collect();
        all.sort();
        all.dedup();
        all
    };
    let mut panel = Panel::new(sorted(&|row| row.0.clone()), sorted(&|row| row.1.clone()));
    for (state, year, packs, _) in &rows {
        panel.set(panel.unit(state).unwrap(), panel.time(year).unwrap(), *packs);
    }
    panel
}

pub(crate) fn california() -> Design {
    let panel = panel();
    let unit = panel.unit("California").unwrap();
    let donors: Vec<usize> = (0..panel.units.len()).filter(|&other| other != unit).collect();
    let (before, after): (Vec<usize>, Vec<usize>) = ((0..19).collect(), (19..31).collect());
    Design::of_panel(&panel, unit, &donors, &before, &after).unwrap()
}

pub(crate) fn weight(fit: &Fit, unit: &str) -> f64 {
    let all = fit.weights.iter().chain(&fit.time_weights);
    all.filter(|weight| weight.unit == unit)
        .map(|weight| weight.weight)
        .sum()
}

pub(crate) fn near(found: f64, wanted: f64, within: f64) {
    assert!(
        (found - wanted).abs() <= within,
        "found {found}, wanted {wanted} within {within}"
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_outcome_only_control_is_the_exact_optimum() {
    let design = california();
    let fit = Method::Synthetic.fit(&design).unwrap();
    near(fit.effect, -19.5136, 1e-4);
    near(*fit.gaps(&design).last().unwrap(), -26.5966, 1e-4);
    near(fit.pre_rmspe, 1.6564, 1e-4);
    let published = [
        ("Utah", 0.3939),
        ("Montana", 0.2318),
        ("Nevada", 0.2049),
        ("Connecticut", 0.1091),
        ("New Hampshire", 0.0454),
        ("Colorado", 0.0148),
    ];
    for (state, share) in published {
        near(weight(&fit, state), share, 1e-3);
    }
    near(fit.weights.iter().map(|weight| weight.weight).sum(), 1.0, 1e-12);
    assert!(fit.notes.is_empty(), "{:?}", fit.notes);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn differences_are_the_exact_optima() {
    let design = california();
    near(Method::Did.fit(&design).unwrap().effect, -27.3491, 1e-4);
    let difp = Method::Difp.fit(&design).unwrap();
    near(difp.effect, -11.1090, 1e-4);
    let sdid = Method::Sdid.fit(&design).unwrap();
    near(sdid.effect, -15.6054, 1e-4);
    for (year, share) in [("1986", 0.3665), ("1987", 0.2065), ("1988", 0.4271)] {
        near(weight(&sdid, year), share, 1e-4);
    }
    near(sdid.time_weights.iter().map(|weight| weight.weight).sum(), 1.0, 1e-12);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_interrupted_series_is_ordinary_least_squares() {
    let fit = Method::Its.fit(&california()).unwrap();
    let wanted = [
        ("intercept", 132.22579),
        ("trend", -1.77947),
        ("step", -20.05810),
        ("slope change", -1.49465),
    ];
    assert_eq!(fit.coefficients.len(), wanted.len());
    for (coefficient, (name, value)) in fit.coefficients.iter().zip(wanted) {
        assert_eq!(coefficient.name, name);
        near(coefficient.value, value, 1e-5);
        assert!(coefficient.error.unwrap() > 0.0);
    }
    near(fit.effect, -20.05810 - 5.5 * 1.49465, 1e-4);
}

/// The outcome and the four other quantities of the file with predictors, in the order of its columns.
fn quantities() -> (Panel, Vec<(&'static str, Panel)>) {
    type Row = (String, f64, f64, Option<f64>, Option<f64>, Option<f64>, Option<f64>);
    let mut table = csv::Reader::from_path(format!("{FOLDER}california_prop99_with_predictors.csv")).unwrap();
    let rows: Vec<Row> = table.deserialize().map(Result::unwrap).collect();
    let mut states: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    states.sort();
    states.dedup();
    let panel = |value: &dyn Fn(&Row) -> Option<f64>| {
        let mut panel = Panel::new(states.clone(), (1970..=2000).map(|year| year.to_string()).collect());
        for row in &rows {
            let (state, year) = (panel.unit(&row.0).unwrap(), (row.1 - 1970.0) as usize);
            if let Some(value) = value(row) {
                panel.set(state, year, value);
            }
        }
        panel
    };
    let others = vec![
        ("lnincome", panel(&|row| row.3)),
        ("beer", panel(&|row| row.4)),
        ("age15to24", panel(&|row| row.5)),
        ("retprice", panel(&|row| row.6)),
    ];
    (panel(&|row| Some(row.2)), others)
}

/// California with its donors by the order of a panel.
fn units(panel: &Panel) -> (usize, Vec<usize>) {
    let unit = panel.unit("California").unwrap();
    (unit, (0..panel.units.len()).filter(|&other| other != unit).collect())
}

fn years(range: std::ops::RangeInclusive<usize>) -> Vec<usize> {
    range.map(|year| year - 1970).collect()
}

/// California with the seven predictors of Abadie, Diamond & Hainmueller 2010.
pub(crate) fn with_classic_predictors() -> Design {
    let (outcome, others) = quantities();
    let (unit, donors) = units(&outcome);
    let of = |name: &str| &others.iter().find(|other| other.0 == name).unwrap().1;
    let mean = |name: &str, times: Vec<usize>| mean_of(of(name), name, unit, &donors, &times);
    let lag = |year: usize| mean_of(&outcome, &format!("cigsale {year}"), unit, &donors, &years(year..=year));
    let mut design = Design::of_panel(&outcome, unit, &donors, &years(1970..=1988), &years(1989..=2000)).unwrap();
    design.predictors = vec![
        mean("lnincome", years(1980..=1988)),
        mean("retprice", years(1980..=1988)),
        mean("age15to24", years(1980..=1988)),
        mean("beer", years(1984..=1988)),
        lag(1975),
        lag(1980),
        lag(1988),
    ];
    design
}

fn follows_the_published_path(design: &Design, fit: &Fit) {
    let published = [
        ("Utah", 0.334),
        ("Nevada", 0.234),
        ("Montana", 0.199),
        ("Colorado", 0.164),
        ("Connecticut", 0.069),
    ];
    let implied = |time: usize| {
        let of = |unit: &str| design.donors.iter().find(|donor| donor.unit == unit).unwrap().values[time];
        published.iter().map(|(unit, share)| share * of(unit)).sum::<f64>()
    };
    assert!(fit.pre_rmspe.powi(2) <= 3.2, "{}", fit.pre_rmspe.powi(2));
    for time in design.pre..design.times.len() {
        near(fit.counterfactual[time], implied(time), 1.5);
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_control_with_the_classic_predictors_follows_the_published_path() {
    let design = with_classic_predictors();
    let fit = Method::Predictors.fit(&design).unwrap();
    follows_the_published_path(&design, &fit);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn so_does_the_control_with_the_predictors_that_are_taken_where_none_are_named() {
    let mut design = with_classic_predictors();
    let (outcome, others) = quantities();
    let (unit, donors) = units(&outcome);
    let others: Vec<(&str, &Panel)> = others.iter().map(|(name, panel)| (*name, panel)).collect();
    let (predictors, left_out) = default_predictors(&outcome, &others, unit, &donors, &years(1970..=1988));
    assert_eq!((predictors.len(), left_out.len()), (7, 0));
    design.predictors = predictors;
    follows_the_published_path(&design, &Method::Predictors.fit(&design).unwrap());
}

/// The place of California's ratio of mean squared gaps after and before among all that could be fitted, and how many those are.
fn rank(design: &Design, method: Method) -> (usize, usize) {
    let ratio = |design: &Design| {
        let gaps = method.fit(design).unwrap().gaps(design);
        let mean = |gaps: &[f64]| gaps.iter().map(|gap| gap * gap).sum::<f64>() / gaps.len() as f64;
        mean(&gaps[design.pre..]) / mean(&gaps[..design.pre])
    };
    let own = ratio(design);
    let placebos = (0..design.donors.len()).map(|donor| ratio(&design.as_if(donor)));
    let placebos: Vec<f64> = placebos.collect();
    (
        1 + placebos.iter().filter(|other| **other >= own).count(),
        1 + placebos.len(),
    )
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn california_ranks_first_of_39_with_the_classic_predictors() {
    assert_eq!(rank(&with_classic_predictors(), Method::Predictors), (1, 39));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn without_predictors_two_states_that_fit_almost_perfectly_before_rank_above_it() {
    // The exact optimum fits Missouri and Virginia so closely that any gap after is hundreds of times the one before.
    assert_eq!(rank(&california(), Method::Synthetic), (3, 39));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_ridge_augmented_control_fits_closer_than_the_convex_one() {
    let design = california();
    let (ridge, convex) = (
        Method::Ridge.fit(&design).unwrap(),
        Method::Synthetic.fit(&design).unwrap(),
    );
    assert!(ridge.pre_rmspe < convex.pre_rmspe);
    near(ridge.weights.iter().map(|weight| weight.weight).sum(), 1.0, 1e-10);
    // A regression test: no published number for this design and this choice of λ.
    near(ridge.effect, -15.9526, 1e-3);
    assert!(
        ridge.notes[1].contains("Weights below zero sum to -0.28"),
        "{:?}",
        ridge.notes
    );
}
