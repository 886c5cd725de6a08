//! The score of `eval` is the number an independent spreadsheet engine recalculates from the printed formula.

use ironcalc_base::Model;
use ironcalc_base::cell::CellValue;
use jixiao::inner::base::{CellAt, CellRef, Score};
use jixiao::inner::expr::{Expr, Value, Var, formula};
use jixiao::inner::rule::{Applied, Rule};

use super::criterion::{Row, apply, rule_of};

/// A small generator of numbers: the same on every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from `low` to `high`, both possible.
    pub fn of(&mut self, low: u64, high: u64) -> u64 {
        low + self.roll() % (high - low + 1)
    }

    fn pick<'t>(&mut self, texts: &[&'t str]) -> &'t str {
        texts[usize::try_from(self.of(0, texts.len() as u64 - 1)).unwrap()]
    }

    /// A decimal with so many places, as text.
    fn decimal(&mut self, low: u64, high: u64, places: u32) -> String {
        let unit = 10_u64.pow(places);
        let n = self.of(low * unit, high * unit);
        if places == 0 {
            n.to_string()
        } else {
            format!("{}.{:0width$}", n / unit, n % unit, width = places as usize)
        }
    }
}

/// A random case: criterion, weight, target, actual.
#[derive(Debug, Clone)]
pub struct Case {
    pub weight: String,
    pub criterion: String,
    pub target: String,
    pub actual: String,
}

/// Amounts whose quotients often lie exactly between two cents.
const TARGETS: [&str; 10] = ["200", "400", "800", "1000", "16", "61.2", "7", "1200", "320", "33"];

