//! Whose word stands: a score or grade that a reviewer types in a returned workbook counts with reason and name, waits for
//! them else, and stays bound to what it was given for.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::sheet::Value;
use jixiao::inner::xlsx::Content;
use serde_json::Value as Json;

use crate::findings::{SHEET, changed};
use crate::issues::reply;
use crate::libreoffice::{Cells, cells, differences, recalculate};
use crate::model_case::edited;
use crate::support::{MODEL, Scored, indicator, jixiao, score, workbook};
use crate::workbook_pages::write;

/// The indicator that is overridden: 90 % of 60 points.
pub(crate) const NAME: &str = "里程完成率";
/// What a reviewer says.
pub(crate) const REASON: &str = "现场复核少3公里";
pub(crate) const DETAIL: &str = "评分明细";
pub(crate) const SUMMARY: &str = "评分汇总";

pub(crate) fn number(text: &str) -> Content {
    Content::Number(text.parse().expect("a number"))
}

pub(crate) fn text(text: &str) -> Content {
    Content::Text(text.to_owned())
}

fn value_of(content: &Content) -> Value {
    match content {
        Content::Number(number) => Value::Number(*number),
        Content::Text(text) => Value::Text(text.clone()),
        other => panic!("{other:?}"),
    }
}

/// The form as it came, and what came of it.
pub(crate) fn first(folder: &Path) -> Scored {
    let pages = changed(&[SHEET], &[]);
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    score(&write(&pages, folder), &folder.join("第1次"))
}

/// Where a reviewer types on 评分明细, with what he types.
pub(crate) fn whole(all: &Cells) -> Vec<(&'static str, String, Content)> {
    let typed = [("改定得分", number("50")), ("改定理由", text(REASON)), ("改定人", text("张三"))];
    typed.into_iter().map(|(title, content)| (DETAIL, input(all, title), content)).collect()
}

pub(crate) fn typing<'a>(
    typed: &'a [(&'static str, String, Content)],
) -> Vec<(&'static str, &'a str, Content)> {
    typed.iter().map(|(sheet, cell, content)| (*sheet, cell.as_str(), content.clone())).collect()
}

/// What a person types, and what comes of it.
pub(crate) fn again(before: &Scored, acts: &[(&str, &str, Content)], round: u32) -> Scored {
    let path = if acts.is_empty() { before.path.clone() } else { edited(&before.path, acts) };
    score(&path, &before.path.with_file_name(format!("第{round}次")))
}

/// The cell of 评分明细 under a title, in the row of the overridden indicator.
pub(crate) fn input(all: &Cells, title: &str) -> String {
    cell(all, DETAIL, |at| at.1 == 3, title, 4)
}

fn cell(all: &Cells, sheet: &str, place: impl Fn(&(String, u32)) -> bool, holds: &str, row: u32) -> String {
    let prefix = format!("'{sheet}'!");
    let found = all.iter().find_map(|(at, (value, _))| {
        let at = at.strip_prefix(&prefix)?;
        let split = at.find(|c: char| c.is_ascii_digit())?;
        let at = (at[..split].to_owned(), at[split..].parse::<u32>().ok()?);
        (matches!(value, Value::Text(text) if text == holds) && place(&at)).then_some(at)
    });
    let (column, _) = found.unwrap_or_else(|| panic!("no {holds} on {sheet}"));
    format!("{column}{row}")
}

pub(crate) fn grade_row(all: &Cells, label: &str) -> String {
    let prefix = format!("'{SUMMARY}'!A");
    let row = all.iter().find_map(|(at, (value, _))| {
        let row = at.strip_prefix(&prefix)?;
        matches!(value, Value::Text(text) if text == label).then(|| row.to_owned())
    });
    format!("C{}", row.unwrap_or_else(|| panic!("no {label}")))
}

pub(crate) fn verdict(scored: &Scored) -> &str {
    indicator(&scored.json, NAME)["override"]["verdict"].as_str().unwrap_or("none")
}

/// Total and grade; and the very same in the workbook, before and after another program has calculated it.
pub(crate) fn result(scored: &Scored) -> (String, Option<String>) {
    assert_eq!(differences(&scored.path), Vec::<String>::new());
    let total = scored.json["score"]["total"].as_str().expect("a total").to_owned();
    (total, scored.json["score"]["grade"].as_str().map(str::to_owned))
}

