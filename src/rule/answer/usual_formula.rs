//! What a rate is made of that a criterion names without its formula: 成活率 of 栽植2000株，成活1820株.

use crate::base::Number;
use crate::notation::Notation;
use crate::words::{self, Class, list};

use super::super::IndicatorFacts;
use super::super::award::Award;
use super::super::formula::{Formula, Term};
use super::super::graded::Graded;
use super::amount_name::{FINISHED, holds};
use super::amounts::Labelled;
use super::opposite::OPPOSITES;
use super::quotient::is_money_for_each;
use super::unused::is_plain_rest;
use super::{known_rate, names, part_of_all, share_told};

/// The usual makings of a rate that a criterion names without its formula. Of two parts that make up a whole the one that is
/// asked for.
pub(super) fn common(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    of_these(rule, facts, amounts).or_else(|| {
        let base = |l: &Labelled| l.amount.in_base();
        let all = amounts.iter().map(base).collect::<Option<Vec<_>>>().and_then(Number::sum)?;
        let whole = amounts.iter().find(|l| base(l).and_then(|n| n.plus(n)) == Some(all))?;
        let parts = || amounts.iter().filter(|l| !std::ptr::eq(*l, whole));
        let formulas: Vec<Formula> = parts()
            .filter_map(|part| of_these(rule, facts, &[whole.clone(), part.clone()]))
            // 未完工3个 beside 完工15个: the same by both ways.
            .filter(|found| found.above.len() == 1)
            .collect();
        // 财政资金 beside 自筹资金 under 财政资金占总投资比例: by its very name.
        let named = |found: &&Formula| {
            found.above.iter().all(|term| names(rule, facts).any(|name| name.contains(term.name.as_str())))
        };
        let mut hits = formulas.iter().filter(|found| formulas.len() == 1 || named(found));
        let only = hits.next().filter(|_| hits.next().is_none())?;
        let own = parts().find(|l| only.above.iter().any(|term| term.name == l.label))?;
        let plain = parts().filter(|l| !std::ptr::eq(*l, own)).all(|rest| is_plain_rest(rest, own, whole));
        (amounts.len() > 2 && amounts.len() <= MOST_PARTS && plain).then(|| only.clone())
    })
}

/// A whole and more parts of it are a report.
const MOST_PARTS: usize = 5;

fn of_these(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    const RATES: [(&[&str], &[&str], &[&str]); 8] = [
        (&["资产负债率"], &["负债"], &["资产"]),
        (&["在职人员控制率"], &["在职"], &["编制"]),
        (&["执行率", "支出率", "支付率"], &["执行", "支出", "支付"], &["预算", "安排"]),
        (&["结转结余率", "结余率"], &["结转结余", "结余"], &["预算", "资金总额"]),
        (&["到位率"], &["到位"], &["计划", "应到位", "预算", "下达"]),
        (&["控制率"], &["支出", "实际", "决算", "结算"], &["预算", "控制数", "批准", "批复", "概算"]),
        (
            &["完成率"],
            &["完成", "实际", "入库", "征收", "实现"],
            &["计划", "目标", "任务", "应完成", "预算", "下达", "总数"],
        ),
        (&["满意度", "满意率"], &["满意"], &["有效", "收回", "回收", "调查", "受访", "总数"]),
    ];
    // 预算完成数 is above, and no 预算数 below.
    let named = |words: &[&str], taken: Option<&str>| -> Option<Term> {
        words.iter().find_map(|word| {
            let free = amounts
                .iter()
                .filter(|l| taken != Some(l.label.as_str()) && (taken.is_some() || !is_hoped(&l.label)));
            let mut hits = free.filter(|l| holds(&l.label, word) || l.label == *word);
            let first = hits.next()?;
            hits.next().is_none().then(|| Term { name: first.label.clone(), less: false })
        })
    };
    names(rule, facts)
        .find_map(|name| {
            let (_, above, below) =
                RATES.iter().find(|(ends, ..)| ends.iter().any(|end| name.ends_with(end)))?;
            let above = named(above, None)?;
            let below = named(below, Some(&above.name))?;
            (above != below).then(|| Formula { above: vec![above], below: vec![below] })
        })
        .or_else(|| sampled(rule, facts, amounts))
        .or_else(|| of_those_due(rule, facts, amounts))
        .or_else(|| of_its_whole(rule, facts, amounts))
        .or_else(|| for_each(rule, facts, amounts))
        .or_else(|| known_rate::formula(rule, facts, amounts))
        .or_else(|| part_of_all::formula(rule, facts, amounts))
        .or_else(|| share_told::formula(rule, facts, amounts))
}

