//! The library's door: what a program that is not `jixiao` can do with it.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};

use jixiao::{ErrorCode, ErrorKind, Scorer, Source};

use crate::support::{MODEL, workbook};

fn opened(name: &str) -> [Source<File>; 1] {
    let reader = File::open(workbook(name)).expect("the workbook");
    [Source { name: name.rsplit('/').next().expect("a name").to_owned(), reader }]
}

fn total(scorer: &Scorer, name: &str) -> Result<String, jixiao::Error> {
    let reports = scorer.check(&mut opened(name))?;
    Ok(reports[0].score.as_ref().expect("a score").total.to_string())
}

#[test]
fn other_formats_are_read_by_the_program_that_is_told() {
    let ods = MODEL.replace(".xlsx", ".ods");
    let refused = total(&Scorer::new(), &ods).expect_err("nothing reads it");
    assert_eq!((refused.code(), refused.kind()), (ErrorCode::InputNeedsWorker, ErrorKind::Input));
    let scorer = Scorer::new().with_worker(env!("CARGO_BIN_EXE_jixiao"));
    assert_eq!(total(&scorer, &ods).expect("read"), "87.5");
    assert_eq!(total(&scorer, &MODEL.replace(".xlsx", ".xls")).expect("read"), "87.5");
}

#[test]
fn a_program_can_tell_what_went_wrong() {
    let code = |name: &str| total(&Scorer::new(), &format!("bad/{name}")).expect_err(name).code();
    assert_eq!(code("空文件.xlsx"), ErrorCode::InputEmpty);
    assert_eq!(code("加密.xlsx"), ErrorCode::InputEncrypted);
    assert_eq!(code("改了扩展名的文本.xlsx"), ErrorCode::InputNotAWorkbook);
    assert_eq!(code("截断.xlsx"), ErrorCode::InputDamaged);
    let broken = [("坏.toml".to_owned(), "schema = 1\nname = 3".to_owned())];
    let fault = Scorer::new().with_mappings(&broken).expect_err("a fault");
    assert_eq!((fault.code(), fault.kind()), (ErrorCode::Mapping, ErrorKind::Usage));
    assert!(fault.to_string().contains("坏.toml"), "{fault}");
}

/// No file is left unwritten without a word.
#[test]
fn each_file_has_its_place() {
    let mut none: [Cursor<Vec<u8>>; 0] = [];
    let refused = Scorer::new().score(&mut opened(MODEL), &mut none).expect_err("no place");
    assert_eq!(refused.kind(), ErrorKind::Usage);
}

/// What it writes is what `jixiao score` writes: a run over it finds its own record, proved by the same keys.
#[test]
fn what_comes_back_is_a_return_of_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let scorer =
        Scorer::new().with_keys(folder.path()).expect("keys").with_day("2026-01-01".parse().expect("a day"));
    let mut returned = [Cursor::new(Vec::new())];
    scorer.score(&mut opened(MODEL), &mut returned).expect("scored");
    let mut again = Vec::new();
    returned[0].seek(SeekFrom::Start(0)).expect("its start");
    returned[0].read_to_end(&mut again).expect("its bytes");
    let mut files = [Source { name: MODEL.to_owned(), reader: Cursor::new(again) }];
    let reports = scorer.check(&mut files).expect("read");
    assert!(reports[0].changes.is_empty());
    assert!(!reports[0].findings.iter().any(|finding| finding.id.id() == "record-not-proved"));
    let stranger = tempfile::tempdir().expect("a folder");
    let stranger = Scorer::new().with_keys(stranger.path()).expect("keys");
    let reports = stranger.check(&mut files).expect("read");
    assert!(reports[0].findings.iter().any(|finding| finding.id.id().starts_with("record-")), "said");
}
