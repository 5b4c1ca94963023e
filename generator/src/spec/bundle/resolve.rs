//! Resolves references between files.

use super::super::report::quoted;
use super::super::tree::{Node, Object, Value};
use super::super::{pointer, ref_siblings, suggest};
use super::library::{self, DOCUMENT, FileId, Library, Target, unresolved};
use super::place::Place;
use super::reference;
use crate::diagnostic::{Code, Diagnostic};

/// The maximum number of references that are followed to resolve one.
const MAX_HOPS: usize = 100;

/// A reference, and the part of a file that contains it.
#[derive(Clone, Copy)]
pub(super) struct Reference<'r> {
    pub(super) text: &'r str,
    pub(super) file: FileId,
    /// The URI and the location of the part.
    pub(super) base: &'r str,
    pub(super) resource: &'r str,
}

/// Returns the location to which a reference to an object of some kind refers.
///
/// A value that is only a reference to another file is followed.
pub(super) fn target(
    library: &mut Library<'_>,
    place: Place,
    reference: Reference<'_>,
) -> Result<Target, Diagnostic> {
    let mut target = resolve(library, reference, 0)?;
    let mut seen = vec![target.clone()];
    while let Some(next) = next(library, place, &target)? {
        if seen.contains(&next) || seen.len() > MAX_HOPS {
            return Err(circular(reference.text));
        }
        seen.push(next.clone());
        target = next;
    }
    check(library, place, &target, reference.text)?;
    Ok(target)
}

/// Returns the target in another file, if the value at a location is only a reference to it.
fn next(
    library: &mut Library<'_>,
    place: Place,
    target: &Target,
) -> Result<Option<Target>, Diagnostic> {
    let node = library.node(target).filter(|_| target.file != DOCUMENT);
    let text = node.and_then(|node| plain(node.as_object()?, place));
    let Some(text) = text.map(str::to_owned) else {
        return Ok(None);
    };
    let (base, resource) = library.part_of(target);
    let reference = Reference {
        text: &text,
        file: target.file,
        base: &base,
        resource: &resource,
    };
    // An error is reported at this reference.
    let next = resolve(library, reference, 0).ok();
    Ok(next.filter(|next| next.file != target.file))
}

/// Returns the target of a reference, unless there are meaningful keys next to it.
pub(super) fn plain(object: &Object, place: Place) -> Option<&str> {
    match place {
        Place::Schema => ref_siblings::plain_reference(object),
        _ => ref_siblings::reference_with_siblings(object),
    }
}

/// Resolves one reference.
pub(super) fn resolve(
    library: &mut Library<'_>,
    reference: Reference<'_>,
    hops: usize,
) -> Result<Target, Diagnostic> {
    let Reference { text, file, .. } = reference;
    let Some(from) = library.get(file) else {
        return Err(unresolved(text, "internal error"));
    };
    let known = from
        .index
        .target(&from.root, text, reference.base, reference.resource);
    let target = match known {
        Some(pointer) => Target { file, pointer },
        None if text == "#" => Target {
            file,
            pointer: reference.resource.to_owned(),
        },
        None => {
            let (path, fragment) = reference::split(&from.path, text)?;
            let file = library.open(path, text)?;
            let pointer = fragment_pointer(library, file, fragment, text)?;
            Target { file, pointer }
        }
    };
    locate(library, target, text, hops)
}

/// Returns the JSON pointer of a fragment, which may be an anchor.
fn fragment_pointer(
    library: &Library<'_>,
    file: FileId,
    fragment: &str,
    reference: &str,
) -> Result<String, Diagnostic> {
    if fragment.is_empty() {
        return Ok(String::new());
    }
    let found = library.get(file).and_then(|file| {
        let fragment = format!("#{fragment}");
        file.index.target(&file.root, &fragment, "", "")
    });
    let name = library.get(file).map_or("", |file| file.name.as_str());
    found.ok_or_else(|| {
        unresolved(reference, &format!("`{name}` has no such anchor"))
            .help("write a JSON pointer such as `#/components/schemas/Name`")
    })
}

/// Checks that a location exists. References on the way to it are followed.
fn locate(
    library: &mut Library<'_>,
    target: Target,
    reference: &str,
    hops: usize,
) -> Result<Target, Diagnostic> {
    // References within the document are checked with it.
    if target.file == DOCUMENT {
        return Ok(target);
    }
    if hops > MAX_HOPS {
        return Err(circular(reference));
    }
    let Some(mut node) = library.get(target.file).map(|file| &file.root) else {
        return Err(unresolved(reference, "internal error"));
    };
    let mut at = String::new();
    let tokens: Vec<_> = pointer::tokens(&target.pointer).collect();
    for (index, token) in tokens.iter().enumerate() {
        if let Some(next) = node.step(token) {
            pointer::push(&mut at, token);
            node = next;
            continue;
        }
        let Some(text) = node.get("$ref").and_then(Node::as_str).map(str::to_owned) else {
            return Err(missing(library, &target, reference));
        };
        let file = target.file;
        let here = Target { file, pointer: at };
        let (base, resource) = library.part_of(&here);
        let on_the_way = Reference {
            text: &text,
            file,
            base: &base,
            resource: &resource,
        };
        let found = resolve(library, on_the_way, hops + 1);
        let mut target = found.map_err(|problem| match hops {
            0 => unresolved(reference, &problem.message),
            _ => problem,
        })?;
        for token in tokens.iter().skip(index) {
            pointer::push(&mut target.pointer, token);
        }
        return locate(library, target, reference, hops + 1);
    }
    Ok(target)
}

fn missing(library: &Library<'_>, target: &Target, reference: &str) -> Diagnostic {
    let Some(file) = library.get(target.file) else {
        return unresolved(reference, "internal error");
    };
    let reason = format!("`{}` has no {}", file.name, quoted(&target.pointer));
    let problem = unresolved(reference, &reason);
    match suggest::nearest_pointer(&file.root, &target.pointer) {
        Some(near) => problem.help(format!("did you mean `#{near}`?")),
        None => problem,
    }
}

/// Checks that the value at a location can be of a kind.
fn check(
    library: &Library<'_>,
    place: Place,
    target: &Target,
    reference: &str,
) -> Result<(), Diagnostic> {
    let node = library.node(target).filter(|_| target.file != DOCUMENT);
    let (Some(node), Some(section)) = (node, place.section()) else {
        return Ok(());
    };
    let found = Place::at(&target.pointer);
    let found = match &node.value {
        Value::Object(_) if target.pointer.is_empty() && library::is_document(node) => {
            let problem = unexpected(reference, place, "an OpenAPI document");
            return Err(problem.help("add a fragment such as `#/components/schemas/Name`"));
        }
        Value::Object(_) if target.pointer.starts_with("/components/") => match found.section() {
            Some(other) if other != section => found.name(),
            _ => return Ok(()),
        },
        Value::Object(_) => return Ok(()),
        Value::Bool(_) if place == Place::Schema => return Ok(()),
        _ => node.kind(),
    };
    Err(unexpected(reference, place, found))
}

fn unexpected(reference: &str, place: Place, found: &str) -> Diagnostic {
    let message = format!(
        "invalid reference {}: expected {}, found {found}",
        quoted(reference),
        place.name()
    );
    Diagnostic::new(Code::Reference, "", message)
}

pub(super) fn circular(reference: &str) -> Diagnostic {
    let message = format!("circular reference: {}", quoted(reference));
    Diagnostic::new(Code::Reference, "", message)
}
