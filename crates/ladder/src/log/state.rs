//! What has become of the records at a day. Only what was recorded until that day counts, so that the past can be told as it
//! stood.

use std::fmt;

use jiff::civil::Date;
use lysoen_lexicon::place::PlaceId;

use super::chain::Chain;
use super::record::{Record, RecordAnswer, RecordKind};

/// What has become of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// A warning or a proposal that waits.
    Open,
    /// A warning that an action has followed, within its window where it has one.
    Answered,
    /// A warning of which every proposal expired, or that no action followed in its window.
    Unanswered,
    /// A warning that was told anew by a later record.
    Updated,
    /// A warning that was withdrawn.
    Cancelled,
    /// A decision by which a warning is public.
    Public,
    /// A proposal on which nobody decided by its day.
    Expired,
    /// A proposal that was taken, or a decision that took one, and nothing has begun.
    Taken,
    /// A proposal that was not taken.
    NotTaken,
    /// A proposal that events have overtaken.
    Overtaken,
    /// An action has begun and not ended.
    UnderWay,
    /// All actions have ended; the last one was done.
    Done,
    /// All actions have ended; the last one was stopped.
    Stopped,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Unanswered => "warning unanswered",
            Self::Updated => "updated",
            Self::Cancelled => "cancelled",
            Self::Public => "public",
            Self::Expired => "expired: unanswered",
            Self::Taken => "taken",
            Self::NotTaken => "not taken",
            Self::Overtaken => "overtaken",
            Self::UnderWay => "under way",
            Self::Done => "done",
            Self::Stopped => "stopped",
        })
    }
}

/// What was done of an option at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The actions that have begun and not ended, oldest first.
    pub under_way: Vec<UnderWay>,
    /// Those that have ended, oldest first.
    pub tried: Vec<Tried>,
}

/// An action that has begun and not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// The record with which it began.
    pub record: u64,
    /// The day on which it began.
    pub since: Date,
}

/// An action that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The record with which it ended.
    pub record: u64,
    /// The day on which it began.
    pub since: Date,
    /// The day on which it ended.
    pub until: Date,
    /// What came of it.
    pub outcome: String,
}

impl Chain {
    /// What had become of a record at the end of a day; none where there was no such record then.
    pub fn state(&self, number: u64, day: Date) -> Option<State> {
        let record = self.get(number).filter(|record| record.day() <= day)?;
        Some(match record.kind {
            RecordKind::Warn => self.warning_state(record, day),
            RecordKind::Propose => self.proposal_state(record, day),
            RecordKind::Decide => self.decision_state(record, day),
            RecordKind::Act => self.acts_state([record].into_iter(), day).unwrap_or(State::UnderWay),
        })
    }

    /// The records that answered a record until a day, of one kind.
    fn until(&self, number: u64, kind: RecordKind, day: Date) -> impl Iterator<Item = &Record> {
        self.replies(number).filter(move |r| r.kind == kind && r.day() <= day)
    }

    /// The records of a warning, oldest first, from any of them: the first one, its updates, its cancel.
    pub fn thread(&self, number: u64) -> Vec<&Record> {
        let Some(root) = self.warning_of(number) else {
            return Vec::new();
        };
        let next = |record: &&Record| self.replies(record.number).find(|r| r.kind == RecordKind::Warn);
        std::iter::successors(Some(root), next).collect()
    }

    /// The first record of the warning that stands behind a record, by the links of what answers what: act, decision, proposal,
    /// warning. None where nothing but a proposal stands behind it.
    pub fn warning_of(&self, number: u64) -> Option<&Record> {
        let answered = |record: &&Record| {
            self.get(record.answers?)
                .filter(|earlier| earlier.number < record.number)
        };
        let last = std::iter::successors(self.get(number), answered).last()?;
        (last.kind == RecordKind::Warn).then_some(last)
    }

    /// The actions that had begun by a day because of a warning, oldest first, by links.
    pub fn actions(&self, number: u64, day: Date) -> Vec<&Record> {
        let proposals = self.proposals(number, day);
        let mut actions: Vec<&Record> = proposals.iter().flat_map(|p| self.begun(p, day)).collect();
        actions.sort_by_key(|act| act.number);
        actions
    }

    fn proposals(&self, warning: u64, day: Date) -> Vec<&Record> {
        let thread = self.thread(warning).into_iter();
        thread
            .flat_map(|w| self.until(w.number, RecordKind::Propose, day))
            .collect()
    }

    /// The actions that had begun on a proposal, with a decision or without.
    fn begun(&self, proposal: &Record, day: Date) -> Vec<&Record> {
        let decisions = self.until(proposal.number, RecordKind::Decide, day);
        let on_decisions = decisions.flat_map(|d| self.until(d.number, RecordKind::Act, day));
        self.until(proposal.number, RecordKind::Act, day)
            .chain(on_decisions)
            .collect()
    }

    /// The record that had withdrawn a warning by a day.
    pub(crate) fn cancelled(&self, number: u64, day: Date) -> Option<&Record> {
        let cancel = |r: &&Record| r.answer == Some(RecordAnswer::Cancel) && r.day() <= day;
        self.thread(number).into_iter().find(cancel)
    }

