//! Published days of entry into force, state by state, against the articles. None of the days was computed by the
//! rules.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use lysoen_agenda::rules::participation::participations;
use lysoen_agenda::standing::SinceBasis;
use lysoen_agenda::{Act, StandingWord};

use crate::fixture::{action, depositary, instrument, later, real, told, unpublished};

/// Instrument, state, deposit, published day of entry into force.
type Case = (&'static str, &'static str, &'static str, &'static str);

#[rustfmt::skip]
const CASES: &[Case] = &[
    // treaties.un.org, showDetails.aspx?objid=08000002803628c4 (UNTS No. 52373): "Date of Notification/Deposit", "Date
    // of Effect".
    ("att", "Afghanistan", "2020-07-29", "2020-10-27"),
    ("att", "Albania", "2014-03-19", "2014-12-24"),
    ("att", "Andorra", "2022-12-02", "2023-03-02"),
    ("att", "Antigua and Barbuda", "2013-08-12", "2014-12-24"),
    ("att", "Argentina", "2014-09-25", "2014-12-24"),
    ("att", "Australia", "2014-06-03", "2014-12-24"),
    ("att", "Austria", "2014-06-03", "2014-12-24"),
    ("att", "Barbados", "2015-05-20", "2015-08-18"),
    ("att", "Belgium", "2014-06-03", "2014-12-24"),
    ("att", "Belize", "2015-03-19", "2015-06-17"),
    ("att", "Benin", "2016-11-07", "2017-02-05"),
    // treaties.un.org, showDetails.aspx?objid=080000028004a854 (UNTS No. 35457): the same columns.
    ("safety", "Albania", "2001-03-30", "2001-04-29"),
    ("safety", "Argentina", "1997-01-06", "1999-01-15"),
    ("safety", "Australia", "2000-12-04", "2001-01-03"),
    ("safety", "Austria", "2000-09-06", "2000-10-06"),
    ("safety", "Azerbaijan", "2000-08-03", "2000-09-02"),
    ("safety", "Bangladesh", "1999-09-22", "1999-10-22"),
    ("safety", "Belarus", "2000-11-29", "2000-12-29"),
    ("safety", "Belgium", "2002-02-19", "2002-03-21"),
    ("safety", "Benin", "2017-11-02", "2017-12-02"),
    // treaties.un.org, showDetails.aspx?objid=080000028004a866 (UNTS A-35457): the same columns.
    ("safety-op", "Austria", "2007-10-01", "2010-08-19"),
    ("safety-op", "Azerbaijan", "2010-03-18", "2010-08-19"),
    ("safety-op", "Belgium", "2012-10-03", "2012-11-02"),
    ("safety-op", "Benin", "2017-11-02", "2017-12-02"),
    ("safety-op", "Bosnia and Herzegovina", "2009-10-01", "2010-08-19"),
    ("safety-op", "Colombia", "2016-06-10", "2016-07-10"),
    // verdragen.nl/en/Treaty/Details/009290_w (treaty database of the Netherlands): "Ratification", "Entry into force".
    ("opsc", "Afghanistan", "2002-09-19", "2002-10-19"),
    ("opsc", "Albania", "2008-02-05", "2008-03-05"),
    ("opsc", "Algeria", "2006-12-27", "2007-01-27"),
    ("opsc", "Andorra", "2001-04-30", "2002-01-18"),
    ("opsc", "Angola", "2005-03-24", "2005-04-24"),
    ("opsc", "Antigua and Barbuda", "2002-04-30", "2002-05-30"),
    ("opsc", "Armenia", "2005-06-30", "2005-07-30"),
    ("opsc", "Australia", "2007-01-08", "2007-02-08"),
    ("opsc", "Austria", "2004-05-06", "2004-06-06"),
    ("opsc", "Azerbaijan", "2002-07-03", "2002-08-03"),
    ("opsc", "Bahamas", "2015-09-28", "2015-10-28"),
    ("opsc", "Bahrain", "2004-09-21", "2004-10-21"),
    // Netherlands Red Cross, humanitair-oorlogsrecht, of the Netherlands.
    ("opac", "Netherlands", "2009-09-24", "2009-10-24"),
    // Tractatenblad 2011, 68, part E: "Ratificatie", "In werking".
    ("ccm", "Albania", "2009-06-16", "2010-08-01"),
    ("ccm", "Antigua and Barbuda", "2010-08-23", "2011-02-01"),
    ("ccm", "Belgium", "2009-12-22", "2010-08-01"),
    ("ccm", "Bosnia and Herzegovina", "2010-09-07", "2011-03-01"),
    ("ccm", "Burkina Faso", "2010-02-16", "2010-08-01"),
    ("ccm", "Burundi", "2009-09-25", "2010-08-01"),
    ("ccm", "Chile", "2010-12-16", "2011-06-01"),
    ("ccm", "Comoros", "2010-07-28", "2011-01-01"),
    // Classified compilation of Swiss law, 0.515.093.
    ("ccm", "Switzerland", "2012-07-17", "2013-01-01"),
    // Tractatenblad 2007, 71, part E.
    ("tip", "Albania", "2002-08-21", "2003-12-25"),
    ("tip", "Algeria", "2004-03-09", "2004-04-08"),
    ("tip", "Australia", "2005-09-14", "2005-10-14"),
    ("tip", "Bahrain", "2004-06-07", "2004-07-07"),
    ("tip", "Belgium", "2004-08-11", "2004-09-10"),
    ("tip", "Belize", "2003-09-26", "2003-12-25"),
    ("tip", "Benin", "2004-08-30", "2004-09-29"),
    ("tip", "Brazil", "2004-01-29", "2004-02-28"),
    ("tip", "Central African Republic", "2006-10-06", "2006-11-05"),
    ("tip", "Colombia", "2004-08-04", "2004-09-03"),
    ("tip", "Germany", "2006-06-14", "2006-07-14"),
    ("tip", "Egypt", "2004-03-05", "2004-04-04"),
    // Deposits by the UN Treaty Collection; days of the treaty database of the Netherlands as given by inview.nl for
    // Trb. 2005, 244.
    ("uncac", "Afghanistan", "2008-08-25", "2008-09-24"),
    ("uncac", "Albania", "2006-05-25", "2006-06-24"),
    ("uncac", "Algeria", "2004-08-25", "2005-12-14"),
    ("uncac", "Angola", "2006-08-29", "2006-09-28"),
    ("uncac", "Antigua and Barbuda", "2006-06-21", "2006-07-21"),
    ("uncac", "Argentina", "2006-08-28", "2006-09-27"),
    ("uncac", "Armenia", "2007-03-08", "2007-04-07"),
    ("uncac", "Australia", "2005-12-07", "2006-01-06"),
    ("uncac", "Bahamas", "2008-01-10", "2008-02-09"),
    ("uncac", "Bahrain", "2010-10-05", "2010-11-04"),
    ("uncac", "Brunei Darussalam", "2008-12-02", "2009-01-01"),
    ("uncac", "Colombia", "2006-10-27", "2006-11-26"),
    // Classified compilation of Swiss law, 0.311.54 and 0.107; Bundesgesetzblatt 1992 II p. 990 for Germany.
    ("untoc", "Switzerland", "2006-10-27", "2006-11-26"),
    ("crc", "Switzerland", "1997-02-24", "1997-03-26"),
    ("crc", "Germany", "1992-03-06", "1992-04-05"),
    // Wikipedia, "States parties to the Rome Statute", column "Entry into force", and its notes.
    ("rome-statute", "Afghanistan", "2003-02-10", "2003-05-01"),
    ("rome-statute", "Albania", "2003-01-31", "2003-05-01"),
    ("rome-statute", "Andorra", "2001-04-30", "2002-07-01"),
    ("rome-statute", "Antigua and Barbuda", "2001-06-18", "2002-07-01"),
    ("rome-statute", "Argentina", "2001-02-08", "2002-07-01"),
    ("rome-statute", "Armenia", "2023-11-14", "2024-02-01"),
    ("rome-statute", "Australia", "2002-07-01", "2002-09-01"),
    ("rome-statute", "Austria", "2000-12-28", "2002-07-01"),
    ("rome-statute", "Bangladesh", "2010-03-23", "2010-06-01"),
    ("rome-statute", "Colombia", "2002-08-05", "2002-11-01"),
    ("rome-statute", "Côte d'Ivoire", "2013-02-15", "2013-05-01"),
    ("rome-statute", "Grenada", "2011-05-19", "2011-08-01"),
    ("rome-statute", "Tunisia", "2011-06-24", "2011-09-01"),
    // Classified compilation of Swiss law, 0.515.092; Belgian Red Cross; Landmine Monitor 2008 for Palau's entry into
    // force (it dates the deposit to 18 November, the UN Treaty Collection to the 19th).
    ("apmbc", "Switzerland", "1998-03-24", "1999-03-01"),
    ("apmbc", "Belgium", "1998-09-04", "1999-03-01"),
    ("apmbc", "Palau", "2007-11-19", "2008-05-01"),
    // Releases of the implementation support unit, as in later_actions.csv of the shared data.
    ("apmbc", "Oman", "2014-08-20", "2015-02-01"),
    ("apmbc", "Sri Lanka", "2017-12-13", "2018-06-01"),
    ("apmbc", "State of Palestine", "2017-12-29", "2018-06-01"),
    ("apmbc", "Marshall Islands", "2025-03-12", "2025-09-01"),
    ("apmbc", "Tonga", "2025-06-25", "2025-12-01"),
];

