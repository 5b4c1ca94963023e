//! Ids of types, and tables with one entry for each type.

use std::ops::{Index, IndexMut};

/// The id of a type whose Rust name is not decided yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(usize);

/// A table with one entry for each type, indexed by the type's id.
///
/// Only [`TypeTable::push`] creates ids, and entries are never removed. Tables made with
/// [`TypeTable::map`] have an entry for every id of the original. So an id is a valid index of its
/// table and of all tables made from it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeTable<T>(Vec<T>);

impl<T> TypeTable<T> {
    /// Adds an entry and returns its id.
    pub fn push(&mut self, value: T) -> TypeId {
        self.0.push(value);
        TypeId(self.0.len() - 1)
    }

    pub fn ids(&self) -> impl DoubleEndedIterator<Item = TypeId> + use<T> {
        (0..self.0.len()).map(TypeId)
    }

    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &T)> {
        self.ids().zip(&self.0)
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (TypeId, &mut T)> {
        self.ids().zip(&mut self.0)
    }

    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub fn values_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    /// Makes a table with the same ids.
    pub fn map<U>(&self, mut value: impl FnMut(TypeId, &T) -> U) -> TypeTable<U> {
        TypeTable(self.iter().map(|(id, entry)| value(id, entry)).collect())
    }
}

impl<T> Default for TypeTable<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> IntoIterator for TypeTable<T> {
    type Item = (TypeId, T);
    type IntoIter =
        std::iter::Map<std::iter::Enumerate<std::vec::IntoIter<T>>, fn((usize, T)) -> (TypeId, T)>;

    fn into_iter(self) -> Self::IntoIter {
        let entry: fn((usize, T)) -> (TypeId, T) = |(index, value)| (TypeId(index), value);
        self.0.into_iter().enumerate().map(entry)
    }
}

impl<T> Index<TypeId> for TypeTable<T> {
    type Output = T;

    #[expect(
        clippy::indexing_slicing,
        reason = "an id is a valid index of its table"
    )]
    fn index(&self, id: TypeId) -> &T {
        &self.0[id.0]
    }
}

impl<T> IndexMut<TypeId> for TypeTable<T> {
    #[expect(
        clippy::indexing_slicing,
        reason = "an id is a valid index of its table"
    )]
    fn index_mut(&mut self, id: TypeId) -> &mut T {
        &mut self.0[id.0]
    }
}
