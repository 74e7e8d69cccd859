"""PLOVER roots and quad classes by cross-validation: folds stratified and grouped by sentence.

python -m training.acts.crossval --data DIR --encoder DIR --start FILE [--seeds 1 2 3 4 5]
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from evaluation.plover import ROOTS, scores
from training.acts.data import Prepared, plover, quads
from training.acts.network import KINDS
from training.acts.train import Run, options_of, prepared

FOLDS = 5


def folds(labels: Sequence[str], groups: Sequence[str], seed: int) -> Iterator[tuple[list[int], list[int]]]:
    """Numbers to train and to test on; a group is never parted, and each label is spread over the folds."""
    members: dict[str, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        members[group].append(n)
    rng = random.Random(seed)
    order = sorted(members, key=lambda g: (labels[members[g][0]], rng.random()))
    fold_of = {group: at % FOLDS for at, group in enumerate(order)}
    for fold in range(FOLDS):
        tested = [n for n, group in enumerate(groups) if fold_of[group] == fold]
        yield [n for n in range(len(groups)) if fold_of[groups[n]] != fold], tested


def root_of(kinds: np.ndarray) -> str:
    """The likeliest of the 15 roots by the log-probabilities of the kinds."""
    return max(ROOTS, key=lambda root: sum(np.exp(kinds[KINDS.index(k)]) for k in ROOTS[root]))


def main() -> None:
    parser = options_of(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    parser.add_argument("--start", type=Path, help="weights to go on from, trained without either file")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--what", choices=("plover", "quads"), default="plover")
    parser.add_argument("--folds", type=int, default=FOLDS)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    found = []
    for seed in options.seeds:
        wanted, given = one(options, seed)
        found.append(scores(wanted, given))
        print(
            json.dumps(
                {"seed": seed, "accuracy": round(found[-1][0], 4), "macro_f1": round(found[-1][1], 4)}
            ),
            flush=True,
        )
        if seed == options.seeds[0]:
            wrong = defaultdict[tuple[str, str], int](int)
            for w, g in zip(wanted, given, strict=True):
                if w != g:
                    wrong[w, g] += 1
            print(sorted(wrong.items(), key=lambda x: -x[1])[:25], flush=True)
    mean, deviation = np.mean(found, 0), np.std(found, 0, ddof=1) if len(found) > 1 else (0, 0)
    print(
        json.dumps(
            {
                "accuracy": [round(mean[0], 4), round(deviation[0], 4)],
                "macro_f1": [round(mean[1], 4), round(deviation[1], 4)],
            }
        )
    )


def one(options: argparse.Namespace, seed: int) -> tuple[list[str], list[str]]:
    examples = list(
        plover(options.data / "plover/PLV_train.tsv")
        if options.what == "plover"
        else quads(options.data / "plover/cameo_class.tsv")
    )
    ready = prepared(examples, options.encoder)
    labels = [_label(p) for p in ready]
    wanted, given = [], []
    options.seed = seed
    for number, (train, test) in enumerate(folds(labels, [p.example.group for p in ready], seed)):
        if number >= options.folds:
            break
        run = Run(options, options.encoder, options.start)
        run.fit([ready[n] for n in train], options.epochs, quiet=True)
        for n, (heads, _, classes) in zip(test, run.answers([ready[n] for n in test]), strict=True):
            wanted.append(labels[n])
            given.append(
                root_of(heads["kind"][0]) if options.what == "plover" else str(int(classes.argmax()))
            )
    return wanted, given


def _label(p: Prepared) -> str:
    if p.example.quad is not None:
        return str(p.example.quad)
    kinds = p.example.asked[0].known["kind"]
    return next(root for root, its in ROOTS.items() if its == kinds)


if __name__ == "__main__":
    main()
