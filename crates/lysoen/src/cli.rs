//! The arguments. `--help`, the man pages and the shells' completions are made from here.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use lysoen_lexicon::period::Period;

use crate::output::{Format, Target};

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
  lysoen import downloads/                      every file in a folder
  lysoen import ged.csv --as ucdp-ged --vintage 25.1
  lysoen import camps.csv --mapping camps.toml --complete-for TCD,SDN
  lysoen import big.csv --findings findings.csv --strict")]
    Import(ImportArgs),
    /// Show tables of the lake to whoever asks in SQL.
    ///
    /// The tables are events, observations, flows, treaty_actions and places. At a terminal the first 100 rows are
    /// shown; the other formats stream all of them.
    #[command(after_help = "\
Examples:
  lysoen query \"SELECT country, sum(deaths_best) AS killed FROM events GROUP BY country ORDER BY killed DESC\"
  lysoen query \"SELECT * FROM observations WHERE indicator = 'idps_conflict'\" --output idps.parquet
  lysoen query \"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = 'events'\"
  lysoen query \"SELECT count(*) FROM events\" --as-of 2024-06-30")]
    Query(QueryArgs),
    /// Check the catalog: the cards of the sources, built in and in the observatory's `catalog/`.
    #[command(after_help = "\
Examples:
  lysoen check
  lysoen check --catalog ./my-observatory/catalog")]
    Check(CheckArgs),
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
    /// Files, archives (.zip, .gz), or folders of them.
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

/// Arguments of `query`.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// The question, in SQL.
    pub sql: String,
    /// Where no vintage is as old as --as-of: reconstruct what could have been known by the source's publication lag.
    #[arg(long, requires = "as_of")]
    pub reconstruct: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// A folder laid out as an observatory's `catalog/` [default: that of the observatory].
    #[arg(long, value_name = "DIR")]
    pub catalog: Option<PathBuf>,
}

/// The arguments as clap knows them, for help, man pages and completions.
pub fn command() -> clap::Command {
    Cli::command()
}

/// A day, written YYYY-MM-DD.
pub fn day(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let written = parts.len() == 3 && [4, 2, 2].iter().zip(&parts).all(|(n, part)| part.len() == *n);
    let date = written.then(|| text.parse().ok()).flatten();
    date.ok_or_else(|| "write a day of the calendar as YYYY-MM-DD, such as 2025-06-30".to_string())
}

/// A period: a year, a quarter or a month.
pub fn period(text: &str) -> Result<Period, String> {
    text.parse()
        .map_err(|e: lysoen_lexicon::period::NotAPeriod| e.to_string())
}