/// 30人共完成1080学时 under 人均培训学时: what the target counts, for each of those of whom the mean is.
fn mean_of(rule: &Graded, facts: &IndicatorFacts, [a, b]: [&Labelled; 2]) -> Option<Formula> {
    let target = facts.target.and_then(Notation::unit).filter(|unit| !unit.is_ratio() && !unit.is_money())?;
    let own = |l: &Labelled| l.amount.unit.word == target.word;
    let each = |l: &Labelled| {
        let mean = list::MEANS_OF.iter().find(|mean| mean.starts_with(l.amount.unit.word.as_str()));
        mean.is_some_and(|mean| names(rule, facts).any(|name| name.contains(mean)))
    };
    let (all, of) = match (own(a) && each(b), own(b) && each(a)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return None,
    };
    let term = |l: &Labelled| Term { name: l.label.clone(), less: false };
    Some(Formula { above: vec![term(all)], below: vec![term(of)] })
}

/// 支出总额84万元，服务人数2000人 under 人均支出: the only money, for each of the only things.
fn for_each(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    let [a, b] = amounts else { return None };
    let mean = words::of(Class::ForEach);
    let named = names(rule, facts).any(|name| mean.begins(name) || mean.within(facts.indicator));
    let asked =
        facts.target.and_then(Notation::unit).is_some_and(|unit| is_money_for_each(unit) || unit.is_money());
    let things = |l: &Labelled| l.amount.unit.dimension.is_of_things();
    let is_plain = |l: &Labelled| !clouded(&l.label) && !is_hoped(&l.label);
    if let Some(mean) = mean_of(rule, facts, [a, b]).filter(|_| is_plain(a) && is_plain(b)) {
        return Some(mean);
    }
    let (money, of) = match (a.amount.unit.is_money(), b.amount.unit.is_money()) {
        (true, false) if things(b) => (a, b),
        (false, true) if things(a) => (b, a),
        _ => return None,
    };
    let plain = [money, of].iter().all(|l| is_plain(l));
    let planned = words::of(Class::Planned).within(&money.label)
        || money.label.contains("预算")
        || money.label.contains("批复");
    let term = |l: &Labelled| Term { name: l.label.clone(), less: false };
    (named && asked && plain && !planned).then(|| Formula { above: vec![term(money)], below: vec![term(of)] })
}

/// 抽检50批次，合格48批次 under a 合格率; 不合格2批次 as well.
fn sampled(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    const LOOKED: [&str; 17] = [
        "抽检", "抽查", "抽测", "检测", "检查", "检验", "验收", "应", "总", "共", "计划", "走访", "随机",
        "监测", "抽样", "考核", "任务",
    ];
    let [a, b] = amounts else { return None };
    let term = |l: &Labelled, less| Term { name: l.label.clone(), less };
    names(rule, facts).find_map(|name| {
        let stem = name.strip_suffix('率')?;
        let stem: String = {
            let chars: Vec<char> = stem.chars().collect();
            chars.get(chars.len().checked_sub(2)?..)?.iter().collect()
        };
        let (base, part) = match (
            LOOKED.iter().any(|w| a.label.starts_with(w)),
            LOOKED.iter().any(|w| b.label.starts_with(w)),
        ) {
            (true, false) => (a, b),
            (false, true) => (b, a),
            _ => return None,
        };
        if !base.amount.unit.comparable(&part.amount.unit) {
            return None;
        }
        let words = part.label.trim_start_matches("其中").trim_start_matches('有');
        if words == stem || words == format!("已{stem}") {
            return Some(Formula { above: vec![term(part, false)], below: vec![term(base, false)] });
        }
        // 错保3户 under a 准确率
        let wrong = list::EXACT_STEMS.has(&stem) && list::ERROR_SIGNS.begins(words);
        // 损坏18个 under a 完好率
        let wrong = wrong
            || OPPOSITES.iter().any(|(good, bad)| {
                good.strip_suffix('率') == Some(stem.as_str()) && bad.strip_suffix('率') == Some(words)
            });
        let denied = wrong || list::NOT_SIGNS.iter().any(|no| words == format!("{no}{stem}"));
        denied.then(|| Formula {
            above: vec![term(base, false), term(part, true)],
            below: vec![term(base, false)],
        })
    })
}

