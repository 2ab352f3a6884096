//! Words and how they hang together, in the terms of Universal Dependencies (<https://universaldependencies.org/>).

use crate::{Feats, Span};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A token's number in its [`crate::Doc`], counted over the whole text.
pub type TokenIx = u32;

/// One syntactic word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its characters. Words of a multi-word token that cannot be told apart in the text share its span.
    pub span: Span,
    /// The word itself, which differs from the text where a multi-word token is taken apart ("del": "de", "el").
    pub form: SmolStr,
    /// Dictionary form.
    pub lemma: SmolStr,
    /// Universal part of speech.
    pub upos: Upos,
    /// The treebank's own tag.
    pub xpos: SmolStr,
    /// Morphological features.
    pub feats: Feats,
    /// The head; a root is its own head.
    pub head: TokenIx,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Number of the multi-word token that this word is a part of, if any; words of one share the number.
    pub multiword: Option<u32>,
}

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $label:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $label, "`")] $variant),+ }

        impl $name {
            /// As Universal Dependencies writes it.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),+ }
            }

            /// `None` where there is no such label.
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($label => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

labels!(
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
);

impl Upos {
    /// Carries content of its own: nouns, names, verbs, adjectives, adverbs, numbers.
    pub const fn is_content(self) -> bool {
        matches!(self, Self::Noun | Self::Propn | Self::Verb | Self::Adj | Self::Adv | Self::Num)
    }

    /// Noun, name or pronoun.
    pub const fn is_nominal(self) -> bool {
        matches!(self, Self::Noun | Self::Propn | Self::Pron)
    }
}

labels!(
    /// Universal dependency relation.
    Rel {
        Acl = "acl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux",
        Case = "case", Cc = "cc", Ccomp = "ccomp", Clf = "clf", Compound = "compound", Conj = "conj",
        Cop = "cop", Csubj = "csubj", Dep = "dep", Det = "det", Discourse = "discourse",
        Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith",
        Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", Nsubj = "nsubj", Nummod = "nummod",
        Obj = "obj", Obl = "obl", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
);

labels!(
    /// Subtype of a relation; [`Sub::None`] where there is none or an unknown one.
    Sub {
        None = "", Pass = "pass", Poss = "poss", Agent = "agent", Relcl = "relcl", Prt = "prt",
        Predet = "predet", Preconj = "preconj", Outer = "outer", Unmarked = "unmarked", Tmod = "tmod",
        Npmod = "npmod", Desc = "desc", Name = "name", Foreign = "foreign", Arg = "arg", Impers = "impers",
        Pv = "pv", Lvc = "lvc",
    }
);

/// A relation with its subtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Deprel {
    /// Universal part.
    pub rel: Rel,
    /// Subtype.
    pub sub: Sub,
}

impl Deprel {
    /// From `nsubj:pass`; an unknown relation is `dep`, an unknown subtype is dropped.
    pub fn parse(label: &str) -> Self {
        let (rel, sub) = label.split_once(':').unwrap_or((label, ""));
        Self { rel: Rel::from_label(rel).unwrap_or(Rel::Dep), sub: Sub::from_label(sub).unwrap_or(Sub::None) }
    }
}

impl std::fmt::Display for Deprel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.rel.label())?;
        if self.sub == Sub::None { Ok(()) } else { write!(f, ":{}", self.sub.label()) }
    }
}
