//! The policies, the classes and the rules that are shipped, and how an observatory's own take their place or stand beside
//! them. Text in, policies out.

mod check;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};
use lysoen_lexicon::mistake::{BrokenFile, Checks, Mistake, nearest};

use crate::policy::{Class, Kind, KindsFile, PoliciesFile, Policy, PolicyKind};
use crate::rules::Rules;

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../catalog/policies");

/// Policies, what is fixed for each kind of them, classes and rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    policies: BTreeMap<String, Entry<Policy>>,
    kinds: BTreeMap<PolicyKind, Entry<Kind>>,
    classes: BTreeMap<String, Entry<Class>>,
    rules: Rules,
}

/// What was read from a file.
#[derive(Clone, Debug, PartialEq)]
struct Entry<T> {
    /// The file.
    file: Arc<str>,
    /// Its text.
    text: Arc<str>,
    /// Which of the file's entries it is, from 0; none where it is the whole file.
    at: Option<usize>,
    of: T,
}

/// By what a policy is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<'c> {
    /// A measure of `catalog/series.toml`.
    Measure(&'c str),
    /// No series tells of what it was to protect, and why.
    NoSeries(&'c str),
}

/// The files that are shipped, by name: `policies/ceasefire.toml`, `classes/ceasefires.toml`, `kinds.toml`, `rules.toml`,
/// and their texts.
pub fn shipped() -> impl Iterator<Item = (&'static str, &'static str)> {
    let folders = ["policies", "classes"]
        .into_iter()
        .filter_map(|name| SHIPPED.get_dir(name));
    let files = folders.flat_map(Dir::files).chain(SHIPPED.files());
    let named = |file: &'static include_dir::File<'static>| Some((file.path().to_str()?, file.contents_utf8()?));
    files.filter_map(named).filter(|(name, _)| name.ends_with(".toml"))
}

impl Catalog {
    /// What is shipped.
    pub fn builtin() -> &'static Catalog {
        static CATALOG: OnceLock<Catalog> = OnceLock::new();
        CATALOG.get_or_init(|| {
            Catalog::of(shipped()).unwrap_or_else(|e| panic!("the shipped policies are checked by a test: {e}"))
        })
    }

    /// What these files hold, given as name and text. A file called `rules.toml` holds the rules, `kinds.toml` what is fixed
    /// for the kinds, one in a folder `classes` a class, and every other one policies. Without `rules.toml` the rules are
    /// those that are shipped.
    ///
    /// # Errors
    /// The first file that is broken, with all that is wrong with it.
    pub fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Catalog, BrokenFile> {
        let empty = Catalog {
            policies: BTreeMap::new(),
            kinds: BTreeMap::new(),
            classes: BTreeMap::new(),
            rules: Rules::builtin().clone(),
        };
        empty.with_overrides(files)
    }

    /// These and those of an observatory's own files, which take the place of policies, kinds and classes with the same id;
    /// its own rules take the place of the rules as a whole.
    ///
    /// # Errors
    /// The first file that is broken, with all that is wrong with it.
    pub fn with_overrides<'t>(
        &self,
        files: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Catalog, BrokenFile> {
        let mut catalog = self.clone();
        let mut own = BTreeMap::new();
        for (file, text) in files {
            catalog
                .add(&mut own, file, text)
                .map_err(|mistakes| BrokenFile::new(file, text, mistakes))?;
        }
        catalog.policies.extend(own);
        Ok(catalog)
    }

    fn add(&mut self, own: &mut BTreeMap<String, Entry<Policy>>, file: &str, text: &str) -> Result<(), Vec<Mistake>> {
        let path = Path::new(file);
        let part = |part: Option<&std::ffi::OsStr>| part.and_then(|part| part.to_str()).unwrap_or_default().to_string();
        let stem = part(path.file_stem());
        let folder = part(path.parent().and_then(Path::file_name));
        let (file, whole): (Arc<str>, Arc<str>) = (file.into(), text.into());
        let place = |at| (file.clone(), whole.clone(), at);
        match (part(path.file_name()).as_str(), folder.as_str()) {
            ("rules.toml", _) => self.rules = Rules::parse(text)?,
            ("kinds.toml", _) => {
                for (at, kind) in KindsFile::parse(text)?.kind.into_iter().enumerate() {
                    self.kinds.insert(kind.id, Entry::new(place(Some(at)), kind));
                }
            }
            (_, "classes") => {
                let class = Class::parse(&stem, text)?;
                self.classes.insert(class.id.clone(), Entry::new(place(None), class));
            }
            _ => {
                let mut checks = Checks::new(text);
                for (at, policy) in PoliciesFile::parse(text)?.policy.into_iter().enumerate() {
                    if let Some(before) = own.get(&policy.id) {
                        let message = format!("the policy `{}` is given in {} too", policy.id, before.file);
                        checks.add(&["policy", &at.to_string(), "id"], message, "keep it in one file");
                    }
                    own.insert(policy.id.clone(), Entry::new(place(Some(at)), policy));
                }
                checks.outcome(())?;
            }
        }
        Ok(())
    }

    /// That every measure and every instrument that is named exists. The catalogs of both are elsewhere, so that whoever
    /// has them asks: `measures` are the ids of `catalog/series.toml`, `instruments` those of `catalog/agenda/instruments/`.
    ///
    /// # Errors
    /// The first file that names one that does not exist, with all that it so names and the nearest that do.
    pub fn check_names(&self, measures: &[&str], instruments: &[&str]) -> Result<(), BrokenFile> {
        check::names(self, measures, instruments)
    }

    /// The policies by id.
    pub fn policies(&self) -> impl ExactSizeIterator<Item = &Policy> {
        self.policies.values().map(|entry| &entry.of)
    }

    /// A policy by its id.
    pub fn policy(&self, id: &str) -> Option<&Policy> {
        self.policies.get(id).map(|entry| &entry.of)
    }

    /// The policies of a kind, the older first.
    pub fn of_kind(&self, kind: PolicyKind) -> Vec<&Policy> {
        self.in_order(|policy| policy.kind == kind)
    }

    /// The policies under which a place is, the older first.
    pub fn of_place(&self, place: &str) -> Vec<&Policy> {
        self.in_order(|policy| policy.places().any(|under| under == place))
    }

    fn in_order(&self, wanted: impl Fn(&Policy) -> bool) -> Vec<&Policy> {
        let mut all: Vec<&Policy> = self.policies().filter(|policy| wanted(policy)).collect();
        all.sort_by_key(|policy| (policy.date, &policy.id));
        all
    }

    /// What is fixed for a kind; none where no file says so.
    pub fn kind(&self, kind: PolicyKind) -> Option<&Kind> {
        self.kinds.get(&kind).map(|entry| &entry.of)
    }

    /// The classes by id.
    pub fn classes(&self) -> impl ExactSizeIterator<Item = &Class> {
        self.classes.values().map(|entry| &entry.of)
    }

    /// A class by its id.
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.classes.get(id).map(|entry| &entry.of)
    }

    /// The thresholds of gates and verdicts.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// By what a policy is judged where it is asked alone: what it names itself, else what its kind does.
    pub fn outcome<'c>(&'c self, policy: &'c Policy) -> Outcome<'c> {
        let own = named(policy.outcome.as_deref(), policy.no_series.as_deref());
        let kind = || self.kind(policy.kind);
        own.or_else(|| kind().and_then(|kind| named(kind.primary.as_deref(), kind.no_series.as_deref())))
            .unwrap_or(Outcome::NoSeries("No measure is fixed for this kind of policy."))
    }

    /// By what a policy is judged as a case of a class: what keeps it from being told alone keeps it from that too.
    pub fn outcome_in<'c>(&'c self, class: &'c Class, policy: &'c Policy) -> Outcome<'c> {
        let none = policy.no_series.as_deref().or(class.no_series.as_deref());
        named(class.primary(), none).unwrap_or(Outcome::NoSeries("The class names no measure."))
    }

    /// Advice for an id that no policy and no class has; none where none is near.
    pub fn advice(&self, unknown: &str) -> Option<String> {
        nearest(
            unknown,
            self.policies.keys().chain(self.classes.keys()).map(String::as_str),
        )
    }
}

/// The measure, unless something keeps it from being told.
fn named<'c>(measure: Option<&'c str>, no_series: Option<&'c str>) -> Option<Outcome<'c>> {
    no_series.map(Outcome::NoSeries).or(measure.map(Outcome::Measure))
}

impl<T> Entry<T> {
    fn new((file, text, at): (Arc<str>, Arc<str>, Option<usize>), of: T) -> Entry<T> {
        Entry { file, text, at, of }
    }
}
