//! The record of a trigger on made trials: what must hold of any, and the same counts by another hand.

use lysoen_ladder::calibrate::{
    Counts, Event, EventKind, Own, Settings, Terms, Trial, actuals_csv, origins_csv, record,
};
use lysoen_lexicon::panel::{Month, Panel};
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::calibrating::{OWN, terms, told};

fn below(random: &mut ChaCha8Rng, bound: u32) -> u32 {
    random.next_u32() % bound
}

/// Places with quiet and war, scores that know something of what comes, and some of either absent.
fn made(seed: u64, units: usize, origins: usize) -> (Trial, Terms) {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut random = |bound| below(&mut random, bound);
    let every = 1 + random(3) as i32;
    let months = origins as i32 * every + 12 + random(24) as i32;
    let first = Month::of(2000, 1);
    let names: Vec<String> = (0..units).map(|unit| format!("place, {unit}")).collect();
    let mut actuals = Panel::new(names, first, months as usize, "killed");
    let start = random(18) as i32;
    let origins: Vec<Month> = (0..origins as i32).map(|at| first.plus(start + at * every)).collect();
    let (mut scores, mut last12) = (Vec::new(), Vec::new());
    for unit in 0..units {
        let mut war = false;
        for month in 0..months {
            war = if war { random(6) > 0 } else { random(30) == 0 };
            let value = if war {
                f64::from(random(80))
            } else {
                f64::from(random(4))
            };
            let absent = random(150) == 0;
            actuals.set(0, unit, first.plus(month), if absent { f64::NAN } else { value });
        }
        for origin in &origins {
            let value = |later: i32| actuals.get(unit, origin.plus(later)).unwrap_or(0.0);
            let soon = (1..6).map(value).fold(0.0, f64::max);
            let score = (soon / 100.0 + f64::from(random(60)) / 100.0).min(1.0) * f64::from(random(2));
            scores.push(if random(25) == 0 { f64::NAN } else { score });
            last12.push((-11..=0).map(value).sum());
        }
    }
    let prepare_days = random(40);
    let terms = Terms {
        event: Event {
            at_least: 25.0,
            within_months: 3,
        },
        window_days: prepare_days + 20 + random(200),
        prepare_days,
        cool_down_months: random(9),
        lag_days: random(50),
        confirmations: 1 + random(2),
    };
    let followed = (0..random(6))
        .map(|_| (random(units as u32) as usize, random(origins.len() as u32) as usize))
        .collect();
    let trial = Trial {
        countries: (0..units).map(|unit| format!("country {}", unit / 2)).collect(),
        actuals,
        origins,
        scores,
        last12,
        followed,
    };
    (trial, terms)
}

/// Few draws: what is tried here does not hang on them.
fn quick() -> Settings {
    Settings {
        resamples: 20,
        draws: 3,
        ..Settings::default()
    }
}

fn adds_up(counts: &Counts) -> bool {
    let events = counts.hits + counts.late + counts.missed + counts.in_cool_down + counts.not_assessable;
    let episodes = counts.right_episodes
        + counts.late_episodes
        + counts.false_alarms
        + counts.followed_by_action
        + counts.unjudged;
    events == counts.events
        && episodes == counts.episodes
        && counts.windows_with_event <= counts.windows
        && counts.windows <= counts.at_risk
        && counts.episodes <= counts.at_risk
        && (counts.hit_rate.is_some() == (counts.hits + counts.late + counts.missed >= 10))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn counts_add_up_and_a_higher_threshold_never_fires_more(seed: u64, units in 1_usize..8, origins in 1_usize..40) {
        let (trial, terms) = made(seed, units, origins);
        let record = told(&trial, &terms, &quick());
        prop_assert!(adds_up(&record.at_own.onset), "{:?}", record.at_own.onset);
        prop_assert!(adds_up(&record.at_own.continuation), "{:?}", record.at_own.continuation);
        for pair in record.suggestion.curve.windows(2) {
            if pair[0].in_sample == pair[1].in_sample {
                prop_assert!(pair[0].activations >= pair[1].activations);
            }
        }
        if let Some(later) = &record.suggestion.record {
            prop_assert!(adds_up(&later.onset), "{:?}", later.onset);
        }
        // Stored and read again it is the same, but for the last digit of a rate.
        let stored = serde_json::to_string(&record).unwrap();
        let again = serde_json::from_str::<lysoen_ladder::calibrate::Record>(&stored).unwrap();
        prop_assert_eq!(again.shown().told, record.shown().told);
        prop_assert_eq!(again.at_own.onset.hits, record.at_own.onset.hits);
    }

    #[test]
    fn what_comes_later_chooses_no_threshold(seed: u64) {
        let (trial, terms) = made(seed, 8, 80);
        let before = told(&trial, &terms, &quick()).suggestion;
        let Some((first_later, _)) = before.told_by else { return Ok(()) };
        let mut other = trial.clone();
        for unit in 0..8 {
            for month in first_later.0 + 1..=trial.actuals.last().0 {
                other.actuals.set(0, unit, Month(month), f64::from(month % 60));
            }
            for (at, origin) in trial.origins.iter().enumerate() {
                if *origin >= first_later {
                    other.scores[unit * 80 + at] = f64::from(at as u32 % 7) / 7.0;
                }
            }
        }
        let after = told(&other, &terms, &quick()).suggestion;
        prop_assert_eq!(before.threshold, after.threshold);
        let earlier = |curve: &[lysoen_ladder::calibrate::Point]| -> Vec<_> {
            curve.iter().filter(|point| point.in_sample).cloned().collect()
        };
        prop_assert_eq!(earlier(&before.curve), earlier(&after.curve));
    }
}

