//! Events in areas: the rules of placing, one by one, and figures worked by hand.

use jiff::civil::date;
use lysoen_facts::tables::{EventRow, ObservationRow};
use lysoen_measures::communities::placing::{By, Doubt, Placed, Placing, Spot, Unplaced};
use lysoen_measures::communities::{Areas, Communities, Level, Span};
use lysoen_measures::rates::{compound, garwood};
use lysoen_measures::{Coverage, Formula};
use proptest::prelude::*;

use crate::imagined::{Imagined, SQUARES, event, people};

/// A place known so exactly, at a point, degrees north and east.
fn spot(precision: i16, north: f64, east: f64) -> Spot {
    Spot {
        point: Some((north, east)),
        precision: Some(precision),
        ..Spot::default()
    }
}

fn named(spot: Spot, adm1: &str, adm2: &str) -> Spot {
    let given = |name: &str| (!name.is_empty()).then(|| name.to_string());
    Spot {
        adm1: given(adm1),
        adm2: given(adm2),
        ..spot
    }
}

/// The areas of the level and those above it, the next coarser first.
struct Country(Areas, Vec<Areas>);

impl Country {
    fn at(level: Level) -> Country {
        let country = Imagined::with_boundaries();
        Country(
            country.areas(level),
            level.above().iter().map(|l| country.areas(*l)).collect(),
        )
    }

    fn place(&self, spot: &Spot) -> Result<(String, By, Option<Doubt>), Unplaced> {
        let above: Vec<&Areas> = self.1.iter().collect();
        let Placed { area, by, doubt } = Placing::new(&self.0, &above).place(spot)?;
        Ok((self.0.list[area].place.to_string(), by, doubt))
    }
}

#[test]
fn an_event_is_placed_no_more_finely_than_its_source_knows() {
    let (first, second, third) = (
        Country::at(Level::Admin1),
        Country::at(Level::Admin2),
        Country::at(Level::Admin3),
    );
    let known = |precision| {
        named(
            spot(precision, 6.5, 20.5),
            "Nana-Grébizi province",
            "Kaga Bandoro region",
        )
    };
    let by_point = |place: &str| Ok((place.to_string(), By::Point, None));
    for country in [(&first, "CF11"), (&second, "CF111"), (&third, "CF1111")] {
        assert_eq!(country.0.place(&known(1)), by_point(country.1));
        assert_eq!(country.0.place(&known(2)), by_point(country.1), "well within the area");
        assert_eq!(country.0.place(&known(6)), Err(Unplaced::Country));
        assert_eq!(country.0.place(&known(7)), Err(Unplaced::International));
        assert_eq!(country.0.place(&known(0)), Err(Unplaced::NoPrecision));
    }
    assert_eq!(first.place(&known(3)), Ok(("CF11".into(), By::SimilarName, None)));
    assert_eq!(second.place(&known(3)), Ok(("CF111".into(), By::Name, None)));
    assert_eq!(third.place(&known(3)), Err(Unplaced::Coarser(Level::Admin2)));
    assert_eq!(first.place(&known(4)), Ok(("CF11".into(), By::SimilarName, None)));
    assert_eq!(second.place(&known(4)), Err(Unplaced::Coarser(Level::Admin1)));
    assert_eq!(third.place(&known(4)), Err(Unplaced::Coarser(Level::Admin1)));
    assert_eq!(
        first.place(&known(5)),
        Ok(("CF11".into(), By::SimilarName, Some(Doubt::Vague)))
    );
    assert_eq!(
        second.place(&known(5)),
        Ok(("CF111".into(), By::Name, Some(Doubt::Vague)))
    );
    assert_eq!(third.place(&known(5)), Err(Unplaced::Vague));
    assert_eq!(
        first.place(&spot(5, 6.5, 20.5)),
        Err(Unplaced::Vague),
        "its point stands for more than an area"
    );
}

