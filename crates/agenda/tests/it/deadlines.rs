//! By when stockpiles are destroyed and mines cleared: named parties, worked by hand from the articles, then made cases.

use lysoen_agenda::CommitmentKind::{Applies, Completion, Extension, NotApplicable};
use lysoen_agenda::standing::{DeadlineState, DeadlineWord, SinceBasis};
use lysoen_agenda::{Commitment, History, StandingWord};

use crate::owed::{bound, change, day, estonia, history, rests_on, row, standing, unsure};

const STOCKPILE: &str = "apmbc.4";
const MINES: &str = "apmbc.5";

/// Sri Lanka, bound by the Mine Ban Convention since 1 June 2018: clearance by 1 June 2028.
fn sri_lanka() -> History {
    bound("apmbc", "LKA", "2018-06-01")
}

fn applies() -> Commitment {
    row(Applies, MINES, "LKA", "2018-11-28", "")
}

fn extension(decided: &str, until: &str) -> Commitment {
    row(Extension, MINES, "LKA", decided, until)
}

/// How it stands with one deadline, and what was odd, without the row's number.
fn of(deadline: &str, history: &History, rows: &[Commitment], on: &str) -> (DeadlineState, Vec<String>) {
    let (states, findings) = standing(history, rows, on);
    let state = states.into_iter().find(|state| state.deadline == deadline).unwrap();
    let message = |found: &lysoen_agenda::Finding| found.message.split_once("`: ").unwrap().1.to_string();
    (state, findings.iter().map(message).collect())
}

fn clearance(rows: &[Commitment], on: &str) -> DeadlineState {
    let (state, findings) = of(MINES, &sri_lanka(), rows, on);
    assert_eq!(findings, [""; 0]);
    state
}

#[test]
fn the_days_of_the_mine_ban_convention_come_out() {
    // Art. 4: four years, Art. 5(1): ten years after the entry into force for the party.
    for (party, since, stockpile, mines) in [
        ("OMN", "2015-02-01", "2019-02-01", "2025-02-01"),
        ("LKA", "2018-06-01", "2022-06-01", "2028-06-01"),
        ("PSE", "2018-06-01", "2022-06-01", "2028-06-01"),
        ("MHL", "2025-09-01", "2029-09-01", "2035-09-01"),
        ("TON", "2025-12-01", "2029-12-01", "2035-12-01"),
    ] {
        let (states, findings) = standing(&bound("apmbc", party, since), &[], "2026-01-01");
        let days: Vec<_> = states.iter().map(|state| (state.original, state.due)).collect();
        let expected = [stockpile, mines].map(|text| (Some(day(text)), Some(day(text))));
        assert_eq!((days, findings), (expected.to_vec(), vec![]), "{party}");
    }
}

#[test]
fn whether_a_deadline_concerns_a_party_is_not_guessed() {
    let state = clearance(&[], "2026-10-01");
    assert_eq!(state.word, DeadlineWord::NotKnown);
    assert_eq!(state.told, "1 Jun 2028; whether it concerns the party is not recorded");
    assert_eq!(
        (state.due, state.months_left, state.next_warning),
        (Some(day("2028-06-01")), None, None)
    );
    assert_eq!(
        state.notes,
        ["It concerns: Whoever has mined areas under its jurisdiction or control."]
    );
    assert_eq!(
        rests_on(&state.basis),
        ["in force 2018-06-01 17(2)", "deadline 2028-06-01 5(1)"]
    );
    // A record about another party or another deadline tells nothing of this one.
    let others = [
        row(Applies, MINES, "OMN", "2018-01-01", ""),
        row(Applies, STOCKPILE, "LKA", "2018-01-01", ""),
    ];
    assert_eq!(clearance(&others, "2026-10-01").word, DeadlineWord::NotKnown);
}

