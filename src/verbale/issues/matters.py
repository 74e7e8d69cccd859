"""Which matter of an issue a mention is about: one whose words stand in its sentence, else the first."""

from __future__ import annotations

from dataclasses import dataclass, field

from verbale.issues.phrases import phrases
from verbale.registry.issues import Issues
from verbale.registry.lexicon import Entry, Lexicon
from verbale.types import Span

TALKS = "talks"  # the group of heads that mean talks


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
        if found:
            return min(found, key=lambda pair: pair[0])[1].entry.meaning
        talked_of = any(phrase.head.group == TALKS for phrase in phrases(sentence.of(text)))
        return self._talks(issue) if talked_of else self.first(issue)

    def _talks(self, issue: str) -> str:
        """The matter that is the talks on an issue, else the thing itself."""
        for matter in self.issues.matters.get(issue, ()):
            if any(phrase.head.group == TALKS for phrase in phrases(matter.name)):
                return matter.id
        return self.first(issue)

    def _lexicon(self, issue: str) -> Lexicon:
        if issue not in self._known:
            self._known[issue] = Lexicon.of(
                Entry(name, matter.id, "matter")
                for matter in self.issues.matters.get(issue, ())
                for name in (*matter.aliases, matter.name)
            )
        return self._known[issue]
