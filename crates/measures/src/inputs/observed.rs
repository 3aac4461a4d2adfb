//! The values of inputs by `indicator`: which of the rows of `observations` serve, and of which source.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::UInt64Type;
use jiff::civil::Date;
use lysoen_facts::tables::{days, from_days};
use lysoen_facts::{LakeError, View, literal};
use lysoen_indices::data::{Spread, Unit};
use lysoen_lexicon::indicator::{Indicators, Kind, Timing};
use lysoen_lexicon::period::Period;

use super::units::Candidates;
use super::{Evidence, InputNote, Periods, Wanted, level};
use crate::catalog::Measures;
use crate::compute::join;
use crate::figure::{Coverage, Formula, Role, Term};
use crate::picture::years_before;
use crate::store::{Columns, sql_day};

/// The values of all inputs by indicator, each with its row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Observed {
    /// By period and input; only those with a value.
    columns: BTreeMap<(usize, usize), Column>,
    /// What each input is: its indicator with the group.
    what: Vec<String>,
    /// Source, data set, vintage and file.
    said: Vec<Said>,
    /// What else rows say, shared by many.
    told: Vec<Told>,
    pub(super) notes: Vec<InputNote>,
}

/// The values of one input in one period.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Column {
    /// The place of each unit's value in `values`, and `MISSING` for none.
    at: Vec<u32>,
    values: Vec<Found>,
    /// The months that were added to a value, by its place in `values`.
    months: BTreeMap<u32, Vec<Found>>,
}

const MISSING: u32 = u32::MAX;

