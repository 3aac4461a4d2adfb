//! Names and units: what an expression may speak of, and what is wrong with one.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use super::expression::Over;

/// What is wrong with an expression or with a trigger's file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Mistake {
    /// What was found and what was expected.
    pub message: String,
    /// Where it stands in the text, in bytes.
    pub span: Range<usize>,
    /// What to do.
    pub advice: Option<String>,
}

impl Mistake {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Mistake {
        let message = message.into();
        Mistake {
            message,
            span,
            advice: None,
        }
    }

    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Mistake {
        self.advice = Some(advice.into());
        self
    }
}

/// What a quantity is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// People.
    People,
    /// A share, of people or of something else; its readings are 0 to 1.
    Share,
    /// Per 100,000 people.
    PerHundredThousand,
    /// Incidents.
    Incidents,
    /// Points of an index.
    Index,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::People => "people",
            Unit::Share => "%",
            Unit::PerHundredThousand => "per 100,000",
            Unit::Incidents => "incidents",
            Unit::Index => "points",
        })
    }
}

/// Something of which an expression may speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Its name in expressions.
    pub name: String,
    /// What it is counted in.
    pub unit: Unit,
    /// Whether there are forecasts of it, so that `P(…)` is allowed.
    pub forecast: bool,
    /// Whether it can be summed over a window, so that `in last …` is allowed.
    pub windows: bool,
    /// What it is in words, as it stands in a sentence: `people killed`, `incidents`, `acute food insecurity`.
    pub title: String,
}

/// The quantities by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary(BTreeMap<String, Quantity>);

impl Vocabulary {
    /// The vocabulary of these quantities; of two with one name the later counts.
    pub fn of(quantities: impl IntoIterator<Item = Quantity>) -> Vocabulary {
        Vocabulary(quantities.into_iter().map(|q| (q.name.clone(), q)).collect())
    }

    /// A quantity by its name.
    pub fn get(&self, name: &str) -> Option<&Quantity> {
        self.0.get(name)
    }

    /// All quantities, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = &Quantity> {
        self.0.values()
    }

    /// The quantity of this name, which stands at `span`.
    pub(crate) fn find(&self, name: &str, span: Range<usize>) -> Result<&Quantity, Mistake> {
        self.get(name).ok_or_else(|| {
            let mistake = Mistake::new(span, format!("there is no measure `{}`", short(name)));
            match self.nearest(name) {
                Some(near) => mistake.advice(format!("did you mean `{near}`?")),
                None => mistake.advice(format!("the measures are {}", listed(self.iter()))),
            }
        })
    }

    /// The quantity of this name if it is forecast.
    pub(crate) fn forecast(&self, name: &str, span: Range<usize>) -> Result<&Quantity, Mistake> {
        let quantity = self.find(name, span.clone())?;
        if quantity.forecast {
            return Ok(quantity);
        }
        let mistake = Mistake::new(
            span,
            format!("`{name}` is not forecast, so that no chance of it is known"),
        );
        Err(match listed(self.iter().filter(|q| q.forecast)) {
            none if none.is_empty() => mistake,
            forecast => mistake.advice(format!("forecasts are of {forecast}")),
        })
    }

    fn nearest(&self, unknown: &str) -> Option<&str> {
        let letters = unknown.chars().count();
        if letters > 64 {
            return None;
        }
        let far = |name: &str| strsim::damerau_levenshtein(&unknown.to_lowercase(), &name.to_lowercase());
        let near = self.0.keys().map(|name| (far(name), name.as_str()));
        let near = near.filter(|(far, _)| *far <= 2.max(letters / 3)).min();
        near.map(|(_, name)| name)
    }
}

fn listed<'q>(quantities: impl Iterator<Item = &'q Quantity>) -> String {
    let names: Vec<String> = quantities.map(|q| format!("`{}`", q.name)).collect();
    names.join(", ")
}

/// The beginning of a text that may be long.
pub(crate) fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}

/// A number as it is written, with its unit.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) number: f64,
    /// The unit; none where none is written.
    pub(crate) unit: Option<Unit>,
    /// Number and unit.
    pub(crate) span: Range<usize>,
    /// The two as they are written.
    pub(crate) text: String,
}

