//! When an instrument entered into force, and since when it is in force for a participant.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Findings;
use super::consent::Consent;
use super::rows::{exact, first_day, last_day, source, when};
use crate::fact::{Act, Action, List};
use crate::instrument::Instrument;
use crate::standing::SinceBasis;

/// By what a successor is bound from the day on which it succeeded.
const SUCCESSION: &str = "Vienna Convention on Succession of States in respect of Treaties (1978), Art. 23";

/// The instrument's own entry into force.
pub(super) struct InForce {
    /// The day.
    pub(super) day: Option<Date>,
    /// How it came about, where it is not published.
    pub(super) note: Option<String>,
}

/// The published day; where there is none, the day that follows from the consent that makes up the number. A list tells
/// of it only if it is complete and gives the day of every consent.
pub(super) fn of(
    instrument: &Instrument,
    rows: &BTreeMap<&str, Vec<&Action>>,
    lists: &[&List],
    findings: &mut Findings,
) -> InForce {
    let mut complete: Vec<&List> = lists.iter().copied().filter(|list| list.complete).collect();
    complete.sort_by(|a, b| (b.verified, b.as_of, &b.source).cmp(&(a.verified, a.as_of, &a.source)));
    let computed = complete.iter().find_map(|list| computed(instrument, rows, list));
    let (Some(published), Some((day, note))) = (instrument.entered_into_force, &computed) else {
        let published = instrument.entered_into_force;
        let (day, note) = computed.unzip();
        let note = note.filter(|_| published.is_none());
        return InForce {
            day: published.or(day),
            note,
        };
    };
    if published != *day {
        findings.add(
            "",
            format!("{note}, and {published} is published; the published day stands"),
            None,
        );
    }
    InForce {
        day: Some(published),
        note: None,
    }
}

/// The day by a complete list, and how it comes about. A succession adds none to the number: the predecessor's consent
/// counts.
fn computed(instrument: &Instrument, rows: &BTreeMap<&str, Vec<&Action>>, list: &List) -> Option<(Date, String)> {
    let rule = instrument.entry.as_ref()?;
    let mut days = Vec::new();
    for rows in rows.values() {
        let own = rows
            .iter()
            .filter(|row| row.origin.source == list.source && row.act.consents());
        let consents: Vec<&&Action> = own.filter(|row| row.act != Act::Succession).collect();
        if consents.iter().any(|row| exact(row).is_none()) {
            return None;
        }
        days.extend(consents.iter().filter_map(|row| exact(row)).min());
    }
    days.sort_unstable();
    let last = *days.get(usize::from(rule.consents).checked_sub(1)?)?;
    let day = rule.original.after(last)?;
    let note = format!(
        "by Art. {} it is in force since {day}, {} after the {}th consent on {last}, by {} as of {}",
        rule.article, rule.original, rule.consents, list.source, list.as_of
    );
    Some((day, note))
}

/// Since when an instrument is in force for a participant.
pub(super) struct Since {
    /// The day: with [`SinceBasis::YearOnly`] the first that can be, otherwise that from which it holds.
    pub(super) day: Date,
    /// The first day on which it is certain.
    pub(super) from: Date,
    /// How it came about.
    pub(super) basis: SinceBasis,
    /// The article.
    pub(super) article: Option<String>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
}

/// Since when it is in force for who gave this consent; none where it is not in force yet.
pub(super) fn since(
    instrument: &Instrument,
    entry: &InForce,
    consent: Consent<'_>,
    succeeded: Option<Date>,
    findings: &mut Findings,
) -> Option<Since> {
    let mut since = if consent.row.act == Act::Succession {
        by_succession(entry, consent, succeeded, findings)
    } else if let Some(day) = exact(consent.row) {
        by_rule(instrument, entry, consent, day, findings)
    } else {
        without_day(instrument, entry, consent, findings)
    }?;
    if let Some(note) = entry.note.as_ref().filter(|_| entry.day == Some(since.day)) {
        since.notes.push(format!("{note}."));
    }
    Some(since)
}

/// The later of the instrument's entry into force and the end of the time after a deposit, with its article.
fn rule_day(instrument: &Instrument, entry: Date, deposit: Date) -> Option<(Date, Option<String>)> {
    let rule = instrument.entry.as_ref()?;
    let later = rule.later.after(deposit)?;
    let article = if later > entry {
        &rule.later_article
    } else {
        &rule.article
    };
    Some((later.max(entry), Some(article.clone())))
}

