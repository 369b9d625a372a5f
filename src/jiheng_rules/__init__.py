"""绩衡的规则数据：只有 YAML，没有规则代码。引擎通过入口点 `jiheng.rules` 找到这个文件夹。"""

from pathlib import Path


def folder() -> Path:
    """The folder that holds this pack's rule data."""
    return Path(__file__).parent
