//! From values to places on the page, and the values that are named.

/// An axis from one value to another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Axis {
    /// Where `from` stands on the page.
    pub(crate) start: f64,
    /// Where `to` stands.
    pub(crate) end: f64,
    from: f64,
    to: f64,
    bend: fn(f64) -> f64,
}

impl Axis {
    /// An even axis.
    pub(crate) fn even(from: f64, to: f64, start: f64, end: f64) -> Axis {
        Axis {
            start,
            end,
            from,
            to,
            bend: |x| x,
        }
    }

    /// From 0 to `to`, even in log(1 + x): zero has a place, and tens, hundreds and thousands have room alike.
    pub(crate) fn counts(to: f64, start: f64, end: f64) -> Axis {
        Axis {
            start,
            end,
            from: 0.0,
            to: to.max(1.0),
            bend: f64::ln_1p,
        }
    }

    /// Even in the logarithm: half as much and twice as much lie equally far from one.
    pub(crate) fn ratios(from: f64, to: f64, start: f64, end: f64) -> Axis {
        Axis {
            start,
            end,
            from,
            to,
            bend: f64::ln,
        }
    }

    /// The place of a value; one beyond the ends, or none at all, is put at the end.
    pub(crate) fn place(&self, value: f64) -> f64 {
        let value = if value.is_nan() {
            self.from
        } else {
            value.clamp(self.from, self.to)
        };
        let (from, to) = ((self.bend)(self.from), (self.bend)(self.to));
        self.start + (self.end - self.start) * ((self.bend)(value) - from) / (to - from)
    }

    /// Does the axis reach a value?
    pub(crate) fn reaches(&self, value: f64) -> bool {
        self.from <= value && value <= self.to
    }
}

/// Even steps of 1, 2 or 5 × a power of ten over a range, some five of them.
pub(crate) fn steps(from: f64, to: f64) -> Vec<f64> {
    let rough = (to - from) / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|s| s * power)
        .into_iter()
        .find(|s| *s >= rough * 0.999)
        .unwrap_or(rough);
    let first = (from / step - 1e-6).ceil() as i64;
    let last = (to / step + 1e-6).floor() as i64;
    (first..=last).map(|i| i as f64 * step).collect()
}

/// 0, 1, 10, 100 … up to a value.
pub(crate) fn decades(to: f64) -> Vec<f64> {
    let mut ticks = vec![0.0];
    let mut tick = 1.0;
    while tick <= to.max(1.0) {
        ticks.push(tick);
        tick *= 10.0;
    }
    ticks
}

/// The least round number that is not below a value: 1, 2 or 5 × a power of ten.
pub(crate) fn round_up(value: f64) -> f64 {
    if !(value > 1.0 && value.is_finite()) {
        return 1.0;
    }
    let power = 10f64.powf(value.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .map(|s| s * power)
        .into_iter()
        .find(|s| *s >= value * 0.999_999)
        .unwrap_or(value)
}

/// A whole number with commas between thousands.
pub(crate) fn thousands(value: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() { "unknown" } else { "∞" }.to_string();
    }
    let digits = format!("{:.0}", value.abs());
    let mut text = if value <= -0.5 {
        "−".to_string()
    } else {
        String::new()
    };
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of few digits, without zeros at its end.
pub(crate) fn plain(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// A share in per cent.
pub(crate) fn percent(share: f64) -> String {
    let text = format!("{:.1}", share * 100.0);
    format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
}

/// Ticks with their labels.
pub(crate) fn labelled(ticks: Vec<f64>, label: fn(f64) -> String) -> Vec<(f64, String)> {
    ticks.into_iter().map(|tick| (tick, label(tick))).collect()
}
