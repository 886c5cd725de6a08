//! `jixiao mapping`: check a mapping file, draft one, show how a workbook is read.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use crate::base::{Error, Result};
use crate::form;
use crate::mapping::{self, Mappings, infer};
use crate::model::{Account, Fate, FormKind};
use crate::pipeline;
use crate::sheet::Sheet;

/// Arguments of `jixiao mapping`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// 检查映射文件，列出全部错误；可同时看它怎样读一个工作簿
    Check {
        /// 映射文件
        #[arg(required = true, value_name = "FILE.toml")]
        files: Vec<PathBuf>,
        /// 用它读一个工作簿
        #[arg(long, value_name = "WORKBOOK")]
        against: Option<PathBuf>,
    },
    /// 为没有认出的表起草一份映射文件
    Infer {
        /// 工作簿
        #[arg(value_name = "WORKBOOK")]
        file: PathBuf,
    },
    /// 显示工作簿的每张表怎样被读取
    Show {
        /// 工作簿
        #[arg(value_name = "WORKBOOK")]
        file: PathBuf,
        /// 映射文件，可写多个；写文件夹则为其中全部 .toml
        #[arg(long, value_name = "FILE")]
        mapping: Vec<PathBuf>,
    },
    /// 输出映射文件的 JSON Schema，供编辑器使用
    Schema,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    let (subject, done) = match &args.command {
        Command::Check { files, against } => ("映射文件".to_owned(), check(files, against.as_deref())),
        Command::Infer { file } => (file.display().to_string(), draft(file)),
        Command::Show { file, mapping } => {
            (file.display().to_string(), super::mappings(mapping).and_then(|mappings| show(file, &mappings)))
        }
        Command::Schema => {
            print(&serde_json::to_string_pretty(&mapping::schema()).unwrap_or_default());
            (String::new(), Ok(0))
        }
    };
    done.unwrap_or_else(|error| {
        super::complain(&subject, &error);
        error.kind().exit_code()
    })
}

