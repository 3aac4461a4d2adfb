//! The mapping, on small tables of our own.
