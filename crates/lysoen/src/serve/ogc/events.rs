//! Events with a position as features.

use lysoen_answers::sheet::Cell;
use lysoen_answers::standing::Standing;
use serde_json::Map;

use super::asked::ItemsAsked;
use super::feature::{Feature, Found, Geometry};
use crate::serve::events::{COLUMNS, Which, page};
use crate::serve::form::value;
use crate::serve::problem::Problem;

/// What must be said of their number.
const LOCATED: &str = "Events without a position are left out, and are not in numberMatched; /api/v1/events has them.";

/// The events that are asked for, the latest first.
pub(super) fn found(standing: &Standing, asked: &ItemsAsked) -> Result<Found, Problem> {
    let mut which = Which {
        from: asked.time.from,
        to: asked.time.to,
        within: asked.bbox,
        located: true,
        equal: asked.equal.clone(),
        ..Which::default()
    };
    if let Some(id) = &asked.id {
        // A card's id has no point in it.
        let (source, event) = id.split_once('.').unwrap_or((id, ""));
        which.equal.push(("source", source.to_string()));
        which.equal.push(("event_id", event.to_string()));
    }
    let (matched, sheet) = page(standing, &which, asked.limit, asked.offset)?;
    let mut notes = sheet.notes;
    notes.push(LOCATED.to_string());
    Ok(Found {
        features: sheet.rows.iter().map(|row| feature(row, asked)).collect(),
        matched,
        sources: sheet.sources,
        notes,
    })
}

fn feature(row: &[Cell], asked: &ItemsAsked) -> Feature {
    let mut properties: Map<_, _> = COLUMNS
        .iter()
        .zip(row)
        .map(|((name, ..), cell)| (name.to_string(), value(cell)))
        .collect();
    let mut degrees = |name: &str| {
        properties
            .shift_remove(name)
            .and_then(|at| at.as_f64())
            .unwrap_or_default()
    };
    let position = [degrees("longitude"), degrees("latitude")];
    let text = |name: &str| properties.get(name).and_then(|text| text.as_str()).unwrap_or_default();
    let id = format!("{}.{}", text("source"), text("event_id"));
    Feature::new(id, Geometry::Point(asked.crs.of_degrees(position)), properties)
}