#[test]
fn what_is_known_to_25_km_is_placed_where_half_of_them_lie_or_where_the_source_names_the_area() {
    let first = Country::at(Level::Admin1);
    // At 22.05° E the border is 5.5 km to the west: a segment of the disc lies there, less than half of it.
    let near = spot(2, 7.0, 22.05);
    assert_eq!(first.place(&near), Ok(("CF12".into(), By::Point, Some(Doubt::Nearby))));
    // In the corner where a quarter of the disc would lie in each of four areas, the source's name decides.
    let second = Country::at(Level::Admin3);
    let corner = spot(2, 7.02, 20.51);
    match second.place(&corner) {
        Ok((place, By::Point, Some(Doubt::Nearby))) => assert_eq!(place, "CF1112"),
        other => panic!("{other:?}"),
    }
    let town = spot(2, 7.515, 20.515);
    match second.place(&town) {
        // The arrondissement has 11 km², the disc 1,963.
        Err(Unplaced::Nearby { area, share }) => assert!(area.contains("CF1110") && share < 0.02, "{area} {share}"),
        other => panic!("{other:?}"),
    }
    // The parts of the disc that lie abroad do not count: the event was in the country.
    assert_eq!(first.place(&spot(2, 6.01, 20.01)), Ok(("CF11".into(), By::Point, None)));
}

#[test]
fn a_towns_point_does_not_stand_for_one_of_its_parts_unless_the_part_is_named() {
    let third = Country::at(Level::Admin3);
    let town = Spot {
        named: Some("Kaga-Bandoro city".into()),
        ..spot(1, 7.51, 20.51)
    };
    match third.place(&town) {
        Err(Unplaced::Town { part }) => assert_eq!(part, "Arrondissement 1 (CF1110)"),
        other => panic!("{other:?}"),
    }
    let part = Spot {
        named: Some("1 arrondissement".into()),
        ..town
    };
    assert_eq!(third.place(&part), Ok(("CF1110".into(), By::Point, None)));
    assert_eq!(
        Country::at(Level::Admin2).place(&part),
        Ok(("CF111".into(), By::Point, None))
    );
}

#[test]
fn a_point_just_outside_goes_to_the_nearest_area_and_one_far_outside_to_the_named_one() {
    let first = Country::at(Level::Admin1);
    // 0.03° are 3.3 km.
    assert_eq!(
        first.place(&spot(1, 8.03, 21.0)),
        Ok(("CF11".into(), By::Point, Some(Doubt::JustOutside)))
    );
    match first.place(&spot(1, 9.0, 21.0)) {
        Err(Unplaced::Outside {
            nearest: Some((area, km)),
        }) => {
            assert_eq!(area, "Nana-Gribizi (CF11)");
            assert!((km - 111.2).abs() < 0.1, "one degree of latitude is 111.2 km, not {km}");
        }
        other => panic!("{other:?}"),
    }
    let told = named(spot(1, 9.0, 21.0), "Ouham state", "");
    assert_eq!(
        first.place(&told),
        Ok(("CF12".into(), By::Name, Some(Doubt::PointNowhere)))
    );
    assert_eq!(
        first.place(&spot(1, -40.0, -120.0)),
        Err(Unplaced::Outside { nearest: None })
    );
}

#[test]
fn an_area_without_a_boundary_has_the_events_that_name_it_and_no_zero() {
    let mut country = Imagined::without_areas();
    country.places_of("cod-ab", date(2015, 6, 15), &SQUARES, |code| code != "CF12");
    let (areas, above) = (country.areas(Level::Admin1), []);
    let placing = Placing::new(&areas, &above);
    let placed = |spot: &Spot| {
        placing
            .place(spot)
            .map(|p| (areas.list[p.area].place.to_string(), p.by, p.doubt))
    };
    // 22.02° E is 2.2 km from CF11, in what is CF12's.
    let border = named(spot(1, 7.0, 22.02), "Ouham province", "");
    assert_eq!(placed(&border), Ok(("CF12".into(), By::Name, None)));
    assert!(matches!(placed(&spot(1, 7.0, 22.02)), Err(Unplaced::Outside { .. })));
    let inside_another = named(spot(1, 7.0, 21.0), "Ouham province", "");
    assert_eq!(
        placed(&inside_another),
        Ok(("CF12".into(), By::Name, Some(Doubt::PointElsewhere)))
    );
    country.events(&five_events()[..2]);
    let seen = country.seen(Level::Admin1, "2014");
    assert_eq!(seen.unbounded, ["Ouham (CF12)"]);
    let ouham = seen.areas.iter().find(|c| c.place.as_str() == "CF12").unwrap();
    assert_eq!(ouham.figure("killed").unwrap().value, None);
    placed_and_unplaced_are_all(&seen);
}

