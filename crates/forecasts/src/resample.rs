//! Brings an ensemble to another number of draws, as the challenge does before the ignorance score of one that has not
//! 1,000: along the draws in their order, as if they were a signal.

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};

/// Resamples ensembles of one size to another by their Fourier series: what `scipy.signal.resample` does of real numbers.
///
/// The result depends on the order of the draws, and swings below the least and above the greatest of them. That is the
/// challenge's method for what was submitted with fewer draws; it is no advice.
pub struct Fourier {
    from: usize,
    to: usize,
    forward: Arc<dyn RealToComplex<f64>>,
    back: Arc<dyn ComplexToReal<f64>>,
}

impl Fourier {
    /// From so many draws to so many.
    ///
    /// # Panics
    /// Where one of them is none.
    pub fn new(from: usize, to: usize) -> Fourier {
        assert!(from > 0 && to > 0, "no draws cannot be resampled");
        let mut planner = RealFftPlanner::new();
        Fourier {
            from,
            to,
            forward: planner.plan_fft_forward(from),
            back: planner.plan_fft_inverse(to),
        }
    }

    /// The draws resampled, those below zero being zero then.
    ///
    /// # Panics
    /// Where there are not as many draws as was said.
    pub fn resample(&self, draws: &[f64]) -> Vec<f64> {
        let mut input = draws.to_vec();
        let mut found = self.forward.make_output_vec();
        self.forward
            .process(&mut input, &mut found)
            .expect("as many draws as was said");
        let mut spectrum = self.back.make_input_vec();
        let least = self.from.min(self.to);
        let kept = least / 2 + 1;
        spectrum[..kept].copy_from_slice(&found[..kept]);
        // The middle frequency of an even number stands for two, which fall apart or together in another number.
        if least.is_multiple_of(2) && self.from != self.to {
            spectrum[least / 2] *= if self.to < self.from { 2.0 } else { 0.5 };
        }
        // Real by definition; what rounding left there is no part of the signal.
        spectrum[0].im = 0.0;
        if self.to.is_multiple_of(2) {
            spectrum[self.to / 2] = Complex::new(spectrum[self.to / 2].re, 0.0);
        }
        let mut resampled = self.back.make_output_vec();
        self.back
            .process(&mut spectrum, &mut resampled)
            .expect("a spectrum of a real signal");
        let scale = 1.0 / self.from as f64;
        resampled.iter_mut().for_each(|x| *x = (*x * scale).max(0.0));
        resampled
    }
}
