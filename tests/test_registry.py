"""The tables that the package brings, and any others: read whole or refused, consistent, looked up."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from evaluation.score import CASES
from verbale.errors import RegistryError
from verbale.registry import Registry, default_registry
from verbale.registry.check import contradictions
from verbale.registry.imports import imported
from verbale.registry.index import ALIKE
from verbale.registry.names import likeness
from verbale.registry.tables import Control, Day, Role, Tables, load

OWN = Path(__file__).parent.parent / "src/verbale/data"
QUESTIONS = list(csv.DictReader((CASES / "offices.csv").read_text(encoding="utf-8").splitlines()))
FILES = {
    "actors/states.csv": "id,name,official,adjectives,people,capital,stand_ins,aliases,source\n"
    "RUR,Ruritania,Kingdom of Ruritania,Ruritanian,Ruritanians,Strelsau,Elphberg Palace,,atlas\n"
    "KEL,Keldavia,Republic of Keldavia,Keldavian,Keldavians,Kelmandy,,,atlas\n",
    "actors/bodies.csv": "id,name,kind,state,seat,aliases,stand_ins,source\n"
    "ruritania-foreign-ministry,Foreign Ministry of Ruritania,ministry,RUR,Strelsau,,,atlas\n",
    "actors/persons.csv": "id,name,aliases,source\n"
    "p-orlay,Pal Orlay,Pál Orlay|Пал Орлай,atlas\n"
    "p-halm,Ida Halm,,atlas\n",
    "actors/offices.csv": "person,role,title,body,state,at,from,until,source\n"
    "p-orlay,foreign-minister,Foreign Minister,ruritania-foreign-ministry,RUR,,2030-05-04,2032,atlas\n"
    "p-halm,foreign-minister,Foreign Minister,ruritania-foreign-ministry,RUR,,2033,,atlas\n",
    "actors/sources.csv": "id,title,address,licence,read\natlas,An atlas,https://example.org/atlas,CC0-1.0,2033-01-01\n",
    "outlets/outlets.csv": "id,name,kind,aliases,domains,state,control,source\n"
    "rta,RTA,agency,Ruritanian Telegraph Agency,rta.example,RUR,state,atlas\n",
}


def written(folder: Path, **changed: str) -> Path:
    """The invented tables, one of them changed: `states` with `("old", "new")` and so on."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(path.stem, text), encoding="utf-8")
    return folder


def replaced(stem: str, old: str, new: str) -> dict[str, str]:
    text = next(text for name, text in FILES.items() if Path(name).stem == stem)
    assert old in text
    return {stem: text.replace(old, new)}


def test_the_packages_own_tables_hold_no_contradiction() -> None:
    assert list(contradictions(load(OWN))) == []


def test_they_are_as_large_as_promised() -> None:
    tables = load(OWN)
    assert len(tables.states) >= 195
    assert len(tables.bodies) >= 150
    assert len(tables.outlets) >= 120
    ministers = (Role.FOREIGN_MINISTER, Role.DEFENCE_MINISTER)
    heads = (Role.HEAD_OF_STATE, Role.HEAD_OF_GOVERNMENT)
    recent = [o for o in tables.offices.values() if not o.until or o.until.last.year >= 2000]
    assert sum(office.role in ministers for office in recent) >= 150
    voices = (Role.SPOKESPERSON, Role.DEPUTY_FOREIGN_MINISTER, Role.AMBASSADOR, Role.ENVOY, Role.NEGOTIATOR)
    speaking = [office for office in recent if office.role in voices]
    assert len(speaking) >= 60
    assert len({o.state or o.body for o in recent if o.role not in heads}) >= 25


@pytest.mark.parametrize(
    "question", QUESTIONS, ids=lambda q: f"{q['role']} {q['state']}{q['body']} {q['day']}"
)
def test_who_held_this_office_on_that_day(question: dict[str, str]) -> None:
    day = date.fromisoformat(question["day"])
    (held,) = default_registry().holders(Role(question["role"]), question["state"], question["body"], day)
    assert likeness(held.name, question["holder"]) >= ALIKE


@pytest.mark.parametrize(
    ("name", "actor", "how"),
    [
        ("Sergey Lavrov", "Q58217", "alias"),
        ("Лавров", "Q58217", "last name"),
        ("Kremlin", "RUS", "stand-in"),
        ("Russian", "RUS", "adjective"),
        ("Foggy Bottom", "us-state-department", "stand-in"),
        ("U.S.", "USA", "alias"),
        ("tass.com", "tass", "domain"),
        ("Antonio Guterres", "Q311440", "name"),
    ],
)
def test_a_name_is_found(name: str, actor: str, how: str) -> None:
    found = {candidate.id: candidate for candidate in default_registry().find(name)}
    assert found[actor].how == how
    assert name in found[actor].detail


