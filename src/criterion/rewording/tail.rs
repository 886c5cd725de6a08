//! What a stretch ends with, or is in whole, in plainer words: 各部分扣完为止, 按比例得分(得分=完成率×5分), 扣分=(1-完成率)×8分.

use super::{Change, Place};
use crate::base::Weight;
use crate::criterion::grammar::formula::{base_points, times};
use crate::criterion::grammar::scan::{attempt, is_name};
use crate::words::{self, Class, list};

/// 各部分扣完为止, 每个小项扣完即止: whatever it is of, nothing goes below 0.
pub(super) fn gone(place: &Place) -> Option<Change> {
    let text = place.text();
    let (before, behind) = text.split_once("扣完")?;
    let ends = |text: &str| {
        let of = words::of(Class::GoneOf);
        let mut rest = text;
        while let Some(short) = of.strip(rest) {
            rest = short;
        }
        rest.is_empty()
    };
    let behind = list::ENDS_WHEN_GONE.strip_end(behind)?;
    let each = before.contains(['各', '每', '两', '分']);
    let to = if each { "各项扣完为止" } else { "扣完为止" };
    (ends(before) && ends(behind) && text != to).then(|| Change::To(to.to_owned()))
}

/// 60%(含)-90%之间按比例得分(得分=消化率*5分): the bracket says how.
pub(super) fn proportion(place: &Place) -> Option<Change> {
    let text = place.text();
    let (before, formula) =
        text.strip_suffix(')')?.split_once('(').filter(|_| text.matches('(').count() == 1).or_else(|| {
            let at = text.rfind('(')?;
            Some((text.get(..at)?, text.strip_suffix(')')?.get(at.saturating_add(1)..)?))
        })?;
    let formula = formula.strip_prefix("即").unwrap_or(formula);
    let condition = words::of(Class::InProportion).strip_end(before)?;
    let scores = formula.starts_with("得分=") && formula.contains('*');
    let condition = condition.trim_end_matches(['的', '，']);
    (scores && !condition.is_empty()).then(|| Change::To(format!("{condition}的{formula}")))
}

/// 扣分=(1-完成率)*8分 is 按完成比例得分; behind 按比例扣分 it says nothing more.
pub(super) fn shortfall(place: &Place) -> Option<Change> {
    let text = place.text();
    let rest = text.strip_prefix('即').unwrap_or(text);
    let rest =
        ["扣分=", "扣减分值=", "扣减分=", "扣除分值="].iter().find_map(|lead| rest.strip_prefix(lead))?;
    let (inside, mut rest) =
        rest.strip_prefix("(1-").or_else(|| rest.strip_prefix("(100%-"))?.split_once(')')?;
    attempt(&mut rest, times)?;
    let base = attempt(&mut rest, base_points).filter(|_| rest.is_empty())?;
    let whole = base.is_none_or(|n| place.weight.map(Weight::number) == Some(n));
    let rate = is_name(inside) && inside.ends_with("完成率");
    if !whole || !rate {
        return None;
    }
    let said = place.before().is_some_and(|before| before.contains("按比例扣"));
    Some(if said { Change::Drop } else { Change::To("按完成比例得分".to_owned()) })
}

/// 按成活率/85%*6分计: 计 for 计分.
pub(super) fn counted_so(place: &Place) -> Option<Change> {
    let text = place.text();
    // 为满分值
    if let Some(short) = text.strip_suffix("为满分值") {
        return Some(Change::To(format!("{short}得满分")));
    }
    let (before, product) = text.split_once('按')?;
    let fits = product.contains(['*', '/']) && text.ends_with("分计") && !before.contains('按');
    fits.then(|| Change::To(format!("{text}分")))
}
