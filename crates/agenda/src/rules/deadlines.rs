//! By when something must be destroyed, cleared or done: the treaty's day, its extensions, and whether it concerns the party.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{Between, counted, days, months, told};
use super::registers::{Rows, basis, finding, holds};
use super::spells::{Spell, known, spells, word_on};
use crate::fact::{Commitment, CommitmentKind};
use crate::instrument::{Deadline, Instrument};
use crate::standing::{Basis, Change, DeadlineState, DeadlineWord, Finding, History, StandingWord};

/// How it stands on `on` with a participant's deadlines by one instrument.
///
/// `commitments` may be of everybody and everything; those that concern this are taken. What was decided after `on` is not
/// known on it. A deadline of who has left by then is told only where it fell due before.
pub fn deadlines(
    instrument: &Instrument,
    history: &History,
    commitments: &[Commitment],
    on: Date,
) -> (Vec<DeadlineState>, Vec<Finding>) {
    let rows = Rows::of(instrument, &history.participant, commitments, on);
    let changes = known(history, on);
    let spells = spells(instrument, &changes);
    let mut findings = unknown_deadlines(instrument, &rows);
    let mut all = Vec::new();
    for deadline in &instrument.deadline {
        for spell in spells
            .iter()
            .filter(|spell| spell.since.earliest.is_none_or(|day| day <= on))
        {
            let party = Party {
                instrument,
                history,
                changes: &changes,
                rows: &rows,
                deadline,
                spell,
                on,
            };
            all.extend(party.state(&mut findings));
        }
    }
    (all, findings)
}

/// Rows about deadlines that name none of the instrument's.
fn unknown_deadlines(instrument: &Instrument, rows: &Rows<'_>) -> Vec<Finding> {
    use CommitmentKind::{Applies, Completion, Extension};
    let known: Vec<&str> = instrument
        .deadline
        .iter()
        .map(|deadline| deadline.id.as_str())
        .collect();
    let unknown = |row: &&Commitment| row.duty.as_deref().is_none_or(|named| !known.contains(&named));
    let of_kinds = [Applies, Completion, Extension]
        .into_iter()
        .flat_map(|kind| rows.of_kind(kind));
    let told = |row: &Commitment| {
        let found = row
            .duty
            .as_deref()
            .map_or("no deadline".to_string(), |named| format!("`{named}`"));
        let expected = match known.as_slice() {
            [] => "has none".to_string(),
            known => format!("has {}", known.join(", ")),
        };
        let message = format!(
            "a row of the kind `{}` names {found}; of deadlines `{}` {expected}",
            row.kind, instrument.id
        );
        finding(instrument, row, message)
    };
    of_kinds.filter(unknown).map(told).collect()
}

/// A participant and one of its deadlines.
struct Party<'a> {
    instrument: &'a Instrument,
    history: &'a History,
    changes: &'a [Change],
    rows: &'a Rows<'a>,
    deadline: &'a Deadline,
    spell: &'a Spell,
    on: Date,
}

/// What is recorded of whether a deadline concerns a party.
enum Concern<'a> {
    /// It does.
    Applies,
    /// It does not.
    Not,
    /// It is done.
    Met(&'a Commitment),
    /// Nothing is recorded.
    NotRecorded,
}

