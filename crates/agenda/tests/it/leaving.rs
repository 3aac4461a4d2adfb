//! How a participant leaves, or does not: each rule by a made case.

use jiff::civil::{Date, date};
use lysoen_agenda::{Act, Action, CommitmentKind, Instrument, StandingWord};

use crate::fixture::{action, commitment, instrument, told};
use crate::made::{dateless, effective, finding, from, mine, stands, words};

#[test]
fn a_notice_takes_effect_after_its_time_and_a_second_one_changes_nothing() {
    let rows = [
        mine("X", Act::Accession, "2004-08-20"),
        mine("X", Act::Withdrawal, "2010-01-31"),
        mine("X", Act::Withdrawal, "2010-02-15"),
    ];
    let told = told(&instrument("apmbc"), &rows, &[]);
    let notified = told.of("X").on(date(2010, 1, 31));
    assert_eq!(
        (notified.word, notified.since, notified.ahead),
        (
            StandingWord::WithdrawalNotified,
            Some(date(2005, 2, 1)),
            Some(date(2010, 7, 31))
        )
    );
    assert!(
        notified.notes[0].contains("none is recorded for it"),
        "{:?}",
        notified.notes
    );
    assert_eq!(notified.basis.last().unwrap().article.as_deref(), Some("20(3)"));
    assert_eq!(told.of("X").on(date(2010, 7, 31)).word, StandingWord::Withdrawn);
    assert!(finding(&told).contains("while an earlier notice stood"));
}

#[test]
fn a_notice_may_name_a_later_day_and_no_earlier_one() {
    let accession = mine("X", Act::Accession, "2004-08-20");
    let notice = mine("X", Act::Withdrawal, "2010-01-31");
    let later = [accession.clone(), effective(notice.clone(), date(2011, 1, 1))];
    assert_eq!(
        stands(&later, date(2010, 12, 31)).word,
        StandingWord::WithdrawalNotified
    );
    assert_eq!(stands(&later, date(2011, 1, 1)).word, StandingWord::Withdrawn);
    let early = from(effective(notice, date(2010, 3, 1)), "press", date(2020, 1, 1), false);
    let told = told(&instrument("apmbc"), &[accession, early], &[]);
    assert!(finding(&told).contains("before 2010-07-31 by Art. 20(3)"));
    assert_eq!(
        told.of("X").on(date(2010, 7, 30)).word,
        StandingWord::WithdrawalNotified
    );
}

#[test]
fn a_notice_is_taken_back_before_it_takes_effect_and_not_after() {
    let rows = |back: &str| {
        [
            mine("X", Act::Accession, "2004-08-20"),
            mine("X", Act::Withdrawal, "2010-01-31"),
            mine("X", Act::WithdrawalRevoked, back),
        ]
    };
    let back = told(&instrument("apmbc"), &rows("2010-07-30"), &[]);
    let bound = back.of("X").on(date(2015, 1, 1));
    assert_eq!(
        (bound.word, bound.word.bound()),
        (StandingWord::WithdrawalRevoked, true)
    );
    assert!(
        bound
            .notes
            .contains(&"The notice of 2010-01-31 was taken back on 2010-07-30.".to_string())
    );
    assert_eq!(back.findings, []);
    let late = told(&instrument("apmbc"), &rows("2010-07-31"), &[]);
    assert!(finding(&late).contains("took a notice of withdrawal back on 2010-07-31"));
    assert_eq!(late.of("X").on(date(2015, 1, 1)).word, StandingWord::Withdrawn);
}

