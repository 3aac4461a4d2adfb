//! Promise and practice side by side.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use lysoen_answers::Observatory;
use lysoen_answers::agenda::practice::beside::{
    ASSOCIATION, Bound, OWN_GOVERNMENT, Quartiles, Series, Value, around, beside, series,
};
use lysoen_answers::agenda::{AgendaState, standing};
use lysoen_facts::ViewAt;

use crate::agenda_practice::newest;
use crate::observatories::from_snapshot;

/// Since when states are bound by the Rome Statute, by the rules of the agenda.
fn rome(observatory: &Observatory, series: &Series) -> BTreeMap<String, Bound> {
    let state = AgendaState::of(observatory, &ViewAt::default()).unwrap();
    standing(state.participations("rome-statute").unwrap(), series, 2024)
}

#[test]
fn killings_by_governments_that_are_bound_by_the_rome_statute_stand_beside_those_of_the_others() {
    let (_folder, observatory) = from_snapshot();
    let view = newest(&observatory);
    let series = series(&view, observatory.measures(), OWN_GOVERNMENT).unwrap().unwrap();
    assert_eq!(
        (series.source.as_str(), series.unit.as_str()),
        ("ucdp-country-year", "people")
    );
    let standing = rome(&observatory, &series);
    let found = beside(&standing, &series, 2024);
    // UCDP's country-years of 2024 have 3,339 deaths by the place's own government, 41 of them in the joint row of Israel
    // and Palestine, where it cannot be told whose government it was.
    let (bound, others) = (&found.parties, &found.non_parties);
    assert_eq!((bound.total.value, others.total.value), (Some(1291.0), Some(2007.0)));
    assert_eq!(
        (bound.n - bound.with_none_recorded, others.n - others.with_none_recorded),
        (17, 16)
    );
    assert_eq!(found.changed, ["ARM"]);
    assert_eq!(
        standing["UKR"],
        Bound::Since {
            from: date(2025, 1, 1),
            until: None
        }
    );
    assert_eq!((bound.n, others.n), (121, 73));
    assert!(bound.missing["PSE"].contains("ISR+PSE") && others.missing["ISR"].contains("ISR+PSE"));
    assert_eq!(bound.missing["COK"], "the source does not cover it");
    assert_eq!((bound.missing.len(), others.missing.len()), (2, 1));
    assert!(found.no_standing.is_empty());
    let counts = bound.counts.as_ref().unwrap();
    assert_eq!((counts.lower, counts.median, counts.upper), (0.0, 0.0, 0.0));
    assert!(bound.rates.as_ref().unwrap().n <= bound.n);
    assert_eq!(bound.rates.as_ref().unwrap().n + bound.without_rate.len(), bound.n);
    assert!(bound.total.low <= bound.total.value && bound.total.value <= bound.total.high);
}

#[test]
fn the_years_before_and_after_are_told_of_each_who_is_bound() {
    let (_folder, observatory) = from_snapshot();
    let series = series(&newest(&observatory), observatory.measures(), OWN_GOVERNMENT)
        .unwrap()
        .unwrap();
    let found = around(&rome(&observatory, &series), &series);
    let of = |place: &str| found.each.iter().find(|around| around.place == place).unwrap();
    let colombia = of("COL");
    assert_eq!(colombia.since, date(2002, 11, 1));
    assert_eq!(
        (colombia.before.from, colombia.before.to, colombia.after.from),
        (1997, 2001, 2003)
    );
    assert_eq!(
        (colombia.before.total.value, colombia.after.total.value),
        (Some(89.0), Some(747.0))
    );
    let armenia = of("ARM");
    assert_eq!((armenia.after.n, armenia.after.missing.len()), (0, 5));
    assert!(armenia.after.total.value.is_none() && armenia.after.total.why.contains("only 0 of the 5 years"));
    assert_eq!(
        found.whole,
        found.none_recorded + found.fewer + found.as_many + found.more
    );
    assert_eq!(found.whole + found.not_whole.len(), found.each.len());
    assert_eq!(
        (found.whole, found.none_recorded, found.fewer, found.as_many, found.more),
        (119, 93, 15, 0, 11)
    );
    // Without figures of all ten years: newly bound, newly founded, not covered, and Serbia, which was part of Yugoslavia.
    assert_eq!(
        found.not_whole,
        ["ARM", "COK", "KIR", "MNE", "PSE", "SRB", "TLS", "UKR"]
    );
}

fn made(values: &[(&str, i16, f64)]) -> Series {
    let mut all: BTreeMap<String, BTreeMap<i16, Value>> = BTreeMap::new();
    for (place, year, count) in values {
        let value = Value {
            count: *count,
            range: Some((*count, count * 2.0)),
            population: (*place != "NOP").then_some(1e6),
        };
        all.entry(place.to_string()).or_default().insert(*year, value);
    }
    Series {
        measure: "killed".into(),
        title: "Killed".into(),
        unit: "people".into(),
        source: "made".into(),
        as_of: date(2025, 1, 1),
        population_source: Some("made".into()),
        none_recorded: "none recorded".into(),
        values: all,
        not_told: [("JNT".to_string(), "one row for two places".to_string())].into(),
    }
}

fn since(day: Date) -> Bound {
    Bound::Since { from: day, until: None }
}

