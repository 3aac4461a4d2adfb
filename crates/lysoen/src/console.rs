//! Where a command writes and what it may assume of the reader: terminal or file, width, colour, the time.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;

/// Columns of text where the width of the terminal is not known.
pub const DEFAULT_WIDTH: usize = 80;

/// The two streams of a command, and what is known of whoever reads them.
#[derive(Clone, Debug)]
pub struct Console {
    out: Stream,
    err: Stream,
    /// Whether a person reads the output as it comes.
    pub out_is_terminal: bool,
    /// Whether a person watches standard error, so that a progress bar makes sense.
    pub err_is_terminal: bool,
    /// Columns of text that fit; none where the output goes to a file or another program.
    pub width: Option<usize>,
    /// How text is set off.
    pub paint: Paint,
    /// Whether only what was asked for is written.
    pub quiet: bool,
    /// The time at which the command was started.
    pub now: Timestamp,
}

#[derive(Clone, Debug)]
enum Stream {
    Out,
    Err,
    Memory(Arc<Mutex<Vec<u8>>>),
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Stream::Out => std::io::stdout().write(bytes),
            Stream::Err => std::io::stderr().write(bytes),
            Stream::Memory(memory) => memory.lock().unwrap_or_else(PoisonError::into_inner).write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Stream::Out => std::io::stdout().flush(),
            Stream::Err => std::io::stderr().flush(),
            Stream::Memory(_) => Ok(()),
        }
    }
}

/// What a captured command has written.
#[derive(Clone, Debug, Default)]
pub struct Captured {
    out: Arc<Mutex<Vec<u8>>>,
    err: Arc<Mutex<Vec<u8>>>,
}

impl Captured {
    /// The bytes on standard output.
    pub fn bytes(&self) -> Vec<u8> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Standard output as text.
    pub fn out(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    /// Standard error as text.
    pub fn err(&self) -> String {
        String::from_utf8_lossy(&self.err.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Console {
    /// The process's own streams.
    pub fn standard(now: Timestamp) -> Console {
        let out_is_terminal = std::io::stdout().is_terminal();
        Console {
            out: Stream::Out,
            err: Stream::Err,
            out_is_terminal,
            err_is_terminal: std::io::stderr().is_terminal(),
            width: out_is_terminal.then(terminal_width),
            paint: Paint::default(),
            quiet: false,
            now,
        }
    }

    /// Streams that are kept in memory, as of a reader who is no terminal.
    pub fn captured(now: Timestamp) -> (Console, Captured) {
        let captured = Captured::default();
        let console = Console {
            out: Stream::Memory(captured.out.clone()),
            err: Stream::Memory(captured.err.clone()),
            out_is_terminal: false,
            err_is_terminal: false,
            width: None,
            paint: Paint::default(),
            quiet: false,
            now,
        };
        (console, captured)
    }

    /// The day on which the command was started, by UTC.
    pub fn today(&self) -> Date {
        self.now.to_zoned(jiff::tz::TimeZone::UTC).date()
    }

    /// Columns of text for prose.
    pub fn prose_width(&self) -> usize {
        self.width.unwrap_or(DEFAULT_WIDTH).clamp(40, 100)
    }

    /// Standard output as a stream that a writer can own.
    pub fn stdout(&self) -> Box<dyn Write + Send> {
        Box::new(std::io::BufWriter::with_capacity(64 * 1024, self.out.clone()))
    }

    /// Writes text to standard output.
    pub fn print(&mut self, text: &str) -> std::io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// Tells the person who runs the command something that is not its result, on standard error; silent with `--quiet`.
    pub fn tell(&mut self, text: &str) -> std::io::Result<()> {
        match self.quiet {
            true => Ok(()),
            false => writeln!(self.err, "{text}"),
        }
    }

    /// Warns on standard error, also with `--quiet`.
    pub fn warn(&mut self, text: &str) -> std::io::Result<()> {
        writeln!(self.err, "{text}")
    }
}

fn terminal_width() -> usize {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let detected = || comfy_table::Table::new().width().map(usize::from);
    asked.or_else(detected).unwrap_or(DEFAULT_WIDTH)
}

/// Sets text off. Nothing is said by colour alone: it is bold and dim first, and blue and yellow, which people with the
/// common forms of colour blindness tell apart, second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paint {
    /// Whether escape sequences are written at all.
    pub on: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        match self.on && !text.is_empty() {
            true => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            false => text.to_string(),
        }
    }

    /// What matters most.
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// What may be passed over.
    pub fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    /// A heading.
    pub fn heading(self, text: &str) -> String {
        self.with("1;34", text)
    }

    /// What must not be overlooked.
    pub fn caution(self, text: &str) -> String {
        self.with("1;33", text)
    }
}

/// Folds text to `width` columns; lines after the first begin with `indent` spaces.
pub fn fold(text: &str, width: usize, indent: usize) -> String {
    let mut folded = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = visible(word);
        if column > indent.min(column) && column + 1 + length > width {
            folded.push('\n');
            folded.push_str(&" ".repeat(indent));
            column = indent;
        } else if column > 0 {
            folded.push(' ');
            column += 1;
        }
        folded.push_str(word);
        column += length;
    }
    folded
}

/// Characters that take room on the screen: escape sequences take none.
fn visible(word: &str) -> usize {
    let mut escaped = false;
    let shown = word.chars().filter(|letter| {
        let hidden = escaped || *letter == '\u{1b}';
        escaped = hidden && *letter != 'm';
        !hidden
    });
    shown.count()
}
