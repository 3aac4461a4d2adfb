//! The arguments of `impact`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use lysoen_answers::impact::{FileQuestion, Question, Step};
use lysoen_impact::Method;
use lysoen_impact::policy::PolicyKind;
use lysoen_lexicon::period::Period;

use crate::failure::Failure;

/// Arguments of `impact`.
#[derive(Debug, Args)]
pub struct ImpactArgs {
    /// A policy of the catalog.
    #[arg(long, value_name = "ID", help_heading = "What is asked")]
    pub policy: Option<String>,
    /// A whole class of policies.
    #[arg(long, value_name = "ID", help_heading = "What is asked")]
    pub class: Option<String>,
    /// An action that the ladder's log records, by the record's number.
    #[arg(long, value_name = "N", help_heading = "What is asked")]
    pub record: Option<u64>,
    /// What was asked before, and what came of it.
    #[arg(long, help_heading = "What is asked")]
    pub runs: bool,
    /// What is counted: a measure by its id; with --data the column of the outcome.
    #[arg(long, value_name = "MEASURE|COL", help_heading = "What is asked")]
    pub outcome: Option<String>,
    /// The place under the policy, by code or name.
    #[arg(long, value_name = "PLACE", help_heading = "What is asked")]
    pub place: Option<String>,
    /// When the policy began: a year, a month or a day, such as 1999, 1999-03 or 1999-03-01; with --data the first period
    /// under it.
    #[arg(long, value_name = "DATE", help_heading = "What is asked")]
    pub from: Option<String>,
    /// The last period that is compared [default: the last that is known].
    #[arg(long, value_name = "DATE", help_heading = "What is asked")]
    pub until: Option<String>,
    /// The length of the periods [default: year].
    #[arg(long, value_enum, value_name = "PERIOD", help_heading = "What is asked")]
    pub by: Option<PeriodWord>,
    /// The policy was adopted because harm was high, as ceasefires, missions and embargoes are: it is then compared with
    /// other places at the same point of their own episodes.
    #[arg(long, help_heading = "What is asked")]
    pub because_of_harm: bool,
    /// What kind of policy it is: places under one of that kind are not compared with, and where such policies are adopted
    /// because harm is high, --because-of-harm goes without saying.
    #[arg(long, value_enum, value_name = "KIND", help_heading = "What is asked")]
    pub kind: Option<KindWord>,
    /// A table of your own with a row a unit and period.
    #[arg(long, value_name = "FILE", help_heading = "A table of your own")]
    pub data: Option<PathBuf>,
    /// The column that names the units.
    #[arg(long, value_name = "COL", help_heading = "A table of your own")]
    pub unit: Option<String>,
    /// The column of the periods.
    #[arg(long, value_name = "COL", help_heading = "A table of your own")]
    pub time: Option<String>,
    /// The unit under the policy.
    #[arg(long, value_name = "NAME", help_heading = "A table of your own")]
    pub treated: Option<String>,
    /// Columns that are matched beside the outcome by `--method sc-predictors` [default: every other column of numbers].
    #[arg(
        long,
        value_name = "COL,…",
        value_delimiter = ',',
        help_heading = "A table of your own"
    )]
    pub predictors: Vec<String>,
    /// The column with each unit's people, where the outcome is a rate per 100,000: the effect is then told in people.
    #[arg(long, value_name = "COL", help_heading = "A table of your own")]
    pub people: Option<String>,
    /// How the counterfactual is made [default: sc].
    #[arg(long, value_enum, value_name = "METHOD", help_heading = "How it is answered")]
    pub method: Option<MethodWord>,
    /// The places that it is compared with [default: all that can be].
    #[arg(
        long,
        value_name = "A,B,…",
        value_delimiter = ',',
        help_heading = "How it is answered"
    )]
    pub donors: Vec<String>,
    /// d: the largest effect that counts as none, as a share of what would have been. It must be stated before the effect
    /// is seen.
    #[arg(long, value_name = "SHARE", value_parser = share, help_heading = "How it is answered")]
    pub margin: Option<f64>,
    /// Ask the same of every place that it is compared with: how often is an effect found where there was no policy?
    #[arg(long, help_heading = "How it is answered")]
    pub calibrate: bool,
    /// Write a report into a folder: a page to read and to print, its charts, and the figures.
    #[arg(long, value_name = "FOLDER")]
    pub report: Option<PathBuf>,
    /// Keep what a licence does not let be passed on, for your own use.
    #[arg(long)]
    pub own_use: bool,
}

