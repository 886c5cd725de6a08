//! Whatever anybody types into a returned workbook, of every form of the repository: nothing is lost, nothing is passed over
//! without a word, and no cell shows a reason that its score contradicts, before the next run and after it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::base::{CellRef, Number, RangeRef};
use jixiao::inner::returned::OurSheet;
use jixiao::inner::sheet::{Sheet, Value};
use jixiao::inner::xlsx::Content;
use serde_json::Value as Json;

use crate::issues::{ISSUES, MATTERS};
use crate::libreoffice::{Cells, cells, compared, recalculate_all};
use crate::model_case::edited;
use crate::sheets::{sheets, written};
use crate::support::{MODEL, jixiao, workbook};
use crate::walk::pictures;

/// Rounds of a usual run; `JIXIAO_EDITS` raises them.
const ROUNDS: usize = 12;
/// Workbooks that LibreOffice calculates at once.
const AT_ONCE: usize = 20;
const BOOKS: [&str; 3] =
    [MODEL, "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx", "东湖区教体局-课后服务补助-自评-2023.xlsx"];
/// Whether a sheet is one that the program adds, of whichever project of the workbook.
fn is_ours(name: &str) -> bool {
    let title = name.split_once('(').map_or(name, |(title, _)| title);
    title == "_jixiao" || OurSheet::ALL.into_iter().any(|part| part.title() == title)
}

const DETAIL: &str = "评分明细";
/// The first row of 评分明细 below its titles.
const FIRST: u32 = 4;

/// Numbers that look picked at random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }

    fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.roll(of.len())]
    }
}

/// Something typed: sheet, cell, content.
type Typed = (String, String, Content);

/// A number or words that stand nowhere else.
fn content(dice: &mut Dice, round: usize, act: usize) -> Content {
    match dice.roll(3) {
        0 => Content::Text(format!("第{round}轮第{act}处所写")),
        1 => Content::Number(Number::from(u32::try_from(dice.roll(12)).unwrap())),
        _ => Content::Number(format!("{}.{}", dice.roll(30), dice.roll(99)).parse().expect("a number")),
    }
}

/// What a person types into a returned workbook: anywhere on the agency's sheets, and where ours are open.
fn acts(dice: &mut Dice, returned: &Path, round: usize) -> Vec<Typed> {
    let read = sheets(returned);
    let theirs: Vec<&Sheet> = read.iter().filter(|sheet| !is_ours(&sheet.id.name)).collect();
    let detail = read.iter().find(|sheet| sheet.id.name == DETAIL);
    let rows = |sheet: &Sheet, column: u32| {
        let is_row = |row: &u32| !sheet.at(*row, column).is_blank();
        (FIRST - 1..=sheet.last_row().unwrap_or(0)).filter(is_row).collect::<Vec<u32>>()
    };
    let mut typed = BTreeMap::new();
    for act in 0..=dice.roll(4) {
        let what = content(dice, round, act);
        let at = match (dice.roll(5), detail) {
            (0, Some(sheet)) => {
                // The rows of indicators; what is beside the inputs below them is closed.
                let open = rows(sheet, 3).into_iter().zip(FIRST - 1..).filter(|(row, next)| row == next);
                let row = *dice.pick(&open.map(|(row, _)| row).collect::<Vec<u32>>());
                let column = *dice.pick(&[16, 17, 18]);
                let what = if column == 16 {
                    what
                } else {
                    Content::Text(format!("第{round}轮第{act}处所写"))
                };
                typed.insert((DETAIL.to_owned(), address(row, column)), what);
                continue;
            }
            (1, _) => {
                let lists = [ISSUES, MATTERS].into_iter();
                let lists = lists.filter_map(|name| read.iter().find(|sheet| sheet.id.name == name));
                let issues = *dice.pick(&lists.collect::<Vec<&Sheet>>());
                let rows = rows(issues, 5);
                let Some(row) = rows.get(dice.roll(rows.len())) else { continue };
                let what = Content::Text(format!("第{round}轮第{act}处所写"));
                typed.insert((issues.id.name.clone(), address(*row, 9)), what);
                continue;
            }
            (2 | 3, _) => {
                // Where something stands, or would.
                let sheet = dice.pick(&theirs);
                let filled: Vec<CellRef> = sheet.cells().map(|(at, _)| at).collect();
                (sheet.id.name.clone(), *dice.pick(&filled))
            }
            _ => {
                let sheet = dice.pick(&theirs);
                let (rows, cols) = (sheet.last_row().unwrap_or(0) + 2, 14);
                let (row, col) = (dice.roll(rows as usize), dice.roll(cols));
                let at = CellRef::new(u32::try_from(row).unwrap(), u32::try_from(col).unwrap());
                (sheet.id.name.clone(), at.expect("a cell"))
            }
        };
        let sheet = theirs.iter().find(|sheet| sheet.id.name == at.0).expect("the sheet");
        let inside = |merge: &&RangeRef| merge.contains(at.1) && merge.first != at.1;
        if !sheet.merges.iter().any(|merge| inside(&merge)) {
            typed.insert((at.0, at.1.to_string()), what);
        }
    }
    typed.into_iter().map(|((sheet, cell), content)| (sheet, cell, content)).collect()
}

