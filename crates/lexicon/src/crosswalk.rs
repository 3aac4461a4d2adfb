//! The crosswalk's index: built once from the catalog text, then only read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::catalog::CatalogError;
use crate::country::{Aggregate, CodeSystem, Country, Resolved, Unresolved};
use crate::place::PlaceId;
use crate::spelling;

const BUILTIN: &str = concat!(
    include_str!("../../../catalog/places/countries.toml"),
    "\n",
    include_str!("../../../catalog/places/aggregates.toml"),
);

/// From the codes and names of sources to places.
#[derive(Clone, Debug)]
pub struct Crosswalk {
    countries: Vec<Country>,
    places: Vec<PlaceId>,
    aggregates: Vec<Aggregate>,
    by_place: BTreeMap<String, usize>,
    index: BTreeMap<(CodeSystem, String), BTreeSet<Target>>,
    /// For suggestions: how the catalog writes each code and name.
    written: BTreeMap<CodeSystem, BTreeSet<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Country(usize),
    Aggregate(usize),
    Unknown,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    #[serde(default)]
    country: Vec<Country>,
    #[serde(default)]
    aggregate: Vec<Aggregate>,
    #[serde(default)]
    unknown: Vec<UnknownText>,
    #[serde(default)]
    ambiguous: Vec<AmbiguousText>,
}

/// Codes and names by which sources say that they do not know.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnknownText {
    #[serde(default)]
    codes: Vec<String>,
    #[serde(default)]
    unhcr: Vec<String>,
    #[serde(default)]
    m49: Vec<u16>,
    #[serde(default)]
    names: Vec<String>,
}

/// A name that must never be resolved without saying more.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AmbiguousText {
    name: String,
    #[serde(default)]
    places: Vec<String>,
    #[serde(default)]
    aggregates: Vec<String>,
}

