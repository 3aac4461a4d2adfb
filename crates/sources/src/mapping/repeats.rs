//! Rows of one file that are about the same thing.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

use crate::card::Repeats;

/// What an earlier row means for a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Verdict {
    /// The value is taken, as the n-th of its key.
    New(u32),
    /// An earlier row has said it, or stands in its stead.
    Same {
        /// The earlier row.
        row: u64,
    },
    /// An earlier row says otherwise.
    Clash {
        /// The earlier row.
        row: u64,
        /// What it says.
        value: f64,
    },
}

/// The keys of a file so far. They are kept as 128-bit hashes, so that a file of millions of rows fits in memory; two
/// keys of ten million meet with a chance of one in 10^24.
pub(crate) struct Seen {
    repeats: Repeats,
    hashers: [RandomState; 2],
    first: HashMap<[u64; 2], (u64, f64, u32)>,
}

impl Seen {
    pub(crate) fn new(repeats: Repeats) -> Self {
        Seen {
            repeats,
            hashers: [RandomState::new(), RandomState::new()],
            first: HashMap::new(),
        }
    }

    /// Judges a value by its key, and remembers it.
    pub(crate) fn judge(&mut self, key: &impl Hash, row: u64, value: f64) -> Verdict {
        let key = [self.hashers[0].hash_one(key), self.hashers[1].hash_one(key)];
        let Some(first) = self.first.get_mut(&key) else {
            self.first.insert(key, (row, value, 1));
            return Verdict::New(1);
        };
        match self.repeats {
            Repeats::Numbered => {
                first.2 += 1;
                Verdict::New(first.2)
            }
            Repeats::First => Verdict::Same { row: first.0 },
            Repeats::Conflict if first.1 == value => Verdict::Same { row: first.0 },
            Repeats::Conflict => Verdict::Clash {
                row: first.0,
                value: first.1,
            },
        }
    }
}
