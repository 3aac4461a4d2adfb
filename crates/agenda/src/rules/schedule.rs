//! On which days a duty is due: the rules of [`Due`] for one participant and one time for which it is bound.

use std::collections::VecDeque;

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::{Between, told};
use super::registers::{DaySet, Rows, basis, dates};
use super::spells::{Spell, known, spells, word_on};
use crate::catalog::Catalog;
use crate::fact::Commitment;
use crate::instrument::{Due, Duty, Instrument, MonthDay};
use crate::standing::{Basis, Change, History, StandingWord};
use crate::wait::Wait;

/// A day on which a duty is due.
#[derive(Clone, Debug)]
pub(super) struct DueDay {
    /// The day.
    pub(super) due: Date,
    /// What it covers.
    pub(super) covers: Option<String>,
    /// The decision or the other duty by which it is that day.
    pub(super) basis: Vec<Basis>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
}

/// The days of a duty.
pub(super) struct Schedule<'c> {
    /// The first, as exactly as it is known.
    pub(super) first: Between,
    /// Those that are known, in their order, up to the horizon.
    pub(super) days: Vec<DueDay>,
    /// Between which days others may lie that are not known; none where all are known.
    pub(super) unsure: Option<Between>,
    /// Days that were set and replace none.
    pub(super) unused: Vec<&'c Commitment>,
}

/// What the days of a participant's duties follow from.
pub(super) struct Asked<'a> {
    /// The instruments.
    pub(super) catalog: &'a Catalog,
    /// How the participant stands in other instruments.
    pub(super) others: &'a dyn Fn(&str) -> Option<History>,
    /// The participant.
    pub(super) participant: &'a str,
    /// What the lists say.
    pub(super) commitments: &'a [Commitment],
    /// The day as of which it is told.
    pub(super) on: Date,
    /// The last day that is of interest.
    pub(super) horizon: Date,
}

/// An instrument with what the lists say of the participant's part in it, for one time for which it is bound.
#[derive(Clone, Copy)]
pub(super) struct Part<'a, 'c> {
    /// The instrument.
    pub(super) instrument: &'a Instrument,
    /// The time.
    pub(super) spell: &'a Spell,
    /// The rows.
    pub(super) rows: &'a Rows<'c>,
}

impl<'c> Schedule<'c> {
    /// The schedule of a duty of which no day is known.
    fn unknown() -> Schedule<'c> {
        Schedule {
            first: Between::UNKNOWN,
            days: Vec::new(),
            unsure: Some(Between::UNKNOWN),
            unused: Vec::new(),
        }
    }

    /// That the days before the first known one may be others.
    fn unsure_from(mut self, earliest: Option<Date>) -> Schedule<'c> {
        let latest = self.days.first().map(|day| day.due);
        self.unsure = Some(Between { earliest, latest });
        self.first = Between { earliest, latest };
        self
    }
}

