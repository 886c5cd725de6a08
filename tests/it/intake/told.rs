//! What register, receipts and program say of a day: nothing is left out, nothing counted twice, nothing contradicts itself.

use std::fs;
use std::path::Path;

use super::batch::{batch, of, put, said};
use super::unpack::zip;

/// A batch whose folder of records was spoiled before.
fn with_records(spoil: impl Fn(&Path)) -> std::process::Output {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = put(folder.path(), "甲.zip", &zip(&[("甲.xlsx", &of("甲项目建设", "某县教育局"))]));
    let out = folder.path().join("out");
    fs::create_dir_all(out.join(".jixiao")).expect("a folder");
    spoil(&out.join(".jixiao/dropped"));
    batch(&archive, &out, &[])
}

#[test]
fn records_of_earlier_days_are_all_read_or_nothing_is() {
    let many = |count: usize| {
        move |folder: &Path| {
            fs::create_dir(folder).expect("a folder");
            (0..count).for_each(|name| fs::write(folder.join(format!("{name}.json")), b"").expect("a file"));
        }
    };
    let run = with_records(many(2_300));
    assert_eq!(said(&run).matches("以前的收件记录“").count(), 2_300, "{:?}", run.status);
    for spoil in
        [&many(100_001) as &dyn Fn(&Path), &|folder| fs::write(folder, b"no folder").expect("a file")]
    {
        let run = with_records(spoil);
        assert_eq!(run.status.code(), Some(4), "{}", said(&run));
        assert!(said(&run).contains("以前的收件记录"), "{}", said(&run));
    }
}
