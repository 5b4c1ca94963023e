//! Documents of several files: the fixture `several_files`, and small documents in memory.

mod bounds;
mod errors;
mod json_schema;
mod names;

use crate::support::root;
use dub_generator::diagnostic::{self, Diagnostic, Source};
use dub_generator::files::{self, Files, Loader, Unreadable};
use dub_generator::spec::to_json;
use dub_generator::{Config, GeneratedFile, Unsupported, bundle, terminal};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Files in memory, and the paths of those that were read.
#[derive(Clone, Default)]
pub struct Memory {
    files: Arc<BTreeMap<String, Vec<u8>>>,
    read: Arc<Mutex<Vec<String>>>,
}

impl Loader for Memory {
    fn key(&self, path: &str) -> Result<PathBuf, Unreadable> {
        match path.split('/').next() {
            Some("..") => Err(Unreadable::Outside),
            _ => Ok(PathBuf::from(path)),
        }
    }

    fn read(&self, key: &Path) -> Result<Vec<u8>, Unreadable> {
        let path = key.to_str().unwrap().to_owned();
        let text = self.files.get(&path).ok_or(Unreadable::Missing)?.clone();
        self.read.lock().unwrap().push(path);
        Ok(text)
    }

    fn name(&self, path: &str) -> String {
        path.to_owned()
    }
}

/// A document in memory, `openapi.yaml`, and the files that it refers to.
pub struct Documents {
    document: String,
    memory: Memory,
    files: Files,
    unsupported: Unsupported,
}

impl Documents {
    /// Creates a document of OpenAPI 3.0 with some paths and components.
    pub fn new(content: &str, files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| (*path, text.as_bytes()));
        Self::of_bytes(&format!("openapi: 3.0.3\n{content}"), files)
    }

    /// Creates a document from its whole source text.
    pub fn of_bytes<'a>(document: &str, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Self {
        let files = files.map(|(path, text)| (path.to_owned(), text.to_vec()));
        let memory = Memory {
            files: Arc::new(files.collect()),
            read: Arc::default(),
        };
        let mut document = document.to_owned();
        if !document.contains("info:") {
            document += "info: {title: T, version: '1'}\nservers: [{url: 'https://a.example'}]\n";
        }
        if !document.contains("paths:") {
            document += "paths: {}\n";
        }
        Self {
            document,
            files: Files::new("openapi.yaml", memory.clone()),
            memory,
            unsupported: Unsupported::Reject,
        }
    }

    /// Skips operations with errors.
    pub fn lenient(self) -> Self {
        let unsupported = Unsupported::Skip;
        Self {
            unsupported,
            ..self
        }
    }

    pub fn config(&self) -> Config<'_> {
        Config {
            document: self.document.as_bytes(),
            files: Some(&self.files),
            overlay: None,
            tags: &[],
            crate_name: "sample",
            command: "cargo xtask regen",
            unsupported: self.unsupported,
            names: None,
        }
    }

    /// Returns the rendered diagnostics of the document, which is rejected.
    pub fn errors(&self) -> String {
        match dub_generator::generate(&self.config()) {
            Ok(_) => panic!("the document is accepted"),
            Err(problems) => self.rendered(&problems),
        }
    }

    pub fn rendered(&self, problems: &[Diagnostic]) -> String {
        let text = self.document.as_bytes();
        let read = self.files.read();
        let document = Source {
            name: "openapi.yaml",
            text,
        };
        let sources = files::sources(document, None, &read);
        terminal::plain(&diagnostic::render(problems, &sources))
    }

    /// Returns the bundled document.
    pub fn bundled(&self) -> Value {
        let text = bundle(self.document.as_bytes(), Some(&self.files));
        let text = text.unwrap_or_else(|problems| panic!("{}", self.rendered(&problems)));
        serde_yaml::from_str(&text).unwrap()
    }

    /// Generates the files. Panics with the rendered diagnostics if the document is rejected.
    pub fn generated(&self) -> Vec<GeneratedFile> {
        let generated = dub_generator::generate(&self.config());
        let generated = generated.unwrap_or_else(|problems| panic!("{}", self.rendered(&problems)));
        generated.files
    }

    /// Returns the generated `models.rs`.
    pub fn models(&self) -> String {
        let files = self.generated().into_iter();
        let models = files.filter(|file| file.path.ends_with("/models.rs"));
        models.map(|file| file.text).collect()
    }

    /// Returns the paths of the files that were read.
    pub fn read(&self) -> Vec<String> {
        self.memory.read.lock().unwrap().clone()
    }
}