fn print(text: &str) {
    // A closed pipe (`| head`) is no fault of ours, and there is nobody left to tell.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Exit code of a mapping with faults: the configuration is wrong.
const FAULTY: u8 = 2;

fn check(files: &[PathBuf], against: Option<&Path>) -> Result<u8> {
    let texts = super::mapping_texts(files)?;
    let mappings = match Mappings::with_files(&texts) {
        Ok(mappings) => mappings,
        Err(faults) => {
            print(&mapping::render(&faults, std::io::stdout().is_terminal()));
            print(&format!("\n共 {} 处错误。", faults.len()));
            return Ok(FAULTY);
        }
    };
    print("映射文件没有错误。");
    against.map_or(Ok(0), |workbook| show(workbook, &mappings))
}

fn draft(file: &Path) -> Result<u8> {
    let sheets = sheets(file)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let drafts = infer::infer(&sheets, &Mappings::shipped(), &name);
    if drafts.is_empty() {
        return Err(Error::input(
            "没有找到像表头的一行，无法起草映射文件。",
            "表头应是连续的一行标题，下面有内容；请确认文件是否正确。",
        ));
    }
    // What is read already needs no mapping, unless a person wants to change how.
    let looks = form::look(&sheets, &Mappings::shipped());
    let read = |draft: &infer::Draft| looks.iter().find(|look| look.sheet == draft.sheet)?.forms.first();
    let all_read = drafts.iter().all(|draft| read(draft).is_some());
    let several = drafts.len() > 1;
    for draft in drafts {
        if let Some(form) = read(&draft) {
            print(&format!(
                "# 工作表“{}”程序已经认识（{}，映射 {}），一般不需要映射文件。",
                draft.sheet,
                kind(form.kind),
                form.mapping
            ));
            if !all_read {
                continue;
            }
        }
        if several {
            print(&format!("# ===== 工作表“{}”：请另存为一个文件 =====", draft.sheet));
        }
        print(&draft.toml);
    }
    Ok(0)
}

/// Exit code of a workbook in which nothing is recognised.
const UNRECOGNISED: u8 = 3;

fn show(file: &Path, mappings: &Mappings) -> Result<u8> {
    let looks = form::look(&sheets(file)?, mappings);
    for look in &looks {
        print(&described(look));
    }
    let recognised = looks.iter().any(|look| !look.forms.is_empty());
    if !recognised {
        print("没有认出任何表格。可用 jixiao mapping infer 起草一份映射文件，再用 --mapping 指定。");
    }
    Ok(if recognised { 0 } else { UNRECOGNISED })
}

fn described(look: &form::SheetLook) -> String {
    let mut lines = vec![format!("工作表“{}”", look.sheet)];
    if !look.visible {
        lines.push("  隐藏或由本程序附加，不读取".to_owned());
    } else if look.forms.is_empty() {
        lines.push("  没有认出表格，只作为文字核对".to_owned());
        lines.extend(look.misses.iter().map(|miss| format!("  {}", miss.sentence())));
        if look.misses.is_empty() {
            lines.push("  没有一个标题是程序认识的。".to_owned());
        }
    }
    for form in &look.forms {
        let (first, last) = form.header_rows;
        let header = format!("表头第 {} 行", rows(first.saturating_add(1), last.saturating_add(1)));
        let header = match &form.continues {
            Some(sheet) => format!("续工作表“{sheet}”的表，按其列读取"),
            None => header,
        };
        lines.push(format!("  {}（映射 {}），范围 {}，{header}", kind(form.kind), form.mapping, form.range));
        if form.account.cells == 0 {
            for (title, column, col) in &form.columns {
                let title: String = title.split_whitespace().collect();
                lines.push(format!("    {}列 {title} → {column}", crate::base::column_letters(*col)));
            }
        }
        lines.extend(accounted(&form.account));
        if !form.taken.is_empty() {
            let taken: Vec<String> = form.taken.iter().map(|row| row.saturating_add(1).to_string()).collect();
            lines.push(format!("    读取 {} 行：{}", taken.len(), taken.join("、")));
        }
        for (row, reason) in &form.skipped {
            lines.push(format!("    跳过第 {} 行：{reason}", row.saturating_add(1)));
        }
    }
    lines.join("\n")
}

/// The account of a form: each column with its role and what speaks for it, and the cells beside the columns.
fn accounted(account: &Account) -> Vec<String> {
    if account.cells == 0 {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    for column in &account.columns {
        let letters = crate::base::column_letters(column.col);
        let title = if column.title.is_empty() { "（无标题）" } else { &column.title };
        let what = match column.fate {
            Fate::Unread if column.weighty => "没有采用，像指标的数值，请说明其含义".to_owned(),
            Fate::Unread => "没有采用（文字）".to_owned(),
            Fate::Silent => format!("不参与评分：{}", column.role),
            _ => column.role.clone(),
        };
        let evidence = column.evidence.chinese();
        lines
            .push(format!("    {letters}列 {title} → {what}（依据：{evidence}；{} 个单元格）", column.cells));
    }
    let beside = account.blocks.iter().filter(|block| block.fate != Fate::Used);
    lines.extend(beside.map(|block| {
        format!("    {} {}：{}（{} 个单元格）", block.range, block.fate.chinese(), block.reason, block.cells)
    }));
    lines.push(format!(
        "    合计 {} 个单元格：采用 {}，本软件填写 {}，与评分无关 {}，没有采用 {}",
        account.cells, account.used, account.ours, account.silent, account.unread
    ));
    lines
}

fn rows(first: u32, last: u32) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

fn kind(kind: FormKind) -> &'static str {
    match kind {
        FormKind::Declaration => "绩效目标申报表",
        FormKind::SelfEvaluation => "绩效自评表",
        FormKind::ScoreSheet => "绩效评价评分表",
        FormKind::ScoreSummary => "得分一览表",
        FormKind::Ledger => "明细账",
        FormKind::Survey => "满意度问卷",
        FormKind::Monitoring => "绩效运行监控表",
        FormKind::PreEvaluation => "事前绩效评估表",
        FormKind::Review => "审核表",
        FormKind::ProjectList => "项目清单",
    }
}

/// The sheets of a file as scoring would read them, whatever its format.
fn sheets(file: &Path) -> Result<Vec<Sheet>> {
    pipeline::sheets(&mut super::open(file)?, super::settings())
}
