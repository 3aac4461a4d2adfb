//! The arguments of `forecast`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Arguments of `forecast`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ForecastArgs {
    /// What else is done with forecasts.
    #[command(subcommand)]
    pub command: Option<ForecastCommand>,
    /// What is forecast from now on.
    #[command(flatten)]
    pub live: LiveArgs,
}

/// Arguments of `forecast` itself.
#[derive(Debug, Args)]
pub struct LiveArgs {
    /// The places that are told, by code or name; all where none. All are learnt from.
    #[arg(value_name = "PLACE")]
    pub place: Vec<String>,
    /// The series.
    #[command(flatten)]
    pub series: SeriesArgs,
    /// Months ahead.
    #[arg(long, value_name = "N", default_value_t = 36, value_parser = clap::value_parser!(u32).range(1..=120))]
    pub months: u32,
    /// The models that are told: names, or `all`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "pool")]
    pub models: Vec<String>,
    /// Where the random numbers begin: the same seed gives the same forecast.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Forecasts made elsewhere that are told beside: a name and a file of draws, or the name of one that is kept; may be given
    /// more than once.
    #[arg(long, value_name = "NAME[=FILE]", value_parser = beside)]
    pub beside: Vec<(String, Option<PathBuf>)>,
    /// How many places a table shows.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub top: usize,
    /// Write the draws of the first model to a file, in the layout of the VIEWS challenge; CSV or Parquet by its name.
    #[arg(long, value_name = "FILE")]
    pub draws: Option<PathBuf>,
    /// Draw history and forecast of one place into an SVG file.
    #[arg(long, value_name = "FILE")]
    pub fan: Option<PathBuf>,
    /// Keep nothing in the observatory.
    #[arg(long)]
    pub no_store: bool,
    /// Keep what a licence does not let be passed on, for your own use.
    #[arg(long)]
    pub own_use: bool,
}

/// Which series is forecast.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "The series")]
pub struct SeriesArgs {
    /// A table of units, months and values, in place of facts; the VIEWS challenge's files as they are.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["level", "within", "violence", "source", "spans"])]
    pub series: Option<PathBuf>,
    /// The table's column with the units, where its name does not tell.
    #[arg(long, value_name = "NAME", requires = "series")]
    pub unit_column: Option<String>,
    /// The table's column with the months, where its name does not tell.
    #[arg(long, value_name = "NAME", requires = "series")]
    pub month_column: Option<String>,
    /// The table's column that is forecast, where its name does not tell.
    #[arg(long, value_name = "NAME", requires = "series")]
    pub value_column: Option<String>,
    /// Columns of the table that stand beside it.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', requires = "series")]
    pub beside_columns: Vec<String>,
    /// What is forecast: countries, areas or cells.
    #[arg(long, value_enum, default_value = "country")]
    pub level: ForecastLevel,
    /// Only these countries; for areas, the one country that they are in.
    #[arg(long, value_name = "PLACES", value_delimiter = ',')]
    pub within: Vec<String>,
    /// Which deaths [default: state-based, or all where the source does not tell the types apart].
    #[arg(long, value_enum)]
    pub violence: Option<ViolenceKind>,
    /// The source, by its card [default: the first that tells enough months].
    #[arg(long, value_name = "ID")]
    pub source: Option<String>,
    /// The month of deaths that are dated only to a long span.
    #[arg(long, value_enum, default_value = "end-month")]
    pub spans: Spans,
}

/// What is forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ForecastLevel {
    /// Countries.
    Country,
    /// Areas of the first level of a country.
    Admin1,
    /// Areas of the second level.
    Admin2,
    /// Areas of the third level.
    Admin3,
    /// Cells of PRIO-GRID.
    Grid,
}

/// Deaths in which type of violence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ViolenceKind {
    /// Between governments, or a government and an organised group.
    StateBased,
    /// Between organised groups.
    NonState,
    /// Against civilians.
    OneSided,
    /// All of them.
    All,
}

/// Where deaths stand that are dated only to a span of months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Spans {
    /// In the month of the last day, as in UCDP's monthly sums and the VIEWS challenge.
    EndMonth,
    /// Spread over the months, by their days.
    Spread,
    /// Nowhere; they are counted.
    Drop,
}

