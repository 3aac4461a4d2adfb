//! lysoen
