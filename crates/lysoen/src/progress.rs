//! Progress on standard error, for whoever watches: only at a terminal, only after a second, never with `--quiet`.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use lysoen_sources::import::Progress;

use crate::console::Console;

/// How long something may take before a sign of life is due.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar or a spinner.
#[derive(Debug)]
pub struct Watch {
    bar: ProgressBar,
    started: std::time::Instant,
    visible: bool,
}

impl Watch {
    /// Begins to watch something that is told in `what`.
    pub fn begin(console: &Console, what: &str) -> Watch {
        let bar = ProgressBar::hidden();
        bar.set_style(ProgressStyle::default_spinner());
        bar.set_message(what.to_string());
        Watch {
            bar,
            started: std::time::Instant::now(),
            visible: console.err_is_terminal && !console.quiet,
        }
    }

    /// Tells how many of how many steps are done.
    pub fn steps(&self, done: usize, total: usize) {
        if self.bar.length() != Some(total as u64) {
            self.bar.set_length(total as u64);
            if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:24}] {pos} of {len}, {eta} left") {
                self.bar.set_style(style.progress_chars("━╸ "));
            }
        }
        self.bar.set_position(done as u64);
        self.show();
    }

    /// Tells what is being done now.
    pub fn say(&self, what: &str) {
        self.bar.set_message(what.to_string());
    }

    /// Shows the bar once patience is over.
    fn show(&self) {
        if self.visible && self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// A spinner for work that cannot tell how far it is, drawn by itself after a second.
    pub fn spin(console: &Console, what: &str) -> Watch {
        let watch = Watch::begin(console, what);
        if watch.visible {
            let bar = watch.bar.clone();
            std::thread::spawn(move || {
                std::thread::sleep(PATIENCE);
                if !bar.is_finished() {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(Duration::from_millis(120));
                }
            });
        }
        watch
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Watch {
    fn bytes(&self, done: u64, total: u64) {
        if self.bar.length() != Some(total) {
            self.bar.set_length(total);
            if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:24}] {bytes} of {total_bytes}, {eta} left") {
                self.bar.set_style(style.progress_chars("━╸ "));
            }
        }
        self.bar.set_position(done);
        self.show();
    }

    fn message(&self, text: &str) {
        // With no bar drawn the message still has to reach the reader.
        match self.bar.is_hidden() {
            true => tracing::info!("{text}"),
            false => self.bar.println(text),
        }
    }
}
