//! `ladder calibrate`: what a trigger would have done in the past.

use std::path::Path;

use lysoen_answers::ladder::{CalibrateRequest, Calibrated, calibrate, keep, log};
use lysoen_answers::policy::derived_may_leave;
use lysoen_ladder::calibrate::{actuals_csv, origins_csv};

use crate::cli::{CalibrateArgs, Global};
use crate::commands::tell_kept_back;
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::output::terminal::Shown;
use crate::output::{Format, calibration};
use crate::progress::Watch;

/// Runs `ladder calibrate`.
pub(super) fn run(args: &CalibrateArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let observatory = crate::commands::open(global, console)?;
    let chain = log::chain(&observatory)?;
    let target = global.target();
    let leaves = !args.own_use && (!target.is_table() || args.export.is_some());
    let request = CalibrateRequest {
        trigger: args.trigger.clone(),
        at: super::at(&observatory, leaves),
        from: args.from,
        to: args.to,
        every: args.every,
        lag_days: args.lag_days,
        budget: args.budget,
    };
    let watch = Watch::begin(console, "Forecasting past origins");
    let calibrated = calibrate(&observatory, &chain, &request, &|done, total| watch.steps(done, total))?;
    drop(watch);
    if leaves && !derived_may_leave(&observatory.catalog, &calibrated.kept.source.id) {
        tell_kept_back(std::slice::from_ref(&calibrated.kept.source.id), console)?;
        return Ok(Outcome::Nothing);
    }
    if let Some(folder) = &args.export {
        export(&calibrated, folder)?;
        console.tell(&format!(
            "The record and all that it rests on are in {}",
            folder.display()
        ))?;
    }
    if !args.no_store
        && let Some(file) = keep(&observatory, &calibrated.kept)?
    {
        console.tell(&format!("Kept as {}", file.display()))?;
    }
    match target.format() {
        Format::Table => {
            let shown = Shown {
                width: Some(console.prose_width()),
                paint: console.paint,
            };
            target.text(console, &calibration::told(&calibrated.kept, shown))?;
        }
        Format::Json => target.text(console, &json(&calibrated)?)?,
        _ => {
            target.sheet(console, &calibration::sheet(&calibrated.kept))?;
        }
    }
    Ok(Outcome::Done)
}

fn json(calibrated: &Calibrated) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(&calibrated.kept).map_err(std::io::Error::from)?;
    Ok(format!("{text}\n"))
}

/// Writes the record, the forecast of every place and origin, and what came: all that it takes to count again by another hand.
fn export(calibrated: &Calibrated, folder: &Path) -> Result<(), Failure> {
    let origins = origins_csv(&calibrated.trial, &calibrated.terms)
        .map_err(|why| Failure::Usage(format!("{} cannot be exported: {why}", calibrated.kept.trigger)))?;
    let terms = serde_json::to_string_pretty(&calibrated.terms).map_err(std::io::Error::from)?;
    let files = [
        ("record.json", json(calibrated)?),
        ("terms.json", format!("{terms}\n")),
        ("origins.csv", origins),
        ("actuals.csv", actuals_csv(&calibrated.trial)),
    ];
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |source| Failure::File { path, source }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    for (name, text) in files {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(failed(&path))?;
    }
    Ok(())
}
