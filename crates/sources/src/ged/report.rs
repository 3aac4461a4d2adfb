//! GED tells the reports behind an event twice: whole in `source_article`, as `"office,date,headline";"…"`, and part by
//! part in three other columns. The parts are kept only where the whole does not give them back.

/// Whether splitting the article gives back the three other columns.
pub(super) fn says_it_all(article: &str, office: &str, date: &str, headline: &str) -> bool {
    let Some(inner) = article.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return false;
    };
    let (mut office, mut date, mut headline) = (Joined::new(office), Joined::new(date), Joined::new(headline));
    for report in inner.split("\";\"") {
        let Some((first, rest)) = report.split_once(',') else {
            return false;
        };
        let Some((second, third)) = rest.split_once(',') else {
            return false;
        };
        if !(office.takes(first) && date.takes(second) && headline.takes(third)) {
            return false;
        }
    }
    office.is_done() && date.is_done() && headline.is_done()
}

/// A text that should be others joined by semicolons.
struct Joined<'a> {
    rest: &'a str,
    first: bool,
}

impl<'a> Joined<'a> {
    fn new(rest: &'a str) -> Self {
        Joined { rest, first: true }
    }

    fn takes(&mut self, part: &str) -> bool {
        let rest = if std::mem::take(&mut self.first) {
            Some(self.rest)
        } else {
            self.rest.strip_prefix(';')
        };
        match rest.and_then(|rest| rest.strip_prefix(part)) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn is_done(&self) -> bool {
        self.rest.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::says_it_all;

    #[test]
    fn parts_that_the_whole_gives_back_are_told_from_others() {
        let article = "\"AFP,2014-01-22,One, two; three\";\"BBC,2014-01-23,Four\"";
        assert!(says_it_all(
            article,
            "AFP;BBC",
            "2014-01-22;2014-01-23",
            "One, two; three;Four"
        ));
        assert!(!says_it_all(
            article,
            "AFP;BBC",
            "2014-01-22;2014-01-23",
            "One, two; three"
        ));
        assert!(!says_it_all(
            article,
            "AFP;BBC;CNN",
            "2014-01-22;2014-01-23",
            "One, two; three;Four"
        ));
        assert!(!says_it_all("Reuters 1989-05-17 \"REBELS", "", "", ""));
        assert!(!says_it_all("\"Reuters\"", "Reuters", "", ""));
        assert!(!says_it_all("\"", "", "", ""));
    }
}
