//! Makes the next record, or says why there is none to make.

use jiff::Timestamp;
use jiff::civil::Date;
use lysoen_lexicon::place::PlaceId;

use super::asked::Asked;
use super::chain::Chain;
use super::record::{FIRST, Record, RecordAnswer, RecordKind, day_of};
use super::refused::Refused;
use super::roles::{Role, Roles};
use crate::option::Tier;

/// What somebody wants to record. Number, time, organisation and hashes come with [`Chain::append`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What is done.
    pub kind: RecordKind,
    /// The role that does it.
    pub by: String,
    /// The place for which.
    pub place: PlaceId,
    /// The trigger; taken from the record that is answered where it is left out.
    pub trigger: Option<String>,
    /// The option; taken from the record that is answered where it is left out.
    pub option: Option<String>,
    /// Of a proposal: the option's version.
    pub option_version: Option<u32>,
    /// The number of the record that it answers.
    pub answers: Option<u64>,
    /// What it says to that.
    pub answer: Option<RecordAnswer>,
    /// Why.
    pub reason: String,
    /// Of an act that ends: what came of it.
    pub outcome: Option<String>,
    /// Of a proposal: the last day on which it can be answered.
    pub expires: Option<Date>,
    /// Of a warning: the reasons of the trigger.
    pub said: Vec<String>,
    /// Of a warning: the first and the last day of which it warns.
    pub window: Option<(Date, Date)>,
    /// Of a warning: the forecast chance that its trigger read, in thousandths.
    pub chance_permille: Option<u16>,
    /// Of a warning: whether it is told from a replay or a reconstruction.
    pub replay: bool,
    /// The program that writes it, with its version.
    pub program: String,
}

impl Draft {
    /// A draft with nothing but what each has.
    pub fn new(kind: RecordKind, by: &str, place: PlaceId, reason: &str, program: &str) -> Draft {
        Draft {
            kind,
            by: by.to_owned(),
            place,
            trigger: None,
            option: None,
            option_version: None,
            answers: None,
            answer: None,
            reason: reason.to_owned(),
            outcome: None,
            expires: None,
            said: Vec::new(),
            window: None,
            chance_permille: None,
            replay: false,
            program: program.to_owned(),
        }
    }
}

/// Characters that turn the direction of the text around them, so that it reads otherwise than it is.
const TURNING: [char; 9] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];

/// A text without the spaces around it, where it can be kept.
fn kept(what: &'static str, text: &str) -> Result<String, Refused> {
    let text = text.trim();
    if let Some(c) = text.chars().find(|c| c.is_control() || TURNING.contains(c)) {
        return Err(Refused::Control(what, format!("U+{:04X}", u32::from(c))));
    }
    match text.chars().count() {
        long if long > 4000 => Err(Refused::TooLong(what, long)),
        _ => Ok(text.to_owned()),
    }
}

/// A text that may be absent; an empty one is.
fn kept_if_any(what: &'static str, text: Option<&str>) -> Result<Option<String>, Refused> {
    let text = text.map(|text| kept(what, text)).transpose()?;
    Ok(text.filter(|text| !text.is_empty()))
}

impl Chain {
    /// The record that follows the newest, where it may be made. `tier_of` gives the tier of an option by its id. Nothing is
    /// added: the record is to be written first, only where no file of its number is there, and then [`Chain::push`]ed.
    pub fn append(
        &self,
        draft: Draft,
        now: Timestamp,
        roles: &Roles,
        tier_of: &dyn Fn(&str) -> Option<Tier>,
    ) -> Result<Record, Refused> {
        let role = may(&draft, roles)?;
        let mut draft = readable(draft)?;
        let last = self.records().last();
        let at = whole_seconds(now);
        if let Some(last) = last.filter(|last| at < last.at) {
            let (number, at) = (last.number, last.at);
            return Err(Refused::Clock { now, number, at });
        }
        strays(&draft)?;
        let answered = self.answered(&draft)?;
        if let Some(answered) = answered {
            inherit(&mut draft, answered)?;
        }
        let asked = Asked {
            chain: self,
            role,
            roles,
            tier_of,
            today: day_of(at),
        };
        match draft.kind {
            RecordKind::Warn => asked.warn(&mut draft, answered)?,
            RecordKind::Propose => asked.propose(&draft, answered)?,
            RecordKind::Decide => asked.decide(&draft, answered)?,
            RecordKind::Act => asked.act(&draft, answered)?,
        }
        let record = Record {
            number: last.map_or(0, |last| last.number) + 1,
            previous: last.map_or(FIRST.to_owned(), |last| last.hash.clone()),
            at,
            kind: draft.kind,
            by: draft.by,
            organisation: role.organisation.clone(),
            place: draft.place,
            trigger: draft.trigger,
            option: draft.option,
            option_version: draft.option_version,
            answers: draft.answers,
            answer: draft.answer,
            reason: draft.reason,
            outcome: draft.outcome,
            expires: draft.expires,
            said: draft.said,
            window: draft.window,
            chance_permille: draft.chance_permille,
            replay: draft.replay,
            program: draft.program,
            hash: String::new(),
        };
        Ok(record.sealed())
    }

