//! How safe are people, community by community? One country by its areas or by the cells of a grid.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use lysoen_facts::{View, ViewAt, literal};
use lysoen_lexicon::period::Period;
use lysoen_lexicon::place::{PlaceId, PlaceKind};
use lysoen_measures::Figure;
use lysoen_measures::communities::{
    Communities, CommunitiesError, Community, Level, ListedBy, National, Question, Span, Tally, communities,
    latest_year, reach,
};
use lysoen_measures::rates::Rate;

use crate::assess::{columns, explained, for_export, say_reconstructed};
use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::policy;
use crate::sheet::{Cell, Kind, Sheet, SourceNote};

/// The source of events where none is named.
pub const EVENTS: &str = "ucdp-ged";

/// What is asked.
#[derive(Clone, Debug)]
pub struct AreasRequest {
    /// The country by code or name, or an area of it by its P-code.
    pub place: String,
    /// The level of the areas.
    pub level: Level,
    /// The span of time; the latest complete year where none is given.
    pub span: Option<Span>,
    /// The card of the source of events; UCDP's where none is given.
    pub events: Option<String>,
    /// Which view of the facts.
    pub at: ViewAt,
}

/// The answer.
#[derive(Debug)]
pub struct AreasAssessment {
    /// The country seen from its communities.
    pub seen: Communities,
    /// The country's name.
    pub country: String,
    /// The area that was asked for, where it was not the whole country.
    pub within: Option<PlaceId>,
    /// The publisher's names of the releases used, by source and vintage.
    pub labels: BTreeMap<(String, Date), String>,
    /// The day whose knowledge it is; none for the current one.
    pub as_of: Option<Date>,
    /// The last day that is told of, where that is more than three months ago.
    pub replay: Option<Date>,
    /// The first and the last day of which whole releases of the events tell in the country.
    pub reach: Option<(Date, Date)>,
    /// The span that was asked for, where the data do not reach over all of it.
    pub asked: Option<Span>,
    /// Whether some vintage had to be cut to reconstruct what was known.
    pub reconstructed: bool,
    /// The sources used.
    pub sources: Vec<SourceNote>,
    /// Licences of the sources, by card.
    licences: Vec<(String, String)>,
    /// Sources whose rows may not leave the observatory.
    kept_back: Vec<String>,
    /// Whether what is computed from the events may leave it.
    events_may_leave: bool,
}

/// Assesses the areas of a country.
pub fn assess_areas(observatory: &Observatory, request: &AreasRequest) -> Result<AreasAssessment, AnswerError> {
    let view = observatory.view(&request.at)?;
    let (country, within) = country(observatory, &view, &request.place)?;
    let source = request.events.clone().unwrap_or_else(|| EVENTS.to_string());
    if observatory.catalog.card(&source).is_none() {
        return Err(AnswerError::Source(source));
    }
    let reach = reach(&view, &source, country.as_str())?;
    let asked = match request.span {
        Some(span) => span,
        None => {
            let year = latest_year(&view, &source, country.as_str())?.and_then(|year| Period::year(year).ok());
            Span::from(year.ok_or_else(|| no_events(observatory, &source, &country, None))?)
        }
    };
    if asked.start() > observatory.today {
        return Err(AnswerError::NotYet {
            period: asked.to_string(),
            today: observatory.today,
        });
    }
    let nothing = || -> Result<AnswerError, AnswerError> {
        let error = |advice| AnswerError::NoEvents {
            source_card: source.clone(),
            place: observatory.name(&country),
            when: format!(" in {asked}"),
            advice,
        };
        if let Some((first, last)) = reach {
            return Ok(error(format!("what is here covers {first} to {last}")));
        }
        let Some(day) = request.at.as_of.filter(|_| !request.at.reconstruct) else {
            return Ok(no_events(observatory, &source, &country, Some(asked)));
        };
        let now = observatory.view(&ViewAt::default())?;
        Ok(
            match lysoen_measures::communities::reach(&now, &source, country.as_str())? {
                Some(_) => error(format!(
                    "no vintage here had been published by {day}; --reconstruct cuts the oldest one to what was known then"
                )),
                None => no_events(observatory, &source, &country, Some(asked)),
            },
        )
    };
    let span = match reach {
        None => asked,
        Some(reach) => match asked.within(reach) {
            Some(span) => span,
            None => return Err(nothing()?),
        },
    };
    let question = Question {
        country: country.clone(),
        level: request.level,
        span,
        source: source.clone(),
    };
    let seen = communities(&view, observatory.measures(), observatory.crosswalk(), question);
    let mut seen = match seen {
        Ok(seen) => seen,
        Err(CommunitiesError::Lake(e)) => return Err(AnswerError::Lake(e)),
        Err(CommunitiesError::NoAreas { level, .. }) => return Err(no_areas(observatory, &country, level)),
        Err(CommunitiesError::NoEvents { .. }) => return Err(nothing()?),
    };
    if let Some(area) = &within {
        let inside = |c: &Community| c.place == *area || c.around.iter().any(|(place, _)| place == area.as_str());
        seen.areas.retain(inside);
        if seen.areas.is_empty() {
            return Err(AnswerError::Place(format!(
                "{area} has no {} in the list of areas; ask for a finer --level",
                request.level.plural()
            )));
        }
    }
    say_reconstructed(&view, seen.areas.iter_mut().flat_map(|c| &mut c.figures));
    let knowledge = request.at.as_of.unwrap_or(observatory.today).max(observatory.today);
    let replayed = span.end().saturating_add(3.months()) < knowledge;
    Ok(AreasAssessment {
        country: observatory.name(&country),
        labels: labels(&view),
        as_of: request.at.as_of,
        replay: replayed.then(|| span.end()),
        asked: (asked != span).then_some(asked),
        reach,
        reconstructed: view.is_reconstructed(),
        sources: sources(observatory, &seen),
        licences: observatory
            .catalog
            .cards()
            .map(|c| (c.id.clone(), c.licence.clone()))
            .collect(),
        kept_back: observatory.kept_back(),
        events_may_leave: policy::derived_may_leave(&observatory.catalog, &source),
        within,
        seen,
    })
}

