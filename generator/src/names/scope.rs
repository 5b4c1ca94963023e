//! A scope: the names used in one place, and by what.

use std::collections::HashMap;

/// Names that generated code uses without a path, so that nothing may be called so.
pub const RESERVED: [&str; 60] = [
    "ApiError",
    "AsRef",
    "AttachedResponse",
    "BTreeMap",
    "Blocking",
    "BodyKind",
    "Box",
    "Bytes",
    "C",
    "Client",
    "Clone",
    "Conflict",
    "Copy",
    "Cow",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Duration",
    "Eq",
    "Err",
    "Error",
    "ErrorBody",
    "ErrorResponse",
    "ErrorValue",
    "FilePart",
    "From",
    "Hash",
    "HeaderMap",
    "In",
    "Into",
    "Items",
    "Method",
    "NextCursor",
    "None",
    "Ok",
    "Operation",
    "Option",
    "PageInputs",
    "Pages",
    "Pagination",
    "PartialEq",
    "RawResponse",
    "Request",
    "Response",
    "Result",
    "RetryPolicy",
    "Self_",
    "Send",
    "SendFuture",
    "Serialize",
    "Serializer",
    "Some",
    "StatusCode",
    "String",
    "Style",
    "Sync",
    "Timestamp",
    "Vec",
    "D",
];

/// Names in use, each with the place in the document that took it.
#[derive(Debug, Default)]
pub struct Scope {
    used: HashMap<String, String>,
}

impl Scope {
    /// A scope in which some names are used from the start.
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

    /// Takes a name; the place that has it when it is not free.
    pub fn claim(&mut self, name: &str, place: &str) -> Result<(), String> {
        match self.used.get(name) {
            Some(holder) => Err(holder.clone()),
            None => {
                self.used.insert(name.to_owned(), place.to_owned());
                Ok(())
            }
        }
    }

    /// Takes the first free one of the name, and the name with 2, 3 and so on behind it.
    pub fn claim_unique(&mut self, name: String, place: &str) -> String {
        let mut candidate = name.clone();
        let mut number = 2_u32;
        while self.claim(&candidate, place).is_err() {
            candidate = format!("{}{number}", name.trim_end_matches('_'));
            number = number.saturating_add(1);
        }
        candidate
    }
}

/// The name of a module's file, without its ending: the compiler looks for modules by names of ASCII alone. Two
/// underscores in a row stand in no module's name, so that no two files are one.
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

/// How long the name of a file may be.
const MAX_FILE_NAME_LENGTH: usize = 120;

/// Names grow with what they are made of. One that is longer than a reader or a file system can bear keeps its
/// ends; between them stands a number made of it, which stays the same as long as the name does.
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
