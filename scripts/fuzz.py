"""Feed the parsers with broken files: mutants of the samples in every format. None may end or hang the reading.

    python -m scripts.fuzz [--mutants 2000] [--seed 1] [--seconds 10]

A good document is read between the mutants, too. Exit status 1 when a mutant showed a bug, ran past its limit, or when
the good document was lost.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

from extract.document import Document
from flows.workers import Limits, ParseWorker, WorkerError

SAMPLES = Path(__file__).parent.parent / "examples" / "formats"
GOOD = b"Canada will invest $5 million in tidal power, the minister said in Halifax."
_SPLICES = (b"\0" * 64, b"<" * 64, b"\xff" * 16, b"%PDF-", b"PK\x03\x04", b"&a;" * 32, b"{\\rtf", b"9" * 400)
_GRACE = 3.0  # seconds beside the limit: what it takes to end a worker


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Change a file as bad disks, bad lines and bad people do."""
    if data[:2] == b"PK" and chance.random() < 0.7:
        return _mutant_inside(data, chance)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(max(1, len(changed)))
        kind = chance.randrange(6)
        if kind == 0:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del changed[at:]
        elif kind == 2:
            del changed[at : at + chance.randrange(1, 200)]
        elif kind == 3:
            changed[at:at] = chance.choice(_SPLICES)
        elif kind == 4:
            changed[at:at] = changed[at : at + chance.randrange(1, 2_000)] * chance.choice((1, 2, 50))
        else:
            changed[at:at] = chance.randbytes(chance.randrange(1, 50))
    return bytes(changed)


def _mutant_inside(data: bytes, chance: random.Random) -> bytes:
    """Change one part of an archive and pack it again, so that the change reaches what reads the part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = source.read(name)
            target.writestr(name, mutant(part, chance) if name == chosen else part)
    return buffer.getvalue()


def fuzz(*, mutants: int, seed: int, seconds: float) -> int:
    """Read so many mutants; print what became of them, and give the number of failures."""
    chance, worker = random.Random(seed), ParseWorker(Limits(seconds=seconds))
    samples = sorted(path for path in SAMPLES.iterdir() if path.is_file())
    seen: Counter[str] = Counter()
    failures, slowest, started = 0, 0.0, time.monotonic()
    try:
        for number in range(mutants):
            sample = samples[number % len(samples)]
            data = mutant(sample.read_bytes(), chance)
            begun = time.monotonic()
            try:
                for piece in worker.read(sample, data):
                    seen["read" if isinstance(piece, Document) else piece.reason_code] += 1
            except WorkerError as error:
                failures += 1
                print(f"mutant {number} of {sample.name}: {error}\n{error.__notes__[0]}")
            taken = time.monotonic() - begun
            slowest = max(slowest, taken)
            if taken > seconds + _GRACE:
                failures += 1
                print(f"mutant {number} of {sample.name} took {taken:.1f} s")
            if number % 20 == 0 and not isinstance(worker.read(Path("good.txt"), GOOD)[0], Document):
                failures += 1
                print(f"after mutant {number} of {sample.name} a good document was lost")
    finally:
        worker.close()
    print(f"{mutants:,} mutants in {time.monotonic() - started:.0f} s, slowest {slowest:.1f} s, {failures} failures")
    print(", ".join(f"{reason} {count:,}" for reason, count in seen.most_common()))
    return failures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--mutants", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    sys.exit(fuzz(mutants=options.mutants, seed=options.seed, seconds=options.seconds) > 0)


if __name__ == "__main__":
    main()
