//! Mapping files: every fault at its place and all at once, drafts that load, a reference that is up to date.

use std::path::PathBuf;

use jixiao::inner::form::{look, read_case};
use jixiao::inner::mapping::{Mappings, infer, reference, render, schema};
use jixiao::inner::model::{Case, SourceId};

use crate::picture::picture;

pub(crate) fn with(text: &str) -> Result<Mappings, String> {
    let files = [("我的.toml".to_owned(), text.to_owned())];
    Mappings::with_files(&files).map_err(|faults| render(&faults, false))
}

pub(crate) fn read(mappings: &Mappings, form: &str) -> Case {
    let mut cases = read_case(&[picture("表", form)], mappings, &SourceId::default()).unwrap();
    assert_eq!(cases.len(), 1);
    cases.remove(0)
}

#[test]
fn the_shipped_mappings_have_no_fault() {
    if let Err(faults) = Mappings::with_files(&[]) {
        panic!("{}", render(&faults, false));
    }
}

/// One sample for each kind of fault; the message is the documentation.
#[test]
fn every_fault_is_shown_at_its_place() {
    let samples = [
        ("no TOML", "schema = 1\nname = \n"),
        (
            "unknown key",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\ntitel = \"乙\"\n",
        ),
        (
            "missing key",
            "schema = 1\nkind = \"survey\"\nextends = \"survey\"\n\n[[columns]]\ntitles = [\"回答\"]\n",
        ),
        (
            "wrong type",
            "schema = \"1\"\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\nstop_when = \"注\"\n",
        ),
        (
            "unknown word",
            "schema = 1\nname = \"甲\"\nkind = \"self-evalution\"\nextends = \"self-evaluation\"\n",
        ),
        ("other version", "schema = 2\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\n"),
        ("unknown parent", "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"surveys\"\n"),
        (
            "title of two columns",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\n[[columns]]\nname = \"score\"\ntitles = [\"得 分\"]\n[[columns]]\nname = \"stated_score\"\ntitles = [\"得分\"]\n",
        ),
        (
            "column twice",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\n[[columns]]\nname = \"score\"\ntitles = [\"甲\"]\n[[columns]]\nname = \"score\"\ntitles = [\"乙\"]\n",
        ),
        (
            "grades",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\n[[grades]]\nname = \"优\"\nfrom = 80\n[[grades]]\nname = \"良\"\nfrom = 90\n",
        ),
        ("no project", "schema = 1\nname = \"甲\"\nkind = \"case\"\n"),
        ("no columns", "schema = 1\nname = \"甲\"\nkind = \"survey\"\n"),
        (
            "column not defined",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\n[recognise]\ncolumns = [\"answer\", \"date\"]\n[[columns]]\nname = \"answer\"\ntitles = [\"回答\"]\n",
        ),
        (
            "no title gives it",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\n[recognise]\ncolumns = [\"date\", \"answer\"]\n[[columns]]\nname = \"answer\"\ntitles = [\"回答\"]\n[[columns]]\nname = \"date\"\ntitles = []\n",
        ),
        (
            "a parent without columns",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"service-hall-2021\"\n",
        ),
        (
            "nothing to recognise it by",
            "schema = 1\nname = \"甲\"\nkind = \"self-evaluation\"\nextends = \"common\"\n",
        ),
        (
            "wanted and forbidden",
            "schema = 1\nname = \"甲\"\nkind = \"declaration\"\nextends = \"declaration\"\n[recognise]\ncolumns = [\"name\", \"actual\"]\n",
        ),
        (
            "kind against extends",
            "schema = 1\nname = \"甲\"\nkind = \"declaration\"\nextends = \"self-evaluation\"\n",
        ),
        (
            "header rows",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\nheader_rows = 0\n",
        ),
        (
            "unknown finding",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\n[checks]\noff = [\"equal-on-cost\"]\n",
        ),
        (
            "execution rule",
            "schema = 1\nname = \"甲\"\nkind = \"self-evaluation\"\nextends = \"self-evaluation\"\n[budget]\nbase = \"adjust\"\n[budget.execution]\ncriterion = \"酌情给分。\"\n",
        ),
        (
            "satisfied",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\nsatisfied = [\"满\"]\n",
        ),
        (
            "direction",
            "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = { project = [\"甲\"] }\n[direction]\ncap = [\"库存\"]\nfloor_signs = [\"正\"]\ncap_signs = [\"正\"]\ndrop = [\"投拆\"]\n",
        ),
        (
            "words",
            "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = { project = [\"甲\"] }\n[words]\ncap = [\"库存\"]\nsecrecy-top = [\"绝\"]\nbudget-added = [\"临补\"]\ncaps = [\"办结\"]\nremedies = [\"办结\"]\n",
        ),
        (
            "two aliases",
            "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = { project = [\"甲\"] }\n[[aliases]]\ndeclared = \"子\"\nscored = \"丑\"\n[[aliases]]\ndeclared = \"子\"\nscored = \"寅\"\n",
        ),
        (
            "rule not read",
            "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = { project = [\"甲\"] }\n[[rubric]]\nindicator = \"满意度\"\ncriterion = \"由评委根据满意度打分。\"\n[[rubric]]\nindicator = \"完成时间\"\ncriterion = \"按时完成得满分，每逾期扣1分。\"\n",
        ),
        (
            "partial step",
            "schema = 1\nname = \"甲\"\nkind = \"survey\"\nextends = \"survey\"\npartial_step = \"round\"\n",
        ),
    ];
    let shown: Vec<String> =
        samples.iter().map(|(name, text)| format!("## {name}\n{}", with(text).expect_err(name))).collect();
    insta::assert_snapshot!(shown.join("\n\n"));
}

#[test]
fn all_faults_come_at_once() {
    let text = "schema = 7\nname = \"甲\"\nkind = \"surveys\"\nextends = \"survey\"\nheader_rows = 9\nfoo = 1\nbar = 2\n";
    let files = [("甲.toml".to_owned(), text.to_owned())];
    let faults = Mappings::with_files(&files).unwrap_err();
    let places: Vec<(usize, usize)> =
        faults.iter().map(jixiao::inner::mapping::MappingFault::position).collect();
    assert_eq!(places, [(1, 10), (3, 8), (5, 15), (6, 1), (7, 1)]);
}

const STRANGE: &str = "
    年度考核评比表 | < | < | < | < | < | <
    项目名称 | 城区绿化 | < | < | 主管部门 | 县林业局 | <
    类目 | 督办事项（指标） | 年初计划数 | 干得怎样（实际） | 折合分 | 机关打分 | 督查意见
    产出 | 新增绿地 | 3公顷 | 3公顷 | 60 | 60 | 无
    产出 | 补植树木 | 200株 | 180株 | 40 | 36 | 无
";

#[test]
fn of_thousands_of_faults_the_first_are_shown() {
    let text: String = (0..20_000).map(|number| format!("odd{number} = 1\n")).collect();
    let start = std::time::Instant::now();
    let shown = with(&text).unwrap_err();
    assert!(shown.contains("odd50") && !shown.contains("odd900 "), "the first come first");
    assert!(
        shown.ends_with("处错误没有列出，请先改正以上各处。"),
        "{}",
        &shown[shown.len().saturating_sub(300)..]
    );
    assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_draft_loads_and_says_what_is_open() {
    let sheets = [picture("考核", STRANGE)];
    let shipped = Mappings::shipped();
    assert!(read_case(&sheets, &shipped, &SourceId::default()).is_err());
    let drafts = infer::infer(&sheets, &shipped, "城区绿化");
    assert_eq!(drafts.len(), 1);
    insta::assert_snapshot!(drafts[0].toml);
    let mappings = with(&drafts[0].toml).unwrap_or_else(|faults| panic!("{faults}"));
    // The guesses are right here: the draft reads the form, but for what it left open.
    let case = read(&mappings, STRANGE);
    let form = case.score_form.unwrap();
    let names: Vec<&str> = form.indicators.iter().map(|indicator| indicator.name.as_str()).collect();
    assert_eq!(names, ["新增绿地", "补植树木"]);
    assert_eq!(form.indicators[1].weight, Some(40.into()));
    // Of 机关打分 the end alone says what it is: a guess that keeps the grade open.
    assert!(form.part_unread);
    // A person fills what is open.
    let filled = drafts[0].toml.replace(
        "# [[columns]]\n# name = \"\"\n# titles = [\"机关打分\"]",
        "[[columns]]\nname = \"stated_score\"\ntitles = [\"机关打分\"]",
    );
    let case = read(&with(&filled).unwrap(), STRANGE);
    let stated =
        case.score_form.unwrap().indicators[1].stated_score.as_ref().map(jixiao::inner::model::Entry::shown);
    assert_eq!(stated.as_deref(), Some("36"));
}

#[test]
fn every_draft_of_a_shipped_workbook_loads() {
    for entry in std::fs::read_dir(crate::support::workbook("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "xlsx") {
            for draft in infer::infer(&crate::sheets::sheets(&path), &Mappings::shipped(), "x") {
                with(&draft.toml).unwrap_or_else(|faults| panic!("{}\n{faults}", draft.toml));
            }
        }
    }
}

#[test]
fn a_mapping_of_the_same_name_replaces_the_shipped_one() {
    let own = "schema = 1\nname = \"self-evaluation\"\nkind = \"self-evaluation\"\nextends = \"self-evaluation\"\n\
        [[columns]]\nname = \"actual\"\ntitles = [\"干得怎样\"]\n[[grades]]\nname = \"优\"\nfrom = 80\n[[grades]]\nname = \"差\"\nfrom = 0\n";
    let mappings = with(own).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(mappings.all().iter().filter(|mapping| mapping.name == "self-evaluation").count(), 1);
    let case = read(
        &mappings,
        "
        自评表 | < | < | < | <
        项目名称 | 甲乙丙丁 | < | < | <
        三级指标 | 指标值 | 干得怎样 | 分值 | 得分
        会议 | 3次 | 3次 | 100 | 100
    ",
    );
    assert_eq!(case.score_form.unwrap().indicators[0].actual.as_ref().unwrap().shown(), "3次");
    assert_eq!(case.grades.len(), 2);
}

/// What people confirmed is added to a mapping of the user's as to a shipped one, whichever file comes first.
#[test]
fn a_mapping_that_builds_on_its_own_name_adds_to_a_users_mapping() {
    let base = "schema = 1\nname = \"县\"\nkind = \"self-evaluation\"\nextends = \"self-evaluation\"\n\
        [[columns]]\nname = \"actual\"\ntitles = [\"干得怎样\"]\n";
    let more = |title: &str| {
        format!(
            "schema = 1\nname = \"县\"\nkind = \"self-evaluation\"\nextends = \"县\"\n\
             [[columns]]\nname = \"weight\"\ntitles = [\"{title}\"]\n"
        )
    };
    let load = |texts: &[&str]| {
        let files: Vec<(String, String)> =
            texts.iter().enumerate().map(|(at, text)| (format!("{at}.toml"), (*text).to_owned())).collect();
        Mappings::with_files(&files).unwrap_or_else(|faults| panic!("{}", render(&faults, false)))
    };
    let form = "
        自评表 | < | < | < | <
        项目名称 | 甲乙丙丁 | < | < | <
        三级指标 | 指标值 | 干得怎样 | 占几成 | 得分
        会议 | 3次 | 3次 | 100 | 100
    ";
    let (one, two) = (more("占几成"), more("占多少"));
    for texts in [vec![base, &one], vec![&one, base], vec![base, &one, &two], vec![base, &two, &one]] {
        let mappings = load(&texts);
        assert_eq!(mappings.all().iter().filter(|mapping| mapping.name == "县").count(), 1);
        let form = read(&mappings, form).score_form.unwrap();
        assert_eq!(form.indicators[0].weight, Some(100.into()));
        assert_eq!(form.indicators[0].actual.as_ref().unwrap().shown(), "3次");
    }
    // Two that do not are rivals.
    let files = ["甲.toml", "乙.toml"].map(|name| (name.to_owned(), base.to_owned()));
    assert!(Mappings::with_files(&files).is_err());
}

#[test]
fn a_case_mapping_states_rules_and_says_what_it_could_not_use() {
    let own = "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = { project = [\"城区*\"] }\nwrite_back = [\"score\"]\n\
        [[rubric]]\nindicator = \"会议*\"\ncriterion = \"按完成比例得分。\"\n\
        [[rubric]]\nindicator = \"培训\"\ncriterion = \"按完成比例得分。\"\n\
        [[bind]]\nindicator = \"会议次数\"\nsource = \"ledger\"\n\
        [[aliases]]\ndeclared = \"甲\"\nscored = \"乙\"\n[checks]\noff = [\"over-achieved\"]\n";
    let case = read(
        &with(own).unwrap(),
        "
        自评表 | < | < | < | <
        项目名称 | 城区绿化 | < | < | <
        三级指标 | 指标值 | 实际完成值 | 分值 | 得分
        会议次数 | 3次 | 3次 | 100 | 100
    ",
    );
    let form = case.score_form.as_ref().unwrap();
    assert_eq!(form.indicators[0].rubric.as_deref(), Some("按完成比例得分。"));
    assert_eq!(form.indicators[0].binding, Some(jixiao::inner::model::Binding::Ledger));
    assert!(case.write_back.score && !case.write_back.reason);
    assert_eq!(case.muted, [jixiao::inner::model::FindingId::OverAchieved]);
    let unused: Vec<&str> = case.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        unused,
        [
            "映射文件 我的.toml 第 9 行第 1 列：rubric 中的指标在表中没有。",
            "映射文件 我的.toml 第 15 行第 1 列：申报表中没有指标“甲”。",
        ]
    );
}

#[test]
fn a_mapping_adds_and_drops_words_of_direction() {
    let form = "
        自评表 | < | < | < | < | <
        项目名称 | 城区绿化 | < | < | < | <
        三级指标 | 指标性质 | 指标值 | 实际完成值 | 分值 | 得分
        苗木滞留量 |  | 10株 | 12株 | 20 |
        有效投诉 |  | 10件 | 12件 | 20 |
        补植树木 | 越少越好 | 10株 | 12株 | 20 |
        管养绿地 | ≥ | 10公顷 | 12公顷 | 40 |
    ";
    let own = "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = { project = [\"城区*\"] }\n\
        [direction]\ncaps = [\"滞 留\"]\ndrop = [\"投诉\"]\ncap_signs = [\"越少越好\"]\n";
    let scores = |mappings: &Mappings| -> Vec<String> {
        let scored = jixiao::inner::score::run(&read(mappings, form)).unwrap().unwrap();
        let shown =
            |score: Option<jixiao::inner::base::Score>| score.map_or("—".to_owned(), |s| s.to_string());
        scored.card.indicators.iter().map(|indicator| shown(indicator.score)).collect()
    };
    assert_eq!(scores(&Mappings::shipped()), ["20", "16", "—", "40"]);
    assert_eq!(scores(&with(own).unwrap()), ["16", "20", "16", "40"]);
}

#[test]
fn every_kind_of_rule_can_be_stated() {
    let rules = [
        "按完成比例得分；低于60%得0分。",
        "满意度不低于90%得满分；不低于80%且低于90%得8分；低于80%得0分。",
        "达到目标值得满分；比目标值每降低1个百分点扣0.5分，不足1个百分点的按1个百分点计算，扣完为止。",
        "不高于目标值得满分；比目标值每超出1%扣1分，扣完为止。",
        "未发现问题得满分，每发现1处问题扣1分，最多扣3分。",
        "①程序规范，得2分；②资料齐全，得3分。",
        "①程序规范；②资料齐全。每有一项不符合扣1分，扣完为止。",
        "全部覆盖得满分；部分覆盖得50%；未发布不得分。",
        "按时完成得满分，每逾期1天扣0.1分，扣完为止。",
        "2021年12月31日前完成得满分，逾期不得分。",
        "完成率按直线内插法得分（60%得0分，100%得满分）。",
        "按时完成得满分；每逾期1个月扣1分，不足1个月的按1个月计算，扣完为止。",
        "从第3次起每发现1次扣1分，扣完为止。",
        "不高于3名次得满分；高于3名次得0分。",
    ];
    for rule in rules {
        let own = format!(
            "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = {{ project = [\"甲\"] }}\n\
             [[rubric]]\nindicator = \"某项\"\ncriterion = \"{rule}\"\n"
        );
        if let Err(faults) = with(&own) {
            panic!("{faults}");
        }
    }
}

#[test]
fn a_setting_says_what_a_step_counts_that_is_not_whole() {
    let form = "
        评分表 | < | < | < | <
        项目名称 | 城区绿化 | < | < | <
        三级指标 | 分值 | 评分标准 | 指标值 | 实际完成值
        满意度 | 10 | 达到90%得满分，每降低1个百分点扣0.5分 | ≥90% | 88.5%
        知晓率 | 10 | 达到90%得满分，每降低1个百分点扣0.5分，不足1个百分点的不计 | ≥90% | 88.5%
    ";
    let scores = |setting: &str| {
        let own = format!(
            "schema = 1\nname = \"甲\"\nkind = \"case\"\nrecognise = {{ project = [\"城区*\"] }}\n{setting}"
        );
        let case = read(&with(&own).unwrap_or_else(|faults| panic!("{faults}")), form);
        let card = jixiao::inner::score::run(&case).unwrap().unwrap().card;
        let score = |at: usize| card.indicators[at].score.unwrap().to_string();
        [score(0), score(1)]
    };
    // The second criterion says it itself.
    assert_eq!(scores(""), ["9.25", "9.5"]);
    assert_eq!(scores("partial_step = \"proportional\"\n"), ["9.25", "9.5"]);
    assert_eq!(scores("partial_step = \"up\"\n"), ["9", "9.5"]);
    assert_eq!(scores("partial_step = \"down\"\n"), ["9.5", "9.5"]);
}

#[test]
fn constraints_are_held_at_the_cell() {
    let own = "schema = 1\nname = \"甲\"\nkind = \"self-evaluation\"\nextends = \"self-evaluation\"\n\
        [[columns]]\nname = \"weight\"\ntitles = [\"分值\"]\nconstraints = { minimum = 1, maximum = 50 }\n\
        [[columns]]\nname = \"unit\"\ntitles = [\"度量单位\"]\nconstraints = { required = true, one_of = [\"次\", \"%\"] }\n";
    let case = read(
        &with(own).unwrap(),
        "
        自评表 | < | < | < | < | <
        项目名称 | 城区绿化 | < | < | < | <
        三级指标 | 指标值 | 度量单位 | 实际完成值 | 分值 | 得分
        会议次数 | 3 | 次 | 3 | 60 | 60
        培训次数 | 3 | 场 | 3 | 20 | 20
        满意率 | 90 |  | 90 | 20 | 20
    ",
    );
    let found: Vec<String> = case
        .findings
        .iter()
        .map(|finding| format!("{} {}", finding.at.as_ref().unwrap().cell, finding.message))
        .collect();
    assert_eq!(
        found,
        [
            "E4 “分值”不能大于 50；这里是“60”。",
            "C5 “度量单位”只能是：次、%；这里是“场”。",
            "C6 “度量单位”不能空白。",
        ]
    );
}

#[test]
fn show_tells_what_became_of_each_sheet() {
    let sheets = [
        picture("考核", STRANGE),
        picture(
            "自评",
            "
        自评表 | < | < | < | <
        项目名称 | 城区绿化 | < | < | <
        三级指标 | 指标值 | 实际完成值 | 分值 | 得分
        会议次数 | 3次 | 3次 | 100 | 100
        …… |  |  |  | 
    ",
        ),
    ];
    let looks = look(&sheets, &Mappings::shipped());
    assert!(looks[0].forms.is_empty());
    assert!(looks[0].misses.len() <= 2);
    let form = &looks[1].forms[0];
    assert_eq!(
        (form.taken.as_slice(), form.skipped.as_slice()),
        ([3].as_slice(), [(4, "只有模板文字".to_owned())].as_slice())
    );
}

fn document(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

/// Compares a generated document; `UPDATE_DOCS=1` writes it.
fn up_to_date(name: &str, expected: &str) {
    let path = document(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap();
    assert_eq!(found, expected, "{name} is stale: run `UPDATE_DOCS=1 cargo test mapping`");
}

#[test]
fn the_reference_is_up_to_date() {
    let text = std::fs::read_to_string(document("mapping.md")).unwrap();
    let (tutorial, _) = text.split_once(reference::MARK).expect("the mark");
    up_to_date("mapping.md", &format!("{tutorial}{}\n\n{}", reference::MARK, reference::reference()));
}

#[test]
fn the_schema_is_up_to_date() {
    let text = serde_json::to_string_pretty(&schema()).unwrap();
    up_to_date("mapping.schema.json", &format!("{text}\n"));
}
