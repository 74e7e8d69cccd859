"""Names of issues in a text, and what bears a short one out, which may mean something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verbale.issues.choice import Features, Spoken
from verbale.registry.issues import Issues
from verbale.registry.lexicon import Hit, Lexicon, words_of

SHORT = "short"
AROUND = 150  # characters on both sides in which words of the issue are looked for


@dataclass(frozen=True, slots=True)
class Named:
    """The names of issues in a text.

    Attributes:
        hits: in order.
        spoken: issues that a longer name stands for, and those that these are parts of.
        parties: ids of the states and bodies named.
    """

    hits: tuple[Hit, ...]
    spoken: frozenset[str]
    parties: frozenset[str]


def named(text: str, names: Lexicon, parties: Lexicon, issues: Issues) -> Named:
    """Find the names of issues in a text.

    Args:
        text: a document's.
        names: of issues; they mean ids.
        parties: names of states and bodies; they mean ids.
        issues: the tables.
    """
    hits = names.find(text)
    long = {hit.entry.meaning for hit in hits if hit.entry.how != SHORT}
    spoken = long | {above for issue in long for above in issues.above(issue)}
    asked = any(hit.entry.how == SHORT for hit in hits)
    there = frozenset(hit.entry.meaning for hit in parties.find(text)) if asked else frozenset[str]()
    return Named(hits, frozenset(spoken), there)


def short_features(
    text: str, hit: Hit, found: Named, spoken: Spoken, issues: Issues, vocabulary: frozenset[str]
) -> tuple[Features, Features]:
    """What speaks for a short name's meaning its issue, and for its meaning something else."""
    issue = issues.by_id[hit.entry.meaning]
    words = {word.folded for word in words_of(hit.span.of(text))}
    around = words_of(text[max(0, hit.span.start - AROUND) : hit.span.end + AROUND])
    near = {word.folded for word in around if len(word.folded) > 3} - words
    kin = issues.kin(issue.id)
    return {
        name: float(value)
        for name, value in {
            "short": 1.0,
            "short acronym": hit.span.of(text).isupper(),
            "short words": min(4, len(words)),
            "short spoken": issue.id in found.spoken,
            "short kin": any(other in found.spoken for other in kin),
            "short again": issue.id in spoken.last,
            "short parties": _named(issue.parties, found.parties),
            "short alone": bool(issue.parties) and not found.parties.intersection(issue.parties),
            "short near": min(4, len(near & vocabulary)),
        }.items()
        if value
    }, {"none short": 1.0}


def _named(parties: Sequence[str], there: frozenset[str]) -> float:
    return len(there.intersection(parties)) / len(parties) if parties else 0.0
