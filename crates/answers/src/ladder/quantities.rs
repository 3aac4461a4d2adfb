//! The quantities that triggers may name: deaths by month, incidents, and the measures of the catalog.

use lysoen_ladder::trigger::{Quantity, Unit, Vocabulary};
use lysoen_measures::Measures;
use lysoen_measures::panels::Violence;

/// Events counted one by one, over the last days for which they are told.
pub const INCIDENTS: &str = "incidents";

/// The words of a trigger in an observatory with these measures.
pub fn vocabulary(measures: &Measures) -> Vocabulary {
    let monthly = Violence::ALL.map(|violence| Quantity {
        name: violence.measure().to_string(),
        title: format!("people killed in {violence}"),
        unit: Unit::People,
        forecast: true,
        windows: true,
    });
    let incidents = Quantity {
        name: INCIDENTS.to_string(),
        title: "violent incidents".to_string(),
        unit: Unit::Incidents,
        forecast: false,
        windows: true,
    };
    let by_month = |id: &str| violence(id).is_some();
    let others = measures
        .list
        .iter()
        .filter(|measure| measure.group != "population" && !by_month(&measure.id));
    let others = others.map(|measure| Quantity {
        name: measure.id.clone(),
        title: format!("people ({})", measure.title),
        unit: if is_share(&measure.group) {
            Unit::Share
        } else {
            Unit::People
        },
        forecast: false,
        windows: false,
    });
    Vocabulary::of(monthly.into_iter().chain([incidents]).chain(others))
}

/// Want is told as a share of the people to whom the value applies; fear as a number of people.
pub(super) fn is_share(group: &str) -> bool {
    group == "want"
}

/// The type of violence whose deaths a quantity counts by month.
pub(super) fn violence(name: &str) -> Option<Violence> {
    Violence::ALL.into_iter().find(|violence| violence.measure() == name)
}
