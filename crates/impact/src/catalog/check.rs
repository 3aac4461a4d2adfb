//! Reads the files of the catalog of policies, and says what is wrong with them: where it stands, in a sentence, and what to
//! do.

use jiff::civil::{Date, date};
use lysoen_lexicon::country::Crosswalk;
use lysoen_lexicon::mistake::{BrokenFile, Checks, Mistake, nearest, read};
use lysoen_lexicon::place::{PlaceId, PlaceKind};

use super::{Catalog, Entry};
use crate::policy::{CasesOf, Class, KindsFile, PoliciesFile, Policy, PolicyKind};

/// The Charter of the United Nations entered into force; no mandate is older.
const FIRST: Date = date(1945, 10, 24);

/// A short id: lower-case letters, digits and hyphens.
fn plain(id: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !id.is_empty() && id.bytes().all(allowed)
}

impl PoliciesFile {
    /// Reads a file of policies; all mistakes are told together.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<PoliciesFile, Vec<Mistake>> {
        let file: PoliciesFile = read(text)?;
        let mut checks = Checks::new(text);
        checks.twice("policy", file.policy.iter().map(|policy| policy.id.as_str()));
        for (at, policy) in file.policy.iter().enumerate() {
            let at = at.to_string();
            texts(policy, &at, &mut checks);
            days(policy, &at, &mut checks);
            places(policy, &at, &mut checks);
        }
        checks.outcome(file)
    }
}

/// The ids, the title, the source, the outcome and the instrument.
fn texts(policy: &Policy, at: &str, checks: &mut Checks<'_>) {
    let id = &policy.id;
    for (key, name) in [("id", Some(id)), ("conflict", policy.conflict.as_ref())] {
        if let Some(name) = name.filter(|name| !plain(name)) {
            let message = format!("`{name}` is no id: lower-case letters, digits and hyphens");
            checks.add(
                &["policy", at, key],
                message,
                "give it a short name such as `unmil-2003`",
            );
        }
    }
    for (key, said) in [("title", &policy.title), ("source", &policy.source)] {
        if said.trim().is_empty() {
            let message = format!("`{id}` has an empty {key}");
            checks.add(
                &["policy", at, key],
                message,
                "say which document decided it, and what it is called",
            );
        }
    }
    if policy.outcome.is_some() && policy.no_series.is_some() {
        let message = format!("`{id}` names an outcome, and says that no series tells of it");
        checks.add(&["policy", at, "no_series"], message, "leave one of the two out");
    }
    if policy.instrument.is_some() != (policy.kind == PolicyKind::TreatyInForce) {
        let message = format!(
            "`{id}` is a {}, and `instrument` is of a treaty in force only, which needs it",
            policy.kind.title()
        );
        checks.add(
            &["policy", at, "instrument"],
            message,
            "name the instrument of a treaty, and of nothing else",
        );
    }
}

fn days(policy: &Policy, at: &str, checks: &mut Checks<'_>) {
    let id = &policy.id;
    if policy.date < FIRST {
        let message = format!("`{id}` is of {}, before there were the United Nations", policy.date);
        checks.add(
            &["policy", at, "date"],
            message,
            "write year, month and day, such as `2003-09-19`",
        );
    }
    if let Some(until) = policy.until.filter(|until| *until < policy.date) {
        let message = format!("`{id}` ended on {until}, before it began on {}", policy.date);
        checks.add(&["policy", at, "until"], message, "one of the two days is wrong");
    }
    if let Some(checked) = policy.checked.filter(|checked| *checked < policy.date) {
        let message = format!("`{id}` was compared with its source on {checked}, before it was decided");
        checks.add(
            &["policy", at, "checked"],
            message,
            "leave it out where nobody has compared it",
        );
    }
}

