//! The arguments. `--help`, the man pages and the shells' completions are made from here.

mod agenda;
mod forecast;
mod impact;
mod ladder;
mod parse;

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use lysoen_lexicon::period::Period;
use lysoen_measures::communities::{Level, Span};

use crate::output::{Format, Target};

pub use agenda::AgendaArgs;
pub use forecast::{
    BacktestArgs, ForecastArgs, ForecastCommand, ForecastImportArgs, ForecastLevel, LiveArgs, ScoreArgs, SeriesArgs,
    Spans, ViolenceKind, Years,
};
pub use impact::{Asked, ImpactArgs, KindWord, MethodWord, PeriodWord, share};
pub use ladder::{
    ActArgs, ActWord, By, CalibrateArgs, DecideArgs, DecisionWord, LadderArgs, LadderCommand, LadderViewArgs, LogArgs,
    ProposeArgs, StatusWord, VerifyArgs, WarnArgs,
};
pub use parse::{day, period, periods, span};

/// Lysoen measures how safe people are, community by community, from every kind of threat, military or not.
///
/// It reads public data into an observatory, a folder on your computer, and tells how many people are killed, displaced
/// and in want: with intervals, sources and licences, and with what is missing. Nothing goes out to the network unless
/// a command that says so is run.
#[derive(Debug, Parser)]
#[command(name = "lysoen", version, max_term_width = 100, after_help = AFTER, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Options that every command takes.
    #[command(flatten)]
    pub global: Global,
}

const AFTER: &str = "\
Examples:
  lysoen assess                         the world's picture for the latest complete year
  lysoen assess UKR                     one country in depth
  lysoen import ged251.csv              read a file; what it is, is found by its content
  lysoen assess --format csv --output picture.csv

Exit codes:
  0  done
  1  an error, or a file that could not be imported
  2  wrong usage
  3  findings under --strict; nothing was imported of the files that have them
  4  nothing matched";

/// Options that every command takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options for every command")]
pub struct Global {
    /// The observatory: a folder, or an address such as s3://bucket/observatory. Where there is none, one is created
    /// from the data set that the program carries.
    #[arg(
        long,
        global = true,
        value_name = "DIR|URL",
        env = "LYSOEN_OBSERVATORY",
        default_value = "./observatory"
    )]
    pub observatory: String,
    /// The form of the answer [default: by the name of --output, else a table].
    #[arg(long, global = true, value_enum)]
    pub format: Option<Format>,
    /// Write the answer to a file, which gets its name only once it is whole.
    #[arg(long, short, global = true, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Only what the sources had said by this day.
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// Import nothing of a file in which anything is wrong, and exit with code 3.
    #[arg(long, global = true)]
    pub strict: bool,
    /// Write nothing but what was asked for.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Whether to set text off with colour; NO_COLOR is honoured.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

impl Global {
    /// Where the answer goes.
    pub fn target(&self) -> Target {
        Target {
            format: self.format,
            file: self.output.clone(),
        }
    }
}

/// Whether to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// At a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create an observatory.
    #[command(after_help = "\
Examples:
  lysoen init                                   ./observatory, from the data set that the program carries
  lysoen init --empty --observatory ./sahel     an empty one, elsewhere")]
    Init(InitArgs),
    /// Read files into the observatory.
    ///
    /// What a file is, is found by its content. Rows in which something is wrong are reported by row and column, and
    /// the good rows are kept. A newer complete release takes the place of an older one; what was said before can still
    /// be seen with --as-of. An interrupted import changes nothing.
    #[command(after_help = "\
Examples:
  lysoen import conflict_data_ukr.csv
  lysoen import downloads/                      every file in a folder and below
  lysoen import ged.csv --as ucdp-ged --vintage 25.1
  lysoen import camps.csv --mapping camps.toml --complete-for TCD,SDN
  lysoen import big.csv --findings findings.csv --strict")]
    Import(ImportArgs),
    /// List the sources: what they are, their licence, what of them is in the observatory, and how fresh it is.
    #[command(after_help = "\
Examples:
  lysoen sources                                every source
  lysoen sources ucdp-ged                       one source: citation, caveats, releases imported")]
    Sources(SourcesArgs),
    /// Draw the picture of people's safety: killed, displaced, in want, and facing at least one threat.
    ///
    /// Without a place the world and every country; with up to three places each of them in depth. The period is the
    /// latest complete year unless another is named. Every figure has its interval, its source and its vintage, and
    /// what is missing is said.
    #[command(after_help = "\
