//! Everything that is told of an instrument on a day.

use std::collections::BTreeSet;

use jiff::civil::Date;
use lysoen_agenda::instrument::{Due, Duty, Entry};
use lysoen_agenda::rules::curve::{Point as CurvePoint, TimeToEntry, curve, time_to_entry};
use lysoen_agenda::rules::groups::{Starter, starting_list};
use lysoen_agenda::standing::DutyWord;
use lysoen_agenda::{CommitmentKind, Instrument};
use lysoen_ladder::Catalog as LadderCatalog;
use lysoen_lexicon::country::Crosswalk;
use serde::Serialize;
use utoipa::ToSchema;

use super::due::{Asked, order};
use super::ground::Beside;
use super::rows::{DueRow, FindingRow, InstrumentBrief, MeetingRow, StandingRow};
use super::state::{AgendaState, place};
use super::told::day;
use crate::sheet::SourceNote;

/// How many of who joined early are told.
const ALIKE: usize = 25;

/// Everything that is told of an instrument.
#[derive(Clone, Debug)]
pub struct InstrumentPage {
    /// In a few words.
    pub brief: InstrumentBrief,
    /// The list that is the newest.
    pub list: Option<(String, Date)>,
    /// The rules of entry into force, leaving and provisional application, in sentences with their articles.
    pub rules: Vec<Rule>,
    /// How everybody stands.
    pub parties: Vec<StandingRow>,
    /// How many had joined, day by day of change.
    pub curve: Vec<CurvePoint>,
    /// How long it took.
    pub time_to_entry: Option<TimeToEntry>,
    /// Of each duty the last and the next.
    pub calendar: Vec<DueRow>,
    /// Who is late or overdue, by a register.
    pub late: Vec<DueRow>,
    /// The registers of what was received.
    pub registers: Vec<Register>,
    /// Why nobody is told as late, where no register is there.
    pub register_note: Option<String>,
    /// Who has not joined, by region.
    pub regions: Vec<RegionRow>,
    /// Who joined early, in how many of the element's instruments.
    pub alike: Vec<AlikeRow>,
    /// Promise and practice side by side.
    pub beside: Option<Beside>,
    /// Meetings to come.
    pub meetings: Vec<MeetingRow>,
    /// What was not understood.
    pub findings: Vec<FindingRow>,
    /// The sources.
    pub sources: Vec<SourceNote>,
}

/// A rule in a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaRule)]
pub struct Rule {
    /// The sentence.
    pub told: String,
    /// The article.
    pub article: String,
}

/// A register of what was received.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaRegister)]
pub struct Register {
    /// The duty; all of the instrument where none.
    pub duty: Option<String>,
    /// The first day from which it is complete.
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The last day.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// The source's card.
    pub source: String,
    /// Its vintage.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
}

/// Who of a region has not joined.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaRegion)]
pub struct RegionRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// How many members it has.
    pub members: usize,
    /// For how many the instrument is in force.
    pub bound: usize,
    /// The others.
    pub not_joined: Vec<NotJoined>,
    /// Who says who its members are.
    pub source: String,
}

/// A member of a region that has not joined.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaNotJoined)]
pub struct NotJoined {
    /// The country.
    pub place: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub standing: &'static str,
}

/// Who joined early.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaAlike)]
pub struct AlikeRow {
    /// ISO 3166-1 alpha-3 code; for an organisation its name.
    pub participant: String,
    /// Its name.
    pub name: String,
    /// The country.
    pub place: Option<String>,
    /// Where it was among the first quarter.
    pub early_in: Vec<EarlyRow>,
}

/// An instrument that somebody joined early.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = AgendaEarly)]
pub struct EarlyRow {
    /// The instrument's id.
    pub instrument: String,
    /// Its short name.
    pub short: String,
    /// The day of the consent.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// The how-manieth it was.
    pub rank: usize,
    /// How many have consented.
    pub of: usize,
}

