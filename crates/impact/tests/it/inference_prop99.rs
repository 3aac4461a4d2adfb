//! California's Proposition 99: the place of its ratio, and what the rule says of it and of the 38 states without it.

use std::path::Path;

use lysoen_impact::{About, Design, Method, Panel, Rules, calibrate, examine};

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
fn california_has_the_largest_ratio_of_39() {
    let rules = Rules::builtin();
    let examination = examine(&california(), Method::Synthetic, rules, &years()).expect("a design");
    let space = examination.space.as_ref().expect("placebos");
    assert_eq!((space.rank, space.of), (1, 39));
    assert!((space.p - 1.0 / 39.0).abs() < 1e-12);
    assert!((examination.fit.as_ref().expect("a fit").effect + 19.5136).abs() < 1e-3);
    for check in &examination.gates.checks {
        println!(
            "{} {} {:?} {:?}: {}",
            check.id, check.holds, check.found, check.limit, check.told
        );
    }
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
