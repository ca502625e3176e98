//! Makes HMAC-SHA256 the only algorithm of the JWT library, so that tokens cannot select another.

use hmac::Mac;
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils},
    errors::{Error, ErrorKind, new_error},
};
use signature::{Error as SignatureError, Signer, Verifier};

use super::keys::hmac;

/// Installs it as the library's provider; further calls do nothing.
pub(super) fn install() {
    static PROVIDER: CryptoProvider = CryptoProvider {
        signer_factory: |algorithm, key: &EncodingKey| {
            only_hs256(*algorithm)?;
            Ok(Box::new(Hs256(key.as_bytes().to_vec())))
        },
        verifier_factory: |algorithm, key: &DecodingKey| {
            only_hs256(*algorithm)?;
            Ok(Box::new(Hs256(key.try_get_as_bytes()?.to_vec())))
        },
        key_utils: KeyUtils::new_unimplemented(),
    };
    // Only the first installation succeeds, and nothing else uses the library.
    PROVIDER.install_default().ok();
}

fn only_hs256(algorithm: Algorithm) -> Result<(), Error> {
    match algorithm {
        Algorithm::HS256 => Ok(()),
        _ => Err(new_error(ErrorKind::InvalidAlgorithm)),
    }
}

struct Hs256(Vec<u8>);

impl Signer<Vec<u8>> for Hs256 {
    fn try_sign(&self, message: &[u8]) -> Result<Vec<u8>, SignatureError> {
        Ok(hmac(&self.0).chain_update(message).finalize().into_bytes().to_vec())
    }
}

impl Verifier<Vec<u8>> for Hs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), SignatureError> {
        let mac = hmac(&self.0).chain_update(message);
        mac.verify_slice(signature).map_err(|_| SignatureError::new())
    }
}

impl JwtSigner for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

impl JwtVerifier for Hs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}