#[test]
fn a_deadline_runs_is_near_and_passes() {
    let at = |on: &str| {
        let state = clearance(&[applies()], on);
        (
            state.word,
            state.told,
            state.months_left,
            state.next_warning.map(|day| day.to_string()),
        )
    };
    let expected = |word, told: &str, left, warning: Option<&str>| {
        (word, told.to_string(), Some(left), warning.map(str::to_string))
    };
    // Warnings 24, 18, 12 and 9 months before 1 June 2028.
    use DeadlineWord::{Near, Passed, Running};
    assert_eq!(
        at("2026-05-31"),
        expected(Running, "24 months left", 24, Some("2026-06-01"))
    );
    assert_eq!(
        at("2026-06-01"),
        expected(Near, "24 months left", 24, Some("2026-12-01"))
    );
    assert_eq!(
        at("2026-06-02"),
        expected(Near, "23 months left", 23, Some("2026-12-01"))
    );
    assert_eq!(
        at("2027-06-15"),
        expected(Near, "11 months left", 11, Some("2027-09-01"))
    );
    assert_eq!(at("2027-09-01"), expected(Near, "9 months left", 9, None));
    assert_eq!(at("2028-04-30"), expected(Near, "1 month left", 1, None));
    assert_eq!(at("2028-05-20"), expected(Near, "12 days left", 0, None));
    assert_eq!(at("2028-06-01"), expected(Near, "its day is today", 0, None));
    let passed = |ago: &str| format!("passed {ago} ago; whether it was met is not recorded");
    assert_eq!(
        at("2028-06-02"),
        expected(Passed, &passed("less than a month"), 0, None)
    );
    assert_eq!(at("2029-08-01"), expected(Passed, &passed("14 months"), -14, None));
}

#[test]
fn a_record_counts_from_its_day_on() {
    assert_eq!(clearance(&[applies()], "2018-11-27").word, DeadlineWord::NotKnown);
    assert_eq!(clearance(&[applies()], "2018-11-28").word, DeadlineWord::Running);
    let not = row(NotApplicable, MINES, "LKA", "2020-01-01", "2021-12-31");
    let word = |on: &str| clearance(&[applies(), not.clone()], on).word;
    assert_eq!(word("2019-12-31"), DeadlineWord::Running);
    assert_eq!(word("2020-01-01"), DeadlineWord::NotApplicable);
    assert_eq!(word("2022-01-01"), DeadlineWord::Running);
    let state = clearance(&[not], "2020-01-01");
    assert_eq!((state.told.as_str(), state.months_left), ("not applicable", None));
    assert_eq!(rests_on(&state.basis).last().unwrap(), "not-applicable 2020-01-01 -");
}

#[test]
fn what_is_done_is_met_in_time_or_after() {
    let done = |on: &str| row(Completion, MINES, "LKA", on, "");
    let told = |done: &Commitment, on: &str| {
        let state = clearance(&[applies(), done.clone()], on);
        (state.word, state.told)
    };
    let met = |told: &str| (DeadlineWord::Met, told.to_string());
    assert_eq!(
        told(&done("2027-03-03"), "2030-01-01"),
        met("met on 3 Mar 2027, in time")
    );
    assert_eq!(
        told(&done("2028-06-01"), "2030-01-01"),
        met("met on 1 Jun 2028, in time")
    );
    assert_eq!(
        told(&done("2028-06-13"), "2030-01-01"),
        met("met on 13 Jun 2028, 12 days after its day")
    );
    assert_eq!(
        told(&done("2028-10-01"), "2030-01-01"),
        met("met on 1 Oct 2028, 4 months after its day")
    );
    assert_eq!(told(&done(""), "2030-01-01"), met("met on a day that is not recorded"));
    // Before it was declared it was not known.
    assert_eq!(told(&done("2027-03-03"), "2027-03-02").0, DeadlineWord::Near);
    // Mines that are found later put it back.
    let found = row(Applies, MINES, "LKA", "2027-09-01", "");
    let state = clearance(&[found, applies(), done("2027-03-03")], "2027-10-01");
    assert_eq!(state.word, DeadlineWord::Near);
}

