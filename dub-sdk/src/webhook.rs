//! The verification of webhooks: requests that Dub sends to your server.

use crate::runtime::{HeaderMap, Timestamp};
use crate::webhook_data::WebhookData;
use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::fmt;

/// The header that contains the signature, in lower case.
const SIGNATURE_HEADER: &str = "dub-signature";

/// A webhook of your workspace, which verifies and reads the requests that Dub sends.
///
/// ```
/// use dub_sdk::{Webhook, WebhookData, WebhookError};
///
/// # fn handle(headers: &dub_sdk::HeaderMap, body: &[u8]) -> Result<(), WebhookError> {
/// let webhook = Webhook::new("whsec_00112233445566778899aabbccddeeff")?;
/// let event = webhook.receive(headers, body)?;
/// match event.data {
///     WebhookData::LeadCreated(lead) => println!("{}: {:?}", event.id, lead.customer),
///     WebhookData::Unknown(data) => println!("{}: {data}", event.event),
///     _ => {}
/// }
/// # Ok(())
/// # }
/// ```
///
/// # What to expect from Dub
///
/// Statements with the mark *inferred* follow from Dub's source and its documentation, but neither
/// says so.
///
/// - **Pass the body as you received it.** Dub signs its bytes. If you parse the body and write it
///   again, the signature is no longer valid.
/// - **The signature** in the header `Dub-Signature` is the HMAC-SHA256 of the body, as 64 lower-case
///   hexadecimal digits. Its key is the whole secret, with the prefix `whsec_`. [`Webhook::sign`]
///   makes one for your tests.
/// - **Only the body is signed**, not the time, so the signature gives no protection against a
///   request that someone repeats. Remember the ids of events instead (*inferred*): a retry has the
///   same body and the same signature, possibly many hours later, so do not reject old events.
/// - **Events come more than once**, and several webhooks get the same event with the same id. Use
///   [`WebhookEvent::id`] to recognize them (*inferred* for retries).
/// - **Events come in any order.**
/// - **Respond with a status 2XX**, soon. Dub sends the event again after any other status: after 12
///   seconds, 2.5 minutes, 30 minutes, 6 hours, and then each day. The number of retries depends on
///   Dub's plan with its provider, so do not rely on one (*inferred*).
/// - **After 20 failures in a row, Dub disables the webhook.** It does not send the events of that
///   time later.
/// - **Respond with 2XX to `payout.confirmed` only if you have made the payout**: for an external
///   payout, your status tells Dub whether it is completed. A redirect counts as 2XX.
/// - **Expect unknown events.** Dub adds events before it documents them. They are
///   [`WebhookData::Unknown`].
#[derive(Clone)]
pub struct Webhook {
    /// The state of the signature after the key.
    mac: Hmac<Sha256>,
}

impl Webhook {
    /// Creates a webhook with its secret, as Dub shows it in the settings of the workspace:
    /// `whsec_` followed by 32 characters. The prefix is part of the secret.
    ///
    /// # Errors
    ///
    /// Returns [`WebhookError::EmptySecret`] if the secret is empty: anyone could sign with it.
    pub fn new(secret: impl AsRef<str>) -> Result<Self, WebhookError> {
        match secret.as_ref() {
            "" => Err(WebhookError::EmptySecret),
            // A key of any length is valid.
            secret => match Hmac::new_from_slice(secret.as_bytes()) {
                Ok(mac) => Ok(Self { mac }),
                Err(_) => Err(WebhookError::EmptySecret),
            },
        }
    }

    /// Verifies the signature of a request and reads its event. `body` is the body as it was
    /// received.
    ///
    /// # Errors
    ///
    /// Returns [`WebhookError::MissingSignature`] if the header `Dub-Signature` is absent,
    /// [`WebhookError::InvalidSignature`] if it is not that of the body or occurs more than once, and
    /// [`WebhookError::InvalidBody`] if the body is not an event.
    pub fn receive(&self, headers: &HeaderMap, body: &[u8]) -> Result<WebhookEvent, WebhookError> {
        let mut signatures = headers.get_all(SIGNATURE_HEADER).iter();
        let signature = signatures.next().ok_or(WebhookError::MissingSignature)?;
        match (signature.to_str(), signatures.next()) {
            (Ok(signature), None) => self.verify(signature, body)?,
            _ => return Err(WebhookError::InvalidSignature),
        }
        WebhookEvent::from_json(body)
    }

