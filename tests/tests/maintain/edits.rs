//! Edits of `fixtures/diff/shop.yaml`, one for each kind of change to a document.

/// The title of an edit, and the string replacements that perform it.
pub type Edit = (&'static str, &'static [(&'static str, &'static str)]);

pub const EDITS: &[Edit] = &[
    ("no edit", &[]),
    ("an operation is removed", &[("    get:\n", "    x-get:\n")]),
    (
        "an operation is renamed",
        &[("operationId: updateItem", "operationId: changeItem")],
    ),
    ("the HTTP method changes", &[("    patch:\n", "    put:\n")]),
    ("a path changes", &[("/items/{id}:", "/v2/items/{id}:")]),
    (
        "an optional parameter becomes required",
        &[(
            "name: dryRun\n          in: query\n",
            "name: dryRun\n          in: query\n          required: true\n",
        )],
    ),
    (
        "a required body field is added",
        &[(
            "required: [name]\n      properties:\n        name: {type: string}\n",
            "required: [name, size]\n      properties:\n        name: {type: string}\n        size: {type: integer}\n",
        )],
    ),
    (
        "an argument is replaced by one of the same type",
        &[(
            "required: [name]\n      properties:\n        name: {type: string}\n",
            "required: [title]\n      properties:\n        title: {type: string}\n",
        )],
    ),
    (
        "an argument is renamed only in Rust",
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
        "a setter loses its clear_ method",
        &[(
            "note: {type: string, nullable: true}",
            "note: {type: string}",
        )],
    ),
    (
        "a setter with a clear_ method becomes an argument",
        &[(
            "required: [name]\n      properties:",
            "required: [name, note]\n      properties:",
        )],
    ),
    (
        "a setter gets a clear_ method",
        &[(
            "        note: {type: string, nullable: true}\n        label: {$ref: '#/components/schemas/Label'}",
            "        note: {type: string, nullable: true}\n        label: {nullable: true, allOf: [{$ref: '#/components/schemas/Label'}]}",
        )],
    ),
    (
        "the wire name of a query parameter changes",
        &[("name: dryRun\n", "name: dry_run\n")],
    ),
    (
        "the encoding of an array parameter changes",
        &[(
            "schema: {type: array, items: {type: integer}}",
            "explode: false\n          schema: {type: array, items: {type: integer}}",
        )],
    ),
    (
        "a parameter moves from the query to a header",
        &[(
            "name: dryRun\n          in: query",
            "name: dryRun\n          in: header",
        )],
    ),
    (
        "the media type of a body changes",
        &[(
            "          application/json:\n            schema: {$ref: '#/components/schemas/Change'}",
            "          application/merge-patch+json:\n            schema: {$ref: '#/components/schemas/Change'}",
        )],
    ),
    (
        "the media type of a response changes",
        &[(
            "            application/json:\n              schema: {$ref: '#/components/schemas/Item'}",
            "            application/vnd.shop+json:\n              schema: {$ref: '#/components/schemas/Item'}",
        )],
    ),
    (
        "a body gets another media type",
        &[(
            "            schema: {$ref: '#/components/schemas/Change'}\n",
            "            schema: {$ref: '#/components/schemas/Change'}\n          application/xml: {}\n",
        )],
    ),
    (
        "a response gets another media type",
        &[(
            "              schema: {$ref: '#/components/schemas/Item'}\n",
            "              schema: {$ref: '#/components/schemas/Item'}\n            text/csv: {}\n",
        )],
    ),
    (
        "the status of a response changes",
        &[(
            "'200':\n          description: The item.",
            "'201':\n          description: The item.",
        )],
    ),
    (
        "an operation no longer requires authorisation",
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
        &[("Filters items by colour.", "Filters the items by colour.")],
    ),
    (
        "pagination is removed",
        &[(
            "      x-speakeasy-pagination:\n        type: cursor\n        inputs:\n          - {name: after, in: parameters, type: cursor}\n        outputs:\n          nextCursor: $[-1].id\n",
            "",
        )],
    ),
    (
        "the pagination cursor changes",
        &[("nextCursor: $[-1].id", "nextCursor: $[-1].name")],
    ),
    (
        "pagination gets a page number",
        &[
            (
                "          - {name: after, in: parameters, type: cursor}\n",
                "          - {name: after, in: parameters, type: cursor}\n          - {name: page, in: parameters, type: page}\n",
            ),
            (
                "        - name: colour\n          in: query\n",
                "        - name: page\n          in: query\n          schema: {type: integer}\n        - name: colour\n          in: query\n",
            ),
        ],
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
        "the wire name of a field changes",
        &[("        madeOf: {", "        made_of: {")],
    ),
    (
        "a field is renamed only in Rust",
        &[(
            "        price: {type: integer}",
            "        price: {type: integer, x-rust-name: cents}",
        )],
    ),
    (
        "a setter is renamed only in Rust",
        &[(
            "        note: {type: string, nullable: true}\n",
            "        note: {type: string, nullable: true, x-rust-name: remark}\n",
        )],
    ),
    (
        "an enum value is added",
        &[("enum: [wood, iron]", "enum: [wood, glass, iron]")],
    ),
    (
        "an enum value is removed",
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
        "an enum value is described",
        &[(
            "enum: [wood, iron]",
            "enum: [wood, iron]\n      x-enum-descriptions: {iron: Cast iron.}",
        )],
    ),
    (
        "a setter rejects values with a prefix",
        &[(
            "        - name: after\n",
            "        - name: after\n          x-rust-rejected-prefixes: [{prefix: ext_, help: pass an id}]\n",
        )],
    ),
    (
        "an operation may be repeated in more cases",
        &[(
            "operationId: updateItem\n",
            "operationId: updateItem\n      x-rust-retry: {idempotentIf: name}\n",
        )],
    ),
    (
        "a webhook is added",
        &[(
            "paths:\n  /items:",
            "x-webhooks:\n  item.sold:\n    post:\n      requestBody: {content: {application/json: {schema: {type: object, properties: {price: {type: integer}}}}}}\npaths:\n  /items:",
        )],
    ),
    (
        "an enum becomes a struct",
        &[(
            "      type: string\n      enum: [wood, iron]",
            "      type: object\n      properties:\n        name: {type: string}",
        )],
    ),
    (
        "a type becomes an alias of an identical type",
        &[(
            "        - name: size\n",
            "        - name: finish\n          in: query\n          schema: {type: string, enum: [matt, gloss]}\n        - name: size\n",
        )],
    ),
    (
        "an alias becomes a separate type",
        &[(
            "colour: {type: string, enum: [red, green]}",
            "colour: {type: string, enum: [red, green, blue]}",
        )],
    ),
    (
        "a field of a request model becomes required",
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
        "an error body is wrapped in an envelope",
        &[(
            "          schema: {$ref: '#/components/schemas/Problem'}",
            "          schema:\n            type: object\n            required: [error]\n            properties:\n              error: {$ref: '#/components/schemas/Problem'}",
        )],
    ),
    (
        "the server URL changes",
        &[("https://shop.example", "https://api.shop.example")],
    ),
    (
        "the server URL becomes a path",
        &[("https://shop.example", "/shop")],
    ),
    (
        "the server URL gets a variable",
        &[(
            "  - url: https://shop.example\n",
            "  - url: https://{region}.shop.example\n    variables: {region: {default: eu, enum: [eu, us]}}\n",
        )],
    ),
    (
        "an operation gets a server of its own",
        &[(
            "operationId: updateItem",
            "operationId: updateItem\n      servers: [{url: https://items.shop.example}]",
        )],
    ),
    (
        "a bearer token comes from OpenID Connect",
        &[(
            "{type: http, scheme: bearer}",
            "{type: openIdConnect, openIdConnectUrl: https://shop.example/openid}",
        )],
    ),
    (
        "a bearer token becomes another HTTP scheme",
        &[(
            "{type: http, scheme: bearer}",
            "{type: http, scheme: ShopKey}",
        )],
    ),
    (
        "a bearer token becomes an API key header",
        &[(
            "{type: http, scheme: bearer}",
            "{type: apiKey, in: header, name: X-Key}",
        )],
    ),
    (
        "a bearer token becomes basic authentication",
        &[(
            "{type: http, scheme: bearer}",
            "{type: http, scheme: basic}",
        )],
    ),
];
