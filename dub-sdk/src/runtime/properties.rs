//! The properties of an object of JSON on their way into the fields of a struct.

use super::numbers::{Numbers, NumbersSeed};
use super::union_match;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;

/// What the fields of a struct are named to.
pub(crate) trait FieldReader {
    /// A field without which an object is refused.
    fn required<T: DeserializeOwned>(&mut self, name: &'static str, field: &mut T);

    /// A field that may be left out.
    fn optional<T: DeserializeOwned>(&mut self, name: &'static str, field: &mut T);

    /// A field of numbers without which an object is refused.
    fn required_numbers<T: Numbers>(&mut self, name: &'static str, field: &mut T);

    /// A field of numbers that may be left out.
    fn optional_numbers<T: Numbers>(&mut self, name: &'static str, field: &mut T);

    /// The properties that are no fields. It comes last.
    fn others<T: DeserializeOwned>(&mut self, others: &mut BTreeMap<String, T>);

    /// The same where they are numbers.
    fn other_numbers<T: Numbers>(&mut self, others: &mut BTreeMap<String, T>);
}

/// Reads each property into the field of its name.
///
/// The fields are asked in passes, each from the first to the last. When one has taken a property the next one is at hand
/// for those after it, so that one pass is enough for properties that come in the order of the fields, as they mostly do.
pub(super) struct PropertyReader<'de, M: MapAccess<'de>> {
    map: M,
    /// The name of the property at hand; `None` after the last.
    name: Option<Cow<'de, str>>,
    /// Whether only some of the fields have been asked for it.
    is_partly_offered: bool,
    /// How many required fields this pass has met.
    index: usize,
    /// How many there are, once a pass has met them all.
    required: Option<usize>,
    seen: Seen,
    /// Whether this pass is to find what is missing.
    is_missing_pass: bool,
    missing: Option<&'static str>,
    error: Option<M::Error>,
}

impl<'de, M: MapAccess<'de>> PropertyReader<'de, M> {
    /// Begins with the first property.
    pub(super) fn begin(mut map: M) -> Result<Self, M::Error> {
        Ok(Self {
            name: map.next_key_seed(KeySeed)?,
            map,
            is_partly_offered: false,
            index: 0,
            required: None,
            seen: Seen::default(),
            is_missing_pass: false,
            missing: None,
            error: None,
        })
    }

    /// Whether there is a property at hand.
    pub(super) fn has_property(&self) -> bool {
        self.name.is_some()
    }

    /// Ends a pass. A property that no field has taken is passed over.
    pub(super) fn end_pass(&mut self) -> Result<(), M::Error> {
        if self.name.is_some() && !self.is_partly_offered {
            self.skip()?;
            self.advance();
        }
        self.required = Some(self.index);
        self.index = 0;
        self.is_partly_offered = false;
        self.error.take().map_or(Ok(()), Err)
    }

    /// Turns to finding what is missing, in one more pass; `false` when every required field has been met.
    pub(super) fn begin_missing_pass(&mut self) -> bool {
        self.is_missing_pass = self.required != Some(self.seen.count);
        self.is_missing_pass
    }

    /// The first field that has to be there and is not.
    pub(super) fn missing(&self) -> Option<&'static str> {
        self.missing
    }

    fn skip(&mut self) -> Result<(), M::Error> {
        if union_match::is_matching() {
            let value = self.map.next_value()?;
            union_match::unmatched(|| union_match::property_size(&value));
            return Ok(());
        }
        self.map.next_value::<IgnoredAny>().map(drop)
    }

    /// Goes on to the next property.
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

    /// Whether the property at hand is to be read into a field that may be left out.
    fn matches(&self, name: &str) -> bool {
        self.name.as_deref() == Some(name)
    }

    /// Whether the property at hand is to be read into a required field.
    fn matches_required(&mut self, name: &'static str) -> bool {
        let index = self.index;
        self.index += 1;
        let matches = self.matches(name);
        if matches {
            self.seen.mark(index);
        } else if self.is_missing_pass && !self.seen.contains(index) {
            self.missing.get_or_insert(name);
        }
        matches
    }

    fn read<T: DeserializeOwned>(&mut self, field: &mut T) {
        let value = self.map.next_value();
        if let Some(value) = self.accept_value(value) {
            *field = value;
        }
    }

    fn read_numbers<T: Numbers>(&mut self, field: &mut T) {
        let value = self.map.next_value_seed(NumbersSeed(PhantomData));
        if let Some(value) = self.accept_value(value) {
            *field = value;
        }
    }

    /// Goes on from a value that has been read, or ends with what was wrong with it.
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

    /// The name of the property at hand, if it is no field.
    fn other(&mut self) -> Option<String> {
        let name = if self.is_partly_offered {
            None
        } else {
            self.name.take()
        };
        name.map(|name| {
            union_match::unmatched(|| 1);
            name.into_owned()
        })
    }
}

impl<'de, M: MapAccess<'de>> FieldReader for PropertyReader<'de, M> {
    fn required<T: DeserializeOwned>(&mut self, name: &'static str, field: &mut T) {
        if self.matches_required(name) {
            self.read(field);
        }
    }

    fn optional<T: DeserializeOwned>(&mut self, name: &'static str, field: &mut T) {
        if self.matches(name) {
            self.read(field);
        }
    }

    fn required_numbers<T: Numbers>(&mut self, name: &'static str, field: &mut T) {
        if self.matches_required(name) {
            self.read_numbers(field);
        }
    }

    fn optional_numbers<T: Numbers>(&mut self, name: &'static str, field: &mut T) {
        if self.matches(name) {
            self.read_numbers(field);
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

/// Which of the required fields have been met.
#[derive(Default)]
struct Seen {
    /// The first 128, which is more than most objects have.
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

/// A key of an object on its way in. It is a part of the text that is read, unless something in it is escaped.
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
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
