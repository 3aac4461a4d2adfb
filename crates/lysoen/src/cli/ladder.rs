//! The arguments of `ladder`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::day;

/// Arguments of `ladder`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct LadderArgs {
    /// What else is done with warnings and options.
    #[command(subcommand)]
    pub command: Option<LadderCommand>,
    /// What is asked of the ladder.
    #[command(flatten)]
    pub view: LadderViewArgs,
}

/// Arguments of `ladder` itself.
#[derive(Debug, Args)]
pub struct LadderViewArgs {
    /// The countries, by code or name; where none, the warnings that stand everywhere.
    #[arg(value_name = "PLACE")]
    pub place: Vec<String>,
    /// With --as-of: where no vintage is as old as that day, cut the oldest one at the day less the publication lag. The answer
    /// says that it is reconstructed.
    #[arg(long)]
    pub reconstruct: bool,
    /// Only options with this status.
    #[arg(long, value_enum, value_name = "STATUS")]
    pub status: Vec<StatusWord>,
    /// With every option's reasons, actors, legal basis and checks.
    #[arg(long)]
    pub full: bool,
    /// Keep what a licence does not let be passed on, for your own use.
    #[arg(long)]
    pub own_use: bool,
}

/// A status of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusWord {
    /// No blocker is known.
    Open,
    /// Something that it needs is known to be lacking.
    Blocked,
    /// A consent, a mandate or the evidence is not known.
    NotAssessed,
    /// It is being done.
    UnderWay,
    /// It was done before.
    TriedBefore,
}

/// What is done with warnings and options.
#[derive(Debug, Subcommand)]
pub enum LadderCommand {
    /// Record that a warning stands, is updated or cancelled.
    ///
    /// A recorded warning can be answered, and is in the feed of warnings (`lysoen serve`) for a restricted circle; it is public
    /// only once somebody whose role may publish has decided so. What is told from a replay is recorded as such and is never in
    /// the feed.
    #[command(after_help = "\
Examples:
  lysoen ladder warn Mali --trigger deadly-violence --role sahel-desk --reason \"Stands since the data of March\"
  lysoen ladder warn --update 12 --role sahel-desk --reason \"The chance has risen to 55 %\"
  lysoen ladder warn --cancel 12 --role sahel-desk --reason \"A ceasefire holds since 3 May\"")]
    Warn(WarnArgs),
    /// Propose an option, in answer to a warning. A proposal that nobody decides expires, and is told as unanswered.
    #[command(after_help = "\
Examples:
  lysoen ladder propose Mali --option M01 --warning 12 --role sahel-desk --reason \"Two reports of killings near Gao\"")]
    Propose(ProposeArgs),
    /// Decide a proposal, or that a warning may be public. Hard options need a role that may decide hard ones.
    #[command(after_help = "\
Examples:
  lysoen ladder decide 13 --answer taken --role director --reason \"Monitors can leave next week\"
  lysoen ladder decide 13 --answer not-taken --role director --reason \"The host refuses entry\"
  lysoen ladder decide 12 --answer publish --role spokesperson --reason \"Agreed with the country team\"")]
    Decide(DecideArgs),
    /// Record that a decided option has begun, is done or was stopped, and what came of it.
    #[command(after_help = "\
Examples:
  lysoen ladder act 14 --answer begun --role field-office --reason \"First team has arrived\"
  lysoen ladder act 15 --answer done --role field-office --reason \"Mission ended\" --outcome \"12 sites visited\"")]
    Act(ActArgs),
    /// Show the log: who warned, proposed, decided and acted, when, why, and what is still open.
    #[command(after_help = "\
Examples:
  lysoen ladder log
  lysoen ladder log Mali
  lysoen ladder log --format csv --output log.csv")]
    Log(LogArgs),
    /// Check that nobody has changed the log: every record's hash, and that each names the one before.
    ///
    /// A chain cannot show that its end was cut off: give the head that was printed on an earlier export or brief.
    #[command(after_help = "\
Examples:
  lysoen ladder verify
  lysoen ladder verify --head 14:9f2c…")]
    Verify(VerifyArgs),
    /// Tell what a trigger would have done on past origins: hits, misses, false alarms, and how early.
    ///
    /// Only forecasts made from what could be known then are looked at. Onset (no such month in the twelve before) and
    /// continuation are told apart; a threshold is suggested on the earlier half of the origins and measured on the later one.
    #[command(after_help = "\
Examples:
  lysoen ladder calibrate deadly-violence-onset
  lysoen ladder calibrate deadly-violence --from 2000 --every 3
  lysoen ladder calibrate deadly-violence-onset --export calibration   with every forecast, for a script of your own")]
    Calibrate(CalibrateArgs),
}

