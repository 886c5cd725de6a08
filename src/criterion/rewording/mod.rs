//! Wordings that say what plainer ones say. A criterion that is read in no other way is read once more in these: what decides
//! nothing is left out (按季度开展监控，开展4次得3分), what is said at length is said shortly (各部分扣完为止). Each way is certain by
//! itself; what it cannot be certain of it leaves as it stands.

mod background;
mod base;
mod formulas;
mod lead;
mod standard;
mod states;
mod steps;
mod tail;
mod wholes;

use crate::base::Weight;
use crate::criterion::Context;
use crate::criterion::text::plain::{Segment, offset, segments};
use crate::notation::Notation;

/// What becomes of a stretch of the text.
enum Change {
    /// It decides nothing.
    Drop,
    /// It says this.
    To(String),
}

/// One stretch among its neighbours.
struct Place<'p> {
    all: &'p [Segment<'p>],
    at: usize,
    weight: Option<Weight>,
    target: Option<&'p Notation>,
    indicator: &'p str,
}

impl<'p> Place<'p> {
    fn text(&self) -> &'p str {
        self.all.get(self.at).map_or("", |segment| segment.text)
    }

    /// The stretch before it, where no sentence ends between them.
    fn before(&self) -> Option<&'p str> {
        self.all.get(self.at.checked_sub(1)?).filter(|segment| !segment.ends).map(|segment| segment.text)
    }

    /// The stretch behind it.
    fn behind(&self) -> Option<&'p str> {
        self.all.get(self.at.checked_add(1)?).map(|segment| segment.text)
    }
}

type Way = fn(&Place) -> Option<Change>;

/// The ways, each tried on every stretch.
const WAYS: &[Way] = &[
    background::sample,
    background::background,
    background::all_that_should,
    background::scored_by,
    background::source,
    base::part_beyond,
    base::short_of_it,
    base::either_way,
    base::nothing_gained,
    base::than_the_same,
    base::each_time_due,
    formulas::quotient,
    formulas::arithmetic,
    formulas::mean,
    formulas::absolute,
    formulas::interpolated,
    formulas::less_by_steps,
    lead::no_later_than,
    lead::in_time,
    lead::two_bounds,
    lead::or_undone,
    lead::or_turned,
    lead::task,
    lead::each_of_it,
    lead::as_of,
    lead::own_points,
    lead::no_growth,
    lead::one_of_these,
    lead::in_between,
    lead::nothing,
    lead::again,
    lead::in_all,
    lead::beyond_each,
    lead::formula_in_brackets,
    lead::by_each,
    lead::of_each_period,
    lead::size_of_change,
    background::number_of_all,
    wholes::each_in_proportion,
    wholes::all_due,
    wholes::in_full,
    wholes::opposite_of_faults,
    wholes::each_month,
    wholes::month_missed,
    wholes::late_beyond,
    wholes::up_to_all,
    wholes::kept_standard,
    wholes::any_of_the_above,
    wholes::because,
    steps::each_that_is,
    steps::each_reached,
    steps::rest_of_a_step,
    steps::beyond_target,
    steps::each_unsaid,
    steps::all_of_the_target,
    steps::each_fault,
    steps::each_by_its_state,
    states::kept_time,
    states::below_nothing,
    states::or_denied,
    states::below_the_listed,
    states::is_enough,
    states::beside_a_veto,
    states::one_is_any,
    states::not_within,
    states::coefficient,
    states::rate_of_those,
    states::mean_of_each,
    states::turned,
    states::the_highest,
    tail::item_not_met,
    tail::gone,
    tail::proportion,
    tail::shortfall,
    tail::counted_so,
    standard::due_in_each,
    standard::target_again,
    standard::basis,
    standard::beyond_it,
    standard::grade_when,
    standard::counted_as,
    standard::headed_by_points,
    standard::by_its_share,
    standard::none_or,
    standard::asked_for,
    standard::then_formula,
    standard::else_formula,
    standard::all_of_them,
    standard::looked_at,
    standard::so_many,
    standard::stands_to,
    standard::all_there,
    states::named_with_figure,
];

/// Longer texts are read as they stand.
const MAX_STRETCHES: usize = 64;

/// The text in plainer words; nothing where it has none.
pub(super) fn plainer(text: &str, context: &Context) -> Option<String> {
    let Context { weight, target, indicator, .. } = *context;
    let all = segments(text);
    if all.len() > MAX_STRETCHES {
        return None;
    }
    let mut found = String::with_capacity(text.len());
    let mut from = 0_usize;
    let mut changed = false;
    for (at, segment) in all.iter().enumerate() {
        let place = Place { all: &all, at, weight, target, indicator };
        let Some(change) = WAYS.iter().find_map(|way| way(&place)) else { continue };
        changed = true;
        let start = offset(text, segment.text);
        found.push_str(text.get(from..start)?);
        from = start.checked_add(segment.text.len())?;
        match change {
            Change::To(words) => found.push_str(&words),
            // With the separator behind it.
            Change::Drop => {
                from = all.get(at.saturating_add(1)).map_or(text.len(), |next| offset(text, next.text));
            }
        }
    }
    found.push_str(text.get(from..)?);
    (changed && !found.is_empty()).then_some(found)
}
