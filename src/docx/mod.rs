//! Word documents as packages: what they say; nothing of forms or reports.

pub mod read;
