//! How it stands with a duty on a day: by reports, registers, records of what does not apply, and how the party stands.

use lysoen_agenda::CommitmentKind::{DueSet, NotApplicable};
use lysoen_agenda::standing::{DutyWord, Occurrence};
use lysoen_agenda::{Commitment, History, StandingWord};

use crate::owed::{
    bound, change, day, day_set, days, estonia, history, owed, owed_with, register, report, rests_on, row, told,
};

/// Oman, bound by the Mine Ban Convention since 1 February 2015.
fn oman() -> History {
    bound("apmbc", "OMN", "2015-02-01")
}

/// Oman's report of a year, due on 30 April.
fn of_year(rows: &[Commitment], year: i16, on: &str) -> Occurrence {
    let window = [format!("{year}-01-01"), format!("{year}-12-31")];
    let mut owed = owed(&oman(), rows, [&window[0], &window[1]], on);
    assert_eq!(owed.len(), 1, "{owed:?}");
    owed.remove(0)
}

/// What was told of what was odd, without the row's number.
fn findings(history: &History, rows: &[Commitment]) -> Vec<String> {
    let (_, findings) = owed_with(history, &[], rows, ["2015-01-01", "2026-12-31"], "2026-10-01");
    let message = |found: &lysoen_agenda::Finding| found.message.split("`: ").nth(1).unwrap_or_default().to_string();
    let messages = findings.iter().map(message).collect();
    assert!(findings.iter().all(|found| found.origin.is_some()));
    messages
}

#[test]
fn a_day_that_is_to_come_is_soon_or_not() {
    let told = |on: &str| {
        let one = of_year(&[], 2026, on);
        (one.word, one.told)
    };
    assert_eq!(told("2026-01-29"), (DutyWord::NotYetDue, "due 30 Apr 2026".to_string()));
    // 90 days before 30 April is 30 January.
    assert_eq!(
        told("2026-01-30"),
        (DutyWord::DueSoon, "due 30 Apr 2026, in 90 days".to_string())
    );
    assert_eq!(
        told("2026-04-29"),
        (DutyWord::DueSoon, "due 30 Apr 2026, in 1 day".to_string())
    );
    assert_eq!(
        told("2026-04-30"),
        (DutyWord::DueSoon, "due 30 Apr 2026, today".to_string())
    );
    assert_eq!(
        told("2026-05-01"),
        (DutyWord::Unknown, "due 30 Apr 2026, submission unknown".to_string())
    );
}

#[test]
fn a_report_is_in_time_until_its_day_and_late_after_it() {
    let received = |received: &str| {
        let one = of_year(&[report("apmbc.7.2", "OMN", received, "2025")], 2026, "2026-10-01");
        (one.word, one.told)
    };
    assert_eq!(
        received("2026-04-30"),
        (DutyWord::OnTime, "submitted on 30 Apr 2026, in time".to_string())
    );
    assert_eq!(
        received("2026-05-01"),
        (DutyWord::Late, "submitted 1 day late".to_string())
    );
    assert_eq!(
        received("2026-05-12"),
        (DutyWord::Late, "submitted 12 days late".to_string())
    );
    // A report on its due day names it as well.
    let one = of_year(
        &[report("apmbc.7.2", "OMN", "2026-03-01", "2026-04-30")],
        2026,
        "2026-10-01",
    );
    assert_eq!((one.word, one.received), (DutyWord::OnTime, Some(day("2026-03-01"))));
    assert_eq!(rests_on(&one.basis).last().unwrap(), "report 2026-03-01 -");
    // Those of another party, another duty or another year do not count.
    let others = [
        report("apmbc.7.2", "LKA", "2026-03-01", "2025"),
        report("apmbc.7.1", "OMN", "2026-03-01", ""),
        report("apmbc.7.2", "OMN", "2025-03-01", "2024"),
    ];
    assert_eq!(of_year(&others, 2026, "2026-10-01").word, DutyWord::Unknown);
}

#[test]
fn a_report_is_not_known_before_it_was_received() {
    let rows = [report("apmbc.7.2", "OMN", "2026-05-12", "2025")];
    assert_eq!(of_year(&rows, 2026, "2026-05-11").word, DutyWord::Unknown);
    assert_eq!(of_year(&rows, 2026, "2026-05-12").word, DutyWord::Late);
}

