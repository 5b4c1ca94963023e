//! Crates with a feature for each tag.

use crate::crates::{cargo, target, write_member, write_workspace};
use dub_generator::{Config, CrateOptions, GeneratedFile, Unsupported};

/// `Folder` is used by all tags, `Tag` by two, `Link` and `Clock` by one. The name of a tag can be
/// that of a feature which every crate has.
const DOCUMENT: &str = r##"
openapi: 3.0.3
info: {title: Sample, version: "1"}
servers: [{url: "https://api.example.com"}]
paths:
  /links:
    post:
      operationId: createLink
      tags: [Links]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Link'}}}}
      responses:
        "200": {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Link'}}}}
        "404": {$ref: '#/components/responses/Missing'}
  /tags:
    get:
      operationId: listLinkTags
      tags: [Link tags]
      responses:
        "200": {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Tag'}}}}}
        "404": {$ref: '#/components/responses/Missing'}
  /time:
    get:
      operationId: getTime
      tags: [Time]
      parameters: [{name: zone, in: query, schema: {type: string, enum: [utc, local]}}]
      responses:
        "200": {description: Now., content: {application/json: {schema: {$ref: '#/components/schemas/Clock'}}}}
components:
  responses:
    Missing: {description: Gone., content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
  schemas:
    Clock: {type: object, required: [now], properties: {now: {type: string, format: date-time}, folder: {$ref: '#/components/schemas/Folder'}}}
    Folder: {type: object, properties: {name: {type: string}}}
    Link: {type: object, required: [url], properties: {url: {type: string}, tags: {type: array, items: {$ref: '#/components/schemas/Tag'}}}}
    Problem: {type: object, required: [reason], properties: {reason: {type: string, enum: [deleted, never]}}}
    Tag: {type: object, properties: {color: {type: string, enum: [red, blue]}, folder: {$ref: '#/components/schemas/Folder'}}}
"##;

/// The features of the tags of [`DOCUMENT`].
const FEATURES: [&str; 3] = ["links", "link-tags", "time-api"];

fn generate(crate_name: &str) -> Vec<GeneratedFile> {
    generate_from(DOCUMENT, crate_name)
}

fn generate_from(document: &str, crate_name: &str) -> Vec<GeneratedFile> {
    let config = Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name,
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    let options = CrateOptions {
        feature_per_tag: true,
        manifest: None,
    };
    let generated = dub_generator::generate_crate_with(&config, options);
    generated.unwrap().files
}

fn text<'a>(files: &'a [GeneratedFile], path: &str) -> &'a str {
    let file = files.iter().find(|file| file.path == path);
    &file.unwrap().text
}

/// Lists the types with their conditions. Each item of a type must have the same one.
fn conditions(models: &str) -> String {
    let mut lines = Vec::new();
    let mut condition = "always";
    for line in models.lines() {
        if let Some(attribute) = line.strip_prefix("#[cfg(") {
            condition = attribute.trim_end_matches(")]");
        } else if line.is_empty() {
            condition = "always";
        }
        let words: Vec<&str> = line.split([' ', '!']).collect();
        if let ["pub", "struct" | "enum", name, ..] | ["object", "", "{", name, ..] = words[..] {
            lines.push(format!("{name}: {condition}"));
        }
    }
    lines.dedup();
    lines.join("\n")
}

#[test]
fn models_require_the_features_of_the_tags_that_use_them() {
    let files = generate("sample");
    let models = text(&files, "src/generated/models.rs");
    insta::assert_snapshot!(conditions(models), @r#"
    Clock: feature = "time-api"
    Folder: always
    GetTimeZone: feature = "time-api"
    Link: feature = "links"
    Problem: always
    ProblemReason: always
    Tag: any(feature = "link-tags", feature = "links")
    TagColor: any(feature = "link-tags", feature = "links")
    "#);
}

/// The payloads of webhooks have a feature of their own.
#[test]
fn models_of_webhooks_require_no_tag() {
    let webhooks = "\
x-webhooks:
  linkCreated: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Link'}}}}, responses: {}}}
";
    let files = generate_from(&format!("{DOCUMENT}{webhooks}"), "sample");
    let manifest = text(&files, "Cargo.toml");
    assert!(manifest.contains("\nwebhooks = []\n"), "{manifest}");
    let models = conditions(text(&files, "src/generated/models.rs"));
    for expected in [
        "Link: always",
        "Tag: always",
        "Clock: feature = \"time-api\"",
    ] {
        assert!(models.contains(expected), "{expected}\n{models}");
    }
}

#[test]
fn reference_says_which_feature_is_required() {
    let files = generate("sample");
    for (page, feature) in ["links", "link_tags", "time"].iter().zip(FEATURES) {
        let page = text(&files, &format!("docs/{page}.md"));
        let sentence = format!("\nRequires the feature `{feature}`.\n");
        assert!(page.contains(&sentence), "{page}");
    }
    let models = text(&files, "docs/models.md");
    assert!(models.contains("## Tag\n\nRequires the feature `link-tags` or `links`.\n"));
    assert!(models.contains("## Problem\n\n|"), "{models}");
}

/// A crate has a feature for each tag, and compiles without warnings with all of them, with each
/// alone and with none. The crates of one workspace have these features by default, so that cargo
/// runs once.
#[test]
fn crate_compiles_with_each_feature_alone() {
    let workspace = target().join("features");
    let sets: Vec<Vec<&str>> = std::iter::once(Vec::new())
        .chain(FEATURES.map(|one| vec![one]))
        .chain([FEATURES.to_vec()])
        .collect();
    let mut names = Vec::new();
    for set in &sets {
        let name = format!("with-{}", set.len().to_string() + &set.join("-"));
        let mut files = generate(&name);
        let manifest = files.iter_mut().find(|file| file.path == "Cargo.toml");
        let manifest = &mut manifest.unwrap().text;
        let all = "default = [\n    \"rustls\",\n    \"http2\",\n    \"links\",\n    \"link-tags\",\n    \"time-api\",\n]\n";
        assert!(manifest.contains(all), "{manifest}");
        *manifest = manifest.replace(all, &format!("default = {set:?}\n"));
        write_member(files, &workspace.join(&name));
        names.push(name);
    }
    write_workspace(&workspace, &names);
    let arguments = ["check", "--quiet", "--workspace", "--keep-going"];
    let (passed, output) = cargo(&workspace, &arguments);
    assert!(passed, "{output}");
}
