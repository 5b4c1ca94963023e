//! The payloads of webhooks are types of their own, or those of operations.

use webhooks::models::{Pet, Species};
use webhooks::webhooks::{Adoption, AdoptionKind, PetCreated, PetsCountedPayload, PetsListed};

#[test]
fn payloads_are_read_and_written() {
    let text = r#"{"pet":{"id":"1","species":"cat"},"adoptedAt":"2026-01-02T03:04:05Z","kind":"home"}"#;
    let adoption: Adoption = serde_json::from_str(text).unwrap();
    assert!(matches!(adoption.kind, Some(AdoptionKind::Home)));
    assert!(matches!(adoption.pet.species, Some(Species::Cat)));
    assert_eq!(serde_json::to_string(&adoption).unwrap(), text);

    let counted: PetsCountedPayload =
        serde_json::from_str(r#"{"counts":[{"species":"dog","number":2}]}"#).unwrap();
    assert_eq!(counted.counts.unwrap()[0].number, Some(2));
}

#[test]
fn payloads_of_operations_are_the_same_types() {
    let created: PetCreated = Pet::default();
    let listed: PetsListed = vec![created];
    assert_eq!(listed.len(), 1);
}
