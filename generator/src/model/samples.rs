//! Values for the examples in the docs.

use serde_json::Value;
use std::collections::HashMap;

/// Values that the document allows, by the location of the input that they are for: a JSON pointer.
#[derive(Default)]
pub struct Samples {
    values: HashMap<String, Value>,
    is_complete: bool,
}

impl Samples {
    /// Creates an empty set of samples. With `is_complete`, objects have their optional properties.
    pub fn new(is_complete: bool) -> Self {
        Self {
            values: HashMap::new(),
            is_complete,
        }
    }

    /// Returns true if objects have their optional properties.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Returns the value for the input at a location; `None` if no value was found.
    pub fn get(&self, pointer: &str) -> Option<&Value> {
        self.values.get(pointer)
    }

    /// Adds the value for the input at a location.
    pub fn insert(&mut self, pointer: String, value: Value) {
        self.values.insert(pointer, value);
    }
}
