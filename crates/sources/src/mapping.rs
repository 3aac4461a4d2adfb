//! The reader named `table`: turns the rows of a table into observations or flows by the mapping on the layout.
//!
//! A row with several values becomes several facts and counts once. A cell that cannot be read costs its value, not its
//! row, unless the row has no other; a value whose interval does not hold it keeps the value and loses the interval.

mod period;
mod place;
pub(crate) mod plan;
mod repeats;
pub(crate) mod vintage;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;
use jiff::civil::Date;
use lysoen_facts::tables::{FactRow, FlowRow, ObservationRow};

use self::period::Span;
use self::place::{Places, Where};
use self::plan::{LongPlan, Plan, Trouble, ValuePlan, text_at};
use self::repeats::{Seen, Verdict};
use crate::card::{At, Card, Layout, MappedTable, Scope};
use crate::cell;
use crate::finding::{Findings, Severity};
use crate::input::Input;
use crate::reader::{Coverage, Job, ReadError, Reader, Vintage};

/// Reads any table whose layout says where place, period and values stand.
#[derive(Clone, Copy, Debug, Default)]
pub struct TableReader;

impl Reader for TableReader {
    fn name(&self) -> &'static str {
        "table"
    }

    fn version(&self) -> u32 {
        1
    }

    fn vintage(&self, input: &Input, card: &Card, layout: &Layout) -> Result<Option<Vintage>, ReadError> {
        vintage::vintage(input, card, layout)
    }

    fn read(&self, input: &Input, job: &mut Job<'_>) -> Result<Coverage, ReadError> {
        let mut records = input.records(job.layout.recognise.sheet.as_deref())?;
        let plan = Plan::new(
            input.name(),
            input.file_name(),
            &job.card.id,
            job.layout,
            records.header(),
        )?;
        let mut mapping = Mapping {
            plan: &plan,
            places: Places::new(job.crosswalk),
            seen: Seen::new(job.layout.repeats),
            covered: Covered::default(),
            groups: BTreeMap::new(),
            unnamed: 0,
        };
        let mut record = StringRecord::new();
        while let Some(row) = records.next(&mut record, job.findings)? {
            match mapping.row(row, &record, job)? {
                Outcome::Kept => job.findings.rows_kept += 1,
                Outcome::Rejected => job.findings.rows_rejected += 1,
                Outcome::Skipped => job.findings.rows_skipped += 1,
            }
        }
        mapping.tell_left_out(job.findings);
        Ok(mapping.covered.scope(job.layout, job.findings))
    }
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Kept,
    Rejected,
    Skipped,
}

/// The mapping at work on one file.
struct Mapping<'p, 'c> {
    plan: &'p Plan,
    places: Places<'c>,
    seen: Seen,
    covered: Covered,
    /// Rows left out by the group of countries that they are about.
    groups: BTreeMap<String, u64>,
    /// Rows of a long file left out because they name no series.
    unnamed: u64,
}

/// What a row is about, apart from its values.
struct About {
    place: Where,
    origin: Option<Where>,
    span: Option<Span>,
    breakdown: Vec<(String, String)>,
    status: String,
}

/// A value as it stands in its cells.
struct Reading {
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    population: Option<f64>,
}

