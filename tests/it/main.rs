//! Tests through the public door, one binary so that they link once.
mod expr;
