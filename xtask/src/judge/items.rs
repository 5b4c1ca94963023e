//! Maps our changes to Rust items, to match them with the findings of cargo-semver-checks.

use dub_generator::diff::{Change, ItemKind, Kind};
use dub_generator::model::{Api, Kind as TypeKind, Operation, Resource, Success, Type};

/// A type or a module, or one of its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub owner: String,
    pub member: Option<String>,
}

impl Item {
    fn whole(owner: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            member: None,
        }
    }

    fn part(owner: &str, member: &str) -> Self {
        Self {
            owner: owner.to_owned(),
            member: Some(member.trim_start_matches("r#").to_owned()),
        }
    }

    /// Parses `Owner::member`. A path without `::` is an owner without a member.
    fn parse_path(path: &str) -> Self {
        match path.rsplit_once("::") {
            Some((owner, member)) => {
                let owner = owner.rsplit("::").next().unwrap_or(owner);
                Self::part(owner, member)
            }
            None => Self::whole(path),
        }
    }

    /// Parses a location printed by cargo-semver-checks, such as `field name of struct Customer,
    /// previously in file ..`.
    pub fn parse_lint_location(location: &str) -> Self {
        let location = location.split(", previously in").next().unwrap_or(location);
        let tokens: Vec<&str> = location.split([' ', ',']).collect();
        let after = |word: &str| {
            let at = tokens.iter().position(|token| *token == word)?;
            tokens.get(at + 1).copied()
        };
        let last = |path: &str| path.rsplit("::").next().unwrap_or(path).to_owned();
        if let (Some(member), Some(owner)) = (
            after("field"),
            after("struct").or(after("variant")).or(after("union")),
        ) {
            return Self::part(&last(owner), member);
        }
        let trait_name = after("derives").or(after("implements"));
        if let (Some(owner), Some(member)) = (after("type").or(after("struct")), trait_name) {
            return Self::part(&last(owner), &last(member));
        }
        if let Some(variant) = after("variant") {
            return Self::parse_path(&variant.replacen(
                ':',
                "::",
                usize::from(!variant.contains("::")),
            ));
        }
        // Use the first keyword: `enum sample::models::Size became struct in ..` is about the enum.
        let kinds = [
            "struct", "enum", "mod", "trait", "type", "typedef", "fn", "function",
        ];
        let first = tokens.iter().position(|token| kinds.contains(token));
        if let Some(path) = first.and_then(|at| tokens.get(at + 1)) {
            return Self::whole(&last(path));
        }
        match tokens.iter().find(|token| token.contains("::")) {
            Some(path) => Self::parse_path(path.trim_end_matches([',', ':'])),
            None => Self::whole(location),
        }
    }
}

/// A breaking change found by our comparison.
pub struct OurBreak {
    pub change: Change,
    items: Vec<Item>,
}

impl OurBreak {
    pub fn of(change: Change, old: &Api, new: &Api) -> Self {
        let mut items = items(&change, old);
        // cargo-semver-checks resolves aliases and reports the name of the aliased type.
        let aliased = items.iter().flat_map(|item| {
            let targets = [old, new].map(|api| target(api, &item.owner));
            targets.into_iter().flatten().map(|owner| Item {
                owner: owner.to_owned(),
                member: item.member.clone(),
            })
        });
        let aliased: Vec<_> = aliased.collect();
        items.extend(aliased);
        Self { change, items }
    }

    /// Returns true if this change covers an item reported by cargo-semver-checks.
    pub fn covers(&self, theirs: &Item) -> bool {
        self.items
            .iter()
            .any(|item| item == theirs || *item == Item::whole(&theirs.owner))
    }
}

/// Returns the target of an alias, or `None` if the name is not an alias.
fn target<'a>(api: &'a Api, name: &str) -> Option<&'a str> {
    let def = api.types.iter().find(|def| def.rust == name)?;
    match &def.kind {
        TypeKind::Alias(Type::Named(target)) => Some(target),
        _ => None,
    }
}

fn items(change: &Change, old: &Api) -> Vec<Item> {
    let rust = &change.rust;
    // A renamed item is matched by its old name.
    let before = change.detail.as_deref().and_then(|detail| {
        let quoted = detail.split('`').nth(1);
        quoted.filter(|_| change.kind == Kind::Renamed)
    });
    match change.what {
        ItemKind::Field | ItemKind::EnumValue | ItemKind::Variant | ItemKind::ErrorVariant => {
            let item = Item::parse_path(rust);
            vec![match before {
                Some(before) => Item::part(&item.owner, before),
                None => item,
            }]
        }
        ItemKind::Setter | ItemKind::ClearSetter => setter(rust, before),
        ItemKind::Model | ItemKind::Type => vec![Item::whole(before.unwrap_or(rust))],
        ItemKind::Constructor => ["new", "default", "Default"]
            .map(|way| Item::part(rust, way))
            .to_vec(),
        ItemKind::Client => vec![Item::whole(before.unwrap_or(rust))],
        ItemKind::Credential => {
            let builder = Item::part(&Item::parse_path(rust).owner, "builder");
            vec![
                Item::parse_path(rust),
                builder,
                Item::whole("ClientBuilder"),
            ]
        }
        ItemKind::Resource => resource(rust, before, old),
        ItemKind::Operation | ItemKind::Builder => method_items(change, old, true),
        ItemKind::Argument => method_items(change, old, false),
        ItemKind::Response => response(change, old),
        ItemKind::Paging => paging(change, old),
        _ => vec![Item::parse_path(rust)],
    }
}