impl<'p> Mapping<'p, '_> {
    fn row(&mut self, row: u64, record: &StringRecord, job: &mut Job<'_>) -> Result<Outcome, ReadError> {
        if !self.plan.wants(record) {
            return Ok(Outcome::Skipped);
        }
        // Values first: a row without any is skipped whatever its place is called.
        let mut troubles = Vec::new();
        let readings = self.readings(record, job.layout, &mut troubles);
        if readings.is_empty() && troubles.is_empty() {
            self.unnamed += u64::from(self.is_unnamed(record));
            return Ok(Outcome::Skipped);
        }
        let about = match self.about(record, job.layout, &mut troubles) {
            Ok(about) => about,
            Err(trouble) => {
                trouble.tell(Severity::Rejected, row, job.findings);
                return Ok(Outcome::Rejected);
            }
        };
        if let Some(group) = about.group() {
            *self.groups.entry(group.to_string()).or_default() += 1;
            return Ok(Outcome::Skipped);
        }
        let mut kept = false;
        let mut clash = false;
        for (value, reading) in &readings {
            match self.push(row, record, &about, value, reading, job, &mut troubles)? {
                Verdict::New(_) => kept = true,
                Verdict::Same { .. } => {}
                Verdict::Clash { .. } => clash = true,
            }
        }
        // A row all of whose values were said before by an earlier row is no fact and no mistake.
        let outcome = match (kept, readings.is_empty() || clash) {
            (true, _) => Outcome::Kept,
            (false, true) => Outcome::Rejected,
            (false, false) => Outcome::Skipped,
        };
        let severity = match outcome {
            Outcome::Rejected => Severity::Rejected,
            Outcome::Kept => Severity::Warning,
            Outcome::Skipped => Severity::Note,
        };
        for trouble in troubles {
            trouble.tell(severity, row, job.findings);
        }
        Ok(outcome)
    }

    /// Whether a row of a long file has a value and does not say of what.
    fn is_unnamed(&self, record: &StringRecord) -> bool {
        let Some(long) = &self.plan.long else { return false };
        let has_value = self.plan.long_value().is_some_and(|at| !text_at(record, at).is_empty());
        has_value && long.names.iter().all(|(at, _)| text_at(record, *at).is_empty())
    }

    /// Says once of each kind which rows with values were left out.
    fn tell_left_out(&self, findings: &mut Findings) {
        for (group, rows) in &self.groups {
            let column = self.plan.place.column.as_ref().map(|(_, name)| name.as_str());
            let expected = "a country; this is known and none, and was left out";
            findings.add(Severity::Note, None, column, format!("{group} ({rows} rows)"), expected);
        }
        if let Some(long) = &self.plan.long
            && self.unnamed > 0
        {
            let names: Vec<&str> = long.names.iter().map(|(_, name)| name.as_str()).collect();
            let names = names.join(" + ");
            let found = format!("{names} is empty ({} rows)", self.unnamed);
            let expected = "the name of what the value is of; these rows were left out";
            findings.add(Severity::Note, None, Some(&names), found, expected);
        }
    }

    fn about(&mut self, record: &StringRecord, layout: &Layout, troubles: &mut Vec<Trouble>) -> Result<About, Trouble> {
        let wide = layout.wide.is_some();
        let span = match &self.plan.period {
            Some(period) if !wide || period.column.is_some() => Some(period.of(record)?),
            _ => None,
        };
        let at = layout.period.as_ref().map_or(At::Whole, |p| p.at);
        let on = span.map(|s| period::part(s, at).end);
        let place = self.places.of(&self.plan.place, record, on, troubles)?;
        let origin = match &self.plan.origin {
            Some(origin) => Some(self.places.of(origin, record, on, troubles)?),
            None => None,
        };
        let mut breakdown = Vec::new();
        for (index, column) in &self.plan.breakdown {
            let text = text_at(record, *index);
            if !text.is_empty() && !column.total.iter().any(|t| t == text) {
                breakdown.push((column.key.clone(), entry(text)));
            }
        }
        Ok(About {
            place,
            origin,
            span,
            breakdown,
            status: self.status(record, layout),
        })
    }

    /// The status that the row or the layout gives; projections by year are told per value.
    fn status(&self, record: &StringRecord, layout: &Layout) -> String {
        let Some(status) = &layout.status else {
            return String::new();
        };
        let text = self.plan.status.map_or("", |index| text_at(record, index));
        match &status.fixed {
            _ if !text.is_empty() && status.total.iter().any(|t| t == text) => String::new(),
            _ if !text.is_empty() => text.to_string(),
            Some(fixed) => fixed.clone(),
            None => String::new(),
        }
    }

    /// The values of a row; what cannot be read is told in `troubles`.
    fn readings(
        &self,
        record: &StringRecord,
        layout: &Layout,
        troubles: &mut Vec<Trouble>,
    ) -> Vec<(Cow<'p, ValuePlan>, Reading)> {
        let mut found = Vec::new();
        let one = |value: &ValuePlan, troubles: &mut Vec<Trouble>| match self.reading(value, record, troubles) {
            Ok(reading) => reading,
            Err(trouble) => {
                troubles.push(trouble);
                None
            }
        };
        let plan: &'p Plan = self.plan;
        for value in &plan.values {
            if let Some(reading) = one(value, troubles) {
                found.push((Cow::Borrowed(value), reading));
            }
        }
        if let Some(long) = &plan.long
            && let Some(value) = series(long, record, layout)
            && let Some(reading) = one(&value, troubles)
        {
            found.push((value, reading));
        }
        found
    }

    /// One value; none where the cell is empty or says that there is none.
    fn reading(
        &self,
        plan: &ValuePlan,
        record: &StringRecord,
        troubles: &mut Vec<Trouble>,
    ) -> Result<Option<Reading>, Trouble> {
        let Some(raw) = self.number(&plan.column, record)? else {
            return Ok(None);
        };
        let scaled = |x: f64| {
            plan.complement_of
                .map_or(x * plan.scale, |whole| (whole - x) * plan.scale)
        };
        let value = scaled(raw);
        if plan.min.is_some_and(|min| value < min) || plan.max.is_some_and(|max| value > max) {
            let bound = |b: Option<f64>, word| b.map(|b| format!(" {word} {b}")).unwrap_or_default();
            let range = format!("{}{}", bound(plan.min, "from"), bound(plan.max, "to"));
            return Err(Trouble::new(
                &plan.column.1,
                text_at(record, plan.column.0),
                format!("a value{range}"),
            ));
        }
        let mut end = |column: &Option<(usize, String)>| match column.as_ref().map(|c| self.number(c, record)) {
            Some(Ok(number)) => number,
            Some(Err(trouble)) => {
                troubles.push(trouble);
                None
            }
            None => None,
        };
        let (mut low, mut high) = (end(&plan.low).map(scaled), end(&plan.high).map(scaled));
        let population = end(&plan.population);
        if plan.complement_of.is_some() {
            std::mem::swap(&mut low, &mut high);
        }
        for (bound, is_wrong, column, word) in [
            (low, low.is_some_and(|low| low > value), &plan.low, "not above"),
            (high, high.is_some_and(|high| high < value), &plan.high, "not below"),
        ] {
            if let (true, Some(bound), Some(column)) = (is_wrong, bound, column) {
                let expected = format!("{word} the value {value}; the value was kept without its interval");
                troubles.push(Trouble::new(&column.1, bound.to_string(), expected));
                (low, high) = (None, None);
            }
        }
        Ok(Some(Reading {
            value,
            low,
            high,
            population,
        }))
    }

    fn number(&self, column: &(usize, String), record: &StringRecord) -> Result<Option<f64>, Trouble> {
        let text = text_at(record, column.0);
        if text.is_empty() || self.plan.missing.iter().any(|m| m == text) {
            return Ok(None);
        }
        cell::number(text).map_err(|wrong| Trouble::new(&column.1, text, wrong.expected.to_string()))
    }

    /// Pushes one fact, unless an earlier row has said it.
    #[allow(clippy::too_many_arguments)]
    fn push(
        &mut self,
        row: u64,
        record: &StringRecord,
        about: &About,
        plan: &ValuePlan,
        reading: &Reading,
        job: &mut Job<'_>,
        troubles: &mut Vec<Trouble>,
    ) -> Result<Verdict, ReadError> {
        let Some(span) = plan.span.or(about.span) else {
            return Ok(Verdict::Same { row });
        };
        let year = span.end.year();
        if plan.years.0.is_some_and(|from| year < from) || plan.years.1.is_some_and(|to| year > to) {
            return Ok(Verdict::Same { row });
        }
        let span = period::part(span, plan.at);
        let status = status_of(plan, about, span, job.layout);
        let mut breakdown = written(&about.breakdown, &plan.breakdown);
        let (Some((place, country)), origin) = (about.place.ids(), about.origin.as_ref().and_then(Where::ids)) else {
            return Ok(Verdict::Same { row });
        };
        let origin = origin.map_or("", |(origin, _)| origin);
        let key = (
            place,
            origin,
            plan.indicator.as_str(),
            span.start,
            span.end,
            breakdown.as_str(),
            status,
        );
        let verdict = self.seen.judge(&key, row, reading.value);
        match verdict {
            Verdict::New(part) if part > 1 => {
                let nth = [("part".to_string(), part.to_string())];
                breakdown = written(&about.breakdown, &[plan.breakdown.as_slice(), &nth].concat());
            }
            Verdict::New(_) => {}
            // What is expected is the same of every such row, so that a reader of the findings sees them as one kind.
            Verdict::Same { row: first } => {
                let found = format!("{} where row {first} is about the same", reading.value);
                let expected = "one value for each place, period and group; the first stands, this one was left out";
                troubles.push(Trouble::new(&plan.column.1, found, expected));
                return Ok(verdict);
            }
            Verdict::Clash { row: first, value } => {
                let found = format!("{} where row {first}, about the same, says {value}", reading.value);
                let expected = "one value for each place, period and group; the first was kept";
                troubles.push(Trouble::new(&plan.column.1, found, expected));
                return Ok(verdict);
            }
        }
        let note = self
            .plan
            .note
            .map(|index| text_at(record, index))
            .filter(|text| !text.is_empty());
        let fact = match self.plan.table {
            MappedTable::Observations => FactRow::Observation(ObservationRow {
                place,
                country,
                indicator: &plan.indicator,
                start: span.start.into(),
                end: span.end.into(),
                value: reading.value,
                low: reading.low,
                high: reading.high,
                interval_kind: plan
                    .interval
                    .as_deref()
                    .filter(|_| reading.low.or(reading.high).is_some()),
                unit: &plan.unit,
                population: reading.population,
                breakdown: &breakdown,
                status,
                note,
                row,
            }),
            MappedTable::Flows => FactRow::Flow(FlowRow {
                origin,
                destination: place,
                indicator: &plan.indicator,
                start: span.start.into(),
                end: span.end.into(),
                value: reading.value,
                unit: &plan.unit,
                breakdown: &breakdown,
                note,
                row,
            }),
        };
        job.sink.push(&fact)?;
        self.covered.add(span, country.unwrap_or(place), origin);
        Ok(verdict)
    }
}

