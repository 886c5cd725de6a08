//! The event log of the system, where an operator of Windows looks first.

use std::ffi::c_void;
use std::io;

use windows::Win32::System::EventLog::{
    DeregisterEventSource, EVENTLOG_ERROR_TYPE, EVENTLOG_INFORMATION_TYPE, RegisterEventSourceW, ReportEventW,
};
use windows::Win32::System::Registry::{
    HKEY_LOCAL_MACHINE, REG_DWORD, REG_EXPAND_SZ, REG_VALUE_TYPE, RegDeleteTreeW, RegSetKeyValueW,
};
use windows::core::{HSTRING, PCWSTR};

use crate::NAME;

/// Where the system keeps what it knows of those who write into the log of applications.
const SOURCES: &str = r"SYSTEM\CurrentControlSet\Services\EventLog\Application";
/// A program of every Windows whose messages 1 to 1000 are nothing but the text that is given, so that no file of messages of our
/// own must stay where it was when the service was installed.
const MESSAGES: &str = r"%SystemRoot%\System32\EventCreate.exe";
/// The log takes 31,839 characters of a text, and no text of ours is near that unless a name in it is.
const MAX_TEXT: usize = 10_000;

/// What happened. The number is that of the event, by which an operator filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The service works.
    Started = 1,
    /// The service has ended as it was asked to.
    Stopped = 2,
    /// The service cannot work, or ended by itself.
    Failed = 3,
}

/// Writes an event into the log.
pub fn record(event: Event, text: &str) -> io::Result<()> {
    let kind = if event == Event::Failed { EVENTLOG_ERROR_TYPE } else { EVENTLOG_INFORMATION_TYPE };
    // The viewer would put other texts in the place of `%1`.
    let text: String = text.chars().take(MAX_TEXT).map(|c| if c == '%' { '％' } else { c }).collect();
    let text = HSTRING::from(text);
    // SAFETY: the texts end in a zero and outlive the calls; the handle is closed once, and not used after.
    unsafe {
        let log = RegisterEventSourceW(None, &HSTRING::from(NAME))?;
        let written = ReportEventW(log, kind, 0, event as u32, None, 0, Some(&[PCWSTR(text.as_ptr())]), None);
        DeregisterEventSource(log)?;
        written?;
    }
    Ok(())
}

fn source() -> HSTRING {
    HSTRING::from(format!(r"{SOURCES}\{NAME}"))
}

/// Tells the system how events of ours are shown.
pub(crate) fn register() -> io::Result<()> {
    let file: Vec<u8> = MESSAGES.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let kinds = u32::from(EVENTLOG_ERROR_TYPE.0 | EVENTLOG_INFORMATION_TYPE.0);
    set("EventMessageFile", REG_EXPAND_SZ, &file)?;
    set("TypesSupported", REG_DWORD, &kinds.to_le_bytes())
}

fn set(value: &str, kind: REG_VALUE_TYPE, bytes: &[u8]) -> io::Result<()> {
    let size = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    let data: *const c_void = bytes.as_ptr().cast();
    // SAFETY: the data are of the size that is told; they and the texts, which end in a zero, outlive the call.
    unsafe { RegSetKeyValueW(HKEY_LOCAL_MACHINE, &source(), &HSTRING::from(value), kind.0, Some(data), size) }
        .ok()
        .map_err(io::Error::from)
}

/// What has been written stays in the log.
pub(crate) fn unregister() -> io::Result<()> {
    // SAFETY: the text ends in a zero and outlives the call.
    unsafe { RegDeleteTreeW(HKEY_LOCAL_MACHINE, &source()) }.ok().map_err(io::Error::from)
}
