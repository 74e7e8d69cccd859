"""Which matter of an issue a mention is about: one whose words stand in its sentence, else the first."""

from __future__ import annotations

from dataclasses import dataclass, field

from verbale.registry.issues import Issues
from verbale.registry.lexicon import Entry, Lexicon
from verbale.types import Span


@dataclass(slots=True)
class Matters:
    """The matters of the issues that texts were found to speak of, ready for looking up."""

    issues: Issues
    _known: dict[str, Lexicon] = field(default_factory=dict, repr=False)

    def first(self, issue: str) -> str:
        """The thing itself: the first matter in the table; "" for an issue without any."""
        within = self.issues.matters.get(issue, ())
        return within[0].id if within else ""

    def of(self, issue: str, text: str, sentence: Span, mention: Span) -> str:
        """The matter that a mention is about; of several in its sentence the nearest."""
        found = [
            (
                max(
                    hit.span.start + sentence.start - mention.end,
                    mention.start - hit.span.end - sentence.start,
                    0,
                ),
                hit,
            )
            for hit in self._lexicon(issue).find(sentence.of(text))
        ]
        return min(found, key=lambda pair: pair[0])[1].entry.meaning if found else self.first(issue)

    def _lexicon(self, issue: str) -> Lexicon:
        if issue not in self._known:
            self._known[issue] = Lexicon.of(
                Entry(name, matter.id, "matter")
                for matter in self.issues.matters.get(issue, ())
                for name in (*matter.aliases, matter.name)
            )
        return self._known[issue]
