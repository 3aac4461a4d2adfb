//! The windows 2018 to 2022 of the VIEWS challenge, on its own data: the history as participants had it, scored by the final
//! vintage. The settings of the models were chosen on the windows 1998 to 2017.

use std::sync::OnceLock;

use flate2::read::GzDecoder;
use lysoen_forecasts::backtest::{Trial, Window, trial};
use lysoen_forecasts::calibration::{Among, coverage, reliability};
use lysoen_forecasts::catalog::model;
use lysoen_forecasts::judged::{Judged, Metric, THRESHOLDS};
use lysoen_forecasts::paired::{Paired, Statistic};
use lysoen_lexicon::panel::{Month, Panel};

use crate::made::SEED;

/// Deaths in state-based violence by country and month: as known in 2022 and earlier, and final.
fn views() -> (Panel, Panel) {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/views/cm_ged_sb_1990_2022.csv.gz"
    );
    let mut table = csv::Reader::from_reader(GzDecoder::new(std::fs::File::open(file).unwrap()));
    type Row = (i32, String, u32, String, Option<f64>, Option<f64>);
    let rows: Vec<Row> = table.deserialize().map(Result::unwrap).collect();
    let mut units: Vec<u32> = rows.iter().map(|row| row.2).collect();
    units.sort_unstable();
    units.dedup();
    let (first, last) = (Month(rows[0].0), Month::of(2022, 12));
    let panel = |name| {
        let names = units.iter().map(u32::to_string).collect();
        Panel::new(names, first, last.since(first) as usize + 1, name)
    };
    let (mut known, mut came) = (panel("ged_sb_v2023"), panel("ged_sb_final"));
    for (month, _, unit, _, early, late) in rows {
        let unit = units.binary_search(&unit).unwrap();
        known.set(0, unit, Month(month), early.unwrap_or(f64::NAN));
        came.set(0, unit, Month(month), late.unwrap_or(f64::NAN));
    }
    (known, came)
}

/// The pool and country12 in each window.
fn trials() -> &'static [(Trial, Trial)] {
    static TRIALS: OnceLock<Vec<(Trial, Trial)>> = OnceLock::new();
    TRIALS.get_or_init(|| {
        let (known, came) = views();
        let one = |year| {
            let window = Window::year(year);
            let known = known.until(window.origin);
            let of = |name| trial(&*model(name).unwrap(), &known, &came, &window, SEED).unwrap();
            (of("pool"), of("country12"))
        };
        (2018..=2022).map(one).collect()
    })
}

fn pool() -> Vec<&'static [Judged]> {
    trials()
        .iter()
        .map(|(pool, _)| pool.judged.as_deref().unwrap())
        .collect()
}

fn country12() -> Vec<&'static [Judged]> {
    let judged = trials().iter().map(|(_, country12)| country12.judged.as_deref());
    judged.map(Result::unwrap).collect()
}

/// A statistic of the pool against country12.
fn against(metric: Metric, statistic: Statistic) -> f64 {
    let (pool, country12) = (pool(), country12());
    let paired = Paired::new(metric, &pool, &country12).unwrap();
    paired.estimate(statistic, SEED).unwrap().value
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn every_country_of_the_challenge_is_scored_in_every_month() {
    for windows in [pool(), country12()] {
        assert!(windows.iter().all(|window| window.len() == 191 * 12));
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_pool_beats_country12_by_as_much_as_was_asked() {
    assert!(against(Metric::Ign, Statistic::Mean) <= 0.575);
    assert!(against(Metric::Crps, Statistic::Ratio) <= 0.965);
    assert!(against(Metric::Crps, Statistic::GeometricRatio) <= 0.92);
    assert!(against(Metric::Mis, Statistic::GeometricRatio) <= 0.88);
    assert!(against(Metric::Mis, Statistic::Ratio) <= 0.97);
    assert!(against(Metric::CrpsCapped, Statistic::Ratio) <= 0.95);
    assert!(against(Metric::MisCapped, Statistic::Ratio) <= 0.94);
    assert!(against(Metric::CrpsLog, Statistic::Ratio) <= 0.98);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_pool_is_ahead_on_the_logarithmic_scale_in_four_of_five_windows() {
    let ahead = trials().iter().filter(|(pool, country12)| {
        let log = Metric::ALL
            .iter()
            .position(|metric| *metric == Metric::CrpsLog)
            .unwrap();
        pool.means().unwrap()[log] < country12.means().unwrap()[log]
    });
    assert!(ahead.count() >= 4);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn where_there_had_been_deaths_the_intervals_hold_as_much_as_they_say() {
    for coverage in coverage(&pool(), Among::Active, SEED) {
        assert!(coverage.consistent(), "{coverage:?}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_probability_of_twenty_five_deaths_is_reliable() {
    let twenty_five = THRESHOLDS.iter().position(|deaths| *deaths == 25.0).unwrap();
    let reliability = reliability(&pool(), twenty_five, SEED).unwrap();
    assert!(reliability.within(), "{:?}", reliability.outside());
}
