//! The chain shows what was done to it.

use lysoen_ladder::log::{Broken, Chain, FIRST, Head, Record, RecordAnswer, RecordKind, Wrong, file_name, number_of};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::{Log, act, alert, decide, files, propose, rewarn, worked};

fn faults(files: Vec<(u64, Vec<u8>)>) -> Vec<(u64, Wrong)> {
    let Err(Broken { faults }) = Chain::read(files) else {
        panic!("this must be found")
    };
    faults.into_iter().map(|fault| (fault.number, fault.wrong)).collect()
}

/// A record as it would be written by somebody who knows how.
fn forged(record: &Record, change: impl Fn(&mut Record)) -> Vec<u8> {
    let mut forged = record.clone();
    change(&mut forged);
    forged.hash = forged.hash_of_content();
    forged.line()
}

#[test]
fn a_record_is_written_as_the_documentation_says_and_hashed_as_other_programs_hash() {
    let mut log = Log::new();
    log.add(alert("CAF", "2026-01-01"));
    let record = &log.chain.records()[0];
    // Written by hand, and hashed by another program.
    let content = concat!(
        r#"{"number":1,"previous":"0000000000000000000000000000000000000000000000000000000000000000","#,
        r#""at":"2026-01-01T12:00:00Z","kind":"warn","by":"desk","organisation":"Observatory","place":"CAF","#,
        r#""trigger":"deaths-25","option":null,"option_version":null,"answers":null,"answer":"alert","#,
        r#""reason":"because it is so, and \"öde\" \\ sad","outcome":null,"expires":null,"#,
        r#""said":["the chance of 25 deaths is 40 %"],"window":["2026-01-01","2026-02-28"],"chance_permille":null,"replay":false,"#,
        r#""program":"lysoen 0.1.0"}"#
    );
    let hash = "bb6bd5da955dc94ae9a3e02cd6e8bc677f3d47d6932b709e20f46f46ccf775fd";
    let line = format!("{},\"hash\":\"{hash}\"}}\n", content.strip_suffix('}').unwrap());
    assert_eq!(String::from_utf8(record.line()).unwrap(), line);
    assert_eq!(record.hash, hash);
    assert_eq!(format!("{:x}", Sha256::digest(content)), hash);
}

#[test]
fn files_are_called_by_eight_digits_or_more() {
    assert_eq!(file_name(12), "00000012.json");
    for number in [1, 99_999_999, 100_000_000, u64::MAX] {
        assert_eq!(number_of(&file_name(number)), Some(number));
    }
    for other in [
        "12.json",
        "00000000.json",
        "000000012.json",
        "+0000012.json",
        "00000012.txt",
        "00000012.json~",
    ] {
        assert_eq!(number_of(other), None, "{other}");
    }
}

#[test]
fn records_read_in_any_order_are_the_chain_that_was_written() {
    let log = worked();
    let mut files = log.files();
    files.reverse();
    let read = Chain::read(files).unwrap();
    assert_eq!(read, log.chain);
    assert_eq!(read.head().unwrap().number, 9);
    assert_eq!(Chain::read([]).unwrap().head(), None);
}

#[test]
fn a_changed_bit_at_any_byte_of_any_record_is_found_and_that_record_alone_is_named() {
    let files = worked().files();
    for at in 0..files.len() {
        for byte in 0..files[at].1.len() {
            let mut changed = files.clone();
            changed[at].1[byte] ^= 1 << (byte % 8);
            for (number, wrong) in faults(changed) {
                assert_eq!(number, files[at].0, "byte {byte}: {wrong:?}");
            }
        }
    }
}

#[test]
fn a_record_that_is_written_anew_with_its_hash_is_found_by_the_next_one() {
    let log = worked();
    let mut files = log.files();
    files[2].1 = forged(&log.chain.records()[2], |r| r.reason = "another reason".to_owned());
    assert_eq!(faults(files), [(4, Wrong::Previous)]);
}

