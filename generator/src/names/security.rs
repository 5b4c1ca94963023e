//! Names of the client builder's methods for credentials and for variables of the servers.

use super::case::snake;
use super::reserved::{self, Namespace};
use super::scope::Scope;
use crate::model::ServerSetter;
use crate::model::unnamed::Lowered;

/// Names the method of the client builder for each security scheme. Returns the methods for the
/// variables of the servers, with their names.
pub fn assign(lowered: &mut Lowered) -> Vec<ServerSetter> {
    let mut scope = Scope::with_reserved(&reserved::names(Namespace::ClientBuilder));
    for scheme in &mut lowered.security {
        scheme.rust = scope.claim_unique(snake(&scheme.name), "");
    }
    let operations = lowered.resources.iter().flat_map(|one| &one.operations);
    let own = operations.filter_map(|operation| operation.server.as_ref());
    let mut setters: Vec<ServerSetter> = Vec::new();
    for server in lowered.server.iter().chain(own) {
        for variable in &server.variables {
            if setters.iter().any(|setter| setter.sets(variable)) {
                continue;
            }
            setters.push(ServerSetter {
                rust: scope.claim_unique(snake(&variable.name), ""),
                url: server.url.clone(),
                variable: variable.clone(),
            });
        }
    }
    setters
}
