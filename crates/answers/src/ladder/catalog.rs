//! The ladder's catalog as an observatory has it: options, regions, triggers, frameworks and roles, the built-in ones and its
//! own in `catalog/ladder/`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;

use lysoen_ladder::catalog::{Catalog, OptionAt, shipped_triggers};
use lysoen_ladder::framework::Framework;
use lysoen_ladder::log::Roles;
use lysoen_ladder::trigger::{self, Expression, Need, Trigger, TriggerSpec, Vocabulary};
use lysoen_ladder::{LadderOption, Tier};
use lysoen_lexicon::mistake::{BrokenFile, Mistake};
use lysoen_lexicon::place::PlaceId;

use crate::error::AnswerError;
use crate::observatory::Observatory;
use crate::own_files::{file, toml_files};

/// The options, triggers, frameworks and roles of an observatory.
#[derive(Clone, Debug)]
pub struct LadderCatalog {
    /// The options and regions.
    pub options: Catalog,
    /// The triggers by id.
    pub triggers: Vec<Trigger>,
    /// The frameworks by id.
    pub frameworks: Vec<Framework>,
    /// Who may warn, propose, decide and act.
    pub roles: Roles,
    checks: BTreeMap<(String, usize), Expression>,
}

impl LadderCatalog {
    /// The catalog of an observatory.
    pub fn of(observatory: &Observatory, words: &Vocabulary) -> Result<LadderCatalog, BrokenFile> {
        LadderCatalog::with(observatory.own_catalog().as_deref(), words)
    }

    /// The built-in catalog with what stands in a folder `ladder/` of an observatory's own catalog.
    pub fn with(own: Option<&Path>, words: &Vocabulary) -> Result<LadderCatalog, BrokenFile> {
        let own = own.map(|folder| folder.join("ladder")).filter(|folder| folder.is_dir());
        let files = |below: &str| match own.as_deref() {
            Some(folder) => toml_files(&folder.join(below)),
            None => Ok(Vec::new()),
        };
        let mut of_options = files("options")?;
        if let Some(folder) = &own {
            of_options.extend(file(&folder.join("regions.toml"))?);
        }
        let options =
            Catalog::builtin().with_overrides(of_options.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
        let mut triggers: BTreeMap<String, Trigger> = BTreeMap::new();
        let shipped = shipped_triggers().map(|(name, text)| (name.to_string(), text.to_string()));
        for (name, text) in shipped.chain(files("triggers")?) {
            let trigger = TriggerSpec::parse(&name, &text, words).map_err(|mistakes| BrokenFile {
                mistakes: mistakes
                    .into_iter()
                    .map(|m| told(Some(m.span), m.message, m.advice))
                    .collect(),
                file: name.clone(),
                text: text.clone(),
            })?;
            triggers.insert(trigger.spec.id.clone(), trigger);
        }
        let roles = match own
            .as_ref()
            .map(|folder| file(&folder.join("roles.toml")))
            .transpose()?
            .flatten()
        {
            Some((name, text)) => Roles::parse(&name, &text)?,
            None => Roles::default(),
        };
        let mut catalog = LadderCatalog {
            checks: checks(&options, words)?,
            options,
            triggers: triggers.into_values().collect(),
            frameworks: Vec::new(),
            roles,
        };
        catalog.frameworks = catalog.read_frameworks(files("frameworks")?)?;
        Ok(catalog)
    }

    fn read_frameworks(&self, files: Vec<(String, String)>) -> Result<Vec<Framework>, BrokenFile> {
        let ids: Vec<&str> = self.triggers.iter().map(|trigger| trigger.spec.id.as_str()).collect();
        let hard = |id: &str| self.options.option(id).map(|option| option.tier == Tier::Hard);
        let mut frameworks: BTreeMap<String, Framework> = BTreeMap::new();
        for (file, text) in files {
            let wrong = |mistakes: Vec<Mistake>| BrokenFile {
                file: file.clone(),
                text: text.clone(),
                mistakes,
            };
            let framework: Framework =
                toml::from_str(&text).map_err(|e| wrong(vec![told(e.span(), e.message().to_string(), None)]))?;
            let mut problems = framework.problems(&ids, &hard);
            if self.roles.get(&framework.confirmed_by).is_none() {
                problems.push(format!(
                    "there is no role {} that could confirm it",
                    framework.confirmed_by
                ));
            }
            if !problems.is_empty() {
                return Err(wrong(
                    problems.into_iter().map(|problem| told(None, problem, None)).collect(),
                ));
            }
            frameworks.insert(framework.id.clone(), framework);
        }
        Ok(frameworks.into_values().collect())
    }

    /// What all triggers and harm checks read.
    pub fn needs(&self) -> BTreeSet<Need> {
        let triggers = self.triggers.iter().flat_map(|trigger| trigger.expression.needs());
        triggers
            .chain(self.checks.values().flat_map(Expression::needs))
            .collect()
    }

    /// Whether a trigger is meant for a place.
    pub fn applies(&self, trigger: &Trigger, place: &PlaceId) -> bool {
        let regions = &trigger.spec.applies;
        regions.is_empty()
            || self
                .options
                .regions_of(place)
                .iter()
                .any(|region| regions.contains(&region.id))
    }

    /// Every option as it is at a place, and why it is not to be had there.
    pub fn at(&self, place: &PlaceId) -> Vec<(LadderOption, Option<String>)> {
        let at = |option: &LadderOption| {
            let OptionAt { option, not_available } = self.options.at(option, place);
            (option, not_available)
        };
        self.options.options().map(at).collect()
    }

    /// The expression of an option's harm check, by its number; none where it has none.
    pub fn check(&self, option: &str, at: usize) -> Option<&Expression> {
        self.checks.get(&(option.to_string(), at))
    }

    /// A trigger by its id; the nearest one where there is none such.
    pub fn trigger(&self, id: &str) -> Result<&Trigger, AnswerError> {
        let found = self.triggers.iter().find(|trigger| trigger.spec.id == id);
        found.ok_or_else(|| AnswerError::NoTrigger {
            trigger: id.to_string(),
            known: self.triggers.iter().map(|trigger| trigger.spec.id.clone()).collect(),
        })
    }
}

/// The expressions of harm checks; those by which an option is called for are read too, so that a mistake in them is told.
fn checks(options: &Catalog, words: &Vocabulary) -> Result<BTreeMap<(String, usize), Expression>, BrokenFile> {
    let mut checks = BTreeMap::new();
    for option in options.options() {
        let wrong = |expression: &str, mistake: trigger::Mistake| {
            let entry = options.entry(&option.id);
            let text = entry.map(|entry| entry.text.to_string()).unwrap_or_default();
            let at = text
                .find(expression)
                .map(|at| at + mistake.span.start..at + mistake.span.end);
            BrokenFile {
                file: entry.map(|entry| entry.file.to_string()).unwrap_or_default(),
                mistakes: vec![told(at, format!("{}: {}", option.id, mistake.message), mistake.advice)],
                text,
            }
        };
        if let Some(when) = &option.trigger.when {
            trigger::parse(when, words).map_err(|mistake| wrong(when, mistake))?;
        }
        for (at, check) in option.do_no_harm_checks.iter().enumerate() {
            if let Some(fails) = &check.fails_when {
                let expression = trigger::parse(fails, words).map_err(|mistake| wrong(fails, mistake))?;
                checks.insert((option.id.clone(), at), expression);
            }
        }
    }
    Ok(checks)
}

fn told(span: Option<Range<usize>>, message: String, advice: Option<String>) -> Mistake {
    Mistake { span, message, advice }
}
