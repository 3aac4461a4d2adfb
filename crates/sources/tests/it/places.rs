//! Lists of places, made by hand and real.

use lysoen_facts::tables::FactRow;
use lysoen_lexicon::country::Crosswalk;
use lysoen_sources::catalog::Catalog;
use lysoen_sources::finding::Findings;
use lysoen_sources::input::Input;
use lysoen_sources::reader::{Job, ReadError, Sink};
use lysoen_sources::recognise::recognise;

/// Place, parent, name, level.
type Told = (String, Option<String>, String, i16);

#[derive(Default)]
struct Taken(Vec<Told>);

impl Sink for Taken {
    fn push(&mut self, row: &FactRow<'_>) -> Result<(), ReadError> {
        let FactRow::Place(p) = row else { panic!("{row:?}") };
        self.0
            .push((p.place.into(), p.parent.map(str::to_string), p.name.into(), p.level));
        Ok(())
    }
}

fn read(path: &std::path::Path) -> (Vec<Told>, Findings) {
    let input = Input::open(path).unwrap().remove(0);
    let found = recognise(&input, Catalog::builtin(), None).unwrap();
    let (mut sink, mut findings) = (Taken::default(), Findings::new("places"));
    let reader = lysoen_sources::readers::reader(&found.layout.reader).unwrap();
    let mut job = Job {
        card: found.card,
        layout: found.layout,
        crosswalk: Crosswalk::builtin(),
        sink: &mut sink,
        findings: &mut findings,
    };
    reader.read(&input, &mut job).unwrap();
    assert!(findings.add_up());
    (sink.0, findings)
}

#[test]
fn areas_nest_in_their_parents_and_a_bad_row_is_told_by_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pcodes.csv");
    let text = "\u{feff}Location,Admin Level,P-Code,Name,Parent P-Code,Valid from date\r\n\
                CAF,1,CF11,Ombella M'Poko,CAF,2021-11-17\r\n\
                CAF,2,CF111,Bimbo,CF11,2021-11-17\r\n\
                CAF,5,CF1111,Bimbo,CF111,2021-11-17\r\n\
                QQQ,1,QQ11,Nowhere,QQQ,2021-11-17\r\n";
    std::fs::write(&path, text).unwrap();
    let (places, findings) = read(&path);
    let place = |id: &str, parent: &str, name: &str, level| (id.into(), Some(parent.into()), name.into(), level);
    assert_eq!(
        places,
        [
            place("CF11", "CAF", "Ombella M'Poko", 1),
            place("CF111", "CF11", "Bimbo", 2)
        ]
    );
    let told: Vec<String> = findings.list().iter().map(ToString::to_string).collect();
    assert!(told[0].contains("row 4, column Admin Level: found 5"), "{told:?}");
    assert!(told[1].contains("row 5, column Location: found QQQ"), "{told:?}");
}

#[test]
#[cfg_attr(not(shared_data), ignore = "needs ../shared/data")]
fn the_global_list_of_pcodes_and_the_list_of_countries_are_read_whole() {
    let data = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let (areas, findings) = read(&data.join("boundaries/global_pcodes_adm_1_2.csv.gz"));
    assert_eq!(findings.rows_read, 33_453);
    // Three rows have a word in place of the P-code: "Unspecified" and, twice, "ECNO APLICA".
    assert_eq!((findings.rows_kept, findings.rows_rejected), (33_450, 3));
    assert_eq!((areas.iter().filter(|a| a.3 == 1).count(), areas.len()), (2542, 33_450));
    let (countries, findings) = read(&data.join("crosswalk/country-codes.csv"));
    assert_eq!((countries.len() as u64, findings.rows_read), (249, 249));
    assert!(countries.iter().any(|c| c.0 == "NOR" && c.2 == "Norway"));
}
