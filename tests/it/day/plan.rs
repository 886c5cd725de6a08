//! Who hands in what, and what must be made of it.

use super::dice::Dice;
use super::files::{self, Names};
use super::forms;
use super::project::{self, Fate, Project};

/// A file as it is handed in.
#[derive(Debug, Clone)]
pub(super) struct Planted {
    /// Its folder, and its name.
    pub(super) path: String,
    pub(super) bytes: Vec<u8>,
    /// The sender, by whose archive it comes where there are several.
    pub(super) sender: usize,
}

/// A file as the register must have it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Filed {
    /// Folder and name.
    pub(super) path: String,
    pub(super) kind: &'static str,
    pub(super) stage: &'static str,
    /// Whether a person may choose it.
    pub(super) is_choice: bool,
    /// Whether a person did.
    pub(super) is_taken: bool,
}

/// A file of no project, as the register must have it.
#[derive(Debug, Clone)]
pub(super) struct Loose {
    pub(super) file: Filed,
    pub(super) state: &'static str,
    /// What its 说明 must say.
    pub(super) note: &'static str,
}

/// A line as the register must have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected {
    /// What the register calls the project: its code on the roll, else its name, else the file.
    pub(super) department: String,
    pub(super) agency: String,
    pub(super) code: String,
    pub(super) name: String,
    pub(super) is_due: bool,
    pub(super) state: &'static str,
    pub(super) files: Vec<Filed>,
    /// What 说明 must say, of one file each; of the others nothing.
    pub(super) notes: Vec<&'static str>,
    pub(super) reminder: &'static str,
    /// In yuan; empty where there is none.
    pub(super) budget: String,
    pub(super) spent: String,
}

const NOBODYS: &str = "不能确定属于哪个项目";
const CUT: &str = "文件不完整";

/// What 说明 must say of what a project handed in.
fn notes(fate: Fate) -> Vec<&'static str> {
    match fate {
        // Of two that are the same either may be called so.
        Fate::Twice => vec!["内容相同"],
        Fate::Versions => vec!["请选定一份"; 2],
        Fate::OnlyPdf | Fate::OnlyPicture => vec!["没有电子表"],
        Fate::Damaged => vec![CUT],
        Fate::Locked => vec!["打开密码"],
        Fate::LockedArchive => vec!["压缩包有密码"],
        _ => Vec::new(),
    }
}

/// A day.
pub(super) struct Day {
    pub(super) projects: Vec<Project>,
    pub(super) files: Vec<Planted>,
    /// Files that are no material.
    pub(super) rubbish: Vec<Planted>,
    pub(super) expected: Vec<Expected>,
    /// Files that belong to no project.
    pub(super) loose: Vec<Loose>,
    pub(super) roll: Vec<u8>,
}

/// Plans a day of so many projects.
pub(super) fn day(seed: u64, count: usize) -> Day {
    let mut dice = Dice::new(seed);
    let projects = project::all(&mut dice, count);
    let mut day = Day {
        roll: forms::roll(&projects),
        files: Vec::new(),
        rubbish: Vec::new(),
        expected: Vec::new(),
        loose: Vec::new(),
        projects: Vec::new(),
    };
    for project in &projects {
        day.hand_in(project, &mut dice, &projects);
    }
    for (number, name) in ["desktop.ini", "~$自评表.xlsx", "Thumbs.db", ".DS_Store"].into_iter().enumerate()
    {
        let path = format!("{}/{name}", folder(&projects[number]));
        day.rubbish.push(Planted {
            path,
            bytes: b"[.ShellClassInfo]".to_vec(),
            sender: projects[number].home(),
        });
    }
    day.projects = projects;
    day
}

fn folder(project: &Project) -> String {
    format!("{:02} {}", project.home() + 1, project.department)
}

impl Day {
    fn put(&mut self, project: &Project, path: &str, bytes: Vec<u8>) {
        self.files.push(Planted { path: path.to_owned(), bytes, sender: project.home() });
    }

    fn loose(&mut self, path: &str, kind: &'static str, state: &'static str, note: &'static str) {
        self.loose.push(Loose { file: filed(path, kind, ""), state, note });
    }

