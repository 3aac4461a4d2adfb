//! `init`: creates an observatory.

use crate::cli::{Global, InitArgs};
use crate::console::Console;
use crate::failure::{Failure, Outcome};
use crate::snapshot::{self, Created};

/// Runs `init`.
pub fn run(args: &InitArgs, global: &Global, console: &mut Console) -> Result<Outcome, Failure> {
    let created = snapshot::create(&global.observatory, args.empty)?;
    console.tell(&told(created, &global.observatory))?;
    Ok(Outcome::Done)
}

/// What was created, in a sentence.
pub(super) fn told(created: Created, location: &str) -> String {
    match created {
        Created::FromSnapshot { releases } => {
            format!("Created the observatory {location} with the {releases} releases that the program carries.")
        }
        Created::Empty => format!(
            "Created the empty observatory {location}. Bring data with `lysoen import PATH`; `lysoen sources` lists what can be read."
        ),
        Created::AlreadyThere => format!("There is already an observatory at {location}; nothing was changed."),
    }
}
