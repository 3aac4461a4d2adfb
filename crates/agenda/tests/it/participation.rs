//! How a participant stands: each rule by a made case.

use jiff::civil::{Date, date};
use lysoen_agenda::rules::counts::counts;
use lysoen_agenda::rules::participation::participations;
use lysoen_agenda::standing::SinceBasis;
use lysoen_agenda::{Act, Action, Instrument, List, StandingWord};

use crate::fixture::{action, depositary, instrument, list, told, unpublished, years};
use crate::made::{dateless, effective, finding, from, mine, stands, words, year};

#[test]
fn signed_then_deposited_then_bound_each_with_what_it_rests_on() {
    let rows = [
        mine("X", Act::Signature, "1997-12-03"),
        mine("X", Act::Ratification, "2004-08-20"),
    ];
    let days = [
        date(1997, 12, 2),
        date(1997, 12, 3),
        date(2004, 8, 20),
        date(2005, 2, 1),
    ];
    use StandingWord::{Bound, Deposited, NotBound, Signed};
    assert_eq!(words(&rows, &days), [NotBound, Signed, Deposited, Bound]);
    let bound = stands(&rows, days[3]);
    let acts: Vec<(&str, Option<&str>)> = bound
        .basis
        .iter()
        .map(|b| (b.act.as_str(), b.article.as_deref()))
        .collect();
    assert_eq!(acts, [("signature", None), ("ratification", Some("17(2)"))]);
    assert_eq!(bound.known_to, Some(date(2026, 1, 1)));
    assert!(bound.verified && bound.notes.is_empty());
    let late = stands(&rows, date(2026, 2, 1));
    assert_eq!(
        late.notes,
        ["By depositary, a list as of 2026-01-01; later changes are not known."]
    );
}

#[test]
fn who_is_in_no_row_is_not_bound_by_a_complete_list_and_unknown_without_one() {
    let (apmbc, rows) = (instrument("apmbc"), [mine("Y", Act::Accession, "2004-01-01")]);
    let by_list = told(&apmbc, &rows, &[]).of("X").on(date(2020, 1, 1));
    assert_eq!(
        (by_list.word, by_list.verified, by_list.known_to),
        (StandingWord::NotBound, true, Some(date(2026, 1, 1)))
    );
    let partial = List {
        complete: false,
        ..list("26-5")
    };
    let without = participations(&apmbc, &rows, &[], &[partial], &|_| None);
    let unknown = without.of("X").on(date(2020, 1, 1));
    assert_eq!(
        (unknown.word, unknown.verified, unknown.known_to),
        (StandingWord::Unknown, false, None)
    );
    assert_eq!(without.of("Y").on(date(2003, 1, 1)).word, StandingWord::Unknown);
    assert_eq!(without.of("Y").on(date(2020, 1, 1)).word, StandingWord::Bound);
    let unverified = List {
        verified: false,
        ..list("26-5")
    };
    let by_other = participations(&apmbc, &rows, &[], &[unverified], &|_| None);
    assert!(!by_other.of("X").on(date(2020, 1, 1)).verified);
}

#[test]
fn a_decision_of_the_united_nations_asks_everybody_and_takes_no_actions() {
    let text = "id = 'poa'\ntitle = 'Programme of Action'\nshort = 'PoA'\nelements = [2]\nkind = 'political'\n\
                adopted = '2001-07-20'\n[[read]]\ntext = 'A/CONF.192/15'";
    let poa = Instrument::parse("poa", text).unwrap();
    let rows = [action("poa", "X", Act::Ratification, "2005-01-01")];
    let told = participations(&poa, &rows, &[], &[], &|_| None);
    assert!(told.histories.is_empty() && told.entry.is_none());
    let asked = told.of("X").on(date(2010, 1, 1));
    assert_eq!(
        (asked.word, asked.since),
        (StandingWord::Asked, Some(date(2001, 7, 20)))
    );
    assert_eq!(told.of("X").on(date(2001, 7, 19)).word, StandingWord::NotBound);
}

