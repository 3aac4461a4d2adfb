//! Pictures, tried on what every one of them owes its reader.
