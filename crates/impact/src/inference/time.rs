//! Placebos in time: the same question at earlier dates, with what was known before the policy alone.

use super::{Sham, fitted, space};
use crate::design::Design;
use crate::methods::Method;
use crate::rules::Rules;

/// Most sham dates that are asked; each costs a fit of every donor.
const MOST: usize = 4;

/// The numbers of periods before each sham date, ascending. There are at least as many as a question needs
/// ([`Rules::periods_before`]), or half of those before the policy where these are fewer, and at least two; after it lie as
/// many as after the policy, or as many as there are before it. The last leaves a quarter of the periods before for what
/// comes after; at most four dates, evenly apart.
pub fn dates(pre: usize, post: usize, rules: &Rules) -> Vec<usize> {
    let first = rules.periods_before.min(pre.div_ceil(2)).max(2);
    let last = pre.saturating_sub(post.min(pre / 4).max(1));
    if last < first {
        return Vec::new();
    }
    let steps = (last - first).min(MOST - 1);
    let mut dates: Vec<usize> = (0..=steps)
        .map(|step| first + (last - first) * step / steps.max(1))
        .collect();
    dates.dedup();
    dates
}

/// The design at a sham date: nothing of the periods after the policy is in it.
pub(crate) fn at_date(design: &Design, date: usize) -> Design {
    design.cut(date, design.pre.min(date + design.post()))
}

/// Every sham date with its effect and, where it can be had, its p by placebos in space; dates that cannot be fitted are
/// left away.
pub fn shams(method: Method, design: &Design, rules: &Rules) -> Vec<Sham> {
    let dates = dates(design.pre, design.post(), rules);
    dates
        .iter()
        .filter_map(|&date| sham(method, &at_date(design, date), rules))
        .collect()
}

fn sham(method: Method, design: &Design, rules: &Rules) -> Option<Sham> {
    let fit = fitted(method, design).ok()?;
    let space = space::rank(design, &fit, &space::placebos(method, design), rules);
    Some(Sham {
        time: design.times[design.pre].clone(),
        pre: design.pre,
        effect: fit.effect,
        p: space.ok().map(|space| space.p),
    })
}
