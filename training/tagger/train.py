"""Train the tagger: seeded, resumable, on two cores.

python -m training.tagger.train --data DIR --out DIR [--encoder DIR] [--reports-weight N]

A first stage learns from the articles as they are. A second, given `--start` and `--reread`, goes on from its
weights and learns the nested layer too, with names exchanged and contents composed (see `augment`).
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from evaluation.gum import documents
from evaluation.score import held_back_ids
from training.tagger.augment import (
    Donor,
    common_words,
    composed,
    donors,
    real_names,
    swapped,
    with_nested,
)
from training.tagger.data import (
    REPORTS,
    Labelled,
    batches,
    label,
    our_reports,
    read_jsonl,
    tensors,
)
from training.tagger.mentions import of_gum, of_silver
from training.tagger.network import Tagger, losses
from training.tagger.rounding import round_as_int8
from verbale.models.tokens import frame_of, load_tokenizer
from verbale.registry.tables import table

# Heads start alike whatever the seed, so that runs can be averaged; `--seed` orders and masks the data.
START = 1
PEAKS = 4  # batches that show how large activations get
NESTED = Path(__file__).parent.parent / "nested.jsonl"
Row = dict[str, Any]
# GUM's news are kept to test on; its other genres are far from the press.
GENRES = ("interview", "speech", "court", "bio", "textbook", "voyage")
UNREAD: Row = {"entities": [], "sentences": []}  # an article that CoreNLP gave nothing for


def main() -> None:
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.encoder / "tokenizer.json")
    held_back = held_back_ids()
    articles = read_jsonl(options.data / "polnear/train.jsonl.gz")
    watched = [label(d, tokenizer) for d in articles if d["id"] in held_back]
    articles = [d for d in articles if d["id"] not in held_back]
    reports = our_reports(REPORTS) * options.reports_weight
    if options.limit:
        articles, watched = articles[: options.limit], watched[: options.limit]
    if options.reread:
        silver = {d["id"]: d for d in read_jsonl(options.data / "polnear/corenlp_silver_train.jsonl.gz")}
        reread = {d["id"]: d["nested"] for d in read_jsonl(options.reread)}
        names, labelled = peoples(), labelled_nested()
        articles = [
            of_silver(with_nested(d, known, reread[d["id"]], labelled.get(d["id"], {})), known, names)
            for d in articles
            for known in (silver.get(d["id"], UNREAD),)
        ]
        if options.mention_weight:
            reports += [of_gum(d) for d in gum(options.data, options.without)] * options.reports_weight
    Run(options, Corpus(articles, reports, tokenizer, options), watched).go()


def labelled_nested() -> dict[str, dict[int, list[Row]]]:
    """What we labelled as nested, by article and number of the attribution."""
    found: dict[str, dict[int, list[Row]]] = {}
    for row in read_jsonl(NESTED):
        found.setdefault(row["id"], {})[row["row"]] = row["nested"]
    return found


def peoples() -> frozenset[str]:
    """Adjectives and names of peoples, from the registry."""
    states = table(Path(str(files("verbale") / "data")), "actors/states.csv").values()
    return frozenset(name for state in states for name in (*state.adjectives, *state.people))


def gum(data: Path, without: Sequence[int]) -> list[Row]:
    """GUM but its news, and but those halves of its interviews and speeches which the run is tested on."""
    numbered = ((genre, n, d) for genre in GENRES for n, d in enumerate(documents(data, (genre,))))
    return [document for genre, n, document in numbered if not _tested(genre, n, without)]


def _tested(genre: str, number: int, without: Sequence[int]) -> bool:
    return genre in ("interview", "speech") and number % 2 in without


class Corpus:
    """What is learnt from in each epoch: articles that may be changed, and texts that stay as they are."""

    def __init__(
        self, articles: list[Row], reports: list[Row], tokenizer: Tokenizer, options: argparse.Namespace
    ) -> None:
        self.articles, self.tokenizer, self.options = articles, tokenizer, options
        self.plain = [label(d, tokenizer) for d in (*articles, *reports)]
        self.common = common_words(articles)
        self.pool: list[Donor] = donors(articles) if options.reread else []
        self.real = real_names(articles) if options.reread else {}

    def epoch(self, rng: random.Random) -> list[Labelled]:
        """The same articles in each epoch of the first stage, other ones in each of the second."""
        if not self.pool:
            return self.plain
        return [
            *(label(self.changed(article, rng), self.tokenizer) for article in self.articles),
            *self.plain[len(self.articles) :],
        ]

    def changed(self, article: Row, rng: random.Random) -> Row:
        article = composed(article, self.pool, self.options.composed, rng)
        doubted = [span for span in article["unread"] if rng.random() < self.options.doubted]
        article = {**article, "unknown": [*article["unknown"], *doubted]}
        if rng.random() >= self.options.swapped:
            return article
        return swapped(article, self.common, self.real, rng)


class Run:
    """One training run, whose state can be saved between two epochs and taken up again."""

    def __init__(self, options: argparse.Namespace, corpus: Corpus, watched: list[Labelled]) -> None:
        self.options, self.corpus, self.watched = options, corpus, watched
        tokenizer = load_tokenizer(options.encoder / "tokenizer.json")
        self.frame, self.mask = frame_of(tokenizer), mask_of(tokenizer)
        torch.manual_seed(START)
        self.model = Tagger(options.encoder, options.dropout).train()
        if options.start:
            self.model.load_state_dict(self.model.state_dict() | torch.load(options.start)["average"])
        if not options.shapes:
            torch.nn.init.zeros_(self.model.extras["shapes"].requires_grad_(False).weight)
        self.average = copy.deepcopy(self.model).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(self.groups(), fused=True, betas=(0.9, 0.98))
        self.epoch = self.step = 0
        self.steps = options.epochs * len(self.batches(0))
        self.rounds = False
        self.checkpoint = options.out / "checkpoint.pt"
        if self.checkpoint.exists():
            self.resume()

    def groups(self) -> list[dict[str, object]]:
        """The encoder learns slowly, what is new learns faster; vectors of biases and norms do not decay."""
        slow, fast = self.options.rate, self.options.head_rate
        named = list(self.model.named_parameters())
        return [
            {
                "params": [p for n, p in named if n.startswith("encoder.") == old and (p.ndim > 1) == decays],
                "lr": rate,
                "peak": rate,
                "weight_decay": 0.01 if decays else 0.0,
            }
            for old, rate in ((True, slow), (False, fast))
            for decays in (True, False)
        ]

    def batches(self, epoch: int) -> list[list[tuple[Labelled, int, int]]]:
        rng = random.Random(f"{self.options.seed} {epoch}")
        return batches(self.corpus.epoch(rng), self.options.window, self.options.batch, rng)

    def go(self) -> None:
        while self.epoch < self.options.epochs:
            began, total = time.time(), Counter[str]()
            torch.manual_seed(self.options.seed * 1000 + self.epoch)
            todo = self.batches(self.epoch)
            for batch in todo:
                total.update({name: loss.item() for name, loss in self.learn(batch).items()})
            self.epoch += 1
            row = {
                "epoch": self.epoch,
                "step": self.step,
                "seconds": round(time.time() - began),
                **{name: round(value / len(todo), 4) for name, value in total.items()},
                **self.watch(),
            }
            print(json.dumps(row), flush=True)
            self.save(row)

    def learn(self, batch: list[tuple[Labelled, int, int]]) -> dict[str, torch.Tensor]:
        rate = schedule(self.step, self.steps, self.options.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rate
        if not self.rounds and self.step >= self.options.int8_from * self.steps:
            self.round()
        arrays = {k: torch.from_numpy(v) for k, v in tensors(batch, self.frame).items()}
        if self.options.word_dropout:
            inside = (arrays["mask"] == 1) & ~torch.isin(arrays["ids"], torch.tensor(self.frame))
            hidden = inside & (torch.rand(arrays["ids"].shape) < self.options.word_dropout)
            arrays["ids"] = torch.where(hidden, self.mask, arrays["ids"])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.options.bf16):
            found = losses(self.model, arrays)
        sum(self.weights[name] * loss for name, loss in found.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        decay = min(self.options.average, (self.step + 1) / (self.step + 10))
        torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)
        return {name: loss.detach() for name, loss in found.items()}

    def round(self) -> None:
        """From here on the network trains with the rounding of its int8 version."""
        some = batches(self.watched, self.options.window, self.options.batch, None)[:PEAKS]
        arrays = [{k: torch.from_numpy(v) for k, v in tensors(b, self.frame).items()} for b in some]
        round_as_int8(
            self.model.encoder, lambda: [losses(self.average, a) for a in arrays], self.average.encoder
        )
        self.rounds = True

    @property
    def weights(self) -> dict[str, float]:
        """What each loss counts; the first stage learns the outer layer alone."""
        nested = self.options.nested_weight if self.corpus.pool else 0.0
        link = self.options.link_weight
        mentions = self.options.mention_weight if self.corpus.pool else 0.0
        return {
            "outer_tags": 1.0, "outer_links": link, "nested_tags": nested, "nested_links": nested * link,
            "names": mentions, "antecedents": mentions,
        }  # fmt: skip

    @torch.no_grad()
    def watch(self) -> dict[str, float]:
        """Loss of the averaged weights on the articles held back."""
        total, count = Counter[str](), 0
        for batch in batches(self.watched, self.options.window, self.options.batch, None):
            arrays = {k: torch.from_numpy(v) for k, v in tensors(batch, self.frame).items()}
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.options.bf16):
                total.update(
                    {n: loss.item() * len(batch) for n, loss in losses(self.average, arrays).items()}
                )
            count += len(batch)
        return {f"held_back_{n}": round(total[n] / count, 4) for n in ("outer_tags", "outer_links")}

    def save(self, row: dict[str, float]) -> None:
        state = {
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": self.epoch,
            "step": self.step,
        }
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(self.checkpoint)
        with (self.options.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(row) + "\n")

    def resume(self) -> None:
        state = torch.load(self.checkpoint)
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.step = state["epoch"], state["step"]


def mask_of(tokenizer: Tokenizer) -> int:
    """Id of the piece that stands for a hidden one."""
    found = tokenizer.token_to_id("[MASK]") or tokenizer.token_to_id("<mask>")
    if found is None:
        raise ValueError("the tokenizer has neither [MASK] nor <mask>")
    return int(found)


def schedule(step: int, steps: int, warmup: float) -> float:
    """Linear warm-up, then a cosine to nothing."""
    done = step / max(1, steps)
    return (
        done / warmup
        if done < warmup
        else 0.5 * (1 + math.cos(math.pi * min(1.0, (done - warmup) / (1 - warmup))))
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder that holds polnear/train.jsonl.gz")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder for checkpoints; a run found there is taken up"
    )
    parser.add_argument(
        "--encoder", type=Path, required=True, help="folder of a Hugging Face encoder with tokenizer.json"
    )
    parser.add_argument("--start", type=Path, help="weights to go on from; none: the encoder's own")
    parser.add_argument("--reread", type=Path, help="what `reread` found in the articles' contents")
    parser.add_argument("--swapped", type=float, default=0.5, help="share of articles with other names")
    parser.add_argument(
        "--doubted",
        type=float,
        default=0.75,
        help="share of unlabelled contents which an epoch does not take to hold nothing nested",
    )
    parser.add_argument("--composed", type=float, default=0.2, help="share of contents exchanged")
    parser.add_argument("--nested-weight", type=float, default=0.5)
    parser.add_argument(
        "--mention-weight",
        type=float,
        default=0.3,
        help="of names and antecedents",
    )
    parser.add_argument(
        "--without",
        type=int,
        nargs="*",
        default=(),
        choices=(0, 1),
        help="halves of GUM's interviews and speeches left out",
    )
    parser.add_argument(
        "--reports-weight", type=int, default=2, help="times our own reports are seen an epoch; 0: never"
    )
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--warmup", type=float, default=0.06)
    parser.add_argument("--window", type=int, default=256)
    parser.add_argument("--batch", type=int, default=4096, help="pieces a batch")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--word-dropout", type=float, default=0.05)
    parser.add_argument("--link-weight", type=float, default=0.3)
    parser.add_argument(
        "--int8-from", type=float, default=0.5, help="share of the steps after which int8 rounds; 1: never"
    )
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="articles, for a quick try")
    parser.add_argument(
        "--no-shapes", dest="shapes", action="store_false", help="hide the words' shapes, to see their worth"
    )
    parser.add_argument("--no-bf16", dest="bf16", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    main()
