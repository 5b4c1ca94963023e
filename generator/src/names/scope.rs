//! Scopes, in which every name is unique.

use std::collections::HashMap;

/// The used names of a scope, each with the JSON pointer of the item that has it.
#[derive(Debug, Default)]
pub struct Scope {
    used: HashMap<String, String>,
}

impl Scope {
    /// Creates a scope in which some names are already used. They have an empty pointer.
    pub fn with_reserved(names: &[&str]) -> Self {
        let used = names
            .iter()
            .map(|name| ((*name).to_owned(), String::new()))
            .collect();
        Self { used }
    }

    pub fn is_free(&self, name: &str) -> bool {
        !self.used.contains_key(name)
    }

    /// Adds a name. If the name is already used, returns the pointer of the item that has it.
    pub fn claim(&mut self, name: &str, pointer: &str) -> Result<(), String> {
        match self.used.get(name) {
            Some(holder) => Err(holder.clone()),
            None => {
                self.used.insert(name.to_owned(), pointer.to_owned());
                Ok(())
            }
        }
    }

    /// Adds a name. If the name is already used, appends the first number from 2 that makes it
    /// unique.
    pub fn claim_unique(&mut self, name: String, pointer: &str) -> String {
        let mut candidate = name.clone();
        let mut number = 2_u32;
        while self.claim(&candidate, pointer).is_err() {
            candidate = format!("{}{number}", name.trim_end_matches('_'));
            number = number.saturating_add(1);
        }
        candidate
    }
}

/// Returns the file name of a module, without the extension.
///
/// Non-ASCII characters are escaped as `__` and the code point, because rustc looks up modules only
/// by ASCII file names. Module names never contain `__`, so file names are unique.
pub fn file_name(module: &str) -> String {
    let mut name = String::new();
    for character in module.trim_start_matches("r#").chars() {
        if character.is_ascii() {
            name.push(character);
        } else {
            name.push_str(&format!("__{:x}", u32::from(character)));
        }
    }
    shorten(name, MAX_FILE_NAME_LENGTH)
}

/// The maximum length of a file name without the extension.
const MAX_FILE_NAME_LENGTH: usize = 120;

/// Shortens a name that is too long for readers or file systems. The start and the end are kept; a
/// hash of the full name replaces the middle, so that the result is stable.
pub fn shorten(name: String, max_length: usize) -> String {
    let count = name.chars().count();
    if count <= max_length {
        return name;
    }
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let half = max_length.saturating_sub(18) / 2;
    let start: String = name.chars().take(half).collect();
    let end: String = name.chars().skip(count.saturating_sub(half)).collect();
    format!("{start}x{hash:016x}{end}")
}
