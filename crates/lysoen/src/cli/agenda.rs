//! The arguments of `agenda`.

use clap::Args;
use lysoen_answers::agenda::Horizon;

/// Arguments of `agenda`.
#[derive(Debug, Args)]
pub struct AgendaArgs {
    /// A party: a country by code or name, or an organisation as the depositary lists it.
    #[arg(long, value_name = "PARTY")]
    pub party: Option<String>,
    /// An element of the agenda.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=10))]
    pub element: Option<u8>,
    /// An instrument by its short id, such as apmbc, rome-statute or opac.
    #[arg(long, value_name = "ID")]
    pub instrument: Option<String>,
    /// What falls due within that time: days, months or years, such as 90d, 12m or 2y.
    #[arg(long, value_name = "TIME")]
    pub due: Option<Horizon>,
    /// What is due as a calendar (iCalendar) [default: within 12m].
    #[arg(long, conflicts_with = "full")]
    pub ics: bool,
    /// With the action, the article and the source that everything rests on.
    #[arg(long)]
    pub full: bool,
    /// Keep what a licence does not let be passed on, for your own use.
    #[arg(long)]
    pub own_use: bool,
}
