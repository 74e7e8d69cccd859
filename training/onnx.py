"""PyTorch → ONNX, for one text or window of any length."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import torch
from torch import nn


def to_onnx(module: nn.Module, path: Path, inputs: list[str], outputs: list[str], longest: int) -> None:
    """Write a network whose inputs are int64 of shape [1, pieces], pieces from 3 to `longest`."""
    examples = tuple(torch.randint(0, 3, (1, 40)) for _ in inputs)
    pieces = torch.export.Dim("pieces", min=3, max=longest)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            examples,
            str(path),
            input_names=inputs,
            output_names=outputs,
            dynamo=True,
            dynamic_shapes=[{1: pieces}] * len(inputs),
            opset_version=21,
            external_data=False,
            verbose=False,
        )
