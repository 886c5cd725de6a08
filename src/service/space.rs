//! How much room is left on a disk.

use std::path::Path;

/// Megabytes that whoever runs the service may still write where `path` is; `None` where the system does not say.
#[cfg(unix)]
pub(super) fn free_mb(path: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(path).ok()?;
    stat.f_bavail.checked_mul(stat.f_frsize).map(|bytes| bytes >> 20)
}

/// The same on Windows.
#[cfg(windows)]
pub(super) fn free_mb(path: &Path) -> Option<u64> {
    jixiao_windows::free_bytes(path).ok().map(|bytes| bytes >> 20)
}
