//! From values to places on the page, and the values that are named.

/// An axis from one value to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    /// Where `from` stands on the page.
    pub(super) start: f64,
    /// Where `to` stands.
    pub(super) end: f64,
    pub(super) from: f64,
    pub(super) to: f64,
    bend: fn(f64) -> f64,
}

impl Axis {
    /// An even axis.
    pub(super) fn even(from: f64, to: f64, start: f64, end: f64) -> Axis {
        Axis {
            start,
            end,
            from,
            to,
            bend: |x| x,
        }
    }

    /// Even in the logarithm; both ends above zero.
    pub(super) fn ratios(from: f64, to: f64, start: f64, end: f64) -> Axis {
        Axis {
            bend: f64::ln,
            ..Axis::even(from, to, start, end)
        }
    }

    /// The place of a value; one beyond the ends is put at the end, and no number at the beginning.
    pub(super) fn place(&self, value: f64) -> f64 {
        let value = if value.is_nan() {
            self.from
        } else {
            value.clamp(self.from, self.to)
        };
        let (from, to) = ((self.bend)(self.from), (self.bend)(self.to));
        self.start + (self.end - self.start) * ((self.bend)(value) - from) / (to - from)
    }

    /// Does the axis reach a value?
    pub(super) fn reaches(&self, value: f64) -> bool {
        self.from <= value && value <= self.to
    }
}

/// The least and the most of the finite values, with zero where asked, and never the same.
pub(super) fn range(values: impl IntoIterator<Item = f64>, with_zero: bool) -> (f64, f64) {
    let start = if with_zero {
        (0.0, 0.0)
    } else {
        (f64::INFINITY, f64::NEG_INFINITY)
    };
    let finite = values.into_iter().filter(|value| value.is_finite());
    let (low, high) = finite.fold(start, |(low, high), value| (value.min(low), value.max(high)));
    match high - low {
        wide if wide > 0.0 && wide.is_finite() => (low, high),
        _ if low.is_finite() && high.is_finite() => (low - low.abs().max(1.0), high + high.abs().max(1.0)),
        _ => (0.0, 1.0),
    }
}

/// An even axis whose ends are steps around a range, with its ticks and their labels.
pub(super) fn stepped((low, high): (f64, f64), start: f64, end: f64) -> (Axis, Vec<(f64, String)>) {
    let rough = (high - low) / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    let step = steps.into_iter().find(|step| *step >= rough * 0.999).unwrap_or(rough);
    let (first, last) = ((low / step + 1e-6).floor(), (high / step - 1e-6).ceil());
    let ticks = (0..=((last - first) as usize).min(20)).map(|tick| (first + tick as f64) * step);
    let ticks = ticks.map(|tick| (tick, figure(tick, step))).collect();
    (Axis::even(first * step, last * step, start, end), ticks)
}

/// A number with as many digits after the point as a step of its size needs, commas between thousands and a true minus.
pub(super) fn figure(value: f64, step: f64) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "unknown"
        } else if value > 0.0 {
            "∞"
        } else {
            "−∞"
        }
        .to_string();
    }
    let decimals = if step > 0.0 {
        (-step.log10().floor()).clamp(0.0, 6.0) as usize
    } else {
        2
    };
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text
        .split_once('.')
        .map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let is_zero = text.chars().all(|c| c == '0' || c == '.');
    let mut told = if value < 0.0 && !is_zero {
        "−".to_string()
    } else {
        String::new()
    };
    for (number, digit) in whole.chars().enumerate() {
        if number > 0 && (whole.len() - number) % 3 == 0 {
            told.push(',');
        }
        told.push(digit);
    }
    if !rest.is_empty() {
        told.push('.');
        told.push_str(rest);
    }
    told
}

/// A number with about three digits that count, as in a sentence.
pub(super) fn told(value: f64) -> String {
    let size = value.abs();
    figure(
        value,
        if size > 0.0 && size < 100.0 {
            (size / 100.0).max(1e-6)
        } else {
            1.0
        },
    )
}

/// A share in per cent, with a sign.
pub(super) fn signed_percent(share: f64) -> String {
    let percent = (share * 1000.0).round() / 10.0;
    let plus = if percent > 0.0 { "+" } else { "" };
    let step = if percent.abs() < 10.0 && percent.fract() != 0.0 {
        0.1
    } else {
        1.0
    };
    format!("{plus}{} %", figure(percent, step))
}
