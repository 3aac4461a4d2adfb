//! From a file to a committed release, all or nothing.