Examples:
  lysoen assess                                 every country, the latest complete year
  lysoen assess Ukraine                         one country in depth; a code or a name
  lysoen assess SDN --period 2023 --as-of 2024-06-30
  lysoen assess UKR --explain killed            the rows that make up a figure
  lysoen assess --measure displaced_in_country  one measure, every country
  lysoen assess CAF --level admin2 --period 1989..2022     its second-order areas, one by one
  lysoen assess CAF --level admin2 --unplaced   the events that are in no area, and why
  lysoen assess --beside=hdi                    people beside an index of their state
  lysoen assess --output picture.xlsx           every figure, with a sheet of sources")]
    Assess(AssessArgs),
    /// Build a composite index by a recipe: ranked, with intervals, classes and what each step did.
    ///
    /// A recipe is one of those that come with the program, one of the observatory's own (`catalog/measures/`), or a TOML
    /// file. Its inputs are the observatory's facts, or a table of yours: one row a unit and a column for each input, or
    /// rows of place, period, indicator and value; or COINr's iData and iMeta as they are. Without a recipe they are listed.
    #[command(after_help = "\
Examples:
  lysoen index                                  the recipes
  lysoen index hdi --period 2022                every country, ranked
  lysoen index hdi --period 1990..2022 --place NOR --format csv
  lysoen index my-index.toml --data districts.csv
  lysoen index asem --idata raw_iData.csv --imeta raw_iMeta.csv
  lysoen index asem --idata raw_iData.csv --imeta raw_iMeta.csv --stages --output stages.csv
  lysoen index hdi --explain Norway             weights, contributions and the rows behind the inputs
  lysoen index inform --chances --uncertainty 5000 --seed 7
  lysoen index asem --idata raw_iData.csv --imeta raw_iMeta.csv --sensitivity sobol --n 1000")]
    Index(IndexArgs),
    /// Forecast how many people will be killed, with what probability; look back on how good such forecasts were; score others'.
    ///
    /// Without a subcommand: fits the models to all facts and tells the months ahead, as distributions. It is repeatable to
    /// the byte with the same seed. Where the data end more than three months ago the answer is a replay as of then, and
    /// says so. The answer is kept in the observatory's `results/forecasts`, with a card of what made it.
    #[command(after_help = "\
Examples:
  lysoen forecast                               every country, 36 months ahead
  lysoen forecast Ethiopia --fan ethiopia.svg   one country, month by month, with a picture
  lysoen forecast --months 12 --format csv > forecast.csv
  lysoen forecast --level grid --months 12      PRIO-GRID cells, where events with coordinates are imported
  lysoen forecast --level admin1 --within CAF   the areas of a country, where its boundaries are imported
  lysoen forecast --series my.csv --draws draws.parquet
  lysoen forecast backtest --windows 2018..2022
  lysoen forecast import submission.parquet --name tft
  lysoen forecast score --draws submission.parquet --actuals actuals.parquet")]
    Forecast(Box<ForecastArgs>),
    /// Tell which warnings stand and, for a country, what can still be done, by whom, and in time: the ladder of options.
    ///
    /// A trigger is held against forecasts and figures; each of the options, soft to hard, against the consents, mandates and
    /// evidence that are recorded (import them as the table `mandates`) and against the window of the warning. What is not
    /// recorded is not assessed, and never taken for given. Nothing is decided here. The log keeps who warned, proposed, decided
    /// and acted.
    #[command(after_help = "\
Examples:
  lysoen ladder                                 what stands, everywhere
  lysoen ladder Ethiopia                        what can still be done there
  lysoen ladder ETH --full --status open
  lysoen ladder ETH --as-of 2020-10-15 --reconstruct
  lysoen ladder log
  lysoen ladder calibrate deadly-violence-onset")]
    Ladder(Box<LadderArgs>),
    /// Tell who is bound by what, what is due and who is late: the agenda of 1999 in ten elements.
    ///
    /// How a state stands follows from what it did to an instrument and from the instrument's own articles; what it owes, from
    /// the day on which it is bound. Nobody is told as late or overdue without an imported register of what was received
    /// (import it as the table `commitments`): then it is due, submission unknown. --as-of gives the day for which it is told;
    /// all that is known today of that day counts, and days to come are told as they follow from it.
    #[command(after_help = "\
