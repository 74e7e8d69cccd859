"""Every figure of the README and the model card, from one command.

    python -m evaluation.figures [--fp32 FOLDER] [--out docs/figures.json]

Needs VERBALE_DATA, VERBALE_GOLD and VERBALE_SCORER; see README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from evaluation import answers, calibration, chain, circumstances_score, nested, swaps, voices
from evaluation.markup import parse
from evaluation.score import CASES, Row, f1, gold_report, gum_news, polnear_dev, predicted, score
from verbale.models import default_tagger
from verbale.models.tagger import TaggerModel

SPANS = {"gold spans": True, "end to end": False}


def examples() -> list[Row]:
    """Our example reports with their labels."""
    paths = sorted((CASES / "examples").glob("*.txt"))
    return [{"id": path.stem, **parse(path.read_text(encoding="utf-8"))} for path in paths]


def attribution_figures(model: TaggerModel, rows: list[Row]) -> dict[str, float]:
    return f1(score(rows, predicted(rows, model)))


def gold_figures(model: TaggerModel) -> dict[str, Any]:
    """The real report: how many of its attributions are right, strictly right, and nested ones found."""
    report = gold_report()
    figures = score([report], predicted([report], model))
    top = sum(row.get("parent") is None for row in report["attributions"])
    return {
        "top-level": top,
        "predicted": figures["predicted"],
        **{name: round(figures[name]["r"] * figures["gold"]) for name in ("attributed", "strict")},
        "nested": figures["nested"]["r"],
    }


def nested_figures(model: TaggerModel) -> dict[str, Any]:
    wild = nested.wild()
    parts = {
        "wild, held back": [r for r in wild if r["nested"] and r["part"] == "train"],
        "wild, dev": [r for r in wild if r["nested"] and r["part"] == "dev"],
        "invented": nested.invented(),
        "without": [r for r in wild if not r["nested"]],
    }
    return {name: asdict(nested.outcome(rows, model)) for name, rows in parts.items()}


def statement_figures(model: TaggerModel, picture: Path | None) -> dict[str, Any]:
    """Who speaks, through whom, and how it was said: the halves of our cases that nothing was tuned on."""
    report = gold_report()
    told = chain.read(report["text"], date.fromisoformat(report["published"]), report["outlet"], model)
    kept = chain.steady(report, model, range(20))
    rows = {name: list(answers.answers("test", model, spans)) for name, spans in SPANS.items()}
    silver = list(answers.silver("test"))
    if picture:
        answers.draw(rows, silver, picture)
    return {
        "real report, statements": chain.figures(report, told),
        "statements kept in swaps": round(100 * sum(kept) / len(kept), 1),
        "speakers": {name: answers.figures(each) for name, each in rows.items()}
        | {"CoreNLP's coreference": answers.figures(silver)},
        "relays and circumstances": circumstances_score.figures("test", model),
        "voices": voices.figures("test"),
    }


def all_figures(model: TaggerModel, folder: Path | None) -> dict[str, Any]:
    dev, gum = polnear_dev(), gum_news()
    sets = {"PolNeAR dev": calibration.outcomes(dev, model), "GUM news": calibration.outcomes(gum, model)}
    if folder:
        calibration.draw(sets, folder / "reliability.svg")
    kept = swaps.steady(model, gold_report(), range(20))
    return {
        "model": model.manifest.name,
        "PolNeAR dev": attribution_figures(model, dev),
        "GUM news": attribution_figures(model, gum),
        "examples": attribution_figures(model, examples()),
        "real report": gold_figures(model),
        "swaps kept of 20": len(kept),
        "nested": nested_figures(model),
        "calibration error": {
            name: round(calibration.expected_error(*pair), 3) for name, pair in sets.items()
        },
        **statement_figures(model, folder / "speakers.svg" if folder else None),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--fp32", type=Path, help="model folder in fp32, as the recipe leaves it, to compare with"
    )
    parser.add_argument("--out", type=Path, default=Path("docs/figures.json"))
    options = parser.parse_args()
    figures = all_figures(default_tagger(), options.out.parent)
    if options.fp32:
        fp32, int8 = TaggerModel(options.fp32), default_tagger().manifest
        fp32.manifest = replace(fp32.manifest, decoding=int8.decoding, calibration=int8.calibration)
        figures["PolNeAR dev, fp32"] = attribution_figures(fp32, polnear_dev())
    elif options.out.exists():  # the comparison stands as long as the model does
        before = json.loads(options.out.read_text(encoding="utf-8"))
        if before["model"] == figures["model"]:
            figures |= {name: row for name, row in before.items() if name not in figures}
    options.out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
