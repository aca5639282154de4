"""QR codes, as pictures to be printed."""

import io

import segno


def png(text: str) -> bytes:
    """Draw the code of a text, black on white with its quiet zone. Dots are whole pixels, hence sharp at any size; some
    15 % of them may be dirty or creased (level M).
    """
    out = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(out, kind="png", scale=8, border=4)
    return out.getvalue()
