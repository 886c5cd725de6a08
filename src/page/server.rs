//! The server: routes, and connections within limits.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::{Router, middleware};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::{Notify, Semaphore};

use super::Rules;
use super::access::Access;
use super::guard::{self, Signed};
use super::html::{self, Frame};
use super::{Desk, Shared, doors};
use crate::base::{Error, Result};
use crate::service::trial::Trials;
use crate::service::uploads::Uploads;

/// Connections at a time; more wait to be taken.
const MAX_CONNECTIONS: usize = 512;
/// How long a browser may take to say what it wants; one that says a letter a minute is left.
const HEADER_PATIENCE: Duration = Duration::from_secs(15);
/// Bytes of what is said before a body.
const MAX_HEADER: usize = 32 * 1024;
/// How long connections may go on when the page ends.
const GRACE: Duration = Duration::from_secs(5);

/// A page that listens.
pub struct Server {
    desk: Shared,
    listener: TcpListener,
    stop: Arc<Notify>,
}

impl Server {
    /// Listens, so that what stands in the way of that is said before anything begins.
    pub fn listen(access: Access, rules: Rules, uploads: Uploads, trials: Arc<Trials>) -> Result<Self> {
        let address = access.address();
        let failed = |cause: std::io::Error| {
            Error::usage(
                format!("无法在 {address} 上提供网页。"),
                "请检查该端口是否已被占用，或用 --listen 另选一个端口。",
            )
            .because(cause)
        };
        let desk = Desk::new(access, rules, uploads, trials);
        if !address.ip().is_loopback() && desk.users.all()?.is_empty() {
            return Err(Error::usage(
                "还没有用户，拒绝在本机以外提供网页。",
                "请先用 jixiao user add 添加用户。",
            ));
        }
        let listener = TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        Ok(Self { desk, listener, stop: Arc::default() })
    }

    /// Where it listens.
    pub fn address(&self) -> Result<std::net::SocketAddr> {
        self.listener.local_addr().map_err(Error::internal)
    }

    /// What ends it.
    pub fn stop(&self) -> impl Fn() + Send + 'static {
        let stop = Arc::clone(&self.stop);
        move || stop.notify_one()
    }

    /// Serves until it is told to end.
    pub fn run(self) -> Result<()> {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::internal)?;
        let served = runtime.block_on(self.serve());
        runtime.shutdown_timeout(GRACE);
        served
    }

    async fn serve(self) -> Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener).map_err(Error::internal)?;
        let routes = routes(&self.desk);
        let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        loop {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return Ok(()) };
            let taken = tokio::select! {
                taken = listener.accept() => taken,
                () = self.stop.notified() => return Ok(()),
            };
            let stream = match taken {
                Ok((stream, _)) => stream,
                Err(cause) => {
                    // No room for another connection, or one that went at once: the next may do.
                    tracing::warn!(%cause, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let service = TowerToHyperService::new(routes.clone());
            tokio::spawn(async move {
                let mut http = http1::Builder::new();
                http.timer(TokioTimer::new()).header_read_timeout(HEADER_PATIENCE).max_buf_size(MAX_HEADER);
                // A browser that went away is no fault of ours.
                let _ = http.serve_connection(TokioIo::new(stream), service).await;
                drop(place);
            });
        }
    }
}

fn routes(desk: &Shared) -> Router {
    doors::router(desk.uploads.size())
        .fallback(nowhere)
        .layer(middleware::from_fn_with_state(Arc::clone(desk), guard::watch))
        .with_state(Arc::clone(desk))
}

async fn nowhere(State(_): State<Shared>, signed: Option<axum::Extension<Signed>>) -> Response {
    let frame = match &signed {
        Some(signed) => Frame::of("没有这个网页", signed),
        None => Frame::outside("没有这个网页"),
    };
    html::message(StatusCode::NOT_FOUND, frame, "没有这个网页。", "请从首页进入。")
}
