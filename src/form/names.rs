//! Names as forms write them: points, numbers and template text taken off.

use super::view::Item;
use crate::base::{Number, Weight};
pub(super) use crate::mapping::looks::is_dots;
use crate::mapping::title::{Pattern, normalise};
use crate::sheet::{Cell, NumberFormat, Value};
use crate::words::{self, Class};

/// A code without the signs that are typed in it now and then; `None` of what is none.
pub(crate) fn plain_code(text: &str) -> Option<String> {
    const SHORTEST: usize = 3;
    let plain: String =
        normalise(text).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let worded = normalise(text).chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let sound = plain.len() >= SHORTEST && plain.chars().any(|c| c.is_ascii_digit()) && !worded;
    // 000000 is no code of anything.
    (sound && plain.chars().any(|c| c != '0')).then_some(plain)
}

/// A level's cell: `产出指标\n(50分)` is 产出指标 with 50 points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct LevelText {
    /// The name without points and spaces.
    pub name: String,
    /// The points, where the cell states one number.
    pub points: Option<Weight>,
}

/// Reads a level's cell.
pub(super) fn level(text: &str) -> LevelText {
    let key = normalise(text);
    let key = key.trim_end_matches([':', ';', ',', '。', '，']);
    let closed = without_bonus(key).map(|own| format!("{own})"));
    let key = closed.as_deref().unwrap_or(key);
    let (name, points) = split_points(key);
    LevelText { name: unbracketed(name).to_owned(), points }
}

/// `产出指标(50分,附加分5分)`: points beyond the whole behind the level's own.
fn without_bonus(key: &str) -> Option<&str> {
    let (own, bonus) = key.strip_suffix(')')?.rsplit_once([',', '，', ';', '；', '、', '+'])?;
    let (_, inner) = own.rsplit_once('(')?;
    let points = |text: &str| {
        let digits = text.strip_suffix('分').unwrap_or(text);
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let rest = bonus.trim_start_matches(|c: char| !c.is_ascii_digit());
    let word = bonus.strip_suffix(rest)?;
    let extra = words::of(Class::BonusWords).within(word);
    (extra && points(inner) && points(rest)).then_some(own)
}

/// The name before the points, and the points: `(50分)`, `50分`, `(50)`; a range of points is no number.
fn split_points(key: &str) -> (&str, Option<Weight>) {
    let body = key.strip_suffix(')').or_else(|| key.strip_suffix("分"));
    let Some(body) = body else { return (key, None) };
    let bracketed = key.ends_with(')') || body.ends_with(')');
    let body = body.strip_suffix("分").or_else(|| body.strip_suffix(')')).unwrap_or(body);
    let number_at = body
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit() || matches!(c, '.' | '-' | '~' | '—' | '%'))
        .last()
        .map(|(at, _)| at);
    let Some((name, number)) = number_at.and_then(|at| body.split_at_checked(at)) else { return (key, None) };
    let name = match (name.strip_suffix('('), bracketed) {
        (Some(open), _) => open,
        // 产出指标50分 is points, too; a bracket that opens elsewhere is not.
        (None, false) => name,
        (None, true) => return (key, None),
    };
    (name, number.trim_end_matches('%').parse().ok())
}

fn unbracketed(name: &str) -> &str {
    name.trim_matches([':', '、', '.'])
}

/// An indicator's name without what numbers it: `指标1：`, `★`, `①`, `1.`, `（1）`. The words stay as typed.
pub(super) fn indicator(text: &str) -> String {
    let lines = unmarked(text).split(['\n', '\r']).map(str::trim);
    lines.filter(|line| !line.is_empty()).collect()
}

/// Whether something numbers a name.
pub(super) fn is_marked(text: &str) -> bool {
    unmarked(text).len() < text.trim().len()
}

fn unmarked(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(['★', '☆', '*', '※', '●', '◆', '·']).trim_start();
        rest = strip_marker(rest).trim_start();
        if rest.len() == before {
            return rest;
        }
    }
}

