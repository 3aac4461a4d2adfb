//! One spelling for the many ways in which sources write a name.

/// The form in which names are compared: small letters without accents, words parted by one space,
/// without punctuation and "the"; `&` is "and", "St." is "saint", "Is." is "islands".
pub(crate) fn key(name: &str) -> String {
    let plain: String = name.chars().flat_map(plain_letters).collect();
    let words = plain
        .split(|c: char| !c.is_alphanumeric())
        .filter_map(|word| match word {
            "" | "the" => None,
            "st" => Some("saint"),
            "is" => Some("islands"),
            _ => Some(word),
        });
    words.collect::<Vec<_>>().join(" ")
}

/// The other forms in which a name may stand: without footnote numbers at its end
/// (the UN Treaty Collection writes `Serbia 1, 2`), and `Moldova, Republic of` turned round.
pub(crate) fn variants(name: &str) -> Vec<String> {
    let mut keys = vec![key(name)];
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == ',');
    keys.push(key(bare));
    if let Some((head, tail)) = bare.split_once(',') {
        keys.push(key(&format!("{tail} {head}")));
    }
    keys.dedup();
    keys
}

/// Lower case without accents; an apostrophe joins ("People's" is one word), anything else stays as it is.
fn plain_letters(letter: char) -> Vec<char> {
    let plain = match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "a",
        'ç' | 'ć' | 'č' | 'Ç' | 'Ć' | 'Č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ě' | 'È' | 'É' | 'Ê' | 'Ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ı' | 'Ì' | 'Í' | 'Î' | 'Ï' | 'İ' => "i",
        'ñ' | 'ń' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "o",
        'ş' | 'š' | 'ș' | 'Ş' | 'Š' | 'Ș' => "s",
        'ß' => "ss",
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ž' | 'Ž' => "z",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        '&' => " and ",
        // Combining accents, as in decomposed Unicode, and every kind of apostrophe.
        '\u{0300}'..='\u{036f}' | '\'' | '’' | '‘' | '`' | 'ʻ' | 'ʼ' => "",
        _ => return letter.to_lowercase().collect(),
    };
    plain.chars().collect()
}
