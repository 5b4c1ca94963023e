use super::*;

fn sampled(extent: Extent, schema: Value) -> Option<Value> {
    let resolve = |reference: &str| match reference {
        "#/pet" => Some(json!({
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 5},
                "parent": {"$ref": "#/pet"},
                "tags": {"type": "array", "items": {"type": "string"}},
            },
        })),
        "#/loop" => Some(json!({"$ref": "#/loop"})),
        "#/endless" => {
            Some(json!({"required": ["next"], "properties": {"next": {"$ref": "#/endless"}}}))
        }
        // Each of the branches leads to all of them again.
        "#/maze" => {
            let step = json!({"required": ["next"], "properties": {"next": {"$ref": "#/maze"}}});
            Some(json!({"oneOf": vec![step; 8]}))
        }
        _ => None,
    };
    Sampler::new(&resolve, extent, 60).sample(&schema, "name")
}

fn required(schema: Value) -> Option<Value> {
    sampled(Extent::Required, schema)
}

#[test]
fn required_properties_are_present() {
    assert_eq!(
        required(json!({"$ref": "#/pet"})),
        Some(json!({"name": "namen"}))
    );
    let both = json!({"allOf": [{"$ref": "#/pet"}, {"required": ["age"], "properties": {"age": {"type": "integer", "minimum": 3}}}]});
    assert_eq!(required(both), Some(json!({"name": "namen", "age": 3})));
    let undeclared = json!({"required": ["a"], "additionalProperties": {"type": "boolean"}});
    assert_eq!(required(undeclared), Some(json!({"a": true})));
    let named = json!({"minProperties": 2, "propertyNames": {"enum": ["en", "no"]}, "additionalProperties": {"type": "integer"}});
    assert_eq!(required(named), Some(json!({"en": 1, "no": 1})));
    let unnamed = json!({"minProperties": 2, "propertyNames": {"enum": ["en"]}, "additionalProperties": {"type": "integer"}});
    assert_eq!(required(unnamed), None);
    let at_least_two = json!({"minProperties": 2, "additionalProperties": {"type": "integer"}});
    assert_eq!(required(at_least_two), Some(json!({"key1": 1, "key2": 1})));
}

#[test]
fn all_properties_end_where_a_schema_contains_itself() {
    let value = sampled(Extent::All, json!({"$ref": "#/pet"})).unwrap();
    assert_eq!(value["tags"], json!(["tags", "tags"]));
    assert_eq!(value["parent"]["parent"]["name"], "namen");
    assert_eq!(required(json!({"$ref": "#/loop"})), None);
    assert_eq!(required(json!({"$ref": "#/endless"})), None);
    assert_eq!(required(json!({"$ref": "#/maze"})), None);
}

#[test]
fn branches_fit_the_schemas_around_them() {
    let text = json!({"type": "string", "enum": ["unknown"]});
    let named = json!({"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}});
    let object = json!({"type": "object", "required": ["b"], "properties": {"b": {"const": 2}}});
    let both = json!({"allOf": [{"oneOf": [text, named]}, object]});
    assert_eq!(required(both), Some(json!({"a": 1, "b": 2})));
    // `anyOf` allows whatever `oneOf` allows.
    let within = json!({"anyOf": [object, named], "oneOf": [named]});
    assert_eq!(required(within), Some(json!({"a": 1})));
}

#[test]
fn arrays_have_enough_items() {
    let array = |keyword: &str, items: Value| {
        required(json!({"type": "array", "minItems": 2, keyword: true, "items": items}))
    };
    assert_eq!(array("x", json!({"type": "integer"})), Some(json!([1, 1])));
    assert_eq!(
        array("uniqueItems", json!({"type": "integer"})),
        Some(json!([1, 2]))
    );
    assert_eq!(
        array("uniqueItems", json!({"enum": ["a", "b", "c"]})),
        Some(json!(["a", "b"]))
    );
    assert_eq!(array("uniqueItems", json!({"enum": ["a"]})), None);
}

#[test]
fn examples_are_used_where_they_are_right() {
    let text =
        |example: &str| required(json!({"type": "string", "maxLength": 6, "examples": [example]}));
    assert_eq!(text("Ada"), Some(json!("Ada")));
    assert_eq!(text("Augusta"), Some(json!("name")));
    let values = json!({"enum": ["a", "b"], "examples": ["b"]});
    assert_eq!(required(values), Some(json!("b")));
    let wrong = json!({"type": "array", "items": {"type": "integer"}, "examples": [["x"]]});
    assert_eq!(required(wrong), Some(json!([1])));
}

#[test]
fn first_branch_with_a_value_is_taken() {
    let branches = json!({"oneOf": [{"type": "null"}, {"enum": []}, {"type": "integer"}]});
    assert_eq!(required(branches), Some(json!(1)));
    let with_base =
        json!({"required": ["a"], "anyOf": [{"properties": {"a": {"type": "boolean"}}}]});
    assert_eq!(required(with_base), Some(json!({"a": true})));
    assert_eq!(
        required(json!({"anyOf": [{"type": "null"}]})),
        Some(Value::Null)
    );
}

#[test]
fn value_of_a_one_of_satisfies_one_branch_only() {
    let overlapping = json!({"type": "object", "oneOf": [
        {"properties": {"a": {"type": "string"}}},
        {"properties": {"a": {"type": "integer"}}},
        {"required": ["a"], "properties": {"a": {"type": "boolean"}}},
    ]});
    assert_eq!(required(overlapping), Some(json!({"a": true})));
    let equal = json!({"oneOf": [{"type": "integer"}, {"type": "integer"}]});
    assert_eq!(required(equal), Some(json!(1)));
}