#[test]
fn an_extension_sets_the_day_and_tells_that_it_concerns_the_party() {
    // Oman, made: asked in 2024, granted until 1 February 2030, then until 1 February 2035 (Art. 5(3)-(6)).
    let oman = bound("apmbc", "OMN", "2015-02-01");
    let rows = [
        row(Extension, MINES, "OMN", "2029-11-20", "2035-02-01"),
        row(Extension, MINES, "OMN", "2024-11-29", "2030-02-01"),
    ];
    let at = |on: &str| {
        let (state, findings) = of(MINES, &oman, &rows, on);
        assert_eq!(findings, [""; 0]);
        state
    };
    assert_eq!(
        (at("2024-11-28").word, at("2024-11-28").due),
        (DeadlineWord::NotKnown, Some(day("2025-02-01")))
    );
    let granted = at("2025-02-02");
    assert_eq!(
        (granted.word, granted.told.as_str()),
        (DeadlineWord::Running, "59 months left")
    );
    assert_eq!(
        (granted.original, granted.due),
        (Some(day("2025-02-01")), Some(day("2030-02-01")))
    );
    assert_eq!(granted.extensions, [day("2030-02-01")]);
    assert_eq!(
        rests_on(&granted.basis).last().unwrap(),
        "extension 2024-11-29 5(3)-(6)"
    );
    assert_eq!(at("2030-01-01").extensions, [day("2030-02-01"), day("2035-02-01")]);
    assert_eq!(at("2030-01-01").due, Some(day("2035-02-01")));
}

#[test]
fn extensions_that_are_odd_are_found() {
    let found = |rows: &[Commitment]| {
        let (state, findings) = of(MINES, &sri_lanka(), rows, "2040-01-01");
        (state.due.unwrap().to_string(), findings)
    };
    let expected = |due: &str, message: &str| (due.to_string(), vec![message.to_string()]);
    // Not after the day that it extends: not used.
    assert_eq!(
        found(&[extension("2027-11-20", "2028-06-01")]),
        expected(
            "2028-06-01",
            "an extension of `apmbc.5` until 1 Jun 2028, which is not after its day 1 Jun 2028; it is not used"
        )
    );
    // Granted after the day had passed, or longer than ten years: used, and told.
    assert_eq!(
        found(&[extension("2028-06-02", "2030-06-01")]),
        expected(
            "2030-06-01",
            "an extension of `apmbc.5` was granted on 2 Jun 2028, after its day had passed"
        )
    );
    assert_eq!(found(&[extension("2027-11-20", "2038-06-01")]).1, [""; 0]);
    assert_eq!(
        found(&[extension("2027-11-20", "2038-06-02")]),
        expected(
            "2038-06-02",
            "an extension of `apmbc.5` from 1 Jun 2028 until 2 Jun 2038, longer than the 10 years that are allowed"
        )
    );
    assert_eq!(
        found(&[extension("2027-11-20", "")]),
        expected(
            "2028-06-01",
            "an extension of `apmbc.5` without its day; it is not used"
        )
    );
    assert_eq!(
        found(&[extension("", "2030-06-01")]),
        expected(
            "2030-06-01",
            "an extension of `apmbc.5` without the day of its decision"
        )
    );
}

#[test]
fn other_rows_that_are_odd_are_found() {
    // No article provides for an extension of Art. 4.
    let (state, findings) = of(
        STOCKPILE,
        &sri_lanka(),
        &[row(Extension, STOCKPILE, "LKA", "2021-11-01", "2023-06-01")],
        "2023-01-01",
    );
    assert_eq!(state.due, Some(day("2022-06-01")));
    assert_eq!(
        findings,
        ["an extension of `apmbc.4` until 1 Jun 2023, for which no article provides; it is not used"]
    );
    let (_, findings) = of(
        MINES,
        &sri_lanka(),
        &[row(Completion, "apmbc.6", "LKA", "2021-11-01", "")],
        "2023-01-01",
    );
    assert_eq!(
        findings,
        ["a row of the kind `completion` names `apmbc.6`; of deadlines `apmbc` has apmbc.4, apmbc.5"]
    );
    // Two that contradict each other on the same day: neither is believed.
    let not = row(NotApplicable, MINES, "LKA", "2018-11-28", "");
    let (state, findings) = of(MINES, &sri_lanka(), &[not, applies()], "2023-01-01");
    assert_eq!(state.word, DeadlineWord::NotKnown);
    assert_eq!(findings.len(), 1);
    assert!(
        findings[0].ends_with("of `apmbc.5` from the same day on; one was expected"),
        "{findings:?}"
    );
}