/// Arguments of `ladder warn`.
#[derive(Debug, Args)]
pub struct WarnArgs {
    /// The country, by code or name; with --update or --cancel that of the warning.
    #[arg(value_name = "PLACE", required_unless_present_any = ["update", "cancel"])]
    pub place: Option<String>,
    /// The trigger that stands.
    #[arg(long, value_name = "ID", required_unless_present_any = ["update", "cancel"])]
    pub trigger: Option<String>,
    /// The number of the warning that this one takes the place of.
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["place", "trigger"])]
    pub update: Option<u64>,
    /// The number of the warning that no longer holds.
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["place", "trigger", "update"])]
    pub cancel: Option<u64>,
    /// With --as-of: where no vintage is as old, cut the oldest one. What is so told is recorded as a replay.
    #[arg(long)]
    pub reconstruct: bool,
    /// Who records it, and why.
    #[command(flatten)]
    pub by: By,
}

/// Who records something, and why.
#[derive(Debug, Args)]
pub struct By {
    /// The role, by its id in the observatory's `catalog/ladder/roles.toml`.
    #[arg(long, value_name = "ID")]
    pub role: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Arguments of `ladder propose`.
#[derive(Debug, Args)]
pub struct ProposeArgs {
    /// The country, by code or name.
    #[arg(value_name = "PLACE")]
    pub place: String,
    /// The option, by its id.
    #[arg(long, value_name = "ID")]
    pub option: String,
    /// The number of the warning that it answers.
    #[arg(long, value_name = "NUMBER")]
    pub warning: Option<u64>,
    /// The day on which it expires [default: the option's review].
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub expires: Option<Date>,
    /// Who proposes, and why.
    #[command(flatten)]
    pub by: By,
}

/// Arguments of `ladder decide`.
#[derive(Debug, Args)]
pub struct DecideArgs {
    /// The number of the proposal; with `publish`, of the warning.
    #[arg(value_name = "NUMBER")]
    pub number: u64,
    /// The decision.
    #[arg(long, value_enum)]
    pub answer: DecisionWord,
    /// Who decides, and why.
    #[command(flatten)]
    pub by: By,
}

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DecisionWord {
    /// The option is taken.
    Taken,
    /// It is not taken.
    NotTaken,
    /// Events have overtaken it.
    Overtaken,
    /// The warning may be public.
    Publish,
}

/// Arguments of `ladder act`.
#[derive(Debug, Args)]
pub struct ActArgs {
    /// The number of the decision; with `done` or `stopped`, of the record that it has begun.
    #[arg(value_name = "NUMBER")]
    pub number: u64,
    /// What has happened.
    #[arg(long, value_enum)]
    pub answer: ActWord,
    /// What came of it, where it has ended.
    #[arg(long, value_name = "TEXT", required_if_eq_any = [("answer", "done"), ("answer", "stopped")])]
    pub outcome: Option<String>,
    /// Who acts, and why.
    #[command(flatten)]
    pub by: By,
}

/// What has happened of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ActWord {
    /// It has begun.
    Begun,
    /// It is done.
    Done,
    /// It was stopped.
    Stopped,
}

/// Arguments of `ladder log`.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// The country, by code or name; all where none.
    #[arg(value_name = "PLACE")]
    pub place: Option<String>,
    /// How many warnings were answered before the event, and how soon.
    #[arg(long)]
    pub indicators: bool,
}

/// Arguments of `ladder verify`.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The number and hash of a head that was printed earlier.
    #[arg(long, value_name = "NUMBER:HASH")]
    pub head: Option<String>,
}

/// Arguments of `ladder calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// The trigger, by its id.
    #[arg(value_name = "TRIGGER")]
    pub trigger: String,
    /// The year of the first origin [default: ten years after the series begins].
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1900..2200))]
    pub from: Option<i16>,
    /// The year of the last origin [default: the last one whose outcome is known].
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1900..2200))]
    pub to: Option<i16>,
    /// Months between origins.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=12))]
    pub every: u32,
    /// Days from the end of a month until its data can be had [default: the source's publication lag].
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(0..=730))]
    pub lag_days: Option<u32>,
    /// The most activations a year, of all countries together, for which a threshold is suggested.
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub budget: u32,
    /// Write the record, and every forecast and outcome it rests on, into a folder.
    #[arg(long, value_name = "DIR")]
    pub export: Option<PathBuf>,
    /// Keep nothing in the observatory.
    #[arg(long)]
    pub no_store: bool,
    /// Keep what a licence does not let be passed on, for your own use.
    #[arg(long)]
    pub own_use: bool,
}
