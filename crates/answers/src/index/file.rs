//! Inputs of an index from a table of the user's own: one row a unit (and period), or one row a value.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use lysoen_indices::check::Input;
use lysoen_indices::data::{Data, Spread, Unit};
use lysoen_indices::recipe::{Impute, InputError, Recipe};
use lysoen_lexicon::period::Period;
use lysoen_sources::cell;
use lysoen_sources::finding::{Findings, Severity};
use lysoen_sources::table::{Commas, Row, Table, is_missing};

use super::inputs::{Inputs, Origins, place};
use super::microdata;
use super::notes::listed;
use crate::error::{AnswerError, Lacking};
use crate::sheet::SourceNote;

/// Names of the column that holds the units' codes, in the order in which they are looked for.
const CODES: [&str; 20] = [
    "place",
    "place_code",
    "iso3",
    "iso3c",
    "iso_alpha3",
    "iso_a3",
    "iso3_code",
    "ucode",
    "unit_code",
    "unit",
    "code",
    "country_code",
    "country code",
    "location_code",
    "countrycode",
    "iso",
    "pcode",
    "p_code",
    "geo",
    "id",
];
/// Names of the column that holds the units' names.
pub(super) const NAMES: [&str; 10] = [
    "place_name",
    "uname",
    "unit_name",
    "name",
    "country_name",
    "country name",
    "country",
    "location",
    "area",
    "title",
];
/// Names of the column that holds the period.
pub(super) const PERIODS: [&str; 5] = ["period", "year", "time", "month", "quarter"];
/// Names of the column that holds the indicator, where each row is one value.
const INDICATORS: [&str; 5] = ["indicator", "node", "measure", "variable", "icode"];

/// Reads a table for a recipe.
pub(super) fn read(path: &Path, recipe: &Recipe) -> Result<Inputs, AnswerError> {
    let mut inputs = read_table(path, recipe)?;
    inputs.notes.extend(without_effect(recipe, &inputs.data, path));
    Ok(inputs)
}

/// Names the keys of the recipe's inputs that change nothing where values come from this file.
fn without_effect(recipe: &Recipe, data: &Data, path: &Path) -> Option<String> {
    let dated = data.periods().iter().any(Option::is_some);
    let along_years = |impute: &Impute| matches!(impute, Impute::Interpolate { .. } | Impute::Nearest { .. });
    let mut keys: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let own = recipe.nodes.iter().filter(|node| node.is_input());
    for node in own {
        let range = || {
            let input = data.inputs().iter().position(|key| *key == node.id);
            input.is_none_or(|input| (0..data.periods().len()).any(|period| data.spreads(period, input).is_some()))
        };
        let error_of_range = matches!(node.error, Some(InputError::Interval(_) | InputError::LowBestHigh));
        let idle = [
            ("within", node.within.is_some()),
            ("breakdown", !node.breakdown.is_empty()),
            ("source", node.source.is_some()),
            ("impute", !dated && node.impute.as_ref().is_some_and(along_years)),
            ("error", error_of_range && !range()),
        ];
        for (key, _) in idle.into_iter().filter(|(_, idle)| *idle) {
            keys.entry(key).or_default().push(&node.id);
        }
    }
    if !dated && along_years(&recipe.defaults.impute) {
        keys.entry("impute").or_default().push("defaults");
    }
    let told = |(key, nodes): (&&str, &Vec<&str>)| format!("`{key}` ({})", listed(nodes));
    let told: Vec<String> = keys.iter().map(told).collect();
    (!told.is_empty()).then(|| {
        format!(
            "{}: these keys of the recipe change nothing, for the file's values are taken as they are: {}",
            path.display(),
            told.join(", ")
        )
    })
}

fn read_table(path: &Path, recipe: &Recipe) -> Result<Inputs, AnswerError> {
    let (table, findings) = Table::read(path)?;
    if let Some(microdata) = &recipe.microdata {
        return microdata::read(&table, findings, recipe, microdata);
    }
    let wanted = recipe.inputs();
    let header = table.header();
    let find = |names: &[&str]| names.iter().find_map(|name| header.index(name));
    match (find(&INDICATORS), header.index("value")) {
        (Some(indicator), Some(value)) => {
            Reading::new(&table, findings, recipe, &[indicator, value]).long(&wanted, indicator, value)
        }
        _ => {
            let columns: Vec<Option<usize>> = wanted
                .iter()
                .map(|input| column_of(input, |name| header.index(name)))
                .collect();
            let taken: Vec<usize> = columns.iter().flatten().copied().collect();
            let reading = Reading::new(&table, findings, recipe, &taken);
            let known = || {
                let free = |at: &usize| !reading.roles.all().contains(at);
                (0..header.names().len())
                    .filter(free)
                    .map(|at| header.names()[at].as_str())
            };
            lacking(&table, &wanted, |i| columns[i].is_some(), known, "column")?;
            let wanted: Vec<(String, usize)> = wanted.iter().map(|w| w.key.clone()).zip(taken).collect();
            reading.wide(&wanted)
        }
    }
}

