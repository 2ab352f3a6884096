//! An optional second look: sentences to vectors, by a sentence-embedding BERT in a folder that the user brings
//! (all-MiniLM-L6-v2 and its kind, in the files of the Hugging Face layout). Nothing is downloaded, and nothing needs it.
//!
//! Reimers & Gurevych 2019 (Sentence-BERT): the mean of the last layer over the pieces, at unit length.

mod bert;

use bert::{Bert, Config};
use candle_core::{Device, Tensor};
use std::{io, path::Path};
use tokenizers::{Tokenizer, TruncationParams};
use xxhash_rust::xxh3::Xxh3;

/// Longer texts are cut: a claim's sentence hardly ever has as many pieces.
const MOST_PIECES: usize = 128;
/// Texts that go through the network together.
const BATCH: usize = 32;

/// The model could not be read or run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file is missing or cannot be read.
    #[error("{file}: {source}")]
    Io {
        /// Which.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// `config.json` is none of a BERT.
    #[error("config.json: {0}")]
    Config(#[from] serde_json::Error),
    /// The tokenizer is broken, or failed.
    #[error("tokenizer.json: {0}")]
    Tokenizer(#[from] tokenizers::Error),
    /// The weights do not fit the configuration, or cannot be computed with.
    #[error("model.safetensors: {0}")]
    Weights(#[from] candle_core::Error),
}

/// A sentence encoder, ready to use.
#[derive(Debug)]
pub struct Encoder {
    bert: Bert,
    tokenizer: Tokenizer,
    digest: String,
}

impl Encoder {
    /// Reads `config.json`, `tokenizer.json` and `model.safetensors` of a folder.
    ///
    /// # Errors
    /// A file is missing, broken, or not of a BERT.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|source| Error::Io { file: path.display().to_string(), source })
        };
        let files = (read("config.json")?, read("tokenizer.json")?, read("model.safetensors")?);
        let (config, tokenizer, weights) = files;
        let mut digest = Xxh3::new();
        [&config, &tokenizer, &weights].into_iter().for_each(|bytes| digest.update(bytes));
        let config: Config = serde_json::from_slice(&config)?;
        let mut tokenizer = Tokenizer::from_bytes(tokenizer)?;
        let max_length = config.max_position_embeddings.min(MOST_PIECES);
        // The file's own settings may pad every text to one length.
        tokenizer.with_padding(None);
        tokenizer.with_truncation(Some(TruncationParams { max_length, ..Default::default() }))?;
        Ok(Self {
            bert: Bert::read(&config, weights)?,
            tokenizer,
            digest: format!("{:016x}", digest.digest()),
        })
    }

    /// Of the files, for the output to name.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// A vector of unit length a text, in their order.
    ///
    /// What company a text is in has no influence on its vector: texts of one length in pieces go together.
    ///
    /// # Errors
    /// The network could not be computed.
    pub fn encode(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, Error> {
        let pieces = |text: &&str| Ok(self.tokenizer.encode_fast(*text, true)?.get_ids().to_vec());
        let pieces: Vec<Vec<u32>> = texts.iter().map(pieces).collect::<Result<_, Error>>()?;
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|&n| pieces[n].len());
        let mut out = vec![Vec::new(); texts.len()];
        for like in order.chunk_by(|&a, &b| pieces[a].len() == pieces[b].len()) {
            for batch in like.chunks(BATCH) {
                let rows: Vec<&[u32]> = batch.iter().map(|&n| pieces[n].as_slice()).collect();
                let shape = (rows.len(), rows[0].len());
                let ids = Tensor::from_vec(rows.concat(), shape, &Device::Cpu)?;
                let mean = self.bert.forward(&ids)?.mean(1)?.to_vec2::<f32>()?;
                batch.iter().zip(mean).for_each(|(&n, vector)| out[n] = unit(vector));
            }
        }
        Ok(out)
    }
}

fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter_mut().for_each(|x| *x /= length);
    vector
}

#[cfg(test)]
mod tests;
