//! Probes of the grammar: every word in a sentence, every composition against a small calculation of its own, every order
//! of clauses against the score that the order written has.

use std::collections::BTreeSet;

use jixiao::inner::criterion::{Context, classes, read};
use jixiao::inner::notation::{Hints, Role, read_text};
use jixiao::inner::rule::{Award, FAMILIES, Family, Rule};

use crate::criterion::{Row, apply, rows, rule_of};

/// Sentences in which a word of a class means what the class says, with their readings, which may keep the word. A word passes where one of them
/// reads so; `refuse` is for words that no rule is read from.
#[rustfmt::skip] // a class a line
const CARRIERS: &[(&str, &[(&str, &str)])] = &[
    ("lower-in", &[("完成率{}90%得满分，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("lower-out", &[("完成率{}90%得满分，其余不得分", "完成率高于90%得满分；其余情况得0分。")]),
    ("lower-over", &[("完成率{}90%得满分，其余不得分", "完成率高于90%得满分；其余情况得0分。")]),
    ("upper-in", &[("完成率{}90%得满分，其余不得分", "完成率不高于90%得满分；其余情况得0分。")]),
    ("upper-out", &[("完成率{}90%不得分，其余得满分", "完成率低于90%得0分；其余情况得满分。")]),
    ("equal", &[("数量{}3个得满分，其余不得分", "等于3个得满分；其余情况得0分。"), ("完成率{}90%以上得满分，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("not-equal", &[("{}3个不得分，其余得满分", "不等于3个得0分；其余情况得满分。")]),
    ("at", &[("完成率{}80%-90%得满分，其余不得分", "完成率不低于80%且不高于90%得满分；其余情况得0分。")]),
    ("both", &[("完成率不低于80%{}低于90%得满分，其余不得分", "完成率不低于80%且低于90%得满分；其余情况得0分。")]),
    ("target", &[("达到{}得满分，其余不得分", "达到目标值得满分；其余情况得0分。"), ("不超过{}得满分，其余不得分", "不高于目标值得满分；其余情况得0分。"), ("{}的80%以上得满分，其余不得分", "不低于目标值的80%得满分；其余情况得0分。")]),
    ("actual", &[("{}达到目标值得满分，其余不得分", "达到目标值得满分；其余情况得0分。")]),
    ("meets", &[("{}目标值得满分，其余不得分", "达到目标值得满分；其余情况得0分。")]),
    ("met", &[("{}得满分，其余不得分", "达到目标值得满分；其余情况得0分。")]),
    ("misses", &[("{}目标值不得分，其余得满分", "未达到目标值得0分；其余情况得满分。")]),
    ("missed", &[("{}的不得分，其余得满分", "未达到目标值得0分；其余情况得满分。")]),
    ("over", &[("{}目标值不得分，其余得满分", "高于目标值得0分；其余情况得满分。"), ("{}预算10%以上不得分，其余得满分", "比目标值高10%（含）以上得0分；其余情况得满分。")]),
    ("under", &[("{}目标值不得分，其余得满分", "低于目标值得0分；其余情况得满分。"), ("{}目标值10%以上不得分，其余得满分", "比目标值低10%（含）以上得0分；其余情况得满分。")]),
    ("over-by", &[("{}10%以上不得分，其余得满分", "比目标值高10%（含）以上得0分；其余情况得满分。")]),
    ("under-by", &[("{}10%以上不得分，其余得满分", "比目标值低10%（含）以上得0分；其余情况得满分。")]),
    ("not-over", &[("{}目标值得满分，其余不得分", "不高于目标值得满分；其余情况得0分。")]),
    ("not-under", &[("{}目标值得满分，其余不得分", "不低于目标值得满分；其余情况得0分。")]),
    ("overspent", &[("{}不得分，其余得满分", "高于目标值得0分；其余情况得满分。")]),
    ("not-overspent", &[("{}得满分，其余不得分", "不高于目标值得满分；其余情况得0分。")]),
    ("on-time", &[("{}得满分，其余不得分", "按时完成得满分；其余情况得0分。"), ("{}完成得满分，其余不得分", "按时完成得满分；其余情况得0分。")]),
    ("punctual", &[("{}拨付得满分，每逾期1天扣1分，扣完为止", "按时完成得满分；每逾期1天扣1分，扣完为止。")]),
    ("late", &[("{}不得分，其余得满分", "未按时完成得0分；其余情况得满分。")]),
    ("early", &[("{}10天以上得满分，其余不得分", "提前天数不低于10天得满分；其余情况得0分。")]),
    ("afterwards", &[("2021年6月30日前完成得满分，2021年9月30日前完成得5分，{}完成不得分", "完成期限为2021年6月30日；按时完成得满分；逾期天数高于0天且不高于92天得5分；其余情况得0分。")]),
    ("within-year", &[("2021年6月30日前完成得满分，2021年9月30日前完成得5分，{}未完成不得分", "完成期限为2021年6月30日；实际为“未完成”得0分；按时完成得满分；逾期天数高于0天且不高于92天得5分；逾期天数高于184天得0分。")]),
    ("approved", &[("按期完成得满分，{}延期的不扣分，未经批准延期的不得分", "按时完成得满分；未按时完成得0分；经批准延期的视同按时完成。")]),
    ("unapproved", &[("按期完成得满分，经批准延期的不扣分，{}延期的不得分", "按时完成得满分；未按时完成得0分；经批准延期的视同按时完成。")]),
    ("as-in-time", &[("按期完成得满分，经批准延期的{}，未经批准延期的不得分", "按时完成得满分；未按时完成得0分；经批准延期的视同按时完成。")]),
    ("with", &[("完成率90%{}-100%得满分，其余不得分", "完成率不低于90%且不高于100%得满分；其余情况得0分。")]),
    ("without", &[("完成率90%{}-100%得满分，其余不得分", "完成率高于90%且不高于100%得满分；其余情况得0分。")]),
    ("none", &[("{}投诉得满分，其余不得分", "发现问题数不高于0得满分；其余情况得0分。")]),
    ("some", &[("{}投诉不得分，其余得满分", "发现问题数高于0得0分；其余情况得满分。")]),
    ("not-happened", &[("{}返贫得满分，每发生1户扣1分", "发现问题数不高于0得满分；每发现1户扣1分，扣完为止。")]),
    ("none-alone", &[("{}的得满分，其余不得分", "发现问题数不高于0得满分；其余情况得0分。")]),
    ("some-alone", &[("{}的不得分，其余得满分", "发现问题数高于0得0分；其余情况得满分。")]),
    ("harm", &[("无{}得满分，其余不得分", "发现问题数不高于0得满分；其余情况得0分。")]),
    ("negative", &[("增长率{}不得分，其余得满分", "增长率低于0%得0分；其余情况得满分。")]),
    ("behind", &[("10名{}不得分，其余得满分", "高于10名次得0分；其余情况得满分。"), ("10名{}不得分，其余得满分", "不低于10名次得0分；其余情况得满分。")]),
    ("counted-as-points", &[("达到目标值得满分，未达到目标值按8分{}", "达到目标值得满分；未达到目标值得8分。")]),
    ("ranking-names", &[("第1名得满分，{}每下降1名扣1分", "等于1名次得满分；比1名次每超出1名次扣1分，扣完为止。"), ("第1名得满分，{}每下降1名扣1分", "{}等于1名次得满分；比1名次每超出1名次扣1分，扣完为止。")]),
    ("that-range", &[("完成率95%-105%得满分，超出或低于{}每1个百分点扣0.5分", "完成率不低于95%且不高于105%得满分；低于95%的，比95%每降低1个百分点扣0.5分，扣完为止；高于105%的，比105%每超出1个百分点扣0.5分，扣完为止。")]),
    ("with-both-ends", &[("完成率80%-90%{}得满分，其余不得分", "完成率不低于80%且不高于90%得满分；其余情况得0分。")]),
    ("without-ends", &[("完成率80%-90%{}得满分，其余不得分", "完成率高于80%且低于90%得满分；其余情况得0分。")]),
    ("beyond-target", &[("达到目标值得满分，未达到的按完成比例得分，{}目标值的按满分计", "达到目标值得满分；未达到目标值按完成比例得分。")]),
    ("that-part", &[("达到目标值得满分，未达到的按完成比例得分，超过目标值{}按满分计", "达到目标值得满分；未达到目标值按完成比例得分。")]),
    ("on-last-day", &[("按时完成得满分，每逾期1天扣1分（{}完成视为按时）", "按时完成得满分；每逾期1天扣1分，扣完为止。")]),
    ("taken-as", &[("按时完成得满分，每逾期1天扣1分（当天完成{}按时）", "按时完成得满分；每逾期1天扣1分，扣完为止。")]),
    ("later-than-day", &[("{}2021年6月30日完成的不得分，其余得满分", "完成期限为2021年6月30日；未按时完成得0分；其余情况得满分。")]),
    ("day-bounds", &[("2021年6月30日{}完成得满分，其余不得分", "完成期限为2021年6月30日；按时完成得满分；其余情况得0分。"), ("2021年6月30日{}完成不得分，其余得满分", "完成期限为2021年6月30日；未按时完成得0分；其余情况得满分。"), ("2021年6月{}完成得满分，其余不得分", "完成期限为2021年6月30日；按时完成得满分；其余情况得0分。")]),
    ("sizes", &[("超预算{}10%以上不得分，其余得满分", "比目标值高10%（含）以上得0分；其余情况得满分。")]),
    ("lacking", &[("{}3项及以上不得分，其余得满分", "缺少项数不低于3项得0分；其余情况得满分。"), ("{}不低于3项不得分，其余得满分", "缺少项数不低于3项得0分；其余情况得满分。")]),
    ("faults-found", &[("{}不低于3个不得分，其余得满分", "发现问题数不低于3个得0分；其余情况得满分。")]),
    ("not-beyond", &[("{}的得满分，其余不得分", "不高于目标值得满分；其余情况得0分。")]),
    ("than", &[("{}目标值低10%以上不得分，其余得满分", "比目标值低10%（含）以上得0分；其余情况得满分。")]),
    ("of-the-year", &[("达到{}目标值的80%以上得满分，其余不得分", "不低于目标值的80%得满分；其余情况得0分。")]),
    ("exactly", &[("{}目标值得满分，其余不得分", "等于目标值得满分；其余情况得0分。")]),
    ("kept-at", &[("{}预算范围内得满分，其余不得分", "不高于目标值得满分；其余情况得0分。")]),
    ("comes-to", &[("完成率{}80%-90%得满分，其余不得分", "完成率不低于80%且不高于90%得满分；其余情况得0分。")]),
    ("strays", &[("{}10%不得分，其余得满分", "上下浮动超过10%得0分；其余情况得满分。")]),
    ("straying", &[("{}在±5%以内得满分，其余不得分", "偏离目标值不高于5%得满分；其余情况得0分。"), ("{}目标值5%以内得满分，其余不得分", "偏离目标值不高于5%得满分；其余情况得0分。")]),
    ("beside", &[("{}目标值偏差不超过5%得满分，其余不得分", "偏离目标值不高于5%得满分；其余情况得0分。")]),
    ("either-way", &[("偏离目标值{}5%以内得满分，其余不得分", "偏离目标值不高于5%得满分；其余情况得0分。")]),
    ("exceeds", &[("达到目标值得满分，{}的不得分", "达到目标值得满分；高于目标值得0分。"), ("不高于目标值得满分，{}的不得分", "不高于目标值得满分；高于目标值得0分。")]),
    ("reaches", &[("{}的得满分，其余不得分", "达到目标值得满分；其余情况得0分。")]),
    ("ranked", &[("{}前3名得满分，其余不得分", "不高于3名次得满分；其余情况得0分。")]),
    ("on-day", &[("{}2021年12月31日前完成得满分，其余不得分", "完成期限为2021年12月31日；按时完成得满分；其余情况得0分。")]),
    ("with-day", &[("2021年12月31日{}前完成得满分，其余不得分", "完成期限为2021年12月31日；按时完成得满分；其余情况得0分。")]),
    ("through", &[("2021年6月30日前完成得满分，2021年7月1日{}2021年9月30日完成得5分，其余不得分", "完成期限为2021年6月30日；按时完成得满分；逾期天数高于0天且不高于92天得5分；其余情况得0分。")]),
    ("within-period", &[("2021年6月30日前完成得满分，2021年7月1日至9月30日{}完成得5分，其余不得分", "完成期限为2021年6月30日；按时完成得满分；逾期天数高于0天且不高于92天得5分；其余情况得0分。")]),
    ("from-then", &[("2021年6月30日前完成得满分，2021年7月{}完成不得分", "完成期限为2021年6月30日；按时完成得满分；逾期天数高于0天得0分。")]),
    ("marks-given", &[("测评{}90分以上得满分，其余不得分", "测评{}不低于90分得满分；其余情况得0分。")]),
    ("measures", &[("达到计划{}得满分，其余不得分", "达到目标值得满分；其余情况得0分。")]),
    ("acts-counted", &[("{}12个项目得满分，每少1个扣1分", "{}等于12个得满分；比12个每降低1个扣1分，扣完为止。"), ("{}12个项目得满分，每少1个扣1分", "等于12个得满分；比12个每降低1个扣1分，扣完为止。")]),
    ("any-of", &[("每迟报{}漏报1次扣1分，扣完为止", "每发现1次扣1分，扣完为止。")]),
    ("step-below", &[("完成率≥90%得满分，每{}1个百分点扣1分，扣完为止", "完成率不低于90%得满分；比90%每降低1个百分点扣1分，扣完为止。")]),
    ("step-above", &[("投诉率≤5%得满分，每{}1个百分点扣1分，扣完为止", "投诉率不高于5%得满分；比5%每超出1个百分点扣1分，扣完为止。")]),
    ("step-either", &[("达到目标值得满分，每{}1%扣1分，扣完为止", "达到目标值得满分；比目标值每偏离1%扣1分，扣完为止。")]),
    ("step-late", &[("按时完成得满分，每{}1天扣1分，扣完为止", "按时完成得满分；每逾期1天扣1分，扣完为止。")]),
    ("step-found", &[("每{}1起投诉扣1分，扣完为止", "每发现1起扣1分，扣完为止。")]),
    ("step-missing", &[("每{}1项扣1分，扣完为止", "每缺少1项扣1分，扣完为止。"), ("{}1项扣1分，扣完为止", "每缺少1项扣1分，扣完为止。")]),
    ("weight", &[("完成率≥90%得满分，其余得{}的50%", "完成率不低于90%得满分；其余情况得分值的50%。"), ("得分=完成率×{}", "得分=完成率×分值。")]),
    ("by", &[("{}完成率计分", "得分=完成率×分值。")]),
    ("score-names", &[("{}=完成率×分值", "得分=完成率×分值。")]),
    ("score-verbs", &[("按完成率{}", "得分=完成率×分值。")]),
    ("full", &[("完成率≥90%得{}，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("nothing", &[("完成率≥90%得满分，其余{}", "完成率不低于90%得满分；其余情况得0分。")]),
    ("give", &[("完成率≥90%得满分，其余{}5分", "完成率不低于90%得满分；其余情况得5分。")]),
    ("take", &[("完成率≥90%得满分，其余{}5分", "完成率不低于90%得满分；其余情况扣5分。")]),
    ("add", &[("完成率≥90%得5分，每提高1个百分点{}1分", "完成率不低于90%的，得基础分5分，比90%每增加1个百分点加1分。")]),
    ("then", &[("完成率≥90%{}得满分，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("proportion", &[("按{}计分", "按完成比例得分。")]),
    ("interpolated", &[("完成率≥90%得满分，60%以下不得分，之间按{}计分", "完成率不低于90%得满分；不高于60%得0分；高于60%且低于90%的，按直线内插法得分（60%得0分，90%得满分）。")]),
    ("take-all", &[("完成率≥90%得满分，其余{}", "完成率不低于90%得满分；其余情况得0分。")]),
    ("full-anyway", &[("完成率≥90%{}，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("paid", &[("完成率≥90%的{}，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("amounts-to", &[("完成率≥90%{}10分，其余不得分", "完成率不低于90%得10分；其余情况得0分。")]),
    ("zero-points", &[("完成率≥90%得满分，其余得{}", "完成率不低于90%得满分；其余情况得0分。")]),
    ("base-points", &[("完成率≥90%得{}5分，每提高1个百分点加1分", "完成率不低于90%的，得基础分5分，比90%每增加1个百分点加1分。")]),
    ("until-gone", &[("达到目标值得满分，每降低1%扣1分，{}", "达到目标值得满分；比目标值每降低1%扣1分，扣完为止。")]),
    ("until-full", &[("完成率≥90%得满分，其余不得分，{}", "完成率不低于90%得满分；其余情况得0分。")]),
    ("halved", &[("完成率≥90%得满分，其余{}计分", "完成率不低于90%得满分；其余情况得分值的50%。")]),
    ("half", &[("完成{}以上得满分，其余不得分", "不低于目标值的50%得满分；其余情况得0分。")]),
    ("none-left", &[("{}得满分，有结余但不超过上年结转得5分，结余超过上年结转不得分", "实际为“无结余”得满分；实际为“有结余但不超过上年结转”得5分；实际为“结余超过上年结转”得0分。")]),
    ("some-left", &[("无结余得满分，{}但不超过上年结转得5分，结余超过上年结转不得分", "实际为“无结余”得满分；实际为“有结余但不超过上年结转”得5分；实际为“结余超过上年结转”得0分。")]),
    ("left-over", &[("无结余得满分，有结余但不超过上年结转得5分，{}超过上年结转不得分", "实际为“无结余”得满分；实际为“有结余但不超过上年结转”得5分；实际为“结余超过上年结转”得0分。")]),
    ("carried", &[("无结余得满分，有结余但不超过{}得5分，结余超过上年结转不得分", "实际为“无结余”得满分；实际为“有结余但不超过上年结转”得5分；实际为“结余超过上年结转”得0分。")]),
    ("rises", &[("较上年{}5%以上得满分，增长不足5%得5分，下降不得分", "增长不低于5%得满分；高于0%且低于5%得5分；低于0%得0分。"), ("较上年下降5%以上得满分，下降不足5%得5分，{}不得分", "下降不低于5%得满分；高于0%且低于5%得5分；低于0%得0分。")]),
    ("falls", &[("较上年增长5%以上得满分，增长不足5%得5分，{}不得分", "增长不低于5%得满分；高于0%且低于5%得5分；低于0%得0分。")]),
    ("stays", &[("较上年增长5%以上得满分，增长不足5%得5分，{}得3分，下降不得分", "增长不低于5%得满分；高于0%且低于5%得5分；等于0%得3分；低于0%得0分。")]),
    ("absolute", &[("差异率=（决算数-预算数）/预算数×100%，{}。差异率≤5%得满分，其余不得分", "偏离度=|实际值-目标值|/目标值×100%；偏离目标值不高于5%得满分；其余情况得0分。")]),
    ("rounded-off", &[("得分=完成率×分值，{}保留一位小数", "得分=完成率×分值；得分保留1位小数。")]),
    ("rounding", &[("得分=完成率×分值，{}一位小数", "得分=完成率×分值；得分保留1位小数。")]),
    ("whole", &[("得分=完成率×分值，四舍五入{}", "得分=完成率×分值；得分四舍五入取整数。")]),
    ("half-up", &[("得分=完成率×分值，{}取整数", "得分=完成率×分值；得分四舍五入取整数。")]),
    ("rounds-down", &[("得分=完成率×分值，{}取整", "得分=完成率×分值；得分取整数，小数部分舍去。")]),
    ("evidence", &[("完成率≥90%得满分，其余不得分，{}：验收报告、业务台账", "完成率不低于90%得满分；其余情况得0分。")]),
    ("else", &[("完成率≥90%得满分，{}不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("neutral", &[("{}：完成率≥90%得满分，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("hazards", &[("甲{}乙≥90%得满分，其余不得分", "refuse")]),
    ("judgement", &[("完成率≥90%得满分，{}", "refuse")]),
    ("stated", &[("完成率≥90%得满分，其余不得分，{}为100%", "完成率不低于90%得满分；其余情况得0分。")]),
    ("ok", &[("①制度健全；②执行到位。每{}一项得5分", "①制度健全，得5分；②执行到位，得5分。")]),
    ("bad", &[("①制度健全；②执行到位。每有一项{}扣5分", "①制度健全；②执行到位。每有一项不符合扣5分，扣完为止。")]),
    ("missing", &[("①制度健全；②执行到位。每{}一项扣5分", "①制度健全；②执行到位。每有一项不符合扣5分，扣完为止。")]),
    ("judged", &[("完成率≥90%得满分，低于90%的{}", "完成率不低于90%得满分；低于90%由评审人员评分。")]),
    ("judges", &[("完成率≥90%得满分，低于90%的{}扣1-3分", "完成率不低于90%得满分；低于90%由评审人员评分。"), ("完成率≥90%得满分，低于90%的{}完成情况扣1-3分", "完成率不低于90%得满分；低于90%由评审人员评分。")]),
    ("satisfaction-names", &[("{}=该群体满意人数×70%。完成率≥90%得满分，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("counting-begins", &[("完成率≥90%得满分，其余不得分。{}问卷第4题平均值", "完成率不低于90%得满分；其余情况得0分。")]),
    ("counting-words", &[("完成率≥90%得满分，其余不得分。以{}第4题为准", "完成率不低于90%得满分；其余情况得0分。")]),
    ("counted-so", &[("完成率≥90%得满分，其余不得分。以问卷第4题{}", "完成率不低于90%得满分；其余情况得0分。")]),
    ("counting-awards", &[("完成率≥90%得满分，其余不得分。以问卷第4题{}为准", "refuse")]),
    ("counting-points", &[("满意度=该群体满意数×{}。完成率≥90%得满分，其余不得分", "refuse")]),
    ("of-each-group", &[("满意度={}满意人数×满意。完成率≥90%得满分，其余不得分", "完成率不低于90%得满分；其余情况得0分。")]),
    ("points-of-review", &[("对照2个{}，每符合一项得5分", "①要点一，得5分；②要点二，得5分。")]),
    ("item", &[("①制度健全；②执行到位。每{}得5分", "①制度健全，得5分；②执行到位，得5分。")]),
];

/// Words that no sentence reads, and why.
const UNREAD: &[(&str, &str, &str)] = &[
    (
        "both",
        "，但是",
        "a comma ends a clause; the word stands for one inside a clause that goes on behind it",
    ),
    ("both", "，但", "the same"),
    ("both", "，且", "the same"),
    ("harm", "未达进度", "only what falls behind is counted, so the reading keeps the word"),
    ("actual", "各项工作", "no name may hide 各; only the indicator's own name does"),
];

/// The sentences, each with the first word of its class.
pub(crate) fn sentences() -> impl Iterator<Item = String> {
    let of =
        |name: &str| classes().find(|(class, _)| *class == name).and_then(|(_, words)| words.iter().next());
    CARRIERS.iter().flat_map(move |(class, carriers)| {
        carriers.iter().filter_map(move |(sentence, _)| Some(sentence.replace("{}", of(class)?)))
    })
}

/// What the criterion reads as, or `refuse`.
fn reading(criterion: &str) -> String {
    let hints = Hints { role: Role::Target, indicator: "某项工作", ..Hints::default() };
    let target = read_text("100%", &hints).ok();
    let context = Context {
        indicator: "某项工作",
        weight: "10".parse().ok(),
        target: target.as_ref(),
        ..Context::default()
    };
    read(criterion, &context).map_or_else(|_| "refuse".to_owned(), |rule| rule.reading())
}

#[test]
fn every_word_of_the_grammar_is_read_in_a_sentence() {
    let mut wrong = Vec::new();
    let mut named = BTreeSet::new();
    let mut words = 0_u32;
    for (class, its_words) in classes() {
        named.insert(class);
        let Some((_, carriers)) = CARRIERS.iter().find(|(name, _)| *name == class) else {
            wrong.push(format!("no sentence for the class {class}"));
            continue;
        };
        for word in its_words.iter() {
            words += 1;
            let told: Vec<String> =
                carriers.iter().map(|(sentence, _)| reading(&sentence.replace("{}", word))).collect();
            let reads =
                told.iter().zip(*carriers).any(|(told, (_, wanted))| *told == wanted.replace("{}", word));
            let excused = UNREAD.iter().any(|(name, which, _)| *name == class && *which == word);
            match (reads, excused) {
                (false, false) => wrong.push(format!("{class} {word}: {told:?}")),
                (true, true) => wrong.push(format!("{class} {word} is read, and need not be excused")),
                _ => {}
            }
        }
    }
    wrong.extend(
        CARRIERS.iter().filter(|(name, _)| !named.contains(name)).map(|(name, _)| format!("no class {name}")),
    );
    assert!(words > 1_000, "{words} words");
    assert!(wrong.is_empty(), "{} of {words} words\n{}", wrong.len(), wrong.join("\n"));
}

/// A bound as written, and whether so many thousandths are within it.
type Bound = (&'static str, fn(u32) -> bool);

const BOUNDS: &[Bound] = &[
    ("≥90%", |x| x >= 900),
    ("不低于90%", |x| x >= 900),
    ("达到90%", |x| x >= 900),
    ("90%以上", |x| x >= 900),
    ("90%（含）以上", |x| x >= 900),
    ("90%及以上", |x| x >= 900),
    (">90%", |x| x > 900),
    ("高于90%", |x| x > 900),
    ("90%（不含）以上", |x| x > 900),
    ("≤90%", |x| x <= 900),
    ("不超过90%", |x| x <= 900),
    ("90%（含）以下", |x| x <= 900),
    ("<90%", |x| x < 900),
    ("低于90%", |x| x < 900),
    ("不足90%", |x| x < 900),
    ("90%（不含）以下", |x| x < 900),
    ("在80%（含）至90%（不含）之间", |x| (800..900).contains(&x)),
    ("80%（含）-90%（含）", |x| (800..=900).contains(&x)),
    ("≥80%且<90%", |x| (800..900).contains(&x)),
    ("大于80%且小于等于90%", |x| x > 800 && x <= 900),
    ("[80%，90%)", |x| (800..900).contains(&x)),
];

/// Awards with what they leave of 10 points.
const AWARDS: &[(&str, &str)] = &[
    ("得满分", "10"),
    ("得10分", "10"),
    ("计8分", "8"),
    ("得分值的80%", "8"),
    ("得80%的分值", "8"),
    ("扣2分", "8"),
    ("扣分值的20%", "8"),
    ("不得分", "0"),
    ("得0分", "0"),
];

const SUBJECTS: &[&str] = &["", "满意度", "群众满意度为", "若满意度"];
const LINKS: &[&str] = &["", "的", "的，", "，", "时，", "者", "，则"];
const ELSEWHERE: &[&str] = &["其余", "否则", "其他情况"];

/// The rule of the composition, applied to five actuals: whether it scores any of them. What it scores otherwise than `wanted`
/// has it is wrong.
fn compare(criterion: &str, wanted: impl Fn(u32) -> &'static str, wrong: &mut Vec<String>) -> bool {
    let row =
        |actual| Row {
            indicator: "群众满意度", weight: "10", criterion, target: "", actual, expected: ""
        };
    let Ok(rule) = rule_of(&row("")) else { return false };
    let mut scored = false;
    for (actual, x) in [("95%", 950), ("90%", 900), ("89.9%", 899), ("80%", 800), ("79%", 790)] {
        // What is not certain is left to a person; nothing may score otherwise.
        let Ok(applied) = apply(&rule, &row(actual)) else { continue };
        scored = true;
        let wanted = wanted(x);
        if applied.score.to_string() != wanted {
            wrong.push(format!("{criterion} {actual}: {}, not {wanted}", applied.score));
        }
    }
    scored
}

#[test]
fn every_composition_scores_as_a_small_calculation_has_it() {
    let (mut tried, mut scored) = (0_usize, 0_u32);
    let (mut wrong, mut met) = (Vec::new(), BTreeSet::new());
    for (bound, within) in BOUNDS {
        for link in LINKS {
            for (award, points) in AWARDS {
                // Every award meets every rest; subjects and the words for elsewhere take turns.
                for (rest, rest_points) in AWARDS {
                    let subject = SUBJECTS[tried % SUBJECTS.len()];
                    let elsewhere = ELSEWHERE[tried / AWARDS.len() % ELSEWHERE.len()];
                    met.insert((elsewhere, *rest));
                    tried += 1;
                    let criterion = format!("{subject}{bound}{link}{award}；{elsewhere}{rest}。");
                    let wanted = |x| if within(x) { *points } else { rest_points };
                    scored += u32::from(compare(&criterion, wanted, &mut wrong));
                }
            }
        }
    }
    let count = wrong.len();
    wrong.truncate(40);
    assert!(wrong.is_empty(), "{count} scores\n{}", wrong.join("\n"));
    assert!(scored > 3_000, "{scored} of {tried} scored");
    assert_eq!(met.len(), ELSEWHERE.len() * AWARDS.len(), "not every rest behind every word for elsewhere");
}

/// The orders of the sentences: all of few, and of more the turns of both directions.
fn orders(count: usize) -> Vec<Vec<usize>> {
    fn all(left: &[usize], taken: &[usize], found: &mut Vec<Vec<usize>>) {
        if left.is_empty() {
            found.push(taken.to_vec());
        }
        for (at, one) in left.iter().enumerate() {
            let rest: Vec<usize> = left[..at].iter().chain(&left[at + 1..]).copied().collect();
            all(&rest, &[taken, &[*one]].concat(), found);
        }
    }
    let mut found = Vec::new();
    if count <= 4 {
        all(&(0..count).collect::<Vec<_>>(), &[], &mut found);
    } else {
        for turn in 0..count {
            let turned: Vec<usize> = (0..count).map(|at| (at + turn) % count).collect();
            found.push(turned.iter().rev().copied().collect());
            found.push(turned);
        }
    }
    found
}

#[test]
fn clauses_in_another_order_never_score_otherwise() {
    let (mut tried, mut same) = (0_u32, 0_u32);
    let mut wrong = Vec::new();
    for table in [include_str!("../criterion/worked.tsv"), include_str!("../criterion/model.tsv")] {
        for row in rows(table) {
            let Ok(rule) = rule_of(&row) else { continue };
            // Marked items are in the order of their marks.
            let sentences: Vec<&str> =
                row.criterion.split(['；', ';', '。']).filter(|text| !text.trim().is_empty()).collect();
            if !rule.items().is_empty() || sentences.len() < 2 {
                continue;
            }
            for order in orders(sentences.len()) {
                let turned: Vec<&str> = order.iter().map(|at| sentences[*at]).collect();
                let criterion = turned.join("；");
                let Ok(other) = rule_of(&Row { criterion: &criterion, ..row }) else { continue };
                tried += 1;
                let given = apply(&other, &row).map(|applied| applied.score.to_string());
                same += u32::from(given.as_deref() == Ok(row.expected));
                if given.as_ref().is_ok_and(|score| score != row.expected) {
                    wrong.push(format!("{row:?}\n  {criterion}\n  {given:?} {}", other.reading()));
                }
            }
        }
    }
    let count = wrong.len();
    wrong.truncate(30);
    assert!(wrong.is_empty(), "{count} of {tried}\n{}", wrong.join("\n"));
    assert!(same > 1_000, "{same} of {tried} score the same");
}

/// A sample of a family of awards gives points so, and no award of any rule is of a family that is not listed.
#[test]
fn every_family_of_awards_reads_its_samples() {
    let awards = |rule: &Rule| -> Vec<&'static Family> {
        let Rule::Graded(rule) = rule else { return Vec::new() };
        let bands = rule.bands.iter().map(|band| &band.award);
        let states = rule.states.iter().map(|state| &state.award);
        let rest = rule.otherwise.iter().map(|rest| &rest.award);
        bands.chain(states).chain(rest).map(Award::family).collect()
    };
    for family in FAMILIES {
        assert!(!family.samples.is_empty(), "{}", family.name);
        for sample in family.samples {
            let row = Row {
                indicator: "完成率",
                weight: "10",
                criterion: sample,
                target: "",
                actual: "",
                expected: "",
            };
            let rule = rule_of(&row).unwrap_or_else(|refusal| panic!("{sample}: {refusal}"));
            assert!(awards(&rule).contains(family), "{}: {sample}", family.name);
        }
    }
    for row in rows(include_str!("../criterion/worked.tsv")) {
        let Ok(rule) = rule_of(&row) else { continue };
        for family in awards(&rule) {
            assert!(FAMILIES.contains(&family), "{}", family.name);
        }
    }
}

/// What a person must judge is refused for that reason and by its words, not because something else was not understood.
#[test]
fn a_word_of_judgement_is_refused_by_its_name() {
    let (_, words) = classes().find(|(class, _)| *class == "judgement").expect("the class");
    for word in words.iter() {
        let text = format!("完成率≥90%得满分，其余{word}得2分");
        let refusal = read(&text, &Context::default()).expect_err(word);
        assert!(word.contains(&refusal.words) && refusal.why.contains("要由人判断"), "{word}: {refusal}");
    }
    assert!(read("完成率≥90%得满分，其余得2分", &Context::default()).is_ok());
}