#[test]
fn edits_by_hand_are_told_with_the_record_and_what_is_wrong() {
    let log = worked();
    let records = log.chain.records();
    let edited = |at: usize, bytes: Vec<u8>| {
        let mut files = log.files();
        files[at].1 = bytes;
        faults(files)
    };
    let text = |at: usize| String::from_utf8(records[at].line()).unwrap();
    // The same content, written otherwise: the hash of the content still fits.
    assert_eq!(
        edited(1, text(1).replace("\":", "\": ").into_bytes()),
        [(2, Wrong::Rewritten)]
    );
    assert_eq!(
        edited(1, text(1).trim_end().as_bytes().to_vec()),
        [(2, Wrong::Rewritten)]
    );
    let more = text(1).replace("\"replay\"", "\"seen\":true,\"replay\"").into_bytes();
    let [(2, Wrong::NotARecord(why))] = &edited(1, more)[..] else {
        panic!("one fault")
    };
    assert!(why.contains("unknown field `seen`"), "{why}");
    for bytes in [&b""[..], b"{}", b"\xff", b"null\n"] {
        assert!(matches!(edited(1, bytes.to_vec())[..], [(2, Wrong::NotARecord(_))]));
    }
    // The newest record, written anew so that its hash fits.
    assert_eq!(
        edited(8, forged(&records[8], |r| r.number = 10)),
        [(9, Wrong::Number(10))]
    );
    assert_eq!(
        edited(8, forged(&records[8], |r| r.answers = Some(9))),
        [(9, Wrong::Answers(9))]
    );
    assert_eq!(
        edited(8, forged(&records[8], |r| r.answers = Some(0))),
        [(9, Wrong::Answers(0))]
    );
    assert_eq!(
        edited(8, forged(&records[8], |r| r.previous = FIRST.to_owned())),
        [(9, Wrong::Previous)]
    );
    let before = records[7].at;
    let early = forged(&records[8], |r| r.at = records[0].at);
    assert_eq!(edited(8, early), [(9, Wrong::Time(before))]);
}

