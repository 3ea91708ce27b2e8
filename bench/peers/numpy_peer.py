"""BLSTM and CTC in NumPy, float64, as a careful person would write them.

Layers work on the padded batch, time first, with one loop over time. As padding comes after every
sequence, and the backward direction reads every sequence reversed in place, it needs no masks:
gradients at padding are zero because nothing there reaches the loss.

With `--ctc sequence` the CTC lattice is a vector of states per frame, one sequence after the other;
with `--ctc batch` it is a [B, S] matrix per frame.
"""

import argparse
import platform

import numpy as np

from inputs import (
    corpus_of,
    ctc_inputs,
    greedy_check,
    greedy_inputs,
    initial_weights,
    training_batches,
)
from serve import serve


def lstm_forward(x, Wx, Wh, b):
    """x [T, B, D] -> h [T, B, H]; gate order i, f, g, o."""
    T, B, D = x.shape
    H = Wh.shape[0]
    gates = (x.reshape(T * B, D) @ Wx + b).reshape(T, B, 4 * H)
    h, c, tanh_c = (np.empty((T, B, H)) for _ in range(3))
    for t in range(T):
        z = gates[t]
        if t > 0:
            z += h[t - 1] @ Wh
        g = np.tanh(z[:, 2 * H : 3 * H])
        np.negative(z, out=z)
        np.exp(z, out=z)
        z += 1
        np.reciprocal(z, out=z)
        z[:, 2 * H : 3 * H] = g
        np.multiply(z[:, :H], g, out=c[t])
        if t > 0:
            c[t] += z[:, H : 2 * H] * c[t - 1]
        np.tanh(c[t], out=tanh_c[t])
        np.multiply(z[:, 3 * H :], tanh_c[t], out=h[t])
    return h, (x, gates, h, c, tanh_c)


def lstm_backward(cache, dy, Wx, Wh):
    """Gradients with respect to x, Wx, Wh and b."""
    x, gates, h, c, tanh_c = cache
    T, B, D = x.shape
    H = Wh.shape[0]
    i, f, g, o = (gates[:, :, n * H : (n + 1) * H] for n in range(4))
    before = np.concatenate([np.zeros((1, B, H)), c[:-1]])
    # What dc (for i, f, g) and dh (for o) are multiplied with, over all frames at once.
    slope = np.concatenate(
        [g * i * (1 - i), before * f * (1 - f), i * (1 - g * g), tanh_c * o * (1 - o)], axis=2
    )
    through = o * (1 - tanh_c * tanh_c)
    dz = np.empty_like(gates)
    dc = np.zeros((B, H))
    WhT = Wh.T.copy()
    for t in range(T - 1, -1, -1):
        dh = dy[t] if t == T - 1 else dy[t] + dz[t + 1] @ WhT
        dc += dh * through[t]
        np.multiply(slope[t, :, : 3 * H].reshape(B, 3, H), dc[:, None], out=dz[t, :, : 3 * H].reshape(B, 3, H))
        np.multiply(slope[t, :, 3 * H :], dh, out=dz[t, :, 3 * H :])
        dc *= f[t]
    flat = dz.reshape(T * B, 4 * H)
    dx = (flat @ Wx.T).reshape(T, B, D)
    dWx = x.reshape(T * B, D).T @ flat
    dWh = h[:-1].reshape(-1, H).T @ flat[B:]
    return dx, dWx, dWh, flat.sum(axis=0)


def forward(weights, x, mirror):
    layers, (W, b) = weights
    columns = np.arange(x.shape[1])
    caches = []
    for fwd, bwd in layers:
        left, left_cache = lstm_forward(x, *fwd)
        right, right_cache = lstm_forward(x[mirror, columns], *bwd)
        caches.append((left_cache, right_cache))
        x = np.concatenate([left, right[mirror, columns]], axis=2)
    return x @ W + b, (caches, x)


