//! Arithmetic that is printed: `（59.27/61.2）*100%=96.84%`, `15+15+35+25+10=100`, rates beside their own numbers.

use rust_decimal::Decimal;

use super::figures::{Figure, figure_at, figures, linked};
use super::found::{Reading, at};
use super::prose::Spot;
use super::quantities::percent;
use crate::base::Number;
use crate::model::{Finding, FindingId, Severity};
use crate::words::{self, Class};

/// Signs of a printed calculation.
const SIGNS: &str = "0123456789.,+-*/×÷xX()%·";

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, text) in reading.prose.texts() {
        for (equals, _) in text.match_indices('=') {
            findings.extend(printed(reading, unit, text, equals));
        }
    }
    for sentence in reading.prose.sentences() {
        findings.extend(questionnaires(reading, sentence));
        findings.extend(in_words(reading, sentence));
    }
    for grid in &reading.grids {
        findings.extend(score_rates(grid));
    }
    findings
}

/// A calculation before an equals sign against the result behind it.
fn printed(reading: &Reading, unit: usize, text: &str, equals: usize) -> Option<Finding> {
    let result = figure_at(text, equals.saturating_add(1))?;
    let behind = text.get(result.to..)?;
    // What goes on as a calculation is none's result.
    if behind.starts_with(['*', '/', '×', '÷', '+', '(', '-']) {
        return None;
    }
    let percent = behind.starts_with('%') && !behind.starts_with("%*");
    let (plain, from) = calculation(text.get(..equals)?)?;
    let value = evaluate(&plain)?;
    let hundred = Number::from(100);
    let exact = if percent { value.times(hundred)? } else { value };
    if result.is(exact) {
        return None;
    }
    let spot = Spot { unit, from, to: result.to.saturating_add(usize::from(percent)) };
    let sign = if percent { "%" } else { "" };
    let shown = exact.round(result.places.max(2));
    let message = format!("算式写的结果是{}{sign}，按算式计算为{shown}{sign}。", result.value);
    Some(wrong(reading, spot, &result, exact, message))
}

/// A result that is cut off instead of rounded is only mentioned.
fn wrong(reading: &Reading, spot: Spot, result: &Figure, exact: Number, message: String) -> Finding {
    let mut message = message;
    let cut = result.places > 0 && result.is_cut(exact);
    if cut {
        message = message.trim_end_matches('。').to_owned() + "（写的是截去尾数的结果）";
        if let Some(said) = by_ledger(reading, result) {
            message.push_str(&said);
        }
        message.push('。');
    }
    let mut finding = reading.finding(FindingId::ReportArithmeticWrong, spot, "算式", message);
    if cut {
        finding.severity = Severity::Info;
    }
    finding
}

/// Where the ledger bears a rate out that its rounded figures do not give.
fn by_ledger(reading: &Reading, result: &Figure) -> Option<String> {
    let exact = reading.facts?.reconciliation.rate.from_ledger?;
    let percent = exact.number().times(Number::from(100))?;
    result.is(percent).then(|| format!("；按明细账的金额计算为{}%", percent.round(result.places)))
}

/// The calculation that ends a text, without the units of its numbers, and where it begins. It has two numbers at least.
fn calculation(text: &str) -> Option<(String, usize)> {
    let mut from = text.len();
    let mut plain: Vec<char> = Vec::new();
    let mut units: Vec<String> = Vec::new();
    let mut unit = String::new();
    for (at, c) in text.char_indices().rev() {
        if SIGNS.contains(c) {
            if c.is_ascii_digit() && !unit.is_empty() {
                units.push(unit.chars().rev().collect());
                unit.clear();
            } else if !unit.is_empty() && c != '%' {
                break;
            }
            plain.push(c);
            from = at;
        } else if is_unit(c) && unit.chars().count() < 3 {
            unit.push(c);
        } else {
            break;
        }
    }
    let same = units.windows(2).all(|pair| matches!(pair, [one, other] if one == other));
    let plain: String = plain.into_iter().rev().collect();
    let plain = plain.trim_start_matches([',', '.', '·', '+', '*', '/', '×', '÷', '%', '-', ')']);
    let numbers = figures(plain).len();
    let signs = plain.contains(['+', '*', '/', '×', '÷', '-']);
    (same && numbers >= 2 && signs).then(|| (balanced(plain), from))
}

/// Without brackets at the beginning that nothing closes.
fn balanced(text: &str) -> String {
    let count = |sign: char| text.matches(sign).count();
    let extra = count('(').saturating_sub(count(')'));
    let mut left = extra;
    text.chars()
        .filter(|c| {
            let drop = *c == '(' && left > 0;
            left = left.saturating_sub(usize::from(drop));
            !drop
        })
        .collect()
}

fn is_unit(c: char) -> bool {
    words::of(Class::CalculationUnits).has_char(c)
}

