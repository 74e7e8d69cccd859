"""The tagger's ONNX file at run time: a text's pieces in, scores out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from verbale.models.manifest import LAYERS, Manifest, check_digest, load_manifest
from verbale.models.session import open_session
from verbale.models.tokens import Pieces, cut, frame_of, load_tokenizer
from verbale.models.windows import SLICE, joined, windows

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What one layer of the tagger says of a text's pieces.

    Attributes:
        tags: log-probabilities, [pieces, tags], in the order of the manifest's `tags`.
        queries: [pieces, 2, width]: what a source's and a content's piece asks of its cue.
        keys: [pieces, width]: what a cue's first piece answers with.
    """

    tags: Floats
    queries: Floats
    keys: Floats


@dataclass(frozen=True, slots=True)
class Mentions:
    """What the tagger says of names, and of whom pronouns and descriptions mean.

    Attributes:
        names: log-probabilities, [pieces, name tags], in the order of the manifest's `name_tags`.
        queries: [pieces, width]: what a pronoun or description asks of the name that it stands for.
        keys: [pieces, width]: what a name's first piece answers with.
        nobody: [pieces]: the score that the text names nobody, as a query's product with a key.
    """

    names: Floats
    queries: Floats
    keys: Floats
    nobody: Floats


@dataclass(frozen=True, slots=True)
class Layers:
    """What the tagger says of a text's pieces.

    Attributes:
        outer: as parts of attributions that stand on their own.
        nested: as parts of attributions inside the content of one of these.
        mentions: as names and as standing for names.
    """

    outer: Scores
    nested: Scores
    mentions: Mentions


@dataclass(frozen=True, slots=True)
class Tagged:
    """A text as the tagger read it, once for all that is made of it.

    Attributes:
        manifest: the model's, which says how the scores are read.
    """

    pieces: Pieces
    layers: Layers
    manifest: Manifest


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

    def tag(self, text: str) -> Tagged:
        """Cut a text and score its pieces."""
        pieces = self.cut(text)
        return Tagged(pieces, self.score(pieces), self.manifest)

    def score(self, pieces: Pieces) -> Layers:
        """Score every piece of a text once, in overlapping windows."""
        whole = {name: np.empty((len(pieces), *shape), dtype=np.float32) for name, shape in self._outputs()}
        nobody = np.empty(len(pieces), dtype=np.float32)
        frame = frame_of(self.tokenizer)
        for window in windows(pieces, self.manifest.window - 2, self.manifest.context):
            inputs = joined(pieces, slice(window.start, window.end), frame)
            outputs = self.session.run([*whole], {name: values[None] for name, values in inputs.items()})
            kept = slice(window.first - window.start, window.last - window.start)
            for rows, part in zip(whole.values(), outputs, strict=True):
                rows[window.first : window.last] = part[0][SLICE][kept]
            queries = whole["mention_queries"][window.first : window.last]
            nobody[window.first : window.last] = queries @ outputs[[*whole].index("mention_keys")][0][0]
        outer, nested = (
            Scores(_log_softmax(whole[f"{name}_tags"]), whole[f"{name}_queries"], whole[f"{name}_keys"])
            for name in LAYERS
        )
        mentions = Mentions(
            _log_softmax(whole["mention_names"]), whole["mention_queries"], whole["mention_keys"], nobody
        )
        return Layers(outer, nested, mentions)

    def _outputs(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The network's outputs with their shapes for one piece."""
        for name, layer in self.manifest.layers.items():
            yield f"{name}_tags", (len(self.manifest.tags),)
            yield f"{name}_queries", (2, layer.link_width)
            yield f"{name}_keys", (layer.link_width,)
        yield "mention_names", (len(self.manifest.name_tags),)
        yield "mention_queries", (self.manifest.mention_width,)
        yield "mention_keys", (self.manifest.mention_width,)


def _log_softmax(logits: Floats) -> Floats:
    shifted = logits - logits.max(axis=-1, keepdims=True)
    found: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return found