/// Where an input stands, by the names under which a recipe knows it: its column if it names one; else the node, its
/// indicator or its measure. An input that a profile takes from elsewhere is not the node's own.
pub(super) fn column_of(input: &Input, at: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    let node = &input.node;
    let own = input.key == node.id;
    let names = match &node.column {
        Some(column) => vec![Some(column)],
        None => vec![
            Some(&input.key),
            Some(&node.id).filter(|_| own),
            node.indicator.as_ref(),
            node.measure.as_ref(),
        ],
    };
    names.into_iter().flatten().find_map(|name| at(name))
}

/// Fails with every input that the table lacks, each with the nearest name that the table has.
pub(super) fn lacking<'a, I: Iterator<Item = &'a str>>(
    table: &Table,
    wanted: &[Input],
    has: impl Fn(usize) -> bool,
    known: impl Fn() -> I,
    kind: &'static str,
) -> Result<(), AnswerError> {
    let lacks = |(_, input): (usize, &Input)| {
        let name = input.node.column.as_deref().unwrap_or(&input.node.id);
        let title = input.node.title.clone().filter(|title| title != name);
        Lacking {
            name: name.to_string(),
            title,
            nearest: nearest(name, known()).map(str::to_string),
        }
    };
    let list: Vec<Lacking> = wanted.iter().enumerate().filter(|(i, _)| !has(*i)).map(lacks).collect();
    match list.is_empty() {
        true => Ok(()),
        false => Err(AnswerError::InputsLacking {
            file: table.file().to_string(),
            kind,
            list,
        }),
    }
}

/// The known name nearest to an unknown one, if one is near enough to have been meant.
pub(crate) fn nearest<'a>(unknown: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let unknown = unknown.to_lowercase();
    let far = |name: &str| strsim::damerau_levenshtein(&unknown, &name.to_lowercase());
    let limit = 2.max(unknown.chars().count() / 3);
    known
        .map(|name| (far(name), name))
        .filter(|(far, _)| *far <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Which columns say what a row is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Roles {
    pub(super) code: usize,
    pub(super) name: Option<usize>,
    pub(super) period: Option<usize>,
    pub(super) groups: Vec<usize>,
}

impl Roles {
    pub(super) fn all(&self) -> BTreeSet<usize> {
        let of_units = [Some(self.code), self.name, self.period].into_iter().flatten();
        of_units.chain(self.groups.iter().copied()).collect()
    }
}

/// A table on its way to become inputs.
pub(super) struct Reading<'t> {
    pub(super) table: &'t Table,
    pub(super) findings: Findings,
    pub(super) roles: Roles,
    pub(super) notes: Vec<String>,
}

/// Which unit and period each row is about; none for a row that was rejected.
pub(super) struct Stands {
    pub(super) units: Vec<Unit>,
    pub(super) periods: Vec<Option<Period>>,
    /// By row: unit and period.
    pub(super) at: Vec<Option<(usize, usize)>>,
}