/// The length of the periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PeriodWord {
    /// Years.
    Year,
    /// Months.
    Month,
}

/// How the counterfactual is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MethodWord {
    /// Interrupted time series: the place's own trend.
    Its,
    /// Difference-in-differences: the place's change against that of the others.
    Did,
    /// Synthetic control: a weighted mean of others that went the same way before.
    Sc,
    /// Synthetic control that also matches predictors.
    ScPredictors,
    /// Synthetic control, corrected where it does not fit.
    RidgeSc,
    /// Synthetic control with an intercept.
    Difp,
    /// Synthetic difference-in-differences.
    Sdid,
}

/// What kind of policy it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KindWord {
    /// A treaty entered into force for the state.
    TreatyInForce,
    /// Soldiers, police or observers were sent under a mandate.
    PeaceOperation,
    /// Parties agreed, or declared, to stop fighting.
    Ceasefire,
    /// Parties agreed on what they had fought about.
    PeaceAgreement,
    /// States were forbidden to deliver arms.
    ArmsEmbargo,
    /// Aid to the place rose by a decision.
    AidSurge,
}

impl From<KindWord> for PolicyKind {
    fn from(word: KindWord) -> PolicyKind {
        match word {
            KindWord::TreatyInForce => PolicyKind::TreatyInForce,
            KindWord::PeaceOperation => PolicyKind::PeaceOperation,
            KindWord::Ceasefire => PolicyKind::Ceasefire,
            KindWord::PeaceAgreement => PolicyKind::PeaceAgreement,
            KindWord::ArmsEmbargo => PolicyKind::ArmsEmbargo,
            KindWord::AidSurge => PolicyKind::AidSurge,
        }
    }
}

impl From<MethodWord> for Method {
    fn from(word: MethodWord) -> Method {
        match word {
            MethodWord::Its => Method::Its,
            MethodWord::Did => Method::Did,
            MethodWord::Sc => Method::Synthetic,
            MethodWord::ScPredictors => Method::Predictors,
            MethodWord::RidgeSc => Method::Ridge,
            MethodWord::Difp => Method::Difp,
            MethodWord::Sdid => Method::Sdid,
        }
    }
}

/// What is asked.
#[derive(Debug)]
pub enum Asked {
    /// What can be asked.
    Nothing,
    /// What was asked before.
    Runs,
    /// A policy of the catalog.
    Policy(String),
    /// A class of them.
    Class(String),
    /// A record of the log, with what else is said of it.
    Record(u64),
    /// A question of facts.
    Facts(Question),
    /// A question of a table.
    Table(FileQuestion),
}

impl ImpactArgs {
    /// What is asked, where the arguments go together.
    pub fn asked(&self) -> Result<Asked, Failure> {
        let asked = self.which()?;
        let has_no_effect = matches!(asked, Asked::Nothing | Asked::Runs);
        if self.report.is_some() && has_no_effect {
            let what = "--report tells one answer; name what is asked, such as --policy ID or --class ID";
            return Err(Failure::Usage(what.to_string()));
        }
        if self.calibrate && !matches!(asked, Asked::Facts(_) | Asked::Record(_)) {
            let what = "--calibrate asks a question of facts of every place that it is compared with: it goes with --outcome, \
                        --place and --from, or with --record";
            return Err(Failure::Usage(what.to_string()));
        }
        if self.calibrate && self.report.is_some() {
            let what = "--calibrate has no report; ask for one of them, --calibrate or --report";
            return Err(Failure::Usage(what.to_string()));
        }
        Ok(asked)
    }

