//! What the ladder tells, as sheets.

use lysoen_ladder::log::{Chain, Indicators, Record, Slice};
use lysoen_ladder::rules::Rung;

use super::place::PlaceLadder;
use super::state::{LadderState, Warned};
use crate::observatory::Observatory;
use crate::sheet::{Cell, Column, Kind, Sheet, SourceNote};

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

const WARNINGS: [Column; 11] = [
    column("place", Kind::Text),
    column("place_name", Kind::Text),
    column("trigger", Kind::Text),
    column("title", Kind::Text),
    column("kind", Kind::Text),
    column("chance", Kind::Number),
    column("from", Kind::Date),
    column("to", Kind::Date),
    column("reasons", Kind::Text),
    column("as_of", Kind::Date),
    column("origin", Kind::Text),
];

const RUNGS: [Column; 23] = [
    column("place", Kind::Text),
    column("place_name", Kind::Text),
    column("option", Kind::Text),
    column("version", Kind::Count),
    column("title", Kind::Text),
    column("tier", Kind::Text),
    column("status", Kind::Text),
    column("status_told", Kind::Text),
    column("open_for_sites", Kind::Count),
    column("fits_phase", Kind::Text),
    column("timing", Kind::Text),
    column("timing_told", Kind::Text),
    column("lead_least_days", Kind::Count),
    column("lead_most_days", Kind::Count),
    column("decide_by_to_be_sure", Kind::Date),
    column("decide_by_at_all", Kind::Date),
    column("waiting", Kind::Text),
    column("window_from", Kind::Date),
    column("window_to", Kind::Date),
    column("reasons", Kind::Text),
    column("below_not_tried", Kind::Text),
    column("actors", Kind::Text),
    column("as_of", Kind::Date),
];

const LOG: [Column; 16] = [
    column("number", Kind::Count),
    column("at", Kind::Text),
    column("kind", Kind::Text),
    column("by", Kind::Text),
    column("organisation", Kind::Text),
    column("place", Kind::Text),
    column("place_name", Kind::Text),
    column("trigger", Kind::Text),
    column("option", Kind::Text),
    column("answers", Kind::Count),
    column("answer", Kind::Text),
    column("reason", Kind::Text),
    column("outcome", Kind::Text),
    column("expires", Kind::Date),
    column("state", Kind::Text),
    column("hash", Kind::Text),
];

impl LadderState {
    /// What stands, a row a country and trigger.
    pub fn sheet(&self) -> Sheet {
        let row = |warned: &Warned| {
            vec![
                warned.place.to_string().into(),
                warned.name.clone().into(),
                warned.trigger.clone().into(),
                warned.title.clone().into(),
                kind(warned).into(),
                warned.chance.into(),
                warned.window.from.into(),
                warned.window.to.into(),
                warned.reasons.join(" ").into(),
                self.as_of.into(),
                self.origin.map(|origin| origin.to_string()).into(),
            ]
        };
        self.dressed(
            "Warnings and observed breaches",
            &WARNINGS,
            self.standing.iter().map(row).collect(),
            self.sources(),
        )
    }

    /// The options at places, a row each.
    pub fn rungs_sheet(&self, ladders: &[PlaceLadder]) -> Sheet {
        let rows = ladders
            .iter()
            .flat_map(|ladder| ladder.rungs.iter().map(move |rung| self.rung(ladder, rung)));
        let mut sources: Vec<SourceNote> = ladders
            .iter()
            .flat_map(|ladder| ladder.sources.iter().cloned())
            .collect();
        sources.sort();
        sources.dedup();
        self.dressed("The ladder of options", &RUNGS, rows.collect(), sources)
    }

    fn rung(&self, ladder: &PlaceLadder, rung: &Rung) -> Vec<Cell> {
        let (least, most) = rung.option.lead_time.days();
        let fits = rung.fits_phase.map(|fits| if fits { "yes" } else { "no" });
        let below: Vec<&str> = rung.below.iter().map(|below| below.id.as_str()).collect();
        vec![
            ladder.place.to_string().into(),
            ladder.name.clone().into(),
            rung.option.id.clone().into(),
            i64::from(rung.option.version).into(),
            rung.option.title.clone().into(),
            rung.option.tier.name().into(),
            rung.status.name().into(),
            rung.status_told.clone().into(),
            rung.open_for_sites.and_then(|sites| i64::try_from(sites).ok()).into(),
            fits.into(),
            rung.timing.name().into(),
            rung.timing_told.clone().into(),
            i64::from(least).into(),
            i64::from(most).into(),
            rung.waiting.in_time.into(),
            rung.waiting.at_all.into(),
            rung.waiting.told.clone().into(),
            ladder.window.from.into(),
            ladder.window.to.into(),
            rung.reasons.join(" ").into(),
            below.join(" ").into(),
            rung.option.actors.join("; ").into(),
            self.as_of.into(),
        ]
    }

