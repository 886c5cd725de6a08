//! Proofreading: a report read, held against its case where one is given, and what came of it.

use std::io::{Read, Seek};
use std::path::Path;

use super::{CaseOutcome, Source};
use crate::base::{Error, Result, sha256};
use crate::check::Facts;
use crate::docx::read::{self, Block, Document, TextRegion};
use crate::model::{Case, Finding, Project, Reconciliation, SourceId};
use crate::output::{json::Report, report};
use crate::proof;
use crate::sheet::secrecy;

/// The ending of a report in plain text.
const PLAIN: &str = "txt";
/// Bytes of a report; one of four hundred pages with pictures has a tenth of it.
const MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Paragraphs that are the head of a document.
const HEAD: usize = 8;

/// A report that was proofread.
#[derive(Debug)]
pub struct Proofread {
    /// The case as far as it is told of the report: the file, and the project where a workbook says it.
    case: Case,
    /// What was found.
    pub findings: Vec<Finding>,
    /// How it was read, where that is to be said, in Chinese.
    pub remarks: Vec<&'static str>,
    /// Whether the file calls itself a report, or has the title or the chapters of one.
    pub is_report: bool,
}

impl Proofread {
    /// As the JSON object.
    pub fn report(&self) -> Report {
        report::report(&self.case, None, &Reconciliation::default(), (&self.findings, None), &[])
    }
}

/// Proofreads a report by itself, or against the one of the cases that it is about.
pub fn proof<R: Read + Seek>(source: &mut Source<R>, cases: &[CaseOutcome]) -> Result<Proofread> {
    let (id, document) = read(source)?;
    let outcome = match cases {
        [] => None,
        [only] => Some(only),
        several => Some(named(&document, several)?),
    };
    let project = outcome.map_or_else(Project::default, |outcome| outcome.case.project.clone());
    let remarks = document.remarks.clone();
    let is_report = super::kinds::is_report(Path::new(&id.file)) || proof::is_report(&document);
    let facts = outcome.map(|outcome| Facts {
        case: &outcome.case,
        scorecard: outcome.scored.as_ref().map(|scored| &scored.card),
        reconciliation: &outcome.reconciliation,
    });
    let findings = proof::run(document, facts.as_ref());
    let case = Case { source: id, project, ..Case::default() };
    Ok(Proofread { case, findings, remarks, is_report })
}

/// Reads a report, unless it bears a secrecy mark.
fn read<R: Read + Seek>(source: &mut Source<R>) -> Result<(SourceId, Document)> {
    let io = |cause: std::io::Error| {
        Error::input("读取文件失败", "请检查磁盘或网络位置是否可用，然后重试。").because(cause)
    };
    secrecy::check_name(&source.name)?;
    let length = source.reader.seek(std::io::SeekFrom::End(0)).map_err(io)?;
    if length == 0 || length > MAX_BYTES {
        let what = if length == 0 { "文件是空的" } else { "文件过大，已停止读取" };
        return Err(Error::input(what, "请重新获取报告原文件，确认能用 Word 或 WPS 打开后再提交。"));
    }
    source.reader.rewind().map_err(io)?;
    let digest = sha256(&mut source.reader).map_err(io)?;
    source.reader.rewind().map_err(io)?;
    let ending = Path::new(&source.name).extension();
    let document = if ending.is_some_and(|ending| ending.eq_ignore_ascii_case(PLAIN)) {
        let mut bytes = Vec::new();
        source.reader.read_to_end(&mut bytes).map_err(io)?;
        read::plain(&bytes)?
    } else {
        read::read(&mut source.reader)?
    };
    let texts = document.pieces.iter().enumerate().flat_map(|(at, piece)| match piece {
        Block::Paragraph(one) => vec![(one.text.as_str(), at < HEAD || one.place == TextRegion::Margin)],
        Block::Table(table) => {
            table.rows.iter().flatten().map(|cell| (cell.text.as_str(), at < HEAD)).collect()
        }
    });
    secrecy::check_texts(texts)?;
    let file = SourceId { file: source.name.clone(), sha256: digest };
    if document.pieces.is_empty() {
        return Err(Error::input("文档中没有文字", "扫描件不能核对；请提交有文字的报告。"));
    }
    Ok((file, document))
}

/// The one of several cases whose project a report names.
fn named<'c>(document: &Document, cases: &'c [CaseOutcome]) -> Result<&'c CaseOutcome> {
    let says = |outcome: &&CaseOutcome| {
        let Some(name) = outcome.case.project.name.as_deref() else { return false };
        document.pieces.iter().any(|piece| match piece {
            Block::Paragraph(paragraph) => paragraph.text.contains(name),
            Block::Table(table) => table.rows.iter().flatten().any(|cell| cell.text.contains(name)),
        })
    };
    let mut found = cases.iter().filter(says);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(Error::usage(
            "工作簿中有几个项目，不能确定报告是哪一个项目的。",
            "请只提交报告所评项目的工作簿。",
        )),
    }
}