#[test]
fn the_published_entry_stands_beside_a_list_that_gives_another_day() {
    let opac = Instrument {
        entered_into_force: Some(date(2002, 3, 1)),
        ..instrument("opac")
    };
    let rows: Vec<Action> = (0..10)
        .map(|at| action("4-11-b", &format!("S{at}"), Act::Ratification, "2001-11-12"))
        .collect();
    let told = told(&opac, &rows, &[]);
    assert_eq!(told.entry, Some(date(2002, 3, 1)));
    assert!(finding(&told).contains("in force since 2002-02-12") && finding(&told).contains("2002-03-01 is published"));
}

#[test]
fn without_a_published_day_the_entry_follows_from_a_complete_list_with_every_day() {
    let opac = unpublished("opac");
    let mut rows: Vec<Action> = (0..10)
        .map(|at| action("4-11-b", &format!("S{at}"), Act::Ratification, "2001-11-12"))
        .collect();
    let complete = told(&opac, &rows, &[]);
    assert_eq!(complete.entry, Some(date(2002, 2, 12)));
    let note = &complete.of("S0").on(date(2003, 1, 1)).notes[0];
    assert!(note.contains("the 10th consent on 2001-11-12"), "{note}");
    let partial = List {
        complete: false,
        ..list("4-11-b")
    };
    assert_eq!(participations(&opac, &rows, &[], &[partial], &|_| None).entry, None);
    rows[3] = year(rows[3].clone());
    assert_eq!(told(&opac, &rows, &[]).entry, None, "a consent without a day");
    rows[3] = action("4-11-b", "S3", Act::Succession, "2001-11-12");
    assert_eq!(told(&opac, &rows, &[]).entry, None, "a succession adds none");
    assert_eq!(
        told(&opac, &rows[..3], &[]).of("S0").on(date(2020, 1, 1)).word,
        StandingWord::Deposited
    );
}

#[test]
fn a_stated_day_of_effect_stands_where_it_is_verified_and_both_are_told() {
    let row = effective(mine("X", Act::Accession, "2004-08-20"), date(2005, 3, 1));
    let verified = told(&instrument("apmbc"), std::slice::from_ref(&row), &[]);
    let bound = verified.of("X").on(date(2005, 3, 1));
    assert_eq!(
        (bound.since, bound.since_basis),
        (Some(date(2005, 3, 1)), Some(SinceBasis::Source))
    );
    assert_eq!(verified.of("X").on(date(2005, 2, 28)).word, StandingWord::Deposited);
    assert!(finding(&verified).contains("since 2005-03-01") && finding(&verified).contains("the source's day stands"));
    let other = told(
        &instrument("apmbc"),
        &[from(row, "press", date(2020, 1, 1), false)],
        &[],
    );
    let bound = other.of("X").on(date(2005, 2, 1));
    assert_eq!(
        (bound.since, bound.since_basis, bound.verified),
        (Some(date(2005, 2, 1)), Some(SinceBasis::Rule), false)
    );
    assert!(finding(&other).contains("the treaty's day stands") && bound.notes[0].contains("2005-03-01"));
}

#[test]
fn a_stated_day_of_effect_before_the_deposit_is_not_used() {
    let row = effective(mine("X", Act::Accession, "2004-08-20"), date(2004, 8, 1));
    let told = told(&instrument("apmbc"), &[row], &[]);
    assert!(finding(&told).contains("before its accession of 2004-08-20"));
    assert_eq!(told.of("X").on(date(2006, 1, 1)).since, Some(date(2005, 2, 1)));
}

#[test]
fn a_successor_is_bound_from_the_day_on_which_it_succeeded_before_it_notified() {
    // Montenegro became independent on 3 June 2006 and notified on 23 October 2006.
    let row = mine("Montenegro", Act::Succession, "2006-10-23");
    let day = |_: &str| Some(date(2006, 6, 3));
    let told = participations(
        &instrument("apmbc"),
        std::slice::from_ref(&row),
        &[],
        &[list("26-5")],
        &day,
    );
    let bound = told.of("Montenegro").on(date(2006, 6, 3));
    assert_eq!(
        (bound.word, bound.since, bound.since_basis),
        (
            StandingWord::Bound,
            Some(date(2006, 6, 3)),
            Some(SinceBasis::Succession)
        )
    );
    assert_eq!(bound.basis[0].date, Some(date(2006, 10, 23)));
    assert!(bound.basis[0].article.as_deref().unwrap().contains("Art. 23"));
    let stated = effective(row.clone(), date(2006, 6, 3));
    let by_source = participations(&instrument("apmbc"), &[stated], &[], &[list("26-5")], &|_| None);
    assert_eq!(
        by_source.of("Montenegro").on(date(2006, 6, 3)).word,
        StandingWord::Bound
    );
    let unknown = participations(&instrument("apmbc"), &[row], &[], &[list("26-5")], &|_| None);
    let bound = unknown.of("Montenegro").on(date(2006, 10, 23));
    assert_eq!(
        (bound.word, bound.since_basis),
        (StandingWord::Bound, Some(SinceBasis::NoLater))
    );
    assert_eq!(
        unknown.of("Montenegro").on(date(2006, 10, 22)).word,
        StandingWord::NotBound
    );
}

