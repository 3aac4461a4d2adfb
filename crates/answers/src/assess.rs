//! How safe are people? The picture of one period, for every place or some.

use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_facts::{View, ViewAt};
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::PlaceId;
use lysoen_measures::{Change, Coverage, Figure, Measures, Term, latest_year, picture};
use serde::{Deserialize, Serialize};

use crate::beside::{Beside, beside};
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy;
use crate::sheet::{Cell, Column, Kind, Sheet, SourceNote};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct AssessRequest {
    /// The period; the latest complete year where none is given.
    pub period: Option<Period>,
    /// The places by code or name; every one, and the world, where none is given.
    pub places: Vec<String>,
    /// Which view of the facts.
    pub at: ViewAt,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The period.
    pub period: Period,
    /// The day whose knowledge it is; none for the current one.
    pub as_of: Option<Date>,
    /// The day on which the data end, where that is more than three months ago: then this is a replay, not an alert.
    pub replay: Option<Date>,
    /// Whether some vintage had to be cut to reconstruct what was known.
    pub reconstructed: bool,
    /// The places in the order of the table: the world first, then by people killed.
    pub places: Vec<PlaceId>,
    /// Their names, in the same order.
    pub names: Vec<String>,
    /// Figures by place and measure, in the order of places and of the catalog.
    pub figures: Vec<Figure>,
    /// Changes over five years.
    pub changes: Vec<Change>,
    /// Where the places stand by their people's figures and by the indices of their states.
    pub beside: Vec<Beside>,
    /// What is missing or stale.
    pub gaps: Vec<Gap>,
    /// The sources used.
    pub sources: Vec<SourceNote>,
    /// Whether the period had not ended on the day of the question.
    pub unfinished: bool,
    /// The measures, as this observatory has them.
    pub measures: Measures,
    /// Licences of the sources, by card.
    licences: Vec<(String, String)>,
}

/// A measure that is missing or stale at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The place.
    pub place: PlaceId,
    /// The measure's title.
    pub measure: String,
    /// What is the matter.
    pub coverage: Coverage,
    /// Why.
    pub why: String,
}

/// Assesses a period.
pub fn assess(observatory: &Observatory, request: &AssessRequest) -> Result<Assessment, AnswerError> {
    let asked: Vec<PlaceId> = request
        .places
        .iter()
        .map(|p| observatory.place(p))
        .collect::<Result<_, _>>()?;
    let view = observatory.view(&request.at)?;
    let measures = observatory.measures();
    let period = match request.period {
        Some(period) => period,
        None => latest_year(&view, measures)?.ok_or(match request.at.as_of {
            Some(day) if observatory.lake.manifest().number > 0 => AnswerError::NothingSaid { day },
            _ => AnswerError::NoPeriod,
        })?,
    };
    if period.start() > observatory.today {
        return Err(AnswerError::NotYet {
            period: period.to_string(),
            today: observatory.today,
        });
    }
    let mut picture = picture(&view, measures, observatory.crosswalk(), period)?;
    // Populations alone are no picture, unless nothing else is asked of this observatory.
    let others: Vec<&str> = measures
        .list
        .iter()
        .filter(|m| m.group != "population")
        .map(|m| m.id.as_str())
        .collect();
    let asked_for = |f: &Figure| others.is_empty() || others.contains(&f.measure.as_str());
    let counted = |f: &Figure| f.value.is_some() && f.coverage != Coverage::Stale && asked_for(f);
    if !picture.figures.iter().any(counted) {
        return Err(AnswerError::NoFigures {
            place: "any place".to_string(),
            period: period.to_string(),
        });
    }
    // Ranks are among all places, also where one is asked for.
    let mut ranks = beside(measures, &picture.figures);
    if !asked.is_empty() {
        if let Some(unknown) = asked.iter().find(|p| !picture.places.contains(p)) {
            let (place, period) = (observatory.name(unknown), period.to_string());
            return Err(AnswerError::NoFigures { place, period });
        }
        picture.places.retain(|p| asked.contains(p));
        picture.figures.retain(|f| asked.contains(&f.place));
        picture.changes.retain(|c| asked.contains(&c.place));
        ranks.retain(|r| asked.contains(&r.place));
    }
    say_reconstructed(&view, picture.figures.iter_mut());
    let whole = Whole {
        period,
        as_of: request.at.as_of,
        replay: replay(period, request.at.as_of.unwrap_or(observatory.today), observatory.today),
        reconstructed: view.is_reconstructed(),
        unfinished: period.end() >= observatory.today,
    };
    let told = Told {
        figures: picture.figures,
        changes: picture.changes,
        beside: ranks,
    };
    Ok(Assessment::of(observatory, whole, picture.places, told))
}

