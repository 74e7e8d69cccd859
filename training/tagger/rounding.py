"""Training that sees the rounding of int8 (quantisation-aware training, Jacob et al. 2018).

Each large product's input and weights are rounded much as `quantise` will have it: smoothed, activations
with one scale a batch, weights with one an output channel. But query, key and value have factors of their
own each; the averaged weights give these when rounding begins or a run is taken up again. The gradient
passes as if nothing were rounded.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn

from training.quantise import SMALL_PRODUCT, SMOOTHING


def round_as_int8(trained: nn.Module, run: Callable[[], object], watched: nn.Module) -> None:
    """Let the large products of a network round from here on.

    Args:
        trained: the network.
        run: runs `watched` on some texts.
        watched: a copy of it, which shows how large the inputs of its products get.
    """
    names = [
        n
        for n, m in watched.named_modules()
        if isinstance(m, nn.Linear) and m.weight.numel() >= SMALL_PRODUCT
    ]
    peaks: dict[str, Tensor] = {}
    hooks = [watched.get_submodule(name).register_forward_pre_hook(_watch(name, peaks)) for name in names]
    with torch.no_grad():
        run()
    for hook in hooks:
        hook.remove()
    for name in names:
        linear = trained.get_submodule(name)
        assert isinstance(linear, nn.Linear)
        rows = linear.weight.detach().abs().amax(0).clamp(min=1e-5)
        factors = peaks[name].clamp(min=1e-5) ** SMOOTHING / rows ** (1 - SMOOTHING)
        factors = factors / factors.log().mean().exp()
        linear.forward = _rounded(linear, factors)


def _watch(name: str, peaks: dict[str, Tensor]) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
    def watch(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        peak = inputs[0].detach().float().abs().flatten(0, -2).amax(0)
        peaks[name] = torch.maximum(peaks[name], peak) if name in peaks else peak

    return watch


def _rounded(linear: nn.Linear, factors: Tensor) -> Callable[[Tensor], Tensor]:
    inverse, zeros = factors.reciprocal(), torch.zeros(linear.out_features, dtype=torch.int32)

    def forward(vectors: Tensor) -> Tensor:
        vectors = vectors.float() * inverse
        low, high = torch.aminmax(vectors.detach())
        low, high = low.clamp(max=0), high.clamp(min=0)
        scale = ((high - low) / 255).clamp(min=1e-8)
        zero = (-low / scale).round().to(torch.int32)
        vectors = torch.fake_quantize_per_tensor_affine(vectors, scale, zero, 0, 255)
        weight = linear.weight * factors
        scales = (weight.detach().abs().amax(1) / 127).clamp(min=1e-10)
        weight = torch.fake_quantize_per_channel_affine(weight, scales, zeros, 0, -127, 127)
        return nn.functional.linear(vectors, weight, linear.bias)

    return forward
