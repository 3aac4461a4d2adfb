//! Which period a row is about.

use csv::StringRecord;
use jiff::civil::{Date, date};

use super::plan::{Trouble, text_at};
use crate::card::{At, PeriodForm};
use crate::cell;

/// The first and last day of a period; for a stock both are its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: Date,
    pub(crate) end: Date,
}

/// Where in a record the period stands.
#[derive(Clone, Debug)]
pub(crate) struct PeriodPlan {
    pub(crate) form: PeriodForm,
    pub(crate) column: Option<(usize, String)>,
    pub(crate) start: Option<(usize, String)>,
    pub(crate) end: Option<(usize, String)>,
    /// For the forms `fixed` and `file_name`.
    pub(crate) fixed: Option<Span>,
}

impl PeriodPlan {
    /// The whole period of a record, or what is wrong with it.
    pub(crate) fn of(&self, record: &StringRecord) -> Result<Span, Trouble> {
        Ok(match (self.form, &self.column) {
            (PeriodForm::Fixed | PeriodForm::FileName, _) => {
                self.fixed.ok_or_else(|| Trouble::whole_row("no period"))?
            }
            (PeriodForm::Range, _) => self.range(record)?,
            (form, Some((index, name))) => {
                let text = text_at(record, *index);
                read(form, text).map_err(|expected| Trouble::new(name, text, expected))?
            }
            (_, None) => return Err(Trouble::whole_row("a column of the period in the layout")),
        })
    }

    fn range(&self, record: &StringRecord) -> Result<Span, Trouble> {
        let (Some((start, start_name)), Some((end, end_name))) = (&self.start, &self.end) else {
            return Err(Trouble::whole_row("columns of the first and last day in the layout"));
        };
        let (first, last) = (text_at(record, *start), text_at(record, *end));
        if let (true, true, Some((index, name))) = (first.is_empty(), last.is_empty(), &self.column) {
            let year = text_at(record, *index);
            return read(PeriodForm::Year, year).map_err(|expected| Trouble::new(name, year, expected));
        }
        let start = read(PeriodForm::Date, first)
            .map_err(|e| Trouble::new(start_name, first, e))?
            .start;
        let end = read(PeriodForm::Date, last)
            .map_err(|e| Trouble::new(end_name, last, e))?
            .end;
        if end < start {
            return Err(Trouble::new(
                end_name,
                last,
                format!("a day not before the first day, {first}"),
            ));
        }
        Ok(Span { start, end })
    }
}

/// Reads a period as it is written in one cell, a layout's `fixed`, or a wide file's column name.
pub(crate) fn read(form: PeriodForm, text: &str) -> Result<Span, String> {
    let missing = |what: &str| format!("{what}; the cell is empty");
    match form {
        PeriodForm::Year => match cell::years(text).map_err(|e| e.expected.to_string())? {
            Some((first, last)) => years(first, last),
            None => Err(missing("a year")),
        },
        PeriodForm::Month => match cell::month(text).map_err(|e| e.expected.to_string())? {
            Some(first) => Ok(Span {
                start: first,
                end: first.last_of_month(),
            }),
            None => Err(missing("a month")),
        },
        PeriodForm::MonthId => match cell::integer(text).map_err(|e| e.expected.to_string())? {
            Some(id) if (1..=2400).contains(&id) => {
                let months = id - 1;
                // 1 is January 1980 (VIEWS).
                month_of(1980 + (months / 12) as i16, 1 + (months % 12) as i8)
            }
            Some(_) => Err("a month number of VIEWS, 1 being January 1980".into()),
            None => Err(missing("a month number")),
        },
        PeriodForm::Date => match cell::date(text).map_err(|e| e.expected.to_string())? {
            Some(day) => Ok(Span { start: day, end: day }),
            None => Err(missing("a day")),
        },
        PeriodForm::Fixed => fixed(text),
        PeriodForm::Range | PeriodForm::FileName => Err("a period in one cell".into()),
    }
}

/// `2024`, `2024-03`, `2024-03-01` or `2024-03-01/2024-08-31`.
fn fixed(text: &str) -> Result<Span, String> {
    if let Some((first, last)) = text.split_once('/') {
        let (first, last) = (fixed(first)?, fixed(last)?);
        return Ok(Span {
            start: first.start,
            end: last.end,
        });
    }
    let form = match text.len() {
        0..=4 => PeriodForm::Year,
        5..=7 => PeriodForm::Month,
        _ => PeriodForm::Date,
    };
    read(form, text)
}

/// The only year in a file's name, as in `hpc_hno_2024.csv`; none where there are several or none.
pub(crate) fn year_in_name(name: &str) -> Option<Span> {
    let mut found: Option<i16> = None;
    for digits in name.split(|c: char| !c.is_ascii_digit()).filter(|d| d.len() == 4) {
        let year: i16 = digits.parse().ok()?;
        if (1900..2100).contains(&year) && found.replace(year).is_some_and(|other| other != year) {
            return None;
        }
    }
    years(found?, found?).ok()
}

fn years(first: i16, last: i16) -> Result<Span, String> {
    let wrong = |_| "a year that a calendar has".to_string();
    if last < first {
        return Err("a span of years with the earlier year first".into());
    }
    Ok(Span {
        start: Date::new(first, 1, 1).map_err(wrong)?,
        end: Date::new(last, 12, 31).map_err(wrong)?,
    })
}

fn month_of(year: i16, month: i8) -> Result<Span, String> {
    let start = Date::new(year, month, 1).map_err(|_| "a month that a calendar has".to_string())?;
    Ok(Span {
        start,
        end: start.last_of_month(),
    })
}

/// The part of the period that the value is for.
pub(crate) fn part(span: Span, at: At) -> Span {
    let day = match at {
        At::Whole => return span,
        At::End => span.end,
        At::Middle => date(span.end.year(), 7, 1),
    };
    Span { start: day, end: day }
}
