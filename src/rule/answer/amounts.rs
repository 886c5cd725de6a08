//! A rate from the amounts it is made of: 预算数860万元，实际支出数817万元; and from its opposite: 不合格率3%.

use crate::base::Number;
use crate::notation::{Dimension, Notation, Quantity, Sign, Unit, scan_unit};
use crate::words::{self, Class};

use super::super::formula::{Definition, Formula, Term, sum};
use super::super::graded::Graded;
use super::super::{Facts, Refusal};
use super::parts::{Part, parts};
use super::{Answer, names};

/// Names of how many were asked; another figure that a formula does not use (另有借调6人) may be one that somebody counts.
const ASKED: [&str; 6] = ["发放", "收回", "回收", "有效", "调查", "受访"];

/// An amount with what it is called.
struct Labelled {
    label: String,
    amount: Quantity,
}

const HINT: &str = "请把公式里的两个数都写明，或直接写明比率。";

pub(super) fn answers(rule: &Graded, facts: &Facts) -> Result<Vec<Answer>, Refusal> {
    let Some(parts) = parts(facts.actual_text) else { return Ok(Vec::new()) };
    if let [only] = parts.as_slice() {
        return Ok(opposite(only, rule, facts).or_else(|| done(only, facts)).into_iter().collect());
    }
    let amounts: Vec<Labelled> = parts.iter().filter_map(labelled).collect();
    let (rates, amounts): (Vec<_>, Vec<_>) =
        amounts.into_iter().partition(|l| l.amount.unit.is_ratio() && is_own_rate(&l.label, rule, facts));
    // 发放问卷200份，回收190份，满意度86%: the rate itself, beside how many were asked.
    let asked = |l: &Labelled| {
        ASKED.iter().any(|word| l.label.contains(word)) && l.amount.unit.dimension.is_of_things()
    };
    if let [rate] = rates.as_slice()
        && !amounts.is_empty()
        && amounts.iter().all(asked)
    {
        return Ok(vec![Answer::of(Notation::Quantity(rate.amount.clone()))]);
    }
    if amounts.len() < 2 {
        return Ok(Vec::new());
    }
    let Some(formula) =
        rule.written().map_or_else(|| common(rule, facts, &amounts), |written| written.formula())
    else {
        return Ok(Vec::new());
    };
    let quotient = quotient(&formula, &amounts, facts)?;
    for rate in &rates {
        let shown = quotient
            .in_base()
            .and_then(|n| n.over(rate.amount.unit.factor))
            .map(|n| n.round(rate.amount.places));
        if shown != Some(rate.amount.number) {
            let why = format!("写明的比率{}{}与所列的数算出的不相等", rate.amount.number, rate.amount.unit);
            return Err(Refusal::new(facts.actual_text, why, "请核对实际完成值，只保留正确的数。"));
        }
    }
    let mut found = vec![Answer::number(quotient)];
    if rule.definition.is_none() && rates.is_empty() {
        found.extend(of_others_asked(&formula, &amounts, facts)?);
    }
    Ok(found)
}

/// 发放200份，有效190份，满意172份: where the criterion does not say of which of them the rate is, it may be of any.
fn of_others_asked(formula: &Formula, amounts: &[Labelled], facts: &Facts) -> Result<Vec<Answer>, Refusal> {
    let used = |l: &Labelled| formula.above.iter().chain(&formula.below).any(|term| term.name == l.label);
    let asked = |l: &&Labelled| !used(l) && ASKED.iter().any(|word| l.label.contains(word));
    let below = |l: &Labelled| vec![Term { name: l.label.clone(), less: false }];
    let other = |l: &Labelled| Formula { above: formula.above.clone(), below: below(l) };
    amounts.iter().filter(asked).map(|l| Ok(Answer::number(quotient(&other(l), amounts, facts)?))).collect()
}

/// A part that is an amount with a name.
fn labelled(part: &Part) -> Option<Labelled> {
    let amount = part.amount.clone().filter(|amount| amount.sign.is_none())?;
    let label = part.words();
    let label = label
        .trim_start_matches("其中")
        .trim_end_matches([':', '为', '共', '计', '是', '达', '了'])
        .trim_end_matches("共计");
    // 95%（实际到位200万元，实际支出180万元）: a bare rate is the one asked for.
    (!label.is_empty() || amount.unit.is_ratio()).then(|| Labelled { label: label.to_owned(), amount })
}