/// The country of a place as a person types it, and the area where it is one.
fn country(observatory: &Observatory, view: &View, typed: &str) -> Result<(PlaceId, Option<PlaceId>), AnswerError> {
    let area = typed
        .trim()
        .to_uppercase()
        .parse::<PlaceId>()
        .ok()
        .filter(|p| p.kind() == PlaceKind::Area);
    if let Some(area) = &area
        && let Some(country) = country_of(view, area)?
    {
        return Ok((country, Some(area.clone())));
    }
    let place = observatory.place(typed).map_err(|unknown| match &area {
        Some(area) => AnswerError::Place(format!(
            "no area has the P-code {area} here; import its country's boundaries with P-codes, or see the codes that are \
             known: `lysoen query \"SELECT place, name FROM places WHERE kind = 'area'\"`"
        )),
        None => unknown,
    })?;
    match place.kind() {
        PlaceKind::Country | PlaceKind::Joint => Ok((place, None)),
        _ => Err(AnswerError::Place(format!(
            "{} has no areas; --level takes one country at a time, such as CAF",
            observatory.name(&place)
        ))),
    }
}

/// The country in which an area of the lake lies.
fn country_of(view: &View, area: &PlaceId) -> Result<Option<PlaceId>, AnswerError> {
    use lysoen_facts::Batches;
    let sql = format!(
        "SELECT country FROM places WHERE place = {} AND country IS NOT NULL LIMIT 1",
        literal(area.as_str())
    );
    let batches: Batches = view.query(&sql)?;
    for batch in batches {
        let batch = batch?;
        let column = arrow::array::AsArray::as_string::<i32>(batch.column(0));
        if let Some(country) = column.iter().flatten().next() {
            return Ok(country.parse().ok());
        }
    }
    Ok(None)
}

fn no_events(observatory: &Observatory, source: &str, country: &PlaceId, span: Option<Span>) -> AnswerError {
    let joint = observatory
        .crosswalk()
        .all()
        .filter_map(|c| c.place().ok())
        .find(|p| p.parts().contains(country));
    AnswerError::NoEvents {
        source_card: source.to_string(),
        place: observatory.name(country),
        when: span.map_or_else(String::new, |span| format!(" in {span}")),
        advice: match joint {
            Some(joint) => format!("they are told under {joint}, which the source does not take apart"),
            None => format!("import them: `lysoen sources {source}` says where they are"),
        },
    }
}

fn no_areas(observatory: &Observatory, country: &PlaceId, level: Level) -> AnswerError {
    let place = observatory.name(country);
    let (code, list) = (
        country.as_str().to_lowercase(),
        "https://data.humdata.org/dataset/global-pcodes",
    );
    let by_name = match level {
        Level::Admin3 => String::new(),
        _ => format!(", or OCHA's list of P-codes ({list}), by which events are placed by name alone"),
    };
    AnswerError::NoAreas(format!(
        "no {} of {place} are known here; import its boundaries with P-codes (OCHA's COD-AB, \
         https://data.humdata.org/dataset/cod-ab-{code}, as GeoParquet, GeoPackage, GeoJSON, FlatGeobuf or shapefile){by_name}. \
         The cells of a grid need none: --level grid",
        level.plural()
    ))
}

