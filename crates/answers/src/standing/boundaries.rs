//! The boundaries of places, as the lake has them, drawn by a worldview.

use arrow::array::{Array, AsArray};
use arrow::datatypes::{DataType, Int16Type};
use lysoen_facts::View;
use lysoen_maps::{Map, Shape, Worldview, from_wkb};

use crate::error::AnswerError;

/// Draws every place of a view that has a boundary; of several boundaries of one place the first part of the newest vintage
/// names it. What cannot be drawn is told.
pub(super) fn drawn(view: &View, worldview: &Worldview) -> Result<(Map, Vec<String>), AnswerError> {
    let sql = "SELECT place, name, level, country, geometry FROM places WHERE geometry IS NOT NULL \
               ORDER BY level, place, as_of DESC, source, row";
    let (mut shapes, mut findings) = (Vec::new(), Vec::new());
    for batch in view.query(sql)? {
        let batch = batch?;
        let cast = |at: usize, to: &DataType| {
            arrow::compute::cast(batch.column(at), to).map_err(|e| AnswerError::Kept(e.to_string()))
        };
        let [place, name, country] = [0, 1, 3].map(|at| cast(at, &DataType::Utf8));
        let (place, name, country) = (place?, name?, country?);
        let levels = batch.column(2).as_primitive::<Int16Type>();
        let geometry = cast(4, &DataType::Binary)?;
        for row in 0..batch.num_rows() {
            let text =
                |column: &dyn Array| (!column.is_null(row)).then(|| column.as_string::<i32>().value(row).to_string());
            let place = text(&place).unwrap_or_default();
            match from_wkb(geometry.as_binary::<i32>().value(row)) {
                Ok(geometry) => shapes.push(Shape {
                    name: text(&name).unwrap_or_default(),
                    level: u8::try_from(levels.value(row)).unwrap_or_default(),
                    country: text(&country).filter(|country| *country != place),
                    place,
                    geometry,
                }),
                Err(why) => findings.push(format!("{place}: {why}")),
            }
        }
    }
    let (map, more) = Map::new(shapes, worldview);
    findings.extend(more.iter().map(ToString::to_string));
    Ok((map, findings))
}
