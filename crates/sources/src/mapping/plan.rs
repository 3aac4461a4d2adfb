//! A layout's mapping set against the columns that a file really has.

use std::str::FromStr;

use csv::StringRecord;
use lysoen_lexicon::country::CodeSystem;
use lysoen_lexicon::indicator::Indicators;
use lysoen_lexicon::place::PlaceId;

use super::period::{PeriodPlan, Span, read, year_in_name};
use super::place::PlacePlan;
use crate::card::{At, BreakdownColumn, Layout, MappedTable, PeriodColumns, PeriodForm, PlaceColumns, ValueColumn};
use crate::finding::{Findings, Severity};
use crate::reader::ReadError;
use crate::records::Header;

/// The text of a cell without surrounding space; empty where the record is too short.
pub(crate) fn text_at(record: &StringRecord, index: usize) -> &str {
    record.get(index).unwrap_or("").trim()
}

/// Something in a row that is not as it should be, before it is known what becomes of the row.
#[derive(Clone, Debug)]
pub(crate) struct Trouble {
    column: Option<String>,
    found: String,
    expected: String,
}

impl Trouble {
    pub(crate) fn new(column: &str, found: impl Into<String>, expected: impl Into<String>) -> Self {
        Trouble {
            column: Some(column.to_string()),
            found: found.into(),
            expected: expected.into(),
        }
    }

    pub(crate) fn whole_row(expected: impl Into<String>) -> Self {
        Trouble {
            column: None,
            found: "none".into(),
            expected: expected.into(),
        }
    }

    pub(crate) fn tell(self, severity: Severity, row: u64, findings: &mut Findings) {
        findings.add(severity, Some(row), self.column.as_deref(), self.found, self.expected);
    }
}

/// A column by its place and name.
pub(crate) type Column = (usize, String);

/// One value of a row.
#[derive(Clone, Debug)]
pub(crate) struct ValuePlan {
    pub(crate) column: Column,
    pub(crate) indicator: String,
    pub(crate) unit: String,
    pub(crate) scale: f64,
    pub(crate) complement_of: Option<f64>,
    pub(crate) low: Option<Column>,
    pub(crate) high: Option<Column>,
    pub(crate) interval: Option<String>,
    pub(crate) population: Option<Column>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
    pub(crate) breakdown: Vec<(String, String)>,
    pub(crate) status: Option<String>,
    /// The part of the period that the value is for.
    pub(crate) at: At,
    /// The years of which the column is this indicator, both included.
    pub(crate) years: (Option<i16>, Option<i16>),
    /// The period, where the column's name gives it.
    pub(crate) span: Option<Span>,
}

/// The series of a long file.
#[derive(Clone, Debug)]
pub(crate) struct LongPlan {
    pub(crate) names: Vec<Column>,
    pub(crate) value: Column,
    /// By name as it stands in the file.
    pub(crate) series: Vec<(String, ValuePlan)>,
    /// What an unlisted series is read with; its indicator is the source's prefix, such as `inform:`.
    pub(crate) others: Option<ValuePlan>,
    pub(crate) unit: Option<Column>,
}

/// What is done with every row of a file.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) table: MappedTable,
    /// The place of an observation, or the destination of a flow.
    pub(crate) place: PlacePlan,
    pub(crate) origin: Option<PlacePlan>,
    pub(crate) period: Option<PeriodPlan>,
    pub(crate) only: Vec<(usize, Vec<String>)>,
    pub(crate) missing: Vec<String>,
    pub(crate) breakdown: Vec<(usize, BreakdownColumn)>,
    pub(crate) note: Option<usize>,
    pub(crate) status: Option<usize>,
    pub(crate) values: Vec<ValuePlan>,
    pub(crate) long: Option<LongPlan>,
}

/// Sets a layout against a header; what does not fit is told as an error of the file.
struct Fitting<'a> {
    file: &'a str,
    file_name: &'a str,
    source: &'a str,
    layout: &'a Layout,
    header: &'a Header,
}

