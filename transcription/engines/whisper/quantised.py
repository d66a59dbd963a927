"""
Linear layers in whole numbers: weights of 8 bits by channel, activations of 8 bits as they come.

An option for speed on a CPU that changes the words a little, and is therefore part of the engine's
name. torch keeps the operators and has given up the module that used to apply them; these are
the few lines that it took.
"""

import warnings
from typing import Any

import torch
from torch import nn


class Quantised(nn.Module):
    """A linear layer of shape (..., in) -> (..., out) with its weights rounded to 8 bits."""

    def __init__(self, layer: nn.Linear) -> None:
        super().__init__()
        weight = layer.weight.detach().float()
        scales = (weight.abs().amax(dim=1) / 127).clamp(min=1e-9).double()
        with warnings.catch_warnings(action="ignore", category=UserWarning):
            # torch says that it will part with tensors of this kind one day; its release is pinned.
            rounded = torch.quantize_per_channel(
                weight, scales, torch.zeros(len(scales), dtype=torch.int64), 0, torch.qint8
            )
        self._packed = torch.ops.quantized.linear_prepack(rounded, layer.bias)

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        """Apply it; the range of `values` is measured anew each time."""
        done: torch.Tensor = torch.ops.quantized.linear_dynamic(
            values.contiguous(), self._packed, reduce_range=True
        )
        return done


def quantise(model: Any) -> None:
    """Replace every linear layer within `model` by its rounded self; embeddings stay as they are."""
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.Linear):
                setattr(parent, name, Quantised(child))
