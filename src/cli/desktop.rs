//! The desktop of Windows: whoever drops files on the program or clicks it has no terminal, and what is said there would be
//! gone with its window. Elsewhere the terminal has said it.

#[cfg(windows)]
use std::io::IsTerminal as _;
use std::path::PathBuf;

#[cfg(windows)]
const TITLE: &str = "jixiao 绩效评分";

/// Whether the program was started from the desktop.
#[cfg(windows)]
pub(super) fn is_there() -> bool {
    std::io::stdout().is_terminal() && jixiao_windows::has_own_console()
}

/// Says something in a window, and shows files in their folders.
#[cfg(windows)]
pub(super) fn say(text: &str, files: &[PathBuf]) {
    use std::os::windows::process::CommandExt as _;

    if !is_there() {
        return;
    }
    jixiao_windows::message(TITLE, text);
    for file in files {
        // Explorer reads its own kind of quotes only. Where there is no Explorer, the window has said where the files are.
        let _ = std::process::Command::new("explorer.exe")
            .raw_arg(format!("/select,\"{}\"", file.display()))
            .spawn();
    }
}

#[cfg(not(windows))]
pub(super) fn say(_: &str, _: &[PathBuf]) {}

/// A short help for who clicks the program, and the offer to stand in the menu 发送到. `false`: there is no desktop, and nothing
/// was said.
#[cfg(windows)]
pub(super) fn welcome() -> bool {
    const HELP: &str = "把工作簿（.xlsx、.xls 等），或装有一个项目全部材料的文件夹，拖到本程序的图标上，即可评分。\n\n\
        结果在原文件旁边，名称中有“已评分”；原文件不会改动。";
    const OFFER: &str = "是否现在加入右键菜单“发送到”？以后在工作簿上点右键，选“发送到”→“绩效评分”即可。\n\
        （不需要管理员权限；取消用命令 jixiao install --remove。）";
    if !is_there() {
        return false;
    }
    if super::install::is_done() {
        jixiao_windows::message(TITLE, HELP);
    } else if jixiao_windows::ask(TITLE, &format!("{HELP}\n\n{OFFER}")) {
        let said = super::install::install().unwrap_or_else(|error| format!("{error}\n{}", error.hint()));
        jixiao_windows::message(TITLE, &said);
    }
    true
}

#[cfg(not(windows))]
pub(super) fn welcome() -> bool {
    false
}