/// The day on which the data end, where that is more than three months before what is known, or before today.
fn replay(period: Period, knowledge: Date, today: Date) -> Option<Date> {
    let alert_until = period.end().saturating_add(3.months());
    (alert_until < knowledge.max(today)).then_some(period.end())
}

/// What is true of an assessment as a whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole {
    pub(crate) period: Period,
    pub(crate) as_of: Option<Date>,
    pub(crate) replay: Option<Date>,
    pub(crate) reconstructed: bool,
    pub(crate) unfinished: bool,
}

/// What is told of its places.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) figures: Vec<Figure>,
    pub(crate) changes: Vec<Change>,
    pub(crate) beside: Vec<Beside>,
}

impl Assessment {
    /// An assessment of places from what is told of them.
    pub(crate) fn of(observatory: &Observatory, whole: Whole, places: Vec<PlaceId>, told: Told) -> Assessment {
        let licence = |c: &lysoen_sources::card::Card| (c.id.clone(), c.licence.clone());
        Assessment {
            period: whole.period,
            as_of: whole.as_of,
            replay: whole.replay,
            reconstructed: whole.reconstructed,
            unfinished: whole.unfinished,
            names: places.iter().map(|p| observatory.name(p)).collect(),
            places,
            gaps: gaps(observatory, &told.figures),
            sources: sources(observatory, &told.figures),
            measures: observatory.measures().clone(),
            licences: observatory.catalog.cards().map(licence).collect(),
            figures: told.figures,
            changes: told.changes,
            beside: told.beside,
        }
    }

    /// What is true of it as a whole.
    pub(crate) fn whole(&self) -> Whole {
        Whole {
            period: self.period,
            as_of: self.as_of,
            replay: self.replay,
            reconstructed: self.reconstructed,
            unfinished: self.unfinished,
        }
    }
}

impl Assessment {
    /// The figure of a measure at a place.
    pub fn figure(&self, place: &PlaceId, measure: &str) -> Option<&Figure> {
        self.figures.iter().find(|f| f.place == *place && f.measure == measure)
    }

    /// The name of a place of the assessment.
    pub fn name<'a>(&'a self, place: &'a PlaceId) -> &'a str {
        let at = self.places.iter().position(|p| p == place);
        at.map_or(place.as_str(), |i| &self.names[i])
    }

    /// Every figure as one row: place × period × measure.
    pub fn sheet(&self) -> Sheet {
        let rows = self.figures.iter().map(|f| {
            vec![
                f.place.to_string().into(),
                self.name(&f.place).into(),
                f.period.to_string().into(),
                f.data_period.clone().into(),
                f.measure.as_str().into(),
                people(f, f.value),
                people(f, f.low),
                people(f, f.high),
                f.interval_kind.as_str().into(),
                f.unit.as_str().into(),
                f.per_100k.into(),
                f.population.into(),
                f.coverage.as_str().into(),
                f.source.as_str().into(),
                f.as_of.into(),
                f.note.as_str().into(),
            ]
        });
        Sheet {
            title: format!("People's safety, {}", self.period),
            columns: columns(&[
                ("place", Kind::Text),
                ("place_name", Kind::Text),
                ("period", Kind::Text),
                ("data_period", Kind::Text),
                ("measure", Kind::Text),
                ("value", Kind::Number),
                ("low", Kind::Number),
                ("high", Kind::Number),
                ("interval_kind", Kind::Text),
                ("unit", Kind::Text),
                ("per_100k", Kind::Number),
                ("population", Kind::Number),
                ("coverage", Kind::Text),
                ("source", Kind::Text),
                ("as_of", Kind::Date),
                ("note", Kind::Text),
            ]),
            rows: rows.collect(),
            sources: self.sources.clone(),
            notes: self.notes(),
        }
    }

