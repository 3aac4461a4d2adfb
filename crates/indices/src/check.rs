//! Reads a recipe, and says what is wrong with it: where it stands in the file, in a sentence, and what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use lysoen_lexicon::mistake::{Mistake, nearest, span};
use toml::de::DeTable;

use crate::recipe::{Aggregate, Impute, InputError, Node, Normalise, Recipe, Transform, Treat, Weights};

/// An input that a recipe needs: one a node that comes from outside, and one more for each profile that takes it from
/// elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its key in [`crate::data::Data`]: the node's id, followed by `@` and the region for a profile's own.
    pub key: String,
    /// The node.
    pub node: Node,
    /// How old its value may be, in years before the period.
    pub within: u16,
}

impl Recipe {
    /// Reads a recipe; all mistakes are told together.
    pub fn parse(text: &str) -> Result<Recipe, Vec<Mistake>> {
        let recipe: Recipe = toml::from_str(text).map_err(|e| {
            vec![Mistake {
                span: e.span(),
                message: e.message().to_string(),
                advice: None,
            }]
        })?;
        let mut checks = Checks {
            text: DeTable::parse(text).ok().map(|t| t.into_inner()),
            found: Vec::new(),
        };
        checks.recipe(&recipe);
        if checks.found.is_empty() {
            Ok(recipe)
        } else {
            Err(checks.found)
        }
    }

    /// What is wrong with a recipe that was made otherwise than from a text.
    pub fn mistakes(&self) -> Vec<Mistake> {
        let mut checks = Checks {
            text: None,
            found: Vec::new(),
        };
        checks.recipe(self);
        checks.found
    }

    /// A node by its id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|n| n.id == id)
    }

    /// The node that is the index: it has parts, or is the only one, and is part of no other. Inputs by which others are
    /// only divided are none.
    pub fn index(&self) -> Option<&Node> {
        self.roots().next()
    }

    fn roots(&self) -> impl Iterator<Item = &Node> {
        let used: BTreeSet<&str> = self
            .nodes
            .iter()
            .flat_map(|n| n.parts.iter().chain(&n.per))
            .map(String::as_str)
            .collect();
        self.nodes.iter().filter(move |n| !used.contains(n.id.as_str()))
    }

    /// The recipe as it is for the places of a profile.
    pub fn with_profile(&self, profile: usize) -> Result<Recipe, Mistake> {
        let mut recipe = self.clone();
        recipe.profiles.clear();
        for change in &self.profiles[profile].nodes {
            let told = |message: String| Mistake {
                span: None,
                message: format!("the profile {}: {message}", self.profiles[profile].region),
                advice: None,
            };
            let id = change.get("id").and_then(toml::Value::as_str).unwrap_or_default();
            let Some(at) = recipe.nodes.iter().position(|n| n.id == id) else {
                return Err(Mistake {
                    advice: nearest(id, self.nodes.iter().map(|n| n.id.as_str())),
                    ..told(format!("there is no node `{id}` to change"))
                });
            };
            let mut node = toml::Table::try_from(&recipe.nodes[at]).map_err(|e| told(e.to_string()))?;
            node.extend(change.clone());
            recipe.nodes[at] = node
                .try_into()
                .map_err(|e: toml::de::Error| told(e.message().to_string()))?;
        }
        Ok(recipe)
    }

    /// The inputs that the recipe needs, in the order of its nodes, and then those that its profiles take from elsewhere.
    pub fn inputs(&self) -> Vec<Input> {
        let input = |node: &Node, key: String| Input {
            key,
            within: node.within.unwrap_or(self.defaults.within),
            node: node.clone(),
        };
        let inputs = self.nodes.iter().filter(|n| n.is_input());
        let mut all: Vec<Input> = inputs.map(|n| input(n, n.id.clone())).collect();
        for (i, profile) in self.profiles.iter().enumerate() {
            let Ok(changed) = self.with_profile(i) else { continue };
            let own = changed
                .nodes
                .iter()
                .zip(&self.nodes)
                .filter(|(new, old)| new.is_input() && !new.same_input(old));
            all.extend(own.map(|(new, _)| input(new, profile.key(&new.id))));
        }
        all
    }
}

impl crate::recipe::Profile {
    /// The key of an input that the profile takes from elsewhere.
    pub(crate) fn key(&self, node: &str) -> String {
        format!("{node}@{}", self.region)
    }
}

