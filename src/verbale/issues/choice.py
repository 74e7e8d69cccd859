"""Which issue a phrase means: features of each candidate, weighed (conditional logit, McFadden 1974)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from verbale.issues.phrases import Phrase
from verbale.registry import OWN
from verbale.registry.issues import Issue, Issues
from verbale.registry.lexicon import Hit, words_of
from verbale.registry.tables import rows

Features = Mapping[str, float]
REACH = 3000  # characters between a phrase and an issue's last mention
NOTHING = ""  # the candidate that no issue of the tables is meant


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
    """What a text has spoken of up to some place.

    Attributes:
        last: by issue where its last mention begins.
        counts: by issue how many mentions there were.
        other: by group of heads where a phrase last meant something that is no issue.
    """

    last: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    other: dict[str, int] = field(default_factory=dict)

    def mention(self, issue: str, at: int) -> None:
        """An issue is mentioned at an offset."""
        self.last[issue] = at
        self.counts[issue] = self.counts.get(issue, 0) + 1

    def something_else(self, phrase: Phrase | Hit) -> None:
        """A phrase means no issue of the tables; one that says more than its head brings up another thing."""
        if isinstance(phrase, Phrase) and (phrase.before or phrase.behind):
            self.other[phrase.head.group] = phrase.span.start


def candidates(phrase: Phrase, spoken: Spoken, issues: Issues, alike: Mapping[str, float]) -> list[str]:
    """The issues that a phrase may mean: those spoken of, their kin that bear the head, and those alike.

    Args:
        phrase: the phrase.
        spoken: what was spoken of before.
        issues: the tables.
        alike: by issue how alike its names and the phrase are, where that is asked.
    """
    near = [issue for issue, at in spoken.last.items() if phrase.span.start - at <= REACH]
    kin = [other for issue in near for other in issues.kin(issue) if bears(issues.by_id[other], phrase)]
    return list(dict.fromkeys((*near, *kin, *alike)))


def bears(issue: Issue, phrase: Phrase) -> bool:
    """Whether one of an issue's names has the phrase's head."""
    return any(phrase.head.head in name.lower() for name in (issue.name, *issue.aliases, *issue.short))


def speaks_of(issues: Issues, issue: str, phrase: Phrase) -> bool:
    """Whether a phrase's head can mean an issue: by its kind, its names or the nouns for it."""
    known = issues.by_id[issue]
    head = phrase.head
    return known.kind in head.kinds or head.head in issues.nouns.get(issue, ()) or bears(known, phrase)


def features(
    phrase: Phrase,
    issues: Issues,
    candidate: str,
    spoken: Spoken,
    vocabulary: frozenset[str],
    alike: Mapping[str, float],
) -> Features:
    """What speaks for and against one candidate.

    Args:
        phrase: the phrase.
        issues: the tables.
        candidate: an issue.
        spoken: what was spoken of before.
        vocabulary: words of the candidate's names, matters and parties.
        alike: as in `candidates`.
    """
    at, issue = phrase.span.start, issues.by_id[candidate]
    told = told_words(phrase)
    fits = speaks_of(issues, candidate, phrase)
    behind = [word for word in phrase.behind if word[:1].isupper()]
    lower = [word.lower() for word in phrase.behind if len(word) > 3 and word.islower()]
    found: dict[str, float] = {
        "kind": issue.kind in phrase.head.kinds,
        "fits": fits,
        "bears": bears(issue, phrase),
        "noun": phrase.head.head in issues.nouns.get(candidate, ()),
        "told": _share(told, vocabulary),
        "strange": min(3, sum(word not in vocabulary for word in told)),
        "behind": _share([word.lower() for word in behind], vocabulary),
        "behind strange": min(2, sum(word.lower() not in vocabulary for word in behind)),
        "lower": _share(lower, vocabulary),
        "lower strange": min(3, sum(word not in vocabulary for word in lower)),
        **_years(phrase, issue),
    }
    if alike:
        best = max(alike.values())
        found |= {
            "alike": alike.get(issue.id, 0.0),
            "most alike": alike.get(issue.id) == best,
            "very alike": max(0.0, alike.get(issue.id, 0.0) - 0.6),
        }
    if issue.id in spoken.last:
        later = sum(
            where > spoken.last[issue.id] and speaks_of(issues, other, phrase)
            for other, where in spoken.last.items()
        )
        found |= {
            "mentioned": 1.0,
            "points": phrase.points,
            "bare": not phrase.determiner,
            "later 1": later == 1,
            "later 2": later >= 2,
            "latest": later == 0 and fits,
            "far": math.log1p((at - spoken.last[issue.id]) / 100),
            "often": math.log1p(spoken.counts[issue.id]),
            "other since": spoken.other.get(phrase.head.group, -1) > spoken.last[issue.id],
        }
    elif issue.parent in spoken.last:
        found["part"] = 1.0
    return {name: float(value) for name, value in found.items() if value}


def nothing(phrase: Phrase, spoken: Spoken) -> Features:
    """What speaks for no issue at all."""
    told = told_words(phrase)
    return {
        name: float(value)
        for name, value in {
            "none": 1.0,
            "none points": phrase.points,
            "none bare": not phrase.determiner,
            "none told": min(3, len(told)),
            "none behind": min(3, len(phrase.behind)),
            "none first": not spoken.last,
            f"none {phrase.head.group}": 1.0,
        }.items()
        if value
    }


def told_words(phrase: Phrase) -> list[str]:
    """The words before a head that tell what it is."""
    return [word.lower() for word in phrase.before if word.lower() not in neutral()]


def _share(words: Sequence[str], vocabulary: frozenset[str]) -> float:
    return sum(word in vocabulary for word in words) / len(words) if words else 0.0


def _years(phrase: Phrase, issue: Issue) -> dict[str, float]:
    """Whether years in the phrase are those of the issue."""
    years = {int(w) for w in (*phrase.before, *phrase.behind) if w.isdigit() and len(w) == 4}
    if not years:
        return {}
    its = {day.first.year for day in (issue.since, issue.until) if day}
    words = (word.folded for name in (issue.name, *issue.aliases) for word in words_of(name))
    its |= {int(word) for word in words if word.isdigit()}
    return {"year": float(bool(years & its)), "other year": float(bool(its) and not years & its)}


def shares(rows_: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """The probability of each candidate, by their features."""
    scores = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows_]
    most = max(scores)
    odds = [math.exp(score - most) for score in scores]
    total = sum(odds)
    return [each / total for each in odds]
