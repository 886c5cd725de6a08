//! Surveys through the program: exports of platforms and tallies, the measures that may be meant, what stays open, what
//! is said of samples, doubles and days, and what never leaves its sheet.

use std::fmt::Write as _;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::jixiao;
use crate::workbook_pages::write;

/// A form whose satisfaction has this criterion and actual.
fn form(name: &str, criterion: &str, actual: &str) -> String {
    format!(
        "
项目支出绩效自评表
（2023年度）
项目名称 | 便民大厅运行
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 评分标准 | 得分 | 偏差原因
产出指标 | 数量指标 | 受理事项 | ≥100件 | 120件 | 90 | 达到指标值得满分，未达到的按完成比例得分。 | 90 |
满意度指标 | 服务对象满意度指标 | {name} | ≥90% | {actual} | 10 | {criterion} | |
"
    )
}

const STEPS: &str = "满意度≥90%得满分，每低1个百分点扣1分，扣完为止。";

/// An export of 问卷星 with so many answers of each kind; each at its own minute and address.
fn export(answers: &[(&str, usize)]) -> String {
    let head = "序号 | 提交答卷时间 | 所用时间 | 来源 | 来源详情 | 来自IP | 1、您的姓名： | 2、您的手机号： | \
                3、您对大厅服务总体是否满意？ | 4、您的建议：\n";
    let mut rows = head.to_owned();
    let mut at = 0_usize;
    for (answer, count) in answers {
        for _ in 0..*count {
            at += 1;
            let (hour, minute) = (8 + at / 60, at % 60);
            let _ = writeln!(
                rows,
                "{at} | 2023/11/6 {hour}:{minute:02}:10 | 45秒 | 微信 | N/A | 10.1.{}.{}(某省-某市) | 赵某{at} | \
                 1380000{at:04} | {answer} | (空)",
                at / 250,
                at % 250 + 1
            );
        }
    }
    rows
}

struct Run {
    /// The JSON of the run.
    report: Value,
    /// The workbook that came out.
    workbook: std::path::PathBuf,
    folder: tempfile::TempDir,
}

fn run(pages: &[(&str, String)], settings: &str) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("自评.xlsx");
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, rows)| (*name, rows.as_str())).collect();
    write(&path, &pages);
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.arg("score").arg(&path).arg("--json").arg("--out").arg(folder.path().join("out.xlsx"));
    if !settings.is_empty() {
        let file = folder.path().join("jixiao.toml");
        fs::write(&file, settings).expect("settings");
        command.arg("--config").arg(file);
    }
    let output = command.output().expect("a run");
    let text = String::from_utf8(output.stdout).expect("text");
    let report = serde_json::from_str(text.lines().next().unwrap_or_default())
        .unwrap_or_else(|_| panic!("{text}{}", String::from_utf8_lossy(&output.stderr)));
    Run { report, workbook: folder.path().join("out.xlsx"), folder }
}
