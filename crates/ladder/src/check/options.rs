//! What an option must say, and what contradicts itself in it.

use std::collections::BTreeSet;

use lysoen_lexicon::mistake::{Checks, Mistake, read};

use crate::option::{LadderOption, LeadTime, OptionsFile, Standard, Tier};
use crate::statement::Kind;

/// Whose consent it is where each site opts in for itself.
const SITE: &str = "site";

/// Letter and number of an option's id: `M02` is 02 of M.
pub(crate) fn id_parts(id: &str) -> Option<(char, u32)> {
    let letter = id.chars().next().filter(|letter| "SMHR".contains(*letter))?;
    let digits = &id[1..];
    (digits.len() >= 2 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(())?;
    Some((letter, digits.parse().ok()?))
}

impl OptionsFile {
    /// Reads a file of options; all mistakes are told together. Whether its regions are known is the catalog's to say.
    pub fn parse(text: &str) -> Result<OptionsFile, Vec<Mistake>> {
        let file: OptionsFile = read(text)?;
        let mut checks = Checks::new(text);
        let ids = file.option.iter().map(|option| option.id.as_str());
        checks.twice("option", ids);
        for (at, option) in file.option.iter().enumerate() {
            OptionChecks {
                checks: &mut checks,
                at,
                option,
            }
            .all();
        }
        checks.outcome(file)
    }
}

/// An option that is being checked.
struct OptionChecks<'c, 't, 'o> {
    checks: &'c mut Checks<'t>,
    at: usize,
    option: &'o LadderOption,
}