impl Written {
    /// The number in a quantity's unit.
    pub(crate) fn of(&self, quantity: &Quantity) -> Result<f64, Mistake> {
        let name = &quantity.name;
        if let Some(unit) = self.unit.filter(|unit| *unit != quantity.unit) {
            let counted = match quantity.unit {
                Unit::People => "is counted in people",
                Unit::Share => "is a share",
                Unit::PerHundredThousand => "is told per 100,000 people",
                Unit::Incidents => "is counted in incidents",
                Unit::Index => "is told in points of an index",
            };
            let written = match unit {
                Unit::People => "is a number of people",
                Unit::Share => "is a share",
                Unit::PerHundredThousand => "is a rate",
                Unit::Incidents => "is a number of incidents",
                Unit::Index => "are points of an index",
            };
            let mistake = self.wrong(format!("`{name}` {counted}, and `{}` {written}", self.text));
            let number = if unit == Unit::Share {
                self.number * 100.0
            } else {
                self.number
            };
            return Err(mistake.advice(match quantity.unit {
                Unit::Share => "write a share, such as 20 %".to_string(),
                unit => format!("write {number} {unit}, if that is meant"),
            }));
        }
        if quantity.unit == Unit::Share && !(0.0..=1.0).contains(&self.number) {
            let mistake = self.wrong(format!("a share is between 0 and 1, and `{}` is not", self.text));
            return Err(Mistake {
                advice: self.in_percent(),
                ..mistake
            });
        }
        if self.number < 0.0 && quantity.unit != Unit::Index {
            return Err(self.wrong(format!("`{name}` is never negative, and `{}` is", self.text)));
        }
        Ok(self.number)
    }

    /// The number as the chance of a quantity.
    pub(crate) fn chance(&self, quantity: &Quantity) -> Result<f64, Mistake> {
        let share = self.unit.is_none_or(|unit| unit == Unit::Share);
        if share && (0.0..=1.0).contains(&self.number) {
            return Ok(self.number);
        }
        let inside = format!("what `{}` is to reach stands inside P(…)", quantity.name);
        let advice = self
            .in_percent()
            .map_or(inside.clone(), |percent| format!("{percent}; {inside}"));
        Err(self
            .wrong(format!("a chance is between 0 and 1, and `{}` is not", self.text))
            .advice(advice))
    }

    /// The number as a relative change.
    pub(crate) fn change(&self) -> Result<f64, Mistake> {
        if self.unit == Some(Unit::Share) {
            return Ok(self.number);
        }
        let mistake = self.wrong(format!("a change is told in per cent, and `{}` is not", self.text));
        Err(mistake.advice("write 50 % for half as much again"))
    }

    fn wrong(&self, message: String) -> Mistake {
        Mistake::new(self.span.clone(), message)
    }

    /// Advice for a number above 1 that may have been meant in per cent.
    fn in_percent(&self) -> Option<String> {
        let meant = self.unit.is_none() && (0.0..=100.0).contains(&self.number);
        meant.then(|| format!("write {} %, if that is meant", self.number))
    }
}

/// Whether a quantity can be summed over a window that stands at `span`.
pub(crate) fn summed(quantity: &Quantity, over: Over, span: Range<usize>) -> Result<(), Mistake> {
    if quantity.windows || over == Over::Latest {
        return Ok(());
    }
    let name = &quantity.name;
    let mistake = Mistake::new(span, format!("`{name}` cannot be summed over a window"));
    Err(mistake.advice(format!("leave the window out: `{name}` alone is its latest value")))
}

/// A number from its digits: a point before decimals, commas or low lines between thousands.
pub(crate) fn number(text: &str, span: Range<usize>, percent: bool) -> Result<f64, Mistake> {
    let (whole, decimals) = text
        .split_once('.')
        .map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<&str> = whole.split([',', '_']).collect();
    let grouped = groups.len() == 1
        || groups[0].len() <= 3 && !groups[0].starts_with('0') && groups[1..].iter().all(|group| group.len() == 3);
    if !grouped || decimals.is_some_and(|rest| rest.contains([',', '_', '.'])) {
        let mistake = Mistake::new(span, format!("`{}` is no number", short(text)));
        return Err(mistake.advice("write 0.3, 25 or 100,000: a point before decimals, commas between thousands only"));
    }
    let digits = text.replace([',', '_'], "") + if percent { "e-2" } else { "" };
    match digits.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err(Mistake::new(span, format!("`{}` is too large a number", short(text)))),
    }
}
