//! Where GED's columns stand in a file, under the names that its layouts give them.

use crate::reader::ReadError;
use crate::records::Header;

macro_rules! columns {
    (needed { $($needed:ident : [$($nname:literal),+]),* $(,)? } others { $($other:ident : [$($oname:literal),+]),* $(,)? }) => {
        /// The columns of one file. The publisher's names have changed little; `best_est` and the like are those of the
        /// web page's export, names without `_new` those of the first releases.
        pub(super) struct Columns {
            $(pub(super) $needed: Option<usize>,)*
            $(pub(super) $other: Option<usize>,)*
            /// Columns that GED does not have, by name.
            pub(super) unknown: Vec<(usize, String)>,
        }

        impl Columns {
            /// Finds the columns; a file without one of those that make an event is not GED.
            pub(super) fn find(header: &Header, file: &str) -> Result<Columns, ReadError> {
                let at = |names: &[&str]| names.iter().find_map(|name| header.index(name));
                let columns = Columns {
                    $($needed: Some(at(&[$($nname),+]).ok_or_else(|| lacks(file, &[$($nname),+]))?),)*
                    $($other: at(&[$($oname),+]),)*
                    unknown: Vec::new(),
                };
                let known = [$(columns.$needed,)* $(columns.$other,)*];
                let named = header.names().iter().enumerate().filter(|(at, name)| {
                    !name.is_empty() && !known.contains(&Some(*at))
                });
                Ok(Columns { unknown: named.map(|(at, name)| (at, name.clone())).collect(), ..columns })
            }
        }
    };
}

fn lacks(file: &str, names: &[&str]) -> ReadError {
    ReadError::Malformed {
        file: file.to_string(),
        row: None,
        found: format!("no column {}", names.join(" or ")),
        expected: "the columns of UCDP GED, among them id, type_of_violence, date_end and best".to_string(),
    }
}

columns! {
    needed {
        id: ["id"],
        violence: ["type_of_violence"],
        date_end: ["date_end"],
        best: ["best", "best_est"],
    }
    others {
        relid: ["relid"],
        year: ["year"],
        start_year: ["start_year"],
        end_year: ["end_year"],
        active_year: ["active_year"],
        code_status: ["code_status"],
        conflict_dset_id: ["conflict_dset_id"],
        conflict_id: ["conflict_new_id", "conflict_id"],
        conflict: ["conflict_name"],
        dyad_dset_id: ["dyad_dset_id"],
        dyad_id: ["dyad_new_id", "dyad_id"],
        dyad: ["dyad_name"],
        side_a_dset_id: ["side_a_dset_id"],
        side_a_id: ["side_a_new_id", "side_a_id"],
        side_a: ["side_a"],
        side_b_dset_id: ["side_b_dset_id"],
        side_b_id: ["side_b_new_id", "side_b_id"],
        side_b: ["side_b"],
        number_of_sources: ["number_of_sources"],
        article: ["source_article"],
        office: ["source_office"],
        date: ["source_date"],
        headline: ["source_headline"],
        original: ["source_original"],
        where_precision: ["where_prec"],
        where_coordinates: ["where_coordinates"],
        where_description: ["where_description"],
        adm1: ["adm_1"],
        adm2: ["adm_2"],
        latitude: ["latitude"],
        longitude: ["longitude"],
        wkt: ["geom_wkt"],
        priogrid: ["priogrid_gid"],
        country: ["country"],
        country_id: ["country_id"],
        iso3: ["iso3"],
        region: ["region"],
        clarity: ["event_clarity"],
        date_precision: ["date_prec"],
        date_start: ["date_start"],
        deaths_a: ["deaths_a"],
        deaths_b: ["deaths_b"],
        deaths_civilians: ["deaths_civilians"],
        deaths_unknown: ["deaths_unknown"],
        high: ["high", "high_est"],
        low: ["low", "low_est"],
        gwnoa: ["gwnoa"],
        gwnob: ["gwnob"],
    }
}
