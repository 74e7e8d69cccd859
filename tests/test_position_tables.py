"""The tables of acts and positions: each row by its own example."""

from __future__ import annotations

from dataclasses import fields

import pytest

from verbale.positions.attitudes import Attitude, is_attitude
from verbale.positions.codes import PLOVER, Code, Strength, code_of, strength_of
from verbale.positions.meetings import Noun, Telling, status_of
from verbale.positions.sides import Private, speaks_for_himself
from verbale.registry import OWN
from verbale.registry.tables import rows
from verbale.types import ActKind

CODES = [code for _, code in rows(OWN, "positions/codes.csv", Code)]


@pytest.mark.parametrize("code", CODES, ids=lambda code: f"{code.kind}-{code.rule}")
def test_a_code_is_the_one_of_its_example(code: Code) -> None:
    found = code_of(code.kind, code.example)
    assert (found.rule, found.cameo) == (code.rule, code.cameo)


def test_every_kind_has_a_code_without_words_at_its_end() -> None:
    for kind in ActKind:
        own = [code for code in CODES if code.kind is kind]
        assert own[-1].words == ""
        assert all(code.words for code in own[:-1])
    assert set(PLOVER) == set(ActKind)


def test_codes_belong_to_their_kinds() -> None:
    """CAMEO's root by kind; 163, 191 and 192 are coercion by PLOVER's map, 175 and 1712 assault."""
    roots = {
        ActKind.STATE: ("01",), ActKind.DENY: ("016",), ActKind.APPEAL: ("02",), ActKind.AGREE: ("03",),
        ActKind.CONSULT: ("04",), ActKind.SUPPORT: ("05",), ActKind.COOPERATE: ("06",), ActKind.AID: ("07",),
        ActKind.CONCEDE: ("08",), ActKind.RETREAT: ("08",), ActKind.INVESTIGATE: ("09",),
        ActKind.DEMAND: ("10",), ActKind.ACCUSE: ("11",), ActKind.REJECT: ("12",), ActKind.THREATEN: ("13",),
        ActKind.PROTEST: ("14",), ActKind.MOBILIZE: ("15",), ActKind.REDUCE: ("16",),
        ActKind.COERCE: ("17", "163", "191", "192"), ActKind.ASSAULT: ("18", "19", "20", "175", "1712"),
    }  # fmt: skip
    for code in CODES:
        assert code.cameo.startswith(roots[code.kind]), code
        assert not code.mode or PLOVER[code.kind], code


@pytest.mark.parametrize("strength", [s for _, s in rows(OWN, "positions/strength.csv", Strength)])
def test_a_strength_is_the_one_of_its_example(strength: Strength) -> None:
    assert strength_of(strength.example) == strength.strength


@pytest.mark.parametrize("attitude", [a for _, a in rows(OWN, "positions/attitudes.csv", Attitude)])
def test_an_attitude_is_seen_in_its_example(attitude: Attitude) -> None:
    assert is_attitude(attitude.example)
    assert not is_attitude("said")


@pytest.mark.parametrize("private", [p for _, p in rows(OWN, "positions/private.csv", Private)])
def test_an_office_of_ones_own_is_seen_in_its_example(private: Private) -> None:
    assert speaks_for_himself(private.example)
    assert not speaks_for_himself("Deputy Foreign Minister")


@pytest.mark.parametrize("telling", [t for _, t in rows(OWN, "positions/meetings.csv", Telling)])
def test_a_meetings_status_is_the_one_of_its_example(telling: Telling) -> None:
    found = status_of(telling.example)
    assert found is not None
    assert found[0].status is telling.status


def test_nouns_of_meetings_have_examples() -> None:
    for _, noun in rows(OWN, "positions/meeting-nouns.csv", Noun):
        assert noun.word.split()[-1].lower() in noun.example.lower()
    assert [field.name for field in fields(Noun)] == ["word", "example"]
