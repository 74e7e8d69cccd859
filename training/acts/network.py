"""The network of acts and positions: an encoder, told of roles, with heads over pairs of markers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoModel

from training.tagger.network import SharedDropout, share_dropout
from verbale.models.framed import ROLES
from verbale.models.tokens import GAPS, QUOTED, SHAPES
from verbale.types.positions import ActKind, Modality, Stance, Tense

NONE = "none"
KINDS = (NONE, *ActKind)
STANCES = (NONE, *Stance)
NEGATED = ("no", "yes")
TENSES = tuple(Tense)
MODALITIES = tuple(Modality)
HEADS: dict[str, tuple[str, ...]] = {
    "kind": KINDS, "stance": STANCES, "negated": NEGATED, "tense": TENSES, "modality": MODALITIES
}  # fmt: skip
CLASSES = 5  # a statement, or one of the four quad classes: for a whole sentence
WIDTH = 64  # of what a pair asks of the first and the last piece of its condition


class Scores(NamedTuple):
    """All float.

    Attributes:
        pairs: [all pairs, sum of the heads' sizes].
        conditions: [all pairs, 2, pieces]: how well a condition begins and ends at each piece; at [CLS],
            that there is none.
        classes: [batch, CLASSES].
    """

    pairs: Tensor
    conditions: Tensor
    classes: Tensor


class Network(nn.Module):
    """Scores of pairs of markers; see `verbale.models.framed` for the inputs, [batch, pieces] each."""

    def __init__(self, encoder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            encoder, attn_implementation="sdpa", hidden_dropout_prob=dropout, attention_probs_dropout_prob=0.0
        )
        if getattr(self.encoder, "pooler", None) is not None:
            self.encoder.pooler = None
        share_dropout(self.encoder, dropout)
        size = self.encoder.config.hidden_size
        sizes = (("shapes", SHAPES), ("gaps", GAPS), ("quoted", QUOTED), ("roles", ROLES))
        self.extras = nn.ModuleDict({name: nn.Embedding(len(kinds), size) for name, kinds in sizes})
        for embedding in self.extras.values():
            nn.init.zeros_(embedding.weight)
        self.hidden = nn.Linear(2 * size, size)
        self.heads = nn.Linear(size, sum(map(len, HEADS.values())))
        self.asks = nn.Linear(size, 2 * WIDTH)
        self.answers = nn.Linear(size, 2 * WIDTH)
        self.classes = nn.Linear(size, CLASSES)
        self.dropout = SharedDropout(dropout)

    def forward(self, inputs: dict[str, Tensor], where: Tensor, seen: Tensor | None = None) -> Scores:
        """Score pairs.

        Args:
            inputs: those of `framed`, padded.
            where: [all pairs, 3]: number in the batch, place of the first marker, of the second.
            seen: [batch, pieces], 0 where there is only padding; None where there is none.
        """
        vectors = self.encoder.get_input_embeddings()(inputs["ids"])
        for name, embedding in self.extras.items():
            vectors = vectors + embedding(inputs[name])
        pairs = inputs["pairs"]
        mask = (pairs[:, None, :] == 0) | (pairs[:, None, :] == pairs[:, :, None])
        if seen is not None:
            mask = mask & seen[:, None, :].bool()
        found = self.encoder(
            inputs_embeds=vectors, attention_mask=mask[:, None], position_ids=inputs["positions"]
        )
        hidden = self.dropout(found.last_hidden_state)
        number, first, second = where.unbind(-1)
        both = torch.cat((hidden[number, first], hidden[number, second]), dim=-1)
        both = self.dropout(nn.functional.gelu(self.hidden(both))[:, None])[:, 0]
        asked = self.asks(both).unflatten(-1, (2, WIDTH))
        answered = self.answers(hidden).unflatten(-1, (2, WIDTH))
        conditions = torch.einsum("ped,pted->pet", asked, answered[number]) / WIDTH**0.5
        return Scores(self.heads(both), conditions, self.classes(hidden[:, 0]))


def by_head(scores: Tensor) -> dict[str, Tensor]:
    """The columns of the pairs' scores by head."""
    parts = scores.split([len(kinds) for kinds in HEADS.values()], dim=-1)
    return dict(zip(HEADS, parts, strict=True))
