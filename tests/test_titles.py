"""Titles in any order, and what kind of voice words alone make; the persons are invented."""

from __future__ import annotations

import csv
import time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.registry import Registry, default_registry
from verbale.registry.tables import Role
from verbale.speakers.titles import Title, person_in, title_of
from verbale.types import Speaking

REGISTRY = default_registry()
TABLES = ("titles", "bodies", "groups", "words", "given_names")


def read(words: str, *names: str) -> Title:
    return title_of(words, REGISTRY, names)


# words | office | role | body | state | at
TITLES = """
Russian Deputy Foreign Minister Sergei Halm | Deputy Foreign Minister | deputy-foreign-minister | russia-foreign-ministry | RUS |
Tolu Keza, spokeswoman for Russia's Foreign Ministry, | spokeswoman | spokesperson | russia-foreign-ministry | RUS |
Russian Foreign Ministry spokeswoman Tolu Keza | spokeswoman | spokesperson | russia-foreign-ministry | RUS |
Russia's Foreign Ministry spokeswoman Tolu Keza | spokeswoman | spokesperson | russia-foreign-ministry | RUS |
Foreign Ministry spokeswoman Tolu Keza | spokeswoman | spokesperson | Foreign Ministry | |
Tolu Keza, Russia’s top negotiator | top negotiator | negotiator | | RUS |
the EU's foreign policy chief Tolu Keza | foreign policy chief | high-representative | eu | |
Secretary of State Keza | Secretary of State | foreign-minister | us-state-department | USA |
U.S. Deputy Secretary of State Keza | Deputy Secretary of State | deputy-foreign-minister | us-state-department | USA |
former Defense Secretary Dorn | former Defense Secretary | | | USA |
Sen. Dorn (R-Ky.) | Sen. | legislator | us-senate | USA |
Rep. Dorn of Ohio | Rep. | legislator | us-house-of-representatives | USA |
Australian Senator Dorn | Senator | legislator | | AUS |
Governor Dorn of Georgia | Governor | | | USA |
Tolu Keza, the ministry's spokesman | spokesman | spokesperson | | |
IAEA Director General Dorn | Director General | director-general | iaea | |
IAEA Deputy Director-General Dorn | Deputy Director-General | deputy-director-general | iaea | |
NATO Secretary-General Dorn | Secretary-General | secretary-general | nato | |
Dr. Dorn | | | | |
Clinton's campaign manager Dorn | campaign manager | | | |
Polish President Dorn | President | head-of-state | | POL |
the president of Freedonia | president of Freedonia | head-of-state | | |
the president of Moldova | president | head-of-state | | MDA |
Prime Minister of Moldova Jan Dorn | Prime Minister | head-of-government | | MDA |
Jan Dorn, Moldova's prime minister, | prime minister | head-of-government | | MDA |
then-Foreign Minister Keza | then-Foreign Minister | | | |
ex-President Dorn | ex-President | | | |
vice-president Dorn | vice-president | deputy-head-of-government | | |
Chinese vice foreign minister Dorn | vice foreign minister | deputy-foreign-minister | china-foreign-ministry | CHN |
Russian Ambassador to the U.S. Pavlo Dorn | Ambassador to the U.S. | ambassador | | RUS | USA
U.S. Ambassador Nikki Dorn | Ambassador | ambassador | | USA |
the ambassador to Moscow | ambassador to Moscow | ambassador | | | RUS
Moscow's ambassador to Washington | ambassador to Washington | ambassador | | RUS | USA
UN Ambassador Dorn | UN Ambassador | ambassador | | | un
China's permanent representative to the United Nations, Li Dorn | permanent representative to the United Nations | ambassador | | CHN | un
US special envoy for Iran Dorn | special envoy for Iran | envoy | | USA | IRN
the mayor of Bern | mayor of Bern | | | CHE |
UK Defence Secretary Dorn | Defence Secretary | defence-minister | uk-defence-ministry | GBR |
British Foreign Secretary Keza | Foreign Secretary | foreign-minister | uk-foreign-office | GBR |
Kremlin spokesman Dorn | spokesman | spokesperson | russia-kremlin | RUS |
Acme spokesman Jan Dorn | spokesman | spokesperson | Acme | |
a spokesman for the Interior Ministry | spokesman | spokesperson | Interior Ministry | |
russian foreign minister jan dorn | foreign minister | foreign-minister | russia-foreign-ministry | RUS |
RUSSIAN FOREIGN MINISTER JAN DORN | FOREIGN MINISTER | foreign-minister | russia-foreign-ministry | RUS |
Secretary of the Russian Security Council Dorn | Secretary | | russia-security-council | RUS |
the State Department | | | us-state-department | USA |
the Pentagon | | | us-defense-department | USA |
a senior White House official | | | us-white-house | USA |
the Russian Embassy in Washington | | | Russian Embassy | RUS |
the Department of Fisheries | | | Department of Fisheries | |
a Washington lawyer | | | | |
a diplomat in Moscow | | | | |
European diplomats | | | | |
Jan Dorn, Hungary’s Minister of Foreign Affairs and Trade | Minister of Foreign Affairs and Trade | foreign-minister | hungary-foreign-ministry | HUN |
Jan Dorn, Russia's deputy foreign minister in charge of arms control, | deputy foreign minister | deputy-foreign-minister | russia-foreign-ministry | RUS |
Jan Dorn, a professor of law at Pelm University | professor of law | | Pelm University | |
"""  # noqa: E501


