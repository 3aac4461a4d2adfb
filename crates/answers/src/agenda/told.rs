//! How a participant stands, in a sentence.

use jiff::civil::Date;
use lysoen_agenda::standing::SinceBasis;
use lysoen_agenda::{Standing, StandingWord};

/// A day as it is written in a sentence.
pub(super) fn day(day: Date) -> String {
    day.strftime("%-d %b %Y").to_string()
}

/// How it stands, without the place: `bound since 1 Mar 1999`.
pub(super) fn standing(standing: &Standing) -> String {
    let since = standing
        .since
        .map_or_else(String::new, |since| match standing.since_basis {
            Some(SinceBasis::YearOnly) => {
                format!(" since {} at the latest (the source tells the year alone)", day(since))
            }
            Some(SinceBasis::NoLater) => format!(" since {} at the latest", day(since)),
            Some(SinceBasis::Succession) => format!(" since {}, by succession", day(since)),
            Some(SinceBasis::Rule | SinceBasis::Source) | None => format!(" since {}", day(since)),
        });
    let ahead = |what: &str| {
        standing
            .ahead
            .map_or_else(String::new, |on| format!("; {what} {}", day(on)))
    };
    match standing.word {
        StandingWord::Unknown => "no list in the lake tells".to_string(),
        StandingWord::Asked => format!("asked{since}; no treaty binds it"),
        StandingWord::NotBound => "not bound".to_string(),
        StandingWord::Signed => format!("signed only{since}"),
        StandingWord::Deposited => format!("has consented{since}{}", ahead("in force for it on")),
        StandingWord::Provisional => format!("applies it provisionally{since}{}", ahead("in force for it on")),
        StandingWord::Bound => format!("bound{since}"),
        StandingWord::WithdrawalAnnounced => format!("bound{since}; withdrawal announced, no notice known"),
        StandingWord::WithdrawalNotified => format!("bound{since}; withdrawal notified{}", ahead("takes effect on")),
        StandingWord::WithdrawalSuspended => format!("bound{since}; its withdrawal takes no effect in armed conflict"),
        StandingWord::WithdrawalRevoked => format!("bound{since}; its notice of withdrawal was taken back"),
        StandingWord::Withdrawn => format!("withdrawn{since}"),
        StandingWord::Contested => format!("contested{since}"),
    }
}

/// A word of the rules as it stands in a table: `withdrawal notified`, and `signed only`.
pub(super) fn plain(word: &str) -> String {
    match word {
        "signed" => "signed only".to_string(),
        word => word.replace('-', " "),
    }
}
