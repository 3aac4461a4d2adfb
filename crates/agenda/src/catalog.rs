//! The elements and instruments that are shipped, and how an observatory's own take their place or stand beside them. Text in,
//! instruments out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use lysoen_lexicon::mistake::{BrokenFile, Mistake, nearest};

use crate::element::Element;
use crate::instrument::{Due, Duty, Instrument};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog/agenda");

/// The elements and the instruments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    elements: BTreeMap<u8, Element>,
    instruments: BTreeMap<String, Instrument>,
}

/// The files that are shipped, by name: `elements.toml`, `instruments/apmbc.toml`, and their texts.
pub fn shipped() -> impl Iterator<Item = (&'static str, &'static str)> {
    let instruments = SHIPPED.get_dir("instruments").into_iter().flat_map(Dir::files);
    let files = instruments.chain(SHIPPED.get_file("elements.toml"));
    let named = |file: &'static include_dir::File<'static>| Some((file.path().to_str()?, file.contents_utf8()?));
    files.filter_map(named).filter(|(name, _)| name.ends_with(".toml"))
}

impl Catalog {
    /// The elements and instruments that are shipped.
    pub fn builtin() -> &'static Catalog {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        CATALOG.get_or_init(|| {
            Catalog::of(shipped()).unwrap_or_else(|e| panic!("the shipped agenda is checked by a test: {e}"))
        })
    }

    /// The elements and instruments of these files, given as name and text. A file called `elements.toml` holds elements,
    /// every other one an instrument.
    pub fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Catalog, BrokenFile> {
        Catalog::default().with_overrides(files)
    }

    /// These and those of an observatory's own files, which take the place of those with the same id or number.
    pub fn with_overrides<'t>(
        &self,
        files: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Catalog, BrokenFile> {
        let mut catalog = self.clone();
        let mut texts: BTreeMap<String, (&str, &str)> = BTreeMap::new();
        for (file, text) in files {
            let wrong = |mistakes| BrokenFile::new(file, text, mistakes);
            let path = Path::new(file);
            if path.file_name().is_some_and(|name| name == "elements.toml") {
                let elements = Element::parse_all(text).map_err(wrong)?;
                catalog
                    .elements
                    .extend(elements.into_iter().map(|element| (element.number, element)));
            } else {
                let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
                let instrument = Instrument::parse(stem, text).map_err(wrong)?;
                texts.insert(instrument.id.clone(), (file, text));
                catalog.instruments.insert(instrument.id.clone(), instrument);
            }
        }
        for (id, (file, text)) in texts {
            let mistakes = catalog.references(&id);
            if !mistakes.is_empty() {
                return Err(BrokenFile::new(file, text, mistakes));
            }
        }
        Ok(catalog)
    }

    /// What is wrong with an instrument beside the others: numbers that two have, instruments and duties that are not there.
    fn references(&self, id: &str) -> Vec<Mistake> {
        let Some(instrument) = self.instruments.get(id) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut add = |message: String, advice: Option<String>| {
            let span = None;
            found.push(Mistake { span, message, advice });
        };
        for number in &instrument.numbers {
            let other = self
                .instruments
                .values()
                .find(|other| other.id != id && other.numbers.contains(number));
            if let Some(other) = other {
                let advice = "keep it in one of them".to_string();
                add(
                    format!("`{id}` has the number {number}, which `{}` has too", other.id),
                    Some(advice),
                );
            }
        }
        if let Some(parent) = instrument
            .protocol_to
            .as_ref()
            .filter(|parent| !self.instruments.contains_key(*parent))
        {
            let advice = nearest(parent, self.instruments.keys().map(String::as_str));
            add(format!("`{id}` belongs to `{parent}`, which is not known"), advice);
        }
        for duty in &instrument.duty {
            if let Due::With { duty: other, .. } = &duty.due
                && self.duty(other).is_none()
            {
                let ids = self
                    .instruments
                    .values()
                    .flat_map(|i| &i.duty)
                    .map(|duty| duty.id.as_str());
                let advice = nearest(other, ids);
                add(
                    format!("`{}` is due with `{other}`, which is not known", duty.id),
                    advice,
                );
            }
        }
        found
    }

    /// The elements by number.
    pub fn elements(&self) -> impl ExactSizeIterator<Item = &Element> {
        self.elements.values()
    }

    /// An element by its number.
    pub fn element(&self, number: u8) -> Option<&Element> {
        self.elements.get(&number)
    }

    /// The instruments by id.
    pub fn instruments(&self) -> impl ExactSizeIterator<Item = &Instrument> {
        self.instruments.values()
    }

    /// The instruments of an element, the older first.
    pub fn of_element(&self, number: u8) -> Vec<&Instrument> {
        let mut all: Vec<&Instrument> = self.instruments().filter(|i| i.elements.contains(&number)).collect();
        all.sort_by_key(|instrument| (instrument.adopted, &instrument.id));
        all
    }

    /// An instrument by its id.
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.get(id)
    }

    /// An instrument by its id, or by a number that a source gives it.
    pub fn numbered(&self, number: &str) -> Option<&Instrument> {
        let numbered = || {
            self.instruments()
                .find(|i| i.numbers.iter().any(|known| known == number))
        };
        self.instrument(number).or_else(numbered)
    }

    /// A duty by its id, with its instrument.
    pub fn duty(&self, id: &str) -> Option<(&Instrument, &Duty)> {
        let instrument = self.instrument(id.split('.').next()?)?;
        Some((instrument, instrument.duty.iter().find(|duty| duty.id == id)?))
    }

    /// Advice for an id that no instrument has; none where none is near.
    pub fn advice(&self, unknown: &str) -> Option<String> {
        nearest(unknown, self.instruments.keys().map(String::as_str))
    }
}
