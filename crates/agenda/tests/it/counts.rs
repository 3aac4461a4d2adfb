//! Counts of parties as they were published, and the curve by which an instrument was joined.

use jiff::civil::{Date, date};
use lysoen_agenda::rules::counts::counts;
use lysoen_agenda::rules::curve::{curve, time_to_entry};
use lysoen_agenda::rules::participation::participations;
use lysoen_agenda::{Act, Instrument};

use crate::fixture::{action, depositary, instrument, real, told};

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_depositarys_lists_count_the_published_numbers_of_parties() {
    // Party counts of the UN Treaty Collection at the vintage of each list.
    for (id, parties) in [
        ("apmbc", 161),
        ("rome-statute", 122),
        ("untoc", 179),
        ("opac", 159),
        ("opsc", 169),
        ("crc", 194),
    ] {
        let instrument = instrument(id);
        let (list, actions) = depositary(&instrument.numbers[0]);
        let as_of = list.as_of;
        let told = participations(&instrument, &actions, &[], &[list], &|_| None);
        let counts = counts(&told, as_of);
        assert_eq!(
            (counts.deposited, counts.unverified, counts.known_to),
            (parties, 0, Some(as_of)),
            "{id}"
        );
        assert_eq!(told.findings, [], "{id}");
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_mine_ban_convention_has_166_deposited_and_165_in_force() {
    let apmbc = real("apmbc");
    let on = |day: Date| {
        let counts = counts(&apmbc, day);
        (counts.deposited, counts.in_force, counts.notified, counts.withdrawn)
    };
    // Tonga's accession was in force from 1 December 2025.
    assert_eq!(on(date(2025, 10, 1)), (166, 165, 5, 0));
    assert_eq!(on(date(2025, 12, 28)), (163, 163, 2, 3));
    assert_eq!(on(date(2026, 1, 11)), (162, 162, 1, 4));
    assert_eq!(on(date(2026, 2, 21)), (161, 161, 0, 5));
    // Five that joined later and five that gave notice rest on rows that are not the depositary's.
    assert_eq!(counts(&apmbc, date(2025, 10, 1)).unverified, 10);
    assert_eq!(counts(&apmbc, date(2026, 2, 21)).unverified, 5);
    assert_eq!(apmbc.findings, []);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_rome_statute_has_125_parties_until_hungary_leaves() {
    let rome = real("rome-statute");
    let in_force = |day: Date| counts(&rome, day).in_force;
    assert_eq!((in_force(date(2026, 6, 1)), in_force(date(2026, 6, 3))), (125, 124));
    // Five joined later; South Africa and Gambia took their notices back.
    assert_eq!(counts(&rome, date(2026, 6, 3)).unverified, 7);
    let burundi = rome.of("Burundi").on(date(2026, 6, 3));
    assert!(
        burundi
            .notes
            .iter()
            .any(|note| note.contains("a list as of 2025-08-20; later changes are not known"))
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_curve_ends_at_the_counts_and_each_point_is_one() {
    let apmbc = real("apmbc");
    let points = curve(&apmbc);
    let last = points.last().unwrap();
    assert_eq!((last.on, last.deposited, last.in_force), (date(2026, 2, 20), 161, 161));
    for point in points.iter().step_by(20) {
        let counts = counts(&apmbc, point.on);
        assert_eq!(
            (point.deposited, point.in_force),
            (counts.deposited, counts.in_force),
            "{}",
            point.on
        );
    }
    assert!(
        points
            .windows(2)
            .all(|pair| pair[0].on < pair[1].on && pair[0].signed_ever <= pair[1].signed_ever)
    );
    // Landmine Monitor 2006: three consents in 1997 and 55 in 1998.
    let end_of_1998 = points.iter().rfind(|point| point.on <= date(1998, 12, 31)).unwrap();
    assert_eq!((end_of_1998.deposited, end_of_1998.in_force), (58, 0));
    assert_eq!(last.signed_ever, 133);
}

#[test]
fn the_time_to_entry_tells_days_that_somebody_took() {
    let rome: Instrument = instrument("rome-statute");
    let days = ["1999-07-17", "2000-07-17", "2001-07-17", "2002-07-17", "2003-07-17"];
    let mut actions: Vec<_> = days
        .iter()
        .enumerate()
        .map(|(at, day)| action("18-10", &format!("S{at}"), Act::Ratification, day))
        .collect();
    actions.push(action("18-10", "Successor", Act::Succession, "2006-10-23"));
    let took = time_to_entry(&rome, &told(&rome, &actions, &[]));
    assert_eq!((took.days, took.dated), (Some(1445), 5));
    assert_eq!(
        (took.median_days_from_adoption_to_consent, took.quartiles),
        (Some(1096), Some((731, 1461)))
    );
}

#[test]
fn who_applies_it_provisionally_on_a_signature_alone_is_not_counted_as_deposited() {
    let att = instrument("att");
    let actions = [
        action("26-8", "Serbia", Act::Signature, "2013-08-12"),
        action("26-8", "Serbia", Act::ProvisionalApplication, "2013-08-12"),
        action("26-8", "Norway", Act::Ratification, "2014-02-12"),
        action("26-8", "Norway", Act::ProvisionalApplication, "2014-02-12"),
        action("26-8", "Angola", Act::Signature, "2013-09-24"),
    ];
    let counts = counts(&told(&att, &actions, &[]), date(2014, 6, 1));
    assert_eq!(
        (
            counts.deposited,
            counts.provisional,
            counts.in_force,
            counts.signed_only
        ),
        (1, 2, 0, 1)
    );
}
