//! Assessments of many periods, kept small: a place's figures with their rows are packed, and unpacked when asked for.

use lysoen_lexicon::place::PlaceId;

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
}

impl KeptPicture {
    /// Packs an assessment of all places.
    pub(super) fn of(assessment: &Assessment) -> Result<KeptPicture, AnswerError> {
        let packed = assessment.places.iter().map(|place| pack(&told(assessment, place)));
        Ok(KeptPicture {
            whole: assessment.whole(),
            places: assessment.places.clone(),
            packed: packed.collect::<Result<_, _>>()?,
        })
    }

    /// The places of the period, the world first, then by people killed.
    pub fn places(&self) -> &[PlaceId] {
        &self.places
    }

    /// Bytes that it takes.
    pub fn size(&self) -> usize {
        self.packed.iter().map(|packed| packed.len()).sum()
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
