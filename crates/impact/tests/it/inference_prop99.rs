//! California's Proposition 99: the place of its ratio, and what the rule says of it and of the 38 states without it.

use std::path::Path;

use lysoen_impact::{About, Design, Method, Panel, Rules, Word, calibrate, examine};

fn california() -> Design {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/impact/california_prop99_outcome.csv");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(file)
        .expect("the file");
    let rows: Vec<(String, String, f64, u8)> = reader.deserialize().map(|row| row.expect("a row")).collect();
    let mut units: Vec<String> = rows.iter().map(|row| row.0.clone()).collect();
    units.sort();
    units.dedup();
    let times = (1970..=2000).map(|year: i32| year.to_string()).collect();
    let mut panel = Panel::new(units, times);
    for (unit, time, value, _) in &rows {
        let at = (panel.unit(unit).expect("a state"), panel.time(time).expect("a year"));
        panel.set(at.0, at.1, *value);
    }
    let unit = panel.unit("California").expect("the state");
    let donors: Vec<usize> = (0..panel.units.len()).filter(|&donor| donor != unit).collect();
    let (before, after) = ((0..19).collect::<Vec<_>>(), (19..31).collect::<Vec<_>>());
    Design::of_panel(&panel, unit, &donors, &before, &after).expect("a design")
}

fn years() -> About {
    About {
        months: Some(12),
        ..About::default()
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[expect(clippy::print_stdout, reason = "the figures of docs/methods/impact.md")]
fn california_by_the_outcome_alone_is_third_of_39_and_cannot_be_told() {
    let rules = Rules::builtin();
    let examination = examine(&california(), Method::Synthetic, rules, &years()).expect("a design");
    let space = examination.space.as_ref().expect("placebos");
    // Published is 1 of 39 with predictors. By the outcome alone two states are fitted still more closely before; the ratios
    // are those of an independent solver (scipy's nnls with the sum as a heavy row).
    let above = space.donors.iter().filter(|donor| donor.ratio >= Some(space.ratio));
    let above: Vec<(&str, f64)> = above
        .map(|donor| (donor.unit.as_str(), donor.ratio.expect("no perfect fit")))
        .collect();
    assert_eq!((space.rank, space.of), (3, 39));
    assert!((space.ratio - 154.7528).abs() < 0.01, "{}", space.ratio);
    assert_eq!(
        above.iter().map(|(unit, _)| *unit).collect::<Vec<_>>(),
        ["Missouri", "Virginia"]
    );
    assert!(
        (above[0].1 / 572.376 - 1.0).abs() < 1e-3 && (above[1].1 / 393.1316 - 1.0).abs() < 1e-3,
        "{above:?}"
    );
    assert!((examination.fit.as_ref().expect("a fit").effect + 19.5136).abs() < 1e-3);
    for check in &examination.gates.checks {
        println!(
            "{} {} {:?} {:?}: {}",
            check.id, check.holds, check.found, check.limit, check.told
        );
    }
    assert!(examination.gates.hold());
    // p = 0.077 is above alpha.
    assert_eq!(examination.verdict.word, Word::CannotBeTold);
    println!("{:?} {:?}", space.interval, examination.conformal);
    println!(
        "{:?}\n{:?}\n{:#?}",
        examination.time, examination.without_anticipation, examination.verdict
    );
    println!("{:?}", examination.caveats);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
#[expect(clippy::print_stdout, reason = "the figures of docs/methods/impact.md")]
fn of_the_states_without_it_the_rule_finds_as_few_as_it_says() {
    for method in [Method::Did, Method::Synthetic] {
        let calibration = calibrate(&california(), method, Rules::builtin(), &years());
        println!("{method} {calibration:?}");
        assert_eq!(calibration.asked, 38 * 5);
        assert!(
            calibration.false_positive_rate.expect("asked") <= 0.05,
            "{calibration:?}"
        );
    }
}
