//! Mutations of documents. Changes of single bytes rarely give a valid document, so most mutations
//! move, copy and remove blocks: a line and the lines below it that are indented further.

use std::ops::Range;

/// Changes the document in the first `size` bytes of `data`, and returns its new size.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut random = Random(u64::from(seed) << 16 | 0x9e37);
    let text = data.get(..size).map(String::from_utf8_lossy);
    let document = match (random.below(4), text) {
        (0, _) | (_, None) => None,
        (_, Some(text)) => Some(mutate_blocks(&text, &mut random)),
    };
    match document {
        Some(document) if document.len() <= max_size.min(data.len()) => {
            data[..document.len()].copy_from_slice(document.as_bytes());
            document.len()
        }
        _ => libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    }
}

/// A linear congruential random number generator with Knuth's constants.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

fn mutate_blocks(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        if lines.is_empty() {
            break;
        }
        let line = random.below(lines.len());
        let other = random.below(lines.len());
        let block = block(&lines, line);
        match random.below(7) {
            0 => drop(lines.drain(block)),
            1 => insert(&mut lines, block, other),
            2 => replace(&mut lines, block, other),
            3 => copy_value(&mut lines, line, other),
            4 => copy_key(&mut lines, line, other),
            5 => set_value(&mut lines[line], random.of(&VALUES)),
            _ => {
                let indent = " ".repeat(indent(&lines[line]));
                lines.insert(line, format!("{indent}{}", random.of(&ENTRIES)));
            }
        }
    }
    lines.join("\n") + "\n"
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Returns a line and the lines below it that are indented further.
fn block(lines: &[String], start: usize) -> Range<usize> {
    let depth = indent(&lines[start]);
    let rest = lines[start + 1..].iter();
    start..start + 1 + rest.take_while(|line| indent(line) > depth).count()
}

/// Returns the lines of a block, with the indentation of another line.
fn reindented(lines: &[String], block: Range<usize>, depth: usize) -> Vec<String> {
    let from = indent(&lines[block.start]);
    let lines = lines[block].iter();
    let lines = lines.map(|line| {
        let indent = " ".repeat(indent(line) - from + depth);
        format!("{indent}{}", line.trim_start_matches(' '))
    });
    lines.collect()
}

/// Copies a block to the position before a line.
fn insert(lines: &mut Vec<String>, block: Range<usize>, before: usize) {
    let copy = reindented(lines, block, indent(&lines[before]));
    lines.splice(before..before, copy);
}

/// Replaces the block of a line by a copy of a block.
fn replace(lines: &mut Vec<String>, by: Range<usize>, line: usize) {
    let copy = reindented(lines, by, indent(&lines[line]));
    let old = block(lines, line);
    lines.splice(old, copy);
}

fn copy_value(lines: &mut [String], from: usize, to: usize) {
    let value = lines[from]
        .split_once(": ")
        .map(|(_, value)| value.to_owned());
    set_value(&mut lines[to], &value.unwrap_or_default());
}

fn copy_key(lines: &mut [String], from: usize, to: usize) {
    let key = lines[from]
        .split(": ")
        .next()
        .unwrap_or_default()
        .trim_start()
        .to_owned();
    let indent = " ".repeat(indent(&lines[to]));
    let value = lines[to]
        .split_once(": ")
        .map(|(_, value)| value)
        .unwrap_or_default();
    lines[to] = format!("{indent}{}: {value}", key.trim_end_matches(':'));
}

fn set_value(line: &mut String, value: &str) {
    let key = line.split(": ").next().unwrap_or_default().to_owned();
    *line = format!("{}: {value}", key.trim_end_matches(':'));
}

/// Values that change what is generated.
const VALUES: [&str; 34] = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "9223372036854775808",
    "''",
    "[]",
    "{}",
    "[null]",
    "[a, A, 'a b', '', 1]",
    "string",
    "integer",
    "number",
    "boolean",
    "array",
    "object",
    "[string, 'null']",
    "date-time",
    "byte",
    "binary",
    "int32",
    "3.0.3",
    "3.1.0",
    "self",
    "type",
    "Self",
    "ü \u{202e}*/",
    "query",
    "deepObject",
    "{$ref: '#/components/schemas/A'}",
    "{type: object, properties: {a: {type: string}}, required: [a]}",
    "{oneOf: [{type: string}, {type: integer}]}",
];

/// Entries that may be added to an object of the document.
const ENTRIES: [&str; 30] = [
    "nullable: true",
    "readOnly: true",
    "writeOnly: true",
    "deprecated: true",
    "required: true",
    "required: [id]",
    "default: 1",
    "example: {a: [1, null]}",
    "enum: [a, b, null]",
    "const: a",
    "format: int64",
    "minimum: 0",
    "pattern: '^a{2,}$'",
    "additionalProperties: true",
    "additionalProperties: {type: string}",
    "discriminator: {propertyName: type}",
    "allOf: [{type: object}]",
    "anyOf: [{type: string}, {type: 'null'}]",
    "oneOf: [{type: string}, {type: array, items: {type: string}}]",
    "items: {}",
    "description: 'See [x](#a) `b`, */ and \\'",
    "title: A title",
    "style: form",
    "explode: true",
    "x-rust-name: other",
    "tags: [a]",
    "security: []",
    "servers: [{url: '/v2'}]",
    "properties: {r#type: {type: string}, Type: {type: string}}",
    "'204': {description: d}",
];
