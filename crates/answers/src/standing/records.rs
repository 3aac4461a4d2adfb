//! What a state gives and what it has bound itself to: aid by donor, and treaty actions by participant; and how many events
//! are known of a place.

use std::collections::BTreeMap;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int64Type};
use jiff::civil::Date;
use lysoen_facts::tables::from_days;
use lysoen_facts::{View, literal};

use crate::error::AnswerError;

/// Indicators of aid by donor, in the order in which they are shown.
const AID: [&str; 3] = ["oda_total", "oda_gni_grant_equivalent", "oda_gni_net"];

/// Aid that a donor gave in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Aid {
    /// The indicator.
    pub indicator: String,
    /// The year.
    pub year: i16,
    /// The value in its unit.
    pub value: f64,
    /// The unit.
    pub unit: String,
    /// What a reader must know.
    pub note: String,
    /// The source's card.
    pub source: String,
    /// The vintage.
    pub as_of: Date,
}

/// Something that a state did to an instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct TreatyAction {
    /// The instrument, by chapter and number of the UN Treaty Collection or another code.
    pub instrument: String,
    /// Its title, where the source has it.
    pub title: Option<String>,
    /// What was done.
    pub action: String,
    /// When, where that is known.
    pub date: Option<Date>,
    /// Day, month or year: how exact the date is.
    pub date_precision: String,
    /// What a reader must know.
    pub note: Option<String>,
    /// The source's card.
    pub source: String,
    /// The vintage.
    pub as_of: Date,
}

/// Aid and treaty actions by place.
#[derive(Clone, Debug, Default)]
pub struct Records {
    aid: BTreeMap<String, Vec<Aid>>,
    treaties: BTreeMap<String, Vec<TreatyAction>>,
    events: BTreeMap<String, i64>,
}

impl Records {
    /// Reads them from a view without the sources whose rows may not be told.
    pub(super) fn read(view: &View) -> Result<Records, AnswerError> {
        Ok(Records {
            aid: aid(view)?,
            treaties: treaties(view)?,
            events: events(view)?,
        })
    }

    /// How many events are known of a country.
    pub fn events(&self, place: &str) -> i64 {
        self.events.get(place).copied().unwrap_or_default()
    }

    /// Whether any events are known.
    pub fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    /// Aid that a place gave, by indicator and year.
    pub fn aid(&self, place: &str) -> &[Aid] {
        self.aid.get(place).map_or(&[], Vec::as_slice)
    }

    /// What a state did, by instrument and date.
    pub fn treaties(&self, place: &str) -> &[TreatyAction] {
        self.treaties.get(place).map_or(&[], Vec::as_slice)
    }
}

fn aid(view: &View) -> Result<BTreeMap<String, Vec<Aid>>, AnswerError> {
    let wanted: Vec<String> = AID.iter().map(|id| literal(id)).collect();
    let sql = format!(
        "SELECT place, indicator, \"end\", value, unit, note, source, as_of FROM observations \
         WHERE indicator IN ({}) AND breakdown = '' AND status = '' ORDER BY place, indicator, \"end\", source",
        wanted.join(", ")
    );
    let mut all: BTreeMap<String, Vec<Aid>> = BTreeMap::new();
    for batch in view.query(&sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let (Some(end), Some(as_of)) = (batch.date(2, row), batch.date(7, row)) else {
                continue;
            };
            all.entry(batch.text(0, row)).or_default().push(Aid {
                indicator: batch.text(1, row),
                year: end.year(),
                value: batch.0[3].as_primitive::<Float64Type>().value(row),
                unit: batch.text(4, row),
                note: batch.text(5, row),
                source: batch.text(6, row),
                as_of,
            });
        }
    }
    Ok(all)
}

fn treaties(view: &View) -> Result<BTreeMap<String, Vec<TreatyAction>>, AnswerError> {
    let sql = "SELECT participant, instrument, instrument_title, action, date, date_precision, note, source, as_of \
               FROM treaty_actions ORDER BY participant, instrument, date, as_of, action";
    let mut all: BTreeMap<String, Vec<TreatyAction>> = BTreeMap::new();
    for batch in view.query(sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let Some(as_of) = batch.date(8, row) else { continue };
            let some = |text: String| Some(text).filter(|t| !t.is_empty());
            all.entry(batch.text(0, row)).or_default().push(TreatyAction {
                instrument: batch.text(1, row),
                title: some(batch.text(2, row)),
                action: batch.text(3, row),
                date: batch.date(4, row),
                date_precision: batch.text(5, row),
                note: some(batch.text(6, row)),
                source: batch.text(7, row),
                as_of,
            });
        }
    }
    Ok(all)
}

fn events(view: &View) -> Result<BTreeMap<String, i64>, AnswerError> {
    let sql = "SELECT country, count(*) FROM events WHERE country IS NOT NULL GROUP BY country";
    let mut all = BTreeMap::new();
    for batch in view.query(sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            all.insert(batch.text(0, row), batch.0[1].as_primitive::<Int64Type>().value(row));
        }
    }
    Ok(all)
}

/// The columns of a batch, texts in one form.
pub(crate) struct Columns(pub(crate) Vec<ArrayRef>);

impl Columns {
    pub(crate) fn of(batch: &RecordBatch) -> Result<Columns, AnswerError> {
        let plain = |column: &ArrayRef| match column.data_type() {
            DataType::Utf8View | DataType::LargeUtf8 | DataType::Dictionary(..) => {
                arrow::compute::cast(column, &DataType::Utf8)
            }
            _ => Ok(column.clone()),
        };
        let columns: Result<Vec<_>, _> = batch.columns().iter().map(plain).collect();
        columns.map(Columns).map_err(|e| AnswerError::Kept(e.to_string()))
    }

    pub(crate) fn rows(&self) -> usize {
        self.0.first().map_or(0, |column| column.len())
    }

    /// A text; empty where there is none.
    pub(crate) fn text(&self, column: usize, row: usize) -> String {
        let column = &self.0[column];
        match column.is_null(row) {
            true => String::new(),
            false => column.as_string::<i32>().value(row).to_string(),
        }
    }

    pub(crate) fn date(&self, column: usize, row: usize) -> Option<Date> {
        let column = &self.0[column];
        (!column.is_null(row)).then(|| from_days(column.as_primitive::<Date32Type>().value(row)))
    }
}
