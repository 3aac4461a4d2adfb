//! Like-minded groups: who joined the instruments of a set together and early, and who of a region has not joined.
//!
//! *Early* in an instrument are the first quarter of those whose consent is dated to the day: of 162 the first 41, and
//! everybody who consented on the same day as the last of them. Successors are left out, as they did not choose when.
//! Two participants joined *together* where both were early and their consents lie within twelve months of each other.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::participation::Participations;
use crate::fact::Act;
use crate::standing::Standing;

/// How often two participants joined together.
#[derive(Clone, Debug, PartialEq)]
pub struct Similarity {
    /// The two, in the order of their names.
    pub pair: (String, String),
    /// The instruments that both joined early and within twelve months of each other.
    pub together: Vec<String>,
    /// Their share of the instruments of the set, 0 to 1.
    pub share: f64,
}

/// For each pair of participants the share of the instruments that they joined together by a day, the largest first.
/// Pairs that joined none together are left out.
pub fn similarities(instruments: &[&Participations], on: Date) -> Vec<Similarity> {
    let mut pairs: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for participations in instruments {
        let early = early(participations, on);
        for (at, (day, one)) in early.iter().enumerate() {
            let until = day.checked_add(12.months()).unwrap_or(Date::MAX);
            for (_, other) in early[at + 1..].iter().take_while(|(day, _)| *day <= until) {
                let pair = (one.min(other).to_string(), one.max(other).to_string());
                pairs
                    .entry(pair)
                    .or_default()
                    .push(participations.instrument().to_string());
            }
        }
    }
    let share = |together: usize| together as f64 / instruments.len() as f64;
    let similarity = |(pair, together): (_, Vec<String>)| Similarity {
        pair,
        share: share(together.len()),
        together,
    };
    let mut all: Vec<Similarity> = pairs.into_iter().map(similarity).collect();
    all.sort_by_key(|pair| std::cmp::Reverse(pair.together.len()));
    all
}

/// A participant that joined early, and what says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starter {
    /// The participant.
    pub participant: String,
    /// The instruments that it was among the first quarter to consent to, the day, and its rank from 1.
    pub early: Vec<(String, Date, usize)>,
}

/// A list to start from for something new: participants by in how many of the instruments they were early, then by
/// their ranks taken together, then by name; `n` of them. Only consents by that day that still stand count.
pub fn starting_list(instruments: &[&Participations], on: Date, n: usize) -> Vec<Starter> {
    let mut by_participant: BTreeMap<&str, Vec<(String, Date, usize)>> = BTreeMap::new();
    for participations in instruments {
        let early = early(participations, on);
        for (day, participant) in &early {
            let rank = 1 + early.partition_point(|(other, _)| other < day);
            let told = (participations.instrument().to_string(), *day, rank);
            by_participant.entry(participant).or_default().push(told);
        }
    }
    let starter = |(participant, early): (&str, _)| Starter {
        participant: participant.to_string(),
        early,
    };
    let mut all: Vec<Starter> = by_participant.into_iter().map(starter).collect();
    let ranks = |starter: &Starter| starter.early.iter().map(|(_, _, rank)| rank).sum::<usize>();
    all.sort_by_key(|starter| (std::cmp::Reverse(starter.early.len()), ranks(starter)));
    all.truncate(n);
    all
}

/// The first quarter to consent by a day, whose consent still stands on it, by day and name.
fn early(participations: &Participations, on: Date) -> Vec<(Date, &str)> {
    let consent = |participant| {
        let history = participations.histories.get(participant)?;
        let row = history
            .first_consent()
            .filter(|row| row.act != Act::Succession.word())?;
        let day = row.date.filter(|day| *day <= on)?;
        Some((day, history))
    };
    let names = participations.histories.keys().map(String::as_str);
    let mut dated: Vec<(Date, &str)> = names.filter_map(|name| Some((consent(name)?.0, name))).collect();
    dated.sort_unstable();
    let last = dated
        .len()
        .div_ceil(4)
        .checked_sub(1)
        .and_then(|at| dated.get(at))
        .map(|(day, _)| *day);
    dated.retain(|(day, name)| Some(*day) <= last && participations.histories[*name].consented_on(on));
    dated
}

/// How the members of a region stand who have not consented by a day, in the order given. Of whom no list tells is
/// among them.
pub fn not_joined(participations: &Participations, members: &[String], on: Date) -> Vec<Standing> {
    let histories = members.iter().map(|member| participations.of(member));
    histories
        .filter(|history| !history.consented_on(on))
        .map(|history| history.on(on))
        .collect()
}