fn address(row: u32, column: u32) -> String {
    CellRef::new(row, column).expect("a cell").to_string()
}

/// What is wrong in a recalculated workbook: rows of 评分明细 whose words contradict their numbers.
fn contradictions(all: &Cells) -> Vec<String> {
    let mut wrong = Vec::new();
    let at = |column: &str, row: u32| {
        all.get(&format!("'{DETAIL}'!{column}{row}")).map(|(value, _)| value.clone())
    };
    let words = |column: &str, row: u32| match at(column, row) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    };
    let number = |column: &str, row: u32| match at(column, row) {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    };
    for row in FIRST.. {
        if number("A", row).is_none() {
            return wrong;
        }
        let (score, lost, ruled) = (number("K", row), number("L", row), number("P", row));
        let (note, state) = (words("M", row), words("N", row));
        let mut must = |is: bool, what: &str| {
            if !is {
                wrong.push(format!("row {row}: {what}: {score:?} {lost:?} {ruled:?} {note} {state}"));
            }
        };
        // What is quoted of the criterion is no reason.
        let own: String =
            note.split('“').map(|part| part.split_once('”').map_or(part, |(_, own)| own)).collect();
        let figure = |after: &str| {
            let rest = own.split_once(after)?.1;
            rest.split('分').next()?.parse::<Number>().ok()
        };
        if state == "测算" {
            must(score.is_some() && score == ruled, "what is computed is what the rule gives");
        }
        if note.starts_with("改定为") {
            must(figure("改定为") == score && figure("测算为") == ruled, "the words of an override");
        }
        if own.matches('扣').count() == 1
            && let Some(said) = figure("扣")
        {
            must(Some(said) == lost, "the points that the reason takes off");
        }
        if state == "测算" && lost.is_some_and(|lost| lost > Number::ZERO) {
            must(!note.is_empty(), "a deduction without a reason");
        }
        must(score.is_some() || state != "测算", "no score, and computed");
    }
    wrong
}

/// Whether what was typed is still there, and what is said of it.
fn lost(typed: &Typed, after: &Cells) -> bool {
    let (sheet, cell, content) = typed;
    let same = |value: &Value| match (content, value) {
        (Content::Number(typed), Value::Number(held)) => typed == held,
        (Content::Text(typed), Value::Text(held)) => held.contains(typed.as_str()),
        (Content::Number(typed), Value::Text(held)) => held.contains(&format!("“{typed}”")),
        _ => false,
    };
    if is_ours(sheet) {
        return !after.values().any(|(value, _)| same(value));
    }
    let held = after.get(&format!("'{sheet}'!{cell}"));
    !held.is_some_and(|(value, is_formula)| same(value) && !is_formula)
}

/// Whether the run says something of a cell: what changed, what was found, what was typed over ours, how it was read.
fn is_said(typed: &Typed, json: &Json) -> bool {
    let (sheet, cell, content) = typed;
    let at = format!("'{sheet}'!{cell}");
    let words = match content {
        Content::Text(text) => text.clone(),
        Content::Number(number) => format!("“{number}”"),
        _ => String::new(),
    };
    let all = |key: &str| json[key].as_array().cloned().unwrap_or_default();
    // A whole sheet is said at its first cell, or among those that hold no form.
    let corner = format!("'{sheet}'!A1");
    let names = |one: &Json| {
        [at.as_str(), corner.as_str()].iter().any(|at| one["cell"] == *at) || one.to_string().contains(&words)
    };
    if all("other_sheets").iter().any(|name| name == sheet.as_str()) {
        return true;
    }
    if ["changes", "findings", "indicators", "declared"].into_iter().any(|key| all(key).iter().any(names)) {
        return true;
    }
    let cell: CellRef = cell.parse().expect("a cell");
    all("account").iter().filter(|of| of["sheet"] == sheet.as_str()).any(|of| {
        let blocks = of["blocks"].as_array().cloned().unwrap_or_default();
        let columns = of["columns"].as_array().cloned().unwrap_or_default();
        let covers = |block: &Json| {
            let range = block["range"].as_str().unwrap_or_default();
            let range: Option<RangeRef> = range.parse().ok();
            range.is_some_and(|range| range.contains(cell))
        };
        let titled = |column: &Json| column["cell"] == at.as_str();
        blocks.iter().any(covers) || columns.iter().any(titled)
    })
}

/// Scores a workbook; `None` where it is refused, which the program says.
fn run(path: &Path, out: &Path) -> Option<(Json, PathBuf)> {
    let output =
        jixiao(["score".as_ref(), path.as_os_str(), "--out".as_ref(), out.as_os_str(), "--json".as_ref()]);
    let code = output.status.code();
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(matches!(code, Some(0 | 1)) || code == Some(3) && said.contains("怎么办"), "{code:?}: {said}");
    // Of a workbook of several projects each says its own.
    let mut objects = text.lines().map(|line| serde_json::from_str::<Json>(line).expect("an object"));
    let mut json = objects.next()?;
    for other in objects {
        for key in ["changes", "findings", "indicators", "declared", "account", "other_sheets"] {
            let all = |object: &Json| object[key].as_array().cloned().unwrap_or_default();
            json[key] = [all(&json), all(&other)].concat().into();
        }
    }
    let returned = json["output"].as_str().map(PathBuf::from)?;
    Some((json, returned))
}

