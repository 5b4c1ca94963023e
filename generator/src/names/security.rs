//! Names of the credential methods of the client builder.

use super::case::snake;
use super::reserved::{self, Namespace};
use super::scope::Scope;
use crate::model::SecurityScheme;

/// Names the method of the client builder for each security scheme.
pub fn assign(schemes: &mut [SecurityScheme]) {
    let mut scope = Scope::with_reserved(&reserved::names(Namespace::ClientBuilder));
    for scheme in schemes {
        scheme.rust = scope.claim_unique(snake(&scheme.name), "");
    }
}