impl AgendaState {
    /// Everything that is told of an instrument on a day.
    pub fn instrument_page(&self, instrument: &Instrument, on: Date) -> InstrumentPage {
        let made = self.participations(&instrument.id);
        let participants = self.participants(instrument, on);
        let of = |participant: &String| self.standing(instrument, participant, on);
        let parties: Vec<StandingRow> = participants.iter().filter_map(of).collect();
        let mut calendar: Vec<DueRow> = participants
            .iter()
            .flat_map(|one| self.around(instrument, one, on))
            .collect();
        calendar.sort_by(|a, b| order(a).cmp(&order(b)));
        let is_late = |row: &&DueRow| [DutyWord::Late.word(), DutyWord::Overdue.word()].contains(&row.status);
        let late = calendar.iter().filter(is_late).cloned().collect();
        let mut findings = self.findings(Some(instrument), None);
        for participant in &participants {
            let more = self.findings_of_duties(instrument, participant, on);
            findings.extend(more.iter().map(super::state::finding));
        }
        let mut seen = BTreeSet::new();
        findings.retain(|one| seen.insert((one.participant.clone(), one.message.clone(), one.source.clone())));
        let registers = self.registers(instrument);
        let owed = !instrument.duty.is_empty();
        let asked = Asked {
            instrument: Some(instrument.id.clone()),
            ..Asked::default()
        };
        let window = on..=on.checked_add(jiff::ToSpan::years(20)).unwrap_or(Date::MAX);
        let beside = self.ground.beside(made);
        let mut page = InstrumentPage {
            brief: self.brief(instrument, on),
            list: self.list(instrument).map(|list| (list.source.clone(), list.as_of)),
            rules: rules(instrument),
            curve: made
                .map(curve)
                .unwrap_or_default()
                .into_iter()
                .filter(|point| point.on <= on)
                .collect(),
            time_to_entry: made.map(|made| time_to_entry(instrument, made)),
            register_note: (owed && registers.is_empty()).then(|| {
                "No register of what was received is imported, so it is not known who is late: of what is past, \
                 “submission unknown” is told."
                    .to_string()
            }),
            regions: self.regions(instrument, on),
            alike: self.alike(instrument, on),
            meetings: self.meetings(&asked, &window).unwrap_or_default(),
            sources: Vec::new(),
            parties,
            calendar,
            late,
            registers,
            findings,
            beside,
        };
        page.sources = self.sources(page.named().iter().map(String::as_str));
        page
    }

    fn registers(&self, instrument: &Instrument) -> Vec<Register> {
        let of = self.commitments.iter().filter(|commitment| {
            commitment.kind == CommitmentKind::Register && commitment.instrument.as_ref() == Some(&instrument.id)
        });
        let register = of.map(|commitment| Register {
            duty: commitment.duty.clone(),
            from: commitment.date,
            until: commitment.until,
            source: commitment.origin.source.clone(),
            as_of: commitment.origin.as_of,
        });
        register.collect()
    }

    fn regions(&self, instrument: &Instrument, on: Date) -> Vec<RegionRow> {
        let Some(made) = self.participations(&instrument.id) else {
            return Vec::new();
        };
        if self.counts(instrument, on).is_none() {
            return Vec::new();
        }
        let of = |id: &str, title: &str, members: &[String], source: &str| {
            let standings = members.iter().map(|member| (member, made.of(member).on(on).word));
            let (bound, others): (Vec<_>, Vec<_>) = standings.partition(|(_, word)| word.bound());
            RegionRow {
                id: id.to_string(),
                title: title.to_string(),
                members: members.len(),
                bound: bound.len(),
                not_joined: others
                    .into_iter()
                    .map(|(member, word)| NotJoined {
                        place: member.clone(),
                        name: self.name(member),
                        standing: word.word(),
                    })
                    .collect(),
                source: source.to_string(),
            }
        };
        let regions = LadderCatalog::builtin().regions();
        let mut all: Vec<RegionRow> = regions
            .map(|region| of(&region.id, &region.name, &region.members, &region.source))
            .collect();
        for (name, members) in of_the_un(on) {
            all.push(of(
                &name.to_lowercase().replace(' ', "-"),
                &name,
                &members,
                "UN M49, members of the United Nations",
            ));
        }
        all
    }

