//! `forecast import`: forecasts made elsewhere, kept to be judged beside one's own.

use std::num::NonZeroUsize;

use lysoen_answers::forecast::elsewhere::{Elsewhere, check_name};

use crate::cli::{ForecastImportArgs, Global};
use crate::commands::{open, tell_findings};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::grouped;
use crate::progress::Watch;

/// Runs `forecast import`.
pub(super) fn run(args: &ForecastImportArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    check_name(&args.name)?;
    let observatory = open(global, console)?;
    let watch = Watch::spin(console, "Reading the draws");
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let draws = Elsewhere::read(&args.file, threads)?;
    drop(watch);
    let findings = std::slice::from_ref(&draws.findings);
    if tell_findings(findings, global, console)? && global.strict {
        return Ok(Outcome::Findings);
    }
    let path = draws.keep(&observatory, &args.name)?;
    let months = draws.months().map(|(first, last)| format!("{first} to {last}"));
    let sizes = draws.sizes().map(|(least, most)| match least == most {
        true => grouped(least as f64),
        false => format!("{} to {}", grouped(least as f64), grouped(most as f64)),
    });
    console.tell(&format!(
        "Kept as {} in {}: {} units by {}, {}, {} draws of a unit and month.",
        args.name,
        path.display(),
        grouped(draws.units() as f64),
        draws.unit.name(),
        months.unwrap_or_default(),
        sizes.unwrap_or_default()
    ))?;
    Ok(Outcome::Done)
}