/// The value of a calculation; `None` where it cannot be read whole.
fn evaluate(text: &str) -> Option<Number> {
    let mut terms = Terms { text, at: 0, depth: 0 };
    let value = terms.sum()?;
    (terms.at == text.len()).then(|| Number::new(value))
}

struct Terms<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Terms<'_> {
    fn next(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn take(&mut self, signs: &[char]) -> Option<char> {
        let sign = self.next().filter(|c| signs.contains(c))?;
        self.at = self.at.saturating_add(sign.len_utf8());
        Some(sign)
    }

    fn sum(&mut self) -> Option<Decimal> {
        let mut value = self.product()?;
        while let Some(sign) = self.take(&['+', '-']) {
            let next = self.product()?;
            value = if sign == '+' { value.checked_add(next)? } else { value.checked_sub(next)? };
        }
        Some(value)
    }

    fn product(&mut self) -> Option<Decimal> {
        let mut value = self.factor()?;
        while let Some(sign) = self.take(&['*', '/', '×', '÷', 'x', 'X']) {
            let next = self.factor()?;
            let by = matches!(sign, '/' | '÷');
            value = if by { value.checked_div(next)? } else { value.checked_mul(next)? };
        }
        Some(value)
    }

    fn factor(&mut self) -> Option<Decimal> {
        let value = if self.take(&['(']).is_some() {
            self.depth = self.depth.saturating_add(1);
            if self.depth > 20 {
                return None;
            }
            let inner = self.sum()?;
            self.take(&[')'])?;
            inner
        } else {
            let figure = figure_at(self.text, self.at)?;
            self.at = figure.to;
            figure.value.get()
        };
        match self.take(&['%']) {
            Some(_) => value.checked_div(Decimal::ONE_HUNDRED),
            None => Some(value),
        }
    }
}

/// The first count of sheets, or people, behind a word of a class.
pub(super) fn count_behind(text: &str, class: Class) -> Option<Figure> {
    let mut named = text.char_indices().filter_map(|(at, _)| {
        let word = words::of(class).longest(text.get(at..)?)?;
        let figure = linked(text, at.saturating_add(word.len()))?;
        words::of(Class::MeasuresOfAnswers).begins(text.get(figure.to..)?).then_some(figure)
    });
    named.next()
}

/// Questionnaires that were sent out, returned and valid, with the rates of a sentence.
fn questionnaires(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let count = |class: Class| count_behind(text, class);
    let (sent, returned, valid) =
        (count(Class::SheetsSentOut), count(Class::SheetsReturned), count(Class::SheetsValid));
    let mut findings = Vec::new();
    let spot = |figure: &Figure| Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(figure.from),
        to: sentence.from.saturating_add(figure.to),
    };
    for (more, less) in [(sent, returned), (returned, valid), (sent, valid)] {
        if let Some((more, less)) = more.zip(less).filter(|(more, less)| less.value > more.value) {
            let message = format!("回收、有效的问卷{}份多于发放、回收的{}份。", less.value, more.value);
            let id = FindingId::ReportContradictsItself;
            findings.push(reading.finding(id, spot(&less), "问卷", message));
            return findings;
        }
    }
    let rates =
        [(Class::RatesReturned, returned, vec![sent]), (Class::RatesValid, valid, vec![returned, sent])];
    for (names, part, wholes) in rates {
        let Some((at, name)) = words::of(names).find(text) else { continue };
        let Some(rate) = linked(text, at.saturating_add(name.len())) else { continue };
        if !text.get(rate.to..).is_some_and(|rest| rest.starts_with('%')) {
            continue;
        }
        let exact = |whole: &Option<Figure>| percent(part?.value, (*whole)?.value);
        let values: Vec<Number> = wholes.iter().filter_map(exact).collect();
        if let Some(first) = values.first().filter(|_| !values.iter().any(|value| rate.is(*value))) {
            let message = format!(
                "{name}写的是{}%，按所列份数计算为{}%。",
                rate.value,
                first.round(rate.places.max(2))
            );
            findings.push(wrong(reading, spot(&rate), &rate, *first, message));
        }
    }
    findings
}

