//! Classes whose truth is known: heavy-tailed counts that carry over from period to period, with a shared course of all.

use lysoen_impact::Rules;
use lysoen_impact::class::{ClassAnswer, ask, count_people, deal, staggered};
use lysoen_impact::episodes::Shams;
use lysoen_impact::methods::Method;
use rayon::prelude::*;

use crate::class_made::{Making, class};

fn share(found: &[bool]) -> f64 {
    found.iter().filter(|found| **found).count() as f64 / found.len() as f64
}

fn over<T: Send>(seeds: std::ops::Range<u64>, of: impl Fn(u64) -> T + Sync + Send) -> Vec<T> {
    seeds.into_par_iter().map(of).collect()
}

fn answers(making: &Making, seeds: std::ops::Range<u64>) -> Vec<ClassAnswer> {
    over(seeds, |seed| {
        let (panel, asked) = class(making, seed);
        ask(&panel, &asked, Rules::builtin())
    })
}

fn finds(answer: &ClassAnswer) -> bool {
    matches!(answer.verdict.word.id(), "fewer" | "more")
}

#[test]
fn without_an_effect_the_p_of_dealt_dates_is_uniform_and_trends_before_are_rejected_as_often_as_stated() {
    let found = over(0..400, |seed| {
        let (panel, asked) = class(&Making::default(), seed);
        let dates = deal(&panel, &asked).unwrap().unwrap();
        let trends = staggered(&panel, &asked, Rules::builtin()).unwrap().pre_trends.unwrap();
        (dates.p, dates.p_average, trends.p)
    });
    for (level, within) in [(0.05, 0.03), (0.25, 0.06), (0.5, 0.07), (0.75, 0.06)] {
        let p = share(&found.iter().map(|found| found.0 <= level).collect::<Vec<_>>());
        assert!((p - level).abs() < within, "p ≤ {level} in {p}");
        let average = share(&found.iter().map(|found| found.1 <= level).collect::<Vec<_>>());
        assert!((average - level).abs() < within, "p of averages ≤ {level} in {average}");
    }
    let rejected = share(&found.iter().map(|found| found.2 <= 0.05).collect::<Vec<_>>());
    assert!(rejected < 0.09, "{rejected}");
}

#[test]
fn without_an_effect_a_finding_is_as_rare_as_stated() {
    let found = answers(&Making::default(), 1000..1100);
    let wrong = share(&found.iter().map(finds).collect::<Vec<_>>());
    assert!(wrong <= 0.05, "{wrong}");
    // The pooled effect by itself errs as often as its level says, too.
    let pooled = found.iter().map(|answer| answer.pooled.as_ref().unwrap().p <= 0.05);
    let pooled = share(&pooled.collect::<Vec<_>>());
    assert!(pooled <= 0.09, "{pooled}");
}

#[test]
fn a_known_effect_is_found_and_held_by_its_intervals() {
    let making = Making {
        effect: -0.7,
        ..Making::default()
    };
    let found = answers(&making, 2000..2100);
    let pooled: Vec<_> = found.iter().map(|answer| answer.pooled.clone().unwrap()).collect();
    let mean = pooled.iter().map(|pooled| pooled.effect).sum::<f64>() / 100.0;
    assert!((mean + 0.7).abs() < 0.03, "{mean}");
    let held = share(
        &pooled
            .iter()
            .map(|p| p.low <= -0.7 && -0.7 <= p.high)
            .collect::<Vec<_>>(),
    );
    assert!(held >= 0.85, "{held}");
    let average = found.iter().map(|answer| {
        let average = &answer.group_time.as_ref().unwrap().average;
        average.low.unwrap() <= -0.7 && -0.7 <= average.high.unwrap()
    });
    let average = share(&average.collect::<Vec<_>>());
    assert!(average >= 0.83, "{average}");
    let fewer = found.iter().map(|answer| answer.verdict.word.id() == "fewer");
    let fewer = share(&fewer.collect::<Vec<_>>());
    assert!(fewer >= 0.6, "{fewer}");
    let more = found.iter().any(|answer| answer.verdict.word.id() == "more");
    assert!(!more);
}

#[test]
fn the_ratio_of_people_is_held_by_its_interval() {
    let making = Making {
        effect: -0.5,
        ..Making::default()
    };
    let found = over(3000..3100, |seed| {
        let (panel, asked) = class(&making, seed);
        count_people(&panel, &asked, Rules::builtin()).unwrap().unwrap()
    });
    let truth = (-0.5_f64).exp();
    let held = found
        .iter()
        .map(|people| people.ratio_low.unwrap() <= truth && truth <= people.ratio_high.unwrap());
    let held = share(&held.collect::<Vec<_>>());
    assert!(held >= 0.82, "{held}");
    for people in &found {
        let sum = people.people.observed - people.people.counterfactual;
        assert!((people.people.effect - sum).abs() < 1e-6);
        assert!(people.people.low.unwrap() <= sum && sum <= people.people.high.unwrap());
    }
}

