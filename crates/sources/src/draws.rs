//! Forecasts as draws, in the layout of the VIEWS prediction challenge: a row to each unit, month and draw.
//!
//! The columns are `month_id`, `country_id` or `priogrid_gid`, `draw` and `outcome`; a pandas index counts as columns. A file
//! has up to hundreds of millions of rows, so it is never held: where the rows of a unit and month stand together, each
//! ensemble is handed on as it ends, on several threads; else the file is gone through as often as memory asks for.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use lysoen_lexicon::panel::Month;

use crate::finding::{Findings, Severity};
use crate::input::{FileKind, Input};
use crate::reader::ReadError;
use crate::records::Header;

mod ensembles;
mod rows;

use ensembles::Repeated;
use rows::{Numbers, Told};

/// Draws that are held at a time where the rows of an ensemble stand apart: twelve bytes each, and as much again while they grow.
const HELD: u64 = 32 << 20;

/// Which column of the challenge's layout tells units apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitColumn {
    /// Countries, by their VIEWS id.
    Country,
    /// Cells of PRIO-GRID.
    Cell,
}

impl UnitColumn {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            UnitColumn::Country => "country_id",
            UnitColumn::Cell => "priogrid_gid",
        }
    }

    /// The units of a table; of one that has cells and countries, the cells.
    pub fn of(header: &Header) -> Option<UnitColumn> {
        [UnitColumn::Cell, UnitColumn::Country]
            .into_iter()
            .find(|unit| header.index(unit.name()).is_some())
    }
}

/// A unit in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitMonth {
    /// The unit, by its VIEWS id or the number of its cell.
    pub unit: i64,
    /// The month.
    pub month: Month,
}

/// The draws of a unit in a month.
#[derive(Debug)]
pub struct Ensemble<'a> {
    /// Of which unit and month.
    pub of: UnitMonth,
    /// The first row in which one stands.
    pub row: u64,
    /// The draws in the order of their numbers; of the reader's own, to be sorted where they lie.
    pub draws: &'a mut Vec<f64>,
}

/// A file of draws, opened.
pub struct DrawsFile {
    input: Input,
    unit: UnitColumn,
    /// The columns by their names in the file: month, unit, draw, outcome.
    names: [String; 4],
    /// As numbers, where the file holds numbers and not text.
    numbers: Option<Numbers>,
    /// How many draws are held at a time.
    held: u64,
}

/// What was made of a file of draws.
#[derive(Debug)]
pub struct DrawsRead<T> {
    /// What was made of each ensemble, by unit and month.
    pub made: Vec<(UnitMonth, T)>,
    /// What is wrong in the file.
    pub findings: Findings,
    /// How often the file was gone through; once, where its rows stand together.
    pub passes: u32,
}

impl DrawsFile {
    /// Opens a file in any form that can be imported as a table, packed or not.
    pub fn open(path: &Path) -> Result<DrawsFile, ReadError> {
        let inputs = Input::open(path)?;
        let Ok([input]) = <[Input; 1]>::try_from(inputs) else {
            return Err(ReadError::Malformed {
                file: path.display().to_string(),
                row: None,
                found: "an archive of several files".to_string(),
                expected: "one table of draws; unpack the archive and name the file".to_string(),
            });
        };
        let header = input.records(None)?.header().clone();
        let stored = match input.kind() {
            FileKind::Parquet => rows::names_of_the_index(&input)?,
            _ => HashMap::new(),
        };
        // The name under which a column is stored; that of a level of pandas' index may be another than its own.
        let find = |name: &str| {
            let at = header.index(name).map(|at| header.names()[at].clone());
            at.or_else(|| stored.get(name).cloned())
        };
        let unit = [UnitColumn::Cell, UnitColumn::Country]
            .into_iter()
            .find_map(|unit| Some((unit, find(unit.name())?)));
        let (Some(month), Some((unit, units)), Some(draw), Some(outcome)) =
            (find("month_id"), unit, find("draw"), find("outcome"))
        else {
            return Err(not_the_layout(&input, &header));
        };
        let names = [month, units, draw, outcome];
        let numbers = match input.kind() {
            FileKind::Parquet => Numbers::of(&input, &names)?,
            _ => None,
        };
        Ok(DrawsFile {
            input,
            unit,
            names,
            numbers,
            held: HELD,
        })
    }

    /// Holds no more than so many draws at a time, where the rows of an ensemble stand apart, and goes through the file as often
    /// as that takes. An ensemble is held whole.
    pub fn holding(self, draws: u64) -> DrawsFile {
        DrawsFile {
            held: draws.max(1),
            ..self
        }
    }

    /// The file as the user named it.
    pub fn name(&self) -> &str {
        self.input.name()
    }

    /// What its units are.
    pub fn unit(&self) -> UnitColumn {
        self.unit
    }

    /// Makes something of every ensemble. The result is the same on any number of threads and in any order of the rows.
    pub fn each<T: Send>(
        &self,
        threads: NonZeroUsize,
        make: impl Fn(Ensemble<'_>) -> T + Sync,
    ) -> Result<DrawsRead<T>, ReadError> {
        // Nothing below is generic, so that it is compiled here, where it is optimised.
        let made = Mutex::new(Vec::new());
        let lock = || made.lock().unwrap_or_else(PoisonError::into_inner);
        let give = |ensemble: Ensemble<'_>| {
            let of = ensemble.of;
            let one = make(ensemble);
            lock().push((of, one));
        };
        let (told, repeated, passes) = match self.in_order(threads, &give)? {
            Some((told, repeated)) => (told, repeated, 1),
            None => {
                lock().clear();
                self.in_any_order(&give)?
            }
        };
        let mut made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        made.sort_by_key(|(of, _)| *of);
        Ok(DrawsRead {
            made,
            findings: self.findings(told, repeated),
            passes,
        })
    }

    fn findings(&self, told: Told, repeated: Repeated) -> Findings {
        let mut findings = told.findings;
        if let Some((row, value)) = told.negative {
            let more = match told.negatives - 1 {
                0 => String::new(),
                more => format!(", and {more} more draws below zero"),
            };
            findings.add(
                Severity::Warning,
                Some(row),
                Some("outcome"),
                format!("{value}{more}"),
                "0 or more; IGN counts it as 0, the other scores take it as it stands, as the challenge's evaluation does",
            );
        }
        if let Some((row, of, number)) = repeated.first {
            let more = match repeated.ensembles - 1 {
                0 => String::new(),
                more => format!(", and the like in {more} more unit-months"),
            };
            let (unit, month) = (of.unit, of.month);
            findings.add(
                Severity::Warning,
                Some(row),
                Some("draw"),
                format!(
                    "draw {number} more than once among those of {} {unit} in {month}{more}",
                    self.unit.name()
                ),
                "each draw once; every row is kept as a draw of its own, in the order of the file, as the challenge's \
                 evaluation does",
            );
        }
        findings.rows_kept = findings.rows_read - findings.rows_rejected;
        findings
    }
}

/// The columns are others than the layout's.
fn not_the_layout(input: &Input, header: &Header) -> ReadError {
    let unnamed = header.names().iter().any(|name| name.starts_with("__index_level_"));
    let advice = match unnamed {
        true => {
            "; the levels of its pandas index have no names, give them with `index.names = [\"month_id\", \"country_id\", \"draw\"]`"
        }
        false => "",
    };
    input.malformed(
        format!("the columns {}", header.names().join(", ")),
        format!("the challenge's layout: month_id, country_id or priogrid_gid, draw, and outcome{advice}"),
    )
}
