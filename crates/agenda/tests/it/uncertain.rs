//! Where no day is told because none is certain.

use lysoen_agenda::Catalog;
use lysoen_agenda::rules::duties::occurrences;
use lysoen_agenda::standing::{DutyWord, SinceBasis};

use crate::owed::{bound, day, day_set, days, owed, owed_with, register, report, told, unsure};

/// A day after all that is asked for here.
const NOW: &str = "2026-10-01";

#[test]
fn a_protocol_has_no_day_where_the_convention_is_not_known() {
    let window = ["2003-01-01", "2015-12-31"];
    let (owed, _) = owed_with(&bound("opac", "XXX", "2003-01-23"), &[], &[], window, NOW);
    assert_eq!(days(&owed), ["opac.8.1 2005-01-23", "opac.8.2 ?"]);
    assert_eq!(
        (owed[1].word, owed[1].told.as_str()),
        (DutyWord::Unknown, "its day is not known")
    );
    assert_eq!(
        owed[1].notes,
        ["It follows from that of another duty, which is not known. No day is told where none is certain."]
    );
}

#[test]
fn a_year_alone_gives_no_day_and_yearly_reports_from_the_first_certain_year() {
    // Consent in 1999: in force by 1 June 2000 at the latest (31 December, then Art. 17(2): the first day of the 6th month).
    // 180 days later is 28 November 2000, so that 30 April 2001 is the first that is certain.
    let party = unsure("apmbc", "XXX", "1999-01-01", SinceBasis::YearOnly);
    let owed_then = owed(&party, &[], ["1999-01-01", "2002-12-31"], NOW);
    assert_eq!(
        days(&owed_then),
        ["apmbc.7.2 2001-04-30", "apmbc.7.2 2002-04-30", "apmbc.7.1 ?"]
    );
    assert_eq!(
        (owed_then[2].word, owed_then[2].told.as_str()),
        (DutyWord::Unknown, "its day is not known")
    );
    let why = "The source gives the year alone: it is in force for it since 1999 at the earliest, on a day that is not known.";
    assert_eq!(
        owed_then[0].notes,
        [format!(
            "{why} That it is owed is certain from 30 Apr 2001 on; earlier days are not told."
        )]
    );
    assert_eq!(
        owed_then[2].notes,
        [format!("{why} No day is told where none is certain.")]
    );
    // The first report was due from 30 June 1999 to 28 November 2000: it is not told where it cannot lie.
    assert_eq!(
        days(&owed(&party, &[], ["2000-11-29", "2001-12-31"], NOW)),
        ["apmbc.7.2 2001-04-30"]
    );
    assert_eq!(days(&owed(&party, &[], ["1999-01-01", "1999-06-29"], NOW)), [""; 0]);
}

#[test]
fn a_latest_day_gives_no_day_either() {
    let party = unsure("crc", "XXX", "1995-03-01", SinceBasis::NoLater);
    let window = ["1990-01-01", "2012-12-31"];
    assert_eq!(days(&owed(&party, &[], window, NOW)), ["crc.44.1a ?", "crc.44.1b ?"]);
    // A day that was set is certain all the same, and so are those that count from it.
    let set = [day_set("crc.44.1b", "XXX", "2002-02-01", "2006-03-01")];
    assert_eq!(
        days(&owed(&party, &set, window, NOW)),
        [
            "crc.44.1b 2006-03-01",
            "crc.44.1b 2011-03-01",
            "crc.44.1a ?",
            "crc.44.1b ?"
        ]
    );
    assert_eq!(
        days(&owed(&party, &set, ["2006-03-02", "2012-12-31"], NOW)),
        ["crc.44.1b 2011-03-01"]
    );
    let yearly = owed(
        &unsure("att", "XXX", "2015-08-01", SinceBasis::NoLater),
        &[],
        ["2014-01-01", "2017-12-31"],
        NOW,
    );
    assert_eq!(days(&yearly), ["att.13.3 2017-05-31", "att.13.1 ?"]);
}

#[test]
fn the_protocol_has_no_day_where_that_of_the_convention_is_uncertain() {
    let convention = unsure("crc", "XXX", "1991-01-01", SinceBasis::YearOnly);
    let window = ["2003-01-01", "2012-12-31"];
    let (owed, _) = owed_with(&bound("opac", "XXX", "2003-01-23"), &[convention], &[], window, NOW);
    assert_eq!(days(&owed), ["opac.8.1 2005-01-23", "opac.8.2 ?"]);
}

#[test]
fn a_report_without_a_due_day_is_received_and_neither_in_time_nor_late() {
    let party = unsure("apmbc", "XXX", "1999-01-01", SinceBasis::YearOnly);
    let rows = [
        report("apmbc.7.1", "XXX", "2000-03-01", ""),
        register("apmbc", "1999-01-01", "2026-09-01"),
    ];
    let window = ["1999-01-01", "2000-12-31"];
    assert_eq!(
        told(&owed(&party, &rows, window, NOW)),
        ["? submission-unknown: submitted on 1 Mar 2000; whether in time is unknown"]
    );
    // A register makes nobody overdue whose day is not known.
    assert_eq!(
        told(&owed(&party, &rows[1..], window, NOW)),
        ["? submission-unknown: its day is not known"]
    );
}

#[test]
fn two_duties_that_each_come_after_the_other_have_no_day() {
    let text = r#"
        id = "made"
        title = "Made"
        short = "Made"
        elements = [4]
        kind = "treaty"
        adopted = "1990-01-01"
        entry = { article = "1", consents = 1, original = "1 day", later_article = "2", later = "1 day" }
        [[duty]]
        id = "made.1"
        title = "one"
        article = "1"
        due = { rule = "every", wait = "1 year", after = "made.2" }
        [[duty]]
        id = "made.2"
        title = "other"
        article = "2"
        due = { rule = "every", wait = "1 year", after = "made.1" }
        [[read]]
        text = "made"
    "#;
    let catalog = Catalog::of([("made.toml", text)]).unwrap();
    let instrument = catalog.instrument("made").unwrap();
    let history = bound("made", "XXX", "1995-01-01");
    let window = day("1995-01-01")..=day("2005-01-01");
    let (owed, _) = occurrences(&catalog, instrument, &history, &|_| None, &[], window, day(NOW));
    assert_eq!(days(&owed), ["made.1 ?", "made.2 ?"]);
}