#[test]
fn there_are_sixty_cases_of_eight_treaties() {
    let treaties: std::collections::BTreeSet<&str> = CASES.iter().map(|case| case.0).collect();
    assert!(
        CASES.len() >= 60 && treaties.len() >= 8,
        "{} of {}",
        CASES.len(),
        treaties.len()
    );
}

#[test]
fn an_instrument_is_in_force_for_a_state_from_its_published_day() {
    for (id, state, deposit, published) in CASES {
        let (instrument, published) = (instrument(id), published.parse::<Date>().unwrap());
        let number = &instrument.numbers[0];
        let told = told(&instrument, &[action(number, state, Act::Ratification, deposit)], &[]);
        let standing = told.of(state).on(published);
        assert_eq!(
            (standing.word, standing.since, standing.since_basis),
            (StandingWord::Bound, Some(published), Some(SinceBasis::Rule)),
            "{id}, {state}"
        );
        assert_eq!(standing.basis[0].article, Some(article(id, published)), "{id}, {state}");
        let before = told.of(state).on(published.checked_sub(1.day()).unwrap());
        assert_eq!(
            (before.word, before.ahead),
            (StandingWord::Deposited, Some(published)),
            "{id}, {state}"
        );
        assert_eq!(told.findings, []);
    }
}

