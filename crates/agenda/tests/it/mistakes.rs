//! An observatory's own files, and what is wrong with a file.

use lysoen_agenda::Catalog;
use lysoen_agenda::{Element, Instrument};
use lysoen_lexicon::mistake::BrokenFile;
use lysoen_lexicon::mistake::Mistake;

/// A treaty that does not exist, as a file would have it.
const OWN: &str = r#"
id = "lakes"
title = "Convention on Quiet Lakes"
short = "Quiet Lakes"
elements = [8]
kind = "treaty"
numbers = ["99-1"]
adopted = "2020-01-02"
entered_into_force = "2021-05-01"

[entry]
article = "9(1)"
consents = 3
original = "30 days"
later_article = "9(2)"
later = "30 days"

[withdrawal]
article = "10"
wait = "6 months"

[[duty]]
id = "lakes.4.1"
title = "Initial report"
article = "4(1)"
due = { rule = "after-entry", wait = "1 year" }

[[duty]]
id = "lakes.4.2"
title = "Yearly report"
article = "4(2)"
due = { rule = "yearly", on = "03-31", after = "lakes.4.1" }

[[deadline]]
id = "lakes.5"
title = "Clear the shore"
article = "5"
wait = "10 years"
concerns = "Whoever has a shore"

[[read]]
text = "An invented text"
"#;

fn with(file: &str, text: &str) -> Result<Catalog, BrokenFile> {
    Catalog::builtin().with_overrides([(file, text)])
}

/// What is wrong with the treaty after a change: the only mistake, and the text at its span.
fn mistake(from: &str, to: &str) -> (Mistake, Option<String>) {
    assert!(OWN.contains(from), "{from}");
    let text = OWN.replacen(from, to, 1);
    let mut error = with("instruments/lakes.toml", &text).unwrap_err();
    assert_eq!(error.file, "instruments/lakes.toml");
    assert_eq!(error.mistakes.len(), 1, "{error}");
    let mistake = error.mistakes.remove(0);
    let at = mistake.span.clone().map(|span| text[span].to_string());
    (mistake, at)
}

#[test]
fn a_treaty_needs_no_code() {
    let catalog = with("catalog/agenda/instruments/lakes.toml", OWN).unwrap();
    let ours = catalog.instrument("lakes").unwrap();
    assert_eq!(catalog.numbered("99-1").unwrap(), ours);
    assert_eq!(catalog.duty("lakes.4.2").unwrap().0, ours);
    assert!(catalog.of_element(8).contains(&ours));
    assert_eq!(catalog.instruments().len(), Catalog::builtin().instruments().len() + 1);
    assert_eq!(Catalog::builtin().instrument("lakes"), None);
}

#[test]
fn an_observatory_s_own_file_takes_the_place_of_the_shipped_one() {
    let ours = OWN.replace("lakes", "au-psc");
    let catalog = with("au-psc.toml", &ours).unwrap();
    assert_eq!(catalog.instrument("au-psc").unwrap().short, "Quiet Lakes");
    assert_eq!(catalog.instruments().len(), Catalog::builtin().instruments().len());
}

#[test]
fn what_is_wrong_is_told_with_where_it_stands_and_what_to_do() {
    let cases = [
        (
            "article = \"4(1)\"",
            "article = \" \"",
            "the duty `lakes.4.1` cites no article",
            "write the article",
        ),
        (
            "article = \"5\"",
            "article = \"\"",
            "the deadline `lakes.5` cites no article",
            "write the article",
        ),
        (
            "article = \"9(1)\"",
            "article = \"\"",
            "entry into force cites no article",
            "write the article",
        ),
        (
            "article = \"10\"",
            "article = \"\"",
            "cites no article",
            "write the article",
        ),
        (
            "elements = [8]",
            "elements = [11]",
            "serves no element of the agenda",
            "list the elements",
        ),
        (
            "2021-05-01",
            "2019-05-01",
            "in force since 2019-05-01, before it was adopted",
            "one of the two",
        ),
        (
            "id = \"lakes.5\"",
            "id = \"lakes.4.1\"",
            "`lakes.4.1` is given twice",
            "an id of its own",
        ),
        (
            "id = \"lakes.5\"",
            "id = \"shore\"",
            "`shore` is no id of a deadline",
            "such as",
        ),
        (
            "after = \"lakes.4.1\"",
            "after = \"lakes.4.l\"",
            "comes after `lakes.4.l`",
            "did you mean `lakes.4.1`?",
        ),
        (
            "consents = 3",
            "consent = 3",
            "unknown field `consent`",
            "did you mean `consents`?",
        ),
        (
            "numbers = [\"99-1\"]",
            "numbers = [\"26-5\"]",
            "the number 26-5, which `apmbc` has too",
            "in one of them",
        ),
    ];
    for (from, to, message, advice) in cases {
        let (found, _) = mistake(from, to);
        assert!(found.message.contains(message), "{}", found.message);
        assert!(found.advice.as_ref().unwrap().contains(advice), "{found:?}");
    }
}

