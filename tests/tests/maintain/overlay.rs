//! Tests of the overlay with corrections to Dub's document, and of the diagnostics for overlays
//! that do not apply.

use crate::support::{extra_revisions, fixture, read, root};
use dub_generator::diagnostic::{self, Source};
use dub_generator::diff::{self, Names, Severity};
use dub_generator::model::{Kind, Type};
use dub_generator::{Config, Unsupported, terminal};
use serde_json::{Value, json};

/// Replaces every reference to a schema or a parameter with a copy of its target.
fn inline(value: &mut Value, document: &Value) {
    let reference = value.get("$ref").and_then(Value::as_str);
    let target = reference.filter(|reference| !reference.starts_with("#/components/responses/"));
    if let Some(pointer) = target.and_then(|reference| reference.strip_prefix('#')) {
        *value = document.pointer(pointer).unwrap().clone();
    }
    for_each_child(value, &mut |child| inline(child, document));
}

/// Removes our corrections from schemas and parameters: in Dub's document, integers are numbers,
/// times are strings without a format, parameters are deprecated in their schemas, schemas and parameters
/// have no extensions, request bodies are not required, and pagination has no page number.
fn remove_corrections(value: &mut Value) {
    if let Value::Object(members) = value {
        if members.get("type") == Some(&json!("integer")) {
            members.remove("format");
            members.insert("type".to_owned(), json!("number"));
        }
        members.retain(|key, value| {
            let is_extension = key.starts_with("x-rust-") || key == "x-enum-descriptions";
            (key != "format" || *value != "date-time") && !is_extension
        });
        if members.contains_key("in")
            && let Some(deprecated) = members.remove("deprecated")
        {
            members["schema"]["deprecated"] = deprecated;
        }
        if let Some(Value::Object(body)) = members.get_mut("requestBody") {
            body.remove("required");
        }
        if let Some(Value::Array(inputs)) = members.get_mut("inputs") {
            inputs.retain(|input| input["type"] != "page");
        }
    }
    for_each_child(value, &mut remove_corrections);
}

fn for_each_child(value: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Object(members) => members.values_mut().for_each(change),
        Value::Array(items) => items.iter_mut().for_each(change),
        _ => {}
    }
}

/// Rewrites our document in the style of Dub's own: without our corrections and the operation that
/// Dub has removed, all schemas inline, and the codes of each status in an enum of their own.
fn in_the_style_of_dub(ours: &str) -> String {
    let mut document: Value = serde_yaml::from_str(ours).unwrap();
    document.as_object_mut().unwrap().remove("x-webhooks");
    let original = document.clone();
    let customers = document["paths"]["/customers"].as_object_mut().unwrap();
    customers.remove("post").unwrap();
    for part in ["paths", "components"] {
        inline(&mut document[part], &original);
    }
    remove_corrections(&mut document["paths"]);
    for response in document["components"]["responses"]
        .as_object_mut()
        .unwrap()
        .values_mut()
    {
        let schema = &mut response["content"]["application/json"]["schema"];
        let code = snake_case(schema["x-speakeasy-name-override"].as_str().unwrap());
        schema["properties"]["error"]["properties"]["code"] =
            json!({"type": "string", "enum": [code]});
    }
    let components = document["components"].as_object_mut().unwrap();
    components.retain(|kind, _| kind != "schemas" && kind != "parameters");
    document.to_string()
}

