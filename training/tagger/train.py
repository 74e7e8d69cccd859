"""Train the tagger: seeded, resumable, on two cores.

python -m training.tagger.train --data DIR --out DIR [--encoder DIR] [--reports-weight N]
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.tagger.data import (
    REPORTS,
    Labelled,
    batches,
    held_back_ids,
    label,
    our_reports,
    read_jsonl,
    tensors,
)
from training.tagger.network import Tagger, loss
from verbale.models.tokens import frame_of, load_tokenizer

# Heads start alike whatever the seed, so that runs can be averaged; `--seed` orders and masks the data.
START = 1


def main() -> None:
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    tokenizer = load_tokenizer(options.encoder / "tokenizer.json")
    documents = read_jsonl(options.data / "polnear/train.jsonl.gz")
    held_back = held_back_ids()
    train = [label(d, tokenizer) for d in documents if d["id"] not in held_back]
    watched = [label(d, tokenizer) for d in documents if d["id"] in held_back]
    if options.reports_weight:
        train += [label(d, tokenizer) for d in our_reports(REPORTS)] * options.reports_weight
    if options.limit:
        train, watched = train[: options.limit], watched[: options.limit]
    Run(options, train, watched).go()


class Run:
    """One training run, whose state can be saved between two epochs and taken up again."""

    def __init__(self, options: argparse.Namespace, train: list[Labelled], watched: list[Labelled]) -> None:
        self.options, self.train, self.watched = options, train, watched
        tokenizer = load_tokenizer(options.encoder / "tokenizer.json")
        self.frame, self.mask = frame_of(tokenizer), mask_of(tokenizer)
        torch.manual_seed(START)
        self.model = Tagger(options.encoder, options.dropout).train()
        self.average = copy.deepcopy(self.model).eval().requires_grad_(False)
        self.optimizer = torch.optim.AdamW(self.groups(), fused=True, betas=(0.9, 0.98))
        self.epoch = self.step = 0
        self.steps = options.epochs * len(self.batches(0))
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
        return batches(self.train, self.options.window, self.options.batch, rng)

    def go(self) -> None:
        while self.epoch < self.options.epochs:
            began, losses = time.time(), torch.zeros(2)
            torch.manual_seed(self.options.seed * 1000 + self.epoch)
            todo = self.batches(self.epoch)
            for batch in todo:
                losses += self.learn(batch)
            self.epoch += 1
            losses /= len(todo)
            row = {
                "epoch": self.epoch,
                "step": self.step,
                "seconds": round(time.time() - began),
                "tags": round(losses[0].item(), 4),
                "links": round(losses[1].item(), 4),
                **self.watch(),
            }
            print(json.dumps(row), flush=True)
            self.save(row)

    def learn(self, batch: list[tuple[Labelled, int, int]]) -> torch.Tensor:
        rate = schedule(self.step, self.steps, self.options.warmup)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * rate
        arrays = {k: torch.from_numpy(v) for k, v in tensors(batch, self.frame).items()}
        if self.options.word_dropout:
            hidden = torch.rand(arrays["ids"].shape) < self.options.word_dropout
            arrays["ids"] = torch.where(hidden & (arrays["tags"] != -100), self.mask, arrays["ids"])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.options.bf16):
            tag_loss, link_loss = loss(self.model, arrays, self.options.smoothing)
        (tag_loss + self.options.link_weight * link_loss).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        decay = min(self.options.average, (self.step + 1) / (self.step + 10))
        torch._foreach_lerp_(list(self.average.parameters()), list(self.model.parameters()), 1 - decay)
        return torch.stack([tag_loss.detach(), link_loss.detach()])

    @torch.no_grad()
    def watch(self) -> dict[str, float]:
        """Loss of the averaged weights on the articles held back."""
        total, count = torch.zeros(2), 0
        for batch in batches(self.watched, self.options.window, self.options.batch, None):
            arrays = {k: torch.from_numpy(v) for k, v in tensors(batch, self.frame).items()}
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.options.bf16):
                total += torch.stack(loss(self.average, arrays, 0.0)) * len(batch)
            count += len(batch)
        return {
            "held_back_tags": round(total[0].item() / count, 4),
            "held_back_links": round(total[1].item() / count, 4),
        }

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
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--link-weight", type=float, default=0.3)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--limit", type=int, default=0, help="articles, for a quick try")
    parser.add_argument("--no-bf16", dest="bf16", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    main()
