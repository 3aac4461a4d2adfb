//! The names of GED's releases: what each covers, and by when it was public.

use jiff::civil::{Date, date};

/// The first day that GED covers.
pub(super) const BEGINNING: Date = date(1989, 1, 1);

/// A release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// A yearly release such as 25.1, which ends with the year before.
    Annual { year: i16, minor: u16 },
    /// A candidate release: the one of a month (26.0.1) or of the months so far (25.01.25.06).
    Candidate {
        year: i16,
        first: i8,
        last: i8,
        monthly: bool,
    },
}

/// A release as a file's name tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) version: Version,
    /// Whether the name is the publisher's own, and so the file is the whole release.
    pub(super) whole: bool,
}

impl Version {
    /// The yearly release that has the events up to the end of `year`.
    pub(super) fn annual_up_to(year: i16) -> Option<Version> {
        (2016..=2098).contains(&year).then_some(Version::Annual {
            year: year + 1,
            minor: 1,
        })
    }

    /// The publisher's own name of it.
    pub(super) fn label(self) -> String {
        match self {
            Version::Annual { year, minor } => format!("{}.{minor}", year - 2000),
            Version::Candidate {
                year,
                first,
                monthly: true,
                ..
            } => format!("{}.0.{first}", year - 2000),
            Version::Candidate { year, first, last, .. } => {
                let year = year - 2000;
                format!("{year:02}.{first:02}.{year:02}.{last:02}")
            }
        }
    }

    /// The day by which it was public: yearly releases come out in June; candidate releases around the 20th of the month
    /// after (Hegre et al. 2020), for which the month's last day is taken.
    pub(super) fn public_by(self) -> Date {
        match self {
            Version::Annual { year, .. } => date(year, 6, 30),
            Version::Candidate { year, last: 12, .. } => date(year + 1, 1, 31),
            Version::Candidate { year, last, .. } => date(year, last + 1, 1).last_of_month(),
        }
    }

    /// The first and the last day that it covers.
    pub(super) fn covers(self) -> (Date, Date) {
        match self {
            Version::Annual { year, .. } => (BEGINNING, date(year - 1, 12, 31)),
            Version::Candidate { year, first, last, .. } => (date(year, first, 1), date(year, last, 1).last_of_month()),
        }
    }
}

/// The release that a file's name tells: `GEDEvent_v25_1.csv`, `GEDEvent_v26_0_1.csv`, `GEDEvent_v25_01_25_06.csv`,
/// `ged251.csv`, or such a version somewhere in another name.
pub(super) fn named(file_name: &str) -> Option<Named> {
    let name = file_name.to_lowercase();
    by_letter(&name).or_else(|| three_digits(&name))
}

fn by_letter(name: &str) -> Option<Named> {
    name.match_indices('v').find_map(|(at, _)| {
        let own_word = !name[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let (numbers, rest) = numbers(&name[at + 1..]);
        let version = own_word.then(|| version(&numbers)).flatten()?;
        Some(Named {
            version,
            whole: &name[..at] == "gedevent_" && ends_there(rest),
        })
    })
}

fn three_digits(name: &str) -> Option<Named> {
    let after = &name[name.find("ged")? + 3..];
    let digits: Vec<u16> = after
        .bytes()
        .take_while(u8::is_ascii_digit)
        .map(|b| u16::from(b - b'0'))
        .collect();
    let [tens, ones, minor] = digits[..] else { return None };
    let version = version(&[tens * 10 + ones, minor])?;
    Some(Named {
        version,
        whole: name.starts_with("ged") && ends_there(&after[3..]),
    })
}

/// Whether nothing follows but the extension and the number that a browser adds to a second download.
fn ends_there(rest: &str) -> bool {
    let stem = rest.rsplit_once('.').map_or(rest, |(stem, _)| stem).trim();
    let copy = stem.strip_prefix('(').and_then(|s| s.strip_suffix(')'));
    stem.is_empty() || copy.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The numbers at the start of a text, parted by `_` or `.`, and what follows them.
fn numbers(mut text: &str) -> (Vec<u16>, &str) {
    let mut numbers = Vec::new();
    loop {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let Ok(number) = text[..digits].parse() else {
            return (numbers, text);
        };
        numbers.push(number);
        text = &text[digits..];
        match text.strip_prefix(['_', '.']) {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => text = next,
            _ => return (numbers, text),
        }
    }
}

/// Since 2017 the first number is the year of publication; before, it counted releases.
fn version(numbers: &[u16]) -> Option<Version> {
    let year = |n: u16| (17..=99).contains(&n).then_some(2000 + n as i16);
    let month = |n: u16| (1..=12).contains(&n).then_some(n as i8);
    match *numbers {
        [y, minor @ 1..=9] => Some(Version::Annual { year: year(y)?, minor }),
        [y, 0, m] => Some(Version::Candidate {
            year: year(y)?,
            first: month(m)?,
            last: month(m)?,
            monthly: true,
        }),
        [y, first, z, last] if y == z && first <= last => Some(Version::Candidate {
            year: year(y)?,
            first: month(first)?,
            last: month(last)?,
            monthly: false,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_tells_the_release() {
        for (name, label, whole) in [
            ("GEDEvent_v25_1.csv", "25.1", true),
            ("GEDEvent_v26_0_1.csv", "26.0.1", true),
            ("GEDEvent_v26_0_1 (2).csv", "26.0.1", true),
            ("GEDEvent_v25_01_25_06.csv", "25.01.25.06", true),
            ("ged251.csv", "25.1", true),
            ("ged251-csv", "25.1", false),
            ("ged_v23_1_car_482.geojson", "23.1", false),
            ("ucdpged_sample1000_v23_1.converted.csv", "23.1", false),
            ("GEDEvent_v26_0_1_ukraine.csv", "26.0.1", false),
        ] {
            let named = named(name).unwrap_or_else(|| panic!("{name} tells its release"));
            assert_eq!((named.version.label().as_str(), named.whole), (label, whole), "{name}");
        }
        for name in [
            "hdx_conflict_data_sdn_1989_2023.csv",
            "ged50.csv",
            "GEDEvent_v5_0.csv",
            "gedevents-2025-01-04.csv",
            "v",
            "",
        ] {
            assert_eq!(named(name), None, "{name}");
        }
    }

    #[test]
    fn a_candidate_release_covers_its_month_and_is_public_by_the_end_of_the_next() {
        let december = named("GEDEvent_v25_0_12.csv").expect("a release").version;
        assert_eq!(december.covers(), (date(2025, 12, 1), date(2025, 12, 31)));
        assert_eq!(december.public_by(), date(2026, 1, 31));
        let annual = Version::annual_up_to(2024).expect("a release");
        assert_eq!(
            (annual.label().as_str(), annual.public_by()),
            ("25.1", date(2025, 6, 30))
        );
        assert_eq!(annual.covers(), (date(1989, 1, 1), date(2024, 12, 31)));
    }
}