/// The places and the parties: countries or joint places that existed on the day, each once.
fn places(policy: &Policy, at: &str, checks: &mut Checks<'_>) {
    let mut place = |path: &[&str], place: &str| {
        if let Err((message, advice)) = known(policy, place) {
            checks.add(path, message, advice);
        }
    };
    place(&["policy", at, "place"], &policy.place);
    for (key, others) in [("also", &policy.also), ("parties", &policy.parties)] {
        for (number, other) in others.iter().enumerate() {
            place(&["policy", at, key, &number.to_string()], other);
        }
    }
    let mut named: Vec<&str> = policy
        .places()
        .chain(policy.parties.iter().map(String::as_str))
        .collect();
    named.sort_unstable();
    if let Some(twice) = named.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("`{}` names {} twice", policy.id, twice[0]);
        checks.add(
            &["policy", at, "place"],
            message,
            "a place is under a policy, or a party beside it, once",
        );
    }
}

/// Whether a place is a country, or a joint place, that existed when the policy began; else why not and what to do.
fn known(policy: &Policy, place: &str) -> Result<(), (String, String)> {
    let crosswalk = Crosswalk::builtin();
    let id = &policy.id;
    let country = crosswalk.get(place);
    if let Some(country) = country {
        if country.existed(policy.date) {
            return Ok(());
        }
        let message = format!(
            "`{id}` names {place} ({}), which did not exist on {}",
            country.name, policy.date
        );
        return Err((message, "name the state that the place belonged to on that day".into()));
    }
    let joint = place
        .parse::<PlaceId>()
        .ok()
        .filter(|place| place.kind() == PlaceKind::Joint);
    if joint.is_some_and(|joint| joint.parts().iter().all(|part| crosswalk.get(part.as_str()).is_some())) {
        return Ok(());
    }
    let message = format!("`{id}` names the place `{place}`, which is not known");
    let advice = nearest(place, crosswalk.all().map(|country| country.iso3.as_str()));
    Err((
        message,
        advice.unwrap_or_else(|| "write a country by its three letters, such as `LBR`".into()),
    ))
}

impl KindsFile {
    /// Reads the file of the kinds; all mistakes are told together.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<KindsFile, Vec<Mistake>> {
        let file: KindsFile = read(text)?;
        let mut checks = Checks::new(text);
        checks.twice("kind", file.kind.iter().map(|kind| kind.id.id()));
        for (at, kind) in file.kind.iter().enumerate() {
            let at = at.to_string();
            let path = |key| ["kind", at.as_str(), key];
            if kind.primary.is_some() == kind.no_series.is_some() {
                let message = format!(
                    "`{}` needs a primary measure, or why no series tells of it",
                    kind.id.id()
                );
                checks.add(&path("id"), message, "write one of `primary` and `no_series`");
            }
            window(
                &mut checks,
                (&path("before"), kind.before),
                (&path("after"), kind.after),
            );
            margin(&mut checks, &path("margin"), kind.margin);
        }
        checks.outcome(file)
    }
}

impl Class {
    /// Reads the file of a class, called by its id; all mistakes are told together.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(stem: &str, text: &str) -> Result<Class, Vec<Mistake>> {
        let class: Class = read(text)?;
        let mut checks = Checks::new(text);
        let id = &class.id;
        if !plain(id) {
            let message = format!("`{id}` is no id: lower-case letters, digits and hyphens");
            checks.add(&["id"], message, "give it a short name such as `ceasefires`");
        } else if id != stem {
            let message = format!("the file is called `{stem}.toml`, and its class `{id}`");
            checks.add(&["id"], message, "call the file by the id of the class");
        }
        if class.outcomes.is_empty() != class.no_series.is_some() {
            let message =
                format!("`{id}` needs measures, or why no series tells of what it was to protect, and not both");
            checks.add(&["id"], message, "write `[[outcomes]]` or `no_series`");
        }
        let primary = class.outcomes.iter().filter(|outcome| outcome.primary).count();
        if !class.outcomes.is_empty() && primary != 1 {
            let message = format!("`{id}` has {primary} primary measures, and an answer rests on exactly one");
            checks.add(
                &["outcomes"],
                message,
                "write `primary = true` at the one that was to fall",
            );
        }
        for (at, outcome) in class.outcomes.iter().enumerate() {
            if class.outcomes[..at]
                .iter()
                .any(|before| before.measure == outcome.measure)
            {
                let message = format!("`{id}` names the measure `{}` twice", outcome.measure);
                checks.add(
                    &["outcomes", &at.to_string(), "measure"],
                    message,
                    "leave one of them out",
                );
            }
        }
        window(&mut checks, (&["before"], class.before), (&["after"], class.after));
        margin(&mut checks, &["margin"], class.margin);
        checks.outcome(class)
    }
}