/// A path item with one operation that returns a schema.
pub fn get(id: &str, schema: &str) -> String {
    format!(
        "get: {{operationId: {id}, responses: {{'200': {{description: d, content: \
         {{application/json: {{schema: {schema}}}}}}}}}}}"
    )
}

/// A document with one operation that returns a schema.
pub fn returning(schema: &str, rest: &str) -> String {
    format!("paths:\n  /a: {{{}}}\n{rest}", get("getA", schema))
}

fn fixture() -> PathBuf {
    root().join("tests/fixtures/several_files/openapi.yaml")
}

fn config<'a>(document: &'a [u8], files: Option<&'a Files>) -> Config<'a> {
    Config {
        document,
        files,
        overlay: None,
        tags: &[],
        crate_name: "zoo",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    }
}

/// Returns the number of files in a directory, and of the directories inside of it.
fn count(directory: &Path) -> (usize, usize) {
    let entries = std::fs::read_dir(directory).unwrap();
    entries.fold((0, 0), |(files, folders), entry| {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            return (files + 1, folders);
        }
        let (inner_files, inner_folders) = count(&path);
        (files + inner_files, folders + inner_folders + 1)
    })
}

#[test]
fn several_files_give_the_crate_of_their_bundle() {
    let path = fixture();
    assert_eq!(count(path.parent().unwrap()), (12, 3));
    let document = std::fs::read(&path).unwrap();
    let files = Files::next_to(&path, false);
    let text = bundle(&document, Some(&files)).unwrap();
    let of_files = dub_generator::generate_crate(&config(&document, Some(&files))).unwrap();
    assert_eq!(of_files.warnings, []);
    let of_bundle = dub_generator::generate_crate(&config(text.as_bytes(), None)).unwrap();
    assert_eq!(of_bundle.warnings, []);
    assert!(of_files.files == of_bundle.files);
    // A bundle is bundled already.
    assert_eq!(bundle(text.as_bytes(), Some(&files)).unwrap(), text);
}

/// References lead to all of the twelve files, in cycles and on several paths.
#[test]
fn each_file_is_read_once() {
    let files = [
        (
            "a.yaml",
            "A: {properties: {b: {$ref: 'x/b.yaml#/B'}, self: {$ref: './a.yaml#/A'}}}",
        ),
        (
            "x/b.yaml",
            "B: {properties: {a: {$ref: '../a.yaml#/A'}, b: {$ref: '../x/./b.yaml#/C'}}}\nC: {type: string}",
        ),
    ];
    let schema = "{properties: {a: {$ref: 'a.yaml#/A'}, b: {$ref: 'x/../x/b.yaml#/B'}, c: {$ref: '%61.yaml#/A'}}}";
    let documents = Documents::new(&returning(schema, ""), &files);
    assert!(documents.models().contains("pub struct B"));
    documents.generated();
    assert_eq!(documents.read(), ["a.yaml", "x/b.yaml"]);
}

/// Without files, and without references to any, nothing is read.
#[test]
fn data_is_never_a_reference() {
    let data = "{$ref: missing.yaml}";
    let schema = format!(
        "{{type: object, example: {data}, default: {data}, x-a: {data}, properties: {{$ref: {{type: string}}}}}}"
    );
    let rest = format!(
        "components:\n  examples:\n    E: {{value: {data}}}\n  links:\n    L: {{parameters: {{a: {data}}}}}\n\
         x-b: {data}\n"
    );
    let documents = Documents::new(&returning(&schema, &rest), &[]);
    documents.generated();
    assert_eq!(documents.read(), [""; 0]);
    let rest =
        format!("components: {{schemas: {{E: {{enum: [{data}]}}, C: {{const: {data}}}}}}}\n");
    let bundled = Documents::new(&rest, &[]).bundled();
    for pointer in ["E/enum/0", "C/const"] {
        let data = bundled.pointer(&format!("/components/schemas/{pointer}/$ref"));
        assert_eq!(data, Some(&Value::from("missing.yaml")));
    }
}

