//! Names of files: which are left alone, and what results, receipts and originals are called.

use std::path::{Path, PathBuf};

use crate::base::file_name::{MAX_UNITS, fitted as fit, portable, split};

/// What stands before the ending of a result's name.
const SCORED: &str = ".已评分";
/// Endings of workbooks whose results are rebuilt, and so have another ending than they.
const REBUILT: [&str; 4] = [".xls", ".xlsb", ".ods", ".et"];
/// What stands before the ending of a receipt's name.
const RECEIPT: &str = ".回执";
/// The folder of the receipts for programs, beside those for people.
pub(super) const FOR_PROGRAMS: &str = "回执数据";
/// Numbered names that are tried before a folder counts as full.
pub(super) const MAX_NUMBERED: u32 = 100_000;

/// Whether a name is no submission: a lock or hidden file, a download or copy that is still under way, the system's own,
/// or receipts that were dropped along with their file.
pub(super) fn ignored(name: &str) -> bool {
    let lower = name.to_lowercase();
    let unfinished = [".tmp", ".crdownload", ".part", ".partial", ".download", ".opdownload", ".filepart"];
    let receipt = [".txt", ".json"].iter().any(|ending| {
        lower.strip_suffix(ending).is_some_and(|stem| stem.rsplit('.').next().is_some_and(is_receipt_tail))
    });
    name.starts_with(['.', '~'])
        || unfinished.iter().any(|ending| lower.ends_with(ending))
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "__macosx" | FOR_PROGRAMS)
        || receipt
}

