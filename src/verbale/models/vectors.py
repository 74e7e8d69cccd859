"""Sentence vectors at run time: texts in, vectors of length one out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from verbale.models.session import open_session
from verbale.models.tokens import Ints, frame_of, load_tokenizer

LONGEST = 256  # pieces; what stands behind is left out, as the base encoder was trained


class VectorModel:
    """The base encoder, mean-pooled (Reimers and Gurevych 2019), run on one text at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        raw = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self.name = f"{raw['name']}-{raw['sha256'][:12]}"
        self.width: int = raw["width"]
        self.file: str = raw["file"]

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The word-piece tokenizer, without truncation or padding."""
        return load_tokenizer(self.folder / "tokenizer.json")

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        """The ONNX session, opened when it is first needed."""
        return open_session(self.folder / self.file)

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts: float32, [texts, width], each of length one; their dot product is the cosine."""
        rows = [self.session.run(None, {"ids": inputs_of(text, self.tokenizer)})[0][0] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(texts), self.width)


def inputs_of(text: str, tokenizer: Tokenizer) -> Ints:
    """A text's pieces between [CLS] and [SEP]: int64 of shape [1, pieces]."""
    ids = tokenizer.encode(text, add_special_tokens=False).ids[: LONGEST - 2]
    first, last = frame_of(tokenizer)
    return np.array([[first, *ids, last]], dtype=np.int64)
