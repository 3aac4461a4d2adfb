//! The rules: how a participant stands, and what it owes, on any day.
