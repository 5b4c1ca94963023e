//! Names of the webhooks' payloads, and of their module.

use super::case::{pascal, unescape_keyword};
use super::reserved::{self, Namespace};
use super::scope::Scope;
use crate::model::{Api, Type};

/// Names the module and each payload. A payload whose type only webhooks use has the name of that
/// type; any other one gets an alias in the module.
pub fn assign(api: &mut Api) {
    if api.webhooks.is_empty() {
        return;
    }
    let is_taken = |name: &str| api.resources.iter().any(|one| one.module == name);
    let module = ["webhooks", "webhook_payloads"]
        .into_iter()
        .find(|name| !is_taken(name));
    api.webhook_module = module.unwrap_or("webhook_payload_types").to_owned();
    let own = api.webhook_types();
    let mut scope = Scope::with_reserved(&reserved::names(Namespace::Type));
    for def in &api.types {
        scope.claim_unique(def.rust.clone(), "");
    }
    let names = api.webhooks.iter().map(|webhook| match &webhook.ty {
        Type::Named(name) if own.contains(name.as_str()) => name.clone(),
        _ => {
            let chosen = match webhook.name.rust.as_str() {
                "" => webhook.name.wire.as_str(),
                chosen => chosen,
            };
            let name = unescape_keyword(&pascal(chosen, "Webhook")).to_owned();
            let name = match scope.is_free(&name) {
                true => name,
                false => format!("{name}Payload"),
            };
            scope.claim_unique(name, &webhook.pointer)
        }
    });
    let names: Vec<String> = names.collect();
    for (webhook, name) in api.webhooks.iter_mut().zip(names) {
        webhook.name.rust = name;
    }
}