#[test]
fn a_point_in_another_area_than_the_named_one_or_in_several_is_in_doubt() {
    let first = Country::at(Level::Admin1);
    let elsewhere = named(spot(1, 7.0, 21.0), "Ouham province", "");
    assert_eq!(
        first.place(&elsewhere),
        Ok(("CF11".into(), By::Point, Some(Doubt::PointElsewhere)))
    );
    // From 21° to 22° E both are said to reach.
    let mut overlapping = Imagined::without_areas();
    let wide = ("CF12", 1, "CAF", "Ouham", [21.0, 6.0, 24.0, 8.0]);
    overlapping.places("cod-ab", date(2015, 6, 15), &[SQUARES[0], wide], true);
    let areas = overlapping.areas(Level::Admin1);
    let placing = Placing::new(&areas, &[]);
    let placed = |spot: &Spot| {
        placing
            .place(spot)
            .map(|p| (areas.list[p.area].place.to_string(), p.by, p.doubt))
    };
    assert_eq!(
        placed(&spot(1, 7.0, 21.5)),
        Ok(("CF11".into(), By::Point, Some(Doubt::Overlap)))
    );
    let ouham = named(spot(1, 7.0, 21.5), "Ouham province", "");
    assert_eq!(placed(&ouham), Ok(("CF12".into(), By::Point, None)));
}

#[test]
fn a_quiet_year_is_no_surer_than_what_one_event_could_do_and_long_events_are_told() {
    let mut country = Imagined::with_boundaries();
    let mut events = five_events();
    // Ended in 2014, began before: it counts wholly in 2014, and is no single event.
    events.push(EventRow {
        start: date(2012, 5, 1).into(),
        ..EventRow {
            event_id: "6",
            deaths_best: Some(400),
            deaths_low: Some(400),
            deaths_high: Some(400),
            ..events[2].clone()
        }
    });
    country.events(&events);
    country.observations("hdx-cod-ps", &[people("CF122", "population", 2015, 100_000.0)]);
    let quiet = country.seen(Level::Admin2, "2020");
    let mbres = quiet.areas.iter().find(|c| c.place.as_str() == "CF122").unwrap();
    assert!((mbres.rate.high.unwrap() - compound(&[], 10, 0.95).1).abs() < 1e-9);
    let seen = country.seen(Level::Admin2, "2014");
    let kabo = seen.areas.iter().find(|c| c.place.as_str() == "CF121").unwrap();
    assert!(
        kabo.figure("killed")
            .unwrap()
            .note
            .contains("400 of these deaths, in one event, are of before the period")
    );
    // An event without a death is recorded all the same.
    let mut country = Imagined::with_boundaries();
    country.events(&[EventRow {
        deaths_best: Some(0),
        deaths_low: Some(0),
        deaths_high: Some(0),
        ..five_events()[0].clone()
    }]);
    let seen = country.seen(Level::Admin2, "2014");
    let kaga = seen.areas.iter().find(|c| c.place.as_str() == "CF111").unwrap();
    assert_eq!(kaga.figure("killed").unwrap().coverage, Coverage::Covered);
}

#[test]
fn a_span_is_cut_to_the_periods_that_the_data_reach() {
    let reach = (date(1989, 1, 1), date(2022, 12, 31));
    let within = |text: &str| text.parse::<Span>().unwrap().within(reach).map(|span| span.to_string());
    assert_eq!(within("1989..2023").as_deref(), Some("1989..2022"));
    assert_eq!(within("1980..2024").as_deref(), Some("1989..2022"));
    assert_eq!(within("2014").as_deref(), Some("2014"));
    assert_eq!(within("2023..2024"), None);
}

