"""Part 4, photos: what keeping one costs beside Pillow alone, which decodes and encodes it."""

import io
from pathlib import Path
from statistics import median
from time import perf_counter

from PIL import Image

from bench.table import Row, ratio
from storage.files import FileStore

SIZE = (4000, 3000)
"""Pixels, as most phones take them."""
QUALITY = 90


def measure(folder: Path, *, times: int) -> list[Row]:
    """Keep so many photos, each in turn with the baseline; the first look starts the child and is not counted."""
    store = FileStore(folder)
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(times + 1):
        data = _photo()
        began = perf_counter()
        _written_anew(data)
        decoded = perf_counter()
        store.keep(data, "现场.jpg")
        ours.append(perf_counter() - decoded)
        bare.append(decoded - began)
    ours, bare = ours[1:], bare[1:]
    return [
        Row(
            "keeping a photo of 12 megapixels, ms",
            "storage",
            f"{median(ours) * 1000:.0f}",
            "Pillow, decoding and encoding",
            f"{median(bare) * 1000:.0f}",
            ratio(ours, bare),
        )
    ]


def _photo() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1000, 750), 30).resize(SIZE).convert("RGB").save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _written_anew(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
