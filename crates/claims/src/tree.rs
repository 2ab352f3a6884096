//! The parse, indexed once a report: children, subtrees and the few questions that every rule asks.

use crate::conjuncts;
use sayso_types::{Deprel, Doc, Rel, Span, Sub, Token, TokenIx, Upos, VerbForm, Voice};

/// A document with its children listed, and with heads that are sure to form trees.
pub(crate) struct Tree<'a> {
    pub doc: &'a Doc,
    heads: Vec<TokenIx>,
    deprels: Vec<Deprel>,
    parts: Vec<u32>,
    starts: Vec<u32>,
    kids: Vec<TokenIx>,
}

impl<'a> Tree<'a> {
    pub fn new(doc: &'a Doc) -> Self {
        let mut heads: Vec<TokenIx> = (0..doc.tokens.len() as TokenIx).collect();
        for s in &doc.sentences {
            let end = s.end.min(heads.len() as TokenIx);
            for t in s.first..end {
                let head = doc.tokens[t as usize].head;
                if head != t && (s.first..end).contains(&head) && !reaches(&heads, head, t) {
                    heads[t as usize] = head;
                }
            }
        }
        let mut deprels: Vec<Deprel> = doc.tokens.iter().map(|t| t.deprel).collect();
        conjuncts::mend(doc, &mut heads, &mut deprels);
        let mut part = 0;
        let of_part = |t: &Token| {
            part += u32::from(t.form == ";");
            part
        };
        let parts = doc.tokens.iter().map(of_part).collect();
        let mut starts = vec![0u32; heads.len() + 1];
        for (t, &h) in heads.iter().enumerate() {
            if h as usize != t {
                starts[h as usize + 1] += 1;
            }
        }
        for k in 1..starts.len() {
            starts[k] += starts[k - 1];
        }
        let mut next = starts.clone();
        let mut kids = vec![0; *starts.last().unwrap_or(&0) as usize];
        for (t, &h) in heads.iter().enumerate() {
            if h as usize != t {
                kids[next[h as usize] as usize] = t as TokenIx;
                next[h as usize] += 1;
            }
        }
        Self { doc, heads, deprels, parts, starts, kids }
    }

