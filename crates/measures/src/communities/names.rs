//! Names of areas as different publishers write them, brought together without guessing.
//!
//! `Nana-Grébizi province` is `Nana-Gribizi`, `Qaḑā’ al Başrah` is `Al-Basrah`, `Northern Darfur state` is
//! `North Darfur`; `Upper Nile` is neither `Blue Nile` nor `White Nile`, and `Kordofan` none of the three states that have
//! the name in theirs. A name stands for an area only where it can stand for no other one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a name came to among the areas that it was looked for in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One area, by its number in the list; `similar` where the spellings are close and not the same.
    One {
        /// Its number.
        at: usize,
        /// Whether the spellings differ in more than accents, kinds of area and punctuation.
        similar: bool,
    },
    /// Several areas that it could be.
    Several(Vec<usize>),
    /// No area.
    None,
}

/// The spellings by which an area is known.
#[derive(Clone, Debug, Default)]
pub struct Names(Vec<Spelling>);

impl Names {
    /// The spellings of an area; empty ones are left out.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Names {
        let mut spellings: Vec<Spelling> = names.into_iter().filter_map(Spelling::of).collect();
        spellings.dedup();
        Names(spellings)
    }
}

/// Looks for a name among areas, each by its number. The same name with accents folded comes first, then the same
/// without words of kind ("province", "sous-préfecture", "locality") and articles, then the same sound, then the same
/// consonants (vowels are written as one hears them: `Gezira` is `Aj Jazirah`), then one or two letters of difference. Where several areas come equally near, none is taken.
pub fn find<'a>(name: &str, areas: impl Iterator<Item = (usize, &'a Names)> + Clone) -> Found {
    let Some(sought) = Spelling::of(name) else {
        return Found::None;
    };
    let equal: [fn(&Spelling, &Spelling) -> bool; 4] = [
        |a, b| a.whole == b.whole,
        |a, b| a.core == b.core,
        |a, b| a.sound == b.sound && a.marks == b.marks,
        Spelling::same_consonants,
    ];
    for (step, equal) in equal.into_iter().enumerate() {
        let same = areas
            .clone()
            .filter(|(_, names)| names.0.iter().any(|n| equal(&sought, n)));
        let same: Vec<usize> = same.map(|(at, _)| at).collect();
        match same[..] {
            [] => {}
            [at] => return Found::One { at, similar: step >= 2 },
            _ => return Found::Several(same),
        }
    }
    nearest(&sought, areas)
}

/// The areas whose names differ from the one sought in the fewest letters, where these are few enough.
fn nearest<'a>(sought: &Spelling, areas: impl Iterator<Item = (usize, &'a Names)>) -> Found {
    let mut least = usize::MAX;
    let mut near = Vec::new();
    for (at, names) in areas {
        let Some(distance) = names.0.iter().filter_map(|name| sought.distance(name)).min() else {
            continue;
        };
        if distance < least {
            (least, near) = (distance, Vec::new());
        }
        if distance == least {
            near.push(at);
        }
    }
    match near[..] {
        [] => Found::None,
        [at] => Found::One { at, similar: true },
        _ => Found::Several(near),
    }
}

/// Whether two names are the same but for accents, punctuation, words of kind and articles.
pub fn same(a: &str, b: &str) -> bool {
    match (Spelling::of(a), Spelling::of(b)) {
        (Some(a), Some(b)) => a.core == b.core,
        _ => false,
    }
}

/// A name in the forms in which it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spelling {
    /// All its words in small letters without accents.
    whole: String,
    /// The words that tell it from others of its kind.
    core: String,
    /// The core without spaces, with letters that stand for one sound as one letter.
    sound: String,
    /// Words in which alone two neighbours may differ (north and south, upper and lower, numbers), in order of text.
    marks: Vec<String>,
}

impl Spelling {
    /// None where no letter or digit is left.
    fn of(name: &str) -> Option<Spelling> {
        let whole = words(name);
        let outside = name.split_once('(').map_or(name, |(before, _)| before);
        let mut core: Vec<String> = words(outside)
            .into_iter()
            .filter(|w| !is_kind(w) && !is_article(w))
            .collect();
        if core.is_empty() {
            core.clone_from(&whole);
        }
        let core: Vec<String> = core.iter().map(|word| direction(word).to_string()).collect();
        let mut marks: Vec<String> = core.iter().filter(|w| is_mark(w)).cloned().collect();
        marks.sort_unstable();
        let spelling = Spelling {
            whole: whole.join(" "),
            sound: sound(&core.concat()),
            core: core.join(" "),
            marks,
        };
        (!spelling.whole.is_empty()).then_some(spelling)
    }

    /// Whether two names of three consonants or more have the same ones, and about as many vowels.
    fn same_consonants(&self, other: &Spelling) -> bool {
        let consonants = |s: &Spelling| -> String {
            let heard = s.sound.chars().filter(|c| !"aeiou".contains(*c));
            heard.map(|c| if c == 'g' { 'j' } else { c }).collect()
        };
        let (own, others) = (consonants(self), consonants(other));
        let length = |s: &Spelling| s.sound.chars().count();
        self.marks == other.marks
            && own == others
            && own.chars().count() >= 3
            && length(self).abs_diff(length(other)) <= 1
    }

    /// The number of letters in which two names differ; none where these are too many, or where they tell neighbours
    /// apart. Up to four letters must be the same, of five to eight one may differ, of more two, and the first must be the
    /// same or both be vowels.
    fn distance(&self, other: &Spelling) -> Option<usize> {
        if self.marks != other.marks || !same_start(&self.sound, &other.sound) {
            return None;
        }
        let allowed = match self.sound.len().min(other.sound.len()) {
            0..=4 => 0,
            5..=8 => 1,
            _ => 2,
        };
        let distance = strsim::osa_distance(&self.sound, &other.sound);
        (distance <= allowed).then_some(distance)
    }
}