impl Plan {
    /// The plan for a file with this header.
    pub(crate) fn new(
        file: &str,
        file_name: &str,
        source: &str,
        layout: &Layout,
        header: &Header,
    ) -> Result<Plan, ReadError> {
        let fitting = Fitting {
            file,
            file_name,
            source,
            layout,
            header,
        };
        let table = layout.table.unwrap_or(MappedTable::Observations);
        let (place, origin) = match table {
            MappedTable::Observations => (fitting.place(layout.place.as_ref(), "place", false)?, None),
            MappedTable::Flows => (
                fitting.place(layout.destination.as_ref(), "destination", true)?,
                Some(fitting.place(layout.origin.as_ref(), "origin", true)?),
            ),
        };
        let plan = Plan {
            table,
            place,
            origin,
            period: layout.period.as_ref().map(|p| fitting.period(p)).transpose()?,
            only: layout
                .only
                .iter()
                .map(|(column, texts)| Ok((fitting.column(column)?.0, texts.clone())))
                .collect::<Result<_, ReadError>>()?,
            missing: layout.missing.clone(),
            breakdown: layout
                .breakdown
                .iter()
                .map(|b| Ok((fitting.column(&b.column)?.0, b.clone())))
                .collect::<Result<_, ReadError>>()?,
            note: fitting.optional(layout.note.as_deref())?.map(|c| c.0),
            status: fitting
                .optional(layout.status.as_ref().and_then(|s| s.column.as_deref()))?
                .map(|c| c.0),
            values: fitting.values()?,
            long: fitting.long()?,
        };
        if plan.values.is_empty() && plan.long.is_none() {
            return Err(fitting.malformed(
                "no column of a value",
                "a value, wide or long entry in the layout that fits",
            ));
        }
        if plan.period.is_none() && plan.values.iter().any(|v| v.span.is_none()) {
            return Err(fitting.malformed("no period", "a period in the layout"));
        }
        Ok(plan)
    }

    /// The column of the values of a long file.
    pub(crate) fn long_value(&self) -> Option<usize> {
        self.long.as_ref().map(|long| long.value.0)
    }

    /// Whether a record is one that the layout takes.
    pub(crate) fn wants(&self, record: &StringRecord) -> bool {
        self.only
            .iter()
            .all(|(index, texts)| texts.iter().any(|t| t == text_at(record, *index)))
    }
}