/// Some documents write references where OpenAPI has none, such as an operation or a whole section.
#[test]
fn references_without_components_are_replaced_by_their_targets() {
    let files = [
        (
            "get.yaml",
            "operationId: getA\ndescription: {$ref: descriptions.yml#/description}\nresponses: {$ref: responses.yaml}",
        ),
        ("descriptions.yml", "description: Read from another file."),
        (
            "responses.yaml",
            "'200': {description: d, content: {application/json: {schema: {$ref: 'schemas/_index.yaml#/Pet'}}}}",
        ),
        (
            "schemas/_index.yaml",
            "Pet: {$ref: ./pet.yaml}\nOwner: {type: object, properties: {pet: {$ref: '#/Pet'}}}",
        ),
        (
            "schemas/pet.yaml",
            "type: object\nproperties: {owner: {$ref: '../openapi.yaml#/components/schemas/Owner'}, other: {$ref: '_index.yaml#/Owner'}}",
        ),
    ];
    let content = "paths:\n  /a:\n    get: {$ref: get.yaml}\n    summary: S\n\
                   components:\n  schemas: {$ref: schemas/_index.yaml}\n";
    let documents = Documents::new(content, &files);
    let bundled = documents.bundled();
    let text = bundled.pointer("/paths/~1a/get/description");
    assert_eq!(text, Some(&Value::from("Read from another file.")));
    let schemas = bundled.pointer("/components/schemas").unwrap();
    let mut names: Vec<_> = schemas.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        ["Owner", "Pet"],
        "no schema is there twice: {schemas}"
    );
    assert!(documents.models().contains("pub struct Owner"));
}

#[test]
fn path_items_are_replaced_with_the_keys_next_to_the_reference() {
    let files = [(
        "items.yaml",
        "a:\n  get: {operationId: getA, responses: {'204': {description: d}}}\n",
    )];
    let content = "paths:\n  /a/{id}:\n    $ref: items.yaml#/a\n    parameters:\n      \
                   - {name: id, in: path, required: true, schema: {type: string}}\n";
    let documents = Documents::new(content, &files);
    documents.generated();
    let twice = content.replace("parameters:\n", "get: {}\n    parameters:\n");
    let errors = Documents::new(&twice, &files).errors();
    assert!(
        errors.contains("openapi.yaml:5:5: error[E006]: `get` is also in the target"),
        "{errors}"
    );
}

/// The tree that later stages read is the bundle.
#[test]
fn an_overlay_is_applied_to_the_bundle() {
    let files = [(
        "a.yaml",
        "A: {type: object, properties: {b: {type: string}}}",
    )];
    let documents = Documents::new(&returning("{$ref: 'a.yaml#/A'}", ""), &files);
    let overlay = |target: &str| {
        format!(
            "overlay: 1.0.0\ninfo: {{title: o, version: '1'}}\nactions:\n  - target: {target}\n    \
             update: {{type: integer}}\n"
        )
    };
    let read = |overlay: &str| {
        dub_generator::read(&Config {
            overlay: Some(overlay.as_bytes()),
            ..documents.config()
        })
    };
    let found = overlay("$.components.schemas.A.properties.b");
    let (_, document) = read(&found).unwrap();
    let tree = to_json(document.tree());
    assert_eq!(
        tree.pointer("/components/schemas/A/properties/b/type"),
        Some(&Value::from("integer"))
    );
    let Err(problems) = read(&overlay("$.components.schemas.B")) else {
        panic!("the overlay applies");
    };
    let read = documents.files.read();
    let source = |name, text| Source { name, text };
    let missing = overlay("$.components.schemas.B");
    let sources = files::sources(
        source("openapi.yaml", documents.document.as_bytes()),
        Some(source("overlay.yaml", missing.as_bytes())),
        &read,
    );
    let text = terminal::plain(&diagnostic::render(&problems, &sources));
    assert!(text.starts_with("overlay.yaml:4:13: error[E012]"), "{text}");
}
