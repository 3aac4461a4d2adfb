//! Everything from which the agenda is told: the catalog, and how every participant has stood in every instrument. It is made
//! once for a state of the lake and asked for any day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use lysoen_agenda::instrument::InstrumentKind;
use lysoen_agenda::rules::counts::counts;
use lysoen_agenda::rules::participation::{Participations, participations};
use lysoen_agenda::standing::LATER_UNKNOWN;
use lysoen_agenda::{Basis, Catalog, Commitment, Finding, History, Instrument, List, Standing, StandingWord};
use lysoen_facts::ViewAt;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::place::PlaceId;

use super::catalog::catalog;
use super::facts::Facts;
use super::ground::Ground;
use super::rows::{BasisRow, CountsRow, FindingRow, InstrumentBrief, StandingRow};
use super::told;
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy;
use crate::sheet::SourceNote;

/// The source of what rests on no list: the catalog of the agenda itself.
const CATALOG: &str = "catalog";

/// What the agenda is told from.
#[derive(Debug)]
pub struct AgendaState {
    /// The elements and instruments.
    pub catalog: Catalog,
    /// What secretariats have listed.
    pub commitments: Vec<Commitment>,
    /// How far each list of participants reaches.
    pub lists: Vec<List>,
    /// What was not understood.
    pub findings: Vec<Finding>,
    /// What is done on the ground.
    pub ground: Ground,
    participations: BTreeMap<String, Participations>,
    names: BTreeMap<String, String>,
    cards: BTreeMap<String, SourceNote>,
}

impl AgendaState {
    /// The state of a view.
    pub fn of(observatory: &Observatory, at: &ViewAt) -> Result<AgendaState, AnswerError> {
        let catalog = catalog(observatory.own_catalog().as_deref())?;
        let view = observatory.view(at)?;
        let facts = Facts::read(&view)?;
        let crosswalk = observatory.crosswalk();
        let succeeded = |participant: &str| crosswalk.get(participant)?.from;
        let mut findings = facts.findings;
        let mut all = BTreeMap::new();
        for instrument in catalog.instruments() {
            let made = participations(instrument, &facts.actions, &facts.commitments, &facts.lists, &succeeded);
            findings.extend(made.findings.iter().cloned());
            all.insert(instrument.id.clone(), made);
        }
        findings.extend(strangers(&catalog, &facts.commitments));
        let mut cards: BTreeMap<String, SourceNote> = BTreeMap::new();
        for seen in view.releases() {
            let (source, as_of) = (&seen.release.source, Some(seen.release.vintage));
            let note = policy::source_note(&observatory.catalog, source, as_of);
            let newest = cards.get(source).is_none_or(|known| known.as_of < as_of);
            if newest {
                cards.insert(source.clone(), note);
            }
        }
        Ok(AgendaState {
            names: names(crosswalk, &facts.names),
            ground: Ground::read(&view, &catalog, observatory.measures())?,
            participations: all,
            commitments: facts.commitments,
            lists: facts.lists,
            catalog,
            findings,
            cards,
        })
    }

    /// An instrument by its id or a number that a source gives it; the nearest where there is none such.
    pub fn instrument(&self, asked: &str) -> Result<&Instrument, AnswerError> {
        let asked = asked.trim().to_lowercase();
        self.catalog.numbered(&asked).ok_or_else(|| AnswerError::NoInstrument {
            advice: self.catalog.advice(&asked),
            instrument: asked,
        })
    }

    /// How participants stand in an instrument.
    pub fn participations(&self, instrument: &str) -> Option<&Participations> {
        self.participations.get(instrument)
    }

    /// How a participant has stood in an instrument.
    pub fn history(&self, instrument: &str, participant: &str) -> Option<History> {
        Some(self.participations.get(instrument)?.of(participant))
    }

    /// How a participant stands in an instrument on a day.
    pub fn standing(&self, instrument: &Instrument, participant: &str, on: Date) -> Option<StandingRow> {
        let standing = self.history(&instrument.id, participant)?.on(on);
        Some(self.standing_row(&standing))
    }

    /// Whom an instrument concerns: of a political one the members of the United Nations, of others every state that can join
    /// and whoever stands in a list.
    pub fn participants(&self, instrument: &Instrument, on: Date) -> Vec<String> {
        let members = Crosswalk::builtin().current(on).filter(|country| country.un_member);
        let mut all: BTreeSet<String> = members.map(|country| country.iso3.clone()).collect();
        if instrument.kind != InstrumentKind::Political {
            let listed = self.participations.get(&instrument.id).into_iter();
            all.extend(listed.flat_map(|made| made.histories.keys().cloned()));
        }
        all.into_iter().collect()
    }

