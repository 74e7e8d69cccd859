from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verbale.errors import ModelError
from verbale.models.tagger import TaggerModel
from verbale.models.tokens import GAPS, QUOTED, SHAPES, Pieces, frame_of, load_tokenizer

ANY = st.text(max_size=200)  # without lone surrogates
HARD = st.text(
    alphabet="aB1 \n\t\r\x00\x07\u200b\u0301\ufeff\u2028“”'é각ﬀİßǅ中😀👩\u200d🇷🇺\U0010ffff.", max_size=120
)


def names(kinds: tuple[str, ...], values: np.ndarray) -> list[str]:
    return [kinds[value] for value in values]


def words(text: str, pieces: Pieces) -> list[str]:
    return [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)]


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("the US and us", ["lower", "upper", "lower", "lower"]),
        ("Halm", ["title"]),
        ("I saw A", ["initial", "lower", "initial"]),
        ("2022 x", ["digit", "lower"]),
        ("NATO, eBay.", ["upper", "other", "mixed", "other"]),
        ("“”", ["other", "other"]),
    ],
)
def test_shapes_keep_what_lower_casing_loses(text: str, shapes: list[str], model: TaggerModel) -> None:
    pieces = model.cut(text)
    first = [bool(gap) or not text[at].isalnum() for gap, at in zip(pieces.gaps, pieces.starts, strict=True)]
    by_word = [shape for shape, is_first in zip(names(SHAPES, pieces.shapes), first, strict=True) if is_first]
    assert by_word == shapes


def test_gaps_tell_spaces_lines_and_paragraphs(model: TaggerModel) -> None:
    text = "one two\nthree\n\nfour, \r\n five"
    pieces = model.cut(text)
    found = dict(zip(words(text, pieces), names(GAPS, pieces.gaps), strict=True))
    assert found == {
        "one": "paragraph", "two": "space", "three": "line", "four": "paragraph", ",": "none", "five": "line",
    }  # fmt: skip
    assert pieces.lines.tolist() == [0, 0, 1, 3, 3, 4]


def test_quoted_tells_inside_and_marks(model: TaggerModel) -> None:
    text = "He said “we go” now"
    pieces = model.cut(text)
    assert list(zip(words(text, pieces), names(QUOTED, pieces.quoted), strict=True)) == [
        ("He", "outside"), ("said", "outside"), ("“", "mark"), ("we", "inside"), ("go", "inside"),
        ("”", "mark"), ("now", "outside"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00\x07", "\u200b\ufeff", "\u0301"])
def test_a_text_without_a_visible_character_has_no_pieces(text: str, model: TaggerModel) -> None:
    assert len(model.cut(text)) == 0


@settings(deadline=None)
@given(st.one_of(ANY, HARD))
@example("김정은")  # one character becomes several pieces
@example("a" * 300)  # longer than any word of the vocabulary
@example("e\u0301\u0301")
@example("\r\n\r\n x")
def test_offsets_stand_in_the_text_in_order_and_arrays_agree(text: str) -> None:
    from verbale.models import default_tagger

    pieces = default_tagger().cut(text)
    arrays = set(Pieces.__dataclass_fields__) - {"quotations"}
    assert {len(getattr(pieces, name)) for name in arrays} == {len(pieces)}
    assert (pieces.starts >= 0).all()
    assert (pieces.starts < pieces.ends).all()
    assert (pieces.ends <= len(text)).all()
    assert (np.diff(pieces.starts) >= 0).all()
    assert (np.diff(pieces.ends) >= 0).all()
    # pieces are apart, or share the one character that they are cut from
    assert ((pieces.starts[1:] >= pieces.ends[:-1]) | (pieces.starts[1:] == pieces.starts[:-1])).all()
    assert pieces.lines.tolist() == [text.count("\n", 0, start) for start in pieces.starts]
    assert all("\n" not in word and word.strip() for word in words(text, pieces))
    assert set(pieces.shapes.tolist()) <= set(range(len(SHAPES)))
    assert set(pieces.gaps.tolist()) <= set(range(len(GAPS)))
    assert set(pieces.quoted.tolist()) <= set(range(len(QUOTED)))


@settings(deadline=None)
@given(st.text(alphabet="abcXYZ 12.,“”\n", max_size=120))
def test_every_visible_character_belongs_to_exactly_one_piece(text: str) -> None:
    from verbale.models import default_tagger

    pieces = default_tagger().cut(text)
    covered = [at for a, b in zip(pieces.starts, pieces.ends, strict=True) for at in range(a, b)]
    assert covered == [at for at, character in enumerate(text) if not character.isspace()]


@pytest.mark.parametrize("text", ["a \ud800 b", "\udfff", "ok\n\udc80"])
def test_half_a_character_is_a_clear_error(text: str, model: TaggerModel) -> None:
    with pytest.raises(UnicodeEncodeError, match="surrogates not allowed") as caught:
        model.cut(text)
    assert "\ud800" <= text[caught.value.start] <= "\udfff"


def test_a_line_of_very_many_words_is_cut_whole(model: TaggerModel) -> None:
    began = time.process_time()
    pieces = model.cut("“It isn’t” he said " * 50_000)  # 200,000 words
    assert len(pieces) == 50_000 * 8
    assert set(pieces.lines.tolist()) == {0}
    assert time.process_time() - began < 15


def test_neither_truncated_nor_padded(model: TaggerModel) -> None:
    assert model.tokenizer.truncation is None
    assert model.tokenizer.padding is None
    assert len(model.cut("word " * 1000)) == 1000


def test_the_frame_is_berts(model: TaggerModel) -> None:
    assert frame_of(model.tokenizer) == (101, 102)


def test_a_tokenizer_without_a_frame_is_refused() -> None:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel

    with pytest.raises(ValueError, match=r"\[CLS\]"):
        frame_of(Tokenizer(WordLevel({"a": 0}, unk_token="a")))


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe", b'{"version": "1.0"}', b"[]"])
def test_a_damaged_tokenizer_is_a_model_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="tokenizer") as caught:
        load_tokenizer(path)
    assert caught.value.subject == str(path)
    assert "install" in caught.value.remedy
