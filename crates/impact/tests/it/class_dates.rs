//! Staggered difference-in-differences, trends before, and dates dealt out anew.

use std::collections::BTreeSet;

use lysoen_impact::class::{Adopted, Against, Asked, Base, Scale, ask, ask_outcomes, deal, staggered};
use lysoen_impact::{Panel, Rules};

use crate::class_made::{Making, class};

fn close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() < within, "{found} is not {expected}");
}

/// A panel of rates with a million people in every place.
fn panel(units: usize, periods: usize, rate: impl Fn(usize, usize) -> f64) -> Panel {
    let mut panel = Panel::new(
        (0..units).map(|unit| format!("P{unit}")).collect(),
        (0..periods).map(|time| (2000 + time).to_string()).collect(),
    );
    for unit in 0..units {
        for time in 0..periods {
            panel.set(unit, time, rate(unit, time));
            panel.set_people(unit, time, 1e6);
        }
    }
    panel
}

fn asked(dates: &[usize], never: std::ops::Range<usize>, before: usize, after: usize) -> Asked {
    let adopted = dates.iter().enumerate().map(|(unit, &first)| Adopted {
        unit,
        first,
        cluster: format!("P{unit}"),
    });
    Asked {
        adopted: adopted.collect(),
        never: never.collect(),
        before,
        after,
        scale: Scale::Rate,
        draws: 199,
        ..Asked::default()
    }
}

/// Place and period effects, with what the policy adds: more each period, and more the sooner it was adopted.
fn dynamic(dates: &[usize]) -> (impl Fn(usize, usize) -> f64 + '_, impl Fn(usize, usize) -> f64 + '_) {
    let effect = |unit: usize, time: usize| match dates.get(unit) {
        Some(&first) if time >= first => 4.0 * (time - first + 1) as f64 * (30 - first) as f64 / 10.0,
        _ => 0.0,
    };
    let rate =
        move |unit: usize, time: usize| 100.0 + 7.0 * unit as f64 + 3.0 * ((time * 5) % 7) as f64 + effect(unit, time);
    (rate, effect)
}

/// The coefficient of two-way fixed effects on a balanced panel, by taking out the means of places and periods.
fn two_way(panel: &Panel, dates: &[usize]) -> f64 {
    let (units, periods) = (panel.units.len(), panel.times.len());
    let under = |unit: usize, time: usize| f64::from(dates.get(unit).is_some_and(|&first| time >= first));
    let of_unit = |unit: usize| (0..periods).map(|time| under(unit, time)).sum::<f64>() / periods as f64;
    let of_time = |time: usize| (0..units).map(|unit| under(unit, time)).sum::<f64>() / units as f64;
    let all = (0..units).map(of_unit).sum::<f64>() / units as f64;
    let (mut with, mut squares) = (0.0, 0.0);
    for unit in 0..units {
        for time in 0..periods {
            let left = under(unit, time) - of_unit(unit) - of_time(time) + all;
            with += left * panel.series(unit)[time];
            squares += left * left;
        }
    }
    with / squares
}

