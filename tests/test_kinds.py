from __future__ import annotations

import pytest

from verbale.attributions.kinds import kind_of
from verbale.quotes import quotations
from verbale.types import Kind, Span

# A text with its content between ⟦ and ⟧, and the content's kind.
CASES = [
    ("⟦“We will come,”⟧ Halm said.", Kind.DIRECT),
    ("Halm said ⟦that they would come⟧.", Kind.INDIRECT),
    ("Halm said ⟦they would come “with open hands”⟧.", Kind.MIXED),
    ("⟦“We came,”⟧ he said, ⟦“and we stay.”⟧", Kind.DIRECT),
    ("⟦“We came,”⟧ he said, ⟦and they would stay⟧.", Kind.MIXED),
    ("Halm said “I heard ⟦that they come⟧ today”.", Kind.DIRECT),  # its marks may stand outside
    ("Halm said “so” and ⟦left⟧.", Kind.INDIRECT),
    ("Halm’s view is ⟦that the ministers’ talks don’t help⟧.", Kind.INDIRECT),  # apostrophes
    ("⟦'We come,'⟧ he said.", Kind.DIRECT),
    ("He said ⟦“We go⟧", Kind.DIRECT),  # never closed
    ("⟦“We go,” – “now”⟧", Kind.DIRECT),  # signs between the marks are no words
    ("⟦…⟧", Kind.INDIRECT),  # no word at all
    ("⟦2022⟧ “x”", Kind.INDIRECT),
]


@pytest.mark.parametrize(("marked", "kind"), CASES)
def test_kind_of(marked: str, kind: Kind) -> None:
    text, spans = "", []
    for part in marked.split("⟦"):
        content, *rest = part.split("⟧")
        if rest:
            spans.append(Span(len(text), len(text) + len(content)))
        text += content + "".join(rest)
    assert kind_of(text, tuple(spans), quotations(text)) is kind


def test_a_word_counts_where_it_begins() -> None:
    assert kind_of("abc", (Span(0, 3),), ((0, 1),)) is Kind.DIRECT
    assert kind_of("abc", (Span(0, 3),), ((1, 3),)) is Kind.INDIRECT
    assert kind_of("a b", (Span(0, 3),), ((0, 2),)) is Kind.MIXED
    assert kind_of("a b", (Span(0, 3),), ((0, 1), (2, 3))) is Kind.DIRECT
