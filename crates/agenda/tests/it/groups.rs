//! Who joined together and early, and who has not joined.

use jiff::civil::date;
use lysoen_agenda::rules::groups::{not_joined, similarities, starting_list};
use lysoen_agenda::rules::participation::Participations;
use lysoen_agenda::{Act, StandingWord};

use crate::fixture::{action, instrument, real, told};

/// Eight consents to each of two instruments: the first quarter are two, and who came on the same day as the second.
fn two() -> (Participations, Participations) {
    let ccm = [
        "A 2008-12-03",
        "B 2008-12-03",
        "C 2009-01-01",
        "D 2010-01-01",
        "E 2011-01-01",
        "F 2012-01-01",
        "G 2013-01-01",
        "H 2014-01-01",
    ];
    let att = [
        "A 2013-06-03",
        "C 2013-07-01",
        "B 2013-07-01",
        "D 2014-01-01",
        "E 2015-01-01",
        "F 2016-01-01",
        "G 2017-01-01",
        "H 2018-01-01",
    ];
    let of = |id, rows: [&str; 8]| {
        let instrument = instrument(id);
        let actions = rows.map(|row| action(&instrument.numbers[0], &row[..1], Act::Ratification, &row[2..]));
        told(&instrument, &actions, &[])
    };
    (of("ccm", ccm), of("att", att))
}

#[test]
fn a_pair_is_like_minded_by_the_instruments_that_both_joined_early_and_together() {
    let (ccm, att) = two();
    let all = similarities(&[&ccm, &att], date(2026, 1, 1));
    let told: Vec<(&str, &str, f64)> = all
        .iter()
        .map(|s| (s.pair.0.as_str(), s.pair.1.as_str(), s.share))
        .collect();
    assert_eq!(told, [("A", "B", 1.0), ("A", "C", 0.5), ("B", "C", 0.5)]);
    assert_eq!(all[0].together, ["ccm", "att"]);
    assert_eq!(similarities(&[], date(2026, 1, 1)), []);
}

#[test]
fn consents_more_than_twelve_months_apart_are_not_together() {
    let ccm = instrument("ccm");
    let rows = [
        "A 2008-12-03",
        "B 2009-12-04",
        "C 2012-01-01",
        "D 2012-01-01",
        "E 2012-01-01",
        "F 2012-01-01",
        "G 2012-01-01",
    ];
    let actions = rows.map(|row| action("26-6", &row[..1], Act::Ratification, &row[2..]));
    assert_eq!(similarities(&[&told(&ccm, &actions, &[])], date(2026, 1, 1)), []);
}

#[test]
fn a_starting_list_says_by_what_it_is_ordered() {
    let (ccm, att) = two();
    let list = starting_list(&[&ccm, &att], date(2026, 1, 1), 2);
    let names: Vec<&str> = list.iter().map(|starter| starter.participant.as_str()).collect();
    assert_eq!(names, ["A", "B"]);
    let days = [
        ("ccm".to_string(), date(2008, 12, 3), 1),
        ("att".to_string(), date(2013, 7, 1), 2),
    ];
    assert_eq!(list[1].early, days);
    // Before the second instrument was open, nothing of it counts.
    assert_eq!(starting_list(&[&ccm, &att], date(2009, 6, 1), 9).len(), 2);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn norway_and_ireland_were_early_in_the_disarmament_treaties_and_lithuania_is_gone() {
    let (apmbc, ccm) = (real("apmbc"), real("ccm"));
    let list = starting_list(&[&apmbc, &ccm], date(2026, 3, 1), 50);
    let both = |name: &str| {
        list.iter()
            .find(|starter| starter.participant == name)
            .map(|starter| starter.early.len())
    };
    // Both deposited on 3 December of 1997 and of 2008, at the opening for signature.
    assert_eq!((both("Ireland"), list[0].early.len()), (Some(2), 2));
    // Norway deposited on 9 July 1998 and on 3 December 2008.
    assert_eq!(both("Norway"), Some(2));
    let pairs = similarities(&[&apmbc, &ccm], date(2026, 3, 1));
    assert!(
        pairs
            .iter()
            .any(|s| s.pair == ("Holy See".to_string(), "Ireland".to_string()) && s.share == 1.0)
    );
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn a_region_is_told_who_has_not_joined_and_how_each_stands() {
    let rome = real("rome-statute");
    let members = ["Norway", "Philippines", "Thailand", "Myanmar"].map(str::to_string);
    let told = not_joined(&rome, &members, date(2020, 1, 1));
    let words: Vec<(&str, StandingWord)> = told.iter().map(|s| (s.participant.as_str(), s.word)).collect();
    assert_eq!(
        words,
        [
            ("Philippines", StandingWord::Withdrawn),
            ("Thailand", StandingWord::Signed),
            ("Myanmar", StandingWord::NotBound)
        ]
    );
}