@pytest.mark.parametrize("row", TITLES.strip().splitlines())
def test_the_parts_of_a_title(row: str) -> None:
    words, office, role, body, state, at = (cell.strip() for cell in f"{row} ".split("|"))
    found = read(words)
    assert (found.office, found.role or "", found.body, found.state, found.at) == (
        office,
        role,
        body,
        state,
        at,
    )


KINDS = {
    Speaking.PERSON: (
        "Russian Deputy Foreign Minister Sergei Halm",
        "Tolu Keza, the ministry's spokesman",
        "Dr. Dorn",
        "Jan Dorn",
        "the ministry's spokesman, Tolu Keza",
        "Mr. Dorn",
        "President Dorn's",
        "Jan Dorn and Tolu Keza",
        "Virginia Dorn",
        "Jan Dorn, who led the talks,",
        "Dorn, a lawyer",
        "Gov. Dorn",
    ),
    Speaking.OFFICE: (
        "the deputy foreign minister",
        "the spokeswoman",
        "Russia's foreign minister",
        "the president of Freedonia",
        "President of Moldova",
    ),
    Speaking.BODY: (
        "the campaign",
        "the Kremlin",
        "Trump campaign",
        "the Foreign Ministry",
        "the party",
        "the statement",
        "TASS",
        "a report by the Court",
        "Pelm University",
        "the N.P.R.",
    ),
    Speaking.STATE: (
        "Moscow",
        "the U.S.",
        "Russia",
        "the government",
        "the Russian government",
        "Moscow and Washington",
    ),
    Speaking.GROUP: (
        "voters",
        "critics",
        "Russians",
        "the Russians",
        "Russian diplomats",
        "most analysts",
        "everyone",
        "some",
        "people",
        "foreign ministers",
        "46 percent",
        "many of his supporters",
        "beekeepers",
    ),
    Speaking.NAMELESS: (
        "a spokesman",
        "an official",
        "officials familiar with the talks",
        "one voter",
        "a source close to the president",
        "sources",
        "two diplomats",
        "a senior White House official",
        "a former foreign minister",
        "Keza's lawyer",
        "people familiar with the matter",
        "three U.S. intelligence officials",
        "a beekeeper",
    ),
    None: (
        "he",
        "she",
        "they",
        "we",
        "it",
        "who",
        "Dorn",
        "",
        " ",
        ",",
        "…",
        "(",
        "'s",
        "the",
        "of",
        "Dorn's",
    ),
}


@pytest.mark.parametrize(("kind", "words"), [(kind, words) for kind, each in KINDS.items() for words in each])
def test_what_kind_of_voice_words_alone_make(kind: Speaking | None, words: str) -> None:
    assert read(words).kind is kind


def test_a_name_that_the_caller_knows_makes_a_person() -> None:
    assert read("Dorn", "Dorn").kind is Speaking.PERSON
    assert read("dorn of the Foreign Ministry", "dorn").kind is Speaking.PERSON
    assert read("Dorn's campaign", "Dorn").kind is Speaking.BODY
    assert read("Dorn campaign", "Dorn").kind is Speaking.BODY
    assert read("Dorn's lawyer", "Dorn").kind is Speaking.NAMELESS


