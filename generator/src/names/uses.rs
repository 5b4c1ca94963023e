//! The types that operations and errors use, directly or as parts of other types.

use crate::model::TypeTable;
use crate::model::unnamed::{Lowered, Type};

/// Returns for each type whether an operation or an error uses it.
pub fn reachable(lowered: &Lowered) -> TypeTable<bool> {
    let mut reachable = lowered.types.map(|_, _| false);
    let mut pending: Vec<_> = lowered.types_used().filter_map(Type::id).collect();
    while let Some(id) = pending.pop() {
        if !std::mem::replace(&mut reachable[id], true) {
            pending.extend(lowered.types[id].kind.types().filter_map(Type::id));
        }
    }
    reachable
}
