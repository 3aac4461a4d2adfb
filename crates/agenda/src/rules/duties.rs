//! What a participant owes and when, and how it stands with it on a day: received in time or late, or not, as far as registers
//! tell.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::calendar::{counted, days, months, told};
use super::registers::{Covers, Rows, basis, finding};
use super::schedule::{Asked, DueDay, Part, Schedule};
use super::spells::{Spell, known, spells, word_on};
use crate::catalog::Catalog;
use crate::fact::{Commitment, CommitmentKind};
use crate::instrument::{Due, Duty, Instrument};
use crate::standing::{Basis, Change, DutyWord, Finding, History, Occurrence, StandingWord};

/// What one participant owes by one instrument and when, within `window` (both days included), as it stands on `on`.
///
/// `others` gives the participant's history in another instrument, by its id, for [`Due::With`]; none where none is known.
/// `commitments` may be of everybody and everything; those that concern this are taken. What was received, decided or notified
/// after `on` is not known on it. A duty whose day is not known is told without one, unless it cannot lie in the window.
/// The order is that of the days; those without a day come last.
pub fn occurrences(
    catalog: &Catalog,
    instrument: &Instrument,
    history: &History,
    others: &dyn Fn(&str) -> Option<History>,
    commitments: &[Commitment],
    window: RangeInclusive<Date>,
    on: Date,
) -> (Vec<Occurrence>, Vec<Finding>) {
    let rows = Rows::of(instrument, &history.participant, commitments, on);
    let changes = known(history, on);
    let horizon = rows
        .last_covered()
        .into_iter()
        .chain([on])
        .fold(*window.end(), Date::max);
    let asked = Asked {
        catalog,
        others,
        participant: &history.participant,
        commitments,
        on,
        horizon,
    };
    let mut findings = rows.findings(instrument);
    let mut all = Vec::new();
    let spells = spells(instrument, &changes);
    for duty in &instrument.duty {
        let party = Party {
            instrument,
            history,
            changes: &changes,
            rows: &rows,
            duty,
            on,
        };
        let (told, found) = party.occurrences(&asked, &spells, &window);
        all.extend(told);
        findings.extend(found);
    }
    all.sort_by_key(|occurrence| (occurrence.due.is_none(), occurrence.due));
    (all, findings)
}

/// A participant and one of its duties.
struct Party<'a> {
    instrument: &'a Instrument,
    history: &'a History,
    changes: &'a [Change],
    rows: &'a Rows<'a>,
    duty: &'a Duty,
    on: Date,
}

impl<'a> Party<'a> {
    /// The duty's occurrences in a window, and what was found in rows about it.
    fn occurrences(
        &self,
        asked: &Asked<'a>,
        spells: &[Spell],
        window: &RangeInclusive<Date>,
    ) -> (Vec<Occurrence>, Vec<Finding>) {
        let schedules: Vec<Schedule<'_>> = spells
            .iter()
            .map(|spell| {
                let part = Part {
                    instrument: self.instrument,
                    spell,
                    rows: self.rows,
                };
                asked.schedule(part, self.duty, &mut Vec::new())
            })
            .collect();
        let mut all = Vec::new();
        let mut matched: Vec<&Commitment> = Vec::new();
        for (spell, schedule) in spells.iter().zip(&schedules) {
            let inside = schedule.days.iter().map(|day| (window.contains(&day.due), day));
            for (inside, day) in inside {
                let reports = self.reports(spell, Some(day));
                matched.extend(&reports);
                if inside {
                    all.push(self.dated(spell, schedule, day, &reports));
                }
            }
            let reports = self.reports(spell, None);
            matched.extend(&reports);
            all.extend(self.undated(spell, schedule, &reports, window));
        }
        // What answers no day is told only where all days are known.
        let sure = schedules.iter().all(|schedule| schedule.unsure.is_none());
        let (early, odd): (Vec<_>, Vec<_>) = self
            .rows
            .of_duty(CommitmentKind::Report, &self.duty.id)
            .filter(|row| sure && row.covers.as_deref().and_then(Covers::of).is_some())
            .filter(|row| !matched.iter().any(|known| std::ptr::eq(*known, *row)))
            .partition(|row| self.not_owed(row, spells, &schedules));
        if let Some(first) = all.first_mut() {
            first.notes.extend(early.into_iter().map(voluntary));
        }
        let odd = odd
            .into_iter()
            .map(|row| finding(self.instrument, row, self.no_such_day(row)));
        let unused = schedules.iter().flat_map(|schedule| &schedule.unused).map(|row| {
            let message = format!(
                "a day was set for `{}`, and it replaces none of its days; it is not used",
                self.duty.id
            );
            finding(self.instrument, row, message)
        });
        (all, odd.chain(unused).collect())
    }

