"""Scores of a text's pieces → linked spans of pieces."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbale.attributions.viterbi import best_spans
from verbale.models.manifest import Manifest
from verbale.models.tagger import Scores
from verbale.models.tokens import Ints, Pieces

Floats = NDArray[np.float32]
Run = tuple[int, int]  # first and last piece, both inclusive
ROLES = ("cue", "source", "content")
LINKED = ("source", "content")
LONGEST = 600  # pieces decoded at once; a longer line is cut where nothing is said


@dataclass(frozen=True, slots=True)
class Linked:
    """A cue with its source and content as runs of pieces, and the scores that speak for it.

    Attributes:
        features: named numbers that the probability is made from.
    """

    cue: Run
    source: tuple[Run, ...]
    content: tuple[Run, ...]
    features: dict[str, float]


def decode(pieces: Pieces, scores: Scores, manifest: Manifest) -> list[Linked]:
    """Decode a text: cues first, then jointly the role and the cue of all other pieces."""
    found: list[Linked] = []
    outside = manifest.tags.index("O")
    for start, end in segments(pieces.lines, scores.tags[:, outside]):
        part = Scores(scores.tags[start:end], scores.queries[start:end], scores.keys[start:end])
        found += [_shifted(linked, start) for linked in decode_segment(part, manifest)]
    return found


def segments(lines: Ints, outside: Floats) -> list[Run]:
    """Cut a text into lines, and longer ones than LONGEST where the tagger is surest that nothing is said."""
    bounds = [0, *(np.flatnonzero(np.diff(lines)) + 1).tolist(), len(lines)]
    cut: list[Run] = []
    for start, end in itertools.pairwise(bounds):
        while end - start > LONGEST:
            window = outside[start + LONGEST // 2 : start + LONGEST]
            at = start + LONGEST // 2 + int(window.argmax()) + 1
            cut.append((start, at))
            start = at
        if end > start:
            cut.append((start, end))
    return cut


def decode_segment(scores: Scores, manifest: Manifest) -> list[Linked]:
    """Decode one line; see `decode`."""
    outside = manifest.tags.index("O")
    by_role = {
        role: scores.tags[:, [manifest.tags.index(f"{position}-{role}") for position in "BIES"]]
        for role in ROLES
    }
    opening = manifest.decoding["cue_opening"]
    tagged = np.stack([by_role[role] for role in ROLES], axis=1).copy()
    tagged[:, 0, [0, 3]] += opening
    cues = [(a, b) for group, a, b in best_spans(scores.tags[:, outside], tagged) if group == 0]
    if not cues:
        return []
    links = link_scores(scores, [a for a, _ in cues], manifest)
    weight = manifest.decoding["link_weight"]
    groups = np.concatenate(
        [
            by_role[role][:, None, :] + weight * links[:, number, :, None]
            for number, role in enumerate(LINKED)
        ],
        axis=1,
    )
    groups[:, :, [0, 3]] += manifest.decoding["opening"]
    free = scores.tags[:, outside].copy()
    for a, b in cues:  # a cue's pieces are taken
        groups[a : b + 1] = -np.inf
        free[a : b + 1] = 0.0
    spans: dict[tuple[int, int], list[Run]] = {}
    for group, a, b in best_spans(free, groups):
        role, cue = divmod(group, len(cues))
        spans.setdefault((role, cue), []).append((a, b))
    return [
        _linked(number, cue, spans, scores, links, by_role)
        for number, cue in enumerate(cues)
        if (1, number) in spans
    ]


def link_scores(scores: Scores, cues: list[int], manifest: Manifest) -> Floats:
    """Log-probability of each cue for each piece as a source's and as a content's: [pieces, 2, cues]."""
    at = np.array(cues)
    products = np.einsum("trd,kd->trk", scores.queries, scores.keys[at]) / np.sqrt(manifest.link_width)
    bias = np.array(manifest.distance, dtype=np.float32)
    farthest = bias.shape[1] // 2
    apart = np.clip(at[None, :] - np.arange(len(scores.tags))[:, None], -farthest, farthest) + farthest
    products = products + bias[:, apart].transpose(1, 0, 2)
    top = products.max(axis=-1, keepdims=True)
    normalised: Floats = products - top - np.log(np.exp(products - top).sum(axis=-1, keepdims=True))
    return normalised


def _linked(
    number: int,
    cue: Run,
    spans: dict[tuple[int, int], list[Run]],
    scores: Scores,
    links: Floats,
    by_role: dict[str, Floats],
) -> Linked:
    content = tuple(spans[1, number])
    sources = spans.get((0, number), [])
    total = {role: np.logaddexp.reduce(values, axis=1) for role, values in by_role.items()}

    def mean(role: str, runs: list[Run] | tuple[Run, ...]) -> float:
        return float(np.mean(np.concatenate([total[role][a : b + 1] for a, b in runs]))) if runs else 0.0

    def edges(role: str, runs: list[Run] | tuple[Run, ...]) -> float:
        first = [np.logaddexp(by_role[role][a, 0], by_role[role][a, 3]) for a, _ in runs]
        last = [np.logaddexp(by_role[role][b, 2], by_role[role][b, 3]) for _, b in runs]
        return float(np.mean(first + last)) if runs else 0.0

    def link(role: int, runs: list[Run] | tuple[Run, ...]) -> float:
        return (
            float(np.mean(np.concatenate([links[a : b + 1, role, number] for a, b in runs]))) if runs else 0.0
        )

    # A second source is rare in the corpus and mostly an error: keep the likeliest.
    source = tuple(sorted(sources, key=lambda run: -mean("source", [run]) - link(0, [run]))[:1])
    features = {
        "cue": mean("cue", [cue]),
        "cue_edges": edges("cue", [cue]),
        "content": mean("content", content),
        "content_edges": edges("content", content),
        "content_link": link(1, content),
        "content_pieces": float(np.log(sum(b - a + 1 for a, b in content))),
        "content_parts": float(len(content) > 1),
        "source": mean("source", source),
        "source_edges": edges("source", source),
        "source_link": link(0, source),
        "sourceless": float(not source),
    }
    return Linked(cue, source, content, features)


def _shifted(linked: Linked, by: int) -> Linked:
    def moved(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple((a + by, b + by) for a, b in runs)

    return Linked(moved((linked.cue,))[0], moved(linked.source), moved(linked.content), linked.features)