/// A case of one of the families, ties at the rounding digit included.
pub fn case(dice: &mut Dice) -> Case {
    let places = u32::try_from(dice.of(0, 2)).unwrap();
    let weight = dice.decimal(1, 20, places);
    let percent = |dice: &mut Dice| {
        let places = u32::try_from(dice.of(0, 2)).unwrap();
        format!("{}%", dice.decimal(0, 110, places))
    };
    let per = dice.pick(&["0.1", "0.5", "0.05", "1", "0.25", "0.03"]);
    let size = dice.pick(&["1", "0.5", "5", "2", "3", "0.1"]);
    let rest = dice.pick(&["", "，不足按步", "满"]);
    let target = dice.pick(&TARGETS);
    let part = dice.of(0, 130);
    let amount = |dice: &mut Dice| {
        let places = u32::try_from(dice.of(0, 2)).unwrap();
        let top: u64 = target.split('.').next().unwrap().parse().unwrap();
        dice.decimal(0, top * (part + 1) / 100 + 1, places)
    };
    match dice.of(0, 37) {
        0 => Case {
            weight,
            criterion: dice
                .pick(&[
                    "达到指标值得满分，未达到的按完成比例得分。",
                    "按完成比例计分。",
                    "得分=实际完成值/目标值×分值",
                ])
                .into(),
            target: format!("≥{target}台"),
            actual: format!("{}台", amount(dice)),
        },
        1 => Case {
            weight,
            criterion: format!("按完成比例计分，完成率低于{}%不得分。", dice.of(40, 90)),
            target: format!("≥{target}台"),
            actual: format!("{}台", amount(dice)),
        },
        2 => Case {
            weight,
            criterion: "得分=到位率×分值。".into(),
            target: "100%".into(),
            actual: format!("{}/{}", dice.decimal(0, 99, 2), dice.decimal(100, 160, 1)),
        },
        3 => {
            let (a, b) = (dice.of(85, 99), dice.of(60, 84));
            Case {
                weight,
                criterion: format!(
                    "完成率≥{a}%得满分；{b}%（含）-{a}%得{}%；低于{b}%不得分。",
                    dice.of(1, 99)
                ),
                target: format!("≥{a}%"),
                actual: percent(dice),
            }
        }
        4 => {
            let tail = match rest {
                "" => String::new(),
                "满" => format!("，不足{size}个百分点的不计"),
                _ => format!("，不足{size}个百分点的按{size}个百分点计算"),
            };
            let full = dice.of(80, 100);
            Case {
                weight,
                criterion: format!("达到{full}%得满分，每降低{size}个百分点扣{per}分{tail}，扣完为止。"),
                target: format!("≥{full}%"),
                actual: percent(dice),
            }
        }
        5 => Case {
            weight,
            criterion: format!("不超过预算得满分；每超出{size}%扣{per}分，扣完为止。"),
            target: format!("≤{target}万元"),
            actual: format!("{}万元", amount(dice)),
        },
        6 => Case {
            weight,
            criterion: format!("每发现{}处问题扣{per}分，最多扣{per}分。", dice.of(1, 3))
                .replace("，最多", if part > 65 { "，最多" } else { "，扣完为止；最多" })
                .split("；最多")
                .next()
                .unwrap()
                .to_owned(),
            target: String::new(),
            actual: format!("{}处", dice.of(0, 20)),
        },
        7 => Case {
            weight: "4".into(),
            criterion: dice
                .pick(&[
                    "①甲，得0.5分；②乙，得1.25分；③丙，得2.25分。",
                    "①甲；②乙；③丙。每有一项不符合扣1.35分，扣完为止。",
                    "①甲；②乙；③丙；④丁。每项占25%。",
                ])
                .into(),
            target: String::new(),
            actual: dice.pick(&["①", "①②", "②③", "①②③", "均不符合", "全部符合"]).into(),
        },
        8 => Case {
            weight,
            criterion: format!("按时完成得满分，每逾期{}天扣{per}分，扣完为止。", dice.of(1, 7)),
            target: "2021年6月30日前".into(),
            actual: format!("2021年{}月{}日", dice.of(5, 9), dice.of(1, 28)),
        },
        9 => Case {
            weight: "8".into(),
            criterion: format!(
                "达到80%得基础分5分，每增加{size}个百分点加{per}分，最高{}分；低于80%不得分",
                dice.of(6, 8)
            ),
            target: "100%".into(),
            actual: percent(dice),
        },
        10 => Case {
            weight,
            criterion: format!(
                "不高于标准得满分；高于标准{}%以内（含）得{}%；高于标准的其余情况不得分",
                dice.of(5, 20),
                dice.of(10, 90)
            )
            .replace("高于标准的其余情况", "其余"),
            target: format!("≤{target}元"),
            actual: format!("{}元", amount(dice)),
        },
        11 => {
            let full = dice.of(60, 99);
            Case {
                weight,
                criterion: format!("达到{full}%得满分，否则得分=满意度/{full}%×分值").replace("满意度/", "实际值/"),
                target: format!("≥{full}%"),
                actual: percent(dice),
            }
        }
        12 => {
            let (full, floor) = (dice.of(85, 100), dice.of(40, 80));
            Case {
                weight,
                criterion: format!(
                    "完成率≥{full}%得满分；{floor}%≤完成率<{full}%的，得分=完成率×分值；完成率<{floor}%不得分"
                ),
                target: "100%".into(),
                actual: percent(dice),
            }
        }
        13 => Case {
            weight,
            criterion: "不超预算得满分；超预算10%（含）以内得60%；超预算10%-20%（含）得30%；超预算20%（不含）以上不得分".into(),
            target: format!("≤{target}万元"),
            actual: format!("{}万元", amount(dice)),
        },
        14 => Case {
            weight: "3".into(),
            criterion: dice.pick(&[
                "①甲；②乙；③丙。每项占1/3。",
                "①甲；②乙；③丙。每有一项不符合扣分值的30%。",
                "①甲；②乙；③丙。三项全部符合得满分，符合两项得65%，符合一项得35%，均不符合不得分。",
            ]).into(),
            target: String::new(),
            actual: dice.pick(&["①", "①②", "②③", "①②③", "均不符合", "全部符合"]).into(),
        },
        15 => Case {
            weight,
            criterion: format!(
                "2021年6月30日前完成得满分，2021年7月31日前完成得{}%，其余得{}%",
                dice.of(40, 90),
                dice.of(1, 39)
            ),
            target: "2021年6月30日前".into(),
            actual: format!("2021年{}月{}日", dice.of(5, 9), dice.of(1, 28)),
        },
        16 => Case {
            weight,
            criterion: format!(
                "达到目标值得满分；未达到的，每低1%扣{per}分；不足目标值{}%的不得分",
                dice.of(30, 70)
            ),
            target: format!("≥{target}台"),
            actual: format!("{}台", amount(dice)),
        },
        17 => Case {
            weight,
            criterion: format!("资料齐全得满分，每缺1项扣{per}分，缺5项及以上不得分"),
            target: String::new(),
            actual: format!("缺{}项", dice.of(1, 9)),
        },
        18 => {
            let floor = dice.of(30, 85);
            Case {
                weight,
                criterion: dice
                    .pick(&[
                        "得分=（完成率-F%）/（100%-F%）×分值，完成率低于F%不得分。",
                        "（X-F%）÷（1-F%）×分值，X为完成率。",
                        "完成率100%得满分，F%及以下得0分，之间按直线内插法计分。",
                    ])
                    .replace('F', &floor.to_string()),
                target: "100%".into(),
                actual: percent(dice),
            }
        }
        19 => {
            let (near, far) = (dice.of(2, 9), dice.of(10, 25));
            Case {
                weight: "7".into(),
                criterion: format!(
                    "≤{near}天得{}分，≥{far}天得{}分，{near}-{far}天之间按插值法计分。",
                    dice.of(4, 7),
                    dice.of(0, 3)
                ),
                target: format!("≤{near}天"),
                actual: format!("{}天", dice.decimal(0, 30, 1)),
            }
        }
        20 => Case {
            weight,
            criterion: format!("按时完成得满分，每推迟一个月扣{per}分，不足一个月的按一个月计算。"),
            target: "2021年6月15日前".into(),
            actual: format!("2021年{}月{}日", dice.of(5, 12), dice.of(1, 28)),
        },
        21 => Case {
            weight: "5".into(),
            criterion: format!("前3名得5分，4-8名得{}分，9名以后得{}分。", dice.of(3, 4), dice.of(0, 2)),
            target: "前3名".into(),
            actual: format!("第{}名", dice.of(1, 12)),
        },
        22 => Case {
            weight,
            criterion: format!("从第{}次起每次扣{per}分，扣完为止。", dice.of(2, 4)),
            target: "0次".into(),
            actual: format!("{}次", dice.of(0, 12)),
        },
        23 => Case {
            weight: "10".into(),
            criterion: format!(
                "完成目标得8分，每超目标{}%加{per}分，最多加2分；未完成目标按完成率×8分计分。",
                dice.of(1, 10)
            ),
            target: format!("≥{target}台"),
            actual: format!("{}台", amount(dice)),
        },
        24 => {
            let (near, far) = (dice.of(2, 9), dice.of(10, 25));
            Case {
                weight: "6".into(),
                criterion: format!(
                    "实际完成值与目标值偏离在±{near}%以内得满分，±{near}%-±{far}%（含）得{}分，超过±{far}%不得分。",
                    dice.of(1, 5)
                ),
                target: format!("{target}台"),
                actual: format!("{}台", amount(dice)),
            }
        }
        25 => Case {
            weight: "10".into(),
            criterion: format!(
                "完成率达到95%、90%、85%的，分别得10分、{}分、{}分，低于85%不得分。",
                dice.of(6, 9),
                dice.of(1, 5)
            ),
            target: "≥95%".into(),
            actual: percent(dice),
        },
        26 => {
            let floor = dice.of(30, 90);
            let share = dice.pick(&["折半得分", "减半得分", "得三分之二分值", "得一半分"]);
            Case {
                weight,
                criterion: format!("完成率100%得满分，{floor}%（含）-100%{share}，低于{floor}%不得分。"),
                target: "100%".into(),
                actual: percent(dice),
            }
        }
        27 => Case {
            weight,
            criterion: dice
                .pick(&[
                    "得分=实际完成值÷目标值×分值，结果保留一位小数，最高不超过分值。",
                    "得分=实际完成值÷目标值×分值，四舍五入取整数，最高不超过分值。",
                    "得分=完成率×分值，取整数，小数部分舍去，最高不超过分值。",
                ])
                .into(),
            target: format!("≥{target}台"),
            actual: format!("{}台", amount(dice)),
        },
        28 => Case {
            weight: "8".into(),
            criterion: format!(
                "完成率达到100%得满分，每降低{size}个百分点扣{per}分，扣至{}分为止。",
                dice.of(1, 4)
            ),
            target: "100%".into(),
            actual: percent(dice),
        },
        29 => Case {
            weight: "6".into(),
            criterion: "10月31日前完成得6分，11月30日前完成得4分，12月31日前完成得2分，之后完成不得分。".into(),
            target: "2021年10月31日前".into(),
            actual: format!("2021年{}月{}日", dice.of(9, 12), dice.of(1, 28)),
        },
        30 => Case {
            weight: "8".into(),
            criterion: format!(
                "验收合格率100%得5分，每低1个百分点扣{per}分，扣完为止；返工率不超过{}%得3分，超过的不得分。",
                dice.of(1, 9)
            ),
            target: "验收合格率100%".into(),
            actual: format!("验收合格率{}%，返工率{}%", dice.decimal(80, 100, 1), dice.decimal(0, 12, 1)),
        },
        31 => Case {
            weight: "10".into(),
            criterion: "国家级项目每项3分，省级项目每项2分，市级项目每项1分，最高10分。".into(),
            target: "5项".into(),
            actual: format!("国家级项目{}项，省级项目{}项，市级项目{}项", dice.of(0, 3), dice.of(0, 3), dice.of(0, 4)),
        },
        32 => Case {
            weight: "5".into(),
            criterion: format!(
                "完成率≥100%且质量合格率≥{}%得满分；仅有一项达到的得60%；均未达到的不得分。",
                dice.of(85, 99)
            ),
            target: "完成率100%，合格率98%".into(),
            actual: format!("完成率{}%，质量合格率{}%", dice.of(95, 101), dice.of(80, 100)),
        },
        33 => Case {
            weight: "5".into(),
            criterion: format!("每迟报1次扣1分，每错报1处扣{per}分，扣完为止。"),
            target: "无迟报、错报".into(),
            actual: format!("迟报{}次，错报{}处", dice.of(0, 4), dice.of(0, 9)),
        },
        34 => {
            let floor = dice.of(40, 90);
            Case {
                weight: "6".into(),
                criterion: format!("X为完成比例，X≥100%得6分，{floor}%≤X＜100%得X×6分，X＜{floor}%不得分。"),
                target: format!("{target}台"),
                actual: format!("{}台", amount(dice)),
            }
        }
        35 => Case {
            weight: "6".into(),
            criterion: format!("验收合格率达到95%得满分，每低1个百分点扣{per}分，扣完为止；出现重大质量事故的，本项不得分。"),
            target: "≥95%".into(),
            actual: format!(
                "{}%，{}",
                dice.decimal(80, 100, 1),
                dice.pick(&["未出现重大质量事故", "出现重大质量事故1起"])
            ),
        },
        36 => Case {
            weight: "10".into(),
            criterion: format!(
                "达到目标得分值的80%，每高于目标1个百分点加{per}分，每低于目标1个百分点扣{per}分，最高不超过本项分值，扣完为止。"
            ),
            target: "6%".into(),
            actual: format!("{}%", dice.decimal(0, 15, 1)),
        },
        _ => Case {
            weight,
            criterion: format!("优得满分，良得{}%，中得{}%，差不得分。", dice.of(70, 95), dice.of(30, 69)),
            target: "优".into(),
            actual: dice.pick(&["优", "良", "中", "差"]).into(),
        },
    }
}

