"""Write logs as one JSON object a line, with the digits of phones and documents masked."""

import logging
import re

import structlog

# Eleven digits beginning with 1 (phones, with or without the country's 86) and eighteen characters
# (resident IDs) never reach a log.
PRIVATE = re.compile(
    r"(?<!\d)((?:0{0,2}86)?1[3-9]\d)\d{4}(\d{4})(?!\d)|(?<!\d)(\d{3})\d{11}(\d{3}[\dXx])(?!\d)"
)


def masked(text: str) -> str:
    """Return the text with the middle of every phone and resident ID number starred."""
    return PRIVATE.sub(lambda m: f"{m[1] or m[3]}****{m[2] or m[4]}", text)


def _mask_event(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {key: masked(v) if isinstance(v, str) else v for key, v in event.items()}


def formatter() -> logging.Formatter:
    """Return the formatter of every handler."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            _mask_event,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
