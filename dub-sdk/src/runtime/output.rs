//! Writes the fields of a struct to a JSON object or to `Debug` output.

use super::numbers::{Numbers, SerializeNumbers};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt::{self, Debug};

/// Receives the fields of a struct with their values, one call per field.
pub(crate) trait FieldWriter {
    /// Writes a field, even if it is null.
    fn field<T: Serialize + Debug>(&mut self, name: &str, value: &T);

    /// Writes an optional field. If it is `None`, a JSON object omits it, but `Debug` output shows
    /// it.
    fn optional<T: Serialize + Debug>(&mut self, name: &str, value: &Option<T>);

    /// Like [`field`](Self::field), for a number, or a list or map of numbers.
    fn numbers<T: Numbers + Debug>(&mut self, name: &str, value: &T);

    /// Like [`optional`](Self::optional), for a number, or a list or map of numbers.
    fn optional_numbers<T: Numbers + Debug>(&mut self, name: &str, value: &Option<T>);

    /// Writes the additional properties: those without a field of their own.
    fn others<T: Serialize + Debug>(&mut self, others: &BTreeMap<String, T>);

    /// Like [`others`](Self::others), for properties that are numbers, or lists or maps of numbers.
    fn other_numbers<T: Numbers + Debug>(&mut self, others: &BTreeMap<String, T>);
}

/// Writes a JSON object.
///
/// The methods that write a field return no `Result`, which keeps generated code small. `end`
/// returns the first error.
pub(super) struct MapWriter<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> MapWriter<S> {
    pub(super) fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    pub(super) fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }

    fn write<T: Serialize>(&mut self, name: &str, value: &T) {
        let result = match &mut self.0 {
            Ok(map) => map.serialize_entry(name, value),
            Err(_) => return,
        };
        if let Err(error) = result {
            self.0 = Err(error);
        }
    }
}

impl<S: Serializer> FieldWriter for MapWriter<S> {
    fn field<T: Serialize + Debug>(&mut self, name: &str, value: &T) {
        self.write(name, value);
    }

    fn optional<T: Serialize + Debug>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.write(name, value);
        }
    }

    fn numbers<T: Numbers + Debug>(&mut self, name: &str, value: &T) {
        self.write(name, &SerializeNumbers(value));
    }

    fn optional_numbers<T: Numbers + Debug>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.write(name, &SerializeNumbers(value));
        }
    }

    fn others<T: Serialize + Debug>(&mut self, others: &BTreeMap<String, T>) {
        for (name, value) in others {
            self.write(name, value);
        }
    }

    fn other_numbers<T: Numbers + Debug>(&mut self, others: &BTreeMap<String, T>) {
        for (name, value) in others {
            self.write(name, &SerializeNumbers(value));
        }
    }
}

/// Writes the `Debug` output of a struct.
pub(super) struct DebugWriter<'a, 'f>(fmt::DebugStruct<'a, 'f>);

impl<'a, 'f> DebugWriter<'a, 'f> {
    /// Begins the output with the name of the struct.
    pub(super) fn new(name: &str, f: &'a mut fmt::Formatter<'f>) -> Self {
        Self(f.debug_struct(name))
    }

    pub(super) fn end(mut self) -> fmt::Result {
        self.0.finish()
    }
}

impl FieldWriter for DebugWriter<'_, '_> {
    fn field<T: Serialize + Debug>(&mut self, name: &str, value: &T) {
        self.0.field(name, value);
    }

    fn optional<T: Serialize + Debug>(&mut self, name: &str, value: &Option<T>) {
        self.0.field(name, value);
    }

    fn numbers<T: Numbers + Debug>(&mut self, name: &str, value: &T) {
        self.0.field(name, value);
    }

    fn optional_numbers<T: Numbers + Debug>(&mut self, name: &str, value: &Option<T>) {
        self.0.field(name, value);
    }

    fn others<T: Serialize + Debug>(&mut self, others: &BTreeMap<String, T>) {
        self.0.field("additional_properties", others);
    }

    fn other_numbers<T: Numbers + Debug>(&mut self, others: &BTreeMap<String, T>) {
        self.0.field("additional_properties", others);
    }
}
