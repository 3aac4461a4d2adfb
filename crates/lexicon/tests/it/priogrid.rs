use lysoen_lexicon::priogrid::{NoSuchCell, PrioGrid};

#[test]
fn rows_and_columns_make_the_number() {
    let cell = PrioGrid::from_row_col(1, 1).expect("a cell");
    assert_eq!((cell.id(), cell.centre()), (1, (-179.75, -89.75)));
    let last = PrioGrid::from_row_col(360, 720).expect("a cell");
    assert_eq!((last.id(), last.centre()), (259_200, (179.75, 89.75)));
    assert!(PrioGrid::from_row_col(0, 1).is_err() && PrioGrid::from_row_col(361, 1).is_err());
    assert_eq!(PrioGrid::new(0), Err(NoSuchCell::Number("0".to_owned())));
}

#[test]
fn every_cell_holds_its_own_centre() {
    for id in 1..=259_200 {
        let cell = PrioGrid::new(id).expect("a cell");
        let (longitude, latitude) = cell.centre();
        assert_eq!(PrioGrid::from_lon_lat(longitude, latitude), Some(cell));
        assert_eq!(PrioGrid::from_row_col(cell.row(), cell.col()), Ok(cell));
    }
}

#[test]
fn the_edges_of_the_world_have_cells_and_nothing_beyond() {
    assert_eq!(PrioGrid::from_lon_lat(180.0, 90.0).map(PrioGrid::id), Some(259_200));
    assert_eq!(PrioGrid::from_lon_lat(-180.0, -90.0).map(PrioGrid::id), Some(1));
    assert_eq!(PrioGrid::from_lon_lat(180.1, 0.0), None);
    assert_eq!(PrioGrid::from_lon_lat(0.0, f64::NAN), None);
}

#[test]
fn neighbours_wrap_round_the_date_line_and_stop_at_the_poles() {
    let at = |row, column| PrioGrid::from_row_col(row, column).expect("a cell");
    let around: Vec<_> = at(100, 720).neighbours();
    assert_eq!(around.len(), 8);
    assert!(around.contains(&at(100, 1)) && around.contains(&at(101, 719)));
    assert_eq!(at(1, 1).neighbours().len(), 5);
    assert_eq!(at(360, 5).neighbours().len(), 5);
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn ucdp_events_lie_in_the_cells_that_ucdp_gives() {
    #[cfg(shared_data)]
    {
        let files = [
            "ucdp/GEDEvent_v26_0_1.csv.gz",
            "ucdp/ucdpged_sample1000_v23_1.converted.csv.gz",
            "ucdp/ucdp_web_export_sudan_2025-01-04.csv.gz",
        ];
        let mut points = 0;
        let mut elsewhere = Vec::new();
        for row in files
            .iter()
            .flat_map(|file| crate::shared::distinct(file, &["longitude", "latitude", "priogrid_gid"]))
        {
            let number = |at: usize| row[at].parse::<f64>().unwrap_or_else(|_| panic!("{row:?}"));
            let cell = PrioGrid::from_lon_lat(number(0), number(1)).expect("a point on Earth");
            points += 1;
            if f64::from(cell.id()) != number(2) {
                elsewhere.push(row.join(" "));
            }
        }
        assert!(points > 2_000, "{points} points");
        // Rounded to six places in the export of UCDP's web page: it lay south of the edge.
        assert_eq!(elsewhere, ["22.620000 14.000000 149446"]);
    }
}
