//! Streams of random numbers: one for each purpose and draw, so that any number of threads gives the same bytes.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream is drawn for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    /// Signs of the clusters of a multiplier bootstrap.
    Signs = 1,
    /// Adoption dates dealt out anew.
    Dates = 2,
    /// Cases replaced by sham policies.
    Shams = 3,
}

/// The stream of one draw.
pub(super) fn stream(seed: u64, purpose: Purpose, draw: usize) -> ChaCha8Rng {
    let mut stream = ChaCha8Rng::seed_from_u64(seed);
    stream.set_stream(((purpose as u64) << 32) | draw as u64);
    stream
}

/// 1 or −1 with equal chances, as many as asked for (Rademacher).
pub(super) fn signs(stream: &mut ChaCha8Rng, count: usize) -> Vec<f64> {
    let sign = |word: u32| if word >> 31 == 0 { 1.0 } else { -1.0 };
    (0..count).map(|_| sign(stream.next_u32())).collect()
}

/// Puts values into an order in which every order is as likely (Fisher–Yates).
pub(super) fn shuffle<T>(stream: &mut ChaCha8Rng, values: &mut [T]) {
    for last in (1..values.len()).rev() {
        values.swap(last, below(stream, last + 1));
    }
}

/// A number under `end`, each as likely.
pub(super) fn below(stream: &mut ChaCha8Rng, end: usize) -> usize {
    ((u64::from(stream.next_u32()) * end as u64) >> 32) as usize
}