#[test]
fn a_successor_may_notify_on_the_day_on_which_it_begins_and_not_before() {
    // South Sudan became independent on 9 July 2011.
    let row = mine("South Sudan", Act::Succession, "2011-11-11");
    let on = |began: Date| {
        let day = move |_: &str| Some(began);
        participations(
            &instrument("apmbc"),
            std::slice::from_ref(&row),
            &[],
            &[list("26-5")],
            &day,
        )
    };
    for began in [date(2011, 7, 9), date(2011, 11, 11)] {
        let bound = on(began).of("South Sudan").on(date(2012, 1, 1));
        assert_eq!(
            (bound.since, bound.since_basis),
            (Some(began), Some(SinceBasis::Succession))
        );
    }
    let after = on(date(2011, 11, 12));
    assert!(finding(&after).contains("as of 2011-11-12 by the list of states, which is after it"));
    let bound = after.of("South Sudan").on(date(2012, 1, 1));
    assert_eq!(
        (bound.since, bound.since_basis),
        (Some(date(2011, 11, 11)), Some(SinceBasis::NoLater))
    );
}

#[test]
fn no_successor_is_bound_before_the_instrument_is() {
    let row = action("4-11", "Slovenia", Act::Succession, "1992-07-06");
    let day = |_: &str| Some(date(1990, 6, 25));
    let told = participations(&instrument("crc"), &[row], &[], &[list("4-11")], &day);
    assert_eq!(told.of("Slovenia").on(date(1993, 1, 1)).since, Some(date(1990, 9, 2)));
}

#[test]
fn provisional_application_needs_an_article_and_ends_with_the_entry_into_force() {
    let rows = [
        action("26-6", "X", Act::Signature, "2008-12-03"),
        action("26-6", "X", Act::ProvisionalApplication, "2008-12-03"),
        action("26-6", "X", Act::Ratification, "2009-05-01"),
    ];
    let ccm = told(&instrument("ccm"), &rows, &[]).of("X");
    let on = |day: Date| ccm.on(day).word;
    use StandingWord::{Bound, Provisional};
    assert_eq!(
        [on(date(2008, 12, 3)), on(date(2010, 7, 31)), on(date(2010, 8, 1))],
        [Provisional, Provisional, Bound]
    );
    assert_eq!(
        ccm.on(date(2010, 1, 1)).basis.last().unwrap().article.as_deref(),
        Some("18")
    );
    // On its signature alone at first; then its consent stands too.
    assert!(!ccm.consented_on(date(2009, 4, 30)) && ccm.consented_on(date(2009, 5, 1)));
    let both = ccm.on(date(2009, 5, 1));
    assert_eq!(
        (both.since, both.ahead),
        (Some(date(2008, 12, 3)), Some(date(2010, 8, 1)))
    );
    let rome = told(
        &instrument("rome-statute"),
        &[action("18-10", "X", Act::ProvisionalApplication, "2001-01-01")],
        &[],
    );
    assert_eq!(rome.of("X").on(date(2001, 6, 1)).word, StandingWord::NotBound);
    assert!(finding(&rome).contains("no article of Rome Statute provides for it"));
}

#[test]
fn a_definitive_signature_consents() {
    let rows = [mine("X", Act::DefinitiveSignature, "2004-08-20")];
    assert_eq!(stands(&rows, date(2005, 2, 1)).word, StandingWord::Bound);
}