#[test]
fn effects_that_grow_and_differ_are_found_where_two_way_fixed_effects_are_wrong() {
    let dates = [8, 8, 8, 8, 16, 16, 16, 22];
    let (rate, effect) = dynamic(&dates);
    let panel = panel(12, 26, &rate);
    let found = staggered(&panel, &asked(&dates, 8..12, 6, 4), Rules::builtin()).unwrap();
    assert_eq!((found.cases.len(), found.dropped.len()), (8, 0));
    for event in &found.events {
        let truth: f64 = (0..8)
            .map(|unit| match event.at {
                ..0 => 0.0,
                at => effect(unit, dates[unit] + at as usize),
            })
            .sum::<f64>()
            / 8.0;
        close(event.average.effect, truth, 1e-9);
    }
    for group in &found.groups {
        let first: usize = group.first.parse::<usize>().unwrap() - 2000;
        let unit = dates.iter().position(|date| *date == first).unwrap();
        for event in group.events.iter().filter(|event| event.at >= 0) {
            close(event.average.effect, effect(unit, first + event.at as usize), 1e-9);
        }
    }
    // Two-way fixed effects take the growing effect of early adopters, under the policy already, for what would have
    // happened to late ones: not even the mean over all periods under the policy comes out.
    let mut under = Vec::new();
    for (unit, &first) in dates.iter().enumerate() {
        under.extend((first..26).map(|time| effect(unit, time)));
    }
    let truth = under.iter().sum::<f64>() / under.len() as f64;
    let wrong = two_way(&panel, &dates);
    assert!((wrong - truth).abs() > 0.25 * truth, "{wrong} and {truth}");
    // With none but adopters it is worse; the group-time average is right for those that still can be compared.
    let early_and_late = [8, 8, 8, 20, 20, 20];
    let (rate, effect) = dynamic(&early_and_late);
    let all_adopt = self::panel(6, 26, &rate);
    let found = staggered(&all_adopt, &asked(&early_and_late, 6..6, 6, 4), Rules::builtin()).unwrap();
    assert_eq!(found.cases, ["P0", "P1", "P2"]);
    assert_eq!(found.dropped.len(), 3);
    let truth = (0..4).map(|at| effect(0, 8 + at)).sum::<f64>() / 4.0;
    close(found.average.effect, truth, 1e-9);
    assert!(two_way(&all_adopt, &early_and_late) < 0.5 * truth);
}

#[test]
fn a_place_under_the_policy_already_is_never_compared_with() {
    let dates = [8, 8, 16, 16];
    let (rate, _) = dynamic(&dates);
    let question = asked(&dates, 4..9, 5, 3);
    let plain = staggered(&panel(9, 24, &rate), &question, Rules::builtin()).unwrap();
    // What happens to the early adopters after their own window changes nothing for the late ones.
    let wild = panel(9, 24, |unit, time| {
        rate(unit, time) + if unit < 2 && time >= 11 { 900.0 } else { 0.0 }
    });
    let found = staggered(&wild, &question, Rules::builtin()).unwrap();
    assert_eq!(plain.events, found.events);
}

#[test]
fn a_place_not_yet_under_it_is_compared_with_until_asked_otherwise() {
    let dates = [8, 16];
    let panel = panel(3, 24, |unit, time| {
        if unit == 1 && (8..11).contains(&time) {
            50.0
        } else {
            20.0
        }
    });
    let mut question = asked(&dates, 2..3, 5, 3);
    let effect = |question: &Asked| {
        let found = staggered(&panel, question, Rules::builtin()).unwrap();
        found.groups[0].events[5].average.effect
    };
    close(effect(&question), -15.0, 1e-9);
    question.against = Against::Never;
    close(effect(&question), 0.0, 1e-9);
    question.against = Against::NotYet;
    question.excluded.insert(0, BTreeSet::from([1]));
    close(effect(&question), 0.0, 1e-9);
    // A party to the same conflict is not compared with either.
    question.excluded.clear();
    question.adopted[1].cluster = "P0".to_string();
    close(effect(&question), 0.0, 1e-9);
}

#[test]
fn averages_are_of_the_same_cases_at_every_event_time() {
    let dates = [8, 9, 22, 2, 10];
    let (rate, _) = dynamic(&dates);
    let mut panel = panel(9, 24, &rate);
    panel.set(4, 7, f64::NAN);
    let found = staggered(&panel, &asked(&dates, 5..9, 5, 4), Rules::builtin()).unwrap();
    assert_eq!(found.cases, ["P0", "P1"]);
    let told: Vec<&str> = found.dropped.iter().map(|dropped| dropped.why.as_str()).collect();
    assert!(told[0].contains("2 periods are known since it began"), "{told:?}");
    assert!(told[1].contains("2 periods are known before it began"), "{told:?}");
    assert!(told[2].contains("a missing value is not zero"), "{told:?}");
    let at: Vec<i64> = found.events.iter().map(|event| event.at).collect();
    assert_eq!(at, (-5..4).collect::<Vec<_>>());
}

