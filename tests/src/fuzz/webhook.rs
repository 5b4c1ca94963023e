//! Checks the signatures and the events of webhooks.

use dub_sdk::{HeaderMap, Webhook, WebhookError, WebhookEvent};

/// Reads a signature, and after a space a body. Only the signature of the body is
/// valid, and none after one bit of the body or of the signature was changed.
pub fn webhook(data: &[u8]) {
    let webhook = Webhook::new("whsec_fuzz").unwrap();
    let end = data.iter().position(|byte| *byte == b' ');
    let (given, body) = data.split_at(end.unwrap_or_default());
    let body = body.strip_prefix(b" ").unwrap_or(body);
    let signature = webhook.sign(body);
    assert_eq!(webhook.verify(&signature, body), Ok(()));
    let given = String::from_utf8_lossy(given);
    let is_signature = given.trim().eq_ignore_ascii_case(&signature);
    assert_eq!(webhook.verify(&given, body).is_ok(), is_signature);
    flipped(&webhook, &signature, body);

    let mut headers = HeaderMap::new();
    let missing = webhook.receive(&headers, body);
    assert_eq!(missing, Err(WebhookError::MissingSignature));
    headers.insert("Dub-Signature", signature.parse().unwrap());
    let event = webhook.receive(&headers, body);
    assert_eq!(event, WebhookEvent::from_json(body));
    if let Err(error) = &event {
        assert!(matches!(error, WebhookError::InvalidBody(_)), "{error:?}");
        assert!(!error.to_string().is_empty());
    }
    headers.append("Dub-Signature", signature.parse().unwrap());
    let repeated = webhook.receive(&headers, body);
    assert_eq!(repeated, Err(WebhookError::InvalidSignature));
}

/// Flips one bit of the body, then one of the signature. The body chooses the bits.
fn flipped(webhook: &Webhook, signature: &str, body: &[u8]) {
    let bit = body.iter().fold(body.len(), |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(*byte))
    });
    if !body.is_empty() {
        let mut changed = body.to_vec();
        changed[bit / 8 % body.len()] ^= 1 << (bit % 8);
        assert!(webhook.verify(signature, &changed).is_err());
    }
    let mut changed = signature.as_bytes().to_vec();
    changed[bit / 8 % signature.len()] ^= 1 << (bit % 8);
    let changed = String::from_utf8_lossy(&changed);
    // Upper and lower case letters are the same digits.
    let is_same = changed.eq_ignore_ascii_case(signature);
    assert_eq!(webhook.verify(&changed, body).is_ok(), is_same);
}