/// The article for who was bound with the instrument, or for who joined later.
fn article(id: &str, day: Date) -> String {
    let first = instrument(id).entered_into_force == Some(day);
    let articles = [
        ("att", "22"),
        ("safety", "27"),
        ("safety-op", "VI"),
        ("opsc", "14"),
        ("opac", "10"),
        ("ccm", "17"),
        ("tip", "17"),
        ("uncac", "68"),
        ("untoc", "38"),
        ("crc", "49"),
        ("rome-statute", "126"),
        ("apmbc", "17"),
    ];
    let number = articles.iter().find(|(known, _)| *known == id).unwrap().1;
    format!("{number}({})", if first { 1 } else { 2 })
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_deposits_of_the_cases_stand_in_the_depositarys_lists() {
    let mut seen = 0;
    for (id, state, deposit, _) in CASES {
        let (list, actions) = depositary(&instrument(id).numbers[0]);
        let deposit: Date = deposit.parse().unwrap();
        let own = actions
            .iter()
            .filter(|action| action.participant == *state && action.act.consents());
        let days: Vec<Option<Date>> = own.map(|action| action.date).collect();
        if deposit <= list.as_of {
            assert_eq!(days, [Some(deposit)], "{id}, {state}");
            seen += 1;
        }
    }
    assert!(seen >= 60, "{seen}");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_published_entries_into_force_follow_from_the_dated_lists() {
    for (id, published) in [
        ("apmbc", date(1999, 3, 1)),
        ("ccm", date(2010, 8, 1)),
        ("rome-statute", date(2002, 7, 1)),
        ("untoc", date(2003, 9, 29)),
        ("tip", date(2003, 12, 25)),
        ("smuggling", date(2004, 1, 28)),
        ("firearms", date(2005, 7, 3)),
        ("opac", date(2002, 2, 12)),
        ("opsc", date(2002, 1, 18)),
        ("safety", date(1999, 1, 15)),
        ("safety-op", date(2010, 8, 19)),
        ("crc", date(1990, 9, 2)),
        ("uncac", date(2005, 12, 14)),
    ] {
        let instrument = unpublished(id);
        let (list, actions) = depositary(&instrument.numbers[0]);
        let told = participations(&instrument, &actions, &[], &[list], &|_| None);
        assert_eq!(told.entry, Some(published), "{id}: {:?}", told.findings);
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_arms_trade_treaty_is_not_in_force_by_a_list_of_forty_one() {
    let instrument = unpublished("att");
    let (list, actions) = depositary("26-8");
    let told = participations(&instrument, &actions, &[], &[list], &|_| None);
    assert_eq!(told.entry, None);
    let albania = told.of("Albania").on(date(2014, 12, 24));
    assert_eq!(
        (albania.word, albania.since, albania.ahead),
        (StandingWord::Deposited, Some(date(2014, 3, 19)), None)
    );
    // 41 states had consented; Serbia, which had only signed, applied it provisionally.
    assert_eq!(told.of("Serbia").on(date(2014, 6, 1)).word, StandingWord::Provisional);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn a_withdrawal_takes_effect_on_its_published_day() {
    // Art. 20(3) of the Mine Ban Convention: six months; Art. 127(1) of the Rome Statute: one year.
    for (id, state, notice, effect) in [
        ("apmbc", "Estonia", date(2025, 6, 27), date(2025, 12, 27)),
        ("apmbc", "Latvia", date(2025, 6, 27), date(2025, 12, 27)),
        ("apmbc", "Lithuania", date(2025, 6, 27), date(2025, 12, 27)),
        ("apmbc", "Finland", date(2025, 7, 10), date(2026, 1, 10)),
        ("apmbc", "Poland", date(2025, 8, 20), date(2026, 2, 20)),
        ("rome-statute", "Burundi", date(2016, 10, 27), date(2017, 10, 27)),
        ("rome-statute", "Philippines", date(2018, 3, 17), date(2019, 3, 17)),
        ("rome-statute", "Hungary", date(2025, 6, 2), date(2026, 6, 2)),
    ] {
        // By the rule alone, and with the day that the list gives.
        let instrument = instrument(id);
        let (list, mut actions) = depositary(&instrument.numbers[0]);
        for mut action in later(&instrument.numbers[0]) {
            action.effective = None;
            actions.push(action);
        }
        let by_rule = participations(&instrument, &actions, &[], &[list], &|_| None);
        for told in [by_rule, real(id)] {
            let history = told.of(state);
            let before = history.on(effect.checked_sub(1.day()).unwrap());
            assert_eq!(
                (before.word, before.ahead),
                (StandingWord::WithdrawalNotified, Some(effect)),
                "{state}"
            );
            assert_eq!(
                history.on(notice.checked_sub(1.day()).unwrap()).word,
                StandingWord::Bound,
                "{state}"
            );
            let after = history.on(effect);
            assert_eq!(
                (after.word, after.since),
                (StandingWord::Withdrawn, Some(effect)),
                "{state}"
            );
            assert!(!after.verified);
        }
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_notices_of_south_africa_and_gambia_never_took_effect() {
    let rome = real("rome-statute");
    for (state, notice, revoked, since) in [
        ("South Africa", date(2016, 10, 19), date(2017, 3, 7), date(2002, 7, 1)),
        ("Gambia", date(2016, 11, 10), date(2017, 2, 10), date(2002, 9, 1)),
    ] {
        let history = rome.of(state);
        assert_eq!(history.on(notice).word, StandingWord::WithdrawalNotified, "{state}");
        let later = history.on(date(2024, 1, 1));
        assert_eq!(
            (later.word, later.since),
            (StandingWord::WithdrawalRevoked, Some(since)),
            "{state}"
        );
        let note = format!("The notice of {notice} was taken back on {revoked}.");
        assert!(later.notes.contains(&note), "{:?}", later.notes);
    }
}
