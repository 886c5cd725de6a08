//! 较上年增长10%以上得5分，增长不足5%得1分，下降不得分: a change that has a size, and one that goes the other way or nowhere.

use crate::base::Number;
use crate::criterion::grammar::condition::{About, End, Shape, Stretch, end, figure};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::{FALLS, RISES, STAYS};
use crate::criterion::meaning::draft::StepsDraft;
use crate::criterion::meaning::rungs::Rung;
use crate::notation::Unit;
use crate::rule::{Amount, Point, StateBand};
use crate::words::{Lexicon, list};

/// What a word of a change says beside the way that has figures.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    /// 下降 beside 增长.
    Against,
    /// 持平
    Level,
    /// 未增长, 持平或下降
    NotOn,
}

pub(super) fn changes(
    names: &[String],
    states: &mut Vec<StateBand>,
    about: &mut Vec<About>,
    rungs: &mut Vec<Rung>,
) {
    let ways: Vec<(&Lexicon, &Lexicon)> = [(RISES, FALLS), (FALLS, RISES)]
        .into_iter()
        .filter(|(on, _)| names.iter().any(|name| on.has(name)))
        .collect();
    let [(on, against)] = ways.as_slice() else { return };
    let rates = rungs.iter().all(|rung| {
        rung.stretch().is_some_and(|s| {
            [&s.lower, &s.upper]
                .into_iter()
                .flatten()
                .all(|e| matches!(&e.at, Point::Value(a) if a.unit.is_ratio() && !a.number.is_negative()))
        })
    });
    if !rates || rungs.is_empty() || states.is_empty() || about.iter().any(|one| *one != About::Value) {
        return;
    }
    let turns: Option<Vec<Turn>> = states.iter().map(|state| turn(&state.label, on, against)).collect();
    let Some(turns) = turns else { return };
    let zero = || Point::Value(Amount { number: Number::ZERO, unit: Unit::percent() });
    // 增长不足5% is a growth.
    for rung in rungs.iter_mut() {
        if let Some(s) = rung.stretch_mut()
            && s.lower.is_none()
            && s.upper.as_ref().and_then(|e| figure(&e.at)).is_some_and(|n| !n.is_zero())
        {
            s.lower = Some(end(zero(), false, true));
        }
    }
    for (state, turn) in std::mem::take(states).into_iter().zip(turns) {
        let at = |inclusive: bool| Some(End { at: zero(), inclusive, firm: true, yields: false });
        let (lower, upper) = match turn {
            Turn::Against => (None, at(false)),
            Turn::Level => (at(true), at(true)),
            Turn::NotOn => (None, at(true)),
        };
        let shape = Shape::Within(Stretch { lower, upper, ..Stretch::default() });
        about.push(About::Value);
        rungs.push(Rung { shape, award: state.award, words: state.words.as_str().to_owned() });
    }
}

/// 下降, 持平, 未增长, 持平或下降: what it says beside growth.
fn turn(label: &str, on: &Lexicon, against: &Lexicon) -> Option<Turn> {
    // 与上年持平, 比上年增加
    let since =
        ["与上年", "同上年", "较上年", "比上年", "同比"].iter().find_map(|since| label.strip_prefix(since));
    let label = since.map_or(label, |rest| rest.trim_start_matches("度"));
    if STAYS.has(label) {
        return Some(Turn::Level);
    }
    // 不降反升
    let turned = (list::TURNED_UP.has(label) && against.has("上升"))
        || (list::TURNED_DOWN.has(label) && against.has("下降"));
    if against.has(label) || turned {
        return Some(Turn::Against);
    }
    let denied = list::PLAINLY_NOT.iter().find_map(|no| label.strip_prefix(no));
    if denied.is_some_and(|rest| on.has(rest)) {
        return Some(Turn::NotOn);
    }
    let (a, b) = label.split_once(['或', '、'])?;
    let both = (STAYS.has(a) && against.has(b)) || (against.has(a) && STAYS.has(b));
    both.then_some(Turn::NotOn)
}

/// 实现正增长得5分，每下降1个百分点扣0.5分: growth is whatever lies above nothing.
pub(super) fn growth(
    steps: Option<&StepsDraft>,
    states: &mut Vec<StateBand>,
    about: &mut Vec<About>,
    rungs: &mut Vec<Rung>,
) {
    let down = steps.is_some_and(|s| {
        let plain = s.own.is_none() && s.clause.from.is_none() && !s.clause.adds;
        plain && s.clause.counts == Counts::Below && s.clause.size.unit.is_ratio()
    });
    let [state] = states.as_slice() else { return };
    if !down || !rungs.is_empty() || !list::POSITIVE_GROWTH.has(&state.label) {
        return;
    }
    let zero = Point::Value(Amount { number: Number::ZERO, unit: Unit::percent() });
    let stretch = Stretch { lower: Some(end(zero, false, true)), ..Stretch::default() };
    let words = state.words.as_str().to_owned();
    about.push(About::Value);
    rungs.push(Rung { shape: Shape::Within(stretch), award: state.award.clone(), words });
    states.clear();
}
