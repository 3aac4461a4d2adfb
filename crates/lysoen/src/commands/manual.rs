//! `completions` and `man`: made from the arguments, so that they cannot disagree with `--help`.

use std::path::Path;

use clap_complete::Shell;

use crate::cli;
use crate::console::Console;
use crate::failure::{Failure, Outcome};

/// Runs `completions`.
pub fn completions(shell: Shell, console: &mut Console) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::command(), "lysoen", &mut script);
    console.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

/// Runs `man`.
pub fn man(to: Option<&Path>, console: &mut Console) -> Result<Outcome, Failure> {
    let Some(folder) = to else {
        let mut page = Vec::new();
        clap_mangen::Man::new(cli::command()).render(&mut page)?;
        console.print(&String::from_utf8_lossy(&page))?;
        return Ok(Outcome::Done);
    };
    let failed = |source| Failure::File {
        path: folder.to_path_buf(),
        source,
    };
    std::fs::create_dir_all(folder).map_err(failed)?;
    clap_mangen::generate_to(cli::command(), folder).map_err(failed)?;
    console.tell(&format!("Manual pages written to {}", folder.display()))?;
    Ok(Outcome::Done)
}
