"""On what day something was said: phrases such as "on Monday", "last week", "Dec. 10, 2022"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from verbale.speakers.circumstances.cues import either, plain, rows, values, words
from verbale.speakers.circumstances.frame import Frame, frame
from verbale.speakers.context import Context
from verbale.types import Attribution, Days, Spans

_SUBJECT = re.compile(
    r"(?:[^\W\d_a-z][\w.'’-]*|of|the|and|for|de|al|van|von|in)(?:\s+(?:[^\W\d_a-z][\w.'’-]*|of|the|and|for|de|al|van|von|in))*"
)
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
def _pattern() -> re.Pattern[str]:
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
        | (?P<relative>{either((*words("days", "day"), *words("days", "span")))})\b
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
    used = (*(w for use in ("weekday", "month", "day", "span") for w in words("days", use)), "ago", "earlier")
    return frozenset(word for phrase in used for word in re.findall(r"\w+", phrase.casefold()))


def _undotted(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.removesuffix(".") for name in names)


def phrases(text: str, published: date | None) -> Iterator[Phrase]:
    """All time phrases of a text that can be dated.

    Args:
        text: any words.
        published: the day that "yesterday" and "on Monday" are counted from; without it they are not dated.
    """
    if not _DIGIT.search(text) and _day_words().isdisjoint(re.findall(r"\w+", text.casefold())):
        return
    for match in _pattern().finditer(text):
        if not _fits(text, match):
            continue
        found = _dated(match, published)
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


def days(context: Context, attribution: Attribution) -> Days | None:
    """When something was said, as its sentence tells.

    Of several phrases the nearest to the cue counts; where there is none, one at the content's very end
    behind a comma, or else the sentence's own.
    """
    around = frame(context, attribution, documents=True)
    if around is None:
        return None
    published = context.document.published
    found = [p for p in phrases(around.text, published) if _is_sayings(around, p)]
    if found:
        nearest = min(found, key=lambda p: (around.away(p.start, p.end), p.start))
        return replace(nearest.days, span=around.span(nearest.start, nearest.end))
    return (
        _at_the_end(context, attribution)
        or _shared(context, attribution, around)
        or _of_the_same(context, attribution, around)
    )


def _of_the_same(context: Context, attribution: Attribution, around: Frame) -> Days | None:
    """The day of what the same source said before in the sentence: "N said Monday that … and insisted"."""
    for other in context.attributions:
        if (
            other.id == attribution.id
            or not other.cue
            or not attribution.cue
            or other.source != attribution.source
        ):
            continue
        subject = all(s.end <= other.cue[0].start for s in attribution.source)
        between = context.document.text[other.cue[-1].end : attribution.cue[0].start]
        if (
            subject
            and other.cue[0].start >= around.start
            and re.search(r"(?:,|\b(?:and|but))\s+(?:\w+ly\s+)?$", between)
        ):
            own = frame(context, other, documents=True)
            found = list(phrases(own.text, context.document.published)) if own else []
            if own and found:
                nearest = min(found, key=lambda p: (own.away(p.start, p.end), p.start))
                return replace(nearest.days, span=own.span(nearest.start, nearest.end))
    return None


def _is_sayings(around: Frame, phrase: Phrase) -> bool:
    """Whether a phrase is not bound to another noun: "Sunday's attack"; that of a medium or event counts."""
    after = around.text[phrase.end :]
    if re.match(r"['’]s?\s+[“\"‘]", after):  # "on Wednesday’s “Kanal Show”"
        return True
    bound = re.match(r"['’]s?\b", after) or re.search(r"\b[Tt]he\s+$", around.text[: phrase.start])
    return not bound or bool(_own_noun().match(after))


def _at_the_end(context: Context, attribution: Attribution) -> Days | None:
    """A phrase that closes the content behind a comma: "concerns about the dam, yesterday"."""
    last = attribution.content[-1]
    words_ = last.of(context.document.text)
    stripped = words_.rstrip(" .,”\"'’")
    for phrase in phrases(words_, context.document.published):
        if phrase.end == len(stripped) and words_[: phrase.start].rstrip().endswith(","):
            return replace(phrase.days, span=type(last)(last.start + phrase.start, last.start + phrase.end))
    return None


def _shared(context: Context, attribution: Attribution, around: Frame) -> Days | None:
    """A day at the sentence's beginning or right behind its subject: "N on Monday hailed the dam but warned".

    It holds for all that the sentence joins, though not for clauses under it.
    """
    if any(o.id != attribution.id and _holds(o.content, attribution.cue) for o in context.attributions):
        return None
    first = min(span.start for span in (*attribution.source, *attribution.cue, *attribution.content))
    text = context.document.text[around.start : max(first, around.start)]
    text = (
        text
        if not attribution.cue
        else context.document.text[around.start : max(attribution.cue[0].start, around.start)]
    )
    if any(o.start < around.start + len(text) and around.start < o.end for o in attribution.content):
        return None
    heads = [0, *(s.end - around.start for a in context.attributions for s in a.source)]
    for phrase in phrases(text, context.document.published):
        if phrase.days.precision not in ("day", "week"):
            continue
        before = text[: phrase.start].rstrip()
        if len(before) in heads or _SUBJECT.fullmatch(before):
            clauses = re.search(
                rf"\b{either(words('clauses', 'under'))}\b", text[phrase.end :], re.IGNORECASE
            )
            return None if clauses else replace(phrase.days, span=around.span(phrase.start, phrase.end))
    return None


def _holds(outer: Spans, inner: Spans) -> bool:
    return any(o.start <= i.start and i.end <= o.end for o in outer for i in inner)


@cache
def _own_noun() -> re.Pattern[str]:
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
    if (match["month_d"] or match["year"]) and _own_noun().match(text, match.end()):
        return True  # "a June letter", "his 1990 memoir"
    if match["month_d"] and not match["year_d"] and not match["past_d"]:
        return bool(re.search(r"\b(?:in|early|late|mid)\b", lead))
    if match["year"]:
        return bool(re.search(r"\bin\s", lead))
    if match["weekday"] and len(match["weekday"]) == 3:  # Sun, Sat: a word or a name but for its full stop
        return match[0].rstrip().endswith(".") or bool(match["month_a"])
    return True


def _dated(match: re.Match[str], published: date | None) -> Days | None:
    try:
        if match["ago"]:
            return _ago(match["ago"], match["unit"], published)
        if match["relative"]:
            return _relative(plain(match["relative"]), published)
        for key in "abc":
            if match[f"month_{key}"]:
                month = _number("month", match[f"month_{key}"])
                return _day_of(month, int(match[f"day_{key}"]), match[f"year_{key}"], published)
        if match["weekday"]:
            return _weekday(match, published)
        if match["month_d"]:
            return _month(match, published)
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


def _weekday(match: re.Match[str], published: date | None) -> Days | None:
    if published is None:
        return None
    back = (published.weekday() - _number("weekday", match["weekday"])) % 7
    if match["past"] and match["past"].strip().casefold() != "this" and not back:
        back = 7
    return _one(published - timedelta(back))


def _day_of(month: int, day: int, year: str | None, published: date | None) -> Days | None:
    """A day of the calendar; without its year the last one up to the date."""
    if year:
        return _one(date(int(year), month, day))
    if published is None:
        return None
    for back in range(9):  # the 29th of February may be eight years ago
        if day <= calendar.monthrange(published.year - back, month)[1]:
            found = date(published.year - back, month, day)
            if found <= published:
                return _one(found)
    return None


def _month(match: re.Match[str], published: date | None) -> Days | None:
    month, year = _number("month", match["month_d"]), match["year_d"]
    if year:
        return _whole_month(int(year), month)
    if published is None:
        return None
    return _whole_month(published.year - (month > published.month), month)


def _whole_month(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")


def _relative(word: str, published: date | None) -> Days | None:
    if published is None:
        return None
    if word in (back := values("days", "day", "value")):
        return _one(published - timedelta(int(back[word])))
    unit, number = values("days", "span", "value")[word].split()
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
