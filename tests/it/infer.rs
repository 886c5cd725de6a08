//! Drafts of mappings for forms that nothing reads: what is open is left open, and what a person fills in is read.

use jixiao::inner::form::{look, read_case};
use jixiao::inner::mapping::{Answered, Column, Mappings, infer, render};
use jixiao::inner::model::{Entry, SourceId};
use jixiao::inner::sheet::Sheet;

use crate::picture::picture;
use crate::support::jixiao;
use crate::workbook_pages;

/// A form that nothing reads, what a person answers at the open cells, and what is read then.
struct Unknown {
    name: &'static str,
    form: &'static str,
    answers: &'static [(&'static str, &'static str)],
    read: &'static [&'static str],
}

const UNKNOWN: [Unknown; 5] = [
    Unknown {
        name: "检查机构",
        form: "
            检验检疫绩效考评 | < | < | < | < | < | < | < | < | < | <
            项目名称 | 口岸传染病监测 | < | < | < | < | < | < | < | < | <
            考核方面 | 权重 | 考核类别 | 分值 | 考核事项 | 计量单位 | 标准 | 分值 | 采集数据项 | < | 采集值
            ^ | ^ | ^ | ^ | ^ | ^ | ^ | ^ | 数据项1 | 数据项2 | ^
            产出 | 50 | 数量 | 60 | 监测批次 | 批 | 100 | 60 | 计划数 | 完成数 | 100
            ^ | ^ | 质量 | 40 | 误差率 | % | 0 | 40 | 误差数 | 总数 | 0
            效果 | 50 | 社会 | 100 | 发病率 | % | 5 | 100 | 病例 | 人口 | 4
        ",
        answers: &[("A3", "level1"), ("C3", "level2"), ("E3", "name"), ("K3", "actual")],
        read: &[
            "产出|数量|监测批次|100|100|30|",
            "产出|质量|误差率|0|0|20|",
            "效果|社会|发病率|5|4|50|",
        ],
    },
    Unknown {
        name: "两组标题",
        form: "
            专项资金考核表 | < | < | < | < | < | < | < | < | <
            项目名称 | 河道保洁 | < | < | < | < | < | < | < | <
            方面 | 绩效目标设置情况 | < | < | < | 绩效目标完成情况 | < | < | < | <
            ^ | 目标名称 | 设定目标 | 评价指标 | 设定标准 | 实际做到 | 实际指标 | 权重分值 | 评分规则 | 考核结果
            产出 | 保洁里程 | 120公里 | 保洁里程完成率 | 100% | 114公里 | 95% | 60 | 按完成比例得分 | 57
            效益 | 投诉办结 | 5件 | 投诉办结率 | 100% | 5件 | 100% | 40 | 按完成比例得分 | 40
        ",
        answers: &[("A3", "level1"), ("E4", "target"), ("G4", "actual"), ("J4", "stated_score")],
        read: &[
            "产出|产出|保洁里程完成率|100%|95%|60|57",
            "效益|效益|投诉办结率|100%|100%|40|40",
        ],
    },
    Unknown {
        name: "打分",
        form: "
            某县惠民实事办理情况 | < | < | < | < | <
            单位：县卫健局 | < | < | < | < | <
            任务 | 要求 | 办到 | 占比 | 单位打分 | 督查打分
            改造卫生院 | 12所 | 12所 | 50 | 50 |
            添置设备 | 30台 | 27台 | 30 | 30 |
            群众评价 | 90% | 92% | 20 | 20 |
            合计 | | | 100 | 100 |
        ",
        answers: &[
            ("A3", "name"),
            ("B3", "target"),
            ("C3", "actual"),
            ("D3", "weight"),
            ("E3", "stated_score"),
            ("F3", "score"),
        ],
        read: &[
            "任务|任务|改造卫生院|12所|12所|50|50",
            "任务|任务|添置设备|30台|27台|30|30",
            "任务|任务|群众评价|90%|92%|20|20",
        ],
    },
    Unknown {
        name: "两个单位",
        form: "
            专项工作推进表 | < | < | < | < | < | < | <
            项目名称 | 智慧水务 | < | < | < | < | < | <
            大类 | 小类 | 工作事项 | 年度任务 | < | 年度进展 | < | 折分
            ^ | ^ | ^ | 任务数 | 计数单位 | 进展数 | 计数单位 | ^
            建设 | 管网 | 铺设管线 | 20 | 公里 | 18 | 公里 | 40
            ^ | 站点 | 建监测站 | 5 | 座 | 5 | 座 | 30
            服务 | 满意 | 用户评价 | 90 | % | 93 | % | 30
        ",
        answers: &[
            ("A3", "level1"),
            ("B3", "level2"),
            ("C3", "name"),
            ("D4", "target"),
            ("E4", "unit"),
            ("F4", "actual"),
        ],
        read: &[
            "建设|管网|铺设管线|20公里|18|40|",
            "建设|站点|建监测站|5座|5|30|",
            "服务|满意|用户评价|90%|93|30|",
        ],
    },
    Unknown {
        name: "评比",
        form: "
            年度考核评比表 | < | < | < | < | < | <
            项目名称 | 城区绿化 | < | < | 主管部门 | 县林业局 | <
            类目 | 督办事项（指标） | 年初计划数 | 干得怎样（实际） | 折合分 | 机关打分 | 督查意见
            产出 | 新增绿地 | 3公顷 | 3公顷 | 60 | 60 | 无
            产出 | 补植树木 | 200株 | 180株 | 40 | 36 | 无
        ",
        answers: &[("A3", "level1"), ("F3", "stated_score")],
        read: &["产出|产出|新增绿地|3公顷|3公顷|60|60", "产出|产出|补植树木|200株|180株|40|36"],
    },
];

