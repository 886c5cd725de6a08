//! What holds for every quantity and every text.

use std::time::{Duration, Instant};

use jixiao::inner::base::Number;
use jixiao::inner::notation::{
    Hints, Items, Quantity, Role, Sign, Tick, Unit, convert, normalise, read_text, scan_quantity, scan_unit,
};
use proptest::prelude::*;

const UNITS: &[&str] = &[
    "%",
    "‰",
    "个百分点",
    "元",
    "万元",
    "亿元",
    "人",
    "人次",
    "场",
    "台(套)",
    "个",
    "户",
    "小时",
    "分钟",
    "天",
    "个工作日",
    "个月",
    "亩",
    "公顷",
    "平方米",
    "公里",
    "吨",
    "元/人·月",
    "元/亩",
    "",
];

fn unit(word: &str) -> Unit {
    if word.is_empty() { Unit::bare() } else { scan_unit(word).unwrap().0 }
}

fn quantities() -> impl Strategy<Value = Quantity> {
    let signs = [
        None,
        Some(Sign::AtLeast),
        Some(Sign::MoreThan),
        Some(Sign::AtMost),
        Some(Sign::LessThan),
        Some(Sign::Equal),
        Some(Sign::About),
    ];
    let number = (-1_000_000_000_i64..1_000_000_000, 0_u32..7);
    (number, prop::sample::select(UNITS), prop::sample::select(signs.to_vec())).prop_map(
        |((digits, places), word, sign)| {
            let text = format!("{digits}e-{places}");
            Quantity { sign, ..Quantity::new(text.parse::<Number>().unwrap(), unit(word)) }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_quantity_reads_as_itself(quantity in quantities()) {
        let text = quantity.to_string();
        let (again, taken) = scan_quantity(&text).unwrap();
        prop_assert_eq!(taken, text.len());
        prop_assert_eq!(Quantity { source: String::new(), ..again }, quantity);
    }

    #[test]
    fn conversions_are_exact_or_refused(quantity in quantities(), word in prop::sample::select(UNITS)) {
        let to = unit(word);
        match convert(&quantity, &to) {
            Ok(converted) => {
                prop_assert!(quantity.unit.comparable(&to));
                prop_assert_eq!(converted.in_base(), quantity.in_base());
                let back = convert(&converted, &quantity.unit).unwrap();
                prop_assert_eq!(back.number, quantity.number);
            }
            Err(mismatch) => prop_assert!(!mismatch.to_string().is_empty()),
        }
    }

    #[test]
    fn parts_of_a_time_add_up(hours in 0_u32..100, minutes in 1_u32..60, seconds in 1_u32..60) {
        let text = format!("{hours}小时{minutes}分{seconds}秒");
        let read = read_text(&text, &Hints::default()).unwrap();
        let expected = (hours * 60 + minutes) * 60 + seconds;
        prop_assert_eq!(read.quantity().unwrap().in_base(), Some(Number::from(expected)));
        let beyond = format!("{hours}小时{}分钟", minutes + 60);
        prop_assert!(read_text(&beyond, &Hints::default()).is_err());
    }

    #[test]
    fn parts_of_an_amount_add_up(yi in 1_u32..1000, wan in 1_u32..10_000) {
        let text = format!("{yi}亿{wan}万元");
        let read = read_text(&text, &Hints::default()).unwrap();
        let expected = Number::from(yi).times(Number::from(10_000)).unwrap().plus(Number::from(wan)).unwrap();
        prop_assert_eq!(read.quantity().unwrap().in_base(), expected.times(Number::from(10_000)));
    }

    #[test]
    fn a_share_in_words_is_its_fraction(whole in 1_u32..100, part in 0_u32..100) {
        let read = read_text(&format!("{whole}分之{part}"), &Hints::default());
        if part > whole {
            prop_assert!(read.is_err());
        } else {
            let fraction = read.unwrap().quantity().unwrap().fraction;
            prop_assert_eq!(fraction, Some((Number::from(part), Number::from(whole))));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9①②③④(),，、；：:.%％≥≤<>=＝/~—\\- 年月日前内至到万亿一二三十百零〇人次场元项缺不符合未完成无是否□☑√×除均其余全部已约为共第季度底小时分秒钟成半之同比增长较上年提高级类公里]{0,24}", checklist: bool) {
        check_total(&text, checklist);
    }
}

/// Reading never panics, and what is read as a number prints and reads as that number.
pub(super) fn check_total(text: &str, checklist: bool) {
    let items = checklist.then_some(4);
    for role in [Role::Target, Role::Actual] {
        let hints = Hints { role, items, year: Some(2022), indicator: text, ..Hints::default() };
        let _ = read_text(text, &hints);
        let columns = Hints { sign: Some(text), unit: Some(text), indicator: "", ..hints };
        let _ = read_text(text, &columns);
        let plain = Hints { role, items, year: Some(2022), ..Hints::default() };
        if let Ok(notation) = read_text(text, &plain)
            && let Some(quantity) = notation.quantity()
        {
            let printed = quantity.to_string();
            let again = read_text(&printed, &Hints::default()).unwrap();
            let again = again.quantity().unwrap();
            assert_eq!(
                (again.number, again.sign, again.fraction),
                (quantity.number, quantity.sign, quantity.fraction)
            );
            assert_eq!(again.unit, quantity.unit, "{text} {printed}");
        }
    }
    let plain = normalise(text);
    assert!(text.is_char_boundary(plain.origin(plain.as_str().len())));
}

#[test]
fn the_seeds_of_the_fuzz_target_hold() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/seeds/notation");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        check_total(&text, false);
        check_total(&text, true);
        count += 1;
    }
    assert!(count >= 20, "{count}");
}