#[test]
fn one_name_in_two_provinces_is_told_apart_by_the_province_or_by_the_point_or_not_at_all() {
    let second = Country::at(Level::Admin2);
    let nowhere = Spot {
        precision: Some(3),
        ..Spot::default()
    };
    let of = |adm1| named(nowhere.clone(), adm1, "Mbres region");
    assert_eq!(second.place(&of("Ouham")), Ok(("CF122".into(), By::Name, None)));
    assert_eq!(second.place(&of("Nana-Grebizi")), Ok(("CF112".into(), By::Name, None)));
    match second.place(&of("")) {
        Err(Unplaced::Ambiguous { candidates, .. }) => assert_eq!(candidates, ["Mbrès (CF112)", "Mbrès (CF122)"]),
        other => panic!("{other:?}"),
    }
    let with_point = named(spot(3, 7.0, 23.5), "", "Mbres region");
    assert_eq!(
        second.place(&with_point),
        Ok(("CF122".into(), By::Name, Some(Doubt::PointForName)))
    );
    let why = second.place(&of("")).unwrap_err().to_string();
    assert_eq!(
        why,
        "the name could be several areas: Mbres region could be Mbrès (CF112) or Mbrès (CF122)"
    );
}

#[test]
fn a_name_that_is_known_to_no_list_is_placed_by_the_point_that_stands_for_it() {
    let first = Country::at(Level::Admin1);
    let old = named(spot(4, 7.0, 21.0), "Gribingui économique", "");
    assert_eq!(
        first.place(&old),
        Ok(("CF11".into(), By::Point, Some(Doubt::PointForName)))
    );
    let pointless = Spot { point: None, ..old };
    assert_eq!(
        first.place(&pointless),
        Err(Unplaced::NoSuchName("Gribingui économique".into()))
    );
    // The name decides against the point: UCDP's point for a province may lie across its border.
    let elsewhere = named(spot(4, 7.0, 21.0), "Ouham province", "");
    assert_eq!(
        first.place(&elsewhere),
        Ok(("CF12".into(), By::Name, Some(Doubt::PointElsewhere)))
    );
}

/// Events in the middle of Kaga-Bandoro (2 and 10 deaths) and of Kabo (3), one known to the province, one to the country.
fn five_events() -> Vec<EventRow<'static>> {
    let at = |id, deaths, east| EventRow {
        latitude: Some(6.5),
        longitude: Some(east),
        where_precision: Some(1),
        ..event(id, deaths)
    };
    vec![
        at("1", 2, 20.5),
        at("2", 10, 20.5),
        EventRow {
            violence: "one-sided",
            ..at("3", 3, 22.5)
        },
        EventRow {
            where_precision: Some(4),
            adm1: Some("Nana-Grébizi province"),
            ..event("4", 7)
        },
        EventRow {
            where_precision: Some(6),
            ..event("5", 2)
        },
    ]
}

fn placed_and_unplaced_are_all(seen: &Communities) {
    let of_areas: i64 = seen.areas.iter().map(|c| c.tally.deaths.best).sum();
    let of_unplaced: i64 = seen.unplaced.iter().map(|(e, _)| e.deaths.best).sum();
    assert_eq!(of_areas, seen.placed.deaths.best);
    assert_eq!(of_areas + of_unplaced, seen.total.deaths.best);
    let events: u64 = seen.areas.iter().map(|c| c.tally.events).sum();
    assert_eq!(events + seen.unplaced.len() as u64, seen.total.events);
    let reasons: i64 = seen.reasons.values().map(|t| t.deaths.best).sum();
    assert_eq!(reasons, of_unplaced);
    let by: u64 = seen.by.values().map(|t| t.events).sum();
    assert_eq!(by, seen.placed.events);
}

