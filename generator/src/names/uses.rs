//! Finds all uses of types, and replaces type ids with names.

use crate::lower::{Arena, TypeId};
use crate::model::{Api, Payload, Type};

/// Returns, for each type, true if an operation or an error uses it, directly or indirectly.
pub fn reachable(api: &mut Api) -> Vec<bool> {
    let mut reachable = vec![false; api.types.len()];
    let mut pending = Vec::new();
    for_each_use(api, &mut |ty| pending.extend(Arena::id_of(ty)));
    while let Some(id) = pending.pop() {
        match reachable.get_mut(id) {
            Some(mark) if !*mark => *mark = true,
            _ => continue,
        }
        if let Some(def) = api.types.get_mut(id) {
            def.kind
                .for_each_type(&mut |ty| pending.extend(Arena::id_of(ty)));
        }
    }
    reachable
}

/// Replaces the id of each type with its first name.
pub fn rename(api: &mut Api, names: &[Vec<String>]) {
    let mut visit = |ty: &mut Type| rename_type(ty, names);
    for_each_use(api, &mut visit);
    for def in &mut api.types {
        def.kind.for_each_type(&mut visit);
    }
}

fn rename_type(ty: &mut Type, names: &[Vec<String>]) {
    let Some(number) = ty.named_mut() else {
        return;
    };
    let names = number.parse().ok().and_then(|id: TypeId| names.get(id));
    if let Some(name) = names.and_then(|names| names.first()) {
        number.clone_from(name);
    }
}

/// Calls `visit` for every type that an operation or an error uses directly.
fn for_each_use(api: &mut Api, visit: &mut dyn FnMut(&mut Type)) {
    for operation in api
        .resources
        .iter_mut()
        .flat_map(|resource| &mut resource.operations)
    {
        operation
            .parameters
            .iter_mut()
            .for_each(|parameter| visit(&mut parameter.ty));
        if let Some(body) = &mut operation.body {
            body.content
                .fields_mut()
                .iter_mut()
                .for_each(|field| visit(&mut field.ty));
        }
        let bodies = operation
            .success
            .responses_mut()
            .filter_map(|response| response.body.as_mut());
        bodies.for_each(|body| visit(&mut body.ty));
        operation
            .pagination
            .iter_mut()
            .for_each(|pagination| visit(&mut pagination.item));
    }
    for variant in &mut api.errors.variants {
        match &mut variant.payload {
            Payload::None => {}
            Payload::One(body) => visit(&mut body.ty),
            Payload::PerOperation { bodies, .. } => {
                bodies
                    .iter_mut()
                    .filter_map(|body| body.body.as_mut())
                    .for_each(|body| visit(&mut body.ty));
            }
        }
    }
}
