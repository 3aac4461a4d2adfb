//! Frameworks agreed beforehand: a trigger, options, money that is pre-arranged, and who confirms. `catalog/ladder/frameworks/`
//! of an observatory.

use jiff::civil::Date;
use lysoen_lexicon::place::PlaceId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::statement::{Answer, Kind, Statement};

/// A framework, a file each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its id: the file's name.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// The countries for which it was agreed, by ISO 3166-1 alpha-3.
    pub places: Vec<String>,
    /// The trigger that arms it, by its id.
    pub trigger: String,
    /// The options that were agreed, by their ids. A hard option is never among them.
    pub options: Vec<String>,
    /// The money.
    pub finance: Finance,
    /// The role that confirms an activation, by its id.
    pub confirmed_by: String,
    /// The first day on which it is in force.
    #[schemars(with = "String")]
    pub from: Date,
    /// The last day on which it is in force.
    #[schemars(with = "String")]
    pub until: Date,
    /// The document in which it was agreed.
    pub document: String,
}

/// Money that is arranged beforehand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finance {
    /// Where it comes from.
    pub source: String,
    /// How much; for the parts that follow together.
    pub amount: f64,
    /// In which currency: ISO 4217.
    pub currency: String,
    /// For stocks set up once.
    #[serde(default)]
    pub pre_positioning: Option<f64>,
    /// For being ready, a year.
    #[serde(default)]
    pub readiness: Option<f64>,
    /// For acting between trigger and impact.
    #[serde(default)]
    pub early_action: Option<f64>,
}

/// How a framework stands at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "is", content = "since")]
pub enum Standing {
    /// It is not yet in force.
    NotYet(Date),
    /// It is in force, and its trigger does not stand.
    InForce,
    /// Whether its trigger stands is not known.
    NotAssessed,
    /// Its trigger stands, and whoever confirms has not yet.
    ArmedAwaitingConfirmation,
    /// An activation was confirmed.
    Activated(Date),
    /// It is no longer in force.
    Expired(Date),
}

impl Standing {
    /// In words.
    pub fn told(&self) -> String {
        match self {
            Standing::NotYet(from) => format!("in force from {from}"),
            Standing::InForce => "in force; its trigger does not stand".to_string(),
            Standing::NotAssessed => "in force; whether its trigger stands is not known".to_string(),
            Standing::ArmedAwaitingConfirmation => "armed, awaiting confirmation".to_string(),
            Standing::Activated(since) => format!("activated on {since}"),
            Standing::Expired(until) => format!("expired on {until}"),
        }
    }
}

impl Framework {
    /// How it stands on a day. `stands` is whether its trigger stands at the place, none where that is not known; `confirmed`
    /// the day of the newest taken decision of the role that confirms on one of its options there.
    pub fn standing(&self, today: Date, stands: Option<bool>, confirmed: Option<Date>) -> Standing {
        if today > self.until {
            return Standing::Expired(self.until);
        }
        if today < self.from {
            return Standing::NotYet(self.from);
        }
        if let Some(since) = confirmed.filter(|day| *day >= self.from && *day <= today) {
            return Standing::Activated(since);
        }
        match stands {
            Some(true) => Standing::ArmedAwaitingConfirmation,
            Some(false) => Standing::InForce,
            None => Standing::NotAssessed,
        }
    }

    /// The statement that options agreed beforehand rest on.
    pub fn statement(&self, place: &PlaceId) -> Option<Statement> {
        self.places.iter().any(|of| of == place.as_str()).then(|| Statement {
            id: format!("framework {}", self.id),
            place: place.clone(),
            kind: Kind::Framework,
            subject: self.options.join(" "),
            answer: Answer::InForce,
            by: None,
            from: self.from,
            until: Some(self.until),
            independent_sources: None,
            reviewed_by: None,
            document: Some(self.document.clone()),
            verified: true,
            note: None,
            source: "observatory".to_string(),
            as_of: self.from,
        })
    }

    /// What contradicts itself in it, in sentences. `hard` tells whether an option is hard, none where there is none such.
    pub fn problems(&self, triggers: &[&str], hard: &dyn Fn(&str) -> Option<bool>) -> Vec<String> {
        let mut problems = Vec::new();
        if !triggers.contains(&self.trigger.as_str()) {
            problems.push(format!(
                "there is no trigger {}; there are {}",
                self.trigger,
                triggers.join(", ")
            ));
        }
        if self.options.is_empty() {
            problems.push("it names no option".to_string());
        }
        for option in &self.options {
            match hard(option) {
                None => problems.push(format!("there is no option {option}")),
                Some(true) => problems.push(format!(
                    "{option} is hard, and hard options are never agreed beforehand"
                )),
                Some(false) => {}
            }
        }
        if self.until < self.from {
            problems.push(format!("it ends on {}, before it begins on {}", self.until, self.from));
        }
        if self.places.is_empty() {
            problems.push("it names no country".to_string());
        }
        for place in self.places.iter().filter(|place| place.parse::<PlaceId>().is_err()) {
            problems.push(format!(
                "{place} is no country code; write three capital letters such as MOZ"
            ));
        }
        let parts = [
            self.finance.pre_positioning,
            self.finance.readiness,
            self.finance.early_action,
        ];
        let sum: f64 = parts.iter().flatten().sum();
        if !(self.finance.amount.is_finite() && self.finance.amount > 0.0) {
            problems.push("the amount is no sum of money".to_string());
        } else if parts.iter().any(Option::is_some) && (sum - self.finance.amount).abs() > 0.01 * self.finance.amount {
            problems.push(format!("its parts add up to {sum} and not to {}", self.finance.amount));
        }
        problems
    }
}