def backward(weights, cache, dlogits, mirror):
    layers, (W, _) = weights
    caches, x = cache
    columns = np.arange(x.shape[1])
    K = W.shape[1]
    dW = x.reshape(-1, x.shape[2]).T @ dlogits.reshape(-1, K)
    grads = [dW, dlogits.reshape(-1, K).sum(axis=0)]
    dx = dlogits @ W.T
    for (fwd, bwd), (left, right) in zip(reversed(layers), reversed(caches)):
        H = fwd[1].shape[0]
        dleft, *left_grads = lstm_backward(left, dx[:, :, :H], *fwd[:2])
        dright, *right_grads = lstm_backward(right, dx[mirror, columns, H:], *bwd[:2])
        dx = dleft + dright[mirror, columns]
        grads = left_grads + right_grads + grads
    return grads


def ctc_sequence(logits, target):
    """Loss and logit gradient of one sequence, [T, K]; blank 0."""
    T, K = logits.shape
    logp = log_softmax(logits)
    S = 2 * len(target) + 1
    states = np.zeros(S, dtype=np.intp)
    states[1::2] = target
    skip = np.full(S, -np.inf)  # log weight of s - 2 -> s
    skip[2:][(states[2:] != 0) & (states[2:] != states[:-2])] = 0
    emission = logp[:, states]
    alpha = np.full((T, S + 2), -np.inf)  # two columns of -inf before the first state
    beta = np.full((T, S + 2), -np.inf)  # and after the last
    alpha[0, 2:4] = emission[0, :2]
    beta[-1, max(0, S - 2) : S] = emission[-1, max(0, S - 2) :]
    leave = np.concatenate([skip[2:], [-np.inf, -np.inf]])  # log weight of s -> s + 2
    for t in range(1, T):
        a = alpha[t - 1]
        alpha[t, 2:] = emission[t] + log_add(a[2:], a[1:-1], a[:-2] + skip)
    for t in range(T - 2, -1, -1):
        b = beta[t + 1]
        beta[t, :S] = emission[t] + log_add(b[:S], b[1 : S + 1], b[2:] + leave)
    log_sum = np.logaddexp(beta[0, 0], beta[0, 1]) if S > 1 else beta[0, 0]
    share = np.exp(alpha[:, 2:] + beta[:, :S] - emission - log_sum)
    occupancy = share @ (states[:, None] == np.arange(K))
    return -log_sum, np.exp(logp) - occupancy


def ctc_batch(logits, lengths, targets):
    """Losses [B] and logit gradients of a padded batch [T, B, K], time first; blank 0."""
    T, B, K = logits.shape
    logp = log_softmax(logits)
    sizes = np.array([2 * len(target) + 1 for target in targets])
    S = sizes.max()
    states = np.zeros((B, S), dtype=np.intp)
    for b, target in enumerate(targets):
        states[b, 1 : sizes[b] : 2] = target
    skip = np.full((B, S), -np.inf)
    skip[:, 2:][(states[:, 2:] != 0) & (states[:, 2:] != states[:, :-2])] = 0
    place = np.arange(S)
    final = np.where((place < sizes[:, None]) & (place >= sizes[:, None] - 2), 0.0, -np.inf)
    emission = np.take_along_axis(logp, np.broadcast_to(states, (T, B, S)), axis=2)
    alpha = np.full((T, B, S + 2), -np.inf)
    beta = np.full((T, B, S + 2), -np.inf)
    alpha[0, :, 2:4] = emission[0, :, :2]
    leave = np.concatenate([skip[:, 2:], np.full((B, 2), -np.inf)], axis=1)
    for t in range(1, T):
        a = alpha[t - 1]
        alpha[t, :, 2:] = emission[t] + log_add(a[:, 2:], a[:, 1:-1], a[:, :-2] + skip)
    for t in range(T - 1, -1, -1):
        if t + 1 < T:
            b = beta[t + 1]
            beta[t, :, :S] = emission[t] + log_add(b[:, :S], b[:, 1 : S + 1], b[:, 2:] + leave)
        ends = lengths - 1 == t
        beta[t, ends, :S] = emission[t, ends] + final[ends]
    log_sum = np.logaddexp(beta[0, :, 0], beta[0, :, 1])
    share = np.exp(alpha[:, :, 2:] + beta[:, :, :S] - emission - log_sum[:, None])
    share[np.arange(T)[:, None] >= lengths] = 0
    one_hot = (states[:, :, None] == np.arange(K)).astype(float)
    occupancy = (share.transpose(1, 0, 2) @ one_hot).transpose(1, 0, 2)
    gradient = np.exp(logp) - occupancy
    gradient[np.arange(T)[:, None] >= lengths] = 0
    return -log_sum, gradient


