//! Everything that is told of a party on a day.

use std::collections::BTreeSet;

use jiff::civil::Date;
use lysoen_agenda::instrument::InstrumentKind;
use lysoen_agenda::standing::DutyWord;
use serde::Serialize;
use utoipa::ToSchema;

use super::due::{Asked, order};
use super::ground::{AidWorkersYear, AidYear};
use super::rows::{DueRow, FindingRow, InstrumentBrief, StandingRow};
use super::state::AgendaState;
use crate::error::AnswerError;
use crate::sheet::SourceNote;

/// Everything that is told of a party.
#[derive(Clone, Debug)]
pub struct PartyPage {
    /// ISO 3166-1 alpha-3 code; for an organisation its name.
    pub participant: String,
    /// Its name.
    pub name: String,
    /// How it stands with what it owes.
    pub record: Record,
    /// How it stands in every instrument.
    pub instruments: Vec<(InstrumentBrief, StandingRow)>,
    /// Of each duty the last and the next, and each deadline.
    pub due: Vec<DueRow>,
    /// The aid that it gives.
    pub aid: Vec<AidYear>,
    /// Attacks on aid workers in its territory.
    pub aid_workers: Vec<AidWorkersYear>,
    /// What was not understood.
    pub findings: Vec<FindingRow>,
    /// The sources.
    pub sources: Vec<SourceNote>,
}

/// How many duties stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgendaRecord)]
pub struct Record {
    /// Submitted on time.
    pub on_time: usize,
    /// Submitted late.
    pub late: usize,
    /// Overdue, by a register.
    pub overdue: usize,
    /// Due, and nobody has imported what was received.
    pub submission_unknown: usize,
    /// Due soon.
    pub due_soon: usize,
}

impl AgendaState {
    /// Everything that is told of a party on a day, of the instruments that are asked for.
    pub fn party_page(&self, participant: &str, asked: &Asked, on: Date) -> Result<PartyPage, AnswerError> {
        let mut page = PartyPage {
            participant: participant.to_string(),
            name: self.name(participant),
            record: Record::default(),
            instruments: Vec::new(),
            due: Vec::new(),
            aid: self.ground.aid_of(participant),
            aid_workers: self.ground.aid_workers_of(participant),
            findings: self.findings(None, Some(participant)),
            sources: Vec::new(),
        };
        let mut sources: BTreeSet<String> = BTreeSet::new();
        for instrument in self.chosen(asked)? {
            let is_member = || self.participants(instrument, on).iter().any(|one| one == participant);
            if instrument.kind == InstrumentKind::Political && !is_member() {
                continue;
            }
            let Some(standing) = self.standing(instrument, participant, on) else {
                continue;
            };
            sources.extend(standing.source.clone());
            page.due.extend(self.around(instrument, participant, on));
            let more = self.findings_of_duties(instrument, participant, on);
            page.findings.extend(more.iter().map(super::state::finding));
            page.instruments.push((self.brief(instrument, on), standing));
        }
        page.due.sort_by(|a, b| order(a).cmp(&order(b)));
        page.record = record(&page.due);
        sources.extend(page.due.iter().filter_map(|due| due.source.clone()));
        sources.extend(page.aid.iter().map(|year| year.source.clone()));
        sources.extend(page.aid_workers.iter().map(|year| year.source.clone()));
        page.sources = self.sources(sources.iter().map(String::as_str));
        Ok(page)
    }
}

fn record(due: &[DueRow]) -> Record {
    let count = |word: DutyWord| {
        due.iter()
            .filter(|row| row.kind == "duty" && row.status == word.word())
            .count()
    };
    Record {
        on_time: count(DutyWord::OnTime),
        late: count(DutyWord::Late),
        overdue: count(DutyWord::Overdue),
        submission_unknown: count(DutyWord::Unknown),
        due_soon: count(DutyWord::DueSoon),
    }
}
