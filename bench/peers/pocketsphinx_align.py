"""Aligns every NAME.wav of a folder with NAME.txt: NAME.json, a list of [word, start, end] in seconds.

    python3 bench/peers/pocketsphinx_align.py FOLDER OUT
"""
import json
import re
import sys
import wave
from pathlib import Path

from pocketsphinx import Decoder

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
decoder = Decoder(samprate=16000, loglevel="FATAL", beam=1e-80, wbeam=1e-60, pbeam=1e-80)
for sound in sorted(folder.glob("*.wav")):
    text = sound.with_suffix(".txt").read_text().lower()
    words = re.sub(r"[^a-z' ]", " ", text).split()
    found = []
    if all(decoder.lookup_word(word) for word in words):
        with wave.open(str(sound)) as file:
            samples = file.readframes(file.getnframes())
        decoder.set_align_text(" ".join(words))
        decoder.start_utt()
        decoder.process_raw(samples, full_utt=True)
        decoder.end_utt()
        found = [
            [re.sub(r"\(\d+\)$", "", seg.word), seg.start_frame / 100, (seg.end_frame + 1) / 100]
            for seg in decoder.seg() or []
            if not re.match(r"[<\[(]", seg.word)
        ]
    (out / f"{sound.stem}.json").write_text(json.dumps(found))