#[test]
fn a_mistake_stands_where_its_text_does() {
    assert_eq!(mistake("elements = [8]", "elements = []").1.unwrap(), "[]");
    assert_eq!(mistake("2021-05-01", "2019-05-01").1.unwrap(), "\"2019-05-01\"");
    assert_eq!(mistake("consents = 3", "consent = 3").1.unwrap(), "consent");
    assert_eq!(mistake("\"6 months\"", "\"soon\"").1.unwrap(), "\"soon\"");
    let (found, at) = mistake("article = \"4(2)\"", "article = \"\"");
    assert!(at.unwrap().contains("duty"), "{found:?}");
}

#[test]
fn all_mistakes_of_a_file_are_told_together() {
    let mistakes = Instrument::parse("lakes", &OWN.replacen("id = \"lakes\"", "id = \"Lakes!\"", 1)).unwrap_err();
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert!(told[0].contains("`Lakes!` is no id of an instrument"), "{told:?}");
    // The ids of its two duties and its deadline begin with another one's.
    assert_eq!(
        told.iter()
            .filter(|one| one.contains("it begins with `Lakes!.`"))
            .count(),
        3
    );
    assert_eq!(told.len(), 4);
}

#[test]
fn a_file_is_called_by_its_instrument() {
    let error = with("instruments/ponds.toml", OWN).unwrap_err();
    assert!(
        error.to_string().contains("`ponds.toml`, and its instrument `lakes`"),
        "{error}"
    );
}

#[test]
fn a_treaty_without_a_rule_of_entry_and_a_file_without_a_reading_are_refused() {
    let (start, end) = (OWN.find("[entry]").unwrap(), OWN.find("[withdrawal]").unwrap());
    let error = with("lakes.toml", &format!("{}{}", &OWN[..start], &OWN[end..])).unwrap_err();
    assert!(error.to_string().contains("no rule of entry into force"), "{error}");
    let unread = OWN.replace("[[read]]\ntext = \"An invented text\"\n", "");
    let error = with("lakes.toml", &format!("read = []\n{unread}")).unwrap_err();
    assert!(error.to_string().contains("does not say what was read"), "{error}");
}

#[test]
fn what_is_named_elsewhere_must_be_there() {
    let with_other = "due = { rule = \"with\", duty = \"crc.44.1c\", after = \"lakes.4.1\" }";
    let (found, _) = mistake(
        "due = { rule = \"yearly\", on = \"03-31\", after = \"lakes.4.1\" }",
        with_other,
    );
    assert!(
        found.message.contains("is due with `crc.44.1c`, which is not known"),
        "{}",
        found.message
    );
    assert!(found.advice.unwrap().contains("crc.44.1"));
    let (found, _) = mistake("kind = \"treaty\"", "kind = \"protocol\"\nprotocol_to = \"crcc\"");
    assert!(found.message.contains("belongs to `crcc`"), "{}", found.message);
    assert!(found.advice.unwrap().contains("did you mean `crc`?"));
}

#[test]
fn elements_are_one_to_ten_once_each_and_have_both_prongs() {
    let element = |number: u8, norms: &str| {
        format!(
            "[[element]]\nnumber = {number}\ntitle = \"t\"\nasks = \"a\"\nnorms = \"{norms}\"\npractice = [{{ title = \"p\", told = \"t\" }}]\nindicator = []\n"
        )
    };
    let mistakes = |text: &str| -> String {
        let mistakes = Element::parse_all(text).unwrap_err();
        mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(Element::parse_all(&element(1, "n")).unwrap().len(), 1);
    assert_eq!(mistakes(&element(11, "n")), "there is no element 11");
    assert_eq!(
        mistakes(&(element(1, "n") + &element(1, "n"))),
        "element 1 is given twice"
    );
    assert!(mistakes(&element(2, " ")).contains("lacks one of its two prongs"));
    assert!(mistakes(&element(2, "n").replace("asks", "ask")).contains("unknown field `ask`"));
}
