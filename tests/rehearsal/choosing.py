"""Which button somebody taps, by its label alone."""

import random
from collections.abc import Sequence

FIRST_CHOICES = (
    "已调度",
    "现在填报",
    "同意加入",
    "是我",
    "去核对",
    "去重填",
    "去补正",
    "下一项",
    "确认提交",
    "交负责人",
    "确未发现",
    "相符",
    "已有计划",
    "今天",
    "选日期",
    "改日期",
)
"""What is tapped where it is offered: in a bundle, on to the next part before all are confirmed."""
NEVER = frozenset(
    {
        "更正",
        "填报依据",
        "查看填报",
        "应检应训",
        "上一步",
        "昨天",
        "修改",
        "附照片",
        "说明情况",
        "看清单",
        "返回",
        "明早提醒",
        "请安全员先填",
    }
)
"""What nobody needs to go on; a return is answered where it is asked."""
DETOURS = {"请安全员先填": 0.12, "退回": 0.3, "修改": 0.03}
"""What some do before, or instead, and how often."""
DELAYS = {"还没有": 0.05, "明早提醒": 0.1, "说明情况": 0.15}
"""The same of those who are late anyway."""
WEIGHTS = {
    "本组均无": 60.0,
    "说不准": 0.3,
    "不属于": 0.5,
    "又有问题": 0.05,
    "还没评估": 0.3,
    "要延期": 0.6,
    "报告隐患": 0.3,
    "先报告": 0.7,
}
"""How likely a label is among others that weigh 1."""


def turned_aside(text: str, labels: Sequence[str], dice: random.Random, *, late: bool) -> str | None:
    """The button of a detour, or None to go straight on."""
    for label, often in (DETOURS | DELAYS if late else DETOURS).items():
        # Of a bundle all of it would be changed; who decides on somebody else's words has no other way on.
        apart = label in ("修改", "退回") and ("以上" in text or "确认提交" not in labels)
        unasked = label == "还没有" and "已调度" not in labels
        if label in labels and not apart and not unasked and dice.random() < often:
            return label
    return None


def chosen(text: str, labels: Sequence[str], dice: random.Random) -> str | None:
    """What is tapped of several buttons; None where something is typed instead, or nothing done at all."""
    if "完成" in labels and any(label.startswith("✓") for label in labels):
        return "完成"
    choices = [label for label in labels if label not in NEVER and label != "完成"]
    if not choices:
        return None
    if choices == ["报告隐患"]:
        return "报告隐患" if dice.random() < WEIGHTS["报告隐患"] else None
    if "请回复" in text and "本组均无" not in choices and "说不准" not in choices:
        # A text or number that a button stands for: some write something.
        return choices[-1] if dice.random() < 0.7 else None
    if len(choices) == 2 and choices[0] in ("是", "有"):
        return choices[0] if dice.random() < 0.8 else choices[1]
    return dice.choices(choices, [WEIGHTS.get(label, 1.0) for label in choices])[0]