impl Unknown {
    fn sheets(&self) -> [Sheet; 1] {
        [picture("考核", self.form)]
    }

    fn draft(&self) -> String {
        let drafts = infer::infer(&self.sheets(), &Mappings::shipped(), self.name);
        assert_eq!(drafts.len(), 1, "{}", self.name);
        drafts[0].toml.clone()
    }

    /// The draft with the answers filled in as it asks.
    fn filled(&self) -> String {
        filled(&self.draft(), self.answers)
    }
}

fn filled(draft: &str, answers: &[(&str, &str)]) -> String {
    let blocks = draft.split("\n\n").map(|block| {
        let answer = answers.iter().find(|(at, _)| block.starts_with(&format!("# 待定：{at} ")));
        answer.map_or(block.to_owned(), |(_, name)| {
            block.replace("\n# ", "\n").replace("name = \"\"", &format!("name = \"{name}\""))
        })
    });
    let all: Vec<String> = blocks.collect();
    let declared = all.join("\n\n");
    // What the draft says a person must do where the form is no declaration after all.
    if answers.iter().any(|(_, name)| *name == "actual") {
        declared
            .replace("kind = \"declaration\"", "kind = \"self-evaluation\"")
            .replace("extends = \"declaration\"", "extends = \"self-evaluation\"")
            .replace("columns = [\"name\", \"target\"]", "columns = [\"name\", \"actual\"]")
    } else {
        declared
    }
}

fn with(text: &str) -> Mappings {
    let files = [("我的.toml".to_owned(), text.to_owned())];
    Mappings::with_files(&files).unwrap_or_else(|faults| panic!("{}\n{text}", render(&faults, false)))
}

#[test]
fn drafts_guess_what_is_plain_and_leave_the_rest_open() {
    let drafts: Vec<String> = UNKNOWN.iter().map(Unknown::draft).collect();
    for draft in &drafts {
        with(draft);
    }
    let words = "（level1、level2、name、weight、criterion、sign、target、unit、actual、situation、stated_score、score、reason）";
    insta::assert_snapshot!(drafts.join("\n").replace(words, "（…）"));
}

