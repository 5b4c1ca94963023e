//! The explanation of each error code, for `dub-generator explain`.

use super::Code;

/// Returns the explanation of a code: its meaning, an example, and how to fix the error.
///
/// Returns `None` for an unknown code. The code is case-insensitive.
pub fn explain(code: &str) -> Option<&'static str> {
    let code = code.trim();
    Code::ALL
        .into_iter()
        .find(|known| known.as_str().eq_ignore_ascii_case(code))
        .map(text)
}

/// Returns the title of each code, such as `E006: unresolved reference`.
pub fn titles() -> impl Iterator<Item = &'static str> {
    let titles = |code| text(code).lines().next();
    Code::ALL.into_iter().filter_map(titles)
}

fn text(code: Code) -> &'static str {
    match code {
        Code::Syntax => SYNTAX,
        Code::Version => VERSION,
        Code::Shape => SHAPE,
        Code::DuplicateKey => DUPLICATE_KEY,
        Code::Bound => LIMIT_EXCEEDED,
        Code::Reference => REFERENCE,
        Code::Unsupported => UNSUPPORTED,
        Code::Collision => COLLISION,
        Code::Extension => EXTENSION,
        Code::NotFound => NOT_FOUND,
        Code::Internal => INTERNAL,
        Code::Overlay => OVERLAY,
    }
}

const SYNTAX: &str = "\
E001: the file is not valid JSON or YAML

The file could not be parsed as JSON or as YAML 1.2, whatever its extension. Common causes are a
truncated file, tabs used to indent YAML, a second YAML document after `---`, an encoding other than
UTF-8, and an error page that was saved instead of the document.

    info:
    \ttitle: Links        <- a tab

Fix the syntax at the location shown. Some other tools accept documents that the JSON and YAML
standards do not allow, for example comments in JSON or custom tags in YAML.
";

const VERSION: &str = "\
E002: the version of the document is not supported

The generator reads OpenAPI 3.0, 3.1 and 3.2: the value of `openapi` is for example `3.1.0`. Swagger
2.0 has a different structure and is rejected.

    swagger: '2.0'

Convert a document of Swagger 2.0, for example with `npx swagger2openapi` or on
https://converter.swagger.io. Many servers and frameworks can write a later version themselves.
";

const SHAPE: &str = "\
E003: missing key, unknown key or invalid value

A required key is missing, a key is not part of the document's OpenAPI version, or a value has the
wrong type. Unknown keys are rejected because they are usually misspelled (`requred`) or belong to
another version (`const` in OpenAPI 3.0). If they were ignored, the generated code would not match
the document. In schemas of OpenAPI 3.1 and later, which allow other keys, only typos are errors.

    Link:
      type: object
      propertes:          <- did you mean `properties`?
        id: {type: string}

It is a warning if the value does not change the generated code, for example `minimum: '0'`. With
`--allow-unsupported`, unknown keys are warnings, too, and ignored. `--deny warnings` makes all
warnings errors.

Correct the key or the value, or the version of the document. In OpenAPI 3.0, write `nullable: true`
for a type with null, and `enum` with one value for `const`. Use keys that start with `x-` for data
that only your own tools understand.
";

const DUPLICATE_KEY: &str = "\
E004: duplicate key

The same key occurs twice in one object. JSON and YAML do not define which of the two values is
used, and tools differ. Both locations are shown. In YAML, `1` and `'1'` are the same key, because
every key of an OpenAPI document is a string.

    /links:
      get: {...}
    /links:               <- the first one would be lost
      post: {...}

Merge the two values, or remove one of them.
";

const LIMIT_EXCEEDED: &str = "\
E005: the document is too large or too deeply nested

Limits keep a broken or malicious document from using all memory: 64 MiB of source text, a million
values, 200,000 schemas, 256 levels of nesting, and YAML aliases that expand to at most about ten
times the size of the document as written. The limits are about ten times what the largest public
documents need.

    a: &a [x, x, x, x, x, x, x, x, x]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
    c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]     <- and so on

Split the document, or copy the operations that you need into a smaller one. Use `$ref` instead of
YAML aliases.
";

const REFERENCE: &str = "\
E006: invalid reference

A `$ref` is unresolved or circular, or points to an object of the wrong type, such as a schema where
a response is expected. A reference to a location in the same file starts with `#/`. One to another
file starts with its path, relative to the file that contains the reference, such as
`common.yaml#/components/schemas/Link`. URLs and absolute paths are not read, and files outside of
the directory of the document only with `--allow-outside`.

    schema:
      $ref: '#/components/schemas/Lnik'     <- did you mean `#/components/schemas/Link`?

Correct the reference. Inside a name, write `/` as `~1` and `~` as `~0`.
";

const UNSUPPORTED: &str = "\
E007: unsupported construct

The document uses a construct for which the generator cannot write correct code. The message names
it. The generator never skips such a construct silently, because the code would then not match what
the server does.

    parameters:
      - {name: X-Trace, in: header, style: form, schema: {type: string}}

Express it differently, in the document or in an overlay, or pass `--allow-unsupported` to skip the
affected operations and list them.
";

const COLLISION: &str = "\
E008: conflicting Rust names

Names in the document are converted to Rust's naming conventions: the schemas `LinkTag` and
`link-tag` both become `LinkTag`. If two components or two names set with an extension such as
`x-rust-name` conflict, the generator does not rename one of them automatically: an addition to the
document could then rename items that users already use. Two methods whose `operationId`s conflict
get a number and a warning, and equal names of properties get a number.

    schemas:
      LinkTag: {type: string, enum: [new, old]}
      link-tag: {type: string, enum: [red, blue]}

Set a different name for one of them with `x-rust-name`, in the document or in an overlay.
";

const EXTENSION: &str = "\
E009: invalid extension value

An extension that the generator supports (`x-rust-name`, `x-rust-scalar`, and some that start
with `x-speakeasy-`) has an invalid value. It is a warning if only the docs depend on it. Other
extensions are ignored.

    x-rust-name: 12       <- expected a string

Correct the value, or remove the extension.
";

const NOT_FOUND: &str = "\
E010: unknown tag

No operation in the document has the tag given with `--tag`. Tags are case-sensitive.

    dub-generator generate --tag customers ...      <- the tag is `Customers`

Use one of the tags listed in the help line of the error.
";

const INTERNAL: &str = "\
E011: internal error (a bug in the generator)

The generated code is not valid Rust. This is a bug in the generator, whatever the document
contains. Please report it, with the document or the smallest part of it that causes the error. No
file was changed.
";

const OVERLAY: &str = "\
E012: invalid overlay, or an action that does not apply

An overlay (OpenAPI Overlay 1.0) contains corrections to a document. Each action has a target, which
is a JSONPath (RFC 9535), and either an update, which is merged into what the target matches, or
`remove: true`.

    overlay: 1.0.0
    info: {title: Corrections, version: '1'}
    actions:
      - target: $.components.schemas.Link.properties.clicks
        description: Clicks are whole numbers.
        update: {type: integer}

An action whose target matches nothing is an error: the document has changed, and the correction
needs a different target or is no longer needed. An update can only be merged into an object or an
array. To change a string or a number, select the object that contains it.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_an_explanation() {
        for code in Code::ALL {
            let text = explain(code.as_str()).unwrap();
            assert!(text.starts_with(&format!("{}: ", code.as_str())), "{text}");
            assert!(text.lines().all(|line| line.len() <= 100), "{text}");
        }
    }

    #[test]
    fn unknown_codes_have_no_explanation() {
        assert!(explain("e001").is_some());
        assert!(explain("E999").is_none());
    }
}
