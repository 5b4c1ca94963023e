//! A certificate that no authority has signed, for the local servers of the tests of TLS.

use dub_sdk::reqwest::Certificate;
use rcgen::CertifiedKey;
use tokio_rustls::rustls::ServerConfig;

/// Returns the settings of a server with a new certificate for `localhost`, and the certificate.
pub fn self_signed() -> (ServerConfig, Certificate) {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = signing_key.serialize_der().try_into().unwrap();
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    (config, Certificate::from_der(cert.der()).unwrap())
}
