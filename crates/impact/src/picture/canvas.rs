//! A small writer of SVG.

use std::fmt::Write;

use super::Words;
use super::axis::Axis;

/// The width of every chart, in pixels or points.
pub(super) const WIDTH: f64 = 720.0;
/// What is left free at the sides.
pub(super) const EDGE: f64 = 16.0;
/// Size of the common text.
pub(super) const SIZE: f64 = 11.0;
/// The colours of Okabe & Ito.
pub(super) const BLUE: &str = "#0072B2";
pub(super) const VERMILION: &str = "#D55E00";
/// Text, and what is black.
pub(super) const INK: &str = "#1b1f27";
/// Axes and lesser text.
pub(super) const GREY: &str = "#5f6672";
/// Lines behind everything.
pub(super) const GRID: &str = "#dfe3ea";
/// Bands.
pub(super) const BAND: &str = "#c9ced8";

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// An entry of a legend: its text, and what draws its mark around a point.
pub(super) type Entry<'a> = (&'a str, &'a dyn Fn(&mut Canvas, (f64, f64)));

/// A drawing that grows downwards.
pub(super) struct Canvas {
    body: String,
    /// How far down it is taken.
    pub(super) y: f64,
}

impl Canvas {
    /// Begins with the title.
    pub(super) fn new(words: Words<'_>) -> Canvas {
        let mut canvas = Canvas {
            body: String::new(),
            y: EDGE + 4.0,
        };
        // Bold is wider by an eighth.
        for line in wrap(words.title, 15.0 * 1.13, WIDTH - 2.0 * EDGE) {
            canvas.y += 14.0;
            let y = canvas.y;
            let style = "font-size=\"15\" font-weight=\"bold\"";
            canvas.styled(EDGE, y, Anchor::Start, style, &line);
            canvas.y += 5.0;
        }
        canvas.y += 6.0;
        canvas
    }

    /// Lines of lesser text across the chart.
    pub(super) fn note(&mut self, text: &str) {
        for line in wrap(text, SIZE, WIDTH - 2.0 * EDGE) {
            self.y += 15.0;
            let y = self.y;
            self.styled(EDGE, y, Anchor::Start, &format!("fill=\"{GREY}\""), &line);
        }
    }

