"""Pictures, decoded and written anew: of what came, the pixels remain, upright, and nothing else.

A place can stand in some thirty parts of a picture file; so no part is looked for, and none is taken over. Where that
is wished (`keep_place`), a latitude and a longitude are read and written as numbers.
"""

import io
from datetime import datetime
from typing import Any, Final

from PIL import ExifTags, Image, ImageCms, ImageOps

from storage.looking.outcomes import RefusedError, Taken

DECODED: Final = 51_200_000
"""Pixels of a decoded picture at the most: what a phone takes of 48 and 50 megapixels stays as it is."""
SENT: Final = 216_000_000
"""Pixels of a JPEG that was sent: the largest phones make 200 megapixels. It is decoded at a half, a quarter or an
eighth of its size, so that no more than `DECODED` are ever held; no other format can be.
"""
WRITTEN: Final = 20 * 1024 * 1024
"""Bytes that a picture may have when it is written anew."""
QUALITY: Final = 90
PRINTED: Final = 78
"""JPEG qualities: of what is kept, and of what is drawn into a paper."""

_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/heic": "HEIF"}
_SHOT: Final = 0x9003
_CHANGED: Final = 0x0132
_PLACE: Final = (1, 2, 3, 4)
"""GPS tags: north or south, latitude, east or west, longitude."""

# What is decoded is decided by the bounds above, once a JPEG has said how small it can be.
Image.MAX_IMAGE_PIXELS = None


def anew(data: bytes, mime: str, *, keep_place: bool = False) -> Taken:
    """Write a picture anew: a PNG, and whatever is transparent, as PNG; all else as JPEG of quality 90, 4:2:0, sRGB.

    Of several frames the first remains. The same bytes become the same bytes. RefusedError: too many pixels.
    """
    with _opened(data, mime) as image:
        told = image.getexif()
        moment = _moment(told)
        place = _place(told) if keep_place else None
        _fit(image)
        upright = ImageOps.exif_transpose(image)
    clear = _is_clear(upright)
    picture = _plain(upright, clear=clear)
    if mime == "image/png" or clear:
        content = _written(picture, "PNG", place)
        if len(content) <= WRITTEN:
            return Taken("image/png", content, moment)
        picture = _on_white(picture)
    while len(content := _written(picture, "JPEG", place)) > WRITTEN:
        picture = picture.reduce(2)
    return Taken("image/jpeg", content, moment)


def taken(data: bytes, mime: str) -> datetime | None:
    """Return when a photo says that it was taken; nothing is decoded. None where it does not say, or is broken."""
    try:
        with _opened(data, mime) as image:
            return _moment(image.getexif())
    except Exception:  # noqa: BLE001  # a broken picture fails in every way that Pillow knows
        return None


def drawn(data: bytes, mime: str, side: int) -> bytes | None:
    """Return a picture as a JPEG on white whose longer side has `side` pixels at the most; None where it is broken or
    has too many pixels.
    """
    try:
        with _opened(data, mime) as image:
            # Sharp, where a shrunk one is shrunk once more: four pixels for one.
            _fit(image, 4 * side * side)
            upright = ImageOps.exif_transpose(image)
        upright.thumbnail((side, side))
        return _written(_on_white(_plain(upright, clear=_is_clear(upright))), "JPEG", None, PRINTED)
    except Exception:  # noqa: BLE001  # as above
        return None


def _opened(data: bytes, mime: str) -> Image.Image:
    form = _FORMATS[mime]
    if form == "HEIF":
        import pillow_heif  # noqa: PLC0415  # a large library, for the photos of some phones

        # Its threads would each reserve address space; one picture needs one.
        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener(thumbnails=False)
    return Image.open(io.BytesIO(data), formats=(form,))


def _fit(image: Image.Image, wanted: int = DECODED) -> None:
    """Have a picture decoded as small as it may be for `wanted` pixels; RefusedError where it cannot be held."""
    pixels = image.width * image.height
    if image.format in {"JPEG", "MPO"}:
        # A progressive one is held whole, as coefficients, however small it is decoded.
        if pixels > (DECODED if "progressive" in image.info else SENT):
            raise RefusedError("pixels")
        scale = 1
        while pixels > wanted * scale * scale and scale < 8:
            scale *= 2
        if scale > 1:
            image.draft(image.mode, (image.width // scale, image.height // scale))
    if image.width * image.height > DECODED:
        raise RefusedError("pixels")
    image.load()


def _is_clear(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _plain(image: Image.Image, *, clear: bool) -> Image.Image:
    """Return the pixels in a mode that can be written everywhere, in sRGB, with nothing beside them."""
    if image.mode.startswith(("I", "F")):
        # Sixteen bits of grey; a conversion would cut them off rather than divide them.
        image = image.point(lambda value: value / 256).convert("L") if image.mode != "F" else image.convert("L")
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK"}:
        image = _in_srgb(image, profile)
    wanted = "RGBA" if clear else "L" if image.mode in {"1", "L"} else "RGB"
    if image.mode != wanted:
        image = image.convert(wanted)
    image.info = {}
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        # A profile that is broken or of other colours: the numbers are shown as they are.
        return image


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands():
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def _written(image: Image.Image, form: str, place: Image.Exif | None, quality: int = QUALITY) -> bytes:
    out = io.BytesIO()
    beside: dict[str, Any] = {} if place is None else {"exif": place.tobytes()}
    image.save(out, form, **({"quality": quality} if form == "JPEG" else {}), **beside)
    return out.getvalue()


def _moment(told: Image.Exif) -> datetime | None:
    """When the photo was shot, else when the file was written."""
    try:
        found = (told.get_ifd(ExifTags.IFD.Exif).get(_SHOT), told.get(_CHANGED))
    except Exception:  # noqa: BLE001  # Exif data are as people's programs wrote them
        return None
    for written in found:
        try:
            # A clock on a wall, as the camera had it; its zone is not told.
            return datetime.strptime(str(written).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
        except ValueError:
            continue
    return None


def _place(told: Image.Exif) -> Image.Exif | None:
    """Return new Exif data with a latitude and a longitude, as numbers within bounds; None where none are told."""
    try:
        found = told.get_ifd(ExifTags.IFD.GPSInfo)
        north, latitude, east, longitude = (found[tag] for tag in _PLACE)
        degrees = [tuple(float(part) for part in angle) for angle in (latitude, longitude)]
    except Exception:  # noqa: BLE001  # as above
        return None
    parts = [part for angle in degrees for part in angle]
    if (
        len(parts) != 6
        or not all(0 <= part <= 180 for part in parts)
        or north not in {"N", "S"}
        or east not in {"E", "W"}
    ):
        return None
    place = Image.Exif()
    place.get_ifd(ExifTags.IFD.GPSInfo).update(zip(_PLACE, (north, degrees[0], east, degrees[1]), strict=True))
    return place
