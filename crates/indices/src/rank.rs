//! Ranks of values, among which some are missing.

/// Which value has rank 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The smallest.
    Smallest,
    /// The largest.
    Largest,
}

/// The rank of equal values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// The smallest of the ranks they take up, as in sport.
    Smallest,
    /// The mean of the ranks they take up.
    Mean,
}

/// Puts each known value's rank, from 1, in its place, leaves missing ones (NaN) missing, and returns how many are
/// known. The buffer is for reuse; what it holds does not matter.
pub fn rank(values: &mut [f64], first: First, ties: Ties, buffer: &mut Vec<(f64, u32)>) -> usize {
    buffer.clear();
    buffer.extend(
        (0u32..)
            .zip(values.iter())
            .filter(|(_, value)| !value.is_nan())
            .map(|(unit, &value)| (value, unit)),
    );
    match first {
        First::Smallest => buffer.sort_unstable_by(|a, b| a.0.total_cmp(&b.0)),
        First::Largest => buffer.sort_unstable_by(|a, b| b.0.total_cmp(&a.0)),
    }
    let mut start = 0;
    // By == and not by total_cmp, for which −0 and 0 differ: they stand side by side and are a tie.
    for equals in buffer.chunk_by(|a, b| a.0 == b.0) {
        let end = start + equals.len();
        let rank = match ties {
            Ties::Smallest => start as f64 + 1.0,
            Ties::Mean => (start + end + 1) as f64 / 2.0,
        };
        equals.iter().for_each(|&(_, unit)| values[unit as usize] = rank);
        start = end;
    }
    start
}
