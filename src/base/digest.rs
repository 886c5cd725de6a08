//! Digests, and how they are written.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Bytes read at a time.
const CHUNK: usize = 64 * 1024;

/// The SHA-256 of all that is left to read, hexadecimal.
pub fn sha256(reader: &mut impl Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0_u8; CHUNK];
    loop {
        let read = reader.read(&mut buffer)?;
        match buffer.get(..read) {
            Some([]) | None => return Ok(hexadecimal(&hasher.finalize())),
            Some(bytes) => hasher.update(bytes),
        }
    }
}

/// The SHA-256 of texts in order, each told from the next, hexadecimal.
pub fn sha256_of<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hexadecimal(&hasher.finalize())
}

/// The bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}