/// The publisher's names of the releases that the view shows.
fn labels(view: &View) -> BTreeMap<(String, Date), String> {
    let releases = view.releases().iter().map(|s| &s.release);
    let labelled = releases.filter_map(|r| Some(((r.source.clone(), r.vintage), r.vintage_label.clone()?)));
    labelled.collect()
}

/// The cards of everything that the answer rests on, with the newest vintage used.
fn sources(observatory: &Observatory, seen: &Communities) -> Vec<SourceNote> {
    let mut newest: BTreeMap<String, Date> = BTreeMap::new();
    let mut use_of = |source: &str, as_of: Date| {
        let known = newest.entry(source.to_string()).or_insert(as_of);
        *known = (*known).max(as_of);
    };
    seen.areas
        .iter()
        .flat_map(|c| &c.figures)
        .flat_map(|f| &f.terms)
        .for_each(|t| use_of(&t.source, t.as_of));
    seen.unplaced.iter().for_each(|(e, _)| use_of(e.source(), e.as_of()));
    seen.national.iter().for_each(|n| use_of(&n.source, n.as_of));
    seen.people.iter().for_each(|l| use_of(&l.source, l.as_of));
    seen.listed.iter().for_each(|l| use_of(&l.source, l.as_of));
    let note = |(id, as_of): (String, Date)| policy::source_note(&observatory.catalog, &id, Some(as_of));
    newest.into_iter().map(note).collect()
}

/// A row of the sheet before its cells.
struct Row<'a> {
    area: Option<&'a Community>,
    measure: String,
    value: Option<f64>,
    range: (Option<f64>, Option<f64>),
    interval_kind: String,
    unit: &'a str,
    per_100k: Option<f64>,
    population: Option<f64>,
    data_period: Option<String>,
    coverage: &'a str,
    source: String,
    as_of: Option<Date>,
    note: String,
}

impl AreasAssessment {
    /// The source of the events with the publisher's name of the release, where it is known: `ucdp-ged 23.1`.
    pub fn events_source(&self) -> String {
        let source = &self.seen.question.source;
        let newest = self.sources.iter().find(|s| s.id == *source).and_then(|s| s.as_of);
        newest.map_or_else(|| source.clone(), |as_of| self.labelled(source, as_of))
    }

    /// A source with the publisher's name of its release, else with its vintage.
    fn labelled(&self, source: &str, as_of: Date) -> String {
        let label = self.labels.get(&(source.to_string(), as_of));
        label.map_or_else(|| format!("{source} of {as_of}"), |label| format!("{source} {label}"))
    }

    /// Every figure as one row: place × measure; after the areas the country's total, what is placed and what is not, and
    /// the same deaths by other series.
    pub fn sheet(&self) -> Sheet {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for area in &self.seen.areas {
            rows.extend(self.of_area(area).into_iter().map(|row| self.cells(row)));
        }
        rows.extend(self.of_country().into_iter().map(|row| self.cells(row)));
        Sheet {
            title: self.title(),
            columns: columns(&[
                ("place", Kind::Text),
                ("place_name", Kind::Text),
                ("level", Kind::Text),
                ("parent", Kind::Text),
                ("parent_name", Kind::Text),
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
                ("population_year", Kind::Count),
                ("coverage", Kind::Text),
                ("source", Kind::Text),
                ("as_of", Kind::Date),
                ("note", Kind::Text),
            ]),
            rows,
            sources: self.sources.clone(),
            notes: self.notes(),
        }
    }

    /// The same without what may not leave the observatory; says what was left out.
    pub fn sheet_for_export(&self, observatory: &Observatory) -> Sheet {
        let mut sheet = self.sheet();
        if !self.events_may_leave {
            // What is said of the whole is computed from the events too.
            sheet.notes = self.notes_of_time();
        }
        for_export(sheet, observatory)
    }

    /// What it is, in a few words.
    pub fn title(&self) -> String {
        let within = self
            .within
            .as_ref()
            .map_or_else(String::new, |area| format!(", {area}"));
        let level = self.seen.question.level;
        format!(
            "{} by {}{within}, {}",
            self.country,
            level.plural(),
            self.seen.question.span
        )
    }