    /// The name of a participant.
    pub fn name(&self, participant: &str) -> String {
        self.names
            .get(participant)
            .map_or_else(|| participant.to_string(), Clone::clone)
    }

    /// Whether a participant is a country.
    pub fn is_place(&self, participant: &str) -> bool {
        place(participant).is_some()
    }

    /// The participant that is meant by a code or a name: a country, or an organisation that a list names.
    pub fn participant(&self, observatory: &Observatory, asked: &str) -> Result<String, AnswerError> {
        let same = |name: &&String| name.eq_ignore_ascii_case(asked.trim());
        if let Some(organisation) = self.names.keys().filter(|key| place(key).is_none()).find(same) {
            return Ok(organisation.clone());
        }
        Ok(observatory.place(asked)?.to_string())
    }

    /// The notes of sources by id, with the newest vintage of each.
    pub fn sources<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Vec<SourceNote> {
        let ids: BTreeSet<&str> = ids.into_iter().collect();
        ids.into_iter().filter_map(|id| self.cards.get(id).cloned()).collect()
    }

    /// How many stand how in an instrument; none for a political one, and where no list tells.
    pub fn counts(&self, instrument: &Instrument, on: Date) -> Option<CountsRow> {
        let made = self.participations.get(&instrument.id)?;
        let told = self.list(instrument).is_some();
        told.then(|| {
            let counts = counts(made, on);
            CountsRow {
                deposited: counts.deposited,
                in_force: counts.in_force,
                signed_only: counts.signed_only,
                provisional: counts.provisional,
                withdrawn: counts.withdrawn,
                notified: counts.notified,
                contested: counts.contested,
                unverified: counts.unverified,
                known_to: counts.known_to,
            }
        })
    }

    /// The newest complete list of an instrument, else the newest of any.
    pub fn list(&self, instrument: &Instrument) -> Option<&List> {
        let of = |list: &&List| list.instrument == instrument.id || instrument.numbers.contains(&list.instrument);
        self.lists
            .iter()
            .filter(of)
            .max_by_key(|list| (list.complete, list.as_of))
    }

    /// An instrument in a few words.
    pub fn brief(&self, instrument: &Instrument, on: Date) -> InstrumentBrief {
        let entry = || self.participations.get(&instrument.id).and_then(|made| made.entry);
        InstrumentBrief {
            id: instrument.id.clone(),
            short: instrument.short.clone(),
            title: instrument.title.clone(),
            kind: kind(instrument),
            elements: instrument.elements.clone(),
            adopted: instrument.adopted,
            entered_into_force: instrument.entered_into_force.or_else(entry),
            counts: self.counts(instrument, on),
            source: self.list(instrument).map(|list| list.source.clone()),
        }
    }

    /// A standing as a row.
    pub(super) fn standing_row(&self, standing: &Standing) -> StandingRow {
        let newest = standing.basis.iter().rev().find_map(|basis| basis.origin.as_ref());
        let list = || self.list(self.catalog.instrument(&standing.instrument)?);
        let (source, source_as_of) = match newest {
            Some(origin) => (Some(origin.source.clone()), Some(origin.as_of)),
            None if standing.word == StandingWord::Asked => {
                (Some(CATALOG.to_string()), self.read_on(&standing.instrument))
            }
            None => list().map_or((None, None), |list| (Some(list.source.clone()), Some(list.as_of))),
        };
        // The day up to which the source speaks stands beside, and once for all in the notes of the answer.
        let own = standing.notes.iter().filter(|note| !note.ends_with(LATER_UNKNOWN));
        StandingRow {
            participant: standing.participant.clone(),
            place: place(&standing.participant).map(|place| place.to_string()),
            name: self.name(&standing.participant),
            standing: standing.word.word(),
            told: told::standing(standing),
            since: standing.since,
            since_basis: standing.since_basis.map(since_basis),
            ahead: standing.ahead,
            known_to: standing.known_to,
            verified: standing.verified,
            declaration: standing.declaration,
            source,
            source_as_of,
            basis: standing.basis.iter().map(basis).collect(),
            notes: own.cloned().collect(),
        }
    }

    /// The newest day on which somebody read an instrument.
    fn read_on(&self, instrument: &str) -> Option<Date> {
        let read = &self.catalog.instrument(instrument)?.read;
        read.iter().filter_map(|reading| reading.checked).max()
    }