impl Crosswalk {
    /// The built-in crosswalk.
    pub fn builtin() -> &'static Crosswalk {
        static BUILT: OnceLock<Crosswalk> = OnceLock::new();
        BUILT.get_or_init(|| Self::parse(BUILTIN).expect("the built-in places are checked by a test"))
    }

    /// A crosswalk from TOML with tables `[[country]]`, `[[aggregate]]`, `[[unknown]]` and `[[ambiguous]]`,
    /// laid out as `catalog/places/countries.toml` and `aggregates.toml` put together.
    pub fn parse(text: &str) -> Result<Self, CatalogError> {
        let text: Text = toml::from_str(text)?;
        let mut made = Self {
            countries: text.country,
            places: Vec::new(),
            aggregates: text.aggregate,
            by_place: BTreeMap::new(),
            index: BTreeMap::new(),
            written: BTreeMap::new(),
        };
        made.index_countries()?;
        made.index_aggregates();
        made.check_references()?;
        for unknown in text.unknown {
            made.add_codes(
                Target::Unknown,
                &unknown.codes,
                &unknown.unhcr,
                &unknown.m49,
                &unknown.names,
            );
        }
        made.check_ambiguity()?;
        for entry in text.ambiguous {
            made.add_ambiguous(&entry)?;
        }
        Ok(made)
    }

    /// The place that a code or name stands for on the day of the fact.
    ///
    /// Several states may share a code over time; `on` decides between them. Without a date the one that exists today is
    /// meant, if it is one only. Where only one state ever had the code the date is not looked at, since sources carry
    /// today's borders back in time.
    pub fn resolve(&self, system: CodeSystem, code: &str, on: Option<Date>) -> Result<Resolved, Unresolved> {
        for key in keys(system, code) {
            if let Some(targets) = self.index.get(&key) {
                return self.choose(targets, code, on);
            }
        }
        Err(Unresolved::NotFound {
            code: code.to_owned(),
            nearest: self.nearest(system, code),
        })
    }

    fn choose(&self, targets: &BTreeSet<Target>, code: &str, on: Option<Date>) -> Result<Resolved, Unresolved> {
        let mut fitting: Vec<Target> = targets.iter().copied().collect();
        if fitting.len() > 1 {
            fitting.retain(|target| match target {
                Target::Country(at) => match on {
                    Some(on) => self.countries[*at].existed(on),
                    None => self.countries[*at].until.is_none(),
                },
                Target::Aggregate(_) | Target::Unknown => true,
            });
        }
        match fitting[..] {
            [Target::Country(at)] => Ok(Resolved::Place(self.places[at].clone())),
            [Target::Aggregate(at)] => Ok(Resolved::Aggregate(self.aggregates[at].name.clone())),
            [Target::Unknown] => Ok(Resolved::Unknown),
            _ => Err(self.ambiguous(targets, code)),
        }
    }

    fn ambiguous(&self, targets: &BTreeSet<Target>, code: &str) -> Unresolved {
        let mut candidates: Vec<String> = targets
            .iter()
            .map(|target| match target {
                Target::Country(at) => self.countries[*at].iso3.clone(),
                Target::Aggregate(at) => self.aggregates[*at].name.clone(),
                Target::Unknown => PlaceId::UNKNOWN.to_owned(),
            })
            .collect();
        candidates.sort();
        Unresolved::Ambiguous {
            code: code.to_owned(),
            candidates,
        }
    }

    /// The entry of a country, former state or joint place by its place id.
    pub fn get(&self, iso3: &str) -> Option<&Country> {
        self.by_place.get(iso3).map(|at| &self.countries[*at])
    }

    /// The name of a place of the crosswalk, the world or an unknown place; areas and cells have none here.
    pub fn name(&self, place: &PlaceId) -> Option<&str> {
        match place.as_str() {
            PlaceId::WORLD => Some("World"),
            PlaceId::UNKNOWN => Some("Unknown place"),
            PlaceId::STATELESS => Some("Stateless"),
            id => self.get(id).map(|country| country.name.as_str()),
        }
    }

    /// Every entry, in order of place id.
    pub fn all(&self) -> impl Iterator<Item = &Country> {
        self.by_place.values().map(|at| &self.countries[*at])
    }

    /// The countries and territories that existed on that day, without joint places, in order of place id.
    pub fn current(&self, on: Date) -> impl Iterator<Item = &Country> {
        self.all()
            .filter(move |country| country.parts.is_empty() && country.existed(on))
    }

    /// Groups, organisations and parts of countries, in the order of the catalog.
    pub fn aggregates(&self) -> &[Aggregate] {
        &self.aggregates
    }

    fn index_countries(&mut self) -> Result<(), CatalogError> {
        for at in 0..self.countries.len() {
            let country = self.countries[at].clone();
            let place = country.place().map_err(|why| CatalogError::Value {
                what: "the country",
                id: country.iso3.clone(),
                why: why.to_string(),
            })?;
            self.places.push(place);
            if self.by_place.insert(country.iso3.clone(), at).is_some() {
                return Err(CatalogError::Twice {
                    what: "the country",
                    id: country.iso3,
                });
            }
            let target = Target::Country(at);
            let m49: Vec<u16> = country.m49.iter().chain(&country.other_m49).copied().collect();
            let unhcr: Vec<String> = country.unhcr.iter().chain(&country.other_unhcr).cloned().collect();
            let names: Vec<String> = [&country.name].into_iter().chain(&country.aliases).cloned().collect();
            self.add_codes(target, &country.other_iso3, &unhcr, &m49, &names);
            self.add(CodeSystem::Iso3, &country.iso3, target);
            for iso2 in country.iso2.iter().chain(&country.other_iso2) {
                self.add(CodeSystem::Iso2, iso2, target);
            }
            let numbers = [
                (CodeSystem::GleditschWard, &country.gw),
                (CodeSystem::Views, &country.views),
                (CodeSystem::Cow, &country.cow),
            ];
            for (system, numbers) in numbers {
                for number in numbers {
                    self.add(system, &number.to_string(), target);
                }
            }
            for vdem in &country.vdem {
                self.add(CodeSystem::Vdem, vdem, target);
            }
        }
        Ok(())
    }

    fn index_aggregates(&mut self) {
        for at in 0..self.aggregates.len() {
            let group = self.aggregates[at].clone();
            let target = Target::Aggregate(at);
            let names: Vec<String> = [&group.name].into_iter().chain(&group.names).cloned().collect();
            self.add_codes(target, &group.codes, &group.unhcr, &group.m49, &names);
            for vdem in &group.vdem {
                self.add(CodeSystem::Vdem, vdem, target);
            }
        }
    }

    fn add_codes(&mut self, target: Target, iso3: &[String], unhcr: &[String], m49: &[u16], names: &[String]) {
        for code in iso3 {
            self.add(CodeSystem::Iso3, code, target);
        }
        for code in unhcr {
            self.add(CodeSystem::Unhcr, code, target);
        }
        for number in m49 {
            self.add(CodeSystem::M49, &number.to_string(), target);
        }
        for name in names {
            self.add(CodeSystem::Name, name, target);
        }
    }

    fn add(&mut self, system: CodeSystem, code: &str, target: Target) {
        let key = (system, catalog_key(system, code));
        self.index.entry(key).or_default().insert(target);
        self.written.entry(system).or_default().insert(code.to_owned());
    }

    fn add_ambiguous(&mut self, entry: &AmbiguousText) -> Result<(), CatalogError> {
        let dangling = |to: &String| CatalogError::Dangling {
            what: "the ambiguous name",
            id: entry.name.clone(),
            to: to.clone(),
        };
        for place in &entry.places {
            let at = *self.by_place.get(place).ok_or_else(|| dangling(place))?;
            self.add(CodeSystem::Name, &entry.name, Target::Country(at));
        }
        for name in &entry.aggregates {
            let at = self
                .aggregates
                .iter()
                .position(|group| group.name == *name)
                .ok_or_else(|| dangling(name))?;
            self.add(CodeSystem::Name, &entry.name, Target::Aggregate(at));
        }
        Ok(())
    }

    fn check_references(&self) -> Result<(), CatalogError> {
        for country in &self.countries {
            for to in country.successors.iter().chain(&country.parts) {
                if !self.by_place.contains_key(to) {
                    let (what, id) = ("the country", country.iso3.clone());
                    return Err(CatalogError::Dangling {
                        what,
                        id,
                        to: to.clone(),
                    });
                }
            }
        }
        Ok(())
    }

    /// A code may be shared only by states that never existed at the same time.
    fn check_ambiguity(&self) -> Result<(), CatalogError> {
        for ((system, code), targets) in &self.index {
            let targets: Vec<Target> = targets.iter().copied().collect();
            for (nth, one) in targets.iter().enumerate() {
                for other in &targets[nth + 1..] {
                    if !self.never_together(*one, *other) {
                        let id = format!("{system} {code}");
                        return Err(CatalogError::Twice { what: "the code", id });
                    }
                }
            }
        }
        Ok(())
    }

    fn never_together(&self, one: Target, other: Target) -> bool {
        let (Target::Country(one), Target::Country(other)) = (one, other) else {
            return false;
        };
        let ended_before = |first: &Country, second: &Country| match (first.until, second.from) {
            (Some(until), Some(from)) => until < from,
            _ => false,
        };
        let (one, other) = (&self.countries[one], &self.countries[other]);
        ended_before(one, other) || ended_before(other, one)
    }

    fn nearest(&self, system: CodeSystem, code: &str) -> Option<String> {
        let systems: &[CodeSystem] = match system {
            CodeSystem::Any if code.len() > 3 => &[CodeSystem::Name],
            CodeSystem::Any => &[CodeSystem::Iso3, CodeSystem::Name],
            CodeSystem::Name | CodeSystem::Iso3 => std::slice::from_ref(&system),
            // One digit or letter away in a short code says nothing.
            _ => return None,
        };
        let wanted = spelling::key(code);
        systems
            .iter()
            .filter_map(|system| self.written.get(system))
            .flatten()
            .map(|name| (strsim::jaro_winkler(&spelling::key(name), &wanted), name))
            .filter(|(likeness, _)| *likeness > 0.85)
            .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
            .map(|(_, name)| name.clone())
    }
}

