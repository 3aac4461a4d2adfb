//! The record of a trigger, by hand.

use lysoen_ladder::calibrate::{Event, Invalid, Own, Record, Settings, Terms, Trial, record};
use lysoen_lexicon::panel::{Month, Panel};

/// The window of an origin *m* holds the first days of *m* + 3 and *m* + 4: with data available on the 20th of the next month
/// and two weeks to prepare, what comes in the two months after the origin comes too soon. An episode stands to *m* + 7.
pub(crate) fn terms() -> Terms {
    Terms {
        event: Event {
            at_least: 25.0,
            within_months: 6,
        },
        window_days: 90,
        prepare_days: 14,
        cool_down_months: 6,
        lag_days: 20,
        confirmations: 1,
    }
}

pub(crate) const OWN: Own = Own {
    threshold: 0.3,
    thresholds_tried: 1,
    in_sample: false,
};

pub(crate) fn told(trial: &Trial, terms: &Terms, settings: &Settings) -> Record {
    record(trial, terms, OWN, settings, ("made numbers", "made")).unwrap()
}

/// Places without harm, of which each is a country, from 2009 to 2012; origins are the months of 2010 and 2011, and nothing
/// fires.
fn quiet(units: &[&str]) -> Trial {
    let units: Vec<String> = units.iter().map(|unit| unit.to_string()).collect();
    let mut actuals = Panel::new(units.clone(), Month::of(2009, 1), 48, "killed");
    for unit in 0..units.len() {
        for month in 0..48 {
            actuals.set(0, unit, Month::of(2009, 1).plus(month), 0.0);
        }
    }
    Trial {
        actuals,
        origins: (0..24).map(|month| Month::of(2010, 1).plus(month)).collect(),
        scores: vec![0.0; units.len() * 24],
        last12: vec![0.0; units.len() * 24],
        followed: Vec::new(),
        countries: units,
    }
}

fn set(trial: &mut Trial, unit: &str, fires: &[(i16, u8)], killed: &[(i16, u8)]) {
    let unit = trial.actuals.units().iter().position(|name| name == unit).unwrap();
    for &(year, month) in fires {
        let origin = Month::of(year, month).since(trial.origins[0]) as usize;
        trial.scores[unit * trial.origins.len() + origin] = 0.5;
    }
    for &(year, month) in killed {
        trial.actuals.set(0, unit, Month::of(year, month), 100.0);
    }
}

/// One place a case, each fired at in June 2010: available on 20 July, to be prepared for by 3 August, window to 18 October.
fn every_case() -> Trial {
    let mut trial = quiet(&["hit", "late", "missed", "cool", "false", "war", "early", "gap", "acted"]);
    set(&mut trial, "hit", &[(2010, 6)], &[(2010, 9), (2010, 10)]);
    set(&mut trial, "late", &[(2010, 6)], &[(2010, 8)]);
    set(&mut trial, "missed", &[], &[(2010, 9)]);
    set(&mut trial, "cool", &[(2010, 6)], &[(2010, 12)]);
    // The second and third belong to the episode; the fourth opens another.
    set(&mut trial, "false", &[(2010, 6), (2010, 9), (2010, 12), (2011, 1)], &[]);
    let always: Vec<(i16, u8)> = (2009..=2012)
        .flat_map(|year| (1..=12).map(move |month| (year, month)))
        .collect();
    set(&mut trial, "war", &[(2010, 6)], &always);
    set(&mut trial, "early", &[], &[(2010, 3)]);
    set(&mut trial, "gap", &[(2010, 10)], &[(2011, 6)]);
    trial.actuals.set(0, 7, Month::of(2011, 1), f64::NAN);
    set(&mut trial, "acted", &[(2010, 6)], &[]);
    trial.followed.push((8, 8));
    trial
}

#[test]
fn every_case_is_counted_as_by_hand() {
    let record = told(&every_case(), &terms(), &Settings::default());
    let onset = &record.at_own.onset;
    // Of 9 × 24 places and origins those are not at onset risk that have an event in the last 12 months (24 + 13 + 4 × 12)
    // or, at the gap, may have had one; four windows more reach into the gap.
    assert_eq!((onset.at_risk, onset.windows, onset.windows_with_event), (119, 115, 8));
    assert_eq!(
        (
            onset.events,
            onset.hits,
            onset.late,
            onset.missed,
            onset.in_cool_down,
            onset.not_assessable
        ),
        (5, 1, 1, 1, 1, 1)
    );
    assert_eq!((onset.episodes, onset.right_episodes, onset.late_episodes), (7, 1, 1));
    assert_eq!(
        (onset.false_alarms, onset.followed_by_action, onset.unjudged),
        (3, 1, 1)
    );
    let continuation = &record.at_own.continuation;
    // The war from February 2010 to April 2012, and the second month of the hit.
    assert_eq!(
        (
            continuation.events,
            continuation.hits,
            continuation.late,
            continuation.missed,
            continuation.in_cool_down,
            continuation.not_assessable
        ),
        (28, 3, 2, 18, 3, 2)
    );
    assert_eq!((continuation.episodes, continuation.right_episodes), (1, 1));
    // From 20 July to 1 September once, and twice to 1 September or 1 October: 43, 73 and 73 days.
    assert_eq!(continuation.median_lead_days, Some(73.0));
    assert_eq!(continuation.hit_rate.unwrap().value, 3.0 / 23.0);
    let unknown = record.at_own.unknown;
    assert_eq!((unknown.at_risk, unknown.episodes, unknown.events), (5, 0, 1));
}

