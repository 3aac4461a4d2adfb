//! Whether what is recorded meets a condition, fails it, or leaves it open.

use std::collections::BTreeMap;

use super::Standing;
use super::words::{and, or};
use crate::option::{Condition, LadderOption, Requirement};
use crate::statement::{Answer, Kind, Statement};

/// What is known of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It is met; a sentence that says by what.
    Met(String),
    /// It is known to be lacking.
    Lacking(Lacking),
    /// It is not known.
    Unknown(String),
}

/// Something that is known to be lacking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lacking {
    /// What it is called: `host consent`.
    called: String,
    /// Why in a few words: none where there simply is none, else `host consent refused`.
    short: Option<String>,
    /// In a sentence, with the source.
    pub(super) said: String,
}

/// The words by which a statement may name an option.
pub(super) fn names(option: &LadderOption) -> impl Iterator<Item = &str> {
    std::iter::once(option.id.as_str()).chain(option.topics.iter().map(String::as_str))
}

/// Whether a statement's subject has one of the words.
pub(super) fn is_about<'w>(said: &Statement, mut words: impl Iterator<Item = &'w str>) -> bool {
    words.any(|word| {
        said.subject
            .split_whitespace()
            .any(|subject| subject.eq_ignore_ascii_case(word))
    })
}

/// Who a statement names, as one word: `Security Council` is `security-council`.
fn by(said: &Statement) -> String {
    let by = said.by.as_deref().unwrap_or_default();
    by.trim()
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join("-")
}

/// The document or source of a statement, in brackets.
pub(super) fn cited(said: &Statement) -> String {
    let until = said.until.map(|until| format!(", until {until}")).unwrap_or_default();
    let document = said.document.as_deref().filter(|_| said.verified);
    let document = document.map(|document| format!("{document}, ")).unwrap_or_default();
    format!(
        "({document}recorded {} as statement {}, since {}{until})",
        said.as_of, said.id, said.from
    )
}

/// What is known of a requirement: one of its conditions is enough.
pub(super) fn requirement(requirement: &Requirement, option: &LadderOption, standing: &Standing<'_>) -> Known {
    let all: Vec<Known> = requirement
        .any
        .iter()
        .map(|condition| self::condition(condition, option, standing))
        .collect();
    if let Some(met) = all.iter().find(|known| matches!(known, Known::Met(_))) {
        return met.clone();
    }
    let unknown: Vec<String> = all
        .iter()
        .filter_map(|known| match known {
            Known::Unknown(what) => Some(what.clone()),
            _ => None,
        })
        .collect();
    if !unknown.is_empty() {
        return Known::Unknown(or(&unknown));
    }
    let lacking: Vec<Lacking> = all
        .into_iter()
        .filter_map(|known| match known {
            Known::Lacking(lacking) => Some(lacking),
            _ => None,
        })
        .collect();
    Known::Lacking(together(&lacking))
}

/// Several that are lacking, of which one would have been enough.
fn together(lacking: &[Lacking]) -> Lacking {
    if let [one] = lacking {
        return one.clone();
    }
    let said: Vec<&str> = lacking.iter().map(|one| one.said.as_str()).collect();
    let called: Vec<String> = lacking.iter().map(|one| one.called.clone()).collect();
    let short = match (lacking.iter().all(|one| one.short.is_none()), called.as_slice()) {
        (true, [one, other]) => format!("neither {one} nor {other}"),
        (true, _) => format!("none of {}", or(&called)),
        (false, _) => {
            let shorts: Vec<String> = lacking.iter().map(Lacking::told).collect();
            and(&shorts)
        }
    };
    Lacking {
        called: or(&called),
        short: Some(short),
        said: said.join(" "),
    }
}

impl Lacking {
    /// In a few words.
    pub(super) fn told(&self) -> String {
        self.short.clone().unwrap_or_else(|| format!("no {}", self.called))
    }
}

