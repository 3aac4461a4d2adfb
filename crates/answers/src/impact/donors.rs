//! Which places a policy can be compared with, and why the others cannot.

use std::collections::BTreeMap;

use lysoen_impact::Panel;
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::neighbours::Neighbours;
use lysoen_lexicon::place::PlaceId;

use super::rows::{DonorRow, PlaceName};

/// What bears on whether a place is a donor, beside its series.
#[derive(Clone, Debug, Default)]
pub(super) struct Screen {
    /// The only places that may be; all where none is named.
    pub(super) named: Vec<String>,
    /// Places that may not be, with the reason: parties to the same conflict, places under a similar policy.
    pub(super) barred: BTreeMap<String, String>,
}

/// The donors by their number in the panel, and every place that is none, with the reason.
#[derive(Clone, Debug, Default)]
pub(super) struct Screened {
    pub(super) donors: Vec<usize>,
    pub(super) others: Vec<DonorRow>,
}

impl Screen {
    /// The places other than `place` that are not touched by the policy, whatever their series are.
    pub(super) fn untouched(&self, panel: &Panel, place: &PlaceId, crosswalk: &Crosswalk) -> Screened {
        let mut screened = Screened::default();
        for (unit, code) in panel
            .units
            .iter()
            .enumerate()
            .filter(|(_, code)| *code != place.as_str())
        {
            match self.touched(code, place, crosswalk) {
                None => screened.donors.push(unit),
                Some(why) => screened.others.push(out(code, crosswalk, why)),
            }
        }
        screened
    }

    /// Of the untouched those whose outcome is known in every column and varies before the policy.
    pub(super) fn complete(
        &self,
        panel: &Panel,
        place: &PlaceId,
        crosswalk: &Crosswalk,
        before: &[usize],
        after: &[usize],
    ) -> Screened {
        let mut screened = self.untouched(panel, place, crosswalk);
        let (mut donors, mut others) = (Vec::new(), Vec::new());
        for unit in screened.donors {
            let series = panel.series(unit);
            let gap = before.iter().chain(after).find(|time| !series[**time].is_finite());
            let flat = || before.iter().all(|time| series[*time] == series[before[0]]);
            let why = match gap {
                Some(time) => Some(format!("nothing is known of it in {}", panel.times[*time])),
                None if flat() => Some(format!(
                    "its outcome is {} in every period before, so that it tells nothing of what would have come",
                    series[before[0]]
                )),
                None => None,
            };
            match why {
                None => donors.push(unit),
                Some(why) => others.push(out(&panel.units[unit], crosswalk, why)),
            }
        }
        screened.others.extend(others);
        screened.others.sort_by(|a, b| a.place.cmp(&b.place));
        Screened {
            donors,
            others: screened.others,
        }
    }

    fn touched(&self, code: &str, place: &PlaceId, crosswalk: &Crosswalk) -> Option<String> {
        if !self.named.is_empty() && !self.named.iter().any(|named| named == code) {
            return Some("it is not among the places that were named".to_string());
        }
        if let Some(why) = self.barred.get(code) {
            return Some(why.clone());
        }
        let parts = |code: &str| -> Vec<String> {
            let other = code.parse::<PlaceId>().ok();
            let parts = other.map(|place| place.parts().iter().map(PlaceId::to_string).collect::<Vec<_>>());
            parts
                .filter(|parts| !parts.is_empty())
                .unwrap_or_else(|| vec![code.to_string()])
        };
        let own = parts(place.as_str());
        if parts(code).iter().any(|part| own.contains(part)) {
            return Some("it is in part the place itself".to_string());
        }
        Neighbours::builtin()
            .are_beside(place.as_str(), code, crosswalk)
            .then(|| "it is a neighbour by land, into which the policy may spill over".to_string())
    }
}

/// A place that is not compared with.
pub(super) fn out(code: &str, crosswalk: &Crosswalk, why: String) -> DonorRow {
    DonorRow {
        place: named(code, crosswalk),
        used: false,
        weight: None,
        why_not: Some(why),
    }
}

/// A place by its code; of an episode with its date, `SDN@2003`, the place's name with the date.
pub(super) fn named(code: &str, crosswalk: &Crosswalk) -> PlaceName {
    let (place, at) = code
        .split_once('@')
        .map_or((code, None), |(place, at)| (place, Some(at)));
    let name = place
        .parse::<PlaceId>()
        .ok()
        .and_then(|place| crosswalk.name(&place).map(str::to_string))
        .unwrap_or_else(|| place.to_string());
    PlaceName {
        code: code.to_string(),
        name: at.map_or(name.clone(), |at| format!("{name}, {at}")),
    }
}