fn window(checks: &mut Checks<'_>, (before_at, before): (&[&str], u32), (after_at, after): (&[&str], u32)) {
    for (path, years) in [(before_at, before), (after_at, after)] {
        if !(1..=60).contains(&years) {
            let message = format!("{years} years are no window");
            checks.add(path, message, "write from 1 to 60 years");
        }
    }
}

fn margin(checks: &mut Checks<'_>, path: &[&str], margin: Option<f64>) {
    // Not a number lies in no range either.
    if let Some(margin) = margin.filter(|margin| !(*margin > 0.0 && *margin < 1.0)) {
        let message = format!("a margin of {margin} is no share of the counterfactual");
        checks.add(path, message, "write a share above 0 and below 1, such as 0.25");
    }
}

/// That every measure and every instrument that is named exists.
pub(super) fn names(catalog: &Catalog, measures: &[&str], instruments: &[&str]) -> Result<(), BrokenFile> {
    let measure = |name: &str| {
        unknown(
            "measure",
            name,
            measures,
            "add it to `series.toml`, or write `no_series`",
        )
    };
    let instrument = |name: &str| {
        unknown(
            "instrument",
            name,
            instruments,
            "add it to the instruments of the agenda",
        )
    };
    let cases = |cases: &CasesOf| match cases {
        CasesOf::Kind(_) => None,
        CasesOf::Instrument(name) => instrument(name),
    };
    for entry in catalog.policies.values() {
        let mut found = Named::of(entry, "policy");
        found.add(&["outcome"], entry.of.outcome.as_deref().and_then(measure));
        found.add(&["instrument"], entry.of.instrument.as_deref().and_then(instrument));
        found.end()?;
    }
    for entry in catalog.kinds.values() {
        let mut found = Named::of(entry, "kind");
        found.add(&["primary"], entry.of.primary.as_deref().and_then(measure));
        for (at, similar) in entry.of.similar.iter().enumerate() {
            found.add(&["similar", &at.to_string()], cases(similar));
        }
        found.end()?;
    }
    for entry in catalog.classes.values() {
        let mut found = Named::of(entry, "class");
        found.add(&["cases"], cases(&entry.of.cases));
        for (at, outcome) in entry.of.outcomes.iter().enumerate() {
            found.add(&["outcomes", &at.to_string(), "measure"], measure(&outcome.measure));
        }
        for (at, similar) in entry.of.similar.iter().enumerate() {
            found.add(&["similar", &at.to_string()], cases(similar));
        }
        found.end()?;
    }
    Ok(())
}

/// A name that is not known, and what to do.
fn unknown(what: &str, name: &str, known: &[&str], otherwise: &str) -> Option<(String, String)> {
    let advice = || nearest(name, known.iter().copied()).unwrap_or_else(|| otherwise.to_string());
    (!known.contains(&name)).then(|| (format!("there is no {what} `{name}`"), advice()))
}

/// The unknown names of an entry.
struct Named<'e> {
    file: &'e str,
    text: &'e str,
    path: Vec<String>,
    checks: Checks<'e>,
}

impl<'e> Named<'e> {
    fn of<T>(entry: &'e Entry<T>, list: &str) -> Named<'e> {
        let path = entry
            .at
            .map_or_else(Vec::new, |at| vec![list.to_string(), at.to_string()]);
        Named {
            file: &entry.file,
            text: &entry.text,
            path,
            checks: Checks::new(&entry.text),
        }
    }

    fn add(&mut self, keys: &[&str], unknown: Option<(String, String)>) {
        if let Some((message, advice)) = unknown {
            let path: Vec<&str> = self
                .path
                .iter()
                .map(String::as_str)
                .chain(keys.iter().copied())
                .collect();
            self.checks.add(&path, message, advice);
        }
    }

    fn end(self) -> Result<(), BrokenFile> {
        let (file, text) = (self.file, self.text);
        self.checks
            .outcome(())
            .map_err(|mistakes| BrokenFile::new(file, text, mistakes))
    }
}
