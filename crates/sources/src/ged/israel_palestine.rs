//! On which side of the line an event of UCDP's joint country "Israel" (Gleditsch-Ward 666) happened.
//!
//! Only what the source itself places is placed: by the first-order area, or, without one, inside a polygon whose
//! corners are towns of the Gaza Strip. Everything else stays joint; a boundary simplified further would be wrong for
//! the very events that happen along it.

/// `PSE` or `ISR`; none where in doubt (Jerusalem, the Golan, waters, fuzzy places).
pub(super) fn side(
    adm1: Option<&str>,
    adm2: Option<&str>,
    coordinates: Option<(f64, f64)>,
    where_precision: Option<i16>,
) -> Option<&'static str> {
    if !where_precision.is_some_and(|p| (1..=4).contains(&p)) {
        return None;
    }
    match adm1 {
        Some(area) => by_area(area, adm2.unwrap_or_default()),
        None => coordinates.filter(|c| within_gaza(*c)).map(|_| "PSE"),
    }
}

fn by_area(area: &str, second: &str) -> Option<&'static str> {
    const PALESTINE: &[&str] = &[
        "gaza",
        "west bank",
        "jenin",
        "tubas",
        "tulkarm",
        "nablus",
        "qalqilya",
        "salfit",
        "ramallah",
        "jericho",
        "bethlehem",
        "hebron",
        "rafah",
        "khan yun",
        "deir al",
    ];
    const ISRAEL: &[&str] = &[
        "northern district",
        "haifa district",
        "central district",
        "tel aviv",
        "southern district",
    ];
    let area = area.to_lowercase();
    let opens = |names: &[&str]| names.iter().any(|name| area.starts_with(name));
    if opens(PALESTINE) {
        Some("PSE")
    } else if opens(ISRAEL) && !second.to_lowercase().contains("golan") {
        Some("ISR")
    } else {
        None
    }
}

/// Whether a point (latitude, longitude) lies between towns of the Gaza Strip, at the coordinates UCDP gives them: Rafah,
/// Bani Suheila, Al-Burayij, Beit Hanoun, Beit Lahiya, Gaza, Deir al-Balah.
fn within_gaza((latitude, longitude): (f64, f64)) -> bool {
    const TOWNS: [(f64, f64); 7] = [
        (34.243439, 31.296999),
        (34.325344, 31.342778),
        (34.402939, 31.439531),
        (34.535787, 31.535298),
        (34.495142, 31.546397),
        (34.450000, 31.516667),
        (34.350140, 31.417479),
    ];
    let mut inside = false;
    for (nth, (x, y)) in TOWNS.iter().enumerate() {
        let (u, v) = TOWNS[(nth + TOWNS.len() - 1) % TOWNS.len()];
        if (*y > latitude) != (v > latitude) && longitude < (u - x) * (latitude - y) / (v - y) + x {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_placed_only_where_the_source_leaves_no_doubt() {
        let at = |adm1: &str, adm2: &str, precision| side(Some(adm1), Some(adm2), Some((31.5, 34.45)), Some(precision));
        assert_eq!(at("Gaza Strip", "Khan Younis governorate", 1), Some("PSE"));
        assert_eq!(at("West Bank", "Hebron governorate", 4), Some("PSE"));
        assert_eq!(at("Southern district", "Be'er Sheva sub-district", 2), Some("ISR"));
        assert_eq!(at("Northern district", "Golan sub-district", 1), None);
        assert_eq!(at("Jerusalem district", "", 1), None);
        assert_eq!(at("Gaza Strip", "", 5), None);
    }

    #[test]
    fn without_an_area_only_points_between_towns_of_gaza_are_placed() {
        let at = |latitude, longitude| side(None, None, Some((latitude, longitude)), Some(1));
        assert_eq!(at(31.421358, 34.385375), Some("PSE")); // Maghazi
        assert_eq!(at(31.4725, 34.4972), None); // Nahal Oz, east of the line
        assert_eq!(at(31.525, 34.596), None); // Sderot
        assert_eq!(at(31.2281, 34.2841), None); // Kerem Shalom
        assert_eq!(at(31.372824, 34.247271), None); // waters off Khan Younis
        assert_eq!(side(None, None, None, Some(1)), None);
    }
}
