//! Why a question has no answer.

use lysoen_facts::LakeError;

/// Why a question could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The lake could not be read.
    #[error(transparent)]
    Lake(#[from] LakeError),
    /// The catalog has a mistake.
    #[error(transparent)]
    Catalog(#[from] lysoen_sources::catalog::CatalogError),
    /// The observatory's own measures have a mistake.
    #[error("{file} has a mistake: {why}")]
    Series {
        /// The file.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// A worldview cannot be had.
    #[error("worldview {id}: {why}")]
    Worldview {
        /// Its id.
        id: String,
        /// What is wrong.
        why: String,
    },
    /// A node cannot have the weight that is asked for.
    #[error("{node} cannot have that weight: {why}")]
    Weight {
        /// The node.
        node: String,
        /// What is wrong.
        why: String,
    },
    /// A row of the table `mandates` says what this program does not understand.
    #[error("{file}, row {row}, statement {id} of {source_card}: {why}; a newer program may know it")]
    Statement {
        /// The statement's id.
        id: String,
        /// The source's card.
        source_card: String,
        /// The source's file.
        file: String,
        /// The row in it.
        row: u64,
        /// What is not understood, and what was expected.
        why: String,
    },
    /// What is kept of an answer could not be packed or read.
    #[error("{0}")]
    Kept(String),
    /// Nothing is in the lake yet.
    #[error(
        "no deaths in organised violence have been imported, so there is no latest year; import UCDP's data, or name a year with --period"
    )]
    NoPeriod,
    /// Something is in the lake, but nothing that had been said by the day.
    #[error(
        "no vintage here of deaths in organised violence had been published by {day}; --reconstruct cuts the oldest one to what was known then, or name a year with --period"
    )]
    NothingSaid {
        /// The day.
        day: jiff::civil::Date,
    },
    /// A day is asked for of which no vintage is as old.
    #[error(
        "no vintage of {source_card} here is as old as {day}{}; what was known then cannot be told. --reconstruct cuts the oldest one at that day less the source's publication lag, and says so", vintage.map_or_else(String::new, |vintage| format!(": the oldest is of {vintage}"))
    )]
    NoVintage {
        /// The day.
        day: jiff::civil::Date,
        /// The source's card.
        source_card: String,
        /// Its oldest vintage.
        vintage: Option<jiff::civil::Date>,
    },
    /// A day is asked for before all data.
    #[error("nothing of {source_card} could be known on {day}, not even by cutting a later vintage")]
    BeforeAll {
        /// The day.
        day: jiff::civil::Date,
        /// The source's card.
        source_card: String,
    },
    /// A file of the catalog has mistakes: a recipe, or one of the ladder or the agenda.
    #[error(transparent)]
    Mistaken(#[from] lysoen_lexicon::mistake::BrokenFile),
    /// An instrument that is asked for does not exist.
    #[error("there is no instrument {instrument}{}; `lysoen agenda` lists them", advice.as_ref().map_or_else(String::new, |advice| format!(": {advice}")))]
    NoInstrument {
        /// What was asked for.
        instrument: String,
        /// The nearest there is.
        advice: Option<String>,
    },
    /// A policy that is asked for does not exist.
    #[error("there is no policy {policy}{}; `lysoen impact` lists them", advice.as_ref().map_or_else(String::new, |advice| format!(": {advice}")))]
    NoPolicy {
        /// What was asked for.
        policy: String,
        /// The nearest there is.
        advice: Option<String>,
    },
    /// A class of policies that is asked for does not exist.
    #[error("there is no class {class}{}; `lysoen impact` lists them", advice.as_ref().map_or_else(String::new, |advice| format!(": {advice}")))]
    NoClass {
        /// What was asked for.
        class: String,
        /// The nearest there is.
        advice: Option<String>,
    },
    /// A question about a policy that cannot be understood.
    #[error("{0}")]
    Impact(String),
    /// An element that is asked for does not exist.
    #[error("there is no element {element}; the agenda has 1 to 10")]
    NoElement {
        /// What was asked for.
        element: u8,
    },
    /// A trigger that is asked for does not exist.
    #[error("there is no trigger {trigger}; there are {}", known.join(", "))]
    NoTrigger {
        /// What was asked for.
        trigger: String,
        /// The triggers that there are.
        known: Vec<String>,
    },
    /// A trigger has no record in the past.
    #[error("{trigger} cannot be held against the past: {why}")]
    NotCalibrated {
        /// The trigger.
        trigger: String,
        /// Why.
        why: String,
    },
    /// A record was refused.
    #[error(transparent)]
    Refused(#[from] lysoen_ladder::log::Refused),
    /// The log is not as it was written.
    #[error(transparent)]
    Broken(#[from] lysoen_ladder::log::Broken),
    /// The period has not begun.
    #[error("{period} has not begun: today is {today}")]
    NotYet {
        /// The period.
        period: String,
        /// Today.
        today: jiff::civil::Date,
    },
    /// A place that is asked for is not known.
    #[error("{0}")]
    Place(String),
    /// A measure that is asked for does not exist.
    #[error("there is no measure {measure}{}; `lysoen assess --format csv` lists them all", nearest.as_ref().map_or_else(String::new, |n| format!(", did you mean {n}?")))]
    Measure {
        /// What was asked for.
        measure: String,
        /// The nearest measure there is.
        nearest: Option<String>,
    },
    /// Nothing is known about the place in the period.
    #[error("nothing is known about {place} in {period}")]
    NoFigures {
        /// The place.
        place: String,
        /// The period.
        period: String,
    },
    /// No source lists areas of a level of a country.
    #[error("{0}")]
    NoAreas(String),
    /// No events of a country are known.
    #[error("no events of {source_card} in {place} are known{when}; {advice}")]
    NoEvents {
        /// The source's card.
        source_card: String,
        /// The country.
        place: String,
        /// When, where a span was named.
        when: String,
        /// What to do.
        advice: String,
    },
    /// A source that is asked for has no card.
    #[error("there is no source {0}; `lysoen sources` lists them all")]
    Source(String),
    /// A table could not be read.
    #[error(transparent)]
    Read(#[from] lysoen_sources::reader::ReadError),
    /// There is no series of deaths by month.
    #[error(transparent)]
    Panel(#[from] lysoen_measures::panels::PanelError),
    /// A window cannot be backtested.
    #[error(transparent)]
    Backtest(#[from] lysoen_forecasts::backtest::BacktestError),
    /// A model abstains.
    #[error(transparent)]
    Abstains(#[from] lysoen_forecasts::Abstention),
    /// A model that is asked for does not exist.
    #[error("there is no model {model}{}; there are {}", nearest.as_ref().map_or_else(String::new, |n| format!(", did you mean {n}?")), lysoen_forecasts::catalog::names().join(", "))]
    NoSuchModel {
        /// What was asked for.
        model: String,
        /// The nearest model there is.
        nearest: Option<String>,
    },
    /// Nothing is known before a window from which it could be forecast.
    #[error("there is no history for window {window}: nothing of {counted} is known up to {origin}, its origin{}", begins.map_or_else(String::new, |month| format!("; the history begins in {month}")))]
    NoHistory {
        /// The window.
        window: String,
        /// What is counted.
        counted: String,
        /// The window's origin.
        origin: lysoen_lexicon::panel::Month,
        /// The first month of which anything is known.
        begins: Option<lysoen_lexicon::panel::Month>,
    },
    /// Two models are not of the same unit-months.
    #[error(transparent)]
    Unpaired(#[from] lysoen_forecasts::paired::Unpaired),
    /// Forecasts made elsewhere have a name that cannot be theirs.
    #[error("forecasts made elsewhere cannot be named {name:?}: {why}")]
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// No forecasts made elsewhere are kept under a name.
    #[error("no forecasts made elsewhere are kept under the name {name}{}; {}; `lysoen forecast import` keeps a file of draws", nearest.as_ref().map_or_else(String::new, |n| format!(", did you mean {n}?")), if names.is_empty() { "there are none".to_string() } else { format!("there are {}", names.join(", ")) })]
    NoSuchForecast {
        /// What was asked for.
        name: String,
        /// The nearest there is.
        nearest: Option<String>,
        /// Those there are.
        names: Vec<String>,
    },
    /// An observatory at an address keeps no results.
    #[error("{location} is no folder, and only in a folder are results kept; name the file instead")]
    NoFolder {
        /// The observatory.
        location: String,
    },
    /// A file could not be written.
    #[error("{} could not be written: {source}", path.display())]
    File {
        /// The file.
        path: std::path::PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// There is no such recipe.
    #[error("there is no recipe {recipe}{}", advice.as_ref().map_or_else(|| format!("; there are {}", known.join(", ")), |a| format!(", {a}")))]
    NoSuchRecipe {
        /// What was asked for.
        recipe: String,
        /// Which may have been meant.
        advice: Option<String>,
        /// The recipes that there are.
        known: Vec<String>,
    },
    /// Inputs that a recipe needs are not in a table.
    #[error("{file} lacks {} of the recipe's inputs: {}", list.len(), list.iter().map(|l| l.told(kind)).collect::<Vec<_>>().join("; "))]
    InputsLacking {
        /// The file.
        file: String,
        /// What an input is there: a column or an indicator.
        kind: &'static str,
        /// The inputs.
        list: Vec<Lacking>,
    },
    /// No row of a table is about a unit.
    #[error("{file} has no row of which an index can be built{}", rows_told(list))]
    NoUnits {
        /// The file.
        file: String,
        /// What is wrong with its rows; nothing where there is none below the header.
        list: Vec<lysoen_sources::finding::Finding>,
    },
    /// A table is not what its kind should be.
    #[error("{}", list.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Table {
        /// What is wrong, by row and column.
        list: Vec<lysoen_sources::finding::Finding>,
    },
    /// Microdata do not suit their recipe.
    #[error("{file}: {why}")]
    Microdata {
        /// The file.
        file: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A file does not suit what is asked of it.
    #[error("{file}: {why}")]
    Unfit {
        /// The file.
        file: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// No row of a table has a unit, a month and a value.
    #[error("{file} has no row with a unit, a month and a value{}", rows_told(list))]
    NoSeries {
        /// The file.
        file: String,
        /// What is wrong with its rows; nothing where there is none below the header.
        list: Vec<lysoen_sources::finding::Finding>,
    },
    /// Draws and actuals are not about the same units and months.
    #[error("{why}{}", if list.is_empty() { String::new() } else { format!("\nof rows left out{}", rows_told(list)) })]
    Unmatched {
        /// What the one has and the other lacks, and what to do.
        why: String,
        /// What is wrong in the files, which may be why.
        list: Vec<lysoen_sources::finding::Finding>,
    },
    /// A period that is asked for is not in the inputs.
    #[error("the inputs have no {asked}; they have {}", if has.is_empty() { "no periods".to_string() } else { has.join(", ") })]
    NoSuchPeriod {
        /// What was asked for.
        asked: String,
        /// What there is.
        has: Vec<String>,
    },
    /// A unit that is asked for is not in the inputs.
    #[error("there is no unit {unit} in the inputs{}", nearest.as_ref().map_or_else(String::new, |n| format!(", did you mean {n}?")))]
    Unit {
        /// What was asked for.
        unit: String,
        /// The nearest there is.
        nearest: Option<String>,
    },
    /// Neither a recipe nor COINr's pair is named.
    #[error("name a recipe, or give its tree with --imeta")]
    NoRecipe,
    /// The facts have no inputs for the recipe.
    #[error(transparent)]
    Inputs(lysoen_measures::inputs::InputsError),
    /// Uncertainty or sensitivity could not be computed.
    #[error("{0}")]
    Vary(Box<lysoen_indices::vary::VaryError>),
    /// Exact sensitivity of a design that is not finite.
    #[error(
        "sensitivity is exact only where nothing but methods varies, in no more combinations than the random design has builds; here {why}; use `--sensitivity sobol`"
    )]
    NotExact {
        /// What is in the way.
        why: String,
    },
    /// The index cannot be built.
    #[error("{0}")]
    Build(Box<lysoen_indices::index::BuildError>),
}

/// So many rows that are wrong are told; the rest is counted.
const ROWS_TOLD: usize = 20;

/// What is wrong with a table's rows, one a line.
fn rows_told(list: &[lysoen_sources::finding::Finding]) -> String {
    if list.is_empty() {
        return ": below its header there is none".to_string();
    }
    let told: Vec<String> = list.iter().take(ROWS_TOLD).map(ToString::to_string).collect();
    let more = match list.len().saturating_sub(ROWS_TOLD) {
        0 => String::new(),
        more => format!("\n… and {more} more"),
    };
    format!(":\n{}{more}", told.join("\n"))
}

impl AnswerError {
    /// Whether what was given is wrong, rather than that nothing is known of what was asked.
    pub fn is_wrong_input(&self) -> bool {
        use AnswerError::{
            Backtest, BadName, Broken, Build, File, Impact, Inputs, InputsLacking, Microdata, NoFolder, NoHistory,
            NoSeries, NoUnits, NotCalibrated, NotExact, Refused, Statement, Table, Unfit, Unmatched, Unpaired, Vary,
        };
        use lysoen_measures::inputs::InputsError::{NoAreas, Nothing};
        !matches!(self, Inputs(NoAreas { .. } | Nothing { .. }))
            && matches!(
                self,
                InputsLacking { .. }
                    | NoUnits { .. }
                    | NoSeries { .. }
                    | Unfit { .. }
                    | Impact(_)
                    | Unmatched { .. }
                    | Table { .. }
                    | Backtest(_)
                    | Unpaired(_)
                    | NoHistory { .. }
                    | BadName { .. }
                    | NoFolder { .. }
                    | File { .. }
                    | Microdata { .. }
                    | Build(_)
                    | Vary(_)
                    | NotExact { .. }
                    | Inputs(_)
                    | Refused(_)
                    | Broken(_)
                    | NotCalibrated { .. }
                    | Statement { .. }
            )
    }
}

/// An input that a table lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// The name under which it was looked for.
    pub name: String,
    /// What it is, where its name does not tell.
    pub title: Option<String>,
    /// The nearest name that the table has.
    pub nearest: Option<String>,
}

impl Lacking {
    fn told(&self, kind: &str) -> String {
        let title = self.title.as_ref().map(|t| format!(" ({t})")).unwrap_or_default();
        let nearest = self
            .nearest
            .as_ref()
            .map(|n| format!(", the nearest {kind} is {n}"))
            .unwrap_or_default();
        format!("{}{title}{nearest}", self.name)
    }
}

impl From<lysoen_indices::index::BuildError> for AnswerError {
    fn from(error: lysoen_indices::index::BuildError) -> AnswerError {
        AnswerError::Build(Box::new(error))
    }
}

impl From<lysoen_indices::vary::VaryError> for AnswerError {
    fn from(error: lysoen_indices::vary::VaryError) -> AnswerError {
        AnswerError::Vary(Box::new(error))
    }
}

impl From<lysoen_measures::inputs::InputsError> for AnswerError {
    fn from(error: lysoen_measures::inputs::InputsError) -> AnswerError {
        match error {
            lysoen_measures::inputs::InputsError::Lake(lake) => AnswerError::Lake(lake),
            error => AnswerError::Inputs(error),
        }
    }
}
