from __future__ import annotations

from dataclasses import replace

import numpy as np

from verbale.attributions.found import Found
from verbale.attributions.nested import nested
from verbale.models.tagger import Scores, TaggerModel
from verbale.types import Kind, Span

TEXT = "Orlay said that Strelsau had announced that it would leave the treaty in spring."


def saying(text: str, content: str, kind: Kind = Kind.INDIRECT) -> Found:
    start = text.index(content)
    return Found((), (), (Span(start, start + len(content)),), kind, 0.9, "tagger")


def read(text: str, outer: list[Found], model: TaggerModel) -> list[list[Found]]:
    pieces = model.cut(text)
    return nested(text, pieces, outer, model.score(pieces).nested, model.manifest)


def test_a_saying_in_a_content_is_found(model: TaggerModel) -> None:
    ((found,),) = read(TEXT, [saying(TEXT, TEXT[11:-1])], model)
    assert [span.of(TEXT) for span in found.source] == ["Strelsau"]
    assert "announced" in found.cue[0].of(TEXT)
    assert "leave the treaty" in found.content[0].of(TEXT)


def test_each_content_has_its_own(model: TaggerModel) -> None:
    text = f"{TEXT}\nHalm said that it was cold in the hall.\n{TEXT}"
    outer = [
        saying(text, "that Strelsau had announced that it would leave the treaty in spring"),
        saying(text, "that it was cold in the hall"),
    ]
    first, second = read(text, outer, model)
    assert len(first) == 1
    assert second == []


def test_what_is_nested_lies_in_the_content(model: TaggerModel) -> None:
    """Also where the content ends earlier than the saying in it."""
    for end in range(20, len(TEXT)):
        (found,) = read(TEXT, [saying(TEXT, TEXT[11:end])], model)
        for each in found:
            for span in (*each.source, *each.cue, *each.content):
                assert 11 <= span.start < span.end <= end


def test_what_is_nested_ends_with_its_sentence(model: TaggerModel) -> None:
    text = "“Strelsau says that it will leave the treaty. It will leave in spring,” Orlay said."
    parts = {
        "source": "Strelsau",
        "cue": "says",
        "content": "that it will leave the treaty. It will leave in spring",
    }
    outer = saying(text, text[: text.index(" Orlay")], Kind.DIRECT)
    # a content cut short looks improbable
    manifest = replace(model.manifest, decoding={**model.manifest.decoding, "nested_least": 0.0})
    ((found,),) = nested(text, model.cut(text), [outer], sure(model, text, parts), manifest)
    assert [span.of(text) for span in found.content] == ["that it will leave the treaty."]


def test_a_short_content_holds_nothing(model: TaggerModel) -> None:
    text = "Orlay said Strelsau announced war."
    assert read(text, [saying(text, "Strelsau announced war")], model) == [[]]


def test_nothing_to_look_into(model: TaggerModel) -> None:
    assert read(TEXT, [], model) == []


def test_a_speakers_own_hedge_is_no_second_voice(model: TaggerModel) -> None:
    """“I said that we would leave” between marks repeats the speaker; outside of them it is somebody's."""
    text = "“I said that we would leave the treaty in spring,” Orlay added."
    content = text[: text.index(" Orlay")]
    pieces = model.cut(text)
    scores = sure(
        model, text, {"source": "I", "cue": "said", "content": "that we would leave the treaty in spring"}
    )
    for kind, count in ((Kind.DIRECT, 0), (Kind.MIXED, 0), (Kind.INDIRECT, 1)):
        (found,) = nested(text, pieces, [saying(text, content, kind)], scores, model.manifest)
        assert len(found) == count


def sure(model: TaggerModel, text: str, parts: dict[str, str]) -> Scores:
    """Scores that leave no doubt of the parts."""
    pieces, tags = model.cut(text), model.manifest.tags
    wanted = np.full(len(pieces), tags.index("O"))
    for role, words in parts.items():
        start = text.index(words)
        inside = np.flatnonzero((pieces.starts >= start) & (pieces.ends <= start + len(words)))
        wanted[inside] = tags.index(f"I-{role}")
        wanted[inside[0]], wanted[inside[-1]] = tags.index(f"B-{role}"), tags.index(f"E-{role}")
        if len(inside) == 1:
            wanted[inside] = tags.index(f"S-{role}")
    scores = np.full((len(pieces), len(tags)), -12.0, dtype=np.float32)
    scores[np.arange(len(pieces)), wanted] = -0.001
    width = model.manifest.layers["nested"].link_width
    return Scores(
        scores, np.zeros((len(pieces), 2, width), np.float32), np.zeros((len(pieces), width), np.float32)
    )