#[test]
fn effects_that_differ_have_a_tau() {
    let making = Making {
        adopters: 24,
        effect: -0.6,
        tau: 0.5,
        noise: 0.2,
        ..Making::default()
    };
    let found = answers(&making, 4000..4040);
    let tau = found
        .iter()
        .map(|answer| answer.pooled.as_ref().unwrap().tau)
        .sum::<f64>()
        / 40.0;
    assert!((tau - 0.5).abs() < 0.12, "{tau}");
    let held = found.iter().map(|answer| {
        let pooled = answer.pooled.as_ref().unwrap();
        pooled.low <= -0.6 && -0.6 <= pooled.high
    });
    assert!(share(&held.collect::<Vec<_>>()) >= 0.8);
}

#[test]
fn shared_shocks_of_a_conflict_make_no_finding() {
    let making = Making {
        adopters: 24,
        shared: 4,
        shock: 0.5,
        ..Making::default()
    };
    let dates = over(5000..5300, |seed| {
        let (panel, asked) = class(&making, seed);
        let dates = deal(&panel, &asked).unwrap().unwrap();
        (dates.p <= 0.05, dates.p_average <= 0.05)
    });
    let by_clusters = share(&dates.iter().map(|found| found.0).collect::<Vec<_>>());
    let by_averages = share(&dates.iter().map(|found| found.1).collect::<Vec<_>>());
    assert!(by_clusters <= 0.08, "{by_clusters}");
    // Why the p is of a t by clusters: the averages alone take each place of a conflict for itself.
    assert!(by_averages > 0.3, "{by_averages}");
    let found = answers(&making, 5300..5340);
    let wrong = share(&found.iter().map(finds).collect::<Vec<_>>());
    assert!(wrong <= 0.05, "{wrong}");
}

#[test]
fn an_effect_that_is_small_for_sure_is_no_larger_than_d() {
    let making = Making {
        adopters: 40,
        never: 60,
        noise: 0.08,
        ..Making::default()
    };
    let found = over(6000..6010, |seed| {
        let (panel, mut asked) = class(&making, seed);
        asked.margin = Some(0.25);
        ask(&panel, &asked, Rules::builtin())
    });
    let none_larger = found.iter().map(|answer| answer.verdict.word.id() == "none-larger");
    assert!(share(&none_larger.collect::<Vec<_>>()) >= 0.8);
    // Without d a large p is never "no effect".
    let (panel, asked) = class(&making, 6000);
    let answer = ask(&panel, &asked, Rules::builtin());
    assert_eq!(answer.verdict.word.id(), "cannot-be-told");
}

#[test]
fn a_synthetic_control_of_each_case_finds_the_same() {
    let making = Making {
        adopters: 8,
        never: 26,
        effect: -0.9,
        noise: 0.15,
        ..Making::default()
    };
    let effects = over(7000..7004, |seed| {
        let (panel, mut asked) = class(&making, seed);
        asked.method = Method::Synthetic;
        ask(&panel, &asked, Rules::builtin()).pooled.unwrap().effect
    });
    let mean = effects.iter().sum::<f64>() / 4.0;
    assert!((mean + 0.9).abs() < 0.15, "{effects:?}");
}

#[test]
fn a_policy_adopted_because_harm_was_high_needs_sham_dates() {
    let making = Making {
        effect: -0.9,
        noise: 0.12,
        ..Making::default()
    };
    let (panel, mut asked) = class(&making, 9);
    let told = |asked: &lysoen_impact::class::Asked| {
        let verdict = ask(&panel, asked, Rules::builtin()).verdict;
        (verdict.word.id(), verdict.sentence)
    };
    assert_eq!(told(&asked).0, "fewer");
    asked.because_of_harm = true;
    let (word, sentence) = told(&asked);
    assert!(
        word == "cannot-be-told" && sentence.contains("no sham dates"),
        "{sentence}"
    );
    let shams = |episodes: usize, median: f64, p: f64| {
        Some(Shams {
            episodes,
            effect: 0.0,
            beyond: None,
            median,
            p,
            effects: Vec::new(),
        })
    };
    asked.shams = shams(60, -0.2, 0.01);
    assert_eq!(told(&asked).0, "fewer");
    asked.shams = shams(60, -0.2, 0.4);
    assert_eq!(told(&asked).0, "cannot-be-told");
    asked.shams = shams(6, -0.2, 0.01);
    assert_eq!(told(&asked).0, "cannot-be-told");
    asked.shams = shams(60, -0.7, 0.01);
    assert!(told(&asked).1.contains("the cases by no more"));
}
