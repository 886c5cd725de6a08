//! Money of the whole project against itself: one spending, one budget, what is left, and amounts ten thousand times too
//! large. An amount is only doubted where nothing else in the report bears it out.

use super::bound::Bound;
use super::found::Reading;
use super::money;
use super::prose::Spot;
use super::quantities::{Quantity, half, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId, MoneyUnit};
use crate::words::{self, Class};

/// How often an amount stands that another of its kind is held to.
const MIN_RIGHT: usize = 3;
/// Amounts of one report.
const MAX_AMOUNTS: usize = 3_000;

/// An amount in 元, with what half of its last place is worth and where it stands.
#[derive(Debug, Clone, Copy)]
struct Amount {
    yuan: Number,
    half: Number,
    spot: Spot,
}

impl Amount {
    fn is(&self, yuan: Number, off: Number) -> bool {
        let away = self.yuan.minus(yuan).map(Number::abs);
        away.zip(self.half.plus(off)).is_some_and(|(away, allowed)| away <= allowed)
    }
}

/// The amounts of a report: those of its sentences, and what its tables may hold.
struct Purse {
    told: Vec<Amount>,
    tables: Vec<(Number, Number)>,
}

impl Purse {
    fn of(reading: &Reading) -> Self {
        let told = reading.prose.texts().flat_map(|(unit, text)| {
            quantities(text).into_iter().filter(Quantity::is_money).map(move |one| Amount {
                yuan: one.value,
                half: one.half,
                spot: Spot { unit, from: one.figure.from, to: one.to },
            })
        });
        let told = told.take(MAX_AMOUNTS).collect();
        let mut tables = Vec::new();
        for row in reading.grids.iter().flat_map(|grid| &grid.rows) {
            for figure in row.cells.keys().filter_map(|col| row.number(*col)) {
                for factor in [1_u32, 10_000] {
                    let factor = Number::from(factor);
                    let off = half(&figure).and_then(|half| half.times(factor));
                    tables.extend(figure.value.times(factor).zip(off));
                }
                if tables.len() >= MAX_AMOUNTS {
                    break;
                }
            }
        }
        Self { told, tables }
    }

    /// How often an amount stands, but at one place.
    fn others(&self, amount: &Amount) -> usize {
        let told =
            self.told.iter().filter(|one| one.spot.unit != amount.spot.unit || one.spot.to != amount.spot.to);
        let told = told.filter(|one| one.is(amount.yuan, amount.half)).count();
        let tables = self.tables.iter().filter(|(yuan, half)| amount.is(*yuan, *half)).count();
        told.saturating_add(tables)
    }

    /// Whether an amount is two others together, or what is left of one without the other.
    fn is_of_two(&self, amount: &Amount) -> bool {
        let others: Vec<&Amount> = self.told.iter().filter(|one| one.spot != amount.spot).collect();
        others.iter().enumerate().any(|(at, one)| {
            others.iter().skip(at.saturating_add(1)).any(|other| {
                let off = one.half.plus(other.half);
                let sum = one.yuan.plus(other.yuan);
                let rest = one.yuan.minus(other.yuan).map(Number::abs);
                off.is_some_and(|off| {
                    sum.is_some_and(|sum| amount.is(sum, off))
                        || rest.is_some_and(|rest| amount.is(rest, off))
                })
            })
        })
    }
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let purse = Purse::of(reading);
    let mut findings = too_large(reading, &purse);
    let doubted: Vec<Spot> =
        purse.told.iter().filter(|one| is_too_large(&purse, one)).map(|one| one.spot).collect();
    for class in [Class::SpentNames, Class::BudgetNames, Class::ReceivedNames] {
        let name = match class {
            Class::SpentNames => "支出",
            Class::BudgetNames => "预算",
            _ => "到位资金",
        };
        findings.extend(
            of_role(reading, &purse, class, name)
                .into_iter()
                .filter(|(spot, _)| {
                    !doubted.iter().any(|other| other.unit == spot.unit && other.to == spot.to)
                })
                .map(|(_, finding)| finding),
        );
    }
    findings.extend(scope(reading, &purse, &doubted));
    findings.extend(left(reading, &purse));
    findings.extend(twice(reading, &purse));
    findings.extend(misnamed(reading));
    findings
}

/// Digits of an amount that is not the same as another by chance.
const MIN_DIGITS: usize = 4;