    fn alike(&self, instrument: &Instrument, on: Date) -> Vec<AlikeRow> {
        let same = |other: &&Instrument| other.elements.iter().any(|number| instrument.elements.contains(number));
        let near = self.catalog.instruments().filter(same);
        let near: Vec<_> = near.filter_map(|other| self.participations(&other.id)).collect();
        let all = |id: &str| self.catalog.instrument(id).and_then(|other| self.counts(other, on));
        let row = |(id, day, rank): &(String, Date, usize)| EarlyRow {
            short: self
                .catalog
                .instrument(id)
                .map_or_else(String::new, |i| i.short.clone()),
            instrument: id.clone(),
            on: *day,
            rank: *rank,
            of: all(id).map_or(0, |counts| counts.deposited),
        };
        let of = |starter: &Starter| AlikeRow {
            participant: starter.participant.clone(),
            name: self.name(&starter.participant),
            place: place(&starter.participant).map(|place| place.to_string()),
            early_in: starter.early.iter().map(row).collect(),
        };
        let early_here = |starter: &&Starter| starter.early.iter().any(|(id, ..)| *id == instrument.id);
        let list = starting_list(&near, on, usize::MAX);
        list.iter().filter(early_here).take(ALIKE).map(of).collect()
    }
}

impl InstrumentPage {
    /// The sources that it names.
    fn named(&self) -> BTreeSet<String> {
        let of_parties = self
            .parties
            .iter()
            .flat_map(|row| &row.basis)
            .filter_map(|basis| basis.source.clone());
        let of_due = self.calendar.iter().filter_map(|row| row.source.clone());
        let of_registers = self.registers.iter().map(|register| register.source.clone());
        let of_practice = self.beside.iter().map(|beside| beside.source.clone());
        let of_list = self.list.iter().map(|(source, _)| source.clone());
        of_parties
            .chain(of_due)
            .chain(of_registers)
            .chain(of_practice)
            .chain(of_list)
            .collect()
    }
}

/// The members of the United Nations by the regions and subregions of M49.
fn of_the_un(on: Date) -> std::collections::BTreeMap<String, Vec<String>> {
    let mut regions = std::collections::BTreeMap::<String, Vec<String>>::new();
    for country in Crosswalk::builtin().current(on).filter(|country| country.un_member) {
        if let Some(region) = &country.region {
            regions.entry(region.clone()).or_default().push(country.iso3.clone());
        }
    }
    regions
}

/// The rules of an instrument in sentences.
fn rules(instrument: &Instrument) -> Vec<Rule> {
    let mut all = Vec::new();
    let mut add = |told: String, article: &str| {
        all.push(Rule {
            told,
            article: article.to_string(),
        })
    };
    if let Some(Entry {
        article,
        consents,
        original,
        later_article,
        later,
        counted_from,
    }) = &instrument.entry
    {
        let from = counted_from.as_deref().unwrap_or("deposit");
        add(
            format!("Enters into force {original} after the {from} of consent number {consents}."),
            article,
        );
        add(
            format!("For who joins later: {later} after its own {from}."),
            later_article,
        );
    }
    if let Some(article) = &instrument.provisional {
        add(
            "Can be applied provisionally before it is in force.".to_string(),
            article,
        );
    }
    match &instrument.withdrawal {
        Some(withdrawal) => {
            add(
                format!(
                    "A withdrawal takes effect {} after the notice is received.",
                    withdrawal.wait
                ),
                &withdrawal.article,
            );
            if let Some(article) = &withdrawal.armed_conflict {
                add(
                    "It takes no effect before the end of an armed conflict in which the state is engaged then.".into(),
                    article,
                );
            }
        }
        None if instrument.no_withdrawal => add("No article provides for leaving it.".to_string(), ""),
        None if instrument.entry.is_some() => add("By which article one leaves it is not known here.".to_string(), ""),
        None => {}
    }
    all
}

/// When a duty is due, in a sentence.
pub fn due_told(duty: &Duty) -> String {
    match &duty.due {
        Due::AfterEntry { wait } => format!("Once, {wait} after the entry into force for the party."),
        Due::Yearly { on, after: Some(after) } => {
            format!(
                "Every year by {}, for the calendar year before; first after {after} was due.",
                on.told()
            )
        }
        Due::Yearly { on, after: None } => {
            format!(
                "Every year by {}, for the calendar year before; first for the first whole year.",
                on.told()
            )
        }
        Due::Every { wait, after } => format!("Every {wait} after {after}; a day that was set takes its place."),
        Due::With { duty, otherwise, .. } => {
            let otherwise =
                otherwise.map_or_else(String::new, |wait| format!("; every {wait} for who does not owe that"));
            format!("Together with {duty}{otherwise}.")
        }
        Due::Dates { on } => {
            let days: Vec<String> = on.iter().map(|one| day(one.date)).collect();
            format!("On {}.", days.join(", "))
        }
        Due::Set { by } => format!("On a day that {by} sets."),
    }
}
