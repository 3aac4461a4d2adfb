//! The history of a participant: its signature, its memberships one after another, and what was said in between.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::consent::{Consent, settle};
use super::entry::{InForce, Since, since};
use super::rows::{Step, basis, exact, first_day, last_day, source, steps, when};
use super::spans::{Span, Weight, changes};
use super::withdrawal::{Leaving, Member};
use super::{Findings, Floor};
use crate::fact::{Act, Action, Commitment, CommitmentKind};
use crate::instrument::Instrument;
use crate::standing::{Basis, Change, History, SinceBasis, Standing, StandingWord};

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

/// A membership: a consent, and how it ended.
struct Membership<'a> {
    consent: Consent<'a>,
    since: Option<Since>,
    gone: Option<Date>,
}

/// A participant's steps, and the times that follow from them.
struct Course<'c, 'a> {
    terms: &'c Terms<'c>,
    participant: &'c str,
    rows: &'c [&'a Action],
    commitments: &'c [&'a Commitment],
    notices: Vec<Step<'a>>,
    revocations: Vec<Step<'a>>,
    suspended: Vec<Step<'a>>,
    resumed: Vec<Step<'a>>,
    announced: Vec<Step<'a>>,
    /// Steps that were used, by act and day.
    used: BTreeSet<(Act, Date)>,
    memberships: Vec<Membership<'a>>,
    spans: Vec<Span>,
}