/// The rule of a case with what it gives; cases that are refused are not compared.
pub fn judged(case: &Case) -> Option<(Rule, Applied)> {
    let row = Row {
        indicator: "某项工作",
        weight: &case.weight,
        criterion: &case.criterion,
        target: &case.target,
        actual: &case.actual,
        expected: "",
    };
    let rule = rule_of(&row).ok()?;
    let applied = apply(&rule, &row).ok()?;
    Some((rule, applied))
}

/// The column of an input in the sheet of one row a case.
fn column(var: Var) -> u32 {
    match var {
        Var::Weight => 0,
        Var::Target => 1,
        Var::TargetBase => 2,
        Var::Actual => 3,
        Var::ActualBase => 4,
        Var::Level => 5,
        Var::Item(at) => 6 + u32::from(at),
        Var::Deduction => 29,
        Var::Standard(standard) => 24 + standard as u32,
        Var::Part(at, slot) => 40 + crate::reasons::part(at, slot),
    }
}

/// The column of the formula.
const RESULT: i32 = 30;

/// A word of each of the newer kinds: that none is refused as a whole.
const WORDS_OF_KINDS: [&str; 13] = [
    "±",
    "分别得",
    "（含）-100%",
    "一位小数",
    "扣至",
    "之后完成",
    "返工率",
    "国家级",
    "质量合格率",
    "错报",
    "X为完成比例",
    "重大质量事故",
    "目标得分值",
];

