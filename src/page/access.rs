//! Where the page listens, and by what names it may be called.

use std::net::SocketAddr;

use crate::base::{Error, Result};

/// Where it listens, and what stands before it.
#[derive(Debug, Clone)]
pub struct Access {
    address: SocketAddr,
    /// Scheme, name and port under which a reverse proxy shows it.
    proxy: Option<Origin>,
}

/// An origin: `https://jixiao.example.gov.cn`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin {
    /// Name and port, as browsers say them.
    host: String,
}

impl Access {
    /// Beyond this machine only behind a reverse proxy that encrypts: passwords and workbooks would go about in the open.
    pub fn new(address: SocketAddr, proxy: Option<&str>) -> Result<Self> {
        let proxy = proxy.map(origin).transpose()?;
        if !address.ip().is_loopback() && proxy.is_none() {
            return Err(Error::usage(
                format!("{address} 不是本机地址，而传输没有加密，拒绝在此地址上提供网页。"),
                "只在本机使用的，请写 --listen 127.0.0.1:8480；供他人使用的，请在前面设置反向代理（HTTPS），并用 --proxy 写明其网址。",
            ));
        }
        Ok(Self { address, proxy })
    }

    /// The address.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether browsers come to it over TLS.
    pub(super) fn is_encrypted(&self) -> bool {
        self.proxy.is_some()
    }

    /// Whether it may be called by this name: a stranger's name that leads here would be a way around the browser's walls.
    pub(super) fn answers_to(&self, host: &str) -> bool {
        if let Some(proxy) = &self.proxy {
            return proxy.host.eq_ignore_ascii_case(host);
        }
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        ["localhost", "127.0.0.1", "[::1]"].iter().any(|own| name.eq_ignore_ascii_case(own))
    }

    /// Whether a request of this `Origin` comes from a page of ours that was called by this name.
    pub(super) fn is_own(&self, said: &str, host: &str) -> bool {
        let scheme = if self.is_encrypted() { "https://" } else { "http://" };
        said.strip_prefix(scheme).is_some_and(|name| name.eq_ignore_ascii_case(host))
    }
}

fn origin(told: &str) -> Result<Origin> {
    let wrong = || {
        Error::usage(
            format!("“{told}”不是反向代理的网址。"),
            "请写浏览器中看到的网址，以 https:// 开头，不带路径，如 https://jixiao.example.gov.cn。",
        )
    };
    let host = told.trim_end_matches('/').strip_prefix("https://").ok_or_else(wrong)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    if host.is_empty() || !host.chars().all(plain) {
        return Err(wrong());
    }
    Ok(Origin { host: host.trim_end_matches(":443").to_owned() })
}