/// Whether a name is that of the very rate: 控制率 under 在职人员控制率.
fn is_own_rate(label: &str, rule: &Graded, facts: &Facts) -> bool {
    if label.is_empty() {
        return true;
    }
    let rate = ["率", "度", "比例", "比重"].iter().any(|end| label.ends_with(end));
    rate && names(rule, facts).any(|name| name.ends_with(label) || label.ends_with(name))
        && rule
            .definition
            .as_ref()
            .and_then(Definition::formula)
            .is_none_or(|formula| formula.above.iter().chain(&formula.below).all(|term| term.name != label))
}

/// The quotient of the named amounts.
fn quotient(formula: &Formula, amounts: &[Labelled], facts: &Facts) -> Result<Quantity, Refusal> {
    let refuse = |why: String| Err(Refusal::new(facts.actual_text, why, HINT));
    let mut bound: Vec<(&Term, &Labelled)> = Vec::new();
    for term in formula.above.iter().chain(&formula.below) {
        if bound.iter().any(|(earlier, _)| earlier.name == term.name) {
            continue;
        }
        match find(&term.name, amounts) {
            Found::One(amount) => {
                if bound.iter().any(|(_, earlier)| std::ptr::eq(*earlier, amount)) {
                    return refuse(format!("没有写明“{}”是多少", term.name));
                }
                bound.push((term, amount));
            }
            Found::None => return refuse(format!("没有写明“{}”是多少", term.name)),
            Found::Many => return refuse(format!("有不止一个数可能是“{}”，无法确定", term.name)),
        }
    }
    let unused = amounts.iter().find(|amount| {
        let used = bound.iter().any(|(_, other)| std::ptr::eq(*other, *amount));
        !used && !ASKED.iter().any(|word| amount.label.contains(word))
    });
    if let Some(Labelled { label, amount }) = unused {
        return refuse(format!(
            "“{label}{}{}”在公式里没有用到，无法确定是否影响得分",
            amount.number, amount.unit.word
        ));
    }
    let unit_of = |terms: &[Term]| {
        let units: Vec<&Unit> = bound
            .iter()
            .filter(|(term, _)| terms.iter().any(|other| other.name == term.name))
            .map(|(_, l)| &l.amount.unit)
            .collect();
        let one = units.windows(2).all(|pair| matches!(pair, [a, b] if a.comparable(b)));
        units.first().filter(|_| one).map(|unit| (*unit).clone())
    };
    let value = |name: &str| bound.iter().find(|(term, _)| term.name == name)?.1.amount.in_base();
    let (Some(above), Some(below)) = (unit_of(&formula.above), unit_of(&formula.below)) else {
        return refuse("所列的数单位不同，无法计算".to_owned());
    };
    let (Some(a), Some(b)) = (sum(&formula.above, value), sum(&formula.below, value)) else {
        return refuse("所列的数超出可计算的范围".to_owned());
    };
    if b.is_zero() {
        return refuse("分母为零，无法计算".to_owned());
    }
    let number = a.over(b);
    let Some(number) = number else { return refuse("所列的数超出可计算的范围".to_owned()) };
    let plain = formula.above.len() == 1 && formula.below.len() == 1 && !a.is_negative() && !b.is_negative();
    if above.comparable(&below) {
        let fraction = plain.then_some((a, b));
        return Ok(Quantity { fraction, ..Quantity::new(number, Unit::ratio()) });
    }
    // 培训支出9.36万元，参训人数180人: money for each of them.
    let per = match (&above.dimension, &below.dimension) {
        (Dimension::Money, Dimension::Count(of)) => scan_unit(&format!("元/{of}")).map(|(unit, _)| unit),
        _ => None,
    };
    match per {
        Some(unit) => Ok(Quantity::new(number, unit)),
        None => refuse("所列的数单位不同，无法计算".to_owned()),
    }
}

enum Found<'l> {
    One(&'l Labelled),
    Many,
    None,
}

