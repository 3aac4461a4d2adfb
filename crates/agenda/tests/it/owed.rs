//! What the tests of duties and deadlines share: instruments with their true articles, parties with a few changes, rows.

use jiff::civil::Date;
use lysoen_agenda::standing::{Change, DeadlineState, Occurrence, SinceBasis};
use lysoen_agenda::{
    Basis, Catalog, Commitment, CommitmentKind, Finding, History, Origin, StandingWord, rules::deadlines::deadlines,
    rules::duties::occurrences,
};

/// Mine Ban Convention, Arts 4, 5, 7, 17, 20.
const APMBC: &str = r#"
    id = "apmbc"
    title = "Convention on the Prohibition of Anti-Personnel Mines"
    short = "Mine Ban Convention"
    elements = [1]
    kind = "treaty"
    adopted = "1997-09-18"
    entered_into_force = "1999-03-01"
    entry = { article = "17(1)", consents = 40, original = "first day of the 6th month", later_article = "17(2)", later = "first day of the 6th month" }
    withdrawal = { article = "20(3)", wait = "6 months", armed_conflict = "20(3)" }
    [[duty]]
    id = "apmbc.7.1"
    title = "first report"
    article = "7(1)"
    due = { rule = "after-entry", wait = "180 days" }
    [[duty]]
    id = "apmbc.7.2"
    title = "yearly report"
    article = "7(2)"
    due = { rule = "yearly", on = "04-30", after = "apmbc.7.1" }
    [[deadline]]
    id = "apmbc.4"
    title = "destroy the stockpile"
    article = "4"
    wait = "4 years"
    warn_months = [12]
    concerns = "parties with a stockpile"
    [[deadline]]
    id = "apmbc.5"
    title = "clear the mined areas"
    article = "5(1)"
    wait = "10 years"
    extension = "5(3)-(6)"
    at_most = "10 years"
    warn_months = [24, 18, 12, 9]
    concerns = "parties with mined areas"
    [[read]]
    text = "UNTS 2056, p. 211"
"#;

/// Arms Trade Treaty, Arts 13, 22.
const ATT: &str = r#"
    id = "att"
    title = "Arms Trade Treaty"
    short = "Arms Trade Treaty"
    elements = [2]
    kind = "treaty"
    adopted = "2013-04-02"
    entered_into_force = "2014-12-24"
    entry = { article = "22(1)", consents = 50, original = "90 days", later_article = "22(2)", later = "90 days" }
    [[duty]]
    id = "att.13.1"
    title = "initial report"
    article = "13(1)"
    due = { rule = "after-entry", wait = "1 year" }
    [[duty]]
    id = "att.13.3"
    title = "annual report"
    article = "13(3)"
    due = { rule = "yearly", on = "05-31" }
    [[read]]
    text = "UNTS 3013"
"#;

/// Convention on the Rights of the Child, Arts 44, 49.
const CRC: &str = r#"
    id = "crc"
    title = "Convention on the Rights of the Child"
    short = "Rights of the Child"
    elements = [3]
    kind = "treaty"
    adopted = "1989-11-20"
    entered_into_force = "1990-09-02"
    entry = { article = "49(1)", consents = 20, original = "30 days", later_article = "49(2)", later = "30 days" }
    [[duty]]
    id = "crc.44.1a"
    title = "initial report"
    article = "44(1)(a)"
    due = { rule = "after-entry", wait = "2 years" }
    [[duty]]
    id = "crc.44.1b"
    title = "periodic report"
    article = "44(1)(b)"
    due = { rule = "every", wait = "5 years", after = "crc.44.1a" }
    [[read]]
    text = "UNTS 1577, p. 3"
"#;

/// Optional Protocol on children in armed conflict, Arts 8, 10.
const OPAC: &str = r#"
    id = "opac"
    title = "Optional Protocol on the involvement of children in armed conflict"
    short = "Children in armed conflict"
    elements = [3]
    kind = "protocol"
    adopted = "2000-05-25"
    entered_into_force = "2002-02-12"
    entry = { article = "10(1)", consents = 10, original = "3 months", later_article = "10(2)", later = "1 month" }
    [[duty]]
    id = "opac.8.1"
    title = "initial report"
    article = "8(1)"
    due = { rule = "after-entry", wait = "2 years" }
    [[duty]]
    id = "opac.8.2"
    title = "further reports"
    article = "8(2)"
    due = { rule = "with", duty = "crc.44.1b", after = "opac.8.1", otherwise = "5 years" }
    [[read]]
    text = "UNTS 2173, p. 222"