#[test]
fn a_report_that_is_due_once_covers_nothing_else() {
    let rows = [report("apmbc.7.1", "OMN", "2015-08-10", "")];
    let owed = owed(&oman(), &rows, ["2015-01-01", "2015-12-31"], "2016-01-01");
    assert_eq!(told(&owed), ["2015-07-31 submitted-late: submitted 10 days late"]);
}

#[test]
fn nothing_is_overdue_without_a_register_that_is_complete_past_the_day() {
    let on = "2026-12-01";
    let told = |rows: &[Commitment]| {
        let one = of_year(rows, 2026, on);
        (one.word, one.told, one.months)
    };
    let unknown = (
        DutyWord::Unknown,
        "due 30 Apr 2026, submission unknown".to_string(),
        None,
    );
    assert_eq!(told(&[]), unknown);
    // Complete only to the day itself, from a later day on, for another duty, for another instrument.
    for wrong in [
        register("apmbc", "2016-01-01", "2026-04-30"),
        register("apmbc", "2026-05-01", "2026-11-01"),
        register("apmbc.7.1", "2016-01-01", "2026-11-01"),
        register("att", "2016-01-01", "2026-11-01"),
    ] {
        assert_eq!(told(&[wrong]), unknown);
    }
    // 30 April to 1 November: six whole months; the register says no more for 1 December.
    let overdue = "overdue by 6 months, by a register complete to 1 Nov 2026".to_string();
    for right in ["apmbc", "apmbc.7.2"] {
        let rows = [register(right, "2016-01-01", "2026-11-01")];
        assert_eq!(told(&rows), (DutyWord::Overdue, overdue.clone(), Some(6)));
        assert_eq!(
            rests_on(&of_year(&rows, 2026, on).basis).last().unwrap(),
            "register 2026-11-01 -"
        );
    }
    // Two registers: the one that reaches farther tells. 30 April to 30 November: seven months.
    let rows = [
        register("apmbc", "2016-01-01", "2026-11-30"),
        register("apmbc", "2016-01-01", "2026-11-01"),
    ];
    assert_eq!(told(&rows).2, Some(7));
    // On a day before the register's last, the months run to that day.
    let one = of_year(&rows, 2026, "2026-05-29");
    assert_eq!(
        one.told,
        "overdue by less than a month, by a register complete to 30 Nov 2026"
    );
    assert_eq!(one.months, Some(0));
    // A report on the way is no longer overdue.
    let rows = [rows.to_vec(), vec![report("apmbc.7.2", "OMN", "2026-06-01", "2025")]].concat();
    assert_eq!(
        told(&rows),
        (DutyWord::Late, "submitted 32 days late".to_string(), None)
    );
    assert_eq!(of_year(&rows, 2026, "2026-05-29").word, DutyWord::Overdue);
}

#[test]
fn what_is_asked_and_not_owed_is_never_overdue() {
    let asked = history("poa", "XXX", vec![change(StandingWord::Asked, "2001-07-20")]);
    let rows = [register("poa", "2020-01-01", "2026-09-01")];
    let owed_then = owed(&asked, &rows, ["2026-01-01", "2026-12-31"], "2026-10-01");
    assert_eq!(
        told(&owed_then),
        ["2026-05-15 submission-unknown: not received by 1 Sep 2026"]
    );
    assert_eq!(owed_then[0].notes.last().unwrap(), "It is asked and not owed.");
    // It covers two years, and is received as such.
    let rows = [report("poa.report", "XXX", "2026-05-20", "2024-2025")];
    let owed = owed(&asked, &rows, ["2026-01-01", "2026-12-31"], "2026-10-01");
    assert_eq!(told(&owed), ["2026-05-15 submitted-late: submitted 5 days late"]);
}

#[test]
fn what_does_not_apply_on_its_day_is_not_owed() {
    let rows = [
        row(NotApplicable, "apmbc.7.2", "OMN", "2026-01-01", "2026-12-31"),
        register("apmbc", "2016-01-01", "2027-09-01"),
    ];
    let one = of_year(&rows, 2026, "2026-10-01");
    assert_eq!(
        (one.word, one.told.as_str(), one.months),
        (DutyWord::NotApplicable, "not applicable", None)
    );
    assert_eq!(of_year(&rows, 2027, "2027-10-01").word, DutyWord::Overdue);
}