pub(crate) fn said(scored: &Scored, id: &str) -> Vec<String> {
    let findings = scored.json["findings"].as_array().expect("findings");
    let wanted = findings.iter().filter(|finding| finding["id"] == id);
    wanted.map(|finding| finding["message"].as_str().expect("a message").to_owned()).collect()
}

pub(crate) fn is(total: &str, grade: Option<&str>) -> (String, Option<String>) {
    (total.to_owned(), grade.map(str::to_owned))
}

#[test]
fn a_score_typed_over_ours_is_a_draft_until_reason_and_name_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    assert_eq!(result(&before), is("94", Some("优")));
    let all = cells(&before.path);
    let (reason, by) = (input(&all, "改定理由"), input(&all, "改定人"));

    let draft = again(&before, &[(SHEET.0, "K4", number("50"))], 2);
    assert_eq!((verdict(&draft), result(&draft)), ("draft", is("90", None)));
    let row = indicator(&draft.json, NAME);
    assert_eq!([&row["state"], &row["computed"], &row["decided_by"]], ["overridden", "54", "财政核定"]);
    assert_eq!(row["stated_score"], Json::Null, "the agency said nothing");
    assert!(said(&draft, "override-incomplete")[0].contains("没有写改定理由和改定人"));
    let shown = cells(&draft.path);
    let undecided = Value::Text("未定级".to_owned());
    assert!(shown.iter().any(|(at, (value, live))| at.contains(SUMMARY) && *live && *value == undecided));

    let words = [(DETAIL, reason.as_str(), text("现场复核少3公里")), (DETAIL, by.as_str(), text("张三"))];
    // In Excel it is there at once, without a run.
    let typed = edited(&draft.path, &words);
    let live = cells(&recalculate(&typed, &folder.path().join("重算")));
    assert_eq!(live[&format!("'{DETAIL}'!N4")].0, Value::Text("人工改定".to_owned()));
    let Value::Text(note) = &live[&format!("'{DETAIL}'!M4")].0 else { panic!("a note") };
    assert_eq!(note, "改定为50分（按评分标准测算为54分），改定人：张三，理由：现场复核少3公里");

    let stands = again(&draft, &words, 3);
    assert_eq!((verdict(&stands), result(&stands)), ("stands", is("90", Some("优"))));
    assert_eq!(indicator(&stands.json, NAME)["note"], note.as_str());
    assert!(said(&stands, "score-overridden")[0].contains("由财政核定改定为 50 分"));

    let fourth = again(&stands, &[], 4);
    assert_eq!((verdict(&fourth), result(&fourth)), ("stands", is("90", Some("优"))));
}

#[test]
fn an_override_is_bound_to_what_it_was_given_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let all = cells(&before.path);
    let typed = whole(&all);
    let acts = typing(&typed);
    let value = input(&all, "改定得分");
    let reason = input(&all, "改定理由");
    let stands = again(&before, &acts, 2);
    assert_eq!((verdict(&stands), result(&stands)), ("stands", is("90", Some("优"))));
    assert!(cells(&stands.path)[&format!("'{}'!K4", SHEET.0)].1, "the form's cell follows 评分明细");

    let corrected = again(&stands, &[(SHEET.0, "I4", number("0.95"))], 3);
    assert_eq!((verdict(&corrected), result(&corrected)), ("outdated", is("97", None)));
    let later = again(&corrected, &[], 4);
    assert_eq!((verdict(&later), result(&later)), ("outdated", is("97", None)), "nor on the next run");
    let restored = again(&later, &[(SHEET.0, "I4", number("0.9"))], 5);
    assert_eq!((verdict(&restored), result(&restored)), ("stands", is("90", Some("优"))), "as it was");
    let confirmed = again(&later, &[(DETAIL, reason.as_str(), text("更正后仍少3公里"))], 5);
    assert_eq!((verdict(&confirmed), result(&confirmed)), ("stands", is("90", Some("优"))));

    let gone = again(&confirmed, &[(DETAIL, value.as_str(), Content::Blank)], 6);
    assert_eq!((verdict(&gone), result(&gone)), ("none", is("97", Some("优"))));
}

