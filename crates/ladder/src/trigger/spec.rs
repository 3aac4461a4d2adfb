//! Triggers as data: `catalog/ladder/triggers/*.toml`, one trigger a file.

use std::ops::Range;
use std::path::Path;

use lysoen_lexicon::panel::Month;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use super::check::{Mistake, Vocabulary};
use super::expression::Expression;
use super::parse::parse;
use crate::option::Tier;

/// What the file of a trigger holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TriggerSpec {
    /// Its id; the file is called like it.
    pub id: String,
    /// Raised by one with every change of what it means.
    pub version: u32,
    /// What it is, in a few words.
    pub title: String,
    /// When it stands and what that says, in one to three sentences.
    pub description: String,
    /// The expression that holds when it stands, such as `P(killed ≥ 25 within 3 months) ≥ 0.3 and trend rising`.
    pub when: String,
    /// The event of which it warns, stated beforehand so that its record can be told; absent where it tells of what has happened.
    #[serde(default)]
    pub event: Option<EventSpec>,
    /// The highest rung for which it can call; never the hard one.
    pub supports: Tier,
    /// How many readings in a row must hold, one a month.
    pub confirmations: u16,
    /// For how many days the warning stands, from the day on which the data are available.
    pub window_days: u16,
    /// For how many months after it stood it does not stand anew.
    pub cool_down_months: u16,
    /// The days of preparation that an answer needs: an event that comes sooner counts as late.
    pub prepare_days: u16,
    /// The regions of `catalog/ladder/regions.toml` for which it is meant; everywhere where none.
    #[serde(default)]
    pub applies: Vec<String>,
    /// What must be known before anybody relies on it.
    #[serde(default)]
    pub caveats: Vec<String>,
    /// How its threshold was chosen; absent where it was set without looking at what came.
    #[serde(default)]
    pub chosen: Option<Chosen>,
}

/// How a threshold was chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// The last origin that was looked at: a record on origins up to it is in-sample.
    #[schemars(with = "String")]
    pub until: Month,
    /// How many thresholds were tried.
    pub thresholds_tried: usize,
    /// By what it was chosen, in words.
    pub by: String,
}

/// What has come true when a warning was right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventSpec {
    /// The measure; one that is forecast.
    pub measure: String,
    /// The number that it reaches in one calendar month.
    pub at_least: f64,
    /// Within how many months after the data.
    pub within_months: u32,
}

/// A trigger: what its file holds and the expression that it was read to.
#[derive(Clone, Debug, PartialEq)]
pub struct Trigger {
    /// What its file holds.
    pub spec: TriggerSpec,
    /// When it stands.
    pub expression: Expression,
}

impl TriggerSpec {
    /// Reads the file of a trigger; all mistakes are told together, each with where it stands in the file.
    pub fn parse(file: &str, text: &str, words: &Vocabulary) -> Result<Trigger, Vec<Mistake>> {
        let broken = |e: toml::de::Error| vec![Mistake::new(e.span().unwrap_or(0..text.len()), e.message())];
        let spec: TriggerSpec = toml::from_str(text).map_err(broken)?;
        let table = DeTable::parse(text).map_err(broken)?.into_inner();
        let place = |path: &[&str]| place(&table, path);

        let mut mistakes = spec.mistakes(file, &place);
        if let Some(event) = &spec.event {
            let span = place(&["event", "measure"]);
            mistakes.extend(words.forecast(&event.measure, span).err());
        }
        let expression = parse(&spec.when, words).map_err(|mistake| {
            let when = place(&["when"]);
            // The value stands in quotes, and as it is unless characters of it are escaped.
            let span = match text[when.clone()].find(&spec.when) {
                Some(at) => when.start + at + mistake.span.start..when.start + at + mistake.span.end,
                None => when,
            };
            Mistake { span, ..mistake }
        });
        match expression {
            Ok(expression) if mistakes.is_empty() => Ok(Trigger { spec, expression }),
            Ok(_) => Err(mistakes),
            Err(mistake) => {
                mistakes.push(mistake);
                Err(mistakes)
            }
        }
    }

    fn mistakes(&self, file: &str, place: &dyn Fn(&[&str]) -> Range<usize>) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        let mut refuse = |wrong: bool, path: &[&str], message: String, advice: &str| {
            if wrong {
                mistakes.push(Mistake::new(place(path), message).advice(advice));
            }
        };
        let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
        refuse(
            stem != self.id.as_str(),
            &["id"],
            format!("the trigger `{}` is in a file called {stem}", self.id),
            &format!("call the file {}.toml", self.id),
        );
        for (key, value) in [("title", &self.title), ("description", &self.description)] {
            let message = format!("the {key} is empty");
            refuse(
                value.trim().is_empty(),
                &[key],
                message,
                "say what it is and when it stands",
            );
        }
        refuse(
            self.version == 0,
            &["version"],
            "version 0 is none".to_string(),
            "begin with 1",
        );
        refuse(
            self.supports == Tier::Hard,
            &["supports"],
            "hard options are never armed by a formula".to_string(),
            "write soft or medium",
        );
        refuse(
            self.confirmations == 0,
            &["confirmations"],
            "a trigger that no reading confirms would always stand".to_string(),
            "write 1 where a single reading is enough",
        );
        refuse(
            self.window_days == 0,
            &["window_days"],
            "a warning that stands for 0 days is none".to_string(),
            "write for how many days it stands",
        );
        if let Some(event) = &self.event {
            refuse(
                !(event.at_least.is_finite() && event.at_least > 0.0),
                &["event", "at_least"],
                format!("an event that reaches {} is none", event.at_least),
                "write a number above 0",
            );
            refuse(
                event.within_months == 0,
                &["event", "within_months"],
                "an event within 0 months cannot come".to_string(),
                "write 1 or more",
            );
        }
        mistakes
    }
}

/// Where the value of a key stands, or what it would stand in.
fn place(table: &DeTable<'_>, path: &[&str]) -> Range<usize> {
    let mut span = 0..0;
    let mut table = Some(table);
    for key in path {
        let Some(value) = table.and_then(|table| table.get(*key)) else {
            break;
        };
        span = value.span();
        table = value.get_ref().as_table();
    }
    span
}
