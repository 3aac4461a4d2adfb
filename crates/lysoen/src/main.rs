//! lysoen
fn main(){}
