//! California's Proposition 99: published and recomputed numbers of `shared/data/impact/PROVENANCE.md`.
use lysoen_impact as _;
