//! Episodes of made-up places: what is the same point, that nothing after it is looked at, and sham policies at peaks.

use std::ops::Range;

use lysoen_impact::episodes::{Alignment, EpisodeRules, Point, Scale, Window, aligned, points, shams, stage};
use lysoen_impact::{Method, Panel};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const WINDOW: Window = Window {
    before: 36,
    aside: 0,
    after: 12,
    months: 1,
};
const NEVER: &(dyn Fn(usize, Range<usize>) -> bool + Sync) = &|_, _| false;

fn even(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64 + 1e-17
}

fn normal(random: &mut ChaCha8Rng) -> f64 {
    (-2.0 * even(random).ln()).sqrt() * (std::f64::consts::TAU * even(random)).cos()
}

/// A negative binomial of size 1: a Poisson whose mean is exponential, which is geometric.
fn count(mean: f64, random: &mut ChaCha8Rng) -> f64 {
    (even(random).ln() / (mean / (1.0 + mean)).ln()).floor()
}

/// Places whose log intensity wanders (autoregressive, 0.6 a month) around their own, with overdispersed
/// counts of 10 million people each.
fn made(units: usize, months: usize, seed: u64) -> Panel {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let names = (0..units).map(|unit| format!("U{unit:03}")).collect();
    let labels = (0..months)
        .map(|month| format!("{}-{:02}", 1989 + month / 12, month % 12 + 1))
        .collect();
    let mut panel = Panel::new(names, labels);
    for unit in 0..units {
        let (level, mut log) = (1.5 + 0.8 * normal(&mut random), 0.0);
        for month in 0..months {
            log = 0.6 * log + 1.2 * normal(&mut random);
            let deaths = count((level + log).exp(), &mut random);
            panel.set(unit, month, deaths / 100.0);
            panel.set_people(unit, month, 1e7);
        }
    }
    panel
}

fn question<'a>(panel: &'a Panel, point: Point, eligible: &'a [usize], rules: &'a EpisodeRules) -> Alignment<'a> {
    Alignment {
        panel,
        point,
        window: WINDOW,
        eligible,
        excluded: NEVER,
        scale: Scale::Shape,
        rules,
    }
}

fn year(panel: &Panel, unit: usize, end: usize) -> f64 {
    panel.series(unit)[end - 12..end].iter().sum::<f64>() * 100.0
}

