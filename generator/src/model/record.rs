//! The record of names: the names of methods and types, by their origins in the document.
//!
//! Without a record, names are a function of the document. With one, what has a name keeps it when
//! the document grows.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// The first lines of a record.
const HEADER: &str = "\
# The names of methods and types, by their origins in the document. Generating the crate keeps the
# names that are here, adds those of new origins and drops those of origins that are gone. After a
# merge conflict, generate the crate again: the names of both sides are kept.
";

/// The names of methods and types, by their origins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    methods: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
}

/// An invalid line of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRecord {
    /// The number of the line, from 1.
    pub line: usize,
    pub message: String,
}

impl Record {
    /// Reads a record. The lines with which git marks a conflict are ignored; of two names for one
    /// origin, the first one counts.
    ///
    /// # Errors
    ///
    /// Returns the first line that is not a comment, a heading or an origin with a valid name.
    pub fn parse(text: &str) -> Result<Self, InvalidRecord> {
        let mut record = Self::default();
        let mut section: Option<Section> = None;
        for (index, line) in text.lines().enumerate() {
            let invalid = |message: String| InvalidRecord {
                line: index + 1,
                message,
            };
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') || is_conflict_marker(line) {
                continue;
            }
            if let Some(heading) = Section::of(line) {
                section = Some(heading);
                continue;
            }
            let Some((origin, name)) = line.rsplit_once(" = ") else {
                return Err(invalid(format!("expected `origin = name`, found `{line}`")));
            };
            let Some(section) = section else {
                return Err(invalid(
                    "expected the heading `[methods]` or `[types]`".to_owned(),
                ));
            };
            if !section.is_valid(name) {
                return Err(invalid(format!(
                    "`{name}` is no name of {}",
                    section.noun()
                )));
            }
            let names = record.section_mut(section);
            names
                .entry(origin.to_owned())
                .or_insert_with(|| name.to_owned());
        }
        Ok(record)
    }

    fn section_mut(&mut self, section: Section) -> &mut BTreeMap<String, String> {
        match section {
            Section::Methods => &mut self.methods,
            Section::Types => &mut self.types,
        }
    }

    /// Returns the recorded name of a method.
    pub fn method(&self, origin: &str) -> Option<&str> {
        self.methods.get(origin).map(String::as_str)
    }

    /// Returns the recorded name of a type with these origins: that of the first one.
    pub fn type_name(&self, origins: &[String]) -> Option<&str> {
        origins
            .iter()
            .find_map(|origin| self.types.get(origin).map(String::as_str))
    }

    /// Returns all recorded names of types.
    pub fn type_names(&self) -> HashSet<&str> {
        self.types.values().map(String::as_str).collect()
    }

    pub fn add_method(&mut self, origin: String, name: &str) {
        self.methods.insert(origin, name.to_owned());
    }

    pub fn add_type(&mut self, origin: String, name: &str) {
        self.types.insert(origin, name.to_owned());
    }

    /// Returns the origins whose names differ from those of an older record, with both names. `None`
    /// stands for an origin that one of the records lacks.
    pub fn changes_since<'r>(&'r self, old: &'r Self) -> Vec<RecordChange<'r>> {
        let mut changes = Vec::new();
        for (new, old) in [(&self.methods, &old.methods), (&self.types, &old.types)] {
            let origins: std::collections::BTreeSet<_> = new.keys().chain(old.keys()).collect();
            for origin in origins {
                let (old, new) = (old.get(origin), new.get(origin));
                if old != new {
                    changes.push(RecordChange {
                        origin,
                        old: old.map(String::as_str),
                        new: new.map(String::as_str),
                    });
                }
            }
        }
        changes
    }

    /// Returns the text of the record: one line for each origin, in the order of the origins.
    pub fn text(&self) -> String {
        let mut text = HEADER.to_owned();
        for (section, names) in [
            (Section::Methods, &self.methods),
            (Section::Types, &self.types),
        ] {
            // Writing to a string does not fail.
            let _ = write!(text, "\n{}\n", section.heading());
            for (origin, name) in names {
                let _ = writeln!(text, "{origin} = {name}");
            }
        }
        text
    }
}

/// A name that two records do not have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordChange<'r> {
    pub origin: &'r str,
    pub old: Option<&'r str>,
    pub new: Option<&'r str>,
}

#[derive(Clone, Copy)]
enum Section {
    Methods,
    Types,
}

impl Section {
    fn of(line: &str) -> Option<Self> {
        [Self::Methods, Self::Types]
            .into_iter()
            .find(|section| section.heading() == line)
    }

    fn heading(self) -> &'static str {
        match self {
            Self::Methods => "[methods]",
            Self::Types => "[types]",
        }
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Methods => "a method",
            Self::Types => "a type",
        }
    }

    /// Returns true for a name that the generator could have given.
    fn is_valid(self, name: &str) -> bool {
        let name = match self {
            Self::Methods => name.trim_start_matches("r#"),
            Self::Types => name,
        };
        let is_case = |c: char| match self {
            Self::Methods => !c.is_uppercase(),
            Self::Types => !c.is_lowercase(),
        };
        let first = name.chars().next();
        first.is_some_and(|first| !first.is_numeric() && is_case(first))
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    }
}

/// Returns true for the lines with which git marks both sides of a conflict.
fn is_conflict_marker(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|marker| line.starts_with(marker))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[methods]\nGET /a = list\n\n[types]\nGET /a response = Widget\n";

    #[test]
    fn a_written_record_is_read_again() {
        let record = Record::parse(TEXT).unwrap();
        assert_eq!(record.method("GET /a"), Some("list"));
        assert_eq!(Record::parse(&record.text()), Ok(record));
    }

    #[test]
    fn a_merge_conflict_keeps_both_sides() {
        let conflict = "[methods]\n<<<<<<< ours\nGET /a = list\n=======\nGET /a = all\nGET /b = get\n>>>>>>> theirs\n[types]\n";
        let record = Record::parse(conflict).unwrap();
        assert_eq!(record.method("GET /a"), Some("list"));
        assert_eq!(record.method("GET /b"), Some("get"));
    }

    #[test]
    fn invalid_lines_are_located() {
        for (text, line) in [
            ("GET /a = list\n", 1),
            ("[methods]\nnonsense\n", 2),
            ("[methods]\n\nGET /a = No Name\n", 3),
            ("[types]\nx = lower\n", 2),
            ("[types]\nx = A;B\n", 2),
        ] {
            assert_eq!(
                Record::parse(text).map_err(|invalid| invalid.line),
                Err(line),
                "{text}"
            );
        }
    }
}