Examples:
  lysoen agenda                                 the ten elements and their instruments
  lysoen agenda --element 1                     norms, practice and progress
  lysoen agenda --instrument apmbc --as-of 2025-12-28
  lysoen agenda --party Norway --full           with action, article and source
  lysoen agenda --due 12m                       what falls due within a year
  lysoen agenda --party NOR --format csv        party,instrument,standing,since,duty,due,status,source,as_of
  lysoen agenda --ics --party NOR --output norway.ics")]
    Agenda(Box<AgendaArgs>),
    /// Tell whether a policy protected people: what happened after it against what would have happened without it.
    ///
    /// There are four answers: fewer people harmed; more; no effect larger than d, which you state beforehand with --margin; or
    /// it cannot be told, and why. Whether it can be told is decided from the time before the policy alone, before the effect
    /// is seen; a large p is never "no effect". Everything by which an expert could disagree is told with it, and every
    /// question is logged in the observatory. Without arguments: what can be asked.
    #[command(after_help = "\
Examples:
  lysoen impact                                 what can be asked: policies, classes, outcomes
  lysoen impact --policy unmil-2003             a policy of the catalog
  lysoen impact --class ceasefires --report ceasefires
  lysoen impact --outcome killed --place Liberia --from 2003-08 --because-of-harm
  lysoen impact --outcome killed --place COL --from 2016 --method sdid --margin 0.2 --format csv
  lysoen impact --outcome killed --place COL --from 2016 --calibrate
  lysoen impact --data smoking.csv --unit State --time Year --outcome Packs --treated California --from 1989
  lysoen impact --runs                          what was asked before")]
    Impact(Box<ImpactArgs>),
    /// Tell what has been said since a day: figures new, revised and withdrawn, and how fresh each source is.
    #[command(after_help = "\
Examples:
  lysoen changes --since 2025-01-01
  lysoen changes --since 2025-01-01 --format csv > changes.csv
  lysoen changes --since 2025-01-01 --freshness     only how fresh each source is")]
    Changes(ChangesArgs),
    /// Download a source's files from its publisher, and read them into the observatory.
    ///
    /// This goes out to the network: to the addresses on the sources' cards, which are printed before they are contacted.
    /// A download that broke off goes on where it stopped; a file that has not changed is not downloaded again. Proxies
    /// are taken from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY.
    #[command(after_help = "\
Examples:
  lysoen fetch hdr
  lysoen fetch ucdp-ged --version 251           a yearly release of UCDP's events
  lysoen fetch ucdp-ged --version 26_0_1        the candidate events of January 2026
  lysoen fetch hdr --to downloads --no-import   only download")]
    Fetch(FetchArgs),
    /// Show what files of UCDP events add up to, without importing them.
    ///
    /// At a terminal deaths by year and type of violence, in the other formats by country, month and type. Figures are
    /// taken as they stand in the file; what is wrong with it, an import finds.
    #[command(after_help = "\
Examples:
  lysoen preview GEDEvent_v25_1.csv
  lysoen preview ged251-csv.zip --format csv --output deaths.csv")]
    Preview(PreviewArgs),
    /// Show tables of the lake to whoever asks in SQL.
    ///
    /// The tables are events, observations, flows, treaty_actions, mandates, commitments and places. At a terminal
    /// the first 100 rows are shown; the other formats stream all of them.
    #[command(after_help = "\
Examples:
  lysoen query \"SELECT country, sum(deaths_best) AS killed FROM events WHERE source = 'ucdp-ged' GROUP BY country\"
  lysoen query \"SELECT * FROM observations WHERE indicator = 'idps_conflict'\" --output idps.parquet
  lysoen query \"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'events'\"
  lysoen query \"SELECT count(*) FROM events\" --as-of 2024-06-30")]
    Query(QueryArgs),
    /// Serve the observatory as a web page and an API, on this computer.
    ///
    /// It assesses every year, builds the indices and makes the forecast, and shows what it has from the first moment. An
    /// import by another command is shown without a restart. Only this computer is served unless --bind says otherwise;
    /// nothing of a source whose licence does not let it be passed on is given.
    #[command(after_help = "\
Examples:
  lysoen serve                                  http://127.0.0.1:8080
  lysoen serve --port 9000 --observatory ./sahel
  lysoen serve --bind 0.0.0.0                   for the network that this computer is in
  curl http://127.0.0.1:8080/api/v1/places/UKR.csv")]
    Serve(ServeArgs),
    /// Write a table of the lake, or every figure, to files that may be passed on.
    ///
    /// Rows of sources whose licence does not allow it are left out, and it is said which. Beside a CSV file stands
    /// another one with licences and citations; the other forms hold them themselves.
    #[command(after_help = "\
