//! The memberships of a participant, one after another: from a consent to the end, and what was said in between.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Findings;
use super::consent::{Consent, settle};
use super::entry::{Since, since};
use super::history::Terms;
use super::rows::{Step, basis, exact, first_day, last_day, source, steps, when};
use super::spans::{Span, Weight};
use super::withdrawal::{Leaving, Member};
use crate::fact::{Act, Action, Commitment, CommitmentKind};
use crate::standing::{Basis, SinceBasis, StandingWord};

/// A membership: a consent, and how it ended.
pub(super) struct Membership<'a> {
    pub(super) consent: Consent<'a>,
    pub(super) since: Option<Since>,
    pub(super) gone: Option<Date>,
    /// On what it rests.
    pub(super) rests: Vec<Basis>,
}

/// A participant's steps, and the times that follow from them.
pub(super) struct Course<'c, 'a> {
    pub(super) terms: &'c Terms<'c>,
    pub(super) participant: &'c str,
    pub(super) rows: &'c [&'a Action],
    pub(super) commitments: &'c [&'a Commitment],
    pub(super) notices: Vec<Step<'a>>,
    pub(super) revocations: Vec<Step<'a>>,
    pub(super) suspended: Vec<Step<'a>>,
    pub(super) resumed: Vec<Step<'a>>,
    pub(super) announced: Vec<Step<'a>>,
    /// Steps that were used, by act and day.
    pub(super) used: BTreeSet<(Act, Date)>,
    pub(super) memberships: Vec<Membership<'a>>,
    pub(super) spans: Vec<Span>,
}

impl<'c, 'a> Course<'c, 'a> {
    pub(super) fn new(
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
    pub(super) fn memberships(&mut self, findings: &mut Findings) {
        let mut claims: Vec<&Action> = self.rows.iter().copied().filter(|row| row.act.consents()).collect();
        let mut start = None;
        while !claims.is_empty() {
            let end = self.first_end(&claims, start);
            let later = |claim: &&Action| first_day(claim).is_some_and(|day| end.is_some_and(|end| day >= end));
            let (next, own): (Vec<&Action>, Vec<&Action>) = claims.into_iter().partition(later);
            let Some(consent) = settle(self.participant, &own, findings) else {
                return;
            };
            let anew = next.iter().filter_map(|row| first_day(row)).min();
            start = self.membership(consent, start, anew, findings);
            let Some(gone) = start else {
                for claim in &next {
                    let (act, day, by) = (claim.act, when(claim), source(claim));
                    let message = format!("{act} of {day} by {by}, though it is bound already; it is not used");
                    findings.add(self.participant, message, Some(&claim.origin));
                }
                return;
            };
            for claim in own.iter().filter(|claim| first_day(claim).is_none()) {
                let as_of = claim.origin.as_of;
                if as_of >= gone && anew.is_none_or(|day| day > as_of) {
                    let message = format!("stands in {} without a day, and it left on {gone}", source(claim));
                    findings.add(self.participant, message, Some(&claim.origin));
                }
            }
            claims = next;
        }
    }

    /// When the first membership that these consents can tell of ended: consents after that day tell of another one.
    fn first_end(&self, claims: &[&'a Action], start: Option<Date>) -> Option<Date> {
        let first = |claim: &&&Action| (exact(claim).is_none(), first_day(claim).is_none(), last_day(claim));
        let row = *claims.iter().min_by_key(first)?;
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
        self.memberships.push(Membership {
            consent,
            since,
            gone,
            rests,
        });
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
}
