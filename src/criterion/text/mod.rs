//! The text of a criterion made plain and cut: half-width, in stretches between separators, in marked items.

pub(crate) mod letters;
pub(crate) mod marks;
pub(crate) mod plain;