    fn which(&self) -> Result<Asked, Failure> {
        let alone = [
            ("--policy", self.policy.is_some()),
            ("--class", self.class.is_some()),
            ("--record", self.record.is_some()),
            ("--runs", self.runs),
            ("--data", self.data.is_some()),
        ];
        let named: Vec<&str> = alone
            .iter()
            .filter(|(_, given)| *given)
            .map(|(name, _)| *name)
            .collect();
        if let [one, other, ..] = named[..] {
            return Err(Failure::Usage(format!(
                "{one} and {other} are two questions; ask them one after the other"
            )));
        }
        if self.data.is_none() {
            self.refuse(
                "goes with a table of your own: name it with --data FILE",
                &self.of_a_table(),
            )?;
        }
        if let Some(id) = &self.policy {
            self.fixed("--policy")?;
            return Ok(Asked::Policy(id.clone()));
        }
        if let Some(id) = &self.class {
            self.fixed("--class")?;
            return Ok(Asked::Class(id.clone()));
        }
        if self.runs {
            self.fixed("--runs")?;
            return Ok(Asked::Runs);
        }
        if let Some(path) = &self.data {
            return self.of_table(path.clone()).map(Asked::Table);
        }
        if let Some(number) = self.record {
            let said = "the record says itself where; leave it out";
            self.refuse(said, &[("--place", self.place.is_some())])?;
            self.dates()?;
            return Ok(Asked::Record(number));
        }
        if self.says_nothing() {
            return Ok(Asked::Nothing);
        }
        self.of_facts().map(Asked::Facts)
    }

    /// A question of facts.
    fn of_facts(&self) -> Result<Question, Failure> {
        let need = |value: &Option<String>, name: &str, what: &str| {
            let lacking = || {
                Failure::Usage(format!(
                    "a question needs an outcome, a place and a date, and {name} is missing: {what}"
                ))
            };
            value
                .clone()
                .filter(|value| !value.trim().is_empty())
                .ok_or_else(lacking)
        };
        let outcome = need(
            &self.outcome,
            "--outcome",
            "what is counted, such as `--outcome killed`; `lysoen impact` lists what can be asked of",
        )?;
        let place = need(&self.place, "--place", "where, such as `--place Liberia`")?;
        let from = need(&self.from, "--from", "when the policy began, such as `--from 2003-08`")?;
        self.dates()?;
        let question = Question {
            outcome,
            place,
            from,
            ..Question::default()
        };
        Ok(self.changed(question))
    }

    /// A question with what else is said of it.
    pub fn changed(&self, mut question: Question) -> Question {
        let set = |of: &mut String, said: &Option<String>| {
            if let Some(said) = said {
                of.clone_from(said);
            }
        };
        set(&mut question.outcome, &self.outcome);
        set(&mut question.from, &self.from);
        if self.until.is_some() {
            question.until.clone_from(&self.until);
        }
        if let Some(by) = self.by {
            question.by = match by {
                PeriodWord::Year => Step::Year,
                PeriodWord::Month => Step::Month,
            };
        }
        if let Some(method) = self.method {
            question.method = Some(method.into());
        }
        if !self.donors.is_empty() {
            question.donors.clone_from(&self.donors);
        }
        question.margin = self.margin.or(question.margin);
        question.kind = self.kind.map(PolicyKind::from).or(question.kind);
        let of_kind = self.kind.is_some_and(|kind| PolicyKind::from(kind).because_of_harm());
        question.because_of_harm |= self.because_of_harm || of_kind;
        question
    }

