//! Names of parts: how one part points to another (OPC §6.2, §8).

use crate::package::archive::part_key;

/// The part that `target`, written in a relationship of `source`, means. Backslashes, absolute paths and
/// `..` occur; the result has no leading slash.
pub(crate) fn resolve(source: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let target = target.split('#').next().unwrap_or_default();
    let mut path: Vec<&str> = Vec::new();
    let folder = source.trim_start_matches('/').rsplit_once('/').map_or("", |(folder, _)| folder);
    if !target.starts_with('/') {
        path.extend(folder.split('/').filter(|s| !s.is_empty()));
    }
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            other => path.push(other),
        }
    }
    decode(&path.join("/"))
}

/// The part that holds the relationships of a part; of the package for an empty name.
pub(crate) fn rels_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

/// The part whose relationships a `.rels` part holds.
pub(crate) fn source_of(rels: &str) -> Option<String> {
    let rels = rels.replace('\\', "/");
    let (folder, file) = rels.rsplit_once('/')?;
    let file = file.strip_suffix(".rels")?;
    let folder = folder.strip_suffix("_rels")?.trim_end_matches('/');
    Some(if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") })
}

/// The relative target that leads from one part to another.
pub(crate) fn relative(source: &str, target: &str) -> String {
    let folder = |name: &str| -> Vec<String> {
        name.rsplit_once('/').map_or(Vec::new(), |(f, _)| f.split('/').map(str::to_owned).collect())
    };
    let (from, to) = (folder(source), folder(target));
    let same = from.iter().zip(&to).take_while(|(a, b)| part_key(a) == part_key(b)).count();
    let mut path: Vec<String> = from.iter().skip(same).map(|_| "..".to_owned()).collect();
    path.extend(to.into_iter().skip(same));
    path.push(target.rsplit('/').next().unwrap_or(target).to_owned());
    path.join("/")
}

/// Resolves `%20` and its like; what is no valid escape stays.
fn decode(name: &str) -> String {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.first_chunk::<2>().and_then(|h| std::str::from_utf8(h).ok());
        if let Some(value) = hex.and_then(|h| u8::from_str_radix(h, 16).ok()).filter(|_| *first == b'%') {
            out.push(value);
            rest = after.get(2..).unwrap_or_default();
        } else {
            out.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_however_they_are_written() {
        assert_eq!(resolve("xl/workbook.xml", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/workbook.xml", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl/worksheets/sheet1.xml", "..\\drawings\\a%20b.vml#x"), "xl/drawings/a b.vml");
        assert_eq!(resolve("", "xl/workbook.xml"), "xl/workbook.xml");
        assert_eq!(resolve("a.xml", "../../b.xml"), "b.xml");
        assert_eq!(resolve("a.xml", "100%"), "100%");
    }

    #[test]
    fn relationship_parts_stand_beside_their_source() {
        assert_eq!(rels_of("xl/workbook.xml"), "xl/_rels/workbook.xml.rels");
        assert_eq!(rels_of(""), "_rels/.rels");
        assert_eq!(source_of("xl/_rels/workbook.xml.rels").as_deref(), Some("xl/workbook.xml"));
        assert_eq!(source_of("_rels/.rels").as_deref(), Some(""));
        assert_eq!(relative("xl/worksheets/sheet1.xml", "xl/drawings/d.xml"), "../drawings/d.xml");
        assert_eq!(relative("xl/workbook.xml", "xl/styles.xml"), "styles.xml");
        assert_eq!(relative("main.xml", "xl/styles.xml"), "xl/styles.xml");
    }
}
