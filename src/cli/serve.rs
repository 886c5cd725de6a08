//! `jixiao serve`: the folder service with a page before it.

use std::net::SocketAddr;
use std::sync::Arc;

use super::attended::Attended;
use super::work;
use crate::base::{Error, Result};
use crate::page::{Access, Rules, Server};
use crate::service::trial::Trials;
use crate::service::uploads::Uploads;
use crate::service::watch;

/// The reviewers' inbox, where none is told or set.
const REVIEW: &str = "review";

/// Arguments of `jixiao serve`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 提供网页的地址和端口；默认只在本机
    #[arg(long, value_name = "地址", default_value = "127.0.0.1:8480")]
    listen: SocketAddr,
    /// 前面加密的反向代理在浏览器中的网址；在本机以外提供网页必须有
    #[arg(long, value_name = "网址")]
    proxy: Option<String>,
    #[command(flatten)]
    attended: Attended,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    serve(args).unwrap_or_else(|error| {
        super::complain("serve", &error);
        error.kind().exit_code()
    })
}

fn serve(args: &Args) -> Result<u8> {
    // What is refused for its address alone is refused before any folder is made.
    let access = Access::new(args.listen, args.proxy.as_deref())?;
    let mut options = args.attended.options(false)?;
    // What reviewers hand in and type on the page counts, as by an inbox of their own.
    if options.reviewer_inbox.is_none() {
        options.reviewer_inbox =
            options.base.as_deref().or(options.inbox.parent()).map(|base| base.join(REVIEW));
    }
    let uploads = Uploads::open(&options)?;
    let trials = Arc::new(Trials::open(&options, uploads.register())?);
    let rules = Rules::of(&args.attended.installation()?.page);
    let server = Server::listen(access, rules, uploads, Arc::clone(&trials))?;
    eprintln!("网页：http://{}", server.address()?);
    let stop = server.stop();
    let page = std::thread::spawn(move || server.run());
    let signals = |mut handler: watch::OnSignal| {
        work::on_signal(move || {
            stop();
            handler();
        })
    };
    let mut renewal = args.attended.renewal(&options);
    let mut renew = || {
        let next = renewal()?;
        if let Some(setup) = &next {
            trials.change(setup);
        }
        Ok(next)
    };
    let code = watch::run(&options, &mut renew, signals)?;
    match page.join() {
        Ok(ended) => ended.map(|()| code),
        Err(_) => Err(Error::internal("the page ended")),
    }
}