#[test]
fn units_convert_exactly_and_only_within_a_dimension() {
    let to = |text: &str, word: &str| {
        let (quantity, _) = scan_quantity(text).unwrap();
        convert(&quantity, &unit(word)).map(|q| q.to_string()).ok()
    };
    assert_eq!(to("592700元", "万元").as_deref(), Some("59.27万元"));
    assert_eq!(to("0.612亿元", "元").as_deref(), Some("61200000元"));
    assert_eq!(to("5‰", "%").as_deref(), Some("0.5%"));
    assert_eq!(to("1公顷", "亩").as_deref(), Some("15亩"));
    assert_eq!(to("2年", "个月").as_deref(), Some("24个月"));
    assert_eq!(to("90分钟", "小时").as_deref(), Some("1.5小时"));
    assert_eq!(to("100分钟", "小时"), None, "no decimal holds 5/3");
    assert_eq!(to("5个工作日", "天"), None);
    assert_eq!(to("5万元", "%"), None);
    assert_eq!(to("5元/人", "元"), None);
    assert_eq!(to("0.5万元/人", "元/人").as_deref(), Some("5000元/人"));
    assert_eq!(to("5人", "人次"), None);
    assert_eq!(to("5名", "人").as_deref(), Some("5人"));
}

#[test]
fn checklist_answers_count_what_they_name() {
    let items = |ticks: &[(u32, Tick)], others| Items::Named { ticks: ticks.to_vec(), others };
    let listed = items(&[(1, Tick::Met), (3, Tick::Met)], Some(Tick::NotMet));
    assert_eq!(
        (listed.met(4), listed.met(2)),
        (Some(2), None),
        "a list without item 3 cannot be answered by it"
    );
    let partial = items(&[(1, Tick::Met)], None);
    assert_eq!((partial.met(1), partial.met(2), partial.tick(2)), (Some(1), None, None));
    assert_eq!(Items::all(Tick::Met).met(4), Some(4));
    assert_eq!(Items::CountMissing(2).met(4), Some(2));
    assert_eq!(Items::CountMissing(5).met(4), None);
    assert_eq!(Items::CountMet { met: 3, of: Some(4) }.met(5), None);
    assert_eq!(listed.met(u32::MAX), None);
}

#[test]
fn a_hundred_kilobytes_of_anything_take_no_time() {
    let seeds = [
        "①",
        "1、",
        "(1)",
        "(",
        ")",
        "是□",
        "☑",
        "万",
        "零",
        "一",
        "不",
        "1,111",
        "9",
        "1.",
        "2022年",
        "12月",
        "未发现",
        "除",
        "缺",
        "≥",
        "≥5",
        "%",
        "100%",
        "/",
        "1/",
        "－",
        "至",
        "人",
        "元/",
        "元/人·月",
        " ",
        "、",
        "均",
        "第",
        "共",
        "0",
        "x",
        "\u{FEFF}",
        "，",
        "59.27/61.2=",
        "完成",
        "其余",
        "符合",
        "1符合",
        "1小时",
        "1小时2分",
        "1亿2千",
        "三分之",
        "3分之1",
        "九成",
        "较上年",
        "同比增长",
        "已开展",
        "100%完成",
        "≤12月",
    ];
    for seed in seeds {
        let text = seed.repeat(100_000 / seed.len());
        let hints = Hints { role: Role::Actual, items: Some(4), indicator: &text, ..Hints::default() };
        let columns = Hints { sign: Some(&text), unit: Some(&text), ..Hints::default() };
        for hints in [hints, columns] {
            let started = Instant::now();
            let _ = read_text(&text, &hints);
            let took = started.elapsed();
            assert!(took < Duration::from_secs(1), "{seed:?}: {took:?}");
        }
    }
}