"#;

/// Optional Protocol on the sale of children, Arts 12, 14.
const OPSC: &str = r#"
    id = "opsc"
    title = "Optional Protocol on the sale of children, child prostitution and child pornography"
    short = "Sale of children"
    elements = [6]
    kind = "protocol"
    adopted = "2000-05-25"
    entered_into_force = "2002-01-18"
    entry = { article = "14(1)", consents = 10, original = "3 months", later_article = "14(2)", later = "1 month" }
    [[duty]]
    id = "opsc.12.1"
    title = "initial report"
    article = "12(1)"
    due = { rule = "after-entry", wait = "2 years" }
    [[duty]]
    id = "opsc.12.2"
    title = "further reports"
    article = "12(2)"
    due = { rule = "with", duty = "crc.44.1b", after = "opsc.12.1", otherwise = "5 years" }
    [[read]]
    text = "UNTS 2171, p. 227"
"#;

/// Covenant on Civil and Political Rights, Arts 40, 49: after the first report whenever the Committee so requests.
const ICCPR: &str = r#"
    id = "iccpr"
    title = "International Covenant on Civil and Political Rights"
    short = "Civil and political rights"
    elements = [4]
    kind = "treaty"
    adopted = "1966-12-16"
    entered_into_force = "1976-03-23"
    entry = { article = "49(1)", consents = 35, original = "3 months", later_article = "49(2)", later = "3 months" }
    [[duty]]
    id = "iccpr.40.1b"
    title = "periodic report"
    article = "40(1)(b)"
    due = { rule = "set", by = "the Human Rights Committee" }
    [[read]]
    text = "UNTS 999, p. 171"
"#;

/// Programme of Action on small arms: it asks, and binds nobody. The day of 2026 is that of the note on the ninth meeting.
const POA: &str = r#"
    id = "poa"
    title = "Programme of Action on the Illicit Trade in Small Arms and Light Weapons"
    short = "Programme of Action"
    elements = [2]
    kind = "political"
    adopted = "2001-07-20"
    [[duty]]
    id = "poa.report"
    title = "national report"
    article = "II.33"
    voluntary = true
    due = { rule = "dates", on = [{ date = "2026-05-15", covers = "2024-2025", source = "meetings.unoda.org, BMS9" }] }
    [[read]]
    text = "A/CONF.192/15"
"#;

