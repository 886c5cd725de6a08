//! 12月31日前完成得满分，次年1月31日前完成得3分: the first date is the deadline, the later ones lie days behind it.

use crate::base::{Date, Number};
use crate::criterion::grammar::condition::{About, Shape, Stretch, day as day_unit, end};
use crate::criterion::meaning::draft::{Due, refuse};
use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Amount, Award, Point, Refusal};

pub(super) fn later_dates(
    due: &[Due],
    target: Option<Date>,
    about: &mut [About],
    rungs: &mut [Rung],
) -> Result<(), Refusal> {
    if due.len() < 2 {
        return Ok(());
    }
    let known: Option<Vec<(usize, Date, bool)>> =
        due.iter().map(|due| Some((due.rung, due.day.or(target)?, due.kept))).collect();
    let Some(mut due) = known else {
        return refuse("完成日期", "有的完成日期没有写明年份，无法确定先后");
    };
    due.sort_by_key(|(_, day, kept)| (*day, !kept));
    let Some((_, first, true)) = due.first().copied() else {
        return refuse("完成日期", "没有写明最早的完成日期如何得分");
    };
    let place = |from: Date, to: Date| {
        days_between(from, to).map(|number| Point::Value(Amount { number, unit: day_unit() }))
    };
    let mut before: Option<Date> = None;
    for (at, day, kept) in due {
        let Some(rung) = rungs.get_mut(at) else { continue };
        let (Some(near), Some(far)) = (place(first, before.unwrap_or(first)), place(first, day)) else {
            return refuse(&rung.words, "日期超出可计算的范围");
        };
        if kept && before == Some(day) {
            return refuse("完成日期", "同一日期规定了两次");
        }
        if kept && before.is_some() {
            let (lower, upper) = (Some(end(near, false, true)), Some(end(far, true, true)));
            rung.shape = Shape::Within(Stretch { lower, upper, ..Stretch::default() });
        } else if !kept && day > first {
            rung.shape = Shape::Within(Stretch { lower: Some(end(far, false, true)), ..Stretch::default() });
        }
        if kept {
            before = Some(day);
        }
    }
    // 逾期不得分 behind several dates: later than the last of them.
    if let Some(last) = before.filter(|last| *last > first)
        && let Some(far) = place(first, last)
    {
        for rung in rungs.iter_mut().filter(|rung| rung.shape == Shape::Misses && rung.award == Award::ZERO) {
            let lower = Some(end(far.clone(), false, true));
            rung.shape = Shape::Within(Stretch { lower, ..Stretch::default() });
        }
    }
    for one in about {
        if matches!(one, About::Lateness(_)) {
            *one = About::Lateness(Some(first));
        }
    }
    Ok(())
}

fn days_between(from: Date, to: Date) -> Option<Number> {
    u32::try_from(from.until(to).ok()?.get_days()).ok().map(Number::from)
}
