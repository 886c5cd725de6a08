//! A browser without eyes: requests as they go over the wire, so that a test can send what no browser would.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A header's value; empty where it is not there.
    pub(super) fn header(&self, name: &str) -> &str {
        let pairs = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut named = pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim()).unwrap_or_default()
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends bytes as they are and reads until the other side is done.
pub(super) fn raw(to: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(to).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    // Whoever refuses a request may not read all of it.
    let _ = stream.write_all(bytes);
    let mut all = Vec::new();
    let mut piece = [0_u8; 65_536];
    // Not every server closes when it is asked to: what it says of the length counts.
    while !is_whole(&all) {
        match stream.read(&mut piece) {
            Ok(read @ 1..) => all.extend_from_slice(&piece[..read]),
            _ => break,
        }
    }
    let end = head_end(&all).unwrap_or(all.len());
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
    Answer { status, head, body: all.get(end + 4..).unwrap_or_default().to_vec() }
}

fn head_end(all: &[u8]) -> Option<usize> {
    all.windows(4).position(|four| four == b"\r\n\r\n")
}

fn is_whole(all: &[u8]) -> bool {
    let Some(end) = head_end(all) else { return false };
    let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
    // With or without a space behind the colon.
    let mut lengths = head.lines().filter_map(|line| line.strip_prefix("content-length:"));
    let length = lengths.next().and_then(|length| length.trim().parse::<usize>().ok());
    length.is_some_and(|length| all.len() >= end + 4 + length)
}

/// A request with these headers beside those that it must have.
pub(super) fn send(to: SocketAddr, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut head = format!("{line} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| *name == "Host") {
        let _ = write!(head, "Host: {to}\r\n");
    }
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    raw(to, &[head.as_bytes(), b"\r\n", body].concat())
}

/// Fields and files as a form sends them.
pub(super) fn form(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    const EDGE: &str = "----the-edge-of-a-part";
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.bytes());
    }
    for (name, bytes) in files {
        let head = format!(
            "--{EDGE}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{EDGE}--\r\n").bytes());
    (format!("multipart/form-data; boundary={EDGE}"), body)
}
