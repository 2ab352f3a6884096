"""The teacher: MiniLM's encoder under the student's heads, fine-tuned on the same data for its opinion on more text.

MiniLM does not see case, so what the student sees of a word (its look-up rows) is added to the input of every piece
and again to the output. See training/README.md.
"""
import torch
from torch import nn
from torch.nn import functional as F

import features
import network

WIDTH, HEADS, LAYERS, CLS, SEP, UNKNOWN = 384, 12, 6, 101, 102, 100


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, x, mask):
        q, k, v = (f(x).unflatten(-1, (HEADS, -1)).transpose(1, 2) for f in (self.query, self.key, self.value))
        # Sentences are short: plain products beat the fused kernel on a CPU.
        a = torch.softmax((q @ k.transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5 + mask, -1)
        a = (a.to(v.dtype) @ v).transpose(1, 2).flatten(-2)
        x = self.norm1(x + self.out(a))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


# Ours: the name in the model's file.
NAMES = {"query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
         "out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
         "down": "output.dense", "norm2": "output.LayerNorm"}


class Teacher(network.Network):
    """The student's heads on top of MiniLM instead of LSTM layers."""

    def __init__(self, model_dir, rows, sizes, width=128):
        super().__init__(rows, torch.zeros(1, 1), sizes, width=width, hidden=WIDTH // 2, arc=256, label=192)
        del self.project, self.lstm1, self.lstm2
        from safetensors.torch import load_file
        w = load_file(f"{model_dir}/model.safetensors")
        self.bert_words = nn.Embedding.from_pretrained(w["embeddings.word_embeddings.weight"], freeze=True)
        self.bert_places = nn.Embedding.from_pretrained(
            w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0], freeze=False)
        self.bert_norm = nn.LayerNorm(WIDTH, 1e-12)
        self.bert_norm.load_state_dict({k: w[f"embeddings.LayerNorm.{k}"] for k in ("weight", "bias")})
        self.bert_layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        for n, layer in enumerate(self.bert_layers):
            layer.load_state_dict({f"{ours}.{k}": w[f"encoder.layer.{n}.{theirs}.{k}"]
                                   for ours, theirs in NAMES.items() for k in ("weight", "bias")})
        self.seen_in, self.seen_out = nn.Linear(width, WIDTH, bias=False), nn.Linear(width, WIDTH, bias=False)
        nn.init.zeros_(self.seen_in.weight)
        self.mix = nn.Parameter(torch.tensor([0.0] * (LAYERS - 2) + [1.0, 1.0]))

    def encode(self, rows, pieces):
        """rows [b, n, slots]; pieces [b, n, most]: MiniLM's numbers plus one, 0 for none."""
        seen = self.drop(self.embed(rows).sum(2), 0.2)
        real = pieces > 0
        count = real.sum((1, 2))
        length = int(count.max()) + 2
        ids = pieces.new_zeros(len(pieces), length)
        word = pieces.new_zeros(len(pieces), length)
        ids[:, 0] = CLS
        for b in range(len(pieces)):
            n = int(count[b])
            ids[b, 1:n + 1] = pieces[b][real[b]] - 1
            word[b, 1:n + 1] = real[b].nonzero()[:, 0] + 1
            ids[b, n + 1] = SEP
        padded = F.pad(self.seen_in(seen), (0, 0, 1, 0))
        given = padded.gather(1, word[:, :, None].expand(-1, -1, WIDTH))
        places = self.bert_places.weight[:length]
        x = self.bert_norm(self.bert_words(ids) + places + given)
        x = F.dropout(x, 0.1, self.training)
        mask = torch.where(ids > 0, 0.0, -1e4)[:, None, None, :]
        mixed, shares = 0, torch.softmax(self.mix, 0)
        for k, layer in enumerate(self.bert_layers):
            x = layer(x, mask)
            mixed = mixed + shares[k].to(x.dtype) * x
        one = F.one_hot(word, pieces.shape[1] + 1)[:, :, 1:].transpose(1, 2).to(mixed.dtype)
        spread = one / one.sum(-1, keepdim=True).clamp(min=1)
        return self.drop(spread @ mixed + self.seen_out(seen))

    def groups(self, rate):
        """The body learns at `rate`, what is new at eight times as much."""
        body, new = [], []
        for name, p in self.named_parameters():
            if p.requires_grad:
                (body if name.startswith("bert") else new).append(p)
        return [{"params": body, "base": rate}, {"params": new, "base": rate * 8}]


def vocabulary(model_dir):
    """{hash of a piece: MiniLM's number}"""
    out = {}
    with open(f"{model_dir}/vocab.txt", encoding="utf-8") as f:
        for k, piece in enumerate(f.read().splitlines()):
            inside = piece.startswith("##") and len(piece) > 2
            out.setdefault(features.fnv("q" if inside else "p", piece[2:] if inside else piece), k)
    return out
