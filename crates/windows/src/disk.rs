//! Disks.

use std::io;
use std::os::windows::ffi::OsStrExt as _;
use std::path::Path;

use windows::Win32::Storage::FileSystem::GetDiskFreeSpaceExW;
use windows::core::PCWSTR;

/// Bytes that whoever runs this process may still write in a folder.
pub fn free_bytes(folder: &Path) -> io::Result<u64> {
    let name: Vec<u16> = folder.as_os_str().encode_wide().chain([0]).collect();
    let mut free = 0_u64;
    // SAFETY: the name ends with a zero and outlives the call, as does the number.
    unsafe { GetDiskFreeSpaceExW(PCWSTR(name.as_ptr()), Some(&raw mut free), None, None)? };
    Ok(free)
}
