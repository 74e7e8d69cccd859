"""Names across spellings and scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.registry.index import ALIKE
from verbale.registry.names import likeness, normal, parts, skeleton

SAME = [
    ("Sergei Ryabkov", "Sergey Ryabkov"),
    ("Sergei Ryabkov", "Сергей Рябков"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
    ("Volodymyr Zelensky", "Володимир Зеленський"),
    ("Dmitry Peskov", "Dmitri Peskov"),
    ("Muammar Gaddafi", "Muammar Qadhafi"),
    ("Mohammad Javad Zarif", "Mohammed Javad Zarif"),
    ("Hossein Amir-Abdollahian", "Hossein Amirabdollahian"),
    ("Josep Borrell", "Josep Borrel"),
    ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
    ("Yuri Ushakov", "Yury Ushakov"),
    ("Alexander Lukashenko", "Alyaksandr Lukashenka"),
    ("Sergei Lavrov", "S. Lavrov"),
    ("Mr. Lavrov", "Lavrov"),
]
OTHERS = [
    ("Sergei Lavrov", "Sergei Shoigu"),
    ("Sergei Lavrov", "Nikolai Lavrov"),
    ("George Bush", "George Brown"),
    ("Wang Yi", "Wang Wenbin"),
    ("Kim Yong-chol", "Kim Yo-jong"),
    ("Ivan Orlov", "Ivan Orlay"),
    ("Ali Bagheri", "Ali Bongo"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_name_are_alike(one: str, other: str) -> None:
    assert likeness(one, other) >= ALIKE
    assert skeleton(parts(one)[-1]) == skeleton(parts(other)[-1])


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_names_are_not_alike(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert likeness(one, one) == (1 if parts(one) else 0)


@given(st.text(max_size=30))
def test_what_is_normal_stays_so(name: str) -> None:
    assert normal(normal(name)) == normal(name)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("U.S.", "us"),
        ("Côte d'Ivoire", "cote divoire"),
        ("  Élysée ", "elysee"),
        ("AL-MAYADEEN", "al mayadeen"),
        ("", ""),
    ],
)
def test_a_normal_name_has_no_marks(name: str, key: str) -> None:
    assert normal(name) == key
