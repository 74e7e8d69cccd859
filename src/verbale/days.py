"""Time phrases such as "on Monday", "last week", "Dec. 10, 2022" → days."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from verbale.cues import either, plain, rows, values, words
from verbale.types import Days

_BEGINS = re.compile(r"[\W\x01-\x03]*")
_HOLIDAY = re.compile(r"\b(?:Super|Black|Good|Ash|Holy|Bloody)\s+$")
_DIGIT = re.compile(r"\d")
_YEAR = r"(?:1[89]|20)\d\d"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time phrase: its offsets, preposition included, and what it means."""

    start: int
    end: int
    days: Days


@cache
def _pattern(ahead: bool) -> re.Pattern[str]:
    """A time phrase: first what may stand before it, then one of five kinds of naming a day."""
    weekday, month = (either(_undotted(words("days", use))) for use in ("weekday", "month"))
    hour, shade = either(words("days", "hour")), either(words("days", "shade"))
    day = rf"(?P<{{}}>{month})\.?\s+(?P<{{}}>[0-3]?\d)(?:st|nd|rd|th)?(?:,?\s+(?P<{{}}>{_YEAR}))?"
    named = day.format("month_b", "day_b", "year_b")
    beside = day.format("month_a", "day_a", "year_a")
    return re.compile(
        rf"""(?<![\w'’-])
        (?P<lead>(?:(?:on|in|at|over|during)\s+)?(?:the\s+(?:morning|afternoon|evening|night|eve)\s+of\s+)?(?:the\s+)?(?:{shade}[\s-]+)*(?:(?:on|in)\s+)?(?:this\s+past\s+)?)
        (?:
          (?P<ago>\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?P<unit>day|week|month|year)s?\s+(?:ago|earlier)\b
        | (?P<past>(?:last|this|past)\s+)?(?P<weekday>{weekday})\b\.?(?:\s+(?P<hour>{hour})\b)?
          (?:,?\s+\(?{beside}\b\)?)?
        | (?P<relative>{either((*words("days", "day"), *words("days", "span"), *_coming(ahead)))})\b
        | {named}\b(?!\s*[-–%])
        | (?P<day_c>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month_c>{month})\b\.?
          (?:,?\s+(?P<year_c>{_YEAR})\b)?
        | (?P<past_d>(?:last|this|past)\s+)?(?P<month_d>{month})\b\.?(?:,?\s+(?:of\s+)?(?P<year_d>{_YEAR})\b)?
        | (?P<year>{_YEAR})\b(?!\s*[-–/%])
        )""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _day_words() -> frozenset[str]:
    """Words without one of which, or a digit, no text tells of a day."""
    uses = ("weekday", "month", "day", "span", "day ahead", "span ahead")
    used = (*(w for use in uses for w in words("days", use)), "ago", "earlier")
    return frozenset(word for phrase in used for word in re.findall(r"\w+", phrase.casefold()))


def _undotted(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.removesuffix(".") for name in names)


def phrases(text: str, published: date | None, *, ahead: bool = False) -> Iterator[Phrase]:
    """All time phrases of a text that can be dated.

    Args:
        text: any words.
        published: the day that "yesterday" and "on Monday" are counted from; without it they are not dated.
        ahead: whether they tell of what is to come: "on Monday" is then the next one, and "tomorrow" is read.
    """
    if not _DIGIT.search(text) and _day_words().isdisjoint(re.findall(r"\w+", text.casefold())):
        return
    for match in _pattern(ahead).finditer(text):
        if not _fits(text, match):
            continue
        found = _dated(match, published, ahead)
        if found:
            owner = match["weekday"] and text[match.end() : match.end() + 1] in ("'", "’")
            bare = owner or (match["weekday"] and match["lead"].casefold().endswith("the "))
            start = match.start("weekday") if bare else match.start()
            yield Phrase(start, match.end() - _full_stop(match[0]), found)


def _full_stop(phrase: str) -> int:
    """1 when a phrase ends with its sentence's full stop and not that of "Sept."."""
    word = phrase.split()[-1]
    return int(word.endswith(".") and word.casefold() not in {w.casefold() for w in _dotted()})


@cache
def _dotted() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("days") if row["word"].endswith("."))


def meaning(phrase: str, published: date | None) -> Days | None:
    """What a time phrase means.

    Args:
        phrase: such as "on Monday", "in February", "Dec. 10, 2022".
        published: the day that it is counted from, None when it is not known.

    Returns:
        None when the phrase is none, or needs the day.
    """
    return next((found.days for found in phrases(phrase.strip(), published)), None)


@cache
def event_noun() -> re.Pattern[str]:
    """A medium or an event of the saying, at most three words on."""
    nouns = either((*words("media", "noun"), *words("venues", "event")))
    return re.compile(rf"(?:['’]s?)?\s+(?:[\w'’-]+\s+){{0,3}}?{nouns}\b", re.IGNORECASE)


@cache
def _never() -> re.Pattern[str]:
    return re.compile(rf"\b{either(words('days', 'never'))}\s+(?:the\s+)?$", re.IGNORECASE)