def test_nobody_is_made_up() -> None:
    for name in ("Xyzzy Plugh", "", "...", "Ruritania"):
        assert default_registry().find(name) == []


def test_who_is_in_office_is_likelier(tmp_path: Path) -> None:
    two = replaced("persons", "p-halm,Ida Halm", "p-halm,Ida Orlay")
    registry = Registry().fill(load(written(tmp_path, **two)))
    for day, first in ((date(2031, 1, 1), "p-orlay"), (date(2034, 1, 1), "p-halm")):
        found = registry.find("Orlay", day)
        assert found[0].id == first
        assert found[0].score > found[1].score
        assert f"Foreign Minister on {day}" in found[0].detail
    assert [c.score for c in registry.find("Orlay")] == [0.8, 0.8]


def test_another_spelling_is_found_and_said_to_be_one(tmp_path: Path) -> None:
    registry = Registry().fill(load(written(tmp_path)))
    (found,) = registry.find("Pal Orlai")
    assert (found.id, found.how) == ("p-orlay", "spelling")
    assert ALIKE <= found.score < 1
    assert registry.find("Pal Orlov") == []
    assert [c.id for c in registry.find("Пал Орлай")] == ["p-orlay"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014", date(2014, 1, 1), date(2014, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2014-05-12", date(2014, 5, 12), date(2014, 5, 12)),
    ],
)
def test_a_day_can_be_a_year_or_a_month(text: str, first: date, last: date) -> None:
    assert Day.parse(text) == Day(first, last)


WRONG_ROWS = [
    ("offices", "2030-05-04", "2030-05-34", "actors/offices.csv:2", "no day of the calendar"),
    ("offices", "2030-05-04", "2030-13", "actors/offices.csv:2", "no day of the calendar"),
    ("offices", "2030-05-04", "May 2030", "actors/offices.csv:2", "no year, month or day"),
    ("offices", "p-halm,foreign-minister", "p-halm,minster", "actors/offices.csv:3", "is none of"),
    ("bodies", ",ministry,", ",minstry,", "actors/bodies.csv:2", "is none of"),
    ("states", "KEL,Keldavia", "KEL,", "actors/states.csv:3", "name is empty"),
    ("states", "id,name,official", "id,names,official", "actors/states.csv:1", "columns"),
    ("states", ",Kelmandy,,,", ",Kelmandy,,", "actors/states.csv:3", "8 cells where 9"),
    ("persons", "Pal Orlay,", '"Pal Orlay,', "actors/persons.csv", ""),
    ("outlets", ",state,atlas", ",the state,atlas", "outlets/outlets.csv:2", "is none of"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "old", "new", "place", "what"), WRONG_ROWS)
def test_a_wrong_row_is_named_and_nothing_is_loaded(
    tmp_path: Path, stem: str, old: str, new: str, place: str, what: str
) -> None:
    with pytest.raises(RegistryError) as caught:
        load(written(tmp_path, **replaced(stem, old, new)))
    assert place in caught.value.subject
    assert what in caught.value.what


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    (written(tmp_path) / "actors/persons.csv").unlink()
    with pytest.raises(RegistryError, match=r"persons\.csv"):
        load(tmp_path)


CONTRADICTIONS = [
    ("states", "KEL,Keldavia", "RUR,Keldavia", "actors/states.csv:3", "id 'RUR' stands at"),
    ("states", ",Kelmandy,,,", ",Kelmandy,,Ruritania,", "actors/states.csv:3", "'ruritania' is a name at"),
    ("states", "Kelmandy,,,atlas", "Kelmandy,,,almanac", "actors/states.csv:3", "no source 'almanac'"),
    ("bodies", ",RUR,", ",RUT,", "actors/bodies.csv:2", "there is no state 'RUT'"),
    ("offices", "p-halm,", "p-helm,", "actors/offices.csv:3", "there is no person 'p-helm'"),
    ("offices", "ruritania-foreign-ministry,RUR,,2033", ",,,2033", "actors/offices.csv:3", "neither state"),
    ("offices", ",2033,,", ",2031-01,,", "actors/offices.csv:3", "RUR has another foreign-minister"),
    ("offices", ",2030-05-04,2032,", ",2030-05-04,2029,", "actors/offices.csv:2", "it ends before it begins"),
    ("offices", "p-halm,foreign", "p-orlay,foreign", "actors/persons.csv:3", "'p-halm' holds no office"),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "old", "new", "place", "what"), CONTRADICTIONS)