#[test]
fn what_a_person_answers_is_read() {
    let shown = |entry: Option<&Entry>| entry.map(Entry::shown).unwrap_or_default();
    for unknown in &UNKNOWN {
        let sheets = unknown.sheets();
        // Without the answers it is not read, or a person is asked.
        let asked = |cases: Vec<jixiao::inner::model::Case>| cases[0].forms[0].account.is_open();
        let before = read_case(&sheets, &Mappings::shipped(), &SourceId::default());
        assert!(before.is_err() || before.is_ok_and(asked), "{}", unknown.name);
        let mappings = with(&unknown.filled());
        let cases = read_case(&sheets, &mappings, &SourceId::default()).unwrap();
        let form = cases[0].score_form.as_ref().unwrap_or_else(|| panic!("{}", unknown.name));
        let read: Vec<String> = form
            .indicators
            .iter()
            .map(|i| {
                let target = shown(i.target.as_ref());
                let unit = if target.ends_with(|c: char| c.is_ascii_digit()) && unknown.name == "两个单位"
                {
                    shown(i.unit.as_ref())
                } else {
                    String::new()
                };
                let weight = i.weight.map(|weight| weight.to_string()).unwrap_or_default();
                let stated = shown(i.stated_score.as_ref());
                let place = format!("{}|{}|{}", i.level1, i.level2, i.name);
                format!("{place}|{target}{unit}|{}|{weight}|{stated}", shown(i.actual.as_ref()))
            })
            .collect();
        assert_eq!(read, unknown.read, "{}", unknown.name);
    }
}

/// The two nearest mappings and what each lacks, also where they know no more than a title or two.
#[test]
fn what_nothing_reads_is_said_to_be_like_two_mappings() {
    let sheets = |titles: &str| [picture("考核", &format!("某表 | < | <\n{titles}\n甲 | 乙 | 丙"))];
    let said = |titles: &str| -> Vec<String> {
        let looks = look(&sheets(titles), &Mappings::shipped());
        looks[0].misses.iter().map(jixiao::inner::form::Miss::sentence).collect()
    };
    let told = [
        "一级指标 | 指标值 | 得分",
        "三级指标 | 办得怎样 | 扣分原因",
        "摘要 | 谁办的 | 何时",
        "甲 | 乙 | 丙",
    ]
    .map(said);
    insta::assert_snapshot!(told.map(|lines| lines.join("\n")).join("\n\n"));
}

/// The tutorial of `docs/mapping.md`, step by step as a new user takes it.
#[test]
fn the_tutorial_holds() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/mapping.md")).unwrap();
    let fenced = |language: &str, holding: &str| -> String {
        let blocks = text.split("```").skip(1).step_by(2);
        let mut found = blocks.filter(|block| block.starts_with(language) && block.contains(holding));
        found.next().unwrap_or_else(|| panic!("{language} {holding}")).split_once('\n').unwrap().1.to_owned()
    };
    let folder = tempfile::tempdir().unwrap();
    let form = UNKNOWN[4].form.replace('<', "").replace("| \n", "|\n");
    let written = workbook_pages::write(&[("考核", &form)], folder.path());
    let file = folder.path().join("考核表.xlsx");
    std::fs::rename(written, &file).unwrap();
    let file = file.as_os_str();
    let output = |args: &[&std::ffi::OsStr]| {
        let output = jixiao(args);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout) + &text(output.stderr))
    };

    let (code, refused) = output(&["score".as_ref(), file]);
    assert_eq!(code, 3, "{refused}");
    assert!(
        refused.contains("怎么办：请检查文件是否正确；如果是新的表样，请把文件交给系统管理员"),
        "{refused}"
    );

    let (code, draft) = output(&["mapping".as_ref(), "infer".as_ref(), file]);
    assert_eq!(code, 0);
    for line in fenced("toml", "年度考核评比表").lines() {
        let line = line.split("（…").next().unwrap();
        assert!(draft.contains(line), "{line}\n{draft}");
    }

    let mapping = folder.path().join("考核表.toml");
    std::fs::write(&mapping, filled(&draft, UNKNOWN[4].answers)).unwrap();
    let mapping = mapping.as_os_str();
    let (code, checked) =
        output(&["mapping".as_ref(), "check".as_ref(), mapping, "--against".as_ref(), file]);
    assert_eq!(code, 0);
    let shown = fenced("console", "--against");
    let (_, expected) = shown.split_once('\n').unwrap();
    assert_eq!(checked.trim_end(), expected.trim_end());

    let out = folder.path().as_os_str();
    let (code, scored) =
        output(&["score".as_ref(), file, "--mapping".as_ref(), mapping, "--out".as_ref(), out]);
    assert_eq!(code, 0, "{scored}");
    assert!(scored.contains("总分 96 / 100"), "{scored}");
    assert!(folder.path().join("考核表.已评分.xlsx").is_file());
}