#[test]
fn fewer_than_ten_events_give_counts_and_no_rate() {
    let record = told(&every_case(), &terms(), &Settings::default());
    let onset = &record.at_own.onset;
    assert_eq!(onset.hits + onset.late + onset.missed, 3);
    let rates = [
        onset.base_rate,
        onset.hit_rate,
        onset.false_alarm_ratio,
        onset.false_alarms_per_place_year,
    ];
    assert!(rates.iter().all(Option::is_none));
    assert_eq!(
        (
            onset.median_lead_days,
            onset.return_period_years,
            onset.years_between_activations
        ),
        (None, None, None)
    );
    let chance = &record.at_own.beside[1];
    assert_eq!(
        (chance.name.as_str(), chance.hit_rate, chance.false_alarm_ratio),
        ("chance", None, None)
    );
    assert_eq!(record.suggestion.threshold, None);
    assert!(record.suggestion.why_none.unwrap().contains("too few"));
}

#[test]
fn nine_onsets_give_no_rate_and_ten_do() {
    let names: Vec<String> = (0..10).map(|unit| format!("{unit}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut trial = quiet(&names);
    for name in &names[..9] {
        set(&mut trial, name, &[(2010, 6)], &[(2010, 9)]);
    }
    assert_eq!(told(&trial, &terms(), &Settings::default()).at_own.onset.hit_rate, None);
    set(&mut trial, names[9], &[], &[(2010, 9)]);
    let onset = told(&trial, &terms(), &Settings::default()).at_own.onset;
    let rate = onset.hit_rate.unwrap();
    assert_eq!(rate.value, 0.9);
    // Of ten countries one is missed: drawn anew, the misses are binomial (10, 1/10), of which 0 and 3 are the quantiles.
    let by_country = rate.by_country.unwrap();
    assert_eq!((by_country.low, by_country.high), (0.7, 1.0));
    // All onsets lie in the windows of one year: every draw with it gives the same, and a draw without it nothing.
    let by_year = rate.by_year.unwrap();
    assert_eq!((by_year.low, by_year.high), (0.9, 0.9));
    assert!((650..850).contains(&by_year.resamples), "{}", by_year.resamples);
    assert_eq!(onset.median_lead_days, Some(43.0));
    // Two years of the set, nine episodes.
    assert_eq!(onset.years_between_activations, Some(2.0 / 9.0));
}

#[test]
fn a_trigger_waits_for_its_confirmations_in_a_row() {
    let mut trial = quiet(&["a", "b", "c"]);
    set(&mut trial, "a", &[(2010, 5), (2010, 6)], &[]);
    set(&mut trial, "b", &[(2010, 4), (2010, 6)], &[]);
    set(&mut trial, "c", &[(2010, 5), (2010, 6)], &[]);
    trial.scores[2 * 24 + 4] = f64::NAN;
    let twice = Terms {
        confirmations: 2,
        ..terms()
    };
    let onset = told(&trial, &twice, &Settings::default()).at_own.onset;
    assert_eq!(onset.episodes, 1);
    // The first origin of each place lacks the one before; the unknown score spoils two.
    assert_eq!(onset.at_risk, 3 * 23 - 2);
}

#[test]
fn an_onset_is_judged_by_a_warning_from_a_war_that_had_ended() {
    let mut trial = quiet(&["a"]);
    // Known in June 2010: deaths in July 2009, the last of 12 months. In September 2010 that is 14 months ago.
    set(&mut trial, "a", &[(2010, 6)], &[(2009, 7), (2010, 9)]);
    let measured = told(&trial, &terms(), &Settings::default()).at_own;
    assert_eq!(
        (measured.onset.events, measured.onset.hits, measured.onset.episodes),
        (1, 1, 0)
    );
    assert_eq!(
        (measured.continuation.episodes, measured.continuation.right_episodes),
        (1, 1)
    );
}

#[test]
fn a_war_that_came_before_the_window_makes_no_right_warning_of_onset() {
    let mut trial = quiet(&["a"]);
    set(&mut trial, "a", &[(2010, 6)], &[(2010, 7), (2010, 9)]);
    let measured = told(&trial, &terms(), &Settings::default()).at_own;
    assert_eq!(
        (
            measured.onset.late,
            measured.onset.late_episodes,
            measured.onset.right_episodes
        ),
        (1, 1, 0)
    );
    assert_eq!(measured.continuation.hits, 1);
}

#[test]
fn what_cannot_be_judged_is_refused_in_a_sentence() {
    let trial = quiet(&["a"]);
    let refused = |trial: &Trial, terms: &Terms| record(trial, terms, OWN, &Settings::default(), ("", "")).unwrap_err();
    let mut uneven = trial.clone();
    uneven.origins[5] = Month::of(2010, 8);
    assert!(matches!(refused(&uneven, &terms()), Invalid::Uneven { .. }));
    let mut short = trial.clone();
    short.scores.pop();
    assert_eq!(
        refused(&short, &terms()).to_string(),
        "the trial's scores are 23 where 24 were expected: one a place, or one a place and origin"
    );
    let never = Terms {
        window_days: 10,
        ..terms()
    };
    assert!(refused(&trial, &never).to_string().contains("no event comes in time"));
    let mut elsewhere = trial.clone();
    elsewhere.followed.push((0, 24));
    assert!(matches!(refused(&elsewhere, &terms()), Invalid::Followed { .. }));
    let mut none = trial;
    none.origins.clear();
    assert_eq!(refused(&none, &terms()), Invalid::NoOrigins);
}
