//! Writes the fields of a struct to an object or to `Debug` output.

use super::numbers::{Numbers, SerializeNumbers};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::collections::BTreeMap;
use std::fmt::{self, Debug};
use std::slice::Iter;
use std::str::SplitWhitespace;

/// Receives the fields of a struct in the order of its properties, one call per field.
///
/// The methods return no `Result`, which keeps the code of the structs small.
pub(crate) trait FieldWriter {
    /// Receives a field of any kind. An object contains it if `is_present`.
    fn field<T: Serialize + Debug>(&mut self, value: &T, is_present: bool);

    /// Receives the properties that are not fields.
    fn others<T: Serialize + Debug>(&mut self, others: &BTreeMap<String, T>);

    /// Like [`others`](Self::others), for numbers.
    fn other_numbers<T: Numbers + Debug>(&mut self, others: &BTreeMap<String, T>);

    /// Receives a field that is not a property and that `Debug` does not show.
    fn private<T>(&mut self, field: &T);

    /// Receives a field that an object always contains.
    fn required<T: Serialize + Debug>(&mut self, value: &T) {
        self.field(value, true);
    }

    /// Like [`required`](Self::required).
    fn nullable<T: Serialize + Debug>(&mut self, value: &T) {
        self.field(value, true);
    }

    /// Receives a field that an object does not contain if it is `None`.
    fn optional<T: Serialize + Debug>(&mut self, value: &Option<T>) {
        self.field(value, value.is_some());
    }

    /// Like [`required`](Self::required), for a number, or a list or map of numbers.
    fn required_number<T: Numbers + Debug>(&mut self, value: &T) {
        self.field(&SerializeNumbers(value), true);
    }

    /// Like [`required_number`](Self::required_number).
    fn nullable_number<T: Numbers + Debug>(&mut self, value: &T) {
        self.field(&SerializeNumbers(value), true);
    }

    /// Like [`optional`](Self::optional), for a number, or a list or map of numbers.
    fn optional_number<T: Numbers + Debug>(&mut self, value: &Option<T>) {
        self.field(&SerializeNumbers(value), value.is_some());
    }
}

/// Counts the properties of an object.
#[derive(Default)]
pub(super) struct PropertyCount(usize);

impl FieldWriter for PropertyCount {
    fn field<T: Serialize + Debug>(&mut self, _: &T, is_present: bool) {
        self.0 += usize::from(is_present);
    }

    fn others<T: Serialize + Debug>(&mut self, others: &BTreeMap<String, T>) {
        self.0 += others.len();
    }

    fn other_numbers<T: Numbers + Debug>(&mut self, others: &BTreeMap<String, T>) {
        self.0 += others.len();
    }

    fn private<T>(&mut self, _: &T) {}
}

/// Writes an object.
pub(super) struct MapWriter<S: Serializer> {
    /// The names of the fields that follow.
    names: Iter<'static, &'static str>,
    /// The object, or the first error.
    map: Result<S::SerializeMap, S::Error>,
}

impl<S: Serializer> MapWriter<S> {
    /// Begins an object with the number of its properties, which some formats write first.
    pub(super) fn new(
        serializer: S,
        length: PropertyCount,
        names: &'static [&'static str],
    ) -> Self {
        Self {
            names: names.iter(),
            map: serializer.serialize_map(Some(length.0)),
        }
    }

    /// Ends the object, or returns the first error.
    pub(super) fn end(self) -> Result<S::Ok, S::Error> {
        self.map?.end()
    }

    fn write<T: Serialize>(&mut self, name: &str, value: &T) {
        let result = match &mut self.map {
            Ok(map) => map.serialize_entry(name, value),
            Err(_) => return,
        };
        if let Err(error) = result {
            self.map = Err(error);
        }
    }
}

impl<S: Serializer> FieldWriter for MapWriter<S> {
    fn field<T: Serialize + Debug>(&mut self, value: &T, is_present: bool) {
        let name = self.names.next().copied().unwrap_or_default();
        if is_present {
            self.write(name, value);
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

    fn private<T>(&mut self, _: &T) {}
}

/// Writes the `Debug` output of a struct.
pub(super) struct DebugWriter<'a, 'f> {
    /// The Rust names of the fields that follow.
    names: SplitWhitespace<'a>,
    output: fmt::DebugStruct<'a, 'f>,
}

impl<'a, 'f> DebugWriter<'a, 'f> {
    /// Begins the output with the name of the struct.
    pub(super) fn new(
        name: &str,
        fields: SplitWhitespace<'a>,
        f: &'a mut fmt::Formatter<'f>,
    ) -> Self {
        Self {
            names: fields,
            output: f.debug_struct(name),
        }
    }

    pub(super) fn end(mut self) -> fmt::Result {
        self.output.finish()
    }

    fn show(&mut self, value: &dyn Debug) {
        let name = self.names.next().unwrap_or_default();
        self.output.field(name.trim_start_matches("r#"), value);
    }
}

impl FieldWriter for DebugWriter<'_, '_> {
    fn field<T: Serialize + Debug>(&mut self, value: &T, _: bool) {
        self.show(value);
    }

    fn others<T: Serialize + Debug>(&mut self, others: &BTreeMap<String, T>) {
        self.show(others);
    }

    fn other_numbers<T: Numbers + Debug>(&mut self, others: &BTreeMap<String, T>) {
        self.show(others);
    }

    fn private<T>(&mut self, _: &T) {
        self.names.next();
    }
}
