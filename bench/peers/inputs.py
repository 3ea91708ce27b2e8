"""The benchmark's inputs in NumPy: the same streams as ours, so nothing needs to be sent over."""

import numpy as np

FLOOR = 0.08


class PhonemeCorpus:
    """The synthetic phoneme corpus, drawn number by number as lib/corpora/phonemes.ts draws it."""

    def __init__(self, seed, phones_per_sequence=(3, 8), K=6, F=8):
        rng = np.random.RandomState(seed)
        self.K, self.F, self.phones = K, F, phones_per_sequence
        self.late = np.full((K, F), FLOOR)
        self.early = np.full((K, F), FLOOR)
        for k in range(K):
            n = [1, 2][rng.randint(0, 2)]
            self.late[k, rng.permutation(F)[:n]] += 1
        order = rng.permutation(K)
        for pair in range(0, K, 2):
            self.early[order[pair : pair + 2], rng.permutation(F)[0]] += 1
        self.freqs = rng.uniform(0.05, 0.40, (K, F))
        self.phases = rng.uniform(0, 2 * np.pi, (K, F))

    def batch(self, rng, B):
        """B sequences: a list of [T, F] arrays, and a list of targets."""
        drawn = [self._sequence(rng) for _ in range(B)]
        return [x for x, _ in drawn], [target for _, target in drawn]

    def _sequence(self, rng):
        parts, target = [], []
        L = rng.randint(self.phones[0], self.phones[1] + 1)
        if rng.uniform() < 0.5:
            parts.append(self._silence(rng))
        for i in range(L):
            k = rng.randint(0, self.K)
            target.append(k + 1)
            parts.append(self._phone(rng, k, rng.randint(4, 11)))
            if i < L - 1:
                parts.append(self._silence(rng))
        if rng.uniform() < 0.5:
            parts.append(self._silence(rng))
        return np.concatenate(parts), target

    def _silence(self, rng):
        return 0.05 * rng.randn(rng.randint(2, 6), self.F)

    def _phone(self, rng, k, n):
        knee = max(1, int(np.rint(0.45 * n)))
        early = np.zeros((n, 1))
        early[:knee, 0] = np.linspace(1, 0, knee)
        base = early * self.early[k] + (1 - early) * self.late[k]
        t = np.arange(n)[:, None]
        base += 0.35 * np.cos(self.freqs[k] * t + self.phases[k])
        envelope = 0.6 + 0.4 * np.sin(np.pi * np.linspace(0, 1, n))
        return envelope[:, None] * base + 0.18 * rng.randn(n, self.F)


def corpus_of(workload):
    return PhonemeCorpus(workload["seed"], tuple(workload["phonesPerSequence"]))


def training_batches(workload):
    """The first batches of the training stream, drawn ahead."""
    corpus, rng = corpus_of(workload), np.random.RandomState(workload["seed"] + 17)
    return [corpus.batch(rng, workload["batch"]) for _ in range(workload["batches"])]


def speech_batches(workload):
    """Noise of the sizes of speech, and random targets."""
    B, T, D, K, L = (workload[n] for n in ("batch", "frames", "features", "labels", "length"))
    rng = np.random.RandomState(workload["seed"] + 17)
    return [
        (list(rng.randn(B, T, D)), rng.randint(1, K, (B, L)).tolist())
        for _ in range(workload["batches"])
    ]


def initial_weights(workload, D=8, K=7):
    """[(Wx, Wh, b) forward, (Wx, Wh, b) backward] per layer, and (W, b) of the output layer."""
    rng, H = np.random.RandomState(workload["seed"] + 7), workload["hidden"]
    layers = []
    for _ in range(workload["layers"]):
        pair = []
        for _ in range(2):
            Wx = rng.randn(D, 4 * H) * (0.5 / np.sqrt(D))
            Wh = rng.randn(H, 4 * H) * (0.5 / np.sqrt(H))
            b = np.zeros(4 * H)
            b[H : 2 * H] = 1
            pair.append((Wx, Wh, b))
        layers.append(pair)
        D = 2 * H
    return layers, (rng.randn(D, K) / np.sqrt(D), np.zeros(K))