/// By a consent of which the day is known. A day of effect that the source states and that differs from the rule's
/// stands where it is verified, as the depositary's word; otherwise the rule's day stands.
fn by_rule(
    instrument: &Instrument,
    entry: &InForce,
    consent: Consent<'_>,
    deposit: Date,
    findings: &mut Findings,
) -> Option<Since> {
    let rule = entry.day.and_then(|entry| rule_day(instrument, entry, deposit));
    let made = |day, basis, article, notes| Since {
        day,
        from: day,
        basis,
        article,
        notes,
    };
    let Some((stated, row)) = consent.effective else {
        return rule.map(|(day, article)| made(day, SinceBasis::Rule, article, Vec::new()));
    };
    let participant = &row.participant;
    if stated < deposit {
        let message = format!(
            "in force for it since {stated} by {}, before its {} of {deposit}; that day is not used",
            source(row),
            consent.row.act
        );
        findings.add(participant, message, Some(&row.origin));
        return rule.map(|(day, article)| made(day, SinceBasis::Rule, article, Vec::new()));
    }
    match rule {
        None => Some(made(
            stated,
            SinceBasis::Source,
            None,
            vec![format!("The day is that of {}.", source(row))],
        )),
        Some((day, article)) if day == stated => Some(made(day, SinceBasis::Rule, article, Vec::new())),
        Some((day, article)) => {
            let which = if row.origin.verified {
                "the source's"
            } else {
                "the treaty's"
            };
            let by = article.as_deref().unwrap_or_default();
            let told = format!(
                "In force for it since {stated} by {}, and since {day} by Art. {by}; {which} day stands",
                source(row)
            );
            findings.add(participant, told.clone(), Some(&row.origin));
            let notes = vec![format!("{told}.")];
            Some(match row.origin.verified {
                true => made(stated, SinceBasis::Source, None, notes),
                false => made(day, SinceBasis::Rule, article, notes),
            })
        }
    }
}

/// By a consent of which the year is known or nothing: certain only from the last day on which it can have been given,
/// and the time after it. Who stands in a list without a day is bound by that list's day.
fn without_day(
    instrument: &Instrument,
    entry: &InForce,
    consent: Consent<'_>,
    findings: &mut Findings,
) -> Option<Since> {
    let (row, entry) = (consent.row, entry.day?);
    let last = last_day(row);
    let Some(first) = first_day(row) else {
        let day = last.max(entry);
        let article = instrument.entry.as_ref().map(|rule| rule.later_article.clone());
        return Some(Since {
            day,
            from: day,
            basis: SinceBasis::NoLater,
            article,
            notes: vec![format!(
                "{} gives no day: it is bound no later than {day}.",
                source(row)
            )],
        });
    };
    let (earliest, _) = rule_day(instrument, entry, first)?;
    let (certain, article) = rule_day(instrument, entry, last)?;
    if let Some((stated, row)) = consent.effective {
        if (earliest..=certain).contains(&stated) {
            return Some(Since {
                day: stated,
                from: stated,
                basis: SinceBasis::Source,
                article,
                notes: vec![format!("The day is that of {}.", source(row))],
            });
        }
        let message = format!(
            "in force for it since {stated} by {}, which does not fit to {} in {}; that day is not used",
            source(row),
            row.act,
            when(row)
        );
        findings.add(&row.participant, message, Some(&row.origin));
    }
    let note = format!(
        "The source gives {} alone: in force for it since {earliest} at the earliest, for certain since {certain}.",
        when(row)
    );
    Some(Since {
        day: earliest,
        from: certain,
        basis: SinceBasis::YearOnly,
        article,
        notes: vec![note],
    })
}

/// By succession: from the day on which the state began, which its notification makes good for the time before. Where
/// that day is not known, no later than the notification.
fn by_succession(
    entry: &InForce,
    consent: Consent<'_>,
    succeeded: Option<Date>,
    findings: &mut Findings,
) -> Option<Since> {
    let (row, entry) = (consent.row, entry.day?);
    let notified = last_day(row);
    let told = |day: Date| format!("by a notification of {}, the succession is as of {day}", when(row));
    let stated = consent.effective.filter(|(day, _)| *day <= notified);
    if let (Some((stated, by)), Some(known)) = (stated, succeeded)
        && stated != known
    {
        let which = if by.origin.verified { "the former" } else { "the latter" };
        let message = format!(
            "{} by {}, and as of {known} by the list of states; {which} stands",
            told(stated),
            source(by)
        );
        findings.add(&row.participant, message, Some(&by.origin));
    }
    if let Some(known) = succeeded.filter(|known| *known > notified) {
        let message = format!(
            "{} by the list of states, which is after it; that day is not used",
            told(known)
        );
        findings.add(&row.participant, message, Some(&row.origin));
    }
    let verified = stated.filter(|(_, by)| by.origin.verified).map(|(day, _)| day);
    let known = succeeded.filter(|known| *known <= notified);
    let day = verified.or(known).or(stated.map(|(day, _)| day));
    let (from, basis) = day.map_or((notified, SinceBasis::NoLater), |day| (day, SinceBasis::Succession));
    let day = from.max(entry);
    let note = match basis {
        SinceBasis::Succession => format!("It succeeded on {from}, and notified it on {notified}."),
        _ => format!("The day on which it succeeded is not known: it is bound no later than {day}."),
    };
    Some(Since {
        day,
        from: day,
        basis,
        article: Some(SUCCESSION.to_string()),
        notes: vec![note],
    })
}
