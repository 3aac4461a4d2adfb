//! The history of a participant: its signature, its memberships one after another, and what was said in between.

use jiff::civil::Date;

use super::entry::InForce;
use super::membership::{Course, Membership};
use super::rows::{Step, basis, exact, first_day, last_day, source, steps, when};
use super::spans::{Span, Weight, changes};
use super::{Findings, Floor};
use crate::fact::{Act, Action, Commitment, CommitmentKind};
use crate::instrument::Instrument;
use crate::standing::{Basis, Change, History, LATER_UNKNOWN, Standing, StandingWord};

/// What decides how a participant stands, beside its own rows.
pub(super) struct Terms<'t> {
    pub(super) instrument: &'t Instrument,
    pub(super) entry: &'t InForce,
    pub(super) floor: &'t Floor,
    pub(super) succeeded: &'t dyn Fn(&str) -> Option<Date>,
}

impl Terms<'_> {
    /// How a participant has stood, by its rows.
    pub(super) fn history(
        &self,
        participant: &str,
        rows: &[&Action],
        commitments: &[&Commitment],
        findings: &mut Findings,
    ) -> History {
        let mut course = Course::new(self, participant, rows, commitments);
        course.memberships(findings);
        course.signed(findings);
        course.provisional(findings);
        course.left_over(findings);
        let list = self.floor.reach(rows);
        let declarations = rows.iter().filter(|row| row.act == Act::Declaration);
        History {
            instrument: self.instrument.id.clone(),
            participant: participant.to_string(),
            changes: changes(&course.spans),
            known_to: list.as_ref().map(|(_, as_of)| *as_of),
            list,
            declarations: declarations.map(|row| basis(row, None)).collect(),
        }
    }
}

impl Course<'_, '_> {
    /// Its signature. A signature after the consent cannot be.
    fn signed(&mut self, findings: &mut Findings) {
        let signatures = steps(self.rows, &[Act::Signature, Act::SuccessionToSignature]);
        let first_membership = self.memberships.first();
        let gone = first_membership.and_then(|own| own.gone);
        let consent = first_membership.and_then(|own| Some((exact(own.consent.row)?, own.consent.row)));
        let late = |signed: Date, consented: Date| signed > consented && gone.is_none_or(|gone| signed < gone);
        let mut first = true;
        for step in signatures {
            if let Some((day, row)) =
                consent.filter(|(day, _)| first_day(step.row).is_some_and(|signed| late(signed, *day)))
            {
                let message = format!(
                    "{} of {} by {}, after its {} of {day}; it is not used",
                    step.row.act,
                    when(step.row),
                    source(step.row),
                    row.act
                );
                findings.add(self.participant, message, Some(&step.row.origin));
            } else if std::mem::take(&mut first) {
                let span = Span::from(
                    step.day,
                    Weight::Signed,
                    StandingWord::Signed,
                    vec![basis(step.row, None)],
                );
                self.spans.push(span.notes(step.note()));
            }
        }
    }

    /// That it applies the instrument before it is in force for it, where an article provides for it. It may do so on
    /// its signature alone; from its consent on, that stands beside it.
    fn provisional(&mut self, findings: &mut Findings) {
        for step in steps(self.rows, &[Act::ProvisionalApplication]) {
            let Some(article) = &self.terms.instrument.provisional else {
                let (day, by, short) = (when(step.row), source(step.row), &self.terms.instrument.short);
                let message = format!(
                    "provisional application since {day} by {by}, and no article of {short} provides for it; it is not \
                     used"
                );
                findings.add(self.participant, message, Some(&step.row.origin));
                continue;
            };
            let applies = basis(step.row, Some(article));
            let span = |from, rests| {
                Span::from(from, Weight::Provisional, StandingWord::Provisional, rests).notes(step.note())
            };
            let current = |own: &&Membership<'_>| own.gone.is_none_or(|gone| step.day < gone);
            let Some(own) = self.memberships.iter().find(current) else {
                self.spans.push(span(step.day, vec![applies]));
                continue;
            };
            let ahead = own.since.as_ref().map(|since| since.from);
            let consented = last_day(own.consent.row);
            let mut rests = own.rests.clone();
            rests.push(applies.clone());
            let alone =
                span(step.day, vec![applies]).within(step.day, Some(ahead.map_or(consented, |day| day.min(consented))));
            let both = span(step.day, rests).ahead(ahead);
            let both = both.within(step.day.max(consented), ahead.or(own.gone));
            self.spans.extend(alone.into_iter().chain(both));
        }
    }

