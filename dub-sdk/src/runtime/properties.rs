//! Reads the properties of a JSON object into the fields of a struct.

use super::numbers::{Numbers, NumbersSeed};
use super::unmatched;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;
use std::slice::Iter;

/// Receives the fields of a struct in the order of its properties, one call per field.
pub(crate) trait FieldReader {
    /// Reads a required field. An object without it is rejected.
    fn required<T: DeserializeOwned>(&mut self, field: &mut T);

    /// Reads a field that may be absent.
    fn optional<T: DeserializeOwned>(&mut self, field: &mut T);

    /// Like [`required`](Self::required), for a number, or a list or map of numbers.
    fn required_number<T: Numbers>(&mut self, field: &mut T);

    /// Like [`optional`](Self::optional), for a number, or a list or map of numbers.
    fn optional_number<T: Numbers>(&mut self, field: &mut T);

    /// Reads the properties that are not fields. It must be the last call.
    fn others<T: DeserializeOwned>(&mut self, others: &mut BTreeMap<String, T>);

    /// Like [`others`](Self::others), for numbers.
    fn other_numbers<T: Numbers>(&mut self, others: &mut BTreeMap<String, T>);

    /// Reads a required field that can be null. A server may omit it, so the object is accepted
    /// without it; a union prefers types without absent fields.
    fn nullable<T: DeserializeOwned>(&mut self, field: &mut T);

    /// Like [`nullable`](Self::nullable), for a number, or a list or map of numbers.
    fn nullable_number<T: Numbers>(&mut self, field: &mut T);

    /// Leaves a field that is not a property as it is.
    fn private<T>(&mut self, _: &mut T) {}
}

/// Reads each property into the field with its name.
///
/// A pass offers the current property to each field, from the first to the last. When a field
/// matches, its value is read, and the pass continues with the next property and the next field.
/// One pass is therefore enough if the properties have the same order as the fields, which is
/// usually the case.
pub(super) struct PropertyReader<'de, M: MapAccess<'de>> {
    map: M,
    /// The names of the fields.
    fields: &'static [&'static str],
    /// The names of the fields that this pass has not reached yet.
    remaining: Iter<'static, &'static str>,
    /// The name of the current property; `None` after the last one.
    name: Option<Cow<'de, str>>,
    /// True if the reader moved to the current property during this pass. The pass then offers the
    /// property only to the remaining fields.
    is_partly_offered: bool,
    /// True if a union is being read, so that nullable fields count as required ones.
    is_matching: bool,
    /// The number of required fields that this pass has reached.
    index: usize,
    /// The total number of required fields; `None` until the first pass has ended.
    required: Option<usize>,
    seen: Seen,
    /// True during the pass that finds missing fields.
    is_missing_pass: bool,
    missing: Option<&'static str>,
    /// The number of nullable fields that are missing.
    absent: usize,
    error: Option<M::Error>,
}