    fn of_area<'a>(&self, area: &'a Community) -> Vec<Row<'a>> {
        let mut rows: Vec<Row<'a>> = area.figures.iter().map(|f| of_figure(area, f)).collect();
        let Some(killed) = area.figures.first().filter(|f| f.value.is_some()) else {
            return rows;
        };
        let beside = |measure: &str, value: f64, unit, note: String| Row {
            measure: measure.to_string(),
            value: Some(value),
            range: (None, None),
            interval_kind: "none: a count".to_string(),
            unit,
            per_100k: None,
            population: None,
            note,
            ..of_figure(area, killed)
        };
        rows.push(beside("events", area.tally.events as f64, "events", String::new()));
        let doubtful = "of the people killed, those in events that may lie in another area".to_string();
        rows.push(beside(
            "killed_in_doubt",
            area.doubtful.deaths.best as f64,
            "people",
            doubtful,
        ));
        let mut rates = vec![("killed_rate", &area.rate), ("killed_rate_smoothed", &area.smoothed)];
        rates.extend(
            area.smoothed_locally
                .iter()
                .map(|rate| ("killed_rate_smoothed_locally", rate)),
        );
        rows.extend(
            rates
                .into_iter()
                .map(|(measure, rate)| self.of_rate(area, killed, measure, rate)),
        );
        rows
    }

    /// A rate, which rests on the deaths and on the population.
    fn of_rate<'a>(&self, area: &'a Community, killed: &'a Figure, measure: &str, rate: &Rate) -> Row<'a> {
        let people = self.seen.people.as_ref().filter(|_| rate.rate.is_some());
        Row {
            measure: measure.to_string(),
            value: rate.rate,
            range: (rate.low, rate.high),
            interval_kind: rate.interval.to_string(),
            unit: "per 100,000 person-years",
            per_100k: None,
            population: area.people,
            coverage: if rate.rate.is_some() {
                killed.coverage.as_str()
            } else {
                "incomplete"
            },
            source: [killed.source.as_str()]
                .into_iter()
                .chain(people.map(|l| l.source.as_str()))
                .collect::<Vec<_>>()
                .join(" + "),
            as_of: killed.as_of.max(people.map(|l| l.as_of)),
            note: rate.note.clone(),
            ..of_figure(area, killed)
        }
    }

    fn of_country(&self) -> Vec<Row<'_>> {
        let span = self.seen.question.span.to_string();
        let of = |measure: &str, tally: &Tally, note: String| {
            let deaths = tally.deaths;
            let row = |measure: String, value: f64, range, kind: &str, unit| Row {
                area: None,
                measure,
                value: Some(value),
                range,
                interval_kind: kind.to_string(),
                unit,
                per_100k: None,
                population: None,
                data_period: Some(span.clone()),
                coverage: if self.seen.covered { "covered" } else { "incomplete" },
                source: self.seen.question.source.clone(),
                as_of: self
                    .sources
                    .iter()
                    .find(|s| s.id == self.seen.question.source)
                    .and_then(|s| s.as_of),
                note: note.clone(),
            };
            let range = deaths.range().unzip();
            [
                row(
                    format!("killed{measure}"),
                    deaths.best as f64,
                    range,
                    deaths.interval_kind(),
                    "people",
                ),
                row(
                    format!("events{measure}"),
                    tally.events as f64,
                    (None, None),
                    "none: a count",
                    "events",
                ),
            ]
        };
        let mut rows: Vec<Row<'_>> = of("", &self.seen.total, "every event of the country".to_string()).into();
        rows.extend(of("_placed", &self.seen.placed, String::new()));
        for (reason, tally) in &self.seen.reasons {
            rows.extend(of("_unplaced", tally, reason.to_string()));
        }
        rows.extend(self.seen.national.iter().map(|national| Row {
            area: None,
            measure: "killed_other_series".to_string(),
            value: Some(national.deaths),
            range: (None, None),
            interval_kind: "none: the sum of several rows".to_string(),
            unit: "people",
            per_100k: None,
            population: None,
            data_period: Some(span.clone()),
            coverage: if national.whole { "covered" } else { "incomplete" },
            source: national.source.clone(),
            as_of: Some(national.as_of),
            note: format!(
                "beside the events and never added to them: {}",
                self.difference(national)
            ),
        }));
        rows
    }

    fn cells(&self, row: Row<'_>) -> Vec<Cell> {
        let parent = row.area.and_then(|a| a.around.first());
        let (country, level) = (&self.seen.question.country, self.seen.question.level);
        let of_country = || (country.to_string(), self.country.clone());
        let (place, name) = row
            .area
            .map_or_else(of_country, |a| (a.place.to_string(), a.name.clone()));
        let parent = row.area.map(|_| parent.cloned().unwrap_or_else(of_country));
        let (parent, parent_name) = parent.unzip();
        // A figure with a population of its own, as IPC's analysed people, tells of no year of the list's.
        let of_list = row.area.is_some_and(|a| a.people == row.population);
        let year = self
            .seen
            .people
            .as_ref()
            .filter(|_| row.population.is_some() && of_list);
        vec![
            place.into(),
            name.into(),
            row.area
                .map_or_else(|| "country".to_string(), |_| level.to_string())
                .into(),
            parent.into(),
            parent_name.into(),
            self.seen.question.span.to_string().into(),
            row.data_period.into(),
            row.measure.into(),
            row.value.into(),
            row.range.0.into(),
            row.range.1.into(),
            row.interval_kind.into(),
            row.unit.into(),
            row.per_100k.into(),
            row.population.into(),
            year.map(|l| i64::from(l.year)).into(),
            row.coverage.into(),
            row.source.into(),
            row.as_of.into(),
            row.note.into(),
        ]
    }

    /// The events that are in no area, each with the reason; none of an area alone, for it is not known where they lie.
    pub fn unplaced_sheet(&self, leaves: bool) -> Sheet {
        let kept_back = leaves && self.kept_back.contains(&self.seen.question.source);
        let rows = self.seen.unplaced.iter().filter(|_| !kept_back).map(|(event, why)| {
            let spot = &event.spot;
            vec![
                event.id.as_str().into(),
                event.start.into(),
                event.end.into(),
                event.violence.as_str().into(),
                event.deaths.best.into(),
                event.deaths.low.into(),
                event.deaths.high.into(),
                spot.precision.map(i64::from).into(),
                why.reason().into(),
                why.to_string().into(),
                spot.named.clone().into(),
                event.described.clone().into(),
                spot.adm1.clone().into(),
                spot.adm2.clone().into(),
                spot.point.map(|p| p.0).into(),
                spot.point.map(|p| p.1).into(),
                event.source().into(),
                event.as_of().into(),
                event.file().into(),
                event.row().into(),
            ]
        });
        let mut notes = vec![self.total_line()];
        if kept_back {
            notes = vec![format!(
                "Left out, for their licence does not allow it: {}",
                self.seen.question.source
            )];
        }
        Sheet {
            title: format!(
                "{} by {}, {}: events in no area, of all of the country",
                self.country,
                self.seen.question.level.plural(),
                self.seen.question.span
            ),
            columns: columns(&[
                ("event_id", Kind::Text),
                ("start", Kind::Date),
                ("end", Kind::Date),
                ("violence", Kind::Text),
                ("deaths_best", Kind::Count),
                ("deaths_low", Kind::Count),
                ("deaths_high", Kind::Count),
                ("where_precision", Kind::Count),
                ("reason", Kind::Text),
                ("detail", Kind::Text),
                ("where_coordinates", Kind::Text),
                ("where_description", Kind::Text),
                ("adm1", Kind::Text),
                ("adm2", Kind::Text),
                ("latitude", Kind::Number),
                ("longitude", Kind::Number),
                ("source", Kind::Text),
                ("as_of", Kind::Date),
                ("file", Kind::Text),
                ("row", Kind::Count),
            ]),
            rows: rows.collect(),
            sources: self
                .sources
                .iter()
                .filter(|s| s.id == self.seen.question.source)
                .cloned()
                .collect(),
            notes,
        }
    }

    /// The rows behind a measure, of every area that has it, or of the one that was asked for.
    pub fn explain(&self, measure: &str, leaves: bool) -> Result<Sheet, AnswerError> {
        // A rate is made of the deaths and of the population, which stand among the rows of the deaths.
        let of = if measure.starts_with("killed_rate") {
            "killed"
        } else {
            measure
        };
        let figures: Vec<(&Community, &Figure)> = self
            .seen
            .areas
            .iter()
            .filter_map(|c| Some((c, c.figure(of)?)))
            .collect();
        if figures.is_empty() {
            let ids = self
                .seen
                .areas
                .iter()
                .flat_map(|c| &c.figures)
                .map(|f| f.measure.clone());
            let near = |id: &String| strsim::jaro_winkler(id, measure);
            return Err(AnswerError::Measure {
                measure: measure.to_string(),
                nearest: ids.max_by(|a, b| near(a).total_cmp(&near(b))),
            });
        }
        let mut whole: Option<Sheet> = None;
        let when = self.seen.question.span.to_string();
        for (area, figure) in figures {
            let mut sheet = explained(figure, &area.name, &when, &self.licences, &self.sources);
            sheet.columns.insert(
                0,
                crate::sheet::Column {
                    name: "area",
                    kind: Kind::Text,
                },
            );
            sheet
                .rows
                .iter_mut()
                .for_each(|row| row.insert(0, area.place.to_string().into()));
            match &mut whole {
                None => whole = Some(sheet),
                Some(whole) => {
                    whole.rows.extend(sheet.rows);
                    whole.sources.extend(sheet.sources);
                    whole.title = format!("{measure}, {}", self.title());
                }
            }
        }
        let mut sheet = whole.unwrap_or_else(|| self.unplaced_sheet(leaves));
        sheet.sources.sort();
        sheet.sources.dedup();
        sheet.notes.truncate(1);
        if leaves {
            let left_out: Vec<String> = sheet
                .sources
                .iter()
                .map(|s| s.id.clone())
                .filter(|s| self.kept_back.contains(s))
                .collect();
            let source = sheet
                .columns
                .iter()
                .position(|c| c.name == "source")
                .unwrap_or_default();
            sheet
                .rows
                .retain(|row| !matches!(&row[source], Cell::Text(id) if left_out.contains(id)));
            sheet.sources.retain(|s| !left_out.contains(&s.id));
            if !left_out.is_empty() {
                sheet.notes = vec![format!(
                    "Left out, for their licence does not allow it: {}",
                    left_out.join(", ")
                )];
            }
        }
        Ok(sheet)
    }

    /// What a reader must know about the whole: time, areas, the total, other series, rates, the spread, what did not match.
    pub fn notes(&self) -> Vec<String> {
        let mut notes = self.notes_of_time();
        notes.extend(self.areas_line());
        notes.push(self.total_line());
        notes.extend(self.doubt_line());
        notes.extend(self.beside_lines());
        notes.push(self.rates_line());
        notes.extend(self.spread_line());
        notes.extend(self.unmatched_lines());
        notes
    }

    /// As of when it is told, and for what it is complete.
    pub fn notes_of_time(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if let (Some(asked), Some((first, last))) = (self.asked, self.reach) {
            notes.push(format!(
                "{asked} was asked for, but {} covers {first} to {last}: deaths and rates are of {}.",
                self.events_source(),
                self.seen.question.span
            ));
        }
        if let Some(end) = self.replay {
            notes.push(match self.reach {
                Some((_, last)) if end < last => {
                    format!(
                        "Told of {} alone; the data end on {last}. This is no current alert.",
                        self.seen.question.span
                    )
                }
                _ => format!("Replay as of {end}: the data end on that day; this is no current alert."),
            });
        }
        if let Some(day) = self.as_of {
            notes.push(format!("As it was known on {day}."));
        }
        if self.reconstructed {
            notes.push(
                "Reconstructed: where no vintage was old enough, the oldest one was cut at the period's end plus the \
                 source's publication lag."
                    .to_string(),
            );
        }
        if !self.seen.covered {
            notes.push(format!(
                "No release of {} says that it is complete for {} in {}: there may be more events, and an area without one \
                 has no figure.",
                self.seen.question.source, self.country, self.seen.question.span
            ));
        }
        notes
    }

    /// Where the areas come from, and what other lists say.
    pub fn areas_line(&self) -> Option<String> {
        let listed = self.seen.listed.as_ref()?;
        let told = |l: &ListedBy| match l.bounded {
            0 => format!(
                "{} areas of {}, which has no boundaries",
                l.areas,
                self.labelled(&l.source, l.as_of)
            ),
            n => format!(
                "{} areas of {}, {n} with a boundary",
                l.areas,
                self.labelled(&l.source, l.as_of)
            ),
        };
        let mut line = format!("Areas: {}", told(listed));
        let also: Vec<String> = self.seen.also_listed.iter().map(told).collect();
        if !also.is_empty() {
            line.push_str(&format!("; not taken: {}", also.join(" and ")));
        }
        if !self.seen.beyond.is_empty() {
            let codes = named(self.seen.beyond.iter().map(|(code, name)| format!("{name} ({code})")));
            line.push_str(&format!("; there and not here: {codes}"));
        }
        if !self.seen.broken.is_empty() {
            line.push_str(&format!(
                "; boundaries that could not be read: {}",
                named(self.seen.broken.iter().cloned())
            ));
        }
        if !self.seen.unbounded.is_empty() {
            line.push_str(&format!(
                "; without a boundary, so that only events which name the area are placed there: {}",
                named(self.seen.unbounded.iter().cloned())
            ));
        }
        if listed.bounded == 0 {
            line.push_str(
                ". Without boundaries events are placed by the names that the source gives, and by nothing else",
            );
        }
        Some(format!("{line}."))
    }

    /// What heads a line about the whole country where one area was asked for.
    fn of_all(&self, alone: &str, headed: &str) -> String {
        match self.within {
            Some(_) => format!("Of all of {}: {headed}", self.country),
            None => alone.to_string(),
        }
    }

    /// Every death accounted for: placed, unplaced by reason, and their sum.
    pub fn total_line(&self) -> String {
        let seen = &self.seen;
        let counted = |t: &Tally| format!("{} killed in {}", grouped(t.deaths.best), events(t.events));
        let by: Vec<String> = seen
            .by
            .iter()
            .map(|(how, t)| format!("{} {how}", grouped(t.deaths.best)))
            .collect();
        let mut line = format!("{}laced: {}", self.of_all("P", "p"), counted(&seen.placed));
        if !by.is_empty() {
            line.push_str(&format!(" ({})", by.join(", ")));
        }
        match seen.reasons.is_empty() {
            true => line.push_str("; nothing is unplaced"),
            false => {
                let mut reasons: Vec<(&&str, &Tally)> = seen.reasons.iter().collect();
                reasons.sort_by_key(|(reason, t)| (-t.deaths.best, **reason));
                let reasons = reasons
                    .iter()
                    .map(|(reason, t)| format!("{} {reason}", grouped(t.deaths.best)));
                let deaths = seen.total.deaths.best - seen.placed.deaths.best;
                let events = seen.total.events - seen.placed.events;
                line.push_str(&format!(
                    "; in no area: {} in {} ({})",
                    grouped(deaths),
                    grouped(events as i64),
                    reasons.collect::<Vec<_>>().join(", ")
                ));
            }
        }
        format!(
            "{line}; together {}, the total of {}.",
            counted(&seen.total),
            self.events_source()
        )
    }

    /// How many of the placed may lie in another area, and why.
    pub fn doubt_line(&self) -> Option<String> {
        let doubts = self.seen.doubts.iter();
        let doubts: Vec<String> = doubts
            .map(|(why, t)| format!("{} {why}", grouped(t.deaths.best)))
            .collect();
        (!doubts.is_empty()).then(|| {
            format!(
                "{}f the placed, these may lie in another area: {}.",
                self.of_all("O", "o"),
                doubts.join("; ")
            )
        })
    }

    /// The country's deaths by other series of the source, and how they differ.
    pub fn beside_lines(&self) -> Vec<String> {
        let line = |n: &National| {
            format!(
                "{} says {} for {}: {}.",
                self.labelled(&n.source, n.as_of),
                grouped(n.deaths as i64),
                self.country,
                self.difference(n)
            )
        };
        self.seen.national.iter().map(line).collect()
    }

    /// How another series differs from the events, and in which years most.
    fn difference(&self, national: &National) -> String {
        let all = national.deaths as i64 - self.seen.total.deaths.best;
        let mut years: Vec<(i16, i64)> = national
            .years
            .iter()
            .map(|(year, deaths)| (*year, *deaths as i64 - self.seen.years.get(year).copied().unwrap_or(0)))
            .filter(|(_, more)| *more != 0)
            .collect();
        let missing = if national.whole {
            ""
        } else {
            "; it does not cover the whole of the span"
        };
        if years.is_empty() {
            return format!("the same{missing}");
        }
        years.sort_by_key(|(year, more)| (-more.abs(), *year));
        let signed = |n: i64| {
            if n < 0 {
                format!("−{}", grouped(-n))
            } else {
                format!("+{}", grouped(n))
            }
        };
        let told = named(years.iter().map(|(year, more)| format!("{year} {}", signed(*more))));
        match (all, self.seen.question.span.single()) {
            (0, _) => format!("the same in all, but {told}{missing}"),
            (more, Some(_)) => format!("{}{missing}", signed(more)),
            (more, None) => format!("{} in all ({told}){missing}", signed(more)),
        }
    }

    /// What the rates are, or why there are none.
    pub fn rates_line(&self) -> String {
        let Some(people) = &self.seen.people else {
            return match self.seen.question.level {
                Level::Grid => "No rates: no population by cell is known.".to_string(),
                level => format!(
                    "No rates: no population of {} is in the observatory (hdx-cod-ps or hdx-hapi tell it).",
                    level.plural()
                ),
            };
        };
        let known = self.seen.areas.iter().filter(|c| c.people.is_some()).count();
        let years = self.seen.question.span.years();
        let times = match self.seen.question.span.single() {
            Some(Period::Year(_)) => String::new(),
            _ => format!(", times {} years", (years * 100.0).round() / 100.0),
        };
        let missing = match self.seen.areas.len() - known {
            0 => String::new(),
            1 => "; one area has no population there".to_string(),
            n => format!("; {n} areas have no population there"),
        };
        format!(
            "Rates: deaths of placed events per 100,000 person-years, by the population of {} ({}){times}{missing}. \
             Intervals: 95 %, the number of events taken as Poisson, with room for one more as deadly as the deadliest of a \
             month or less that is placed in the country in any year known; smoothed rates are drawn towards that of all areas \
             (empirical Bayes).",
            people.year,
            self.labelled(&people.source, people.as_of)
        )
    }

    /// How unequal the areas are.
    pub fn spread_line(&self) -> Option<String> {
        let apart = self
            .seen
            .areas
            .iter()
            .filter_map(|c| c.apart.as_ref().map(|why| (c, why)));
        let apart: Vec<(&Community, &String)> = apart.collect();
        let apart = apart.first().map(|(first, why)| {
            let others = apart.len() - 1;
            let others = if others > 0 {
                format!(" and {others} more")
            } else {
                String::new()
            };
            format!(
                " {}{others} take no part, nor in smoothed rates ({}: {why}).",
                first.name, first.name
            )
        });
        let apart = apart.unwrap_or_default();
        let Some(spread) = self.seen.spread.as_ref() else {
            return (!apart.is_empty()).then(|| format!("No spread is told:{apart}"));
        };
        let (what, digits) = match self.seen.spread_of_rates {
            true => ("killed per 100,000 person-years", 1),
            false => ("killed", 0),
        };
        let number = |v: f64| {
            if digits == 0 {
                grouped(v.round() as i64)
            } else {
                format!("{v:.1}")
            }
        };
        let ratio = spread
            .ratio
            .map_or_else(String::new, |r| format!(", {r:.1} times the median"));
        let tenth = spread.in_tenth.map_or_else(String::new, |share| {
            let areas = if spread.tenth == 1 { "area" } else { "areas" };
            format!(
                "; {:.0} % of the deaths in the worst tenth ({} {areas})",
                share * 100.0,
                spread.tenth
            )
        });
        let cells = match self.seen.question.level {
            Level::Grid => " with an event",
            _ => "",
        };
        Some(format!(
            "{}pread over {} {}{cells}: {what} from {} by a median of {} to {}{ratio}{tenth}.{apart}",
            self.of_all("S", "s"),
            spread.areas,
            self.seen.question.level.plural(),
            number(spread.least),
            number(spread.median),
            number(spread.greatest)
        ))
    }

    /// What other lists tell that belongs to no area here.
    pub fn unmatched_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.seen.people_unmatched.is_empty() {
            let people: f64 = self.seen.people_unmatched.iter().map(|(_, people)| people).sum();
            let codes = named(self.seen.people_unmatched.iter().map(|(code, _)| code.clone()));
            lines.push(format!(
                "Population under codes that are those of no area: {} people ({codes}).",
                grouped(people as i64)
            ));
        }
        let mut by_source: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (source, name) in &self.seen.unmatched {
            by_source.entry(source).or_default().push(name);
        }
        for (source, names) in by_source {
            let names = named(names.into_iter().map(str::to_string));
            lines.push(format!(
                "Figures of {source} under names that are those of no area: {names}."
            ));
        }
        lines
    }
}

