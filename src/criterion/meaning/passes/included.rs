//! （以上含本数，以下不含本数）: what the text says of all its 以上 and 以下 settles to which rung their figures belong.

use crate::criterion::grammar::kinds::Included;
use crate::criterion::meaning::rungs::Rung;

pub(super) fn included(said: Included, rungs: &mut [Rung]) {
    for rung in rungs.iter_mut().filter(|rung| !rung.is_point()) {
        let Some(stretch) = rung.stretch_mut().filter(|s| !s.bare) else { continue };
        if let (Some(belongs), Some(end)) = (said.above, &mut stretch.lower)
            && !end.firm
            && end.inclusive
        {
            (end.inclusive, end.firm) = (belongs, true);
        }
        if let (Some(belongs), Some(end)) = (said.below, &mut stretch.upper)
            && end.yields
        {
            (end.inclusive, end.firm, end.yields) = (belongs, true, false);
        }
    }
}