    /// The record that a draft answers, which must be for the same place.
    fn answered(&self, draft: &Draft) -> Result<Option<&Record>, Refused> {
        let Some(number) = draft.answers else { return Ok(None) };
        let newest = self.records().len() as u64;
        let answered = self.get(number).ok_or(Refused::NoSuchRecord(number, newest))?;
        if answered.place != draft.place {
            return Err(Refused::OtherPlace {
                number,
                theirs: answered.place.clone(),
                own: draft.place.clone(),
            });
        }
        Ok(Some(answered))
    }
}

/// Times are kept in whole seconds, and never later than they were.
fn whole_seconds(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_millisecond().div_euclid(1000)).unwrap_or(now)
}

/// The role that makes the record, where it may.
fn may<'r>(draft: &Draft, roles: &'r Roles) -> Result<&'r Role, Refused> {
    let (kind, by) = (draft.kind, draft.by.clone());
    if roles.list().is_empty() {
        return Err(Refused::NoRoles(kind));
    }
    let role = roles.get(&by).ok_or_else(|| Refused::NoSuchRole {
        nearest: roles.nearest(&by).map(str::to_owned),
        by: by.clone(),
    })?;
    if !role.may(kind) {
        let who = roles.who(|r| r.may(kind));
        return Err(Refused::MayNot { by, kind, who });
    }
    if !role.covers(&draft.place) {
        let (place, who) = (
            draft.place.clone(),
            roles.who(|r| r.may(kind) && r.covers(&draft.place)),
        );
        return Err(Refused::NotThere { by, place, kind, who });
    }
    Ok(role)
}

/// The draft with its texts as they are kept.
fn readable(draft: Draft) -> Result<Draft, Refused> {
    let reason = kept("reason", &draft.reason)?;
    match reason.chars().count() {
        0 => return Err(Refused::NoReason),
        short if short < 10 => return Err(Refused::ShortReason(short)),
        _ => {}
    }
    let said = draft.said.iter().map(|said| kept("reason of the trigger", said));
    Ok(Draft {
        said: said.collect::<Result<_, _>>()?,
        trigger: kept_if_any("trigger", draft.trigger.as_deref())?,
        option: kept_if_any("option", draft.option.as_deref())?,
        outcome: kept_if_any("outcome", draft.outcome.as_deref())?,
        program: kept("name of the program", &draft.program)?,
        reason,
        ..draft
    })
}

/// Refuses an answer that is not one of the kind's, and fields that such a record does not have.
fn strays(draft: &Draft) -> Result<(), Refused> {
    use RecordAnswer::{Alert, Done, Publish, Stopped};
    let (kind, answer) = (draft.kind, draft.answer);
    let expected = match answer {
        Some(answer) => kind.answers().contains(&answer),
        None => kind.answers().is_empty(),
    };
    if !expected {
        return Err(Refused::Answer { kind, answer });
    }
    let warn = kind == RecordKind::Warn;
    let ends = matches!(answer, Some(Done | Stopped));
    let stray = [
        ("option", draft.option.is_some() && (warn || answer == Some(Publish))),
        (
            "option's version",
            draft.option_version.is_some() && (warn || answer == Some(Publish)),
        ),
        ("outcome", draft.outcome.is_some() && !ends),
        (
            "day on which it expires",
            draft.expires.is_some() && kind != RecordKind::Propose,
        ),
        ("reasons of a trigger", !draft.said.is_empty() && !warn),
        ("window", draft.window.is_some() && !warn),
        ("chance", draft.chance_permille.is_some() && !warn),
        ("mark of a replay", draft.replay && !warn),
    ];
    if let Some((what, _)) = stray.into_iter().find(|(_, is)| *is) {
        return Err(Refused::Stray(what));
    }
    if answer == Some(Alert) && draft.answers.is_some() {
        return Err(Refused::AlertAnswers);
    }
    match draft.window.filter(|(from, to)| from > to) {
        Some((from, to)) => Err(Refused::Window(from, to)),
        None => Ok(()),
    }
}

/// Gives the draft the trigger and the option of the record that it answers, which it must not contradict.
fn inherit(draft: &mut Draft, answered: &Record) -> Result<(), Refused> {
    let other = |what, theirs: &str, own: &str| Refused::Other {
        what,
        number: answered.number,
        theirs: theirs.to_owned(),
        own: own.to_owned(),
    };
    for (what, own, theirs) in [
        ("trigger", &mut draft.trigger, &answered.trigger),
        ("option", &mut draft.option, &answered.option),
    ] {
        match (own.as_deref(), theirs.as_deref()) {
            (None, theirs) => *own = theirs.map(str::to_owned),
            (Some(own), Some(theirs)) if own != theirs => return Err(other(what, theirs, own)),
            // A proposal names the option first.
            (Some(own), None) if draft.kind != RecordKind::Propose || what == "trigger" => {
                return Err(other(what, "none", own));
            }
            _ => {}
        }
    }
    if draft.kind != RecordKind::Propose {
        match (draft.option_version, answered.option_version) {
            (Some(own), theirs) if theirs != Some(own) => {
                let theirs = theirs.map_or("none".to_owned(), |theirs| theirs.to_string());
                return Err(other("option's version", &theirs, &own.to_string()));
            }
            (_, theirs) => draft.option_version = theirs,
        }
    }
    Ok(())
}