    /// The same without figures that rest on sources which may not leave the observatory; says which were left out.
    pub fn sheet_for_export(&self, observatory: &Observatory) -> Sheet {
        for_export(self.sheet(), observatory)
    }

    /// The rows that make up a figure, each with the part it plays.
    pub fn explain(&self, place: &PlaceId, measure: &str) -> Result<Sheet, AnswerError> {
        let figure = self.figure(place, measure).ok_or_else(|| {
            let ids = || self.figures.iter().map(|f| f.measure.clone());
            let nearest =
                ids().max_by(|a, b| strsim::jaro_winkler(a, measure).total_cmp(&strsim::jaro_winkler(b, measure)));
            AnswerError::Measure {
                measure: measure.to_string(),
                nearest,
            }
        })?;
        let when = figure.period.to_string();
        Ok(explained(
            figure,
            self.name(place),
            &when,
            &self.licences,
            &self.sources,
        ))
    }

    /// What a reader must know about the whole.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let Some(end) = self.replay {
            notes.push(format!(
                "Replay as of {end}: the data end on that day; this is no current alert."
            ));
        }
        if self.unfinished {
            notes.push(format!(
                "{} has not ended: what is told of it is not the whole of it.",
                self.period
            ));
        }
        if let Some(day) = self.as_of {
            notes.push(format!("As it was known on {day}."));
        }
        if self.reconstructed {
            notes.push("Reconstructed: where no vintage was old enough, the oldest one was cut at the period's end plus the source's publication lag.".to_string());
        }
        notes
    }
}

/// A sheet of figures without those that rest on sources of which nothing computed may leave the observatory; says which
/// were left out.
pub fn for_export(sheet: Sheet, observatory: &Observatory) -> Sheet {
    without(sheet, |source| policy::derived_may_leave(&observatory.catalog, source))
}

/// A sheet of the sources' own rows without those that may not leave the observatory; says which were left out.
pub fn rows_for_export(sheet: Sheet, observatory: &Observatory) -> Sheet {
    without(sheet, |source| {
        source.is_empty() || policy::rows_may_leave(&observatory.catalog, source)
    })
}

fn without(mut sheet: Sheet, may_leave: impl Fn(&str) -> bool) -> Sheet {
    let source = sheet
        .columns
        .iter()
        .position(|c| c.name == "source")
        .unwrap_or_default();
    let mut left_out: Vec<String> = Vec::new();
    sheet.rows.retain(|row| {
        let Cell::Text(used) = &row[source] else { return true };
        let kept_back: Vec<&str> = used.split(" + ").filter(|s| !may_leave(s)).collect();
        left_out.extend(kept_back.iter().map(|s| s.to_string()));
        kept_back.is_empty()
    });
    left_out.sort();
    left_out.dedup();
    if !left_out.is_empty() {
        sheet.sources.retain(|s| !left_out.contains(&s.id));
        sheet.notes.push(format!(
            "Left out, for their licence does not allow it: {}",
            left_out.join(", ")
        ));
    }
    sheet
}