#[test]
fn figures_of_an_area_are_those_worked_out_by_hand() {
    let mut country = Imagined::with_boundaries();
    country.events(&five_events());
    country.observations(
        "hdx-cod-ps",
        &[
            people("CF111", "population", 2015, 15_000.0),
            ObservationRow {
                breakdown: "part=2",
                ..people("CF111", "population", 2015, 5_000.0)
            },
            ObservationRow {
                breakdown: "gender=f",
                ..people("CF111", "population", 2015, 11_000.0)
            },
            people("CF112", "population", 2015, 30_000.0),
            people("CF121", "population", 2015, 10_000.0),
            people("CF122", "population", 2015, 40_000.0),
            people("CF199", "population", 2015, 9_000.0),
            people("CF111", "population", 2005, 1.0),
        ],
    );
    let seen = country.seen(Level::Admin2, "2013..2014");
    placed_and_unplaced_are_all(&seen);
    assert_eq!((seen.total.deaths.best, seen.placed.deaths.best), (24, 15));
    assert_eq!(seen.areas.len(), 4, "areas without an event are areas too");
    let kaga = &seen.areas[0];
    assert_eq!(
        (kaga.place.as_str(), kaga.name.as_str(), kaga.tally.events),
        ("CF111", "Kaga-Bandoro", 2)
    );
    assert_eq!(kaga.around, [("CF11".to_string(), "Nana-Gribizi".to_string())]);
    // 12 deaths over 20,000 people × 2 years: 30 per 100,000 person-years.
    assert_eq!((kaga.people, kaga.rate.rate), (Some(20_000.0), Some(30.0)));
    let (low, high) = compound(&[2, 10], 10, 0.95);
    assert_eq!(
        (kaga.rate.low, kaga.rate.high),
        (Some(low * 100_000.0 / 40_000.0), Some(high * 100_000.0 / 40_000.0))
    );
    assert!(
        low < garwood(12, 0.95).0 && high > garwood(12, 0.95).1,
        "few events that kill many say less"
    );
    let killed = kaga.figure("killed").unwrap();
    assert_eq!(
        (killed.value, killed.low, killed.per_100k),
        (Some(12.0), Some(12.0), Some(30.0))
    );
    assert_eq!(killed.source, "ucdp-ged + cod-ab");
    assert_eq!(Formula::Sum.apply(&killed.terms), Some(12.0));
    let rows: Vec<(&str, u64)> = killed.terms.iter().map(|t| (t.table, t.row)).collect();
    assert_eq!(
        rows,
        [
            ("events", 2),
            ("events", 3),
            ("observations", 2),
            ("observations", 3),
            ("places", 4)
        ]
    );
    let kabo = seen.areas.iter().find(|c| c.place.as_str() == "CF121").unwrap();
    assert_eq!(kabo.figure("killed_one_sided").unwrap().value, Some(3.0));
    assert_eq!(
        kabo.figure("killed_state_based").unwrap().coverage,
        Coverage::NoneRecorded
    );
    let none = seen.areas.iter().find(|c| c.place.as_str() == "CF122").unwrap();
    assert_eq!(none.figure("killed").unwrap().coverage, Coverage::NoneRecorded);
    assert_eq!(none.figure("killed").unwrap().value, Some(0.0));
    assert!(none.rate.high.unwrap() > 0.0 && none.smoothed.rate.unwrap() > 0.0);
    assert_eq!(seen.people.as_ref().map(|l| l.year), Some(2015));
    assert_eq!(seen.people_unmatched, [("CF199".to_string(), 9_000.0)]);
    // 7 of the 19 deaths known in Nana-Gribizi are in none of its two areas: neither takes part. Of the 24 of the country
    // 2 are known to no area, less than a tenth.
    let mbres = seen.areas.iter().find(|c| c.place.as_str() == "CF112").unwrap();
    let killed = mbres.figure("killed").unwrap();
    assert_eq!(
        (killed.value, killed.high, killed.coverage),
        (Some(0.0), None, Coverage::Incomplete)
    );
    assert_eq!(
        killed.note,
        "a minimum: 7 deaths in Nana-Gribizi are in none of its second-order areas"
    );
    assert_eq!(
        (mbres.rate.rate, mbres.smoothed.rate, mbres.unplaced_around.deaths.best),
        (None, None, 7)
    );
    assert_eq!(
        (kaga.figure("killed").unwrap().coverage, kaga.smoothed.rate),
        (Coverage::Incomplete, None)
    );
    // Rates of 0 and 15 of the others: the worst tenth is one area of two, with all 3 deaths.
    let spread = seen.spread.as_ref().unwrap();
    assert_eq!((spread.least, spread.median, spread.greatest), (0.0, 7.5, 15.0));
    assert_eq!((spread.ratio, spread.tenth, spread.in_tenth), (Some(2.0), 1, Some(1.0)));
    let reasons: Vec<(&str, i64)> = seen.reasons.iter().map(|(why, t)| (*why, t.deaths.best)).collect();
    assert_eq!(
        reasons,
        [
            ("known to the first-order area only", 7),
            ("only the country is known", 2)
        ]
    );
}

