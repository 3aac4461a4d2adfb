//! An instrument of the agenda as data: what it is, when it binds, what its parties owe and by when.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::wait::Wait;

/// A treaty, a protocol, or a programme to which states have agreed without being bound.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Its short id, such as `apmbc`; also the name of its file.
    pub id: String,
    /// The full title.
    pub title: String,
    /// The name by which it is known.
    pub short: String,
    /// The elements of the agenda that it serves, 1 to 10.
    pub elements: Vec<u8>,
    /// What binds.
    pub kind: InstrumentKind,
    /// Its numbers in sources, such as `26-5` for chapter XXVI, number 5 of the UN Treaty Collection.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// When it was adopted.
    #[schemars(with = "String")]
    pub adopted: Date,
    /// Where it was adopted.
    #[serde(default)]
    pub adopted_at: Option<String>,
    /// When it entered into force, as published; without it the day follows from `entry` and the depositary's list.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub entered_into_force: Option<Date>,
    /// Who keeps the list of its parties.
    #[serde(default)]
    pub depositary: Option<String>,
    /// Where it is registered, such as `UNTS 2056, p. 211`.
    #[serde(default)]
    pub registration: Option<String>,
    /// Where it can be read.
    #[serde(default)]
    pub url: Option<String>,
    /// The instrument that it belongs to, by id.
    #[serde(default)]
    pub protocol_to: Option<String>,
    /// When it enters into force; needed by a treaty or protocol.
    #[serde(default)]
    pub entry: Option<Entry>,
    /// The article by which it can be applied before it is in force.
    #[serde(default)]
    pub provisional: Option<String>,
    /// How one leaves it.
    #[serde(default)]
    pub withdrawal: Option<Withdrawal>,
    /// That no article provides for leaving it. Without this and without `withdrawal` it is not known here.
    #[serde(default)]
    pub no_withdrawal: bool,
    /// What its parties owe again and again, or once.
    #[serde(default)]
    pub duty: Vec<Duty>,
    /// By when something must be destroyed, cleared or done.
    #[serde(default)]
    pub deadline: Vec<Deadline>,
    /// Meetings and reviews.
    #[serde(default)]
    pub meeting: Vec<Meeting>,
    /// What was read of it.
    pub read: Vec<Reading>,
    /// What a reader must know.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// What binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InstrumentKind {
    /// A treaty: whoever joins is bound.
    Treaty,
    /// A protocol or an amendment to a treaty; whoever joins is bound.
    Protocol,
    /// A decision of the United Nations that asks of every member and binds none by treaty.
    Political,
    /// A declaration that states endorse one by one, and that binds none by treaty.
    Declaration,
}

/// When an instrument enters into force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The article for the instrument itself, such as `17(1)`.
    pub article: String,
    /// How many consents it takes.
    pub consents: u16,
    /// How long after the consent that makes up the number.
    pub original: Wait,
    /// The article for who joins later, such as `17(2)`.
    pub later_article: String,
    /// How long after its own consent for who joins later.
    pub later: Wait,
    /// The day from which a consent counts, where that is not the deposit: ILO conventions count from registration.
    #[serde(default)]
    pub counted_from: Option<String>,
}

/// How one leaves an instrument.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// The article, such as `20(3)`.
    pub article: String,
    /// How long after the notice is received it takes effect.
    pub wait: Wait,
    /// The article by which it takes no effect before the end of an armed conflict in which the state is engaged when that
    /// time is up.
    #[serde(default)]
    pub armed_conflict: Option<String>,
}

/// Something that a party owes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Its id: the instrument and the article, such as `apmbc.7.2`.
    pub id: String,
    /// What is owed.
    pub title: String,
    /// The article, such as `7(2)`; for a political instrument the paragraph.
    pub article: String,
    /// When it is due.
    pub due: Due,
    /// Whether it is asked and not owed.
    #[serde(default)]
    pub voluntary: bool,
    /// From how many days before it is told as due soon.
    #[serde(default = "soon")]
    pub soon_days: u16,
    /// Who keeps the register of what was received.
    #[serde(default)]
    pub register: Option<String>,
    /// What a reader must know.
    #[serde(default)]
    pub notes: Vec<String>,
}

