//! The words, numbers and signs of an expression.

use std::ops::Range;

use winnow::LocatingSlice;
use winnow::Parser as _;
use winnow::ascii::digit1;
use winnow::combinator::{alt, preceded, repeat, terminated};
use winnow::token::{any, one_of, take_while};

use super::expression::Comparison;

/// A kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Word,
    Number,
    Compare(Comparison),
    Open,
    Close,
    Comma,
    Percent,
    Minus,
    /// A character that means nothing here.
    Other,
}

/// The tokens of a text and where they stand. No text is refused here: what means nothing is for the grammar to tell.
pub(crate) fn tokens(text: &str) -> Vec<(Sign, Range<usize>)> {
    fn space(input: &mut LocatingSlice<&str>) -> winnow::Result<()> {
        take_while(0.., char::is_whitespace).void().parse_next(input)
    }
    fn token(input: &mut LocatingSlice<&str>) -> winnow::Result<Sign> {
        let letter = |c: char| c.is_alphabetic() || c == '_';
        let word = (
            one_of(letter),
            take_while(0.., move |c: char| letter(c) || c.is_numeric() || c == '-'),
        );
        let groups = repeat::<_, _, (), _, _>(0.., (one_of([',', '_', '.']), digit1));
        alt((
            word.value(Sign::Word),
            (digit1, groups).value(Sign::Number),
            alt(("≥", ">=")).value(Sign::Compare(Comparison::AtLeast)),
            alt(("≤", "<=")).value(Sign::Compare(Comparison::AtMost)),
            any.map(|sign| match sign {
                '>' => Sign::Compare(Comparison::Above),
                '<' => Sign::Compare(Comparison::Below),
                '(' => Sign::Open,
                ')' => Sign::Close,
                ',' => Sign::Comma,
                '%' => Sign::Percent,
                '-' | '−' => Sign::Minus,
                _ => Sign::Other,
            }),
        ))
        .parse_next(input)
    }
    let mut all = terminated(repeat(0.., preceded(space, token.with_span())), space);
    all.parse(LocatingSlice::new(text)).unwrap_or_default()
}