def conformer_inputs(workload):
    """Weights by our names, input and target [B, T, D], drawn as bench/workloads.ts draws them."""
    D, kernel = workload["width"], workload["kernel"]
    B, T = workload["batch"], workload["frames"]
    rng, weights = np.random.RandomState(workload["seed"]), {}

    def draw(name, rows, cols):
        weights[name] = rng.randn(rows, cols) / np.sqrt(rows)

    draw("before.inner", D, 4 * D)
    draw("before.outer", 4 * D, D)
    for name in ("q", "k", "v", "o", "r"):
        draw(name, D, D)
    draw("expand", D, 2 * D)
    draw("depthwise", kernel, D)
    draw("project", D, D)
    draw("after.inner", D, 4 * D)
    draw("after.outer", 4 * D, D)
    return weights, rng.randn(B, T, D), rng.randn(B, T, D)


def attention_weights(workload):
    """The weights of the attention encoder–decoder by our names, all but those that are zero."""
    D, H, M = (workload[name] for name in ("features", "hidden", "embedding"))
    A, K, taps = workload["width"], workload["labels"], 2 * workload["reach"] + 1
    rng, weights = np.random.RandomState(workload["seed"] + 7), {}

    def draw(name, rows, cols, scale):
        weights[name] = rng.randn(rows, cols) * scale

    draw("encoder.Wx", D, 4 * H, 0.5 / np.sqrt(D))
    draw("encoder.Wh", H, 4 * H, 0.5 / np.sqrt(H))
    draw("embedding", K, M, 1 / np.sqrt(M))
    draw("Wx", M + H, 4 * H, 0.5 / np.sqrt(M + H))
    draw("Wh", H, 4 * H, 0.5 / np.sqrt(H))
    draw("Wq", H, A, 1 / np.sqrt(H))
    draw("W", 2 * H, K, 1 / np.sqrt(2 * H))
    draw("Wk", H, A, 1 / np.sqrt(H))
    draw("v", 1, A, 1 / np.sqrt(A))
    draw("L", taps, A, 1 / np.sqrt(taps))
    weights["b"] = np.repeat([0.0, 1.0, 0.0, 0.0], H)
    return weights


def attention_batches(workload):
    """Batches of noise [B, T, D] and targets [B, U]; for a search, noise [T, D] alone."""
    T, D, K = (workload[name] for name in ("frames", "features", "labels"))
    rng = np.random.RandomState(workload["seed"] + 17)
    if workload["kind"] == "attention-beam":
        return rng.randn(T, D)
    B, U = workload["batch"], workload["length"]
    return [
        (rng.randn(B, T, D), rng.randint(1, K, (B, U))) for _ in range(workload["batches"])
    ]


def ctc_inputs(workload):
    """Logits [B, T, K] and targets [B, L]."""
    B, T, K, L = (workload[name] for name in ("batch", "frames", "labels", "length"))
    rng = np.random.RandomState(workload["seed"])
    return rng.randn(B, T, K), rng.randint(1, K, (B, L))


def transducer_inputs(workload):
    """Logits [B, T, U + 1, K] and targets [B, U]."""
    B, T, K, U = (workload[name] for name in ("batch", "frames", "labels", "length"))
    rng = np.random.RandomState(workload["seed"])
    return rng.randn(B, T, U + 1, K), rng.randint(1, K, (B, U))


def greedy_inputs(workload):
    """Scores [T, K] in which blank is often the best."""
    scores = np.random.RandomState(workload["seed"]).randn(workload["frames"], workload["labels"])
    scores[:, 0] += 2
    return scores


def beam_inputs(workload):
    """Log-probabilities [T, K], peaked as a trained network's are."""
    scores = np.random.RandomState(workload["seed"]).randn(workload["frames"], workload["labels"])
    scores *= 6
    scores[:, 0] += 16
    scores -= scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def greedy_check(labels):
    """How many labels there are, and a sum that depends on each and its place."""
    return [len(labels), int(sum(label * (1 + n % 97) for n, label in enumerate(labels)))]
