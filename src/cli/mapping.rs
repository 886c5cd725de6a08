//! `jixiao mapping`: check a mapping file, draft one, show how a workbook is read.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use super::config::Config;
use super::input::stem;
use super::key::Folder;
use crate::base::{Error, Result, printable_lines};
use crate::form;
use crate::mapping::{self, Mappings, infer};
use crate::model::{Account, Fate, FormKind, LocatedForm};
use crate::pipeline::{self, Settings};
use crate::settings::Installation;
use crate::sheet::Sheet;

/// Arguments of `jixiao mapping`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    config: Config,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// 检查映射文件，列出全部错误；可同时看它怎样读一个工作簿
    Check {
        /// 映射文件
        #[arg(required = true, value_name = "映射文件")]
        files: Vec<PathBuf>,
        /// 用它读一个工作簿
        #[arg(long, value_name = "工作簿")]
        against: Option<PathBuf>,
    },
    /// 为没有认出的表起草一份映射文件
    Infer {
        /// 工作簿
        #[arg(value_name = "工作簿", required_unless_present = "from")]
        file: Option<PathBuf>,
        /// 返回的工作簿：把“处理说明”中“栏目确认”的回答写成映射文件
        #[arg(long, value_name = "返回的工作簿", conflicts_with = "file")]
        from: Option<PathBuf>,
    },
    /// 显示工作簿的每张表怎样被读取
    Show {
        /// 工作簿
        #[arg(value_name = "工作簿")]
        file: PathBuf,
        /// 映射文件，可写多个；写文件夹则为其中全部 .toml
        #[arg(long, value_name = "文件")]
        mapping: Vec<PathBuf>,
    },
    /// 输出映射文件的 JSON Schema，供编辑器使用
    Schema,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    let (subject, done) = match &args.command {
        Command::Check { files, against } => ("映射文件".to_owned(), check(files, against.as_deref(), args)),
        Command::Infer { file, from } => match (file, from) {
            (_, Some(from)) => (from.display().to_string(), confirmed(from, args)),
            (Some(file), None) => (file.display().to_string(), draft(file, args)),
            (None, None) => (String::new(), Ok(FAULTY)),
        },
        Command::Show { file, mapping } => (file.display().to_string(), told(file, mapping, args)),
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
    print_coloured(&printable_lines(text));
}