    /// The decision by which that very record of a warning was made public. An update says something else than what was
    /// published, and needs a decision of its own.
    pub fn publication(&self, number: u64) -> Option<&Record> {
        self.replies(number)
            .find(|r| r.kind == RecordKind::Decide && r.answer == Some(RecordAnswer::Publish))
    }

    /// Whether a record of a warning is public: by a recorded decision on it, never of a replay, and as long as the warning is
    /// not cancelled. Of a cancelled one, [`Chain::publication`] tells whether the public must learn of it.
    pub fn is_public(&self, number: u64) -> bool {
        let warning = self.get(number).filter(|r| r.kind == RecordKind::Warn && !r.replay);
        warning.is_some() && self.publication(number).is_some() && self.cancelled(number, Date::MAX).is_none()
    }

    /// The warnings that nobody had answered by a day ([`State::Unanswered`]), by their newest records.
    pub fn unanswered(&self, day: Date) -> Vec<&Record> {
        let all = self.records().iter();
        all.filter(|r| self.state(r.number, day) == Some(State::Unanswered))
            .collect()
    }

    fn warning_state(&self, warning: &Record, day: Date) -> State {
        if self.cancelled(warning.number, day).is_some() {
            return State::Cancelled;
        }
        if self.until(warning.number, RecordKind::Warn, day).next().is_some() {
            return State::Updated;
        }
        // The window is the one that was told last.
        let last = warning.window.map(|(_, to)| to);
        let actions = self.actions(warning.number, day);
        if actions.iter().any(|act| last.is_none_or(|last| act.day() <= last)) {
            return State::Answered;
        }
        let proposals = self.proposals(warning.number, day);
        let expired = |p: &&Record| self.proposal_state(p, day) == State::Expired;
        let all_expired = !proposals.is_empty() && proposals.iter().all(expired);
        if all_expired || last.is_some_and(|last| day > last) {
            State::Unanswered
        } else {
            State::Open
        }
    }

    fn proposal_state(&self, proposal: &Record, day: Date) -> State {
        if let Some(state) = self.acts_state(self.begun(proposal, day).into_iter(), day) {
            return state;
        }
        match self
            .until(proposal.number, RecordKind::Decide, day)
            .next()
            .and_then(|d| d.answer)
        {
            Some(RecordAnswer::Taken) => State::Taken,
            Some(RecordAnswer::NotTaken) => State::NotTaken,
            Some(_) => State::Overtaken,
            None if proposal.expires.is_some_and(|expires| day > expires) => State::Expired,
            None => State::Open,
        }
    }

    fn decision_state(&self, decision: &Record, day: Date) -> State {
        match decision.answer {
            Some(RecordAnswer::Publish) => match decision.answers.and_then(|n| self.cancelled(n, day)) {
                Some(_) => State::Cancelled,
                None => State::Public,
            },
            Some(RecordAnswer::NotTaken) => State::NotTaken,
            Some(RecordAnswer::Overtaken) => State::Overtaken,
            _ => {
                let acts = self.until(decision.number, RecordKind::Act, day);
                self.acts_state(acts, day).unwrap_or(State::Taken)
            }
        }
    }

    /// The record with which an action had ended by a day; itself where it is that.
    fn end<'r>(&'r self, act: &'r Record, day: Date) -> Option<&'r Record> {
        match act.answer {
            Some(RecordAnswer::Begun) => self.until(act.number, RecordKind::Act, day).next(),
            _ => Some(act),
        }
    }

    /// What has become of actions together: under way while one is, or what the last one ended with; none where there is none.
    fn acts_state<'r>(&'r self, acts: impl Iterator<Item = &'r Record>, day: Date) -> Option<State> {
        let ends: Vec<Option<&Record>> = acts.map(|act| self.end(act, day)).collect();
        let last = ends
            .iter()
            .copied()
            .max_by_key(|end| end.map_or(u64::MAX, |end| end.number))?;
        Some(match last.and_then(|end| end.answer) {
            None => State::UnderWay,
            Some(RecordAnswer::Stopped) => State::Stopped,
            Some(_) => State::Done,
        })
    }

    /// What had been done of an option at a place by a day: what is under way, and what was tried before.
    pub fn history(&self, place: &PlaceId, option: &str, day: Date) -> History {
        let begun = |r: &&Record| {
            r.answer == Some(RecordAnswer::Begun)
                && r.place == *place
                && r.option.as_deref() == Some(option)
                && r.day() <= day
        };
        let mut history = History::default();
        for act in self.records().iter().filter(begun) {
            let since = act.day();
            match self.end(act, day) {
                Some(end) => history.tried.push(Tried {
                    record: end.number,
                    since,
                    until: end.day(),
                    outcome: end.outcome.clone().unwrap_or_default(),
                }),
                None => history.under_way.push(UnderWay {
                    record: act.number,
                    since,
                }),
            }
        }
        history.tried.sort_by_key(|tried| tried.record);
        history
    }
}
