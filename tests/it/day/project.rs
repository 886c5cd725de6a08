//! The projects of a day: of whom, what they are called, what becomes of their material.

use std::collections::BTreeSet;

use super::dice::Dice;

/// What the day of the issue has, of 300 projects.
const FULL: usize = 300;

/// What becomes of a project's material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// One form.
    Plain,
    /// One form, under a name that says something else.
    Misnamed,
    /// The same content twice.
    Twice,
    /// Two versions.
    Versions,
    /// A form and its stamped page.
    WithPdf,
    /// A stamped page that is called after the project.
    OnlyPdf,
    /// A stamped page that nobody knows whose it is.
    NamelessPdf,
    /// A form and a picture, in a folder of their own.
    WithPicture,
    /// A picture that is called after the project.
    OnlyPicture,
    /// A picture that nobody knows whose it is.
    NamelessPicture,
    /// A damaged workbook that is called after the project.
    Damaged,
    /// A damaged workbook that nobody knows whose it is.
    NamelessDamaged,
    /// A workbook with a password, called after the project.
    Locked,
    /// An archive with a password, called after the project.
    LockedArchive,
    /// Nothing.
    Missing,
    /// A form, and the roll does not have the project.
    OffRoll,
    /// Form, ledger and survey.
    ThreeFiles,
    /// Declaration and self-evaluation.
    TwoStages,
}

/// How many of 300 have each fate; the others are plain.
const FATES: [(Fate, usize); 17] = [
    (Fate::Misnamed, 40),
    (Fate::Twice, 6),
    (Fate::Versions, 6),
    (Fate::WithPdf, 10),
    (Fate::OnlyPdf, 8),
    (Fate::NamelessPdf, 2),
    (Fate::WithPicture, 5),
    (Fate::OnlyPicture, 4),
    (Fate::NamelessPicture, 1),
    (Fate::Damaged, 2),
    (Fate::NamelessDamaged, 1),
    (Fate::Locked, 1),
    (Fate::LockedArchive, 1),
    (Fate::Missing, 5),
    (Fate::OffRoll, 4),
    (Fate::ThreeFiles, 6),
    (Fate::TwoStages, 15),
];

const DEPARTMENTS: [&str; 20] = [
    "水利局",
    "教育体育局",
    "卫生健康委员会",
    "农业农村局",
    "交通运输局",
    "住房和城乡建设局",
    "民政局",
    "林业局",
    "文化和旅游局",
    "应急管理局",
    "自然资源局",
    "生态环境局",
    "人力资源和社会保障局",
    "城市管理局",
    "市场监督管理局",
    "科学技术局",
    "退役军人事务局",
    "乡村振兴局",
    "残疾人联合会",
    "档案馆",
];
const UNITS: [&str; 5] = ["第一中心", "第十一中心", "第二中心", "服务站", "管理所"];
const THINGS: [&str; 16] = [
    "农村饮水安全巩固提升",
    "小型水库维修养护",
    "校舍维修改造",
    "农村公路养护",
    "老旧小区改造",
    "困难群众救助补助",
    "森林防火隔离带建设",
    "公共文化服务体系建设",
    "应急物资储备",
    "土地整治",
    "空气质量监测",
    "就业创业培训",
    "市政设施维护",
    "食品安全抽检",
    "科技特派员工作",
    "高标准农田建设",
];
const WORDS: [&str; 6] = ["", "项目", "（一期）", "（二期）", "补助资金", "专项经费"];
/// What files are called that are called something else.
pub(super) const WRONG_NAMES: [&str; 8] = [
    "新建 Microsoft Excel 工作表",
    "最终版2",
    "改",
    "工作簿1",
    "自评表(1)",
    "报财政局的",
    "副本",
    "20240118",
];

/// A project.
#[derive(Debug, Clone)]
pub(super) struct Project {
    pub(super) number: usize,
    pub(super) fate: Fate,
    pub(super) department: String,
    pub(super) agency: String,
    pub(super) code: String,
    pub(super) name: String,
    /// In 万元.
    pub(super) budget: usize,
}

impl Project {
    /// Whether the roll has it.
    pub(super) fn is_due(&self) -> bool {
        self.fate != Fate::OffRoll
    }