def log_softmax(x):
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))


def log_add(a, b, c):
    """log(exp(a) + exp(b) + exp(c))"""
    top = np.maximum(np.maximum(a, b), c)
    base = np.maximum(top, -1e300)  # no -inf - -inf
    return base + np.log(np.exp(a - base) + np.exp(b - base) + np.exp(c - base))


class Adam:
    def __init__(self, params, lr=3e-3):
        self.params, self.lr, self.t = params, lr, 0
        self.m = [np.zeros_like(p) for p in params]
        self.v = [np.zeros_like(p) for p in params]

    def step(self, grads):
        self.t += 1
        for p, g, m, v in zip(self.params, grads, self.m, self.v):
            m *= 0.9
            m += 0.1 * g
            v *= 0.999
            v += 0.001 * g * g
            p -= self.lr * (m / (1 - 0.9**self.t)) / (np.sqrt(v / (1 - 0.999**self.t)) + 1e-8)


def training(workload, ctc):
    """One training step; data is drawn in it where the workload says so."""
    weights = initial_weights(workload)
    layers, output = weights
    adam = Adam([w for pair in layers for direction in pair for w in direction] + list(output))
    draws = workload["draws"]
    corpus, rng = corpus_of(workload), np.random.RandomState(workload["seed"] + 17)
    given = [] if draws else training_batches(workload)
    steps = 0

    def step():
        nonlocal steps
        if draws:
            parts, targets = corpus.batch(rng, workload["batch"])
        else:
            parts, targets = given[steps % len(given)]
        steps += 1
        B = len(parts)
        lengths = np.array([len(part) for part in parts])
        x = np.zeros((lengths.max(), B, 8))
        for b, part in enumerate(parts):
            x[: len(part), b] = part
        time = np.arange(len(x))[:, None]
        mirror = np.where(time < lengths, lengths - 1 - time, time)
        logits, cache = forward(weights, x, mirror)
        if ctc == "batch":
            losses, dlogits = ctc_batch(logits, lengths, targets)
        else:
            losses, dlogits = np.empty(B), np.zeros_like(logits)
            for b in range(B):
                losses[b], dlogits[: lengths[b], b] = ctc_sequence(
                    logits[: lengths[b], b], targets[b]
                )
        grads = backward(weights, cache, dlogits / B, mirror)
        norm = np.sqrt(sum((g * g).sum() for g in grads))
        if norm > 1:
            for g in grads:
                g *= 1 / (norm + 1e-12)
        adam.step(grads)
        return losses.mean()

    return step


def prepare(workload, ctc):
    kind = workload["kind"]
    if kind == "train":
        step = training(workload, ctc)
        return [step() for _ in range(3)], step
    if kind == "ctc":
        logits, targets = ctc_inputs(workload)
        B, T, _ = logits.shape

        def run():
            if ctc == "batch":
                losses, gradient = ctc_batch(time_first, np.full(B, T), targets)
            else:
                one = [ctc_sequence(logits[b], targets[b]) for b in range(B)]
                losses, gradient = np.array([loss for loss, _ in one]), np.array([g for _, g in one])
            return losses.mean(), gradient / B

        time_first = np.ascontiguousarray(logits.transpose(1, 0, 2))
        loss, gradient = run()
        return [loss, np.abs(gradient).sum()], run
    if kind == "greedy":
        scores = greedy_inputs(workload)

        def decode():
            best = scores.argmax(axis=1)
            keep = best != 0
            keep[1:] &= best[1:] != best[:-1]
            return best[keep].tolist()

        return greedy_check(decode()), decode
    return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--ctc", choices=["sequence", "batch"], default="sequence")
    arguments = parser.parse_args()
    np.seterr(divide="ignore")  # log(0) is -inf, as it should be
    serve(
        {"versions": {"Python": platform.python_version(), "NumPy": np.__version__}},
        lambda workload: prepare(workload, arguments.ctc),
    )
