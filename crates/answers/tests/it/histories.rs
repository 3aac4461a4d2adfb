//! A measure year by year is what the picture of each year tells.

use lysoen_answers::assess;
use lysoen_facts::ViewAt;
use lysoen_measures::{Coverage, history};

use crate::observatories::from_snapshot;
use crate::picture::year;

/// Deaths, a stock with parts of several sources, flows by origin, a measure of two cards, a bound.
const MEASURES: [&str; 7] = [
    "killed",
    "killed_by_own_government",
    "displaced_in_country",
    "displaced_abroad",
    "idps",
    "undernourished",
    "facing_fear",
];

#[test]
fn a_history_tells_of_each_year_what_the_picture_of_that_year_tells_and_nothing_carried_over() {
    let (_folder, observatory) = from_snapshot();
    let view = observatory.view(&ViewAt::default()).unwrap();
    let measures = observatory.measures();
    let pictures: Vec<_> = ["1995", "2012", "2021"]
        .map(|y| assess(&observatory, &year(y)).unwrap())
        .into();
    for id in MEASURES {
        let measure = measures.get(id).unwrap();
        let told = history(&view, measures, observatory.crosswalk(), measure, 2026).unwrap();
        let mut compared = 0;
        for picture in &pictures {
            let year = picture.period.calendar_year();
            for place in &picture.places[1..] {
                let figure = picture.figure(place, id).unwrap();
                let of_year = matches!(figure.coverage, Coverage::Covered | Coverage::NoneRecorded);
                let known = told.get(place, year);
                assert_eq!(
                    known.map(|k| k.value),
                    figure.value.filter(|_| of_year),
                    "{id} of {place} in {year}"
                );
                if let (Some(known), Some(population)) = (known, figure.population) {
                    assert_eq!(known.people, Some(population), "{id} of {place} in {year}");
                }
                compared += usize::from(known.is_some());
            }
        }
        assert!(compared > 30, "{id}: {compared} values");
    }
}

#[test]
fn a_history_ends_with_the_year_that_is_asked_for_and_is_empty_where_no_source_tells_anything() {
    let (_folder, observatory) = from_snapshot();
    let view = observatory.view(&ViewAt::default()).unwrap();
    let measures = observatory.measures();
    let of = |id: &str, last| {
        let measure = measures.get(id).unwrap();
        history(&view, measures, observatory.crosswalk(), measure, last).unwrap()
    };
    let whole = of("killed", 2026);
    assert_eq!((whole.years.first(), whole.years.last()), (Some(&1989), Some(&2024)));
    assert_eq!(of("killed", 2010).years.last(), Some(&2010));
    // No survey of IOM's is in the snapshot.
    let none = of("idps_dtm", 2026);
    assert!(none.years.is_empty() && none.places.is_empty());
}
