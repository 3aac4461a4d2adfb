//! How a participant leaves: notice, the time after it, an armed conflict that holds it up, and a notice that is taken
//! back.

use jiff::ToSpan;
use jiff::civil::Date;

use super::Findings;
use super::entry::Since;
use super::rows::{Step, basis, source};
use super::spans::{Span, Weight};
use crate::fact::{Commitment, CommitmentKind};
use crate::instrument::{Instrument, Withdrawal};
use crate::standing::{Basis, StandingWord};

/// For whom it is in force, and the steps that it took.
pub(super) struct Member<'m, 'a> {
    pub(super) instrument: &'m Instrument,
    pub(super) participant: &'m str,
    pub(super) since: &'m Since,
    /// On what it rests that it is bound.
    pub(super) bound: &'m [Basis],
    pub(super) commitments: &'m [&'a Commitment],
    /// Notices from the beginning of its membership on.
    pub(super) notices: &'m [Step<'a>],
    pub(super) revocations: &'m [Step<'a>],
}

/// How it left, or did not.
pub(super) struct Leaving {
    /// The times between.
    pub(super) spans: Vec<Span>,
    /// The first day on which it is gone.
    pub(super) gone: Option<Date>,
    /// The days of the notices that were taken back or counted.
    pub(super) notices: Vec<Date>,
    /// The days on which a notice was taken back.
    pub(super) revoked: Vec<Date>,
}