fn soon() -> u16 {
    90
}

/// When a duty is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Due {
    /// Once, so long after the entry into force for the party.
    AfterEntry {
        /// How long.
        wait: Wait,
    },
    /// Every year on a day, for the calendar year before.
    Yearly {
        /// The month and day, such as `04-30`.
        on: MonthDay,
        /// The duty (by id) that is due first: the first day is the one that follows its due day. Without it, the first year
        /// that is covered is the first whole calendar year for which the party was bound.
        #[serde(default)]
        after: Option<String>,
    },
    /// Again and again, counted from the due day of another duty; a day that was set by a decision takes the place of the
    /// computed one, and the next ones count from it.
    Every {
        /// How long.
        wait: Wait,
        /// The duty that is due first.
        after: String,
    },
    /// Together with a duty of another instrument, for who owes that one too; for others again and again.
    With {
        /// The other duty, by id.
        duty: String,
        /// The duty that is due first.
        after: String,
        /// How often for a party that does not owe the other one.
        #[serde(default)]
        otherwise: Option<Wait>,
    },
    /// On days that are the same for everybody.
    Dates {
        /// The days.
        on: Vec<DueDate>,
    },
    /// On a day that somebody sets for each party; there is none until it is imported.
    Set {
        /// Who sets it.
        by: String,
    },
}

/// A day that is the same for everybody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DueDate {
    /// The day.
    #[schemars(with = "String")]
    pub date: Date,
    /// What it covers, such as `2024-2025`.
    #[serde(default)]
    pub covers: Option<String>,
    /// Who says so.
    pub source: String,
}

/// A month and a day of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// The day in words: `30 April`.
    pub fn told(self) -> String {
        self.in_year(2024)
            .map_or_else(|| String::from(self), |day| day.strftime("%-d %B").to_string())
    }

    /// The day in a year; the last of the month where the year has no such day.
    pub fn in_year(self, year: i16) -> Option<Date> {
        let first = Date::new(year, self.month, 1).ok()?;
        Date::new(year, self.month, self.day.min(first.days_in_month())).ok()
    }
}

impl TryFrom<String> for MonthDay {
    type Error = String;

    fn try_from(text: String) -> Result<MonthDay, String> {
        let parts = text
            .split_once('-')
            .filter(|(month, day)| month.len() == 2 && day.len() == 2);
        let numbers = parts.and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        match numbers {
            // A leap year has every day that there is.
            Some((month, day)) if Date::new(2024, month, day).is_ok() => Ok(MonthDay { month, day }),
            _ => Err(format!(
                "`{text}` is no day of a year; write month and day, such as `04-30`"
            )),
        }
    }
}

impl From<MonthDay> for String {
    fn from(day: MonthDay) -> String {
        format!("{:02}-{:02}", day.month, day.day)
    }
}

/// By when something must be destroyed, cleared or done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Its id: the instrument and the article, such as `apmbc.5`.
    pub id: String,
    /// What must be done.
    pub title: String,
    /// The article.
    pub article: String,
    /// How long after the entry into force for the party.
    pub wait: Wait,
    /// The article by which it can be extended.
    #[serde(default)]
    pub extension: Option<String>,
    /// The longest single extension.
    #[serde(default)]
    pub at_most: Option<Wait>,
    /// Months before it at which it is warned of.
    #[serde(default)]
    pub warn_months: Vec<u16>,
    /// Whom it concerns, in words: it holds for a party only once it is recorded that it applies.
    pub concerns: String,
    /// What a reader must know.
    #[serde(default)]
    pub notes: Vec<String>,
}

/// A meeting or a review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// What it is.
    pub title: String,
    /// The first day, where it is set.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub date: Option<Date>,
    /// The last day.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub until: Option<Date>,
    /// The year, where no day is set yet.
    #[serde(default)]
    pub year: Option<i16>,
    /// Who says so.
    pub source: String,
}

/// What was read of an instrument, and by what its rules are so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The text and where it stands.
    pub text: String,
    /// The articles that it is the source of.
    #[serde(default)]
    pub articles: Vec<String>,
    /// The day on which it was read; none where it is from general knowledge.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub checked: Option<Date>,
}
