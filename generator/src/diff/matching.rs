//! Which of the old belongs to which of the new.

/// An old and a new thing that belong together, or one of them alone.
pub(super) enum Pair<'a, T> {
    Removed(&'a T),
    Added(&'a T),
    Both(&'a T, &'a T),
}

/// Pairs what has the same key: the old ones in their order, then the new ones in theirs.
pub(super) fn pairs<'a, T, K: PartialEq>(
    old: &'a [T],
    new: &'a [T],
    key: impl Fn(&'a T) -> K,
) -> Vec<Pair<'a, T>> {
    let with = |side: &'a [T], wanted: K| side.iter().find(|thing| key(thing) == wanted);
    let known = old.iter().map(|old| match with(new, key(old)) {
        Some(new) => Pair::Both(old, new),
        None => Pair::Removed(old),
    });
    let added = new.iter().filter(|new| with(old, key(new)).is_none());
    known.chain(added.map(Pair::Added)).collect()
}

/// What has another key in Rust and is the same otherwise: an old and a new thing whose keys the other side lacks.
pub(super) struct Renamed<'a, T>(Vec<(&'a T, &'a T)>);

impl<'a, T> Renamed<'a, T> {
    pub fn new<K: PartialEq>(
        old: &'a [T],
        new: &'a [T],
        key: impl Fn(&'a T) -> K,
        same: impl Fn(&T, &T) -> bool,
    ) -> Self {
        let lacks = |side: &'a [T], thing: &'a T| side.iter().all(|own| key(own) != key(thing));
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

    /// Whether a thing of either side is among them.
    pub fn contains(&self, thing: &T) -> bool {
        let is = |other: &T| std::ptr::eq(other, thing);
        self.0.iter().any(|(old, new)| is(old) || is(new))
    }
}
