//! UCDP's deaths by country and month, with the people of each country: real episodes.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use flate2::read::GzDecoder;
use lysoen_impact::Panel;

fn shared(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name)
}

fn rows(name: &str) -> csv::Reader<GzDecoder<File>> {
    csv::Reader::from_reader(GzDecoder::new(File::open(shared(name)).unwrap()))
}

/// Deaths per 100,000 by country and month, 1989 to 2022, of the countries that ever had any.
pub(crate) fn deaths() -> Panel {
    let mut people: BTreeMap<(String, String), f64> = BTreeMap::new();
    for row in rows("population/worldbank_population.csv.gz").records() {
        let row = row.unwrap();
        people.insert((row[1].to_string(), row[2].to_string()), row[3].trim().parse().unwrap());
    }
    let mut deaths: BTreeMap<(String, String), f64> = BTreeMap::new();
    for row in rows("ucdp/ucdp_panel_country_month_1989_2022.csv.gz").records() {
        let row = row.unwrap();
        deaths.insert((row[0].to_string(), row[1].to_string()), row[3].parse().unwrap());
    }
    let mut units: Vec<String> = deaths.keys().map(|(unit, _)| unit.clone()).collect();
    units.dedup();
    let mut times: Vec<String> = deaths.keys().map(|(_, time)| time.clone()).collect();
    times.sort();
    times.dedup();
    let mut panel = Panel::new(units.clone(), times.clone());
    for ((unit, time), deaths) in deaths {
        let (row, column) = (panel.unit(&unit).unwrap(), panel.time(&time).unwrap());
        let people = people[&(unit, time[..4].to_string())];
        panel.set(row, column, deaths / people * 1e5);
        panel.set_people(row, column, people);
    }
    panel
}
