"""Write sheets whose cells are never formulas, and read those that people hand in."""

from yanxiu.foundation.sheets.safety import plain, restored
from yanxiu.foundation.sheets.writing import Form, written

__all__ = ["Form", "plain", "restored", "written"]
