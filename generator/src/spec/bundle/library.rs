//! The trees of a document and of the files that it refers to.

use super::super::builder::MAX_NODES;
use super::super::identifiers::{self, Index};
use super::super::report::quoted;
use super::super::text::MAX_BYTES;
use super::super::tree::{Node, Value};
use super::super::{Parsed, Syntax, pointer, source};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::{Files, Opened, Unreadable};
use std::collections::HashMap;

/// The index of a file. 0 is the document.
pub(super) type FileId = usize;

pub(super) const DOCUMENT: FileId = 0;

/// A location in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Target {
    pub(super) file: FileId,
    pub(super) pointer: String,
}

/// The document or a file.
pub(super) struct Loaded {
    /// The path relative to the directory of the document.
    pub(super) path: String,
    /// The name for messages.
    pub(super) name: String,
    pub(super) root: Node,
    pub(super) index: Index<'static>,
    /// The problems after which the parser continued.
    pub(super) problems: Vec<Diagnostic>,
}

/// The files so far.
pub(super) struct Library<'f> {
    files: &'f Files,
    loaded: Vec<Loaded>,
    /// The files by their paths, or the reasons why they cannot be used.
    by_path: HashMap<String, Result<FileId, Diagnostic>>,
    /// The files by their index in `files`.
    by_index: HashMap<usize, FileId>,
    bytes: usize,
    /// The number of values in all files.
    pub(super) nodes: usize,
    pub(super) is_yaml: bool,
}

impl<'f> Library<'f> {
    pub(super) fn new(files: &'f Files, root: &Node, nodes: usize, bytes: usize) -> Self {
        let name = files.document().to_owned();
        let mut library = Self {
            files,
            loaded: Vec::new(),
            by_path: HashMap::from([(name.clone(), Ok(DOCUMENT))]),
            by_index: HashMap::new(),
            bytes,
            nodes,
            is_yaml: false,
        };
        library.add(name, root.clone(), Vec::new());
        library
    }

    pub(super) fn get(&self, file: FileId) -> Option<&Loaded> {
        self.loaded.get(file)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (FileId, &Loaded)> {
        self.loaded.iter().enumerate()
    }

    /// Returns the value at a location.
    pub(super) fn node(&self, target: &Target) -> Option<&Node> {
        self.get(target.file)?.root.at(&target.pointer)
    }

    /// Returns the file at a path, and reads it if it is a new one.
    pub(super) fn open(&mut self, path: String, reference: &str) -> Result<FileId, Diagnostic> {
        if let Some(known) = self.by_path.get(&path) {
            return known.clone();
        }
        let opened = self.open_new(&path, reference);
        self.by_path.insert(path, opened.clone());
        opened
    }

    fn open_new(&mut self, path: &str, reference: &str) -> Result<FileId, Diagnostic> {
        let index = match self.files.open(path) {
            Ok(Opened::Document) => return Ok(DOCUMENT),
            Ok(Opened::File(index)) => index,
            Err(reason) => return Err(self.unreadable(path, reference, reason)),
        };
        if let Some(known) = self.by_index.get(&index) {
            return Ok(*known);
        }
        let Some((id, file)) = self.files.get(index) else {
            return Err(unresolved(reference, "there are too many files"));
        };
        self.bytes = self.bytes.saturating_add(file.text.len());
        if self.bytes > MAX_BYTES {
            let message = "the files of the document are too large: maximum 64 MiB in total";
            return Err(Diagnostic::new(Code::Bound, "", message));
        }
        let (parsed, syntax) = source::parse(id, &file.text).map_err(|problem| {
            let message = format!("`{}` is invalid: {}", file.name, problem.message);
            let mut invalid = unresolved(reference, &message);
            invalid.help = problem.help;
            match problem.span {
                Some(span) => invalid.related("in this file", span),
                None => invalid,
            }
        })?;
        let Parsed {
            root,
            nodes,
            problems,
            ..
        } = parsed;
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES {
            let message = format!("the files of the document have more than {MAX_NODES} values");
            return Err(Diagnostic::new(Code::Bound, "", message));
        }
        self.is_yaml |= syntax == Syntax::Yaml;
        let added = self.add(path.to_owned(), root, problems);
        self.by_index.insert(index, added);
        Ok(added)
    }

    fn add(&mut self, path: String, root: Node, problems: Vec<Diagnostic>) -> FileId {
        self.loaded.push(Loaded {
            name: self.files.name(&path),
            index: Index::of(&root, None),
            path,
            root,
            problems,
        });
        self.loaded.len() - 1
    }

    fn unreadable(&self, path: &str, reference: &str, reason: Unreadable) -> Diagnostic {
        let name = self.files.name(path);
        match reason {
            Unreadable::Missing => unresolved(reference, &format!("`{name}` does not exist"))
                .help("the path is relative to the file that contains the reference"),
            Unreadable::Outside => {
                let message = format!("`{name}` is outside of the directory of the document");
                unresolved(reference, &message).help("pass `--allow-outside` to read it")
            }
            Unreadable::Other(reason) => {
                unresolved(reference, &format!("cannot read `{name}`: {reason}"))
            }
        }
    }

    /// Returns the URI of the part of a file that contains a location, and the pointer of that part.
    pub(super) fn part_of(&self, target: &Target) -> (String, String) {
        let Some(file) = self.get(target.file) else {
            return Default::default();
        };
        let mut base = Index::base(&file.root).to_owned();
        let mut resource = String::new();
        let mut at = String::new();
        let mut node = Some(&file.root);
        for token in pointer::tokens(&target.pointer) {
            if let Some(id) = node.and_then(|node| node.get("$id")).and_then(Node::as_str) {
                base = identifiers::join(&base, id);
                resource.clone_from(&at);
            }
            node = node.and_then(|node| node.step(&token));
            pointer::push(&mut at, &token);
        }
        (base, resource)
    }
}

/// Returns true for an OpenAPI document.
pub(super) fn is_document(node: &Node) -> bool {
    let version = node.get("openapi").or_else(|| node.get("swagger"));
    version.is_some_and(|version| matches!(version.value, Value::String(_) | Value::Number(_)))
}

pub(super) fn unresolved(reference: &str, reason: &str) -> Diagnostic {
    let message = format!("unresolved reference {}: {reason}", quoted(reference));
    Diagnostic::new(Code::Reference, "", message)
}
