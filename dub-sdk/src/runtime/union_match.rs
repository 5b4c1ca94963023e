//! Finds the type that matches a JSON value best.

use super::match_budget;
use super::unmatched::{self, Unmatched, is_matching, size};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Finds the best match for a value: the type that can be read from the value with the smallest
/// unmatched parts. Ties go to the type with the fewest absent fields, then to the first one.
///
/// An object is therefore not mistaken for a type that only has the same required fields. A field
/// that the server adds does not change which type is chosen.
pub(crate) struct UnionMatch<'v, U> {
    value: &'v Value,
    best: Option<(Unmatched, U)>,
}

impl<'v, U> UnionMatch<'v, U> {
    pub(crate) fn of(value: &'v Value) -> Self {
        if !is_matching() {
            match_budget::begin(value);
        }
        Self { value, best: None }
    }

    /// Tries a type.
    pub(crate) fn or<T: DeserializeOwned>(self, variant: fn(T) -> U) -> Self {
        self.try_variant(variant, Unmatched::default())
    }

    /// Tries a map, which accepts any property names. It is a better match only than an object
    /// without any known property.
    pub(crate) fn or_map<T: DeserializeOwned>(self, variant: fn(T) -> U) -> Self {
        let size = size(self.value).saturating_sub(2);
        let absent = usize::MAX;
        self.try_variant(variant, Unmatched { size, absent })
    }

    fn try_variant<T: DeserializeOwned>(mut self, variant: fn(T) -> U, initial: Unmatched) -> Self {
        let is_better = |unmatched, best: Option<&(Unmatched, U)>| {
            best.is_none_or(|(best_unmatched, _)| unmatched < *best_unmatched)
        };
        if !is_better(initial, self.best.as_ref()) || !match_budget::spend(self.best.is_some()) {
            return self;
        }
        let (read, mut unmatched) = unmatched::count(initial, || T::deserialize(self.value).ok());
        unmatched.absent = unmatched.absent.max(initial.absent);
        if let Some(value) = read.filter(|_| is_better(unmatched, self.best.as_ref())) {
            self.best = Some((unmatched, variant(value)));
        }
        self
    }

    /// Returns the best match; `None` if no type matches. A type does not match if every part of
    /// the value is unmatched.
    pub(crate) fn best(self) -> Option<U> {
        let (unmatched, value) = self.best?;
        let all = match self.value {
            Value::Object(properties) if !properties.is_empty() => size(self.value) - 1,
            value => size(value) + 1,
        };
        if unmatched.size >= all {
            return None;
        }
        unmatched::add_all(unmatched);
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::UnionMatch;
    use crate::runtime::object;
    use crate::runtime::string_enum;
    use crate::runtime::timestamp::Timestamp;
    use crate::runtime::union::{or_unknown, read};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use serde_json::{Value, json};
    use std::collections::BTreeMap;

    /// An object with one required property.
    #[derive(PartialEq)]
    struct Country {
        country: String,
        city: Everywhere,
    }

    object! { Country {
        country: required "country",
        city: nullable "city",
    } }

    #[derive(Clone)]
    enum Everywhere {
        All,
        Unknown(String),
    }

    impl Everywhere {
        const VALUES: &'static [Self] = &[Self::All];

        fn as_str(&self) -> &str {
            match self {
                Self::All => "*",
                Self::Unknown(value) => value,
            }
        }
    }

    string_enum!(Everywhere);

    /// Like [`Country`], but with a string instead of a constant, and with one more property.
    #[derive(PartialEq)]
    struct City {
        country: String,
        city: String,
        mayor: Option<String>,
    }

    object! { City {
        country: required "country",
        city: nullable "city",
        mayor: optional "mayor",
    } }

    #[derive(Debug, PartialEq)]
    enum Place {
        Countries(Vec<Country>),
        Country(Box<Country>),
        City(Box<City>),
        Map(BTreeMap<String, String>),
        Unknown(Value),
    }

    // `object!` requires it for a field.
    impl Serialize for Place {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_unit()
        }
    }