#[test]
fn an_extension_to_a_territory_makes_nobody_a_party() {
    assert_eq!(
        stands(
            &[mine("X", Act::TerritorialApplication, "2004-08-20")],
            date(2010, 1, 1)
        )
        .word,
        StandingWord::NotBound
    );
}

#[test]
fn of_a_year_alone_it_is_said_when_it_is_certain_and_when_it_is_not_known() {
    let row = year(action("4-11-b", "X", Act::RatificationOrAccession, "2003-01-01"));
    let told = told(&instrument("opac"), &[row], &[]).of("X");
    let on = |day: Date| told.on(day).word;
    use StandingWord::{Bound, Deposited, NotBound, Unknown};
    assert_eq!(
        [on(date(2002, 12, 31)), on(date(2003, 1, 1)), on(date(2003, 12, 30))],
        [NotBound, Unknown, Unknown]
    );
    // Deposited by the last day of 2003 at the latest; Art. 10(2): one month later.
    assert_eq!(
        [on(date(2003, 12, 31)), on(date(2004, 1, 30)), on(date(2004, 1, 31))],
        [Deposited, Deposited, Bound]
    );
    let bound = told.on(date(2010, 1, 1));
    assert_eq!(
        (bound.since, bound.since_basis),
        (Some(date(2003, 2, 1)), Some(SinceBasis::YearOnly))
    );
    assert_eq!(bound.basis[0].date, None);
}

#[test]
fn of_a_list_without_days_it_is_bound_no_later_than_the_list() {
    let row = from(
        dateless(action("4-11-b", "X", Act::Ratification, "2003-01-01")),
        "dol",
        date(2017, 12, 31),
        false,
    );
    let told = told(&instrument("opac"), &[row], &[]).of("X");
    assert_eq!(told.on(date(2017, 12, 30)).word, StandingWord::Unknown);
    let bound = told.on(date(2017, 12, 31));
    assert_eq!(
        (bound.word, bound.since, bound.since_basis, bound.verified),
        (
            StandingWord::Bound,
            Some(date(2017, 12, 31)),
            Some(SinceBasis::NoLater),
            false
        )
    );
}

