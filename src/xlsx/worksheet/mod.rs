//! A worksheet part: where things are in it, and the splices that edit it.

mod cells;
mod index;
mod order;
mod pass;
mod rows;
mod shared;
mod site;
mod validation;

pub(crate) use cells::{Rendered, check_cell, effective_style, render_cells, section_place, too_long};
pub(crate) use index::{SheetIndex, Wanted, first_numbers, scan};
pub(crate) use order::place_before;
pub(crate) use shared::shift;
pub(crate) use validation::render_validations;
