//! The command line in Chinese: help, usage and what is said of arguments that cannot be taken. The parser itself speaks
//! English only.

use std::error::Error as _;
use std::ffi::OsStr;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// The parser's own words that stand inside help, and what stands for them.
const WORDS: [(&str, &str); 6] = [
    ("[OPTIONS]", "[选项]"),
    ("[COMMAND]", "[命令]"),
    ("<COMMAND>", "<命令>"),
    ("[possible values: ", "[可选："),
    ("[default: ", "[默认："),
    ("[aliases: ", "[又名："),
];

/// What one would type, by the last name of the command.
const EXAMPLES: [(&str, &[&str]); 36] = [
    ("jixiao", &["jixiao score 自评表.xlsx", "jixiao watch --inbox 收件 --outbox 结果"]),
    (
        "report",
        &["jixiao report 自评表.xlsx", "jixiao report 某项目文件夹 --template 本局模板.docx --out 报告.docx"],
    ),
    ("score", &["jixiao score 自评表.xlsx", "jixiao score 某项目文件夹 --out 结果"]),
    ("check", &["jixiao check 自评表.xlsx", "jixiao check 某项目文件夹 --json"]),
    ("reconcile", &["jixiao reconcile 自评表.xlsx 明细账.csv"]),
    (
        "criterion",
        &[
            "jixiao criterion --text 满意度达到90%得满分，每低1个百分点扣0.5分，扣完为止。 --weight 10 --actual 88%",
            "jixiao criterion --tsv 评分标准.tsv",
        ],
    ),
    ("mapping", &["jixiao mapping show 自评表.xlsx", "jixiao mapping infer 考核表.xlsx > 考核表.toml"]),
    ("show", &["jixiao mapping show 自评表.xlsx"]),
    ("infer", &["jixiao mapping infer 考核表.xlsx > 考核表.toml"]),
    ("schema", &["jixiao mapping schema > mapping.schema.json"]),
    ("verify", &["jixiao verify 自评表.已评分.xlsx"]),
    ("key", &["jixiao key show", "jixiao key trust 第三方机构.pub"]),
    ("init", &["jixiao key init --keys 密钥"]),
    ("trust", &["jixiao key trust 第三方机构.pub"]),
    ("batch", &["jixiao batch 材料.zip --out 结果 --roster 项目清单.xlsx"]),
    ("export", &["jixiao export 结果 --to 数据表 --region 东湖区 --export-format parquet,csv"]),
    ("watch", &["jixiao watch --inbox 收件 --outbox 结果", "jixiao watch --status 服务文件夹"]),
    (
        "serve",
        &[
            "jixiao serve --inbox 收件 --outbox 结果",
            "jixiao serve --listen 10.1.2.3:8480 --proxy https://jixiao.example.gov.cn --config jixiao.toml",
        ],
    ),
    (
        "user",
        &["jixiao user add 张三 --role 评价人员 --base 服务文件夹", "jixiao user list --base 服务文件夹"],
    ),
    ("add", &["jixiao user add 张三 --role 评价人员 --base 服务文件夹"]),
    ("password", &["jixiao user password 张三 --base 服务文件夹"]),
    ("role", &["jixiao user role 张三 审计人员 --base 服务文件夹"]),
    ("block", &["jixiao user block 张三 --base 服务文件夹"]),
    ("admit", &["jixiao user admit 张三 --base 服务文件夹"]),
    ("remove", &["jixiao user remove 张三 --base 服务文件夹"]),
    ("list", &["jixiao user list --base 服务文件夹"]),
    ("log", &["jixiao user log 张三 --base 服务文件夹"]),
    ("worker", &["jixiao worker stream --root 材料 --out 结果 --region 东湖区"]),
    ("stream", &["jixiao worker stream --root 材料 --out 结果 --region 东湖区"]),
    ("explain", &["jixiao explain total-differs", "jixiao explain 总分与各项得分之和不符"]),
    ("install", &["jixiao install", r"jixiao service install D:\jixiao\jixiao.toml"]),
    ("service", &[r"jixiao service install D:\jixiao\jixiao.toml"]),
    ("start", &["jixiao service start"]),
    ("stop", &["jixiao service stop"]),
    ("uninstall", &["jixiao service uninstall"]),
    ("generate", &["jixiao generate 安装文件"]),
];

