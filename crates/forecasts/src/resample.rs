//! Brings an ensemble to another number of draws, as the challenge does before the ignorance score of one that has not
//! 1,000: along the draws in their order, as if they were a signal.

use std::f64::consts::TAU;

/// Resamples ensembles of one size to another by their Fourier series: what `scipy.signal.resample` does of real numbers.
///
/// The result depends on the order of the draws, and swings below the least and above the greatest of them. That is the
/// challenge's method for what was submitted with fewer draws; it is no advice.
#[derive(Clone, Debug)]
pub struct Fourier {
    from: Circle,
    to: Circle,
}

/// Cosine and sine of as many angles as divide a circle evenly.
#[derive(Clone, Debug)]
struct Circle(Vec<(f64, f64)>);

impl Circle {
    fn new(parts: usize) -> Circle {
        let angle = |part: usize| TAU * part as f64 / parts as f64;
        Circle((0..parts).map(|part| (angle(part).cos(), angle(part).sin())).collect())
    }

    /// Of every `step`-th angle, over and over.
    fn by(&self, step: usize) -> impl Iterator<Item = (f64, f64)> {
        let parts = self.0.len();
        let mut at = 0;
        std::iter::from_fn(move || {
            let angle = self.0[at];
            at += step;
            at -= if at >= parts { parts } else { 0 };
            Some(angle)
        })
    }
}

impl Fourier {
    /// From so many draws to so many.
    ///
    /// # Panics
    /// Where one of them is none.
    pub fn new(from: usize, to: usize) -> Fourier {
        assert!(from > 0 && to > 0, "no draws cannot be resampled");
        Fourier {
            from: Circle::new(from),
            to: Circle::new(to),
        }
    }

    /// The draws resampled, those below zero being zero then.
    ///
    /// # Panics
    /// Where there are not as many draws as was said.
    pub fn resample(&self, draws: &[f64]) -> Vec<f64> {
        let (from, to) = (self.from.0.len(), self.to.0.len());
        assert_eq!(draws.len(), from, "as many draws as was said");
        let least = from.min(to);
        let mut resampled = vec![0.0; to];
        for frequency in 0..=least / 2 {
            let (mut real, mut imaginary) = (0.0, 0.0);
            for (draw, (cosine, sine)) in draws.iter().zip(self.from.by(frequency % from)) {
                real += draw * cosine;
                imaginary -= draw * sine;
            }
            // A frequency stands for itself and its negative. The middle one of an even number is both in one; cut off there,
            // it takes in what lay on the other side.
            let both = frequency > 0 && (2 * frequency < least || from > to);
            let weight = if both { 2.0 } else { 1.0 } / from as f64;
            for (x, (cosine, sine)) in resampled.iter_mut().zip(self.to.by(frequency % to)) {
                *x += weight * (real * cosine - imaginary * sine);
            }
        }
        resampled.iter_mut().for_each(|x| *x = x.max(0.0));
        resampled
    }
}