impl About {
    /// The group of countries that the row is about, if it is about one.
    fn group(&self) -> Option<&str> {
        [Some(&self.place), self.origin.as_ref()]
            .into_iter()
            .flatten()
            .find_map(|place| match place {
                Where::Group(name) => Some(name.as_str()),
                Where::At { .. } => None,
            })
    }
}

impl Where {
    /// The place and the country in which it lies; none for a group.
    fn ids(&self) -> Option<(&str, Option<&str>)> {
        match self {
            Where::At { place, country } => Some((place, country.as_deref())),
            Where::Group(_) => None,
        }
    }
}

/// The series of a row of a long file; none where it is not listed and others are not taken.
fn series<'p>(long: &'p LongPlan, record: &StringRecord, layout: &Layout) -> Option<Cow<'p, ValuePlan>> {
    let name = long
        .names
        .iter()
        .map(|(index, _)| text_at(record, *index))
        .collect::<Vec<_>>()
        .join(" + ");
    if let Some((_, plan)) = long.series.iter().find(|(listed, _)| *listed == name) {
        return Some(Cow::Borrowed(plan));
    }
    let mut plan = long.others.clone().filter(|_| !name.is_empty())?;
    plan.indicator.push_str(&name);
    if let Some((index, _)) = &long.unit
        && !text_at(record, *index).is_empty()
    {
        plan.unit = text_at(record, *index).to_string();
    }
    tracing::trace!(
        layout = layout.name,
        series = name,
        "a series that the card does not list"
    );
    Some(Cow::Owned(plan))
}

