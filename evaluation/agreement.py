"""How far two labelling passes agree: one as gold, the other as predicted.

python -m evaluation.agreement
"""

from __future__ import annotations

from evaluation.gum import news
from evaluation.nested import same_nested
from evaluation.score import CASES, Row, f1, place, read_jsonl, score

PASSES = CASES / "passes"


def gum() -> dict[str, float]:
    """F1 of the two passes over GUM's news."""
    texts = {document["id"]: document["text"] for document in news(place("VERBALE_DATA"))}
    first, second = (
        [{**row, "text": texts[row["id"]]} for row in read_jsonl(PASSES / f"gum_news_{name}.jsonl")]
        for name in "ab"
    )
    return f1(score(first, {row["id"]: row for row in second}))


def nested() -> dict[str, float]:
    """How many nested attributions each pass found, how many both, and the F1 of that."""
    first, second = (read_jsonl(PASSES / f"nested_{name}.jsonl") for name in "ab")
    both = sum(_shared(a["nested"], b["nested"]) for a, b in zip(first, second, strict=True))
    counts = [sum(len(row["nested"]) for row in rows) for rows in (first, second)]
    return {"first": counts[0], "second": counts[1], "both": both, "f1": round(200 * both / sum(counts), 1)}


def _shared(first: list[Row], second: list[Row]) -> int:
    left = list(second)
    for one in first:
        match = next((other for other in left if same_nested(one, other)), None)
        if match:
            left.remove(match)
    return len(second) - len(left)


if __name__ == "__main__":
    print("GUM news:", gum())
    print("nested:", nested())
