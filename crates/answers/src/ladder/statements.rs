//! What is recorded of places, out of the table `mandates`.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{Int16Type, UInt64Type};
use lysoen_facts::View;
use lysoen_ladder::statement::Statement;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};

use crate::error::AnswerError;
use crate::standing::Columns;

/// Every statement that a view shows, in the order of place, first day and id, whether it holds on a given day or not.
///
/// # Errors
/// If the lake cannot be read, or a row has a word that this program does not know.
pub fn statements(view: &View) -> Result<Vec<Statement>, AnswerError> {
    let sql = "SELECT statement_id, place, kind, subject, answer, \"by\", valid_from, valid_until, independent_sources, \
               reviewed_by, document, verified, note, source, as_of, file, row FROM mandates \
               ORDER BY place, valid_from, statement_id, source, dataset, as_of, file, row";
    let mut all = Vec::new();
    for batch in view.query(sql)? {
        let batch = Columns::of(&batch?)?;
        for row in 0..batch.rows() {
            let statement = statement(&batch, row).map_err(|why| AnswerError::Statement {
                id: batch.text(0, row),
                source_card: batch.text(13, row),
                file: batch.text(15, row),
                row: batch.0[16].as_primitive::<UInt64Type>().value(row),
                why,
            })?;
            all.push(statement);
        }
    }
    Ok(all)
}

/// A row as a statement; else what is not understood.
fn statement(batch: &Columns, row: usize) -> Result<Statement, String> {
    let some = |column| Some(batch.text(column, row)).filter(|text| !text.is_empty());
    let day = |column, called: &str| batch.date(column, row).ok_or_else(|| format!("it has no {called}"));
    let sources = &batch.0[8];
    let sources = (!sources.is_null(row)).then(|| sources.as_primitive::<Int16Type>().value(row));
    Ok(Statement {
        id: batch.text(0, row),
        place: batch.text(1, row).parse().map_err(|e| format!("{e}"))?,
        kind: word("kind", &batch.text(2, row))?,
        subject: batch.text(3, row),
        answer: word("answer", &batch.text(4, row))?,
        by: some(5),
        from: day(6, "first day")?,
        until: batch.date(7, row),
        independent_sources: sources
            .map(u16::try_from)
            .transpose()
            .map_err(|_| "its number of independent sources is below zero".to_string())?,
        reviewed_by: some(9),
        document: some(10),
        verified: batch.0[11].as_boolean().value(row),
        note: some(12),
        source: batch.text(13, row),
        as_of: day(14, "vintage")?,
    })
}

/// A word of the lists that the ladder's rules know.
fn word<'de, T: Deserialize<'de>>(called: &str, text: &'de str) -> Result<T, String> {
    let words: StrDeserializer<'de, Error> = text.into_deserializer();
    T::deserialize(words).map_err(|e| format!("its {called}: {e}"))
}