#[test]
fn an_armed_conflict_holds_a_notice_up_until_it_ends() {
    let rows = [
        mine("X", Act::Accession, "2004-08-20"),
        mine("X", Act::Withdrawal, "2010-01-31"),
    ];
    let with = |from: &str, until: Option<&str>| {
        let conflict = [commitment("apmbc", CommitmentKind::ArmedConflict, "X", from, until)];
        told(&instrument("apmbc"), &rows, &conflict).of("X")
    };
    use StandingWord::{WithdrawalNotified, WithdrawalSuspended, Withdrawn};
    let open = with("2010-07-31", None);
    assert_eq!(open.on(date(2010, 7, 30)).word, WithdrawalNotified);
    let held = open.on(date(2025, 1, 1));
    assert_eq!(
        (held.word, held.ahead, held.since),
        (WithdrawalSuspended, None, Some(date(2005, 2, 1)))
    );
    let last = held.basis.last().unwrap();
    assert_eq!(
        (last.act.as_str(), last.article.as_deref()),
        ("armed-conflict", Some("20(3)"))
    );
    let ended = with("2009-01-01", Some("2012-05-05"));
    assert_eq!(
        [ended.on(date(2012, 5, 5)).word, ended.on(date(2012, 5, 6)).word],
        [WithdrawalSuspended, Withdrawn]
    );
    assert_eq!(ended.on(date(2011, 1, 1)).ahead, Some(date(2012, 5, 6)));
    // One that ends on the day of effect holds it up for that day.
    let last_day = with("2009-01-01", Some("2010-07-31"));
    assert_eq!(
        [last_day.on(date(2010, 7, 31)).word, last_day.on(date(2010, 8, 1)).word],
        [WithdrawalSuspended, Withdrawn]
    );
    // A conflict that was over, or had not begun, on the day of effect holds nothing up.
    for other in [with("2009-01-01", Some("2010-07-30")), with("2010-08-01", None)] {
        assert_eq!(other.on(date(2010, 7, 31)).word, Withdrawn);
    }
    // The Rome Statute has no such article.
    let rome = [
        action("18-10", "X", Act::Accession, "2004-08-20"),
        action("18-10", "X", Act::Withdrawal, "2010-01-31"),
    ];
    let conflict = [commitment(
        "rome-statute",
        CommitmentKind::ArmedConflict,
        "X",
        "2009-01-01",
        None,
    )];
    assert_eq!(
        told(&instrument("rome-statute"), &rome, &conflict)
            .of("X")
            .on(date(2011, 1, 31))
            .word,
        Withdrawn
    );
}

#[test]
fn a_notice_where_no_article_provides_for_leaving_is_contested() {
    let crc = Instrument {
        withdrawal: None,
        no_withdrawal: true,
        ..instrument("crc")
    };
    let rows = [
        action("4-11", "X", Act::Accession, "1995-01-01"),
        action("4-11", "X", Act::Withdrawal, "2010-01-31"),
    ];
    let contested = told(&crc, &rows, &[]).of("X").on(date(2020, 1, 1));
    assert_eq!(
        (contested.word, contested.word.bound()),
        (StandingWord::Contested, true)
    );
    assert!(
        contested.notes[0].contains("no article of Convention on the Rights of the Child provides for it"),
        "{:?}",
        contested.notes
    );
}

#[test]
fn a_notice_where_the_article_is_not_known_here_takes_effect_on_a_day_that_is_not_known() {
    let crc = Instrument {
        withdrawal: None,
        ..instrument("crc")
    };
    let joined = action("4-11", "X", Act::Accession, "1995-01-01");
    let mut notice = action("4-11", "X", Act::Withdrawal, "2010-01-31");
    let later = date(2020, 1, 1);
    let open = told(&crc, &[joined.clone(), notice.clone()], &[]).of("X").on(later);
    assert_eq!((open.word, open.ahead), (StandingWord::WithdrawalNotified, None));
    assert!(open.notes[0].contains("is not known here"), "{:?}", open.notes);
    notice.effective = Some(date(2011, 2, 1));
    let stated = told(&crc, &[joined, notice], &[]);
    assert_eq!(stated.of("X").on(date(2011, 1, 31)).ahead, Some(date(2011, 2, 1)));
    assert_eq!(stated.of("X").on(later).word, StandingWord::Withdrawn);
}

#[test]
fn a_consent_in_brackets_counts_only_where_a_withdrawal_explains_it() {
    let bracketed = |participant: &str| Action {
        note: Some(lysoen_agenda::fact::IN_BRACKETS.to_string()),
        ..mine(participant, Act::Accession, "2004-08-20")
    };
    let rows = [bracketed("X"), bracketed("Y"), mine("Y", Act::Withdrawal, "2010-01-31")];
    let told = told(&instrument("apmbc"), &rows, &[]);
    assert!(!told.of("X").on(date(2008, 1, 1)).word.consented());
    assert!(
        told.findings
            .iter()
            .any(|finding| finding.participant == "X" && finding.message.contains("brackets"))
    );
    assert_eq!(told.of("Y").on(date(2008, 1, 1)).word, StandingWord::Bound);
    assert_eq!(told.of("Y").on(date(2011, 1, 1)).word, StandingWord::Withdrawn);
}

