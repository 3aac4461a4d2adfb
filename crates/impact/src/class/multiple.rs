//! Several outcomes of one class: the more are asked, the sooner one of them is far off by chance.

/// Holm's step-down (1979, Scandinavian Journal of Statistics 6:65): p for any dependence between outcomes, in their
/// order. A p that is no number stays so and counts as asked.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let count = p.len();
    let mut adjusted = vec![f64::NAN; count];
    let mut most = 0.0_f64;
    for (place, &number) in ascending(p).iter().enumerate() {
        if p[number].is_nan() {
            continue;
        }
        most = most.max((p[number] * (count - place) as f64).min(1.0));
        adjusted[number] = most;
    }
    adjusted
}

/// Romano & Wolf's step-down (2005, Econometrica 73:1237; p after Romano & Wolf 2016, Statistics & Probability Letters
/// 113:38): an outcome's p is the share of the draws in which the most extreme of it and all less extreme outcomes is as
/// extreme. `extreme[k]` is how far outcome k is off (larger is further), `draws[k][d]` the same in draw d, the draws of
/// all outcomes being dealt the same.
pub fn romano_wolf(extreme: &[f64], draws: &[Vec<f64>]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..extreme.len()).collect();
    order.sort_by(|left, right| extreme[*right].total_cmp(&extreme[*left]));
    let count = draws.iter().map(Vec::len).min().unwrap_or(0);
    let mut adjusted = vec![1.0; extreme.len()];
    let mut most = 0.0_f64;
    for (place, &number) in order.iter().enumerate() {
        let rest = &order[place..];
        let reached = |draw: &usize| rest.iter().any(|&other| draws[other][*draw] >= extreme[number]);
        let p = (1 + (0..count).filter(reached).count()) as f64 / (1 + count) as f64;
        most = most.max(p);
        adjusted[number] = most;
    }
    adjusted
}

fn ascending(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|left, right| p[*left].total_cmp(&p[*right]));
    order
}
