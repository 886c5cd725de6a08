//! What is to be mended where points came off: what evaluators saw undone is what is to be done. The targets of a year that is over
//! stay as they are.

use super::row::seen;
use crate::mapping::title::normalise;
use crate::model::Indicator;
use crate::words::{self, Class};

/// What denies that something was done, and what asks for it.
const UNDONE: char = '未';
/// Before it: 尚未, 均未.
const STILL: &str = "尚";

/// What is asked of an agency that scored itself; `measured` where it says what it does about it.
pub(super) fn of_agency(measured: bool) -> &'static str {
    if measured { "落实所报的改进措施" } else { "分析原因，制定改进措施并落实" }
}

/// What is asked where evaluators saw something.
pub(super) fn of_evaluators(indicator: Option<&Indicator>) -> String {
    let Some(indicator) = indicator else { return format!("针对上述问题{MEASURES}") };
    let names = [&indicator.name, &indicator.level2];
    if names.into_iter().any(|name| words::of(Class::QualitiesOfTargets).within(&normalise(name))) {
        return "以后年度申报绩效目标时改正".to_owned();
    }
    let seen = seen(Some(indicator), false).unwrap_or_default();
    let clauses = seen.split(['，', ',', '。', '；', ';', '\n']);
    let undone: Vec<&str> = clauses.map(str::trim).filter(|clause| is_undone(clause)).collect();
    let mut demands: Vec<String> = undone.iter().filter_map(|clause| demand(clause)).collect();
    let target = indicator.target_shown();
    match (demands.is_empty(), target.is_empty()) {
        (false, _) => {
            let rest: Vec<&str> = undone.into_iter().filter(|clause| demand(clause).is_none()).collect();
            demands
                .extend((!rest.is_empty()).then(|| format!("{}的，应逐项列明，{MEASURES}", rest.join("、"))));
            demands.join("；")
        }
        (true, false) => format!("针对上述问题制定措施，达到“{target}”"),
        (true, true) => format!("针对上述问题{MEASURES}"),
    }
}

/// What is asked where nothing more exact is known.
const MEASURES: &str = "制定措施，落实到位";
/// Signs behind the denial from which on it says of what something was not done.
const LEAST: usize = 6;

/// Whether a clause says that something was left undone: what was not found to be wrong is nothing of the kind.
fn is_undone(clause: &str) -> bool {
    clause.split_once(UNDONE).is_some_and(|(_, after)| !words::of(Class::UndoneCompounds).begins(after))
}

/// `未按要求汇总数据` asks that it be done: `应按要求汇总数据`. What was done in part, or of what it is not said, is not turned:
/// 未落实部分工作 asks for no 应落实部分工作.
fn demand(clause: &str) -> Option<String> {
    let (before, after) = clause.split_once(UNDONE)?;
    let whole = clause.matches('“').count() == clause.matches('”').count();
    let partly =
        [Class::ItemsOfAll, Class::PartlyDone].into_iter().any(|class| words::of(class).within(after));
    if after.chars().count() < LEAST || after.contains(UNDONE) || partly || !whole {
        return None;
    }
    let before = before.strip_suffix(STILL).unwrap_or(before);
    Some(format!("{before}应{after}"))
}

#[cfg(test)]
mod tests {
    use super::{demand, is_undone};

    #[test]
    fn what_was_left_undone_is_asked_for() {
        for (clause, asked) in [
            ("未针对项目业务制定管理办法", Some("应针对项目业务制定管理办法")),
            ("“甲”数据尚未按要求进行汇总", Some("“甲”数据应按要求进行汇总")),
            // Without what it is of, or turned round, it would ask for something else.
            ("线下尚未印制", None),
            ("未落实文件部分工作", None),
            ("未完全落实文件要求", None),
            ("已按规定执行", None),
        ] {
            assert!(!is_undone("未发现重复立项") && !is_undone("未来三年") && is_undone("线下未印制"));
            assert_eq!(demand(clause).as_deref(), asked, "{clause}");
        }
    }
}