    /// The code, where the form has it.
    pub(super) fn written_code(&self) -> Option<&str> {
        (self.number % 3 != 1).then_some(self.code.as_str())
    }

    /// The name as the form has it: with other brackets, or a space within.
    pub(super) fn written_name(&self) -> String {
        match self.number % 6 {
            1 => self.name.replace('（', "(").replace('）', ")"),
            4 => self.name.replace('第', " 第"),
            _ => self.name.clone(),
        }
    }

    /// The agency as the form has it: shortened, or not.
    pub(super) fn written_agency(&self) -> &str {
        if self.number % 7 == 2 { self.agency.trim_start_matches("东湖") } else { &self.agency }
    }

    /// The department as the form has it: with a code before it, or without the county.
    pub(super) fn written_department(&self) -> String {
        match self.number % 5 {
            0 => format!("2{:02}-{}", self.number % 90 + 10, self.department),
            1 => self.department.trim_start_matches("东湖").to_owned(),
            _ => self.department.clone(),
        }
    }

    /// 全年预算数 of the form less that of the roll, in yuan.
    pub(super) fn budget_difference(&self) -> i64 {
        if self.number % 10 == 3 { -50_000 } else { 0 }
    }

    /// The same of what was spent.
    pub(super) fn spent_difference(&self) -> i64 {
        if self.number % 14 == 5 { 120_000 } else { 0 }
    }

    /// In yuan, as the roll has it; cents that a form in 万元 does not show are no difference.
    pub(super) fn rolled_budget(&self) -> String {
        let yuan = i64::try_from(self.budget * 10_000).unwrap() - self.budget_difference();
        if self.number.is_multiple_of(4) { format!("{yuan}.36") } else { yuan.to_string() }
    }

    /// The same of what was spent.
    pub(super) fn rolled_spent(&self) -> String {
        (i64::try_from(self.budget * 95 * 100).unwrap() - self.spent_difference()).to_string()
    }

    /// The number of its department.
    pub(super) fn home(&self) -> usize {
        DEPARTMENTS.iter().position(|name| self.department.ends_with(name)).unwrap()
    }
}

fn share(of: usize, count: usize) -> usize {
    (of * count).div_ceil(FULL)
}

/// So many projects, each with a fate.
pub(super) fn all(dice: &mut Dice, count: usize) -> Vec<Project> {
    let mut fates: Vec<Fate> =
        FATES.iter().flat_map(|(fate, of)| std::iter::repeat_n(*fate, share(*of, count))).collect();
    assert!(fates.len() < count, "{count} projects are too few");
    fates.resize(count, Fate::Plain);
    dice.shuffle(&mut fates);
    let departments = share(DEPARTMENTS.len(), count).clamp(4, DEPARTMENTS.len());
    let mut names: BTreeSet<String> = BTreeSet::new();
    fates
        .into_iter()
        .enumerate()
        .map(|(number, fate)| {
            let department = format!("东湖区{}", DEPARTMENTS[number % departments]);
            let agency = format!("{department}{}", UNITS[number / departments % UNITS.len()]);
            let name = name(dice, &mut names, fate, number, &agency);
            let budget = (dice.below(900) + 10) * 100;
            let code = format!("36010223{:02}{number:05}", number % 97);
            Project { number, fate, department, agency, code, name, budget }
        })
        .collect()
}

/// A name that no other project has; but for plain forms, where projects of several agencies are called the same, for the
/// form says whose it is.
fn name(dice: &mut Dice, taken: &mut BTreeSet<String>, fate: Fate, number: usize, agency: &str) -> String {
    let mut named = format!("{}{}", dice.of(&THINGS), dice.of(&WORDS));
    if matches!(fate, Fate::Plain | Fate::Misnamed) && number.is_multiple_of(4) {
        let shared = format!("校舍维修改造{}", WORDS[number / 40 % WORDS.len()]);
        if taken.insert(format!("{agency} {shared}")) {
            return shared;
        }
        named = shared;
    }
    let own = format!("{named}第{}标段", number + 1);
    assert!(taken.insert(own.clone()));
    own
}