/// What is done with forecasts.
#[derive(Debug, Subcommand)]
pub enum ForecastCommand {
    /// Score draws by what came, as the VIEWS prediction challenge does.
    ///
    /// The draws are anyone's, in the challenge's layout: a row to each `month_id`, `country_id` or `priogrid_gid`, and
    /// `draw`, with the `outcome`; a pandas index counts as columns. CSV or Parquet, packed or not, of any size. The actuals
    /// have a row to each unit and month. Of the actuals, the months from the draws' first to their last are scored. Where
    /// there are not 1,000 draws they are resampled to as many for IGN, and for IGN alone, as the challenge does.
    #[command(after_help = "\
Examples:
  lysoen forecast score --draws submission.parquet --actuals actuals.parquet
  lysoen forecast score --draws submission.parquet --actuals actuals.parquet --all --format csv
  lysoen forecast score --draws cm.csv.gz --actuals cm_ged_sb.csv --column ged_sb_final --common")]
    Score(ScoreArgs),
    /// Forecast windows of the past as they would have been forecast then, and judge that by what came.
    ///
    /// A window is a calendar year, forecast from what was known in October of the year before. Every model is set in relation
    /// to country12, the unit's own last twelve months; a model that abstains is told with its reason. The series is of the
    /// observatory's facts, each origin seeing only what had been said by then, or of a table of yours. Forecasts made elsewhere
    /// are judged beside on the same units and months.
    #[command(after_help = "\
Examples:
  lysoen forecast backtest --windows 2018..2022
  lysoen forecast backtest --windows 2018..2022 --report backtest
  lysoen forecast backtest --windows 2020..2023 --level admin1 --within MLI --models country12,pool
  lysoen forecast backtest --windows 2019 --series deaths.csv --value-column then --actuals-column now --format csv
  lysoen forecast backtest --windows 2018..2022 --beside tft=submission.parquet")]
    Backtest(Box<BacktestArgs>),
    /// Keep forecasts made elsewhere, to be shown and scored beside one's own.
    ///
    /// The file has the challenge's layout, as for `forecast score`. It is checked, and kept in the observatory's
    /// `results/forecasts/elsewhere/`; `forecast backtest --beside NAME` judges it. It is yours, and what may be done with it is
    /// for you to know.
    #[command(after_help = "\
Examples:
  lysoen forecast import submission.parquet --name tft
  lysoen forecast import draws.csv.gz --name ours --strict")]
    Import(ForecastImportArgs),
}

/// Arguments of `forecast backtest`.
#[derive(Debug, Args)]
pub struct BacktestArgs {
    /// The calendar years that are forecast: one, a span (2018..2022), or several with commas between.
    #[arg(long, value_name = "YEARS", value_parser = years, required = true)]
    pub windows: Years,
    /// The models, with commas between [default: all].
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub models: Vec<String>,
    /// Forecasts made elsewhere that are judged beside: a name and a file of draws, or the name of one that is kept; may be
    /// given more than once.
    #[arg(long, value_name = "NAME[=FILE]", value_parser = beside)]
    pub beside: Vec<(String, Option<PathBuf>)>,
    /// The series.
    #[command(flatten)]
    pub series: SeriesArgs,
    /// The table's column of values by which forecasts are judged, where it is another than --value-column.
    #[arg(long, value_name = "NAME", requires = "series", help_heading = "The series")]
    pub actuals_column: Option<String>,
    /// Write a report into a folder: a page with charts, the charts by themselves, and all scores.
    #[arg(long, value_name = "DIR")]
    pub report: Option<PathBuf>,
    /// Seed of all random numbers: the same seed gives the same bytes.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Write what rests on a source that may not be passed on also to files and in forms for machines; it is then for your
    /// own use.
    #[arg(long)]
    pub own_use: bool,
}

/// Arguments of `forecast import`.
#[derive(Debug, Args)]
pub struct ForecastImportArgs {
    /// The file of draws: `month_id`, `country_id` or `priogrid_gid`, `draw`, `outcome`.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The name under which it is kept; what had the name before is replaced.
    #[arg(long, value_name = "NAME")]
    pub name: String,
}

/// Calendar years in rising order, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Years(pub Vec<i16>);

/// Years as in `2018..2022` or `2018,2020`.
fn years(text: &str) -> Result<Years, String> {
    let year = |text: &str| match text.trim().parse() {
        Ok(year) if (1800..2200).contains(&year) => Ok(year),
        _ => Err(format!("{text:?} is no year; write 2019, 2018..2022, or 2018,2020")),
    };
    let mut years = Vec::new();
    for part in text.split(',') {
        match part.split_once("..") {
            None => years.push(year(part)?),
            Some((first, last)) => {
                let (first, last): (i16, i16) = (year(first)?, year(last.trim_start_matches('='))?);
                if first > last {
                    return Err(format!("{first} is after {last}; write the earlier one first"));
                }
                years.extend(first..=last);
            }
        }
    }
    years.sort_unstable();
    years.dedup();
    Ok(Years(years))
}

/// A name and a file, or a name.
fn beside(text: &str) -> Result<(String, Option<PathBuf>), String> {
    let (name, file) = match text.split_once('=') {
        Some((name, file)) => (name, Some(file)),
        None => (text, None),
    };
    if name.is_empty() || file == Some("") {
        return Err(
            "write a name and a file, such as tft=submission.parquet, or the name of one that is kept".to_string(),
        );
    }
    Ok((name.to_string(), file.map(PathBuf::from)))
}

/// Arguments of `forecast score`.
#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// The draws.
    #[arg(long, value_name = "FILE")]
    pub draws: PathBuf,
    /// What came.
    #[arg(long, value_name = "FILE")]
    pub actuals: PathBuf,
    /// The column of the actuals that is scored by, where more than one can be it.
    #[arg(long, value_name = "NAME")]
    pub column: Option<String>,
    /// Score the units and months that both files have, and say what was left out.
    #[arg(long)]
    pub common: bool,
    /// More than CRPS, IGN and MIS: CRPS of log(1 + deaths), capped scores, Brier scores and coverage. A table always has them.
    #[arg(long)]
    pub all: bool,
    /// Number of threads [default: as many as the machine has].
    #[arg(long, value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
}
