//! Locations in source files.

/// A source file of a run: the document, the overlay, or a file that the document refers to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u16);

impl SourceId {
    pub const DOCUMENT: Self = Self(0);
    pub const OVERLAY: Self = Self(1);

    /// Returns the source of a file, by its index among the files of the document. Returns `None` if
    /// there are too many.
    pub fn file(index: usize) -> Option<Self> {
        let id = u16::try_from(index).ok()?.checked_add(2)?;
        Some(Self(id))
    }

    /// Returns the index of a file among the files of the document; `None` for the document and the
    /// overlay.
    pub fn file_index(self) -> Option<usize> {
        self.index().checked_sub(2)
    }

    /// Returns the position of the source in a list of all sources.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The location of a key or a value in a source. Lines and columns count from 1; columns are in
/// characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub source: SourceId,
    pub line: u32,
    pub column: u32,
}

impl Span {
    pub fn new(source: SourceId, line: u32, column: u32) -> Self {
        Self {
            source,
            line,
            column,
        }
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}
