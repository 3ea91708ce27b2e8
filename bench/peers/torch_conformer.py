"""Our Conformer block in PyTorch: layer norm in place of batch norm, relative positions."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from inputs import conformer_inputs


def linear(W, dtype):
    """nn.Linear with weights W [inputs, outputs] and no bias yet."""
    layer = nn.Linear(*W.shape, dtype=dtype)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(W.T.copy()))
        layer.bias.zero_()
    return layer


class FeedForward(nn.Sequential):
    def __init__(self, weights, name, D, dtype):
        inner, outer = weights[f"{name}.inner"], weights[f"{name}.outer"]
        norm = nn.LayerNorm(D, dtype=dtype)
        super().__init__(norm, linear(inner, dtype), nn.SiLU(), linear(outer, dtype))


class Attention(nn.Module):
    """Relative positions of Transformer-XL, by the shift of a padded matrix."""

    def __init__(self, weights, D, heads, T, dtype):
        super().__init__()
        self.heads, self.d = heads, D // heads
        self.norm = nn.LayerNorm(D, dtype=dtype)
        self.qkv = linear(np.concatenate([weights[n] for n in "qkv"], 1), dtype)
        self.o = linear(weights["o"], dtype)
        self.r = nn.Parameter(torch.from_numpy(weights["r"]).to(dtype))
        self.u = nn.Parameter(torch.zeros(heads, 1, self.d, dtype=dtype))
        self.v = nn.Parameter(torch.zeros(heads, 1, self.d, dtype=dtype))
        distance, j = np.arange(T - 1, -T, -1)[:, None], np.arange(D)[None]
        angle = distance / 10000.0 ** ((j - j % 2) / D)
        waves = np.where(j % 2 == 0, np.sin(angle), np.cos(angle))
        self.register_buffer("waves", torch.from_numpy(waves).to(dtype))

    def forward(self, x):
        B, T, D = x.shape
        split = (B, T, self.heads, self.d)
        q, k, v = (m.reshape(split).transpose(1, 2) for m in self.qkv(self.norm(x)).chunk(3, 2))
        keys = (self.waves @ self.r).reshape(2 * T - 1, self.heads, self.d).transpose(0, 1)
        by_distance = (q + self.v) @ keys.transpose(1, 2)
        scores = (q + self.u) @ k.transpose(2, 3) + shifted(by_distance)
        shares = (scores / self.d**0.5).softmax(3)
        return self.o((shares @ v).transpose(1, 2).reshape(B, T, D))


def shifted(m):
    """[…, T, 2T - 1] by distance as […, T, T] by frame: row t starts T - 1 - t places further on."""
    B, H, T, W = m.shape
    padded = F.pad(m, (1, 0)).reshape(B, H, W + 1, T)
    return padded[:, :, 1:].reshape(B, H, T, W)[..., :T]


class Convolution(nn.Module):
    def __init__(self, weights, D, kernel, dtype):
        super().__init__()
        self.norm, self.middle = nn.LayerNorm(D, dtype=dtype), nn.LayerNorm(D, dtype=dtype)
        self.expand, self.project = linear(weights["expand"], dtype), linear(weights["project"], dtype)
        self.depthwise = nn.Conv1d(D, D, kernel, padding=kernel // 2, groups=D, dtype=dtype)
        with torch.no_grad():
            self.depthwise.weight.copy_(torch.from_numpy(weights["depthwise"].T[:, None].copy()))
            self.depthwise.bias.zero_()

    def forward(self, x):
        gated = F.glu(self.expand(self.norm(x)), 2)
        heard = self.depthwise(gated.transpose(1, 2)).transpose(1, 2)
        return self.project(F.silu(self.middle(heard)))


class Conformer(nn.Module):
    def __init__(self, weights, D, heads, kernel, T, dtype):
        super().__init__()
        self.before = FeedForward(weights, "before", D, dtype)
        self.attention = Attention(weights, D, heads, T, dtype)
        self.convolution = Convolution(weights, D, kernel, dtype)
        self.after = FeedForward(weights, "after", D, dtype)
        self.norm = nn.LayerNorm(D, dtype=dtype)

    def forward(self, x):
        x = x + 0.5 * self.before(x)
        x = x + self.attention(x)
        x = x + self.convolution(x)
        return self.norm(x + 0.5 * self.after(x))


def conformer(workload, dtype):
    """The check, and one pass forwards and backwards."""
    weights, x, target = conformer_inputs(workload)
    B, T, D = x.shape
    model = Conformer(weights, D, workload["heads"], workload["kernel"], T, dtype)
    x = torch.from_numpy(x).to(dtype).requires_grad_()
    target = torch.from_numpy(target).to(dtype)
    leaves = [x, *model.parameters()]

    def run():
        for leaf in leaves:
            leaf.grad = None
        loss = (model(x) - target).square().sum() / (2 * B * T)
        loss.backward()
        return loss.item()

    loss = run()
    dx, *grads = [leaf.grad.abs().sum(dtype=torch.float64).item() for leaf in leaves]
    return [loss, dx, sum(grads)], run
