//! What the tests of duties and deadlines share: instruments with their true articles, parties with a few changes, rows.

use jiff::civil::Date;
use lysoen_agenda::standing::{Change, DeadlineState, Occurrence, SinceBasis};
use lysoen_agenda::{
    Basis, Catalog, Commitment, CommitmentKind, Finding, History, Origin, StandingWord, rules::deadlines::deadlines,
    rules::duties::occurrences,
};

/// The instruments that are shipped.
pub(crate) fn catalog() -> Catalog {
    Catalog::builtin().clone()
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