impl Fitting<'_> {
    fn malformed(&self, found: impl Into<String>, expected: impl Into<String>) -> ReadError {
        ReadError::Malformed {
            file: self.file.to_string(),
            row: None,
            found: found.into(),
            expected: format!(
                "{} (layout {} of the card {})",
                expected.into(),
                self.layout.name,
                self.source
            ),
        }
    }

    fn column(&self, name: &str) -> Result<Column, ReadError> {
        match self.header.index(name) {
            Some(index) => Ok((index, name.to_string())),
            None => Err(self.malformed(format!("no column {name}"), format!("a column {name}"))),
        }
    }

    fn optional(&self, name: Option<&str>) -> Result<Option<Column>, ReadError> {
        name.map(|n| self.column(n)).transpose()
    }

    fn columns(&self, names: &[String]) -> Result<Vec<Column>, ReadError> {
        names.iter().map(|n| self.column(n)).collect()
    }

    fn place(&self, columns: Option<&PlaceColumns>, what: &str, may_be_empty: bool) -> Result<PlacePlan, ReadError> {
        let Some(columns) = columns else {
            return Err(self.malformed(format!("no {what}"), format!("a {what} in the layout")));
        };
        let system = CodeSystem::from_str(columns.code.as_deref().unwrap_or("any"))
            .map_err(|wrong| self.malformed(wrong.0.clone(), wrong.to_string()))?;
        let fixed = match &columns.fixed {
            Some(code) => Some(
                PlaceId::country(code)
                    .map_err(|wrong| self.malformed(code, wrong.to_string()))?
                    .as_str()
                    .into(),
            ),
            None => None,
        };
        Ok(PlacePlan {
            column: self.optional(columns.column.as_deref())?,
            fixed,
            system,
            means: columns
                .means
                .iter()
                .map(|(text, place)| (text.clone(), place.as_str().into()))
                .collect(),
            areas: self.columns(&columns.areas)?,
            area_names: self.columns(&columns.area_names)?,
            may_be_empty,
        })
    }

    fn period(&self, columns: &PeriodColumns) -> Result<PeriodPlan, ReadError> {
        let fixed = match (columns.form, &columns.fixed) {
            (PeriodForm::Fixed, Some(text)) => {
                Some(read(PeriodForm::Fixed, text).map_err(|expected| self.malformed(text, expected))?)
            }
            (PeriodForm::FileName, _) => Some(year_in_name(self.file_name).ok_or_else(|| {
                self.malformed(
                    format!("the name {}", self.file_name),
                    "one year in the file's name; rename the file",
                )
            })?),
            _ => None,
        };
        Ok(PeriodPlan {
            form: columns.form,
            column: self.optional(columns.column.as_deref())?,
            start: self.optional(columns.start.as_deref())?,
            end: self.optional(columns.end.as_deref())?,
            fixed,
        })
    }

    fn value(&self, value: &ValueColumn, column: Column, span: Option<Span>) -> Result<ValuePlan, ReadError> {
        let unit = match (&value.unit, Indicators::builtin().get(&value.indicator)) {
            (Some(unit), _) => unit.clone(),
            (None, Some(indicator)) => indicator.unit.clone(),
            (None, None) => {
                let expected = "an indicator of catalog/indicators.toml, or a unit beside it";
                return Err(self.malformed(format!("the indicator {}", value.indicator), expected));
            }
        };
        Ok(ValuePlan {
            column,
            indicator: value.indicator.clone(),
            unit,
            scale: value.scale.unwrap_or(1.0),
            complement_of: value.complement_of,
            low: self.optional(value.low.as_deref())?,
            high: self.optional(value.high.as_deref())?,
            interval: value.interval.clone(),
            population: self.optional(value.population.as_deref())?,
            min: value.min,
            max: value.max,
            breakdown: entries(value.breakdown.as_deref().unwrap_or("")),
            status: value.status.clone(),
            at: value
                .at
                .or(self.layout.period.as_ref().map(|p| p.at))
                .unwrap_or_default(),
            years: (value.from_year, value.to_year),
            span,
        })
    }

    /// The values that every row holds: the layout's own columns and those named by year.
    fn values(&self) -> Result<Vec<ValuePlan>, ReadError> {
        let mut plans = Vec::new();
        for value in &self.layout.values {
            plans.push(self.value(value, self.column(&value.column)?, None)?);
        }
        let Some(wide) = &self.layout.wide else {
            return Ok(plans);
        };
        for (index, header) in self.header.names().iter().enumerate() {
            let Some((name, year)) = name_and_year(&wide.pattern, header.trim()) else {
                continue;
            };
            let span = read(PeriodForm::Year, year).ok();
            let column = (index, header.trim().to_string());
            match wide.values.iter().find(|v| v.column.eq_ignore_ascii_case(name)) {
                Some(value) => plans.push(self.value(value, column, span)?),
                None if wide.others => {
                    let other = self.other(name, wide.unit.clone());
                    plans.push(self.value(&other, column, span)?);
                }
                None => {}
            }
        }
        Ok(plans)
    }

    /// How a series that no catalog knows is read.
    fn other(&self, name: &str, unit: Option<String>) -> ValueColumn {
        ValueColumn {
            column: name.to_string(),
            indicator: format!("{}:{name}", self.source),
            unit: Some(unit.unwrap_or_else(|| "as published".into())),
            ..ValueColumn::default()
        }
    }

    fn long(&self) -> Result<Option<LongPlan>, ReadError> {
        let Some(long) = &self.layout.long else { return Ok(None) };
        let names: Vec<String> = long.name.split(" + ").map(str::to_string).collect();
        let value = self.column(&long.value)?;
        let series = long
            .series
            .iter()
            .map(|s| Ok((s.column.clone(), self.value(s, value.clone(), None)?)))
            .collect::<Result<_, ReadError>>()?;
        let others = if long.others {
            Some(self.value(&self.other("", None), value.clone(), None)?)
        } else {
            None
        };
        let unit = self.optional(long.unit.as_deref())?;
        Ok(Some(LongPlan {
            names: self.columns(&names)?,
            value,
            series,
            others,
            unit,
        }))
    }
}

/// The name and the year in a column's name by a pattern: `{year}`, or `{name}_{year}` with any text between.
fn name_and_year<'h>(pattern: &str, header: &'h str) -> Option<(&'h str, &'h str)> {
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let before = pattern.strip_suffix("{year}")?;
    let at = header.len().checked_sub(4)?;
    if !header.is_char_boundary(at) || !is_year(&header[at..]) {
        return None;
    }
    let (head, year) = header.split_at(at);
    match before.strip_prefix("{name}") {
        Some(between) => head
            .strip_suffix(between)
            .filter(|name| !name.is_empty())
            .map(|name| (name, year)),
        None => (head == before).then_some(("", year)),
    }
}

/// The entries of a breakdown written `key=value;key=value`.
pub(crate) fn entries(text: &str) -> Vec<(String, String)> {
    text.split(';')
        .filter_map(|entry| entry.split_once('='))
        .map(|(k, v)| (k.to_string(), v.to_string()))
        .collect()
}
