"""The network: any Hugging Face encoder, told of shapes, gaps and quotes, with heads for two layers."""

from __future__ import annotations

import math
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoModel

from training.tagger.data import NAME_TAGS, TAGS
from verbale.models.tokens import GAPS, QUOTED, SHAPES

# Width of queries and keys by layer: attributions that stand on their own, and those in a content of these.
WIDTHS = {"outer": 64, "nested": 32}
ANTECEDENT_WIDTH = 64
LINKED = ("source", "content")
FARTHEST = 128  # pieces; distances beyond share a bias


class Layer(NamedTuple):
    """One layer's outputs, all float.

    Attributes:
        tags: [batch, pieces, len(TAGS)].
        queries: [batch, pieces, 2, width]: what a source's and a content's piece asks of its cue.
        keys: [batch, pieces, width]: what a cue's first piece answers with.
    """

    tags: Tensor
    queries: Tensor
    keys: Tensor


class Mentions(NamedTuple):
    """Names, and who stands for whom, all float.

    Attributes:
        names: [batch, pieces, len(NAME_TAGS)].
        queries: [batch, pieces, width]: what a pronoun or description asks of its name.
        keys: [batch, pieces, width]: what a name's first piece answers with; [CLS] answers for no name.
    """

    names: Tensor
    queries: Tensor
    keys: Tensor


class Tagger(nn.Module):
    """Token tags and links to cues in two layers, names and antecedents, over the same token vectors.

    Inputs are int64 of shape [batch, pieces].
    """

    def __init__(self, encoder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            encoder, attn_implementation="sdpa", hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0
        )
        if getattr(self.encoder, "pooler", None) is not None:
            self.encoder.pooler = None
        share_dropout(self.encoder, dropout)
        size = self.encoder.config.hidden_size
        self.extras = nn.ModuleDict(
            {
                name: nn.Embedding(len(kinds), size)
                for name, kinds in (("shapes", SHAPES), ("gaps", GAPS), ("quoted", QUOTED))
            }
        )
        for embedding in self.extras.values():
            nn.init.zeros_(embedding.weight)
        self.heads = nn.ModuleDict(
            {name: nn.Linear(size, len(TAGS) + 3 * width) for name, width in WIDTHS.items()}
        )
        self.distance = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(len(LINKED), 2 * FARTHEST + 1)) for name in WIDTHS}
        )
        self.mentions = nn.Linear(size, len(NAME_TAGS) + 2 * ANTECEDENT_WIDTH)
        self.dropout = SharedDropout(dropout)

    def forward(
        self, ids: Tensor, shapes: Tensor, gaps: Tensor, quoted: Tensor, mask: Tensor
    ) -> tuple[dict[str, Layer], Mentions]:
        vectors = self.encoder.get_input_embeddings()(ids)
        for name, kinds in (("shapes", shapes), ("gaps", gaps), ("quoted", quoted)):
            vectors = vectors + self.extras[name](kinds)
        hidden = self.dropout(self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state)
        found = {}
        for name, width in WIDTHS.items():
            tags, queries, keys = self.heads[name](hidden).split([len(TAGS), 2 * width, width], dim=-1)
            found[name] = Layer(tags, queries.unflatten(-1, (2, width)), keys)
        sizes = [len(NAME_TAGS), ANTECEDENT_WIDTH, ANTECEDENT_WIDTH]
        return found, Mentions(*self.mentions(hidden).split(sizes, dim=-1))

    def link_scores(self, name: str, layer: Layer) -> Tensor:
        """Scores of each piece's cue in the named layer: [batch, 2, piece, cue's first piece]."""
        queries, keys = layer.queries.float(), layer.keys.float()
        scores = torch.einsum("btrd,bud->brtu", queries, keys) / math.sqrt(WIDTHS[name])
        at = torch.arange(keys.shape[1])
        apart = (at[None, :] - at[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        return scores + self.distance[name][:, apart]


class SharedDropout(nn.Module):
    """Dropout whose mask is shared along the text: as strong, and much cheaper on a CPU."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, vectors: Tensor) -> Tensor:
        if not self.training or not self.rate:
            return vectors
        keep = vectors.new_empty(vectors.shape[0], 1, vectors.shape[-1]).bernoulli_(1 - self.rate)
        return vectors * (keep / (1 - self.rate))


def share_dropout(module: nn.Module, rate: float) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.Dropout) and child.p:
            setattr(module, name, SharedDropout(rate))
        else:
            share_dropout(child, rate)


def losses(model: Tagger, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Mean cross-entropy by task: `outer_tags`, `outer_links`, …, `names`, `antecedents`."""
    layers, mentions = model(**{k: batch[k] for k in ("ids", "shapes", "gaps", "quoted", "mask")})
    found = {}
    for name, layer in layers.items():
        tags, links = batch[f"{name}_tags"], batch[f"{name}_links"]
        found[f"{name}_tags"] = _mean(layer.tags.float(), tags)
        scores = model.link_scores(name, layer).masked_fill(batch["mask"][:, None, None, :] == 0, -1e4)
        is_source = (tags >= TAGS.index("B-source")) & (tags <= TAGS.index("S-source"))
        scores = torch.where(is_source[..., None], scores[:, 0], scores[:, 1])
        found[f"{name}_links"] = _mean(scores, links)
    found["names"] = _mean(mentions.names.float(), batch["names"])
    scores = torch.einsum("btd,bud->btu", mentions.queries.float(), mentions.keys.float())
    scores = (scores / math.sqrt(ANTECEDENT_WIDTH)).masked_fill(batch["mask"][:, None, :] == 0, -1e4)
    found["antecedents"] = _mean(scores, batch["antecedents"])
    return found


def _mean(scores: Tensor, targets: Tensor) -> Tensor:
    """Cross-entropy over what has a target; 0 where nothing has."""
    total = nn.functional.cross_entropy(
        scores.flatten(0, 1), targets.flatten(), ignore_index=-100, reduction="sum"
    )
    return total / (targets != -100).sum().clamp(min=1)
