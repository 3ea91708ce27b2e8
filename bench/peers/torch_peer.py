"""BLSTM and CTC in PyTorch on the CPU: nn.LSTM over packed sequences, CTCLoss, clipping, Adam; and
the transducer loss, which PyTorch itself does not have, by a loop over its lattice.

PyTorch's second bias stays zero and is not trained, so that the model is ours and its losses can be
held against ours.
"""

import argparse
import platform

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

from inputs import (
    ctc_inputs,
    greedy_check,
    greedy_inputs,
    initial_weights,
    speech_batches,
    training_batches,
    transducer_inputs,
)
from serve import serve
from torch_attention import attention_beam, attention_step
from torch_conformer import conformer


class Model(nn.Module):
    def __init__(self, workload, dtype):
        super().__init__()
        D, K = workload.get("features", 8), workload.get("labels", 7)
        layers, (W, b) = initial_weights(workload, D, K)
        H = workload["hidden"]
        self.lstm = nn.LSTM(D, H, num_layers=len(layers), bidirectional=True, dtype=dtype)
        self.linear = nn.Linear(2 * H, K, dtype=dtype)
        with torch.no_grad():
            for n, pair in enumerate(layers):
                for suffix, (Wx, Wh, bias) in zip(("", "_reverse"), pair):
                    self._set(f"weight_ih_l{n}{suffix}", Wx.T)
                    self._set(f"weight_hh_l{n}{suffix}", Wh.T)
                    self._set(f"bias_ih_l{n}{suffix}", bias)
                    second = getattr(self.lstm, f"bias_hh_l{n}{suffix}")
                    second.zero_()
                    second.requires_grad_(False)
            self.linear.weight.copy_(torch.from_numpy(W.T.copy()))
            self.linear.bias.zero_()

    def _set(self, name, value):
        getattr(self.lstm, name).copy_(torch.from_numpy(value.copy()))

    def forward(self, x, lengths):
        packed = pack_padded_sequence(x, lengths, enforce_sorted=False)
        y, _ = pad_packed_sequence(self.lstm(packed)[0])
        return self.linear(y).log_softmax(2)


def training(workload, dtype):
    """One training step on the next of the given batches."""
    model = Model(workload, dtype)
    weights = [p for p in model.parameters() if p.requires_grad]
    adam = torch.optim.Adam(weights, lr=3e-3)
    ctc = nn.CTCLoss(reduction="none")
    batches = []
    draw = speech_batches if workload["kind"] == "speech" else training_batches
    for parts, targets in draw(workload):
        batches.append((
            pad_sequence([torch.from_numpy(part).to(dtype) for part in parts]),
            torch.tensor([len(part) for part in parts]),
            torch.tensor([label for target in targets for label in target]),
            torch.tensor([len(target) for target in targets]),
        ))
    steps = 0

    def step():
        nonlocal steps
        x, lengths, targets, sizes = batches[steps % len(batches)]
        steps += 1
        adam.zero_grad()
        loss = ctc(model(x, lengths), targets, lengths, sizes).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        adam.step()
        return loss.item()

    return step


def transducer_loss(logits, targets):
    """The mean loss by a loop over the diagonals of the lattice, all sequences at once."""
    B, T, C, _ = logits.shape
    log_probs = logits.log_softmax(3)
    blanks = log_probs[..., 0]
    labels = log_probs[:, :, :-1].gather(3, targets[:, None, :, None].expand(B, T, -1, 1))[..., 0]
    # Row d holds the nodes (d - u, u); where there is none, nothing leads on.
    t = torch.arange(T + C - 1)[:, None] - torch.arange(C)
    inside, t = (t >= 0) & (t < T), t.clamp(0, T - 1)
    u = torch.arange(C).expand_as(t)
    nothing = torch.full((), -1e30, dtype=logits.dtype)
    stay = torch.where(inside, blanks[:, t, u], nothing)
    move = torch.where(inside[:, :-1], labels[:, t[:, :-1], u[:, :-1]], nothing)
    alpha = torch.full((B, C), -1e30, dtype=logits.dtype)
    alpha[:, 0] = 0
    edge = nothing.expand(B, 1)
    for d in range(T + C - 2):
        moved = torch.cat([edge, alpha[:, :-1] + move[:, d]], 1)
        alpha = torch.logaddexp(alpha + stay[:, d], moved)
    return -(alpha[:, -1] + blanks[:, -1, -1]).mean()


def prepare(workload, dtype):
    kind = workload["kind"]
    if kind == "speech" and workload["layers"] > 1 and dtype == torch.float64:
        return None  # a minute a step
    if kind in ("train", "speech"):
        step = training(workload, dtype)
        return [step() for _ in range(3)], step
    if kind == "ctc":
        logits, targets = ctc_inputs(workload)
        B, T, _ = logits.shape
        leaf = torch.from_numpy(logits.transpose(1, 0, 2).copy()).to(dtype).requires_grad_()
        targets = torch.from_numpy(targets)
        lengths, sizes = torch.full((B,), T), torch.full((B,), targets.shape[1])
        ctc = nn.CTCLoss(reduction="none")

        def run():
            leaf.grad = None
            loss = ctc(leaf.log_softmax(2), targets, lengths, sizes).mean()
            loss.backward()
            return loss.item()

        loss = run()
        return [loss, leaf.grad.abs().sum(dtype=torch.float64).item()], run
    if kind == "conformer":
        return conformer(workload, dtype)
    if kind == "attention":
        return attention_step(workload, dtype)
    if kind == "attention-beam":
        return attention_beam(workload, dtype)
    if kind == "transducer":
        logits, targets = transducer_inputs(workload)
        leaf = torch.from_numpy(logits).to(dtype).requires_grad_()
        targets = torch.from_numpy(targets)

        def run():
            leaf.grad = None
            loss = transducer_loss(leaf, targets)
            loss.backward()
            return loss.item()

        loss = run()
        return [loss, leaf.grad.abs().sum(dtype=torch.float64).item()], run
    if kind == "greedy":
        scores = torch.from_numpy(greedy_inputs(workload)).to(dtype)

        def decode():
            path = torch.unique_consecutive(scores.argmax(1))
            return path[path != 0].tolist()

        return greedy_check(decode()), decode
    return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float32")
    arguments = parser.parse_args()
    dtype = getattr(torch, arguments.dtype)
    versions = {"Python": platform.python_version(), "PyTorch": torch.__version__}
    serve(
        {"versions": versions, "threads": torch.get_num_threads()},
        lambda workload: prepare(workload, dtype),
    )
