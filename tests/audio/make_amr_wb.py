"""
Makes `tone_amr_wb.amr`: two seconds of a 440 Hz tone in AMR-WB (RFC 4867 storage format).

FFmpeg decodes AMR-WB and encodes none, so this one file is kept. The encoder is VisualOn's, in
Debian's package libvo-amrwbenc0:

    apt-get install libvo-amrwbenc0 && .venv/bin/python tests/audio/make_amr_wb.py
"""

import ctypes
from pathlib import Path

import numpy as np

MAGIC = b"#!AMR-WB\n"
RATE, FRAME = 16_000, 320
MODE_12_65 = 2


def main() -> None:
    """Encode frame by frame, 20 ms each."""
    library = ctypes.CDLL("libvo-amrwbenc.so.0")
    library.E_IF_init.restype = ctypes.c_void_p
    encoder = ctypes.c_void_p(library.E_IF_init())
    moments = np.arange(2 * RATE) / RATE
    pcm = np.round(16_000 * np.sin(2 * np.pi * 440 * moments)).astype(np.int16)
    made = bytearray(MAGIC)
    for start in range(0, len(pcm), FRAME):
        frame = pcm[start : start + FRAME].tobytes()
        out = ctypes.create_string_buffer(128)
        size = library.E_IF_encode(encoder, MODE_12_65, frame, out, 0)
        made += out.raw[:size]
    library.E_IF_exit(encoder)
    Path(__file__).with_name("tone_amr_wb.amr").write_bytes(made)


if __name__ == "__main__":
    main()
