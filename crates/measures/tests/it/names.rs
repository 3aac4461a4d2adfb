//! Spellings of areas that real files use, brought together or kept apart.

use lysoen_measures::communities::names::{Found, Names, find};

/// The area that a name means among others, by its own name; `?` where it could be several.
fn meant<'a>(name: &str, areas: &[&'a str]) -> Option<&'a str> {
    let names: Vec<Names> = areas.iter().map(|area| Names::of([*area])).collect();
    match find(name, names.iter().enumerate()) {
        Found::One { at, .. } => Some(areas[at]),
        Found::Several(_) => Some("?"),
        Found::None => None,
    }
}

const CAR: [&str; 17] = [
    "Ombella M'Poko",
    "Lobaye",
    "Mambéré-Kadéï",
    "Nana-Mambéré",
    "Sangha-Mbaéré",
    "Ouham Pendé",
    "Ouham",
    "Kémo",
    "Nana-Gribizi",
    "Ouaka",
    "Bamingui-Bangoran",
    "Haute-Kotto",
    "Vakaga",
    "Basse-Kotto",
    "Mbomou",
    "Haut-Mbomou",
    "Bangui",
];

const SUDAN: [&str; 19] = [
    "Khartoum",
    "North Darfur",
    "South Darfur",
    "West Darfur",
    "East Darfur",
    "Central Darfur",
    "South Kordofan",
    "Blue Nile",
    "White Nile",
    "Red Sea",
    "Kassala",
    "Gedaref",
    "North Kordofan",
    "Sennar",
    "Aj Jazirah",
    "River Nile",
    "Northern",
    "West Kordofan",
    "Abyei PCA",
];

const IRAQ: [&str; 18] = [
    "Al-Anbar",
    "Al-Basrah",
    "Al-Muthanna",
    "Al-Najaf",
    "Al-Qadissiya",
    "Al-Sulaymaniyah",
    "Babil",
    "Baghdad",
    "Duhok",
    "Diyala",
    "Erbil",
    "Kerbala",
    "Kirkuk",
    "Maysan",
    "Ninewa",
    "Salah Al-Din",
    "Thi Qar",
    "Wassit",
];

#[test]
fn ucdps_names_of_central_african_prefectures_mean_ochas() {
    for (ucdp, ocha) in [
        ("Nana-Grébizi province", "Nana-Gribizi"),
        ("Ombella-M'Poko province", "Ombella M'Poko"),
        ("Mambéré-Kadéi province", "Mambéré-Kadéï"),
        ("Ouham-Pendé province", "Ouham Pendé"),
        ("Ouham prefecture", "Ouham"),
        ("Haut-Mbomou province", "Haut-Mbomou"),
        ("Mbomou province", "Mbomou"),
        ("Bangui", "Bangui"),
        // Decomposed, as macOS writes it.
        ("Ke\u{301}mo province", "Kémo"),
    ] {
        assert_eq!(meant(ucdp, &CAR), Some(ocha), "{ucdp}");
    }
}

#[test]
fn ucdps_names_of_iraqi_governorates_mean_ochas() {
    for (ucdp, ocha) in [
        ("Al Anbār province", "Al-Anbar"),
        ("Al Başrah  province", "Al-Basrah"),
        ("Al Qādisīyah province", "Al-Qadissiya"),
        ("An Najaf province", "Al-Najaf"),
        ("Arbīl province", "Erbil"),
        ("As Sulaymānīyah province", "Al-Sulaymaniyah"),
        ("Dahūk province", "Duhok"),
        ("Diyālá province", "Diyala"),
        ("Karbalā’ province", "Kerbala"),
        ("Nīnawá province", "Ninewa"),
        ("Wāsiţ province", "Wassit"),
        ("Şalāḩ ad Dīn province", "Salah Al-Din"),
        ("Qaḑā Karbalā’", "Kerbala"),
    ] {
        assert_eq!(meant(ucdp, &IRAQ), Some(ocha), "{ucdp}");
    }
    // Kirkuk's name under the Ba'ath government is known to no list, and near to no other name.
    assert_eq!(meant("At-Ta'mim province", &IRAQ), None);
}

#[test]
fn sudanese_states_are_not_taken_for_their_neighbours_nor_for_those_of_the_south() {
    for (ucdp, ocha) in [
        ("Northern Darfur state", "North Darfur"),
        ("Southern Darfur province", "South Darfur"),
        ("Western Darfur state", "West Darfur"),
        ("Gedarif state", "Gedaref"),
        ("Gezira state", "Aj Jazirah"),
        ("Northern state", "Northern"),
        ("White Nile province", "White Nile"),
    ] {
        assert_eq!(meant(ucdp, &SUDAN), Some(ocha), "{ucdp}");
    }
    for of_none in [
        "Upper Nile state",
        "Kordofan province",
        "Darfur state",
        "Unity state",
        "Lakes state",
        "Jonglei state",
        "Western Equatoria state",
        "Northern Bahr-al-Ghazal state",
        "Warrap state",
    ] {
        assert_eq!(meant(of_none, &SUDAN), None, "{of_none}");
    }
}

#[test]
fn a_name_that_could_be_several_is_none_of_them_unless_it_is_written_like_one() {
    assert_eq!(meant("Mbres", &["Mbrès", "Mbrés"]), Some("?"));
    assert_eq!(meant("Cebu City", &["Cebu", "Cebu City"]), Some("Cebu City"));
    assert_eq!(meant("Cebu province", &["Cebu", "Cebu City"]), Some("?"));
    assert_eq!(
        meant("Arrondissement 2", &["Arrondissement 1", "Arrondissement 2"]),
        Some("Arrondissement 2")
    );
}

#[test]
fn short_names_must_be_the_same_and_an_empty_one_means_nothing() {
    assert_eq!(meant("Bria", &["Bira", "Obo"]), None);
    assert_eq!(meant("", &CAR), None);
    assert_eq!(meant("  – ", &CAR), None);
    // A name of nothing but words of kind stands for itself.
    assert_eq!(
        meant("Capital Region", &["Capital Region", "Coast"]),
        Some("Capital Region")
    );
}