fn status_of<'a>(plan: &'a ValuePlan, about: &'a About, span: Span, layout: &Layout) -> &'a str {
    let year = span.end.year();
    match (&plan.status, &layout.status) {
        (Some(status), _) => status,
        (None, Some(layout)) if layout.projection_from.is_some_and(|from| year >= from) => "projection",
        (None, Some(layout)) if layout.preliminary_from.is_some_and(|from| year >= from) => "preliminary",
        (None, _) => &about.status,
    }
}

/// A breakdown as the tables write it, its keys in order.
fn written(row: &[(String, String)], column: &[(String, String)]) -> String {
    let mut all: Vec<&(String, String)> = row.iter().chain(column).collect();
    all.sort();
    all.iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect::<Vec<_>>()
        .join(";")
}

/// A cell's text as it may stand in a breakdown, whose own marks are `;` and `=`.
fn entry(text: &str) -> String {
    text.replace(';', ",").replace('=', ":")
}

/// What a file turned out to hold.
#[derive(Default)]
struct Covered {
    places: BTreeSet<String>,
    origins: BTreeSet<String>,
    from: Option<Date>,
    to: Option<Date>,
}

impl Covered {
    fn add(&mut self, span: Span, place: &str, origin: &str) {
        for (set, place) in [(&mut self.places, place), (&mut self.origins, origin)] {
            if !place.is_empty() && !set.contains(place) {
                set.insert(place.to_string());
            }
        }
        self.from = Some(self.from.map_or(span.start, |from| from.min(span.start)));
        self.to = Some(self.to.map_or(span.end, |to| to.max(span.end)));
    }

