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
