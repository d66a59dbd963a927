"""
`python -m transcription.training learn|pack|examine|calibrate`: the exercise model from nothing.

    learn --minutes 85 --to learned.pt      about 22 hours of synthetic speech, two cores
    pack learned.pt --to exercise.pt        as openai-whisper's own format, 16 bit, deflated
    examine exercise.pt                     word error rates on phrases and voices kept out
    calibrate whisper:exercise --to transcription/support/calibration.json
"""

import argparse
import json
from pathlib import Path


def main() -> None:
    """Do one of the four."""
    parser = argparse.ArgumentParser(prog="python -m transcription.training", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    learning = verbs.add_parser("learn")
    learning.add_argument("--minutes", type=float, default=85)
    learning.add_argument("--from", dest="start", type=Path)
    learning.add_argument("--seed", type=int, default=1)
    learning.add_argument("--to", type=Path, required=True)
    packing = verbs.add_parser("pack")
    packing.add_argument("learned", type=Path)
    packing.add_argument("--to", type=Path, required=True)
    examining = verbs.add_parser("examine")
    examining.add_argument("checkpoint", type=Path)
    examining.add_argument("--phrases", type=int, default=300)
    examining.add_argument("--seed", type=int, default=77)
    calibrating = verbs.add_parser("calibrate")
    calibrating.add_argument("engine")
    calibrating.add_argument("--phrases", type=int, default=200)
    calibrating.add_argument("--to", type=Path, required=True)
    chosen = parser.parse_args()
    if chosen.verb == "learn":
        from transcription.training.learning import learn

        learn(chosen.minutes, chosen.to, start=chosen.start, seed=chosen.seed)
    elif chosen.verb == "pack":
        from transcription.training.packing import pack

        print(json.dumps(pack(chosen.learned, chosen.to), indent=2))
    elif chosen.verb == "calibrate":
        from transcription.training.calibration import calibrate

        made = calibrate(chosen.engine, chosen.to, phrases=chosen.phrases)
        print(json.dumps(made.as_data(), indent=2))
    else:
        from transcription.training.examination import examine

        print(
            json.dumps(
                examine(chosen.checkpoint, phrases=chosen.phrases, seed=chosen.seed), indent=2
            )
        )


if __name__ == "__main__":
    main()
