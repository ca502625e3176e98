//! Memory for argon2, which the next hash takes over while people wait.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use argon2::{
    Argon2, Block, Params,
    password_hash::{Error, Result, phc::Output},
};

/// The blocks of one hash at a time: taking them from the system anew costs a sixth of the hash.
#[derive(Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Vec<Block>>>);

impl Memory {
    /// Hashes with as many blocks as the parameters want.
    pub(super) fn hash(&self, argon2: &Argon2<'_>, password: &[u8], salt: &[u8]) -> Result<Output> {
        let params = argon2.params();
        let mut output = [0; Output::MAX_LENGTH];
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let output = output.get_mut(..length).ok_or(Error::OutputSize)?;
        let mut blocks = self.lock();
        blocks.resize(params.block_count(), Block::new());
        argon2.hash_password_into_with_memory(password, salt, output, &mut **blocks)?;
        Ok(Output::new(output)?)
    }

    /// Whether it holds blocks.
    #[cfg(test)]
    pub(super) fn is_held(&self) -> bool {
        !self.lock().is_empty()
    }

    /// Gives the blocks back to the system.
    pub(super) fn release(&self) {
        *self.lock() = Vec::new();
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Block>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memory")
    }
}