impl<'a> Asked<'a> {
    /// The days on which a duty is due. `path` are the duties that wait for this one's day.
    pub(super) fn schedule(&self, part: Part<'_, 'a>, duty: &Duty, path: &mut Vec<String>) -> Schedule<'a> {
        // Two duties that each come after the other have no day.
        if path.contains(&duty.id) {
            return Schedule::unknown();
        }
        path.push(duty.id.clone());
        let mut schedule = self.by_rule(part, duty, path);
        path.pop();
        schedule.days.retain(|day| part.spell.reaches(day.due));
        schedule
    }

    fn by_rule(&self, part: Part<'_, 'a>, duty: &Duty, path: &mut Vec<String>) -> Schedule<'a> {
        let since = part.spell.since;
        match &duty.due {
            Due::AfterEntry { wait } => self.once(part, duty, since.after(*wait)),
            Due::Yearly { on, after: None } => self.yearly(since.then(|day| first_whole_year(*on, day)), *on),
            Due::Yearly { on, after: Some(after) } => {
                let first = self.first(part, after, path);
                self.yearly(first.then(|day| next_yearly(*on, day)), *on)
            }
            Due::Every { wait, after } => {
                let first = self.first(part, after, path);
                self.every(part, duty, *wait, first)
            }
            Due::With {
                duty: other,
                after,
                otherwise,
            } => {
                let first = self.first(part, after, path);
                self.with(part, duty, other, *otherwise, first, path)
            }
            Due::Dates { .. } => fixed(duty, since),
            Due::Set { .. } => {
                let run = self.run(part, duty, None, &|_| None);
                Schedule {
                    first: run.days.first().map_or(Between::UNKNOWN, |day| Between::on(day.due)),
                    ..run
                }
            }
        }
    }

    /// The first day of another duty of the instrument.
    fn first(&self, part: Part<'_, 'a>, after: &str, path: &mut Vec<String>) -> Between {
        let duty = part.instrument.duty.iter().find(|duty| duty.id == after);
        duty.map_or(Between::UNKNOWN, |duty| self.schedule(part, duty, path).first)
    }

    /// A duty that is due once.
    fn once(&self, part: Part<'_, 'a>, duty: &Duty, due: Between) -> Schedule<'a> {
        let mut run = self.run(part, duty, None, &|last| due.exact().filter(|_| last.is_none()));
        let later = run.days.split_off(run.days.len().min(1));
        let replaced = |row: &&Commitment| later.iter().any(|day| Some(day.due) == row.until);
        let rows = part.rows.days_set(&duty.id).into_iter().map(|set| set.row);
        run.unused.extend(rows.filter(replaced));
        match run.days.first() {
            Some(day) => Schedule {
                first: Between::on(day.due),
                ..run
            },
            None => Schedule {
                first: due,
                unsure: due.exact().is_none().then_some(due),
                ..run
            },
        }
    }

    /// A duty that is due every year, from a first day on.
    fn yearly(&self, first: Between, on: MonthDay) -> Schedule<'a> {
        let mut days = Vec::new();
        let mut next = first.latest;
        while let Some(due) = next.filter(|due| *due <= self.horizon) {
            days.push(DueDay {
                due,
                covers: Some((due.year() - 1).to_string()),
                basis: Vec::new(),
                notes: Vec::new(),
            });
            next = on.in_year(due.year() + 1).filter(|later| *later > due);
        }
        Schedule {
            first,
            days,
            unsure: first.latest.is_none().then_some(first),
            unused: Vec::new(),
        }
    }

    /// A duty that is due again and again after the day of another.
    fn every(&self, part: Part<'_, 'a>, duty: &Duty, wait: Wait, start: Between) -> Schedule<'a> {
        let run = self.run(part, duty, start.exact(), &|last| wait.after(last?));
        match start.exact() {
            Some(day) => Schedule {
                first: run
                    .days
                    .first()
                    .map_or(Between::on(day).after(wait), |day| Between::on(day.due)),
                ..run
            },
            None => run.unsure_from(start.after(wait).earliest),
        }
    }

    /// A duty that is due with that of another instrument.
    fn with(
        &self,
        part: Part<'_, 'a>,
        duty: &Duty,
        other: &str,
        otherwise: Option<Wait>,
        start: Between,
        path: &mut Vec<String>,
    ) -> Schedule<'a> {
        let other = self.other(other, path);
        let stands = |day| word_on(&other.changes, day).unwrap_or(StandingWord::Unknown);
        let alone = |last: Date| {
            // From a day that is not known nothing can be counted.
            let counted = start.exact().is_some() || start.latest != Some(last);
            otherwise.filter(|_| counted).and_then(|wait| wait.after(last))
        };
        let next = |last: Option<Date>| {
            let together = other.days.iter().copied().find(|day| Some(*day) > last);
            let alone = alone(last?).filter(|day| !stands(*day).owes() && stands(*day) != StandingWord::Unknown);
            together.into_iter().chain(alone).min()
        };
        let mut run = self.run(part, duty, start.latest, &next);
        for day in &mut run.days {
            if day.basis.is_empty() && other.days.contains(&day.due) {
                day.basis.push(other.basis(day.due));
            }
        }
        let last = run.days.last().map(|day| day.due).or(start.exact());
        let open = last.and_then(alone).filter(|day| stands(*day) == StandingWord::Unknown);
        let untold = other.unsure.then_some(start.earliest).or(open.map(Some));
        let first = run.days.first().map_or(Between::UNKNOWN, |day| Between::on(day.due));
        match (start.exact(), untold) {
            (None, _) => run.unsure_from(start.earliest),
            (Some(_), Some(earliest)) => Schedule {
                first: Between { earliest, ..first },
                unsure: Some(Between { earliest, latest: None }),
                ..run
            },
            (Some(_), None) => Schedule { first, ..run },
        }
    }

    /// The days of a duty of another instrument for the same participant.
    fn other(&self, id: &str, path: &mut Vec<String>) -> Other {
        let found = self.catalog.duty(id);
        let history = found.and_then(|(instrument, _)| (self.others)(&instrument.id));
        let mut other = Other {
            duty: id.to_string(),
            article: found.map(|(_, duty)| duty.article.clone()),
            days: Vec::new(),
            changes: Vec::new(),
            unsure: false,
        };
        let Some(((instrument, duty), history)) = found.zip(history) else {
            return other;
        };
        let rows = Rows::of(instrument, self.participant, self.commitments, self.on);
        other.changes = known(&history, self.on);
        for spell in spells(instrument, &other.changes) {
            let part = Part {
                instrument,
                spell: &spell,
                rows: &rows,
            };
            let schedule = self.schedule(part, duty, path);
            other.days.extend(schedule.days.iter().map(|day| day.due));
            other.unsure |= schedule.unsure.is_some();
        }
        other.days.sort_unstable();
        other
    }

    /// The days one after the other. A day that was set takes the place of the next one on or after its decision that was not
    /// answered by then, and the later ones count from it.
    fn run(
        &self,
        part: Part<'_, 'a>,
        duty: &Duty,
        start: Option<Date>,
        next: &dyn Fn(Option<Date>) -> Option<Date>,
    ) -> Schedule<'a> {
        let sets = part.rows.days_set(&duty.id).into_iter();
        let mut sets: VecDeque<DaySet<'_>> = sets.filter(|set| part.spell.holds(Some(set.decided))).collect();
        let (mut days, mut unused, mut last) = (Vec::new(), Vec::new(), start);
        loop {
            let mut due = next(last);
            let mut by = None;
            while let Some(set) = sets.front().copied() {
                let answered = |day| part.rows.answered(&duty.id, day, set.decided);
                if due.is_some_and(|day| set.decided > day || (set.day > day && answered(day))) {
                    break;
                }
                sets.pop_front();
                if last.is_some_and(|last| set.day <= last) {
                    unused.push(set.row);
                } else {
                    (due, by) = (Some(set.day), Some(set));
                }
            }
            // The first one is told however far it lies: others count from it.
            let near = |day: &Date| days.is_empty() || *day <= self.horizon;
            let Some(day) = due.filter(|day| near(day) && Some(*day) > last) else {
                break;
            };
            days.push(DueDay {
                due: day,
                covers: None,
                basis: by.iter().map(|set| basis(set.row, Some(set.decided), None)).collect(),
                notes: by.iter().map(set_note).collect(),
            });
            last = Some(day);
        }
        Schedule {
            first: Between::UNKNOWN,
            days,
            unsure: None,
            unused,
        }
    }
}