    /// Verifies a signature, the value of the header `Dub-Signature`, in constant time.
    ///
    /// # Errors
    ///
    /// Returns [`WebhookError::InvalidSignature`] if it is not the signature of the body.
    pub fn verify(&self, signature: &str, body: &[u8]) -> Result<(), WebhookError> {
        let expected = bytes(signature).ok_or(WebhookError::InvalidSignature)?;
        let mac = self.mac.clone().chain_update(body);
        mac.verify_slice(&expected)
            .map_err(|_| WebhookError::InvalidSignature)
    }

    /// Returns the signature of a body, for the tests of your app.
    ///
    /// ```
    /// let webhook = dub_sdk::Webhook::new("whsec_test")?;
    /// let body = br#"{"id":"evt_1","event":"link.deleted","data":{}}"#;
    /// assert!(webhook.verify(&webhook.sign(body), body).is_ok());
    /// # Ok::<(), dub_sdk::WebhookError>(())
    /// ```
    pub fn sign(&self, body: &[u8]) -> String {
        let code = self.mac.clone().chain_update(body).finalize().into_bytes();
        code.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

/// Returns the bytes of a signature: 64 hexadecimal digits.
fn bytes(signature: &str) -> Option<[u8; 32]> {
    let digits = signature.trim().as_bytes();
    let mut bytes = [0; 32];
    if digits.len() != 2 * bytes.len() {
        return None;
    }
    let digit = |digit: u8| char::from(digit).to_digit(16);
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else {
            return None;
        };
        *byte = u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?;
    }
    Some(bytes)
}

/// An event that Dub has sent to a webhook.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// The id of the event: `evt_` followed by random characters. It is the same in all retries
    /// (*inferred*) and for all webhooks that receive the event.
    pub id: String,
    /// The name of the event, such as `lead.created`.
    pub event: String,
    /// The time at which Dub queued the event. `None` if the body has none.
    pub created_at: Option<Timestamp>,
    /// The data of the event.
    pub data: WebhookData,
    /// The reason why `data` is [`WebhookData::Unknown`] although this version of the crate knows
    /// the event: the data has an unexpected type.
    pub data_error: Option<String>,
}

impl WebhookEvent {
    /// Reads an event without verifying its signature, for example from a queue into which your app
    /// has put the bodies of verified requests.
    ///
    /// # Errors
    ///
    /// Returns [`WebhookError::InvalidBody`] if the body is not a JSON object with the strings `id`
    /// and `event` and with `data`.
    pub fn from_json(body: &[u8]) -> Result<Self, WebhookError> {
        let invalid = |why: String| WebhookError::InvalidBody(why);
        let mut body: Value =
            serde_json::from_slice(body).map_err(|error| invalid(error.to_string()))?;
        let text = |name: &str| {
            let text = body.get(name).and_then(Value::as_str);
            let text = text.ok_or_else(|| invalid(format!("`{name}` is not a string")))?;
            Ok(text.to_owned())
        };
        let (id, event) = (text("id")?, text("event")?);
        let mut take = |name: &str| body.get_mut(name).map(Value::take);
        let created_at = take("createdAt").map(serde_json::from_value::<Option<Timestamp>>);
        let created_at = created_at.and_then(Result::ok).flatten();
        let data = take("data").ok_or_else(|| invalid("`data` is missing".to_owned()))?;
        let (data, data_error) = WebhookData::read(&event, data);
        Ok(Self {
            id,
            event,
            created_at,
            data,
            data_error,
        })
    }
}

/// An error of a webhook: the request does not come from Dub, or is not an event.
///
/// Respond to such a request with a status that is not 2XX, such as 400.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookError {
    /// The secret is empty.
    EmptySecret,
    /// The request has no header `Dub-Signature`.
    MissingSignature,
    /// The signature is not that of the body: the secret is another one, the body was changed, or
    /// the request does not come from Dub.
    InvalidSignature,
    /// The body is not an event. The string is the reason.
    InvalidBody(String),
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptySecret => f.write_str("the secret of the webhook is empty"),
            Self::MissingSignature => f.write_str("the header `Dub-Signature` is missing"),
            Self::InvalidSignature => {
                f.write_str("the header `Dub-Signature` is not the signature of the body")
            }
            Self::InvalidBody(why) => write!(f, "the body is not an event: {why}"),
        }
    }
}

impl std::error::Error for WebhookError {}