    impl<'de> Deserialize<'de> for Place {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let value = Value::deserialize(deserializer)?;
            let read = UnionMatch::of(&value)
                .or(Self::Countries)
                .or(Self::Country)
                .or(Self::City)
                .or_map(Self::Map)
                .best();
            Ok(or_unknown(read, value, Self::Unknown))
        }
    }

    /// An object that contains a union.
    #[derive(PartialEq)]
    struct Wrapper {
        country: String,
        place: Option<Place>,
    }

    object! { Wrapper {
        country: nullable "country",
        place: optional "place",
    } }

    #[derive(Debug, PartialEq)]
    enum Either {
        Country(Country),
        Wrapper(Wrapper),
    }

    /// A union of a number and another union, which accepts any value.
    #[derive(Debug, PartialEq)]
    enum NestedUnion {
        Place(Box<Place>),
        Number(i64),
    }

    fn nested_union(value: &Value) -> Option<NestedUnion> {
        UnionMatch::of(value)
            .or(NestedUnion::Place)
            .or(NestedUnion::Number)
            .best()
    }

    fn place(value: &Value) -> Place {
        read(value).unwrap()
    }

    #[test]
    fn unique_property_selects_variant() {
        let oslo = json!({"country": "NO", "city": "*", "mayor": "Anne"});
        assert!(matches!(place(&oslo), Place::City(_)));
    }

    /// A person without a name, which can be null.
    #[derive(PartialEq)]
    struct Person {
        name: Option<String>,
        country: Option<String>,
    }

    object! { Person {
        name: nullable "name",
        country: optional "country",
    } }

    #[derive(PartialEq)]
    struct Land {
        country: Option<String>,
    }

    object! { Land { country: optional "country", } }

    #[test]
    fn prefers_type_without_absent_fields() {
        let is_person = |value: &Value| {
            let union = UnionMatch::of(value).or(|_: Person| true);
            union.or(|_: Land| false).best()
        };
        assert_eq!(is_person(&json!({})), Some(false));
        assert_eq!(is_person(&json!({"country": "NO"})), Some(false));
        assert_eq!(is_person(&json!({"name": null})), Some(true));
        let ada = json!({"name": "Ada", "country": "NO"});
        assert_eq!(is_person(&ada), Some(true));
        // Properties that only one type has outweigh absent fields.
        let value = json!({"city": "Oslo", "country": "NO", "population": 1});
        let union = UnionMatch::of(&value).or(|_: Land| false);
        let is_city = union.or(|city: City| city.city == "Oslo").best();
        assert_eq!(is_city, Some(true));
        let alone = UnionMatch::of(&json!({"country": "NO"}))
            .or(|_: Person| true)
            .best();
        assert_eq!(alone, Some(true));
    }

    #[test]
    fn absent_fields_of_inner_objects_do_not_count() {
        #[derive(PartialEq)]
        struct Owned {
            owner: Option<Person>,
        }

        object! { Owned { owner: optional "owner", } }

        #[derive(PartialEq)]
        struct Any {
            owner: Option<Value>,
        }

        object! { Any { owner: optional "owner", } }

        let value = json!({"owner": {"country": "NO"}});
        let is_owned = UnionMatch::of(&value)
            .or(|_: Owned| true)
            .or(|_: Any| false);
        assert_eq!(is_owned.best(), Some(true));
        // A map is a match only without known properties.
        let empty = json!({});
        let union = UnionMatch::of(&empty).or(|_: Person| true);
        let is_person = union.or_map(|_: BTreeMap<String, Value>| false).best();
        assert_eq!(is_person, Some(true));
    }

    #[test]
    fn matching_constant_selects_variant() {
        assert!(matches!(
            place(&json!({"country": "NO", "city": "*"})),
            Place::Country(_)
        ));
        assert!(matches!(
            place(&json!({"country": "NO", "city": "Oslo"})),
            Place::City(_)
        ));
    }

    #[test]
    fn unknown_properties_keep_selected_variant() {
        let country = json!({"country": "NO", "city": "*", "area": "385207"});
        assert!(matches!(place(&country), Place::Country(_)));
        let city = json!({"country": "NO", "city": "Oslo", "area": "480", "founded": "1040"});
        assert!(matches!(place(&city), Place::City(_)));
    }

    #[test]
    fn object_without_known_properties_is_map() {
        let value = json!({"a": "1", "b": "2"});
        assert!(matches!(place(&value), Place::Map(map) if map.len() == 2));
        assert_eq!(place(&json!({})), Place::Map(BTreeMap::new()));
    }

    #[test]
    fn rejects_variant_without_known_properties() {
        let read = |value: &Value| UnionMatch::of(value).or(Either::Wrapper).best();
        assert_eq!(read(&json!({"a": "1"})), None);
        assert_eq!(read(&json!({})), Some(Either::Wrapper(Wrapper::default())));
    }

    #[test]
    fn timestamp_in_union_matches_only_strings() {
        let read = |value: &Value| {
            UnionMatch::of(value)
                .or(Some)
                .or(|_: Timestamp| None)
                .best()
        };
        assert_eq!(
            read(&json!(["2025-10-30"])),
            Some(Some(vec!["2025-10-30".to_owned()]))
        );
        assert_eq!(read(&json!("2025-10-30")), Some(None));
        for value in [json!(true), json!({"a": 1}), json!([1]), json!({})] {
            assert_eq!(read(&value), None, "{value}");
        }
    }

    #[test]
    fn number_in_union_prefers_number_to_timestamp() {
        for value in [
            json!(3),
            json!(-2.25),
            json!(18_446_744_073_709_551_615_u64),
        ] {
            let timestamp = UnionMatch::of(&value).or(|_: Timestamp| "timestamp");
            assert_eq!(timestamp.best(), Some("timestamp"), "{value}");
            let both = UnionMatch::of(&value).or(|_: Timestamp| "timestamp");
            assert_eq!(both.or(|_: f64| "number").best(), Some("number"), "{value}");
        }
    }

    #[test]
    fn keeps_unmatched_value_as_unknown() {
        for value in [json!(1), json!([{"city": "*"}]), json!({"a": 1})] {
            assert_eq!(place(&value), Place::Unknown(value));
        }
    }

    #[test]
    fn first_variant_wins_ties() {
        let country = json!({"country": "NO"});
        assert!(matches!(place(&country), Place::Country(_)));
        assert_eq!(place(&json!([])), Place::Countries(Vec::new()));
    }

    #[test]
    fn unknown_values_cost_less_than_skipped_properties() {
        let value = json!({"place": [true], "country": "NO"});
        let read = UnionMatch::of(&value)
            .or(Either::Country)
            .or(Either::Wrapper)
            .best();
        let wrapper = Wrapper {
            country: "NO".to_owned(),
            place: Some(Place::Unknown(json!([true]))),
        };
        assert_eq!(read, Some(Either::Wrapper(wrapper)));
    }

    #[test]
    fn unmatched_nested_union_yields_to_other_variants() {
        assert_eq!(nested_union(&json!(3)), Some(NestedUnion::Number(3)));
        assert!(matches!(
            nested_union(&json!([{"country": "NO", "city": "Oslo", "new": 1}])),
            Some(NestedUnion::Place(place)) if matches!(*place, Place::Countries(_))
        ));
        assert!(matches!(
            nested_union(&json!(true)),
            Some(NestedUnion::Place(_))
        ));
    }
}