Examples:
  lysoen export events --to events.parquet
  lysoen export assess --to picture.csv --to picture.xlsx
  lysoen export assess --place UKR --period 2023 --to ukraine.json")]
    Export(ExportArgs),
    /// Check the catalog: the cards of the sources, built in and in the observatory's `catalog/`.
    #[command(after_help = "\
Examples:
  lysoen check
  lysoen check --catalog ./my-observatory/catalog")]
    Check(CheckArgs),
    /// Rebuild the data set that the program carries from the publishers' files.
    #[command(after_help = "\
Examples:
  lysoen snapshot --from ../shared/data --to snapshot     then build the program anew")]
    Snapshot(crate::commands::snapshot::SnapshotArgs),
    /// Print the completions for a shell.
    #[command(after_help = "\
Examples:
  lysoen completions bash > ~/.local/share/bash-completion/completions/lysoen
  lysoen completions zsh > ~/.zfunc/_lysoen
  lysoen completions fish > ~/.config/fish/completions/lysoen.fish")]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page, or write a page for every command.
    #[command(after_help = "\
Examples:
  lysoen man | man -l -
  lysoen man --to ~/.local/share/man/man1")]
    Man {
        /// A folder for the pages of all commands.
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Start with no data at all.
    #[arg(long)]
    pub empty: bool,
}

/// Arguments of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Files, archives (.zip, .gz), or folders of them, with the folders within; *.md files are passed over.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What the files are, where their content does not tell: a source, or a source and a layout.
    #[arg(long = "as", value_name = "CARD[/LAYOUT]")]
    pub as_: Option<String>,
    /// A mapping in TOML that says what the columns are.
    #[arg(long, value_name = "FILE", conflicts_with = "as_")]
    pub mapping: Option<PathBuf>,
    /// When the source said so: a day, or the publisher's name of the release (25.1). Else the file tells, else it is
    /// the day of the import.
    #[arg(long, value_name = "DATE|LABEL")]
    pub vintage: Option<String>,
    /// The files only add to or amend what is known, and are complete for nothing.
    #[arg(long, conflicts_with = "complete_for")]
    pub partial: bool,
    /// The places for which the files are complete: ISO 3166-1 alpha-3 codes with commas between.
    #[arg(long, value_name = "PLACES", value_delimiter = ',')]
    pub complete_for: Option<Vec<String>>,
    /// Write every finding to a CSV file.
    #[arg(long, value_name = "FILE")]
    pub findings: Option<PathBuf>,
}

/// Arguments of `sources`.
#[derive(Debug, Args)]
pub struct SourcesArgs {
    /// One source.
    #[arg(value_name = "ID")]
    pub id: Option<String>,
}

/// Arguments of `assess`.
#[derive(Debug, Args)]
pub struct AssessArgs {
    /// Countries by ISO 3166-1 alpha-3 code or by name; WLD is the world. With --level one country, or an area by its
    /// P-code.
    #[arg(value_name = "PLACE")]
    pub places: Vec<String>,
    /// The same, as an option.
    #[arg(long = "place", value_name = "PLACE", conflicts_with = "places")]
    pub place: Vec<String>,
    /// A year (2024), a quarter (2024-Q1) or a month (2024-03); with --level also a span of them (1989..2022).
    #[arg(long, value_name = "P", value_parser = span)]
    pub period: Option<Span>,
    /// Look at one country by its areas: first, second or third order, or the cells of PRIO-GRID.
    #[arg(long, value_enum)]
    pub level: Option<AreaLevel>,
    /// With --level: the events that are in no area, each with the reason.
    #[arg(long, requires = "level", conflicts_with_all = ["explain", "measure"])]
    pub unplaced: bool,
    /// With --level: another source of events than UCDP, such as acled; sources are never added.
    #[arg(long, value_name = "SOURCE", requires = "level")]
    pub events: Option<String>,
    /// Show the rows that make up a measure's figure, with the file and row of each.
    #[arg(long, value_name = "MEASURE")]
    pub explain: Option<String>,
    /// Only this measure; may be given more than once.
    #[arg(long, value_name = "MEASURE", conflicts_with = "explain")]
    pub measure: Vec<String>,
    /// People's figures beside an index of the state, with ranks among the same places: inform_risk, hdi or
    /// vdem_polyarchy; where none is named, the first that is known in a table, and all of them in other forms.
    #[arg(long, value_name = "INDEX", num_args = 0..=1, require_equals = true, conflicts_with_all = ["explain", "measure", "level"])]
    pub beside: Option<Option<String>>,
    /// Where no vintage is as old as --as-of: reconstruct what could have been known by the source's publication lag.
    #[arg(long, requires = "as_of")]
    pub reconstruct: bool,
    /// Keep what rests on sources that may not be passed on, also in files and in forms for machines; the answer is then
    /// for your own use.
    #[arg(long)]
    pub own_use: bool,
}

