//! Matches old items with new items.

/// An old and a new item that match, or an item without a match.
pub(super) enum Pair<'a, T> {
    Removed(&'a T),
    Added(&'a T),
    Both(&'a T, &'a T),
}

/// Pairs items with the same key. Returns the old items in their order, then the added ones in
/// theirs.
pub(super) fn pairs<'a, T, K: PartialEq>(
    old: &'a [T],
    new: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Vec<Pair<'a, T>> {
    let with = |side: &'a [T], wanted: K| side.iter().find(|item| key(item) == wanted);
    let known = old.iter().map(|old| match with(new, key(old)) {
        Some(new) => Pair::Both(old, new),
        None => Pair::Removed(old),
    });
    let added = new.iter().filter(|new| with(old, key(new)).is_none());
    known.chain(added.map(Pair::Added)).collect()
}

/// Renamed items: pairs of a removed and an added item that `same` considers equal.
pub(super) struct Renamed<'a, T>(Vec<(&'a T, &'a T)>);

impl<'a, T> Renamed<'a, T> {
    pub fn new<K: PartialEq>(
        old: &'a [T],
        new: &'a [T],
        key: impl Fn(&'a T) -> K,
        same: impl Fn(&T, &T) -> bool,
    ) -> Self {
        let lacks = |side: &'a [T], item: &'a T| side.iter().all(|other| key(other) != key(item));
        let removed = old.iter().filter(|old| lacks(new, old));
        let pairs = removed.filter_map(|removed| {
            let mut added = new.iter().filter(|new| lacks(old, new));
            Some((removed, added.find(|added| same(removed, added))?))
        });
        Self(pairs.collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'a T, &'a T)> {
        self.0.iter().copied()
    }

    /// Returns true if the item is part of a pair, on either side.
    pub fn contains(&self, item: &T) -> bool {
        let is = |other: &T| std::ptr::eq(other, item);
        self.0.iter().any(|(old, new)| is(old) || is(new))
    }
}
