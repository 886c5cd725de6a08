//! Criteria in Chinese prose become rules.
