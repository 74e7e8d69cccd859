"""The network: any Hugging Face encoder, told of shapes, gaps and quotation marks, with two heads."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from training.tagger.data import TAGS
from verbale.models.tokens import GAPS, QUOTED, SHAPES

LINK_WIDTH = 64
LINKED = ("source", "content")
FARTHEST = 128  # pieces; distances beyond share a bias


class Tagger(nn.Module):
    """Token tags and, for each piece, a query for its cue as a source's and as a content's piece.

    Inputs are int64 of shape [batch, pieces]; outputs float of shape
    [batch, pieces, len(TAGS)], [batch, pieces, 2, LINK_WIDTH] and [batch, pieces, LINK_WIDTH].
    """

    def __init__(self, encoder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            encoder, attn_implementation="sdpa", hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0
        )
        if getattr(self.encoder, "pooler", None) is not None:
            self.encoder.pooler = None
        _share_dropout(self.encoder, dropout)
        width = self.encoder.config.hidden_size
        self.extras = nn.ModuleDict(
            {
                name: nn.Embedding(len(kinds), width)
                for name, kinds in (("shapes", SHAPES), ("gaps", GAPS), ("quoted", QUOTED))
            }
        )
        for embedding in self.extras.values():
            nn.init.zeros_(embedding.weight)
        self.heads = nn.Linear(width, len(TAGS) + 3 * LINK_WIDTH)
        self.distance = nn.Parameter(torch.zeros(len(LINKED), 2 * FARTHEST + 1))
        self.dropout = SharedDropout(dropout)

    def forward(
        self, ids: Tensor, shapes: Tensor, gaps: Tensor, quoted: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        vectors = self.encoder.get_input_embeddings()(ids)
        for name, kinds in (("shapes", shapes), ("gaps", gaps), ("quoted", quoted)):
            vectors = vectors + self.extras[name](kinds)
        hidden = self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state
        out = self.heads(self.dropout(hidden))
        tags, queries, keys = out.split([len(TAGS), 2 * LINK_WIDTH, LINK_WIDTH], dim=-1)
        return tags, queries.unflatten(-1, (2, LINK_WIDTH)), keys

    def link_scores(self, queries: Tensor, keys: Tensor) -> Tensor:
        """Scores of each piece's cue: [batch, 2, piece, cue's first piece]."""
        scores = torch.einsum("btrd,bud->brtu", queries.float(), keys.float()) / math.sqrt(LINK_WIDTH)
        at = torch.arange(keys.shape[1])
        apart = (at[None, :] - at[:, None]).clamp(-FARTHEST, FARTHEST) + FARTHEST
        return scores + self.distance[:, apart]


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


def _share_dropout(module: nn.Module, rate: float) -> None:
    for name, child in module.named_children():
        if isinstance(child, nn.Dropout) and child.p:
            setattr(module, name, SharedDropout(rate))
        else:
            _share_dropout(child, rate)


def loss(model: Tagger, batch: dict[str, Tensor], smoothing: float) -> tuple[Tensor, Tensor]:
    """Mean cross-entropy of the tags and of the links."""
    tags, queries, keys = model(**{k: batch[k] for k in ("ids", "shapes", "gaps", "quoted", "mask")})
    tag_loss = nn.functional.cross_entropy(
        tags.float().flatten(0, 1), batch["tags"].flatten(), ignore_index=-100, label_smoothing=smoothing
    )
    scores = model.link_scores(queries, keys).masked_fill(batch["mask"][:, None, None, :] == 0, -1e4)
    is_source = (batch["tags"] >= TAGS.index("B-source")) & (batch["tags"] <= TAGS.index("S-source"))
    scores = torch.where(is_source[..., None], scores[:, 0], scores[:, 1])
    link_loss = nn.functional.cross_entropy(scores.flatten(0, 1), batch["links"].flatten(), ignore_index=-100)
    return tag_loss, link_loss
