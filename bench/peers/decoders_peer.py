"""Prefix beam search in two libraries that do nothing else: fast-ctc-decode and pyctcdecode.

Neither has a language model here, and what they would prune is kept. Labels are letters, as both
return text.
"""

import argparse
import logging
import platform
from importlib.metadata import version

import numpy as np

from inputs import beam_inputs, greedy_check
from serve import serve

BLANK = ""
FIRST = 0x4E00  # a letter as any other to both, and there are enough of them


def alphabet(K):
    return [BLANK] + [chr(FIRST + k) for k in range(1, K)]


def fast_ctc_decode(log_probs, width):
    from fast_ctc_decode import beam_search

    letters = ["-"] + alphabet(log_probs.shape[1])[1:]
    probs = np.exp(log_probs).astype(np.float32)
    return lambda: beam_search(probs, letters, beam_size=width, beam_cut_threshold=0.0)[0]


def pyctcdecode(log_probs, width):
    from pyctcdecode import Alphabet, BeamSearchDecoderCTC

    decoder = BeamSearchDecoderCTC(Alphabet(alphabet(log_probs.shape[1]), False))

    def decode():
        # A finite number that nothing is below; -inf + inf would be NaN.
        beams = decoder.decode_beams(
            log_probs, beam_width=width, beam_prune_logp=-1e9, token_min_logp=-1e9
        )
        return beams[0][0]

    return decode


def prepare(workload, decoder):
    if workload["kind"] != "beam":
        return None
    decode = decoder(beam_inputs(workload), workload["width"])
    return greedy_check([ord(letter) - FIRST for letter in decode()]), decode


if __name__ == "__main__":
    decoders = {"fast-ctc-decode": fast_ctc_decode, "pyctcdecode": pyctcdecode}
    parser = argparse.ArgumentParser()
    parser.add_argument("--decoder", choices=list(decoders), required=True)
    name = parser.parse_args().decoder
    logging.disable(logging.WARNING)  # that no language model is installed
    __import__(name.replace("-", "_"))
    versions = {"Python": platform.python_version(), "NumPy": np.__version__, name: version(name)}
    serve({"versions": versions}, lambda workload: prepare(workload, decoders[name]))