/// A rate whose name says of what it is, behind the two counts of its sentence: `计划清淤12公里，实际完成11公里，完成率91.67%`.
fn in_words(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let all = figures(text);
    let is_percent = |figure: &&Figure| text.get(figure.to..).is_some_and(|rest| rest.starts_with('%'));
    let rate = *all.iter().find(is_percent)?;
    let before = text.get(..rate.from)?;
    let behind = text.get(rate.to.saturating_add(1)..)?;
    let bounded = words::of(Class::AboutFigures).begins(behind);
    if bounded || words::of(Class::OfGrowth).within(before) || before.contains('=') {
        return None;
    }
    let name = before.trim_end_matches(['为', '是', '达', '到', ':']);
    let stem = words::of(Class::RateEnds).strip_end(name)?;
    let stem: String = stem.chars().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
    // 满意度97.65%，即85家企业中有83家满意: the counts explain the rate behind it.
    let explained = words::of(Class::ExplainsFigures).begins(behind.trim_start_matches('，'));
    let own = || {
        let before =
            |figure: &&Figure| if explained { figure.from > rate.to } else { figure.to <= rate.from };
        all.iter().filter(before).filter(|figure| !is_year(text, figure))
    };
    let counts: Vec<(Figure, &str)> =
        own().filter_map(|figure| Some((*figure, counted_unit(text, figure)?))).collect();
    // The same count may be told twice (发放200份，收回200份).
    let mut values: Vec<Number> = counts.iter().map(|(figure, _)| figure.value).collect();
    values.sort();
    values.dedup();
    let [least, most] = values.as_slice() else { return None };
    // 差评6条，6条均已整改，整改率100%: all of the lesser one.
    if counts.iter().filter(|(figure, _)| figure.value == *least).count() > 1 {
        return None;
    }
    let (_, unit) = counts.first()?;
    if counts.len() != own().count() || counts.iter().any(|(_, other)| other != unit) {
        return None;
    }
    let names = |figure: &Figure| {
        let clause = reading.prose.clause(Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(figure.from),
            to: sentence.from.saturating_add(figure.to),
        });
        reading.prose.at(clause).contains(&stem)
    };
    let tells = |value: &Number| {
        counts.iter().filter(|(figure, _)| figure.value == *value).any(|(figure, _)| names(figure))
    };
    let exact = percent(*least, *most)?;
    // 回访360户，满意390户: more are satisfied than there are.
    let satisfied = words::of(Class::Satisfaction).within(name);
    if satisfied
        && !explained
        && tells(most)
        && !tells(least)
        && rate.value < Number::from(100)
        && !rate.is(exact)
    {
        let spot = Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(rate.from),
            to: sentence.from.saturating_add(rate.to),
        };
        let message = format!("写的比率是{}%，同句的{most}却多于{least}。", rate.value);
        return Some(reading.finding(FindingId::ReportArithmeticWrong, spot, &format!("{stem}率"), message));
    }
    if !explained && (!tells(least) || tells(most)) {
        return None;
    }
    // 抽查100份，12份没有签字，签字率为88%: the others.
    let others = Number::from(100).minus(exact)?;
    if [exact, others].into_iter().any(|exact| rate.tells(exact)) {
        return None;
    }
    // 计划1,500户，完成1,485户，完成率99%，其中…: what stands before it explains it, too.
    let gives = |(part, whole): (&Figure, &Figure)| {
        percent(part.value, whole.value).is_some_and(|exact| rate.tells(exact))
    };
    if all.iter().any(|one| all.iter().any(|other| one != other && gives((one, other)))) {
        return None;
    }
    let spot = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(rate.from),
        to: sentence.from.saturating_add(rate.to),
    };
    // What other figures give elsewhere under the same name is of those.
    let own = reading.told.iter().find(|one| one.spot.unit == spot.unit && one.spot.from == spot.from);
    if own.is_some_and(|own| super::rates::is_told_again(reading, own)) {
        return None;
    }
    let message = format!(
        "写的比率是{}%，按同句的{least}、{most}计算为{}%。",
        rate.value,
        exact.round(rate.places.max(2))
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, spot, &format!("{stem}率"), message))
}

/// The unit of a count: the sign behind it.
fn counted_unit<'t>(text: &'t str, figure: &Figure) -> Option<&'t str> {
    let rest = text.get(figure.to..)?;
    let unit = rest.chars().next().filter(|c| c.is_alphabetic() && !matches!(c, '年' | '月' | '日'))?;
    rest.get(..unit.len_utf8())
}

fn is_year(text: &str, figure: &Figure) -> bool {
    text.get(figure.to..).is_some_and(|rest| rest.starts_with(['年', '月', '日']))
}

/// The rates of scores in a table: score over points.
fn score_rates(grid: &super::tables::Grid) -> Vec<Finding> {
    let columns = (grid.column(Class::ColumnsOfPoints), grid.column(Class::ColumnsOfScores));
    let (Some(points), Some(score)) = columns else { return Vec::new() };
    let title = |title: &&String| title.contains("得分率");
    let Some((rates, _)) = grid.titles.iter().find(|(_, text)| title(text)) else { return Vec::new() };
    let finding = |row: &super::tables::GridRow| {
        let (points, score, rate) = (row.number(points)?, row.number(score)?, row.number(*rates)?);
        let is_percent = row.cells.get(rates)?.text.ends_with('%');
        let exact = percent(score.value, points.value)?;
        let fits = rate.is(exact) || (!is_percent && rate.is(exact.over(Number::from(100))?));
        (!fits).then(|| {
            let name = row.label().unwrap_or_default().to_owned();
            let message = format!("得分率写的是{}，按得分和分值计算为{}%。", rate.value, exact.round(2));
            at(FindingId::ReportArithmeticWrong, row.passage(&name), message)
        })
    };
    grid.rows.iter().filter_map(finding).collect()
}
