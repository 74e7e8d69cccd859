"""The acts model's ONNX file at run time: a passage and pairs in, probabilities out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from verbale.errors import ModelError
from verbale.models.framed import Passage, framed
from verbale.models.session import open_session
from verbale.models.tokens import Pieces

Floats = NDArray[np.float32]
OUTPUTS = ("scores", "conditions")
LEAST = ("act", "position")  # what is taken from a least probability on


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model says of one pair.

    Attributes:
        heads: by head, such as "stance", the probability of each class.
        condition: first piece and one behind the last, counted in the text; None for none.
    """

    heads: Mapping[str, Mapping[str, float]]
    condition: slice | None


class ActsModel:
    """Acts and positions of pairs of spans, one passage a run; one is taken from a `least` probability on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self.name = f"{raw['name']}-{raw['sha256'][:12]}"
            self.file, self.sha256 = str(raw["file"]), str(raw["sha256"])
            self.heads = {head: tuple(classes) for head, classes in raw["heads"].items()}
            self.markers = (int(raw["markers"][0]), int(raw["markers"][1]))
            self.frame = (int(raw["frame"][0]), int(raw["frame"][1]))
            self.longest = int(raw["longest"])
            self.temperatures = {head: float(raw["temperatures"][head]) for head in self.heads}
            self.least = {what: float(raw["least"][what]) for what in LEAST}
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            where = str(folder / "manifest.json")
            raise ModelError(
                "model", where, f"is no manifest ({error!r})", "install verbale again"
            ) from error

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        """The ONNX session, opened when it is first needed, and only if the file has its digest."""
        path = self.folder / self.file
        if hashlib.sha256(path.read_bytes()).hexdigest() != self.sha256:
            raise ModelError("model", str(path), "is damaged", "install verbale again")
        return open_session(path)

    def answers(self, pieces: Pieces, passage: Passage) -> tuple[Answer, ...]:
        """What is found for each pair of a passage, in their order.

        Args:
            pieces: of the whole text.
            passage: at most `longest` pieces of it, with at least one pair.
        """
        inputs = framed(pieces, passage, self.frame, self.markers)
        pairs, conditions = self.session.run(
            [*OUTPUTS], {name: v if name == "where" else v[None] for name, v in inputs.items()}
        )
        length = passage.part.stop - passage.part.start + 2
        return tuple(
            Answer(self._by_head(scores), self._condition(ends[:, :length], passage.part.start))
            for scores, ends in zip(pairs, conditions, strict=True)
        )

    def _by_head(self, scores: Floats) -> dict[str, dict[str, float]]:
        found, at = dict[str, dict[str, float]](), 0
        for head, classes in self.heads.items():
            part = scores[at : at + len(classes)] / self.temperatures[head]
            part = np.exp(part - part.max())
            found[head] = dict(zip(classes, (part / part.sum()).tolist(), strict=True))
            at += len(classes)
        return found

    @staticmethod
    def _condition(ends: Floats, start: int) -> slice | None:
        """The best span of pieces, if one is better than none; its scores are [2, pieces with frame]."""
        first, last = ends[:, 1:-1]
        if not len(first):
            return None
        best = np.maximum.accumulate(last[::-1])[::-1]  # the best end from each piece on
        begin = int((first + best).argmax())
        if first[begin] + best[begin] <= ends[0, 0] + ends[1, 0]:
            return None
        end = begin + int(last[begin:].argmax())
        return slice(start + begin, start + end + 1)