#[test]
fn who_has_left_has_the_deadlines_that_fell_due_before() {
    // Estonia: bound since 1 November 2004, left on 27 December 2025; both had fallen due by 1 November 2014.
    let (states, _) = standing(&estonia(), &[], "2026-01-01");
    assert_eq!(states.len(), 2);
    assert_eq!(
        states[0].notes.last().unwrap(),
        "It has left since, on 27 Dec 2025; what fell due before stays."
    );
    // Who left five years after it joined has that of Art. 4 and no longer that of Art. 5.
    let left = history(
        "apmbc",
        "XXX",
        vec![
            change(StandingWord::Bound, "2018-06-01"),
            change(StandingWord::Withdrawn, "2023-06-01"),
        ],
    );
    let ids = |on: &str| {
        let (states, _) = standing(&left, &[], on);
        states.into_iter().map(|state| state.deadline).collect::<Vec<_>>()
    };
    assert_eq!(ids("2023-05-31"), [STOCKPILE, MINES]);
    assert_eq!(ids("2023-06-01"), [STOCKPILE]);
    // Before it was bound there was none.
    assert_eq!(ids("2018-05-31"), [""; 0]);
}

#[test]
fn a_deadline_after_the_notice_takes_effect_says_so() {
    let mut notified = change(StandingWord::WithdrawalNotified, "2027-01-01");
    notified.ahead = Some(day("2027-07-01"));
    let changes = vec![
        change(StandingWord::Bound, "2018-06-01"),
        notified,
        change(StandingWord::Withdrawn, "2027-07-01"),
    ];
    let leaving = history("apmbc", "LKA", changes);
    let (state, _) = of(MINES, &leaving, &[applies()], "2027-02-01");
    assert_eq!(state.word, DeadlineWord::Near);
    assert_eq!(
        state.notes,
        ["Its notice of withdrawal (article 20(3)) takes effect on 1 Jul 2027, before the day."]
    );
}

#[test]
fn a_contested_party_has_a_contested_deadline_and_a_suspended_notice_none_other() {
    let since = |word| {
        let changes = vec![change(StandingWord::Bound, "2018-06-01"), change(word, "2025-07-17")];
        of(MINES, &history("apmbc", "LKA", changes), &[applies()], "2026-10-01").0
    };
    let contested = since(StandingWord::Contested);
    assert_eq!(contested.word, DeadlineWord::Contested);
    assert_eq!((contested.due, contested.months_left), (Some(day("2028-06-01")), None));
    let suspended = since(StandingWord::WithdrawalSuspended);
    assert_eq!(suspended.word, DeadlineWord::Near);
    assert_eq!(
        suspended.notes,
        ["Its notice of withdrawal takes no effect during the armed conflict (article 20(3)); the deadline runs on."]
    );
}

#[test]
fn an_uncertain_entry_into_force_gives_no_day() {
    // Consent in 2010: in force from 2010 on, by 1 June 2011 at the latest; ten years on is between 2020 and 1 June 2021.
    let party = unsure("apmbc", "LKA", "2010-01-01", SinceBasis::YearOnly);
    let at = |rows: &[Commitment], on: &str| {
        let state = of(MINES, &party, rows, on).0;
        assert_eq!((state.original, state.months_left), (None, None));
        (state.word, state.told)
    };
    let rows = [row(Applies, MINES, "LKA", "2012-01-01", "")];
    assert_eq!(
        at(&rows, "2020-01-01"),
        (DeadlineWord::Running, "running; its day is not known".to_string())
    );
    assert_eq!(
        at(&rows, "2020-06-01"),
        (
            DeadlineWord::NotKnown,
            "it concerns the party; its day is not known, and may have passed".to_string()
        )
    );
    assert_eq!(
        at(&rows, "2021-06-02"),
        (
            DeadlineWord::Passed,
            "passed on a day that is not known; whether it was met is not recorded".to_string()
        )
    );
    assert_eq!(
        at(&[], "2021-06-02").1,
        "a day that is not known; whether it concerns the party is not recorded"
    );
    let done = [row(Completion, MINES, "LKA", "2020-06-01", "")];
    assert_eq!(
        at(&done, "2021-06-02"),
        (
            DeadlineWord::Met,
            "met on 1 Jun 2020; whether in time is unknown".to_string()
        )
    );
    // An extension gives a day that is certain.
    let (state, _) = of(MINES, &party, &[extension("2019-11-20", "2026-12-31")], "2021-06-02");
    assert_eq!((state.original, state.due), (None, Some(day("2026-12-31"))));
    assert_eq!((state.word, state.notes), (DeadlineWord::Running, vec![]));
}
