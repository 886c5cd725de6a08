//! The seeds of the fuzz targets, replayed and shaken on stable.

#[path = "../../../fuzz/xlsx.rs"]
mod targets;

use std::fs;
use std::path::Path;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    files.into_iter().map(|f| fs::read(f).unwrap()).collect()
}

/// The seed itself, then cut, doubled and with bytes changed, the same way every time.
pub(crate) fn shake(target: &str, run: fn(&[u8]), rounds: u64) {
    for seed in seeds(target) {
        run(&seed);
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % u64::try_from(below.max(1)).unwrap()).unwrap()
        };
        for _ in 0..rounds {
            let mut data = seed.clone();
            for _ in 0..=random(3) {
                let at = random(data.len());
                match random(5) {
                    0 => data.truncate(at),
                    1 => drop(data.splice(at..at, b"<>\"&/ ".iter().skip(random(6)).copied().take(1))),
                    2 => {
                        let end = (at + random(40)).min(data.len());
                        let copy = data[at..end].to_vec();
                        let to = random(data.len());
                        data.splice(to..to, copy);
                    }
                    3 => drop(data.drain(at..(at + random(12)).min(data.len()))),
                    _ => {
                        if let Some(byte) = data.get_mut(at) {
                            *byte ^= 1 << random(8);
                        }
                    }
                }
            }
            run(&data);
        }
    }
}

#[test]
fn package_seeds() {
    shake("xlsx_package", targets::package, 150);
}

#[test]
fn sheet_seeds() {
    shake("xlsx_sheet", targets::sheet, 60);
}

#[test]
fn styles_seeds() {
    shake("xlsx_styles", targets::styles, 60);
}

#[test]
fn notes_seeds() {
    shake("xlsx_notes", targets::notes, 60);
}