/// Prints a text that may have colours.
fn print_coloured(text: &str) {
    // A closed pipe (`| head`) is no fault of ours, and there is nobody left to tell.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Exit code of a mapping with faults: the configuration is wrong.
const FAULTY: u8 = 2;

fn check(files: &[PathBuf], against: Option<&Path>, args: &Args) -> Result<u8> {
    let texts = super::mapping_texts(files)?;
    let mappings = match Mappings::with_files(&texts) {
        Ok(mappings) => mappings,
        Err(faults) => {
            print_coloured(&mapping::render(&faults, std::io::stdout().is_terminal()));
            print(&format!("\n共 {} 处错误。", faults.len()));
            return Ok(FAULTY);
        }
    };
    print("映射文件没有错误。");
    against.map_or(Ok(0), |workbook| show(workbook, &mappings, &args.config.installation()?))
}

/// Shows a workbook as it would be read, by the mappings that are told or set.
fn told(file: &Path, mapping: &[PathBuf], args: &Args) -> Result<u8> {
    let installation = args.config.installation()?;
    show(file, &super::mappings(mapping, &installation)?, &installation)
}

fn draft(file: &Path, args: &Args) -> Result<u8> {
    let sheets = sheets(file, &args.config.installation()?)?;
    let name = stem(file);
    let drafts = infer::infer(&sheets, &Mappings::shipped(), &name);
    let mappings = Mappings::shipped();
    let looks = form::look(&sheets, &mappings);
    if drafts.is_empty() && looks.iter().all(|look| look.forms.is_empty()) {
        return Err(Error::input(
            "没有找到像表头的一行，无法起草映射文件。",
            "表头应是连续的一行标题，下面有内容；请确认文件是否正确。",
        ));
    }
    let mut texts: Vec<Drafted> = Vec::new();
    for look in looks.iter().filter(|look| look.visible) {
        let unread = drafts.iter().find(|draft| draft.sheet == look.sheet);
        if look.forms.is_empty() {
            texts.extend(unread.map(|draft| Drafted::new(String::new(), draft.clone(), true)));
        }
        let several = looks.iter().map(|look| look.forms.len()).sum::<usize>() > 1;
        for form in &look.forms {
            let own = if several { format!("{name}-{}", look.sheet) } else { name.clone() };
            texts.extend(read(form, &mappings, unread, &own));
        }
    }
    let any_open = texts.iter().any(|text| text.draft.open);
    let several = texts.iter().filter(|text| text.draft.open).count() > 1 || drafts.len() > 1;
    for text in texts {
        if !text.said.is_empty() {
            print(&text.said);
        }
        // What is read already is shown only where nothing else is asked: a person may want to change how.
        if any_open && !text.draft.open || text.draft.toml.is_empty() {
            continue;
        }
        if several {
            print(&format!("# ===== 工作表“{}”：请另存为一个文件 =====", text.draft.sheet));
        }
        print(&text.draft.toml);
    }
    Ok(0)
}

/// A draft with what is said before it.
struct Drafted {
    said: String,
    draft: infer::Draft,
}

impl Drafted {
    /// A draft of what nothing reads is wanted in any case.
    fn new(said: String, draft: infer::Draft, wanted: bool) -> Self {
        let open = draft.open || wanted;
        Self { said, draft: infer::Draft { open, ..draft } }
    }
}

/// What is said of a form that is read: that no mapping is needed, or what of it is unread or guessed.
fn read(
    form: &LocatedForm,
    mappings: &Mappings,
    titles: Option<&infer::Draft>,
    name: &str,
) -> Option<Drafted> {
    let mapping = mappings.all().iter().find(|mapping| mapping.name == form.mapping)?;
    let known =
        format!("# 工作表“{}”程序已经认识（{}，映射 {}）", form.sheet, form.kind.name(), form.mapping);
    let none = || infer::Draft { sheet: form.sheet.clone(), toml: String::new(), open: false };
    let draft = match () {
        () if form.account.cells > 0 => infer::of_read(mapping, &form.account, name),
        () if mapping.kind.is_set_aside() => {
            return Some(Drafted::new(format!("{known}，只认出、不评分，不需要映射文件。"), none(), false));
        }
        // Of a survey nothing counts but the answers; of a ledger nothing but its titles is known here.
        () if form.kind == FormKind::Survey => none(),
        () => titles.cloned().unwrap_or_else(none),
    };
    let said = if draft.open {
        format!("{known}，但有标题没有认出或只是推测，或有单元格没有采用：见下面的“猜测”和“待定”。")
    } else {
        format!("{known}，一般不需要映射文件。")
    };
    Some(Drafted::new(said, draft, false))
}

/// The answers that a person gave on 处理说明 of a returned workbook, as mapping files.
fn confirmed(file: &Path, args: &Args) -> Result<u8> {
    let mappings = Mappings::shipped();
    let answers =
        pipeline::answers(&mut super::open(file)?, &mappings, &settings(&args.config.installation()?)?)?;
    let files = infer::from_answers(&answers, &mappings);
    if files.is_empty() {
        return Err(Error::input(
            "这个工作簿的“处理说明”中没有栏目确认的回答。",
            "请在返回文件“处理说明”的“栏目确认”中选择含义并保存，再用本命令写成映射文件。",
        ));
    }
    let several = files.len() > 1;
    for (name, toml) in files {
        if several {
            print(&format!("# ===== 请另存为 {name} ====="));
        }
        print(&toml);
    }
    Ok(0)
}

/// Exit code of a workbook in which nothing is recognised.
const UNRECOGNISED: u8 = 3;

fn show(file: &Path, mappings: &Mappings, installation: &Installation) -> Result<u8> {
    let looks = form::look(&sheets(file, installation)?, mappings);
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
        lines.push(format!("  {}（映射 {}），范围 {}，{header}", form.kind.name(), form.mapping, form.range));
        if form.account.cells == 0 {
            for (title, column, col) in &form.columns {
                let title: String = title.split_whitespace().collect();
                lines.push(format!("    {}列 {title} → {column}", crate::base::column_letters(*col)));
            }
        }
        lines.extend(accounted(form.kind, &form.account));
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
fn accounted(kind: FormKind, account: &Account) -> Vec<String> {
    if account.cells == 0 {
        return Vec::new();
    }
    let mut lines: Vec<String> = Vec::new();
    for column in &account.columns {
        let letters = crate::base::column_letters(column.col);
        let title = if column.title.is_empty() { "（无标题）" } else { &column.title };
        let what = match column.fate {
            Fate::Unread if column.weighty && kind == FormKind::Ledger => {
                "没有采用，可能影响合计，请说明其含义".to_owned()
            }
            Fate::Unread if column.weighty => "没有采用，像指标的数值，请说明其含义".to_owned(),
            Fate::Unread => "没有采用（文字）".to_owned(),
            Fate::Silent if kind == FormKind::Ledger => format!("不影响合计：{}", column.role),
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
    let silent = if kind == FormKind::Ledger { "不影响合计" } else { "与评分无关" };
    lines.push(format!(
        "    合计 {} 个单元格：采用 {}，本软件填写 {}，{silent} {}，没有采用 {}",
        account.cells, account.used, account.ours, account.silent, account.unread
    ));
    lines
}

fn rows(first: u32, last: u32) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

/// The sheets of a file as scoring would read them, whatever its format.
fn sheets(file: &Path, installation: &Installation) -> Result<Vec<Sheet>> {
    pipeline::sheets(&mut super::open(file)?, &settings(installation)?)
}

/// What is told where a returned workbook is only looked at.
fn settings(installation: &Installation) -> Result<Settings> {
    Ok(Settings { keys: Folder::default().known(installation)?, ..super::settings() })
}