impl<'a> Member<'_, 'a> {
    /// What became of its notices.
    pub(super) fn leaves(&self, findings: &mut Findings) -> Leaving {
        let mut leaving = Leaving {
            spans: Vec::new(),
            gone: None,
            notices: Vec::new(),
            revoked: Vec::new(),
        };
        let mut free_from = self.since.from;
        for notice in self.notices {
            if leaving.gone.is_some_and(|gone| notice.day >= gone) {
                break;
            }
            if notice.day < free_from {
                let reason = match notice.day < self.since.from {
                    true => "when it was not in force for it; the notice is not used",
                    false => "while an earlier notice stood; the earlier one stands",
                };
                let by = source(notice.row);
                let message = format!("gave notice of withdrawal on {} by {by}, {reason}", notice.day);
                findings.add(self.participant, message, Some(&notice.row.origin));
                continue;
            }
            leaving.notices.push(notice.day);
            free_from = match &self.instrument.withdrawal {
                Some(rule) => self.by_rule(rule, notice, &mut leaving, findings),
                None if self.instrument.no_withdrawal => self.without_article(notice, &mut leaving),
                None => self.article_unknown(notice, &mut leaving),
            };
        }
        leaving
    }

    /// A notice where an article provides for it. Gives the first day on which another notice can be given.
    fn by_rule(&self, rule: &Withdrawal, notice: &Step<'a>, leaving: &mut Leaving, findings: &mut Findings) -> Date {
        let Some(effect) = self.effect(rule, notice, findings) else {
            return notice.day;
        };
        let mut rests = self.bound.to_vec();
        rests.push(basis(notice.row, Some(&rule.article)));
        let conflict = rule
            .armed_conflict
            .as_deref()
            .and_then(|article| self.conflict(article, effect));
        let gone = match &conflict {
            Some(conflict) => conflict.gone,
            None => Some(effect),
        };
        let revoked = self.taken_back(notice, gone);
        let mut notes: Vec<String> = notice.note().into_iter().collect();
        if let (Some(article), None) = (&rule.armed_conflict, &conflict) {
            notes.push(format!(
                "By Art. {article} it does not take effect while the state is engaged in an armed conflict; none is \
                 recorded for it."
            ));
        }
        let end = revoked.map_or(Some(effect), |step| Some(step.day.min(effect)));
        let told = self.span(
            notice.day,
            Weight::Notified,
            StandingWord::WithdrawalNotified,
            rests.clone(),
        );
        leaving
            .spans
            .push(told.until(end).ahead(Some(effect)).notes(notes.clone()));
        if let Some(conflict) = conflict {
            rests.push(conflict.basis);
            let held = self.span(
                effect,
                Weight::Suspended,
                StandingWord::WithdrawalSuspended,
                rests.clone(),
            );
            let end = revoked.map(|step| step.day).or(conflict.gone);
            leaving
                .spans
                .extend(held.ahead(conflict.gone).notes([conflict.note]).within(effect, end));
        }
        if let Some(step) = revoked {
            return self.back(notice, &step, rests, leaving);
        }
        leaving.gone = gone;
        if let Some(gone) = gone {
            let left = Span::from(gone, Weight::Withdrawn, StandingWord::Withdrawn, rests);
            leaving.spans.push(left.notes(notes));
        }
        gone.unwrap_or(Date::MAX)
    }

    /// When a notice takes effect: as the source says, or after the time of the treaty. A day before that time is up
    /// stands only as the depositary's word.
    fn effect(&self, rule: &Withdrawal, notice: &Step<'a>, findings: &mut Findings) -> Option<Date> {
        let due = rule.wait.after(notice.day);
        let (Some((stated, verified)), Some(due)) = (notice.effective, due) else {
            return notice.effective.map(|(day, _)| day).or(due);
        };
        if stated >= due {
            return Some(stated);
        }
        let kept = verified && stated >= notice.day;
        let which = if kept { "the former" } else { "the latter" };
        let message = format!(
            "the notice of {} takes effect on {stated} by {}, before {due} by Art. {}; {which} stands",
            notice.day,
            source(notice.row),
            rule.article
        );
        findings.add(self.participant, message, Some(&notice.row.origin));
        Some(if kept { stated } else { due })
    }

    /// A notice where no article provides for one.
    fn without_article(&self, notice: &Step<'a>, leaving: &mut Leaving) -> Date {
        let mut rests = self.bound.to_vec();
        rests.push(basis(notice.row, None));
        let revoked = self.taken_back(notice, None);
        let note = format!(
            "It gave notice of withdrawal on {}, and no article of {} provides for it: how it stands is contested.",
            notice.day, self.instrument.short
        );
        let contested = self.span(notice.day, Weight::Contested, StandingWord::Contested, rests.clone());
        let contested = contested
            .until(revoked.map(|step| step.day))
            .notes([note])
            .notes(notice.note());
        leaving.spans.push(contested);
        let Some(step) = revoked else {
            return Date::MAX;
        };
        self.back(notice, &step, rests, leaving)
    }

    /// A notice that was taken back: it is bound as before. Gives the day.
    fn back(&self, notice: &Step<'a>, step: &Step<'a>, mut rests: Vec<Basis>, leaving: &mut Leaving) -> Date {
        leaving.revoked.push(step.day);
        rests.push(basis(step.row, None));
        let note = format!("The notice of {} was taken back on {}.", notice.day, step.day);
        let back = self.span(step.day, Weight::Revoked, StandingWord::WithdrawalRevoked, rests);
        leaving.spans.push(back.notes([note]));
        step.day
    }

    /// A notice where the catalog does not have the article: it takes effect on the day that the source states, or on one that
    /// is not known.
    fn article_unknown(&self, notice: &Step<'a>, leaving: &mut Leaving) -> Date {
        let mut rests = self.bound.to_vec();
        rests.push(basis(notice.row, None));
        let effect = notice.effective.map(|(day, _)| day);
        let revoked = self.taken_back(notice, effect);
        let note = format!(
            "By which article one leaves {} is not known here.",
            self.instrument.short
        );
        let end = revoked.map(|step| step.day).or(effect);
        let told = self.span(
            notice.day,
            Weight::Notified,
            StandingWord::WithdrawalNotified,
            rests.clone(),
        );
        leaving
            .spans
            .push(told.until(end).ahead(effect).notes([note]).notes(notice.note()));
        if let Some(step) = revoked {
            return self.back(notice, &step, rests, leaving);
        }
        leaving.gone = effect;
        if let Some(gone) = effect {
            leaving
                .spans
                .push(Span::from(gone, Weight::Withdrawn, StandingWord::Withdrawn, rests));
        }
        effect.unwrap_or(Date::MAX)
    }

    /// The first revocation after a notice and before it has taken effect.
    fn taken_back(&self, notice: &Step<'a>, gone: Option<Date>) -> Option<Step<'a>> {
        let in_time = |step: &&Step<'a>| step.day >= notice.day && gone.is_none_or(|gone| step.day < gone);
        self.revocations.iter().find(in_time).copied()
    }

    /// The armed conflict in which it is engaged on the day of effect, by a record.
    fn conflict(&self, article: &str, effect: Date) -> Option<Conflict> {
        let holds = |row: &&&Commitment| {
            row.kind == CommitmentKind::ArmedConflict
                && row.date.is_some_and(|from| from <= effect)
                && row.until.is_none_or(|until| until >= effect)
        };
        // None, no end, goes before every end.
        let longest = |row: &&&Commitment| (row.until.is_none(), row.until);
        let row = self.commitments.iter().filter(holds).max_by_key(longest)?;
        let gone = row.until.and_then(|until| until.checked_add(1.day()).ok());
        let end = row.until.map_or("no end of it is recorded".to_string(), |until| {
            format!("it ended on {until}")
        });
        Some(Conflict {
            gone,
            basis: Basis {
                act: row.kind.word().to_string(),
                date: row.date,
                article: Some(article.to_string()),
                origin: Some(row.origin.clone()),
            },
            note: format!(
                "By Art. {article} the notice takes no effect before the end of the armed conflict in which it is \
                 engaged; {end}."
            ),
        })
    }

    /// A time for which it is bound and something else holds too.
    fn span(&self, day: Date, weight: Weight, word: StandingWord, basis: Vec<Basis>) -> Span {
        let span = Span::from(day, weight, word, basis).since(self.since.day, self.since.basis);
        span.notes(self.since.notes.clone())
    }
}

/// An armed conflict that holds a notice up.
struct Conflict {
    /// The day after its recorded end.
    gone: Option<Date>,
    basis: Basis,
    note: String,
}
