//! The locations of a bundled tree in the files that it was made of.

use crate::span::SourceId;
use std::collections::HashMap;

/// The parts of other files in a tree.
#[derive(Default)]
pub(in crate::spec) struct Moves {
    /// The file and the location there, by the location in the tree.
    parts: HashMap<String, (SourceId, String)>,
}

impl Moves {
    /// Records that the value at a location comes from another file. Keeps an earlier record.
    pub(super) fn add(&mut self, at: &str, source: SourceId, pointer: &str) {
        let part = (source, pointer.to_owned());
        self.parts.entry(at.to_owned()).or_insert(part);
    }

    /// Returns the location in its file of a location in the tree.
    pub(in crate::spec) fn written(&self, pointer: &str) -> String {
        let mut end = pointer.len();
        while !self.parts.is_empty() {
            let Some((outer, rest)) = pointer.split_at_checked(end) else {
                break;
            };
            if let Some((_, written)) = self.parts.get(outer) {
                return format!("{written}{rest}");
            }
            match outer.rfind('/') {
                Some(start) => end = start,
                None => break,
            }
        }
        pointer.to_owned()
    }

    /// Returns the location in the tree of a location in a file. Returns `None` if the tree does not
    /// contain it.
    pub(super) fn find(&self, source: SourceId, pointer: &str) -> Option<String> {
        let parts = self.parts.iter().filter(|(_, (file, _))| *file == source);
        let rests = parts.filter_map(|(at, (_, written))| {
            let rest = pointer.strip_prefix(written.as_str())?;
            let is_inside = rest.is_empty() || rest.starts_with('/');
            is_inside.then_some((rest.len(), at, rest))
        });
        let (_, at, rest) = rests.min()?;
        Some(format!("{at}{rest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_part_has_the_location() {
        let [one, other] = [0, 1].map(|index| SourceId::file(index).unwrap());
        let mut moves = Moves::default();
        moves.add("/paths/~1a", one, "");
        moves.add("/paths/~1a/get/parameters/0", other, "/Id");
        assert_eq!(moves.written("/paths/~1a/get"), "/get");
        assert_eq!(
            moves.written("/paths/~1a/get/parameters/0/schema"),
            "/Id/schema"
        );
        assert_eq!(moves.written("/paths/~1ab"), "/paths/~1ab");
        assert_eq!(
            moves.find(other, "/Id/x").unwrap(),
            "/paths/~1a/get/parameters/0/x"
        );
        assert_eq!(moves.find(other, "/Ids"), None);
    }
}
