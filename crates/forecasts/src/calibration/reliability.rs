//! Of what was given a probability, how often it came: the reliability diagram.

use crate::calibration::consistency::{Band, Said, by_chance, pointwise, recalibration, shared, simultaneous};
use crate::judged::{Judged, THRESHOLDS};

/// The edges of the bins of probability: narrow near zero, where most forecasts are and a factor of two matters. They
/// are fixed, so that diagrams of two models can be laid upon each other. A bin holds its lower edge, the last one also
/// 1.
pub const EDGES: [f64; 13] = [0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// The reliability diagram of the probability of at least so many deaths.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// Deaths that were to be reached.
    pub threshold: f64,
    /// Forecasts.
    pub forecasts: usize,
    /// How many of them saw it happen.
    pub happened: usize,
    /// The bins that hold forecasts, in rising order.
    pub bins: Vec<Bin>,
    /// λ: how probably a month shares the common chance of its unit's window, as estimated from what came. 0 is
    /// independence. See [`consistency`](crate::calibration::consistency).
    pub shared: f64,
    /// Intercept and slope of a logistic regression of what came upon the logit of the probability; right forecasts
    /// have 0 and 1, and a slope below 1 says that they are too sure. None where too little came to fit it.
    pub recalibration: Option<(f64, f64)>,
    /// The Brier score and its parts.
    pub brier: Brier,
}

impl Reliability {
    /// Does the whole diagram lie within the band for whole diagrams? Where every probability is right it does so in 9
    /// of 10 cases.
    pub fn within(&self) -> bool {
        self.bins.iter().all(|bin| bin.simultaneous.holds(bin.observed))
    }

    /// The bins that lie outside their own band; where every probability is right, one in ten does.
    pub fn outside(&self) -> Vec<usize> {
        (0..self.bins.len())
            .filter(|&bin| !self.bins[bin].pointwise.holds(self.bins[bin].observed))
            .collect()
    }
}

/// Forecasts of about the same probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The lower edge.
    pub from: f64,
    /// The upper edge.
    pub to: f64,
    /// Forecasts in it.
    pub forecasts: usize,
    /// Units' windows they are of.
    pub clusters: usize,
    /// The mean of their probabilities.
    pub forecast: f64,
    /// The share of them that saw it happen.
    pub observed: f64,
    /// The 90 % consistency band of this bin as Bröcker & Smith draw it: each outcome by itself. Too narrow for months
    /// that hang together; beside the next one it shows by how much.
    pub independent: Band,
    /// The 90 % consistency band of this bin where the months of a unit's window hang together as they were seen to.
    pub pointwise: Band,
    /// The band that 90 % of diagrams by chance keep within in all bins.
    pub simultaneous: Band,
}

/// The Brier score of a probability and its parts: `score = reliability − resolution + uncertainty + within_bins`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brier {
    /// The mean squared error of the probability.
    pub score: f64,
    /// How far bins lie from the diagonal; less is better.
    pub reliability: f64,
    /// How far bins lie from the overall frequency; more is better.
    pub resolution: f64,
    /// The score of forecasting the overall frequency.
    pub uncertainty: f64,
    /// What bins hide: the variance of forecasts within them, less twice their covariance with what came. Murphy's
    /// three parts (1973) add up only where all forecasts of a bin are the same; this is the rest (Stephenson, Coelho &
    /// Jolliffe 2008, *Weather and Forecasting* 23: 752–757).
    pub within_bins: f64,
}