    fn dressed(&self, title: &str, columns: &[Column], rows: Vec<Vec<Cell>>, sources: Vec<SourceNote>) -> Sheet {
        let notes = self.label.iter().cloned().chain([ADVICE.to_string()]);
        Sheet {
            title: format!("{title} as of {}", self.as_of),
            columns: columns.to_vec(),
            rows,
            sources,
            notes: notes.collect(),
        }
    }
}

/// What every answer of the ladder says.
pub const ADVICE: &str = "Advice, not a decision. What is not recorded is not assessed, and never taken for given. Lead times are estimates.";

/// Whether something that stands is a warning or an observed breach.
pub fn kind(warned: &Warned) -> &'static str {
    if warned.forecast { "warning" } else { "observed-breach" }
}

/// The log, a row a record; of one place where one is named. Its note names the head, for a chain cannot show that its end
/// was cut off.
pub fn log_sheet(observatory: &Observatory, chain: &Chain, of: &dyn Fn(&Record) -> bool) -> Sheet {
    let row = |record: &Record| {
        vec![
            record.number.into(),
            record.at.to_string().into(),
            record.kind.as_str().into(),
            record.by.clone().into(),
            record.organisation.clone().into(),
            record.place.to_string().into(),
            observatory.name(&record.place).into(),
            record.trigger.clone().into(),
            record.option.clone().into(),
            record.answers.into(),
            record.answer.map(|answer| answer.as_str()).into(),
            record.reason.clone().into(),
            record.outcome.clone().into(),
            record.expires.into(),
            chain
                .state(record.number, observatory.today)
                .map(|state| state.to_string())
                .into(),
            record.hash.clone().into(),
        ]
    };
    let head = match chain.head() {
        Some(head) => {
            format!("The head of the log is {head}: keep it, for a chain cannot show that its end was cut off.")
        }
        None => "The log is empty.".to_string(),
    };
    Sheet {
        title: "Who warned, proposed, decided and acted".to_string(),
        columns: LOG.to_vec(),
        rows: chain.records().iter().filter(|record| of(record)).map(row).collect(),
        sources: Vec::new(),
        notes: vec![head],
    }
}

const INDICATORS: [Column; 6] = [
    column("of", Kind::Text),
    column("name", Kind::Text),
    column("warnings", Kind::Count),
    column("answered_before", Kind::Count),
    column("share", Kind::Number),
    column("median_days_to_action", Kind::Number),
];

/// How many warnings were answered before the event, and how soon: of all, by place and by partner.
pub fn indicators_sheet(observatory: &Observatory, indicators: &Indicators) -> Sheet {
    let row = |of: &str, name: &str, slice: (u64, u64, Option<f64>, Option<f64>)| {
        let (warnings, answered, share, median) = slice;
        vec![
            of.into(),
            name.into(),
            warnings.into(),
            answered.into(),
            share.into(),
            median.into(),
        ]
    };
    let all = indicators;
    let mut rows = vec![row(
        "all",
        "",
        (all.warnings, all.answered_before, all.share, all.median_days_to_action),
    )];
    let slice = |slice: &Slice| {
        (
            slice.warnings,
            slice.answered_before,
            slice.share,
            slice.median_days_to_action,
        )
    };
    for one in &all.by_place {
        let name = one
            .name
            .parse()
            .map_or_else(|_| one.name.clone(), |place| observatory.name(&place));
        rows.push(row("place", &name, slice(one)));
    }
    rows.extend(all.by_partner.iter().map(|one| row("partner", &one.name, slice(one))));
    Sheet {
        title: "Warnings that were answered before the event".to_string(),
        columns: INDICATORS.to_vec(),
        rows,
        sources: Vec::new(),
        notes: vec![format!(
            "{} warnings: {} open, {} unanswered, of {} the data do not tell whether the event came; {} cancelled and {} replays are counted nowhere else.",
            all.warnings, all.open, all.unanswered, all.not_known, all.cancelled, all.replays
        )],
    }
}