#[test]
fn a_suspension_is_contested_until_it_is_ended() {
    let rows = [
        mine("X", Act::Accession, "2004-08-20"),
        mine("X", Act::Suspension, "2010-01-31"),
        mine("X", Act::SuspensionEnded, "2012-01-31"),
    ];
    use StandingWord::{Bound, Contested};
    let days = [
        date(2010, 1, 30),
        date(2010, 1, 31),
        date(2012, 1, 30),
        date(2012, 1, 31),
    ];
    assert_eq!(words(&rows, &days), [Bound, Contested, Contested, Bound]);
    assert!(stands(&rows, days[1]).notes[0].contains("no article of Mine Ban Convention provides for one"));
}

#[test]
fn a_record_that_it_is_contested_holds_from_its_first_to_its_last_day() {
    let rows = [mine("X", Act::Accession, "2004-08-20")];
    let record = [commitment(
        "26-5",
        CommitmentKind::Contested,
        "X",
        "2010-01-01",
        Some("2010-12-31"),
    )];
    let history = told(&instrument("apmbc"), &rows, &record).of("X");
    use StandingWord::{Bound, Contested};
    let on = |day: Date| history.on(day).word;
    assert_eq!(
        [
            on(date(2009, 12, 31)),
            on(date(2010, 1, 1)),
            on(date(2010, 12, 31)),
            on(date(2011, 1, 1))
        ],
        [Bound, Contested, Contested, Bound]
    );
    let nobody = told(
        &instrument("apmbc"),
        &[mine("X", Act::Signature, "1997-12-03")],
        &record,
    );
    assert!(finding(&nobody).contains("recorded as contested"));
}

#[test]
fn what_is_said_publicly_is_no_notice() {
    let mut rows = vec![
        mine("X", Act::Accession, "2004-08-20"),
        mine("X", Act::WithdrawalAnnounced, "2010-01-31"),
    ];
    let said = stands(&rows, date(2020, 1, 1));
    assert_eq!((said.word, said.ahead), (StandingWord::WithdrawalAnnounced, None));
    rows.push(mine("X", Act::Withdrawal, "2012-01-31"));
    assert_eq!(stands(&rows, date(2012, 1, 31)).word, StandingWord::WithdrawalNotified);
    rows[2] = mine("X", Act::WithdrawalRevoked, "2012-01-31");
    assert_eq!(stands(&rows, date(2012, 1, 31)).word, StandingWord::Bound);
    assert_eq!(told(&instrument("apmbc"), &rows, &[]).findings, []);
}

#[test]
fn who_joins_again_is_bound_anew_by_the_later_rule() {
    let rows = [
        mine("X", Act::Signature, "1997-12-03"),
        mine("X", Act::Ratification, "1998-01-01"),
        mine("X", Act::Withdrawal, "2010-01-31"),
        mine("X", Act::Accession, "2015-03-10"),
    ];
    use StandingWord::{Bound, Deposited, Withdrawn};
    let days = [date(2010, 7, 30), date(2015, 3, 9), date(2015, 3, 10), date(2015, 9, 1)];
    assert_eq!(
        words(&rows, &days),
        [StandingWord::WithdrawalNotified, Withdrawn, Deposited, Bound]
    );
    let anew = stands(&rows, date(2020, 1, 1));
    assert_eq!((anew.since, anew.basis.len()), (Some(date(2015, 9, 1)), 1));
    assert_eq!(anew.basis[0].article.as_deref(), Some("17(2)"));
    assert_eq!(told(&instrument("apmbc"), &rows, &[]).findings, []);
}

#[test]
fn a_list_without_days_does_not_hide_that_it_left() {
    let mut rows = vec![
        mine("X", Act::Accession, "2004-08-20"),
        mine("X", Act::Withdrawal, "2010-01-31"),
        from(
            dateless(mine("X", Act::Ratification, "2017-12-31")),
            "dol",
            date(2017, 12, 31),
            false,
        ),
    ];
    let left = told(&instrument("apmbc"), &rows, &[]);
    assert!(
        finding(&left)
            .contains("stands in dol (as of 2017-12-31, not verified) without a day, and it left on 2010-07-31")
    );
    assert_eq!(left.of("X").on(date(2018, 1, 1)).word, StandingWord::Withdrawn);
    // It may have joined again before that list.
    rows.push(mine("X", Act::Accession, "2015-03-10"));
    let again = told(&instrument("apmbc"), &rows, &[]);
    assert_eq!(again.findings, []);
    assert_eq!(again.of("X").on(date(2018, 1, 1)).since, Some(date(2015, 9, 1)));
}