/// A value and its row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) value: f64,
    /// NaN where there is none.
    low: f64,
    high: f64,
    /// What low and high are: NaN for none, 0 for a range that is no interval, else the level.
    level: f64,
    start: i32,
    end: i32,
    row: u64,
    said: u32,
    told: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Said {
    source: String,
    dataset: String,
    as_of: i32,
    file: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Told {
    unit: String,
    status: String,
    note: String,
    interval_kind: String,
}

impl Found {
    pub(super) fn spread(&self) -> Option<Spread> {
        (!self.level.is_nan() && !self.low.is_nan() && !self.high.is_nan()).then(|| Spread {
            low: self.low,
            high: self.high,
            level: Some(self.level).filter(|l| *l > 0.0),
        })
    }
}

impl Column {
    fn get(&self, unit: usize) -> Option<&Found> {
        self.values.get(*self.at.get(unit)? as usize)
    }

    /// The units that have a value, with it.
    pub(super) fn known(&self) -> impl Iterator<Item = (usize, &Found)> {
        let units = self.at.iter().enumerate();
        units.filter_map(|(unit, at)| Some((unit, self.values.get(*at as usize)?)))
    }

    fn len(&self) -> usize {
        self.values.len()
    }

    fn put(&mut self, units: usize, unit: usize, found: Found) -> u32 {
        if self.at.is_empty() {
            self.at = vec![MISSING; units];
        }
        if self.at[unit] == MISSING {
            self.at[unit] = self.values.len() as u32;
            self.values.push(found);
        } else {
            self.values[self.at[unit] as usize] = found;
        }
        self.at[unit]
    }
}

impl Observed {
    pub(super) fn load(
        view: &View,
        measures: &Measures,
        wanted: &[Wanted<'_>],
        table: &Periods,
        candidates: &Candidates,
    ) -> Result<Observed, LakeError> {
        let mut choice = Choice::new(measures, wanted, table, candidates);
        if let Some(condition) = choice.condition() {
            // Of rows that serve equally well the last counts, so that their order decides: the newest vintage.
            let sql = format!(
                "SELECT place, indicator, start, \"end\", value, low, high, interval_kind, unit, breakdown, status, note, \
                 source, dataset, as_of, file, row FROM observations WHERE ({condition}) AND {} \
                 ORDER BY as_of, source, dataset, file, row",
                candidates.condition
            );
            for batch in view.query(&sql)? {
                choice.take(&batch?);
            }
        }
        Ok(choice.made())
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = ((usize, usize), &Column)> {
        self.columns.iter().map(|(at, column)| (*at, column))
    }

    pub(super) fn column(&self, period: usize, input: usize) -> Option<&Column> {
        self.columns.get(&(period, input))
    }

    /// Leaves out units, and numbers the others anew.
    pub(super) fn keep(&mut self, kept: &[Option<usize>]) {
        for column in self.columns.values_mut() {
            let at = column.at.iter().zip(kept).filter(|(_, kept)| kept.is_some());
            column.at = at.map(|(at, _)| *at).collect();
        }
    }

    pub(super) fn evidence(
        &self,
        period: usize,
        input: usize,
        unit: usize,
        units: &[Unit],
        asked: Period,
    ) -> Option<Evidence> {
        let column = self.column(period, input)?;
        let found = column.get(unit)?;
        let place = units[unit].code.as_str();
        let months = column.months.get(&column.at[unit]);
        let rows = months.map_or(std::slice::from_ref(found), Vec::as_slice);
        let told = &self.told[found.told as usize];
        let said = &self.said[found.said as usize];
        let day = from_days(found.end);
        let age = asked.calendar_year() - day.year();
        let aged = if age > 0 {
            format!("of {}", day.year())
        } else {
            String::new()
        };
        let note = join(&join(&told.note, &told.status), &aged);
        let coverage = match age {
            ..=0 => Coverage::Covered,
            1..=crate::compute::STALE_AFTER => Coverage::Earlier,
            _ => Coverage::Stale,
        };
        Some(Evidence {
            terms: rows.iter().map(|row| self.term(row, input, place)).collect(),
            formula: Formula::Sum,
            population: None,
            unit: told.unit.clone(),
            interval_kind: if found.spread().is_some() {
                told.interval_kind.clone()
            } else {
                "none: the source gives none".to_string()
            },
            coverage,
            source: said.source.clone(),
            as_of: rows.iter().map(|r| from_days(self.said[r.said as usize].as_of)).max(),
            note,
        })
    }

    fn term(&self, found: &Found, input: usize, place: &str) -> Term {
        let said = &self.said[found.said as usize];
        Term {
            table: "observations",
            source: said.source.clone(),
            dataset: said.dataset.clone(),
            as_of: from_days(said.as_of),
            file: said.file.clone(),
            row: found.row,
            what: self.what[input].clone(),
            place: place.to_string(),
            dates: (from_days(found.start), from_days(found.end)),
            value: found.value,
            unit: self.told[found.told as usize].unit.clone(),
            role: Role::Added,
        }
    }

    /// The sources of the values in a period, with each vintage.
    pub(super) fn sources(&self, period: usize) -> BTreeSet<(String, Date)> {
        let columns = self
            .columns
            .range((period, 0)..(period + 1, 0))
            .map(|(_, column)| column);
        let said: BTreeSet<u32> = columns.flat_map(|c| c.known().map(|(_, found)| found.said)).collect();
        let said = said.into_iter().map(|at| &self.said[at as usize]);
        said.map(|s| (s.source.clone(), from_days(s.as_of))).collect()
    }
}

/// How an indicator's days are matched with a period's.
#[derive(Clone, Copy, PartialEq)]
enum Matched {
    /// What happened, counted: a whole period, which months may make up.
    Whole,
    /// A rate of what happened: of no shorter span.
    NoShorter,
    /// By its last day.
    LastDay,
}

/// What a row is for a period.
enum Serves {
    /// Its value.
    Value,
    /// One month of it, so many years before.
    Month(i16, Period),
}

/// How well a row serves: a final value before others, a newer one before older, the source that goes first.
type Fit = (u8, i32, Reverse<usize>);

/// A period that months may make up: period, input and source as in the columns, the unit, and how many years before.
type Year = (usize, usize, usize, usize, i16);

/// The choice among rows, made while they are read.
struct Choice<'a> {
    measures: &'a Measures,
    wanted: &'a [Wanted<'a>],
    table: &'a Periods,
    candidates: &'a Candidates,
    matched: Vec<Matched>,
    by_indicator: HashMap<&'a str, Rc<[usize]>>,
    sources: Vec<String>,
    /// By input and source: where the source stands in the catalog's precedence.
    precedence: Vec<Vec<usize>>,
    /// By period, input and source (0 where sources are not kept apart).
    columns: BTreeMap<(usize, usize, usize), Fitted>,
    months: BTreeMap<Year, BTreeMap<Period, (Fit, Found)>>,
    said: Interned<Said>,
    told: Interned<Told>,
}

#[derive(Default)]
struct Fitted {
    column: Column,
    fits: Vec<Fit>,
}

impl<'a> Choice<'a> {
    fn new(
        measures: &'a Measures,
        wanted: &'a [Wanted<'a>],
        table: &'a Periods,
        candidates: &'a Candidates,
    ) -> Choice<'a> {
        let mut by_indicator: HashMap<&str, Vec<usize>> = HashMap::new();
        for (input, one) in wanted.iter().enumerate() {
            if let Some(indicator) = one.indicator() {
                by_indicator.entry(indicator).or_default().push(input);
            }
        }
        Choice {
            matched: wanted.iter().map(|w| matched(w.indicator())).collect(),
            precedence: vec![Vec::new(); wanted.len()],
            by_indicator: by_indicator
                .into_iter()
                .map(|(id, inputs)| (id, inputs.into()))
                .collect(),
            measures,
            wanted,
            table,
            candidates,
            sources: Vec::new(),
            columns: BTreeMap::new(),
            months: BTreeMap::new(),
            said: Interned::default(),
            told: Interned::default(),
        }
    }

    /// The condition for rows that may serve; none where no input is an indicator.
    fn condition(&self) -> Option<String> {
        let of = |(input, one): (usize, &Wanted<'_>)| {
            let indicator = one.indicator()?;
            let periods = (0..self.table.all.len()).filter_map(|p| Some((p, self.table.within(p, input, one)?)));
            let spans = periods.map(|(p, within)| {
                let last = self.table.all[p];
                (years_before(last, within).unwrap_or(last).start(), last.end())
            });
            let (first, last) = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
            let source = one.input.node.source.as_ref();
            let source = source.map_or(String::new(), |s| format!(" AND source = {}", literal(s)));
            Some(format!(
                "(indicator = {} AND breakdown = {} AND \"end\" BETWEEN {} AND {}{source})",
                literal(indicator),
                literal(&one.input.node.breakdown),
                sql_day(first),
                sql_day(last)
            ))
        };
        let conditions: BTreeSet<String> = self.wanted.iter().enumerate().filter_map(of).collect();
        (!conditions.is_empty()).then(|| conditions.into_iter().collect::<Vec<_>>().join(" OR "))
    }

    fn take(&mut self, batch: &RecordBatch) {
        let c = Columns(batch);
        let (place, indicator, unit) = (c.texts("place"), c.texts("indicator"), c.texts("unit"));
        let (breakdown, status, note) = (c.texts("breakdown"), c.texts("status"), c.texts("note"));
        let (start, end, kind) = (c.dates("start"), c.dates("end"), c.texts("interval_kind"));
        let (value, low, high) = (c.numbers("value"), c.numbers("low"), c.numbers("high"));
        let (source, dataset, file) = (c.texts("source"), c.texts("dataset"), c.texts("file"));
        let (as_of, row) = (c.dates("as_of"), c.at("row").as_primitive::<UInt64Type>());
        let or_nan = |column: &arrow::array::Float64Array, i: usize| {
            if column.is_valid(i) { column.value(i) } else { f64::NAN }
        };
        for i in 0..batch.num_rows() {
            let Some(at) = self.candidates.by_place.get(place.value(i)).copied() else {
                continue;
            };
            let Some(inputs) = self.by_indicator.get(indicator.value(i)).cloned() else {
                continue;
            };
            let kind = if kind.is_valid(i) { kind.value(i) } else { "" };
            let said = self.said.number(&Said {
                source: source.value(i).to_string(),
                dataset: dataset.value(i).to_string(),
                as_of: as_of.value(i),
                file: file.value(i).to_string(),
            });
            let told = self.told.number(&Told {
                unit: unit.value(i).to_string(),
                status: if is_final(status.value(i)) {
                    String::new()
                } else {
                    status.value(i).to_string()
                },
                note: if note.is_valid(i) {
                    note.value(i).to_string()
                } else {
                    String::new()
                },
                interval_kind: kind.to_string(),
            });
            let found = Found {
                value: value.value(i),
                low: or_nan(low, i),
                high: or_nan(high, i),
                level: level(kind).map_or(f64::NAN, |level| level.unwrap_or(0.0)),
                start: start.value(i),
                end: end.value(i),
                row: row.value(i),
                said,
                told,
            };
            let source = self.source(source.value(i));
            for input in inputs.iter().copied() {
                let node = &self.wanted[input].input.node;
                let other = node.source.as_ref().is_some_and(|s| *s != self.sources[source]);
                if !other && breakdown.value(i) == node.breakdown {
                    self.offer(input, source, at, found, finality(status.value(i)));
                }
            }
        }
    }

    /// The number of a source, and its place in the precedence of every input.
    fn source(&mut self, name: &str) -> usize {
        if let Some(known) = self.sources.iter().position(|s| s == name) {
            return known;
        }
        self.sources.push(name.to_string());
        for (input, one) in self.wanted.iter().enumerate() {
            let Some(indicator) = one.indicator() else { continue };
            let place = precedence(self.measures, indicator, &one.input.node.breakdown, name);
            self.precedence[input].resize(self.sources.len(), usize::MAX);
            self.precedence[input][self.sources.len() - 1] = place;
        }
        self.sources.len() - 1
    }

    /// Takes a row wherever it serves better than what there is.
    fn offer(&mut self, input: usize, source: usize, unit: usize, found: Found, finality: u8) {
        let one = &self.wanted[input];
        let fit = (finality, found.end, Reverse(self.precedence[input][source]));
        // Sources are kept apart where one must serve every place.
        let slot = if one.input.node.source.is_none() && one.input.within == 0 {
            source + 1
        } else {
            0
        };
        for period in 0..self.table.all.len() {
            let Some(within) = self.table.within(period, input, one) else {
                continue;
            };
            let days = (from_days(found.start), from_days(found.end));
            match serves(self.matched[input], days, self.table.all[period], within) {
                Some(Serves::Value) => {
                    let fitted = self.columns.entry((period, input, slot)).or_default();
                    fitted.put(self.candidates.units.len(), unit, found, fit);
                }
                Some(Serves::Month(years, month)) => {
                    let months = self.months.entry((period, input, slot, unit, years)).or_default();
                    if months.get(&month).is_none_or(|(known, _)| *known <= fit) {
                        months.insert(month, (fit, found));
                    }
                }
                None => {}
            }
        }
    }

    /// The columns that are left when months are added up and one source is chosen.
    fn made(mut self) -> Observed {
        self.add_months();
        let mut notes = Vec::new();
        let mut columns: BTreeMap<(usize, usize), Column> = BTreeMap::new();
        let slots: BTreeSet<(usize, usize)> = self.columns.keys().map(|(p, i, _)| (*p, *i)).collect();
        for (period, input) in slots {
            let range = (period, input, 0)..(period, input + 1, 0);
            let of: Vec<(usize, &Fitted)> = self.columns.range(range).map(|((_, _, slot), f)| (*slot, f)).collect();
            let rank = |(slot, fitted): &(usize, &Fitted)| {
                let source = slot.checked_sub(1);
                let newest = fitted
                    .column
                    .values
                    .iter()
                    .map(|f| self.said.all[f.said as usize].as_of)
                    .max();
                let before = source.map(|s| self.precedence[input][s]);
                (
                    before,
                    Reverse(fitted.column.len()),
                    Reverse(newest),
                    source.map(|s| &self.sources[s]),
                )
            };
            let Some((slot, _)) = of.iter().min_by_key(|one| rank(one)).copied() else {
                continue;
            };
            let others: Vec<String> = of
                .iter()
                .filter(|(other, _)| *other != slot)
                .map(|(other, f)| format!("{} ({} places)", self.sources[other - 1], f.column.len()))
                .collect();
            if let (Some(source), false) = (slot.checked_sub(1), others.is_empty()) {
                let known = self.columns[&(period, input, slot)].column.len();
                notes.push(InputNote {
                    input: Some(input),
                    period: Some(self.table.all[period]),
                    text: format!(
                        "`{}`: {} for every place ({known} places), and not {}",
                        self.wanted[input].input.key,
                        self.sources[source],
                        others.join(" nor ")
                    ),
                });
            }
            if let Some(chosen) = self.columns.remove(&(period, input, slot)) {
                columns.insert((period, input), chosen.column);
            }
        }
        Observed {
            columns,
            what: self.wanted.iter().map(what).collect(),
            said: self.said.all,
            told: self.told.all,
            notes,
        }
    }

    /// Makes a period's count of its months where all are known and no newer value is.
    fn add_months(&mut self) {
        for ((period, input, slot, unit, years), months) in std::mem::take(&mut self.months) {
            let Some(whole) = years_before(self.table.all[period], years) else {
                continue;
            };
            if months.len() != usize::from(whole.length()) {
                continue;
            }
            let rows: Vec<Found> = months.values().map(|(_, found)| *found).collect();
            let Some((fit, last)) = months.values().next_back() else {
                continue;
            };
            let ranged = rows.iter().all(|r| r.spread().is_some() && r.level == last.level);
            let sum = |of: fn(&Found) -> f64| if ranged { rows.iter().map(of).sum() } else { f64::NAN };
            let found = Found {
                value: rows.iter().map(|r| r.value).sum(),
                low: sum(|r| r.low),
                high: sum(|r| r.high),
                start: days(whole.start()),
                ..*last
            };
            let finality = months.values().map(|(fit, _)| fit.0).min().unwrap_or(fit.0);
            let fitted = self.columns.entry((period, input, slot)).or_default();
            if let Some(at) = fitted.put(self.candidates.units.len(), unit, found, (finality, fit.1, fit.2)) {
                fitted.column.months.insert(at, rows);
            }
        }
    }
}

