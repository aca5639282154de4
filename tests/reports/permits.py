"""A permit under way, with invented people."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from campaign.hot_work import Level
from campaign.permits import State
from service.hot_work.sheet import GasRow, Mark, Measure, Opinion, Pause, PermitSheet, Welder

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2023, 6, 19, 14, 40, tzinfo=ZONE)
MEASURES = (
    "动火设备内部构件清洗干净，蒸汽吹扫或水洗、置换合格，达到动火条件",
    "与动火设备相连接的所有管线已断开，加盲板（2）块，未采取水封或仅关闭阀门代替盲板",
    "动火点周围的下水井、地漏、地沟、电缆沟等已清除易燃物，并已采取覆盖、铺沙、水封等手段进行隔离",
    "罐区内动火点同一防火堤内和动火点防火间距内的油品储罐未进行脱水和取样作业",
    "高处作业已采取防火花飞溅措施，作业人员佩戴必要的个体防护装备",
    "在有可燃物构件和使用可燃物做防腐内衬的设备内部动火作业，已采取防火隔绝措施",
    "乙炔气瓶直立放置，已采取防倾倒措施并安装防回火装置；乙炔气瓶、氧气瓶与火源间的距离不应小于10m，两气瓶相互间距不应小于5m",
    "现场配备灭火器（4）台，灭火毯（2）块，消防蒸汽带或消防水带（1）条",
    "电焊机所处位置已考虑防火防爆要求，且已可靠接地",
    "动火点周围规定距离内没有易燃易爆化学品的装卸、排放、喷漆等可能引起火灾爆炸的危险作业",
    "动火点30m内垂直空间未排放可燃气体；15m内垂直空间未排放可燃液体；10m范围内及动火点下方未同时进行可燃溶剂清洗或喷漆等作业",
    "已开展作业危害分析，制定相应的安全风险管控措施，交叉作业已明确协调人",
    "用于连续检测的移动式可燃气体检测仪已配备到位",
    "配备的摄录设备已到位，且防爆级别满足安全要求",
    "其他相关特殊作业已办理相应安全作业票，作业现场四周已设立警戒区",
    "其他安全措施：作业前清理除尘管道内积尘",
)


def at(hour: int, minute: int) -> datetime:
    return AT.replace(hour=hour, minute=minute)


def measure(number: int, text: str) -> Measure:
    if number in {4, 14}:
        return Measure(number, text, applies=False)
    return Measure(number, text, applies=True, confirmed_by="吴演六", confirmed_at=at(8, 58))


SHEET = PermitSheet(
    code="D-0619-07",
    state=State.STARTED,
    level=Level.FIRST,
    upgraded="除尘系统不停机的特殊情况，由二级升为一级",
    enterprise="沈阳白桦示范食品有限公司",
    bureau="浑南区应急管理局",
    unit="设备动力车间",
    applicant="孙演五",
    applied=at(8, 12),
    content="更换3号除尘器进风管弯头，切割旧法兰并焊接新法兰",
    place="制粉车间二层东侧",
    part="3号除尘器进风管",
    way="电焊、气割",
    welders=(
        Welder(
            "王演三",
            "熔化焊接与热切割",
            "T210*************3X",
            date(2026, 3, 31),
            "T21010219900101123X",
            date(2024, 3, 31),
        ),
        Welder("赵演四", "熔化焊接与热切割", "T210*************2X", date(2024, 11, 5)),
    ),
    leader="孙演五",
    guardian="李演八",
    guardian_without_bot=False,
    tester="周演九",
    approver="钱演七",
    begins=at(9, 0),
    until=at(17, 0),
    daily="",
    risks="粉尘爆炸、火灾、触电、高处坠落、灼烫",
    others="高处作业票 G-0619-03；临时用电票 L-0619-11",
    made=AT,
    verification="https://t.me/anzhu_demo_bot?start=v_7KQ4M2PXW9HT",
    gas=(
        GasRow(at(8, 45), "可燃气体", "0.02%", "≤0.2%", ok=True, tester="周演九"),
        GasRow(at(8, 45), "氧气", "20.8%", "19.5–21%", ok=True, tester="周演九"),
        GasRow(at(11, 45), "可燃气体", "0.05%", "≤0.2%", ok=True, tester="周演九"),
        GasRow(at(14, 20), "可燃气体", "0.03%", "≤0.2%", ok=True, tester="周演九"),
    ),
    measures=tuple(measure(number, text) for number, text in enumerate(MEASURES, 1)),
    briefed=Mark(at(8, 30), "孙演五"),
    briefed_people=("王演三", "赵演四", "李演八"),
    prohibitions=Mark(at(8, 14), "孙演五"),
    opinions=(
        Opinion(at(8, 31), "孙演五", "措施已落实，申请动火", "leader"),
        Opinion(at(8, 36), "何演十", "同意", "unit"),
        Opinion(at(8, 52), "钱演七", "同意动火，注意清理积尘", "safety"),
        Opinion(at(8, 52), "钱演七", "同意", "approver"),
    ),
    checked=Mark(at(8, 57), "许演一", "票证齐全，措施与现场一致"),
    started=Mark(at(9, 2), "李演八"),
    pauses=(
        Pause(at(11, 58), "李演八", "午休"),
        Pause(at(14, 24), "李演八", "复测合格", resumed=True),
    ),
    photos=3,
)

CLOSED = replace(
    SHEET,
    state=State.CLOSED,
    finished=Mark(at(16, 10), "李演八"),
    looks=(Mark(at(16, 40), "李演八", "无余火"), Mark(at(17, 10), "李演八", "无余火、无异味")),
    accepted=Mark(at(17, 15), "孙演五", "现场已清理，无余火，同意验收"),
    made=AT + timedelta(hours=3),
)
"""The same when it is closed."""
