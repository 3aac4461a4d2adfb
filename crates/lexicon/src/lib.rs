//! lexicon

pub mod country {
    //! Countries.
    /// The country crosswalk.
    #[derive(Debug)]
    pub struct Crosswalk;
}
