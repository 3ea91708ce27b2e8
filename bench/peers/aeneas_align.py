"""Aligns sounds with the texts beside them by aeneas, word by word.

    python aeneas_align.py SOUNDS OUT

Writes for NAME.wav and NAME.txt a NAME.json, a list of [word, start, end] in seconds.
"""

import json
import pathlib
import sys

from aeneas.executetask import ExecuteTask
from aeneas.runtimeconfiguration import RuntimeConfiguration
from aeneas.task import Task

# Finer than its default, which is for sentences: windows of 20 ms every 5 ms, pauses left out.
settings = RuntimeConfiguration(
    "mfcc_mask_nonspeech=True|mfcc_window_length=0.020|mfcc_window_shift=0.005"
)
sounds, out = map(pathlib.Path, sys.argv[1:])
words_file = out / "words.plain"
for sound in sorted(sounds.glob("*.wav")):
    words = sound.with_suffix(".txt").read_text(encoding="utf-8").split()
    words_file.write_text("\n".join(words), encoding="utf-8")
    task = Task(config_string="task_language=eng|is_text_type=plain|os_task_file_format=json")
    task.audio_file_path_absolute = str(sound)
    task.text_file_path_absolute = str(words_file)
    ExecuteTask(task, rconf=settings).execute()
    found = [
        [fragment.text_fragment.text, float(fragment.begin), float(fragment.end)]
        for fragment in task.sync_map.fragments
        if fragment.text_fragment.lines
    ]
    (out / sound.with_suffix(".json").name).write_text(json.dumps(found))