#[test]
fn twenty_thousand_formulas_recalculate_to_the_very_score() {
    let mut dice = Dice::new(20);
    let mut done: Vec<(Case, Score)> = Vec::new();
    let mut ties = 0_u32;
    while done.len() < 20_000 {
        let mut model = Model::new_empty("scores", "en", "UTC", "en").unwrap();
        let mut batch = Vec::new();
        while batch.len() < 1_000 {
            let case = case(&mut dice);
            let Some((_, applied)) = judged(&case) else { continue };
            let row = u32::try_from(batch.len()).unwrap();
            let cells = applied
                .expr
                .bind(&|var| Expr::Cell(CellAt::new("Sheet1", CellRef::new(row, column(var)).unwrap())));
            for input in &applied.inputs {
                let Value::Number(n) = &input.value else { panic!("a numeric input: {case:?}") };
                let at = i32::try_from(column(input.var) + 1).unwrap();
                model.set_user_input(0, i32::try_from(row + 1).unwrap(), at, n.to_string()).unwrap();
            }
            let text = formula(&cells, Some("Sheet1")).unwrap_or_else(|why| panic!("{why}: {case:?}"));
            model.set_user_input(0, i32::try_from(row + 1).unwrap(), RESULT, format!("={text}")).unwrap();
            batch.push((case, applied.score));
        }
        model.evaluate();
        for (row, (case, score)) in (1_i32..).zip(&batch) {
            let got = match model.get_cell_value_by_index(0, row, RESULT).unwrap() {
                CellValue::Number(n) => n.to_string(),
                other => panic!("{case:?}: {other:?}"),
            };
            assert_eq!(got, score.to_string(), "{case:?}");
            ties += u32::from(got.contains('.'));
        }
        done.extend(batch);
    }
    assert!(ties > 6_000, "most scores should need rounding: {ties}");
    for word in WORDS_OF_KINDS {
        let judged = done.iter().filter(|(case, _)| case.criterion.contains(word)).count();
        assert!(judged > 100, "{word}: {judged}");
    }
}

#[test]
fn scores_stay_within_their_bounds_and_rise_with_the_actual() {
    let mut dice = Dice::new(7);
    for _ in 0..2_000 {
        let case = case(&mut dice);
        let Some((rule, applied)) = judged(&case) else { continue };
        let weight: Score = case.weight.parse().unwrap();
        assert!(!applied.score.is_negative() && applied.score <= weight, "{case:?}: {}", applied.score);
        let better_is_more = match rule.family() {
            "ratio" | "ladder" => case.target.starts_with('≥'),
            "per-step" => case.target.ends_with('%'),
            _ => continue,
        };
        let Some(number) = case.actual.strip_suffix('%').or_else(|| case.actual.strip_suffix('台')) else {
            continue;
        };
        let unit = case.actual.trim_start_matches(number);
        if !better_is_more {
            continue;
        }
        let more: jixiao::inner::base::Number = number.parse().unwrap();
        let more = more.plus(jixiao::inner::base::Number::from(1)).unwrap();
        let raised = Case { actual: format!("{more}{unit}"), ..case.clone() };
        let Some((_, after)) = judged(&raised) else { continue };
        assert!(after.score >= applied.score, "{case:?}: {} then {}", applied.score, after.score);
    }
}
