//! Where the fields of a struct go: into an object of JSON, or into what `Debug` shows.

use super::numbers::{Numbers, SerializeNumbers};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt::{self, Debug};

/// What the fields of a struct are named to, with their values.
pub(crate) trait FieldWriter {
    /// A field that is written also where it is null.
    fn field<T: Serialize + Debug>(&mut self, name: &str, value: &T);

    /// A field that is left out when there is nothing to say.
    fn optional<T: Serialize + Debug>(&mut self, name: &str, value: &Option<T>);

    /// A field of numbers that is written also where it is null.
    fn numbers<T: Numbers + Debug>(&mut self, name: &str, value: &T);

    /// A field of numbers that is left out when there is nothing to say.
    fn optional_numbers<T: Numbers + Debug>(&mut self, name: &str, value: &Option<T>);

    /// The properties that are no fields.
    fn others<T: Serialize + Debug>(&mut self, others: &BTreeMap<String, T>);

    /// The same where they are numbers.
    fn other_numbers<T: Numbers + Debug>(&mut self, others: &BTreeMap<String, T>);
}

/// An object on its way out. It keeps its first error, so that writing a field is a plain call.
pub(super) struct MapWriter<S: Serializer>(Result<S::SerializeMap, S::Error>);

impl<S: Serializer> MapWriter<S> {
    pub(super) fn new(serializer: S) -> Self {
        Self(serializer.serialize_map(None))
    }

    pub(super) fn end(self) -> Result<S::Ok, S::Error> {
        self.0?.end()
    }

    fn write<T: Serialize>(&mut self, name: &str, value: &T) {
        let written = match &mut self.0 {
            Ok(map) => map.serialize_entry(name, value),
            Err(_) => return,
        };
        if let Err(error) = written {
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

/// A struct as `Debug` shows it.
pub(super) struct DebugWriter<'a, 'f>(fmt::DebugStruct<'a, 'f>);

impl<'a, 'f> DebugWriter<'a, 'f> {
    /// Begins with the name of the struct.
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