/// A draft of what is read already says that none is needed.
#[test]
fn a_form_that_is_read_needs_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let strange = UNKNOWN[4].form.replace('<', "");
    let file = workbook_pages::write(&[crate::findings::SELF, ("考核", &strange)], folder.path());
    let output = jixiao(["mapping".as_ref(), "infer".as_ref(), file.as_os_str()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("# 工作表“自评表”程序已经认识（绩效自评表，映射 self-evaluation）"), "{text}");
    assert!(text.contains("# ===== 工作表“考核”") && !text.contains("# ===== 工作表“自评表”"), "{text}");
}

/// A budget block of which no title is known but one, above a table whose criteria say how points are earned.
const MONEY: &str = "
    某县专项考评 | < | < | < | < | <
    项目名称 | 河道清淤 | < | < | < | <
    钱的来路 | 批了多少 | 花了多少 | 花掉几成 | 权重 | 备注
    年度资金总额 | 500 | 450 | 90% | 10 |
    其中：财政拨款 | 500 | 450 | 90% | |
    事项 | 分值 | 打分规矩 | 指标值 | 实际完成值 | 得分
    清淤长度 | 50 | 完成得满分，每少1公里扣1分 | 20公里 | 20公里 |
    清淤方量 | 40 | 完成得满分，每少1%扣1分 | 8万方 | 8万方 |
";

fn one_draft(form: &str) -> String {
    let drafts = infer::infer(&[picture("考核", form)], &Mappings::shipped(), "河道");
    assert_eq!(drafts.len(), 1);
    drafts[0].toml.clone()
}

#[test]
fn the_budget_block_is_drafted_with_the_table() {
    let draft = one_draft(MONEY);
    with(&draft);
    for line in [
        "kind = \"score-sheet\"",
        "# 猜测：C6 “打分规矩”，内容是评分规则，当作“评分标准”。",
        "# 预算执行表中已经认识的标题，不必再写：",
        "#   E3 “权重” → weight",
        "# 猜测：B3 “批了多少”，合计一行中 D3 ＝ C3 ÷ B3，当作“全年预算数、调整后预算数”。\n[[budget.columns]]\nname = \"adjusted\"\ntitles = [\"批了多少\"]",
        "[[budget.columns]]\nname = \"spent\"\ntitles = [\"花了多少\"]",
        "[[budget.columns]]\nname = \"rate\"\ntitles = [\"花掉几成\"]",
        "columns = [\"name\", \"weight\", \"criterion\"]\n# 列在 columns 中的，表里必须都有；也可改为 [\"name\", \"weight\"]",
    ] {
        assert!(draft.contains(line), "{line}\n{draft}");
    }
    let cases = read_case(&[picture("考核", MONEY)], &with(&draft), &SourceId::default()).unwrap();
    let form = cases[0].score_form.as_ref().unwrap();
    let total = &form.budget[0];
    let shown = |entry: &Option<Entry>| entry.as_ref().map(Entry::shown).unwrap_or_default();
    assert_eq!([shown(&total.adjusted), shown(&total.spent), shown(&total.rate)], ["500", "450", "90%"]);
    assert_eq!(form.indicators.iter().filter(|indicator| indicator.criterion.is_some()).count(), 2);
}

/// The same titles with criteria that are none: a self-evaluation.
#[test]
fn what_criteria_say_decides_the_kind() {
    let table = |criterion: &str| {
        format!(
            "
            某县考评 | < | < | < | <
            项目名称 | 河道清淤 | < | < | <
            工作指标 | 分值 | 评分标准 | 办理进度 | 得分
            清淤长度 | 60 | {criterion} | 20公里 |
            清淤方量 | 40 | {criterion} | 8万方 |
            "
        )
    };
    assert!(one_draft(&table("全部完成得满分，每少1公里扣1分")).contains("kind = \"score-sheet\""));
    let other = one_draft(&table("见县里的考核办法"));
    assert!(other.contains("kind = \"self-evaluation\"\n"), "{other}");
    assert!(other.contains("但标准一列写的不是怎样得分"), "{other}");
}

/// A form that is read, but for a column that only the end of its title tells and one that nothing tells.
const HALF_READ: &str = "
    项目支出绩效自评表 | < | < | < | < | < | <
    项目名称 | 河道清淤 | < | < | < | < | <
    三级指标 | 县里敲定的目标值 | 实际完成值 | 分值 | 得分 | 老大难 | 序号
    清淤长度 | 20公里 | 20公里 | 60 | 60 | 12 | 1
    清淤方量 | 8万方 | 8万方 | 40 | 40 | 7 | 2