/// An amount that stands once in one unit, where the same number of the same thing stands in another: 145.41元, 145.41万元.
fn misnamed(reading: &Reading) -> Vec<Finding> {
    let digits = |one: &Bound| one.one.figure.value.to_string().chars().filter(char::is_ascii_digit).count();
    let amounts = || reading.told.iter().filter(|one| one.one.is_money() && digits(one) >= MIN_DIGITS);
    let mut findings = Vec::new();
    for own in amounts() {
        let same =
            || amounts().filter(|one| one.one.figure.value == own.one.figure.value && one.spot != own.spot);
        let once = !same().any(|one| one.one.written == own.one.written);
        let often = |one: &Bound| same().filter(|other| other.one.written == one.one.written).count();
        let of_one = |one: &&Bound| {
            one.role.is_some() && one.role == own.role
                || !one.lead.is_empty() && one.lead == own.lead
                || often(one) >= MIN_RIGHT && is_among(reading, own, one)
        };
        let Some(other) = same().find(of_one).filter(|_| once) else { continue };
        let often = often(other);
        // Of two that stand once each the later one is named.
        if often < 2 && own.spot < other.spot {
            continue;
        }
        let message = format!(
            "此处写的是{}，{}为{}，数字相同而单位不同，请核对单位。",
            own.one.shown(),
            reading.prose.where_is(other.spot),
            other.one.shown()
        );
        findings.push(reading.finding(FindingId::ReportContradictsItself, own.spot, "金额", message));
    }
    findings
}

/// Whether the other amounts of the sentence are in another unit, and what each has is not told.
fn is_among(reading: &Reading, own: &Bound, other: &Bound) -> bool {
    let text = reading.prose.at(own.sentence);
    let mut beside = reading
        .told
        .iter()
        .filter(|one| one.sentence == own.sentence && one.spot != own.spot && one.one.unit == own.one.unit);
    let each = words::of(Class::SignsOfEach).within(text) || own.about();
    let all = |one: &Bound| one.one.written == other.one.written;
    !each && beside.next().is_some_and(all) && beside.all(all)
}

fn shown(yuan: Number, unit: MoneyUnit) -> String {
    let amount = yuan.over(Number::from(unit.factor())).map_or(yuan, Number::normalize);
    format!("{amount}{}", unit.name())
}

/// A spending, a budget that stands once in the report where the same is told otherwise again and again.
fn of_role(reading: &Reading, purse: &Purse, class: Class, name: &str) -> Vec<(Spot, Finding)> {
    let said: Vec<(Amount, MoneyUnit)> = money::said(reading, class)
        .into_iter()
        .filter_map(|(figure, unit, spot)| {
            let factor = Number::from(unit.factor());
            let (yuan, half) = (figure.value.times(factor)?, half(&figure)?.times(factor)?);
            let to = figure.to.saturating_add(unit.name().len());
            // The figure is of its sentence, the spot of its unit.
            let to = if spot.to > figure.to { spot.to.saturating_add(unit.name().len()) } else { to };
            Some((Amount { yuan, half, spot: Spot { to, ..spot } }, unit))
        })
        .collect();
    let often = |one: &Amount| purse.others(one).saturating_add(1);
    let Some((right, _)) =
        said.iter().max_by_key(|(one, _)| often(one)).filter(|(one, _)| often(one) >= MIN_RIGHT)
    else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (one, unit) in &said {
        let text = reading.prose.at(reading.prose.sentence(one.spot));
        let changed =
            words::of(Class::ExecutionOfParts).within(text) || words::of(Class::PlannedFigures).within(text);
        if one.is(right.yuan, right.half) || changed || purse.others(one) > 0 || purse.is_of_two(one) {
            continue;
        }
        // A slip is of the same size.
        let near = one.yuan.minus(right.yuan).map(Number::abs).and_then(|off| off.times(Number::from(4)));
        if near.is_none_or(|near| near > right.yuan) {
            continue;
        }
        let message = format!(
            "{name}此处为{}，{}等处为{}。",
            shown(one.yuan, *unit),
            reading.prose.where_is(right.spot),
            shown(right.yuan, *unit)
        );
        let finding = reading.finding(FindingId::ReportContradictsItself, one.spot, name, message);
        findings.push((one.spot, finding));
    }
    findings
}

/// The amount of what is evaluated, where nothing else in the report is as much.
fn scope(reading: &Reading, purse: &Purse, doubted: &[Spot]) -> Vec<Finding> {
    let came: Vec<&Amount> = purse
        .told
        .iter()
        .filter(|one| words::of(Class::MoneyThatCame).within(clause(reading, one)))
        .collect();
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let of_scope = words::of(Class::ScopesOfEvaluation).within(text) && text.contains("资金");
        let inside: Vec<&Amount> = purse
            .told
            .iter()
            .filter(|one| {
                one.spot.unit == sentence.unit && one.spot.from >= sentence.from && one.spot.to <= sentence.to
            })
            .collect();
        let ([one], true) = (inside.as_slice(), of_scope) else { continue };
        let others = came.iter().any(|other| other.spot != one.spot);
        let known = doubted.contains(&one.spot);
        if known
            || !others
            || purse.others(one) > 0
            || is_of_two_budgets(&came, one)
            || purse.told.len() < MIN_RIGHT
        {
            continue;
        }
        let message = "评价范围所写的金额，报告别处都没有，与项目的预算、到位或支出都不一致。";
        findings.push(reading.finding(FindingId::ReportContradictsItself, one.spot, "评价范围", message));
    }
    findings
}