/// The rows behind a figure of a place in a period or a span, each with the part it plays and its licence.
pub(crate) fn explained(
    figure: &Figure,
    name: &str,
    when: &str,
    licences: &[(String, String)],
    sources: &[SourceNote],
) -> Sheet {
    let licence = |source: &str| {
        let names: Vec<&str> = source
            .split(" + ")
            .filter_map(|s| licences.iter().find(|(id, _)| id == s).map(|(_, l)| l.as_str()))
            .collect();
        names.join(" + ")
    };
    let rows = figure.terms.iter().map(|t| {
        vec![
            t.role.as_str().into(),
            t.value.into(),
            t.unit.as_str().into(),
            t.what.as_str().into(),
            t.place.as_str().into(),
            t.dates.0.into(),
            t.dates.1.into(),
            t.source.as_str().into(),
            t.dataset.as_str().into(),
            t.as_of.into(),
            t.file.as_str().into(),
            if t.row == 0 { Cell::Missing } else { t.row.into() },
            t.table.into(),
            licence(&t.source).into(),
        ]
    });
    let value = figure.value.map_or_else(
        || format!("no value: {}", figure.note),
        |v| format!("{v} {}", figure.unit),
    );
    Sheet {
        title: format!("{}, {name}, {when}: {value}", figure.measure),
        columns: columns(&[
            ("role", Kind::Text),
            ("value", Kind::Number),
            ("unit", Kind::Text),
            ("what", Kind::Text),
            ("place", Kind::Text),
            ("start", Kind::Date),
            ("end", Kind::Date),
            ("source", Kind::Text),
            ("dataset", Kind::Text),
            ("as_of", Kind::Date),
            ("file", Kind::Text),
            ("row", Kind::Count),
            ("table", Kind::Text),
            ("licence", Kind::Text),
        ]),
        rows: rows.collect(),
        sources: sources
            .iter()
            .filter(|s| figure.terms.iter().any(|t| t.source.split(" + ").any(|x| x == s.id)))
            .cloned()
            .collect(),
        notes: std::iter::once(format!("Computed as {}.", figure.formula.as_str()))
            .chain(Some(figure.note.clone()).filter(|note| !note.is_empty()))
            .collect(),
    }
}

/// Says of every figure that rests on a release which had to be cut that it is reconstructed.
pub(crate) fn say_reconstructed<'f>(view: &View, figures: impl Iterator<Item = &'f mut Figure>) {
    let cut: Vec<_> = view
        .releases()
        .iter()
        .filter(|s| s.reconstructed_to.is_some())
        .map(|s| &s.release)
        .collect();
    if cut.is_empty() {
        return;
    }
    for figure in figures {
        let of = |t: &Term| {
            cut.iter()
                .any(|r| r.source == t.source && r.dataset == t.dataset && r.vintage == t.as_of)
        };
        // A term that is itself a figure names its sources, not their releases.
        let within =
            |t: &Term| t.table == "measures" && t.source.split(" + ").any(|s| cut.iter().any(|r| r.source == s));
        if figure.terms.iter().any(|t| of(t) || within(t)) {
            let separator = if figure.note.is_empty() { "" } else { "; " };
            figure.note.push_str(&format!("{separator}reconstructed"));
        }
    }
}

/// A count of people is told in whole people, however it was computed.
fn people(figure: &Figure, value: Option<f64>) -> Cell {
    let whole = figure.unit == "people";
    value.map(|v| if whole { v.round() } else { v }).into()
}

pub(crate) fn columns(list: &[(&'static str, Kind)]) -> Vec<Column> {
    list.iter().map(|(name, kind)| Column { name, kind: *kind }).collect()
}

fn gaps(observatory: &Observatory, figures: &[Figure]) -> Vec<Gap> {
    let title = |id: &str| {
        observatory
            .measures()
            .get(id)
            .map_or(id, |m| m.title.as_str())
            .trim()
            .to_string()
    };
    let lacking = |f: &&Figure| f.value.is_none() || f.coverage == Coverage::Stale;
    let gap = |f: &Figure| Gap {
        place: f.place.clone(),
        measure: title(&f.measure),
        coverage: f.coverage,
        why: match (&f.data_period, f.coverage) {
            (Some(period), Coverage::Stale) => {
                format!("the newest value is of {period}: shown, but in no bound and no change")
            }
            _ => f.note.clone(),
        },
    };
    figures.iter().filter(lacking).map(gap).collect()
}

/// The cards of the sources that figures rest on, with the newest vintage used.
fn sources(observatory: &Observatory, figures: &[Figure]) -> Vec<SourceNote> {
    let mut newest: std::collections::BTreeMap<&str, Date> = std::collections::BTreeMap::new();
    for term in figures.iter().flat_map(|f| &f.terms).filter(|t| t.table != "measures") {
        let known = newest.entry(term.source.as_str()).or_insert(term.as_of);
        *known = (*known).max(term.as_of);
    }
    newest
        .into_iter()
        .map(|(id, as_of)| policy::source_note(&observatory.catalog, id, Some(as_of)))
        .collect()
}
