"""Our attention encoder–decoder in PyTorch: an LSTM, location-aware attention, an LSTM that spells.

Second biases stay zero and are not trained, as in torch_peer.py. All sequences are equally long, so
that nothing needs to be padded or masked.
"""

import torch
from torch import nn
from torch.nn import functional as F

from inputs import attention_batches, attention_weights, greedy_check


class Speller(nn.Module):
    def __init__(self, workload, dtype):
        super().__init__()
        D, H, M = (workload[name] for name in ("features", "hidden", "embedding"))
        A, K, reach = (workload[name] for name in ("width", "labels", "reach"))
        self.H, self.reach = H, reach
        self.encoder = nn.LSTM(D, H, batch_first=True, dtype=dtype)
        self.embedding = nn.Embedding(K, M, dtype=dtype)
        self.cell = nn.LSTMCell(M + H, H, dtype=dtype)
        self.query = nn.Linear(H, A, bias=False, dtype=dtype)
        self.key = nn.Linear(H, A, dtype=dtype)
        self.energy = nn.Linear(A, 1, bias=False, dtype=dtype)
        self.location = nn.Conv1d(1, A, 2 * reach + 1, padding=reach, bias=False, dtype=dtype)
        self.output = nn.Linear(2 * H, K, dtype=dtype)
        weights = {name: torch.from_numpy(w) for name, w in attention_weights(workload).items()}
        with torch.no_grad():
            self.encoder.weight_ih_l0.copy_(weights["encoder.Wx"].T)
            self.encoder.weight_hh_l0.copy_(weights["encoder.Wh"].T)
            self.encoder.bias_ih_l0.copy_(weights["b"])
            self.encoder.bias_hh_l0.zero_().requires_grad_(False)
            self.embedding.weight.copy_(weights["embedding"])
            self.cell.weight_ih.copy_(weights["Wx"].T)
            self.cell.weight_hh.copy_(weights["Wh"].T)
            self.cell.bias_ih.copy_(weights["b"])
            self.cell.bias_hh.zero_().requires_grad_(False)
            self.query.weight.copy_(weights["Wq"].T)
            self.key.weight.copy_(weights["Wk"].T)
            self.key.bias.zero_()
            self.energy.weight.copy_(weights["v"])
            self.location.weight.copy_(weights["L"].T[:, None])
            self.output.weight.copy_(weights["W"].T)
            self.output.bias.zero_()

    def listen(self, x):
        """Frames [B, T, H] and keys [B, T, A]."""
        h = self.encoder(x)[0]
        return h, self.key(h)

    def start(self, B, T, dtype):
        zeros = torch.zeros(B, self.H, dtype=dtype)
        return zeros, zeros, zeros, torch.zeros(B, T, dtype=dtype)

    def step(self, memory, embedded, state):
        """One step further: (state, cell, context, weights)."""
        (h, keys), (s, c, context, weights) = memory, state
        s, c = self.cell(torch.cat([embedded, context], 1), (s, c))
        seen = self.location(weights[:, None]).transpose(1, 2)
        hidden = torch.tanh(self.query(s)[:, None] + keys + seen)
        weights = self.energy(hidden)[..., 0].softmax(1)
        return s, c, (weights[:, None] @ h)[:, 0], weights

    def logits(self, x, said):
        """[B, U, K] for the labels [B, U] that every step is told."""
        memory, embedded = self.listen(x), self.embedding(said)
        state, outs = self.start(*x.shape[:2], x.dtype), []
        for u in range(said.shape[1]):
            state = self.step(memory, embedded[:, u], state)
            outs.append(torch.cat([state[0], state[2]], 1))
        return self.output(torch.stack(outs, 1))


def attention_step(workload, dtype):
    """The losses of three training steps, and one step on the next of the given batches."""
    model = Speller(workload, dtype)
    weights = [p for p in model.parameters() if p.requires_grad]
    adam = torch.optim.Adam(weights, lr=3e-3)
    batches = [
        (
            torch.from_numpy(x).to(dtype),
            F.pad(torch.from_numpy(targets), (1, 0)),
            F.pad(torch.from_numpy(targets), (0, 1)),
        )
        for x, targets in attention_batches(workload)
    ]
    steps = 0

    def step():
        nonlocal steps
        x, said, wanted = batches[steps % len(batches)]
        steps += 1
        adam.zero_grad()
        logits = model.logits(x, said)
        loss = F.cross_entropy(logits.flatten(0, 1), wanted.flatten(), reduction="sum") / len(x)
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        adam.step()
        return loss.item()

    return [step() for _ in range(3)], step


def attention_beam(workload, dtype):
    """The best labelling of one sequence with its score, and the search: all hypotheses at once."""
    model = Speller(workload, dtype)
    x = torch.from_numpy(attention_batches(workload))[None].to(dtype)
    K, width, most = workload["labels"], workload["beamWidth"], workload["maxLabels"]

    @torch.inference_mode()
    def search():
        h, keys = model.listen(x)
        state = model.start(1, x.shape[1], dtype)
        said, scores = torch.zeros(1, dtype=torch.long), torch.zeros(1, dtype=dtype)
        going, ended = [[]], []
        for u in range(most + 1):
            n = len(going)
            memory = h.expand(n, -1, -1), keys.expand(n, -1, -1)
            state = model.step(memory, model.embedding(said), state)
            logits = model.output(torch.cat([state[0], state[2]], 1))
            scores = scores[:, None] + logits.log_softmax(1)
            if u == most:
                scores[:, 1:] = -torch.inf
            scores = scores.flatten()
            lengths = torch.full((n, K), u + 2.0, dtype=dtype)
            lengths[:, 0] = u + 1
            ranks, places = (scores / lengths.flatten()).topk(min(n * K, width + n))
            before, going, kept = going, [], []
            for rank, place in zip(ranks.tolist(), places.tolist()):
                if len(going) == width:
                    break
                parent, label = divmod(place, K)
                if label == 0:
                    ended.append((rank, before[parent]))
                elif rank > -torch.inf:
                    going.append([*before[parent], label])
                    kept.append(place)
            if not going:
                break
            chosen = torch.tensor(kept)
            scores, said, parents = scores[chosen], chosen % K, chosen // K
            state = [part[parents] for part in state]
        return max(ended)

    rank, labels = search()
    return [rank * (len(labels) + 1), *greedy_check(labels)], search
