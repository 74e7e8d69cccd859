"""Scores of a text's pieces → linked spans of pieces."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbale.attributions.viterbi import BEGIN, END, SINGLE, Laid, best_spans
from verbale.models.manifest import Manifest
from verbale.models.tagger import Scores
from verbale.models.tokens import Ints

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Run = tuple[int, int]  # first and last piece, both inclusive
ROLES = ("cue", "source", "content")
LINKED = ("source", "content")
CHAIN = 2  # pieces from one cue to the next that directly follows it: a comma may stand between
UNLIKELY = 8.0  # taken from a link's log-odds
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


@dataclass(frozen=True, slots=True)
class Rules:
    """How one layer of scores is decoded.

    Attributes:
        tags: names of the tags, in the order of the scores.
        distance: link bias by role and distance, [2, 2 * farthest + 1].
        link_weight: what links count beside tags.
        opening, cue_opening: added to each beginning of a span: below 0, spans become dearer.
    """

    tags: tuple[str, ...]
    distance: Floats
    link_weight: float
    opening: float
    cue_opening: float

    @staticmethod
    def of(manifest: Manifest, layer: str) -> Rules:
        """The rules of a model's layer, "outer" or "nested"."""
        weights = manifest.decoding
        return Rules(
            manifest.tags,
            np.array(manifest.layers[layer].distance, dtype=np.float32),
            weights["link_weight"],
            weights["opening"],
            weights["cue_opening"],
        )


def decode(runs: Sequence[Run], scores: Scores, rules: Rules) -> list[list[Linked]]:
    """Decode parts of a text: cues first, then jointly the role and the cue of all other pieces.

    Args:
        runs: the parts, as first piece and the one behind the last.
        scores: what one layer says of the text's pieces.
        rules: the layer's.

    Returns:
        What stands in each run, in pieces of the text.
    """
    outside = rules.tags.index("O")
    columns = [[rules.tags.index(f"{position}-{role}") for position in "BIES"] for role in ROLES]
    tagged = scores.tags[:, columns]  # [pieces, roles, 4]
    cue_like = tagged.copy()
    cue_like[:, 0, [0, 3]] += rules.cue_opening
    likely = cue_like[:, 0].max(axis=1) > scores.tags[:, outside]
    runs_with = [n for n, (start, end) in enumerate(runs) if likely[start:end].any()]
    laid = best_spans([(scores.tags[a:b, outside], cue_like[a:b]) for a, b in (runs[n] for n in runs_with)])
    total = np.logaddexp.reduce(tagged, axis=2)
    joint = []
    for n, spans in zip(runs_with, laid, strict=True):
        if cues := [(a, b) for group, a, b in spans if group == 0]:
            part = slice(*runs[n])
            part_scores = Scores(tagged[part], scores.queries[part], scores.keys[part])
            links = link_scores(part_scores, cues, rules)
            joint.append(
                Joint(n, part.start, cues, links, tagged[part], total[part], scores.tags[part, outside])
            )
    found: list[list[Linked]] = [[] for _ in runs]
    laid = best_spans([each.groups(rules) for each in joint])
    for each, spans in zip(joint, laid, strict=True):
        found[each.run] = each.linked(spans)
    return found


def chained(cues: Sequence[Run], pieces: int) -> Flags:
    """Whether a cue directly follows another one, both behind a piece: [pieces, cues].

    "“No,” he said, reported A", "“No,” he said, adding …": what stands before belongs to *said*.
    """
    found = np.zeros((pieces, len(cues)), dtype=bool)
    for number, ((_, last), (first, _)) in enumerate(itertools.pairwise(cues), 1):
        if first - last <= CHAIN:
            found[:last, number] = True
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


def link_scores(scores: Scores, cues: Sequence[Run], rules: Rules) -> Floats:
    """Log-probability of each cue for each piece as a source's and as a content's: [pieces, 2, cues]."""
    at, bias = np.array([first for first, _ in cues]), rules.distance
    products = np.einsum("trd,kd->trk", scores.queries, scores.keys[at]) / np.sqrt(scores.keys.shape[1])
    farthest = bias.shape[1] // 2
    apart = np.clip(at[None, :] - np.arange(len(scores.tags))[:, None], -farthest, farthest) + farthest
    products = products + bias[:, apart].transpose(1, 0, 2)
    products -= UNLIKELY * chained(cues, len(products))[:, None]
    top = products.max(axis=-1, keepdims=True)
    normalised: Floats = products - top - np.log(np.exp(products - top).sum(axis=-1, keepdims=True))
    return normalised


@dataclass(frozen=True, slots=True)
class Joint:
    """One run whose cues are known, with what decides the role and the cue of its other pieces.

    Attributes:
        run: its number; start: its first piece.
        cues: in pieces of the run, as all below.
        links: log-probabilities, [pieces, 2, cues].
        tags: log-probabilities, [pieces, roles, 4]; total: over the four, [pieces, roles].
        outside: log-probabilities, [pieces].
    """

    run: int
    start: int
    cues: list[Run]
    links: Floats
    tags: Floats
    total: Floats
    outside: Floats

    def groups(self, rules: Rules) -> tuple[Floats, Floats]:
        """What `best_spans` asks for: a group for each cue's source, then one for each cue's content."""
        groups = np.concatenate(
            [
                self.tags[:, ROLES.index(role), None, :] + rules.link_weight * self.links[:, number, :, None]
                for number, role in enumerate(LINKED)
            ],
            axis=1,
        )
        groups[:, :, [0, 3]] += rules.opening
        free = self.outside.copy()
        for a, b in self.cues:  # a cue's pieces are taken
            groups[a : b + 1] = -np.inf
            free[a : b + 1] = 0.0
        return free, groups

    def linked(self, spans: Laid) -> list[Linked]:
        """The cues that got a content, with what they got."""
        parts: dict[int, list[Run]] = {}
        for group, a, b in spans:
            parts.setdefault(group, []).append((a, b))
        return [
            _shifted(self._linked(cue, parts.get(cue, []), parts[len(self.cues) + cue]), self.start)
            for cue in range(len(self.cues))
            if len(self.cues) + cue in parts
        ]

    def _linked(self, number: int, sources: list[Run], contents: list[Run]) -> Linked:
        cue, content = self.cues[number], tuple(contents)

        def mean(role: str, runs: Sequence[Run]) -> float:
            return _mean(self.total[:, ROLES.index(role)], runs)

        def edges(role: str, runs: Sequence[Run]) -> float:
            of_role = self.tags[:, ROLES.index(role)]
            first = [np.logaddexp(of_role[a, BEGIN], of_role[a, SINGLE]) for a, _ in runs]
            last = [np.logaddexp(of_role[b, END], of_role[b, SINGLE]) for _, b in runs]
            return float(sum(first + last)) / (2 * len(runs)) if runs else 0.0

        def link(role: int, runs: Sequence[Run]) -> float:
            return _mean(self.links[:, role, number], runs)

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


def _mean(values: Floats, runs: Sequence[Run]) -> float:
    """Mean over the pieces of some runs; 0 over none."""
    pieces = sum(b - a + 1 for a, b in runs)
    return float(sum(np.add.reduce(values[a : b + 1]) for a, b in runs)) / pieces if runs else 0.0


def _shifted(linked: Linked, by: int) -> Linked:
    def moved(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple((a + by, b + by) for a, b in runs)

    return Linked(moved((linked.cue,))[0], moved(linked.source), moved(linked.content), linked.features)
