//! The options and regions that are shipped, and how an observatory's own take their place or stand beside them. Text in,
//! options out.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};
use lysoen_lexicon::country::{CodeSystem, Crosswalk, Resolved};
use lysoen_lexicon::mistake::{BrokenFile, Checks, Mistake, nearest};
use lysoen_lexicon::place::{PlaceId, PlaceKind};

use crate::check::{ELSEWHERE, id_parts};
use crate::option::{LadderOption, OptionsFile, Region, RegionsFile};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog/ladder");

/// Options and the regions by which they differ.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    /// By letter and number.
    options: BTreeMap<(usize, u32, String), Entry>,
    regions: BTreeMap<String, Region>,
}

/// An option and the file that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The file.
    pub file: Arc<str>,
    /// The file's text.
    pub text: Arc<str>,
    /// Which of the file's options it is, from 0.
    pub at: usize,
    /// The option.
    pub option: LadderOption,
}

/// An option as it is in a place.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionAt {
    /// The option with what differs in the place's regions; it has no `regional` entries any more.
    pub option: LadderOption,
    /// Why it is not available there, where it is not.
    pub not_available: Option<String>,
}

/// The files of options and of regions that are shipped, by name: `options/soft.toml` and its text.
pub fn shipped() -> impl Iterator<Item = (&'static str, &'static str)> {
    let options = SHIPPED.get_dir("options").into_iter().flat_map(Dir::files);
    let files = options.chain(SHIPPED.get_file("regions.toml"));
    let named = |file: &'static include_dir::File<'static>| Some((file.path().to_str()?, file.contents_utf8()?));
    files.filter_map(named).filter(|(name, _)| name.ends_with(".toml"))
}

/// The files of the triggers that are shipped, by name.
pub fn shipped_triggers() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = SHIPPED.get_dir("triggers").into_iter().flat_map(Dir::files);
    let named = |file: &'static include_dir::File<'static>| Some((file.path().to_str()?, file.contents_utf8()?));
    files.filter_map(named).filter(|(name, _)| name.ends_with(".toml"))
}

/// The records of triggers that are shipped, by the trigger's id, as JSON.
pub fn shipped_records() -> impl Iterator<Item = (&'static str, &'static str)> {
    let files = SHIPPED.get_dir("records").into_iter().flat_map(Dir::files);
    files.filter_map(|file: &'static include_dir::File<'static>| {
        Some((file.path().file_stem()?.to_str()?, file.contents_utf8()?))
    })
}