/// 应到50人，实到46人 under a 出勤率, 应回收100份，实际回收92份 under a 回收率: of those that were due.
fn of_those_due(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    let [a, b] = amounts else { return None };
    // 应清扫面积 and 机械化清扫面积 are measured alike.
    let bare = |label: &str| list::MEASURE_NOUNS.strip_end(label).unwrap_or(label).to_owned();
    let due = |l: &Labelled| l.label.strip_prefix('应').map(|act| bare(act.trim_start_matches('当')));
    let (of, did) = match (due(a), due(b)) {
        (Some(_), None) => (a, b),
        (None, Some(_)) => (b, a),
        _ => return None,
    };
    let act = due(of)?;
    let said = bare(&did.label);
    // 未缴, 欠缴 are what is left.
    if list::NOT_SIGNS.begins(&said) || list::LEFT_UNDONE.begins(&said) {
        return None;
    }
    let named = stems_of(rule, facts)
        .any(|stem| stem.ends_with(&act) && (stem.ends_with(said.as_str()) || said.starts_with(&act)));
    let done = words::of(Class::Performed).strip(&said);
    // 应检260家，参检247家; 应收42万元，实收35.7万元 under 收缴率
    let by_act = said.ends_with(&act) && said.chars().count() <= act.chars().count().saturating_add(1);
    let done = if (named || by_act) && (said.ends_with(&act) || said.starts_with(&act)) {
        act.as_str()
    } else {
        done?
    };
    let came = words::of(Class::CameThere);
    let stems = || names(rule, facts).filter_map(|name| name.strip_suffix('率'));
    // 应补1250人，实补1250人 under a 覆盖率
    let covers = |stem: &str| ["覆盖", "完成", "落实", "兑现", "到位"].iter().any(|end| stem.ends_with(end));
    // 得分=实际监控数/应监控数×分值
    let completion =
        || rule.all_awards().any(|award| matches!(award, Award::Rate(rate) if rate.rate.is_none()));
    let asked = completion()
        || stems().any(|stem| {
            stem.ends_with(&act)
                || (by_act && stem.contains(act.as_str()))
                || covers(stem)
                || (came.ends(stem) && came.has(&act))
        });
    // 应自评20个项目，已自评16个; 应管理8800人，规范管理5320人 under 规范管理率
    let same = done == act || (done.chars().nth(1).is_some() && act.starts_with(done));
    let fits = same && !act.is_empty() && of.amount.unit.comparable(&did.amount.unit);
    let term = |l: &Labelled| Term { name: l.label.clone(), less: false };
    (asked && fits).then(|| Formula { above: vec![term(did)], below: vec![term(of)] })
}

