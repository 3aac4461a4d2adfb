//! The importances of predictors with the least error: always the same steps, and never more than a set number of them.
//!
//! The error is looked at for the given starts and for each predictor by itself counted most; from the best three of these
//! a search by simplexes runs downhill in the logarithms (Nelder & Mead 1965, Computer Journal 7:308), and once more from the best end.

/// How often the error is looked at from one start.
const LOOKS: usize = 250;
/// How many starts are followed.
const STARTS: usize = 3;
/// The largest share is at most e^14 times the least, so that no predictor is quite forgotten.
const WIDEST: f64 = 14.0;
/// The first step, in the logarithm.
const STEP: f64 = 2.0;

/// The importances with the least error that was found; the largest is 1.
pub(super) fn least(starts: &[Vec<f64>], error: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let size = starts.first().map_or(0, Vec::len);
    let looked = |logs: Vec<f64>| {
        let logs = bounded(logs);
        let found = error(&raised(&logs));
        (found, logs)
    };
    let logs = |start: &Vec<f64>| start.iter().map(|share| share.max(f64::MIN_POSITIVE).ln()).collect();
    let alone = |most: usize| (0..size).map(|other| if other == most { 0.0 } else { -6.0 }).collect();
    let mut tried: Vec<(f64, Vec<f64>)> = starts
        .iter()
        .map(logs)
        .chain((0..size).map(alone))
        .map(looked)
        .collect();
    tried.sort_by(|one, other| one.0.total_cmp(&other.0));
    tried.truncate(STARTS);
    let mut ends: Vec<(f64, Vec<f64>)> = tried.into_iter().map(|start| downhill(start, STEP, &looked)).collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let best = ends.into_iter().next().unwrap_or((f64::INFINITY, vec![0.0; size]));
    raised(&downhill(best, STEP / 2.0, &looked).1)
}

/// Logarithms with the largest at 0, and none too far below it.
fn bounded(mut logs: Vec<f64>) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logs.iter_mut().for_each(|log| *log = (*log - most).max(-WIDEST));
    logs
}

fn raised(logs: &[f64]) -> Vec<f64> {
    logs.iter().map(|log| log.exp()).collect()
}

/// Nelder & Mead's search with their coefficients 1, 2, ½, ½.
fn downhill(start: (f64, Vec<f64>), step: f64, looked: &impl Fn(Vec<f64>) -> (f64, Vec<f64>)) -> (f64, Vec<f64>) {
    let size = start.1.len();
    if size < 2 {
        return start;
    }
    let aside = |number: usize| {
        let mut logs = start.1.clone();
        // Inwards where the bound is near: a step over it would be none.
        logs[number] += if logs[number] > -WIDEST / 2.0 { -step } else { step };
        looked(logs)
    };
    let mut corners: Vec<(f64, Vec<f64>)> = (0..size).map(aside).collect();
    corners.push(start.clone());
    let mut looks = size;
    while looks < LOOKS {
        corners.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (best, worst, last_but_one) = (corners[0].0, corners[size].0, corners[size - 1].0);
        if worst - best <= 1e-9 * best.abs() {
            break;
        }
        let mut centre = vec![0.0; size];
        for (_, logs) in &corners[..size] {
            centre
                .iter_mut()
                .zip(logs)
                .for_each(|(sum, log)| *sum += log / size as f64);
        }
        let towards = |share: f64| {
            let pairs = centre.iter().zip(&corners[size].1);
            looked(pairs.map(|(centre, worst)| centre + share * (centre - worst)).collect())
        };
        let across = towards(1.0);
        looks += 1;
        let next = if across.0 < best {
            looks += 1;
            let farther = towards(2.0);
            if farther.0 < across.0 { farther } else { across }
        } else if across.0 < last_but_one {
            across
        } else {
            looks += 1;
            let (share, bar) = if across.0 < worst {
                (0.5, across.0)
            } else {
                (-0.5, worst)
            };
            let nearer = towards(share);
            if nearer.0 > bar {
                let middle = corners[0].1.clone();
                for corner in &mut corners[1..] {
                    let pairs = middle.iter().zip(&corner.1);
                    *corner = looked(pairs.map(|(best, log)| (best + log) / 2.0).collect());
                }
                looks += size;
                continue;
            }
            nearer
        };
        corners[size] = next;
    }
    let best = corners.into_iter().min_by(|one, other| one.0.total_cmp(&other.0));
    best.unwrap_or(start)
}
