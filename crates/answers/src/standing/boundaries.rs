//! The boundaries of places, as the lake has them.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Int16Type};
use lysoen_facts::View;

use crate::error::AnswerError;

/// A place with its boundary.
#[derive(Clone, Debug)]
pub struct Boundary {
    /// The place.
    pub place: String,
    /// Its name in the source.
    pub name: String,
    /// 0 for a country, 1 to 4 for administrative levels.
    pub level: u8,
    /// The country in which it lies.
    pub country: Option<String>,
    /// The place of the next higher level.
    pub parent: Option<String>,
    /// Well-known binary, longitude and latitude on WGS 84.
    pub wkb: Vec<u8>,
}

/// Every boundary in a view; of several of one place that of the newest vintage.
pub(super) fn boundaries(view: &View) -> Result<Vec<Boundary>, AnswerError> {
    let sql = "SELECT place, name, level, country, parent, geometry FROM places WHERE geometry IS NOT NULL \
               ORDER BY level, place, name, as_of DESC, source, row";
    let mut all: Vec<Boundary> = Vec::new();
    for batch in view.query(sql)? {
        let batch = batch?;
        let cast = |at: usize, to: &DataType| {
            arrow::compute::cast(batch.column(at), to).map_err(|e| AnswerError::Kept(e.to_string()))
        };
        let texts = [0, 1, 3, 4].map(|at| cast(at, &DataType::Utf8));
        let [place, name, country, parent] = texts;
        let (place, name, country, parent) = (place?, name?, country?, parent?);
        let levels = batch.column(2).as_primitive::<Int16Type>();
        let geometry = cast(5, &DataType::Binary)?;
        for row in 0..batch.num_rows() {
            let text =
                |column: &dyn Array| (!column.is_null(row)).then(|| column.as_string::<i32>().value(row).to_string());
            let boundary = Boundary {
                place: text(&place).unwrap_or_default(),
                name: text(&name).unwrap_or_default(),
                level: u8::try_from(levels.value(row)).unwrap_or_default(),
                country: text(&country),
                parent: text(&parent),
                wkb: geometry.as_binary::<i32>().value(row).to_vec(),
            };
            let again = |last: &Boundary| last.place == boundary.place && last.name == boundary.name;
            if !all.last().is_some_and(again) {
                all.push(boundary);
            }
        }
    }
    Ok(all)
}