/// `回执` or `回执(2)`.
fn is_receipt_tail(tail: &str) -> bool {
    tail.strip_prefix("回执").is_some_and(|number| {
        number.is_empty()
            || number
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'))
                .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// What one submission's files are called.
#[derive(Debug, Clone)]
pub(super) struct Naming {
    /// The name it is kept under.
    name: String,
    /// Whether that is another than it came with.
    renamed: bool,
    stem: String,
    is_folder: bool,
}

impl Naming {
    /// From the name it was dropped under.
    pub(super) fn new(name: &str, is_folder: bool) -> Self {
        let kept = portable(name);
        let (stem, ending) = if is_folder { (kept.as_str(), "") } else { split(&kept) };
        let short = fitted(stem, ending);
        // Of two workbooks that differ by their endings alone each result says which it is of.
        let is_rebuilt = REBUILT.iter().any(|rebuilt| ending.eq_ignore_ascii_case(rebuilt));
        let stem = if is_rebuilt { kept.as_str() } else { stem };
        // The result of a result keeps its name.
        let stem = stem.strip_suffix(SCORED).unwrap_or(stem).to_owned();
        Self { renamed: short != name, name: short, stem, is_folder }
    }

    /// Whether the submission is kept under another name than it came with, were it the first of its name.
    pub(super) fn is_renamed(&self) -> bool {
        self.renamed
    }

    /// `项目.已评分.xlsx`, `项目.已评分(2).xlsx` …; of a folder, a folder. `ending` is the workbook's (`xlsx`, `xlsm`).
    pub(super) fn result(&self, number: u32, ending: &str) -> String {
        let point = if self.is_folder { "" } else { "." };
        let ending = if self.is_folder { "" } else { ending };
        fitted(&self.stem, &format!("{SCORED}{}{point}{ending}", suffix(number)))
    }

    /// `项目.绩效评价报告.docx` …
    pub(super) fn titled(&self, title: &str, number: u32, ending: &str) -> String {
        fitted(&self.stem, &format!(".{title}{}.{ending}", suffix(number)))
    }

    /// `项目.回执.txt` …
    pub(super) fn receipt(&self, number: u32, ending: &str) -> String {
        fitted(&self.stem, &format!("{RECEIPT}{}.{ending}", suffix(number)))
    }

    /// Where its receipts stand, below the folder of its result: the one for people, and the one for programs.
    pub(super) fn receipts(&self, folder: &Path, number: u32) -> [PathBuf; 2] {
        [
            folder.join(self.receipt(number, "txt")),
            folder.join(FOR_PROGRAMS).join(self.receipt(number, "json")),
        ]
    }

    /// `项目.复核意见（征求意见稿）.md` …
    pub(super) fn letter(&self, number: u32, kind: &str) -> String {
        fitted(&self.stem, &format!(".{kind}{}.md", suffix(number)))
    }

    /// The name it came with, as far as that can be kept: `项目.xlsx`, `项目(2).xlsx` …
    pub(super) fn original(&self, number: u32) -> String {
        if number == 1 {
            return self.name.clone();
        }
        let (stem, ending) = if self.is_folder { (self.name.as_str(), "") } else { split(&self.name) };
        fitted(stem, &format!("{}{ending}", suffix(number)))
    }
}

/// A result's name for a file.
pub fn result_of(name: &str, ending: &str) -> String {
    Naming::new(name, false).result(1, ending)
}

/// Whether a result may be called so.
pub(super) fn is_result(name: &str) -> bool {
    name.contains(SCORED)
}

fn suffix(number: u32) -> String {
    if number == 1 { String::new() } else { format!("({number})") }
}

/// The number of a receipt of this submission.
pub(super) fn number_of(naming: &Naming, receipt: &str) -> Option<u32> {
    let ending = receipt.rsplit('.').next()?;
    let tail = receipt.rsplit_once(RECEIPT)?.1.strip_suffix(ending)?.strip_suffix('.')?;
    let number = match tail {
        "" => 1,
        tail => tail.strip_prefix('(')?.strip_suffix(')')?.parse().ok()?,
    };
    (naming.receipt(number, ending) == receipt).then_some(number)
}

/// Stem and tail, as long as a name may be.
fn fitted(stem: &str, tail: &str) -> String {
    fit(stem, tail, MAX_UNITS)
}

/// The smallest number with which none of the names is taken; `None` where all are.
pub(super) fn free(names: impl Fn(u32) -> Vec<PathBuf>) -> Option<u32> {
    (1..MAX_NUMBERED).find(|number| names(*number).iter().all(|path| !taken(path)))
}

/// Whether anything stands there, a dangling link included.
fn taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Naming, ignored};

    #[test]
    fn names_stay_within_the_limit_of_the_file_system() {
        let long = format!("{}.xlsx", "绩".repeat(83));
        let naming = Naming::new(&long, false);
        for name in [
            naming.result(1, "xlsx"),
            naming.result(12, "xlsm"),
            naming.receipt(1, "json"),
            naming.original(3),
        ] {
            assert!(name.len() <= 255, "{name}");
        }
        assert!(naming.result(1, "xlsx").ends_with("….已评分.xlsx"));
        assert_eq!(Naming::new("a.xlsx", false).result(2, "xlsx"), "a.已评分(2).xlsx");
        assert_eq!(Naming::new("a.已评分.xlsx", false).result(1, "xlsx"), "a.已评分.xlsx");
        assert_eq!(Naming::new("a.xls", false).result(1, "xlsx"), "a.xls.已评分.xlsx");
        assert_eq!(Naming::new("a.xls.已评分.xlsx", false).result(1, "xlsx"), "a.xls.已评分.xlsx");
        assert_eq!(Naming::new("a.zip", false).receipt(1, "txt"), "a.回执.txt");
        assert_eq!(Naming::new("a.XLSM", false).result(1, "xlsm"), "a.已评分.xlsm");
        assert_eq!(Naming::new("v1.2 材料", true).result(1, "xlsx"), "v1.2 材料.已评分");
    }

    #[test]
    fn names_that_not_every_system_holds_are_changed() {
        for (name, kept) in [
            ("a\u{1b}\n\u{202e}b.xlsx", "a___b.xlsx"),
            ("CON", "_CON"),
            ("nul.xlsx", "_nul.xlsx"),
            ("Com1.已评分.xlsx", "_Com1.已评分.xlsx"),
            ("项目. ", "项目"),
            ("..", "_"),
        ] {
            let naming = Naming::new(name, false);
            assert_eq!((naming.original(1).as_str(), naming.is_renamed()), (kept, true));
        }
        for name in ["项目.xlsx", "COM.xlsx", "Console.xlsx", "汇总 (2).xlsx", "com10.xlsx"] {
            let naming = Naming::new(name, false);
            assert_eq!((naming.original(1).as_str(), naming.is_renamed()), (name, false));
        }
        let long = Naming::new(&"\u{fffd}".repeat(152), false);
        assert!(long.original(1).len() <= 255 && long.is_renamed());
    }

    #[test]
    fn what_is_no_submission_is_known_by_its_name() {
        for name in [
            "~$a.xlsx",
            ".a.xlsx",
            "a.xlsx.tmp",
            "a.CRDOWNLOAD",
            "Thumbs.db",
            "a.回执.txt",
            "a.回执(2).json",
            "回执数据",
        ] {
            assert!(ignored(name), "{name}");
        }
        for name in ["a.xlsx", "回执.xlsx", "a.txt", "我的回执.txt", "tmp"] {
            assert!(!ignored(name), "{name}");
        }
    }
}