fn of_figure<'a>(area: &'a Community, figure: &'a Figure) -> Row<'a> {
    let people = |value: Option<f64>| value.map(|v| if figure.unit == "people" { v.round() } else { v });
    Row {
        area: Some(area),
        measure: figure.measure.clone(),
        value: people(figure.value),
        range: (people(figure.low), people(figure.high)),
        interval_kind: figure.interval_kind.clone(),
        unit: &figure.unit,
        per_100k: figure.per_100k,
        population: figure.population,
        data_period: figure.data_period.clone(),
        coverage: figure.coverage.as_str(),
        source: figure.source.clone(),
        as_of: figure.as_of,
        note: figure.note.clone(),
    }
}

/// So many events.
fn events(n: u64) -> String {
    match n {
        1 => "one event".to_string(),
        n => format!("{} events", grouped(n as i64)),
    }
}

/// Some of many names, and how many more there are.
fn named(names: impl ExactSizeIterator<Item = String>) -> String {
    const SHOWN: usize = 6;
    let more = names.len().saturating_sub(SHOWN);
    let mut told: Vec<String> = names.take(SHOWN).collect();
    if more > 0 {
        told.push(format!("{more} more"));
    }
    told.join(", ")
}

/// A whole number with its digits in groups.
pub(crate) fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "−" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