impl Node {
    /// Whether its values come from outside the recipe.
    pub fn is_input(&self) -> bool {
        self.parts.is_empty() && self.value.is_none()
    }

    /// Its title, or else its id.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }

    /// Whether another node's values come from the same input.
    pub(crate) fn same_input(&self, other: &Node) -> bool {
        let input = |n: &Node| {
            let named = (
                n.indicator.clone(),
                n.source.clone(),
                n.breakdown.clone(),
                n.column.clone(),
            );
            (named, n.measure.clone(), n.per_100k, n.within)
        };
        input(self) == input(other)
    }
}

/// The mistakes found so far, and where things stand in the text.
struct Checks<'t> {
    text: Option<DeTable<'t>>,
    found: Vec<Mistake>,
}

impl Checks<'_> {
    fn recipe(&mut self, recipe: &Recipe) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if recipe.id.is_empty() || !recipe.id.chars().all(plain) {
            let message = format!("`{}` is not an id: lower-case letters, digits and hyphens", recipe.id);
            self.add(&["id"], message, None);
        }
        self.ids(recipe);
        for at in 0..recipe.nodes.len() {
            self.origin(recipe, at);
            self.steps(recipe, at);
            self.parts(recipe, at);
        }
        self.normalisation(&["defaults", "normalise"], &recipe.defaults.normalise);
        self.share(&["defaults", "needs"], "needs", recipe.defaults.needs);
        if let Some(screen) = &recipe.screen {
            self.share(&["screen", "at_least"], "at_least", screen.at_least);
        }
        self.share(&["uncertainty", "weights"], "weights", recipe.uncertainty.weights);
        if let Some(microdata) = &recipe.microdata
            && !(microdata.cutoff > 0.0 && microdata.cutoff <= 1.0)
        {
            let message = format!("the cutoff is {}; it is a share above 0 and up to 1", microdata.cutoff);
            self.add(&["microdata", "cutoff"], message, None);
        }
        self.classes(recipe);
        self.cycles(recipe);
        self.one_index(recipe);
        for (i, profile) in recipe.profiles.iter().enumerate() {
            match recipe.with_profile(i) {
                Err(mistake) => {
                    let span = self.span(&["profile", &i.to_string()]);
                    self.found.push(Mistake { span, ..mistake });
                }
                Ok(changed) => {
                    for mistake in changed.mistakes() {
                        let span = self.span(&["profile", &i.to_string()]);
                        let message = format!("the profile {}: {}", profile.region, mistake.message);
                        if !recipe.mistakes_without_profiles().contains(&mistake) {
                            self.found.push(Mistake {
                                span,
                                message,
                                ..mistake
                            });
                        }
                    }
                }
            }
        }
    }

    fn ids(&mut self, recipe: &Recipe) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, node) in recipe.nodes.iter().enumerate() {
            if node.id.trim().is_empty() {
                self.node(at, "id", "a node has no id".into(), Some("give it a short name".into()));
            }
            if let Some(before) = first.insert(&node.id, at) {
                let message = format!(
                    "the node `{}` is given twice, as number {} and {}",
                    node.id,
                    before + 1,
                    at + 1
                );
                self.node(at, "id", message, Some("give each node a name of its own".into()));
            }
        }
    }

    /// Values come from one place.
    fn origin(&mut self, recipe: &Recipe, at: usize) {
        let node = &recipe.nodes[at];
        let ways = [
            ("indicator", node.indicator.is_some()),
            ("measure", node.measure.is_some()),
            ("value", node.value.is_some()),
            ("parts", !node.parts.is_empty()),
        ];
        let given: Vec<&str> = ways.iter().filter(|w| w.1).map(|w| w.0).collect();
        if given.len() > 1 {
            let message = format!(
                "`{}` has {}; values come from one of them",
                node.id,
                given.join(" and ")
            );
            self.node(
                at,
                given[1],
                message,
                Some(format!("keep `{}` or make two nodes", given[0])),
            );
        }
        if let Some(value) = node.value
            && !value.is_finite()
        {
            self.node(
                at,
                "value",
                format!("`{}` has the value {value}", node.id),
                Some("give a number".into()),
            );
        }
        if node.per_100k && node.measure.is_none() {
            let message = format!("`{}` is per_100k, which is for measures", node.id);
            self.node(at, "per_100k", message, Some("divide by an input with `per`".into()));
        }
    }

    fn steps(&mut self, recipe: &Recipe, at: usize) {
        let node = &recipe.nodes[at];
        let only_inputs = [
            ("impute", node.impute.is_some()),
            ("treat", node.treat.is_some()),
            ("per", node.per.is_some()),
            ("transform", !node.transform.is_empty()),
            ("error", node.error.is_some()),
        ];
        let only_parts = [
            ("aggregate", node.aggregate.is_some()),
            ("weights", node.weights.is_some()),
            ("needs", node.needs.is_some()),
        ];
        let (refused, kind, of) = if node.is_input() {
            (&only_parts[..], "an input", "a node with `parts`")
        } else {
            (&only_inputs[..], "no input", "an input")
        };
        for (key, _) in refused.iter().filter(|(_, given)| *given) {
            let message = format!("`{}` is {kind}, and `{key}` is a step of {of}", node.id);
            let advice = if *key == "transform" {
                "use `then`"
            } else {
                "leave it out"
            };
            self.node(at, key, message, Some(advice.into()));
        }
        if let Some(per) = &node.per {
            self.known(recipe, at, "per", per);
            if recipe.node(per).is_some_and(|n| !n.is_input()) {
                let message = format!("`{}` is divided by `{per}`, which is no input", node.id);
                self.node(at, "per", message, Some("use the aggregation `ratio`".into()));
            }
        }
        self.divisor(recipe, at);
        self.transforms(recipe, at);
        if let Some(weight) = node.weight
            && !(weight >= 0.0 && weight.is_finite())
        {
            let message = format!("`{}` has the weight {weight}; a weight is zero or more", node.id);
            let advice = "to turn an indicator round, use `direction = \"down\"`";
            self.node(at, "weight", message, Some(advice.into()));
        }
        if let Some(needs) = node.needs {
            let key = at.to_string();
            self.share(&["node", &key, "needs"], "needs", needs);
        }
        if let Some(normalise) = &node.normalise {
            let key = at.to_string();
            self.normalisation(&["node", &key, "normalise"], normalise);
        }
        let limit = match &node.treat {
            Some(Treat::Winsorise { skew, kurtosis, .. }) if !(*skew >= 0.0 && kurtosis.is_finite()) => Some("skew"),
            _ => None,
        };
        if limit.is_some() {
            self.node(
                at,
                "treat",
                format!("`{}`: the limits of `winsorise` are numbers, skew from 0 on", node.id),
                None,
            );
        }
        let wrong = match node.error {
            Some(InputError::Interval(level)) if !(level > 0.0 && level < 1.0) => Some(format!(
                "an interval of level {level}; a level lies between 0 and 1, such as 0.9"
            )),
            Some(InputError::Binomial(size)) if !(size > 0.0 && size.is_finite()) => {
                Some(format!("a share of a sample of {size}; a sample has one at least"))
            }
            Some(InputError::Relative(sd) | InputError::Absolute(sd)) if !(sd >= 0.0 && sd.is_finite()) => {
                Some(format!("an error of {sd}; a standard deviation is zero or more"))
            }
            _ => None,
        };
        if let Some(wrong) = wrong {
            self.node(at, "error", format!("`{}` has {wrong}", node.id), None);
        }
        if let Some(Impute::GroupMean(grouping) | Impute::GroupMedian(grouping)) = &node.impute
            && grouping.is_empty()
        {
            self.node(
                at,
                "impute",
                format!("`{}` is imputed by a group without a name", node.id),
                None,
            );
        }
    }

    /// Every number of a transform is one, and a clamp is not upside down.
    fn transforms(&mut self, recipe: &Recipe, at: usize) {
        let node = &recipe.nodes[at];
        for (key, steps) in [("transform", &node.transform), ("then", &node.then)] {
            for step in steps {
                let numbers = match step {
                    Transform::Clamp { min, max } => [*min, *max].into_iter().flatten().collect(),
                    Transform::Times(by) | Transform::Plus(by) | Transform::Power(by) => vec![*by],
                    _ => Vec::new(),
                };
                if let Some(number) = numbers.iter().find(|n| !n.is_finite()) {
                    self.node(
                        at,
                        key,
                        format!("`{}` has a step with {number}", node.id),
                        Some("give a number".into()),
                    );
                }
                if let [min, max] = numbers[..]
                    && min > max
                {
                    let message = format!("`{}` is clamped from {min} to {max}, which is upside down", node.id);
                    self.node(at, key, message, Some("give the smaller as `min`".into()));
                }
            }
        }
    }

    /// What others are only divided by is taken as it comes.
    fn divisor(&mut self, recipe: &Recipe, at: usize) {
        let node = &recipe.nodes[at];
        let divides = recipe.nodes.iter().any(|n| n.per.as_ref() == Some(&node.id));
        if !divides || recipe.nodes.iter().any(|n| n.parts.contains(&node.id)) {
            return;
        }
        let steps = [
            ("per", node.per.is_some()),
            ("transform", !node.transform.is_empty()),
            ("impute", node.impute.is_some()),
            ("treat", node.treat.is_some()),
            ("normalise", node.normalise.is_some()),
            ("then", !node.then.is_empty()),
            ("round", node.round.is_some()),
        ];
        for (key, _) in steps.iter().filter(|(_, given)| *given) {
            let message = format!("others are only divided by `{}`, and `{key}` would do nothing", node.id);
            self.node(
                at,
                key,
                message,
                Some("leave it out, and transform what is divided".into()),
            );
        }
    }

    fn parts(&mut self, recipe: &Recipe, at: usize) {
        let node = &recipe.nodes[at];
        if node.parts.is_empty() {
            return;
        }
        for part in &node.parts {
            self.known(recipe, at, "parts", part);
        }
        let weights = node.weights.unwrap_or(recipe.defaults.weights);
        let weight = |part: &String| recipe.node(part).map_or(0.0, |n| n.weight.unwrap_or(1.0));
        if weights == Weights::Given && node.parts.iter().map(weight).sum::<f64>() <= 0.0 {
            let message = format!("the weights of the parts of `{}` sum to zero", node.id);
            self.node(
                at,
                "parts",
                message,
                Some("give at least one of them a weight above zero".into()),
            );
        }
        let count = node.parts.len();
        let wrong = match node.aggregate.as_ref().unwrap_or(&recipe.defaults.aggregate) {
            Aggregate::Ratio if count != 2 => Some(("ratio", "two parts")),
            Aggregate::Sullivan if count % 2 == 1 => Some(("sullivan", "parts in pairs: person-years and prevalence")),
            Aggregate::InvertedGeometric { low, high } if low >= high => {
                Some(("inverted-geometric", "a low end below its high end"))
            }
            Aggregate::Power(p) if !p.is_finite() || *p == 0.0 => {
                Some(("power", "an exponent other than 0, which is the geometric mean"))
            }
            Aggregate::BenefitOfTheDoubt { at_least } if !(0.0..=1.0 / count as f64).contains(at_least) => Some((
                "benefit-of-the-doubt",
                "`at_least` from 0 to 1 divided by the number of parts",
            )),
            _ => None,
        };
        if let Some((name, needed)) = wrong {
            let message = format!("`{}` has {count} parts; `{name}` needs {needed}", node.id);
            self.node(at, "aggregate", message, None);
        }
    }

    fn normalisation(&mut self, path: &[&str], normalise: &Normalise) {
        let numbers = match normalise {
            Normalise::MinMax { low, high } => vec![*low, *high],
            Normalise::Goalposts { low, high, scale, .. } => vec![*low, *high, *scale],
            Normalise::ZScore { mean, sd } => vec![*mean, *sd],
            Normalise::DistanceToTarget { target, .. } => vec![*target],
            _ => Vec::new(),
        };
        if let Some(number) = numbers.iter().find(|n| !n.is_finite()) {
            self.add(
                path,
                format!("a number of the normalisation is {number}"),
                Some("give a finite number".into()),
            );
            return;
        }
        let mistake = match normalise {
            Normalise::Goalposts { low, high, .. } if low >= high => Some((
                format!("the goalposts are upside down: low {low} is not below high {high}"),
                "give the smaller first; `direction = \"down\"` turns the result round",
            )),
            Normalise::Goalposts { low, log: true, .. } if *low <= 0.0 => Some((
                format!("the low goalpost is {low}, and has no logarithm"),
                "use a goalpost above zero",
            )),
            Normalise::MinMax { low, high } if low >= high => Some((
                format!("min-max from {low} to {high}: low is not below high"),
                "give the smaller first; `direction = \"down\"` turns the result round",
            )),
            Normalise::Goalposts { scale, .. } if *scale <= 0.0 => Some((
                format!(
                    "the goalposts' scale is {scale}, which leaves no difference between units or turns them round"
                ),
                "use one above zero; `direction = \"down\"` turns the result round",
            )),
            Normalise::ZScore { sd, .. } if sd.is_nan() || *sd <= 0.0 => {
                Some((format!("the standard deviation is {sd}"), "use one above zero"))
            }
            _ => None,
        };
        if let Some((message, advice)) = mistake {
            self.add(path, message, Some(advice.into()));
        }
    }

    fn share(&mut self, path: &[&str], key: &str, value: f64) {
        if !(0.0..=1.0).contains(&value) {
            let advice = (value > 1.0 && value <= 100.0).then(|| format!("write {} for {value} %", value / 100.0));
            self.add(path, format!("`{key}` is {value}; it is a share from 0 to 1"), advice);
        }
    }

    fn classes(&mut self, recipe: &Recipe) {
        for (i, pair) in recipe.classes.windows(2).enumerate() {
            let low = pair[0].from.unwrap_or(f64::NEG_INFINITY);
            if !pair[1].from.is_some_and(|from| from > low) {
                let message = format!("the class `{}` does not begin above `{}`", pair[1].name, pair[0].name);
                let advice = "list the classes from the lowest value up, each with its smallest value as `from`";
                self.add(&["class", &(i + 1).to_string()], message, Some(advice.into()));
            }
        }
    }

    fn known(&mut self, recipe: &Recipe, at: usize, key: &str, id: &str) {
        if recipe.node(id).is_none() {
            let message = format!("`{}` names the node `{id}`, which does not exist", recipe.nodes[at].id);
            self.node(
                at,
                key,
                message,
                nearest(id, recipe.nodes.iter().map(|n| n.id.as_str())),
            );
        }
    }

    /// A node that is part of itself, through whatever others.
    fn cycles(&mut self, recipe: &Recipe) {
        let number: BTreeMap<&str, usize> = recipe
            .nodes
            .iter()
            .enumerate()
            .map(|(i, n)| (n.id.as_str(), i))
            .collect();
        let mut done = vec![false; recipe.nodes.len()];
        for start in 0..recipe.nodes.len() {
            let mut path = Vec::new();
            if let Some(cycle) = walk(recipe, &number, start, &mut path, &mut done) {
                let names: Vec<&str> = cycle.iter().map(|i| recipe.nodes[*i].id.as_str()).collect();
                let message = format!("a cycle: {} → {}", names.join(" → "), names[0]);
                self.node(
                    cycle[0],
                    "parts",
                    message,
                    Some("take one of them out of the other's parts".into()),
                );
                return;
            }
        }
    }

    fn one_index(&mut self, recipe: &Recipe) {
        let roots: Vec<&str> = recipe.roots().map(|n| n.id.as_str()).collect();
        if roots.len() > 1 {
            let message = format!("{} are parts of no other; only the index is", roots.join(", "));
            let at = recipe.nodes.iter().position(|n| n.id == roots[1]).unwrap_or_default();
            self.node(at, "id", message, Some("make them parts of one node".into()));
        }
        if recipe.nodes.is_empty() {
            self.add(&[], "the recipe has no nodes".into(), Some("add `[[node]]`".into()));
        }
    }

    fn node(&mut self, at: usize, key: &str, message: String, advice: Option<String>) {
        self.add(&["node", &at.to_string(), key], message, advice);
    }

    fn add(&mut self, path: &[&str], message: String, advice: Option<String>) {
        let span = self.span(path);
        self.found.push(Mistake { span, message, advice });
    }

    fn span(&self, path: &[&str]) -> Option<Range<usize>> {
        self.text.as_ref().and_then(|text| span(text, path))
    }
}

impl Recipe {
    fn mistakes_without_profiles(&self) -> Vec<Mistake> {
        let mut plain = self.clone();
        plain.profiles.clear();
        plain.mistakes()
    }
}

/// Follows parts and divisors from a node; the nodes of a cycle if there is one.
fn walk(
    recipe: &Recipe,
    number: &BTreeMap<&str, usize>,
    at: usize,
    path: &mut Vec<usize>,
    done: &mut [bool],
) -> Option<Vec<usize>> {
    if let Some(first) = path.iter().position(|i| *i == at) {
        return Some(path[first..].to_vec());
    }
    if done[at] {
        return None;
    }
    path.push(at);
    let node = &recipe.nodes[at];
    for part in node.parts.iter().chain(&node.per) {
        let cycle = number
            .get(part.as_str())
            .and_then(|next| walk(recipe, number, *next, path, done));
        if cycle.is_some() {
            return cycle;
        }
    }
    path.pop();
    done[at] = true;
    None
}
