//! On which days parties owe what: named parties, worked by hand from their entry into force and the articles.

use lysoen_agenda::StandingWord;

use crate::owed::{bound, change, day, day_set, days, estonia, history, owed, owed_with, report, rests_on, told};

/// A day after all that is asked for here.
const NOW: &str = "2026-10-01";

#[test]
fn a_mine_ban_party_reports_after_180_days_and_then_every_30_april() {
    let due =
        |party: &str, since: &str, window: [&str; 2]| days(&owed(&bound("apmbc", party, since), &[], window, NOW));
    // Oman: deposit 20 August 2014, in force 1 February 2015 (Art. 17(2)); 180 days later is 31 July 2015 (Art. 7(1)), and the
    // 30 April that follows is that of 2016 (Art. 7(2)).
    assert_eq!(
        due("OMN", "2015-02-01", ["2015-01-01", "2017-12-31"]),
        ["apmbc.7.1 2015-07-31", "apmbc.7.2 2016-04-30", "apmbc.7.2 2017-04-30"]
    );
    // Sri Lanka (deposit 13 December 2017) and Palestine (29 December 2017): both since 1 June 2018.
    for party in ["LKA", "PSE"] {
        assert_eq!(
            due(party, "2018-06-01", ["2018-01-01", "2019-12-31"]),
            ["apmbc.7.1 2018-11-28", "apmbc.7.2 2019-04-30"]
        );
    }
    // Marshall Islands since 1 September 2025, Tonga since 1 December 2025: 180 days are 28 February and 30 May 2026, so that
    // Tonga's first 30 April is that of 2027.
    assert_eq!(
        due("MHL", "2025-09-01", ["2025-01-01", "2026-12-31"]),
        ["apmbc.7.1 2026-02-28", "apmbc.7.2 2026-04-30"]
    );
    assert_eq!(
        due("TON", "2025-12-01", ["2025-01-01", "2027-12-31"]),
        ["apmbc.7.1 2026-05-30", "apmbc.7.2 2027-04-30"]
    );
}

#[test]
fn a_yearly_report_covers_the_calendar_year_before_it_is_due() {
    let owed = owed(
        &bound("apmbc", "OMN", "2015-02-01"),
        &[],
        ["2016-01-01", "2017-12-31"],
        NOW,
    );
    let covers: Vec<_> = owed.iter().map(|one| one.covers.as_deref()).collect();
    assert_eq!(covers, [Some("2015"), Some("2016")]);
}

#[test]
fn the_first_arms_trade_report_covers_the_first_whole_year() {
    // Norway, of the first fifty: in force 24 December 2014 (Art. 22(1)); initial report within a year (Art. 13(1)), the first
    // annual one on 31 May 2016 for 2015 (Art. 13(3)).
    let window = ["2014-01-01", "2016-12-31"];
    let norway = owed(&bound("att", "NOR", "2014-12-24"), &[], window, NOW);
    assert_eq!(days(&norway), ["att.13.1 2015-12-24", "att.13.3 2016-05-31"]);
    assert_eq!(norway[1].covers.as_deref(), Some("2015"));
    // Bound on 1 January itself, that year is whole; on 2 January the next one is.
    let first = |since: &str| {
        let owed = owed(&bound("att", "XXX", since), &[], ["2014-01-01", "2018-12-31"], NOW);
        owed.iter().find(|one| one.duty == "att.13.3").unwrap().due
    };
    assert_eq!(first("2015-01-01"), Some(day("2016-05-31")));
    assert_eq!(first("2015-01-02"), Some(day("2017-05-31")));
}

#[test]
fn who_has_left_owes_what_fell_due_before_and_nothing_later() {
    // Estonia left on 27 December 2025: 30 April 2025 is still owed, 30 April 2026 is not (Art. 20(3)).
    assert_eq!(
        days(&owed(&estonia(), &[], ["2025-01-01", "2027-12-31"], NOW)),
        ["apmbc.7.2 2025-04-30"]
    );
}

#[test]
fn a_withdrawal_is_not_known_before_its_notice() {
    let window = ["2026-01-01", "2026-12-31"];
    assert_eq!(
        days(&owed(&estonia(), &[], window, "2025-06-26")),
        ["apmbc.7.2 2026-04-30"]
    );
    assert_eq!(days(&owed(&estonia(), &[], window, "2025-06-27")), [""; 0]);
    // A notice that was later taken back: until then the state was seen to leave.
    let mut history = estonia();
    history.changes[2] = change(StandingWord::WithdrawalRevoked, "2025-10-01");
    assert_eq!(days(&owed(&history, &[], window, "2025-09-30")), [""; 0]);
    assert_eq!(
        days(&owed(&history, &[], window, "2025-10-01")),
        ["apmbc.7.2 2026-04-30"]
    );
}

