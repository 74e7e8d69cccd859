"""Datelines: the place, day and agency that open a report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import islice

_LINES = 5  # headline, kicker, by-line, and a spare one
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_MONTH_FIRST = rf"{_MONTH} (?P<day>\d{{1,2}})(?:,? (?P<year>\d{{4}}))?"
_DAY_FIRST = rf"(?P<day>\d{{1,2}}) {_MONTH}(?: (?P<year>\d{{4}}))?"
_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’/-]+(?: [A-ZÀ-Þ.'’/-]+)*(?:, [A-Z][\w. ]{1,30}?)?"  # "NEW YORK", "KYIV, Ukraine"
_AGENCY = r"\((?P<outlet>[A-Z][\w .&’'-]{1,40})\)"
_DASH = r"\s*[-–—]"

# One style a row, each with a line that it reads.
DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_MONTH_FIRST} {_AGENCY}{_DASH}",  # Dec. 10, 2022 (EIRNS)—
        rf"{_DAY_FIRST} {_AGENCY}{_DASH}",  # 10 December 2022 (EIRNS) –
        rf"{_PLACE},? {_MONTH_FIRST} {_AGENCY}{_DASH}",  # MOSCOW, Dec 9 (Reuters) -
        rf"{_PLACE},? {_DAY_FIRST} {_AGENCY}{_DASH}",  # BEIJING, 9 Dec. 2022 (Xinhua) --
        rf"{_PLACE} {_AGENCY}{_DASH}",  # KYIV, Ukraine (AP) —
        rf"{_PLACE}, {_MONTH_FIRST}\. ?/(?P<outlet>[A-Z][\w .-]{{1,40}})/\.",  # MOSCOW, December 9. /TASS/.
    )
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline tells; a day without a year is no day."""

    outlet: str = ""
    published: date | None = None


def dateline(text: str) -> Dateline:
    """Read the dateline in a text's first lines, if there is one."""
    for line in islice(filter(None, map(str.strip, text[:4000].split("\n"))), _LINES):
        for style in DATELINES:
            if match := style.match(line):
                fields = match.groupdict()
                return Dateline(fields["outlet"].strip(), _day(fields))
    return Dateline()


def _day(fields: dict[str, str | None]) -> date | None:
    year, month, day = (fields.get(key) for key in ("year", "month", "day"))
    if not (year and month and day):
        return None
    try:
        return date(int(year), _MONTHS.index(month[:3].lower()) + 1, int(day))
    except ValueError:  # 31 June
        return None
