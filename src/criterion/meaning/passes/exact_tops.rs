//! 100%得满分: more than all of it is full points too, where less is worse. No faults is none at all.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::grammar::condition::{Shape, Stretch, figure};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::meaning::draft::{StepsDraft, refuse};
use crate::criterion::meaning::rungs::{Rung, points_of};
use crate::notation::{Notation, Sign, Unit};
use crate::rule::{Award, Point, Refusal, Subject, is_cap_name};

pub(super) fn exact_tops(
    context: &Context,
    subject: &Subject,
    steps: Option<&StepsDraft>,
    has_else: bool,
    rungs: &mut [Rung],
) -> Result<(), Refusal> {
    let others: Vec<Number> = rungs
        .iter()
        .filter(|r| r.award != Award::Full)
        .filter_map(|r| match &r.shape {
            Shape::Within(s) => s.upper.as_ref().or(s.lower.as_ref()),
            _ => None,
        })
        .filter_map(|e| figure(&e.at))
        .collect();
    let rising = steps.is_some_and(|s| matches!(s.clause.counts, Counts::Above | Counts::Either));
    // What is kept under control may be a disease or a cost.
    let may_be_cap = |name: &str| is_cap_name(name, &Unit::percent()) || name.ends_with("控制率");
    let named = || matches!(subject, Subject::Named(name) if may_be_cap(name));
    let sign = context.target.and_then(Notation::quantity).and_then(|target| target.sign);
    let capped = matches!(sign, Some(Sign::AtMost | Sign::LessThan));
    for rung in rungs.iter() {
        // 90%得10分，否则不得分: whoever wrote this hardly meant that 95% earns nothing.
        let bare_rate = match &rung.shape {
            Shape::Within(Stretch { lower: Some(at), upper: Some(to), .. }) => {
                let rate = matches!(&at.at, Point::Value(a) if a.unit.is_ratio());
                at.at == to.at
                    && !at.firm
                    && rate
                    && figure(&at.at) != Some(Number::ONE)
                    && figure(&at.at) != Some(Number::ZERO)
            }
            _ => false,
        };
        if bare_rate && has_else {
            return refuse(&rung.words, "只写明了恰好等于这个数的情形，没有写明以上还是以下");
        }
    }
    for rung in rungs {
        if rung.award != Award::Full
            && points_of(&rung.award, context.weight) != context.weight.map(Weight::number)
        {
            continue;
        }
        let Shape::Within(s) = &mut rung.shape else { continue };
        let (Some(lower), Some(upper)) = (&s.lower, &s.upper) else { continue };
        if lower.at != upper.at {
            continue;
        }
        let Some(at) = figure(&lower.at) else { continue };
        let ratio = matches!(&lower.at, Point::Value(a) if a.unit.is_ratio());
        if ratio && at == Number::ONE && others.iter().all(|o| *o <= at) && !rising {
            if capped && !has_else {
                continue; // less than a ceiling is no miss: only 100% itself is said
            }
            if has_else && (capped || named() || may_be_cap(context.indicator)) {
                return refuse(&rung.words, "只写明了等于100%的情形，低于或高于100%时无法确定");
            }
            s.upper = None;
            if let Some(lower) = &mut s.lower {
                lower.firm = true;
            }
        }
    }
    Ok(())
}
