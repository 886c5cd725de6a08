//! Why a run cannot proceed. Faults *in the data* are findings, never errors.
//!
//! Every error reaches a clerk, so it says in Chinese what is wrong and what to do about it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of failure it is; each has its exit code, which scripts rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorKind {
    /// The command line, a mapping file or a setting is wrong.
    Usage,
    /// An input could not be read or recognised.
    Input,
    /// An input bears a secrecy mark: it was not read, and stays where it is.
    Marked,
    /// The output could not be written, or failed its own check.
    Output,
    /// A fault of this program.
    Internal,
}

impl ErrorKind {
    /// The process exit code of this kind.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Usage => 2,
            Self::Input | Self::Marked => 3,
            Self::Output => 4,
            Self::Internal => 70,
        }
    }
}

/// What went wrong, for a program that acts on it: words for people change, these do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ErrorCode {
    /// The command line or a setting is wrong.
    Usage,
    /// A mapping file is wrong.
    Mapping,
    /// A key cannot be read or kept.
    Key,
    /// An input could not be read or recognised.
    Input,
    /// The input is empty.
    InputEmpty,
    /// The input has a password.
    InputEncrypted,
    /// The input is no workbook.
    InputNotAWorkbook,
    /// The input is cut off or contradicts itself.
    InputDamaged,
    /// Another program holds the input.
    InputInUse,
    /// The input would cost more than any honest workbook does.
    InputExcessive,
    /// The input is of another format, and no program was told that reads it.
    InputNeedsWorker,
    /// The input bears a secrecy mark.
    Marked,
    /// The output could not be written.
    Output,
    /// The output failed its own check and was not handed out.
    OutputUnsound,
    /// A fault of this program.
    Internal,
}

impl ErrorCode {
    /// The kind of failure that it is one of.
    pub fn kind(self) -> ErrorKind {
        match self {
            Self::Usage | Self::Mapping | Self::Key => ErrorKind::Usage,
            Self::Input
            | Self::InputEmpty
            | Self::InputEncrypted
            | Self::InputNotAWorkbook
            | Self::InputDamaged
            | Self::InputInUse
            | Self::InputExcessive
            | Self::InputNeedsWorker => ErrorKind::Input,
            Self::Marked => ErrorKind::Marked,
            Self::Output | Self::OutputUnsound => ErrorKind::Output,
            Self::Internal => ErrorKind::Internal,
        }
    }
}

/// An error: what is wrong, and what the person in front of it can do.
#[derive(Debug, thiserror::Error)]
pub struct Error {
    code: ErrorCode,
    message: String,
    hint: String,
    #[source]
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error {
    /// An error of the given kind. `message` says what is wrong, `hint` what to do; both in Chinese.
    pub fn new(kind: ErrorKind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        let code = match kind {
            ErrorKind::Usage => ErrorCode::Usage,
            ErrorKind::Input => ErrorCode::Input,
            ErrorKind::Marked => ErrorCode::Marked,
            ErrorKind::Output => ErrorCode::Output,
            ErrorKind::Internal => ErrorCode::Internal,
        };
        Self { code, message: message.into(), hint: hint.into(), cause: None }
    }

    /// An input that could not be read or recognised (exit 3).
    pub fn input(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message, hint)
    }

    /// A wrong command line, mapping or setting (exit 2).
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message, hint)
    }

    /// An output that could not be written or failed its check (exit 4).
    pub fn output(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(ErrorKind::Output, message, hint)
    }

    /// A fault of this program (exit 70). `detail` is for the developer.
    pub fn internal(detail: impl fmt::Display) -> Self {
        Self::new(
            ErrorKind::Internal,
            format!("程序内部错误：{detail}"),
            "请把原文件和本条信息发给软件维护人员；原文件未被改动。",
        )
    }

    /// The same error with a code that says more than its kind.
    #[must_use]
    pub fn coded(mut self, code: ErrorCode) -> Self {
        self.code = code;
        self
    }

    /// The same error with another remedy, where who asks knows better what can be done.
    #[must_use]
    pub fn advised(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same error of a named file, where a run has several.
    #[must_use]
    pub fn of_file(mut self, file: &str) -> Self {
        self.message = format!("文件“{file}”：{}", self.message);
        self
    }

    /// The same error of a named part of a workbook.
    #[must_use]
    pub fn of_part(mut self, part: &str) -> Self {
        self.message = format!("{}（{part}）", self.message);
        self
    }

    /// The same error with what else is to be known of it.
    #[must_use]
    pub fn besides(mut self, more: &str) -> Self {
        self.message.push_str(more);
        self
    }

    /// Keeps the technical cause for the operator's log.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// The kind, which decides the exit code.
    pub fn kind(&self) -> ErrorKind {
        self.code.kind()
    }

    /// What went wrong, for a program.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// What the person can do, in Chinese.
    pub fn hint(&self) -> &str {
        &self.hint
    }
}