    /// Plants the material of a project and says what must come of it.
    fn hand_in(&mut self, project: &Project, dice: &mut Dice, all: &[Project]) {
        let home = folder(project);
        let form = format!("{home}/{}自评表（{}）.xlsx", project.name, project.number);
        let named = |ending: &str| format!("{home}/{}{ending}", project.name);
        let evaluation = |done| forms::evaluation(project, done, 0);
        let mut files: Vec<Filed> = Vec::new();
        let mut state = "已评分";
        match project.fate {
            Fate::Plain => {
                self.put(project, &form, evaluation(52));
                files.push(filed(&form, "电子表", "自评"));
            }
            Fate::Misnamed => {
                let wrong = match project.number % 3 {
                    0 => format!("{}自评表", dice.of(all).name),
                    _ => (*dice.of(&project::WRONG_NAMES)).to_owned(),
                };
                let path = format!(
                    "{home}/{wrong}-{}.{}",
                    project.number,
                    if project.number % 5 == 2 { "xls" } else { "xlsx" }
                );
                self.put(project, &path, evaluation(52));
                files.push(filed(&path, "电子表", "自评"));
            }
            Fate::Twice | Fate::Versions => {
                let again = format!("{home}/补报/{}自评表最终版2（{}）.xlsx", project.name, project.number);
                let is_same = project.fate == Fate::Twice;
                self.put(project, &form, evaluation(52));
                // Saved again, or copied.
                let second =
                    if is_same { forms::evaluation(project, 52, project.number % 2) } else { evaluation(48) };
                self.files.push(Planted { path: again.clone(), bytes: second, sender: project.home() + 1 });
                for path in [&form, &again] {
                    files.push(Filed { is_choice: !is_same, ..filed(path, "电子表", "自评") });
                }
                state = if is_same { "已评分" } else { "重复待选" };
            }
            Fate::WithPdf => {
                let page = if project.number.is_multiple_of(2) {
                    form.replace(".xlsx", "盖章.pdf")
                } else {
                    named("盖章扫描件.pdf")
                };
                self.put(project, &form, evaluation(52));
                self.put(project, &page, files::pdf(project.number));
                files.extend([filed(&form, "电子表", "自评"), filed(&page, "签章件", "")]);
            }
            Fate::WithPicture => {
                let own = format!("{home}/{}", project.name);
                let (form, picture) =
                    (format!("{own}/自评表.xlsx"), format!("{own}/微信图片_2024011{}.jpg", project.number));
                self.put(project, &form, evaluation(52));
                self.put(project, &picture, files::jpeg(project.number));
                files.extend([filed(&form, "电子表", "自评"), filed(&picture, "签章件", "")]);
            }
            Fate::OnlyPdf => {
                let path = named("自评表.pdf");
                self.put(project, &path, files::pdf(project.number));
                files.push(filed(&path, "PDF", ""));
                state = "待人工录入";
            }
            Fate::OnlyPicture => {
                let path = named(".jpg");
                self.put(project, &path, files::jpeg(project.number));
                files.push(filed(&path, "图片", ""));
                state = "待人工录入";
            }
            Fate::NamelessPdf => {
                let path = format!("{home}/扫描件00{}.pdf", project.number);
                self.put(project, &path, files::pdf(project.number));
                self.loose(&path, "PDF", "待人工录入", NOBODYS);
                state = "未报";
            }
            Fate::NamelessPicture => {
                let path = format!("{home}/微信图片_202401181{}.jpg", project.number);
                self.put(project, &path, files::jpeg(project.number));
                self.loose(&path, "图片", "待人工录入", NOBODYS);
                state = "未报";
            }
            Fate::Damaged => {
                self.put(project, &form, files::cut(&evaluation(52)));
                files.push(filed(&form, "电子表", ""));
                state = "待补正";
            }
            Fate::NamelessDamaged => {
                let path = format!("{home}/自评表（传输中断{}）.xlsx", project.number);
                self.put(project, &path, files::cut(&evaluation(52)));
                self.loose(&path, "电子表", "待补正", CUT);
                state = "未报";
            }
            Fate::Locked => {
                self.put(project, &form, files::locked(project.number));
                files.push(filed(&form, "加密文件", ""));
                state = "待补正";
            }
            Fate::LockedArchive => {
                let path = named("材料.zip");
                let inside = evaluation(52);
                let files_of_it = [("自评表.xlsx".to_owned(), inside.as_slice())];
                self.put(project, &path, files::archive(&files_of_it, Names::Gbk, true));
                files.push(filed(&path, "压缩包", ""));
                state = "待补正";
            }
            Fate::Missing => state = "未报",
            Fate::OffRoll => {
                self.put(project, &form, evaluation(52));
                files.push(filed(&form, "电子表", "自评"));
                state = "清单外";
            }
            Fate::ThreeFiles => {
                let own = format!("{home}/{}材料", project.name);
                let paths = ["自评表", "明细账", "满意度问卷"].map(|name| format!("{own}/{name}.xlsx"));
                let made = [evaluation(52), forms::ledger(project), forms::survey(project)];
                for ((path, bytes), stage) in paths.iter().zip(made).zip(["自评", "", ""]) {
                    self.put(project, path, bytes);
                    files.push(filed(path, "电子表", stage));
                }
            }
            Fate::TwoStages => {
                let declared = format!("{home}/年初申报/{}绩效目标申报表.xlsx", project.name);
                self.put(project, &declared, forms::declaration(project));
                self.put(project, &form, evaluation(52));
                files.extend([filed(&declared, "电子表", "申报稿"), filed(&form, "电子表", "自评")]);
            }
        }
        files.sort();
        let has_figures = state == "已评分";
        let shown = |difference: i64| {
            if has_figures && difference != 0 { difference.to_string() } else { String::new() }
        };
        let is_due = project.is_due();
        self.expected.push(Expected {
            // However the form shortens it.
            department: project.department.clone(),
            agency: if is_due { &project.agency } else { project.written_agency() }.to_owned(),
            code: if is_due {
                project.code.clone()
            } else {
                project.written_code().unwrap_or_default().to_owned()
            },
            // Spaces in a name are typing.
            name: if is_due { project.name.clone() } else { project.written_name().replace(' ', "") },
            is_due,
            state,
            files,
            notes: notes(project.fate),
            reminder: if state == "未报" { "请催报" } else { "" },
            budget: shown(project.budget_difference()),
            spent: shown(project.spent_difference()),
        });
    }
}

fn filed(path: &str, kind: &'static str, stage: &'static str) -> Filed {
    Filed { path: path.to_owned(), kind, stage, is_choice: false, is_taken: false }
}