#[test]
fn a_place_without_a_figure_is_missing_and_not_zero() {
    let series = made(&[
        ("AAA", 2020, 0.0),
        ("BBB", 2020, 10.0),
        ("CCC", 2020, 30.0),
        ("NOP", 2020, 4.0),
        ("OLD", 2019, 7.0),
        ("XXX", 2020, 1.0),
    ]);
    let standing: BTreeMap<String, Bound> = [
        ("AAA", since(date(2010, 1, 1))),
        ("BBB", since(date(2020, 1, 1))),
        ("CCC", since(date(2020, 1, 2))),
        ("GON", since(date(2000, 1, 1))),
        ("JNT", since(date(2000, 1, 1))),
        ("OLD", since(date(2000, 1, 1))),
        ("NOP", Bound::Never),
        (
            "LFT",
            Bound::Since {
                from: date(2000, 1, 1),
                until: Some(date(2020, 1, 1)),
            },
        ),
        ("DAY", Bound::DayUnknown),
    ]
    .map(|(place, bound)| (place.to_string(), bound))
    .into();
    let found = beside(&standing, &series, 2020);
    assert_eq!((found.parties.n, found.parties.with_none_recorded), (2, 1));
    assert_eq!(found.parties.total.bounds(), Some((10.0, 10.0, 20.0)));
    let missing: Vec<(&str, &str)> = found
        .parties
        .missing
        .iter()
        .map(|(place, why)| (place.as_str(), why.as_str()))
        .collect();
    assert_eq!(
        missing,
        [
            ("GON", "the source does not cover it"),
            ("JNT", "one row for two places"),
            ("OLD", "the source does not cover it in 2020"),
        ]
    );
    assert_eq!(found.parties.rates.as_ref().unwrap().median, 0.5);
    assert_eq!(
        (found.non_parties.n, found.non_parties.without_rate.as_slice()),
        (1, ["NOP".to_string()].as_slice())
    );
    assert_eq!(found.non_parties.rates, None);
    assert!(found.non_parties.missing.contains_key("LFT"));
    assert_eq!(
        (found.changed, found.day_unknown, found.no_standing),
        (vec!["CCC".into()], vec!["DAY".into()], vec!["XXX".into()])
    );
    let nobody = beside(&BTreeMap::new(), &series, 2020);
    assert_eq!((nobody.parties.total.value, nobody.parties.counts), (None, None));
}

#[test]
fn five_years_before_and_after_are_told_where_all_of_them_are_there() {
    let years = |place: &'static str, from: i16, counts: &[f64]| {
        counts
            .iter()
            .enumerate()
            .map(|(at, count)| (place, from + at as i16, *count))
            .collect::<Vec<_>>()
    };
    let mut values = years("LES", 2005, &[5.0, 5.0, 5.0, 5.0, 5.0, 99.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
    values.extend(years("NIL", 2005, &[0.0; 11]));
    values.extend(years(
        "MOR",
        2005,
        &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0, 0.0],
    ));
    values.extend(years("LEF", 2005, &[1.0; 11]));
    values.extend(years("NEW", 2008, &[1.0; 8]));
    let series = made(&values);
    let mut standing: BTreeMap<String, Bound> = ["LES", "NIL", "MOR", "NEW"]
        .map(|place| (place.to_string(), since(date(2010, 6, 1))))
        .into();
    standing.insert(
        "LEF".into(),
        Bound::Since {
            from: date(2010, 6, 1),
            until: Some(date(2014, 3, 1)),
        },
    );
    standing.insert("NON".into(), Bound::Never);
    standing.insert("DAY".into(), Bound::DayUnknown);
    let found = around(&standing, &series);
    assert_eq!(
        (found.whole, found.none_recorded, found.fewer, found.as_many, found.more),
        (3, 1, 1, 0, 1)
    );
    assert_eq!(
        (found.not_whole, found.day_unknown),
        (vec!["LEF".to_string(), "NEW".into()], vec!["DAY".to_string()])
    );
    let less = found.each.iter().find(|around| around.place == "LES").unwrap();
    assert_eq!(
        (less.before.total.value, less.after.total.value),
        (Some(25.0), Some(4.0)),
        "2010 is in neither"
    );
    assert_eq!((less.before.rate.value, less.after.rate.value), (Some(0.5), Some(0.08)));
    assert_eq!(
        (
            less.after.with_none_recorded,
            less.after.counts.as_ref().unwrap().median
        ),
        (1, 1.0)
    );
    let left = found.each.iter().find(|around| around.place == "LEF").unwrap();
    assert_eq!(
        (left.after.n, left.after.missing.as_slice()),
        (3, [2014, 2015].as_slice())
    );
    let new = found.each.iter().find(|around| around.place == "NEW").unwrap();
    assert_eq!(new.before.missing, [2005, 2006, 2007]);
}

#[test]
fn quartiles_lie_between_ranks_in_proportion() {
    let of = |values: &[f64]| Quartiles::of(values.to_vec(), "").map(|q| (q.n, q.lower, q.median, q.upper));
    assert_eq!(of(&[]), None);
    assert_eq!(of(&[3.0]), Some((1, 3.0, 3.0, 3.0)));
    // R: quantile(c(1, 2, 4, 8)) is 1.75, 3, 5.
    assert_eq!(of(&[8.0, 1.0, 4.0, 2.0]), Some((4, 1.75, 3.0, 5.0)));
}

#[test]
fn what_is_said_is_an_association_and_speaks_of_no_cause() {
    let said = ASSOCIATION.to_lowercase();
    assert!(said.contains("association"));
    for word in [
        "cause", "because", "effect", "led to", "due to", "result", "reduce", "prevent", "thanks",
    ] {
        assert!(!said.contains(word), "{word}");
    }
    let series = made(&[("AAA", 2020, 1.0)]);
    assert_eq!(beside(&BTreeMap::new(), &series, 2020).association, ASSOCIATION);
    assert_eq!(around(&BTreeMap::new(), &series).association, ASSOCIATION);
}