impl<'a> Party<'a> {
    /// The rows of a kind about this deadline.
    fn rows(&self, kind: CommitmentKind) -> impl Iterator<Item = &'a Commitment> {
        self.rows
            .of_duty(kind, &self.deadline.id)
            .filter(|row| self.spell.holds(row.date))
    }

    /// How it stands; none where the participant had left before its day.
    fn state(&self, findings: &mut Vec<Finding>) -> Option<DeadlineState> {
        let original = self.spell.since.after(self.deadline.wait);
        let mut state = self.begun(original);
        let due = self.extend(&mut state, original, findings);
        if !self.spell.reaches(self.on) && !due.latest.is_some_and(|day| self.spell.reaches(day)) {
            return None;
        }
        if due.exact().is_none() {
            state.notes.extend(self.spell.unsure());
        }
        state.due = due.exact();
        let concern = self.concern(&mut state, findings);
        self.tell(&mut state, due, &concern);
        self.stands(&mut state, due);
        Some(state)
    }

    /// A state of which nothing is told yet but the treaty's day.
    fn begun(&self, original: Between) -> DeadlineState {
        let article = Basis {
            act: "deadline".to_string(),
            date: original.exact(),
            article: Some(self.deadline.article.clone()),
            origin: None,
        };
        DeadlineState {
            instrument: self.instrument.id.clone(),
            participant: self.history.participant.clone(),
            deadline: self.deadline.id.clone(),
            original: original.exact(),
            due: None,
            extensions: Vec::new(),
            word: DeadlineWord::NotKnown,
            told: String::new(),
            months_left: None,
            next_warning: None,
            basis: vec![self.spell.basis(self.instrument), article],
            notes: Vec::new(),
        }
    }

    /// The day that holds after the extensions, in the order of their decisions.
    fn extend(&self, state: &mut DeadlineState, original: Between, findings: &mut Vec<Finding>) -> Between {
        let mut due = original;
        let mut granted: Vec<&Commitment> = self.rows(CommitmentKind::Extension).collect();
        granted.sort_by_key(|row| row.date.is_none());
        for row in granted {
            let mut add = |message: String| findings.push(finding(self.instrument, row, message));
            match self.granted(row, due) {
                Err(message) => add(message),
                Ok(until) => {
                    self.odd(row, until, due).into_iter().for_each(&mut add);
                    due = Between::on(until);
                    state.extensions.push(until);
                    state.basis.push(basis(row, row.date, self.deadline.extension.as_ref()));
                }
            }
        }
        due
    }

    /// The day up to which an extension reaches, or why it is not used.
    fn granted(&self, row: &Commitment, due: Between) -> Result<Date, String> {
        let id = &self.deadline.id;
        let Some(until) = row.until else {
            return Err(format!("an extension of `{id}` without its day; it is not used"));
        };
        if self.deadline.extension.is_none() {
            return Err(format!(
                "an extension of `{id}` until {}, for which no article provides; it is not used",
                told(until)
            ));
        }
        match due.earliest.filter(|day| until <= *day) {
            Some(day) => Err(format!(
                "an extension of `{id}` until {}, which is not after its day {}; it is not used",
                told(until),
                told(day)
            )),
            None => Ok(until),
        }
    }

    /// What is odd about an extension that is used all the same.
    fn odd(&self, row: &Commitment, until: Date, due: Between) -> Vec<String> {
        let id = &self.deadline.id;
        let mut odd = Vec::new();
        match row.date {
            None => odd.push(format!("an extension of `{id}` without the day of its decision")),
            Some(decided) if due.latest.is_some_and(|day| decided > day) => odd.push(format!(
                "an extension of `{id}` was granted on {}, after its day had passed",
                told(decided)
            )),
            Some(_) => {}
        }
        let longest = self.deadline.at_most.zip(due.latest);
        if let Some((wait, day)) = longest
            && wait.after(day).is_some_and(|last| until > last)
        {
            odd.push(format!(
                "an extension of `{id}` from {} until {}, longer than the {wait} that are allowed",
                told(day),
                told(until)
            ));
        }
        odd
    }

    /// Whether it concerns the party: the newest record tells. An extension is granted only to whom it concerns.
    fn concern(&self, state: &mut DeadlineState, findings: &mut Vec<Finding>) -> Concern<'a> {
        use CommitmentKind::{Applies, Completion, Extension, NotApplicable};
        let holding = |row: &&Commitment| !matches!(row.kind, Applies | NotApplicable) || holds(row, self.on);
        let kinds = [Applies, NotApplicable, Extension, Completion];
        let mut records: Vec<&Commitment> = kinds
            .into_iter()
            .flat_map(|kind| self.rows(kind))
            .filter(holding)
            .collect();
        // A completion without a day is the last thing that can be told of a deadline.
        records.sort_by_key(|row| (row.kind == Completion && row.date.is_none(), row.date));
        let Some(newest) = records.last().copied() else {
            return Concern::NotRecorded;
        };
        if newest.kind != Extension {
            state.basis.push(basis(newest, newest.date, None));
        }
        state.notes.extend(newest.note.clone());
        let says_no = |row: &Commitment| row.kind == NotApplicable;
        let other = records
            .iter()
            .find(|row| row.date == newest.date && says_no(row) != says_no(newest));
        if let Some(other) = other {
            let message = format!(
                "`{}` says `{}` and `{}` says `{}` of `{}` from the same day on; one was expected",
                newest.id, newest.kind, other.id, other.kind, self.deadline.id
            );
            findings.push(finding(self.instrument, newest, message));
            return Concern::NotRecorded;
        }
        match newest.kind {
            NotApplicable => Concern::Not,
            Completion => Concern::Met(newest),
            _ => Concern::Applies,
        }
    }

    /// Tells how it stands on the day.
    fn tell(&self, state: &mut DeadlineState, due: Between, concern: &Concern<'_>) {
        let contested = word_on(self.changes, due.latest.unwrap_or(self.on)) == Some(StandingWord::Contested);
        match concern {
            Concern::Met(row) => met(state, row),
            Concern::Not => {
                state.word = DeadlineWord::NotApplicable;
                state.told = "not applicable".to_string();
            }
            _ if contested => {
                state.word = DeadlineWord::Contested;
                state.told = "how the party stands is contested".to_string();
            }
            Concern::NotRecorded => {
                let day = state.due.map_or("a day that is not known".to_string(), told);
                state.told = format!("{day}; whether it concerns the party is not recorded");
                let concerns = self.deadline.concerns.trim_end_matches('.');
                state.notes.push(format!("It concerns: {concerns}."));
            }
            Concern::Applies => match state.due {
                Some(day) if day < self.on => passed(state, day, self.on),
                Some(day) => self.running(state, day),
                None => self.uncertain(state, due),
            },
        }
    }

    fn running(&self, state: &mut DeadlineState, due: Date) {
        let before = |months: u16| due.checked_sub(i32::from(months).months()).ok();
        let warnings = self.deadline.warn_months.iter().copied().filter_map(before);
        let near = warnings.clone().min().is_some_and(|first| first <= self.on);
        let left = months(self.on, due);
        state.word = if near {
            DeadlineWord::Near
        } else {
            DeadlineWord::Running
        };
        state.months_left = Some(left);
        state.next_warning = warnings.filter(|day| *day > self.on).min();
        state.told = match i32::try_from(days(self.on, due)) {
            Ok(0) => "its day is today".to_string(),
            Ok(days) if left == 0 => format!("{} left", counted(days, "day")),
            _ => format!("{} left", counted(left, "month")),
        };
    }

    /// Of a day that is not known it can still be told that it lies ahead, or behind.
    fn uncertain(&self, state: &mut DeadlineState, due: Between) {
        (state.word, state.told) = if due.earliest.is_some_and(|day| day >= self.on) {
            (DeadlineWord::Running, "running; its day is not known".to_string())
        } else if due.latest.is_some_and(|day| day < self.on) {
            let told = "passed on a day that is not known; whether it was met is not recorded";
            (DeadlineWord::Passed, told.to_string())
        } else {
            let told = "it concerns the party; its day is not known, and may have passed";
            (DeadlineWord::NotKnown, told.to_string())
        };
    }

    /// Notes how the party stands.
    fn stands(&self, state: &mut DeadlineState, due: Between) {
        let article =
            |article: Option<&String>| article.map_or(String::new(), |article| format!(" (article {article})"));
        let rule = self.instrument.withdrawal.as_ref();
        match self.spell.end {
            Some(end) if end <= self.on => {
                state.notes.push(format!(
                    "It has left since, on {}; what fell due before stays.",
                    told(end)
                ));
            }
            Some(end) if due.earliest.is_none_or(|day| day >= end) => state.notes.push(format!(
                "Its notice of withdrawal{} takes effect on {}, before the day.",
                article(rule.map(|rule| &rule.article)),
                told(end)
            )),
            _ => {}
        }
        if word_on(self.changes, self.on) == Some(StandingWord::WithdrawalSuspended) {
            state.notes.push(format!(
                "Its notice of withdrawal takes no effect during the armed conflict{}; the deadline runs on.",
                article(rule.and_then(|rule| rule.armed_conflict.as_ref()))
            ));
        }
        if let Some(known) = self.history.known_to.filter(|known| *known < self.on) {
            state.notes.push(format!(
                "The list of parties speaks up to {}; that it is still bound after that day is not told.",
                told(known)
            ));
        }
    }
}

fn passed(state: &mut DeadlineState, due: Date, on: Date) {
    let ago = months(due, on);
    let how = match ago {
        0 => "less than a month".to_string(),
        ago => counted(ago, "month"),
    };
    state.word = DeadlineWord::Passed;
    state.months_left = Some(-ago);
    state.told = format!("passed {how} ago; whether it was met is not recorded");
}

fn met(state: &mut DeadlineState, row: &Commitment) {
    state.word = DeadlineWord::Met;
    state.told = match (row.date, state.due) {
        (None, _) => "met on a day that is not recorded".to_string(),
        (Some(day), None) => format!("met on {}; whether in time is unknown", told(day)),
        (Some(day), Some(due)) if day <= due => format!("met on {}, in time", told(day)),
        (Some(day), Some(due)) => {
            let late = match months(due, day) {
                0 => counted(i32::try_from(days(due, day)).unwrap_or(i32::MAX), "day"),
                late => counted(late, "month"),
            };
            format!("met on {}, {late} after its day", told(day))
        }
    };
}
