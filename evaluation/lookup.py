"""How long a lookup takes in a registry of a million invented persons, beside one in the package's own.

python -m evaluation.lookup [--persons N]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from verbale.registry import Registry, default_registry
from verbale.registry.tables import Day, Office, Person, Role, Tables

BATCH, ASKED = 50_000, 500
_PARTS = [first + last for first in "bdfghklmnprstvz" for last in ("a", "e", "i", "o", "u", "ar", "en", "ov")]


def batches(persons: int, rng: random.Random) -> Iterator[Tables]:
    """Tables of invented persons with an office each."""
    since = Day(date(2020, 1, 1), date(2020, 12, 31))
    for first in range(0, persons, BATCH):
        numbers = range(first, min(first + BATCH, persons))
        rows = {str(n): Person(f"p-{n}", _name(rng), (), "invented") for n in numbers}
        offices = {
            n: Office(row.id, Role.ENVOY, "Envoy", "", "RUS", "", since, None, "invented")
            for n, row in rows.items()
        }
        yield Tables({}, {}, rows, offices, {}, {})


def _name(rng: random.Random) -> str:
    return " ".join("".join(rng.choices(_PARTS, k=rng.choice((2, 3)))).capitalize() for _ in range(2))


def milliseconds(registry: Registry, rng: random.Random) -> list[float]:
    """Of each of some lookups, by names that may or may not be known, on a day."""
    times = []
    for _ in range(ASKED):
        name = _name(rng)
        began = time.perf_counter()
        registry.find(name, date(2022, 12, 9))
        times.append(1000 * (time.perf_counter() - began))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--persons", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large = Registry(Path(folder) / "actors.db")
        for tables in batches(options.persons, random.Random(1)):
            large.fill(tables)
        found = {"the package's own": default_registry(), f"{options.persons:,} persons": large}
        for name, registry in found.items():
            times = milliseconds(registry, random.Random(2))
            p95 = statistics.quantiles(times, n=20)[-1]
            print(
                json.dumps(
                    {name: {"median, ms": round(statistics.median(times), 2), "p95, ms": round(p95, 2)}}
                )
            )


if __name__ == "__main__":
    main()