def _fits(text: str, match: re.Match[str]) -> bool:
    """Whether a match is a time at all, and not of the kind that tells when something else is."""
    if _never().search(text, 0, match.start()):
        return False
    lead = match["lead"].casefold()
    name = match["month_d"] or match["weekday"] or match["month_b"] or match["month_c"]
    if name and not name[0].isupper():
        return False  # "march", "sat", "may"
    if match["relative"] and match["relative"][-1].isupper() | (
        match["relative"][0].isupper() and not _BEGINS.fullmatch(text, 0, match.start())
    ):
        return False  # "USA TODAY", "This Week"
    if match["weekday"] and _HOLIDAY.search(text, 0, match.start("weekday")):
        return False
    if (match["month_d"] or match["year"]) and event_noun().match(text, match.end()):
        return True  # "a June letter", "his 1990 memoir"
    if match["month_d"] and not match["year_d"] and not match["past_d"]:
        return bool(re.search(r"\b(?:in|early|late|mid)\b", lead))
    if match["year"]:
        return bool(re.search(r"\bin\s", lead))
    if match["weekday"] and len(match["weekday"]) == 3:  # Sun, Sat: a word or a name but for its full stop
        return match[0].rstrip().endswith(".") or bool(match["month_a"])
    return True


def _coming(ahead: bool) -> tuple[str, ...]:
    return (*words("days", "day ahead"), *words("days", "span ahead")) if ahead else ()


def _dated(match: re.Match[str], published: date | None, ahead: bool) -> Days | None:
    try:
        if match["ago"]:
            return _ago(match["ago"], match["unit"], published)
        if match["relative"]:
            return _relative(plain(match["relative"]), published)
        for key in "abc":
            if match[f"month_{key}"]:
                month = _number("month", match[f"month_{key}"])
                return _day_of(month, int(match[f"day_{key}"]), match[f"year_{key}"], published, ahead)
        if match["weekday"]:
            return _weekday(match, published, ahead)
        if match["month_d"]:
            return _month(match, published, ahead)
        year = int(match["year"])
        return Days(date(year, 1, 1), date(year, 12, 31), "year")
    except (ValueError, OverflowError):
        return None  # no day of the calendar


def _number(use: str, word: str) -> int:
    known = values("days", use, "value")
    word = word.casefold()
    return int(known[word] if word in known else known[f"{word}."])


def _one(day: date) -> Days:
    return Days(day, day, "day")


def _ago(count: str, unit: str, published: date | None) -> Days | None:
    if published is None:
        return None
    spelt = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    word = count.casefold()
    back = int(word) if word.isdigit() else 1 if word in ("a", "an") else spelt.index(word)
    return _one(published - timedelta(back)) if unit.casefold() == "day" else _before(unit, back, published)


def _weekday(match: re.Match[str], published: date | None, ahead: bool) -> Days | None:
    if published is None:
        return None
    if ahead and not match["past"]:
        return _one(published + timedelta((_number("weekday", match["weekday"]) - published.weekday()) % 7))
    back = (published.weekday() - _number("weekday", match["weekday"])) % 7
    if match["past"] and match["past"].strip().casefold() != "this" and not back:
        back = 7
    return _one(published - timedelta(back))


def _day_of(month: int, day: int, year: str | None, published: date | None, ahead: bool) -> Days | None:
    """A day of the calendar; without its year the last one up to the date, or the next one from it."""
    if year:
        return _one(date(int(year), month, day))
    if published is None:
        return None
    for years in range(9):  # the 29th of February may be eight years off
        year_ = published.year + (years if ahead else -years)
        if day <= calendar.monthrange(year_, month)[1]:
            found = date(year_, month, day)
            if found >= published if ahead else found <= published:
                return _one(found)
    return None


def _month(match: re.Match[str], published: date | None, ahead: bool) -> Days | None:
    month, year = _number("month", match["month_d"]), match["year_d"]
    if year:
        return _whole_month(int(year), month)
    if published is None:
        return None
    if ahead and not match["past_d"]:
        return _whole_month(published.year + (month < published.month), month)
    return _whole_month(published.year - (month > published.month), month)


def _whole_month(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def _relative(word: str, published: date | None) -> Days | None:
    if published is None:
        return None
    if word in (back := values("days", "day", "value")):
        return _one(published - timedelta(int(back[word])))
    if word in (coming := values("days", "day ahead", "value")):
        return _one(published + timedelta(int(coming[word])))
    spans = values("days", "span", "value")
    unit, number = (spans[word] if word in spans else values("days", "span ahead", "value")[word]).split()
    return _before(unit, int(number), published)


def _before(unit: str, count: int, published: date) -> Days:
    """The whole week, month or year that lies so many before the day's own."""
    if unit.casefold() == "week":
        monday = published - timedelta(published.weekday() + 7 * count)
        return Days(monday, monday + timedelta(6), "week")
    if unit.casefold() == "month":
        months = published.year * 12 + published.month - 1 - count
        return _whole_month(months // 12, months % 12 + 1)
    return Days(date(published.year - count, 1, 1), date(published.year - count, 12, 31), "year")