    pub fn tok(&self, t: TokenIx) -> &'a Token {
        &self.doc.tokens[t as usize]
    }

    pub fn lemma(&self, t: TokenIx) -> &'a str {
        &self.tok(t).lemma
    }

    pub fn upos(&self, t: TokenIx) -> Upos {
        self.tok(t).upos
    }

    /// The head; `None` for a root.
    pub fn head(&self, t: TokenIx) -> Option<TokenIx> {
        let h = self.heads[t as usize];
        (h != t).then_some(h)
    }

    pub fn deprel(&self, t: TokenIx) -> Deprel {
        self.deprels[t as usize]
    }

    pub fn rel(&self, t: TokenIx) -> Rel {
        self.deprels[t as usize].rel
    }

    /// The tokens that hang on this one, in text order.
    pub fn kids(&self, t: TokenIx) -> &[TokenIx] {
        &self.kids[self.starts[t as usize] as usize..self.starts[t as usize + 1] as usize]
    }

    pub fn kid(&self, t: TokenIx, rel: Rel) -> Option<TokenIx> {
        self.kids(t).iter().copied().find(|&k| self.rel(k) == rel)
    }

    /// Whether `t` is `top` or hangs below it.
    pub fn is_below(&self, t: TokenIx, top: TokenIx) -> bool {
        reaches(&self.heads, t, top)
    }

    /// Tokens at or below `top`, in text order, without what `leave` turns away (nor what hangs below that).
    pub fn below(&self, top: TokenIx, leave: impl Fn(TokenIx) -> bool) -> Vec<TokenIx> {
        let (mut out, mut todo) = (Vec::new(), vec![top]);
        while let Some(t) = todo.pop() {
            out.push(t);
            todo.extend(self.kids(t).iter().copied().filter(|&k| !leave(k)));
        }
        out.sort_unstable();
        out
    }

    pub fn all_below(&self, top: TokenIx) -> Vec<TokenIx> {
        self.below(top, |_| false)
    }

    /// The runs of neighbouring tokens, as spans without punctuation at their edges; quotation marks stay.
    pub fn spans(&self, tokens: &[TokenIx]) -> Vec<Span> {
        let mut out = Vec::new();
        let mut k = 0;
        while k < tokens.len() {
            let mut j = k + 1;
            while j < tokens.len() && tokens[j] == tokens[j - 1] + 1 {
                j += 1;
            }
            out.extend(self.trimmed(&tokens[k..j]));
            k = j;
        }
        out
    }

    /// From the first to the last of these tokens, without punctuation at the edges.
    pub fn cover(&self, tokens: &[TokenIx]) -> Option<Span> {
        self.trimmed(tokens)
    }

    fn trimmed(&self, run: &[TokenIx]) -> Option<Span> {
        let bare = |t: &&TokenIx| self.upos(**t) == Upos::Punct && !self.is_quote_mark(**t);
        let first = run.iter().find(|t| !bare(t))?;
        let last = run.iter().rev().find(|t| !bare(t))?;
        let span = self.tok(*first).span.cover(self.tok(*last).span);
        (!span.is_empty() && run.iter().any(|&t| self.upos(t) != Upos::Punct)).then_some(span)
    }

    pub fn is_quote_mark(&self, t: TokenIx) -> bool {
        self.upos(t) == Upos::Punct && self.tok(t).form.chars().any(|c| "\"“”„‟«»‹›‘’''``".contains(c))
    }

    /// Number of the part between semicolons in which the token stands: no clause reaches over one.
    pub fn part(&self, t: TokenIx) -> u32 {
        self.parts[t as usize]
    }

    /// Number of the token's sentence.
    pub fn sentence(&self, t: TokenIx) -> u32 {
        self.doc.sentence_of(t) as u32
    }

    pub fn paragraph(&self, t: TokenIx) -> u32 {
        self.doc.sentences.get(self.doc.sentence_of(t)).map_or(0, |s| s.paragraph)
    }

    /// Somebody or something has it done to them: a passive auxiliary or subject, or a bare participle after a noun.
    pub fn is_passive(&self, v: TokenIx) -> bool {
        let passive = |&k: &TokenIx| self.deprel(k).sub == Sub::Pass;
        self.kids(v).iter().any(passive)
            || (self.tok(v).feats.voice() == Some(Voice::Pass)
                && (self.finite(v) || matches!(self.rel(v), Rel::Acl | Rel::Advcl | Rel::Amod)))
            || (self.rel(v) == Rel::Acl
                && self.deprel(v).sub != Sub::Relcl
                && self.tok(v).feats.verb_form() == Some(VerbForm::Part)
                && self.tok(v).feats.value("Tense") != Some("Pres"))
    }

    /// Says something of its own: a verb, or anything with a subject or copula.
    pub fn is_predicate(&self, t: TokenIx) -> bool {
        self.upos(t) == Upos::Verb
            || self.kids(t).iter().any(|&k| matches!(self.rel(k), Rel::Cop | Rel::Nsubj | Rel::Csubj))
            || (self.upos(t) == Upos::Aux && !matches!(self.rel(t), Rel::Aux | Rel::Cop))
    }

    /// The nearest predicate at or above.
    pub fn clause_of(&self, t: TokenIx) -> TokenIx {
        let mut at = t;
        while !self.is_predicate(at) {
            match self.head(at) {
                Some(h) => at = h,
                None => break,
            }
        }
        at
    }

    /// The subject's head in the deep sense: inherited by conjuncts, infinitives and participles, found for
    /// relative pronouns. For a passive, what the thing is done to.
    pub fn subject(&self, v: TokenIx) -> Option<TokenIx> {
        let mut at = v;
        for _ in 0..8 {
            let own = |&k: &TokenIx| self.rel(k) == Rel::Nsubj && self.deprel(k).sub != Sub::Outer;
            // Where the parse has two, the farther one is a time or a relative pronoun.
            let near = self.kids(at).iter().copied().filter(|&k| k < at).rfind(own);
            if let Some(s) = near.or_else(|| self.kids(at).iter().copied().find(own)) {
                return Some(self.antecedent(s, at).unwrap_or(s));
            }
            if self.kids(at).iter().any(|&k| self.rel(k) == Rel::Expl) {
                return None;
            }
            let head = self.head(at)?;
            match self.rel(at) {
                Rel::Acl if self.tok(at).feats.verb_form() == Some(VerbForm::Inf) => return None,
                Rel::Acl => return Some(head),
                Rel::Xcomp => match self.kid(head, Rel::Obj).or_else(|| self.kid(head, Rel::Iobj)) {
                    Some(object) => return Some(object),
                    None => at = head,
                },
                Rel::Ccomp | Rel::Advcl if self.finite(at) => return None,
                Rel::Conj | Rel::Advcl | Rel::Ccomp if self.is_predicate(head) => at = head,
                _ => return None,
            }
        }
        None
    }

    /// Who does it: the subject of an active, the agent phrase of a passive.
    pub fn agent(&self, v: TokenIx) -> Option<TokenIx> {
        if !self.is_passive(v) {
            return self.subject(v);
        }
        self.kids(v).iter().copied().find(|&k| self.deprel(k) == Deprel { rel: Rel::Obl, sub: Sub::Agent })
    }

    /// What it is done to: the object of an active, the subject of a passive.
    pub fn patient(&self, v: TokenIx) -> Option<TokenIx> {
        if self.is_passive(v) { self.subject(v) } else { self.kid(v, Rel::Obj) }
    }

    /// Has a tensed verb form or auxiliary of its own.
    pub fn finite(&self, v: TokenIx) -> bool {
        let fin = |t: TokenIx| self.tok(t).feats.verb_form() == Some(VerbForm::Fin);
        fin(v) || self.kids(v).iter().any(|&k| matches!(self.rel(k), Rel::Aux | Rel::Cop) && fin(k))
    }

    /// What a relative pronoun stands for.
    fn antecedent(&self, pronoun: TokenIx, v: TokenIx) -> Option<TokenIx> {
        let token = self.tok(pronoun);
        let relative = token.feats.value("PronType") == Some("Rel")
            || (token.upos == Upos::Pron && token.feats.value("PronType") == Some("Int"));
        let clause =
            std::iter::successors(Some(v), |&t| self.head(t)).take(6).find(|&t| self.rel(t) == Rel::Acl)?;
        (relative && self.deprel(clause).sub == Sub::Relcl).then(|| self.head(clause)).flatten()
    }
}

fn reaches(heads: &[TokenIx], from: TokenIx, to: TokenIx) -> bool {
    let mut at = from;
    loop {
        if at == to {
            return true;
        }
        let head = heads[at as usize];
        if head == at {
            return false;
        }
        at = head;
    }
}
