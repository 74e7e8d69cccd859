"""What “the treaty” and “such negotiations” mean: the issue last spoken of that they can mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from verbale.issues.phrases import Head, Phrase
from verbale.registry import OWN
from verbale.registry.issues import Issue, Issues
from verbale.registry.lexicon import words_of
from verbale.registry.tables import rows

REACH = 1500  # characters between a phrase and the issue's last mention


@dataclass(frozen=True, slots=True)
class Neutral:
    """A word that may stand before a head without making it another thing: “the current talks”."""

    word: str
    example: str


@cache
def neutral() -> frozenset[str]:
    """The words of the table."""
    return frozenset(each.word for _, each in rows(OWN, "issues/neutral.csv", Neutral))


@dataclass(slots=True)
class Spoken:
    """What a text has spoken of: where each issue last; `other` by group where something else was meant."""

    issues: Issues
    vocabulary: Mapping[str, frozenset[str]]
    last: dict[str, int]
    other: dict[str, int]

    def mention(self, issue: str, at: int) -> None:
        """An issue is named at an offset."""
        self.last[issue] = at

    def meant(self, phrase: Phrase) -> str | None:
        """The issue that a phrase means, None for none that is known.

        It is the one last spoken of that the head can mean, unless words of the phrase speak against it or
        another such thing was spoken of since.
        """
        at = phrase.span.start
        told = [w.lower() for w in phrase.before if w.lower() not in neutral()]
        near = sorted(
            ((where, issue) for issue, where in self.last.items() if at - where <= REACH), reverse=True
        )
        for where, issue in near:
            if not speaks_of(self.issues.by_id[issue], phrase.head):
                continue
            if where < self.other.get(phrase.head.group, -1):
                return None
            if all(word in self.vocabulary[issue] for word in told) and self._fits(phrase, issue):
                return issue
        if told:
            self.another(phrase)
        return None

    def another(self, phrase: Phrase) -> None:
        """A phrase names or brings up something else: “the Harbour Treaty”, “a new deal”."""
        if any(w.lower() not in neutral() for w in phrase.before):
            self.other[phrase.head.group] = phrase.span.start

    def _fits(self, phrase: Phrase, issue: str) -> bool:
        """Whether the names behind the head do not speak against an issue."""
        named = [w for w in phrase.behind if w[:1].isupper()]
        return not named or any(w.lower() in self.vocabulary[issue] for w in named)


def speaks_of(issue: Issue, head: Head) -> bool:
    """Whether a noun can mean an issue: by the issue's kind, or since one of its names has the noun."""
    return issue.kind in head.kinds or any(
        head.head in name.lower().split() for name in (issue.name, *issue.aliases)
    )


def vocabulary_of(issues: Issues, parties: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """By issue the words of its names, its matters' and its parties'."""
    return {
        issue.id: frozenset(word.folded for name in _names(issue, issues, parties) for word in words_of(name))
        for issue in issues.by_id.values()
    }


def _names(issue: Issue, issues: Issues, parties: Mapping[str, Sequence[str]]) -> Iterable[str]:
    yield from (issue.name, *issue.aliases, *issue.short)
    for matter in issues.matters.get(issue.id, ()):
        yield from (matter.name, *matter.aliases)
    for party in issue.parties:
        yield from parties.get(party, ())