/// 栽植2000株，成活1820株 under a 成活率, 闲置资产25处，已处置15处 under a 处置率: the part that is called as the rate is, of the
/// only other number.
fn of_its_whole(rule: &Graded, facts: &IndicatorFacts, amounts: &[Labelled]) -> Option<Formula> {
    let [a, b] = amounts else { return None };
    let (x, y) = (a.amount.in_base()?, b.amount.in_base()?);
    let alike = a.amount.unit.comparable(&b.amount.unit) && !a.amount.unit.is_ratio();
    let (part, whole) = names(rule, facts).find_map(|name| {
        let stem = stem(name)?;
        match (is_part(&a.label, name, &stem), is_part(&b.label, name, &stem)) {
            (true, false) if x <= y && is_whole(&b.label, &stem) => Some((a, b)),
            (false, true) if y <= x && is_whole(&a.label, &stem) => Some((b, a)),
            _ => None,
        }
    })?;
    // 计划200户 beside a target of 210户
    let target = facts.target.and_then(Notation::quantity).filter(|t| t.unit.comparable(&whole.amount.unit));
    let agrees = target.is_none_or(|target| target.in_base() == whole.amount.in_base());
    // 完成投资80万元，到位资金100万元: of what was planned, or of another thing?
    let planned = words::of(Class::Planned).begins(&whole.label)
        || ["预算", "总", "共", "下达", "批复", "合同", "核定"].iter().any(|word| whole.label.contains(word));
    let of_plan =
        part.label.contains("完成") || FINISHED.contains(&part.label.as_str()) || part.amount.unit.is_money();
    // 受理80件，办结74件
    let received = words::of(Class::Received).begins(&whole.label) && !part.amount.unit.is_money();
    let agrees = agrees && (planned || received || !of_plan);
    let term = |l: &Labelled| Term { name: l.label.clone(), less: false };
    (alike && agrees).then(|| Formula { above: vec![term(part)], below: vec![term(whole)] })
}

fn stems_of<'r>(rule: &'r Graded, facts: &IndicatorFacts<'r>) -> impl Iterator<Item = &'r str> {
    names(rule, facts).filter_map(|name| name.strip_suffix('率'))
}

/// 成活 of 苗木成活率: what is so of a part. A rate of change is of no part.
pub(super) fn stem(name: &str) -> Option<String> {
    let stem = name.strip_suffix('率')?;
    let at = stem.char_indices().rev().nth(1).map(|(at, _)| at)?;
    let stem = stem.get(at..)?;
    let changes = [Class::Rises, Class::Falls, Class::Risen, Class::Fallen, Class::Overspent];
    let other = changes.iter().any(|class| words::of(*class).within(stem))
        || [
            "变动", "变化", "控制", "偏差", "偏离", "误差", "差异", "调整", "超支", "执行", "节约", "收益",
            "回报",
        ]
        .contains(&stem);
    (!other).then(|| stem.to_owned())
}

/// Whether an amount is called as the rate is: 已处置, 验收合格, 竣工 of what is to be completed.
fn is_part(label: &str, name: &str, stem: &str) -> bool {
    let label = ["其中", "已经", "已", "实际", "共", "有"]
        .iter()
        .fold(label, |text, lead| text.strip_prefix(lead).unwrap_or(text));
    if clouded(label) || is_hoped(label) || words::of(Class::Planned).begins(label) {
        return false;
    }
    let done = stem == "完成"
        && (FINISHED.contains(&label) || (label.chars().nth(1).is_some() && name.contains(label)));
    // 验收合格 and 苗木成活, but neither 基本合格 nor 正在处置
    let lead = label.strip_suffix(stem).is_some_and(|lead| {
        lead.is_empty() || lead == "验收" || name.contains(lead) || words::of(Class::Inspected).has(lead)
    });
    let thing = label.strip_prefix(stem).is_some_and(|thing| name.contains(thing));
    done || lead || thing
}

/// Whether an amount may be all of it: nothing of it is said but what it is, or that it was planned.
fn is_whole(label: &str, stem: &str) -> bool {
    !clouded(label) && !label.contains(stem) && !label.contains("其中") && !label.contains("目标")
}

/// Whether words deny, or are of another year, or of a part.
pub(super) fn clouded(label: &str) -> bool {
    let plain =
        words::of(Class::NoDenials).iter().fold(label.to_owned(), |text, word| text.replace(word, ""));
    let given = list::MONEY_GIVEN.iter().fold(label.to_owned(), |text, word| text.replace(word, ""));
    words::of(Class::Negations).within(&plain)
        || words::of(Class::LastYears).within(label)
        || words::of(Class::TakenBack).within(label)
        || ["累计", "另", "新增", "补", "第", "前", "超", "部分", "每", "余"]
            .iter()
            .any(|word| given.contains(word))
}

/// 预计到位, 承诺到位, 正在处置: what is not there yet, or not quite.
pub(super) fn is_hoped(label: &str) -> bool {
    words::of(Class::Hoped).within(label)
        || ["承诺", "正在", "基本", "认缴"].iter().any(|word| label.contains(word))
}
