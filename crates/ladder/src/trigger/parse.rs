//! The grammar of expressions, over their words and signs.

use std::ops::Range;

use super::check::{Mistake, Quantity, Unit, Vocabulary, Written, number, short, summed};
use super::expression::{Comparison, Expression, Leaf, Need, Over, Test, Trend};
use super::tokens::{Sign, tokens};

/// How deep parentheses and `not` may be nested.
const DEPTH: usize = 50;

/// Reads an expression over the quantities of a vocabulary.
pub fn parse(text: &str, words: &Vocabulary) -> Result<Expression, Mistake> {
    let tokens = tokens(text);
    if tokens.is_empty() {
        let mistake = Mistake::new(0..text.len(), "the expression is empty");
        return Err(mistake.advice("write one, such as P(killed ≥ 25 within 3 months) ≥ 0.3 and trend rising"));
    }
    let mut reader = Reader {
        text,
        words,
        tokens,
        at: 0,
        depth: 0,
    };
    let expression = reader.any_of()?;
    match reader.peek() {
        None => Ok(expression),
        Some(Sign::Close) => Err(Mistake::new(reader.span(), "this parenthesis closes none")),
        Some(_) => Err(reader.expected("`and`, `or` or the end")),
    }
}

struct Reader<'t> {
    text: &'t str,
    words: &'t Vocabulary,
    tokens: Vec<(Sign, Range<usize>)>,
    at: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn any_of(&mut self) -> Result<Expression, Mistake> {
        self.joined("or", Expression::Or, Self::all_of)
    }

    fn all_of(&mut self) -> Result<Expression, Mistake> {
        self.joined("and", Expression::And, Self::part)
    }

    fn joined(
        &mut self,
        word: &str,
        join: fn(Vec<Expression>) -> Expression,
        part: fn(&mut Self) -> Result<Expression, Mistake>,
    ) -> Result<Expression, Mistake> {
        let first = part(self)?;
        if !self.is(word) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take(word) {
            parts.push(part(self)?);
        }
        Ok(join(parts))
    }

    fn part(&mut self) -> Result<Expression, Mistake> {
        let span = self.span();
        let opens = self.peek() == Some(Sign::Open);
        if !opens && !self.is("not") {
            return self.leaf().map(Expression::Is);
        }
        if self.depth == DEPTH {
            let mistake = Mistake::new(span, format!("the expression is nested deeper than {DEPTH} times"));
            return Err(mistake.advice("leave out parentheses that are not needed"));
        }
        self.depth += 1;
        self.at += 1;
        let part = if opens {
            let part = self.any_of()?;
            self.close(span)?;
            part
        } else {
            Expression::Not(Box::new(self.part()?))
        };
        self.depth -= 1;
        Ok(part)
    }

    fn leaf(&mut self) -> Result<Leaf, Mistake> {
        let named = self.tokens.get(self.at + 1).map(|(sign, _)| *sign) == Some(Sign::Open);
        let word = self.word().to_ascii_lowercase();
        match word.as_str() {
            "trend" => self.trend(),
            "p" if named => self.chance(),
            "change" if named => self.change(),
            "p" => {
                let mistake = Mistake::new(self.span(), "a chance is written with a parenthesis");
                Err(mistake.advice("write P(killed ≥ 25 within 3 months)"))
            }
            "" | "and" | "or" | "in" | "last" | "within" => Err(self.expected("a measure, `P(…)`, `trend` or `not`")),
            _ => self.value(),
        }
    }

    fn chance(&mut self) -> Result<Leaf, Mistake> {
        self.at += 1;
        let open = self.span();
        self.at += 1;
        let (name, span) = self.name()?;
        let quantity = self.words.forecast(name, span)?.clone();
        let sign = self.span();
        if self.comparison()? != Comparison::AtLeast {
            let mistake = Mistake::new(sign, "a chance is that of reaching a number");
            return Err(mistake.advice("write ≥ (or >=) inside P(…)"));
        }
        let written = self.written()?;
        let at_least = written.of(&quantity)?;
        if at_least == 0.0 && quantity.unit != Unit::Index {
            return Err(Mistake::new(written.span, "0 is always reached"));
        }
        if !self.take("within") {
            return Err(self.expected("`within` and a number of months"));
        }
        let months = self.months()?;
        self.close(open)?;
        let comparison = self.comparison()?;
        let limit = self.written()?.chance(&quantity)?;
        Ok(Leaf {
            need: Need::Chance {
                quantity: quantity.name.clone(),
                at_least,
                months,
            },
            quantity,
            test: Test::Number(comparison, limit),
        })
    }

    fn value(&mut self) -> Result<Leaf, Mistake> {
        let quantity = self.quantity()?;
        let start = self.span().start;
        let over = if self.take("in") {
            if !self.take("last") {
                return Err(self.expected("`last`"));
            }
            let number = self.count()?;
            match self.word().to_ascii_lowercase().as_str() {
                "month" | "months" => Over::Months(number),
                "day" | "days" => Over::Days(number),
                _ => return Err(self.expected("`months` or `days`")),
            }
        } else {
            Over::Latest
        };
        if over != Over::Latest {
            summed(&quantity, over, start..self.span().end)?;
            self.at += 1;
        }
        let comparison = match self.peek() {
            Some(Sign::Word) if over == Over::Latest => return Err(self.expected("a comparison or `in last`")),
            _ => self.comparison()?,
        };
        let limit = self.written()?.of(&quantity)?;
        Ok(Leaf {
            need: Need::Value {
                quantity: quantity.name.clone(),
                over,
            },
            quantity,
            test: Test::Number(comparison, limit),
        })
    }

    fn trend(&mut self) -> Result<Leaf, Mistake> {
        let span = self.span();
        self.at += 1;
        let quantity = if self.peek() == Some(Sign::Open) {
            let open = self.span();
            self.at += 1;
            let quantity = self.quantity()?;
            self.close(open)?;
            quantity
        } else {
            self.first_named(span)?
        };
        let trend = match self.word().to_ascii_lowercase().as_str() {
            "rising" => Trend::Rising,
            "steady" => Trend::Steady,
            "falling" => Trend::Falling,
            _ => return Err(self.expected("`rising`, `steady` or `falling`")),
        };
        self.at += 1;
        Ok(Leaf {
            need: Need::Trend {
                quantity: quantity.name.clone(),
            },
            quantity,
            test: Test::Trend(trend),
        })
    }

    /// The quantity that is named first in the whole expression: a trend without a name is its.
    fn first_named(&self, span: Range<usize>) -> Result<Quantity, Mistake> {
        let words = self.tokens.iter().filter(|(sign, _)| *sign == Sign::Word);
        let first = words
            .map(|(_, span)| &self.text[span.clone()])
            .find_map(|word| self.words.get(word));
        first.cloned().ok_or_else(|| {
            let mistake = Mistake::new(span, "it is not said of what this is the trend");
            mistake.advice("name it: trend(killed) rising")
        })
    }

    fn change(&mut self) -> Result<Leaf, Mistake> {
        self.at += 1;
        let open = self.span();
        self.at += 1;
        let quantity = self.quantity()?;
        if self.peek() != Some(Sign::Comma) {
            return Err(self.expected("a comma and a number of months"));
        }
        self.at += 1;
        let months = self.months()?;
        self.close(open)?;
        let comparison = self.comparison()?;
        let limit = self.written()?.change()?;
        Ok(Leaf {
            need: Need::Change {
                quantity: quantity.name.clone(),
                months,
            },
            quantity,
            test: Test::Number(comparison, limit),
        })
    }

    fn quantity(&mut self) -> Result<Quantity, Mistake> {
        let (name, span) = self.name()?;
        self.words.find(name, span).cloned()
    }

    fn name(&mut self) -> Result<(&'t str, Range<usize>), Mistake> {
        if self.peek() != Some(Sign::Word) {
            return Err(self.expected("a measure"));
        }
        let named = (self.word(), self.span());
        self.at += 1;
        Ok(named)
    }

    fn comparison(&mut self) -> Result<Comparison, Mistake> {
        let Some(Sign::Compare(comparison)) = self.peek() else {
            return Err(self.expected("≥, >, ≤ or <"));
        };
        self.at += 1;
        Ok(comparison)
    }

    fn months(&mut self) -> Result<u32, Mistake> {
        let months = self.count()?;
        if !self.take("months") && !self.take("month") {
            return Err(self.expected("`months`"));
        }
        Ok(months)
    }

    /// A number of months or days.
    fn count(&mut self) -> Result<u32, Mistake> {
        let span = self.span();
        if self.peek() != Some(Sign::Number) {
            return Err(self.expected("a number"));
        }
        self.at += 1;
        let count = number(&self.text[span.clone()], span.clone(), false)?;
        if !(1.0..=10_000.0).contains(&count) || count.fract() != 0.0 {
            let found = short(&self.text[span.clone()]);
            return Err(Mistake::new(
                span,
                format!("`{found}` is no whole number from 1 to 10,000"),
            ));
        }
        Ok(count as u32)
    }

    /// A number with its unit.
    fn written(&mut self) -> Result<Written, Mistake> {
        let start = self.span().start;
        let negative = self.peek() == Some(Sign::Minus);
        self.at += usize::from(negative);
        if self.peek() != Some(Sign::Number) {
            return Err(self.expected("a number"));
        }
        let digits = self.span();
        self.at += 1;
        let unit = self.unit()?;
        let end = self.tokens[self.at - 1].1.end;
        let value = number(&self.text[digits.clone()], digits, unit == Some(Unit::Share))?;
        Ok(Written {
            number: if negative { 0.0 - value } else { value },
            unit,
            span: start..end,
            text: short(&self.text[start..end]),
        })
    }

    fn unit(&mut self) -> Result<Option<Unit>, Mistake> {
        let unit = match self.word().to_ascii_lowercase().as_str() {
            "" if self.peek() == Some(Sign::Percent) => Unit::Share,
            "" | "and" | "or" | "within" => return Ok(None),
            "people" => Unit::People,
            "incidents" | "incident" => Unit::Incidents,
            "points" | "point" => Unit::Index,
            "per" => {
                self.at += 1;
                let span = self.span();
                let rate = self.peek() == Some(Sign::Number)
                    && number(&self.text[span.clone()], span.clone(), false)? == 100_000.0;
                if !rate {
                    return Err(self.expected("`100,000` after `per`"));
                }
                self.at += 1;
                self.take("people");
                return Ok(Some(Unit::PerHundredThousand));
            }
            "p" | "trend" | "change" | "not" => return Ok(None),
            _ if self.words.get(self.word()).is_some() => return Ok(None),
            _ => {
                let found = short(self.word());
                let mistake = Mistake::new(self.span(), format!("`{found}` is no unit"));
                return Err(mistake.advice("the units are people, incidents, points, % and per 100,000"));
            }
        };
        self.at += 1;
        Ok(Some(unit))
    }

    fn close(&mut self, open: Range<usize>) -> Result<(), Mistake> {
        match self.peek() {
            Some(Sign::Close) => self.at += 1,
            None => return Err(Mistake::new(open, "this parenthesis is not closed")),
            Some(_) => return Err(self.expected("`)`").advice("close the parenthesis")),
        }
        Ok(())
    }

    fn peek(&self) -> Option<Sign> {
        self.tokens.get(self.at).map(|(sign, _)| *sign)
    }

    /// Where the next token stands; the end of the text after the last.
    fn span(&self) -> Range<usize> {
        let end = self.text.len();
        self.tokens.get(self.at).map_or(end..end, |(_, span)| span.clone())
    }

    /// The next token if it is a word; nothing otherwise.
    fn word(&self) -> &'t str {
        if self.peek() == Some(Sign::Word) {
            &self.text[self.span()]
        } else {
            ""
        }
    }

    fn is(&self, word: &str) -> bool {
        self.word().eq_ignore_ascii_case(word)
    }

    fn take(&mut self, word: &str) -> bool {
        let there = self.is(word);
        self.at += usize::from(there);
        there
    }

    fn expected(&self, what: &str) -> Mistake {
        let span = self.span();
        match self.peek() {
            None => Mistake::new(span, format!("expected {what}, and the text ends")),
            Some(_) => {
                let found = short(&self.text[span.clone()]);
                Mistake::new(span, format!("expected {what}, and found `{found}`"))
            }
        }
    }
}
