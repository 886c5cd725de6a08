//! Surveys through the program: exports of platforms and tallies, the measures that may be meant, what stays open, what
//! is said of samples, doubles and days, and what never leaves its sheet.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::libreoffice::{cells, differences};
use crate::support::{indicator, jixiao};
use crate::workbook_pages::{Page, write};

const SATISFACTION: &str = "综合满意度";

/// A form with one indicator of satisfaction.
fn form(criterion: &str, actual: &str) -> String {
    format!(
        "
项目支出绩效自评表
（2023年度）
项目名称 | 便民大厅运行
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 评分标准 | 得分 | 偏差原因
产出指标 | 数量指标 | 受理事项 | ≥100件 | 120件 | 90 | 达到指标值得满分，未达到的按完成比例得分。 | 90 |
满意度指标 | 服务对象满意度指标 | {SATISFACTION} | ≥90% | {actual} | 10 | {criterion} | |
"
    )
}

/// Says nothing of the measure.
const STEPS: &str = "满意度≥90%得满分，每低1个百分点扣1分，扣完为止。";
/// Says from which answer on one is satisfied.
const RULED: &str =
    "满意度=（“非常满意”+“满意”）人数÷有效答卷数×100%。满意度≥90%得满分，每低1个百分点扣1分，扣完为止。";

/// What is asked of each person in an export of 问卷星: one answer a question, and the day.
struct Asked<'a> {
    questions: &'a [&'a str],
    answers: Vec<(Vec<&'a str>, &'a str)>,
}

