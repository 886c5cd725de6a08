//! A submission as files: one workbook, or a folder whose files are one case.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::answer::{Made, Mark, Refusal};
use super::disk;
use super::marked;
use super::names::{self, Naming};
use super::worker::Outcome;
use crate::base::{readable_name, sha256_of};
use crate::pipeline::kinds;

/// A submission.
#[derive(Debug, Clone)]
pub(super) struct Submission {
    /// The name it was dropped under.
    pub(super) name: String,
    /// What its results and receipts are called.
    pub(super) naming: Naming,
    /// The files to read, reports last.
    pub(super) files: Vec<PathBuf>,
    /// Files of a folder that are not read.
    pub(super) others: Vec<PathBuf>,
    /// The folder, where it is one.
    folder: Option<PathBuf>,
    /// Whether its results are a folder.
    is_folder: bool,
}

impl Submission {
    /// Of a file, or of a folder with what is in it now.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        let name = shown(path);
        let folder = path.is_dir().then(|| path.to_owned());
        let (mut files, mut others): (Vec<PathBuf>, Vec<PathBuf>) = match &folder {
            Some(folder) => disk::files_of(folder)?.into_iter().partition(|file| kinds::is_read(file)),
            None => (vec![path.to_owned()], Vec::new()),
        };
        // Reports go behind the tables that they are held against.
        if !files.is_empty() {
            let beside = |file: &PathBuf| kinds::may_be_report(file) && file.parent() == folder.as_deref();
            files.extend(others.extract_if(.., |file| beside(file)));
        }
        let is_folder = folder.is_some();
        Ok(Self { naming: Naming::new(&name, is_folder), name, files, others, folder, is_folder })
    }

    /// Files that were put together: what they are called where something is said of them, and their results.
    pub(super) fn of_files(name: String, result: &str, files: Vec<PathBuf>) -> Self {
        let is_folder = files.len() > 1;
        let naming = Naming::new(result, is_folder);
        Self { naming, name, files, others: Vec::new(), folder: None, is_folder }
    }

    /// One of which nothing is known but its name.
    pub(super) fn unread(path: &Path) -> Self {
        let name = shown(path);
        let folder = path.is_dir().then(|| path.to_owned());
        let is_folder = folder.is_some();
        let naming = Naming::new(&name, is_folder);
        Self { name, naming, files: Vec::new(), others: Vec::new(), folder, is_folder }
    }

    /// Its name, and of a folder those of all files and folders in it.
    pub(super) fn names(&self) -> Vec<String> {
        let inside = |file: &PathBuf| {
            let folder = self.folder.as_ref()?;
            let parts = file.strip_prefix(folder).ok()?.components();
            Some(parts.map(|part| readable_name(part.as_os_str())).collect::<Vec<_>>())
        };
        let inside = self.files.iter().chain(&self.others).filter_map(inside).flatten();
        std::iter::once(self.name.clone()).chain(inside).collect()
    }

    /// Whether it is a folder.
    pub(super) fn is_folder(&self) -> bool {
        self.is_folder
    }

    /// The SHA-256 of its content: of the file, or of the names and contents of all files of the folder.
    pub(super) fn sha256(&self) -> io::Result<String> {
        if let ([only], None) = (self.files.as_slice(), &self.folder) {
            return disk::sha256(only);
        }
        let mut all: Vec<&PathBuf> = self.files.iter().chain(&self.others).collect();
        all.sort();
        let mut texts = Vec::new();
        for file in all {
            let inside = self.folder.as_ref().and_then(|folder| file.strip_prefix(folder).ok());
            let name = inside.map_or_else(|| shown(file), |inside| inside.to_string_lossy().into_owned());
            texts.extend([name, disk::sha256(file)?]);
        }
        Ok(sha256_of(texts.iter().map(String::as_str)))
    }

    /// Why a folder is no submission, if it is none.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        let refusal = |message: String, hint: &str| Some(Refusal { message, hint: hint.to_owned() });
        let folder = self.folder.as_ref()?;
        if self.files.is_empty() {
            return refusal(
                "文件夹中没有可以读取的表格。".to_owned(),
                &format!("请把申报表、评分表、明细账等文件（{}）放入文件夹。", kinds::read_endings()),
            );
        }
        if let Some(file) = self.files.iter().find(|file| file.parent() != Some(folder)) {
            return refusal(
                format!("文件夹里还有文件夹（其中有“{}”），无法判断哪些文件属于同一个项目。", shown(file)),
                "请每个项目单独放一个文件夹，文件直接放在里面，不要再分子文件夹。",
            );
        }
        if self.files.len() > kinds::MAX_FILES {
            return refusal(
                format!("文件夹中有 {} 个文件，一个项目最多 {} 个。", self.files.len(), kinds::MAX_FILES),
                "一个文件夹只放一个项目的材料；各自独立的工作簿请单独提交，不要装在文件夹里。",
            );
        }
        let names: Vec<String> = self.files.iter().map(|file| shown(file)).collect();
        let both = names.iter().find(|name| {
            let result = names::result_of(name, ending(name));
            **name != result && names.contains(&result)
        })?;
        refusal(
            format!("文件夹中同时有“{both}”和它的评分结果“{}”。", names::result_of(both, ending(both))),
            "请只保留其中一个后重新提交。",
        )
    }

    /// What becomes of it by its names and its shape alone, where it is not to be read.
    pub(super) fn unread_outcome(&self) -> Option<Outcome> {
        marked::by_name(self).map(Outcome::Marked).or_else(|| self.refusal().map(Outcome::Refused))
    }

    /// Its results as one thing to move, below `home`, where they were made: the file, or of a folder a folder.
    pub(super) fn gathered(&self, results: Vec<Option<Made>>, home: &Path) -> io::Result<Option<Gathered>> {
        let made = results.into_iter().enumerate().filter_map(|(file, made)| Some((file, made?)));
        if self.is_folder() {
            return self.gathered_folder(made, home);
        }
        let one = |(file, made): (usize, Made)| {
            let path = made.path.strip_prefix(home).ok()?.to_owned();
            let returned = made.answer.mark.map(|mark| Returned { file, path: path.clone(), mark });
            Some(Gathered { path, ending: made.answer.ending, returned: returned.into_iter().collect() })
        };
        let mut made = made;
        Ok(made.next().and_then(one))
    }

    fn gathered_folder(
        &self,
        made: impl Iterator<Item = (usize, Made)>,
        home: &Path,
    ) -> io::Result<Option<Gathered>> {
        let path = PathBuf::from("result");
        let folder = home.join(&path);
        disk::remove(&folder)?;
        fs::create_dir(&folder)?;
        let mut any = false;
        let mut returned = Vec::new();
        for (file, made) in made {
            let Some(source) = self.files.get(file) else { continue };
            let naming = Naming::new(&names::result_of(&shown(source), &made.answer.ending), false);
            let number = names::free(|number| vec![folder.join(naming.original(number))]);
            let name = naming.original(number.unwrap_or(1));
            disk::rename_new(&made.path, &folder.join(&name))?;
            let path = path.join(name);
            returned.extend(made.answer.mark.map(|mark| Returned { file, path, mark }));
            any = true;
        }
        disk::sync_folder(&folder);
        Ok(any.then_some(Gathered { path, ending: String::new(), returned }))
    }
}

/// Why a folder is not even looked through.
pub(super) fn excess() -> Refusal {
    Refusal {
        message: "文件夹中的文件过多，或层数过深。".to_owned(),
        hint: "一个文件夹只放一个项目的材料。".to_owned(),
    }
}

/// The results of a submission.
#[derive(Debug)]
pub(super) struct Gathered {
    /// The file or folder.
    pub(super) path: PathBuf,
    /// How its name ends.
    pub(super) ending: String,
    /// The returns in it.
    pub(super) returned: Vec<Returned>,
}

/// A workbook that is returned.
#[derive(Debug)]
pub(super) struct Returned {
    /// Which of the submission's files.
    pub(super) file: usize,
    /// Where it is now.
    pub(super) path: PathBuf,
    /// The return.
    pub(super) mark: Mark,
}

fn ending(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// A name without its folder.
pub(super) fn shown(file: &Path) -> String {
    readable_name(file.file_name().unwrap_or_default())
}
