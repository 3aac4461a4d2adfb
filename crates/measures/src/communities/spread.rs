//! How unequal the areas of a country are, in one line.

/// The spread of a figure between areas.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Areas of which the figure is known.
    pub areas: usize,
    /// The least.
    pub least: f64,
    /// The middle one; the mean of the two in the middle where their number is even.
    pub median: f64,
    /// The greatest.
    pub greatest: f64,
    /// The greatest divided by the median; none where the median is zero.
    pub ratio: Option<f64>,
    /// The areas that are the worst tenth, at least one.
    pub tenth: usize,
    /// The share of the placed deaths that lie in the worst tenth of the areas by this figure, from 0 to 1; none where
    /// there are no deaths.
    pub in_tenth: Option<f64>,
}

impl Spread {
    /// The spread of a figure over areas, each with its deaths; none over no area.
    ///
    /// ```
    /// use lysoen_measures::communities::Spread;
    /// let spread = Spread::of(&[(2.0, 1), (8.0, 10), (0.0, 0), (4.0, 5)]).unwrap();
    /// assert_eq!((spread.least, spread.median, spread.greatest), (0.0, 3.0, 8.0));
    /// assert_eq!((spread.tenth, spread.in_tenth), (1, Some(0.625)));
    /// ```
    pub fn of(areas: &[(f64, i64)]) -> Option<Spread> {
        let mut sorted = areas.to_vec();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (least, greatest) = (sorted.first()?.0, sorted.last()?.0);
        let middle = sorted.len() / 2;
        let median = match sorted.len() % 2 {
            0 => (sorted[middle - 1].0 + sorted[middle].0) / 2.0,
            _ => sorted[middle].0,
        };
        let tenth = sorted.len().div_ceil(10);
        let deaths: i64 = sorted.iter().map(|a| a.1).sum();
        let worst: i64 = sorted.iter().rev().take(tenth).map(|a| a.1).sum();
        Some(Spread {
            areas: sorted.len(),
            least,
            median,
            greatest,
            ratio: (median > 0.0).then(|| greatest / median),
            tenth,
            in_tenth: (deaths > 0).then(|| worst as f64 / deaths as f64),
        })
    }
}