/// The diagram of one of [`THRESHOLDS`], by its place there; none where there are no forecasts.
///
/// # Panics
/// Where there is no such threshold.
pub fn reliability(windows: &[&[Judged]], threshold: usize, seed: u64) -> Option<Reliability> {
    let (mut said, edges) = said(windows, threshold);
    if said.is_empty() {
        return None;
    }
    let mut bins: Vec<Bin> = edges.iter().map(|&(from, to)| empty(from, to)).collect();
    for cluster in said.chunk_by(|a, b| a.cluster == b.cluster) {
        let mut met = vec![false; bins.len()];
        for s in cluster {
            let bin = &mut bins[s.bin];
            bin.forecasts += 1;
            bin.forecast += s.probability;
            bin.observed += f64::from(u8::from(s.happened));
            bin.clusters += usize::from(!met[s.bin]);
            met[s.bin] = true;
        }
    }
    for bin in &mut bins {
        let n = bin.forecasts as f64;
        bin.forecast /= n;
        bin.observed /= n;
    }

    let recalibration = recalibration(&said);
    let shared = shared(&said, recalibration);
    let sizes: Vec<usize> = bins.iter().map(|bin| bin.forecasts).collect();
    let chance = by_chance(&said, &sizes, shared, seed);
    let (alone, own) = (pointwise(&chance.independent), pointwise(&chance.together));
    let all = simultaneous(&chance.together);
    for (i, bin) in bins.iter_mut().enumerate() {
        (bin.independent, bin.pointwise, bin.simultaneous) = (alone[i], own[i], all[i]);
    }
    let brier = brier(&said, &bins);
    said.retain(|s| s.happened);
    Some(Reliability {
        threshold: THRESHOLDS[threshold],
        forecasts: sizes.iter().sum(),
        happened: said.len(),
        bins,
        shared,
        recalibration,
        brier,
    })
}

/// What was said and came, the months of a unit's window beside each other; and the edges of the bins that hold any of
/// it.
fn said(windows: &[&[Judged]], threshold: usize) -> (Vec<Said>, Vec<(f64, f64)>) {
    let bin = |probability: f64| EDGES[1..EDGES.len() - 1].partition_point(|edge| *edge <= probability);
    let mut rows: Vec<(usize, &Judged)> = (windows.iter().enumerate())
        .flat_map(|(window, rows)| rows.iter().map(move |judged| (window, judged)))
        .collect();
    rows.sort_by_key(|(window, judged)| (*window, judged.unit));
    let mut held = [false; EDGES.len() - 1];
    for (_, judged) in &rows {
        held[bin(judged.probabilities[threshold])] = true;
    }
    let mut cluster = 0;
    let said = (0..rows.len())
        .map(|row| {
            let (window, judged) = rows[row];
            if row > 0 && (window, judged.unit) != (rows[row - 1].0, rows[row - 1].1.unit) {
                cluster += 1;
            }
            let probability = judged.probabilities[threshold];
            Said {
                cluster,
                bin: held[..bin(probability)].iter().filter(|held| **held).count(),
                probability,
                happened: judged.outcome >= THRESHOLDS[threshold],
            }
        })
        .collect();
    let edges = (0..held.len())
        .filter(|&bin| held[bin])
        .map(|bin| (EDGES[bin], EDGES[bin + 1]))
        .collect();
    (said, edges)
}

fn empty(from: f64, to: f64) -> Bin {
    let band = Band { low: 0.0, high: 1.0 };
    Bin {
        from,
        to,
        forecasts: 0,
        clusters: 0,
        forecast: 0.0,
        observed: 0.0,
        independent: band,
        pointwise: band,
        simultaneous: band,
    }
}

fn brier(said: &[Said], bins: &[Bin]) -> Brier {
    let n = said.len() as f64;
    let happened = |s: &Said| f64::from(u8::from(s.happened));
    let overall = said.iter().map(happened).sum::<f64>() / n;
    let over_bins =
        |part: &dyn Fn(&Bin) -> f64| bins.iter().map(|bin| bin.forecasts as f64 * part(bin)).sum::<f64>() / n;
    let within = |s: &Said| {
        let bin = &bins[s.bin];
        let forecast = s.probability - bin.forecast;
        forecast * forecast - 2.0 * forecast * (happened(s) - bin.observed)
    };
    Brier {
        score: said.iter().map(|s| (s.probability - happened(s)).powi(2)).sum::<f64>() / n,
        reliability: over_bins(&|bin| (bin.forecast - bin.observed).powi(2)),
        resolution: over_bins(&|bin| (bin.observed - overall).powi(2)),
        uncertainty: overall * (1.0 - overall),
        within_bins: said.iter().map(within).sum::<f64>() / n,
    }
}
