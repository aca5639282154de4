"""Full-width spellings, as a Chinese keyboard types digits and punctuation."""


def full_width(text: str) -> str:
    """Give the text with every ASCII sign in its full-width form."""
    return "".join(
        "\u3000" if sign == " " else chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text
    )
