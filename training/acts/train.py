"""Train the model of acts and positions; resumable between epochs, seeded.

python -m training.acts.train --data DIR --encoder DIR --out DIR [--plover-weight N]
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.acts.data import HERE, REAL, Example, Prepared, events, ours, plover, prepare, quads, real
from training.acts.network import Network, by_head
from training.tagger.train import mask_of, schedule
from verbale.models.framed import framed
from verbale.models.tokens import frame_of, load_tokenizer

MARKERS = ("[unused1]", "[unused2]")
LOSSES = {"kind": 1.0, "stance": 1.0, "negated": 0.3, "tense": 0.3, "modality": 0.3}
CONDITION, QUAD = 0.5, 0.3


def markers_of(tokenizer: Tokenizer) -> tuple[int, int]:
    """Ids of the pieces that stand for the two markers of a pair."""
    first, second = (tokenizer.token_to_id(marker) for marker in MARKERS)
    if first is None or second is None:
        raise ValueError(f"the tokenizer lacks {' or '.join(MARKERS)}")
    return first, second


def collate(
    batch: Sequence[Prepared], frame: tuple[int, int], markers: tuple[int, int]
) -> dict[str, Tensor | dict[str, Tensor]]:
    """Pad passages to one length: `inputs`, `where`, `seen` as the network wants them, and the targets."""
    rows = [framed(p.pieces, p.passage, frame, markers) for p in batch]
    longest = max(len(row["ids"]) for row in rows)
    inputs = {
        name: torch.from_numpy(np.stack([np.pad(row[name], (0, longest - len(row[name]))) for row in rows]))
        for name in rows[0]
        if name != "where"
    }
    seen = torch.zeros(len(rows), longest, dtype=torch.long)
    where = []
    for n, row in enumerate(rows):
        seen[n, : len(row["ids"])] = 1
        where += [(n, *both) for both in row["where"].tolist()]
    return {
        "inputs": inputs,
        "seen": seen,
        "where": torch.tensor(where),
        "allowed": torch.from_numpy(np.concatenate([p.allowed for p in batch])),
        "conditions": torch.from_numpy(np.concatenate([p.conditions for p in batch])),
        "quads": torch.tensor([p.quad for p in batch]),
    }


def losses(model: Network, batch: dict[str, Tensor | dict[str, Tensor]]) -> dict[str, Tensor]:
    """Mean loss by head; where several classes are allowed, of their sum."""
    inputs, where, seen = batch["inputs"], batch["where"], batch["seen"]
    assert isinstance(inputs, dict) and isinstance(where, Tensor) and isinstance(seen, Tensor)
    scores = model(inputs, where, seen)
    found, allowed = {}, by_head(batch["allowed"])
    for head, values in by_head(scores.pairs.float()).items():
        known = allowed[head]
        asked = ~known.all(-1)
        logs = values.log_softmax(-1).masked_fill(~known, -1e9).logsumexp(-1)
        found[head] = -(logs * asked).sum() / asked.sum().clamp(min=1)
    number = where[:, 0]
    inside = (inputs["pairs"] == 0) & seen.bool()
    logits = scores.conditions.float().masked_fill(~inside[number][:, None], -1e4)
    wanted = batch["conditions"]
    assert isinstance(wanted, Tensor)
    found["condition"] = _mean(logits.flatten(0, 1), wanted.flatten())
    quad = batch["quads"]
    assert isinstance(quad, Tensor)
    found["quad"] = _mean(scores.classes.float(), quad)
    return found


def _mean(scores: Tensor, targets: Tensor) -> Tensor:
    total = nn.functional.cross_entropy(scores, targets, ignore_index=-1, reduction="sum")
    return total / (targets >= 0).sum().clamp(min=1)


class Run:
    """One training run over prepared examples."""

    def __init__(self, options: argparse.Namespace, encoder: Path, start: Path | None = None) -> None:
        self.options = options
        tokenizer = load_tokenizer(encoder / "tokenizer.json")
        self.frame, self.mask = frame_of(tokenizer), mask_of(tokenizer)
        self.markers = markers_of(tokenizer)
        torch.manual_seed(options.seed)
        self.model = Network(encoder, options.dropout).train()
        if start:
            self.model.load_state_dict(torch.load(start))
        self.average = copy.deepcopy(self.model).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(self.groups(), betas=(0.9, 0.98), fused=True)
        self.step = 0

    def groups(self) -> list[dict[str, object]]:
        """The encoder learns slowly, what is new learns faster; vectors of biases and norms do not decay."""
        named = list(self.model.named_parameters())
        return [
            {
                "params": [p for n, p in named if n.startswith("encoder.") == old and (p.ndim > 1) == decays],
                "lr": rate,
                "peak": rate,
                "weight_decay": 0.01 if decays else 0.0,
            }
            for old, rate in ((True, self.options.rate), (False, self.options.head_rate))
            for decays in (True, False)
        ]

    def fit(self, examples: Sequence[Prepared], epochs: int, quiet: bool = False) -> None:
        """Go over the examples some times."""
        todo = [self.batches(examples, epoch) for epoch in range(epochs)]
        steps = sum(map(len, todo))
        for epoch, batches in enumerate(todo):
            began, total = time.time(), dict[str, float]()
            for batch in batches:
                for name, value in self.learn(batch, steps).items():
                    total[name] = total.get(name, 0.0) + value / len(batches)
            if not quiet:
                row = {k: round(v, 3) for k, v in total.items()}
                print(
                    json.dumps({"epoch": epoch + 1, "seconds": round(time.time() - began), **row}), flush=True
                )

    def batches(self, examples: Sequence[Prepared], epoch: int) -> list[list[Prepared]]:
        """Batches of about as many pieces, of passages about as long."""
        rng = random.Random(f"{self.options.seed} {epoch}")
        order = sorted(examples, key=lambda p: len(p.pieces) + 2 * len(p.passage.pairs) + rng.random() * 8)
        found: list[list[Prepared]] = [[]]
        for prepared in order:
            length = len(prepared.pieces) + 2 * len(prepared.passage.pairs) + 2
            if found[-1] and length * (len(found[-1]) + 1) > self.options.batch:
                found.append([])
            found[-1].append(prepared)
        rng.shuffle(found)
        return found

    def learn(self, batch: Sequence[Prepared], steps: int) -> dict[str, float]:
        rate = schedule(self.step, steps, 0.06)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rate
        arrays = collate(batch, self.frame, self.markers)
        inputs = arrays["inputs"]
        assert isinstance(inputs, dict)
        if self.options.word_dropout:
            inside = (inputs["pairs"] == 0) & (inputs["ids"] > self.frame[1])
            hidden = inside & (torch.rand(inputs["ids"].shape) < self.options.word_dropout)
            inputs["ids"] = torch.where(hidden, self.mask, inputs["ids"])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.options.bf16):
            found = losses(self.model, arrays)
        weights = LOSSES | {"condition": CONDITION, "quad": QUAD}
        torch.stack([weights[name] * loss for name, loss in found.items()]).sum().backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        decay = min(self.options.average, (self.step + 1) / (self.step + 10))
        torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)
        return {name: loss.item() for name, loss in found.items()}

    @torch.no_grad()
    def answers(
        self, examples: Sequence[Prepared]
    ) -> list[tuple[dict[str, np.ndarray], np.ndarray, np.ndarray]]:
        """By example: log-probabilities by head [pairs, classes], conditions' scores, classes' scores."""
        found = []
        for prepared in examples:
            arrays = collate([prepared], self.frame, self.markers)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.options.bf16):
                scores = self.average(arrays["inputs"], arrays["where"])
            heads = {h: v.float().log_softmax(-1).numpy() for h, v in by_head(scores.pairs).items()}
            length = len(prepared.pieces) + 2
            found.append(
                (heads, scores.conditions.float().numpy()[:, :, :length], scores.classes.float().numpy()[0])
            )
        return found


def prepared(examples: Sequence[Example], encoder: Path) -> list[Prepared]:
    tokenizer = load_tokenizer(encoder / "tokenizer.json")
    return [p for p in (prepare(e, tokenizer) for e in examples) if p is not None]


def own_examples() -> list[Example]:
    """All sentences that we wrote."""
    found = [e for path in sorted(HERE.glob("*.jsonl")) if path != REAL for e in ours(path)]
    if REAL.exists():
        found += real(REAL)
    return found + [e for path in sorted(HERE.glob("events-*.tsv")) for e in events(path)]


def options_of(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of a Hugging Face encoder")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--batch", type=int, default=1024, help="pieces a batch")
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--word-dropout", type=float, default=0.05)
    parser.add_argument("--average", type=float, default=0.99)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--no-bf16", dest="bf16", action="store_false")
    return parser


def main() -> None:
    parser = options_of(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--only-ours", action="store_true", help="sentences that we wrote, no others")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    options.out.mkdir(parents=True, exist_ok=True)
    examples = own_examples()
    if not options.only_ours:
        examples += [
            *plover(options.data / "plover/PLV_train.tsv"),
            *quads(options.data / "plover/cameo_class.tsv"),
        ]
    run = Run(options, options.encoder, options.start)
    run.fit(prepared(examples, options.encoder), options.epochs)
    torch.save(run.average.state_dict(), options.out / "acts.pt")


if __name__ == "__main__":
    main()