/// The forms of the repository, each scored when it is first asked for.
struct Forms {
    folder: PathBuf,
    all: Vec<Vec<Sheet>>,
    returned: BTreeMap<usize, Option<PathBuf>>,
}

impl Forms {
    fn new(folder: &Path) -> Self {
        let mut all: Vec<Vec<Sheet>> = BOOKS.iter().map(|name| sheets(&workbook(name))).collect();
        all.extend(pictures().into_iter().map(|(_, sheets)| sheets));
        Self { folder: folder.to_owned(), all, returned: BTreeMap::new() }
    }

    /// The form as it was returned; `None` where it has no scores.
    fn returned(&mut self, number: usize) -> Option<PathBuf> {
        if let Some(known) = self.returned.get(&number) {
            return known.clone();
        }
        let place = self.folder.join(format!("表{number}"));
        fs::create_dir_all(&place).expect("a folder");
        let path =
            BOOKS.get(number).map_or_else(|| written(&self.all[number], &place), |name| workbook(name));
        let scored =
            |json: &Json| json["indicators"].as_array().is_some_and(|indicators| !indicators.is_empty());
        let returned = run(&path, &place).filter(|(json, _)| scored(json)).map(|(_, path)| path);
        self.returned.insert(number, returned.clone());
        returned
    }
}

#[test]
fn whatever_anybody_types_is_kept_and_said_and_no_reason_contradicts_its_score() {
    let rounds = std::env::var("JIXIAO_EDITS").ok().and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    let folder = tempfile::tempdir().expect("a folder");
    let mut forms = Forms::new(folder.path());
    let mut dice = Dice(20_261_129);
    let mut wrong: Vec<String> = Vec::new();
    let mut pending: Vec<(String, PathBuf, Option<Vec<String>>)> = Vec::new();
    let (mut round, mut refused) = (0, 0);
    while round < rounds {
        let number = dice.roll(forms.all.len());
        let Some(form) = forms.returned(number) else { continue };
        let typed = acts(&mut dice, &form, round);
        if typed.is_empty() {
            continue;
        }
        round += 1;
        let edits: Vec<(&str, &str, Content)> = typed
            .iter()
            .map(|(sheet, cell, content)| (sheet.as_str(), cell.as_str(), content.clone()))
            .collect();
        let live = folder.path().join(format!("改{round}.xlsx"));
        fs::copy(edited(&form, &edits), &live).expect("a copy");
        let name = format!("round {round}, form {number}, {typed:?}");
        pending.push((name.clone(), live.clone(), None));
        let Some((json, returned)) = run(&live, &folder.path().join(format!("回{round}"))) else {
            refused += 1;
            continue;
        };
        let held = cells(&returned);
        for one in &typed {
            if lost(one, &held) {
                wrong.push(format!("lost: {one:?} in {name}"));
            }
            if !is_said(one, &json) && ![ISSUES, MATTERS].contains(&one.0.as_str()) {
                wrong.push(format!("not said: {one:?} in {name}"));
            }
        }
        let copy = folder.path().join(format!("回{round}.xlsx"));
        fs::copy(&returned, &copy).expect("a copy");
        let changed = json["findings"].as_array().into_iter().flatten();
        let changed = changed.filter(|finding| finding["id"] == "sheet-of-ours-changed");
        let sheet =
            |finding: &Json| finding["cell"].as_str().and_then(|at| Some(at.split_once('!')?.0.to_owned()));
        pending.push((name, copy, Some(changed.filter_map(sheet).collect())));
    }
    for (number, some) in pending.chunks(AT_ONCE).enumerate() {
        let paths: Vec<PathBuf> = some.iter().map(|(_, path, _)| path.clone()).collect();
        let place = folder.path().join(format!("算{number}"));
        fs::create_dir_all(&place).expect("a folder");
        for ((name, path, aside), calculated) in some.iter().zip(recalculate_all(&paths, &place)) {
            let calculated = cells(&calculated);
            wrong.extend(contradictions(&calculated).into_iter().map(|what| format!("{what} in {name}")));
            if let Some(aside) = aside {
                // What came without a value, and sheets that are a person's now, are left as they came.
                let ours = |what: &String| {
                    !what.contains("'!F26: cached Empty")
                        && !aside.iter().any(|sheet| what.starts_with(sheet))
                };
                let differing = compared(path, &calculated).into_iter().filter(ours);
                wrong.extend(differing.map(|what| format!("{what} in {name}")));
            }
        }
    }
    assert!(refused * 5 < rounds, "{refused} of {rounds} were refused: too few are judged");
    assert!(wrong.is_empty(), "{} in {rounds} rounds:\n{}", wrong.len(), wrong.join("\n"));
}
