"""The tagger's ONNX file at run time: a text's pieces in, scores out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from verbale.models.manifest import Manifest, check_digest, load_manifest
from verbale.models.session import open_session
from verbale.models.tokens import Pieces, cut, frame_of, load_tokenizer
from verbale.models.windows import SLICE, joined, windows

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the tagger says of a text's pieces.

    Attributes:
        tags: log-probabilities, [pieces, tags], in the order of the manifest's `tags`.
        queries: [pieces, 2, width]: what a source's and a content's piece asks of its cue.
        keys: [pieces, width]: what a cue's first piece answers with.
    """

    tags: Floats
    queries: Floats
    keys: Floats


class TaggerModel:
    """The attribution tagger: one encoder with its heads, run on one window at a time.

    One window a run keeps the promise that a document's neighbours never change its result.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: Manifest = load_manifest(folder)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The word-piece tokenizer, without truncation or padding."""
        return load_tokenizer(self.folder / "tokenizer.json")

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        """The ONNX session, opened when it is first needed, and only if the file has its digest."""
        check_digest(self.folder, self.manifest)
        return open_session(self.folder / self.manifest.file)

    def cut(self, text: str) -> Pieces:
        """Cut a text into the pieces that `score` reads."""
        return cut(text, self.tokenizer)

    def score(self, pieces: Pieces) -> Scores:
        """Score every piece of a text once, in overlapping windows."""
        width = self.manifest.link_width
        tags = np.empty((len(pieces), len(self.manifest.tags)), dtype=np.float32)
        queries = np.empty((len(pieces), 2, width), dtype=np.float32)
        keys = np.empty((len(pieces), width), dtype=np.float32)
        frame = frame_of(self.tokenizer)
        for window in windows(pieces, self.manifest.window - 2, self.manifest.context):
            inputs = joined(pieces, slice(window.start, window.end), frame)
            outputs = self.session.run(
                ["tags", "queries", "keys"], {name: values[None] for name, values in inputs.items()}
            )
            kept = slice(window.first - window.start, window.last - window.start)
            for whole, part in zip((tags, queries, keys), outputs, strict=True):
                whole[window.first : window.last] = part[0][SLICE][kept]
        return Scores(tags - _log_sum(tags), queries, keys)


def _log_sum(logits: Floats) -> Floats:
    top: Floats = logits.max(axis=-1, keepdims=True)
    total: Floats = top + np.log(np.exp(logits - top).sum(axis=-1, keepdims=True))
    return total