#[test]
fn a_year_that_fits_to_a_day_is_the_same_consent_and_another_year_is_told() {
    let day = mine("X", Act::Accession, "2004-08-20");
    let fits = from(
        year(mine("X", Act::RatificationOrAccession, "2004-01-01")),
        "years",
        date(2022, 8, 1),
        false,
    );
    let same = told(&instrument("apmbc"), &[day.clone(), fits.clone()], &[]);
    assert_eq!(same.findings, []);
    assert!(same.of("X").on(date(2010, 1, 1)).verified);
    let other = Action {
        date: Some(date(2006, 1, 1)),
        ..fits
    };
    let differs = told(&instrument("apmbc"), &[other, day], &[]);
    let message = finding(&differs);
    assert!(
        message.contains("2004-08-20 by depositary") && message.contains("the year 2006 by years"),
        "{message}"
    );
    assert_eq!(differs.of("X").on(date(2010, 1, 1)).since, Some(date(2005, 2, 1)));
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_years_of_2022_fit_to_the_depositarys_days_but_for_five() {
    let mut told_of = Vec::new();
    for (id, name) in [("crc", "crc"), ("opac", "op_crc_ac"), ("opsc", "op_crc_sc")] {
        let instrument = instrument(id);
        let (list, mut actions) = depositary(&instrument.numbers[0]);
        actions.extend(years(name, &instrument.numbers[0]));
        let told = participations(&instrument, &actions, &[], &[list], &|_| None);
        told_of.extend(told.findings.into_iter().map(|finding| finding.participant));
        assert!(told.histories["Norway"].on(date(2015, 1, 1)).verified);
    }
    // The list of 2022 has the years of Pakistan, Palau and Panama in the wrong rows, and the predecessor's for Serbia.
    assert_eq!(told_of, ["Pakistan", "Palau", "Panama", "Serbia", "New Zealand"]);
}

#[test]
fn of_two_days_in_verified_lists_the_newer_vintage_stands() {
    let old = from(mine("X", Act::Accession, "2004-08-20"), "old", date(2010, 1, 1), true);
    let new = from(mine("X", Act::Accession, "2004-09-20"), "new", date(2020, 1, 1), true);
    let both = told(&instrument("apmbc"), &[old, new], &[]);
    let message = finding(&both);
    assert!(
        message.starts_with("accession of 2004-09-20 by new") && message.contains("2004-08-20 by old"),
        "{message}"
    );
    assert_eq!(both.of("X").on(date(2010, 1, 1)).since, Some(date(2005, 3, 1)));
}

#[test]
fn a_verified_day_stands_beside_a_newer_one_that_is_not() {
    let verified = from(mine("X", Act::Accession, "2004-08-20"), "untc", date(2015, 1, 1), true);
    let other = from(
        mine("X", Act::Accession, "2004-08-29"),
        "press",
        date(2025, 1, 1),
        false,
    );
    let both = told(&instrument("apmbc"), &[other, verified], &[]);
    assert!(finding(&both).ends_with("the former stands"));
    assert!(both.of("X").on(date(2010, 1, 1)).verified);
}

#[test]
fn what_cannot_be_is_put_aside_and_told() {
    let accession = mine("X", Act::Accession, "2004-08-20");
    for (rows, reason) in [
        (
            vec![mine("X", Act::Ratification, "1990-01-01")],
            "before Mine Ban Convention was adopted on 1997-09-18",
        ),
        (
            vec![year(mine("X", Act::Ratification, "1990-01-01"))],
            "ratification of the year 1990, before Mine Ban Convention was adopted",
        ),
        (
            vec![mine("X", Act::Ratification, "2026-05-05")],
            "which is after 2026-01-01, up to which depositary speaks",
        ),
        (
            vec![accession.clone(), mine("X", Act::Signature, "2004-08-21")],
            "after its accession of 2004-08-20",
        ),
        (
            vec![accession.clone(), mine("X", Act::Accession, "2006-08-21")],
            "nothing between that ended the first",
        ),
        (
            vec![mine("X", Act::Withdrawal, "2006-01-01")],
            "gave notice of withdrawal on 2006-01-01",
        ),
        (
            vec![accession.clone(), mine("X", Act::Withdrawal, "2004-09-01")],
            "when it was not in force for it",
        ),
        (
            vec![accession.clone(), mine("X", Act::WithdrawalRevoked, "2006-01-01")],
            "none was running",
        ),
        (
            vec![accession.clone(), mine("X", Act::SuspensionEnded, "2006-01-01")],
            "none was declared",
        ),
        (
            vec![mine("X", Act::Suspension, "2006-01-01")],
            "declared a suspension on 2006-01-01",
        ),
        (
            vec![mine("X", Act::WithdrawalAnnounced, "2006-01-01")],
            "said that it will leave on 2006-01-01",
        ),
    ] {
        let with = told(&instrument("apmbc"), &rows, &[]);
        assert!(finding(&with).contains(reason), "{}", finding(&with));
        // What is put aside changes nothing.
        let kept: Vec<Action> = rows.iter().filter(|row| **row == accession).cloned().collect();
        assert_eq!(
            with.of("X").on(date(2020, 1, 1)).word,
            told(&instrument("apmbc"), &kept, &[]).of("X").on(date(2020, 1, 1)).word
        );
    }
}

#[test]
fn a_declaration_changes_no_standing_and_is_told() {
    let rows = [
        mine("X", Act::Accession, "2004-08-20"),
        mine("X", Act::Declaration, "2006-01-01"),
    ];
    let standing = stands(&rows, date(2006, 1, 1));
    assert!(standing.declaration && standing.word == StandingWord::Bound);
    assert!(!stands(&rows, date(2005, 12, 31)).declaration);
}

#[test]
fn newer_rows_of_a_participant_reach_further_than_the_list() {
    let row = from(
        mine("X", Act::Accession, "2026-02-02"),
        "press",
        date(2026, 3, 1),
        false,
    );
    let told = told(&instrument("apmbc"), &[row], &[]);
    assert_eq!(told.of("X").list, Some(("press".to_string(), date(2026, 3, 1))));
    assert_eq!(told.of("Y").known_to, Some(date(2026, 1, 1)));
    assert_eq!(counts(&told, date(2026, 9, 1)).unverified, 1);
}
