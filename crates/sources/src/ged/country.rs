//! From Gleditsch-Ward numbers to places, looked up once each.

use std::collections::HashMap;

use lysoen_facts::tables::{Day, from_days};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};

/// The places of the numbers met so far.
pub(super) struct Countries<'a> {
    crosswalk: &'a Crosswalk,
    /// What was found, each thing once: a place, or what should have stood there.
    found: Vec<Result<String, String>>,
    /// Where in `found`, by number and day; the day is the same for all where only one state ever had the number.
    known: HashMap<(i64, Day), usize>,
    /// Whether several states had the number one after another.
    inherited: HashMap<i64, bool>,
    /// Whether an ISO code means a place of `found`.
    agreement: HashMap<String, Vec<(usize, bool)>>,
}

impl<'a> Countries<'a> {
    pub(super) fn new(crosswalk: &'a Crosswalk) -> Self {
        Countries {
            crosswalk,
            found: Vec::new(),
            known: HashMap::new(),
            inherited: HashMap::new(),
            agreement: HashMap::new(),
        }
    }

    /// What the number stood for on that day, to be given to the other methods.
    pub(super) fn look_up(&mut self, number: i64, on: Day) -> usize {
        const ANY_DAY: Day = Day(i32::MIN);
        let crosswalk = self.crosswalk;
        let inherited = *self.inherited.entry(number).or_insert_with(|| {
            let has_it = |gw: &[u16]| gw.iter().any(|gw| i64::from(*gw) == number);
            crosswalk.all().filter(|country| has_it(&country.gw)).count() > 1
        });
        let key = (number, if inherited { on } else { ANY_DAY });
        *self.known.entry(key).or_insert_with(|| {
            self.found.push(resolve(crosswalk, number, on));
            self.found.len() - 1
        })
    }

    /// The place, or what should have stood there.
    pub(super) fn place(&self, found: usize) -> Result<&str, &str> {
        self.found[found].as_deref().map_err(String::as_str)
    }

    /// Whether an ISO alpha-3 code means the place, or a part of it where the place is joint.
    pub(super) fn agrees(&mut self, iso3: &str, found: usize) -> bool {
        let known = self
            .agreement
            .get(iso3)
            .and_then(|all| all.iter().find(|(at, _)| *at == found));
        if let Some((_, agrees)) = known {
            return *agrees;
        }
        let agrees = match (self.crosswalk.resolve(CodeSystem::Iso3, iso3, None), &self.found[found]) {
            (Ok(Resolved::Place(named)), Ok(place)) => {
                named.as_str() == place || place.split('+').any(|part| part == named.as_str())
            }
            _ => false,
        };
        self.agreement
            .entry(iso3.to_string())
            .or_default()
            .push((found, agrees));
        agrees
    }
}

fn resolve(crosswalk: &Crosswalk, number: i64, on: Day) -> Result<String, String> {
    match crosswalk.resolve(CodeSystem::GleditschWard, &number.to_string(), Some(from_days(on.0))) {
        Ok(Resolved::Place(place)) => Ok(place.as_str().to_string()),
        Ok(Resolved::Aggregate(name)) => Err(format!("the Gleditsch-Ward number of a country, which {name} is not")),
        Ok(Resolved::Unknown) => Err("the Gleditsch-Ward number of a country".to_string()),
        Err(why) => Err(format!("the Gleditsch-Ward number of a country: {why}")),
    }
}