/// What is known of a condition. Of each body the newest statement counts; one that gives it is enough.
fn condition(condition: &Condition, option: &LadderOption, standing: &Standing<'_>) -> Known {
    let wanted = |said: &&Statement| {
        let by = by(said);
        let subject = is_about(said, condition.subject.iter().map(String::as_str))
            || condition.kind != Kind::Violation && is_about(said, names(option));
        said.kind == condition.kind && subject && (condition.by.is_empty() || condition.by.contains(&by))
    };
    let mut newest: BTreeMap<(String, &str), &Statement> = BTreeMap::new();
    for said in standing.now.iter().copied().filter(wanted) {
        // Violations stand beside each other; consents and mandates follow each other.
        let subject = if said.kind == Kind::Violation {
            said.subject.as_str()
        } else {
            ""
        };
        let entry = newest.entry((by(said), subject)).or_insert(said);
        if (entry.from, &entry.id) < (said.from, &said.id) {
            *entry = said;
        }
    }
    let called = &condition.called;
    let given = newest.values().find(|said| gives(said.answer));
    if let Some(said) = given {
        return Known::Met(format!(
            "{} is recorded {}.",
            super::words::capital(called),
            cited(said)
        ));
    }
    // Of those that do not give it, a refusal is told before the finding that there is none.
    let lacking = newest.values().max_by_key(|said| (weight(said.answer), said.from));
    if let Some(said) = lacking {
        let short = match said.answer {
            Answer::Refused => Some(format!("{called} refused")),
            Answer::Withdrawn => Some(format!("{called} withdrawn")),
            Answer::Ended => Some(format!("{called} ended on {}", said.from)),
            _ => None,
        };
        let found = match (&short, said.answer) {
            (Some(short), _) => super::words::capital(short),
            (None, Answer::Reported) => format!("There is no {called}: what is reported was not verified"),
            (None, _) => format!("There is no {called}"),
        };
        let beside = beside(condition, standing);
        return Known::Lacking(Lacking {
            called: called.clone(),
            short,
            said: format!("{found} {}.{beside}", cited(said)),
        });
    }
    let expired = standing
        .expired
        .iter()
        .copied()
        .filter(wanted)
        .max_by_key(|said| said.until);
    Known::Unknown(match expired.and_then(|said| said.until) {
        Some(until) => format!("{called} (recorded until {until}, and not since)"),
        None => called.clone(),
    })
}

/// The refusals of those whose consent the option does not ask for, each by its newest word: who refuses what is done to them
/// closes it all the same.
pub(super) fn unasked_refusals<'s>(option: &LadderOption, standing: &Standing<'s>) -> Vec<&'s Statement> {
    let conditions = || option.requires.iter().flat_map(|requirement| &requirement.any);
    let asked = |body: &String| {
        conditions().any(|one| one.kind == Kind::Consent && (one.by.is_empty() || one.by.contains(body)))
    };
    let mut newest: BTreeMap<String, &Statement> = BTreeMap::new();
    let about = |said: &&&Statement| said.kind == Kind::Consent && is_about(said, names(option));
    for said in standing.now.iter().filter(about).copied() {
        let entry = newest.entry(by(said)).or_insert(said);
        if (entry.from, &entry.id) < (said.from, &said.id) {
            *entry = said;
        }
    }
    let refuses = |said: &&Statement| matches!(said.answer, Answer::Refused | Answer::Withdrawn);
    newest
        .into_iter()
        .filter(|(body, _)| !asked(body))
        .map(|(_, said)| said)
        .filter(refuses)
        .collect()
}

/// Violations that are verified and are not among those that count.
fn beside(condition: &Condition, standing: &Standing<'_>) -> String {
    if condition.kind != Kind::Violation {
        return String::new();
    }
    let others = standing.now.iter().filter(|said| {
        let counts = is_about(said, condition.subject.iter().map(String::as_str));
        said.kind == Kind::Violation && said.answer == Answer::Verified && !counts
    });
    let mut others: Vec<String> = others.map(|said| said.subject.replace('-', " ")).collect();
    others.sort();
    others.dedup();
    match others.as_slice() {
        [] => String::new(),
        _ => format!(
            " {} is recorded, and is not among those that count.",
            super::words::capital(&and(&others))
        ),
    }
}

fn gives(answer: Answer) -> bool {
    matches!(answer, Answer::Given | Answer::InForce | Answer::Verified)
}

fn weight(answer: Answer) -> u8 {
    match answer {
        Answer::Refused | Answer::Withdrawn => 2,
        Answer::Ended => 1,
        _ => 0,
    }
}