/// A level of areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AreaLevel {
    /// First-order areas: provinces, states, governorates.
    Admin1,
    /// Second-order areas: districts, sub-prefectures.
    Admin2,
    /// Third-order areas: communes, sub-districts.
    Admin3,
    /// The cells of PRIO-GRID, half a degree each way.
    Grid,
}

impl From<AreaLevel> for Level {
    fn from(level: AreaLevel) -> Level {
        match level {
            AreaLevel::Admin1 => Level::Admin1,
            AreaLevel::Admin2 => Level::Admin2,
            AreaLevel::Admin3 => Level::Admin3,
            AreaLevel::Grid => Level::Grid,
        }
    }
}

/// Arguments of `index`.
#[derive(Debug, Args)]
pub struct IndexArgs {
    /// A recipe by its id, or a TOML file; without one, and without --imeta, the recipes are listed.
    #[arg(value_name = "RECIPE")]
    pub recipe: Option<String>,
    /// A table with the inputs: CSV in any delimiter and encoding, a workbook, Parquet, JSON; packed or not.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["idata", "imeta"], requires = "recipe")]
    pub data: Option<PathBuf>,
    /// COINr's table of values.
    #[arg(long, value_name = "FILE", requires = "imeta")]
    pub idata: Option<PathBuf>,
    /// COINr's table of the tree. A recipe named beside it gives steps, screen and uncertainty.
    #[arg(long, value_name = "FILE", requires = "idata")]
    pub imeta: Option<PathBuf>,
    /// A year, quarter or month, or the first and the last (1990..2022) [default: the newest for which most units have a
    /// value].
    #[arg(long, value_name = "P[..P]", value_parser = periods)]
    pub period: Option<(Period, Period)>,
    /// Only this place; a code or a name, may be given more than once. Ranks are among all; with a --level below countries,
    /// among the areas of the countries named.
    #[arg(long, value_name = "PLACE", conflicts_with = "explain")]
    pub place: Vec<String>,
    /// What is compared, of the observatory's facts.
    #[arg(long, value_enum, default_value = "country", conflicts_with_all = ["data", "idata"])]
    pub level: UnitLevel,
    /// How often the index is drawn anew for its intervals, with other methods, weights and inputs; 0 for none [default:
    /// 1000, unless that takes long].
    #[arg(long, value_name = "N")]
    pub uncertainty: Option<usize>,
    /// Seed of all random numbers: the same seed gives the same bytes.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Show on which choices the index depends: shares of variance, estimated (sobol) or from all combinations (exact). With
    /// one --place, of its value; else of the mean change of rank.
    #[arg(long, value_enum, group = "answer")]
    pub sensitivity: Option<Sensitivity>,
    /// Rows of the design of --sensitivity: the index is built N (factors + 2) times.
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "sensitivity")]
    pub n: usize,
    /// Show what each step made of each unit: raw, denominated, imputed, treated, normalised, aggregated.
    #[arg(long, group = "answer")]
    pub stages: bool,
    /// Show every parameter of every draw.
    #[arg(long, group = "answer")]
    pub sampled: bool,
    /// Show the chance of each place to have one of the first ranks, and to be in each class.
    #[arg(long, group = "answer")]
    pub chances: bool,
    /// Show how a place comes to its value: weights, contributions, and the rows behind each input.
    #[arg(long, value_name = "PLACE", group = "answer")]
    pub explain: Option<String>,
    /// Where no vintage is as old as --as-of: reconstruct what could have been known by the source's publication lag.
    #[arg(long, requires = "as_of")]
    pub reconstruct: bool,
    /// Keep what rests on sources that may not be passed on, also in files and in forms for machines; the answer is then
    /// for your own use.
    #[arg(long)]
    pub own_use: bool,
}

/// What an index compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UnitLevel {
    /// Countries and territories.
    Country,
    /// Areas of the first level within countries.
    Admin1,
    /// Areas of the second level.
    Admin2,
    /// Areas of the third level.
    Admin3,
    /// Areas of the fourth level.
    Admin4,
}

