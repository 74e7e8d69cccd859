"""Wordings of tables as patterns."""

from __future__ import annotations

import pytest

from verbale.registry.wording import wording


@pytest.mark.parametrize(
    ("words", "text", "stands"),
    [
        ("postpon* .. talks", "Brelk postponed the second round of talks", True),
        ("postpon* .. talks", "the postponement of the talks", True),
        ("postpon* .. talks", "talks were postponed", False),
        ("postpon* .. talks", "postponed one two three four five six talks", False),
        ("no comment|declin* to say", "He declined to say more", True),
        ("lie", "they believe it", False),
        ("call* for <what>", "called for an end", True),
    ],
)
def test_a_wording_stands_or_does_not(words: str, text: str, stands: bool) -> None:
    assert bool(wording(words, (("what", "an end"),)).search(text)) is stands