impl OptionChecks<'_, '_, '_> {
    fn all(&mut self) {
        self.id();
        self.said();
        self.evidence();
        self.trigger();
        self.requires();
        self.consents();
        self.harm();
        self.lead(&["lead_time"], &self.option.lead_time);
        self.regional();
    }

    /// Adds a mistake; the message goes on from the option's id.
    fn add(&mut self, path: &[&str], message: impl AsRef<str>, advice: impl Into<String>) {
        let at = self.at.to_string();
        let path: Vec<&str> = ["option", &at].iter().chain(path).copied().collect();
        let message = format!("`{}` {}", self.option.id, message.as_ref());
        self.checks.add(&path, message, advice);
    }

    fn id(&mut self) {
        let tier = self.option.tier;
        match id_parts(&self.option.id) {
            None => self.add(
                &["id"],
                "is not an option's id: S, M, H or R and a number of two digits or more",
                "write it like `M02`",
            ),
            Some((letter, _)) => {
                let means = match letter {
                    'S' => Some(Tier::Soft),
                    'M' => Some(Tier::Medium),
                    'H' => Some(Tier::Hard),
                    _ => None,
                };
                if means.is_some_and(|means| means != tier) {
                    let message = format!("has the tier {}, and its letter is another's", tier.name());
                    self.add(&["tier"], message, "S is soft, M medium, H hard; R may be any");
                }
            }
        }
        if self.option.version == 0 {
            self.add(&["version"], "has the version 0", "count from 1");
        }
    }

    /// What must be said is said.
    fn said(&mut self) {
        let o = self.option;
        let texts: [(&[&str], &str); 9] = [
            (&["title"], &o.title),
            (&["description"], &o.description),
            (&["finance_source"], &o.finance_source),
            (&["exit_test"], &o.exit_test),
            (&["expected_effect_indicator"], &o.expected_effect_indicator),
            (&["trigger", "described"], &o.trigger.described),
            (&["lead_time", "told"], &o.lead_time.told),
            (&["lead_time", "estimated_by"], &o.lead_time.estimated_by),
            (&["cost", "estimated_by"], &o.cost.estimated_by),
        ];
        for (path, text) in texts {
            if text.trim().is_empty() {
                self.add(path, format!("has nothing in `{}`", path.join(".")), "say it in words");
            }
        }
        let lists: [(&str, bool, &str); 3] = [
            ("phase", o.phase.is_empty(), "name `pre-crisis`, `crisis` or `recovery`"),
            ("actors", o.actors.is_empty(), "say who can do it"),
            (
                "do_no_harm_checks",
                o.do_no_harm_checks.is_empty(),
                "ask at least one question: who could be harmed by it?",
            ),
        ];
        for (key, empty, advice) in lists {
            if empty {
                self.add(&[key], format!("has no `{key}`"), advice);
            }
        }
        if o.review_after_days == 0 {
            self.add(
                &["review_after_days"],
                "is to be looked at again after 0 days",
                "give at least one day",
            );
        }
    }

    /// The evidence that is asked for rises with the rung.
    fn evidence(&mut self) {
        let (standard, sources, reviewed) = match self.option.tier {
            Tier::Soft => return,
            Tier::Medium => (Standard::Suspect, 2, false),
            Tier::Hard => (Standard::Believe, 2, true),
        };
        let (floor, tier) = (&self.option.evidence_floor, self.option.tier.name());
        if floor.standard < standard {
            let (asks, needs) = (floor.standard.name(), standard.name());
            let message = format!("is {tier} and asks for the standard {asks}; it needs {needs} or better");
            self.add(&["evidence_floor", "standard"], message, format!("write `{needs}`"));
        }
        if floor.independent_sources < sources {
            let message = format!("is {tier} and asks for fewer than {sources} independent sources");
            self.add(
                &["evidence_floor", "independent_sources"],
                message,
                format!("write {sources} or more"),
            );
        }
        if reviewed && !floor.reviewed {
            let message = format!("is {tier} and does not ask that a second organisation has reviewed the evidence");
            self.add(&["evidence_floor", "reviewed"], message, "write `reviewed = true`");
        }
    }

    fn trigger(&mut self) {
        let calls = &self.option.trigger;
        if self.option.tier == Tier::Hard && calls.when.is_some() {
            self.add(
                &["trigger", "when"],
                "is hard and has `trigger.when`; no formula ever arms a hard option",
                "leave `when` out and describe what calls for it",
            );
        }
        for (key, value) in [
            ("confirmations", calls.confirmations),
            ("window_days", calls.window_days),
        ] {
            if value == 0 {
                self.add(
                    &["trigger", key],
                    format!("has 0 in `trigger.{key}`"),
                    "give at least 1",
                );
            }
        }
    }

    fn requires(&mut self) {
        let mut opts_in = false;
        for (i, requirement) in self.option.requires.iter().enumerate() {
            let i = i.to_string();
            if requirement.any.is_empty() {
                self.add(
                    &["requires", &i],
                    "has a requirement without alternatives",
                    "give at least one in `any`, or leave it out",
                );
            }
            for (k, condition) in requirement.any.iter().enumerate() {
                let path = ["requires", &i, "any", &k.to_string()];
                opts_in |= condition.kind == Kind::OptIn;
                if condition.called.trim().is_empty() {
                    self.add(
                        &path,
                        "has a condition that is not called anything",
                        "name it so that \"no …\" is a sentence",
                    );
                }
                if condition.kind == Kind::Consent && condition.by.is_empty() {
                    self.add(
                        &path,
                        "needs a consent and does not say whose",
                        "write `by = [\"host\"]`, for instance",
                    );
                }
                if condition.kind == Kind::Violation && condition.subject.is_empty() {
                    self.add(
                        &path,
                        "needs a violation and does not say of which kind",
                        "list the kinds in `subject`",
                    );
                }
            }
        }
        match (self.option.site_by_site, opts_in) {
            (true, false) => self.add(
                &["site_by_site"],
                "is agreed site by site and requires no opt-in",
                "require a condition of the kind `opt-in`",
            ),
            (false, true) => self.add(
                &["requires"],
                "requires an opt-in and is not agreed site by site",
                "write `site_by_site = true`",
            ),
            _ => {}
        }
    }

    /// Whose consent is needed stands in the requirements, and the other way round.
    fn consents(&mut self) {
        let option = self.option;
        let conditions = || option.requires.iter().flat_map(|requirement| &requirement.any);
        let mut asked: BTreeSet<&str> = conditions()
            .filter(|condition| condition.kind == Kind::Consent)
            .flat_map(|condition| condition.by.iter().map(String::as_str))
            .collect();
        if conditions().any(|condition| condition.kind == Kind::OptIn) {
            asked.insert(SITE);
        }
        let needed: BTreeSet<&str> = option.consent_needed_from.iter().map(String::as_str).collect();
        for who in needed.difference(&asked) {
            let message = format!("needs the consent of `{who}`, and no requirement asks for it");
            let advice = if *who == SITE {
                "require an opt-in".into()
            } else {
                format!("require a consent with `by = [\"{who}\"]`")
            };
            self.add(&["consent_needed_from"], message, advice);
        }
        for who in asked.difference(&needed) {
            let message = format!("requires the consent of `{who}`, which `consent_needed_from` does not name");
            self.add(&["requires"], message, format!("add `{who}` to `consent_needed_from`"));
        }
    }

    fn harm(&mut self) {
        for (i, check) in self.option.do_no_harm_checks.iter().enumerate() {
            let path = ["do_no_harm_checks", &i.to_string()];
            match (&check.fails_when, &check.because) {
                (Some(_), None) => self.add(
                    &path,
                    "has a harm check with `fails_when` and without `because`",
                    "say in a sentence why that closes the option",
                ),
                (None, Some(_)) => self.add(
                    &path,
                    "has a harm check with `because` and without `fails_when`",
                    "say by which readings it fails, or leave `because` out",
                ),
                _ => {}
            }
            if check.text.trim().is_empty() {
                self.add(&path, "has a harm check without a question", "ask it in `text`");
            }
        }
    }

    fn lead(&mut self, path: &[&str], lead: &LeadTime) {
        for (key, [least, most]) in [("prepare", lead.prepare), ("act", lead.act)] {
            if least > most {
                let path: Vec<&str> = path.iter().chain([&key]).copied().collect();
                let message = format!("takes at least {least} and at most {most} days in `{key}`");
                self.add(&path, message, "write the least first");
            }
        }
    }

    fn regional(&mut self) {
        let mut seen = BTreeSet::new();
        for (i, regional) in self.option.regional.iter().enumerate() {
            let i = i.to_string();
            if !seen.insert(&regional.region) {
                let message = format!("has two entries for the region `{}`", regional.region);
                self.add(&["regional", &i, "region"], message, "make one of them");
            }
            if let Some(lead) = &regional.lead_time {
                self.lead(&["regional", &i, "lead_time"], lead);
            }
        }
    }
}