/// The key under which the catalog's own spelling is filed.
fn catalog_key(system: CodeSystem, code: &str) -> String {
    match system {
        CodeSystem::Name => spelling::key(code),
        _ => code.to_uppercase(),
    }
}

/// The keys to look up for what a source wrote, in order.
fn keys(system: CodeSystem, code: &str) -> Vec<(CodeSystem, String)> {
    let letters = code.trim().to_uppercase();
    match system {
        CodeSystem::Name => spelling::variants(code).into_iter().map(|key| (system, key)).collect(),
        CodeSystem::Any => {
            let mut all = vec![(CodeSystem::Iso3, letters)];
            all.extend(keys(CodeSystem::Name, code));
            all
        }
        // V-Dem writes alpha-3 but for its own exceptions.
        CodeSystem::Vdem => vec![(system, letters.clone()), (CodeSystem::Iso3, letters)],
        CodeSystem::M49 | CodeSystem::GleditschWard | CodeSystem::Views | CodeSystem::Cow => {
            vec![(system, plain_number(&letters))]
        }
        CodeSystem::Iso3 | CodeSystem::Iso2 | CodeSystem::Unhcr => vec![(system, letters)],
    }
}

/// `004` and `4.0`, as spreadsheets and data frames write it, are 4.
fn plain_number(text: &str) -> String {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    whole
        .parse::<u32>()
        .map_or_else(|_| whole.to_owned(), |number| number.to_string())
}
