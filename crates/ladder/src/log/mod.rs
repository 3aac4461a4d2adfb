//! Who warned, proposed, decided and acted: a log to which records are only ever added, and which shows tampering.
//!
//! # The files
//!
//! Each record is a file of its own, `00000001.json`, `00000002.json` … ([`file_name`]), made only where none of that name is.
//! This room takes and gives their bytes. A file is one line of JSON and a newline: the keys in the order of [`Record`], all of
//! them always there (`null` where there is nothing), no spaces; text as UTF-8, in which only `"`, `\` and the control
//! characters below U+0020 are escaped (`\b \t \n \f \r`, others as `\u001f`); times as `2026-03-01T09:30:00Z`, in whole
//! seconds; days as `2026-03-01`.
//!
//! # The chain
//!
//! The last key is `hash`: the SHA-256, in 64 small hexadecimal digits, of the line's bytes with `,"hash":"…"` taken out and
//! without the newline. `previous` is the hash of the record before; 64 zeros for the first. So every program can verify it
//! (`tests/verify_log.py` does): read the line, take the hash out, hash the rest, compare, and compare `previous` with the hash
//! before. A chain cannot show that its newest records were cut off, nor that all of it was written anew: whoever wants to know
//! compares its [`Head`] with one that was printed earlier.
//!
//! # The four records
//!
//! | kind | answers | with |
//! |---|---|---|
//! | warn | nothing, or the newest record of a warning | `alert`, or `update`, `cancel` |
//! | propose | a warning, or nothing | |
//! | decide | a proposal | `taken`, `not-taken`, `overtaken` |
//! | decide | a warning, never one of a replay | `publish` |
//! | act | a decision that took, or a proposal of a soft option under a standing protocol | `begun` |
//! | act | the act that had begun | `done`, `stopped`, with an outcome |
//!
//! All days are days of UTC.

mod append;
mod asked;
mod chain;
mod indicators;
mod record;
mod refused;
mod roles;
mod state;

pub use append::Draft;
pub use chain::{Broken, Chain, Fault, Head, NotAHead, Wrong};
pub use indicators::{EventSeen, Indicators, Slice};
pub use record::{FIRST, Record, RecordAnswer, RecordKind, file_name, number_of};
pub use refused::Refused;
pub use roles::{FILE, Role, Roles, RolesFile};
pub use state::{History, State, Tried, UnderWay};