#[test]
fn at_the_first_order_the_province_that_is_named_has_the_event_and_cells_have_it_only_where_it_is_exact() {
    let mut country = Imagined::with_boundaries();
    country.events(&five_events());
    let first = country.seen(Level::Admin1, "2014");
    placed_and_unplaced_are_all(&first);
    let deaths: Vec<(&str, i64)> = first
        .areas
        .iter()
        .map(|c| (c.place.as_str(), c.tally.deaths.best))
        .collect();
    assert_eq!(deaths, [("CF11", 19), ("CF12", 3)]);
    let grid = country.seen(Level::Grid, "2014");
    placed_and_unplaced_are_all(&grid);
    // Row (6.5 + 90) · 2 + 1 = 194, column (20.5 + 180) · 2 + 1 = 402: 193 · 720 + 402 = 139362; four columns on, 139366.
    let cells: Vec<(&str, i64)> = grid
        .areas
        .iter()
        .map(|c| (c.place.as_str(), c.tally.deaths.best))
        .collect();
    assert_eq!(cells, [("pg:139362", 12), ("pg:139366", 3)]);
    assert!(grid.areas[0].rate.rate.is_none() && grid.people.is_none());
}

#[test]
fn without_boundaries_names_alone_decide_and_the_list_with_boundaries_comes_first() {
    let mut country = Imagined::without_areas();
    country.places("ocha-pcodes", date(2024, 10, 22), &SQUARES[..6], false);
    country.events(&five_events());
    let seen = country.seen(Level::Admin1, "2014");
    placed_and_unplaced_are_all(&seen);
    assert_eq!(seen.placed.deaths.best, 7, "only the event whose province is named");
    assert_eq!(seen.reasons["no area named"].deaths.best, 15);
    assert_eq!(
        seen.listed.as_ref().map(|l| (l.source.as_str(), l.bounded)),
        Some(("ocha-pcodes", 0))
    );
    country.places("cod-ab", date(2015, 6, 15), &SQUARES[..1], true);
    let seen = country.seen(Level::Admin1, "2014");
    assert_eq!(
        seen.listed.as_ref().map(|l| (l.source.as_str(), l.bounded)),
        Some(("cod-ab", 1))
    );
    assert_eq!(seen.also_listed[0].source, "ocha-pcodes");
    assert_eq!(seen.beyond, [("CF12".to_string(), "Ouham".to_string())]);
}