impl<'c, 'a> Course<'c, 'a> {
    fn new(
        terms: &'c Terms<'c>,
        participant: &'c str,
        rows: &'c [&'a Action],
        commitments: &'c [&'a Commitment],
    ) -> Course<'c, 'a> {
        let floor = terms.floor.changes().into_iter().map(|change| Span {
            from: change.from,
            until: None,
            weight: Weight::Floor,
            change,
        });
        Course {
            terms,
            participant,
            rows,
            commitments,
            notices: steps(rows, &[Act::Withdrawal]),
            revocations: steps(rows, &[Act::WithdrawalRevoked]),
            suspended: steps(rows, &[Act::Suspension]),
            resumed: steps(rows, &[Act::SuspensionEnded]),
            announced: steps(rows, &[Act::WithdrawalAnnounced]),
            used: BTreeSet::new(),
            memberships: Vec::new(),
            spans: floor.collect(),
        }
    }

    /// Its memberships, one after another: a consent after it has left begins a new one.
    fn memberships(&mut self, findings: &mut Findings) {
        let mut claims: Vec<&Action> = self.rows.iter().copied().filter(|row| row.act.consents()).collect();
        let mut start = None;
        while !claims.is_empty() {
            let end = self.first_end(&claims, start);
            let later = |claim: &&Action| first_day(claim).is_some_and(|day| end.is_some_and(|end| day >= end));
            let (next, own): (Vec<&Action>, Vec<&Action>) = claims.into_iter().partition(later);
            let Some(consent) = settle(self.participant, &own, findings) else {
                return;
            };
            let gone = self.membership(
                consent,
                start,
                next.iter().filter_map(|row| first_day(row)).min(),
                findings,
            );
            if gone.is_none() {
                for claim in &next {
                    let message = format!(
                        "{} of {} by {}, though it is bound already; it is not used",
                        claim.act,
                        when(claim),
                        source(claim)
                    );
                    findings.add(self.participant, message, Some(&claim.origin));
                }
                return;
            }
            (claims, start) = (next, gone);
        }
    }

    /// When the first membership that these consents can tell of ended: consents after that day tell of another one.
    fn first_end(&self, claims: &[&'a Action], start: Option<Date>) -> Option<Date> {
        let row = *claims.iter().min_by_key(|claim| (first_day(claim), last_day(claim)))?;
        let consent = Consent {
            row,
            effective: row.effective.map(|day| (day, row)),
        };
        let mut aside = Findings::new(self.terms.instrument);
        let since = self.since(consent, &mut aside)?;
        self.leaving(&since, &[], start, &mut aside).gone
    }

    fn since(&self, consent: Consent<'a>, findings: &mut Findings) -> Option<Since> {
        let succeeded = (self.terms.succeeded)(self.participant);
        since(self.terms.instrument, self.terms.entry, consent, succeeded, findings)
    }

    fn leaving(&self, since: &Since, bound: &[Basis], start: Option<Date>, findings: &mut Findings) -> Leaving {
        let from = self.notices.partition_point(|notice| Some(notice.day) < start);
        let member = Member {
            instrument: self.terms.instrument,
            participant: self.participant,
            since,
            bound,
            commitments: self.commitments,
            notices: &self.notices[from..],
            revocations: &self.revocations,
        };
        member.leaves(findings)
    }

    /// A membership from its consent to its end. Gives the first day on which it is gone.
    fn membership(
        &mut self,
        consent: Consent<'a>,
        start: Option<Date>,
        next: Option<Date>,
        findings: &mut Findings,
    ) -> Option<Date> {
        let since = self.since(consent, findings);
        let article = since.as_ref().and_then(|since| since.article.as_deref());
        let signature = steps(self.rows, &[Act::Signature, Act::SuccessionToSignature]);
        let signature = signature
            .iter()
            .find(|step| step.day <= last_day(consent.row) && start.is_none());
        let mut rests: Vec<Basis> = signature.map(|step| basis(step.row, None)).into_iter().collect();
        rests.push(basis(consent.row, article));
        let gone = since
            .as_ref()
            .and_then(|since| self.bound(since, &rests, start, next, findings));
        self.deposited(consent, since.as_ref(), &rests, gone);
        self.memberships.push(Membership { consent, since, gone });
        gone
    }

    /// The time between a consent and its effect, and that in which it may have been given.
    fn deposited(&mut self, consent: Consent<'a>, since: Option<&Since>, rests: &[Basis], gone: Option<Date>) {
        let row = consent.row;
        let last = last_day(row);
        if exact(row).is_none() {
            let unsure = Span::from(last, Weight::Unsure, StandingWord::Unknown, rests.to_vec());
            let note = format!(
                "{} gives {} for its {}: it is not known on which day it consented.",
                source(row),
                when(row),
                row.act
            );
            let mut unsure = unsure.until(Some(last)).notes([note]);
            unsure.from = first_day(row);
            unsure.change.since = None;
            self.spans.push(unsure);
        }
        let deposited = Span::from(last, Weight::Deposited, StandingWord::Deposited, rests.to_vec());
        let ahead = since.map(|since| since.from);
        let notes = since
            .iter()
            .filter(|since| since.basis != SinceBasis::Rule)
            .flat_map(|since| since.notes.clone());
        self.spans.push(deposited.until(gone).ahead(ahead).notes(notes));
    }

    /// The time for which it is bound, and what holds within it. Gives the first day on which it is gone.
    fn bound(
        &mut self,
        since: &Since,
        rests: &[Basis],
        start: Option<Date>,
        next: Option<Date>,
        findings: &mut Findings,
    ) -> Option<Date> {
        let leaving = self.leaving(since, rests, start, findings);
        let gone = leaving.gone;
        let bound = Span::from(since.from, Weight::Bound, StandingWord::Bound, rests.to_vec()).until(gone);
        self.spans
            .push(bound.since(since.day, since.basis).notes(since.notes.clone()));
        for span in &leaving.spans {
            match span.weight {
                Weight::Withdrawn => self.spans.push(span.clone().until(next)),
                _ => self.spans.extend(span.clone().within(since.from, gone)),
            }
        }
        self.used
            .extend(leaving.notices.iter().map(|day| (Act::Withdrawal, *day)));
        self.used
            .extend(leaving.revoked.iter().map(|day| (Act::WithdrawalRevoked, *day)));
        self.announcements(since, rests, gone);
        self.suspensions(since, rests, gone);
        self.contested(since, rests, gone);
        gone
    }

    /// A time within a membership.
    fn within(&mut self, since: &Since, gone: Option<Date>, span: Span) {
        let span = span.since(since.day, since.basis);
        self.spans.extend(span.within(since.from, gone));
    }

    /// What it said publicly, until it gives notice or takes it back.
    fn announcements(&mut self, since: &Since, rests: &[Basis], gone: Option<Date>) {
        for step in self.announced.clone() {
            if step.day < since.from || gone.is_some_and(|gone| step.day >= gone) {
                continue;
            }
            self.used.insert((Act::WithdrawalAnnounced, step.day));
            let notice = self
                .notices
                .iter()
                .map(|notice| notice.day)
                .find(|day| *day >= step.day);
            let back = self
                .revocations
                .iter()
                .map(|back| back.day)
                .find(|day| *day >= step.day);
            if let Some(back) = back.filter(|back| notice.is_none_or(|notice| *back < notice)) {
                self.used.insert((Act::WithdrawalRevoked, back));
            }
            let end = notice.into_iter().chain(back).min();
            let note = "It has said that it will leave; that is no notice to the depositary.".to_string();
            let said = self.also(step, Weight::Announced, StandingWord::WithdrawalAnnounced, rests, note);
            self.within(since, gone, said.until(end));
        }
    }

    /// The time for which it says that it does not apply the instrument.
    fn suspensions(&mut self, since: &Since, rests: &[Basis], gone: Option<Date>) {
        for step in self.suspended.clone() {
            if step.day < since.from || gone.is_some_and(|gone| step.day >= gone) {
                continue;
            }
            self.used.insert((Act::Suspension, step.day));
            let end = self.resumed.iter().map(|end| end.day).find(|day| *day >= step.day);
            self.used.extend(end.map(|end| (Act::SuspensionEnded, end)));
            let note = format!(
                "It has declared a suspension, and no article of {} provides for one: how it stands is contested.",
                self.terms.instrument.short
            );
            let contested = self.also(step, Weight::Contested, StandingWord::Contested, rests, note);
            self.within(since, gone, contested.until(end));
        }
    }

    /// The times for which it is recorded that how it stands is contested.
    fn contested(&mut self, since: &Since, rests: &[Basis], gone: Option<Date>) {
        for row in self
            .commitments
            .iter()
            .filter(|row| row.kind == CommitmentKind::Contested)
        {
            let mut rests = rests.to_vec();
            rests.push(Basis {
                act: row.kind.word().to_string(),
                date: row.date,
                article: None,
                origin: Some(row.origin.clone()),
            });
            let from = row.date.unwrap_or(since.from);
            let end = row.until.and_then(|until| until.checked_add(1.day()).ok());
            let span = Span::from(from, Weight::Contested, StandingWord::Contested, rests).until(end);
            self.within(since, gone, span.notes(row.note.clone()));
        }
    }

    /// A step that it took while it is bound.
    fn also(&self, step: Step<'a>, weight: Weight, word: StandingWord, rests: &[Basis], note: String) -> Span {
        let mut rests = rests.to_vec();
        rests.push(basis(step.row, None));
        Span::from(step.day, weight, word, rests)
            .notes([note])
            .notes(step.note())
    }

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

    /// That it applies the instrument before it is in force for it, where an article provides for it.
    fn provisional(&mut self, findings: &mut Findings) {
        for step in steps(self.rows, &[Act::ProvisionalApplication]) {
            let Some(article) = &self.terms.instrument.provisional else {
                let message = format!(
                    "provisional application since {} by {}, and no article of {} provides for it; it is not used",
                    when(step.row),
                    source(step.row),
                    self.terms.instrument.short
                );
                findings.add(self.participant, message, Some(&step.row.origin));
                continue;
            };
            let membership = self
                .memberships
                .iter()
                .find(|own| own.gone.is_none_or(|gone| step.day < gone));
            let mut rests = Vec::new();
            let (mut from, mut end, mut ahead) = (step.day, None, None);
            if let Some(own) = membership {
                end = own.since.as_ref().map(|since| since.from).or(own.gone);
                // Before its consent it may apply it on its signature alone.
                if last_day(own.consent.row) <= step.day {
                    from = step.day;
                    ahead = own.since.as_ref().map(|since| since.from);
                    rests.push(basis(
                        own.consent.row,
                        ahead.and(own.since.as_ref()).and_then(|since| since.article.as_deref()),
                    ));
                }
            }
            rests.push(basis(step.row, Some(article)));
            let span = Span::from(from, Weight::Provisional, StandingWord::Provisional, rests);
            self.spans
                .extend(span.ahead(ahead).notes(step.note()).within(from, end));
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
            notes.push(format!(
                "By {source}, a list as of {as_of}; later changes are not known."
            ));
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
