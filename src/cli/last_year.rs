//! `--last-year`: the forms of the year before.

use std::path::{Path, PathBuf};

use super::input::Told;
use crate::base::{Error, Result, printable};
use crate::model::Past;
use crate::pipeline::{self, Settings, kinds};

/// Files of a folder that are read at most.
const MAX_FILES: usize = 5_000;

/// The argument.
#[derive(Debug, Default, clap::Args)]
pub(super) struct LastYear {
    /// 上年的自评表或评分表，可写多个；写文件夹则为其中全部表格。本表没有写明的上年值从同一项目、同一单位的表中取
    #[arg(long, value_name = "文件")]
    last_year: Vec<PathBuf>,
}

impl LastYear {
    /// What they say. A file of a folder that cannot be read is said and left out; one that was named ends the run.
    pub(super) fn read(&self, told: &Told, settings: &Settings) -> Result<Vec<Past>> {
        let mut all = Vec::new();
        for path in &self.last_year {
            super::check_path(path)?;
            if !path.is_dir() {
                all.extend(one(path, told, settings)?.into_iter().map(|past| Past { told: true, ..past }));
                continue;
            }
            for file in files(path)? {
                match one(&file, told, settings) {
                    Ok(found) => all.extend(found),
                    Err(error) => {
                        eprintln!(
                            "提醒：没有采用上年的“{}”：{}",
                            printable(&file.display().to_string()),
                            printable(&error.to_string())
                        );
                    }
                }
            }
        }
        Ok(all)
    }
}

fn one(file: &Path, told: &Told, settings: &Settings) -> Result<Vec<Past>> {
    pipeline::past(&mut super::open(file)?, &told.mappings, settings)
}

/// The tables of a folder, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |cause: std::io::Error| {
        Error::input("上年的文件夹无法读取。", "请检查路径是否正确、是否有读取权限。").because(cause)
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let file = entry.map_err(unreadable)?.path();
        let passing = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['~', '.']));
        if !passing && kinds::is_read(&file) && file.is_file() {
            files.push(file);
        }
        if files.len() > MAX_FILES {
            let message = format!("上年的文件夹中有超过 {MAX_FILES} 个文件。");
            return Err(Error::usage(message, "请只放上年的自评表。"));
        }
    }
    files.sort();
    Ok(files)
}