";

#[test]
fn what_is_read_in_part_is_drafted_with_what_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let file = workbook_pages::write(&[("自评", &HALF_READ.replace('<', ""))], folder.path());
    let output = jixiao(["mapping".as_ref(), "infer".as_ref(), file.as_os_str()]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("一般不需要映射文件"), "{text}");
    for line in [
        "# 工作表“自评”程序已经认识（绩效自评表，映射 self-evaluation），但",
        "#   C3 “实际完成值” → actual（依据：标题）",
        "#   G3 “序号” → 不参与评分：序号、编码（依据：标题）",
        "# 猜测：B3 “县里敲定的目标值”，只认出标题的后半截，现在按“指标值”读取，如 B4 “20公里”，确认前不定等级。",
        "# [[columns]]\n# name = \"target\"\n# titles = [\"县里敲定的目标值\"]",
        "# 待定：F3 “老大难”是什么？如 F4 “12”，没有采用（像指标的数值，不定等级）。",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // As it is it confirms nothing; with what a person took the # off it does.
    let sheets = [picture("自评", HALF_READ)];
    let open = |text: &str| {
        let cases = read_case(&sheets, &with(text), &SourceId::default()).unwrap();
        cases[0].forms[0].account.is_open()
    };
    assert!(open(&text));
    let confirmed = text
        .replace("# [[columns]]\n# name = \"target\"\n# titles", "[[columns]]\nname = \"target\"\ntitles")
        .replace("# [[columns]]\n# name = \"\"\n# titles", "[[columns]]\nname = \"other\"\ntitles");
    assert!(!open(&confirmed), "{confirmed}");
}

#[test]
fn what_people_answered_is_written_as_mappings() {
    let shipped = Mappings::shipped();
    let answer = |mapping: Option<&str>, title: &str, column: Column| Answered {
        mapping: mapping.map(str::to_owned),
        title: title.to_owned(),
        column,
    };
    let own = Some("self-evaluation");
    let answers = [
        answer(own, "老大难", Column::Target),
        answer(own, "县里敲定的目标值", Column::Target),
        answer(own, "老大难", Column::Other),
        answer(own, "花了\"多少\"", Column::Spent),
        answer(own, "分值", Column::Weight),
        answer(None, "单位自己说的", Column::StatedScore),
    ];
    let files = infer::from_answers(&answers, &shipped);
    let of_own = files.iter().find(|(name, _)| name == "self-evaluation.toml").unwrap();
    insta::assert_snapshot!(of_own.1);
    let written = Mappings::with_files(&files).unwrap_or_else(|faults| panic!("{}", render(&faults, false)));
    let told = shipped.answered(&answers);
    // Each title of both gives the same columns in the same tables.
    let titles =
        ["老大难", "县里敲定的目标值", "花了\"多少\"", "分值", "单位自己说的", "指标值", "得分", "预算数"];
    let said = |mappings: &Mappings, title: &str| {
        let mut hits: Vec<String> = mappings
            .index()
            .title(&jixiao::inner::mapping::title::normalise(title))
            .iter()
            .map(|hit| {
                let mapping = mappings.get(hit.mapping).unwrap();
                let rule = &mapping.columns_of(hit.table)[hit.rule];
                let after = rule.after.filter(|_| rule.column != Column::Weight);
                format!(
                    "{} {:?} {} {after:?} {}",
                    mapping.name,
                    hit.table,
                    rule.column.word(),
                    rule.is_told(hit.rank)
                )
            })
            .collect();
        hits.sort();
        hits.dedup();
        hits
    };
    for title in titles {
        assert_eq!(said(&written, title), said(&told, title), "{title}");
    }
    // And forms are read the same.
    let sheets = [picture("自评", HALF_READ)];
    let read = |mappings: &Mappings| read_case(&sheets, mappings, &SourceId::default()).unwrap();
    assert_eq!(read(&written)[0].forms, read(&told)[0].forms);
    assert_eq!(read(&written)[0].score_form, read(&told)[0].score_form);
    assert!(!read(&written)[0].forms[0].account.is_open());
}
