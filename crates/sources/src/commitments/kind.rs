//! The kinds of record, and which cells each must fill.

/// A kind of record.
#[derive(Debug, PartialEq)]
pub(super) struct Kind {
    /// The word in the file.
    pub(super) word: &'static str,
    /// The columns that must be filled, with what each says there.
    pub(super) needs: &'static [(&'static str, &'static str)],
    /// The columns that must be empty, with the reason.
    pub(super) without: &'static [(&'static str, &'static str)],
}

const PARTY: (&str, &str) = ("participant", "the party, by code or name");
const INSTRUMENT: (&str, &str) = (
    "instrument",
    "the instrument by its id in the agenda's catalog, such as apmbc",
);
const DUTY: (&str, &str) = ("duty", "the duty or deadline by its id, such as apmbc.7.2");
const HOLDS: (&str, &str) = ("date", "the day from which it holds");
const ONE_DAY: (&str, &str) = ("until", "nothing, for it is of one day");
const COVERS: (&str, &str) = ("covers", "nothing, for only a report covers a time");

/// What a record of each kind must say, and what it cannot.
pub(super) const KINDS: [Kind; 10] = [
    Kind {
        word: "report",
        needs: &[
            INSTRUMENT,
            DUTY,
            PARTY,
            ("date", "the day on which the report was received"),
        ],
        without: &[ONE_DAY],
    },
    Kind {
        word: "register",
        needs: &[
            INSTRUMENT,
            ("date", "the day from which the register is kept"),
            ("until", "the last day for which the register is complete"),
        ],
        without: &[("participant", "nothing, for a register is of all parties"), COVERS],
    },
    Kind {
        word: "due-set",
        needs: &[
            DUTY,
            PARTY,
            ("date", "the day on which it was set"),
            ("until", "the day that was set"),
        ],
        without: &[COVERS],
    },
    Kind {
        word: "applies",
        needs: &[DUTY, PARTY, HOLDS],
        without: &[COVERS],
    },
    Kind {
        word: "not-applicable",
        needs: &[DUTY, PARTY, HOLDS],
        without: &[COVERS],
    },
    Kind {
        word: "extension",
        needs: &[
            DUTY,
            PARTY,
            ("date", "the day of the decision"),
            ("until", "the day to which the deadline was extended"),
        ],
        without: &[COVERS],
    },
    Kind {
        word: "completion",
        needs: &[DUTY, PARTY, ("date", "the day on which it was declared")],
        without: &[ONE_DAY, COVERS],
    },
    Kind {
        word: "armed-conflict",
        needs: &[PARTY, HOLDS, ("document", "the source that says so")],
        without: &[COVERS],
    },
    Kind {
        word: "contested",
        needs: &[INSTRUMENT, PARTY, HOLDS, ("note", "what is contested, and by whom")],
        without: &[COVERS],
    },
    Kind {
        word: "programme",
        needs: &[
            ("participant", "the country in which it is, by code or name"),
            ("date", "the day on which it began"),
            ("note", "what it is"),
        ],
        without: &[COVERS],
    },
];

/// The words of the kinds.
pub fn kinds() -> [&'static str; 10] {
    KINDS.each_ref().map(|kind| kind.word)
}