#[test]
fn trends_before_are_tested_the_same_from_either_base() {
    let making = Making {
        adopters: 12,
        ..Making::default()
    };
    let (panel, mut question) = class(&making, 5);
    let mean = staggered(&panel, &question, Rules::builtin()).unwrap();
    question.base = Base::Last;
    let last = staggered(&panel, &question, Rules::builtin()).unwrap();
    let (mean, last) = (mean.pre_trends.unwrap(), last.pre_trends.unwrap());
    close(mean.p, last.p, 1e-12);
    close(mean.slope, last.slope, 1e-9);
    close(mean.detectable.unwrap(), last.detectable.unwrap(), 1e-6);
    // From the mean of the ten periods before the middle of the four after lies 7 periods off, from the last 2.5.
    close(mean.bias.unwrap() / mean.detectable.unwrap(), 7.0, 1e-9);
    close(last.bias.unwrap() / last.detectable.unwrap(), 2.5, 1e-6);
}

#[test]
fn places_that_went_apart_before_make_no_finding() {
    let (mut panel, question) = class(&Making::default(), 11);
    for unit in 0..16 {
        for time in 0..panel.times.len() {
            let value = panel.series(unit)[time];
            panel.set(unit, time, value * (0.12 * time as f64).exp());
        }
    }
    let answer = ask(&panel, &question, Rules::builtin());
    let trends = answer.group_time.as_ref().unwrap().pre_trends.as_ref().unwrap();
    assert!(trends.p <= 0.05 && (trends.slope - 0.12).abs() < 0.04, "{trends:?}");
    assert_eq!(answer.verdict.word.id(), "cannot-be-told");
    assert!(
        answer.verdict.sentence.contains("went apart before"),
        "{}",
        answer.verdict.sentence
    );
}

#[test]
fn the_more_noise_the_steeper_a_trend_must_be_to_be_seen() {
    let detectable = |noise: f64| {
        let making = Making {
            noise,
            ..Making::default()
        };
        let (panel, question) = class(&making, 3);
        let found = staggered(&panel, &question, Rules::builtin()).unwrap();
        found.pre_trends.unwrap().detectable.unwrap()
    };
    let (quiet, loud) = (detectable(0.1), detectable(0.4));
    assert!(loud > 3.0 * quiet && loud < 5.0 * quiet, "{quiet} and {loud}");
}

#[test]
fn dates_dealt_out_anew_reach_the_share_of_all_dealings() {
    // 2 of 7 places adopt, and stand out by far: one of the 21 dealings is as far off.
    let panel = panel(7, 20, |unit, time| {
        let own = ((unit * 7 + time * 3) % 11) as f64;
        own + if unit < 2 && time >= 10 { 400.0 } else { 0.0 }
    });
    let mut question = asked(&[10, 10], 2..7, 5, 5);
    question.draws = 4999;
    let found = deal(&panel, &question).unwrap().unwrap();
    close(found.p_average, 1.0 / 21.0, 0.008);
    assert!(found.average > 350.0 && found.band.0 < -100.0);
    // Within strata in which everybody adopts, or nobody does, nothing can be dealt.
    question.strata = (0..7).map(|unit| (unit, (unit < 2).to_string())).collect();
    let stuck = deal(&panel, &question).unwrap().unwrap();
    assert_eq!((stuck.p, stuck.p_average), (1.0, 1.0));
}

#[test]
fn outcomes_asked_together_share_their_dealings() {
    let making = Making {
        effect: -0.8,
        ..Making::default()
    };
    let (panel, question) = class(&making, 21);
    let alone = ask(&panel, &question, Rules::builtin());
    let both = ask_outcomes(&[(&panel, None), (&panel, None)], &question, Rules::builtin());
    let p = |answer: &lysoen_impact::class::ClassAnswer| answer.reassigned.clone().unwrap();
    close(p(&both[0]).holm, (2.0 * p(&alone).p).min(1.0), 1e-12);
    // The same outcome twice is one outcome, which Romano and Wolf see and Holm does not.
    close(p(&both[1]).romano_wolf, p(&alone).p, 1e-12);
    assert_eq!(p(&both[0]).outcomes, 2);
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let (panel, question) = class(&Making::default(), 8);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| serde_json::to_string(&ask(&panel, &question, Rules::builtin())).unwrap())
    };
    assert_eq!(on(1), on(3));
}
