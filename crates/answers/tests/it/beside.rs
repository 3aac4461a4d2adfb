//! People's security beside indices of their states.

use lysoen_answers::{AssessRequest, Cell, assess};
use lysoen_measures::Coverage;

use crate::observatories::from_snapshot;
use crate::picture::{figure, year};

#[test]
fn ranks_count_the_places_that_are_worse_among_those_that_have_both() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let pair: Vec<_> = assessment
        .beside
        .iter()
        .filter(|b| b.measure == "killed" && b.index == "inform_risk")
        .collect();
    assert!(pair.len() > 50, "{}", pair.len());
    for one in &pair {
        let rate = |place: &str| figure(&assessment, place, "killed").per_100k.unwrap();
        let index = |place: &str| figure(&assessment, place, "inform_risk").value.unwrap();
        let here = one.place.as_str();
        assert_eq!(one.of, pair.len());
        let worse = pair.iter().filter(|b| rate(b.place.as_str()) > rate(here)).count();
        assert_eq!(one.rank, worse + 1, "{here}");
        let worse = pair.iter().filter(|b| index(b.place.as_str()) > index(here)).count();
        assert_eq!(one.index_rank, worse + 1, "{here}");
        assert_eq!(figure(&assessment, here, "killed").coverage, Coverage::Covered);
    }
    // The human development index is worst at its low end.
    let hdi = |place: &str| figure(&assessment, place, "hdi").value.unwrap();
    let by_hdi: Vec<_> = assessment
        .beside
        .iter()
        .filter(|b| b.measure == "killed" && b.index == "hdi")
        .collect();
    let lowest = by_hdi
        .iter()
        .min_by(|a, b| hdi(a.place.as_str()).total_cmp(&hdi(b.place.as_str())))
        .unwrap();
    assert_eq!(lowest.index_rank, 1);
}

#[test]
fn a_place_asked_for_alone_has_the_rank_that_it_has_among_all() {
    let (_folder, observatory) = from_snapshot();
    let all = assess(&observatory, &year("2024")).unwrap();
    let places = vec!["MEX".to_string()];
    let alone = assess(&observatory, &AssessRequest { places, ..year("2024") }).unwrap();
    let of_all: Vec<_> = all
        .beside
        .iter()
        .filter(|b| b.place.as_str() == "MEX")
        .cloned()
        .collect();
    assert!(!alone.beside.is_empty());
    assert_eq!(alone.beside, of_all);
}

#[test]
fn the_sheet_says_the_difference_or_why_there_is_no_rank_in_every_row() {
    let (_folder, observatory) = from_snapshot();
    let assessment = assess(&observatory, &year("2024")).unwrap();
    let sheet = assessment.beside_sheet();
    let at = |name: &str| sheet.columns.iter().position(|c| c.name == name).unwrap();
    let (note, rank, difference) = (at("note"), at("rank"), at("difference"));
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    for row in &sheet.rows {
        assert_eq!(row.len(), sheet.columns.len());
        assert!(!text(&row[note]).is_empty(), "{row:?}");
        assert_eq!(row[rank] == Cell::Missing, row[difference] == Cell::Missing);
    }
    let norway = |row: &&Vec<Cell>| text(&row[0]) == "NOR" && text(&row[at("measure")]) == "killed";
    let norway = sheet.rows.iter().find(norway).unwrap();
    assert_eq!(
        (&norway[rank], text(&norway[note]).as_str()),
        (&Cell::Missing, "no rank: none recorded")
    );
    let of = |measure: &str| {
        let row = |row: &&Vec<Cell>| text(&row[at("measure")]) == measure && row[rank] != Cell::Missing;
        sheet.rows.iter().filter(row).count()
    };
    assert!(of("killed") > 100 && of("displaced_in_country") > 100);
    assert_eq!(
        of("facing_at_least_one_threat"),
        0,
        "no place has the whole core set in 2024"
    );
    assert!(sheet.sources.iter().any(|s| s.id == "inform") && sheet.sources.iter().any(|s| s.id == "hdr"));
    assert!(
        sheet
            .notes
            .iter()
            .any(|n| n.contains("contains conflict and displaced people itself"))
    );
    assert!(
        !sheet.notes.iter().any(|n| n.contains("V-Dem")),
        "no V-Dem has been imported"
    );
}
