//! Names of the components that a document gets from its files.

use super::{Documents, returning};
use serde_json::Value;

/// Returns the names of the schemas of a bundle.
fn schemas(documents: &Documents) -> Vec<String> {
    let bundled = documents.bundled();
    let schemas = bundled.pointer("/components/schemas");
    let schemas = schemas.and_then(Value::as_object).unwrap();
    schemas.keys().cloned().collect()
}

fn names(schema: &str, rest: &str, files: &[(&str, &str)]) -> Vec<String> {
    schemas(&Documents::new(&returning(schema, rest), files))
}

const OBJECT: &str = "type: object";

#[test]
fn a_component_keeps_its_name() {
    let common = "components: {schemas: {Pet: {type: object}}}\nparts: [{type: object}]";
    let files = [("common.yaml", common), ("schemas/Owner.yaml", OBJECT)];
    let schema = "{properties: {a: {$ref: 'common.yaml#/components/schemas/Pet'}, b: {$ref: schemas/Owner.yaml}, \
                  c: {$ref: 'common.yaml#/parts/0'}}}";
    assert_eq!(names(schema, "", &files), ["Owner", "Pet", "common_0"]);
}

/// The name does not depend on which reference comes first.
#[test]
fn the_file_with_fewer_directories_keeps_a_name() {
    let files = [
        ("b/common.yaml", "Error: {type: object}"),
        ("a/b/c.yaml", "Error: {type: object}"),
        ("Error.yaml", OBJECT),
    ];
    let one = "a: {$ref: 'a/b/c.yaml#/Error'}";
    let two = "b: {$ref: 'b/common.yaml#/Error'}";
    let three = "c: {$ref: Error.yaml}";
    let expected = ["Error", "Error_a_b_c", "Error_b_common"];
    for parts in [[one, two, three], [three, two, one], [two, one, three]] {
        let schema = format!("{{properties: {{{}}}}}", parts.join(", "));
        assert_eq!(names(&schema, "", &files), expected);
    }
    // Names that would be the same in Rust are the same.
    let own = "components: {schemas: {error: {type: object}}}\n";
    let schema =
        format!("{{properties: {{{three}, own: {{$ref: '#/components/schemas/error'}}}}}}");
    assert_eq!(names(&schema, own, &files), ["error", "Error_2"]);
}

/// A component that is only a reference to a file is what is there.
#[test]
fn entries_of_the_document_name_files() {
    let rest = "components: {schemas: {Pet: {$ref: schemas/pet.yaml}, Animal: {$ref: schemas/pet.yaml}}}\n";
    let files = [
        (
            "schemas/pet.yaml",
            "type: object\nproperties: {friend: {$ref: pet.yaml}, owner: {$ref: owner.yaml}}",
        ),
        (
            "schemas/owner.yaml",
            "properties: {pet: {$ref: '../openapi.yaml#/components/schemas/Pet'}}",
        ),
    ];
    let documents = Documents::new(&returning("{$ref: schemas/owner.yaml}", rest), &files);
    assert_eq!(schemas(&documents), ["Pet", "Animal", "owner"]);
    let bundled = documents.bundled();
    let reference = |pointer: &str| bundled.pointer(pointer).and_then(Value::as_str).unwrap();
    assert_eq!(
        reference("/components/schemas/Pet/properties/friend/$ref"),
        "#/components/schemas/Pet"
    );
    assert_eq!(
        reference("/components/schemas/Animal/$ref"),
        "#/components/schemas/Pet"
    );
    assert!(documents.models().contains("pub struct Pet"));
}

/// The description next to a reference is that of the component.
#[test]
fn entries_of_the_document_can_have_a_description() {
    let rest = "components: {schemas: {Pet: {description: Ours., $ref: pet.yaml}}}\n";
    let files = [(
        "pet.yaml",
        "type: object\ndescription: Theirs.\nproperties: {name: {type: string}}",
    )];
    let documents = Documents::new(&returning("{$ref: pet.yaml}", rest), &files);
    assert_eq!(schemas(&documents), ["Pet"]);
    let models = documents.models();
    assert!(
        models.contains("/// Ours.") && !models.contains("Theirs"),
        "{models}"
    );
}

/// A name can contain characters that must be escaped in a reference.
#[test]
fn names_are_escaped_in_references() {
    let files = [(
        "a.yaml",
        "a/b~c %d: {type: object, properties: {x: {type: string}}}",
    )];
    let schema = "{$ref: 'a.yaml#/a~1b~0c%20%25d'}";
    let documents = Documents::new(&returning(schema, ""), &files);
    assert_eq!(schemas(&documents), ["a/b~c %d"]);
    documents.generated();
}

/// The values of the tag stay those of the file, also if a schema gets another name.
#[test]
fn renamed_schemas_keep_their_tags() {
    let pets = "components:\n  schemas:\n    Pet:\n      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]\n      \
                discriminator: {propertyName: kind}\n    \
                Cat: {type: object, required: [kind], properties: {kind: {type: string}, meows: {type: boolean}}}\n    \
                Dog: {type: object, required: [kind], properties: {kind: {type: string}, barks: {type: boolean}}}\n";
    let own = "components: {schemas: {Cat: {type: object, properties: {a: {type: string}}}}}\n";
    let schema = "{properties: {pet: {$ref: 'pets.yaml#/components/schemas/Pet'}, own: {$ref: '#/components/schemas/Cat'}}}";
    let documents = Documents::new(&returning(schema, own), &[("pets.yaml", pets)]);
    let bundled = documents.bundled();
    let mapping = bundled.pointer("/components/schemas/Pet/discriminator/mapping");
    assert_eq!(
        mapping,
        Some(&serde_json::json!({"Cat": "#/components/schemas/Cat_pets"}))
    );
    let models = documents.models();
    assert!(models.contains("\"Cat\""), "{models}");
    assert!(!models.contains("\"Cat_pets\""), "{models}");
}