/// The amount of a name: the one called exactly so, else the only one that is called alike.
fn find<'l>(name: &str, amounts: &'l [Labelled]) -> Found<'l> {
    let pick = |test: &dyn Fn(&str) -> bool| {
        let mut hits = amounts.iter().filter(|l| test(&l.label));
        match (hits.next(), hits.next()) {
            (Some(one), None) => Found::One(one),
            (None, _) => Found::None,
            _ => Found::Many,
        }
    };
    let wanted = core(name);
    let alike = |wanted: &str| match pick(&|label| core(label) == wanted) {
        Found::None => pick(&|label| {
            let label = core(label);
            holds(&label, wanted) || holds(wanted, &label)
        }),
        found => found,
    };
    // 交办或下达数: by either name
    if let Some((first, second)) = wanted.split_once('或') {
        return match (alike(first), alike(second)) {
            (found @ Found::One(_), Found::None) | (Found::None, found @ Found::One(_)) => found,
            (Found::None, Found::None) => Found::None,
            _ => Found::Many,
        };
    }
    match alike(&wanted) {
        // 办结14项 is 重点工作实际完成数.
        Found::None if wanted.ends_with("完成") => {
            pick(&|label| ["办结", "办理完成", "完工", "竣工", "完成", "已完成", "已办结"].contains(&label))
        }
        found => found,
    }
}

/// A name without the words for how it is counted: 满意份数 and 满意, 编制数 and 编制.
fn core(name: &str) -> String {
    const ENDS: [&str; 14] = [
        "总份数",
        "总人数",
        "总金额",
        "份数",
        "人数",
        "户数",
        "个数",
        "批次",
        "人次",
        "数量",
        "总数",
        "总额",
        "金额",
        "数",
    ];
    let name = name.trim_start_matches("全年").trim_start_matches("实际");
    let short = ENDS.iter().find_map(|end| name.strip_suffix(end)).filter(|short| !short.is_empty());
    let short = short.unwrap_or(name);
    short.strip_suffix('额').filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(short).to_owned()
}

/// Whether the long name is the short one with more words, which do not deny it.
fn holds(long: &str, short: &str) -> bool {
    let other = |word: &str| long.contains(word) != short.contains(word);
    let years = ["上年", "去年", "本年", "上期", "本期"].into_iter().any(other);
    short.chars().nth(1).is_some()
        && !years
        && long
            .split_once(short)
            .is_some_and(|(before, _)| !before.ends_with(['不', '未', '非', '无', '没', '应']))
}

/// The usual makings of a rate that a criterion names without its formula.
fn common(rule: &Graded, facts: &Facts, amounts: &[Labelled]) -> Option<Formula> {
    const RATES: [(&[&str], &[&str], &[&str]); 6] = [
        (&["在职人员控制率"], &["在职"], &["编制"]),
        (&["执行率", "支出率", "支付率"], &["执行", "支出", "支付"], &["预算", "安排"]),
        (&["到位率"], &["到位"], &["计划", "应到位", "预算", "下达"]),
        (&["控制率"], &["支出", "实际"], &["预算", "控制数"]),
        (&["完成率"], &["完成", "实际"], &["计划", "目标", "任务", "应完成", "预算", "下达"]),
        (&["满意度", "满意率"], &["满意"], &["有效", "收回", "回收", "调查", "受访"]),
    ];
    let named = |words: &[&str]| -> Option<Term> {
        words.iter().find_map(|word| {
            let mut hits = amounts.iter().filter(|l| holds(&l.label, word) || l.label == *word);
            let first = hits.next()?;
            hits.next().is_none().then(|| Term { name: first.label.clone(), less: false })
        })
    };
    names(rule, facts)
        .find_map(|name| {
            let (_, above, below) =
                RATES.iter().find(|(ends, ..)| ends.iter().any(|end| name.ends_with(end)))?;
            let (above, below) = (named(above)?, named(below)?);
            (above != below).then(|| Formula { above: vec![above], below: vec![below] })
        })
        .or_else(|| sampled(rule, facts, amounts))
        .or_else(|| of_those_due(rule, facts, amounts))
}

/// 抽检50批次，合格48批次 under a 合格率; 不合格2批次 as well.
fn sampled(rule: &Graded, facts: &Facts, amounts: &[Labelled]) -> Option<Formula> {
    const LOOKED: [&str; 16] = [
        "抽检", "抽查", "抽测", "检测", "检查", "检验", "验收", "应", "总", "共", "计划", "走访", "随机",
        "监测", "抽样", "考核",
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
        let denied = ["不", "未"].iter().any(|no| words == format!("{no}{stem}"));
        denied.then(|| Formula {
            above: vec![term(base, false), term(part, true)],
            below: vec![term(base, false)],
        })
    })
}