fn same_start(a: &str, b: &str) -> bool {
    let vowel = |letter: char| "aeiou".contains(letter);
    match (a.chars().next(), b.chars().next()) {
        (Some(a), Some(b)) => a == b || (vowel(a) && vowel(b)),
        _ => false,
    }
}

/// The words of a name in small letters without accents; an apostrophe of any kind joins.
fn words(name: &str) -> Vec<String> {
    let folded: String = name
        .nfkd()
        .filter(|letter| !is_combining_mark(*letter) && !"'’‘`´ʻʼʾʿ′".contains(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'ı' => 'i',
            'ø' => 'o',
            'đ' | 'ð' => 'd',
            'ł' => 'l',
            'ə' => 'e',
            letter if letter.is_alphanumeric() => letter,
            _ => ' ',
        })
        .collect();
    folded
        .replace('ß', "ss")
        .replace('æ', "ae")
        .replace('œ', "oe")
        .split_whitespace()
        .map(str::to_string)
        .collect()
}

/// Letters that transliterations write in one way or another as one: double letters once, `ou` and `oo` as `u`, `ee` and
/// `y` as `i`, `q` as `k`, `ph` as `f`; an `h` at the end is not heard.
fn sound(text: &str) -> String {
    let text = text
        .replace("ou", "u")
        .replace("oo", "u")
        .replace("ee", "i")
        .replace("ph", "f");
    let mut sound = String::with_capacity(text.len());
    for letter in text.chars() {
        let letter = match letter {
            'y' => 'i',
            'q' => 'k',
            'o' => 'u',
            letter => letter,
        };
        if !sound.ends_with(letter) || letter.is_ascii_digit() {
            sound.push(letter);
        }
    }
    match sound.strip_suffix('h') {
        Some(rest) if rest.len() > 3 => rest.to_string(),
        _ => sound,
    }
}

/// One word for each point of the compass, in English, French, Spanish and Portuguese.
fn direction(word: &str) -> &str {
    match word {
        "northern" | "nord" | "norte" => "north",
        "southern" | "sud" | "sur" | "sul" => "south",
        "eastern" | "est" | "este" | "leste" => "east",
        "western" | "ouest" | "oeste" => "west",
        "northeastern" => "northeast",
        "northwestern" => "northwest",
        "southeastern" => "southeast",
        "southwestern" => "southwest",
        "haute" => "haut",
        "basse" => "bas",
        "centre" | "centro" | "center" => "central",
        word => word,
    }
}

/// Words, after [`direction`], that tell neighbours of one name apart.
fn is_mark(word: &str) -> bool {
    const MARKS: &[&str] = &[
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "central",
        "haut",
        "bas",
        "upper",
        "lower",
        "middle",
        "inner",
        "outer",
        "greater",
        "new",
        "old",
        "nouveau",
        "nouvelle",
        "alto",
        "bajo",
        "alta",
        "baja",
        "blue",
        "white",
        "red",
    ];
    MARKS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit())
}

/// Words for a kind of area, and those that join them to a name.
fn is_kind(word: &str) -> bool {
    const KINDS: &[&str] = &[
        // English
        "province",
        "prefecture",
        "subprefecture",
        "sub",
        "commune",
        "municipality",
        "municipal",
        "state",
        "region",
        "district",
        "county",
        "subcounty",
        "governorate",
        "department",
        "division",
        "subdivision",
        "locality",
        "territory",
        "zone",
        "republic",
        "autonomous",
        "special",
        "city",
        "town",
        "village",
        "ward",
        "parish",
        "area",
        "council",
        "administrative",
        "administration",
        "unit",
        "capital",
        "metropolitan",
        "of",
        "the",
        "and",
        // as typed now and then in UCDP's files
        "disctrict",
        "prefecteure",
        "cunicipality",
        // French
        "sous",
        "departement",
        "arrondissement",
        "cercle",
        "territoire",
        "gouvernorat",
        "ville",
        "canton",
        "de",
        "du",
        "des",
        // Spanish and Portuguese
        "provincia",
        "departamento",
        "municipio",
        "estado",
        "distrito",
        "ciudad",
        "cidade",
        "del",
        "da",
        "do",
        "dos",
        // Arabic, Turkish and Kurdish, transliterated
        "muhafazat",
        "muhafazah",
        "muhafadhat",
        "wilaya",
        "wilayah",
        "wilayat",
        "mahaliya",
        "mahaliyat",
        "liwa",
        "qada",
        "qadaa",
        "kaza",
        "nahiya",
        "nahiyah",
        "nahiyat",
        "mintaqat",
        "mantika",
        "markaz",
        "mudiriyat",
        "il",
        "ilce",
        // Slavic
        "oblast",
        "raion",
        "rayon",
        "krai",
        "okrug",
        // elsewhere
        "lga",
        "upazila",
        "zila",
        "tehsil",
        "taluk",
        "woreda",
        "kebele",
        "khoroo",
        "kecamatan",
        "kabupaten",
    ];
    KINDS.contains(&word)
}

/// The Arabic article, also as it sounds before the letters of the sun.
fn is_article(word: &str) -> bool {
    [
        "al", "el", "an", "as", "ash", "ad", "ar", "at", "az", "aj", "ag", "en", "es", "ed", "er", "et", "ez",
    ]
    .contains(&word)
}