/// Sham dates at a place's own 12-month peak, decided once a year: a date on which a peak is first passed is hotter than it.
fn peaks(panel: &Panel) -> Vec<Point> {
    let mut peaks: Vec<Point> = Vec::new();
    for unit in 0..panel.units.len() {
        let mut last = 0;
        for time in (36..=panel.times.len() - 12).step_by(12) {
            let own = year(panel, unit, time);
            let is_peak = own >= 25.0 && (time - 24..time).all(|end| year(panel, unit, end) <= own);
            if is_peak && (last == 0 || time - last >= 24) {
                peaks.push(Point { unit, time });
                last = time;
            }
        }
    }
    peaks
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn change(panel: &Panel, point: &Point) -> f64 {
    year(panel, point.unit, point.time + 12) / year(panel, point.unit, point.time) - 1.0
}

/// The shams of every peak that can be answered, with its outcome after multiplied.
fn answered(panel: &Panel, times: f64, method: Method) -> Vec<lysoen_impact::episodes::Shams> {
    let all: Vec<usize> = (0..panel.units.len()).collect();
    let rules = EpisodeRules::default();
    let of = |point: Point| {
        let (mut design, _) = aligned(question(panel, point, &all, &rules)).ok()?;
        design.observed[design.pre..]
            .iter_mut()
            .for_each(|value| *value *= times);
        shams(&design, method).ok()
    };
    peaks(panel).into_iter().filter_map(of).collect()
}

#[test]
fn a_fall_that_comes_by_itself_is_none_beside_other_episodes_at_the_same_point() {
    let panel = made(70, 408, 8);
    let raw = median(peaks(&panel).iter().map(|point| change(&panel, point)).collect());
    assert!(raw < -0.15, "sham policies at peaks seem to reduce deaths: {raw}");
    let found = answered(&panel, 1.0, Method::Did);
    assert!(found.len() >= 100, "{}", found.len());
    let beyond = median(found.iter().filter_map(|shams| shams.beyond).collect());
    assert!(beyond.abs() < 0.1, "against other episodes they do not: {beyond}");
    let false_positives = found.iter().filter(|shams| shams.p <= 0.05).count() as f64;
    let cases = found.len() as f64;
    assert!(
        false_positives <= 0.05 * cases + 2.0 * (0.05 * 0.95 * cases).sqrt(),
        "{false_positives} of {cases}"
    );
}

#[test]
fn a_fall_that_a_policy_made_is_found_more_often_than_none() {
    let panel = made(70, 408, 8);
    let share = |times: f64| {
        let found = answered(&panel, times, Method::Did);
        found.iter().filter(|shams| shams.p <= 0.05).count() as f64 / found.len() as f64
    };
    assert!(share(0.05) > 0.5, "a fall by 95 % is found: {}", share(0.05));
}

#[test]
fn nothing_after_a_point_has_a_part_in_its_choice() {
    let panel = made(60, 300, 3);
    let all: Vec<usize> = (0..60).collect();
    let rules = EpisodeRules::default();
    let point = peaks(&panel)
        .into_iter()
        .find(|&point| points(question(&panel, point, &all, &rules)).is_ok())
        .unwrap();
    let (own, chosen) = points(question(&panel, point, &all, &rules)).unwrap();
    for donor in chosen {
        let mut other = panel.clone();
        for time in donor.time..300 {
            other.set(donor.unit, time, 77.0 * (1.0 + time as f64));
        }
        let (_, again) = points(question(&other, point, &all, &rules)).unwrap();
        assert!(again.contains(&donor), "{}", donor.name(&panel));
        assert_eq!(
            stage(&panel, donor, WINDOW, &rules),
            stage(&other, donor, WINDOW, &rules)
        );
    }
    // Nor anything after the unit's own.
    let mut other = panel.clone();
    (point.time..300).for_each(|time| other.set(point.unit, time, 0.0));
    assert_eq!(stage(&other, point, WINDOW, &rules).unwrap(), own);
}

#[test]
fn points_are_alike_apart_and_allowed() {
    let panel = made(80, 408, 5);
    let all: Vec<usize> = (0..80).collect();
    let rules = EpisodeRules::default();
    let barred = |unit: usize, window: Range<usize>| unit == 4 || (unit == 5 && window.start < 200);
    let mut tried = 0;
    for point in peaks(&panel) {
        let asked = Alignment {
            excluded: &barred,
            ..question(&panel, point, &all[..70], &rules)
        };
        let Ok((design, chosen)) = aligned(asked) else { continue };
        tried += 1;
        let own = stage(&panel, point, WINDOW, &rules).unwrap();
        for (number, donor) in chosen.iter().enumerate() {
            assert!(donor.unit != point.unit && donor.unit != 4 && donor.unit < 70);
            assert!(donor.unit != 5 || donor.time - 36 >= 200);
            assert_eq!(donor.time % 12, point.time % 12);
            assert!(own.is_like(&stage(&panel, *donor, WINDOW, &rules).unwrap(), &rules));
            if let Some(next) = chosen.get(number + 1).filter(|next| next.unit == donor.unit) {
                assert!(next.time >= donor.time + 48);
            }
            // The same shape as in the panel, at the unit's own mean before.
            let (values, series) = (&design.donors[number].values, panel.series(donor.unit));
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
            assert!((mean(&values[..36]) - mean(&design.observed[..36])).abs() < 1e-9);
            let times = values.iter().sum::<f64>() / series[donor.time - 36..donor.time + 12].iter().sum::<f64>();
            assert!((values[40] - times * series[donor.time + 4]).abs() < 1e-9);
            assert_eq!(design.donors[number].unit, donor.name(&panel));
        }
    }
    assert!(tried > 20);
}

#[test]
fn the_stage_of_a_point_is_what_a_hand_counts() {
    let mut panel = Panel::new(vec!["A".into()], (0..72).map(|month| month.to_string()).collect());
    // Four quiet years, then a year of 1 and a year of 3 that ends in three months of 5.
    for month in 0..72 {
        let value = match month {
            0..36 => 0.01,
            36..48 => 1.0,
            57..60 => 5.0,
            _ => 3.0,
        };
        panel.set(0, month, value);
    }
    let stage = stage(&panel, Point { unit: 0, time: 60 }, WINDOW, &EpisodeRules::default()).unwrap();
    assert!((stage.level - 3.5).abs() < 1e-12);
    assert!((stage.rise - 3.5).abs() < 1e-12);
    assert!((stage.heat - 5.0 / 3.5).abs() < 1e-12);
    assert!((stage.peak - 1.0).abs() < 1e-12);
    // The mean of 12 months reaches 0.35 with the fifth month of 1.
    assert_eq!(stage.onset, 60 - 40);
}

#[test]
fn the_p_of_shams_is_their_rank_from_the_middle() {
    use lysoen_impact::{Design, Donor};
    // One period before and one after, all 1 before: by difference-in-differences the counterfactual is the others' mean.
    let donors = (0..19).map(|donor| Donor {
        unit: donor.to_string(),
        values: vec![1.0, 1.0 + 0.01 * f64::from(donor)],
    });
    let design = |after: f64| {
        let labels = vec!["1".to_string(), "2".to_string()];
        Design::new(
            "u",
            labels,
            vec![0.0, 1.0],
            1,
            vec![1.0, after],
            donors.clone().collect(),
        )
        .unwrap()
    };
    let far = shams(&design(0.0), Method::Did).unwrap();
    assert_eq!((far.episodes, far.p, far.effect), (19, 1.0 / 20.0, -1.0));
    assert!(far.median.abs() < 1e-3 && (far.beyond.unwrap() + 1.0).abs() < 1e-12);
    let near = shams(&design(1.09), Method::Did).unwrap();
    assert!(near.p > 0.9, "{}", near.p);
}

#[test]
fn what_cannot_be_compared_is_a_sentence() {
    let panel = made(30, 120, 2);
    let all: Vec<usize> = (0..30).collect();
    let rules = EpisodeRules::default();
    let told = |panel: &Panel, point: Point, eligible: &[usize]| {
        aligned(question(panel, point, eligible, &rules))
            .unwrap_err()
            .to_string()
    };
    let peak = peaks(&panel)[0];
    let none = told(&panel, peak, &[]);
    assert!(
        none.starts_with("0 other episodes stand at the same point as U") && none.ends_with("at least 19 are needed"),
        "{none}"
    );
    let early = told(&panel, Point { unit: 0, time: 20 }, &all);
    assert!(early.contains("20 periods before"), "{early}");
    let first = told(&panel, Point { unit: 0, time: 0 }, &all);
    assert!(first.contains("0 periods before"), "{first}");
    let mut zero = panel.clone();
    (0..120).for_each(|time| zero.set(0, time, 0.0));
    let zero_told = told(&zero, Point { unit: 0, time: 60 }, &all);
    assert!(
        zero_told.contains("no harm in the 12 months before 1994-01"),
        "{zero_told}"
    );
    let mut few = zero.clone();
    few.set(0, 55, 0.1);
    let few_told = told(&few, Point { unit: 0, time: 60 }, &all);
    assert!(few_told.contains("10 people harmed"), "{few_told}");
    let mut gap = panel.clone();
    gap.set(peak.unit, peak.time - 3, f64::NAN);
    let gap_told = told(&gap, peak, &all);
    assert!(gap_told.contains("no value in"), "{gap_told}");
    let beyond = told(&panel, Point { unit: 0, time: 120 }, &all);
    assert!(beyond.contains("outside of the panel"), "{beyond}");
    let loose = EpisodeRules {
        level: 1e9,
        rise: 1e9,
        heat: 1e9,
        peak: 1.0,
        onset: 1e9,
        ..rules.clone()
    };
    let late = Point {
        unit: peak.unit,
        time: 115,
    };
    let late_told = aligned(question(
        &panel,
        late,
        &all,
        &EpisodeRules {
            least_people: 0.0,
            ..loose
        },
    ))
    .unwrap_err()
    .to_string();
    assert!(late_told.contains("has 5 periods from"), "{late_told}");
}

#[test]
fn the_rules_of_episodes_stand_in_toml() {
    let rules = EpisodeRules::default();
    let text = toml::to_string(&rules).unwrap();
    assert_eq!(toml::from_str::<EpisodeRules>(&text).unwrap(), rules);
    assert!(toml::from_str::<EpisodeRules>(&format!("{text}\nother = 1\n")).is_err());
}