#[test]
fn the_threshold_suggested_keeps_its_budget_and_is_told_by_later_origins() {
    let (trial, _) = made(3, 40, 120);
    let record = told(&trial, &terms(), &quick());
    let suggestion = &record.suggestion;
    let chosen = suggestion.threshold.unwrap();
    let earlier: Vec<_> = suggestion.curve.iter().filter(|point| point.in_sample).collect();
    let at = earlier.iter().find(|point| point.threshold == chosen).unwrap();
    assert!(at.activations_per_year <= 12.0);
    for point in &earlier {
        assert!(
            point.activations_per_year > 12.0 || point.hit_rate <= at.hit_rate,
            "{point:?}"
        );
    }
    let later = suggestion.record.as_ref().unwrap();
    assert_eq!(Some(later.origins), suggestion.told_by);
    // The windows reach four months beyond the origin.
    assert!(later.origins.0.since(suggestion.chosen_on.1) >= 4);
    assert!(!later.own.in_sample);
    assert_eq!(later.own.thresholds_tried, 15);
    let point = suggestion
        .curve
        .iter()
        .rfind(|point| point.threshold == chosen)
        .unwrap();
    assert!(!point.in_sample);
    assert_eq!(
        (point.hits, point.false_alarms),
        (later.onset.hits, later.onset.false_alarms)
    );
    let budgets: Vec<f64> = suggestion.budgets.iter().map(|budgeted| budgeted.budget).collect();
    assert_eq!(budgets, [3.0, 6.0, 12.0, 24.0, 52.0]);
}

#[test]
fn a_trigger_that_reads_the_last_12_months_is_its_own_benchmark() {
    let (mut trial, _) = made(5, 30, 100);
    // No two are equal, so that no draw decides.
    for (pair, sum) in trial.last12.iter_mut().enumerate() {
        *sum = *sum / 100.0 + pair as f64 * 1e-9;
    }
    trial.scores = trial.last12.clone();
    // Every activation is an episode, so that as many episodes are the same ones.
    let each = Terms {
        cool_down_months: 0,
        ..terms()
    };
    let measured = told(&trial, &each, &quick()).at_own;
    for (beside, counts) in [
        (&measured.beside[0], &measured.onset),
        (&measured.beside[2], &measured.continuation),
    ] {
        assert_eq!(beside.name, "last 12 months");
        assert!(counts.episodes > 20 && beside.cut >= Some(OWN.threshold));
        assert_eq!(beside.episodes, counts.episodes as f64);
        assert_eq!(beside.hit_rate, counts.hit_rate.map(|rate| rate.value));
        assert_eq!(
            beside.false_alarm_ratio,
            counts.false_alarm_ratio.map(|rate| rate.value)
        );
    }
}

#[test]
fn chance_is_right_as_often_as_a_trigger_that_always_fires() {
    let (trial, _) = made(7, 60, 100);
    let each = Terms {
        cool_down_months: 0,
        ..terms()
    };
    let settings = Settings::default();
    let mut always = trial.clone();
    always
        .scores
        .iter_mut()
        .filter(|score| !score.is_nan())
        .for_each(|score| *score = 1.0);
    always.followed.clear();
    let ratio = told(&always, &each, &quick())
        .at_own
        .onset
        .false_alarm_ratio
        .unwrap()
        .value;
    let mut some = trial;
    some.followed.clear();
    let measured = told(&some, &each, &settings).at_own;
    let chance = &measured.beside[1];
    assert_eq!((chance.kind, chance.draws), (EventKind::Onset, 200));
    assert_eq!(chance.episodes, measured.onset.episodes as f64);
    assert!(
        (chance.false_alarm_ratio.unwrap() - ratio).abs() < 0.02,
        "{chance:?} {ratio}"
    );
    assert!(chance.hit_rate < measured.onset.hit_rate.map(|rate| rate.value));
}

