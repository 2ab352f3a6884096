//! A tiny network of made-up weights stands in for the one that a user would bring.

use super::*;
use std::collections::HashMap;

/// A vocabulary of twelve pieces; as in the models' own files, texts are padded.
const TOKENIZER: &str = r###"{"version": "1.0", "truncation": null, "padding": {"strategy": {"Fixed": 9},
    "direction": "Right", "pad_to_multiple_of": null, "pad_id": 0, "pad_type_id": 0, "pad_token": "[PAD]"},
    "added_tokens": [], "decoder": null, "normalizer": {"type": "BertNormalizer", "clean_text": true,
    "handle_chinese_chars": true, "strip_accents": null, "lowercase": true},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]},
    "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
    "max_input_chars_per_word": 100, "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "the": 4,
    "ferry": 5, "san": 6, "##k": 7, ".": 8, "strike": 9, "##s": 10, "ete": 11}}}"###;

/// A folder with a network of two layers and eight columns.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let config = r#"{"hidden_size": 8, "intermediate_size": 16, "layer_norm_eps": 1e-12, "max_position_embeddings": 6,
        "num_attention_heads": 2, "num_hidden_layers": 2, "type_vocab_size": 2, "vocab_size": 12}"#;
    std::fs::write(folder.path().join("config.json"), config).unwrap();
    std::fs::write(folder.path().join("tokenizer.json"), TOKENIZER).unwrap();
    let mut tensors = HashMap::new();
    let mut add = |name: String, shape: &[usize]| {
        let start = name.len() as f32;
        let values: Vec<f32> = (0..shape.iter().product()).map(|k| (start + 1.7 * k as f32).sin()).collect();
        tensors.insert(name, Tensor::from_vec(values, shape, &Device::Cpu).unwrap());
    };
    for (name, rows) in [("word", 12), ("position", 6), ("token_type", 2)] {
        add(format!("embeddings.{name}_embeddings.weight"), &[rows, 8]);
    }
    let mut norms = vec!["embeddings.LayerNorm".to_owned()];
    for n in 0..2 {
        let layer = format!("encoder.layer.{n}");
        for (part, out, of) in [
            ("attention.self.query", 8, 8),
            ("attention.self.key", 8, 8),
            ("attention.self.value", 8, 8),
            ("attention.output.dense", 8, 8),
            ("intermediate.dense", 16, 8),
            ("output.dense", 8, 16),
        ] {
            add(format!("{layer}.{part}.weight"), &[out, of]);
            add(format!("{layer}.{part}.bias"), &[out]);
        }
        norms.extend([format!("{layer}.attention.output.LayerNorm"), format!("{layer}.output.LayerNorm")]);
    }
    for norm in norms {
        add(format!("{norm}.weight"), &[8]);
        add(format!("{norm}.bias"), &[8]);
    }
    candle_core::safetensors::save(&tensors, folder.path().join("model.safetensors")).unwrap();
    folder
}

#[test]
fn a_vector_has_unit_length_and_does_not_depend_on_its_company() {
    let folder = folder();
    let encoder = Encoder::open(folder.path()).unwrap();
    let texts = ["The ferry sank.", "Strikes", "", "the ferry the ferry the ferry the ferry"];
    let together = encoder.encode(&texts).unwrap();
    for (text, vector) in texts.iter().zip(&together) {
        assert_eq!(&encoder.encode(&[text]).unwrap()[0], vector, "{text:?}");
        assert!((vector.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-5, "{text:?}");
    }
    assert_ne!(together[0], together[1]);
}

#[test]
fn what_is_missing_or_broken_is_named() {
    for (file, content, expected) in [
        ("config.json", None, "config.json"),
        ("config.json", Some("{}"), "config.json: missing field"),
        ("tokenizer.json", Some("{}"), "tokenizer.json:"),
        ("model.safetensors", Some("none"), "model.safetensors:"),
    ] {
        let folder = folder();
        let path = folder.path().join(file);
        content.map_or_else(|| std::fs::remove_file(&path), |text| std::fs::write(&path, text)).unwrap();
        let error = Encoder::open(folder.path()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}
