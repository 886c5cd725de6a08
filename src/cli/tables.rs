//! Arguments about the tables that other engines read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::export::Format;
use crate::service::tables::Wanted;

/// What stands for the region where none is told.
const NO_REGION: &str = "未指明";

/// Where the tables of a batch go, if they are wanted.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Tables {
    /// 把评分结果另写成数据表，放入这个文件夹（供数据库和分析工具读取）；已写入的内容不重复写
    #[arg(long, value_name = "文件夹")]
    export: Option<PathBuf>,
    #[command(flatten)]
    kind: Kind,
}

/// How tables are written, and what they are of.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Kind {
    /// 数据表的格式：parquet、ndjson、csv，可写多个，用逗号分开；不写则为 parquet
    #[arg(long, value_name = "格式", value_enum, value_delimiter = ',', hide_possible_values = true)]
    export_format: Vec<Written>,
    /// 这些材料属于哪个地区（写入数据表）
    #[arg(long, value_name = "地区")]
    region: Option<String>,
}

/// A format, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Written {
    /// Parquet
    Parquet,
    /// 每行一个 JSON 对象
    Ndjson,
    /// 逗号分隔的文本（UTF-8）
    Csv,
}

impl Tables {
    /// What is wanted, if anything, of the batch that is known by this folder.
    pub(super) fn wanted(&self, batch: &Path) -> Option<Wanted> {
        self.export.as_ref().map(|folder| self.kind.to(folder.clone(), batch))
    }
}

impl Kind {
    /// Tables of this kind in a folder, of the batch that is known by another.
    pub(super) fn to(&self, folder: PathBuf, batch: &Path) -> Wanted {
        let format = |written: &Written| match written {
            Written::Parquet => Format::Parquet,
            Written::Ndjson => Format::Ndjson,
            Written::Csv => Format::Csv,
        };
        let mut formats: BTreeSet<Format> = self.export_format.iter().map(format).collect();
        if formats.is_empty() {
            formats.insert(Format::Parquet);
        }
        Wanted { folder, formats, region: region(self.region.as_deref()), batch: batch.to_owned() }
    }
}

/// The region that is told, or what stands for it.
pub(super) fn region(told: Option<&str>) -> String {
    told.map(str::trim).filter(|region| !region.is_empty()).unwrap_or(NO_REGION).to_owned()
}