#[test]
fn faults_are_sentences_and_all_are_told_together() {
    let mut files = worked().files();
    files[6].1 = b"?".to_vec();
    files[1].1[300] ^= 1;
    files.remove(4);
    files.remove(3);
    let told = Chain::read(files).unwrap_err().to_string();
    for part in [
        "the hash of record 2 does not fit its content",
        "records 4 to 5 are missing: there is no 00000004.json",
        "00000007.json is not a record",
        "restore it from a copy",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_missing_record_is_found_and_a_second_one_and_one_without_number() {
    let files = worked().files();
    for at in 0..files.len() - 1 {
        let mut cut = files.clone();
        let (number, _) = cut.remove(at);
        assert_eq!(faults(cut), [(number, Wrong::Missing(number))]);
    }
    let mut twice = files.clone();
    twice.push((3, files[2].1.clone()));
    twice.push((0, files[0].1.clone()));
    assert_eq!(faults(twice), [(0, Wrong::Twice), (3, Wrong::Twice)]);
}

#[test]
fn records_that_were_moved_up_over_a_missing_one_are_found() {
    let files = worked().files();
    let mut moved: Vec<(u64, Vec<u8>)> = files[..2].to_vec();
    moved.extend(files[3..].iter().map(|(number, bytes)| (number - 1, bytes.clone())));
    let found = faults(moved);
    assert!(found.contains(&(3, Wrong::Number(4))), "{found:?}");
    assert!(found.contains(&(3, Wrong::Previous)), "{found:?}");
}

#[test]
fn a_cut_tail_is_not_found_without_a_head_and_is_with_one_that_was_printed() {
    let log = worked();
    let printed: Head = log.chain.head().unwrap().to_string().parse().unwrap();
    assert_eq!(log.chain.verify_against(&printed), Ok(()));
    let cut = Chain::read(log.files().into_iter().take(6)).unwrap();
    let told = cut.verify_against(&printed).unwrap_err().to_string();
    assert!(
        told.contains("records after 6 were cut: record 9 was the newest once"),
        "{told}"
    );
    assert!(
        Chain::default()
            .verify_against(&printed)
            .unwrap_err()
            .to_string()
            .contains("records after 0 were cut")
    );

    // Cut and continued otherwise, so that there is a record of that number again; and continued as it was.
    let mut other = Log {
        chain: cut,
        now: log.now,
    };
    for _ in 0..3 {
        other.add(alert("CAF", "2026-03-01"));
    }
    let told = other.chain.verify_against(&printed).unwrap_err().to_string();
    assert!(told.contains("record 9 is not the one that it was"), "{told}");
    let mut more = worked();
    more.add(alert("CAF", "2026-03-01"));
    assert_eq!(more.chain.verify_against(&printed), Ok(()));
}

#[test]
fn a_text_that_is_no_head_is_refused() {
    for text in [
        "",
        "12",
        "12 abc",
        &format!("0 {FIRST}"),
        &format!("x {FIRST}"),
        &format!("1 {FIRST}0"),
    ] {
        assert!(text.parse::<Head>().is_err(), "{text}");
    }
    assert_eq!(format!(" 7  {FIRST}\n").parse::<Head>().unwrap().number, 7);
}

#[test]
fn a_record_that_does_not_follow_is_not_pushed() {
    let mut log = worked();
    let late = log.next(alert("CAF", "2026-03-01")).unwrap();
    log.add(alert("TCD", "2026-03-01"));
    assert!(log.chain.push(late).is_err());
    assert_eq!(log.chain.records().len(), 10);
}

/// Something that somebody tries, from numbers.
fn tried(log: &Log, (what, who, which, option): (u8, usize, usize, usize)) -> lysoen_ladder::log::Draft {
    use RecordAnswer::*;
    let by = ["desk", "council", "board", "relief", "society", "field"][who % 6];
    let option = ["S02", "M02", "H03", "S05"][option % 4];
    let records = log.chain.records();
    let number = (which % records.len().max(1)) as u64 + 1;
    let place = records.get(number as usize - 1).map_or("CAF", |r| r.place.as_str());
    let expires = "2026-02-15";
    match what % 12 {
        0 => alert(["CAF", "TCD", "CF11"][which % 3], "2026-01-10"),
        1 => rewarn(Update, number, place),
        2 => rewarn(Cancel, number, place),
        3 => propose(by, Some(number), option, place, expires),
        4 => propose(by, None, option, "CAF", expires),
        5 | 6 => decide(by, number, Taken, place),
        7 => decide(by, number, [NotTaken, Overtaken][which % 2], place),
        8 => decide(by, number, Publish, place),
        9 | 10 => act(by, number, Begun, place),
        _ => act(by, number, [Done, Stopped][which % 2], place),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_was_accepted_verifies_and_keeps_the_rules(
        steps in prop::collection::vec((any::<u8>(), 0..6usize, 0..40usize, 0..4usize, 0..40_000i64), 1..120),
        (at, byte, bits) in (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1..=255u8),
    ) {
        let mut log = Log::new();
        for (what, who, which, option, seconds) in steps {
            log.now = log.now.checked_add(jiff::SignedDuration::from_secs(seconds)).unwrap();
            if let Ok(record) = log.next(tried(&log, (what, who, which, option))) {
                log.chain.push(record).unwrap();
            }
        }
        let read = Chain::read(log.files());
        prop_assert_eq!(read.as_ref(), Ok(&log.chain));
        for record in log.chain.records() {
            let answered = record.answers.and_then(|n| log.chain.get(n));
            if let Some(answered) = answered {
                prop_assert!(answered.number < record.number && answered.at <= record.at);
                prop_assert_eq!(&answered.place, &record.place);
            }
            if record.kind == RecordKind::Decide {
                let own = answered.unwrap().by == record.by;
                let soft = record.option.as_deref().is_some_and(|option| option.starts_with('S'));
                prop_assert!(!own || (soft && record.by == "society"));
                let decisions = log.chain.replies(record.answers.unwrap());
                prop_assert_eq!(decisions.filter(|r| r.kind == RecordKind::Decide).count(), 1);
            }
            if record.answer == Some(RecordAnswer::Begun) {
                let direct = answered.unwrap().kind == RecordKind::Propose;
                prop_assert!(!direct || (record.option.as_deref().unwrap().starts_with('S') && record.by == "society"));
                prop_assert!(direct || answered.unwrap().answer == Some(RecordAnswer::Taken));
            }
            prop_assert!(log.chain.state(record.number, record.day()).is_some());
        }
        // Any byte changed in any way.
        let mut changed = files(&log.chain);
        if !changed.is_empty() {
            let at = at.index(changed.len());
            let byte = byte.index(changed[at].1.len());
            changed[at].1[byte] ^= bits;
            for (number, wrong) in faults(changed) {
                prop_assert_eq!(number, at as u64 + 1, "{:?}", wrong);
            }
        }
    }
}

#[test]
fn the_steps_of_the_property_make_every_kind_of_record() {
    // So that the property does not hold for want of records: a fixed run of steps leaves some of each answer.
    let mut log = Log::new();
    let mut made = std::collections::BTreeSet::new();
    let mut x: u64 = 7;
    for _ in 0..4000 {
        x = x
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let n = |shift: u32| (x >> shift) as usize & 0xff;
        log.now = log.now.checked_add(jiff::SignedDuration::from_secs(300)).unwrap();
        if let Ok(record) = log.next(tried(&log, (n(56) as u8, n(48), n(40), n(32)))) {
            made.insert((record.kind, record.answer));
            log.chain.push(record).unwrap();
        }
    }
    assert_eq!(made.len(), 11, "{made:?}");
}