#[test]
fn what_is_contested_on_its_day_is_told_so() {
    let history = history(
        "apmbc",
        "OMN",
        vec![
            change(StandingWord::Bound, "2015-02-01"),
            change(StandingWord::Contested, "2025-07-17"),
        ],
    );
    let rows = [register("apmbc", "2016-01-01", "2026-09-01")];
    let owed = owed(&history, &rows, ["2025-01-01", "2026-12-31"], "2026-10-01");
    assert_eq!(
        told(&owed),
        [
            "2025-04-30 overdue: overdue by 16 months, by a register complete to 1 Sep 2026",
            "2026-04-30 contested: due 30 Apr 2026; whether it is owed is contested",
        ]
    );
    assert_eq!(owed[1].months, None);
}

#[test]
fn a_notice_that_has_no_effect_yet_ends_no_duty() {
    let notes = |word| {
        let changes = vec![change(StandingWord::Bound, "2015-02-01"), change(word, "2025-12-01")];
        let owed = owed(
            &history("apmbc", "OMN", changes),
            &[],
            ["2026-01-01", "2026-12-31"],
            "2026-10-01",
        );
        assert_eq!(days(&owed), ["apmbc.7.2 2026-04-30"]);
        owed[0].notes.clone()
    };
    assert_eq!(
        notes(StandingWord::WithdrawalSuspended),
        ["Its notice of withdrawal takes no effect during the armed conflict (article 20(3)); the duty goes on."]
    );
    assert_eq!(
        notes(StandingWord::WithdrawalNotified),
        ["Its notice of withdrawal has not taken effect on that day; the duty goes on."]
    );
    assert_eq!(notes(StandingWord::WithdrawalRevoked), [""; 0]);
}

#[test]
fn a_list_tells_nothing_of_later_days() {
    let mut oman = oman();
    oman.known_to = Some(day("2020-06-01"));
    let notes = |year: &str| {
        let window = [format!("{year}-01-01"), format!("{year}-12-31")];
        owed(&oman, &[], [&window[0], &window[1]], "2022-01-01")[0]
            .notes
            .clone()
    };
    assert_eq!(notes("2020"), [""; 0]);
    let expected = "The list of parties speaks up to 1 Jun 2020; that it is still bound after that day is not told.";
    assert_eq!(notes("2021"), [expected]);
}

#[test]
fn the_first_of_two_reports_counts_and_the_second_is_an_update() {
    let rows = [
        report("apmbc.7.2", "OMN", "2026-09-01", "2025"),
        report("apmbc.7.2", "OMN", "2026-04-01", "2025"),
    ];
    let one = of_year(&rows, 2026, "2026-10-01");
    assert_eq!((one.word, one.received), (DutyWord::OnTime, Some(day("2026-04-01"))));
    assert_eq!(one.notes, ["Another report of 1 Sep 2026 is an update."]);
}

#[test]
fn a_report_for_what_was_not_owed_is_voluntary() {
    // For 2014 nothing was owed: Oman was bound from 2015 on, and its first yearly report covers 2015.
    let rows = [report("apmbc.7.2", "OMN", "2015-04-20", "2014")];
    let one = of_year(&rows, 2016, "2016-10-01");
    assert_eq!(
        one.notes,
        ["A report of 20 Apr 2015 covers 2014, for which none was owed; it was voluntary."]
    );
    // Estonia had left before 30 April 2026.
    assert_eq!(
        findings(&estonia(), &[report("apmbc.7.2", "EST", "2026-04-20", "2025")]),
        [""; 0]
    );
    // A first report before the entry into force answers the duty, and says so.
    let rows = [report("apmbc.7.1", "OMN", "2014-12-01", "")];
    let owed = owed(&oman(), &rows, ["2015-01-01", "2015-12-31"], "2016-01-01");
    assert_eq!(owed[0].word, DutyWord::OnTime);
    assert_eq!(
        owed[0].notes,
        ["The report was received before the entry into force for the party."]
    );
}

#[test]
fn a_report_without_a_day_was_received_and_nothing_more_is_told() {
    let rows = [
        report("apmbc.7.2", "OMN", "", "2025"),
        register("apmbc", "2016-01-01", "2026-09-01"),
    ];
    let (owed, found) = owed_with(&oman(), &[], &rows, ["2026-01-01", "2026-12-31"], "2026-10-01");
    assert_eq!(
        told(&owed),
        ["2026-04-30 submission-unknown: submitted on a day that is not recorded; whether in time is unknown"]
    );
    assert_eq!(found.len(), 1);
}

