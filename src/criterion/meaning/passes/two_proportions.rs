//! 60%-90%按比例得分: of the figure above, or between the two? Nobody says, so a person gives these points.

use crate::criterion::meaning::rungs::Rung;
use crate::rule::{Award, Point, Proportion};

pub(super) fn two_proportions(rungs: &mut [Rung]) {
    // 按完成比例, 按实际比例: actual over target.
    const SAID: [&str; 5] = ["完成", "实际", "相应", "对应", "公式"];
    for rung in rungs {
        let plain = matches!(
            &rung.award,
            Award::Rate(Proportion { base: None, rate: None, over: None, least: None, turned: false })
        );
        let between = rung.stretch().is_some_and(|s| {
            [&s.lower, &s.upper]
                .iter()
                .all(|end| end.as_ref().is_some_and(|end| matches!(end.at, Point::Value(_))))
        });
        let (before, by) = rung.words.rsplit_once('按').unwrap_or(("", &rung.words));
        let open = !before.is_empty() && by.starts_with("比例") && !SAID.iter().any(|word| by.contains(word));
        if plain && between && open {
            rung.award = Award::Judged;
        }
    }
}
