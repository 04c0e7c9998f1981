//! Names of files as they are shown, logged and judged: text where they are
//! UTF-8, else bytes.

use std::ffi::{OsStr, OsString};

use crate::common::printable;

/// The bytes of a name that is no text, where the system has such names.
pub fn bytes(name: &OsStr) -> Option<&[u8]> {
    #[cfg(unix)]
    return Some(std::os::unix::ffi::OsStrExt::as_bytes(name));
    #[cfg(not(unix))]
    return name.to_str().map(str::as_bytes);
}

fn from_bytes(bytes: Vec<u8>) -> Option<OsString> {
    #[cfg(unix)]
    return Some(std::os::unix::ffi::OsStringExt::from_vec(bytes));
    #[cfg(not(unix))]
    return String::from_utf8(bytes).ok().map(OsString::from);
}

/// A name for the eye: bytes that are no text as `\xE9`, controls escaped.
pub fn shown(name: &OsStr) -> String {
    let Some(bytes) = bytes(name) else {
        return printable(&name.to_string_lossy());
    };
    let mut shown = String::new();
    for chunk in bytes.utf8_chunks() {
        shown += &printable(chunk.valid());
        for byte in chunk.invalid() {
            shown += &format!("\\x{byte:02X}");
        }
    }
    shown
}

/// A name or path as it is logged: bytes that are no text, and `%`, as `%E9`.
pub fn logged(name: &OsStr) -> String {
    let Some(bytes) = bytes(name) else {
        return name.to_string_lossy().replace('%', "%25");
    };
    let mut logged = String::new();
    for chunk in bytes.utf8_chunks() {
        logged += &chunk.valid().replace('%', "%25");
        for byte in chunk.invalid() {
            logged += &format!("%{byte:02X}");
        }
    }
    logged
}

/// The name that was logged so.
pub fn unlogged(logged: &str) -> Option<OsString> {
    let mut parts = logged.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(rest.as_bytes());
    }
    from_bytes(bytes)
}

/// Why a file cannot be called so, if it cannot.
pub fn unfit(name: &str) -> Option<&'static str> {
    if name.is_empty() || name == "." || name == ".." {
        Some("that is no name")
    } else if name.chars().any(|c| c.is_control()) {
        Some("the new name would hold control characters")
    } else if name.contains('/')
        || (cfg!(windows) && name.contains(['\\', ':', '*', '?', '"', '<', '>', '|']))
    {
        Some("the new name would hold a character that no name may hold")
    } else if name.len() > 255 {
        Some("the new name would be too long")
    } else {
        None
    }
}