#[test]
fn rows_that_are_odd_are_found() {
    let found = |row: Commitment| findings(&oman(), &[row]);
    assert_eq!(
        found(report("apmbc.9", "OMN", "2026-01-01", "2025")),
        ["a row of the kind `report` names `apmbc.9`; of duties `apmbc` has apmbc.7.1, apmbc.7.2"]
    );
    assert_eq!(
        found(report("apmbc", "OMN", "2026-01-01", "2025")),
        ["a row of the kind `report` names no duty; of duties `apmbc` has apmbc.7.1, apmbc.7.2"]
    );
    assert_eq!(
        found(report("apmbc.7.2", "OMN", "2025-12-31", "2025")),
        ["a report that covers 2025 was received on 31 Dec 2025, when that year was not over"]
    );
    assert_eq!(
        found(report("apmbc.7.2", "OMN", "2026-09-01", "2026")),
        ["a report that covers 2026 was received on 1 Sep 2026, when that year was not over"]
    );
    assert_eq!(
        found(report("apmbc.7.2", "OMN", "2026-01-01", "last year")),
        ["a report covers `last year`; expected a calendar year such as `2024` or the due day, such as `2025-04-30`"]
    );
    assert_eq!(
        found(report("apmbc.7.2", "OMN", "2026-01-01", "")),
        [
            "a report on `apmbc.7.2` does not tell what it covers; expected its calendar year or the due day that it answers"
        ]
    );
    assert_eq!(
        found(report("apmbc.7.2", "OMN", "2026-01-01", "2025-05-31")),
        [
            "a report covers `2025-05-31`, for which `apmbc.7.2` is not due; expected a calendar year for which it is due"
        ]
    );
    assert_eq!(
        found(report("apmbc.7.2", "OMN", "", "2024")),
        ["a report without the day on which it was received; whether it was in time is unknown"]
    );
    assert_eq!(
        found(day_set("apmbc.7.2", "OMN", "2025-01-01", "2026-01-01")),
        ["a day was set for `apmbc.7.2`, whose days are the same for everybody; it is not used"]
    );
    assert_eq!(
        found(register("apmbc", "2025-01-01", "")),
        ["a register does not tell from when and until when it is complete; it is not used"]
    );
    assert_eq!(
        found(register("apmbc", "2025-01-01", "2024-01-01")),
        ["a register is complete from 1 Jan 2025 to 1 Jan 2024, which is earlier; it is not used"]
    );
    assert_eq!(
        found(row(NotApplicable, "apmbc", "OMN", "2025-01-01", "")),
        ["a row of the kind `not-applicable` names no duty; of duties `apmbc` has apmbc.7.1, apmbc.7.2"]
    );
    // That a deadline does not apply is no matter of duties.
    assert_eq!(found(row(NotApplicable, "apmbc.5", "OMN", "2025-01-01", "")), [""; 0]);
}

#[test]
fn days_that_were_set_and_cannot_be_used_are_found() {
    let crc = bound("crc", "XXX", "2005-06-01");
    let found = |decided: &str, due: &str| findings(&crc, &[row(DueSet, "crc.44.1b", "XXX", decided, due)]);
    assert_eq!(
        found("2014-01-01", ""),
        ["a day was set, and the row does not tell which; it is not used"]
    );
    assert_eq!(
        found("", "2019-03-01"),
        [
            "the day 1 Mar 2019 was set without the day of the decision, so that it is not known which day it replaces; \
          it is not used"
        ]
    );
    assert_eq!(
        found("2020-01-01", "2019-03-01"),
        ["the day 1 Mar 2019 was set on 1 Jan 2020, after it had passed; it is not used"]
    );
    // A duty that is due once has no later day to replace: due 1 June 2007, decided 2008.
    assert_eq!(
        findings(&crc, &[day_set("crc.44.1a", "XXX", "2008-01-01", "2009-01-01")]),
        ["a day was set for `crc.44.1a`, and it replaces none of its days; it is not used"]
    );
    // Decided before, it does, and the periodic ones count from it.
    let moved = owed(
        &crc,
        &[day_set("crc.44.1a", "XXX", "2006-01-01", "2008-06-01")],
        ["2005-01-01", "2014-01-01"],
        "2026-10-01",
    );
    assert_eq!(days(&moved), ["crc.44.1a 2008-06-01", "crc.44.1b 2013-06-01"]);
}
