//! What a reader could not take as it stood: collected, never thrown, so that the good rows are kept.

use serde::Serialize;

/// How much a finding matters to the row in which it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing was changed.
    Note,
    /// The row was kept; the cell was left out or mended as the finding says.
    Warning,
    /// The row was rejected.
    Rejected,
}

/// One finding: where, what was found, what was expected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The file as the user named it; a member of an archive follows after `!`.
    pub file: String,
    /// The row as a spreadsheet counts it, the header being row 1; none where the finding is about the file.
    pub row: Option<u64>,
    /// The column by name.
    pub column: Option<String>,
    /// What stood there.
    pub found: String,
    /// What was expected, and what to do.
    pub expected: String,
    /// What became of the row.
    pub severity: Severity,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": found {}, expected {}", self.found, self.expected)
    }
}

/// The findings of one file, with counts of rows that add up: read = kept + rejected + skipped.
///
/// Every finding is counted; the first [`Findings::KEPT_IN_FULL`] of each severity are kept in full.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    file: String,
    list: Vec<Finding>,
    by_severity: [u64; 3],
    /// Data rows read (neither the header nor a row of HXL tags is one).
    pub rows_read: u64,
    /// Rows that became at least one fact.
    pub rows_kept: u64,
    /// Rows that became none because something in them was wrong.
    pub rows_rejected: u64,
    /// Rows that rightly become no fact (totals of regions, empty values, groups that the layout leaves out).
    pub rows_skipped: u64,
}

impl Findings {
    /// How many findings of a severity are kept in full.
    pub const KEPT_IN_FULL: u64 = 10_000;

    /// No findings yet about `file`.
    pub fn new(file: impl Into<String>) -> Self {
        Findings {
            file: file.into(),
            ..Findings::default()
        }
    }

    /// Records a finding about a cell, a row (`column` none) or the file (`row` none).
    pub fn add(
        &mut self,
        severity: Severity,
        row: Option<u64>,
        column: Option<&str>,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let count = &mut self.by_severity[severity as usize];
        *count += 1;
        if *count <= Self::KEPT_IN_FULL {
            self.list.push(Finding {
                file: self.file.clone(),
                row,
                column: column.map(str::to_string),
                found: found.into(),
                expected: expected.into(),
                severity,
            });
        }
    }

    /// Adds what was found in later rows of the same file.
    pub fn absorb(&mut self, later: Findings) {
        let mut kept = self.by_severity.map(|count| count.min(Self::KEPT_IN_FULL));
        for finding in later.list {
            let kept = &mut kept[finding.severity as usize];
            if *kept < Self::KEPT_IN_FULL {
                *kept += 1;
                self.list.push(finding);
            }
        }
        let counts = self.by_severity.iter_mut().zip(later.by_severity);
        counts.for_each(|(count, more)| *count += more);
        self.rows_read += later.rows_read;
        self.rows_kept += later.rows_kept;
        self.rows_rejected += later.rows_rejected;
        self.rows_skipped += later.rows_skipped;
    }

    /// The findings kept in full, in the order of the file.
    pub fn list(&self) -> &[Finding] {
        &self.list
    }

    /// How many findings of `severity` there were.
    pub fn count(&self, severity: Severity) -> u64 {
        self.by_severity[severity as usize]
    }

    /// Whether every row read is accounted for.
    pub fn add_up(&self) -> bool {
        self.rows_read == self.rows_kept + self.rows_rejected + self.rows_skipped
    }
}
