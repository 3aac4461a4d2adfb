use jiff::civil::date;
use lysoen_lexicon::period::Period;

fn period(text: &str) -> Period {
    text.parse().unwrap_or_else(|why| panic!("{why}"))
}

#[test]
fn a_period_is_read_as_it_is_written() {
    for text in ["2024-03", "2024-Q1", "2024", "0001-12", "9998"] {
        assert_eq!(period(text).to_string(), text);
    }
    for text in [
        "",
        "24",
        "2024-13",
        "2024-00",
        "2024-3",
        "2024-Q5",
        "2024-q1",
        "2024-03-01",
        " 2024",
        "٢٠٢٤",
        "9999",
        "0000",
        "+202",
        "2024-é",
    ] {
        assert!(text.parse::<Period>().is_err(), "{text}");
    }
    assert_eq!(
        "March 2024".parse::<Period>().expect_err("refused").to_string(),
        "`March 2024` is not a period; write a month as `2024-03`, a quarter as `2024-Q1` or a year as `2024`"
    );
}

#[test]
fn its_ends_are_days_that_belong_to_it() {
    assert_eq!(period("2024-02").end(), date(2024, 2, 29));
    assert_eq!(period("2023-Q4").start(), date(2023, 10, 1));
    assert_eq!(period("2023-Q4").end(), date(2023, 12, 31));
    assert_eq!(period("2023").start(), date(2023, 1, 1));
    assert!(period("2023").contains(date(2023, 12, 31)) && !period("2023").contains(date(2024, 1, 1)));
    assert!(period("2023").covers(period("2023-Q4")) && !period("2023-Q4").covers(period("2023")));
}

#[test]
fn neighbours_and_months() {
    assert_eq!(period("2023-12").next(), period("2024-01"));
    assert_eq!(period("2024-Q1").prev(), period("2023-Q4"));
    assert_eq!(period("2024").next(), period("2025"));
    assert_eq!(period("9998-12").next(), period("9998-12"));
    assert_eq!(period("0001").prev(), period("0001"));
    let months: Vec<String> = period("2024-Q2").months().map(|m| m.to_string()).collect();
    assert_eq!(months, ["2024-04", "2024-05", "2024-06"]);
    assert_eq!(period("2024").months().count(), 12);
}

#[test]
fn order_is_by_first_day_then_length() {
    let mut all = ["2024-02", "2024", "2024-Q1", "2024-01", "2023-12"].map(period);
    all.sort();
    assert_eq!(
        all.map(|p| p.to_string()),
        ["2023-12", "2024-01", "2024-Q1", "2024", "2024-02"]
    );
}

#[test]
fn views_months_count_from_january_1980() {
    assert_eq!(Period::from_views_month(1).expect("a month"), period("1980-01"));
    assert_eq!(Period::from_views_month(493).expect("a month"), period("2021-01"));
    assert_eq!(Period::from_views_month(0).expect("a month"), period("1979-12"));
    assert_eq!(period("2021-12").views_month(), 504);
    assert!(Period::from_views_month(i32::MAX).is_err());
    assert!(Period::from_views_month(i32::MIN).is_err());
    for id in -2000..2000 {
        assert_eq!(Period::from_views_month(id).expect("a month").views_month(), id);
    }
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn views_months_are_those_of_the_views_file() {
    #[cfg(shared_data)]
    for row in crate::shared::distinct("views/cm_ged_sb_1990_2022.csv.gz", &["month_id", "month"]) {
        let id: i32 = row[0].parse().expect("a number");
        assert_eq!(Period::from_views_month(id).expect("a month").to_string(), row[1]);
    }
}

#[test]
fn a_period_made_by_hand_out_of_range_does_not_panic() {
    let wild = Period::Month {
        year: i16::MAX,
        month: 200,
    };
    assert!(wild.start() <= wild.end());
    assert!(Period::month(2024, 13).is_err() && Period::quarter(2024, 0).is_err() && Period::year(0).is_err());
}
