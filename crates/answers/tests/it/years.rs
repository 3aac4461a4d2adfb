//! Years of life, widened shares, and the intervals of chance.

use lysoen_answers::{Assessment, assess};
use lysoen_measures::{Coverage, Figure, Role};

use crate::observatories::from_snapshot;
use crate::picture::{figure, year};

const YEARS: [&str; 3] = ["life_expectancy", "secure_life_expectancy", "insecure_years"];

fn of<'a>(assessment: &'a Assessment, place: &str) -> [&'a Figure; 3] {
    YEARS.map(|measure| figure(assessment, place, measure))
}

#[test]
fn secure_years_follow_from_the_life_expectancy_and_the_bounds_of_the_people_who_face_a_threat() {
    let (_folder, observatory) = from_snapshot();
    let mut complete = 0;
    for period in ["2017", "2022"] {
        let assessment = assess(&observatory, &year(period)).unwrap();
        let mut known = 0;
        for place in &assessment.places[1..] {
            let [life, secure, insecure] = of(&assessment, place.as_str());
            let facing = figure(&assessment, place.as_str(), "facing_at_least_one_threat");
            let (Some(at_most), Some(people)) = (secure.value, facing.population) else {
                assert!(secure.value.is_some() || !secure.note.is_empty(), "{place}");
                assert_eq!(insecure.value.is_some(), secure.value.is_some(), "{place}");
                continue;
            };
            known += 1;
            let (life, share) = (life.value.unwrap(), |count: f64| count / people);
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
            assert!(
                near(at_most, life * (1.0 - share(facing.value.unwrap()))),
                "{place} in {period}"
            );
            assert!(near(at_most + insecure.value.unwrap(), life), "{place} in {period}");
            assert_eq!((secure.high, insecure.low), (secure.value, insecure.value), "{place}");
            assert_eq!(secure.low.is_some(), facing.high.is_some(), "{place}");
            if let (Some(high), Some(at_least), Some(more)) = (facing.high, secure.low, insecure.high) {
                complete += 1;
                assert!(
                    near(at_least, life * (1.0 - share(high))) && near(at_least + more, life),
                    "{place}"
                );
                assert_eq!(
                    (secure.interval_kind.as_str(), insecure.interval_kind.as_str()),
                    ("bounds", "bounds")
                );
            } else {
                assert_eq!(secure.interval_kind, "upper bound only");
                assert_eq!(insecure.interval_kind, "lower bound only");
            }
            assert!(secure.note.contains("if today's rates held; crude"), "{}", secure.note);
            assert!(secure.note.contains("no standard error"), "{}", secure.note);
        }
        assert!(known > 150, "{known} places have secure years in {period}");
    }
    assert!(complete > 5, "{complete} places have both ends");
}

#[test]
fn the_years_of_mexico_in_2017_equal_those_worked_by_hand() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2017")).unwrap();
    // e₀ 74.138. Displaced 349,266 of 123,986,884 = 0.281697 %; undernourished 5.0 % in 2015, widened by 2 × 0.5 to 4–6 %;
    // below $3.00 a day 4.4 % (2016); without basic water 100 − 97.9175 = 2.0825 %.
    // At most 74.138 × (1 − 0.044) = 70.875928; the sum of the upper ends is 12.764197 %, so at least
    // 74.138 × 0.87235803 = 64.674880; years of insecurity 3.262072 to 9.463120.
    let [life, secure, insecure] = of(&assessment, "MEX");
    let near = |a: Option<f64>, b: f64| (a.unwrap() - b).abs() < 2e-6;
    assert_eq!(life.value, Some(74.138));
    assert!(
        near(secure.value, 70.875928) && near(secure.high, 70.875928) && near(secure.low, 64.674880),
        "{secure:?}"
    );
    assert!(near(insecure.value, 3.262072) && near(insecure.low, 3.262072) && near(insecure.high, 9.463120));
    assert_eq!(
        (secure.coverage, secure.interval_kind.as_str()),
        (Coverage::Covered, "bounds")
    );
}

#[test]
fn years_are_neither_summed_nor_divided_and_the_worlds_life_expectancy_is_the_sources_own() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2022")).unwrap();
    let [life, secure, insecure] = of(&assessment, "WLD");
    assert_eq!((life.value, life.source.as_str()), (Some(72.00406985), "hdr"));
    assert_eq!((secure.value, insecure.value), (None, None));
    assert!(secure.note.contains("place by place"), "{}", secure.note);
    let inform = figure(&assessment, "WLD", "inform_risk");
    assert!(
        inform.value.is_none() && inform.note.contains("do not add up"),
        "{}",
        inform.note
    );
    let divided = |f: &&Figure| f.unit == "years" && (f.per_100k.is_some() || f.population.is_some());
    assert_eq!(assessment.figures.iter().find(divided), None);
}

#[test]
fn a_life_expectancy_more_than_three_years_old_enters_no_secure_years() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2026")).unwrap();
    let [life, secure, _] = of(&assessment, "SOM");
    assert_eq!((life.value, life.coverage), (Some(56.107), Coverage::Stale));
    assert_eq!(secure.value, None);
    assert!(
        secure.note.contains("of 2022, is more than three years old"),
        "{}",
        secure.note
    );
    let month = assess(&observatory, &year("2022-12")).unwrap();
    let [life, secure, _] = of(&month, "SOM");
    assert_eq!((life.value, secure.value), (None, None), "told by the year only");
}

#[test]
fn the_two_values_behind_the_largest_yearly_change_are_among_the_rows_of_a_widened_bound() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    // Below $3.00 a day in Niger: 82.9 % in 2007, 68.8 % in 2011, 3.525 points a year; 60.5 % in 2021.
    for measure in ["facing_at_least_one_threat", "insecure_years"] {
        let bound = figure(&assessment, "NER", measure);
        let values: Vec<f64> = bound
            .terms
            .iter()
            .filter(|t| t.role == Role::Beside && t.what == "poverty_300_share")
            .map(|t| t.value)
            .collect();
        assert_eq!(values, [60.5, 82.9, 68.8], "{measure}");
        assert!(
            bound
                .note
                .contains("3 × 3.53 points, its largest yearly change (2007 to 2011)"),
            "{}",
            bound.note
        );
    }
}

#[test]
fn attacks_on_aid_workers_have_the_interval_of_chance_and_nothing_else_has() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let world = figure(&assessment, "WLD", "aid_workers_killed");
    let (low, high) = (world.low.unwrap(), world.high.unwrap());
    assert!(low < 385.0 && 385.0 < high && world.interval_kind == "confidence-0.95");
    // Wider than Garwood's 347.5 to 425.4, for some attacks killed many.
    assert!(low < 347.0 && high > 426.0, "{low} to {high}");
    // One attack that killed one is Garwood's.
    let niger = figure(&assessment, "NER", "aid_workers_killed");
    assert_eq!(niger.value, Some(1.0));
    assert!((niger.low.unwrap() - 0.0253).abs() < 1e-4 && (niger.high.unwrap() - 5.5716).abs() < 1e-4);
    let by_chance = |f: &&Figure| f.interval_kind.starts_with("confidence");
    let others = |f: &&Figure| !f.measure.starts_with("aid_workers_");
    assert_eq!(assessment.figures.iter().filter(by_chance).find(others), None);
    let silent = |f: &&Figure| f.coverage == Coverage::NoneRecorded;
    assert_eq!(assessment.figures.iter().filter(by_chance).find(silent), None);
}
