"""Why an indicator stands as it does, in the words of a unit (进度说明)."""

from msgspec import Struct


class Account(Struct, frozen=True, kw_only=True):
    """What a unit tells of one indicator's progress: 状态, 原因, 措施, 预计完成时间, as typed."""

    state: str = ""
    reason: str = ""
    measures: str = ""
    finish: str = ""

    @property
    def explains(self) -> bool:
        """Whether it says why, what is done about it, or until when."""
        return bool(self.reason or self.measures or self.finish)