#[test]
fn who_has_deposited_owes_from_the_day_that_lies_ahead() {
    // Tonga deposited on 25 June 2025; in force 1 December 2025 (Art. 17(2)).
    let mut deposited = change(StandingWord::Deposited, "2025-06-25");
    deposited.ahead = Some(day("2025-12-01"));
    let tonga = history(
        "apmbc",
        "TON",
        vec![deposited, change(StandingWord::Bound, "2025-12-01")],
    );
    let window = ["2025-01-01", "2026-12-31"];
    assert_eq!(days(&owed(&tonga, &[], window, "2025-07-01")), ["apmbc.7.1 2026-05-30"]);
    assert_eq!(days(&owed(&tonga, &[], window, "2025-06-24")), [""; 0]);
}

#[test]
fn who_is_not_bound_owes_nothing() {
    for word in [StandingWord::Signed, StandingWord::NotBound, StandingWord::Unknown] {
        let history = history("att", "USA", vec![change(word, "2013-09-25")]);
        assert_eq!(days(&owed(&history, &[], ["2014-01-01", "2030-01-01"], NOW)), [""; 0]);
    }
}

#[test]
fn who_comes_back_begins_anew() {
    let changes = vec![
        change(StandingWord::Bound, "2000-01-01"),
        change(StandingWord::Withdrawn, "2002-01-01"),
        change(StandingWord::Bound, "2010-01-01"),
    ];
    // 180 days after 1 January 2000 is 29 June, after 1 January 2010 it is 30 June.
    assert_eq!(
        days(&owed(
            &history("apmbc", "XXX", changes),
            &[],
            ["2000-01-01", "2011-12-31"],
            NOW
        )),
        [
            "apmbc.7.1 2000-06-29",
            "apmbc.7.2 2001-04-30",
            "apmbc.7.1 2010-06-30",
            "apmbc.7.2 2011-04-30"
        ]
    );
}

#[test]
fn a_protocol_is_reported_on_with_the_convention() {
    // Afghanistan, Convention: in force 27 April 1994, due 27 April 1996, 2001, 2006, 2011 (Art. 44(1)).
    let convention = bound("crc", "AFG", "1994-04-27");
    assert_eq!(
        days(&owed(&convention, &[], ["1994-01-01", "2006-12-31"], NOW)),
        ["crc.44.1a 1996-04-27", "crc.44.1b 2001-04-27", "crc.44.1b 2006-04-27"]
    );
    // Children in armed conflict: in force 24 October 2003, due 24 October 2005 (Art. 8(1)), then with the Convention (8(2)).
    let with = |history, window| {
        let (owed, findings) = owed_with(&history, std::slice::from_ref(&convention), &[], window, NOW);
        assert_eq!(findings, []);
        owed
    };
    let opac = with(bound("opac", "AFG", "2003-10-24"), ["2003-01-01", "2011-12-31"]);
    assert_eq!(
        days(&opac),
        ["opac.8.1 2005-10-24", "opac.8.2 2006-04-27", "opac.8.2 2011-04-27"]
    );
    assert_eq!(
        rests_on(&opac[1].basis),
        [
            "in force 2003-10-24 10(2)",
            "duty 2006-04-27 8(2)",
            "due with crc.44.1b 2006-04-27 44(1)(b)"
        ]
    );
    // Sale of children: in force 19 October 2002.
    assert_eq!(
        days(&with(bound("opsc", "AFG", "2002-10-19"), ["2002-01-01", "2006-12-31"])),
        ["opsc.12.1 2004-10-19", "opsc.12.2 2006-04-27"]
    );
}

#[test]
fn a_protocol_of_who_is_no_party_to_the_convention_is_reported_on_every_five_years() {
    // The United States signed the Convention on 16 February 1995 and did not ratify it.
    let signed = history("crc", "USA", vec![change(StandingWord::Signed, "1995-02-16")]);
    let window = ["2003-01-01", "2015-12-31"];
    let (owed, _) = owed_with(&bound("opac", "USA", "2003-01-23"), &[signed], &[], window, NOW);
    assert_eq!(
        days(&owed),
        ["opac.8.1 2005-01-23", "opac.8.2 2010-01-23", "opac.8.2 2015-01-23"]
    );
}

#[test]
fn who_joins_the_convention_later_reports_with_it_from_then_on() {
    // Alone 2005 and 2010; the Convention since 1 June 2011 is due 2013, then 2018: together from there.
    let convention = history(
        "crc",
        "XXX",
        vec![
            change(StandingWord::Signed, "1995-01-01"),
            change(StandingWord::Bound, "2011-06-01"),
        ],
    );
    let window = ["2003-01-01", "2024-01-01"];
    let (owed, _) = owed_with(&bound("opac", "XXX", "2003-01-01"), &[convention], &[], window, NOW);
    assert_eq!(
        days(&owed),
        [
            "opac.8.1 2005-01-01",
            "opac.8.2 2010-01-01",
            "opac.8.2 2018-06-01",
            "opac.8.2 2023-06-01"
        ]
    );
}