/// The points behind a name, with the name before them: `校车数量（30分）`. A bracket without 分 is part of the name.
pub(super) fn with_points(name: &str) -> Option<(&str, Weight)> {
    let points = level(name).points?;
    let open = name.rfind(['(', '（'])?;
    let (before, bracket) = name.split_at_checked(open)?;
    (bracket.contains('分') && !before.trim().is_empty()).then(|| (before.trim(), points))
}

/// A name and its points in one cell: `任务分解(2分)`, `任务分解2分`.
pub(super) fn named_points(key: &str) -> Option<(&str, Weight)> {
    let body = key.strip_suffix("分)").or_else(|| key.strip_suffix('分'))?;
    let name = body.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let points = body.strip_prefix(name)?.parse().ok()?;
    let bracketed = key.ends_with(')');
    let name = if bracketed { name.strip_suffix('(')? } else { name };
    let worded = name.chars().any(char::is_alphabetic) && !name.contains(|c: char| c.is_ascii_digit());
    let fair = worded && !name.contains(['(', ')', '<', '>', '≤', '≥', '-', '~', '—', ',', '，', '。']);
    (fair && !words::of(Class::NotPoints).within(name)).then_some((name, points))
}

fn strip_marker(text: &str) -> &str {
    for word in words::of(Class::IndicatorMarkers).iter() {
        if let Some(rest) = text.strip_prefix(word) {
            let digits = rest
                .trim_start_matches(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || c == ' ');
            let after = digits.trim_start_matches([':', '：', '.', '．', '、', '）', ')', ' ']);
            // 指标完成率 is a name: only a number or a colon makes 指标 a marker.
            if after.len() < digits.len() && (digits.len() < rest.len() || digits.starts_with([':', '：'])) {
                return after;
            }
            if digits.len() < rest.len() && digits.is_empty() {
                return "";
            }
        }
    }
    if let Some(rest) = text.strip_prefix(['(', '（']) {
        let after =
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || words::of(Class::Digits).has_char(c));
        if after.len() < rest.len()
            && let Some(after) = after.strip_prefix([')', '）'])
        {
            return after;
        }
    }
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if after.len() < text.len()
        && let Some(after) = after.strip_prefix(['.', '．', '、', ')', '）'])
        && !after.starts_with(|c: char| c.is_ascii_digit())
    {
        return after;
    }
    text.strip_prefix(|c: char| ('①'..='⑳').contains(&c)).unwrap_or(text)
}

/// The points in a label's or title's bracket: `预算执行情况(万元)(20分)`, `得分(20分*执行率)`.
pub(super) fn stated_points(key: &str) -> Option<Weight> {
    let (before, inner) = key.strip_suffix(')')?.rsplit_once('(')?;
    let Some((digits, rest)) = inner.rsplit_once('分').filter(|(_, rest)| !rest.contains(')')) else {
        // Its unit may stand behind the points: `(20分)(万元)`.
        return stated_points(before);
    };
    let digits = words::of(Class::WholePoints).strip(digits).unwrap_or(digits);
    let by_rate = rest.strip_prefix(['*', '×', 'x', 'X']).is_some_and(|factor| factor.ends_with("执行率"));
    (rest.is_empty() || by_rate).then(|| digits.parse().ok())?
}