impl Catalog {
    /// The options and regions that are shipped.
    pub fn builtin() -> &'static Catalog {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        CATALOG.get_or_init(|| {
            Catalog::of(shipped()).unwrap_or_else(|e| panic!("the shipped options are checked by a test: {e}"))
        })
    }

    /// The options and regions of these files, given as name and text. A file called `regions.toml` holds regions, every
    /// other one options.
    pub fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Catalog, BrokenFile> {
        Catalog::default().with_overrides(files)
    }

    /// These and those of an observatory's own files, which take the place of options and regions with the same id.
    pub fn with_overrides<'t>(
        &self,
        files: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Catalog, BrokenFile> {
        let mut own = Catalog::default();
        for (file, text) in files {
            let read = if Path::new(file).file_name().is_some_and(|name| name == "regions.toml") {
                own.add_regions(text)
            } else {
                own.add_options(file, text)
            };
            read.map_err(|mistakes| BrokenFile::new(file, text, mistakes))?;
        }
        let mut catalog = self.clone();
        catalog.options.extend(own.options);
        catalog.regions.extend(own.regions);
        catalog.known_regions()?;
        Ok(catalog)
    }

    fn add_options(&mut self, file: &str, text: &str) -> Result<(), Vec<Mistake>> {
        let (name, whole): (Arc<str>, Arc<str>) = (file.into(), text.into());
        let mut checks = Checks::new(text);
        for (at, option) in OptionsFile::parse(text)?.option.into_iter().enumerate() {
            if let Some(before) = self.entry(&option.id) {
                let message = format!("the option `{}` is given in {} too", option.id, before.file);
                checks.add(&["option", &at.to_string(), "id"], message, "keep it in one file");
            }
            let (file, text) = (name.clone(), whole.clone());
            let entry = Entry { file, text, at, option };
            self.options.insert(order(&entry.option.id), entry);
        }
        checks.outcome(())
    }

    fn add_regions(&mut self, text: &str) -> Result<(), Vec<Mistake>> {
        let mut checks = Checks::new(text);
        for (at, region) in RegionsFile::parse(text)?.region.into_iter().enumerate() {
            if self.regions.contains_key(&region.id) {
                let message = format!("the region `{}` is given in another file too", region.id);
                checks.add(&["region", &at.to_string(), "id"], message, "keep it in one file");
            }
            self.regions.insert(region.id.clone(), region);
        }
        checks.outcome(())
    }

    /// That each option names known regions only.
    fn known_regions(&self) -> Result<(), BrokenFile> {
        for entry in self.options.values() {
            let mut checks = Checks::new(&entry.text);
            for (i, regional) in entry.option.regional.iter().enumerate() {
                let region = &regional.region;
                if region != ELSEWHERE && !self.regions.contains_key(region) {
                    let path = ["option", &entry.at.to_string(), "regional", &i.to_string(), "region"];
                    let message = format!("`{}` names the region `{region}`, which is not known", entry.option.id);
                    let known = self.regions.keys().map(String::as_str).chain([ELSEWHERE]);
                    let advice = nearest(region, known).unwrap_or_else(|| "add it to `regions.toml`".into());
                    checks.add(&path, message, advice);
                }
            }
            checks
                .outcome(())
                .map_err(|mistakes| BrokenFile::new(&entry.file, &entry.text, mistakes))?;
        }
        Ok(())
    }

    /// The options: soft, medium, hard, and those after a conflict, each by number.
    pub fn options(&self) -> impl ExactSizeIterator<Item = &LadderOption> {
        self.options.values().map(|entry| &entry.option)
    }

    /// An option by its id.
    pub fn option(&self, id: &str) -> Option<&LadderOption> {
        Some(&self.entry(id)?.option)
    }

    /// An option by its id, with its file.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.options.get(&order(id))
    }

    /// Advice for an id that no option has; none where none is near.
    pub fn advice(&self, unknown: &str) -> Option<String> {
        nearest(unknown, self.options().map(|option| option.id.as_str()))
    }

    /// The regions by id.
    pub fn regions(&self) -> impl ExactSizeIterator<Item = &Region> {
        self.regions.values()
    }

    /// The regions in which a country lies, or the country of an area, or every country of a joint place. None for the world
    /// and for places of which the id does not tell the country.
    pub fn regions_of(&self, place: &PlaceId) -> Vec<&Region> {
        let countries = countries(place);
        let holds = |region: &&Region| countries.iter().all(|c| region.members.iter().any(|m| m == c.as_str()));
        self.regions
            .values()
            .filter(holds)
            .filter(|_| !countries.is_empty())
            .collect()
    }

    /// An option as it is in a place. What differs in several of its regions is added up in the order of the option's
    /// entries; the last that names actors or a lead time holds. Nothing differs where the place's country is not known.
    pub fn at(&self, option: &LadderOption, place: &PlaceId) -> OptionAt {
        let mut option = option.clone();
        let entries = std::mem::take(&mut option.regional);
        let regions = self.regions_of(place);
        let lies_in = |name: &str| regions.iter().any(|region| region.id == name);
        let named = entries.iter().any(|entry| lies_in(&entry.region));
        let elsewhere = !named && !countries(place).is_empty();
        let mut not_available = None;
        for entry in entries {
            let holds = lies_in(&entry.region) || elsewhere && entry.region == ELSEWHERE;
            if !holds {
                continue;
            }
            not_available = not_available.or(entry.not_available);
            option.legal_basis.extend(entry.legal_basis);
            option.actors = entry.actors.unwrap_or(option.actors);
            option.lead_time = entry.lead_time.unwrap_or(option.lead_time);
        }
        OptionAt { option, not_available }
    }

    /// The expressions over readings that stand in options, with the option's id: what calls for it, and when a harm check has
    /// failed.
    pub fn expressions(&self) -> impl Iterator<Item = (&str, &str)> {
        self.options().flat_map(|option| {
            let fails = option
                .do_no_harm_checks
                .iter()
                .filter_map(|check| check.fails_when.as_deref());
            let all = option.trigger.when.as_deref().into_iter().chain(fails);
            all.map(|text| (option.id.as_str(), text))
        })
    }
}

/// Where an option stands among the others.
fn order(id: &str) -> (usize, u32, String) {
    let (letter, number) = id_parts(id).unwrap_or(('?', 0));
    let rank = "SMHR".find(letter).unwrap_or(usize::MAX);
    (rank, number, id.to_string())
}

/// The countries of which a place is or in which it lies, as far as its id tells.
fn countries(place: &PlaceId) -> Vec<PlaceId> {
    match place.kind() {
        PlaceKind::Country => vec![place.clone()],
        PlaceKind::Joint => place.parts(),
        PlaceKind::Area => {
            let letters = place.pcode().and_then(|code| code.get(..2)).unwrap_or_default();
            match Crosswalk::builtin().resolve(CodeSystem::Iso2, letters, None) {
                Ok(Resolved::Place(country)) => countries(&country),
                _ => Vec::new(),
            }
        }
        PlaceKind::World | PlaceKind::Cell | PlaceKind::Unknown => Vec::new(),
    }
}
