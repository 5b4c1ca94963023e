//! What may happen to a document: one edit each of `fixtures/diff/shop.yaml`.

/// What happens to the document, and the replacements that make it happen.
pub type Edit = (&'static str, &'static [(&'static str, &'static str)]);

pub const EDITS: &[Edit] = &[
    ("nothing", &[]),
    ("an operation is removed", &[("    get:\n", "    x-get:\n")]),
    (
        "an operation is renamed",
        &[("operationId: updateItem", "operationId: changeItem")],
    ),
    (
        "the method of HTTP changes",
        &[("    patch:\n", "    put:\n")],
    ),
    ("a path changes", &[("/items/{id}:", "/v2/items/{id}:")]),
    (
        "an argument becomes necessary",
        &[(
            "name: dryRun\n          in: query\n",
            "name: dryRun\n          in: query\n          required: true\n",
        )],
    ),
    (
        "a required field of a body is added",
        &[(
            "required: [name]\n      properties:\n        name: {type: string}\n",
            "required: [name, size]\n      properties:\n        name: {type: string}\n        size: {type: integer}\n",
        )],
    ),
    (
        "an argument gives way to another of its type",
        &[(
            "required: [name]\n      properties:\n        name: {type: string}\n",
            "required: [title]\n      properties:\n        title: {type: string}\n",
        )],
    ),
    (
        "an argument is renamed in Rust alone",
        &[(
            "properties:\n        name: {type: string}\n        note",
            "properties:\n        name: {type: string, x-rust-name: title}\n        note",
        )],
    ),
    (
        "an argument becomes optional",
        &[("required: [name]\n      properties:", "properties:")],
    ),
    (
        "an argument's type changes",
        &[(
            "      in: path\n      required: true\n      schema: {type: string}",
            "      in: path\n      required: true\n      schema: {type: integer}",
        )],
    ),
    (
        "a setter is added",
        &[(
            "        - name: size\n",
            "        - name: weight\n          in: query\n          schema: {type: number}\n        - name: size\n",
        )],
    ),
    (
        "a setter is removed",
        &[(
            "        - name: size\n          in: query\n          schema: {type: array, items: {type: integer}}\n",
            "",
        )],
    ),
    (
        "a setter's type changes",
        &[("schema: {type: boolean}", "schema: {type: string}")],
    ),
    (
        "a setter loses its clear_",
        &[(
            "note: {type: string, nullable: true}",
            "note: {type: string}",
        )],
    ),
    (
        "a setter with a clear_ becomes an argument",
        &[(
            "required: [name]\n      properties:",
            "required: [name, note]\n      properties:",
        )],
    ),
    (
        "a setter gets a clear_",
        &[(
            "        note: {type: string, nullable: true}\n        label: {$ref: '#/components/schemas/Label'}",
            "        note: {type: string, nullable: true}\n        label: {nullable: true, allOf: [{$ref: '#/components/schemas/Label'}]}",
        )],
    ),
    (
        "a query parameter gets another name on the wire",
        &[("name: dryRun\n", "name: dry_run\n")],
    ),
    (
        "a list is written in another way",
        &[(
            "schema: {type: array, items: {type: integer}}",
            "explode: false\n          schema: {type: array, items: {type: integer}}",
        )],
    ),
    (
        "a parameter moves into a header",
        &[(
            "name: dryRun\n          in: query",
            "name: dryRun\n          in: header",
        )],
    ),
    (
        "a body gets another media type",
        &[(
            "          application/json:\n            schema: {$ref: '#/components/schemas/Change'}",
            "          application/merge-patch+json:\n            schema: {$ref: '#/components/schemas/Change'}",
        )],
    ),
    (
        "a response gets another media type",
        &[(
            "            application/json:\n              schema: {$ref: '#/components/schemas/Item'}",
            "            application/vnd.shop+json:\n              schema: {$ref: '#/components/schemas/Item'}",
        )],
    ),
    (
        "a response gets another status",
        &[(
            "'200':\n          description: The item.",
            "'201':\n          description: The item.",
        )],
    ),
    (
        "an operation needs no authorisation",
        &[(
            "operationId: updateItem",
            "operationId: updateItem\n      security: []",
        )],
    ),
    (
        "a resource is renamed",
        &[("tags: [items]", "tags: [goods]")],
    ),
    (
        "a field is deprecated",
        &[(
            "        price: {type: integer}",
            "        price: {type: integer, deprecated: true}",
        )],
    ),
    (
        "an operation is deprecated",
        &[(
            "operationId: updateItem",
            "operationId: updateItem\n      deprecated: true",
        )],
    ),
    (
        "a parameter is deprecated",
        &[(
            "name: colour\n          in: query",
            "name: colour\n          in: query\n          deprecated: true",
        )],
    ),
    (
        "a description changes",
        &[(
            "Keeps items of one colour.",
            "Keeps the items of one colour.",
        )],
    ),
    (
        "paging ends",
        &[(
            "      x-speakeasy-pagination:\n        type: cursor\n        inputs:\n          - {name: after, in: parameters, type: cursor}\n        outputs:\n          nextCursor: $[-1].id\n",
            "",
        )],
    ),
    (
        "pages are asked for in another way",
        &[("nextCursor: $[-1].id", "nextCursor: $[-1].name")],
    ),
    (
        "a response's type changes",
        &[
            (
                "                type: array\n                items: {$ref: '#/components/schemas/Item'}",
                "                $ref: '#/components/schemas/Item'",
            ),
            (
                "      x-speakeasy-pagination:\n        type: cursor\n        inputs:\n          - {name: after, in: parameters, type: cursor}\n        outputs:\n          nextCursor: $[-1].id\n",
                "",
            ),
        ],
    ),
    (
        "a field is added",
        &[(
            "        price: {type: integer}",
            "        price: {type: integer}\n        weight: {type: number}",
        )],
    ),
    (
        "a field is removed",
        &[("        price: {type: integer}\n", "")],
    ),
    (
        "a field's type changes",
        &[("price: {type: integer}", "price: {type: number}")],
    ),
    (
        "a field becomes optional",
        &[("required: [id, name]", "required: [id]")],
    ),
    (
        "a field gets another name on the wire",
        &[("        madeOf: {", "        made_of: {")],
    ),
    (
        "a field is renamed in Rust alone",
        &[(
            "        price: {type: integer}",
            "        price: {type: integer, x-rust-name: cents}",
        )],
    ),
    (
        "a setter is renamed in Rust alone",
        &[(
            "        note: {type: string, nullable: true}\n",
            "        note: {type: string, nullable: true, x-rust-name: remark}\n",
        )],
    ),
    (
        "an enum's value is added",
        &[("enum: [wood, iron]", "enum: [wood, glass, iron]")],
    ),
    (
        "an enum's value is removed",
        &[("enum: [wood, iron]", "enum: [wood]")],
    ),
    (
        "a type is renamed",
        &[
            ("    Material:\n", "    Substance:\n"),
            ("schemas/Material'", "schemas/Substance'"),
        ],
    ),
    (
        "a type becomes another kind of type",
        &[(
            "      type: string\n      enum: [wood, iron]",
            "      type: object\n      properties:\n        name: {type: string}",
        )],
    ),
    (
        "a type becomes another name of an equal one",
        &[(
            "        - name: size\n",
            "        - name: finish\n          in: query\n          schema: {type: string, enum: [matt, gloss]}\n        - name: size\n",
        )],
    ),
    (
        "another name of a type becomes a type of its own",
        &[(
            "colour: {type: string, enum: [red, green]}",
            "colour: {type: string, enum: [red, green, blue]}",
        )],
    ),
    (
        "what an app makes needs more",
        &[("required: [text]", "required: [text, font]")],
    ),
    (
        "an error status is added",
        &[(
            "        '404': {$ref: '#/components/responses/Missing'}\n  /items/{id}:",
            "        '404': {$ref: '#/components/responses/Missing'}\n        '409': {$ref: '#/components/responses/Missing'}\n  /items/{id}:",
        )],
    ),
    (
        "an error status is removed",
        &[(
            "        '404': {$ref: '#/components/responses/Missing'}\n",
            "",
        )],
    ),
    (
        "an error's body is put into an envelope",
        &[(
            "          schema: {$ref: '#/components/schemas/Problem'}",
            "          schema:\n            type: object\n            required: [error]\n            properties:\n              error: {$ref: '#/components/schemas/Problem'}",
        )],
    ),
    (
        "the server moves",
        &[("https://shop.example", "https://api.shop.example")],
    ),
    (
        "the way to authorise changes on the wire",
        &[(
            "{type: http, scheme: bearer}",
            "{type: apiKey, in: header, name: X-Key}",
        )],
    ),
    (
        "the way to authorise needs another secret",
        &[(
            "{type: http, scheme: bearer}",
            "{type: http, scheme: basic}",
        )],
    ),
];
