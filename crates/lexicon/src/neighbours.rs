//! Which countries share a land border.
//!
//! `catalog/places/neighbours.toml` holds the borders of today. A joint place has the borders of its parts, and a former
//! state those of the states that came after it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use crate::catalog::CatalogError;
use crate::country::Crosswalk;

const BUILTIN: &str = include_str!("../../../catalog/places/neighbours.toml");

/// The pairs of countries that share a land border.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// Each pair once, in the order of its codes.
    pairs: BTreeSet<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    borders: BTreeMap<String, Vec<String>>,
}

impl Neighbours {
    /// The built-in ones.
    pub fn builtin() -> &'static Neighbours {
        static BUILT: OnceLock<Neighbours> = OnceLock::new();
        BUILT.get_or_init(|| {
            Self::parse(BUILTIN, Crosswalk::builtin()).expect("the built-in borders are checked by a test")
        })
    }

    /// Borders from TOML: a table `borders` in which each pair stands once, at the code that is first in the alphabet.
    pub fn parse(text: &str, crosswalk: &Crosswalk) -> Result<Self, CatalogError> {
        let what = "the border of";
        let mut pairs = BTreeSet::new();
        for (one, others) in toml::from_str::<Text>(text)?.borders {
            for other in others {
                let id = || one.clone();
                if let Some(unknown) = [&one, &other].into_iter().find(|code| crosswalk.get(code).is_none()) {
                    let to = unknown.clone();
                    return Err(CatalogError::Dangling { what, id: id(), to });
                }
                if one >= other {
                    let why = format!("{other} comes first; write the pair there");
                    return Err(CatalogError::Value { what, id: id(), why });
                }
                if !pairs.insert((one.clone(), other)) {
                    return Err(CatalogError::Twice { what, id: id() });
                }
            }
        }
        Ok(Neighbours { pairs })
    }

    /// The pairs of today's countries, each once and in the order of its codes.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(one, other)| (one.as_str(), other.as_str()))
    }

    /// Whether two places share a border. What lies in part in the other is not beside it.
    pub fn are_beside(&self, one: &str, other: &str, crosswalk: &Crosswalk) -> bool {
        self.touch(&today(one, crosswalk), &today(other, crosswalk))
    }

    /// For each of some places the numbers of those that lie beside it.
    pub fn among(&self, places: &[String], crosswalk: &Crosswalk) -> Vec<Vec<u32>> {
        let today: Vec<BTreeSet<&str>> = places.iter().map(|place| today(place, crosswalk)).collect();
        let beside = |one: &BTreeSet<&str>| {
            let numbered = (0..).zip(&today);
            let touching = numbered.filter(|(_, other)| self.touch(one, other));
            touching.map(|(number, _)| number).collect()
        };
        today.iter().map(beside).collect()
    }

    fn touch(&self, these: &BTreeSet<&str>, those: &BTreeSet<&str>) -> bool {
        let borders = |one: &str, other: &str| {
            let pair = if one < other { (one, other) } else { (other, one) };
            self.pairs.contains(&(pair.0.to_owned(), pair.1.to_owned()))
        };
        these.is_disjoint(those) && these.iter().any(|one| those.iter().any(|other| borders(one, other)))
    }
}

/// The countries of today where a place lies: the parts of a joint place, what came after a former state, else itself.
fn today<'a>(place: &'a str, crosswalk: &'a Crosswalk) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![place];
    while let Some(place) = open.pop() {
        match crosswalk.get(place) {
            Some(country) if !country.parts.is_empty() => open.extend(country.parts.iter().map(String::as_str)),
            Some(country) if !country.successors.is_empty() => {
                open.extend(country.successors.iter().map(String::as_str));
            }
            _ => {
                found.insert(place);
            }
        }
    }
    found
}
