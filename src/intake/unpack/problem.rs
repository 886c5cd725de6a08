//! Why something is not to be had out of an archive.

use serde::{Deserialize, Serialize};

use crate::base::Error;

/// Why something is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// It is encrypted.
    Password,
    /// It, or the archive at its place, is damaged.
    Damaged,
    /// It is larger than a file may be.
    Large,
    /// It is packed in a way that is not read.
    Method,
    /// It is an archive of a kind that is not unpacked.
    Archive,
    /// It is an archive in too many others.
    Nested,
    /// It is a link.
    Link,
    /// Its name bears a secrecy mark.
    Marked,
}

impl Problem {
    /// What a clerk reads.
    pub fn message(self) -> &'static str {
        match self {
            Self::Password => "压缩包有密码，没有解压",
            Self::Damaged => "压缩包中的这个文件已损坏，没有解压出来",
            Self::Large => "文件过大，没有解压",
            Self::Method => "压缩方式不常见，没有解压",
            Self::Archive => "这种压缩格式（如 .rar）不能解压",
            Self::Nested => "压缩包套压缩包的层数过多，没有解压",
            Self::Link => "是快捷方式（链接），没有解压",
            Self::Marked => "名称带有密级标志，没有解压，也没有读取",
        }
    }

    /// What the clerk does about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Password => "请填报单位去掉密码，重新压缩为 .zip 后提交。",
            Self::Damaged => "请填报单位确认文件能打开，重新压缩为 .zip 后提交。",
            Self::Large => "请确认文件来源；确为项目材料的，删去无关内容后重新提交。",
            Self::Method | Self::Archive => "请在电脑上解压后，重新压缩为 .zip，或放在文件夹中提交。",
            Self::Nested => "请解压后把材料直接放在一个压缩包或文件夹中提交。",
            Self::Link => "请提交文件本身。",
            Self::Marked => "涉密材料不得在本系统处理，请按保密规定另行办理。",
        }
    }

    /// The same of something as a whole.
    pub fn error(self) -> Error {
        Error::input(format!("{}。", self.message()), self.hint())
    }
}
