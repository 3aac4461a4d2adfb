//! Countries by their areas of the first order: those of which boundaries and events are in the lake.

use std::collections::{BTreeMap, BTreeSet};

use lysoen_facts::ViewAt;
use lysoen_maps::Map;
use lysoen_measures::communities::Level;

use crate::areas::{AreasRequest, assess_areas};
use crate::observatory::Observatory;
use crate::sheet::{Cell, Sheet};

/// Figures of areas by the country's code: a row an area and measure, in the latest year of its events.
pub type AreasByCountry = BTreeMap<String, Sheet>;

/// Assesses the areas of every country that has some on the map. A country without events has none to tell.
pub(super) fn areas(observatory: &Observatory, at: &ViewAt, map: &Map) -> AreasByCountry {
    let countries: BTreeSet<&String> = map.places(1).iter().filter_map(|area| area.country.as_ref()).collect();
    let one = |country: &String| {
        let request = AreasRequest {
            place: country.clone(),
            level: Level::Admin1,
            span: None,
            events: None,
            at: at.clone(),
        };
        let mut sheet = assess_areas(observatory, &request).ok()?.sheet_for_export(observatory);
        let level = sheet.columns.iter().position(|column| column.name == "level")?;
        sheet.rows.retain(|row| row[level] == Cell::from("admin1"));
        (!sheet.rows.is_empty()).then(|| (country.clone(), sheet))
    };
    countries.into_iter().filter_map(one).collect()
}