#[test]
fn figures_under_names_go_to_the_coarsest_area_of_the_name_and_lists_of_locations_are_added_up() {
    let mut country = Imagined::with_boundaries();
    country.events(&five_events());
    let ipc = |place, value| ObservationRow {
        breakdown: "phase=3+",
        status: "current",
        ..people(place, "ipc_phase", 2014, value)
    };
    country.observations(
        "ipc",
        &[
            ipc("CAF/Nana-Grébizi", 500.0),
            ipc("CAF/Nana-Gribizi/Mbres", 200.0),
            ipc("CAF/Préfectures analysées/Kabo", 80.0),
            ipc("CAF/Kagas", 9.0),
        ],
    );
    let at_location = |place, breakdown, value| ObservationRow {
        breakdown,
        start: date(2014, 5, 1).into(),
        end: date(2014, 5, 1).into(),
        ..people(place, "idps_dtm", 2014, value)
    };
    country.observations(
        "iom-dtm",
        &[
            at_location("CAF/Ouham/Kabo", "location=1;place=1", 40.0),
            at_location("CAF/Ouham/Kabo", "location=2;place=2", 2.0),
            at_location("CAF/Ouham/Unheard-of", "location=3;place=3", 8.0),
        ],
    );
    let of = |seen: &Communities, place: &str, measure: &str| {
        let area = seen.areas.iter().find(|c| c.place.as_str() == place).unwrap();
        let figure = area.figure(measure).unwrap();
        (figure.value, figure.coverage)
    };
    let first = country.seen(Level::Admin1, "2014");
    assert_eq!(
        of(&first, "CF11", "acute_food_insecurity"),
        (Some(500.0), Coverage::Covered)
    );
    assert_eq!(
        of(&first, "CF12", "acute_food_insecurity"),
        (None, Coverage::NotCovered)
    );
    assert_eq!(of(&first, "CF12", "idps_dtm"), (Some(50.0), Coverage::Covered));
    assert_eq!(first.unmatched, [("ipc".to_string(), "CAF/Kagas".to_string())]);
    let second = country.seen(Level::Admin2, "2014");
    assert_eq!(
        of(&second, "CF112", "acute_food_insecurity"),
        (Some(200.0), Coverage::Covered)
    );
    assert_eq!(
        of(&second, "CF121", "acute_food_insecurity"),
        (Some(80.0), Coverage::Covered)
    );
    assert_eq!(
        of(&second, "CF122", "acute_food_insecurity"),
        (None, Coverage::NotCovered)
    );
    // The eight people of a place that no list knows lie somewhere in Ouham: Kabo's 42 may be too few.
    assert!(
        second
            .unmatched
            .contains(&("iom-dtm".to_string(), "CAF/Ouham/Unheard-of".to_string()))
    );
    assert_eq!(of(&second, "CF121", "idps_dtm"), (Some(42.0), Coverage::Incomplete));
    let kabo = second.areas.iter().find(|c| c.place.as_str() == "CF121").unwrap();
    let term = &kabo.figure("acute_food_insecurity").unwrap().terms[0];
    assert_eq!(
        term.place, "CAF/Préfectures analysées/Kabo",
        "a term stands under the name that its row has"
    );
}

#[test]
fn a_span_is_written_from_one_period_to_another_of_its_kind() {
    let span = |text: &str| text.parse::<Span>();
    assert_eq!(span("1989..2022").unwrap().years(), 34.0);
    assert_eq!(span("2013-12..2014-03").unwrap().years(), 4.0 / 12.0);
    assert_eq!(span("2014-Q2").unwrap().years(), 0.25);
    assert_eq!(span("1989..2022").unwrap().to_string(), "1989..2022");
    assert_eq!(span("2014").unwrap().to_string(), "2014");
    for wrong in ["2022..1989", "2013..2014-03", "1989-2022", "..", "2014.."] {
        assert!(span(wrong).is_err(), "{wrong}");
    }
}

/// Any event: anywhere in or near the country, known as exactly as may be, under a name or none.
fn any_event() -> impl Strategy<Value = EventRow<'static>> {
    const NAMES: [Option<&str>; 6] = [
        None,
        Some(""),
        Some("Ouham"),
        Some("Nana-Grébizi province"),
        Some("Mbres"),
        Some("Elsewhere"),
    ];
    let point = prop::option::of((5.0..9.0, 19.0..25.0));
    let precision = prop::option::of(0i16..=8);
    (point, precision, 0usize..6, 0usize..6, 0i64..200).prop_map(|(point, precision, adm1, adm2, deaths)| EventRow {
        latitude: point.map(|p| p.0),
        longitude: point.map(|p| p.1),
        where_precision: precision,
        adm1: NAMES[adm1],
        adm2: NAMES[adm2],
        ..event("any", deaths)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_the_events_what_is_placed_and_what_is_not_are_all_there_is(
        events in prop::collection::vec(any_event(), 1..200)
    ) {
        let mut country = Imagined::with_boundaries();
        country.events(&events);
        let deaths: i64 = events.iter().filter_map(|e| e.deaths_best).sum();
        for level in Level::ALL {
            let seen = country.seen(level, "2014");
            placed_and_unplaced_are_all(&seen);
            prop_assert_eq!(seen.total.deaths.best, deaths);
            prop_assert_eq!(seen.total.events, events.len() as u64);
        }
    }
}