    /// A file of which nothing was kept is complete for nothing, and an extract of a file of the world's is not complete
    /// for the places that are missing in it.
    fn scope(self, layout: &Layout, findings: &mut Findings) -> Coverage {
        let scope = match layout.scope {
            _ if self.places.is_empty() => Scope::Partial,
            Scope::World => self.scope_of_extract(layout, findings).unwrap_or(Scope::World),
            scope => scope,
        };
        let places = match scope {
            Scope::Partial => {
                return Coverage {
                    partial: true,
                    ..Coverage::default()
                };
            }
            Scope::World => None,
            Scope::Countries => Some(self.places.into_iter().collect()),
        };
        Coverage {
            places,
            from: self.from,
            to: self.to,
            partial: false,
        }
    }

    /// What a file is complete for that names too few countries to be the world's; none where it names enough. Flows are
    /// of two places, so that it does not show whether an extract has all that came to a country or all that left one.
    fn scope_of_extract(&self, layout: &Layout, findings: &mut Findings) -> Option<Scope> {
        let named = self.places.union(&self.origins).count();
        let least = layout.world_from();
        if named >= least {
            return None;
        }
        let (scope, taken) = match self.origins.is_empty() {
            true => (Scope::Countries, "complete for these countries only"),
            false => (Scope::Partial, "complete for none, as an extract of flows"),
        };
        let found = format!("{named} countries or territories in the whole file");
        let expected = format!(
            "at least {least} in a file of the whole world; it was taken as an extract, {taken} (--complete-for says otherwise)"
        );
        findings.add(Severity::Note, None, None, found, expected);
        Some(scope)
    }
}