    /// Steps that fit to no membership.
    fn left_over(&mut self, findings: &mut Findings) {
        let told = |act| match act {
            Act::Withdrawal => ("gave notice of withdrawal", "it was not in force for it"),
            Act::WithdrawalRevoked => ("took a notice of withdrawal back", "none was running"),
            Act::Suspension => ("declared a suspension", "it was not in force for it"),
            Act::SuspensionEnded => ("ended a suspension", "none was declared"),
            _ => ("said that it will leave", "it was not in force for it"),
        };
        let all = [
            &self.notices,
            &self.revocations,
            &self.suspended,
            &self.resumed,
            &self.announced,
        ];
        // Notices within a membership have been told already.
        let inside = |step: &Step<'_>| {
            let bound = |own: &Membership<'_>| own.since.is_some() && own.gone.is_none_or(|gone| step.day < gone);
            step.row.act == Act::Withdrawal && self.memberships.iter().any(bound)
        };
        for step in all.into_iter().flatten().filter(|step| !inside(step)) {
            if !self.used.contains(&(step.row.act, step.day)) {
                let ((what, reason), day, by) = (told(step.row.act), when(step.row), source(step.row));
                let message = format!("{what} on {day} by {by}, and {reason}; it is not used");
                findings.add(self.participant, message, Some(&step.row.origin));
            }
        }
        let contested = self
            .commitments
            .iter()
            .find(|row| row.kind == CommitmentKind::Contested);
        if let Some(row) = contested.filter(|_| self.memberships.iter().all(|own| own.since.is_none())) {
            let message = "is recorded as contested, and it is not in force for it; the record is not used";
            findings.add(self.participant, message.to_string(), Some(&row.origin));
        }
    }
}

impl History {
    /// The change that holds on a day.
    pub fn change_on(&self, day: Date) -> Option<&Change> {
        let after = self.changes.partition_point(|change| change.from <= Some(day));
        self.changes.get(after.checked_sub(1)?)
    }

    /// How it stood on a day. It is told for days after the list's own too, with a note.
    pub fn on(&self, day: Date) -> Standing {
        let change = self.change_on(day);
        let basis = change.map(|change| change.basis.clone()).unwrap_or_default();
        let mut notes = change.map(|change| change.notes.clone()).unwrap_or_default();
        if let Some((source, as_of)) = self.list.as_ref().filter(|(_, as_of)| *as_of < day) {
            notes.push(format!("By {source}, a list as of {as_of}; {LATER_UNKNOWN}"));
        }
        let verified = |row: &Basis| row.origin.as_ref().is_none_or(|origin| origin.verified);
        Standing {
            instrument: self.instrument.clone(),
            participant: self.participant.clone(),
            on: day,
            word: change.map_or(StandingWord::Unknown, |change| change.word),
            since: change.and_then(|change| change.since),
            since_basis: change.and_then(|change| change.since_basis),
            ahead: change.and_then(|change| change.ahead),
            known_to: self.known_to,
            verified: !basis.is_empty() && basis.iter().all(verified),
            declaration: self
                .declarations
                .iter()
                .any(|row| row.date.is_none_or(|made| made <= day)),
            basis,
            notes,
        }
    }

    /// Whether its consent stands on a day, in force or not. Who applies it provisionally has not always consented.
    pub fn consented_on(&self, day: Date) -> bool {
        let change = self.change_on(day);
        change.is_some_and(|change| change.word.consented() && change.basis.iter().any(consents))
    }

    /// Its first consent of which the day is known.
    pub fn first_consent(&self) -> Option<&Basis> {
        let mut all = self.changes.iter().flat_map(|change| &change.basis);
        all.find(|row| consents(row) && row.date.is_some())
    }
}

/// Whether a basis is a consent to be bound.
pub(crate) fn consents(row: &Basis) -> bool {
    Act::of(&row.act).is_some_and(Act::consents)
}