/// Whether an amount is two budgets together, those of two years or two projects.
fn is_of_two_budgets(came: &[&Amount], amount: &Amount) -> bool {
    came.iter().enumerate().any(|(at, one)| {
        let mut others = came.iter().skip(at.saturating_add(1));
        others.any(|other| one.yuan.plus(other.yuan).is_some_and(|sum| amount.is(sum, one.half)))
    })
}

/// The words of a clause before its amount.
fn clause<'r>(reading: &'r Reading, one: &Amount) -> &'r str {
    let text = reading.prose.text(one.spot.unit);
    let head = text.get(..one.spot.from).unwrap_or_default();
    head.rsplit(['，', ';', '。', ':', '(']).next().unwrap_or(head)
}

/// An amount far above all others, of which the ten thousandth part is told elsewhere: 元 that are written as 万元.
fn is_too_large(purse: &Purse, one: &Amount) -> bool {
    let factor = Number::from(10_000);
    let Some(part) = one.yuan.over(factor) else { return false };
    let others: Vec<&Amount> = purse.told.iter().filter(|other| other.spot != one.spot).collect();
    let largest = others.iter().map(|other| other.yuan).max();
    let far = largest.and_then(|most| most.times(Number::from(100))).is_some_and(|most| one.yuan > most);
    far && others.iter().any(|other| other.is(part, Number::ZERO))
}

fn too_large(reading: &Reading, purse: &Purse) -> Vec<Finding> {
    let wrong = purse.told.iter().filter(|one| is_too_large(purse, one));
    wrong
        .map(|one| {
            let message =
                "金额比报告所写的其他金额都大得多，正好是其中一处的一万倍，请核对单位是元还是万元。";
            reading.finding(FindingId::ReportContradictsItself, one.spot, "金额", message)
        })
        .collect()
}

/// An amount that is told again in brackets, in another unit: `1,780万元（17,800,000元）`.
fn twice(reading: &Reading, purse: &Purse) -> Vec<Finding> {
    let pairs = purse.told.windows(2).filter_map(|pair| match pair {
        [one, other] if one.spot.unit == other.spot.unit => Some((one, other)),
        _ => None,
    });
    let told_again = |(one, other): &(&Amount, &Amount)| {
        let text = reading.prose.text(one.spot.unit);
        let between = text.get(one.spot.to..other.spot.from).unwrap_or_default();
        between == "(" && text.get(other.spot.to..).is_some_and(|rest| rest.starts_with(')'))
    };
    let differs = |(one, other): &(&Amount, &Amount)| !one.is(other.yuan, other.half);
    pairs
        .filter(told_again)
        .filter(differs)
        .map(|(_, other)| {
            let message = "括号里的金额与括号前的金额不相等。";
            reading.finding(FindingId::ReportContradictsItself, other.spot, "金额", message)
        })
        .collect()
}

/// What is left, where no budget without no spending of the report comes to it.
fn left(reading: &Reading, purse: &Purse) -> Vec<Finding> {
    let of = |class: Class| {
        purse.told.iter().filter(|one| words::of(class).within(clause(reading, one))).collect::<Vec<_>>()
    };
    let (whole, spent, moved) =
        (of(Class::MoneyThatCame), of(Class::AccountsSpent), of(Class::MoneyThatMoved));
    let mut findings = Vec::new();
    if whole.is_empty() || spent.is_empty() {
        return findings;
    }
    for one in of(Class::RestsOfMoney) {
        let lead = clause(reading, one);
        let Some((at, word)) = words::of(Class::RestsOfMoney).find(lead) else { continue };
        let own = lead.get(at.saturating_add(word.len())..).unwrap_or_default();
        let direct = own.chars().count() <= 3 && !own.contains(|c: char| c.is_ascii_digit());
        let part =
            words::of(Class::ExecutionOfParts).within(lead) || words::of(Class::PlannedFigures).within(lead);
        if !direct || part || purse.others(one) > 0 {
            continue;
        }
        let borne_out = whole.iter().any(|came| {
            spent.iter().any(|gone| {
                let Some(rest) = came.yuan.minus(gone.yuan) else { return true };
                let Some(off) = came.half.plus(gone.half) else { return true };
                one.is(rest, off)
                    || moved.iter().any(|other| {
                        let more = rest.plus(other.yuan).is_some_and(|rest| one.is(rest, off));
                        more || rest.minus(other.yuan).is_some_and(|rest| one.is(rest, off))
                    })
            })
        });
        if borne_out {
            continue;
        }
        let message = format!("{word}的金额，按报告所写的预算（到位）和支出都算不出来。");
        findings.push(reading.finding(FindingId::ReportArithmeticWrong, one.spot, word, message));
    }
    findings
}
