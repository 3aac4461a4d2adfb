//! lysoen
fn main() {}