def test_a_contradiction_is_found(
    tmp_path: Path, stem: str, old: str, new: str, place: str, what: str
) -> None:
    found = dict(contradictions(load(written(tmp_path, **replaced(stem, old, new)))))
    assert what in found[place]


def test_an_acting_minister_is_none(tmp_path: Path) -> None:
    """Who stands in for another leaves him his office."""
    acting = replaced(
        "offices", "p-halm,foreign-minister,Foreign Minister", "p-halm,foreign-minister,Acting Minister"
    )
    acting["offices"] = acting["offices"].replace(",2033,,", ",2031-01,,")
    assert list(contradictions(load(written(tmp_path, **acting)))) == []


def test_the_invented_tables_are_consistent(tmp_path: Path) -> None:
    tables = load(written(tmp_path))
    assert list(contradictions(tables)) == []
    (outlet,) = tables.outlets.values()
    assert (outlet.control, outlet.domains) == (Control.STATE, ("rta.example",))


WIKIDATA = {
    "results": {
        "bindings": [
            {
                "person": {"value": "http://www.wikidata.org/entity/Q900000001"},
                "personLabel": {"value": "Ada Rook"},
                "positionLabel": {"value": "Minister of Foreign Affairs of Norway"},
                "countryLabel": {"value": "Norway"},
                "start": {"value": "2031-02-03T00:00:00Z"},
            }
        ]
    }
}
AS_CSV = (
    "person,personLabel,positionLabel,iso3,from,until\nQ900000001,Ada Rook,Foreign Minister,NOR,2031-02-03,\n"
)


@pytest.mark.parametrize(("name", "text"), [("found.json", json.dumps(WIKIDATA)), ("found.csv", AS_CSV)])
def test_a_query_result_is_imported(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = imported(path, default_registry())
    assert found.skipped == []
    registry = Registry(tmp_path / "actors.db").fill(found.tables)
    (held,) = registry.holders(Role.FOREIGN_MINISTER, "NOR", day=date(2032, 1, 1))
    assert (held.person, held.name, held.since) == ("Q900000001", "Ada Rook", date(2031, 2, 3))


def test_a_table_of_ones_own_needs_names_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name,aliases\nTolu Keza,T. Keza|Keza Tolu\n,nobody\n", encoding="utf-8")
    found = imported(path, default_registry())
    ((actor, person),) = found.persons.items()
    assert actor.startswith("p-")
    assert person.aliases == ("T. Keza", "Keza Tolu")
    assert found.skipped == [(f"{path}:3", "no name")]


def test_what_an_import_does_not_understand_is_told(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    rows = ("Ada Rook,Foreign Minister,Atlantis,", "Bo Rook,Beekeeper,Norway,", "Cy Rook,Envoy,Norway,soon")
    path.write_text("\n".join(("name,title,country,start", *rows)), encoding="utf-8")
    reasons = [reason for _, reason in imported(path, default_registry()).skipped]
    assert reasons == [
        "there is no state 'Atlantis'", "'Beekeeper' is no office that is known here", "'soon' is no day"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\0"])
def test_a_table_without_names_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"odd\.csv"):
        imported(path, default_registry())


def test_a_table_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    tables = load(written(tmp_path, **replaced("states", "KEL,Keldavia", "RUR,Keldavia")))
    registry = Registry(tmp_path / "actors.db")
    with pytest.raises(RegistryError):
        registry.fill(tables)
    assert Registry(tmp_path / "actors.db").find("Ruritania") == []


def test_a_second_import_replaces_the_first(tmp_path: Path) -> None:
    path, kept = tmp_path / "found.csv", tmp_path / "actors.db"
    for until in ("", "2033-01-01"):
        path.write_text(AS_CSV.replace("2031-02-03,", f"2031-02-03,{until}"), encoding="utf-8")
        Registry.open(kept, make=True).fill(imported(path, default_registry()).tables)
    (held,) = Registry.open(kept).offices("Q900000001")
    assert held.until == date(2033, 1, 1)
    assert len(Registry.open(kept).find("Ada Rook")) == 1


@pytest.mark.parametrize("data", [None, b"name,role\n", b"SQLite format 3\0 and no more"])
def test_a_file_that_holds_no_actors_is_refused(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "actors.db"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(RegistryError, match=r"actors\.db"):
        Registry.open(path)


def test_empty_tables_are_looked_up_too() -> None:
    nothing = Tables({}, {}, {}, {}, {}, {})
    assert Registry().fill(nothing).find("Orlay") == []
