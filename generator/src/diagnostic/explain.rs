//! More about each code, for `dub-generator explain`.

use super::Code;

/// What a code means, an example, and what to do; None for a code that does not exist. Case does not matter.
pub fn explain(code: &str) -> Option<&'static str> {
    let code = code.trim();
    Code::ALL
        .into_iter()
        .find(|known| known.as_str().eq_ignore_ascii_case(code))
        .map(text)
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
E001: the text is neither JSON nor YAML

The file could not be read as JSON or as YAML 1.2, whatever its name ends in. Frequent causes are a file that was cut
off, tabs used to indent YAML, a second YAML document after `---`, an encoding other than UTF-8, and an error page that
was saved in place of the document.

    info:
    \ttitle: Links        <- a tab

Mend the text at the place given. A document that some other tool reads all the same may hold constructs that the
standards of JSON and YAML do not have, such as comments in JSON or custom tags in YAML.
";

const VERSION: &str = "\
E002: the document is not OpenAPI 3.0

The generator reads OpenAPI 3.0, whose version is written `openapi: 3.0.0` up to `3.0.4`. OpenAPI 3.1 changed what
schemas mean, and Swagger 2.0 is laid out differently altogether, so neither is read as if it were 3.0.

    openapi: 3.1.0

Give the 3.0 form of the document. Many servers and frameworks can write either; converters exist for both directions.
";

const SHAPE: &str = "\
E003: something that OpenAPI 3.0 does not have in this place

A key is missing, is not known, or its value is of the wrong kind. Unknown keys are refused because they are usually
misspelt (`requred`), or belong to another version (`const`, `type: [string, 'null']`): leaving them out in silence
would generate code that says something else than the document.

    Link:
      type: object
      propertes:          <- did you mean `properties`?
        id: {type: string}

Correct the key or the value. Where OpenAPI 3.1 was meant, write its 3.0 form: `nullable: true` for a type with null,
`enum` with one value for `const`. What only your own tools understand belongs in a key that starts with `x-`.
";

const DUPLICATE_KEY: &str = "\
E004: the same key twice in one object

JSON and YAML leave open which of two equal keys counts, and tools differ. Both places are shown. In YAML, `1` and
`'1'` are the same key here, because every key of an OpenAPI document is text.

    /links:
      get: {...}
    /links:               <- the first one would be lost
      post: {...}

Join the two, or remove one.
";

const LIMIT_EXCEEDED: &str = "\
E005: the document is larger or deeper than is read

Bounds keep a broken or hostile document from taking all memory: 64 MiB of text, a million values, 200,000 schemas, 256
levels of nesting, and YAML aliases that unfold to no more than some ten times what is written out. They are about ten
times what the largest public documents need.

    a: &a [x, x, x, x, x, x, x, x, x]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
    c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]     <- and so on

Split the document, or take out of it the operations that you need; use `$ref` in place of aliases.
";

const REFERENCE: &str = "\
E006: a reference that does not lead to what is needed

A `$ref` leads nowhere, in a circle, to another document, or to something of another kind, such as a schema where a
response is needed. One document is read, so all references start with `#/`.

    schema:
      $ref: '#/components/schemas/Lnik'     <- did you mean `#/components/schemas/Link`?

Correct the reference. In names, `/` is written `~1` and `~` is written `~0`. Bundle a document that consists of several
files into one before generating.
";

const UNSUPPORTED: &str = "\
E007: a construct that is not supported

The document is sound, but it holds something for which no code can be generated that would do it justice. The message
names it. Nothing is left out in silence, because the code would then promise less or other than the server does.

    parameters:
      - {name: X-Trace, in: header, style: form, schema: {type: string}}

Express it in another way, in the document or in an overlay, or pass `--allow-unsupported`: the operations concerned are
then left out, and listed.
";

const COLLISION: &str = "\
E008: two things would have the same name in Rust

Names of the document are turned into Rust's manner: `link-id`, `linkId` and `link_id` all become `link_id`. Where that
makes two things the same, neither is renamed by itself, since adding something to the document would then rename what
users already call.

    properties:
      linkId: {type: string}
      link_id: {type: string}

Give one of them a name of its own with `x-rust-name`, in the document or in an overlay.
";

const EXTENSION: &str = "\
E009: an extension with a value that makes no sense

Extensions that the generator understands (`x-rust-name`, `x-rust-type`, and some that start with `x-speakeasy-`) have a
value of another form than they need. Other extensions are ignored.

    x-rust-name: 12       <- a name is text

Correct the value, or remove the extension.
";

const NOT_FOUND: &str = "\
E010: what was asked for is not in the document

A tag given with `--tag`, or a place that an overlay changes, does not exist in the document. Tags are compared exactly,
capitals included.

    dub-generator generate --tag customers ...      <- the tag is `Customers`

Compare with the document; an overlay's action that matches nothing any more has usually been overtaken by the document
and can be removed.
";

const INTERNAL: &str = "\
E011: a fault of the generator's own

The code that was made of the document is not Rust. That is never the document's fault: please report it, with the
document or the smallest part of it that shows the fault. No file was touched.
";

const OVERLAY: &str = "\
E012: the overlay is wrong, or one of its actions does not apply

An overlay (OpenAPI Overlay 1.0) holds corrections of a document: each action has a target, a JSONPath by RFC 9535, and
either an update, which is merged into what the target matches, or `remove: true`.

    overlay: 1.0.0
    info: {title: Corrections, version: '1'}
    actions:
      - target: $.components.schemas.Link.properties.clicks
        description: Clicks are whole numbers.
        update: {type: integer}

An action whose target matches nothing is refused rather than passed over: the document has changed, and the correction
either has another place now or is no longer needed. An update needs an object or a list to go into; for a text or a
number, select the object around it.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_an_explanation() {
        for code in Code::ALL {
            let text = explain(code.as_str()).unwrap();
            assert!(text.starts_with(&format!("{}: ", code.as_str())), "{text}");
            assert!(text.lines().all(|line| line.len() <= 120), "{text}");
        }
    }

    #[test]
    fn unknown_codes_have_no_explanation() {
        assert!(explain("e001").is_some());
        assert!(explain("E999").is_none());
    }
}