    /// The reports for a day; without one, those of a duty that is due once and whose day is not known.
    fn reports(&self, spell: &Spell, day: Option<&DueDay>) -> Vec<&'a Commitment> {
        let once = matches!(self.duty.due, Due::AfterEntry { .. });
        let answers = |row: &&Commitment| match (row.covers.as_deref(), day) {
            (None, _) => once && spell.holds(row.date),
            (Some(_), None) => false,
            (Some(text), Some(day)) => {
                day.covers.as_deref() == Some(text) || Covers::of(text) == Some(Covers::Day(day.due))
            }
        };
        self.rows
            .of_duty(CommitmentKind::Report, &self.duty.id)
            .filter(answers)
            .collect()
    }

    /// Whether a report that answers no day covers what was not owed: before the first day, or while it was not bound.
    fn not_owed(&self, row: &Commitment, spells: &[Spell], schedules: &[Schedule<'_>]) -> bool {
        let covered = match row.covers.as_deref().and_then(Covers::of) {
            Some(Covers::Day(day)) => Some(day),
            Some(Covers::Year(year)) => match &self.duty.due {
                Due::Yearly { on, .. } => year.checked_add(1).and_then(|next| on.in_year(next)),
                _ => Date::new(year, 12, 31).ok(),
            },
            None => None,
        };
        let Some(covered) = covered else { return false };
        let owed = |(spell, schedule): (&Spell, &Schedule<'_>)| {
            spell.reaches(covered) && schedule.first.earliest.is_none_or(|first| covered >= first)
        };
        !spells.iter().zip(schedules).any(owed)
    }

    fn no_such_day(&self, row: &Commitment) -> String {
        let covers = row.covers.as_deref().unwrap_or_default();
        let expected = match &self.duty.due {
            Due::Yearly { .. } => "a calendar year for which it is due",
            _ => "a day on which it is due",
        };
        format!(
            "a report covers `{covers}`, for which `{}` is not due; expected {expected}",
            self.duty.id
        )
    }

    /// The occurrence of a day.
    fn dated(&self, spell: &Spell, schedule: &Schedule<'_>, day: &DueDay, reports: &[&Commitment]) -> Occurrence {
        let mut occurrence = self.begun(spell, Some(day.due));
        occurrence.covers.clone_from(&day.covers);
        occurrence.basis.extend(day.basis.iter().cloned());
        occurrence.notes.extend(day.notes.iter().cloned());
        if matches!(self.duty.due, Due::Yearly { .. })
            && schedule.first.exact().is_none()
            && let Some(why) = spell.unsure()
        {
            let first = schedule.days.first().map_or(day.due, |first| first.due);
            occurrence.notes.push(format!(
                "{why} That it is owed is certain from {} on; earlier days are not told.",
                told(first)
            ));
        }
        self.settle(occurrence, spell, reports)
    }

    /// The occurrence without a day, of a duty whose day nobody has set or of which it is not known.
    fn undated(
        &self,
        spell: &Spell,
        schedule: &Schedule<'_>,
        reports: &[&Commitment],
        window: &RangeInclusive<Date>,
    ) -> Option<Occurrence> {
        let owed = spell.since.may_lie_in(&(Date::MIN..=*window.end())) && spell.reaches(*window.start());
        if !owed {
            return None;
        }
        let mut occurrence = self.begun(spell, None);
        if let (Due::Set { by }, true) = (&self.duty.due, schedule.days.is_empty()) {
            occurrence.word = DutyWord::NoDate;
            occurrence.told = format!("the day is set by {by}; none is recorded");
            return Some(self.settle(occurrence, spell, reports));
        }
        schedule.unsure.filter(|unsure| unsure.may_lie_in(window))?;
        let why = spell.unsure();
        let why = why.unwrap_or_else(|| "It follows from that of another duty, which is not known.".to_string());
        occurrence.told = "its day is not known".to_string();
        occurrence
            .notes
            .push(format!("{why} No day is told where none is certain."));
        Some(self.settle(occurrence, spell, reports))
    }

    /// An occurrence of which nothing is told yet but on what it rests.
    fn begun(&self, spell: &Spell, due: Option<Date>) -> Occurrence {
        let duty = Basis {
            act: "duty".to_string(),
            date: due,
            article: Some(self.duty.article.clone()),
            origin: None,
        };
        Occurrence {
            instrument: self.instrument.id.clone(),
            participant: self.history.participant.clone(),
            duty: self.duty.id.clone(),
            due,
            covers: None,
            word: DutyWord::Unknown,
            told: String::new(),
            received: None,
            months: None,
            basis: vec![spell.basis(self.instrument), duty],
            notes: Vec::new(),
        }
    }

    /// Tells how it stands: by what does not apply, by how the party stands on the due day, by reports and registers.
    fn settle(&self, mut occurrence: Occurrence, spell: &Spell, reports: &[&Commitment]) -> Occurrence {
        let day = occurrence.due.unwrap_or(self.on);
        self.receive(&mut occurrence, spell, reports);
        self.standing(&mut occurrence, day);
        if let Some(row) = self.rows.not_applicable(&self.duty.id, day) {
            occurrence.word = DutyWord::NotApplicable;
            occurrence.told = "not applicable".to_string();
            occurrence.basis.push(basis(row, row.date, None));
            occurrence.notes.extend(row.note.clone());
        } else if word_on(self.changes, day) == Some(StandingWord::Contested) {
            let due = occurrence
                .due
                .map_or(String::new(), |due| format!("due {}; ", told(due)));
            occurrence.word = DutyWord::Contested;
            occurrence.told = format!("{due}whether it is owed is contested");
        } else if let Some(due) = occurrence.due {
            match occurrence.received {
                Some(day) => received(&mut occurrence, due, day),
                None if reports.is_empty() => self.outstanding(&mut occurrence, due),
                None => {}
            }
        }
        occurrence
    }

    /// Notes what was received: the first report counts, later ones are updates.
    fn receive(&self, occurrence: &mut Occurrence, spell: &Spell, reports: &[&Commitment]) {
        let Some(first) = reports.iter().find(|row| row.date.is_some()).or(reports.first()) else {
            return;
        };
        occurrence.received = first.date;
        occurrence.told = match first.date {
            Some(day) if occurrence.due.is_none() => {
                format!("submitted on {}; whether in time is unknown", told(day))
            }
            _ => "submitted on a day that is not recorded; whether in time is unknown".to_string(),
        };
        occurrence.basis.push(basis(first, first.date, None));
        let before = |day: &Date| spell.since.earliest.is_some_and(|since| *day < since);
        if first.date.is_some_and(|day| before(&day)) {
            let note = "The report was received before the entry into force for the party.";
            occurrence.notes.push(note.to_string());
        }
        for update in reports.iter().filter(|row| !std::ptr::eq(**row, *first)) {
            let day = update
                .date
                .map_or("without a day".to_string(), |day| format!("of {}", told(day)));
            occurrence.notes.push(format!("Another report {day} is an update."));
            occurrence.basis.push(basis(update, update.date, None));
        }
    }

    /// What is said of a day that comes again and again and that nobody has set: a committee may have set another.
    fn own_period(&self, occurrence: &Occurrence) -> &'static str {
        let periodic = matches!(self.duty.due, Due::Every { .. } | Due::With { .. });
        let set = occurrence
            .basis
            .iter()
            .any(|basis| basis.act == CommitmentKind::DueSet.word());
        if periodic && !set {
            "; by the treaty's own period, no other day is recorded"
        } else {
            ""
        }
    }

    /// Tells how it stands where nothing was received.
    fn outstanding(&self, occurrence: &mut Occurrence, due: Date) {
        if due >= self.on {
            let left = days(self.on, due);
            let soon = left <= i64::from(self.duty.soon_days);
            occurrence.word = if soon { DutyWord::DueSoon } else { DutyWord::NotYetDue };
            let by = self.own_period(occurrence);
            occurrence.told = match i32::try_from(left) {
                Ok(0) => format!("due {}, today{by}", told(due)),
                Ok(left) if soon => format!("due {}, in {}{by}", told(due), counted(left, "day")),
                _ => format!("due {}{by}", told(due)),
            };
            return;
        }
        let Some(register) = self.rows.register(&self.duty.id, due) else {
            occurrence.told = format!("due {}, submission unknown{}", told(due), self.own_period(occurrence));
            return;
        };
        let as_of = register.until.min(self.on);
        occurrence.basis.push(basis(register.row, Some(register.until), None));
        if self.duty.voluntary {
            occurrence.told = format!("not received by {}", told(as_of));
            occurrence.notes.push("It is asked and not owed.".to_string());
            return;
        }
        let late = months(due, as_of);
        let how = match late {
            0 => "less than a month".to_string(),
            late => counted(late, "month"),
        };
        occurrence.word = DutyWord::Overdue;
        occurrence.months = Some(late);
        occurrence.told = format!("overdue by {how}, by a register complete to {}", told(register.until));
    }

    /// Notes how the party stands on the due day.
    fn standing(&self, occurrence: &mut Occurrence, day: Date) {
        match word_on(self.changes, day) {
            Some(StandingWord::WithdrawalSuspended) => {
                let rule = self.instrument.withdrawal.as_ref();
                let article = rule.and_then(|rule| rule.armed_conflict.as_ref());
                let article = article.map_or(String::new(), |article| format!(" (article {article})"));
                occurrence.notes.push(format!(
                    "Its notice of withdrawal takes no effect during the armed conflict{article}; the duty goes on."
                ));
            }
            Some(StandingWord::WithdrawalNotified) => {
                let note = "Its notice of withdrawal has not taken effect on that day; the duty goes on.";
                occurrence.notes.push(note.to_string());
            }
            _ => {}
        }
        let list = self.history.known_to.filter(|known| *known < day.min(self.on));
        if let Some(known) = list {
            occurrence.notes.push(format!(
                "The list of parties speaks up to {}; that it is still bound after that day is not told.",
                told(known)
            ));
        }
    }
}

/// Tells whether what was received came in time.
fn received(occurrence: &mut Occurrence, due: Date, day: Date) {
    if day <= due {
        occurrence.word = DutyWord::OnTime;
        occurrence.told = format!("submitted on {}, in time", told(day));
    } else {
        let late = i32::try_from(days(due, day)).unwrap_or(i32::MAX);
        occurrence.word = DutyWord::Late;
        occurrence.told = format!("submitted {} late", counted(late, "day"));
    }
}

/// A note on a report for what was not owed.
fn voluntary(row: &Commitment) -> String {
    let day = row.date.map_or(String::new(), |day| format!(" of {}", told(day)));
    let covers = row.covers.as_deref().unwrap_or_default();
    format!("A report{day} covers {covers}, for which none was owed; it was voluntary.")
}