/// 应到50人，实到46人 under a 出勤率, 应回收100份，实际回收92份 under a 回收率: of those that were due.
fn of_those_due(rule: &Graded, facts: &Facts, amounts: &[Labelled]) -> Option<Formula> {
    let [a, b] = amounts else { return None };
    let due = |l: &Labelled| l.label.strip_prefix('应').map(|act| act.trim_start_matches('当').to_owned());
    let (of, did) = match (due(a), due(b)) {
        (Some(_), None) => (a, b),
        (None, Some(_)) => (b, a),
        _ => return None,
    };
    let act = due(of)?;
    let done = words::of(Class::Performed).strip(&did.label)?;
    let came = words::of(Class::CameThere);
    let stems = || names(rule, facts).filter_map(|name| name.strip_suffix('率'));
    // 应补1250人，实补1250人 under a 覆盖率
    let covers = |stem: &str| ["覆盖", "完成", "落实", "兑现", "到位"].iter().any(|end| stem.ends_with(end));
    let asked =
        stems().any(|stem| stem.ends_with(&act) || covers(stem) || (came.ends(stem) && came.has(&act)));
    let fits = done == act && !act.is_empty() && of.amount.unit.comparable(&did.amount.unit);
    let term = |l: &Labelled| Term { name: l.label.clone(), less: false };
    (asked && fits).then(|| Formula { above: vec![term(did)], below: vec![term(of)] })
}

/// 完成8项, and 未完成2项 or 少公开3条 of what the target asks for.
fn done(part: &Part, facts: &Facts) -> Option<Answer> {
    let amount = part.amount.as_ref().filter(|a| a.sign.is_none() && a.unit.dimension.is_of_things())?;
    let target =
        facts.target?.quantity().filter(|t| t.fraction.is_none() && t.unit.comparable(&amount.unit))?;
    if !part.after.is_empty() || target.sign.is_some_and(Sign::is_cap) {
        return None;
    }
    let text = part.before.trim_start_matches('已').trim_start_matches("实际");
    if text == "完成" {
        return Some(Answer::number(amount.clone()));
    }
    let short = ["未完成", "尚未完成", "未实现"].contains(&text)
        || text.strip_prefix('少').is_some_and(|verb| verb.chars().count() <= 3);
    if !short || target.number.is_zero() {
        return None;
    }
    let number = target.in_base()?.minus(amount.in_base()?)?.over(amount.unit.factor)?;
    (!number.is_negative()).then(|| Answer::number(Quantity { number, ..amount.clone() }))
}

/// Names of rates that add up to one.
pub(super) const OPPOSITES: [(&str, &str); 9] = [
    ("准确率", "差错率"),
    ("正确率", "差错率"),
    ("正确率", "错误率"),
    ("准确率", "错误率"),
    ("出勤率", "缺勤率"),
    ("到课率", "缺课率"),
    ("完好率", "损坏率"),
    ("完好率", "破损率"),
    ("成功率", "失败率"),
];

/// 合格率95% under 不合格率 is 5% of it, 未覆盖8% under 覆盖率 is 92%.
fn opposite(part: &Part, rule: &Graded, facts: &Facts) -> Option<Answer> {
    let amount = part.amount.as_ref().filter(|amount| amount.unit.is_ratio() && amount.sign.is_none())?;
    let label = part.before.trim_end_matches([':', '为', '是', '达']);
    if !part.after.is_empty() || label.chars().count() < 2 {
        return None;
    }
    let rate = label.strip_suffix('率').unwrap_or(label);
    let turned = |name: &str| {
        let stem = name.strip_suffix('率').unwrap_or_default();
        let denies = |long: &str, short: &str| {
            ["不", "未", "非"].iter().any(|no| long.ends_with(&format!("{no}{short}")) && !short.is_empty())
        };
        let last_two = |text: &str| -> String {
            let chars: Vec<char> = text.chars().collect();
            chars.get(chars.len().saturating_sub(2)..).unwrap_or_default().iter().collect()
        };
        (denies(stem, rate) && label.ends_with('率'))
            || (denies(rate, &last_two(stem)) && !denies(stem, &last_two(stem)))
            || OPPOSITES.iter().any(|(a, b)| {
                (label.ends_with(a) && name.ends_with(b)) || (label.ends_with(b) && name.ends_with(a))
            })
    };
    if !names(rule, facts).filter(|name| !name.is_empty()).all(turned) {
        return None;
    }
    let number = Number::from(1).minus(amount.in_base()?)?.over(amount.unit.factor)?;
    Some(Answer::number(Quantity::new(number, amount.unit.clone())))
}
