"""The transducer loss of torchaudio on the CPU, float32, with its gradient."""

import platform

import torch
import torchaudio
from torchaudio.functional import rnnt_loss

from inputs import transducer_inputs
from serve import serve


def prepare(workload):
    if workload["kind"] != "transducer":
        return None
    logits, targets = transducer_inputs(workload)
    B, T, C, _ = logits.shape
    leaf = torch.from_numpy(logits).to(torch.float32).requires_grad_()
    targets = torch.from_numpy(targets).to(torch.int32)
    frames, sizes = (torch.full((B,), n, dtype=torch.int32) for n in (T, C - 1))

    def run():
        leaf.grad = None
        loss = rnnt_loss(leaf, targets, frames, sizes, blank=0, reduction="mean")
        loss.backward()
        return loss.item()

    loss = run()
    return [loss, leaf.grad.abs().sum(dtype=torch.float64).item()], run


if __name__ == "__main__":
    versions = {
        "Python": platform.python_version(),
        "PyTorch": torch.__version__,
        "torchaudio": torchaudio.__version__,
    }
    serve({"versions": versions, "threads": torch.get_num_threads()}, prepare)