#[test]
fn a_decision_sets_the_day_in_place_of_the_computed_one() {
    // By the formula 2012, 2017, 2022. A decision of 2014 set 1 March 2019 in place of 2017; five years on is 2024.
    let party = bound("crc", "XXX", "2005-06-01");
    let window = ["2005-01-01", "2025-12-31"];
    let set = [day_set("crc.44.1b", "XXX", "2014-02-05", "2019-03-01")];
    let owed_then = owed(&party, &set, window, NOW);
    assert_eq!(
        days(&owed_then),
        [
            "crc.44.1a 2007-06-01",
            "crc.44.1b 2012-06-01",
            "crc.44.1b 2019-03-01",
            "crc.44.1b 2024-03-01"
        ]
    );
    assert!(rests_on(&owed_then[2].basis).contains(&"due-set 2014-02-05 -".to_string()));
    assert_eq!(owed_then[2].notes, ["The day was set on 5 Feb 2014."]);
    // Before the decision it was not known.
    assert_eq!(
        days(&owed(&party, &set, ["2013-01-01", "2019-12-31"], "2014-02-04")),
        ["crc.44.1b 2017-06-01"]
    );
    // A day set before the first periodic one counts for that one, even where it is earlier; that of another party does not.
    let sets = [
        day_set("crc.44.1b", "XXX", "2009-01-30", "2011-01-31"),
        day_set("crc.44.1b", "YYY", "2009-01-30", "2010-01-31"),
    ];
    assert_eq!(
        days(&owed(&party, &sets, ["2008-01-01", "2016-12-31"], NOW)),
        ["crc.44.1b 2011-01-31", "crc.44.1b 2016-01-31"]
    );
}

#[test]
fn a_later_decision_replaces_a_day_that_was_not_answered() {
    let party = bound("crc", "XXX", "2005-06-01");
    let window = ["2008-01-01", "2022-12-31"];
    let sets = vec![
        day_set("crc.44.1b", "XXX", "2010-02-01", "2014-03-01"),
        day_set("crc.44.1b", "XXX", "2013-02-01", "2016-03-01"),
    ];
    assert_eq!(
        days(&owed(&party, &sets, window, NOW)),
        ["crc.44.1b 2016-03-01", "crc.44.1b 2021-03-01"]
    );
    // Where the report for the first day was in before the second decision, that decision sets the next one.
    let answered = [sets, vec![report("crc.44.1b", "XXX", "2012-11-01", "2014-03-01")]].concat();
    assert_eq!(
        days(&owed(&party, &answered, window, NOW)),
        ["crc.44.1b 2014-03-01", "crc.44.1b 2016-03-01", "crc.44.1b 2021-03-01"]
    );
}

#[test]
fn a_duty_whose_day_is_set_has_none_until_it_is() {
    // Art. 40(1)(b): whenever the Committee so requests.
    let party = bound("iccpr", "XXX", "1992-01-01");
    let window = ["2020-01-01", "2030-12-31"];
    assert_eq!(
        told(&owed(&party, &[], window, NOW)),
        ["? no-date: the day is set by the Human Rights Committee; none is recorded"]
    );
    let set = [day_set("iccpr.40.1b", "XXX", "2021-07-20", "2029-07-31")];
    assert_eq!(
        told(&owed(&party, &set, window, NOW)),
        ["2029-07-31 not-yet-due: due 31 Jul 2029"]
    );
    // Once a day is known and lies elsewhere, the window has nothing.
    assert_eq!(told(&owed(&party, &set, ["2020-01-01", "2028-12-31"], NOW)), [""; 0]);
}

#[test]
fn every_member_is_asked_on_the_days_that_are_the_same_for_all() {
    // Note on the ninth biennial meeting: national reports by 15 May 2026.
    for member in ["NOR", "TUV", "USA"] {
        let asked = history("poa", member, vec![change(StandingWord::Asked, "2001-07-20")]);
        let owed = owed(&asked, &[], ["2026-01-01", "2026-12-31"], "2026-04-01");
        assert_eq!(told(&owed), ["2026-05-15 due-soon: due 15 May 2026, in 44 days"]);
        assert_eq!(owed[0].covers.as_deref(), Some("2024-2025"));
        assert_eq!(
            rests_on(&owed[0].basis),
            ["asked 2001-07-20 -", "duty 2026-05-15 II.33"]
        );
        assert_eq!(
            owed[0].notes,
            ["The day is set by: UNODA, BMS9 (https://meetings.unoda.org/poa-salw/bms9-2026)."]
        );
    }
    // Who became a member later is not asked before.
    let later = history("poa", "XXX", vec![change(StandingWord::Asked, "2026-05-16")]);
    assert_eq!(days(&owed(&later, &[], ["2026-01-01", "2026-12-31"], NOW)), [""; 0]);
}

#[test]
fn the_entry_into_force_is_cited_by_its_article() {
    let cited = |since: &str| {
        let owed = owed(&bound("apmbc", "XXX", since), &[], ["1999-01-01", "2001-01-01"], NOW);
        rests_on(&owed[0].basis)
    };
    // The first forty by Art. 17(1), who joined later by 17(2).
    assert_eq!(
        cited("1999-03-01"),
        ["in force 1999-03-01 17(1)", "duty 1999-08-28 7(1)"]
    );
    assert_eq!(
        cited("1999-04-01"),
        ["in force 1999-04-01 17(2)", "duty 1999-09-28 7(1)"]
    );
}
