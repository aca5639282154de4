"""The QR code by which an app on the phone takes over the secret of a second factor."""

from reports import qr
from reports.drawing import File, draws
from service.factor.enrolment import FactorPaper


@draws(FactorPaper)
def draw(address: str) -> list[File]:
    """Draw the picture."""
    return [File("二次验证.png", qr.png(address))]