/// Whether a row holds nothing but a page's number: `-1-`, `—2—`, `第3页`, `第3页 共9页`.
pub(super) fn is_page_mark(items: &[Item<'_>]) -> bool {
    let [only] = items else { return false };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let page = |text: &str| text.strip_prefix('第').and_then(|t| t.strip_suffix('页')).is_some_and(digits);
    let strokes = ['-', '—', '–', '－', '_'];
    let dashed = only.key.strip_prefix(strokes).and_then(|key| key.strip_suffix(strokes));
    let bare = only.key.trim_end_matches([',', '，', '/']);
    dashed.is_some_and(digits)
        || page(bare)
        || bare.split_once('共').is_some_and(|(first, all)| {
            page(first.trim_end_matches([',', '，', '/'])) && all.strip_suffix('页').is_some_and(digits)
        })
}

/// Whether a name is only the form's template text.
pub(super) fn is_placeholder(name: &str, patterns: &[Pattern]) -> bool {
    let key = normalise(name);
    key.is_empty() || is_dots(&key) || patterns.iter().any(|pattern| pattern.matches(&key))
}

/// A name without the code before or behind it: `321001-东湖区水利局本级`, `东湖区水利局[321]`.
pub(crate) fn uncoded(text: &str) -> &str {
    let text = without_code_behind(text.trim(), &[('[', ']'), ('【', '】'), ('〔', '〕'), ('［', '］')]);
    let code_end = text.find(|c: char| !c.is_ascii_alphanumeric());
    let Some((code, rest)) = code_end.and_then(|end| text.split_at_checked(end)) else { return text };
    let rest = rest.trim_start();
    let stripped =
        rest.strip_prefix(['-', '—', '－', '–', '_']).map(|rest| rest.trim_start_matches(['-', '—', '－']));
    let bracketed = text.strip_prefix(['[', '【', '(', '（']).and_then(|inner| {
        let end = inner.find([']', '】', ')', '）'])?;
        let (code, rest) = inner.split_at_checked(end)?;
        (code.len() >= 3 && code.chars().all(|c| c.is_ascii_digit()))
            .then(|| rest.get(rest.chars().next()?.len_utf8()..))?
    });
    match stripped {
        Some(rest)
            if is_code(code) && !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            rest.trim()
        }
        _ => bracketed.map_or(text, str::trim),
    }
}

/// A name without the digits of a code in these brackets behind it. A year is part of the name.
pub(super) fn without_code_behind<'t>(text: &'t str, brackets: &[(char, char)]) -> &'t str {
    let cut = |(open, close): &(char, char)| {
        let (name, code) = text.strip_suffix(*close)?.rsplit_once(*open)?;
        let digits = code.trim();
        let coded = is_code(digits) && digits.chars().all(|c| c.is_ascii_digit());
        (coded && name.chars().any(char::is_alphabetic)).then(|| name.trim_end())
    };
    brackets.iter().find_map(cut).unwrap_or(text)
}

/// The code that [`uncoded`] takes off.
pub(crate) fn code_of(text: &str) -> Option<&str> {
    let text = text.trim();
    let name = uncoded(text);
    let before = text.strip_suffix(name).or_else(|| text.strip_prefix(name))?;
    let code = before.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    is_code(code).then_some(code)
}

/// A code has at least three signs, a digit among them, and is no year.
fn is_code(code: &str) -> bool {
    let year = code.len() == 4 && (code.starts_with("19") || code.starts_with("20"));
    code.len() >= 3 && code.chars().any(|c| c.is_ascii_digit()) && !year
}

/// More points than any form deals out: a number above it is none.
const MOST_POINTS: u32 = 100_000;
/// Digits that a spreadsheet program keeps.
const MOST_DIGITS: usize = 15;

/// The points a weight's cell states, where they can be points and every program reckons with the same number.
pub(super) fn weight(cell: &Cell) -> Option<Weight> {
    number(cell).filter(|weight| {
        let shown = weight.to_string();
        let digits = shown.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
        weight.number() <= Number::from(MOST_POINTS) && digits <= MOST_DIGITS
    })
}

/// The number that such a cell states: a number, `10分`, `10%` (of 100 points).
pub(super) fn number(cell: &Cell) -> Option<Weight> {
    match &cell.value {
        Value::Number(number) => match cell.format {
            NumberFormat::Percent(_) => number.times(100.into()).map(|n| Weight::new(n.normalize().get())),
            _ => Some(Weight::new(number.get())),
        },
        Value::Text(text) => {
            let key = normalise(text);
            let inner = key.strip_prefix('(').and_then(|key| key.strip_suffix(')')).unwrap_or(&key);
            let digits = inner.strip_suffix("分").or_else(|| inner.strip_suffix('%')).unwrap_or(inner);
            let plain = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            if plain(digits) { digits.parse().ok() } else { named_points(&key).map(|(_, points)| points) }
        }
        _ => None,
    }
}

