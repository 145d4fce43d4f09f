"""Feed the parsers with broken files: mutants of a sample in each format. None may end or hang the reading.

    python -m scripts.fuzz [--mutants 2000] [--seed 1] [--seconds 10] [--only NUMBER]

A mutant is made of the seed and its number alone, so that ``--only`` reads one of them again. A good document is read
after every twentieth, and every fifth is read from an archive, between two good documents. Exit status 1 when a mutant
showed a bug, ran past its limit, or cost a good document. Those, and what broke its worker or ran into a limit, are
kept in the folder ``.fuzz``. Tesseract and LibreOffice are left out: it is our reading that is tried.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import shutil
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

from extract.document import Document
from flows.workers import Limits, ParseWorker, WorkerError

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "examples" / "formats"
KEPT = ROOT / ".fuzz"
GOOD = b"Canada will invest $5 million in tidal power, the minister said in Halifax."
_SPLICES = (b"\0" * 64, b"<" * 64, b"\xff" * 16, b"%PDF-", b"PK\x03\x04", b"&a;" * 32, b"{\\rtf", b"9" * 400)
_GRACE = 65.0  # seconds beside the limit: on a busy machine a worker may take 60 to load what reads a format
_TOLD = 100  # mutants between two lines of progress
_REMARKABLE = ("crashed", "timeout", "out_of_memory")


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


def fuzz(*, mutants: range, seed: int, seconds: float) -> int:
    """Read mutants; print what became of them, and give the number of failures."""
    worker = ParseWorker(Limits(seconds=seconds, page_seconds=0, picture_seconds=0))
    samples = sorted(path for path in SAMPLES.iterdir() if path.is_file())
    seen: Counter[str] = Counter()
    failures, slowest, started = 0, 0.0, time.monotonic()
    try:
        for number in mutants:
            sample = samples[number % len(samples)]
            data = mutant(sample.read_bytes(), random.Random(f"{seed} {number}"))
            worker.start()
            begun = time.monotonic()
            faults = _read(worker, sample, data, number, seen)
            taken = time.monotonic() - begun
            slowest = max(slowest, taken)
            if taken > seconds + _GRACE:
                faults.append(f"took {taken:.1f} s")
            failures += bool([fault for fault in faults if fault not in _REMARKABLE])
            for fault in faults:
                print(f"mutant {number} of {sample.name}: {fault}", flush=True)
            if faults:
                KEPT.mkdir(exist_ok=True)
                (KEPT / f"{number}.{sample.name}").write_bytes(data)
            if (number + 1) % _TOLD == 0:
                print(f"{number + 1:,} mutants, {time.monotonic() - started:.0f} s, {failures} failures", flush=True)
    finally:
        worker.close()
    print(f"{len(mutants):,} mutants of {len(samples)} files in {time.monotonic() - started:.0f} s, "
          f"slowest {slowest:.1f} s, {failures} failures")  # fmt: skip
    print(", ".join(f"{reason} {count:,}" for reason, count in seen.most_common()))
    return failures


def _read(worker: ParseWorker, sample: Path, data: bytes, number: int, seen: Counter[str]) -> list[str]:
    """Read a mutant, and good documents beside it; give what is wrong or remarkable."""
    packed = number % 5 == 0
    path, given = (Path("all.zip"), _between(sample.name, data)) if packed else (sample, data)
    faults: list[str] = []
    try:
        pieces = worker.read(path, given)
    except WorkerError as error:
        return [f"{error}\n{error.__notes__[0]}"]
    for piece in pieces:
        if isinstance(piece, WorkerError):
            faults.append(f"{piece}\n{piece.__notes__[0]}")
            continue
        became = "read" if isinstance(piece, Document) else piece.reason_code
        seen[became] += 1
        faults += [became] if became in _REMARKABLE else []
    if packed:
        good = [
            piece.record.name for piece in pieces if isinstance(piece, Document) and piece.text.startswith("Canada w")
        ]
        faults += [] if {"all.zip/a.txt", "all.zip/z.txt"} <= set(good) else ["a good document beside it was lost"]
    elif number % 20 == 1 and not isinstance(worker.read(Path("good.txt"), GOOD)[0], Document):
        faults.append("the good document after it was lost")
    return faults


def _between(name: str, data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for inner, content in (("a.txt", GOOD), (name, data), ("z.txt", GOOD + b" It did.")):
            archive.writestr(inner, content)
    return buffer.getvalue()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--mutants", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--only", type=int)
    options = parser.parse_args()
    os.environ["PATH"] = ""  # no tesseract, no LibreOffice
    shutil.rmtree(KEPT, ignore_errors=True)
    mutants = range(options.mutants) if options.only is None else range(options.only, options.only + 1)
    failures = fuzz(mutants=mutants, seed=options.seed, seconds=options.seconds)
    if KEPT.is_dir():
        print(f"What was wrong or remarkable is kept in {KEPT}")
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
