"""The words of each issue: of its names, its matters' and its parties'."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from verbale.registry.issues import Issue, Issues
from verbale.registry.lexicon import words_of


def vocabulary_of(issues: Issues, parties: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """By issue its words, folded.

    Args:
        issues: the tables.
        parties: by id of a state or body its names.
    """
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