/// The points that a text divides evenly among indicators: 15 of `15分÷三级指标个数`.
pub(super) fn divided(text: &str) -> Option<Weight> {
    let key = normalise(text);
    let (before, after) = words::of(Class::DivisionSigns).iter().find_map(|sign| key.split_once(sign))?;
    let counted = after.contains("指标") && words::of(Class::CountsOfThings).within(after);
    let before = before.strip_suffix('分').unwrap_or(before);
    let digits = before.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let number = before.get(before.len().checked_sub(digits)?..)?;
    if counted { number.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> (String, Option<String>) {
        let read = level(text);
        (read.name, read.points.map(|points| points.to_string()))
    }

    #[test]
    fn a_level_may_carry_its_points() {
        assert_eq!(points("产出指标\n(50分)"), ("产出指标".into(), Some("50".into())));
        assert_eq!(points("产\n出\n指\n标\n（\n50\n分\n）"), ("产出指标".into(), Some("50".into())));
        assert_eq!(points("效益指标 30分"), ("效益指标".into(), Some("30".into())));
        assert_eq!(points("满意度指标（10）"), ("满意度指标".into(), Some("10".into())));
        assert_eq!(points("项目决策\n15.5 分"), ("项目决策".into(), Some("15.5".into())));
        assert_eq!(points("(50分)"), (String::new(), Some("50".into())));
        assert_eq!(points("成本指标(0-20)分"), ("成本指标".into(), None));
        assert_eq!(points("产出指标（40-50分）"), ("产出指标".into(), None));
        assert_eq!(points("社会效益"), ("社会效益".into(), None));
        assert_eq!(points("效益指标(可选)"), ("效益指标(可选)".into(), None));
    }

    #[test]
    fn an_indicator_loses_its_marker_only() {
        assert_eq!(indicator("指标1：新建供水管网长度"), "新建供水管网长度");
        assert_eq!(indicator("指标1."), "");
        assert_eq!(indicator("指标2"), "");
        assert_eq!(indicator("指标："), "");
        assert_eq!(indicator("指标完成率"), "指标完成率");
        assert_eq!(indicator("★★★ 贫困人口(≥**人)"), "贫困人口(≥**人)");
        assert_eq!(indicator("1、会议次数"), "会议次数");
        assert_eq!(indicator("（2）会议次数"), "会议次数");
        assert_eq!(indicator("①制度健全"), "制度健全");
        assert_eq!(indicator("1.5万人受益率"), "1.5万人受益率");
        assert_eq!(indicator("24小时服务率"), "24小时服务率");
        assert_eq!(indicator("项目完\n成率"), "项目完成率");
    }

    #[test]
    fn a_code_before_a_name_is_taken_off() {
        assert_eq!(uncoded("321-东湖区水利局"), "东湖区水利局");
        assert_eq!(uncoded("51000021R000000012345-村级补助"), "村级补助");
        assert_eq!(uncoded("A级景区-创建"), "A级景区-创建");
        assert_eq!(uncoded("2021-2023年规划"), "2021-2023年规划");
        assert_eq!(uncoded("农村饮用水"), "农村饮用水");
        assert_eq!(uncoded("东湖区水利局[321]"), "东湖区水利局");
        assert_eq!(uncoded("东湖区水利局【321001】"), "东湖区水利局");
        assert_eq!(uncoded("高标准农田建设[2023]"), "高标准农田建设[2023]");
        assert_eq!(uncoded("国道改造(318)"), "国道改造(318)");
        assert_eq!(code_of("东湖区水利局[321]"), Some("321"));
    }

    #[test]
    fn points_may_be_divided_among_indicators() {
        assert_eq!(divided("15分÷三级指标个数"), Some(15.into()));
        assert_eq!(divided("注：三级指标分值＝15 分／三级指标的数量。"), Some(15.into()));
        assert_eq!(divided("得分=实际数/计划数×10分"), None);
        assert_eq!(divided("÷指标个数"), None);
    }

    #[test]
    fn weights_are_numbers_points_or_percentages() {
        assert_eq!(weight(&Cell::text("（2 分）")), Some(2.into()));
        assert_eq!(weight(&Cell::text("10%")), Some(10.into()));
        assert_eq!(weight(&Cell::text("40-50")), None);
        assert_eq!(weight(&Cell::text("-")), None);
    }
}
