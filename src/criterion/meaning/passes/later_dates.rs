//! 12月31日前完成得满分，次年1月31日前完成得3分, 7月1日至8月31日完成得2分: the first date is the deadline, the later ones lie days behind it.

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
    let stretches = due.iter().any(|due| due.from.is_some());
    if due.len() < 2 && !stretches {
        return Ok(());
    }
    let known: Option<Vec<(Date, &Due)>> = due.iter().map(|due| Some((due.day.or(target)?, due))).collect();
    let Some(mut due) = known else {
        return refuse("完成日期", "有的完成日期没有写明年份，无法确定先后");
    };
    due.sort_by_key(|(day, due)| (*day, !due.kept));
    let Some((first, Due { kept: true, from: None, .. })) = due.first().copied() else {
        return refuse("完成日期", "没有写明最早的完成日期如何得分");
    };
    let place = |from: Date, to: Date| {
        days_between(from, to).map(|number| Point::Value(Amount { number, unit: day_unit() }))
    };
    let mut before: Option<Date> = None;
    for (day, one) in due {
        let Some(rung) = rungs.get_mut(one.rung) else { continue };
        let from = one.from.unwrap_or(day);
        let near = place(first, before.unwrap_or(first));
        let (Some(near), Some(far), Some(begins)) = (near, place(first, day), place(first, from)) else {
            return refuse(&rung.words, "日期超出可计算的范围");
        };
        if one.kept && before == Some(day) {
            return refuse("完成日期", "同一日期规定了两次");
        }
        // What begins on the day after the last one leaves no gap to it.
        let goes_on = before.and_then(|before| before.tomorrow().ok()) == Some(from);
        let stretch = one.from.is_some() && !goes_on;
        if one.kept && before.is_some() {
            let lower = if stretch { end(begins, true, true) } else { end(near, false, true) };
            let (lower, upper) = (Some(lower), Some(end(far, true, true)));
            rung.shape = Shape::Within(Stretch { lower, upper, ..Stretch::default() });
        } else if !one.kept && (day > first || one.from.is_some()) {
            let lower = match (goes_on, stretch && !one.firm) {
                (true, _) => end(near, false, true),
                (false, false) if one.firm => end(begins, true, true),
                // 8月以后 behind 8月底前: what comes after August.
                (false, true) if before != Some(day) => {
                    return refuse(&rung.words, "是否包括写明的那个月（季度），无法确定");
                }
                _ => end(far, false, true),
            };
            rung.shape = Shape::Within(Stretch { lower: Some(lower), ..Stretch::default() });
        }
        if one.kept {
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