impl<'a> Asked<'a> {
    /// One question, and so many of each answer.
    fn once(question: &'a [&'a str; 1], answers: &[(&'a str, usize)]) -> Self {
        let each = answers.iter().flat_map(|(answer, count)| std::iter::repeat_n(*answer, *count));
        Self { questions: question, answers: each.map(|answer| (vec![answer], "2023/11/6")).collect() }
    }

    /// The export: each at a moment and an address of its own.
    fn export(&self) -> String {
        let mut rows = String::from(
            "序号 | 提交答卷时间 | 所用时间 | 来源 | 来源详情 | 来自IP | 1、您的姓名： | 2、您的手机号：",
        );
        for (at, question) in self.questions.iter().enumerate() {
            let _ = write!(rows, " | {}、{question}", at + 3);
        }
        rows.push('\n');
        for (at, (answers, day)) in self.answers.iter().enumerate() {
            let (hour, minute) = (8 + at / 60, at % 60);
            let _ = writeln!(
                rows,
                "{} | {day} {hour}:{minute:02}:10 | 45秒 | 微信 | N/A | 10.77.{}.{}(某省-某市) | 赵某{at} | \
                 '1380000{at:04} | {}",
                at + 1,
                at / 250,
                at % 250 + 1,
                answers.join(" | ")
            );
        }
        rows
    }
}

/// The question of most surveys here.
const WHOLE: [&str; 1] = ["您对大厅服务总体是否满意？"];

struct Run {
    report: Value,
    text: String,
    workbook: PathBuf,
    _folder: tempfile::TempDir,
}

fn run(form: &str, survey: &str, settings: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let pages: [Page<'_>; 2] = [("自评表", form), ("问卷", survey)];
    let file = write(&pages, folder.path());
    let out = folder.path().join("结果.xlsx");
    let mut args =
        vec!["score".into(), file.into_os_string(), "--json".into(), "--out".into(), out.clone().into()];
    if !settings.is_empty() {
        let path = folder.path().join("jixiao.toml");
        fs::write(&path, settings).expect("settings");
        args.extend(["--config".into(), path.into_os_string()]);
    }
    let output = jixiao(args);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let report = serde_json::from_str(text.lines().next().unwrap_or_default())
        .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
    Run { report, text, workbook: out, _folder: folder }
}

impl Run {
    fn score(&self) -> Option<String> {
        indicator(&self.report, SATISFACTION)["score"].as_str().map(str::to_owned)
    }

    /// The messages of a finding.
    fn said(&self, id: &str) -> Vec<String> {
        let all = self.report["findings"].as_array().expect("findings");
        let of = all.iter().filter(|finding| finding["id"] == id);
        of.map(|finding| finding["message"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

#[test]
fn an_export_answers_for_a_blank_actual_where_the_criterion_says_what_counts() {
    let asked =
        Asked::once(&WHOLE, &[("非常满意", 20), ("满意", 15), ("一般", 3), ("不满意", 2), ("(跳过)", 4)]);
    let run = run(&form(RULED, ""), &asked.export(), "");
    // 35 of 40 are 87.5 %; those who skipped the question did not answer it.
    assert_eq!(run.score().as_deref(), Some("7.5"), "{}", run.text);
    assert_eq!(run.said("satisfaction-method-unclear"), Vec::<String>::new());
}

#[test]
fn where_nobody_says_what_counts_a_person_is_asked_and_a_setting_answers() {
    let asked = Asked::once(&WHOLE, &[("非常满意", 20), ("满意", 14), ("基本满意", 6)]).export();
    for actual in ["", "100%", "见问卷数据"] {
        let open = run(&form(STEPS, actual), &asked, "");
        let said = open.said("satisfaction-method-unclear");
        assert!(
            said[0].contains("按“基本满意及以上”计100%，按“满意及以上”计85%，请确认口径。"),
            "{actual}: {said:?}"
        );
        assert!(said[0].contains("5 分、10 分"), "{actual}: {said:?}");
        assert_eq!(open.score(), None, "{actual}: {}", open.text);
    }
    for (from, score) in [("满意", "5"), ("基本满意", "10")] {
        let told = run(&form(STEPS, ""), &asked, &format!("[survey]\nsatisfied_from = \"{from}\"\n"));
        assert_eq!(told.score().as_deref(), Some(score), "{from}: {}", told.text);
        assert_eq!(told.said("satisfaction-method-unclear"), Vec::<String>::new());
    }
    // What is the same by either measure is nobody's question.
    let same = Asked::once(&WHOLE, &[("非常满意", 20), ("满意", 15), ("不满意", 5)]).export();
    assert_eq!(run(&form(STEPS, ""), &same, "").score().as_deref(), Some("7.5"));
}

/// Each answer counts what the criterion says, where it says so of all that were given above the lowest that it names.
#[test]
fn answers_count_their_points_where_the_criterion_says_so() {
    let asked = |answers: &[(&'static str, usize)]| Asked::once(&WHOLE, answers).export();
    let given = asked(&[("非常满意", 20), ("满意", 15), ("基本满意", 5), ("不满意", 10)]);
    let rule = "满意度≥90%得满分，每降低1个百分点扣0.5分，扣完为止";
    let whole = format!("满意度=（非常满意人数×100+满意人数×80+基本满意人数×60）÷有效问卷数。{rule}");
    let shares = format!("满意度=非常满意率×100%+满意率×80%+基本满意率×60%。{rule}");
    for criterion in [&whole, &shares] {
        // (2000 + 1200 + 300) of 5000 are 70 %: 20 points short.
        let run = run(&form(criterion, ""), &given, "");
        assert_eq!(run.score().as_deref(), Some("0"), "{}", run.text);
        assert_eq!(run.said("satisfaction-method-unclear"), Vec::<String>::new());
    }
    let better = asked(&[("非常满意", 30), ("满意", 20)]);
    // (3000 + 1600) of 5000 are 92 %.
    assert_eq!(run(&form(&whole, ""), &better, "").score().as_deref(), Some("10"));
    // Of an answer that it passes over nobody knows what it counts.
    let without = format!("满意度=（非常满意人数×100+基本满意人数×60）÷有效问卷数。{rule}");
    let open = run(&form(&without, ""), &given, "");
    assert_eq!(open.score(), None, "{}", open.text);
    // So many people times points are no share.
    let undivided = format!("满意度=非常满意人数×100+满意人数×80+基本满意人数×60。{rule}");
    assert_eq!(run(&form(&undivided, ""), &given, "").score(), None);
}

#[test]
fn a_stated_satisfaction_that_is_not_the_surveys_is_said_and_waits_where_it_matters() {
    let asked = Asked::once(&WHOLE, &[("非常满意", 20), ("满意", 15), ("不满意", 5)]).export();
    let differing = run(&form(RULED, "92%"), &asked, "");
    let said = differing.said("survey-differs");
    assert!(said[0].contains("填报 92%") && said[0].contains("87.5%（35/40）"), "{said:?}");
    assert_eq!(differing.score(), None, "{}", differing.text);
    // Rounded to the places that it is stated with it is the same.
    let rounded = Asked::once(&WHOLE, &[("非常满意", 20), ("满意", 18), ("不满意", 3)]).export();
    let agreeing = run(&form(RULED, "92.68%"), &rounded, "");
    assert_eq!(agreeing.said("survey-differs"), Vec::<String>::new());
    assert_eq!(agreeing.score().as_deref(), Some("10"));
}

#[test]
fn of_several_questions_none_is_chosen_for_a_person() {
    let questions = ["您对办事流程是否满意？", "您对服务态度是否满意？"];
    let answers = |rows: &[(&'static str, &'static str, usize)]| -> Vec<(Vec<&'static str>, &'static str)> {
        let all = rows.iter().flat_map(|(one, two, count)| std::iter::repeat_n(vec![*one, *two], *count));
        all.map(|row| (row, "2023/11/6")).collect()
    };
    let rows = answers(&[("满意", "满意", 30), ("满意", "不满意", 6), ("不满意", "不满意", 4)]);
    let asked = Asked { questions: &questions, answers: rows };
    let open = run(&form(RULED, ""), &asked.export(), "");
    let said = open.said("satisfaction-method-unclear").concat();
    assert!(said.contains("办事流程") && said.contains("90%") && said.contains("75%"), "{said}");
    assert!(said.contains("各题平均计82.5%"), "{said}");
    assert_eq!(open.score(), None);
    let mean = run(&form(RULED, ""), &asked.export(), "[survey]\nquestions = \"mean\"\n");
    assert_eq!(mean.score().as_deref(), Some("2.5"), "{}", mean.text);
    // The criterion names one of them.
    let named = RULED.replace("满意度=", "以问卷第3题为准，满意度=");
    assert_eq!(run(&form(&named, ""), &asked.export(), "").score().as_deref(), Some("10"));
}

#[test]
fn groups_count_as_the_form_the_office_or_the_sheet_says() {
    let questions = ["您的身份是？", "您对服务是否满意？"];
    let mut answers = Vec::new();
    for (who, answer, count) in [
        ("办事群众", "满意", 18),
        ("办事群众", "不满意", 2),
        ("窗口人员", "满意", 8),
        ("窗口人员", "不满意", 12),
    ] {
        answers.extend(std::iter::repeat_n((vec![who, answer], "2023/11/6"), count));
    }
    let asked = Asked { questions: &questions, answers }.export();
    // 90 % of the public, 40 % of the staff: 0.8 × 90 + 0.2 × 40 = 80 %.
    let ruled = "满意度=办事群众满意率×80%+窗口人员满意率×20%。满意度≥90%得满分，每低1个百分点扣0.5分。";
    let by_form = run(&form(ruled, ""), &asked, "[survey]\nsatisfied_from = \"满意\"\n");
    assert_eq!(by_form.score().as_deref(), Some("5"), "{}", by_form.text);
    let groups = "[survey]\nsatisfied_from = \"满意\"\n[[survey.groups]]\nname = \"办事群众\"\nweight = 3\n\
                  [[survey.groups]]\nname = \"窗口人员\"\nweight = 1\n";
    // (3 × 90 + 40) ÷ 4 = 77.5 %.
    let by_office = run(&form("满意度≥90%得满分，每低1个百分点扣0.5分。", ""), &asked, groups);
    assert_eq!(by_office.score().as_deref(), Some("3.75"), "{}", by_office.text);
    let tally = "
2023年度满意度调查统计表
序号 | 调查对象 | 发放 | 回收 | 有效 | 非常满意 | 满意 | 不满意 | 满意率 | 权重
1 | 办事群众 | 120 | 110 | 100 | 60 | 35 | 5 | 95% | 60%
2 | 窗口人员 | 60 | 50 | 50 | 20 | 20 | 10 | 80% | 40%
 | 合计 | 180 | 160 | 150 | 80 | 55 | 15 | 89% | 100%
";
    let by_sheet = run(&form(STEPS, ""), tally, "");
    assert_eq!(by_sheet.score().as_deref(), Some("9"), "{}", by_sheet.text);
    let unsaid =
        tally.replace(" | 权重", "").replace(" | 60%", "").replace(" | 40%", "").replace(" | 100%", "");
    let open = run(&form(STEPS, ""), &unsaid, "");
    assert!(
        open.said("satisfaction-method-unclear").concat().contains("没有写明各类的权重"),
        "{}",
        open.text
    );
    assert_eq!(open.score(), None);
}

#[test]
fn tallies_below_each_other_are_read_and_what_contradicts_itself_is_said() {
    let tally = "
满意度调查统计表
发放问卷120份，回收110份，有效问卷100份
第1题：您对环境是否满意？ [单选题]
选项 | 小计 | 比例
非常满意 | 60 | 60%
满意 | 30 | 33%
不满意 | 10 | 10%
本题有效填写人次 | 100 |

第2题：您从哪里知道本项目？ [单选题]
选项 | 小计 | 比例
宣传栏 | 70 | 70%
网络 | 30 | 30%
本题有效填写人次 | 99 |
";
    let run = run(&form(RULED, ""), tally, "");
    assert_eq!(run.score().as_deref(), Some("10"), "{}", run.text);
    let said = run.said("survey-tally-differs");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("33%") && said[0].contains("30%"), "{said:?}");
    let all = cells(&run.workbook);
    let counts: Vec<String> = ["D6", "E6", "F6"]
        .iter()
        .map(|cell| format!("{:?}", all.get(&format!("'满意度统计表'!{cell}")).map(|(value, _)| value)))
        .collect();
    for (found, stated) in counts.iter().zip(["120", "110", "100"]) {
        assert!(found.contains(stated), "{counts:?}");
    }
}

#[test]
fn numbers_are_opinions_only_where_something_says_which() {
    let questions = ["您对服务总体是否满意（打分）"];
    let answers: Vec<(Vec<&str>, &str)> = [("1", 30), ("2", 8), ("4", 2)]
        .iter()
        .flat_map(|(n, c)| std::iter::repeat_n((vec![*n], "2023/11/6"), *c))
        .collect();
    let plain = ["您对服务总体是否满意"];
    let unclear = Asked { questions: &plain, answers: answers.clone() }.export();
    let open = run(&form(RULED, ""), &unclear, "");
    assert!(
        open.said("satisfaction-method-unclear").concat().contains("没有写明各个数字代表的选项"),
        "{}",
        open.text
    );
    assert_eq!(open.score(), None);
    // Marks are the better the more they are: nobody gave more than 4.
    let marks = Asked { questions: &questions, answers: answers.clone() }.export();
    assert_eq!(run(&form(RULED, ""), &marks, "").score().as_deref(), Some("0"));
    let legend = ["您对服务总体是否满意（1=非常满意，2=满意，3=一般，4=不满意）"];
    let told = Asked { questions: &legend, answers }.export();
    assert_eq!(run(&form(RULED, ""), &told, "").score().as_deref(), Some("10"));
}

#[test]
fn samples_doubles_and_days_are_said() {
    let few = Asked::once(&WHOLE, &[("满意", 20)]).export();
    assert_eq!(run(&form(RULED, ""), &few, "").said("sample-too-small").len(), 1);
    let all = RULED.replace("满意度=", "对全体服务对象（20人）开展调查，满意度=");
    let whole = run(&form(&all, ""), &few, "");
    assert_eq!(whole.said("sample-too-small"), Vec::<String>::new());
    assert_eq!(whole.score().as_deref(), Some("10"), "{}", whole.text);

    let mut doubled = Asked::once(&WHOLE, &[("满意", 35), ("不满意", 4)]).export();
    let last = doubled.lines().nth(1).expect("an answer").to_owned();
    for _ in 0..5 {
        doubled.push_str(&last);
        doubled.push('\n');
    }
    let run_of = |settings: &str| run(&form(RULED, ""), &doubled, settings);
    let open = run_of("");
    let said = open.said("survey-answers-suspect").concat();
    assert!(said.contains("第 2、41、42、43、44、45 行") && !said.contains("10.77"), "{said}");
    // 40 of 44 are 90.9 %, 35 of 39 are 89.7 %.
    assert_eq!(open.score(), None, "{}", open.text);
    assert_eq!(run_of("[survey]\nrepeated = \"counted\"\n").score().as_deref(), Some("10"));
    assert_eq!(run_of("[survey]\nrepeated = \"once\"\n").score().as_deref(), Some("9.74"));

    let mut days = Asked::once(&WHOLE, &[("满意", 36), ("不满意", 4)]);
    for (_, day) in days.answers.iter_mut().take(6) {
        *day = "2022/3/5";
    }
    let outside = run(&form(RULED, ""), &days.export(), "").said("survey-outside-period").concat();
    assert!(outside.contains("有 6 份答卷") && outside.contains("2022-03-05"), "{outside}");
    // A criterion that names the time leaves them out: 30 of 34.
    let named = RULED.replace("×100%。", "×100%，以2023年11月1日至11月30日调查期内提交的答卷计算。");
    let counted = run(&form(&named, ""), &days.export(), "");
    assert_eq!(counted.score().as_deref(), Some("8.24"), "{}", counted.text);
}

#[test]
fn who_answered_never_leaves_the_sheet() {
    let asked = Asked::once(&WHOLE, &[("非常满意", 20), ("满意", 15), ("赵某7的13800001234", 5)]);
    let run = run(&form(RULED, ""), &asked.export(), "");
    let personal = |text: &str| ["赵某", "1380000", "10.77."].iter().any(|word| text.contains(word));
    assert!(run.said("survey-answer-unknown").len() == 5, "{}", run.text);
    assert!(!personal(&run.text), "{}", run.text);
    for (at, (value, _)) in cells(&run.workbook) {
        let own = at.starts_with("'问卷'!");
        assert!(own || !personal(&format!("{value:?}")), "{at}: {value:?}");
    }
}

#[test]
fn a_form_is_no_survey_whatever_stands_in_it() {
    let plain = form(STEPS, "92%");
    let tally = "\n\n题目 | 非常满意 | 满意 | 不满意\n您对大厅是否满意 | 50 | 42 | 8\n";
    let both = format!("{}{tally}", plain.trim_end());
    for page in [plain, both] {
        let run = run(&page, "序号 | 事项\n1 | 无", "");
        assert_eq!(run.score().as_deref(), Some("10"), "{}", run.text);
    }
}

#[test]
fn the_counts_are_live_and_recalculate() {
    let questions = ["您的身份是？", "您对流程是否满意？", "您对态度是否满意？"];
    let answers = ["非常满意", "满意", "基本满意", "不满意", "(跳过)"];
    let rows = (0..90_usize).map(|at| {
        let who = if at % 3 == 0 { "窗口人员" } else { "办事群众" };
        (vec![who, answers[at % 5], answers[at / 7 % 5]], "2023/11/6")
    });
    let asked = Asked { questions: &questions, answers: rows.collect() };
    let run = run(&form(STEPS, ""), &asked.export(), "[survey]\nquestions = \"mean\"\n");
    let live =
        cells(&run.workbook).into_iter().filter(|(at, (_, live))| at.starts_with("'满意度统计表'!") && *live);
    assert!(live.count() > 40, "{}", run.text);
    assert_eq!(differences(&run.workbook), Vec::<String>::new());
}