impl<'t> Reading<'t> {
    /// Finds the columns that say what a row is about. `taken` are known to be something else.
    fn new(table: &'t Table, findings: Findings, recipe: &Recipe, taken: &[usize]) -> Reading<'t> {
        let header = table.header();
        let find = |names: &[&str], not: &[usize]| {
            let at = |name: &&str| header.index(name).filter(|at| !taken.contains(at) && !not.contains(at));
            names.iter().find_map(at)
        };
        let named = find(&CODES, &[]);
        let code = named.unwrap_or(0);
        let name = find(&NAMES, &[code]);
        let period = find(&PERIODS, &[code]);
        let mut roles = Roles {
            code,
            name,
            period,
            groups: Vec::new(),
        };
        let known = roles.all();
        let asked = groupings(recipe);
        let is_group = |at: &usize| {
            let mut cells = table
                .rows()
                .iter()
                .map(|row| row.cell(*at))
                .filter(|cell| !is_missing(cell))
                .peekable();
            cells.peek().is_some()
                && (asked.contains(header.names()[*at].as_str()) || cells.all(|cell| !is_number(table, cell)))
        };
        let free = (0..header.names().len()).filter(|at| !known.contains(at) && !taken.contains(at));
        roles.groups = free.filter(is_group).collect();
        let mut reading = Reading::with_roles(table, findings, roles);
        reading.tell_roles(named.is_some());
        reading
    }

    /// A table whose columns are known.
    pub(super) fn with_roles(table: &'t Table, findings: Findings, roles: Roles) -> Reading<'t> {
        let mut notes = Vec::new();
        notes.extend(match table.commas() {
            Commas::Decimal => Some(format!(
                "{}: the comma in numbers is read as the decimal sign (1,234 is 1.234)",
                table.file()
            )),
            Commas::Thousands => Some(format!(
                "{}: the comma in numbers is read as standing between thousands (1,234 is 1234)",
                table.file()
            )),
            Commas::Plain => None,
        });
        Reading {
            table,
            findings,
            roles,
            notes,
        }
    }

    fn tell_roles(&mut self, code_by_name: bool) {
        let names = self.table.header().names();
        let quoted = |at: usize| format!("`{}`", names[at]);
        let mut said = vec![match code_by_name {
            true => format!("units are told apart by the column {}", quoted(self.roles.code)),
            false => format!(
                "units are told apart by the first column, {}, for none is called `place`, `iso3` or `code`",
                quoted(self.roles.code)
            ),
        }];
        said.extend(self.roles.name.map(|at| format!("named by {}", quoted(at))));
        said.push(match self.roles.period {
            Some(at) => format!("dated by {}", quoted(at)),
            None => "without a period".to_string(),
        });
        let groups: Vec<String> = self.roles.groups.iter().map(|at| quoted(*at)).collect();
        if !groups.is_empty() {
            said.push(format!("grouped by {}", groups.join(", ")));
        }
        self.notes.push(format!("{}: {}", self.table.file(), said.join(", ")));
    }

    /// One row a unit and period: each input has a column.
    pub(super) fn wide(mut self, wanted: &[(String, usize)]) -> Result<Inputs, AnswerError> {
        let stands = self.stand(true)?;
        let keys = wanted.iter().map(|(key, _)| key.clone()).collect();
        let mut data = Data::new(stands.units, stands.periods, keys);
        let mut origins = Origins::of_file(self.table.file(), &data);
        let header = self.table.header();
        let ends: Vec<Option<(usize, usize)>> = wanted
            .iter()
            .map(|(_, at)| {
                let end = |end: &str| header.index(&format!("{}_{end}", header.names()[*at]));
                end("low").zip(end("high"))
            })
            .collect();
        for (row, at) in self.table.rows().iter().zip(&stands.at) {
            let Some((unit, period)) = *at else { continue };
            for (input, (_, column)) in wanted.iter().enumerate() {
                let Some(value) = self.number(row, *column) else {
                    continue;
                };
                data.set(period, input, unit, value);
                origins.set_row(place(&data, period, input, unit), row.number);
                if let Some((low, high)) = ends[input] {
                    let ends = (self.number(row, low), self.number(row, high));
                    self.spread(&mut data, (period, input, unit), value, ends, row);
                }
            }
        }
        let used: BTreeSet<usize> = wanted.iter().map(|(_, at)| *at).collect();
        let used = used
            .into_iter()
            .chain(ends.into_iter().flatten().flat_map(|(low, high)| [low, high]));
        let known: BTreeSet<usize> = used.chain(self.roles.all()).collect();
        let names = header.names().iter().enumerate();
        let unused = names.filter(|(at, name)| !known.contains(at) && !name.is_empty());
        let unused: Vec<&str> = unused.map(|(_, name)| name.as_str()).collect();
        self.tell_unused(&unused, "column");
        Ok(self.finish(data, origins))
    }

    /// One row a value: the indicator stands in a column.
    fn long(mut self, wanted: &[Input], indicator: usize, value: usize) -> Result<Inputs, AnswerError> {
        let header = self.table.header();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for row in self.table.rows() {
            let next = known.len();
            known.entry(row.cell(indicator).to_lowercase()).or_insert(next);
        }
        let sought: Vec<Option<usize>> = wanted
            .iter()
            .map(|input| column_of(input, |name| known.get(&name.to_lowercase()).copied()))
            .collect();
        let names = || known.keys().map(String::as_str);
        lacking(self.table, wanted, |i| sought[i].is_some(), names, "indicator")?;
        let mut inputs: HashMap<usize, Vec<usize>> = HashMap::new();
        for (input, name) in sought.iter().enumerate() {
            inputs.entry(name.unwrap_or_default()).or_default().push(input);
        }
        let stands = self.stand(false)?;
        let keys = wanted.iter().map(|input| input.key.clone()).collect();
        let mut data = Data::new(stands.units, stands.periods, keys);
        let mut origins = Origins::of_file(self.table.file(), &data);
        let ends = header.index("low").zip(header.index("high"));
        let mut first: HashMap<(usize, usize, usize), u64> = HashMap::new();
        for (row, at) in self.table.rows().iter().zip(&stands.at) {
            let (Some((unit, period)), name) = (*at, known[&row.cell(indicator).to_lowercase()]) else {
                continue;
            };
            if let Some(before) = first.insert((name, period, unit), row.number) {
                let expected = format!("each value once; that of row {before} is kept, this one was left out");
                let found = format!(
                    "a second value of {} for {}",
                    row.cell(indicator),
                    data.units()[unit].code
                );
                self.reject(row, None, &found, &expected);
                first.insert((name, period, unit), before);
                continue;
            }
            let Some(inputs) = inputs.get(&name) else { continue };
            let Some(number) = self.number(row, value) else {
                continue;
            };
            let ends = ends.map(|(low, high)| (self.number(row, low), self.number(row, high)));
            for input in inputs {
                data.set(period, *input, unit, number);
                origins.set_row(place(&data, period, *input, unit), row.number);
                if let Some(ends) = ends {
                    self.spread(&mut data, (period, *input, unit), number, ends, row);
                }
            }
        }
        let used: BTreeSet<usize> = sought.iter().flatten().copied().collect();
        let unused = known.iter().filter(|(name, at)| !used.contains(at) && !name.is_empty());
        let unused: Vec<&str> = unused.map(|(name, _)| name.as_str()).collect();
        self.tell_unused(&unused, "indicator");
        Ok(self.finish(data, origins))
    }

    /// Which unit and period each row is about. Where a unit has one row a period, a second one is rejected.
    pub(super) fn stand(&mut self, once: bool) -> Result<Stands, AnswerError> {
        let header = self.table.header();
        let mut units: Vec<Unit> = Vec::new();
        let mut by_code: HashMap<String, usize> = HashMap::new();
        let mut found: Vec<Option<(usize, Option<Period>)>> = Vec::new();
        let mut first: HashMap<(usize, Option<Period>), u64> = HashMap::new();
        for row in self.table.rows() {
            let code = row.cell(self.roles.code);
            if code.is_empty() {
                let column = header.names()[self.roles.code].as_str();
                let expected = "the code of a unit; the row was left out";
                self.reject(row, Some(column), "no code", expected);
                found.push(None);
                continue;
            }
            let period = match self.roles.period {
                Some(at) => match period_of(row.cell(at)) {
                    Some(period) => Some(period),
                    None => {
                        let (column, text) = (header.names()[at].as_str(), row.cell(at));
                        let text = if text.is_empty() { "nothing" } else { text };
                        let expected = "a year such as 2024, or a month such as 2024-03; the row was left out";
                        self.reject(row, Some(column), text, expected);
                        found.push(None);
                        continue;
                    }
                },
                None => None,
            };
            let unit = *by_code.entry(code.to_string()).or_insert_with(|| {
                units.push(Unit {
                    code: code.to_string(),
                    ..Unit::default()
                });
                units.len() - 1
            });
            if once && let Some(before) = first.get(&(unit, period)) {
                let at = period.map(|p| format!(" in {p}")).unwrap_or_default();
                let expected = format!("each unit once; row {before} is kept, this one was left out");
                self.reject(row, None, &format!("a second row of {code}{at}"), &expected);
                found.push(None);
                continue;
            }
            first.insert((unit, period), row.number);
            self.describe(&mut units[unit], row);
            found.push(Some((unit, period)));
        }
        let periods: BTreeSet<Option<Period>> = found.iter().flatten().map(|(_, period)| *period).collect();
        let periods: Vec<Option<Period>> = periods.into_iter().collect();
        if units.is_empty() {
            return Err(AnswerError::NoUnits {
                file: self.table.file().to_string(),
                list: self.findings.list().to_vec(),
            });
        }
        let at = |(unit, period): (usize, Option<Period>)| (unit, periods.binary_search(&period).unwrap_or_default());
        let at = found.into_iter().map(|found| found.map(at)).collect();
        Ok(Stands { units, periods, at })
    }

    /// Name and groups of a unit; of several rows the first that has them counts.
    fn describe(&mut self, unit: &mut Unit, row: &Row) {
        if let Some(at) = self.roles.name.filter(|_| unit.name.is_empty()) {
            unit.name = row.cell(at).to_string();
        }
        for at in &self.roles.groups {
            let (name, group) = (&self.table.header().names()[*at], row.cell(*at));
            if is_missing(group) {
                continue;
            }
            match unit.groups.get(name) {
                None => {
                    unit.groups.insert(name.clone(), group.to_string());
                }
                Some(before) if before != group => {
                    let expected = format!("{before}, as in an earlier row of {}, which is kept", unit.code);
                    let note = Severity::Note;
                    self.findings.add(note, Some(row.number), Some(name), group, expected);
                }
                Some(_) => {}
            }
        }
    }

    fn reject(&mut self, row: &Row, column: Option<&str>, found: &str, expected: &str) {
        self.findings.rows_rejected += 1;
        self.findings
            .add(Severity::Rejected, Some(row.number), column, found, expected);
    }

    /// A cell as a number; what is none is a finding.
    pub(super) fn number(&mut self, row: &Row, column: usize) -> Option<f64> {
        match self.table.number(row, column) {
            Ok(value) => value,
            Err(wrong) => {
                let name = self.table.header().names()[column].as_str();
                let expected = format!("{}; the value counts as missing", wrong.expected);
                self.findings.add(
                    Severity::Warning,
                    Some(row.number),
                    Some(name),
                    row.cell(column),
                    expected,
                );
                None
            }
        }
    }

    fn spread(
        &mut self,
        data: &mut Data,
        (period, input, unit): (usize, usize, usize),
        value: f64,
        ends: (Option<f64>, Option<f64>),
        row: &Row,
    ) {
        match ends {
            (Some(low), Some(high)) if low <= value && value <= high => {
                let level = None;
                data.set_spread(period, input, unit, Spread { low, high, level });
            }
            (Some(low), Some(high)) => {
                let (found, expected) = (
                    format!("the value {value} outside {low} to {high}"),
                    "low ≤ value ≤ high; the interval was left out",
                );
                self.findings
                    .add(Severity::Warning, Some(row.number), None, found, expected);
            }
            _ => {}
        }
    }

    pub(super) fn tell_unused(&mut self, names: &[&str], kind: &str) {
        if names.is_empty() {
            return;
        }
        let (count, list) = (names.len(), names.join(", "));
        let said = match count {
            1 => format!("1 {kind} is not used by the recipe: {list}"),
            _ => format!("{count} {kind}s are not used by the recipe: {list}"),
        };
        self.notes.push(format!("{}: {said}", self.table.file()));
    }

    pub(super) fn finish(mut self, data: Data, origins: Origins) -> Inputs {
        self.findings.rows_kept = self.findings.rows_read - self.findings.rows_rejected;
        Inputs {
            asked: (0..data.periods().len()).collect(),
            data,
            origins,
            notes: self.notes,
            findings: vec![self.findings],
            poverty: Vec::new(),
            sources: vec![own_file(self.table)],
        }
    }
}

/// A file of the user's own as a source.
pub(super) fn own_file(table: &Table) -> SourceNote {
    SourceNote {
        id: table.file().to_string(),
        title: format!("a file of your own, SHA-256 {}", table.sha256()),
        licence: "yours to know".to_string(),
        citation: String::new(),
        as_of: None,
    }
}

/// The groupings that a recipe names.
fn groupings(recipe: &Recipe) -> BTreeSet<&str> {
    let own = recipe.nodes.iter().filter_map(|node| node.impute.as_ref());
    let others = [&recipe.defaults.impute].into_iter().chain(&recipe.uncertainty.impute);
    own.chain(others)
        .filter_map(|impute| match impute {
            Impute::GroupMean(grouping) | Impute::GroupMedian(grouping) => Some(grouping.as_str()),
            _ => None,
        })
        .collect()
}

fn is_number(table: &Table, text: &str) -> bool {
    table.number_of(text).is_ok()
}

/// A period as tables write it.
fn period_of(text: &str) -> Option<Period> {
    let year = || cell::year(text).ok().flatten().and_then(|year| Period::year(year).ok());
    let month = || {
        cell::month(text)
            .ok()
            .flatten()
            .and_then(|day| Period::month_of(day).ok())
    };
    text.parse().ok().or_else(year).or_else(month)
}