    /// A question of a table.
    fn of_table(&self, path: PathBuf) -> Result<FileQuestion, Failure> {
        let said = "is of the facts of the observatory; leave it out with --data";
        let of_facts = [
            ("--place", self.place.is_some()),
            ("--by", self.by.is_some()),
            ("--kind", self.kind.is_some()),
        ];
        self.refuse(said, &of_facts)?;
        let need = |value: &Option<String>, name: &str, what: &str| {
            let lacking = || Failure::Usage(format!("--data needs {name}: {what}"));
            value
                .clone()
                .filter(|value| !value.trim().is_empty())
                .ok_or_else(lacking)
        };
        Ok(FileQuestion {
            path,
            unit: need(&self.unit, "--unit COL", "the column that names the units")?,
            time: need(&self.time, "--time COL", "the column of the periods")?,
            outcome: need(&self.outcome, "--outcome COL", "the column of what is counted")?,
            treated: need(
                &self.treated,
                "--treated NAME",
                "the unit under the policy, as its column has it",
            )?,
            from: need(
                &self.from,
                "--from T",
                "the first period under the policy, as its column has it",
            )?,
            until: self.until.clone(),
            method: self.method.map_or(Method::Synthetic, Method::from),
            donors: self.donors.clone(),
            predictors: self.predictors.clone(),
            people: self.people.clone(),
            margin: self.margin,
            because_of_harm: self.because_of_harm,
        })
    }

    /// Whether nothing of a question is said.
    fn says_nothing(&self) -> bool {
        !self.of_a_question().iter().any(|(_, given)| *given) && !self.calibrate
    }

    /// The options that make up a question, and whether they are given.
    fn of_a_question(&self) -> [(&'static str, bool); 10] {
        [
            ("--outcome", self.outcome.is_some()),
            ("--place", self.place.is_some()),
            ("--from", self.from.is_some()),
            ("--until", self.until.is_some()),
            ("--by", self.by.is_some()),
            ("--because-of-harm", self.because_of_harm),
            ("--kind", self.kind.is_some()),
            ("--method", self.method.is_some()),
            ("--donors", !self.donors.is_empty()),
            ("--margin", self.margin.is_some()),
        ]
    }

    /// The options that only a table of one's own has.
    fn of_a_table(&self) -> [(&'static str, bool); 5] {
        [
            ("--unit", self.unit.is_some()),
            ("--time", self.time.is_some()),
            ("--treated", self.treated.is_some()),
            ("--predictors", !self.predictors.is_empty()),
            ("--people", self.people.is_some()),
        ]
    }

    /// Refuses what would change a question that is fixed.
    fn fixed(&self, by: &str) -> Result<(), Failure> {
        let why = match by {
            "--runs" => "does not go with --runs, which lists what was asked before".to_string(),
            by => format!(
                "does not go with {by}: outcome, window and method are fixed in the catalog before the effect is seen; ask \
                 otherwise with --outcome, --place and --from"
            ),
        };
        self.refuse(&why, &self.of_a_question())
    }

    /// Refuses the first of some options that is given.
    fn refuse(&self, why: &str, options: &[(&str, bool)]) -> Result<(), Failure> {
        match options.iter().find(|(_, given)| *given) {
            Some((name, _)) => Err(Failure::Usage(format!("{name} {why}"))),
            None => Ok(()),
        }
    }

    /// Refuses what is no date, and an end that is before the beginning.
    fn dates(&self) -> Result<(), Failure> {
        let read = |name: &str, text: &Option<String>| match text {
            Some(text) if !is_date(text) => Err(Failure::Usage(format!(
                "{name} {text} is no date; write a year as 1999, a month as 1999-03 or a day as 1999-03-01"
            ))),
            _ => Ok(()),
        };
        read("--from", &self.from)?;
        read("--until", &self.until)?;
        match (&self.from, &self.until) {
            // Dates are read left to right, so that text of the same length is in the order of time.
            (Some(from), Some(until)) if until.trim() < &from.trim()[..until.trim().len().min(from.trim().len())] => {
                Err(Failure::Usage(format!(
                    "--until {until} lies before --from {from}, so that no period after the policy is left"
                )))
            }
            _ => Ok(()),
        }
    }
}

/// Whether a text is a year, a month or a day.
fn is_date(text: &str) -> bool {
    let text = text.trim();
    let period = matches!(text.parse::<Period>(), Ok(Period::Year(_) | Period::Month { .. }));
    period || crate::cli::day(text).is_ok()
}

/// A share between 0 and 1.
pub fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share < 1.0 => Ok(share),
        _ => Err(format!(
            "`{text}` is no share between 0 and 1; 0.2 says that an effect of less than a fifth counts as none"
        )),
    }
}