/// Returns the items of a setter. A renamed setter includes its `clear_` setter.
fn setter(rust: &str, before: Option<&str>) -> Vec<Item> {
    let item = Item::parse_path(rust);
    let Some(before) = before else {
        return vec![item];
    };
    let names = [before.to_owned(), format!("clear_{before}")];
    names
        .iter()
        .map(|name| Item::part(&item.owner, name))
        .collect()
}

/// Returns the items of a resource: the client's method, the module and the handle.
fn resource(rust: &str, before: Option<&str>, old: &Api) -> Vec<Item> {
    let mut item = Item::parse_path(rust);
    let module = before
        .map(str::to_owned)
        .or(item.member)
        .unwrap_or_default();
    item.member = Some(module.clone());
    let is = |resource: &&Resource| resource.module.trim_start_matches("r#") == module;
    let handle = old.resources.iter().find(is);
    let handle = handle.map(|resource| Item::whole(&resource.name.rust));
    [Some(item), Some(Item::whole(&module)), handle]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns the operation in the old document that contains the location of a change.
fn operation<'a>(change: &Change, old: &'a Api) -> Option<(&'a Resource, &'a Operation)> {
    let pointer = &change.old.as_ref()?.pointer;
    let all = old.resources.iter().flat_map(|resource| {
        let operations = resource.operations.iter();
        operations.map(move |operation| (resource, operation))
    });
    all.into_iter().find(|(_, operation)| {
        let rest = pointer.strip_prefix(operation.pointer.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Returns the method of an operation, and if `whole` is set also its request builder and its
/// response enum.
fn method_items(change: &Change, old: &Api, whole: bool) -> Vec<Item> {
    // An added argument has no location in the old document, so its method is taken from the call.
    let from_call = |call: &str| {
        let (resource, method) = call.split_once("().")?;
        let method = method.split('(').next()?;
        let is = |known: &&Resource| known.module.trim_start_matches("r#") == resource;
        Some(Item::part(
            &old.resources.iter().find(is)?.name.rust,
            method,
        ))
    };
    let Some((resource, operation)) = operation(change, old) else {
        return from_call(&change.rust).into_iter().collect();
    };
    let mut items = vec![Item::part(&resource.name.rust, &operation.name.rust)];
    if whole {
        items.push(Item::whole(&operation.builder));
        if let Success::Several { rust, .. } = &operation.success {
            items.push(Item::whole(rust));
        }
    }
    items
}

/// Returns the response enum of an operation, and the `send` method that returns it.
fn response(change: &Change, old: &Api) -> Vec<Item> {
    let mut items = vec![Item::parse_path(&change.rust)];
    if let Some((_, operation)) = operation(change, old) {
        items.push(Item::part(&operation.builder, "send"));
        if let Success::Several { rust, .. } = &operation.success
            && change.kind != Kind::Removed
        {
            items.push(Item::whole(rust));
        }
    }
    items
}

fn paging(change: &Change, old: &Api) -> Vec<Item> {
    let found = operation(change, old);
    let builder = found.map(|(_, operation)| operation.builder.as_str());
    let ways =
        builder.map(|builder| ["stream", "pages", "iter"].map(|way| Item::part(builder, way)));
    ways.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::Item;

    /// The locations are output of cargo-semver-checks 0.51.
    #[test]
    fn parses_item_from_semver_checks_output() {
        let table = [
            (
                "field default of struct CustomerDiscount, previously in file src/generated/models.rs:1",
                ("CustomerDiscount", Some("default")),
            ),
            (
                "Customers::create, previously in file src/generated/customers.rs:92",
                ("Customers", Some("create")),
            ),
            (
                "struct sample::customers::CreateCustomer, previously in file src/generated/customers.rs:3",
                ("CreateCustomer", None),
            ),
            (
                "enum sample::models::ContinentCode, previously in file src/generated/models.rs:813",
                ("ContinentCode", None),
            ),
            (
                "enum sample::models::Material became struct in src/generated/models.rs:131",
                ("Material", None),
            ),
            (
                "variant ListLinksSort::Clicks, previously in file src/generated/models.rs:8",
                ("ListLinksSort", Some("Clicks")),
            ),
            (
                "sample::track::Track::lead takes 3 parameters in src/generated/track.rs:9, but used to take 2",
                ("Track", Some("lead")),
            ),
            (
                "type Filter no longer derives Default, in src/generated/models.rs:5",
                ("Filter", Some("Default")),
            ),
        ];
        for (location, (owner, member)) in table {
            let item = Item::parse_lint_location(location);
            assert_eq!(
                (item.owner.as_str(), item.member.as_deref()),
                (owner, member),
                "{location}"
            );
        }
    }
}
