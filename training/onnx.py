"""PyTorch → ONNX, for one text or window of any length."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface

FUSED = "onnxruntime_attention"
UNSEEN = -1e4  # added to the score of what is not seen


def fused_attention(
    module: nn.Module, query: Tensor, key: Tensor, value: Tensor, mask: Tensor | None, *_: Any, **__: Any
) -> Any:
    """Attention as one operator of onnxruntime's: a fifth faster than its parts, with nothing between them.

    Queries, keys and values are [batch, heads, pieces, width]; there is one window, so no padding. A mask,
    bool of [batch, 1, pieces, pieces], tells what each piece sees.
    """
    batch, heads, pieces, width = query.shape

    def flat(values: Tensor) -> Tensor:
        return values.transpose(1, 2).reshape(batch, -1, heads * width)

    inputs: list[Tensor | None] = [flat(query), flat(key), flat(value)]
    if mask is not None:  # bias of the inputs, padding and past are left out
        inputs += [None, None, (1.0 - mask.to(query.dtype)) * UNSEEN]
    found = torch.onnx.ops.symbolic(
        "com.microsoft::MultiHeadAttention",
        inputs,
        attrs={"num_heads": heads},
        dtype=query.dtype,
        shape=(batch, pieces, heads * width),
        version=1,
    )
    return found.reshape(batch, pieces, heads, width), None


def fuse_attention(encoder: nn.Module) -> None:
    """Let a Hugging Face encoder use `fused_attention` from now on; it can then be exported, but not run."""
    AttentionInterface.register(FUSED, fused_attention)
    AttentionMaskInterface.register(FUSED, lambda *_, **__: None)
    for module in encoder.modules():
        if hasattr(module, "config"):
            module.config._attn_implementation = FUSED


def to_onnx(module: nn.Module, path: Path, inputs: list[str], outputs: list[str], longest: int) -> None:
    """Write a network whose inputs are int64 of shape [1, pieces], pieces from 3 to `longest`."""
    examples = tuple(torch.randint(0, 3, (1, 40)) for _ in inputs)
    pieces = torch.export.Dim("pieces", min=3, max=longest)
    write_onnx(module, path, dict(zip(inputs, examples, strict=True)), [{1: pieces}] * len(inputs), outputs)


def write_onnx(
    module: nn.Module,
    path: Path,
    examples: dict[str, Tensor],
    shapes: list[dict[int, Any]],
    outputs: list[str],
) -> None:
    """Write a network.

    Args:
        module: takes the examples in their order.
        path: the file.
        examples: inputs by name.
        shapes: for each the dimensions that vary.
        outputs: their names.
    """
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module.eval(),
            tuple(examples.values()),
            str(path),
            input_names=list(examples),
            output_names=outputs,
            dynamo=True,
            dynamic_shapes=shapes,
            opset_version=21,
            external_data=False,
            verbose=False,
        )