/// The command and all below it with headings, help and version options in Chinese.
pub(super) fn translated(mut command: Command) -> Command {
    let mut template = String::from("{before-help}{about-with-newline}\n用法：{usage}\n");
    for (any, heading, list) in [
        (command.has_subcommands(), "命令", "subcommands"),
        (command.get_positionals().next().is_some(), "参数", "positionals"),
    ] {
        if any {
            template.push_str(&format!("\n{heading}：\n{{{list}}}\n"));
        }
    }
    template.push_str("\n选项：\n{options}{after-help}");
    let examples =
        EXAMPLES.iter().filter(|(name, _)| *name == command.get_name()).flat_map(|(_, lines)| *lines);
    let examples = examples.map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
    if !examples.is_empty() {
        command = command.after_help(format!("示例：\n{examples}"));
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助");
    let version = command.get_version().is_some();
    let command = command
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .mut_subcommands(translated)
        .arg(help);
    if version {
        let version =
            Arg::new("version").short('V').long("version").action(ArgAction::Version).help("显示版本");
        let verbose = Arg::new("verbose")
            .short('v')
            .long("verbose")
            .action(ArgAction::SetTrue)
            .help("与 --version 同用：另显示目标平台、源码提交和附加功能");
        return command.args([version, verbose]);
    }
    command
}

/// Whether it is help or a version that was asked for, no fault.
pub(super) fn is_answer(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
}

/// Help in Chinese, for a terminal that shows colours or for one that does not; or the version.
pub(super) fn answer(error: &Error, colours: bool) -> String {
    // The parser ends at `--version`, whatever else is asked for.
    if error.kind() == ErrorKind::DisplayVersion && std::env::args_os().any(|arg| is_verbose(&arg)) {
        return format!("{error}{}\n", env!("JIXIAO_BUILT").replace('\t', "\n"));
    }
    let shown: StyledStr = error.render();
    let text = if colours { shown.ansi().to_string() } else { shown.to_string() };
    WORDS.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// `--verbose`, or `v` among short options (`-Vv`).
fn is_verbose(arg: &OsStr) -> bool {
    let arg = arg.to_string_lossy();
    let short = arg.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
    arg == "--verbose" || short.is_some_and(|letters| letters.contains('v'))
}

/// What is wrong with the arguments, and what to write instead.
pub(super) fn fault(error: &Error) -> String {
    let of = |kind: ContextKind| error.get(kind).map(shown).filter(|text| !text.is_empty());
    let text = |kind: ContextKind| of(kind).unwrap_or_default();
    let arg = text(ContextKind::InvalidArg);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令。", text(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("没有“{arg}”这个选项，或此处不应再有它。"),
        ErrorKind::InvalidValue if text(ContextKind::InvalidValue).is_empty() => {
            format!("“{arg}”后面没有写值。")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("“{}”不能作为“{arg}”的值。", text(ContextKind::InvalidValue))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少：{arg}。"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "没有写要做什么。".to_owned()
        }
        ErrorKind::ArgumentConflict => match of(ContextKind::PriorArg) {
            Some(prior) if prior != arg => format!("“{arg}”不能与“{prior}”同时使用。"),
            _ => format!("“{arg}”只能写一次。"),
        },
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            format!("“{arg}”后面值的个数不对。")
        }
        ErrorKind::NoEquals => format!("“{arg}”与值之间须写等号。"),
        ErrorKind::InvalidUtf8 => "参数不是有效的文字。".to_owned(),
        _ => "命令的写法无法识别。".to_owned(),
    };
    let suggested =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let hint = match suggested.into_iter().find_map(of).or_else(|| of(ContextKind::ValidValue)) {
        Some(words) => format!("可写：{words}。"),
        None if error.source().is_some() => "请写整数。".to_owned(),
        None => "请加 --help 查看写法和示例。".to_owned(),
    };
    format!("错误：{message}\n  怎么办：{hint}\n")
}

/// What the parser says of a fault, as text.
fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::StyledStrs(texts) => {
            texts.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
        }
        ContextValue::Number(number) => number.to_string(),
        ContextValue::Bool(flag) => flag.to_string(),
        _ => String::new(),
    }
}
