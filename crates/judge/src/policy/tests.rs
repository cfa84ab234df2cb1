//! Policies over models made by hand.
