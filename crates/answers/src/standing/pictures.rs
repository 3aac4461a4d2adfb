//! Assessments of many periods, kept small: a place's figures with their rows are packed, and unpacked when asked for.

use lysoen_lexicon::place::PlaceId;
use lysoen_measures::{Coverage, Figure, Formula, Measures};

use crate::assess::{Assessment, Told, Whole};
use crate::error::AnswerError;
use crate::observatory::Observatory;

/// How hard the rows are packed: 1 is the fastest.
const EFFORT: u32 = 4;

/// The assessment of a period, packed place by place.
#[derive(Debug)]
pub struct KeptPicture {
    whole: Whole,
    places: Vec<PlaceId>,
    packed: Vec<Box<[u8]>>,
    /// What charts of many periods need, at hand.
    values: Vec<Box<[Past]>>,
}

/// A measure's value that is of its period, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Past {
    /// The measure, by its place in the catalog.
    pub measure: u16,
    /// Whether the value is whole, a zero of its source, or lacks a part.
    pub coverage: Coverage,
    /// How the value follows from its rows.
    pub formula: Formula,
    /// The value, in the measure's unit.
    pub value: f64,
    /// NaN where there is none, as below.
    low: f64,
    high: f64,
    per_100k: f64,
}

impl Past {
    fn of(measures: &Measures, figure: &Figure) -> Option<Past> {
        let whole = [Coverage::Covered, Coverage::NoneRecorded, Coverage::Incomplete];
        if !whole.contains(&figure.coverage) {
            return None;
        }
        let measure = measures.list.iter().position(|m| m.id == figure.measure)?;
        Some(Past {
            measure: u16::try_from(measure).ok()?,
            coverage: figure.coverage,
            formula: figure.formula,
            value: figure.value?,
            low: figure.low.unwrap_or(f64::NAN),
            high: figure.high.unwrap_or(f64::NAN),
            per_100k: figure.per_100k.unwrap_or(f64::NAN),
        })
    }

    /// The lower end of its interval.
    pub fn low(&self) -> Option<f64> {
        Some(self.low).filter(|low| !low.is_nan())
    }

    /// The upper end of its interval.
    pub fn high(&self) -> Option<f64> {
        Some(self.high).filter(|high| !high.is_nan())
    }

    /// The value per 100,000 people.
    pub fn per_100k(&self) -> Option<f64> {
        Some(self.per_100k).filter(|rate| !rate.is_nan())
    }
}

impl KeptPicture {
    /// Packs an assessment of all places.
    pub(super) fn of(assessment: &Assessment) -> Result<KeptPicture, AnswerError> {
        let all: Vec<Told> = assessment.places.iter().map(|place| told(assessment, place)).collect();
        let past = |figure| Past::of(&assessment.measures, figure);
        Ok(KeptPicture {
            whole: assessment.whole(),
            places: assessment.places.clone(),
            values: all
                .iter()
                .map(|told| told.figures.iter().filter_map(past).collect())
                .collect(),
            packed: all.iter().map(pack).collect::<Result<_, _>>()?,
        })
    }

    /// The values of a place that are of this period, in the order of the measures.
    pub fn values(&self, place: &PlaceId) -> &[Past] {
        let at = self.places.iter().position(|known| known == place);
        at.map_or(&[], |at| &self.values[at])
    }

    /// The places of the period, the world first, then by people killed.
    pub fn places(&self) -> &[PlaceId] {
        &self.places
    }

    /// Bytes that it takes.
    pub fn size(&self) -> usize {
        let values: usize = self.values.iter().map(|values| size_of_val(&**values)).sum();
        values + self.packed.iter().map(|packed| packed.len()).sum::<usize>()
    }

    /// The assessment of some places, in the order of the period; of all where none is named.
    pub fn assessment(&self, observatory: &Observatory, wanted: &[PlaceId]) -> Result<Assessment, AnswerError> {
        let (mut places, mut all) = (Vec::new(), Told::default());
        for (place, packed) in self.places.iter().zip(&self.packed) {
            if wanted.is_empty() || wanted.contains(place) {
                let told = unpack(packed)?;
                all.figures.extend(told.figures);
                all.changes.extend(told.changes);
                all.beside.extend(told.beside);
                places.push(place.clone());
            }
        }
        Ok(Assessment::of(observatory, self.whole, places, all))
    }
}

fn told(assessment: &Assessment, place: &PlaceId) -> Told {
    Told {
        figures: assessment
            .figures
            .iter()
            .filter(|f| f.place == *place)
            .cloned()
            .collect(),
        changes: assessment
            .changes
            .iter()
            .filter(|c| c.place == *place)
            .cloned()
            .collect(),
        beside: assessment
            .beside
            .iter()
            .filter(|b| b.place == *place)
            .cloned()
            .collect(),
    }
}

fn pack(told: &Told) -> Result<Box<[u8]>, AnswerError> {
    let bytes = postcard::to_allocvec(told).map_err(|e| AnswerError::Kept(e.to_string()))?;
    let mut packed = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(EFFORT));
    let done = std::io::Write::write_all(&mut packed, &bytes).and_then(|()| packed.finish());
    Ok(done.map_err(|e| AnswerError::Kept(e.to_string()))?.into_boxed_slice())
}

fn unpack(packed: &[u8]) -> Result<Told, AnswerError> {
    let mut bytes = Vec::new();
    let mut reader = flate2::read::DeflateDecoder::new(packed);
    std::io::Read::read_to_end(&mut reader, &mut bytes).map_err(|e| AnswerError::Kept(e.to_string()))?;
    postcard::from_bytes(&bytes).map_err(|e| AnswerError::Kept(e.to_string()))
}
