//! The keys that prove a record: this installation's own, and the public keys of others whose returns count.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::base::hexadecimal;

/// Bytes of a key, secret or public.
const KEY: usize = 32;
/// Bytes of a signature.
const SIGNATURE: usize = 64;
/// Bytes of a key's short name.
const SHORT: usize = 8;

/// A text that is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key: 64 hexadecimal digits are expected")]
pub struct NoKey;

/// A public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicKey([u8; KEY]);

impl PublicKey {
    /// A short name for people to compare.
    pub fn short(&self) -> String {
        hexadecimal(Sha256::digest(self.0).get(..SHORT).unwrap_or_default())
    }

    /// Whether the holder of the key signed the message.
    fn signed(&self, message: &[u8], signature: &str) -> bool {
        let signature = bytes::<SIGNATURE>(signature).map(|bytes| Signature::from_bytes(&bytes));
        let key = VerifyingKey::from_bytes(&self.0);
        key.ok().zip(signature).is_some_and(|(key, signature)| key.verify_strict(message, &signature).is_ok())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

impl FromStr for PublicKey {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        let key = bytes(text.trim()).ok_or(NoKey)?;
        VerifyingKey::from_bytes(&key).map(|_| Self(key)).map_err(|_| NoKey)
    }
}

/// A secret key. It is never shown but where it is written down.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// The key of these random bytes.
    pub fn of(random: [u8; KEY]) -> Self {
        Self(SigningKey::from_bytes(&random))
    }

    /// Its other half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The key as its file holds it.
    pub fn told(&self) -> String {
        hexadecimal(self.0.as_bytes())
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretKey({})", self.public().short())
    }
}

impl FromStr for SecretKey {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<Self, NoKey> {
        bytes(text.trim()).map(Self::of).ok_or(NoKey)
    }
}

/// What a run signs with, and whose records it takes for proved. Without any, nothing is signed and nothing is proved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// This installation's key.
    pub own: Option<SecretKey>,
    /// Keys of others.
    pub trusted: Vec<PublicKey>,
}

impl Keys {
    /// The signature of this installation, with its key.
    pub(super) fn sign(&self, message: &[u8]) -> Option<(PublicKey, String)> {
        let own = self.own.as_ref()?;
        Some((own.public(), hexadecimal(&own.0.sign(message).to_bytes())))
    }

    /// Whether this installation signed the message, or somebody whose returns count.
    pub(super) fn prove(&self, message: &[u8], by: PublicKey, signature: &str) -> bool {
        self.know(by) && by.signed(message, signature)
    }

    /// Whether a key is one of them.
    pub fn know(&self, key: PublicKey) -> bool {
        self.own.as_ref().is_some_and(|own| own.public() == key) || self.trusted.contains(&key)
    }
}

/// Exactly so many bytes of hexadecimal digits.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => Some((high << 4) | low),
        _ => None,
    });
    pairs.collect::<Option<Vec<u8>>>()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_its_message_and_its_key_alone() {
        let keys = |byte: u8| Keys { own: Some(SecretKey::of([byte; KEY])), trusted: Vec::new() };
        let (key, signature) = keys(1).sign(b"one").expect("a signature");
        assert!(keys(1).prove(b"one", key, &signature));
        assert!(!keys(1).prove(b"two", key, &signature));
        assert!(!keys(2).prove(b"one", key, &signature), "an unknown key");
        let trusting = Keys { trusted: vec![key], ..keys(2) };
        assert!(trusting.prove(b"one", key, &signature));
        assert!(!trusting.prove(b"one", key, &signature.replace('a', "b").replace('1', "2")));
    }

    #[test]
    fn keys_are_read_as_they_are_told() {
        let secret = SecretKey::of([7; KEY]);
        assert_eq!(secret.told().parse(), Ok(secret.clone()));
        assert_eq!(secret.public().to_string().parse(), Ok(secret.public()));
        assert_eq!("12".parse::<SecretKey>(), Err(NoKey));
        assert!(!format!("{secret:?}").contains(&secret.told()));
    }
}