#[test]
fn countries_that_are_all_alike_leave_no_interval() {
    let (one, _) = made(11, 1, 120);
    let units = 12;
    let mut actuals = Panel::new(
        (0..units).map(|unit| unit.to_string()).collect(),
        one.actuals.first(),
        one.actuals.months(),
        "killed",
    );
    for unit in 0..units {
        for (column, value) in one.actuals.series(0).iter().enumerate() {
            actuals.set(0, unit, one.actuals.first().plus(column as i32), *value);
        }
    }
    let trial = Trial {
        countries: actuals.units().to_vec(),
        actuals,
        origins: one.origins,
        scores: one.scores.repeat(units),
        last12: one.last12.repeat(units),
        followed: Vec::new(),
    };
    let measured = told(&trial, &terms(), &quick()).at_own;
    let rate = measured.continuation.hit_rate.unwrap();
    let by_country = rate.by_country.unwrap();
    assert_eq!((by_country.low, by_country.high), (rate.value, rate.value));
    let by_year = rate.by_year.unwrap();
    assert!(by_year.low < by_year.high);
}

#[test]
fn a_whole_world_of_20_years_gives_the_same_record_twice() {
    let (trial, _) = made(13, 200, 240);
    let settings = Settings::default();
    let one = told(&trial, &terms(), &settings);
    assert_eq!(one.resamples, 1000);
    assert_eq!(one, told(&trial, &terms(), &settings));
    let other = Settings { seed: 7, ..settings };
    let other = told(&trial, &terms(), &other);
    assert_ne!(
        one.at_own.onset.hit_rate.unwrap().by_country,
        other.at_own.onset.hit_rate.unwrap().by_country
    );
    assert_eq!(one.at_own.onset.hits, other.at_own.onset.hits);
}

#[test]
#[cfg_attr(not(python), ignore = "needs Python 3")]
fn a_script_of_another_hand_counts_the_same_from_the_exported_files() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("calibrate");
    std::fs::create_dir_all(&folder).unwrap();
    let [origins, actuals, terms_json] = ["origins.csv", "actuals.csv", "terms.json"].map(|name| folder.join(name));
    let (mut with_rates, mut late, mut cool, mut acted, mut unjudged, mut unknown) = (0, 0, 0, 0, 0, 0);
    for seed in 0..50 {
        let (trial, terms) = made(seed, 1 + seed as usize % 14, 5 + seed as usize * 2);
        let own = Own {
            threshold: 0.1 * (1 + seed % 6) as f64,
            ..OWN
        };
        std::fs::write(&origins, origins_csv(&trial, &terms).unwrap()).unwrap();
        std::fs::write(&actuals, actuals_csv(&trial)).unwrap();
        std::fs::write(&terms_json, serde_json::to_string(&terms).unwrap()).unwrap();
        let script = std::process::Command::new("python3")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/calibrate.py"))
            .args([&origins, &actuals, &terms_json])
            .arg(own.threshold.to_string())
            .output()
            .unwrap();
        assert!(
            script.status.success(),
            "seed {seed}: {}",
            String::from_utf8_lossy(&script.stderr)
        );
        let answer: serde_json::Value = serde_json::from_slice(&script.stdout).unwrap();
        let measured = record(&trial, &terms, own, &quick(), ("", "")).unwrap().at_own;
        assert_eq!(
            answer["unknown"],
            serde_json::to_value(measured.unknown).unwrap(),
            "seed {seed}"
        );
        for (name, counts) in [("onset", &measured.onset), ("continuation", &measured.continuation)] {
            let told = serde_json::to_value(counts).unwrap();
            for (count, value) in answer[name]["counts"].as_object().unwrap() {
                assert_eq!(told[count], *value, "seed {seed}, {name}, {count}");
            }
            let rate = |rate: &str| Some(answer[name]["rates"][rate].as_str()?.parse::<f64>().unwrap());
            let value = |estimate: Option<lysoen_ladder::calibrate::Estimate>| estimate.map(|estimate| estimate.value);
            assert_eq!(value(counts.base_rate), rate("base_rate"), "seed {seed}");
            assert_eq!(value(counts.hit_rate), rate("hit_rate"), "seed {seed}");
            assert_eq!(
                value(counts.false_alarm_ratio),
                rate("false_alarm_ratio"),
                "seed {seed}"
            );
            let per_place_year = value(counts.false_alarms_per_place_year);
            assert_eq!(per_place_year, rate("false_alarms_per_place_year"), "seed {seed}");
            assert_eq!(counts.median_lead_days, rate("median_lead_days"), "seed {seed}");
            assert_eq!(counts.return_period_years, rate("return_period_years"), "seed {seed}");
            assert_eq!(
                counts.years_between_activations,
                rate("years_between_activations"),
                "seed {seed}"
            );
            with_rates += usize::from(counts.hit_rate.is_some());
            late += counts.late;
            cool += counts.in_cool_down;
            acted += counts.followed_by_action;
            unjudged += counts.unjudged;
        }
        unknown += measured.unknown.events;
    }
    // The trials hold every case, so that agreement says something.
    assert!(with_rates > 30 && late > 30 && cool > 30 && acted > 5 && unjudged > 5 && unknown > 5);
}
