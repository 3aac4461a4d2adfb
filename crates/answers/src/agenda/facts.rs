//! What the agenda's rules are given, out of the lake: treaty actions, secretariats' lists, and how far each list reaches.

use std::collections::BTreeSet;

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Int16Type, Int64Type, UInt64Type};
use lysoen_agenda::{Act, Action, Commitment, CommitmentKind, Finding, List, Origin, Precision};
use lysoen_facts::View;

use crate::error::AnswerError;
use crate::standing::Columns;

/// All of it, and what was not understood.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) actions: Vec<Action>,
    pub(super) commitments: Vec<Commitment>,
    pub(super) lists: Vec<List>,
    pub(super) findings: Vec<Finding>,
    /// Names as the sources give them, by participant; for organisations.
    pub(super) names: BTreeSet<(String, String)>,
}

impl Facts {
    pub(super) fn read(view: &View) -> Result<Facts, AnswerError> {
        let mut facts = Facts::default();
        facts.actions(view)?;
        facts.commitments(view)?;
        facts.lists(view)?;
        Ok(facts)
    }

    fn actions(&mut self, view: &View) -> Result<(), AnswerError> {
        let sql = "SELECT instrument, participant, participant_name, action, date, date_precision, effective, verified, note, \
                   source, as_of, file, row FROM treaty_actions \
                   ORDER BY instrument, participant, date, source, as_of, file, row, action";
        for batch in view.query(sql)? {
            let batch = Columns::of(&batch?)?;
            for row in 0..batch.rows() {
                let Some(origin) = origin(&batch, row, 7, 9) else {
                    continue;
                };
                let (instrument, participant) = (batch.text(0, row), batch.text(1, row));
                self.names.insert((participant.clone(), batch.text(2, row)));
                let word = batch.text(3, row);
                let Some(act) = Act::of(&word) else {
                    let message = format!("the action `{word}` is not known here; a newer program may know it");
                    self.not_understood(instrument, participant, message, origin);
                    continue;
                };
                let precision = match batch.text(5, row).as_str() {
                    "day" => Precision::Day,
                    "year" => Precision::Year,
                    _ => Precision::None,
                };
                self.actions.push(Action {
                    instrument,
                    participant,
                    act,
                    date: batch.date(4, row),
                    precision,
                    effective: batch.date(6, row),
                    note: some(&batch, 8, row),
                    origin,
                });
            }
        }
        Ok(())
    }

    fn commitments(&mut self, view: &View) -> Result<(), AnswerError> {
        let sql = "SELECT record_id, kind, element, instrument, duty, participant, date, covers, \"until\", document, note, \
                   verified, source, as_of, file, row FROM commitments \
                   ORDER BY record_id, source, as_of, file, row";
        for batch in view.query(sql)? {
            let batch = Columns::of(&batch?)?;
            for row in 0..batch.rows() {
                let Some(origin) = origin(&batch, row, 11, 12) else {
                    continue;
                };
                let word = batch.text(1, row);
                let Some(kind) = CommitmentKind::of(&word) else {
                    let message = format!("the kind `{word}` is not known here; a newer program may know it");
                    self.not_understood(batch.text(3, row), batch.text(5, row), message, origin);
                    continue;
                };
                let element = &batch.0[2];
                let element = (!element.is_null(row)).then(|| element.as_primitive::<Int16Type>().value(row));
                self.commitments.push(Commitment {
                    id: batch.text(0, row),
                    kind,
                    element: element.and_then(|number| u8::try_from(number).ok()),
                    instrument: some(&batch, 3, row),
                    duty: some(&batch, 4, row),
                    participant: some(&batch, 5, row),
                    date: batch.date(6, row),
                    covers: some(&batch, 7, row),
                    until: batch.date(8, row),
                    document: some(&batch, 9, row),
                    note: some(&batch, 10, row),
                    origin,
                });
            }
        }
        Ok(())
    }

    /// A list is complete where its release is, and tells days: one of years, or of nothing but yes and no, is of members of the
    /// United Nations or of some countries, and only adds.
    fn lists(&mut self, view: &View) -> Result<(), AnswerError> {
        let partial: BTreeSet<(&str, &str)> = view
            .releases()
            .iter()
            .filter(|seen| seen.release.scope.partial)
            .map(|seen| (seen.release.source.as_str(), seen.release.dataset.as_str()))
            .collect();
        let sql = "SELECT instrument, source, dataset, as_of, bool_and(verified) AS verified, \
                   count(*) FILTER (WHERE date_precision = 'day') AS dated \
                   FROM treaty_actions GROUP BY instrument, source, dataset, as_of ORDER BY instrument, source, dataset, as_of";
        for batch in view.query(sql)? {
            let batch = Columns::of(&batch?)?;
            for row in 0..batch.rows() {
                let Some(as_of) = batch.date(3, row) else { continue };
                let (source, dataset) = (batch.text(1, row), batch.text(2, row));
                let whole = !partial.contains(&(source.as_str(), dataset.as_str()));
                self.lists.push(List {
                    instrument: batch.text(0, row),
                    as_of,
                    complete: whole && batch.0[5].as_primitive::<Int64Type>().value(row) > 0,
                    verified: batch.0[4].as_boolean().value(row),
                    source,
                });
            }
        }
        Ok(())
    }

    fn not_understood(&mut self, instrument: String, participant: String, message: String, origin: Origin) {
        self.findings.push(Finding {
            instrument,
            participant,
            message,
            origin: Some(origin),
        });
    }
}

/// Where a row stands: whether it is verified, and its source, vintage, file and number from a column on.
fn origin(batch: &Columns, row: usize, verified: usize, source: usize) -> Option<Origin> {
    Some(Origin {
        source: batch.text(source, row),
        as_of: batch.date(source + 1, row)?,
        verified: batch.0[verified].as_boolean().value(row),
        file: batch.text(source + 2, row),
        row: batch.0[source + 3].as_primitive::<UInt64Type>().value(row),
    })
}

fn some(batch: &Columns, column: usize, row: usize) -> Option<String> {
    Some(batch.text(column, row)).filter(|text| !text.is_empty())
}