def test_a_name_can_be_a_capital() -> None:
    found = read("Foreign Minister Jan Washington", "Jan Washington")
    assert (found.kind, found.state, found.office) == (Speaking.PERSON, "", "Foreign Minister")


def test_a_ministry_that_follows_from_role_and_state_is_marked() -> None:
    found = read("the Russian foreign minister")
    assert [r.rule for r in found.reasons if r.field == "body"] == ["title:derived"]
    assert found.role is Role.FOREIGN_MINISTER


def test_who_was_in_office_holds_no_role() -> None:
    found = read("former Russian Foreign Minister Jan Dorn")
    assert (found.office, found.role, found.body, found.state) == ("former Foreign Minister", None, "", "RUS")
    assert "title:former" in {r.rule for r in found.reasons}


@pytest.mark.parametrize(
    ("words", "plural", "definite"),
    [
        ("the minister", False, True),
        ("a minister", False, False),
        ("two ministers", True, False),
        ("the ministers", True, True),
        ("Russia's ministers", True, True),
        ("voters", True, False),
        ("Foreign Minister Keza", False, True),
        ("the Russians", True, True),
    ],
)
def test_number_and_definiteness(words: str, plural: bool, definite: bool) -> None:
    assert (read(words).plural, read(words).definite) == (plural, definite)


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("the deputy foreign minister", "foreign minister"),
        ("most voters", "voters"),
        ("the Kremlin", "kremlin"),
    ],
)
def test_the_head_is_what_words_are_about(words: str, head: str) -> None:
    assert read(words).head == head


@given(st.text(max_size=120), st.lists(st.text(max_size=12), max_size=3))
def test_any_words_are_read(words: str, names: list[str]) -> None:
    assert isinstance(title_of(words, REGISTRY, names), Title)


_PIECES = (
    "the",
    "a",
    "Russian",
    "Russia's",
    "deputy",
    "former",
    "Foreign",
    "Minister",
    "spokesman",
    "for",
    "of",
    "to",
    "Ministry",
    "Keza",
    "Jan",
    ",",
    "(R-Ky.)",
    "U.S.",
    "who",
    "two",
    "officials",
    "close",
    "and",
    "'s",
    "-",
    "Ohio",
)


@given(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_any_order_of_title_words_is_read(pieces: list[str]) -> None:
    words = " ".join(pieces)
    found = read(words)
    assert all(word in words.replace("'", "’") for word in found.office.replace("'", "’").split())
    assert found == read(words)


def test_very_long_words_are_read_in_time() -> None:
    began = time.perf_counter()
    read("the Russian deputy foreign minister of the ministry, " * 5000)
    assert time.perf_counter() - began < 0.5


def test_an_empty_registry_knows_no_states(tmp_path_factory: pytest.TempPathFactory) -> None:
    schema = files("verbale.registry").joinpath("schema.sql").read_text(encoding="utf-8")
    registry = Registry()
    registry.connection.executescript(schema)
    found = title_of("Russian Foreign Minister Jan Dorn", registry)
    assert (found.role, found.state, found.kind) == (Role.FOREIGN_MINISTER, "", Speaking.PERSON)


@pytest.mark.parametrize("table", TABLES)
def test_every_row_has_an_example_that_shows_its_word(table: str) -> None:
    text = files("verbale").joinpath(f"data/titles/{table}.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines(), strict=True))
    assert len({row[0] for row in rows}) == len(rows)
    plain = str.maketrans("-é’", " e'")
    for row in rows[1:]:
        assert len(row) == len(rows[0])
        shown = row[-1].casefold().translate(plain).replace(".", "").replace("d'", "d ")
        assert row[0].casefold().translate(plain) in shown, row


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Foreign Minister Pal Orlay of Russia", "Pal Orlay"),
        ("Russian Foreign Minister Pal Orlay", "Pal Orlay"),
        ("Pal Orlay, the Russian foreign minister", "Pal Orlay"),
        ("the Russian foreign minister", ""),
        ("Russia", ""),
        ("", ""),
    ],
)
def test_the_person_beside_a_title(words: str, name: str) -> None:
    assert person_in(words, REGISTRY) == name
