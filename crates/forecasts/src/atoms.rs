//! A distribution as weighted values, and its evenly spaced quantiles.

/// Values with weights, in rising order of value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Atoms {
    values: Vec<f64>,
    /// The weight up to and with each value.
    cumulative: Vec<f64>,
}

impl Atoms {
    /// From values with weights in any order; values without weight are left out.
    pub(crate) fn new(mut weighted: Vec<(f64, f64)>) -> Atoms {
        weighted.retain(|(_, weight)| *weight > 0.0);
        weighted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        let cumulative = weighted.iter().map(|(_, weight)| {
            sum += weight;
            sum
        });
        Atoms {
            cumulative: cumulative.collect(),
            values: weighted.into_iter().map(|(value, _)| value).collect(),
        }
    }

    /// From values of equal weight.
    pub(crate) fn equal(values: impl IntoIterator<Item = f64>) -> Atoms {
        Atoms::new(values.into_iter().map(|value| (value, 1.0)).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value below which lies the share `probability` of the weight; zero where there are no values.
    pub(crate) fn quantile(&self, probability: f64) -> f64 {
        let Some(all) = self.cumulative.last() else { return 0.0 };
        let at = self.cumulative.partition_point(|c| *c < probability * all);
        self.values[at.min(self.values.len() - 1)]
    }

    /// Calls `take` with the quantiles at (i + ½) / n for i from `from` up to n, in rising order.
    pub(crate) fn each_quantile(&self, from: usize, n: usize, mut take: impl FnMut(f64)) {
        let Some(all) = self.cumulative.last() else {
            (from..n).for_each(|_| take(0.0));
            return;
        };
        let mut at = 0;
        for i in from..n {
            let wanted = (i as f64 + 0.5) / n as f64 * all;
            while at + 1 < self.values.len() && self.cumulative[at] < wanted {
                at += 1;
            }
            take(self.values[at]);
        }
    }
}
