//! Files that another program holds: Windows opens no file that Excel is just saving.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::{Error, ErrorCode};

/// How Windows calls a file, or a part of one, that another program keeps for itself.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;
/// How often a file in use is tried, and after how long: a program that saves has done so within seconds.
const TRIES: u32 = 20;
const WAIT: Duration = Duration::from_millis(250);

/// Whether another program holds the file.
pub fn is_in_use(cause: &io::Error) -> bool {
    cfg!(windows) && matches!(cause.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION))
}

/// Opens a file to read it; one that is in use is waited for a while.
pub fn open_patiently(path: &Path) -> io::Result<File> {
    patiently(|| File::open(path), is_in_use, || std::thread::sleep(WAIT))
}

/// Tries until it is done, or fails otherwise than for being in use, or has been tried long enough.
pub fn patiently<T>(
    mut what: impl FnMut() -> io::Result<T>,
    in_use: impl Fn(&io::Error) -> bool,
    mut wait: impl FnMut(),
) -> io::Result<T> {
    let mut left = TRIES;
    loop {
        match what() {
            Err(cause) if left > 0 && in_use(&cause) => {
                left = left.saturating_sub(1);
                wait();
            }
            outcome => return outcome,
        }
    }
}

/// What a person is told of a file that cannot be opened.
pub fn unopened(cause: io::Error) -> Error {
    let error = if is_in_use(&cause) {
        Error::input("文件正被其他程序打开，无法读取。", "请在 Excel 或 WPS 中保存并关闭该文件，再试一次。")
            .coded(ErrorCode::InputInUse)
    } else {
        Error::input("文件无法打开。", "请检查路径是否正确、文件是否被其他程序占用、是否有读取权限。")
    };
    error.because(cause)
}
