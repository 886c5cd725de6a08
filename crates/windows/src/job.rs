//! Limits of a process.

use std::ffi::c_void;
use std::io;

use windows::Win32::System::JobObjects::{
    AssignProcessToJobObject, CreateJobObjectW, JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION,
    JOB_OBJECT_LIMIT_PROCESS_MEMORY, JOBOBJECT_EXTENDED_LIMIT_INFORMATION, JobObjectExtendedLimitInformation,
    SetInformationJobObject,
};
use windows::Win32::System::Threading::GetCurrentProcess;
use windows::core::PCWSTR;

/// Limits the memory that this process may commit, until it ends.
pub fn limit_memory(bytes: u64) -> io::Result<()> {
    let mut limits = JOBOBJECT_EXTENDED_LIMIT_INFORMATION::default();
    // A crash ends the process without a window that waits for somebody.
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_PROCESS_MEMORY | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
    limits.ProcessMemoryLimit = usize::try_from(bytes).unwrap_or(usize::MAX);
    let size = u32::try_from(size_of_val(&limits)).map_err(io::Error::other)?;
    // SAFETY: the limits are of the kind and size that are told, and outlive the call. The job lives as long as its process,
    // whether or not the handle is kept: it is never closed, which costs one handle.
    unsafe {
        let job = CreateJobObjectW(None, PCWSTR::null())?;
        let limits: *const c_void = (&raw const limits).cast();
        SetInformationJobObject(job, JobObjectExtendedLimitInformation, limits, size)?;
        AssignProcessToJobObject(job, GetCurrentProcess())?;
    }
    Ok(())
}