/// A duty of another instrument, as it stands for the same participant.
struct Other {
    duty: String,
    article: Option<String>,
    days: Vec<Date>,
    changes: Vec<Change>,
    unsure: bool,
}

impl Other {
    fn basis(&self, day: Date) -> Basis {
        Basis {
            act: format!("due with {}", self.duty),
            date: Some(day),
            article: self.article.clone(),
            origin: None,
        }
    }
}

/// A duty that is due on days that are the same for everybody.
fn fixed<'c>(duty: &Duty, since: Between) -> Schedule<'c> {
    let mut days: Vec<DueDay> = dates(duty)
        .iter()
        .filter(|date| since.latest.is_some_and(|since| date.date >= since))
        .map(|date| DueDay {
            due: date.date,
            covers: date.covers.clone(),
            basis: Vec::new(),
            notes: vec![format!("The day is set by: {}.", date.source.trim_end_matches('.'))],
        })
        .collect();
    days.sort_by_key(|day| day.due);
    Schedule {
        first: days.first().map_or(Between::UNKNOWN, |day| Between::on(day.due)),
        unsure: since.latest.is_none().then_some(since),
        days,
        unused: Vec::new(),
    }
}

/// The first yearly day after another.
fn next_yearly(on: MonthDay, day: Date) -> Option<Date> {
    let years = [day.year(), day.year().checked_add(1)?];
    years
        .into_iter()
        .filter_map(|year| on.in_year(year))
        .find(|due| *due > day)
}

/// The yearly day on which the first whole calendar year is due for which a party was bound.
fn first_whole_year(on: MonthDay, since: Date) -> Option<Date> {
    let begins = if since == since.first_of_year() {
        since
    } else {
        since.last_of_year().checked_add(1.day()).ok()?
    };
    on.in_year(begins.year().checked_add(1)?)
}

fn set_note(set: &DaySet<'_>) -> String {
    let document = set
        .row
        .document
        .as_ref()
        .map_or(String::new(), |name| format!(" by {name}"));
    format!("The day was set on {}{document}.", told(set.decided))
}