/// How sensitivity is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sensitivity {
    /// Estimated from random rows, with intervals.
    Sobol,
    /// From every combination of methods.
    Exact,
}

/// Arguments of `changes`.
#[derive(Debug, Args)]
pub struct ChangesArgs {
    /// The day since which.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Date,
    /// Only how fresh each source is.
    #[arg(long)]
    pub freshness: bool,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What to export.
    #[arg(value_enum, value_name = "TABLE|assess")]
    pub what: ExportWhat,
    /// The file; its end tells the form: .csv, .json, .parquet or .xlsx. May be given more than once.
    #[arg(long, required = true, value_name = "FILE")]
    pub to: Vec<PathBuf>,
    /// For `assess`: only this place; may be given more than once.
    #[arg(long, value_name = "PLACE")]
    pub place: Vec<String>,
    /// For `assess`: the period.
    #[arg(long, value_name = "P", value_parser = period)]
    pub period: Option<Period>,
    /// Where no vintage is as old as --as-of: reconstruct what could have been known by the source's publication lag.
    #[arg(long, requires = "as_of")]
    pub reconstruct: bool,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportWhat {
    /// Every figure of a period, a row to each place and measure.
    Assess,
    /// Dated, located instances of harm.
    Events,
    /// Values of indicators.
    Observations,
    /// Quantities from one place to another.
    Flows,
    /// What states did to instruments.
    #[value(name = "treaty_actions")]
    TreatyActions,
    /// Consents, mandates, frameworks and who is present, by place.
    Mandates,
    /// Reports received, deadlines extended, duties done, as secretariats list them.
    Commitments,
    /// Countries, areas and cells.
    Places,
}

/// Arguments of `fetch`.
#[derive(Debug, Args)]
pub struct FetchArgs {
    /// Sources by the names of their cards.
    #[arg(required = true, value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// The year of the file, where its address has one.
    #[arg(long)]
    pub year: Option<String>,
    /// The publisher's name of the release, as its address has it.
    #[arg(long)]
    pub version: Option<String>,
    /// Where the files are kept [default: `downloads` in the observatory].
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Another server in place of the publisher's, such as a mirror: the rest of the address stays.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Largest file taken, in bytes [default: 20 GiB].
    #[arg(long, value_name = "BYTES", default_value_t = crate::fetch::Patience::default().most_bytes, hide_default_value = true)]
    pub max_bytes: u64,
    /// Only download.
    #[arg(long)]
    pub no_import: bool,
}

/// Arguments of `preview`.
#[derive(Debug, Args)]
pub struct PreviewArgs {
    /// Files of UCDP events in any of their layouts, also packed (.zip, .gz).
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Number of threads [default: as many as the machine has].
    #[arg(long, value_name = "N")]
    pub threads: Option<std::num::NonZeroUsize>,
}

/// Arguments of `query`.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// The question, in SQL.
    pub sql: String,
    /// Where no vintage is as old as --as-of: reconstruct what could have been known by the source's publication lag.
    #[arg(long, requires = "as_of")]
    pub reconstruct: bool,
    /// Keep what rests on sources that may not be passed on, also in files and in forms for machines; the answer is then
    /// for your own use.
    #[arg(long)]
    pub own_use: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A folder laid out as an observatory's `catalog/` [default: that of the observatory].
    #[arg(long, value_name = "DIR")]
    pub catalog: Option<PathBuf>,
}

/// Arguments of `serve`.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The port; 0 takes one that is free.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The address of this computer that is served; anything but 127.0.0.1 lets others in.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub bind: std::net::IpAddr,
    /// A web page's origin that may read the API, such as `https://example.org`; may be given several times.
    #[arg(long, value_name = "ORIGIN")]
    pub cors: Vec<String>,
    /// Years before the latest one that are told.
    #[arg(long, value_name = "N", default_value_t = 35, value_parser = clap::value_parser!(u16).range(..=200))]
    pub years: u16,
    /// Requests a second that one address may make, on average.
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub rate: u32,
    /// Take records of the log from the page: proposals, decisions and acts, by the roles in `catalog/ladder/roles.toml`.
    /// Whoever reaches the server can then record in any role.
    #[arg(long)]
    pub record: bool,
}

/// The arguments as clap knows them, for help, man pages and completions.
pub fn command() -> clap::Command {
    Cli::command()
}
