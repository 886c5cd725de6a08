//! The errors of this room, in the words a clerk reads.

use crate::base::{Error, ErrorCode};

/// Names and words of the file as a person can be shown them: on one line, not without end.
pub(crate) fn printable(text: &str) -> String {
    const LONGEST: usize = 200;
    crate::base::printable(&text.chars().take(LONGEST).collect::<String>()).into_owned()
}

/// The file is cut off, contradicts itself or is not written as the standard says.
pub(crate) fn damaged(detail: impl std::fmt::Display) -> Error {
    Error::input(
        format!("文件已损坏，无法可靠读取（{}）", printable(&detail.to_string())),
        "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再提交。",
    )
    .coded(ErrorCode::InputDamaged)
}

/// A part is written in an encoding in which it cannot be edited with certainty.
pub(crate) fn encoded(name: &str) -> Error {
    Error::input(
        format!("文件内容采用 {} 编码，本软件只处理 UTF-8", printable(name)),
        "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后再提交。",
    )
}

/// The file would cost more than any honest workbook does.
pub(crate) fn excessive(detail: impl std::fmt::Display) -> Error {
    Error::input(
        format!("文件内容异常庞大，已停止读取（{}）", printable(&detail.to_string())),
        "请确认文件来源；如确为正常工作簿，请删去无关工作表后另存为 .xlsx 再提交。",
    )
    .coded(ErrorCode::InputExcessive)
}

/// Reading the input failed below us.
pub(crate) fn reading(cause: std::io::Error) -> Error {
    match cause.downcast::<Error>() {
        Ok(error) => error,
        Err(cause) => Error::input("读取文件失败", "请检查磁盘或网络位置是否可用，然后重试。").because(cause),
    }
}

/// Writing the output failed below us.
pub(crate) fn writing(cause: std::io::Error) -> Error {
    match cause.downcast::<Error>() {
        Ok(error) => error,
        Err(cause) => {
            Error::output("写入结果文件失败", "请检查磁盘空间和文件夹权限，然后重试。").because(cause)
        }
    }
}

/// The result did not pass its own check; it must not be handed out.
pub(crate) fn unsound(detail: impl std::fmt::Display) -> Error {
    Error::output(
        format!("结果文件未通过自检，已放弃输出（{detail}）"),
        "原文件未被改动。请把原文件和本条信息发给软件维护人员。",
    )
    .coded(ErrorCode::OutputUnsound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown_by_signs() {
        let error = damaged("a\0b\u{1b}[31m\nc\u{202e}d");
        assert_eq!(error.to_string(), "文件已损坏，无法可靠读取（a␀b␛[31m↵c<U+202E>d）");
        assert!(damaged("x".repeat(5_000)).to_string().chars().count() < 300);
    }
}
