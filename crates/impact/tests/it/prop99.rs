//! California's Proposition 99: published and recomputed numbers of `shared/data/impact/PROVENANCE.md`.

use lysoen_impact::{Design, Fit, Method, Panel};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/impact/");

/// Packs a head by state and year.
pub(crate) fn panel() -> Panel {
    let file = std::fs::File::open(format!("{FOLDER}california_prop99_outcome.csv")).unwrap();
    let mut table = csv::ReaderBuilder::new().delimiter(b';').from_reader(file);
    let rows: Vec<(String, String, f64, u8)> = table.deserialize().map(Result::unwrap).collect();
    let sorted = |of: &dyn Fn(&(String, String, f64, u8)) -> String| {
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

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn ridge() {
    let fit = Method::Ridge.fit(&california()).unwrap();
    println!("{:?} {:?} {:?}", fit.effect, fit.pre_rmspe, fit.notes);
}
