"""The network: summed look-ups, two bidirectional LSTM layers, one linear head a task, arcs by a bilinear form."""
import torch
from torch import nn
from torch.nn import functional as F


class Network(nn.Module):
    """Sizes are arguments of the recipe; `sizes` counts what each head tells apart."""

    def __init__(self, rows, piece_table, sizes, width=128, hidden=160, arc=128, label=128, dropout=0.33):
        super().__init__()
        self.embed = nn.Embedding(rows + 1, width, padding_idx=0)
        nn.init.normal_(self.embed.weight, std=0.3)
        with torch.no_grad():
            self.embed.weight[0] = 0
        self.register_buffer("pieces", piece_table)
        self.project = nn.Linear(piece_table.shape[1], width)
        self.lstm1 = nn.LSTM(width, hidden, bidirectional=True, batch_first=True)
        self.lstm2 = nn.LSTM(2 * hidden, hidden, bidirectional=True, batch_first=True)
        for lstm in (self.lstm1, self.lstm2):
            for name, p in lstm.named_parameters():
                if "weight_hh" in name:
                    for gate in p.chunk(4):
                        nn.init.orthogonal_(gate)
                elif "bias" in name:
                    nn.init.zeros_(p)
                    if "bias_ih" in name:
                        with torch.no_grad():
                            p[hidden:2 * hidden] = 1.0
        out = 2 * hidden
        self.tags = nn.ModuleDict({k: nn.Linear(out, sizes[k]) for k in ("upos", "xpos", "feats", "names", "ends")})
        self.arc_dep, self.arc_head = nn.Linear(out, arc), nn.Linear(out, arc)
        self.arc_root = nn.Parameter(torch.randn(arc) * 0.1)
        self.bilinear = nn.Linear(arc, arc, bias=False)
        self.head_bias = nn.Linear(arc, 1, bias=False)
        self.label_dep, self.label_head = nn.Linear(out, label), nn.Linear(out, label, bias=False)
        self.label_root = nn.Parameter(torch.randn(label) * 0.1)
        self.label_out = nn.Linear(label, sizes["labels"])
        self.dropout = dropout

    def groups(self, rate):
        """Parameters with their base rate of learning."""
        return [{"params": list(self.parameters()), "base": rate}]

    def drop(self, x, p=None):
        """Dropout with one mask for all words of a sentence."""
        p = self.dropout if p is None else p
        if not self.training or p == 0:
            return x
        mask = x.new_empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - p) / (1 - p)
        return x * mask

    def words(self, rows, pieces):
        """rows [b, n, slots], pieces [b, n, most]: indexes, 0 for none (piece indexes count from 1)."""
        table = torch.cat([self.pieces.new_zeros(1, self.pieces.shape[1]), self.pieces])
        count = (pieces > 0).sum(-1, keepdim=True).clamp(min=1)
        mean = F.embedding(pieces, table).sum(2) / count
        return self.embed(rows).sum(2) + self.project(mean)

    def encode(self, rows, pieces):
        x = self.drop(self.words(rows, pieces), 0.2)
        x, _ = self.lstm1(x)
        x, _ = self.lstm2(self.drop(x))
        return self.drop(x)

    def arcs(self, x):
        """[b, n, n + 1] scores: dependant, head (0 is the root)."""
        dep = self.drop(F.relu(self.arc_dep(x)))
        head = self.drop(F.relu(self.arc_head(x)))
        head = torch.cat([self.arc_root.to(head.dtype).expand(head.shape[0], 1, -1), head], 1)
        return self.bilinear(dep) @ head.transpose(1, 2) + self.head_bias(head).transpose(1, 2)

    def labels(self, x, heads):
        """[b, n, labels] scores for the given heads."""
        head = self.label_head(x)
        head = torch.cat([self.label_root.to(head.dtype).expand(head.shape[0], 1, -1), head], 1)
        picked = head.gather(1, heads.unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return self.label_out(self.drop(F.relu(self.label_dep(x) + picked)))