impl Fitted {
    /// Puts a value where it serves at least as well as what there is, and says where it stands.
    fn put(&mut self, units: usize, unit: usize, found: Found, fit: Fit) -> Option<u32> {
        let known = self.column.at.get(unit).and_then(|at| self.fits.get(*at as usize));
        if known.is_some_and(|known| *known > fit) {
            return None;
        }
        let at = self.column.put(units, unit, found);
        if at as usize == self.fits.len() {
            self.fits.push(fit);
        } else {
            self.fits[at as usize] = fit;
        }
        self.column.months.remove(&at);
        Some(at)
    }
}

/// Values that many rows share, each kept once.
struct Interned<T> {
    all: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Interned {
            all: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Interned<T> {
    fn number(&mut self, value: &T) -> u32 {
        // Rows of a file stand together, and say the same.
        if let Some(last) = self.all.last()
            && last == value
        {
            return self.all.len() as u32 - 1;
        }
        if let Some(known) = self.numbers.get(value) {
            return *known;
        }
        let number = self.all.len() as u32;
        self.all.push(value.clone());
        self.numbers.insert(value.clone(), number);
        number
    }
}

fn matched(indicator: Option<&str>) -> Matched {
    let Some(indicator) = indicator.and_then(|id| Indicators::builtin().get(id)) else {
        return Matched::LastDay;
    };
    match (indicator.timing, indicator.kind) {
        (Timing::Flow, Kind::Count | Kind::Money) => Matched::Whole,
        (Timing::Flow, Kind::Rate | Kind::Share | Kind::Index) => Matched::NoShorter,
        _ => Matched::LastDay,
    }
}

/// What a row of these days is for a period, if its value may be so many years older.
fn serves(matched: Matched, (start, end): (Date, Date), period: Period, within: i16) -> Option<Serves> {
    let earliest = years_before(period, within).unwrap_or(period);
    if end < earliest.start() || period.end() < end {
        return None;
    }
    match matched {
        Matched::LastDay => Some(Serves::Value),
        Matched::NoShorter => {
            let span = |first: Date, last: Date| days(last) - days(first);
            // A leap day more or less makes no year shorter.
            let whole = start == end || span(start, end) + 1 >= span(period.start(), period.end());
            whole.then_some(Serves::Value)
        }
        Matched::Whole => (0..=within).find_map(|years| {
            let then = years_before(period, years)?;
            let a_day_of_it = start == end && then.contains(end);
            if (start, end) == (then.start(), then.end()) || a_day_of_it {
                return Some(Serves::Value);
            }
            let month = Period::month_of(end)
                .ok()
                .filter(|m| (m.start(), m.end()) == (start, end))?;
            then.covers(month).then_some(Serves::Month(years, month))
        }),
    }
}

/// Whether a status says that the value is the final one. IPC calls an analysis of the present "current".
fn is_final(status: &str) -> bool {
    matches!(status, "" | "current")
}

fn finality(status: &str) -> u8 {
    match status {
        _ if is_final(status) => 2,
        _ if status.contains("projection") => 0,
        _ => 1,
    }
}

/// Where a source stands in the first measure that reads the indicator; last where none does.
fn precedence(measures: &Measures, indicator: &str, breakdown: &str, source: &str) -> usize {
    let reads = |f: &&crate::catalog::From| f.indicator.as_deref() == Some(indicator) && f.breakdown == breakdown;
    let lists = measures
        .list
        .iter()
        .map(|m| m.from.iter().filter(reads).collect::<Vec<_>>());
    let first = lists.into_iter().find(|list| !list.is_empty());
    first
        .and_then(|list| list.iter().position(|f| f.source == source))
        .unwrap_or(usize::MAX)
}

fn what(wanted: &Wanted<'_>) -> String {
    let node = &wanted.input.node;
    let indicator = node.indicator.clone().unwrap_or_default();
    if node.breakdown.is_empty() {
        indicator
    } else {
        format!("{indicator} ({})", node.breakdown)
    }
}

/// Says of an input without a value what there is instead: sources, groups and years of its indicator.
pub(super) fn instead(view: &View, wanted: &Wanted<'_>, period: Period) -> Result<String, LakeError> {
    use arrow::datatypes::Date32Type;
    let (node, within) = (&wanted.input.node, wanted.input.within);
    let sql = format!(
        "SELECT source, breakdown, min(\"end\"), max(\"end\") FROM observations WHERE indicator = {} \
         GROUP BY source, breakdown ORDER BY source, breakdown LIMIT 8",
        literal(node.indicator.as_deref().unwrap_or_default())
    );
    let mut there = Vec::new();
    for batch in view.collect(&sql)? {
        let columns = Columns(&batch);
        let (source, breakdown) = (columns.texts("source"), columns.texts("breakdown"));
        let day = |column: usize, i| from_days(batch.column(column).as_primitive::<Date32Type>().value(i));
        for i in 0..batch.num_rows() {
            let group = match breakdown.value(i) {
                "" => String::new(),
                group => format!(" for {group}"),
            };
            let (first, last) = (day(2, i).year(), day(3, i).year());
            there.push(format!("{} has it{group} from {first} to {last}", source.value(i)));
        }
    }
    let asked = node.source.as_ref().map_or(String::new(), |s| format!(" from {s}"));
    let years = if within > 0 {
        format!(" or up to {within} years before")
    } else {
        String::new()
    };
    let there = if there.is_empty() {
        nothing_yet(view, node.source.as_deref())
    } else {
        there.join(", ")
    };
    Ok(format!(
        "`{}`: no value of {}{asked} in {period}{years}; {there}",
        wanted.input.key,
        what(wanted)
    ))
}

/// Why there is nothing of an indicator: a later vintage may have it.
fn nothing_yet(view: &View, source: Option<&str>) -> String {
    let of_source = view.later().iter().filter(|r| source.is_none_or(|s| r.source == s));
    match of_source.min_by_key(|release| release.vintage) {
        None => "nothing of it is imported".to_string(),
        Some(first) => format!(
            "nothing of it had been published by then; the first later vintage here is that of {} on {}, and --reconstruct \
             cuts it to what was known then",
            first.source, first.vintage
        ),
    }
}
