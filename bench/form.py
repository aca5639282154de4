"""The seven steps of the monthly dispatch: what a person does, and the questions as the plain bots ask them."""

from dataclasses import dataclass
from typing import Final

TOKEN: Final = "123456:AAE-a-token-of-the-bench"  # noqa: S105  # nobody's
ACCOUNT: Final = "123456"

API: Final = "BENCH_API"
"""The variable that tells a plain bot the base address of the platform."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the plain bots: its key, its words, its buttons (label and data)."""

    key: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()


HELD: Final = "held:yes"
"""The data of the button that opens the form of the plain bots; it is the first answer."""

QUESTIONS: Final = (
    Question("in_person", "是本人主持吗？（1/5）\n可点按钮，也可回复“是”或“否”。", (("是", "yes"), ("否", "no"))),
    Question(
        "day", "6月的调度哪天开展？（2/5）\n可回复日期，例如“6月5日”。", (("今天", "today"), ("昨天", "yesterday"))
    ),
    Question(
        "form",
        "以什么形式开展？（3/5）",
        (("会议调度", "meeting"), ("现场调度", "on-site"), ("线上调度", "remote")),
    ),
    Question("matters", "议定了哪些事项？（4/5）\n可直接输入。", (("落实整改措施", "measures"), ("保障资金", "funds"))),
    Question("problems", "还有什么问题需要解决？（5/5）\n没有请点“没有”。", (("没有", "none"),)),
    Question("confirm", "请您核对：", (("确认提交", "confirm"), ("修改", "edit"))),
)
RECEIPT: Final = "6月调度确认已提交，回执编号 {code}。"
DONE_SIGN: Final = "回执"
"""A piece of the message after the last step, of each bot."""

STEPS: Final = (
    ("tap", ""),
    ("tap", "是"),
    ("tap", "今天"),
    ("tap", "现场调度"),
    ("say", "更换3号除尘风机"),
    ("say", "资金尚缺2万元"),
    ("tap", "确认提交"),
)
"""The steps of a person, one for each message of the bot; the first tap is on a card sent long before."""

NOTICE: Final = "关于开展重大事故隐患专项排查整治的通知：请各企业于6月30日前完成自查自改。"
"""The text of the broadcast."""