/// What was typed on 评分明细 makes no override of what the agency states in the form.
#[test]
fn beside_a_score_that_the_agency_states_an_override_stands_run_after_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = changed(&[SHEET], &[("养护公路108公里。 | |", "养护公路108公里。 | 54 |")]);
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let before = score(&write(&pages, folder.path()), &folder.path().join("第1次"));
    let all = cells(&before.path);
    let typed = whole(&all);
    let acts = typing(&typed);
    let mut after = again(&before, &acts, 2);
    for round in 3..5 {
        assert_eq!((verdict(&after), result(&after)), ("stands", is("90", Some("优"))), "{round}");
        after = again(&after, &[], round);
    }
}

#[test]
fn what_cannot_be_taken_is_asked_about_and_nothing_is_guessed() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let all = cells(&before.path);
    let [value, reason, by] = ["改定得分", "改定理由", "改定人"].map(|title| input(&all, title));
    let why = |score: Content| {
        vec![
            (DETAIL, value.as_str(), score),
            (DETAIL, reason.as_str(), text("复核")),
            (DETAIL, by.as_str(), text("张三")),
        ]
    };
    for (typed, wanted, id) in [
        (number("61"), "out-of-range", "score-above-weight"),
        (number("-1"), "out-of-range", "override-unclear"),
        (number("50.125"), "unreadable", "override-unclear"),
        (text("同意"), "unreadable", "override-unclear"),
        // A formula does not take a text for a number, so the program does not either.
        (text(" ５0分 "), "unreadable", "override-unclear"),
    ] {
        let after = again(&before, &why(typed.clone()), 2);
        assert_eq!((verdict(&after), result(&after)), (wanted, is("94", None)), "{typed:?}");
        assert_eq!(said(&after, id).len(), 1, "{typed:?}");
        let kept = cells(&after.path);
        assert_eq!(kept[&format!("'{DETAIL}'!{value}")].0, value_of(&typed), "{typed:?} stays as it is");
    }
    let agrees = again(&before, &why(number("54")), 2);
    assert_eq!((verdict(&agrees), result(&agrees)), ("agrees", is("94", Some("优"))));
    let mut both = why(number("50"));
    both.push((SHEET.0, "K4", number("51")));
    let both = again(&before, &both, 2);
    assert_eq!((verdict(&both), result(&both)), ("contradicted", is("94", None)));
}

#[test]
fn a_score_in_a_form_that_we_never_returned_is_the_agencys() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = changed(&[SHEET], &[]);
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let typed = edited(&write(&pages, folder.path()), &[(SHEET.0, "K4", number("50"))]);
    let scored = score(&typed, &folder.path().join("结果"));
    assert_eq!(verdict(&scored), "none");
    assert_eq!(said(&scored, "stated-score-differs").len(), 1);
}

