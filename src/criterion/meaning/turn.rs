//! Clauses that mean something else beside the others: what is missing of a number is a shortfall, no faults are a
//! count of 0, 及时拨付 beside 每延迟1天 is the deadline kept, a later date is so many days late.

use crate::base::{Date, Number};
use crate::rule::{Amount, Award, Point};

use crate::criterion::grammar::condition::figure;
use crate::criterion::grammar::condition::{End, Matter, Shape, Stretch, day, end, is_time};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::{MISSED, PUNCTUAL};
use crate::criterion::meaning::collect::{Heard, Read, refuse};
use crate::criterion::meaning::ladder::Rung;

/// Every way in which the parts of a criterion turn each other.
pub(crate) fn turn(heard: &mut Heard, target: Option<Date>) -> Read<()> {
    shortfall(heard);
    no_faults(heard);
    in_time(heard);
    dates(heard, target)
}

/// 达到12次得满分，每缺1次扣0.5分: beside a number to reach, what is missing of it is a shortfall.
fn shortfall(heard: &mut Heard) {
    let reaching = heard.rungs.iter().any(|r| {
        r.award != Award::ZERO
            && (r.shape == Shape::Meets || matches!(&r.shape, Shape::Within(s) if s.lower.is_some()))
    });
    let valued = heard.matters.iter().all(|m| *m == Matter::Value);
    let Some(steps) = &mut heard.steps else { return };
    let missing = match steps.clause.counts {
        Counts::Missing => true,
        Counts::Found => MISSED.contains(&steps.clause.noun.as_str()),
        _ => false,
    };
    if reaching && valued && missing {
        steps.clause.counts = Counts::Below;
    }
}

/// 事故数为0得满分，每发生1起扣1分: the number that must be 0 is that of the faults found.
fn no_faults(heard: &mut Heard) {
    let Some(unit) = heard.steps.as_ref().map(|s| &s.clause).filter(|c| c.counts == Counts::Found) else {
        return;
    };
    let unit = unit.size.unit.clone();
    let fits = |e: &End| match &e.at {
        Point::Value(a) => (a.number.is_zero() && a.unit.is_bare()) || a.unit.comparable(&unit),
        _ => false,
    };
    let nothing = |e: &End| figure(&e.at).is_some_and(Number::is_zero);
    let counted = heard.rungs.iter().all(|r| match &r.shape {
        // More of them never earns points: 3例及以上不得分, but no 达到12次得满分.
        Shape::Within(s) if r.award == Award::Full || matches!(r.award, Award::Points(n) if !n.is_zero()) => {
            s.upper.as_ref().is_some_and(|e| fits(e) && nothing(e)) && s.lower.as_ref().is_none_or(nothing)
        }
        Shape::Within(s) => [&s.lower, &s.upper].into_iter().flatten().all(fits),
        _ => false,
    });
    let rates =
        heard.names.iter().any(|name| ["率", "比例", "比重", "度"].iter().any(|end| name.ends_with(end)));
    if rates || !counted || heard.rungs.is_empty() {
        return;
    }
    for matter in &mut heard.matters {
        if *matter == Matter::Value {
            *matter = Matter::Count(String::new());
        }
    }
    heard.names.clear();
    for rung in &mut heard.rungs {
        if let Shape::Within(s) = &mut rung.shape
            && s.upper.as_ref().is_some_and(nothing)
        {
            s.lower = None; // as 未发现 has it
        }
    }
}

/// 及时拨付得5分，每延迟10天扣1分: where days late count, what is done in time is the deadline kept.
fn in_time(heard: &mut Heard) {
    let late = heard.steps.as_ref().is_some_and(|s| s.clause.counts == Counts::Late)
        || heard.matters.iter().any(|m| matches!(m, Matter::Lateness(_)));
    if !late {
        return;
    }
    // 每延迟1天扣1分，超过3天不得分
    let timed = |r: &Rung| match &r.shape {
        Shape::Within(s) => [&s.lower, &s.upper]
            .into_iter()
            .flatten()
            .all(|e| matches!(&e.at, Point::Value(a) if is_time(&a.unit))),
        _ => true,
    };
    if heard.rungs.iter().all(timed)
        && heard.matters.iter().all(|m| matches!(m, Matter::Value | Matter::Lateness(_)))
    {
        for rung in &mut heard.rungs {
            if let Shape::Within(s) = &mut rung.shape {
                s.perhaps_beyond = false;
            }
        }
        for matter in &mut heard.matters {
            if *matter == Matter::Value {
                *matter = Matter::Lateness(None);
            }
        }
    }
    let shape = |label: &str| {
        let kept = PUNCTUAL.iter().any(|w| label.starts_with(w));
        let missed = ["未能", "未", "不", "没有"].iter().any(|no| {
            label.strip_prefix(no).is_some_and(|rest| PUNCTUAL.iter().any(|w| rest.starts_with(w)))
        });
        match (kept, missed) {
            (true, _) => Some(Shape::Meets),
            (_, true) => Some(Shape::Misses),
            _ => None,
        }
    };
    if !heard.states.iter().all(|s| shape(&s.label).is_some()) {
        return;
    }
    for state in std::mem::take(&mut heard.states) {
        let Some(shape) = shape(&state.label) else { continue };
        heard.matters.push(Matter::Lateness(None));
        heard.rungs.push(Rung { shape, award: state.award, words: state.words.as_str().to_owned() });
    }
}

/// 12月31日前完成得满分，次年1月31日前完成得3分: the first date is the deadline, the later ones lie days behind it.
fn dates(heard: &mut Heard, target: Option<Date>) -> Read<()> {
    if heard.due.len() < 2 {
        return Ok(());
    }
    let known: Option<Vec<(usize, Date, bool)>> =
        heard.due.iter().map(|(at, day, kept)| Some((*at, day.or(target)?, *kept))).collect();
    let Some(mut due) = known else {
        return refuse("完成日期", "有的完成日期没有写明年份，无法确定先后");
    };
    due.sort_by_key(|(_, day, kept)| (*day, !kept));
    let Some((_, first, true)) = due.first().copied() else {
        return refuse("完成日期", "没有写明最早的完成日期如何得分");
    };
    let place = |from: Date, to: Date| {
        days_between(from, to).map(|number| Point::Value(Amount { number, unit: self::day() }))
    };
    let mut before: Option<Date> = None;
    for (at, day, kept) in due {
        let Some(rung) = heard.rungs.get_mut(at) else { continue };
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
    for matter in &mut heard.matters {
        if matches!(matter, Matter::Lateness(_)) {
            *matter = Matter::Lateness(Some(first));
        }
    }
    Ok(())
}

fn days_between(from: Date, to: Date) -> Option<Number> {
    u32::try_from(from.until(to).ok()?.get_days()).ok().map(Number::from)
}