fn snake_case(pascal: &str) -> String {
    let mut name = String::new();
    for (index, character) in pascal.char_indices() {
        if index > 0 && character.is_uppercase() {
            name.push('_');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}

/// Dub's document with our corrections generates the same API as our own document, except for the
/// doc comments.
#[test]
fn upstream_document_with_overlay_matches_our_api() {
    let overlay = std::fs::read(root().join("spec/overlay.yaml")).unwrap();
    let ours = std::fs::read_to_string(root().join("spec/customers.yaml")).unwrap();
    let newest = extra_revisions().pop();
    let newest = newest.map(|path| std::fs::read_to_string(path).unwrap());
    let tags = ["Customers".to_owned(), "Track".to_owned()];
    let (api, _) = read(&ours, &tags);
    for theirs in std::iter::once(in_the_style_of_dub(&ours)).chain(newest) {
        let config = Config {
            document: theirs.as_bytes(),
            files: None,
            overlay: Some(&overlay),
            tags: &tags,
            crate_name: "dub-sdk",
            command: "cargo xtask regen",
            unsupported: Unsupported::Reject,
            names: None,
        };
        let theirs = dub_generator::inspect(&config).unwrap();
        let mut changes = diff::diff(&theirs, &api);
        changes.retain(|change| change.severity != Severity::DocsOnly);
        let names = Names {
            old: "theirs",
            new: "ours",
            current: None,
        };
        assert!(
            changes.is_empty(),
            "{}",
            terminal::plain(&diff::text(&changes, names))
        );
    }
}

/// An operation of another tag, as Dub's document describes it.
const LINKS: &str = r#"
post:
  operationId: createLink
  tags: [Links]
  parameters: [{name: old, in: query, schema: {type: string, deprecated: true}}]
  requestBody: {content: {application/json: {schema: {type: object, properties: {expiresAt: {type: string}}}}}}
  responses:
    "200":
      description: The link.
      content:
        application/json:
          schema:
            type: object
            required: [createdAt, expiresAt, clicks, saleAmount, clickToLeadRate]
            properties:
              createdAt: {type: string}
              expiresAt: {type: string}
              clicks: {type: number}
              saleAmount: {type: number}
              clickToLeadRate: {type: number}
"#;

/// Some corrections hold for all operations of the server: a crate of the whole document has them.
#[test]
fn overlay_corrects_the_operations_of_all_tags() {
    let overlay = std::fs::read(root().join("spec/overlay.yaml")).unwrap();
    let ours = std::fs::read_to_string(root().join("spec/customers.yaml")).unwrap();
    let mut document: Value = serde_json::from_str(&in_the_style_of_dub(&ours)).unwrap();
    document["paths"]["/links"] = serde_yaml::from_str(LINKS).unwrap();
    let document = document.to_string();
    let config = Config {
        document: document.as_bytes(),
        files: None,
        overlay: Some(&overlay),
        tags: &["Links".to_owned()],
        crate_name: "dub-full",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    let api = dub_generator::inspect(&config).unwrap();
    let link = api.types.iter().find(|def| def.rust == "Link").unwrap();
    let fields = match &link.kind {
        Kind::Struct { fields, .. } => fields.iter(),
        kind => panic!("{kind:?}"),
    };
    let fields = fields.map(|field| format!("{}: {}", field.rust, field.ty));
    let fields: Vec<_> = fields.collect();
    assert_eq!(
        fields,
        [
            "created_at: Timestamp",
            "expires_at: Timestamp",
            "clicks: i64",
            "sale_amount: i64",
            "click_to_lead_rate: f64",
        ]
    );
    let operation = &api.resources[0].operations[0];
    assert!(operation.parameters[0].deprecated.is_some());
    let body = operation.body.as_ref().unwrap();
    assert!(body.required);
    assert_eq!(body.content.fields()[0].ty, Type::String);
}

/// Renders the diagnostics of overlays that do not apply.
#[test]
fn reports_overlays_that_do_not_apply() {
    let document = fixture("diff/shop.yaml");
    for name in [
        "target_matches_nothing",
        "target_is_not_a_json_path",
        "adds_unknown_key",
    ] {
        let overlay = fixture(&format!("overlay/{name}.yaml"));
        let config = Config {
            document: document.as_bytes(),
            files: None,
            overlay: Some(overlay.as_bytes()),
            tags: &[],
            crate_name: "dub-sdk",
            command: "cargo xtask regen",
            unsupported: Unsupported::Reject,
            names: None,
        };
        let problems = dub_generator::inspect(&config).unwrap_err();
        let sources = [
            Source {
                name: "shop.yaml",
                text: document.as_bytes(),
            },
            Source {
                name: "overlay.yaml",
                text: overlay.as_bytes(),
            },
        ];
        let shown = terminal::plain(&diagnostic::render(&problems, &sources));
        insta::assert_snapshot!(name, shown);
    }
}
