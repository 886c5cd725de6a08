//! `jixiao serve`: the folder service with a page before it.

use std::net::SocketAddr;

use super::attended::Attended;
use super::work;
use crate::base::{Error, Result};
use crate::page::{Access, Server};
use crate::service::uploads::Uploads;
use crate::service::watch;

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
    let options = args.attended.options(false)?;
    let server = Server::listen(access, Uploads::open(&options)?)?;
    eprintln!("网页：http://{}", server.address()?);
    let stop = server.stop();
    let page = std::thread::spawn(move || server.run());
    let signals = |mut handler: watch::OnSignal| {
        work::on_signal(move || {
            stop();
            handler();
        })
    };
    let code = watch::run(&options, &mut args.attended.renewal(&options), signals)?;
    match page.join() {
        Ok(served) => served.map(|()| code),
        Err(_) => Err(Error::internal("the page ended")),
    }
}
