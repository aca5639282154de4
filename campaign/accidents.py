"""The time limits for reporting an accident (生产安全事故): 《生产安全事故报告和调查处理条例》（国务院令第493号）."""

from datetime import timedelta
from typing import Final

REPORT_WITHIN: Final = timedelta(hours=1)
"""Article 9 [law]: the head of an enterprise reports within an hour of hearing of it."""
PASS_ON_WITHIN: Final = timedelta(hours=2)
"""Article 11 [law]: each level of government passes it on within two hours."""
ADDED_WITHIN: Final = timedelta(days=30)
"""Article 13 [law]: numbers that change within 30 days are reported too; of a fire, and on the road, within 7."""
