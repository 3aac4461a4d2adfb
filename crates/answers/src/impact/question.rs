//! What is asked: of whom, of what, from when; and how a day becomes periods before and after.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use jiff::civil::Date;
use lysoen_impact::Method;
use lysoen_impact::policy::PolicyKind;
use lysoen_lexicon::panel::Month;
use lysoen_lexicon::period::Period;

use crate::error::AnswerError;

/// The length of the periods that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Years.
    Year,
    /// Months.
    Month,
}

impl Step {
    /// Its name on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Step::Year => "year",
            Step::Month => "month",
        }
    }

    /// Months in a period.
    pub fn months(self) -> u32 {
        match self {
            Step::Year => 12,
            Step::Month => 1,
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Step {
    type Err = String;

    fn from_str(text: &str) -> Result<Step, String> {
        match text {
            "year" => Ok(Step::Year),
            "month" => Ok(Step::Month),
            other => Err(format!("`{other}` is no length of a period; write `year` or `month`")),
        }
    }
}

/// A question of facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The measure.
    pub outcome: String,
    /// The place, as it is typed.
    pub place: String,
    /// When the policy began: `1999`, `1999-03` or `1999-03-01`.
    pub from: String,
    /// The last period that is compared; the last that is known where none.
    pub until: Option<String>,
    /// The length of the periods.
    pub by: Step,
    /// How the counterfactual is made; none for the one that suits the question.
    pub method: Option<Method>,
    /// The places that it is compared with, as they are typed; all that can be where empty.
    pub donors: Vec<String>,
    /// d, the largest effect that counts as none, as a share of the counterfactual; stated beforehand.
    pub margin: Option<f64>,
    /// Whether the policy was adopted because harm was high.
    pub because_of_harm: bool,
    /// What kind of policy it is, so that places under a similar one are not compared with.
    pub kind: Option<PolicyKind>,
}

impl Default for Question {
    fn default() -> Question {
        Question {
            outcome: String::new(),
            place: String::new(),
            from: String::new(),
            until: None,
            by: Step::Year,
            method: None,
            donors: Vec::new(),
            margin: None,
            because_of_harm: false,
            kind: None,
        }
    }
}

/// A question of any table with a row a unit and period.
#[derive(Clone, Debug, PartialEq)]
pub struct FileQuestion {
    /// The table.
    pub path: PathBuf,
    /// The column that tells units apart.
    pub unit: String,
    /// The column with the period.
    pub time: String,
    /// The column with the outcome.
    pub outcome: String,
    /// The unit under the policy.
    pub treated: String,
    /// The first period under it.
    pub from: String,
    /// The last period that is compared; the last of the table where none.
    pub until: Option<String>,
    /// How the counterfactual is made.
    pub method: Method,
    /// The units that it is compared with; all others where empty.
    pub donors: Vec<String>,
    /// The columns that are matched beside the outcome by a method that does; every other column of numbers where empty.
    pub predictors: Vec<String>,
    /// The column with the people of each unit, where the outcome is a rate per 100,000.
    pub people: Option<String>,
    /// d, the largest effect that counts as none, as a share of the counterfactual; stated beforehand.
    pub margin: Option<f64>,
    /// Whether the policy was adopted because harm was high.
    pub because_of_harm: bool,
}

/// The months from and to which a policy is compared, read off what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Began {
    /// The month in which it began.
    month: Month,
    /// Whether it began with that month.
    with_it: bool,
    /// Whether a year was typed, which begins with its January.
    whole_year: bool,
    /// Whether a day was typed.
    a_day: bool,
}

impl Began {
    /// The day as it was typed: a year, a month or a day.
    pub(super) fn parse(text: &str) -> Result<Began, AnswerError> {
        let text = text.trim();
        if let Ok(day) = text.parse::<Date>() {
            return Ok(Began::on(day));
        }
        match text.parse::<Period>() {
            Ok(period @ (Period::Year(_) | Period::Month { .. } | Period::Quarter { .. })) => Ok(Began {
                month: Month::first_of(period),
                with_it: true,
                whole_year: matches!(period, Period::Year(_)),
                a_day: false,
            }),
            Err(_) => Err(AnswerError::Impact(format!(
                "`{text}` is no date; write a year as 1999, a month as 1999-03 or a day as 1999-03-21"
            ))),
        }
    }

    /// A day.
    pub(super) fn on(day: Date) -> Began {
        Began {
            month: Month::of(day.year(), day.month() as u8),
            with_it: day.day() == 1,
            whole_year: false,
            a_day: true,
        }
    }

    /// The word before it in a sentence: in 1999, in 1999-03, on 1999-03-21.
    pub(super) fn preposition(self) -> &'static str {
        if self.a_day { "on" } else { "in" }
    }

    /// The number of the first period after, and of the one that is set aside because the policy began within it. Periods are
    /// numbered as years, or as months from January 1980.
    pub(super) fn first_after(self, by: Step) -> (i32, Option<i32>) {
        match by {
            Step::Month if self.with_it => (self.month.0, None),
            Step::Month => (self.month.0 + 1, Some(self.month.0)),
            Step::Year if self.whole_year || (self.with_it && self.month.month() == 1) => (self.month.year(), None),
            Step::Year => (self.month.year() + 1, Some(self.month.year())),
        }
    }

    /// The number of the period that it lies in.
    pub(super) fn period(self, by: Step) -> i32 {
        match by {
            Step::Month => self.month.0,
            Step::Year => self.month.year(),
        }
    }
}

/// The last period of what was typed as an end: of a year by months its December.
pub(super) fn last_period(text: &str, by: Step) -> Result<i32, AnswerError> {
    let end = Began::parse(text)?;
    Ok(match by {
        Step::Month if end.whole_year => end.month.0 + 11,
        _ => end.period(by),
    })
}

/// The label of a period by its number.
pub(super) fn label(period: i32, by: Step) -> String {
    match by {
        Step::Year => period.to_string(),
        Step::Month => Month(period).to_string(),
    }
}
