//! What it means that an item of a list is not met: `已制定办法` is `未制定办法`. An item that says more than one thing, or whose
//! predicate is not certain, is quoted instead: turned, it would accuse of more than was found.

use crate::words::{self, Class};

/// Why an item is not met, in its own words.
pub(super) fn unmet(item: &str) -> String {
    let item = item.trim().trim_end_matches(['。', '；', '，']);
    turned(item).unwrap_or_else(|| format!("不符合“{item}”的要求"))
}

fn turned(item: &str) -> Option<String> {
    let agrees = words::of(Class::ItemsAgreeing);
    if let Some(end) = agrees.longest_end(item) {
        let subject = item.strip_suffix(end)?;
        let (at, with) = words::of(Class::ItemsAgreeingWith).find(subject)?;
        let rest = subject.get(at.checked_add(with.len())?..)?;
        let first = subject.get(..at)?;
        let one = |text: &str| !says_more(text) && !is_of_all(text) && places(text) == 0;
        return (one(first) && one(rest)).then(|| format!("{subject}不{end}"));
    }
    if says_more(item) || places(item) != 1 {
        return None;
    }
    if let Some(rest) = words::of(Class::ItemsDone).strip(item) {
        return match words::of(Class::ItemsHad).strip(rest) {
            Some(had) => Some(format!("没有{had}")),
            None => (!is_of_all(rest)).then(|| format!("未{rest}")),
        };
    }
    if let Some(had) = had(item) {
        return (!is_of_all(item)).then(|| format!("没有{had}"));
    }
    if words::of(Class::ItemsBeing).begins(item) {
        return (!is_of_all(item)).then(|| format!("不{item}"));
    }
    if words::of(Class::ItemsDoing).begins(item) {
        return (!is_of_all(item)).then(|| format!("未{item}"));
    }
    if let Some((at, _)) = words::of(Class::ItemsBeing).find(item) {
        let (subject, verb) = item.split_at_checked(at)?;
        return (!is_of_all(subject)).then(|| format!("{subject}不{verb}"));
    }
    if let Some((at, _)) = words::of(Class::ItemsReached).find(item) {
        let (subject, verb) = item.split_at_checked(at)?;
        let subject = words::of(Class::ItemsDone).strip_end(subject).unwrap_or(subject);
        // Of several things some may have been reached.
        if is_of_all(subject) {
            let bare = words::of(Class::ItemsOfAll).strip_end(subject).unwrap_or(subject);
            return (!bare.is_empty()).then(|| format!("{bare}未全部{verb}"));
        }
        return Some(format!("{subject}未{verb}"));
    }
    let end = words::of(Class::ItemsSound).longest_end(item)?;
    let subject = item.strip_suffix(end)?;
    // 合法合规 says two things.
    let more =
        [Class::ItemsSound, Class::GradedStems].into_iter().any(|class| words::of(class).ends(subject));
    (!is_of_all(item) && !more).then(|| format!("{subject}不{end}"))
}

/// What an item says that there is.
fn had(item: &str) -> Option<&str> {
    let compound = words::of(Class::ItemsHavingCompounds).begins(item);
    words::of(Class::ItemsHad).strip(item).filter(|_| !compound)
}

fn says_more(item: &str) -> bool {
    words::of(Class::ItemsNotTurned).within(item)
}

fn is_of_all(item: &str) -> bool {
    words::of(Class::ItemsOfAll).within(item)
}

/// Places at which an item may be denied; with several it is not certain which of them is its predicate.
fn places(item: &str) -> usize {
    let heads = [Class::ItemsDone, Class::ItemsBeing, Class::ItemsDoing];
    let head = heads.into_iter().any(|class| words::of(class).begins(item)) || had(item).is_some();
    // What begins the item is no second place in its middle.
    let inner: String = item.chars().skip(usize::from(head)).collect();
    let mut middle = 0_usize;
    for class in [Class::ItemsReached, Class::ItemsBeing] {
        let mut rest = inner.as_str();
        while let Some((at, word)) = words::of(class).find(rest) {
            middle = middle.saturating_add(1);
            rest = rest.get(at.saturating_add(word.len())..).unwrap_or_default();
        }
    }
    let end = words::of(Class::ItemsSound).ends(item);
    usize::from(head).saturating_add(middle).saturating_add(usize::from(end))
}

#[cfg(test)]
mod tests {
    use super::unmet;

    #[test]
    fn an_item_is_turned_only_where_that_says_no_more() {
        for (item, said) in [
            ("已制定业务管理制度", "未制定业务管理制度"),
            ("已有项目管理办法", "没有项目管理办法"),
            ("有明确的分工", "没有明确的分工"),
            ("各项文件制度得到落实", "各项文件制度未全部得到落实"),
            ("资料均达到要求", "资料未全部达到要求"),
            ("预算编制经过科学论证", "预算编制未经过科学论证"),
            ("绩效指标覆盖项目全部工作内容", "绩效指标未覆盖项目全部工作内容"),
            ("按标准编制", "未按标准编制"),
            ("符合预算批复的用途", "不符合预算批复的用途"),
            ("会计核算规范", "会计核算不规范"),
            ("预算内容与项目内容匹配", "预算内容与项目内容不匹配"),
            ("目标与实际工作内容相关", "目标与实际工作内容不相关"),
            // Which of several was not met is not known.
            ("制定财务制度和业务制度", "不符合“制定财务制度和业务制度”的要求"),
            ("不存在截留、挪用", "不符合“不存在截留、挪用”的要求"),
            ("已建立的制度得到执行", "不符合“已建立的制度得到执行”的要求"),
            ("各项手续齐全", "不符合“各项手续齐全”的要求"),
            ("有效控制成本", "不符合“有效控制成本”的要求"),
            ("项目管理", "不符合“项目管理”的要求"),
            ("制度内容合法合规", "不符合“制度内容合法合规”的要求"),
            ("必要性已论证", "不符合“必要性已论证”的要求"),
            ("项目立项符合国家法律法规", "项目立项不符合国家法律法规"),
            ("事前已经过必要的可行性研究", "事前未经过必要的可行性研究"),
            ("与预算资金量相匹配", "与预算资金量不相匹配"),
            ("论证充分", "论证不充分"),
        ] {
            assert_eq!(unmet(item), said);
        }
    }
}
