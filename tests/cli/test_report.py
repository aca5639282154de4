"""A report drafted on the command line, and what cannot be."""

import io
from pathlib import Path

from docx import Document

from tests.cli.conftest import Anzhu

SEPTEMBER = ("--now", "2023-09-01T09:00:00+08:00")


def test_a_report_is_written(june: Anzhu, tmp_path: Path) -> None:
    out = tmp_path / "二阶段.docx"
    call = ("report", "phase-report", "--phase", "2", "--out", str(out), *SEPTEMBER)
    assert june.good(*call, "--district", "浑南区").out == f"已写入 {out}。\n"
    assert "浑南区应急管理局关于" in Document(io.BytesIO(out.read_bytes())).paragraphs[0].text
    june.good(*call)
    assert "沈阳市应急管理局关于" in Document(io.BytesIO(out.read_bytes())).paragraphs[0].text


def test_what_cannot_be_is_told_in_one_line(june: Anzhu, tmp_path: Path) -> None:
    out = str(tmp_path / "r.docx")
    assert "9月1日起才有数据" in june.refused("report", "phase-report", "--phase", "3", "--out", out)
    assert "请写明是哪个阶段" in june.refused("report", "phase-report", "--out", out)
    assert "请写明是哪个阶段" in june.refused("report", "phase-report", "--phase", "-3", "--out", out)
    assert "请去掉 --phase" in june.refused("report", "summary", "--phase", "1", "--out", out)
    assert "没有“poem”这种报告" in june.refused("report", "poem", "--out", out)
    assert "没有“evaluation”这种报告" in june.refused("report", "evaluation", "--out", out, *SEPTEMBER)
    assert "南山区" in june.refused("report", "phase-report", "--phase", "1", "--district", "南山区", "--out", out)
    assert "不能写成“r.pdf”" in june.refused("report", "summary", "--out", "r.pdf")
    assert not Path(out).exists()
    assert june.refused("report", "phase-report", "--phase", "1")
    nowhere = str(tmp_path / "none" / "r.docx")
    assert june.refused("report", "phase-report", "--phase", "1", "--out", nowhere, code=1)