fn batch(folder: &Path, file: &Path) -> Json {
    let (inside, out) = (folder.join("收"), folder.join("发"));
    let _ = fs::remove_dir_all(&inside);
    let _ = fs::remove_dir_all(&out);
    fs::create_dir(&inside).expect("a folder");
    fs::copy(file, inside.join("材料.xlsx")).expect("a copy");
    jixiao(["batch".as_ref(), inside.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    let returned: Vec<PathBuf> =
        fs::read_dir(&out).expect("results").map(|entry| entry.expect("a result").path()).collect();
    let returned = returned.iter().find(|path| path.extension().is_some_and(|e| e == "xlsx"));
    let checked = jixiao(["check".as_ref(), returned.expect("a workbook").as_os_str(), "--json".as_ref()]);
    let all = cells(returned.expect("a workbook"));
    let state = all.get(&format!("'{DETAIL}'!N4")).map(|(value, _)| format!("{value:?}"));
    let text = String::from_utf8(checked.stdout).expect("UTF-8");
    let mut json: Json = serde_json::from_str(text.lines().next().expect("a line")).expect("an object");
    json["state"] = state.into();
    let heads = all.get("'复核事项'!F4").map(|(value, _)| format!("{value:?}"));
    json["heads"] = heads.into();
    json
}

#[test]
fn what_comes_through_a_shared_folder_proposes_and_what_stood_before_stands() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let all = cells(&before.path);
    let typed = whole(&all);
    let acts = typing(&typed);
    let proposed = batch(folder.path(), &edited(&before.path, &acts));
    assert!(proposed["state"].as_str().is_some_and(|state| state.contains("改定待核定")), "{proposed}");
    assert!(proposed["heads"].as_str().is_some_and(|title| title.contains("有人改定")), "{proposed}");
    let stands = again(&before, &acts, 2);
    let kept = batch(folder.path(), &stands.path);
    assert!(kept["state"].as_str().is_some_and(|state| state.contains("人工改定")), "{kept}");
}

#[test]
fn a_grade_is_overridden_with_reason_and_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let all = cells(&before.path);
    let [grade, reason, by] = ["改定等级", "改定理由", "改定人"].map(|label| grade_row(&all, label));
    let alone = again(&before, &[(SUMMARY, grade.as_str(), text("差"))], 2);
    assert_eq!(result(&alone), is("94", None));
    assert_eq!(said(&alone, "override-incomplete").len(), 1);
    let words = [(SUMMARY, reason.as_str(), text("发生重大违规")), (SUMMARY, by.as_str(), text("李四"))];
    let whole = again(&alone, &words, 3);
    assert_eq!(result(&whole), is("94", Some("差")));
    assert_eq!(
        [&whole.json["score"]["grade_by"], &whole.json["score"]["computed_grade"]],
        ["财政核定", "优"]
    );
    let shown = cells(&whole.path);
    assert!(shown.values().any(|(value, live)| *live && *value == Value::Text("差".to_owned())));
}

#[test]
fn replacing_scores_takes_overrides_back_and_keeps_their_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = first(folder.path());
    let all = cells(&before.path);
    let typed = whole(&all);
    let acts = typing(&typed);
    let stands = again(&before, &acts, 2);
    let out = folder.path().join("收回");
    let output = jixiao([
        "score".as_ref(),
        stands.path.as_os_str(),
        "--json".as_ref(),
        "--replace-scores".as_ref(),
        "--out".as_ref(),
        out.as_os_str(),
    ]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let json: Json = serde_json::from_str(text.lines().next().expect("a line")).expect("an object");
    assert_eq!(json["score"]["total"], "94");
    assert!(text.contains("现场复核少3公里") && text.contains("已按要求收回"), "{text}");
}

#[test]
fn a_reply_beside_a_settled_finding_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let draft = again(&first(folder.path()), &[(SHEET.0, "K4", number("50"))], 2);
    let all = cells(&draft.path);
    let (list, reply) = reply(&all, "override-incomplete");
    let (reason, by) = (input(&all, "改定理由"), input(&all, "改定人"));
    let acts = [
        (list, reply.as_str(), text("已补写理由。")),
        (DETAIL, reason.as_str(), text("现场复核少3公里")),
        (DETAIL, by.as_str(), text("张三")),
    ];
    let mut round = again(&draft, &acts, 3);
    for number in 4..6 {
        assert!(said(&round, "override-incomplete").is_empty());
        let kept = cells(&round.path);
        let holds =
            |words: &str| kept.values().filter(|(value, _)| *value == Value::Text(words.to_owned())).count();
        assert_eq!(holds("已补写理由。"), 1);
        assert_eq!(holds("以前填写的整改情况（相应问题已不再列出）"), 1);
        round = again(&round, &[], number);
    }
}

#[test]
fn a_sum_that_was_right_before_a_score_was_overridden_accuses_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let before = score(&workbook(MODEL), &folder.path().join("第1次"));
    let summed = |scored: &Scored| {
        ["sum-before-override", "level-score-differs", "total-differs"].map(|id| said(scored, id).len())
    };
    assert_eq!(summed(&before), [0, 0, 0]);
    let typed = edited(&before.path, &[("评分明细", "Q5", number("1.5"))]);
    let after = score(&typed, &folder.path().join("第2次"));
    assert_eq!(summed(&after), [1, 0, 0], "{:?}", after.json["findings"]);
    assert!(
        said(&after, "sum-before-override")[0].contains("填报 5 分，是改定前的得分合计；改定后合计 3.5 分")
    );
}