    /// The findings about an instrument and a participant; about all of them where none is named.
    pub fn findings(&self, instrument: Option<&Instrument>, participant: Option<&str>) -> Vec<FindingRow> {
        let about = |finding: &&Finding| {
            let named = &finding.instrument;
            instrument.is_none_or(|i| i.id == *named || i.numbers.contains(named))
                && participant.is_none_or(|participant| participant == finding.participant)
        };
        self.findings.iter().filter(about).map(finding).collect()
    }
}

/// Records that name an instrument or a duty that the catalog does not have.
fn strangers(catalog: &Catalog, commitments: &[Commitment]) -> Vec<Finding> {
    let mut found = Vec::new();
    for commitment in commitments {
        let Some(id) = &commitment.instrument else { continue };
        let instrument = catalog.instrument(id);
        let has = |duty: &String| {
            instrument.is_some_and(|i| i.duty.iter().any(|d| d.id == *duty) || i.deadline.iter().any(|d| d.id == *duty))
        };
        let message = match (&instrument, &commitment.duty) {
            (None, _) => {
                let advice = catalog
                    .advice(id)
                    .unwrap_or_else(|| "add it to catalog/agenda".to_string());
                format!(
                    "record {}: there is no instrument `{id}` in the catalog; {advice}",
                    commitment.id
                )
            }
            (Some(instrument), Some(duty)) if !has(duty) => {
                let known: Vec<&str> = instrument.duty.iter().map(|duty| duty.id.as_str()).collect();
                let known = known
                    .into_iter()
                    .chain(instrument.deadline.iter().map(|one| one.id.as_str()));
                let known: Vec<&str> = known.collect();
                format!(
                    "record {}: there is no duty `{duty}`; {id} has {}",
                    commitment.id,
                    known.join(", ")
                )
            }
            _ => continue,
        };
        found.push(Finding {
            instrument: id.clone(),
            participant: commitment.participant.clone().unwrap_or_default(),
            message,
            origin: Some(commitment.origin.clone()),
        });
    }
    found
}

fn names(crosswalk: &Crosswalk, told: &BTreeSet<(String, String)>) -> BTreeMap<String, String> {
    let listed = told
        .iter()
        .map(|(participant, name)| (participant.clone(), name.clone()));
    let known = crosswalk
        .all()
        .map(|country| (country.iso3.clone(), country.name.clone()));
    let organisation = |participant: &String| crosswalk.get(participant).is_none();
    // An organisation is called by its own name, a state by the one that it has everywhere else here.
    let listed = listed.map(|(participant, name)| match organisation(&participant) {
        true => (participant.clone(), participant),
        false => (participant, name),
    });
    listed.chain(known).collect()
}

/// The country that a participant is; none for an organisation.
pub(super) fn place(participant: &str) -> Option<PlaceId> {
    Crosswalk::builtin().get(participant)?.place().ok()
}

/// The word of an instrument's kind.
pub(super) fn kind(instrument: &Instrument) -> &'static str {
    match instrument.kind {
        InstrumentKind::Treaty => "treaty",
        InstrumentKind::Protocol => "protocol",
        InstrumentKind::Political => "political",
        InstrumentKind::Declaration => "declaration",
    }
}

fn since_basis(basis: lysoen_agenda::standing::SinceBasis) -> &'static str {
    use lysoen_agenda::standing::SinceBasis::{NoLater, Rule, Source, Succession, YearOnly};
    match basis {
        Rule => "rule",
        Source => "source",
        YearOnly => "year-only",
        Succession => "succession",
        NoLater => "no-later",
    }
}

/// A basis as a row.
pub(super) fn basis(basis: &Basis) -> BasisRow {
    let origin = basis.origin.as_ref();
    BasisRow {
        act: basis.act.clone(),
        date: basis.date,
        article: basis.article.clone(),
        source: origin.map(|origin| origin.source.clone()),
        as_of: origin.map(|origin| origin.as_of),
        verified: origin.map(|origin| origin.verified),
    }
}

/// A finding as a row.
pub(super) fn finding(finding: &Finding) -> FindingRow {
    FindingRow {
        instrument: finding.instrument.clone(),
        participant: finding.participant.clone(),
        message: finding.message.clone(),
        source: finding
            .origin
            .as_ref()
            .map(|origin| format!("{}, {}, row {}", origin.source, origin.file, origin.row)),
    }
}