impl<'de, M: MapAccess<'de>> PropertyReader<'de, M> {
    /// Creates a reader and reads the name of the first property.
    pub(super) fn begin(mut map: M, fields: &'static [&'static str]) -> Result<Self, M::Error> {
        Ok(Self {
            name: map.next_key_seed(KeySeed)?,
            map,
            fields,
            remaining: fields.iter(),
            is_partly_offered: false,
            is_matching: unmatched::is_matching(),
            index: 0,
            required: None,
            seen: Seen::default(),
            is_missing_pass: false,
            missing: None,
            absent: 0,
            error: None,
        })
    }

    /// Returns true if there is a current property.
    pub(super) fn has_property(&self) -> bool {
        self.name.is_some()
    }

    /// Ends a pass. Skips the current property if no field matches it.
    pub(super) fn end_pass(&mut self) -> Result<(), M::Error> {
        if self.name.is_some() && !self.is_partly_offered {
            self.skip()?;
            self.advance();
        }
        self.required = Some(self.index);
        self.index = 0;
        self.remaining = self.fields.iter();
        self.is_partly_offered = false;
        self.error.take().map_or(Ok(()), Err)
    }

    /// Prepares the pass that finds missing fields. Returns false if every required field was
    /// read, so that the pass is not needed.
    pub(super) fn begin_missing_pass(&mut self) -> bool {
        self.is_missing_pass = self.required != Some(self.seen.count);
        self.is_missing_pass
    }

    /// Returns the first required field that is missing and cannot be null. Reports the other missing
    /// fields if a union is being read.
    pub(super) fn missing(&self) -> Option<&'static str> {
        if self.is_matching {
            unmatched::set_absent(self.absent);
        }
        self.missing
    }

    fn skip(&mut self) -> Result<(), M::Error> {
        if self.is_matching {
            let value = self.map.next_value()?;
            unmatched::add(|| unmatched::property_size(&value));
            return Ok(());
        }
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// Moves on to the next property.
    fn advance(&mut self) {
        self.is_partly_offered = true;
        match self.map.next_key_seed(KeySeed) {
            Ok(name) => self.name = name,
            Err(error) => self.fail(error),
        }
    }

    fn fail(&mut self, error: M::Error) {
        self.name = None;
        self.error = Some(error);
    }

    fn next_field(&mut self) -> &'static str {
        self.remaining.next().copied().unwrap_or_default()
    }

    /// Returns true if the current property belongs to the next field, which is optional.
    fn matches(&mut self) -> bool {
        let name = self.next_field();
        self.name.as_deref() == Some(name)
    }

    /// Returns true if the current property belongs to the next field, which is required.
    fn matches_required(&mut self, is_nullable: bool) -> bool {
        if is_nullable && !self.is_matching {
            return self.matches();
        }
        let name = self.next_field();
        let index = self.index;
        self.index += 1;
        let matches = self.name.as_deref() == Some(name);
        if matches {
            self.seen.mark(index);
        } else if self.is_missing_pass && !self.seen.contains(index) {
            if is_nullable {
                self.absent += 1;
            } else {
                self.missing.get_or_insert(name);
            }
        }
        matches
    }

    fn read<T: DeserializeOwned>(&mut self, field: &mut T) {
        let value = self.map.next_value();
        if let Some(value) = self.accept_value(value) {
            *field = value;
        }
    }

    fn read_number<T: Numbers>(&mut self, field: &mut T) {
        let value = self.map.next_value_seed(NumbersSeed(PhantomData));
        if let Some(value) = self.accept_value(value) {
            *field = value;
        }
    }

    /// Returns the value that was read and moves on, or stores the error and ends the reading.
    fn accept_value<T>(&mut self, value: Result<T, M::Error>) -> Option<T> {
        match value {
            Ok(value) => {
                self.advance();
                Some(value)
            }
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    /// Takes the name of the current property if it is not a field.
    fn other(&mut self) -> Option<String> {
        let name = if self.is_partly_offered {
            None
        } else {
            self.name.take()
        };
        name.map(|name| {
            unmatched::add(|| 1);
            name.into_owned()
        })
    }
}

impl<'de, M: MapAccess<'de>> FieldReader for PropertyReader<'de, M> {
    fn required<T: DeserializeOwned>(&mut self, field: &mut T) {
        if self.matches_required(false) {
            self.read(field);
        }
    }

    fn nullable<T: DeserializeOwned>(&mut self, field: &mut T) {
        if self.matches_required(true) {
            self.read(field);
        }
    }

    fn optional<T: DeserializeOwned>(&mut self, field: &mut T) {
        if self.matches() {
            self.read(field);
        }
    }

    fn required_number<T: Numbers>(&mut self, field: &mut T) {
        if self.matches_required(false) {
            self.read_number(field);
        }
    }

    fn nullable_number<T: Numbers>(&mut self, field: &mut T) {
        if self.matches_required(true) {
            self.read_number(field);
        }
    }

    fn optional_number<T: Numbers>(&mut self, field: &mut T) {
        if self.matches() {
            self.read_number(field);
        }
    }

    fn others<T: DeserializeOwned>(&mut self, others: &mut BTreeMap<String, T>) {
        let Some(name) = self.other() else { return };
        let value = self.map.next_value();
        if let Some(value) = self.accept_value(value) {
            others.insert(name, value);
        }
    }

    fn other_numbers<T: Numbers>(&mut self, others: &mut BTreeMap<String, T>) {
        let Some(name) = self.other() else { return };
        let value = self.map.next_value_seed(NumbersSeed(PhantomData));
        if let Some(value) = self.accept_value(value) {
            others.insert(name, value);
        }
    }
}

/// The set of required fields that were read.
#[derive(Default)]
struct Seen {
    /// A bit for each of the first 128 fields. Most objects have fewer.
    first: u128,
    others: BTreeSet<usize>,
    count: usize,
}

impl Seen {
    fn mark(&mut self, index: usize) {
        if self.contains(index) {
            return;
        }
        self.count += 1;
        match bit(index) {
            Some(bit) => self.first |= bit,
            None => drop(self.others.insert(index)),
        }
    }

    fn contains(&self, index: usize) -> bool {
        match bit(index) {
            Some(bit) => self.first & bit != 0,
            None => self.others.contains(&index),
        }
    }
}

fn bit(index: usize) -> Option<u128> {
    1_u128.checked_shl(u32::try_from(index).ok()?)
}

/// Reads a key of an object. The key is borrowed from the input unless it contains an escape.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_string(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn tracks_more_than_128_required_fields() {
        let mut seen = Seen::default();
        for index in 0..130 {
            assert!(!seen.contains(index));
            seen.mark(index);
            seen.mark(index);
            assert!(seen.contains(index));
            assert_eq!(seen.count, index + 1);
        }
    }
}
