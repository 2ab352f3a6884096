//! The network of Devlin et al. 2019 (BERT), without the parts that only training needs.

use candle_core::{DType, Device, Module, Result, Tensor};
use candle_nn::{Embedding, LayerNorm, Linear, VarBuilder, layer_norm, linear, ops::softmax_last_dim};
use serde::Deserialize;

/// The sizes in `config.json`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    pub hidden_size: usize,
    pub intermediate_size: usize,
    pub layer_norm_eps: f64,
    pub max_position_embeddings: usize,
    pub num_attention_heads: usize,
    pub num_hidden_layers: usize,
    pub type_vocab_size: usize,
    pub vocab_size: usize,
}

#[derive(Debug)]
pub(crate) struct Bert {
    words: Embedding,
    /// Of places, with that of the first segment added: there is only one.
    places: Tensor,
    norm: LayerNorm,
    layers: Vec<Layer>,
}

#[derive(Debug)]
struct Layer {
    heads: usize,
    query: Linear,
    key: Linear,
    value: Linear,
    joined: Linear,
    seen: LayerNorm,
    up: Linear,
    down: Linear,
    done: LayerNorm,
}

impl Bert {
    pub fn read(config: &Config, weights: Vec<u8>) -> Result<Self> {
        let all = VarBuilder::from_buffered_safetensors(weights, DType::F32, &Device::Cpu)?;
        // Some files name the tasks' network around it.
        let all = if all.contains_tensor("embeddings.word_embeddings.weight") { all } else { all.pp("bert") };
        let (width, given) = (config.hidden_size, all.pp("embeddings"));
        if config.num_attention_heads == 0 || width % config.num_attention_heads != 0 {
            candle_core::bail!("{width} columns cannot be shared by {} heads", config.num_attention_heads);
        }
        let segments = given.get((config.type_vocab_size, width), "token_type_embeddings.weight")?;
        let places = given.get((config.max_position_embeddings, width), "position_embeddings.weight")?;
        let words = given.get((config.vocab_size, width), "word_embeddings.weight")?;
        let layers = (0..config.num_hidden_layers)
            .map(|n| Layer::read(config, &all.pp("encoder.layer").pp(n)))
            .collect::<Result<_>>()?;
        Ok(Self {
            words: Embedding::new(words, width),
            places: places.broadcast_add(&segments.get(0)?)?,
            norm: layer_norm(width, config.layer_norm_eps, given.pp("LayerNorm"))?,
            layers,
        })
    }

    /// `[texts, pieces]` to `[texts, pieces, columns]`; every text has as many pieces.
    pub fn forward(&self, ids: &Tensor) -> Result<Tensor> {
        let places = self.places.narrow(0, 0, ids.dim(1)?)?;
        let mut x = self.norm.forward(&self.words.forward(ids)?.broadcast_add(&places)?)?;
        for layer in &self.layers {
            x = layer.forward(&x)?;
        }
        Ok(x)
    }
}

impl Layer {
    fn read(config: &Config, from: &VarBuilder<'_>) -> Result<Self> {
        let (width, inner, eps) = (config.hidden_size, config.intermediate_size, config.layer_norm_eps);
        let own = from.pp("attention.self");
        Ok(Self {
            heads: config.num_attention_heads,
            query: linear(width, width, own.pp("query"))?,
            key: linear(width, width, own.pp("key"))?,
            value: linear(width, width, own.pp("value"))?,
            joined: linear(width, width, from.pp("attention.output.dense"))?,
            seen: layer_norm(width, eps, from.pp("attention.output.LayerNorm"))?,
            up: linear(width, inner, from.pp("intermediate.dense"))?,
            down: linear(inner, width, from.pp("output.dense"))?,
            done: layer_norm(width, eps, from.pp("output.LayerNorm"))?,
        })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let (texts, pieces, width) = x.dims3()?;
        let each = width / self.heads;
        let split = |f: &Linear| {
            f.forward(x)?.reshape((texts, pieces, self.heads, each))?.transpose(1, 2)?.contiguous()
        };
        let (query, key, value) = (split(&self.query)?, split(&self.key)?, split(&self.value)?);
        let scores = (query.matmul(&key.transpose(2, 3)?.contiguous()?)? / (each as f64).sqrt())?;
        let taken = softmax_last_dim(&scores)?.matmul(&value)?;
        let joined = taken.transpose(1, 2)?.contiguous()?.reshape((texts, pieces, width))?;
        let x = self.seen.forward(&(self.joined.forward(&joined)? + x)?)?;
        self.done.forward(&(self.down.forward(&self.up.forward(&x)?.gelu_erf()?)? + &x)?)
    }
}
