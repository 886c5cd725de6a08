//! `jixiao user`: who may sign in on the page.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;

use super::config::Config;
use crate::base::{Error, Result, push_line};
use crate::page::Rules;
use crate::page::audit::{self, Act, Audit};
use crate::page::users::{Role, Users};
use crate::service::clock;
use crate::service::uploads::Uploads;

/// Bytes of a password that is read.
const MAX_PASSWORD: u64 = 4_096;

/// Lines of the record that are listed.
const LISTED: usize = 200;
/// Who is said to have done what is done by a command.
const HERE: &str = "（命令行）";

/// Arguments of `jixiao user`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
    /// 存放 archive、rejected、processing、state 的文件夹，同 serve；不写则按设置文件
    #[arg(long, value_name = "文件夹", global = true)]
    base: Option<PathBuf>,
    #[command(flatten)]
    config: Config,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// 添加用户，显示初始密码
    Add {
        /// 用户名
        #[arg(value_name = "用户名")]
        name: String,
        /// 角色：评价人员（看全部项目，上传，复核评分）、管理员（同评价人员，并看操作记录）、审计人员（看全部项目和操作记录，不能改动）、单位（只看自己上传的）
        #[arg(long, value_name = "角色", hide_possible_values = true)]
        role: Role,
        /// 从标准输入读取密码；不写则由程序生成
        #[arg(long)]
        password_stdin: bool,
    },
    /// 换一个密码；已登录的须重新登录
    Password {
        /// 用户名
        #[arg(value_name = "用户名")]
        name: String,
        /// 从标准输入读取密码；不写则由程序生成
        #[arg(long)]
        password_stdin: bool,
    },
    /// 改角色
    Role {
        /// 用户名
        #[arg(value_name = "用户名")]
        name: String,
        /// 新的角色：评价人员、管理员、审计人员、单位
        #[arg(value_name = "角色", hide_possible_values = true)]
        role: Role,
    },
    /// 停用用户；已登录的立即退出
    Block {
        /// 用户名
        #[arg(value_name = "用户名")]
        name: String,
    },
    /// 恢复停用的用户
    Admit {
        /// 用户名
        #[arg(value_name = "用户名")]
        name: String,
    },
    /// 删除用户；已登录的立即退出
    Remove {
        /// 用户名
        #[arg(value_name = "用户名")]
        name: String,
    },
    /// 列出全部用户
    List,
    /// 核对操作记录是否完整，列出最近的操作
    Log {
        /// 只列这个用户的操作
        #[arg(value_name = "用户名")]
        name: Option<String>,
    },
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    match serve(args) {
        Ok(text) => {
            // A closed pipe is no fault of ours, and there is nobody left to tell.
            let _ = std::io::stdout().write_all(text.as_bytes());
            0
        }
        Err(error) => {
            super::complain("user", &error);
            error.kind().exit_code()
        }
    }
}

fn serve(args: &Args) -> Result<String> {
    let (page, rules) = page(args)?;
    let (users, audit) = (Users::at(&page, rules), Audit::at(&page));
    let mut text = String::new();
    match &args.task {
        Task::Add { name, role, password_stdin } => {
            let password = users.add(name, *role, told(*password_stdin)?.as_deref())?;
            push_line(&mut text, &format!("已添加用户“{name}”（{}）。", role.name()));
            shown(&mut text, &password, *password_stdin);
            audit.note(HERE, Act::Accounts, name, &format!("添加（{}）", role.name()));
        }
        Task::Password { name, password_stdin } => {
            let password = users.renew(name, told(*password_stdin)?.as_deref())?;
            push_line(&mut text, &format!("已更换用户“{name}”的密码。"));
            shown(&mut text, &password, *password_stdin);
            audit.note(HERE, Act::Accounts, name, "更换密码");
        }
        Task::Role { name, role } => {
            users.set_role(name, *role)?;
            push_line(&mut text, &format!("用户“{name}”的角色已改为{}。", role.name()));
            audit.note(HERE, Act::Accounts, name, &format!("角色改为{}", role.name()));
        }
        Task::Block { name } => {
            users.block(name, true)?;
            push_line(&mut text, &format!("已停用用户“{name}”。"));
            audit.note(HERE, Act::Accounts, name, "停用");
        }
        Task::Admit { name } => {
            users.block(name, false)?;
            push_line(&mut text, &format!("已恢复用户“{name}”。"));
            audit.note(HERE, Act::Accounts, name, "恢复");
        }
        Task::Remove { name } => {
            users.remove(name)?;
            push_line(&mut text, &format!("已删除用户“{name}”。"));
            audit.note(HERE, Act::Accounts, name, "删除");
        }
        Task::List => {
            for user in users.all()? {
                let blocked = if user.blocked { "，已停用" } else { "" };
                push_line(&mut text, &format!("{}（{}{blocked}）", user.name, user.role.name()));
            }
        }
        Task::Log { name } => {
            let verified = audit.verify();
            if let Some((file, line)) = &verified.broken {
                return Err(audit::broken(file, *line));
            }
            for line in audit.latest(LISTED, |line| name.as_ref().is_none_or(|name| line.user == *name)) {
                let at = clock::shown(line.at);
                push_line(
                    &mut text,
                    &format!("{at}  {}  {}  {}  {}", line.user, line.act.name(), line.of, line.detail),
                );
            }
            push_line(
                &mut text,
                &format!("操作记录共 {} 条，核对无误。最后一条的校验值：{}", verified.lines, verified.last),
            );
        }
    }
    Ok(text)
}

/// A password that was chosen here is shown once, and kept nowhere.
fn shown(text: &mut String, password: &str, told: bool) {
    if !told {
        push_line(text, &format!("密码：{password}（只显示这一次，请转告本人）"));
    }
}

fn told(by_input: bool) -> Result<Option<String>> {
    if !by_input {
        return Ok(None);
    }
    let mut password = String::new();
    let read = std::io::stdin().take(MAX_PASSWORD).read_to_string(&mut password);
    read.map_err(|cause| Error::usage("没有读到密码。", "请从标准输入给出密码。").because(cause))?;
    Ok(Some(password.trim_end_matches(['\r', '\n']).to_owned()))
}

/// The page's folder of the service on this base folder, and what is set about accounts.
fn page(args: &Args) -> Result<(PathBuf, Rules)> {
    let installation = args.config.near(args.base.as_deref())?;
    let folders = &installation.folders;
    let beside = || {
        let inbox = installation.there(folders.inbox.as_ref())?;
        Ok(inbox.and_then(|inbox| Some(inbox.parent()?.to_owned())))
    };
    let base = match (&args.base, installation.there(folders.base.as_ref())?) {
        (Some(told), _) => Some(told.clone()),
        (None, Some(set)) => Some(set),
        (None, None) => beside()?,
    };
    let base = base.filter(|base| base.is_dir()).ok_or_else(|| {
        Error::usage(
            "不知道用户记在哪里。",
            "请用 --base 指定 serve 所用的文件夹（收件文件夹的上级），或在设置文件的 [folders] 中写明。",
        )
    })?;
    Ok((Uploads::page_folder(&base), Rules::of(&installation.page)))
}
