//! What a person at the desktop meets.

use std::path::Path;

use windows::Win32::System::Com::{
    CLSCTX_INPROC_SERVER, COINIT_APARTMENTTHREADED, CoCreateInstance, CoInitializeEx, CoUninitialize,
    IPersistFile,
};
use windows::Win32::System::Console::GetConsoleProcessList;
use windows::Win32::UI::Shell::{IShellLinkW, ShellLink};
use windows::Win32::UI::WindowsAndMessaging::{
    IDYES, MB_ICONINFORMATION, MB_ICONQUESTION, MB_OK, MB_SETFOREGROUND, MB_YESNO, MESSAGEBOX_RESULT,
    MESSAGEBOX_STYLE, MessageBoxW,
};
use windows::core::{HSTRING, Interface as _};

/// Whether this program runs alone in its console: it was started from the desktop, and the console goes when it ends.
pub fn has_own_console() -> bool {
    let mut processes = [0_u32; 2];
    // SAFETY: the buffer is as long as the binding tells the system.
    unsafe { GetConsoleProcessList(&mut processes) == 1 }
}

/// Shows a window with a text, until it is closed.
pub fn message(title: &str, text: &str) {
    show(title, text, MB_OK | MB_ICONINFORMATION);
}

/// Asks yes or no.
pub fn ask(title: &str, question: &str) -> bool {
    show(title, question, MB_YESNO | MB_ICONQUESTION) == IDYES
}

fn show(title: &str, text: &str, style: MESSAGEBOX_STYLE) -> MESSAGEBOX_RESULT {
    let (title, text) = (HSTRING::from(title), HSTRING::from(text));
    // SAFETY: both texts end in a zero and outlive the call.
    unsafe { MessageBoxW(None, &text, &title, style | MB_SETFOREGROUND) }
}

/// Makes a shortcut (`.lnk`) to a program.
pub fn shortcut(at: &Path, program: &Path, comment: &str) -> std::io::Result<()> {
    // SAFETY: COM is begun and ended on this thread, and nothing made between outlives it.
    let made = unsafe {
        CoInitializeEx(None, COINIT_APARTMENTTHREADED).ok()?;
        let made = shortcut_by_com(at, program, comment);
        CoUninitialize();
        made
    };
    Ok(made?)
}

/// # Safety
/// COM has been begun on this thread.
unsafe fn shortcut_by_com(at: &Path, program: &Path, comment: &str) -> windows::core::Result<()> {
    // SAFETY: COM has been begun; all texts end in a zero and outlive the calls.
    unsafe {
        let link: IShellLinkW = CoCreateInstance(&ShellLink, None, CLSCTX_INPROC_SERVER)?;
        link.SetPath(&HSTRING::from(program))?;
        link.SetDescription(&HSTRING::from(comment))?;
        link.cast::<IPersistFile>()?.Save(&HSTRING::from(at), true)
    }
}