pub(crate) fn catalog() -> Catalog {
    let texts = [
        ("apmbc.toml", APMBC),
        ("att.toml", ATT),
        ("crc.toml", CRC),
        ("opac.toml", OPAC),
        ("opsc.toml", OPSC),
        ("iccpr.toml", ICCPR),
        ("poa.toml", POA),
    ];
    Catalog::of(texts).unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A change on a day; for who is bound it is in force since that day.
pub(crate) fn change(word: StandingWord, from: &str) -> Change {
    Change {
        from: Some(day(from)),
        word,
        since: Some(day(from)),
        since_basis: Some(SinceBasis::Rule),
        ahead: None,
        basis: Vec::new(),
        notes: Vec::new(),
    }
}

pub(crate) fn history(instrument: &str, participant: &str, changes: Vec<Change>) -> History {
    History {
        instrument: instrument.to_string(),
        participant: participant.to_string(),
        changes,
        known_to: None,
        list: None,
        declarations: Vec::new(),
    }
}

/// A party for which an instrument is in force since a day.
pub(crate) fn bound(instrument: &str, participant: &str, since: &str) -> History {
    history(instrument, participant, vec![change(StandingWord::Bound, since)])
}

/// A party whose entry into force is not known exactly.
pub(crate) fn unsure(instrument: &str, participant: &str, since: &str, basis: SinceBasis) -> History {
    let mut history = bound(instrument, participant, since);
    history.changes[0].since_basis = Some(basis);
    history
}

/// Estonia gave notice on 27 June 2025; six months later it left (Mine Ban Convention, Art. 20(3)).
pub(crate) fn estonia() -> History {
    let mut notified = change(StandingWord::WithdrawalNotified, "2025-06-27");
    notified.since = Some(day("2004-11-01"));
    notified.ahead = Some(day("2025-12-27"));
    let changes = vec![
        change(StandingWord::Bound, "2004-11-01"),
        notified,
        change(StandingWord::Withdrawn, "2025-12-27"),
    ];
    history("apmbc", "EST", changes)
}

/// A row of a list about a duty or deadline.
pub(crate) fn row(kind: CommitmentKind, duty: &str, participant: &str, date: &str, until: &str) -> Commitment {
    let optional = |text: &str| (!text.is_empty()).then(|| day(text));
    Commitment {
        id: format!("{kind} {duty} {participant} {date} {until}"),
        kind,
        element: None,
        instrument: duty.split('.').next().map(str::to_string),
        duty: duty.contains('.').then(|| duty.to_string()),
        participant: (!participant.is_empty()).then(|| participant.to_string()),
        date: optional(date),
        covers: None,
        until: optional(until),
        document: None,
        note: None,
        origin: Origin {
            source: "made".to_string(),
            as_of: day("2026-10-01"),
            verified: false,
            file: "made.csv".to_string(),
            row: 1,
        },
    }
}

pub(crate) fn report(duty: &str, participant: &str, received: &str, covers: &str) -> Commitment {
    let mut report = row(CommitmentKind::Report, duty, participant, received, "");
    report.covers = (!covers.is_empty()).then(|| covers.to_string());
    report
}

/// A register of an instrument's reports, or of one duty's.
pub(crate) fn register(duty: &str, from: &str, until: &str) -> Commitment {
    row(CommitmentKind::Register, duty, "", from, until)
}

pub(crate) fn day_set(duty: &str, participant: &str, decided: &str, due: &str) -> Commitment {
    row(CommitmentKind::DueSet, duty, participant, decided, due)
}

/// What a party owes in a window, known on a day, with its histories in other instruments.
pub(crate) fn owed_with(
    history: &History,
    others: &[History],
    rows: &[Commitment],
    window: [&str; 2],
    on: &str,
) -> (Vec<Occurrence>, Vec<Finding>) {
    let catalog = catalog();
    let instrument = catalog.instrument(&history.instrument).unwrap();
    let others = |id: &str| others.iter().find(|other| other.instrument == id).cloned();
    let window = day(window[0])..=day(window[1]);
    occurrences(&catalog, instrument, history, &others, rows, window, day(on))
}

/// What a party owes, where nothing is odd in the rows.
pub(crate) fn owed(history: &History, rows: &[Commitment], window: [&str; 2], on: &str) -> Vec<Occurrence> {
    let (owed, findings) = owed_with(history, &[], rows, window, on);
    assert_eq!(findings, []);
    owed
}

/// Duty and day of each.
pub(crate) fn days(owed: &[Occurrence]) -> Vec<String> {
    let day = |one: &Occurrence| one.due.map_or("?".to_string(), |day| day.to_string());
    owed.iter().map(|one| format!("{} {}", one.duty, day(one))).collect()
}

/// Day, word and what is told of each.
pub(crate) fn told(owed: &[Occurrence]) -> Vec<String> {
    let day = |one: &Occurrence| one.due.map_or("?".to_string(), |day| day.to_string());
    owed.iter()
        .map(|one| format!("{} {}: {}", day(one), one.word, one.told))
        .collect()
}

/// How it stands with a party's deadlines.
pub(crate) fn standing(history: &History, rows: &[Commitment], on: &str) -> (Vec<DeadlineState>, Vec<Finding>) {
    let catalog = catalog();
    let instrument = catalog.instrument(&history.instrument).unwrap();
    deadlines(instrument, history, rows, day(on))
}

/// The acts, days and articles that something rests on.
pub(crate) fn rests_on(basis: &[Basis]) -> Vec<String> {
    let told = |one: &Basis| {
        let day = one.date.map_or("?".to_string(), |day| day.to_string());
        format!("{} {day} {}", one.act, one.article.as_deref().unwrap_or("-"))
    };
    basis.iter().map(told).collect()
}