    /// Ends with the caption, and gives the whole. `kind` tells apart charts of one title in one page.
    pub(super) fn finish(mut self, words: Words<'_>, kind: &str, seen: &str) -> String {
        self.y += 6.0;
        self.note(words.caption);
        let height = (self.y + EDGE).ceil();
        let letters = words.title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
        let id: String = kind.chars().chain("-".chars()).chain(letters).collect();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
             height=\"{height}\" \
             role=\"img\" aria-labelledby=\"t-{id}\" aria-describedby=\"d-{id}\"><title id=\"t-{id}\">{}</title>\
             <desc id=\"d-{id}\">{}</desc>\n<rect width=\"{WIDTH}\" height=\"{height}\" rx=\"10\" fill=\"#ffffff\"/>\n\
             <g font-family=\"'DejaVu Sans',Verdana,Helvetica,Arial,sans-serif\" font-size=\"{SIZE}\" \
             fill=\"{INK}\">\n{}</g>\n</svg>\n",
            escape(words.title),
            escape(seen),
            self.body,
        )
    }

    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), style: &str) {
        let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(short);
        let _ = writeln!(
            self.body,
            "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" {style}/>"
        );
    }

    /// A rectangle between two corners.
    pub(super) fn rect(&mut self, a: (f64, f64), b: (f64, f64), style: &str) {
        let [x, y] = [a.0.min(b.0), a.1.min(b.1)].map(short);
        let [width, height] = [(a.0 - b.0).abs(), (a.1 - b.1).abs()].map(short);
        let _ = writeln!(
            self.body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {style}/>"
        );
    }

    /// `polyline` or `polygon`; nothing where there are no points.
    pub(super) fn path(&mut self, element: &str, points: impl IntoIterator<Item = (f64, f64)>, style: &str) {
        let points = points.into_iter().map(|(x, y)| format!("{},{}", short(x), short(y)));
        let points: Vec<String> = points.collect();
        if !points.is_empty() {
            let _ = writeln!(self.body, "<{element} points=\"{}\" {style}/>", points.join(" "));
        }
    }

    pub(super) fn disc(&mut self, (x, y): (f64, f64), radius: f64, style: &str) {
        let [x, y, radius] = [x, y, radius].map(short);
        let _ = writeln!(self.body, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {style}/>");
    }

    pub(super) fn diamond(&mut self, (x, y): (f64, f64), half: (f64, f64), style: &str) {
        let corners = [(x, y - half.1), (x + half.0, y), (x, y + half.1), (x - half.0, y)];
        self.path("polygon", corners, style);
    }

    pub(super) fn text(&mut self, x: f64, y: f64, anchor: Anchor, text: &str) {
        self.styled(x, y, anchor, "", text);
    }

    pub(super) fn styled(&mut self, x: f64, y: f64, anchor: Anchor, style: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let space = if style.is_empty() { "" } else { " " };
        let ([x, y], text) = ([x, y].map(short), escape(text));
        let _ = writeln!(
            self.body,
            "<text x=\"{x}\" y=\"{y}\"{anchor}{space}{style}>{text}</text>"
        );
    }

    /// Ticks, their labels and lines across the plot, of the axis below it.
    pub(super) fn below(&mut self, axis: &Axis, (top, bottom): (f64, f64), ticks: &[(f64, String)], name: &str) {
        for (value, label) in ticks {
            let x = axis.place(*value);
            self.line((x, top), (x, bottom + 4.0), &format!("stroke=\"{GRID}\""));
            self.text(x, bottom + 16.0, Anchor::Middle, label);
        }
        self.line((axis.start, bottom), (axis.end, bottom), &format!("stroke=\"{GREY}\""));
        self.y = bottom + 20.0;
        for line in wrap(name, SIZE, axis.end - axis.start) {
            self.y += 14.0;
            let y = self.y;
            self.text((axis.start + axis.end) / 2.0, y, Anchor::Middle, &line);
        }
        self.y += 4.0;
    }

    /// The same of the axis to its left, whose name stands above it, where it can be read without turning the head.
    pub(super) fn beside(&mut self, axis: &Axis, (left, right): (f64, f64), ticks: &[(f64, String)]) {
        for (value, label) in ticks {
            let y = axis.place(*value);
            self.line((left - 4.0, y), (right, y), &format!("stroke=\"{GRID}\""));
            self.text(left - 7.0, y + 4.0, Anchor::End, label);
        }
        self.line((left, axis.start), (left, axis.end), &format!("stroke=\"{GREY}\""));
    }

    /// Entries beside each other, as many to a line as there is room for. A mark is at most 28 wide.
    pub(super) fn legend(&mut self, entries: &[Entry<'_>]) {
        let mut x = EDGE;
        self.y += 14.0;
        for (text, draw) in entries {
            let text = fit(text, SIZE, WIDTH - 2.0 * EDGE - 34.0);
            let width = 34.0 + wide(&text, SIZE);
            if x > EDGE && x + width > WIDTH - EDGE {
                x = EDGE;
                self.y += 17.0;
            }
            let y = self.y;
            draw(self, (x + 14.0, y - 4.0));
            self.text(x + 34.0, y, Anchor::Start, &text);
            x += width + 16.0;
        }
        self.y += 8.0;
    }
}

/// A coordinate with no more digits than can be seen.
fn short(x: f64) -> String {
    let text = format!("{x:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_string)
}

/// Text as XML takes it. Control characters, which XML cannot hold at all, become blanks.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// About how wide a text is, in a rather wide face, so that it has room in others too.
pub(super) fn wide(text: &str, size: f64) -> f64 {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | ' ' => 0.36,
        'f' | 'r' | 't' | '-' | '/' | '[' | ']' => 0.42,
        'm' | 'M' | 'w' | 'W' | '%' | '@' | '—' => 0.97,
        '−' | '≥' | '≤' | '±' | '=' | '<' | '>' | '+' => 0.84,
        c if c.is_uppercase() => 0.74,
        c if c.is_ascii() || ('\u{80}'..'\u{500}').contains(&c) || c == '–' || c == '…' => 0.64,
        _ => 1.0,
    };
    size * text.chars().map(width).sum::<f64>()
}

/// The text, or as much of its beginning as there is room for.
pub(super) fn fit(text: &str, size: f64, room: f64) -> String {
    if wide(text, size) <= room {
        return text.to_string();
    }
    let mut shorter: Vec<char> = text.chars().collect();
    while !shorter.is_empty() && wide(&shorter.iter().collect::<String>(), size) + wide("…", size) > room {
        shorter.pop();
    }
    shorter.into_iter().collect::<String>().trim_end().to_string() + "…"
}

/// The text in lines that have room; a word too long for one is cut.
pub(super) fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if wide(&longer, size) <= room => *line = longer,
            _ => lines.push(fit(word, size, room)),
        }
    }
    lines
}
