//! Values for the examples in the docs.

use serde_json::Value;
use std::collections::HashMap;

/// Values that the document allows, by the location of the input that they are for: a JSON pointer.
#[derive(Default)]
pub struct Samples(HashMap<String, Value>);

impl Samples {
    /// Returns the value for the input at a location; `None` if no value was found.
    pub fn get(&self, pointer: &str) -> Option<&Value> {
        self.0.get(pointer)
    }

    /// Adds the value for the input at a location.
    pub fn insert(&mut self, pointer: String, value: Value) {
        self.0.insert(pointer, value);
    }
}
